package vxml

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file declares, assigns, clears and collects variables (VoiceXML 2.0,
// sections 5.3.1 to 5.3.3).

func (c *call) variable(ctx context.Context, n *markup.Node, scope script.Scope) error {
	name := n.Attr("name")
	if !isName(name) {
		return throw(n, eventSemantic, "%q cannot be declared, expected a variable name without a scope", name)
	}
	var value script.Value
	expr, ok := n.Lookup("expr")
	if given, handed := c.params[name]; handed && scope == script.Dialog {
		value = given
	} else if ok {
		var err error
		if value, err = c.eval(ctx, n, expr); err != nil {
			return err
		}
	} else if kept, found := c.engine.Lookup(ctx, scope, name); found {
		value = kept // a second <var> without expr changes nothing (section 5.3.1)
	}
	c.engine.Declare(scope, name, value)
	return nil
}

// assign gives a variable a value. A field that is assigned to is filled, so
// that the value is an answer like one that was keyed.
func (c *call) assign(ctx context.Context, n *markup.Node) error {
	name := n.Attr("name")
	if err := semantic(n, c.engine.Assign(ctx, name, n.Attr("expr"))); err != nil {
		return err
	}
	if _, hidden := c.engine.Lookup(ctx, script.Anonymous, name); hidden || c.dlg == nil {
		return nil
	}
	if it := c.dlg.item(name); it == nil || !it.is("field") || !it.named() {
		return nil
	}
	if v, _ := c.engine.Lookup(ctx, script.Dialog, name); !v.Undefined() {
		c.answer(name, v.String())
	}
	return nil
}

// namedInputs are the input items that the document named itself.
func (c *call) namedInputs() []string {
	return slices.DeleteFunc(c.inputNames(), func(name string) bool { return !c.dlg.item(name).named() })
}

// clear resets variables, and the counters of form items (section 5.3.3).
func (c *call) clear(ctx context.Context, n *markup.Node) error {
	names := strings.Fields(n.Attr("namelist"))
	if len(names) == 0 && c.dlg != nil {
		for _, it := range c.dlg.items {
			names = append(names, it.name)
		}
	}
	for _, name := range names {
		if err := c.clearOne(ctx, n, name); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) clearOne(ctx context.Context, n *markup.Node, name string) error {
	scopes := []script.Scope{script.Anonymous, script.Dialog, script.Document, script.Application}
	if prefix, rest, dotted := strings.Cut(name, "."); dotted {
		name, scopes = rest, nil
		for _, s := range []script.Scope{script.Dialog, script.Document, script.Application} {
			if s.String() == prefix {
				scopes = []script.Scope{s}
			}
		}
	}
	for _, s := range scopes {
		if _, ok := c.engine.Lookup(ctx, s, name); !ok {
			continue
		}
		c.engine.Declare(s, name, nil)
		if s == script.Dialog {
			c.clearItem(name)
		}
		return nil
	}
	return throw(n, eventSemantic, "%s is not declared", name)
}

func (c *call) clearItem(name string) {
	for it, v := range c.items {
		if it.name == name {
			v.prompts, v.events = 1, map[string]int{}
		}
	}
}

// pair is a variable by name, and what it holds.
type pair struct {
	name  string
	value script.Value
}

// pairs are what is to be sent, in its order.
type pairs []pair

// encode writes them as application/x-www-form-urlencoded.
func (p pairs) encode() string {
	var b strings.Builder
	for i, one := range p {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(one.name) + "=" + url.QueryEscape(one.value.String()))
	}
	return b.String()
}

// values are those of a namelist.
func (c *call) values(ctx context.Context, n *markup.Node, names []string) (pairs, error) {
	var values pairs
	for _, name := range names {
		v, err := c.eval(ctx, n, name)
		if err != nil {
			return nil, err
		}
		values = append(values, pair{name, v})
	}
	return values, nil
}
