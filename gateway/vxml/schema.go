package vxml

import (
	"errors"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file says which elements and attributes there are, and where.

// shape is what an element may have. Names are separated by spaces; text
// stands for itself among the children.
type shape struct {
	children string
	attrs    string
	required string // attributes; of "a|b" exactly one is needed, of "?a|b" at most one
}

// Groups of elements that stand in the same places (VoiceXML 2.0, appendix O,
// and 2.1).
const (
	spokenText = " text value audio enumerate "
	executable = spokenText + " prompt assign clear data disconnect exit foreach goto if log mark reprompt return script submit throw var "
	spoken     = spokenText + " break emphasis foreach mark metadata meta p paragraph s sentence phoneme prosody say-as sub voice desc lexicon emp div pros sayas "
	handlers   = " catch error help noinput nomatch "
	inside     = handlers + spokenText + " link prompt property filled "
	fetching   = " fetchhint fetchtimeout fetchaudio maxage maxstale caching "
	catching   = " count cond "
	throwing   = " event eventexpr message messageexpr "
	sending    = " namelist method enctype "
)

// shapeOf is the table of elements.
func shapeOf(name string) (shape, bool) {
	switch name {
	case "vxml":
		return shape{handlers + "data form link menu meta metadata property script var", "version xml:lang xml:base application base lang", "version"}, true
	case "form":
		return shape{handlers + "block data field filled grammar dtmf initial link object property record script subdialog transfer var", "id scope", ""}, true
	case "menu":
		return shape{handlers + spokenText + "choice prompt property", "id scope dtmf accept", ""}, true
	case "choice":
		return shape{"text grammar dtmf audio value", "dtmf accept next expr" + throwing + fetching, "next|expr|event|eventexpr ?message|messageexpr"}, true
	case "link":
		return shape{"grammar dtmf", "dtmf next expr" + throwing + fetching, "next|expr|event|eventexpr ?message|messageexpr"}, true
	case "block":
		return shape{executable, "name expr cond", ""}, true
	case "filled":
		return shape{executable, "mode namelist", ""}, true
	case "catch":
		return shape{executable, "event" + catching, ""}, true
	case "error", "help", "noinput", "nomatch":
		return shape{executable, catching, ""}, true
	case "meta":
		return shape{"", "name content http-equiv scheme", "name|http-equiv"}, true
	case "property":
		return shape{"", "name value", "name value"}, true
	default:
		return inputShape(name)
	}
}

// inputShape is the part of the table for input items and what belongs to them.
func inputShape(name string) (shape, bool) {
	const item = "name expr cond "
	switch name {
	case "field":
		return shape{inside + "grammar dtmf option", item + "type slot modal", ""}, true
	case "option":
		return shape{"text", "dtmf accept value", ""}, true
	case "initial":
		return shape{handlers + spokenText + "link prompt property", item, ""}, true
	case "record":
		return shape{inside + "grammar dtmf", item + "modal beep maxtime finalsilence dtmfterm type", ""}, true
	case "transfer":
		return shape{inside + "grammar dtmf", item + "dest destexpr bridge type connecttimeout maxtime transferaudio aai aaiexpr", "dest|destexpr ?bridge|type ?aai|aaiexpr"}, true
	case "subdialog":
		return shape{inside + "param", item + "src srcexpr modal" + sending + fetching, "src|srcexpr"}, true
	case "object":
		return shape{inside + "param", item + "classid codebase codetype data type archive" + fetching, ""}, true
	case "param":
		return shape{"", "name expr value valuetype type", "name expr|value"}, true
	default:
		return contentShape(name)
	}
}

// contentShape is the part of the table for executable content.
func contentShape(name string) (shape, bool) {
	switch name {
	case "assign":
		return shape{"", "name expr", "name expr"}, true
	case "clear":
		return shape{"", "namelist", ""}, true
	case "data":
		return shape{"", "name src srcexpr" + sending + fetching, "src|srcexpr"}, true
	case "else":
		return shape{}, true
	case "elseif":
		return shape{"", "cond", "cond"}, true
	case "foreach":
		return shape{executable + spoken, "item array", "item array"}, true
	case "if":
		return shape{executable + "elseif else", "cond", "cond"}, true
	case "log":
		return shape{"text value", "label expr", ""}, true
	case "script":
		return shape{"text", "src srcexpr charset" + fetching, "?src|srcexpr"}, true
	case "var":
		return shape{"", "name expr", "name"}, true
	default:
		return jumpShape(name)
	}
}

// jumpShape is the part of the table for what leaves the content it stands in.
func jumpShape(name string) (shape, bool) {
	switch name {
	case "disconnect":
		return shape{"", "namelist", ""}, true
	case "reprompt":
		return shape{}, true
	case "exit":
		return shape{"", "expr namelist", "?expr|namelist"}, true
	case "goto":
		return shape{"", "next expr nextitem expritem" + fetching, "next|expr|nextitem|expritem"}, true
	case "return":
		return shape{"", "namelist" + throwing, "?event|eventexpr|namelist ?message|messageexpr"}, true
	case "submit":
		return shape{"", "next expr" + sending + fetching, "next|expr"}, true
	case "throw":
		return shape{"", throwing, "event|eventexpr ?message|messageexpr"}, true
	default:
		return spokenShape(name)
	}
}

// spokenShape is the part of the table for what prompts contain (SSML 1.0,
// and the words that VoiceXML 1.0 had for it).
func spokenShape(name string) (shape, bool) {
	switch name {
	case "prompt":
		return shape{spoken, "bargein bargeintype cond count timeout xml:lang xml:base", ""}, true
	case "audio":
		return shape{spoken, "src expr" + fetching, "src|expr"}, true
	case "value":
		return shape{"", "expr class mode recsrc", "expr"}, true
	case "enumerate":
		return shape{spoken, "", ""}, true
	case "break":
		return shape{"", "time strength size msecs", ""}, true
	case "sub":
		return shape{spoken, "alias", "alias"}, true
	case "say-as":
		return shape{spoken, "interpret-as format detail type", ""}, true
	case "sayas":
		return shape{spoken, "phon sub class", ""}, true
	case "mark":
		return shape{"", "name nameexpr", "name|nameexpr"}, true
	case "lexicon":
		return shape{"", "uri type", "uri"}, true
	case "desc", "emphasis", "p", "paragraph", "phoneme", "prosody", "s", "sentence", "voice", "emp", "div", "pros":
		return shape{spoken, "xml:lang level alphabet ph pitch contour range rate duration volume vol gender age category variant name type", ""}, true
	default:
		return shape{}, false
	}
}

// opaque tells whether the content of an element follows rules of its own, or
// is never read.
func opaque(name string) bool { return name == "grammar" || name == "dtmf" || name == "metadata" }

// validate checks n and everything below it against the table.
func validate(n *markup.Node) error {
	if opaque(n.Name) {
		return nil
	}
	s, known := shapeOf(n.Name)
	if !known {
		return n.Errorf("<%s> is no element of VoiceXML", n.Name)
	}
	problems := []error{checkAttributes(n, s)}
	for _, c := range n.Children {
		problems = append(problems, checkChild(n, c, s))
	}
	return errors.Join(problems...)
}

func checkChild(n, c *markup.Node, s shape) error {
	if c.Name == "" {
		if strings.TrimSpace(c.Text) != "" && !listed("text", s.children) {
			return c.Start().Errorf("text in <%s>, expected only elements", n.Name)
		}
		return nil
	}
	if strings.Contains(c.Name, " ") {
		return nil // an element of a foreign namespace, which means nothing here
	}
	if _, known := shapeOf(c.Name); (known || opaque(c.Name)) && !listed(c.Name, s.children) {
		return c.Errorf("<%s> cannot stand in <%s>%s", c.Name, n.Name, expected(s.children))
	}
	return validate(c)
}

func expected(children string) string {
	names := strings.Fields(children)
	if len(names) == 0 {
		return ", expected none"
	}
	slices.Sort(names)
	return ", expected one of: " + strings.Join(slices.Compact(names), ", ")
}

func checkAttributes(n *markup.Node, s shape) error {
	var problems []error
	for _, a := range n.Attrs {
		if !listed(a.Name, s.attrs) && a.Name != "xml:space" && a.Name != "xml:lang" {
			problems = append(problems, n.Errorf("<%s> has no attribute %s%s", n.Name, a.Name, expected(s.attrs)))
		}
	}
	for _, group := range strings.Fields(s.required) {
		problems = append(problems, checkOneOf(n, group))
	}
	return errors.Join(problems...)
}

func checkOneOf(n *markup.Node, group string) error {
	group, optional := strings.CutPrefix(group, "?")
	alternatives := strings.Split(group, "|")
	found := 0
	for _, name := range alternatives {
		if _, ok := n.Lookup(name); ok {
			found++
		}
	}
	if found == 1 || found == 0 && optional {
		return nil
	}
	wanted := "one"
	if optional {
		wanted = "at most one"
	}
	return n.Errorf("<%s> has %d of its attributes %s, expected %s", n.Name, found, strings.Join(alternatives, ", "), wanted)
}

// listed tells whether name is one of names, which are separated by spaces.
func listed(name, names string) bool {
	for names != "" {
		var one string
		if one, names, _ = strings.Cut(names, " "); one == name {
			return name != ""
		}
	}
	return false
}
