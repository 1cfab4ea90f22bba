package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// tryPage is a telephone on the screen: it plays the message of a campaign with
// the data of a row, and shows where in the document it is. What can be pressed
// is in try_phone.go.
type tryPage struct {
	w       *Window
	of      campaign.Campaign
	back    func() // to where it was opened
	body    fyne.CanvasObject
	rows    *rowChooser
	phone   *handset
	talk    *fyne.Container
	scroll  *widget.Scroller
	waits   *widget.Text
	source  *widget.Source
	where   *widget.Text
	known   *fyne.Container
	listing view.Listing
	heard   view.Heard
	call    *view.Rehearsal    // nil before the first
	stop    context.CancelFunc // ends it
	asked   int                // number of the newest call
	gone    bool               // another page is shown: no call begins
}

// tryPlan tries the message of a campaign that is being made.
func (w *Window) tryPlan(p *plan) {
	step := stepMessage
	switch w.page.(type) {
	case *whenPage:
		step = stepWhen
	case *checkPage:
		step = stepCheck
	}
	w.try(*p.draft(), stepWords()[step], func() { w.openStep(p, step) })
}

// tryCampaign tries the message of a campaign that has started.
func (w *Window) tryCampaign(c campaign.Campaign) {
	w.try(c, words.Say("Live"), func() { w.openCampaign(c.ID, stepLive) })
}

func (w *Window) try(c campaign.Campaign, from string, back func()) {
	if c.Flow.Source == "" {
		w.ask(words.Say("There is no message to try yet"), widget.NewPara(widget.Body, words.Say("Write or choose one on the page Message first."), widget.DialogWidth-2*widget.Space6),
			widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	w.show(newTry(w, c, from, back))
}

// tryShown tries the message of what is shown, for the menu.
func (w *Window) tryShown() {
	p := w.planned()
	m, writing := w.page.(*messagePage)
	switch {
	case writing:
		m.tryIt()
	case p != nil:
		w.tryPlan(p)
	case w.shown().ID != 0:
		w.tryCampaign(w.shown())
	}
}

// canTry tells whether there is a message to try.
func (w *Window) canTry() bool {
	if p := w.planned(); p != nil {
		return p.draft().Flow.Source != ""
	}
	_, trying := w.page.(*tryPage)
	return !trying && w.shown().ID != 0
}

// planned is the plan that the page is a step of; nil if it is none.
func (w *Window) planned() *plan {
	switch p := w.page.(type) {
	case *messagePage:
		return p.plan
	case *whenPage:
		return p.plan
	case *checkPage:
		return p.plan
	default:
		return nil
	}
}

func newTry(w *Window, c campaign.Campaign, from string, back func()) *tryPage {
	t := &tryPage{w: w, of: c, back: back, talk: widget.Stack(widget.Space3), waits: widget.NewText(widget.Small, "").In(widget.Secondary),
		source: widget.NewSource(), where: widget.NewText(widget.Small, "").In(widget.Secondary), known: widget.Stack(widget.Space1), stop: func() {}}
	t.rows = newRowChooser(w, c.ID, t.again)
	t.phone = newHandset(t)
	t.scroll = widget.Scroll(widget.Inset(widget.Space3, widget.Space4, widget.Space3, widget.Space4, t.talk))
	leave := widget.NewButton(widget.Quiet, words.Say("Back to %s", from), t.leave).With(widget.IconBack)
	head := widget.Header(leave, widget.NewText(widget.PageTitle, words.Say("Try it")), practiceTag(), widget.Gap(),
		widget.NewText(widget.Body, words.Say("As||whose row a message is tried with")).In(widget.Secondary), t.rows.body)
	columns := widget.Columns(widget.Space4, widget.AtLeast(widget.PhoneWidth, 0, t.phone.body), widget.Grow(widget.AtLeast(widget.PreviewWidth, 0, t.talkCard())),
		widget.Grow(widget.AtLeast(widget.PreviewWidth, 0, t.document())))
	t.body = widget.Stack(0, head, widget.Grow(widget.Inset(widget.Space2, widget.Space4, widget.Space4, widget.Space4, container.NewHScroll(columns))))
	t.read()
	t.rows.open()
	return t
}

// talkCard is what is said.
func (t *tryPage) talkCard() fyne.CanvasObject {
	head := widget.Pad(widget.Space3, widget.Space4, widget.Row(0, widget.NewText(widget.CardTitle, words.Say("What is said")), widget.Gap()))
	foot := widget.Pad(widget.Space3, widget.Space4, widget.Columns(0, widget.Grow(widget.NewWhole(t.waits))))
	return widget.Card(widget.Stack(0, head, widget.Rule(), widget.Grow(t.scroll), widget.Rule(), foot))
}

// document is the message's document at the line where it is, and what it
// knows.
func (t *tryPage) document() fyne.CanvasObject {
	head := widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space2, widget.NewText(widget.CardTitle, words.Say("Document")), widget.Gap(), t.where))
	return widget.Card(widget.Stack(0, head, widget.Rule(), widget.Grow(t.source), widget.Rule(), widget.Pad(widget.Space3, widget.Space4, t.known)))
}

// read reads the document.
func (t *tryPage) read() {
	var listing view.Listing
	var err error
	t.w.background(
		func() { listing, err = t.w.office.Listing(t.w.ctx, t.of.Flow.Source) },
		func() {
			if err != nil {
				return // the call says so
			}
			t.listing = listing
			t.source.SetLines(listing.Lines)
		})
}

// again begins a new call, with the data of the chosen row.
func (t *tryPage) again() {
	if t.gone { // the row came too late
		return
	}
	t.stop()
	t.w.win.Canvas().SetOnTypedRune(t.typed)
	t.asked++
	asked := t.asked
	t.heard = view.Heard{Source: t.of.Flow.Source, Columns: t.of.List.Columns, Person: t.rows.rows.Row}
	ctx, cancel := context.WithCancel(t.w.ctx)
	t.stop = cancel
	call := view.NewRehearsal(func(talk view.Talk) {
		t.w.onUI(func() {
			if asked == t.asked {
				t.show(talk)
			}
		})
	})
	t.call = call
	t.show(view.Talk{})
	heard := t.heard
	var err error
	t.w.background(
		func() { err = t.w.office.Rehearse(ctx, call, heard) },
		func() {
			cancel()
			if asked == t.asked && err != nil && !errors.Is(err, context.Canceled) {
				t.w.problem(words.Say("The message could not be tried"), words.Say("Nobody is called because of this. See what is wrong on the page Message."), err)
			}
		})
}

// show brings the page to how far the call is.
func (t *tryPage) show(talk view.Talk) {
	first := t.heard.First()
	lines := make([]fyne.CanvasObject, len(talk.Lines))
	for i, l := range talk.Lines {
		lines[i] = talkLine(l, first, view.AtWords(l.At), i == len(talk.Lines)-1, t.talk.Size().Width)
	}
	t.talk.Objects = lines
	t.talk.Refresh()
	t.scroll.Refresh() // has the height of what is said now
	t.scroll.ToEnd()
	t.waits.SetText(view.WaitsWords(talk))
	t.phone.show(talk)
	t.where.SetText(t.listing.At(talk))
	if talk.Document == t.listing.Name {
		t.source.Mark(talk.Line)
	} else {
		t.source.Mark(0)
	}
	t.known.Objects = nil
	for _, v := range view.Known(talk) {
		t.known.Add(widget.Row(widget.Space3, widget.NewText(widget.Small, v.Name).In(widget.Secondary).Upto(widget.SearchWidth), widget.Grow(widget.NewText(widget.Small, v.Value).Cut().Right())))
	}
	if len(talk.Variables) == 0 {
		t.known.Add(widget.NewText(widget.Small, words.Say("Nothing is noted yet")).In(widget.Secondary))
	}
	t.known.Refresh()
}

// typed takes digits wherever the focus is.
func (t *tryPage) typed(r rune) {
	if strings.ContainsRune("0123456789*#", r) {
		t.phone.press(string(r))
	}
}

func (t *tryPage) leave() { t.back() }

// left ends the call.
func (t *tryPage) left() {
	t.gone = true
	t.asked++
	t.stop()
	t.w.win.Canvas().SetOnTypedRune(nil)
}

// content is asked for when the page is shown, also after it was left for a wait.
func (t *tryPage) content() fyne.CanvasObject {
	t.gone = false
	return t.body
}

func (t *tryPage) campaign() campaign.Campaign { return campaign.Campaign{} }

// key: Esc hangs up, then goes back.
func (t *tryPage) key(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyEscape {
		return
	}
	if t.phone.talking() {
		t.call.Reply("hangup")
		return
	}
	t.leave()
}
