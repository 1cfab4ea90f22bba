package vxml

import (
	"context"
	"errors"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file is <subdialog>, <object> and <data>: what gives an item or a
// variable a value from elsewhere (VoiceXML 2.0, sections 2.3.4 and 2.3.5, and
// 5 of 2.1).

// returned unwinds from a subdialog to where it was called.
type returned struct {
	value   map[string]any
	event   string // thrown there instead
	message string
}

func (*returned) Error() string { return "the subdialog returns" }

func (c *call) returnFrom(ctx context.Context, n *markup.Node) error {
	if !c.sub {
		return throw(n, eventSemantic, "<return> outside of a subdialog")
	}
	event, err := c.attribute(ctx, n, "event", "eventexpr")
	if err != nil {
		return err
	}
	message, err := c.attribute(ctx, n, "message", "messageexpr")
	if err != nil {
		return err
	}
	value := map[string]any{}
	for _, name := range strings.Fields(n.Attr("namelist")) {
		v, err := c.eval(ctx, n, name)
		if err != nil {
			return err
		}
		value[name[strings.LastIndexByte(name, '.')+1:]] = v
	}
	return &returned{value, event, message}
}

// subdialog runs another dialog in a context of its own, with its own
// variables, and fills the item with what that returns.
func (c *call) subdialog(ctx context.Context, it *item) error {
	n := it.node
	if c.depth >= c.limits.Subdialogs {
		return exhausted("more than %d subdialogs within each other", c.limits.Subdialogs)
	}
	to, err := c.subdialogTarget(ctx, n)
	if err != nil {
		return err
	}
	params, err := c.paramValues(ctx, n)
	if err != nil {
		return err
	}
	outside := c.engine.Nest()
	c.depth++
	err = (&call{session: c.session, sub: true, params: params}).run(ctx, to)
	c.depth--
	c.engine.Unnest(outside)
	var back *returned
	if !errors.As(err, &back) {
		return err
	}
	if back.event != "" {
		return throw(n, back.event, "%s", back.message)
	}
	c.engine.Declare(script.Dialog, it.name, back.value)
	return c.filled(ctx, it)
}

func (c *call) subdialogTarget(ctx context.Context, n *markup.Node) (*leave, error) {
	src, err := c.attribute(ctx, n, "src", "srcexpr")
	if err != nil {
		return nil, err
	}
	f, err := c.sending(ctx, n, src, strings.Fields(n.Attr("namelist")))
	if err != nil {
		return nil, err
	}
	to, err := c.target(ctx, n, f, true)
	if err != nil || to.doc != nil {
		return to, err
	}
	to.doc, to.app, to.fresh = c.doc, c.app, true // a dialog of this document, with variables of its own
	return to, nil
}

// paramValues are those of the <param> elements. One without an expression is
// its literal value (section 6.4).
func (c *call) paramValues(ctx context.Context, n *markup.Node) (map[string]script.Value, error) {
	values := map[string]script.Value{}
	for _, p := range n.Elements("param") {
		v := c.engine.Make(p.Attr("value"))
		if expr, ok := p.Lookup("expr"); ok {
			var err error
			if v, err = c.eval(ctx, p, expr); err != nil {
				return nil, err
			}
		}
		values[p.Attr("name")] = v
	}
	return values, nil
}

// object runs something of the platform's own, and there is nothing.
func (c *call) object(ctx context.Context, it *item) error {
	if _, err := c.paramValues(ctx, it.node); err != nil {
		return err
	}
	return throw(it.node, "error.unsupported.objectname", "there is no object %q here", it.node.Attr("classid"))
}

// data reads an XML document into a variable, as a tree that can only be read.
func (c *call) data(ctx context.Context, n *markup.Node, scope script.Scope) error {
	src, err := c.attribute(ctx, n, "src", "srcexpr")
	if err != nil {
		return err
	}
	f, err := c.sending(ctx, n, src, strings.Fields(n.Attr("namelist")))
	if err != nil {
		return err
	}
	r, err := c.fetchAs(ctx, n, "data", f)
	if err != nil {
		return err
	}
	name, named := n.Lookup("name")
	if !named {
		return nil // it was for its effect on the server
	}
	tree, err := c.engine.DOM(r.Body)
	if err != nil {
		return throw(n, eventBadFetch, "%s: %v", r.URL, err)
	}
	for s := scope; s > script.Application; s-- { // the variable that is there already, as <assign> would find it
		if _, ok := c.engine.Lookup(ctx, s, name); ok {
			c.engine.Declare(s, name, tree)
			return nil
		}
	}
	c.engine.Declare(scope, name, tree)
	return nil
}
