package vxml

import (
	"errors"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file says which elements and attributes there are, and where. What is
// not here is not supported yet, and a document that uses it is refused with
// the place where it does.

// shape is what an element may have. Names are separated by spaces; text
// stands for itself among the children.
type shape struct {
	children string
	attrs    string
	required string // attributes; of "a|b" exactly one is needed
}

// Groups of elements that stand in the same places (VoiceXML 2.0, appendix O).
const (
	executable = " text value audio enumerate prompt assign clear disconnect exit goto if log reprompt script submit throw var "
	spoken     = " text value audio enumerate break emphasis mark p paragraph s sentence phoneme prosody say-as sub voice desc "
	handlers   = " catch error help noinput nomatch "
	fetching   = " fetchhint fetchtimeout fetchaudio maxage maxstale "
	catching   = " count cond "
	throwing   = " event eventexpr message messageexpr "
)

// shapeOf is the table of elements.
func shapeOf(name string) (shape, bool) {
	switch name {
	case "vxml":
		return shape{handlers + "form menu meta metadata property script var", "version xml:lang xml:base application", "version"}, true
	case "form":
		return shape{handlers + "block field filled property script var", "id scope", ""}, true
	case "menu":
		return shape{handlers + "choice property prompt text enumerate audio value", "id scope dtmf accept", ""}, true
	case "choice":
		return shape{"text audio value", "dtmf accept next expr event eventexpr message messageexpr" + fetching, "next|expr|event|eventexpr"}, true
	case "block":
		return shape{executable, "name expr cond", ""}, true
	case "field":
		return shape{handlers + "filled grammar property prompt text audio value enumerate", "name expr cond type slot modal", ""}, true
	case "filled":
		return shape{executable, "mode namelist", ""}, true
	case "catch":
		return shape{executable, "event" + catching, ""}, true
	case "error", "help", "noinput", "nomatch":
		return shape{executable, catching, ""}, true
	case "meta":
		return shape{"", "name content http-equiv scheme", ""}, true
	case "property":
		return shape{"", "name value", "name value"}, true
	default:
		return contentShape(name)
	}
}

// contentShape is the part of the table for executable content and prompts.
func contentShape(name string) (shape, bool) {
	switch name {
	case "assign":
		return shape{"", "name expr", "name expr"}, true
	case "clear":
		return shape{"", "namelist", ""}, true
	case "disconnect", "reprompt", "else":
		return shape{}, true
	case "elseif":
		return shape{"", "cond", "cond"}, true
	case "exit":
		return shape{"", "expr namelist", ""}, true
	case "goto":
		return shape{"", "next expr nextitem expritem" + fetching, "next|expr|nextitem|expritem"}, true
	case "if":
		return shape{executable + "elseif else", "cond", "cond"}, true
	case "log":
		return shape{"text value", "label expr", ""}, true
	case "script":
		return shape{"text", "src charset" + fetching, ""}, true
	case "submit":
		return shape{"", "next expr namelist method enctype" + fetching, "next|expr"}, true
	case "throw":
		return shape{"", throwing, "event|eventexpr"}, true
	case "var":
		return shape{"", "name expr", "name"}, true
	default:
		return spokenShape(name)
	}
}

// spokenShape is the part of the table for what prompts contain (SSML 1.0).
func spokenShape(name string) (shape, bool) {
	switch name {
	case "prompt":
		return shape{spoken, "bargein bargeintype cond count timeout xml:lang xml:base", ""}, true
	case "audio":
		return shape{spoken, "src expr" + fetching, ""}, true
	case "value":
		return shape{"", "expr", "expr"}, true
	case "enumerate":
		return shape{spoken, "", ""}, true
	case "break":
		return shape{"", "time strength size", ""}, true
	case "sub":
		return shape{spoken, "alias", "alias"}, true
	case "say-as":
		return shape{spoken, "interpret-as format detail type", ""}, true
	case "mark":
		return shape{"", "name", ""}, true
	case "desc", "emphasis", "p", "paragraph", "phoneme", "prosody", "s", "sentence", "voice":
		return shape{spoken, "xml:lang level alphabet ph pitch contour range rate duration volume gender age variant name", ""}, true
	default:
		return shape{}, false
	}
}

// validate checks n and everything below it against the table.
func validate(n *markup.Node) error {
	if n.Name == "grammar" || n.Name == "metadata" {
		return nil // grammars have rules of their own; metadata is never read
	}
	s, known := shapeOf(n.Name)
	if !known {
		return n.Errorf("<%s> is not supported", n.Name)
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
	if _, known := shapeOf(c.Name); known || c.Name == "grammar" || c.Name == "metadata" {
		if !listed(c.Name, s.children) {
			return c.Errorf("<%s> in <%s> is not supported%s", c.Name, n.Name, expected(s.children))
		}
	}
	return validate(c)
}

func expected(children string) string {
	names := strings.Fields(children)
	if len(names) == 0 {
		return ", expected no elements"
	}
	return ", expected one of: " + strings.Join(names, ", ")
}

func checkAttributes(n *markup.Node, s shape) error {
	var problems []error
	for _, a := range n.Attrs {
		if !listed(a.Name, s.attrs) && a.Name != "xml:space" {
			problems = append(problems, n.Errorf("attribute %s of <%s> is not supported%s", a.Name, n.Name, expected(s.attrs)))
		}
	}
	for _, group := range strings.Fields(s.required) {
		alternatives := strings.Split(group, "|")
		found := 0
		for _, name := range alternatives {
			if _, ok := n.Lookup(name); ok {
				found++
			}
		}
		if found != 1 {
			problems = append(problems, n.Errorf("<%s> has %d of its attributes %s, expected one", n.Name, found, strings.Join(alternatives, ", ")))
		}
	}
	return errors.Join(problems...)
}

func listed(name, names string) bool { return slices.Contains(strings.Fields(names), name) }
