package vxml

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
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
	// Trace is told of each element before it is run, and of each form item when
	// it is visited; nil for nobody. It is called on the goroutine of Run.
	Trace func(Place)
}

// Limits end a call whose document would never end by itself: it fails with
// the event error.noresource, which cannot be caught. Zero is the default.
type Limits struct {
	Steps      int           // elements run between two inputs, 10,000
	Events     int           // events between two inputs, 100
	Inputs     int           // keys and utterances in all, 2,000
	Documents  int           // fetched, grammars, scripts and data too, 400
	Subdialogs int           // within each other, 20
	ScriptTime time.Duration // of one expression or script, 3 s: a busy machine is slow
	Recording  time.Duration // of one recording, 10 min
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
	standard(&l.Documents, 400)
	standard(&l.Subdialogs, 20)
	if l.Recording <= 0 {
		l.Recording = 10 * time.Minute
	}
	return l
}

// Ending is how a call ended.
type Ending string

// The endings.
const (
	Exit       Ending = "exit"       // <exit>, or nothing was left to do
	Disconnect Ending = "disconnect" // <disconnect>, or the caller was passed on
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
	// Value is that of <exit expr>; of a namelist, also that of <disconnect>,
	// it is the names and values, URL-encoded.
	Value   string
	Answers []Answer // in the order in which they were first given
	Err     error    // of a Failed one an [*EventError]
}

// Run runs doc until it exits, the caller has gone and the document is done
// with that, or it fails. The error is ctx's, or the platform's own: what the
// document did wrong stands in Result.Err. Answers are there in any case.
func (in *Interpreter) Run(ctx context.Context, doc *Document) (Result, error) {
	s := &session{
		platform: in.Platform, limits: in.Limits.complete(), engine: script.New(in.Limits.ScriptTime), timeout: -1,
		fetched: map[string]*grammar.Grammar{}, trace: in.Trace,
	}
	for name, value := range in.Session {
		s.engine.Declare(script.Session, name, value)
	}
	c := &call{session: s}
	err := c.run(ctx, &leave{doc: doc, fresh: true})
	if errors.Is(err, errDone) {
		err = nil
	}
	s.result.Answers = s.answers
	return s.result, err
}

// session is what a run has once, whatever documents it goes through.
type session struct {
	platform Platform
	trace    func(Place)
	limits   Limits
	engine   *script.Engine
	result   Result
	answers  []Answer
	gone     Ending // HungUp or Disconnect once the caller has gone: final processing

	queue   []Prompt
	queued  int           // how much that is
	timeout time.Duration // of the last prompt queued, negative if it had none
	played  Played        // of the last prompts played
	fetched map[string]*grammar.Grammar

	steps, thrown, inputs, documents, depth int
}

// call is the state of one execution context: that of the session, or that of
// a subdialog (section 2.3.4).
type call struct {
	*session
	sub    bool                    // a subdialog, which may return
	params map[string]script.Value // handed to it, until they are declared

	app    *Document // the application root document, nil for none
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
}

// visit is what a call remembers of a form item.
type visit struct {
	prompts int            // the prompt counter
	events  map[string]int // the event counters
}

// errDone unwinds a call that has ended; its result stands in the session.
var errDone = errors.New("the call is done")

// leave unwinds to the place where dialogs change.
type leave struct {
	doc   *Document // nil for the same one
	app   *Document // the root document of doc, if it has one
	fresh bool      // the root document is initialized anew
	dlg   *dialog   // nil for the first one
	heard *heard    // an input that the dialog is entered with
}

func (*leave) Error() string { return "the dialog is left" }

// stay unwinds to the next iteration of the same form (<goto nextitem>).
type stay struct{ next *item }

func (*stay) Error() string { return "the form goes on elsewhere" }

// run goes from dialog to dialog.
func (c *call) run(ctx context.Context, to *leave) error {
	for {
		err := c.enter(ctx, to)
		if err == nil {
			err = c.form(ctx, to.heard)
		}
		if to = nil; !errors.As(err, &to) {
			return err
		}
	}
}

// enter makes a dialog, and where needed its documents, the current one.
func (c *call) enter(ctx context.Context, to *leave) error {
	c.item, c.next, c.quiet = nil, nil, false
	c.engine.Reset(script.Anonymous)
	if to.doc != nil {
		if err := c.handled(ctx, c.enterDocument(ctx, to)); err != nil {
			return err
		}
	}
	c.dlg, c.events, c.items = to.dlg, map[string]int{}, map[*item]*visit{}
	c.engine.Reset(script.Dialog)
	if c.dlg == nil {
		if len(c.doc.dialogs) == 0 {
			return c.end(ctx, Exit, "")
		}
		c.dlg = c.doc.dialogs[0]
	}
	for _, it := range c.dlg.items {
		c.items[it] = &visit{prompts: 1, events: map[string]int{}}
	}
	return c.handled(ctx, c.enterDialog(ctx))
}

// enterDocument makes the variables of a document, and before that those of
// its application root if that is new (section 1.5.2). A document without a
// root is its own: its variables are those of the application.
func (c *call) enterDocument(ctx context.Context, to *leave) error {
	c.doc, c.app, c.dlg, c.events = to.doc, to.app, nil, map[string]int{}
	c.engine.Reset(script.Document)
	c.engine.Reset(script.Dialog)
	if c.app == nil {
		if err := c.firstRoot(ctx); err != nil {
			return err
		}
	}
	if to.fresh {
		c.engine.Reset(script.Application)
	}
	if c.app == c.doc {
		c.engine.Share()
		if !to.fresh {
			return nil // from a leaf to its root, which is as it was
		}
	} else if to.fresh {
		if err := c.initialize(ctx, c.app.root, script.Application); err != nil {
			return err
		}
	}
	return c.initialize(ctx, c.doc.root, script.Document)
}

// firstRoot finds the application root document of the first document of a
// run.
func (c *call) firstRoot(ctx context.Context) error {
	application, err := c.doc.application()
	if err != nil {
		return err
	}
	c.app = c.doc
	if application != "" {
		root, err := c.rootDocument(ctx, c.doc.root, application)
		if err != nil {
			return err
		}
		c.app = root
	}
	return nil
}

// enterDialog makes the variables of a form. What a subdialog is given must be
// declared there (section 2.3.4).
func (c *call) enterDialog(ctx context.Context) error {
	given := c.params
	err := c.initialize(ctx, c.dlg.node, script.Dialog)
	c.params = nil
	for name := range given {
		if _, ok := c.engine.Lookup(ctx, script.Dialog, name); !ok && err == nil {
			err = throw(c.dlg.node, eventSemantic, "the subdialog is given %s, which it does not declare with <var>", name)
		}
	}
	return err
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
	c.result.Ending = how
	if value != "" {
		c.result.Value = value
	}
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

// scopes are the elements whose handlers, properties and grammars count here,
// from the inside to the outside: those around the current item, then the
// application root document.
func (c *call) scopes(visit func(n *markup.Node) (done bool)) {
	for n := c.innermost(); n != nil; n = n.Parent {
		if visit(n) {
			return
		}
	}
	if c.app != nil && c.app != c.doc {
		visit(c.app.root)
	}
}

// innermost is the element where the search for handlers and properties starts.
func (c *call) innermost() *markup.Node {
	switch {
	case c.item != nil:
		return c.item.node
	case c.dlg != nil:
		return c.dlg.node
	default:
		return c.doc.root
	}
}
