package vxml

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway/vxml/script"
)

// Interpreter runs documents against a platform. The zero value with a
// Platform is ready; one Interpreter may run several calls, one after the
// other.
type Interpreter struct {
	Platform Platform
	// Session is what documents read as session.NAME (section 5.1.4).
	Session map[string]any
	Limits  Limits
}

// Limits end a call whose document would never end by itself: it fails with
// the event error.noresource, which cannot be caught. Zero is the default.
type Limits struct {
	Steps      int           // elements run between two inputs, 10,000
	Events     int           // events between two inputs, 100
	Inputs     int           // keys and utterances in all, 2,000
	Documents  int           // fetched, 200
	ScriptTime time.Duration // of one expression or script, 1 s
}

func (l Limits) complete() Limits {
	standard := func(n *int, to int) {
		if *n <= 0 {
			*n = to
		}
	}
	standard(&l.Steps, 10_000)
	standard(&l.Events, 100)
	standard(&l.Inputs, 2000)
	standard(&l.Documents, 200)
	return l
}

// Ending is how a call ended.
type Ending string

// The endings.
const (
	Exit       Ending = "exit"       // <exit>, or nothing was left to do
	Disconnect Ending = "disconnect" // <disconnect>
	HungUp     Ending = "hungup"     // the far end hung up
	Failed     Ending = "failed"     // an event that nothing caught: see Result.Err
)

// Answer is what the caller gave to one field or menu.
type Answer struct {
	// Name is that of the field; a menu's is its id, or "menu" without one.
	Name string
	// Value is the field's value as text, or a menu choice's text, or its keys
	// where it has no text.
	Value string
}

// Result is what came of a call.
type Result struct {
	Ending Ending
	// Value is that of <exit expr>; of a namelist it is the names and values,
	// URL-encoded.
	Value   string
	Answers []Answer // in the order in which they were first given
	Err     error    // of a Failed one an [*EventError]
}

// Run runs doc until it exits, the caller has gone and the document is done
// with that, or it fails. The error is ctx's, or the platform's own: what the
// document did wrong stands in Result.Err. Answers are there in any case.
func (in *Interpreter) Run(ctx context.Context, doc *Document) (Result, error) {
	c := &call{platform: in.Platform, limits: in.Limits.complete(), engine: script.New(in.Limits.ScriptTime), timeout: -1}
	for name, value := range in.Session {
		c.engine.Declare(script.Session, name, value)
	}
	err := c.run(ctx, doc)
	if errors.Is(err, errDone) {
		err = nil
	}
	c.result.Answers = c.answers
	return c.result, err
}

// call is all state of one run.
type call struct {
	platform Platform
	limits   Limits
	engine   *script.Engine
	result   Result
	answers  []Answer
	gone     Ending // HungUp or Disconnect once the caller has gone: final processing

	doc    *Document
	dlg    *dialog
	items  map[*item]*visit
	events map[string]int // the dialog's own counters
	item   *item          // being visited or processed; nil outside of one
	next   *item          // of <goto nextitem>
	// quiet means that the last iteration ended in a catch without reprompt,
	// so that no prompts are selected in this one (appendix C).
	quiet    bool
	reprompt bool

	queue   []Prompt
	timeout time.Duration // of the last prompt queued, negative if it had none

	steps, thrown, inputs, documents int
}

// visit is what a call remembers of a form item.
type visit struct {
	prompts int            // the prompt counter
	events  map[string]int // the event counters
}

// errDone unwinds a call that has ended; its result stands in the call.
var errDone = errors.New("the call is done")

// leave unwinds to the place where dialogs change.
type leave struct {
	doc *Document // nil for the same one
	dlg *dialog
}

func (*leave) Error() string { return "the dialog is left" }

// stay unwinds to the next iteration of the same form (<goto nextitem>).
type stay struct{ next *item }

func (*stay) Error() string { return "the form goes on elsewhere" }

// run goes from dialog to dialog.
func (c *call) run(ctx context.Context, doc *Document) error {
	to := &leave{doc: doc, dlg: doc.dialogs[0]}
	for {
		err := c.enter(ctx, to)
		if err == nil {
			err = c.form(ctx)
		}
		if to = nil; !errors.As(err, &to) {
			return err
		}
	}
}

// enter makes a dialog, and where needed its document, the current one.
func (c *call) enter(ctx context.Context, to *leave) error {
	c.item, c.next, c.quiet = nil, nil, false
	c.engine.Reset(script.Anonymous)
	if to.doc != nil {
		c.doc, c.dlg, c.events = to.doc, nil, map[string]int{}
		c.engine.Reset(script.Document)
		c.engine.Reset(script.Dialog)
		if err := c.handled(ctx, c.initialize(ctx, c.doc.root, script.Document)); err != nil {
			return err
		}
	}
	c.dlg, c.events, c.items = to.dlg, map[string]int{}, map[*item]*visit{}
	c.engine.Reset(script.Dialog)
	for _, it := range c.dlg.items {
		c.items[it] = &visit{prompts: 1, events: map[string]int{}}
	}
	return c.handled(ctx, c.initialize(ctx, c.dlg.node, script.Dialog))
}

// end notes how the call ended and unwinds. Prompts still queued are played
// first (section 4.1.8).
func (c *call) end(ctx context.Context, how Ending, value string) error {
	if err := c.flush(ctx); err != nil && (how != Failed || ctx.Err() != nil) {
		return err
	}
	if c.gone != "" && how == Exit {
		how = c.gone
	}
	c.result.Ending, c.result.Value = how, value
	return errDone
}

// step counts one element run.
func (c *call) step(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.steps++; c.steps > c.limits.Steps {
		return exhausted("more than %d steps without an input", c.limits.Steps)
	}
	return nil
}

// answer notes what the caller gave. A later answer replaces an earlier one.
func (c *call) answer(name, value string) {
	for i := range c.answers {
		if c.answers[i].Name == name {
			c.answers[i].Value = value
			return
		}
	}
	c.answers = append(c.answers, Answer{Name: name, Value: value})
}
