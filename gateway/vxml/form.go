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
// A menu runs through it as a form with one field.

// initialize runs the <var> and <script> children of a document or a form in
// document order and gives the form items their variables.
func (c *call) initialize(ctx context.Context, n *markup.Node, scope script.Scope) error {
	for _, child := range n.Elements("var", "script", "block", "field") {
		if err := c.step(ctx); err != nil {
			return err
		}
		var err error
		switch child.Name {
		case "var":
			err = c.variable(ctx, child, scope)
		case "script":
			err = c.script(ctx, child, scope)
		default:
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

// form iterates until something leaves the form.
func (c *call) form(ctx context.Context) error {
	for {
		err := c.handled(ctx, c.iterate(ctx))
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
func (c *call) iterate(ctx context.Context) error {
	if err := c.step(ctx); err != nil {
		return err
	}
	c.item = nil
	c.engine.Reset(script.Anonymous)
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
	if it.node.Name == "block" {
		c.engine.Declare(script.Dialog, it.name, true)
		return c.execute(ctx, it.node.Children)
	}
	if !quiet {
		if err := c.selectPrompts(ctx, it); err != nil {
			return err
		}
	}
	in, err := c.collect(ctx, it)
	if err != nil {
		return err
	}
	if it.choices != nil {
		return c.choose(ctx, in)
	}
	return c.fill(ctx, it, in)
}

func (c *call) selectItem(ctx context.Context) (*item, error) {
	if it := c.next; it != nil {
		c.next = nil
		return it, nil
	}
	for _, it := range c.dlg.items {
		if it.choices != nil {
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

// fill gives a field its value and runs the <filled> elements that wait for it.
func (c *call) fill(ctx context.Context, it *item, in utterance) error {
	meaning := in.meaning
	if meaning == nil {
		meaning = in.text
	}
	c.engine.Declare(script.Dialog, it.name, meaning)
	c.engine.Declare(script.Dialog, it.name+"$", in.shadow())
	c.lastResult(in, meaning)
	if it.node.Attr("name") != "" {
		v, _ := c.engine.Lookup(ctx, script.Dialog, it.name)
		c.answer(it.name, v.String())
	}
	for _, n := range c.dlg.node.Elements() {
		switch {
		case n == it.node:
			for _, filled := range n.Elements("filled") {
				if err := c.execute(ctx, filled.Children); err != nil {
					return err
				}
			}
		case n.Name == "filled" && c.complete(ctx, n, it):
			c.item = nil // events in here are the form's
			if err := c.execute(ctx, n.Children); err != nil {
				return err
			}
			c.item = it
		}
	}
	return nil
}

// complete tells whether a form's <filled> is due now that it was filled
// (section 2.4).
func (c *call) complete(ctx context.Context, filled *markup.Node, it *item) bool {
	names := strings.Fields(filled.Attr("namelist"))
	if len(names) == 0 {
		names = c.inputNames()
	}
	if !slices.Contains(names, it.name) {
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
	for _, it := range c.dlg.items {
		if it.node.Name == "field" {
			names = append(names, it.name)
		}
	}
	return names
}

// choose does what a menu's choice says.
func (c *call) choose(ctx context.Context, in utterance) error {
	name, value := c.dlg.id, in.choice.text
	if name == "" {
		name = "menu"
	}
	if value == "" {
		value = in.choice.keys
	}
	c.lastResult(in, value)
	c.answer(name, value)
	n := in.choice.node
	if n.Attr("event") != "" || n.Attr("eventexpr") != "" {
		return c.throwEvent(ctx, n)
	}
	return c.goTo(ctx, n)
}

// lastResult is application.lastresult$ (section 5.1.5).
func (c *call) lastResult(in utterance, meaning any) {
	result := in.shadow()
	result["interpretation"] = meaning
	last := map[string]any{"0": result, "length": 1}
	for key, value := range result {
		last[key] = value
	}
	c.engine.Declare(script.Document, "lastresult$", last)
}
