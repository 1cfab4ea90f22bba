package vxml

import (
	"fmt"
	"strconv"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file checks the form of what is written in attributes and properties,
// element by element.

// forms checks the attributes of n.
func (k *checking) forms(p *page, n *markup.Node) {
	for _, a := range n.Attrs {
		if isExpression(n, a.Name) {
			if err := script.CheckExpression(a.Value); err != nil {
				k.fail(n, "%s of <%s>: %v, expected an ECMAScript expression", a.Name, n.Name, err)
			}
			continue
		}
		k.form(p, n, a.Name+" of <"+n.Name+">", formOf(n.Name, a.Name), a.Value)
	}
	if n.Name == "property" {
		k.property(p, n)
	}
}

func isExpression(n *markup.Node, attr string) bool {
	return attr == "cond" || attr == "array" && n.Name == "foreach" || strings.Contains(attr, "expr")
}

// form checks one value; what names it.
func (k *checking) form(p *page, n *markup.Node, what, form, value string) {
	expected := misfit(form, value)
	if expected == "" || k.unknown(value) {
		return
	}
	if _, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && form == formTime && p.doc.version == "1.0" {
		k.warn(n, "%s: %q has no unit and is not used, expected %s", what, value, expected)
		return
	}
	k.fail(n, "%s: %q, expected %s", what, value, expected)
}

// Forms of values. Any other is the list of the words that there are, one of
// which is expected; after a + it is a list of them.
const (
	formAny      = ""
	formTime     = "time"
	formSeconds  = "seconds"
	formCount    = "count"
	formFraction = "fraction"
	formKey      = "key"
	formSound    = "sound"
	formBoolean  = "true false"
)

// formOf is the form of an attribute.
func formOf(element, attr string) string {
	switch attr {
	case "timeout", "maxtime", "finalsilence", "connecttimeout", "fetchtimeout":
		return formTime
	case "maxage", "maxstale":
		return formSeconds
	case "count":
		return formCount
	case "bargein", "beep", "dtmfterm", "modal", "bridge":
		return formBoolean
	case "bargeintype":
		return "speech hotword"
	case "fetchhint":
		return "prefetch safe stream"
	case "caching":
		return "safe fast"
	case "method":
		return "get post GET POST"
	case "enctype":
		return formType + " " + multipartType
	default:
		return ownFormOf(element, attr)
	}
}

// ownFormOf is the form of an attribute that means something else elsewhere.
func ownFormOf(element, attr string) string {
	switch element + " " + attr {
	case "form scope", "menu scope":
		return "dialog document"
	case "menu dtmf":
		return formBoolean
	case "filled mode":
		return "any all"
	case "break time":
		return formTime
	case "break strength":
		return "none x-weak weak medium strong x-strong"
	case "break size":
		return "none small medium large"
	case "transfer type":
		return "bridge blind consultation"
	case "record type":
		return formSound
	default:
		return formAny
	}
}

// misfit says what is expected instead of value; nothing if it fits.
func misfit(form, value string) (expected string) {
	value = strings.TrimSpace(value)
	var ok bool
	switch form {
	case formAny:
		return ""
	case formTime:
		_, err := duration(value)
		ok, expected = err == nil, "a time, a number with s or ms"
	case formSeconds:
		_, err := strconv.ParseUint(strings.TrimSuffix(value, "s"), 10, 31)
		ok, expected = err == nil, "a number of seconds"
	case formCount:
		i, err := strconv.Atoi(value)
		ok, expected = err == nil && i > 0, "a whole number from 1"
	case formFraction:
		f, err := strconv.ParseFloat(value, 64)
		ok, expected = err == nil && f >= 0 && f <= 1, "a number from 0.0 to 1.0"
	case formKey:
		ok, expected = len(value) <= 1 && strings.Contains("0123456789*#ABCD", value), "one key or none"
	case formSound:
		ok, expected = value == "" || strings.HasPrefix(value, "audio/"), "a media type of sound"
	default:
		return unlisted(form, value)
	}
	if ok {
		return ""
	}
	return expected
}

func unlisted(form, value string) (expected string) {
	words, several := strings.CutPrefix(form, "+")
	values := []string{value}
	if several {
		values = strings.Fields(value)
	}
	for _, v := range values {
		if !listed(v, words) {
			return strings.Join(strings.Fields(words), " or ")
		}
	}
	return ""
}

// property checks the name of a property, and its value.
func (k *checking) property(p *page, n *markup.Node) {
	name := n.Attr("name")
	form, use := propertyOf(name)
	switch use {
	case unknownProperty:
		k.warn(n, "the property %q is not known, expected one of VoiceXML 2.1", name)
	case idleProperty:
		k.warn(n, "the property %q has no effect here, expected none", name)
	case usedProperty:
	}
	k.form(p, n, fmt.Sprintf("the property %q", name), form, n.Attr("value"))
}

// use is what a property is good for.
type use int

const (
	unknownProperty use = iota
	idleProperty        // known, without an effect in this interpreter
	usedProperty
)

// propertyOf is the form of a property's value (VoiceXML 2.0, section 6.3, and
// 2.1, appendix).
func propertyOf(name string) (string, use) {
	switch name {
	case "timeout", "interdigittimeout", "termtimeout", "completetimeout", "incompletetimeout", "maxspeechtimeout",
		"fetchtimeout", "fetchaudiodelay", "fetchaudiominimum":
		return formTime, usedProperty
	case "confidencelevel", "sensitivity", "speedvsaccuracy":
		return formFraction, usedProperty
	case "maxnbest":
		return formCount, usedProperty
	case "audiomaxage", "audiomaxstale", "documentmaxage", "documentmaxstale", "grammarmaxage", "grammarmaxstale",
		"scriptmaxage", "scriptmaxstale", "datamaxage", "datamaxstale":
		return formSeconds, usedProperty
	case "objectmaxage", "objectmaxstale":
		return formSeconds, idleProperty
	case "bargein", "recordutterance":
		return formBoolean, usedProperty
	case "bargeintype":
		return "speech hotword", usedProperty
	case "termchar":
		return formKey, usedProperty
	case "inputmodes":
		return "+dtmf voice", usedProperty
	case "universals":
		return "+none all help cancel exit", usedProperty
	case "fetchaudio":
		return formAny, usedProperty
	case "audiofetchhint", "documentfetchhint", "grammarfetchhint", "objectfetchhint", "scriptfetchhint", "datafetchhint":
		return "prefetch safe stream", idleProperty
	case "caching":
		return "safe fast", idleProperty
	case "recordutterancetype":
		return formSound, idleProperty
	default:
		return formAny, unknownProperty
	}
}

// versions looks for what belongs to VoiceXML 1.0 in later documents, and the
// reverse.
func (k *checking) versions(p *page, n *markup.Node) {
	early := p.doc.version == "1.0"
	if instead := firstElement(n.Name); !early && instead != "" {
		k.warn(n, "<%s> is of VoiceXML 1.0, in a document of %s expected %s", n.Name, p.doc.version, instead)
	}
	for _, a := range n.Attrs {
		instead := firstAttribute(n.Name, a.Name)
		switch {
		case !early && instead != "":
			k.warn(n, "%s of <%s> is of VoiceXML 1.0, in a document of %s expected %s", a.Name, n.Name, p.doc.version, instead)
		case early && laterAttribute(n.Name, a.Name):
			k.warn(n, "%s of <%s> is not of VoiceXML 1.0, expected version 2.0 or 2.1", a.Name, n.Name)
		}
	}
}

// firstElement is what stands in later documents instead of an element of
// VoiceXML 1.0.
func firstElement(name string) (instead string) {
	switch name {
	case "dtmf":
		return `<grammar mode="dtmf">`
	case "emp":
		return "<emphasis>"
	case "div":
		return "<p> or <s>"
	case "pros":
		return "<prosody>"
	case "sayas":
		return "<say-as>"
	default:
		return ""
	}
}

// firstAttribute is the same for attributes.
func firstAttribute(element, attr string) (instead string) {
	switch element + " " + attr {
	case "vxml base":
		return "xml:base"
	case "vxml lang":
		return "xml:lang"
	case "break msecs":
		return "time"
	case "break size":
		return "strength"
	case "value class", "value mode", "value recsrc":
		return "<say-as> around it, or <audio>"
	case "subdialog modal":
		return "none"
	}
	if attr == "caching" {
		return "maxage and maxstale"
	}
	return ""
}

// laterAttribute tells of one that VoiceXML 2.0 or 2.1 brought.
func laterAttribute(element, attr string) bool {
	switch attr {
	case "accept", "aaiexpr", "bargeintype", "eventexpr", "fetchaudio", "maxage", "maxstale", "message", "messageexpr", "nameexpr",
		"strength", "transferaudio", "xml:base", "xml:lang":
		return attr != "fetchaudio" || element == "data"
	}
	switch element + " " + attr {
	case "script srcexpr", "grammar srcexpr", "grammar mode", "grammar root", "grammar version", "transfer type", "disconnect namelist", "break time":
		return true
	}
	return false
}

// structure checks what stands in an element, and in which order.
func (k *checking) structure(n *markup.Node) {
	switch n.Name {
	case "if":
		k.alternatives(n)
	case "enumerate":
		if !mayEnumerate(n) {
			k.fail(n, "<enumerate> where there are no choices, expected it in a <menu> or a <field> with <option>")
		}
	case "subdialog", "object":
		seen := map[string]bool{}
		for _, param := range n.Elements("param") {
			if name := param.Attr("name"); seen[name] {
				k.fail(param, "a second <param> is named %q, expected a name of its own", name)
			} else {
				seen[name] = true
			}
		}
	}
}

// alternatives checks that nothing follows the <else> of an <if>.
func (k *checking) alternatives(n *markup.Node) {
	var last *markup.Node
	for _, c := range n.Elements("else", "elseif") {
		if last != nil {
			k.fail(c, "<%s> after the <else> in line %d, expected </if>", c.Name, last.Line)
		}
		if c.Name == "else" {
			last = c
		}
	}
}

// mayEnumerate is false where it is sure that no menu or field with options is
// visited.
func mayEnumerate(n *markup.Node) bool {
	for at := n; at != nil; at = at.Parent {
		switch at.Name {
		case "menu":
			return true
		case "field":
			return len(at.Elements("option")) > 0
		case "block", "initial", "record", "transfer", "subdialog", "object":
			return false
		case "filled":
			if at.Parent != nil && at.Parent.Name == "form" {
				return false
			}
		}
	}
	return true
}
