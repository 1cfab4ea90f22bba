package vxml

import (
	"context"
	"errors"
	"strings"
	"time"

	"rollcall/gateway/vxml/script"
)

// This file is <record> (VoiceXML 2.0, section 2.3.6). While it records, the
// grammars of keys are active: those that match end the recording and are
// obeyed; with dtmfterm every other key ends it too.

func (c *call) record(ctx context.Context, it *item) error {
	if c.gone != "" {
		return c.end(ctx, Exit, "")
	}
	t := c.timing()
	list, err := c.activate(ctx, it, t)
	if err != nil {
		return err
	}
	r, err := c.recordFor(it, t)
	if err != nil {
		return err
	}
	if err := c.flush(ctx); err != nil {
		return err
	}
	l := newListener(list)
	r.Keys = r.Keys || hasKeys(list)
	r.Offers = l.offers(t)
	made, err := c.platform.Record(ctx, r)
	switch {
	case errors.Is(err, ErrHungUp):
		return c.recordedTheEnd(ctx, it, made)
	case err != nil:
		return placed(it.node, err)
	case made.Key == 0 && len(made.Sound) == 0:
		return &EventError{Event: eventNoInput}
	}
	if err := c.came(); err != nil {
		return err
	}
	if made.Key == 0 {
		c.keep(ctx, it, made)
		return c.filled(ctx, it)
	}
	h, err := c.recordKey(ctx, l, t, made.Key)
	switch {
	case err != nil:
		return err
	case h != nil && h.by.item != it:
		return c.process(ctx, h)
	default:
		return c.recordedToKey(ctx, it, made, h != nil)
	}
}

// recordedToKey takes a recording that a key has ended, which is one of the
// item's own grammar or means nothing else.
func (c *call) recordedToKey(ctx context.Context, it *item, made Recording, own bool) error {
	switch {
	case !own && it.node.Attr("dtmfterm") == "false":
		return &EventError{Event: eventNoMatch}
	case len(made.Sound) == 0:
		return nil // the caller wants to say nothing: that fills nothing, and is no event
	default:
		c.keep(ctx, it, made)
		return c.filled(ctx, it)
	}
}

func hasKeys(list []active) bool {
	for _, a := range list {
		if a.grammar.DTMF() {
			return true
		}
	}
	return false
}

// recordFor reads the attributes.
func (c *call) recordFor(it *item, t timing) (Record, error) {
	n := it.node
	r := Record{
		Beep: n.Attr("beep") == "true", Keys: n.Attr("dtmfterm") != "false", Timeout: t.first, Type: n.Attr("type"), Max: c.limits.Recording,
	}
	for name, value := range map[string]*time.Duration{"maxtime": &r.Max, "finalsilence": &r.FinalSilence} {
		text, ok := n.Lookup(name)
		if !ok {
			continue
		}
		d, err := duration(text)
		if err != nil {
			return r, throw(n, eventSemantic, "%s of <record>: %v", name, err)
		}
		*value = d
	}
	r.Max = min(r.Max, c.limits.Recording)
	if r.Type != "" && !strings.HasPrefix(r.Type, "audio/") {
		return r, throw(n, "error.unsupported.format", "type %q of <record>, expected a media type of sound", r.Type)
	}
	return r, nil
}

// recordKey tells what the key that has ended a recording says, with those
// that follow it; nil if it says nothing.
func (c *call) recordKey(ctx context.Context, l *listener, t timing, key byte) (*heard, error) {
	t.termchar = 0
	done, f, err := l.press(key, t)
	if err != nil {
		return nil, nil // no grammar begins with it
	}
	if !done {
		wait := l.pause(t)
		if wait == 0 {
			f, err = l.silence()
		} else {
			f, err = c.await(ctx, l, t, wait)
		}
	}
	if err != nil {
		return nil, err
	}
	return c.understand(ctx, f)
}

// keep fills the item with a recording, and its shadow variables.
func (c *call) keep(ctx context.Context, it *item, made Recording) {
	shadow := map[string]any{"duration": made.Length.Milliseconds(), "size": len(made.Sound), "maxtime": made.AtMax, "termchar": nil}
	if made.Key != 0 {
		shadow["termchar"] = string(made.Key)
	}
	c.give(ctx, it, &made, shadow)
}

// recordedTheEnd keeps what was said before the caller has hung up: the event
// comes after that.
func (c *call) recordedTheEnd(ctx context.Context, it *item, made Recording) error {
	if len(made.Sound) > 0 {
		c.keep(ctx, it, made)
	} else {
		c.engine.Declare(script.Dialog, it.name, nil)
	}
	return c.hungUp()
}
