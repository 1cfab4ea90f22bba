package vxml

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file is the form interpretation algorithm of VoiceXML 2.0, appendix C.
// A menu runs through it as a form with one field. What the items themselves
// do is in collect.go, record.go, transfer.go and subdialog.go.

// initialize runs the <var>, <script> and <data> children of a document or a
// form in document order and gives the form items their variables.
func (c *call) initialize(ctx context.Context, n *markup.Node, scope script.Scope) error {
	for _, child := range n.Elements() {
		if err := c.step(ctx); err != nil {
			return err
		}
		var err error
		switch child.Name {
		case "var":
			err = c.variable(ctx, child, scope)
		case "script":
			err = c.script(ctx, child, scope)
		case "data":
			err = c.data(ctx, child, scope)
		case "block", "field", "initial", "object", "record", "subdialog", "transfer":
			err = c.itemVariable(ctx, child)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *call) itemVariable(ctx context.Context, n *markup.Node) error {
	for _, it := range c.dlg.items {
		if it.node != n {
			continue
		}
		var value script.Value
		if expr, ok := n.Lookup("expr"); ok {
			var err error
			if value, err = c.eval(ctx, n, expr); err != nil {
				return err
			}
		}
		c.engine.Declare(script.Dialog, it.name, value)
	}
	return nil
}

// form iterates until something leaves the form. h is an input with which it
// was entered.
func (c *call) form(ctx context.Context, h *heard) error {
	for {
		err := c.handled(ctx, c.iterate(ctx, h))
		h = nil
		var elsewhere *stay
		if errors.As(err, &elsewhere) {
			c.next, err = elsewhere.next, nil
		}
		if err != nil {
			return err
		}
	}
}

// iterate is one turn: select an item, collect, process.
func (c *call) iterate(ctx context.Context, h *heard) error {
	if err := c.step(ctx); err != nil {
		return err
	}
	c.item = nil
	c.engine.Reset(script.Anonymous)
	if h != nil {
		c.quiet = false
		return c.process(ctx, h)
	}
	it, err := c.selectItem(ctx)
	if err != nil {
		return err
	}
	quiet := c.quiet
	c.quiet = false
	if it == nil {
		return c.end(ctx, Exit, "")
	}
	c.item = it
	c.at(it.node)
	if it.is("block") {
		c.engine.Declare(script.Dialog, it.name, true)
		return c.execute(ctx, it.node.Children)
	}
	if !quiet {
		if err := c.selectPrompts(ctx, it); err != nil {
			return err
		}
	}
	return c.visit(ctx, it)
}

// visit executes an item other than a block.
func (c *call) visit(ctx context.Context, it *item) error {
	switch it.node.Name {
	case "record":
		return c.record(ctx, it)
	case "transfer":
		return c.transfer(ctx, it)
	case "subdialog":
		return c.subdialog(ctx, it)
	case "object":
		return c.object(ctx, it)
	}
	h, err := c.collect(ctx, it)
	if err != nil {
		return err
	}
	return c.process(ctx, h)
}

func (c *call) selectItem(ctx context.Context) (*item, error) {
	if it := c.next; it != nil {
		c.next = nil
		return it, nil
	}
	for _, it := range c.dlg.items {
		if it.is("menu") {
			return it, nil
		}
		if v, _ := c.engine.Lookup(ctx, script.Dialog, it.name); !v.Undefined() {
			continue
		}
		c.item = it // its own handlers catch what its cond throws
		if ok, err := c.cond(ctx, it.node); ok || err != nil {
			return it, err
		}
		c.item = nil
	}
	return nil, nil
}

// process does what an input is for (appendix C, process phase).
func (c *call) process(ctx context.Context, h *heard) error {
	by := h.by
	switch {
	case by.event != "":
		return &EventError{Event: by.event}
	case by.link != nil:
		return c.follow(ctx, by)
	case by.dlg != c.dlg:
		return c.goToHeard(h)
	case by.item != nil && by.item.is("menu"):
		return c.choose(ctx, h)
	case by.item != nil:
		c.fillItem(ctx, by.item, h)
		return c.filled(ctx, by.item)
	default:
		return c.fillForm(ctx, h)
	}
}

// goToHeard goes to the dialog whose grammar was matched, with what was heard
// (section 3.1.4).
func (c *call) goToHeard(h *heard) error {
	to := &leave{dlg: h.by.dlg, heard: h}
	if h.by.doc != c.doc { // the application root document
		to.doc, to.app = h.by.doc, c.app
	}
	return to
}

// fillItem gives an item the value that was heard for it: the part of it in
// the item's slot, or all of it (section 3.1.6).
func (c *call) fillItem(ctx context.Context, it *item, h *heard) {
	value := h.meaning
	if part, ok := c.engine.Property(ctx, value, it.slot()); ok {
		value = part
	}
	c.give(ctx, it, value, h.shadow())
}

// give fills an item, and notes the answer.
func (c *call) give(ctx context.Context, it *item, value any, shadow map[string]any) {
	c.engine.Declare(script.Dialog, it.name, value)
	c.engine.Declare(script.Dialog, it.name+"$", shadow)
	if it.is("field") && it.named() {
		v, _ := c.engine.Lookup(ctx, script.Dialog, it.name)
		c.answer(it.name, v.String())
	}
}

// slot is the property of a form-level result that fills the item.
func (it *item) slot() string {
	if slot := it.node.Attr("slot"); slot != "" {
		return slot
	}
	return it.name
}

// fillForm spreads a result of a form-level grammar over the fields whose
// slots it has, and ends the <initial> items (section 3.1.6).
func (c *call) fillForm(ctx context.Context, h *heard) error {
	var just []*item
	for _, it := range c.dlg.items {
		if !it.is("field") {
			continue
		}
		if part, ok := c.engine.Property(ctx, h.meaning, it.slot()); ok && !part.Undefined() {
			c.give(ctx, it, part, h.shadow())
			just = append(just, it)
		}
	}
	if len(just) > 0 {
		for _, it := range c.dlg.items {
			if it.is("initial") {
				c.engine.Declare(script.Dialog, it.name, true)
			}
		}
	}
	return c.filled(ctx, just...)
}

// filled runs the <filled> elements that have waited for these items, in
// document order. Each has variables of its own (section 5.1.2).
func (c *call) filled(ctx context.Context, just ...*item) error {
	for _, n := range c.dlg.node.Elements() {
		if n.Name == "filled" {
			if !c.complete(ctx, n, just) {
				continue
			}
			c.item = nil // events in here are the form's
			c.engine.Reset(script.Anonymous)
			if err := c.execute(ctx, n.Children); err != nil {
				return err
			}
			continue
		}
		at := slices.IndexFunc(just, func(it *item) bool { return it.node == n })
		if at < 0 {
			continue
		}
		c.item = just[at]
		for _, filled := range n.Elements("filled") {
			c.engine.Reset(script.Anonymous)
			if err := c.execute(ctx, filled.Children); err != nil {
				return err
			}
		}
	}
	return nil
}

// complete tells whether a form's <filled> is due now that these items were
// filled (section 2.4).
func (c *call) complete(ctx context.Context, filled *markup.Node, just []*item) bool {
	names := strings.Fields(filled.Attr("namelist"))
	if len(names) == 0 {
		names = c.inputNames()
	}
	if !slices.ContainsFunc(just, func(it *item) bool { return slices.Contains(names, it.name) }) {
		return false
	}
	if filled.Attr("mode") == "any" {
		return true
	}
	for _, name := range names {
		if v, _ := c.engine.Lookup(ctx, script.Dialog, name); v.Undefined() {
			return false
		}
	}
	return true
}

// inputNames are the variables of the form's input items.
func (c *call) inputNames() []string {
	var names []string
	if c.dlg == nil {
		return nil
	}
	for _, it := range c.dlg.items {
		if it.input() {
			names = append(names, it.name)
		}
	}
	return names
}

// choose does what a menu's choice says.
func (c *call) choose(ctx context.Context, h *heard) error {
	c.item = h.by.item
	name, value := c.dlg.id, h.by.choice.text
	if name == "" {
		name = "menu"
	}
	if value == "" {
		value = h.by.choice.keys
	}
	c.answer(name, value)
	return c.goOrThrow(ctx, h.by.choice.node)
}

func (c *call) goOrThrow(ctx context.Context, n *markup.Node) error {
	_, event := n.Lookup("event")
	if _, expr := n.Lookup("eventexpr"); event || expr {
		return c.throwEvent(ctx, n)
	}
	return c.goTo(ctx, n)
}

// follow does what a link says (section 2.5). Its references start at the
// document that it stands in.
func (c *call) follow(ctx context.Context, by active) error {
	if by.doc == c.doc {
		return c.goOrThrow(ctx, by.link)
	}
	if next, err := c.attribute(ctx, by.link, "next", "expr"); err != nil {
		return err
	} else if next != "" {
		absolute, err := resolve(by.doc, by.link, next)
		if err != nil {
			return err
		}
		return c.transition(ctx, by.link, Fetch{URL: absolute, Method: "GET"})
	}
	return c.throwEvent(ctx, by.link)
}
