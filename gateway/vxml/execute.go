package vxml

import (
	"context"
	"errors"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file runs executable content (VoiceXML 2.0, section 5.3).

// execute runs nodes one after the other. Text and what may stand in it make
// a prompt together.
func (c *call) execute(ctx context.Context, nodes []*markup.Node) error {
	for len(nodes) > 0 {
		c.at(nodes[0])
		n := spokenRun(nodes)
		if n > 0 {
			if err := c.queuePrompt(ctx, nodes[0].Parent, nodes[:n]); err != nil {
				return err
			}
			nodes = nodes[n:]
			continue
		}
		if err := c.step(ctx); err != nil {
			return err
		}
		if err := c.statement(ctx, nodes[0]); err != nil {
			return err
		}
		nodes = nodes[1:]
	}
	return nil
}

// spokenRun is how many nodes at the start are a prompt without its element.
func spokenRun(nodes []*markup.Node) int {
	for i, n := range nodes {
		switch n.Name {
		case "", "value", "audio", "enumerate", "mark":
		default:
			return i
		}
	}
	return len(nodes)
}

func (c *call) statement(ctx context.Context, n *markup.Node) error {
	switch n.Name {
	case "prompt":
		return c.prompt(ctx, n)
	case "var":
		return c.variable(ctx, n, script.Anonymous)
	case "data":
		return c.data(ctx, n, script.Anonymous)
	case "foreach":
		return c.foreach(ctx, n, func(body []*markup.Node) error { return c.execute(ctx, body) })
	case "assign":
		return c.assign(ctx, n)
	case "clear":
		return c.clear(ctx, n)
	case "script":
		return c.script(ctx, n, script.Anonymous)
	case "log":
		return c.log(ctx, n)
	case "if":
		return c.branch(ctx, n)
	default:
		return c.jump(ctx, n)
	}
}

// jump runs what leaves the content that it stands in.
func (c *call) jump(ctx context.Context, n *markup.Node) error {
	switch n.Name {
	case "reprompt":
		c.reprompt = true
		return nil
	case "goto":
		return c.goTo(ctx, n)
	case "submit":
		return c.submit(ctx, n)
	case "return":
		return c.returnFrom(ctx, n)
	case "throw":
		return c.throwEvent(ctx, n)
	case "exit":
		return c.exit(ctx, n)
	case "disconnect":
		return c.disconnect(ctx, n)
	default: // SSML right in the content of a <foreach>
		return c.queuePrompt(ctx, n.Parent, []*markup.Node{n})
	}
}

// eval evaluates an expression of n; what is wrong with it is error.semantic.
func (c *call) eval(ctx context.Context, n *markup.Node, expr string) (script.Value, error) {
	v, err := c.engine.Eval(ctx, expr)
	return v, semantic(n, err)
}

func semantic(n *markup.Node, err error) error {
	var wrong *script.Error
	if errors.As(err, &wrong) {
		return throw(n, eventSemantic, "%s", wrong.Message)
	}
	return err
}

// cond is the attribute cond of n, true if it is absent.
func (c *call) cond(ctx context.Context, n *markup.Node) (bool, error) {
	expr, ok := n.Lookup("cond")
	if !ok {
		return true, nil
	}
	v, err := c.eval(ctx, n, expr)
	return v.Bool(), err
}

// attribute is the value of an attribute, or of the expression in exprName.
func (c *call) attribute(ctx context.Context, n *markup.Node, name, exprName string) (string, error) {
	if v, ok := n.Lookup(name); ok {
		return v, nil
	}
	expr, ok := n.Lookup(exprName)
	if !ok {
		return "", nil
	}
	v, err := c.eval(ctx, n, expr)
	return v.String(), err
}

func (c *call) script(ctx context.Context, n *markup.Node, scope script.Scope) error {
	src := n.Content()
	ref, err := c.attribute(ctx, n, "src", "srcexpr")
	if err != nil {
		return err
	}
	if ref != "" {
		r, err := c.fetchAs(ctx, n, "script", Fetch{URL: ref, Method: "GET"})
		if err != nil {
			return err
		}
		src = string(r.Body)
	}
	return semantic(n, c.engine.Run(ctx, scope, src))
}

func (c *call) log(ctx context.Context, n *markup.Node) error {
	text, err := c.plainText(ctx, n.Children)
	if err != nil {
		return err
	}
	if expr, ok := n.Lookup("expr"); ok {
		v, err := c.eval(ctx, n, expr)
		if err != nil {
			return err
		}
		text = collapse(text + " " + v.String())
	}
	c.platform.Log(n.Attr("label"), text)
	return nil
}

// branch runs the part of an <if> whose condition is the first to be true.
func (c *call) branch(ctx context.Context, n *markup.Node) error {
	head, rest := n, n.Children
	for {
		part, next := untilElse(rest)
		ok, err := c.cond(ctx, head)
		if err != nil {
			return err
		}
		if ok {
			return c.execute(ctx, part)
		}
		if next == len(rest) {
			return nil
		}
		head, rest = rest[next], rest[next+1:]
	}
}

func untilElse(nodes []*markup.Node) (part []*markup.Node, next int) {
	for i, n := range nodes {
		if n.Name == "else" || n.Name == "elseif" {
			return nodes[:i], i
		}
	}
	return nodes, len(nodes)
}

func (c *call) throwEvent(ctx context.Context, n *markup.Node) error {
	name, err := c.attribute(ctx, n, "event", "eventexpr")
	if err != nil {
		return err
	}
	text, err := c.attribute(ctx, n, "message", "messageexpr")
	if err != nil {
		return err
	}
	if name == "" || len(name) > maxEvent {
		return throw(n, eventSemantic, "an event of %d characters, expected a name of 1 to %d", len(name), maxEvent)
	}
	return throw(n, name, "%s", text)
}

// maxEvent bounds the name of an event, each of whose parts is counted.
const maxEvent = 200

func (c *call) exit(ctx context.Context, n *markup.Node) error {
	if expr, ok := n.Lookup("expr"); ok {
		v, err := c.eval(ctx, n, expr)
		if err != nil {
			return err
		}
		return c.end(ctx, Exit, v.String())
	}
	values, err := c.values(ctx, n, strings.Fields(n.Attr("namelist")))
	if err != nil {
		return err
	}
	return c.end(ctx, Exit, values.encode())
}

// disconnect hangs up; the document learns of it as of any other end of the
// connection (section 5.3.11). What its namelist names is the call's value
// unless <exit> has another (2.1, section 8).
func (c *call) disconnect(ctx context.Context, n *markup.Node) error {
	values, err := c.values(ctx, n, strings.Fields(n.Attr("namelist")))
	if err != nil {
		return err
	}
	if c.gone != "" {
		return c.end(ctx, Exit, "")
	}
	if err := c.flush(ctx); err != nil {
		return err
	}
	if err := c.platform.Disconnect(ctx); err != nil && !errors.Is(err, ErrHungUp) {
		return err
	}
	c.gone, c.result.Value = Disconnect, values.encode()
	return &EventError{Event: eventHangup}
}

// foreach runs body for each member of an array that is defined. It goes
// through a copy, so that body may change the array (2.1, section 6).
func (c *call) foreach(ctx context.Context, n *markup.Node, body func([]*markup.Node) error) error {
	name := n.Attr("item")
	if !isName(name) {
		return throw(n, eventSemantic, "item %q of <foreach>, expected a variable name", name)
	}
	list, err := c.eval(ctx, n, n.Attr("array"))
	if err != nil {
		return err
	}
	members, ok := c.engine.Members(ctx, list)
	if !ok {
		return throw(n, eventSemantic, "array of <foreach>: %s is no array", n.Attr("array"))
	}
	for _, member := range members {
		if err := c.step(ctx); err != nil {
			return err
		}
		if member.Undefined() {
			continue
		}
		c.engine.Declare(script.Anonymous, name, member)
		if err := body(n.Children); err != nil {
			return err
		}
	}
	return nil
}
