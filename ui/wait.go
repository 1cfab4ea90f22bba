package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// patience is how long work may take before a page says that it does.
const patience = 400 * time.Millisecond

// waiting is the page while something takes longer: what it is, since when,
// and a way out of it.
type waiting struct {
	w      *Window
	body   fyne.CanvasObject
	what   *widget.Text
	since  *widget.Text
	bar    *widget.Progress
	begun  time.Time
	ctx    context.Context // of the work
	cancel context.CancelFunc
	back   page // where the way out leads; nil for the first page
	over   bool

	stage time.Time // when what is done now was begun
	part  float64   // of it that is done, to 1; zero where that cannot be told
}

func newWaiting(w *Window, what string) *waiting {
	p := &waiting{w: w, back: w.page, begun: time.Now(),
		what: widget.NewText(widget.PageTitle, words.Say("%s …||what is being done", what)).Cut(), since: widget.NewText(widget.Body, "").In(widget.Secondary)}
	p.ctx, p.cancel = context.WithCancel(w.ctx)
	p.bar = widget.NewProgress()
	p.bar.Hide()
	if before, waits := w.page.(*waiting); waits {
		p.back = before.back
	}
	out := widget.NewButton(widget.Plain, words.Say("Cancel"), p.giveUp).With(widget.IconClose)
	lines := widget.AtLeast(widget.FormWidth/2, 0, widget.Stack(widget.Space2, p.what, p.bar, p.since,
		widget.Inset(widget.Space3, 0, 0, 0, widget.Row(0, out))))
	p.body = widget.Center(lines)
	return p
}

// patiently runs work elsewhere and then here. If it takes longer the window
// shows what it waits for; whoever leaves that page gives the work up: its
// context ends, and what it still brings is not used.
func (w *Window) patiently(what string, work func(ctx context.Context), then func()) {
	if w.wait != nil {
		w.wait.abandon()
	}
	p := newWaiting(w, what)
	w.wait = p
	shown := w.after(patience, func() {
		if !p.over {
			w.show(p)
			p.tick()
		}
	})
	w.background(func() { work(p.ctx) }, func() {
		shown.Stop()
		p.cancel()
		if p.over {
			return
		}
		p.over, w.wait = true, nil
		if w.page == p && p.back != nil {
			w.show(p.back) // what comes may only be a question
		}
		then()
	})
}

// tell says what is done now and how far that is.
func (p *waiting) tell(what string, part float64) {
	const whole = 1000
	if part < p.part || p.stage.IsZero() {
		p.stage = time.Now()
	}
	p.part = part
	p.what.SetText(words.Say("%s …||what is being done", what))
	p.bar.Set(whole, widget.Part{Count: int(part * whole)})
	p.bar.Show()
}

// tick tells the time once a second.
func (p *waiting) tick() {
	if p.over {
		return
	}
	p.since.SetText(view.Wait(time.Since(p.begun), time.Since(p.stage), p.part))
	p.w.after(time.Second, p.tick)
}

// abandon gives the work up.
func (p *waiting) abandon() {
	p.over = true
	p.cancel()
	if p.w.wait == p {
		p.w.wait = nil
	}
}

// giveUp goes back to where the work was asked for.
func (p *waiting) giveUp() {
	p.abandon()
	if p.back != nil {
		p.w.show(p.back)
		return
	}
	p.w.goHome()
}

func (p *waiting) content() fyne.CanvasObject  { return p.body }
func (p *waiting) campaign() campaign.Campaign { return campaign.Campaign{} }

func (p *waiting) key(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		p.giveUp()
	}
}
