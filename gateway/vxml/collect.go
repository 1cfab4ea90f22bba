package vxml

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/vxml/grammar"
)

// This file listens: keys and words go through all active grammars at once,
// with the timers of VoiceXML 2.0, appendix D.

// utterance is what was recognized.
type utterance struct {
	text    string // keys without spaces, or words
	mode    string // dtmf or voice
	meaning any    // what the grammar makes of it
	match   *grammar.Match
	choice  *choice
}

// shadow is what a document reads as name$ (section 2.3.1).
func (u utterance) shadow() map[string]any {
	return map[string]any{"utterance": u.text, "inputmode": u.mode, "confidence": 1}
}

// listener matches one input against the grammars of an item.
type listener struct {
	item   *item
	states []grammar.State // one for each of the item's grammars
	keys   []byte
}

func newListener(it *item) *listener {
	l := &listener{item: it}
	for _, a := range it.grammars {
		l.states = append(l.states, a.grammar.Start())
	}
	return l
}

// advanced returns the states after one more token, and whether one is alive.
func (l *listener) advanced(step func(grammar.State) grammar.State) (states []grammar.State, alive bool) {
	for _, s := range l.states {
		s = step(s)
		states = append(states, s)
		alive = alive || !s.Dead()
	}
	return states, alive
}

// match returns the first match in document order.
func (l *listener) match() (utterance, bool) {
	for i, s := range l.states {
		if m, ok := s.Match(); ok {
			return utterance{text: string(l.keys), mode: "dtmf", match: m, choice: l.item.grammars[i].choice}, true
		}
	}
	return utterance{}, false
}

func (l *listener) mayGoOn() bool {
	for _, s := range l.states {
		if s.MayGoOn() {
			return true
		}
	}
	return false
}

// timing is the properties that appendix D is about.
type timing struct {
	first, between, end time.Duration
	termchar            byte // zero for none
}

func (c *call) timing() timing {
	t := timing{
		first:   c.timeProperty("timeout", 5*time.Second),
		between: c.timeProperty("interdigittimeout", 3*time.Second),
		end:     c.timeProperty("termtimeout", 0),
	}
	if c.timeout >= 0 {
		t.first, c.timeout = c.timeout, -1
	}
	if key := c.property("termchar", "#"); len(key) == 1 {
		t.termchar = key[0]
	}
	return t
}

// collect plays what is queued and waits for an input that matches. No input
// is the event noinput, one that cannot match is nomatch.
func (c *call) collect(ctx context.Context, it *item) (utterance, error) {
	u, err := c.gather(ctx, it)
	if err != nil {
		return utterance{}, err
	}
	u.meaning, err = u.match.Interpret(ctx, c.engine)
	return u, err
}

func (c *call) gather(ctx context.Context, it *item) (utterance, error) {
	if c.gone != "" {
		return utterance{}, c.end(ctx, Exit, "") // nobody is left to listen to
	}
	t := c.timing()
	if err := c.flush(ctx); err != nil {
		return utterance{}, err
	}
	l := newListener(it)
	wait := t.first
	for {
		in, err := c.listen(ctx, l, wait, t)
		if err != nil {
			return utterance{}, err
		}
		switch {
		case in.Words != "":
			return l.hear(in.Words)
		case in.Key == 0:
			return l.silence()
		}
		if done, u, err := l.press(in.Key, t); done || err != nil {
			return u, err
		}
		if wait = t.between; !l.mayGoOn() {
			wait = t.end
		}
		if wait == 0 {
			return l.silence()
		}
	}
}

func (c *call) listen(ctx context.Context, l *listener, wait time.Duration, t timing) (Input, error) {
	in, err := c.platform.Listen(ctx, Listen{Timeout: wait, Typed: string(l.keys), Offers: l.offers(t)})
	if errors.Is(err, ErrHungUp) {
		return Input{}, c.hungUp()
	}
	if err != nil || in.silent() {
		return Input{}, err
	}
	c.steps, c.thrown = 0, 0
	if c.inputs++; c.inputs > c.limits.Inputs {
		return Input{}, exhausted("more than %d inputs", c.limits.Inputs)
	}
	return in, nil
}

// press takes one key; done tells that the input is complete with it. A key
// that a grammar wants is never the terminating one.
func (l *listener) press(key byte, t timing) (done bool, u utterance, err error) {
	states, alive := l.advanced(func(s grammar.State) grammar.State { return s.Key(key) })
	if alive {
		l.states, l.keys = states, append(l.keys, key)
		return false, utterance{}, nil
	}
	if key == t.termchar && len(l.keys) > 0 {
		u, err = l.silence()
		return true, u, err
	}
	return true, utterance{}, &EventError{Event: eventNoMatch}
}

// silence ends the input: with what there is.
func (l *listener) silence() (utterance, error) {
	if len(l.keys) == 0 {
		return utterance{}, &EventError{Event: eventNoInput}
	}
	if u, ok := l.match(); ok {
		return u, nil
	}
	return utterance{}, &EventError{Event: eventNoMatch}
}

// hear matches a whole utterance.
func (l *listener) hear(words string) (utterance, error) {
	for _, word := range grammar.Words(words) {
		l.states, _ = l.advanced(func(s grammar.State) grammar.State { return s.Word(word) })
	}
	u, ok := l.match()
	if !ok {
		return utterance{}, &EventError{Event: eventNoMatch}
	}
	u.text, u.mode = strings.Join(grammar.Words(words), " "), "voice"
	return u, nil
}

// offers tells the platform what may be keyed or said now.
func (l *listener) offers(t timing) []Offer {
	var offers []Offer
	for i, s := range l.states {
		a := l.item.grammars[i]
		for _, o := range s.Offers(MaxOffers - len(offers)) {
			whole := o.Words
			if o.Keys != "" {
				whole = string(l.keys) + o.Keys
			}
			offers = append(offers, l.offer(a, o, whole))
		}
		if m, ok := s.Match(); ok && t.termchar != 0 && len(offers) < MaxOffers {
			meaning, _ := m.Literal()
			offers = append(offers, l.offer(a, grammar.Offer{Keys: string(t.termchar), Meaning: meaning}, string(l.keys)))
		}
	}
	return offers
}

// offer is o in the platform's terms; whole is the input that it would make.
func (l *listener) offer(a active, way grammar.Offer, whole string) Offer {
	o := Offer{Keys: way.Keys, Words: way.Words, Field: l.item.name, Value: whole}
	switch v := way.Meaning.(type) {
	case string:
		o.Value = v
	case bool:
		o.Value = strconv.FormatBool(v)
	case float64:
		o.Value = strconv.FormatFloat(v, 'f', -1, 64)
	}
	if a.choice != nil {
		o.Field, o.Value = l.item.node.Attr("id"), a.choice.text
	}
	o.OptOut = o.Field == "optout" && o.Value == "true"
	return o
}
