package vxml

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/script"
)

// This file listens: keys and words go through all active grammars at once,
// with the timers of VoiceXML 2.0, appendix D.

// heard is what was recognized.
type heard struct {
	text       string // keys without spaces, or words
	mode       string // dtmf or voice
	confidence float64
	meaning    script.Value
	by         active
	played     Played // how far the prompts had come
	sound      *Recording
}

// shadow is what a document reads as name$ (section 2.3.1, and 3 and 7 of 2.1).
func (h *heard) shadow() map[string]any {
	m := map[string]any{"utterance": h.text, "inputmode": h.mode, "confidence": h.confidence, "interpretation": h.meaning}
	if h.played.Mark != "" {
		m["markname"], m["marktime"] = h.played.Mark, h.played.Since.Milliseconds()
	}
	if h.sound != nil {
		m["recording"] = h.sound
		m["recordingsize"], m["recordingduration"] = len(h.sound.Sound), h.sound.Length.Milliseconds()
	}
	return m
}

// listener matches one input against the active grammars.
type listener struct {
	active []active
	states []grammar.State // one for each of them
	keys   []byte
}

func newListener(list []active) *listener {
	l := &listener{active: list}
	for _, a := range list {
		l.states = append(l.states, a.grammar.Start())
	}
	return l
}

// advanced returns the states after one more key or word, and whether one is
// alive. Keys mean nothing to grammars of words, and words to those of keys.
func (l *listener) advanced(keys bool, step func(grammar.State) grammar.State) (states []grammar.State, alive bool) {
	for i, s := range l.states {
		if l.active[i].grammar.DTMF() == keys {
			s = step(s)
		} else {
			s = grammar.State{}
		}
		states = append(states, s)
		alive = alive || !s.Dead()
	}
	return states, alive
}

// match returns the first match in the order of precedence.
func (l *listener) match() (*grammar.Match, active, bool) {
	for i, s := range l.states {
		if m, ok := s.Match(); ok {
			return m, l.active[i], true
		}
	}
	return nil, active{}, false
}

func (l *listener) mayGoOn() bool {
	for _, s := range l.states {
		if s.MayGoOn() {
			return true
		}
	}
	return false
}

// pause is how long to wait after a key: for the next one, or, where there can
// be none, for the terminating one.
func (l *listener) pause(t timing) time.Duration {
	switch {
	case l.mayGoOn():
		return t.between
	case t.termchar == 0:
		return 0
	default:
		return t.end
	}
}

// timing is the properties that appendix D is about.
type timing struct {
	first, between, end time.Duration
	termchar            byte // zero for none
	speech              Speech
	keys, voice         bool
}

func (c *call) timing() timing {
	t := timing{
		first:   c.timeProperty("timeout", 5*time.Second),
		between: c.timeProperty("interdigittimeout", 3*time.Second),
		end:     c.timeProperty("termtimeout", 0),
		speech: Speech{
			Max: c.timeProperty("maxspeechtimeout", 0), Complete: c.timeProperty("completetimeout", 0), Incomplete: c.timeProperty("incompletetimeout", 0),
			Confidence: c.numberProperty("confidencelevel", .5), Sensitivity: c.numberProperty("sensitivity", .5),
			Accuracy: c.numberProperty("speedvsaccuracy", .5), Alternatives: int(c.numberProperty("maxnbest", 1)),
			Keep: c.property("recordutterance", "false") == "true",
		},
	}
	if c.timeout >= 0 {
		t.first = c.timeout
	}
	c.timeout = -1
	if key := c.property("termchar", "#"); len(key) == 1 {
		t.termchar = key[0]
	}
	modes := strings.Fields(c.property("inputmodes", "dtmf voice"))
	for _, mode := range modes {
		t.keys, t.voice = t.keys || mode == "dtmf", t.voice || mode == "voice"
	}
	return t
}

// collect plays what is queued and waits for an input that matches. No input
// is the event noinput, one that cannot match is nomatch.
func (c *call) collect(ctx context.Context, it *item) (*heard, error) {
	if c.gone != "" {
		return nil, c.end(ctx, Exit, "") // nobody is left to listen to
	}
	t := c.timing()
	list, err := c.activate(ctx, it, t)
	if err != nil {
		return nil, err
	}
	if err := c.flush(ctx); err != nil {
		return nil, err
	}
	l := newListener(list)
	found, err := c.await(ctx, l, t, t.first)
	if err != nil {
		return nil, err
	}
	return c.understand(ctx, found)
}

// found is an input that matched.
type found struct {
	match      *grammar.Match
	by         active
	mode, text string
	input      Input
}

// await waits for an input to be complete, the first of it for so long.
func (c *call) await(ctx context.Context, l *listener, t timing, wait time.Duration) (found, error) {
	for {
		in, err := c.listen(ctx, l, wait, t)
		if err != nil {
			return found{}, err
		}
		switch {
		case in.TooLong:
			return found{}, &EventError{Event: "maxspeechtimeout"}
		case in.Words != "":
			return l.hear(in, t)
		case in.Key == 0:
			return l.silence()
		case !t.keys:
			continue
		}
		if done, u, err := l.press(in.Key, t); done || err != nil {
			return u, err
		}
		if wait = l.pause(t); wait == 0 {
			return l.silence()
		}
	}
}

func (c *call) listen(ctx context.Context, l *listener, wait time.Duration, t timing) (Input, error) {
	in, err := c.platform.Listen(ctx, Listen{
		Timeout: wait, Typed: string(l.keys), Offers: l.offers(t), Keys: t.keys, Voice: t.voice, Speech: t.speech,
	})
	if errors.Is(err, ErrHungUp) {
		return Input{}, c.hungUp()
	}
	if err != nil || in.silent() {
		return Input{}, err
	}
	return in, c.came()
}

// came counts an input: whatever happened before it was not without end.
func (c *call) came() error {
	c.steps, c.thrown = 0, 0
	if c.inputs++; c.inputs > c.limits.Inputs {
		return exhausted("more than %d inputs", c.limits.Inputs)
	}
	return nil
}

// press takes one key; done tells that the input is complete with it. A key
// that a grammar wants is never the terminating one.
func (l *listener) press(key byte, t timing) (done bool, u found, err error) {
	states, alive := l.advanced(true, func(s grammar.State) grammar.State { return s.Key(key) })
	if alive {
		l.states, l.keys = states, append(l.keys, key)
		return false, found{}, nil
	}
	if key == t.termchar && len(l.keys) > 0 {
		u, err = l.silence()
		return true, u, err
	}
	return true, found{}, &EventError{Event: eventNoMatch}
}

// silence ends the input: with what there is.
func (l *listener) silence() (found, error) {
	if len(l.keys) == 0 {
		return found{}, &EventError{Event: eventNoInput}
	}
	m, by, ok := l.match()
	if !ok {
		return found{}, &EventError{Event: eventNoMatch}
	}
	return found{match: m, by: by, mode: "dtmf", text: string(l.keys)}, nil
}

// hear matches a whole utterance.
func (l *listener) hear(in Input, t timing) (found, error) {
	words := grammar.Words(in.Words)
	for _, word := range words {
		l.states, _ = l.advanced(false, func(s grammar.State) grammar.State { return s.Word(word) })
	}
	m, by, ok := l.match()
	if !ok || !t.voice || in.Confidence != 0 && in.Confidence < t.speech.Confidence {
		return found{}, &EventError{Event: eventNoMatch}
	}
	return found{match: m, by: by, mode: "voice", text: strings.Join(words, " "), input: in}, nil
}

// understand gives an input its meaning, and tells the application of it.
func (c *call) understand(ctx context.Context, f found) (*heard, error) {
	h := &heard{text: f.text, mode: f.mode, confidence: 1, by: f.by, played: c.played, sound: f.input.Sound}
	if f.input.Confidence != 0 {
		h.confidence = f.input.Confidence
	}
	var err error
	switch option := f.by.choice; {
	case option == nil:
		h.meaning, err = f.match.Interpret(ctx, c.engine)
	case f.by.item.is("menu"):
		h.meaning = c.engine.Make(cmp.Or(option.text, option.keys))
	default:
		h.meaning = c.engine.Make(option.value)
	}
	if err != nil {
		return nil, semantic(f.by.node, err)
	}
	c.lastResult(h)
	return h, nil
}

// lastResult is application.lastresult$ (section 5.1.5): a list with one
// interpretation, whose members the list has too.
func (c *call) lastResult(h *heard) {
	result := h.shadow()
	c.engine.Declare(script.Application, "lastresult$", script.List{Members: []any{result}, Properties: result})
}

// offers tells the platform what may be keyed or said now.
func (l *listener) offers(t timing) []Offer {
	var offers []Offer
	for i, s := range l.states {
		a := l.active[i]
		if keys := a.grammar.DTMF(); keys && !t.keys || !keys && !t.voice {
			continue
		}
		for _, o := range s.Offers(a.most(MaxOffers - len(offers))) {
			whole := o.Words
			if o.Keys != "" {
				whole = string(l.keys) + o.Keys
			}
			offers = append(offers, a.offer(o, whole))
		}
		if m, ok := s.Match(); ok && a.grammar.DTMF() && t.termchar != 0 && len(offers) < MaxOffers {
			meaning, _ := m.Literal()
			offers = append(offers, a.offer(grammar.Offer{Keys: string(t.termchar), Meaning: meaning}, string(l.keys)))
		}
	}
	return offers
}

// most is how many ways to offer: of the ways to say a builtin type one will do
// as an example.
func (a active) most(limit int) int {
	if a.item != nil && a.node == a.item.node && a.choice == nil && !a.grammar.DTMF() && a.item.node.Attr("type") != "boolean" {
		return min(limit, 1)
	}
	return limit
}

// offer is way in the platform's terms; whole is the input that it would make.
func (a active) offer(way grammar.Offer, whole string) Offer {
	o := Offer{Keys: way.Keys, Words: way.Words, Value: whole}
	switch v := way.Meaning.(type) {
	case string:
		o.Value = v
	case bool:
		o.Value = strconv.FormatBool(v)
	case float64:
		o.Value = strconv.FormatFloat(v, 'f', -1, 64)
	}
	switch {
	case a.item != nil && a.item.is("menu"):
		o.Field, o.Value = a.item.node.Attr("id"), a.choice.text
	case a.item != nil:
		o.Field = a.item.name
	}
	if a.choice != nil && !a.item.is("menu") {
		o.Value = a.choice.value
	}
	o.OptOut = o.Field == "optout" && o.Value == "true"
	return o
}
