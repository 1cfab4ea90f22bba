package vxml

import (
	"context"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// Place is where a run is: an element of a document.
type Place struct {
	URL    string // of the document
	Line   int
	engine *script.Engine
}

// Variable is one that a document has made.
type Variable struct {
	Name  string
	Value string // as text
	Set   bool   // it has a value
}

// maxVariables bounds how many are told of.
const maxVariables = 100

// Variables returns those of the form, the document and the application that
// are text, numbers or truth values, or not set yet; of the same name the
// innermost. It may be called by Trace, and by a Platform's methods until the
// next call of Trace.
func (p Place) Variables(ctx context.Context) []Variable {
	var list []Variable
	if p.engine == nil {
		return nil
	}
	for _, scope := range []script.Scope{script.Dialog, script.Document, script.Application} {
		for _, name := range p.engine.Names(scope) {
			known := slices.ContainsFunc(list, func(v Variable) bool { return v.Name == name })
			if known || strings.Contains(name, "$") || len(list) == maxVariables {
				continue
			}
			if v, found := p.engine.Lookup(ctx, scope, name); found && v.Plain() {
				list = append(list, Variable{Name: name, Value: v.String(), Set: !v.Undefined()})
			}
		}
	}
	return list
}

// at tells where the run is, unless n is the white space between elements.
func (c *call) at(n *markup.Node) {
	if c.trace != nil && (n.Name != "" || strings.TrimSpace(n.Text) != "") {
		c.trace(Place{URL: n.URL, Line: n.Line, engine: c.engine})
	}
}
