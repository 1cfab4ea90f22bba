package ui

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// calls is a campaign that is being called from this window. There is one at a
// time.
type calls struct {
	campaign campaign.Campaign
	busy     int
	session  *view.Session // nil until it is ready
	cancel   context.CancelFunc
}

// where names the gateway that is called through.
func (k *calls) where() string {
	if k.session == nil {
		return "Starting"
	}
	address := k.session.Gateways()
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		address = u.Host
	}
	return address
}

// askStart stores what was planned and asks whether to start.
func (w *Window) askStart(p *plan) {
	if w.calls != nil {
		w.oneAtATime()
		return
	}
	var q view.StartQuestion
	var err error
	c := *p.draft()
	w.background(
		func() {
			if err = w.office.Store.Configure(w.ctx, c); err == nil {
				q, err = w.office.AskStart(w.ctx, c)
			}
		},
		func() {
			if err != nil {
				w.problem("The campaign could not be prepared", "Nobody has been called.", err)
				return
			}
			w.question(c, q)
		})
}

// askStored asks whether to start a campaign that is in the store.
func (w *Window) askStored(c campaign.Campaign) {
	if w.calls != nil {
		w.oneAtATime()
		return
	}
	var q view.StartQuestion
	var err error
	w.background(
		func() { q, err = w.office.AskStart(w.ctx, c) },
		func() {
			if err != nil {
				w.problem("The campaign could not be prepared", "Nobody has been called.", err)
				return
			}
			w.question(c, q)
		})
}

func (w *Window) oneAtATime() {
	body := widget.NewPara(widget.Body, w.calls.campaign.Name+" is being called. Pause or stop it there first; this one is kept as it is.", widget.DialogWidth-2*widget.Space6)
	w.ask("One campaign is called at a time", body,
		widget.Choice{Words: "Close", Default: true}, widget.Choice{Words: "Show it", Kind: widget.Primary, Do: w.goLive})
}

// question asks before anybody is called. The harmless answer has the focus:
// where telephones ring, that is not to start.
func (w *Window) question(c campaign.Campaign, q view.StartQuestion) {
	width := widget.DialogWidth - 2*widget.Space6
	if q.Blocked != "" {
		w.ask("This campaign cannot be started now", widget.NewPara(widget.Body, q.Blocked, width),
			widget.Choice{Words: "Close", Kind: widget.Primary, Default: true})
		return
	}
	fact := func(label, text string) fyne.CanvasObject {
		return widget.Columns(widget.Space3, widget.AtLeast(widget.Space9+widget.Space6, 0, widget.Stack(0, widget.NewText(widget.Body, label).In(widget.Secondary))),
			widget.NewPara(widget.Body, text, width-widget.Space9-widget.Space6-widget.Space3))
	}
	facts := widget.Stack(widget.Space2, fact("People", q.People), fact("Gateway", q.Gateway), fact("When", q.Hours))
	if q.Practice {
		facts.Add(widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconBellOff, widget.Ink), widget.NewText(widget.BodyBold, q.Phones))))
	} else {
		facts.Add(widget.Note(widget.BadSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconPhone, widget.Danger), widget.NewText(widget.BodyBold, q.Phones))))
	}
	w.ask(q.Title, facts,
		widget.Choice{Words: "Not yet", Default: !q.Practice},
		widget.Choice{Words: q.Confirm, Kind: widget.Primary, Icon: widget.IconPlay, Default: q.Practice, Do: func() { w.run(c) }})
}

// run calls everybody of c.
func (w *Window) run(c campaign.Campaign) {
	ctx, cancel := context.WithCancel(w.ctx)
	k := &calls{campaign: c, cancel: cancel}
	w.calls = k
	w.tell()
	var err error
	w.background(
		func() { k.session, err = w.office.Session(ctx, c, view.SessionOptions{Notify: w.notify}) },
		func() {
			if err != nil {
				cancel()
				w.calls = nil
				w.tell()
				w.problem("The calls could not be started", "Nobody has been called.", err)
				return
			}
			w.openCampaign(c.ID, stepLive)
			w.say("Calling started", "", nil)
			w.follow(ctx, k)
		})
}

// follow runs the session until it ends.
func (w *Window) follow(ctx context.Context, k *calls) {
	var done campaign.Campaign
	var err error
	w.background(
		func() {
			done, err = k.session.Run(ctx)
			k.session.Close()
		},
		func() {
			k.cancel()
			w.calls = nil
			w.ended(done, err)
		})
}

// ended shows how a campaign stands when nobody is called any more.
func (w *Window) ended(c campaign.Campaign, err error) {
	if w.leave {
		w.program.Quit()
		return
	}
	if live, ok := w.under().(*livePage); ok && live.state.Campaign.ID == c.ID {
		live.state.Campaign = c
		live.state.Busy = 0
		live.tell()
	}
	w.tell()
	if _, home := w.page.(*homePage); home {
		w.goHome()
	}
	switch {
	case err != nil:
		w.problem("Calling has ended early", "Calls in progress may still end by themselves. What is known so far is kept; Resume goes on from there and calls nobody twice.", err)
	case c.State == campaign.Finished:
		w.say("Calling finished", "Results", func() { w.openCampaign(c.ID, stepResults) })
	case c.State == campaign.Stopped:
		w.say("Calling stopped", "Results", func() { w.openCampaign(c.ID, stepResults) })
	default:
		w.say("Calling paused", "", nil)
	}
}

// notify takes what the Runner tells, on its goroutine, ten times a second at
// most. Updates that were not shown yet become one.
func (w *Window) notify(u campaign.Update) {
	m := &w.mail
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pending {
		u.Changed, u.Many = slices.Concat(m.update.Changed, u.Changed), u.Many || m.update.Many
		m.update = u
		return
	}
	m.update, m.pending = u, true
	w.onUI(w.deliver)
}

// deliver shows what the Runner told.
func (w *Window) deliver() {
	w.mail.mu.Lock()
	u := w.mail.update
	w.mail.pending = false
	w.mail.mu.Unlock()
	if w.calls == nil || w.calls.campaign.ID != u.Campaign.ID {
		return
	}
	changed := w.calls.campaign.State != u.Campaign.State || (w.calls.busy == 0) != (u.Outstanding == 0)
	w.calls.campaign, w.calls.busy = u.Campaign, u.Outstanding
	if live, ok := w.under().(*livePage); ok && live.state.Campaign.ID == u.Campaign.ID {
		live.take(u)
	}
	if home, ok := w.under().(*homePage); ok {
		home.take(u)
	}
	if changed {
		w.tell()
	}
}

// possible is what can be done now.
type possible struct{ start, pause, resume, stop, end bool }

// can tells what can be done with c, the campaign that is shown, or with the
// one that is being called.
func (w *Window) can(c campaign.Campaign) possible {
	k := w.calls
	if k == nil {
		waits := c.State == campaign.Paused || c.State == campaign.Running
		return possible{start: c.ID != 0 && c.State == campaign.Draft, resume: waits}
	}
	paused := k.campaign.State == campaign.Paused
	ready := k.session != nil
	return possible{pause: ready && !paused, resume: ready && paused, stop: ready, end: ready && k.busy > 0}
}

func (w *Window) startShown() {
	switch p := w.page.(type) {
	case *messagePage:
		p.begin()
	default:
		if c := w.shown(); w.can(c).start {
			w.askStored(c)
		}
	}
}

func (w *Window) pause() {
	if w.can(campaign.Campaign{}).pause {
		w.calls.session.Pause()
	}
}

// resumeShown goes on: at once if this window has paused the calls, after the
// question if another day has.
func (w *Window) resumeShown() {
	c := w.shown()
	switch {
	case !w.can(c).resume:
	case w.calls != nil:
		w.calls.session.Resume()
	default:
		w.askStored(c)
	}
}

func (w *Window) askStop() {
	if !w.can(campaign.Campaign{}).stop {
		return
	}
	session := w.calls.session
	text := widget.NewPara(widget.Body, "Nobody else is called, and this campaign cannot go on later. Calls in progress end by themselves; results so far are kept.", widget.DialogWidth-2*widget.Space6)
	w.ask("Stop "+w.calls.campaign.Name+"?", text,
		widget.Choice{Words: "Stop calling", Kind: widget.Grave, Icon: widget.IconStop, Do: session.Stop},
		widget.Choice{Words: "Go on", Kind: widget.Primary, Default: true})
}

// askRemove removes a draft: its list was imported, and nobody was called.
func (w *Window) askRemove(c campaign.Campaign) {
	text := widget.NewPara(widget.Body, "Its list was imported and nobody has been called. The spreadsheet itself is not touched.", widget.DialogWidth-2*widget.Space6)
	var err error
	remove := func() {
		w.background(
			func() { err = w.office.Store.Undo(w.ctx, c.ID) },
			func() {
				if err != nil {
					w.problem("The draft could not be removed", "Nobody is called because of this.", err)
					return
				}
				w.goHome()
			})
	}
	w.ask("Remove "+c.Name+"?", text,
		widget.Choice{Words: "Remove", Kind: widget.Grave, Do: remove},
		widget.Choice{Words: "Keep it", Kind: widget.Primary, Default: true})
}

func (w *Window) askEnd() {
	if !w.can(campaign.Campaign{}).end {
		return
	}
	session := w.calls.session
	text := widget.NewPara(widget.Body, "People on the line now are cut off in the middle. The campaign is paused and can go on later.", widget.DialogWidth-2*widget.Space6)
	title := "End the call in progress now?"
	if n := w.calls.busy; n > 1 {
		title = fmt.Sprintf("End all %s calls in progress now?", view.Count(n))
	}
	w.ask(title, text,
		widget.Choice{Words: "End all calls", Kind: widget.Grave, Do: session.EndCalls},
		widget.Choice{Words: "Let them end", Kind: widget.Primary, Default: true})
}

// quit closes the window; while calls run it asks, and lets them end.
func (w *Window) quit() {
	if w.calls == nil {
		w.program.Quit()
		return
	}
	k := w.calls
	width := widget.DialogWidth - 2*widget.Space6
	w.ask("Calls are running",
		widget.NewPara(widget.Body, k.campaign.Name+" is being called. Quitting pauses it: nobody else is called, and calls in progress are followed to their end first. It can go on later.", width),
		widget.Choice{Words: "Pause and quit", Kind: widget.Grave, Do: func() { w.leaveAfter(k) }},
		widget.Choice{Words: "Go on calling", Kind: widget.Primary, Default: true})
}

// leaveAfter quits when the calls in progress have ended.
func (w *Window) leaveAfter(k *calls) {
	if w.calls == nil {
		w.program.Quit()
		return
	}
	w.leave = true
	k.cancel()
	end := func() {
		if k.session != nil {
			k.session.EndCalls()
		}
	}
	w.ask("Waiting for calls to end", widget.NewPara(widget.Body, "Rollcall closes when the calls in progress have ended, in two minutes at most.", widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: "End all calls", Kind: widget.Grave, Do: end},
		widget.Choice{Words: "Wait", Kind: widget.Primary, Default: true})
}
