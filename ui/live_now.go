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

// liveNow is the line that says what happens at this moment, and what is read
// now and then because it changes with the time.
type liveNow struct {
	sign       *widget.Sign
	why        *widget.Link
	head, rest *widget.Text

	ticking  bool
	stale    bool // rows have changed since the times were read
	reading  bool
	minute   time.Time // that the chart ends with
	waitsAt  time.Time // when the reasons are read again
	endsAt   time.Time // when the forecast is made anew
	guessing bool      // it is being made
}

func (p *livePage) newNow() fyne.CanvasObject {
	n := &p.now
	n.sign = widget.ShapeSign(widget.ShapeCalling)
	n.head, n.rest = widget.NewText(widget.BodyBold, ""), widget.NewText(widget.Body, "").Cut()
	n.why = widget.NewLink(widget.Body, words.Say("Why not more?"), p.askWhy)
	return widget.Row(widget.Space3, widget.Row(widget.Space2, n.sign, n.head), widget.Grow(widget.NewWhole(n.rest)), n.why)
}

func (p *livePage) tellNow() {
	n := &p.now
	head, rest := p.state.Now(time.Now())
	n.head.SetText(head)
	n.rest.SetText(rest)
	n.sign.SetShape(p.nowShape())
	if s := p.state.Campaign.State; s.Over() || s == campaign.Draft {
		n.why.Hide()
	} else {
		n.why.Show()
	}
	p.tick()
}

// nowShape is the shape before what happens now.
func (p *livePage) nowShape() widget.Shape {
	switch {
	case p.state.Away != nil:
		return widget.ShapeDoubt
	case p.state.Campaign.State == campaign.Running && p.state.Busy == 0:
		return widget.ShapeWaiting
	default:
		return widget.ShapeOfCampaign(p.state.Campaign.State)
	}
}

// askWhy says in a few sentences why no more lines are used.
func (p *livePage) askWhy() {
	var err error
	id := p.state.Campaign.ID
	var waits []campaign.PreflightGroup
	p.w.patiently(words.Say("Looking who waits"),
		func(ctx context.Context) { waits, err = p.w.office.Store.Waits(ctx, id) },
		func() {
			if !p.failed(err) {
				p.state.Waits = waits
				p.sayWhy()
			}
		})
}

func (p *livePage) sayWhy() {
	width := widget.DialogWidth - 2*widget.Space6
	list := widget.Stack(widget.Space2)
	for _, r := range p.state.WhyNotMore(time.Now()) {
		if r.Count == 0 {
			list.Add(widget.NewPara(widget.Body, r.Words, width))
			continue
		}
		count := widget.AtLeast(widget.Space9, 0, widget.Stack(0, widget.NewText(widget.BodyBold, view.Count(r.Count)).Right()))
		list.Add(widget.Columns(widget.Space3, count, widget.NewPara(widget.Body, r.Words, width-widget.Space9-widget.Space3)))
	}
	title := words.Say("Why is nobody called now?")
	if head, _ := p.state.Now(time.Now()); p.state.Busy > 0 {
		title = words.Say("%s: why not more?", head)
	}
	p.w.ask(title, list, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
}

// active tells whether times go by for the page: it is shown, and its campaign
// called or paused for a while.
func (p *livePage) active() bool {
	return p.w.under() == page(p) && p.w.of(p.state.Campaign.ID) != nil
}

// tick shows anew what depends on the time, once a second while calls run.
func (p *livePage) tick() {
	if p.now.ticking || !p.active() {
		return
	}
	p.now.ticking = true
	p.w.after(tickEvery, func() {
		p.now.ticking = false
		if !p.active() {
			return
		}
		if p.now.stale || !p.now.minute.Equal(time.Now().Truncate(time.Minute)) {
			p.lookAtTimes()
		}
		p.tellNow()
	})
}

// lookAtTimes reads the calls of the last minutes and, not so often, why people
// wait and when the campaign will be through.
func (p *livePage) lookAtTimes() {
	n := &p.now
	if n.reading {
		return
	}
	now := time.Now()
	n.reading, n.stale, n.minute = true, false, now.Truncate(time.Minute)
	waits := !now.Before(n.waitsAt)
	var t view.LiveTimes
	var err error
	c := p.state.Campaign
	p.w.background(
		func() { t, err = p.w.office.LiveTimes(p.w.ctx, c.ID, waits, now) },
		func() {
			n.reading = false
			if p.failed(err) {
				return
			}
			const labels = 10 // minutes apart
			p.summary.chart.Set(slots(view.TimelineOf(c, t.Calls, labels, now))...)
			if waits {
				p.state.Waits = t.Waits
				n.waitsAt = now.Add(max(waitsEvery, pauses*time.Since(now)))
			}
			p.tellNow()
			p.foresee()
		})
}

const (
	waitsEvery = 5 * time.Second
	endsEvery  = 10 * time.Second
	// pauses is how many times longer than it took something is left alone.
	pauses = 20
)

// foresee works out when the campaign will be through, now and then while it
// runs.
func (p *livePage) foresee() {
	n, begun := &p.now, time.Now()
	c := p.state.Campaign
	known := c.State == campaign.Running && !c.Started.IsZero() // until then nobody knows whether phones ring
	if n.guessing || begun.Before(n.endsAt) || !known {
		return
	}
	n.guessing = true
	var ends campaign.Forecast
	var err error
	p.w.background(
		func() { ends, err = p.w.office.Ends(p.w.ctx, c, begun) },
		func() {
			n.guessing, n.endsAt = false, time.Now().Add(max(endsEvery, pauses*time.Since(begun)))
			if err == nil { // else it is only not said
				p.state.Ends = ends
				p.tellSummary()
			}
		})
}
