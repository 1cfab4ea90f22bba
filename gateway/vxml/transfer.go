package vxml

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file is <transfer> (VoiceXML 2.0, section 2.3.7, and 9 of 2.1).

func (c *call) transfer(ctx context.Context, it *item) error {
	if c.gone != "" {
		return c.end(ctx, Exit, "")
	}
	t := c.timing()
	to, err := c.transferFor(ctx, it.node)
	if err != nil {
		return err
	}
	var list []active
	if to.Manner == Bridge {
		if list, err = c.activate(ctx, it, t); err != nil {
			return err
		}
	}
	if err := c.flush(ctx); err != nil {
		return err
	}
	bridge := &overhearing{listener: newListener(list), timing: t}
	to.Offers, to.Heard = bridge.offers(t), bridge.hear
	outcome, err := c.platform.Transfer(ctx, to)
	switch {
	case errors.Is(err, ErrHungUp):
		return c.hungUp()
	case err != nil:
		return placed(it.node, err)
	}
	if err := c.came(); err != nil {
		return err
	}
	return c.transferred(ctx, it, outcome, bridge)
}

// placed says where the event of a platform was thrown.
func placed(n *markup.Node, err error) error {
	var event *EventError
	if errors.As(err, &event) {
		return throw(n, event.Event, "%s", event.Message)
	}
	return err
}

// transferred fills the item, or ends the connection if the caller was passed
// on.
func (c *call) transferred(ctx context.Context, it *item, t Transferred, bridge *overhearing) error {
	if t.Outcome == "" {
		c.gone, c.queue = Disconnect, nil
		return &EventError{Event: eventPassedOn}
	}
	shadow := map[string]any{"duration": t.Length.Seconds()}
	if bridge.done {
		h, err := c.understand(ctx, bridge.found)
		if err != nil {
			return err
		}
		if h.by.item != it {
			return c.process(ctx, h)
		}
		shadow["utterance"], shadow["inputmode"] = h.text, h.mode
	}
	c.engine.Declare(script.Dialog, it.name, t.Outcome)
	c.engine.Declare(script.Dialog, it.name+"$", shadow)
	return c.filled(ctx, it)
}

// transferFor reads the attributes.
func (c *call) transferFor(ctx context.Context, n *markup.Node) (Transfer, error) {
	t := Transfer{Manner: Blind}
	var err error
	if t.Dest, err = c.attribute(ctx, n, "dest", "destexpr"); err != nil {
		return t, err
	}
	if t.Info, err = c.attribute(ctx, n, "aai", "aaiexpr"); err != nil {
		return t, err
	}
	if n.Attr("bridge") == "true" {
		t.Manner = Bridge
	}
	switch kind := Manner(n.Attr("type")); kind {
	case "":
	case Bridge, Blind, Consultation:
		t.Manner = kind
	default:
		return t, throw(n, "error.unsupported.transfer."+string(kind), "type %q of <transfer>, expected bridge, blind or consultation", string(kind))
	}
	for name, value := range map[string]*time.Duration{"connecttimeout": &t.ConnectTimeout, "maxtime": &t.Max} {
		text, ok := n.Lookup(name)
		if !ok {
			continue
		}
		if *value, err = duration(text); err != nil {
			return t, throw(n, eventSemantic, "%s of <transfer>: %v", name, err)
		}
	}
	if audio := n.Attr("transferaudio"); audio != "" {
		t.Audio, err = resolve(c.doc, n, audio)
	}
	return t, err
}

// overhearing listens to the caller while they talk to somebody else: only
// what matches counts.
type overhearing struct {
	*listener
	timing timing
	found  found
	done   bool
}

func (o *overhearing) hear(in Input) bool {
	if o.done {
		return true
	}
	switch {
	case in.Words != "":
		fresh := newListener(o.active)
		f, err := fresh.hear(in, o.timing)
		o.found, o.done = f, err == nil
	case in.Key != 0:
		o.press(in.Key)
	}
	return o.done
}

// press takes one key. One that leads nowhere begins anew.
func (o *overhearing) press(key byte) {
	step := func(s grammar.State) grammar.State { return s.Key(key) }
	states, alive := o.advanced(true, step)
	if !alive {
		o.listener = newListener(o.active)
		if states, alive = o.advanced(true, step); !alive {
			return
		}
	}
	o.states, o.keys = states, append(o.keys, key)
	if m, by, ok := o.match(); ok && !o.mayGoOn() {
		o.found, o.done = found{match: m, by: by, mode: "dtmf", text: string(o.keys)}, true
	}
}
