package ui

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// calls is a campaign that is being called from this window.
type calls struct {
	campaign campaign.Campaign
	begun    int // its place among those begun in this window
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

// of is the campaign's calls, nil if it is not being called.
func (w *Window) of(id campaign.ID) *calls { return w.calls[id] }

// newest is the calls that were begun last, nil for none.
func (w *Window) newest() *calls {
	var last *calls
	for _, k := range w.calls {
		if last == nil || k.begun > last.begun {
			last = k
		}
	}
	return last
}

// askStart stores what was planned and asks whether to start.
func (w *Window) askStart(p *plan) {
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
	w.begun++
	k := &calls{campaign: c, begun: w.begun, cancel: cancel}
	w.calls[c.ID] = k
	w.tell()
	var err error
	w.background(
		func() { k.session, err = w.office.Session(ctx, c, view.SessionOptions{Notify: w.notify}) },
		func() {
			if err != nil {
				cancel()
				delete(w.calls, c.ID)
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
			delete(w.calls, k.campaign.ID)
			w.ended(done, err)
		})
}

// ended shows how a campaign stands when nobody is called any more.
func (w *Window) ended(c campaign.Campaign, err error) {
	if w.leave && len(w.calls) == 0 {
		w.program.Quit()
		return
	}
	if p, ok := w.under().(follower); ok {
		p.over(c)
	}
	w.tell()
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

// notify takes what a Runner told, on its goroutine, ten times a second at
// most. Updates of a campaign that were not shown yet become one.
func (w *Window) notify(u campaign.Update) {
	m := &w.mail
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, waits := m.updates[u.Campaign.ID]; waits {
		u.Changed, u.Many = slices.Concat(old.Changed, u.Changed), u.Many || old.Many
	}
	if m.updates == nil {
		m.updates = map[campaign.ID]campaign.Update{}
		w.onUI(w.deliver)
	}
	m.updates[u.Campaign.ID] = u
}

// deliver shows what the Runners told.
func (w *Window) deliver() {
	w.mail.mu.Lock()
	updates := w.mail.updates
	w.mail.updates = nil
	w.mail.mu.Unlock()
	for id, u := range updates {
		k := w.of(id)
		if k == nil {
			continue
		}
		changed := k.campaign.State != u.Campaign.State || (k.busy == 0) != (u.Outstanding == 0)
		k.campaign, k.busy = u.Campaign, u.Outstanding
		if p, ok := w.under().(follower); ok {
			p.take(u)
		}
		if changed {
			w.tell()
		}
	}
}

// possible is what can be done now.
type possible struct{ start, pause, resume, stop, end bool }

// can tells what can be done with c.
func (w *Window) can(c campaign.Campaign) possible {
	k := w.of(c.ID)
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
	case *checkPage:
		p.begin()
	default:
		if c := w.shown(); w.can(c).start {
			w.askStored(c)
		}
	}
}

func (w *Window) pause() {
	if c := w.shown(); w.can(c).pause {
		w.of(c.ID).session.Pause()
	}
}

// resumeShown goes on: at once if this window has paused the calls, after the
// question if another day has.
func (w *Window) resumeShown() {
	c := w.shown()
	switch {
	case !w.can(c).resume:
	case w.of(c.ID) != nil:
		w.of(c.ID).session.Resume()
	default:
		w.askStored(c)
	}
}

func (w *Window) askStop() {
	c := w.shown()
	if !w.can(c).stop {
		return
	}
	session := w.of(c.ID).session
	text := widget.NewPara(widget.Body, "Nobody else is called, and this campaign cannot go on later. Calls in progress end by themselves; results so far are kept.", widget.DialogWidth-2*widget.Space6)
	w.ask("Stop "+c.Name+"?", text,
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
	k := w.of(w.shown().ID)
	if k == nil || k.session == nil || k.busy == 0 {
		return
	}
	session := k.session
	text := widget.NewPara(widget.Body, "People on the line now are cut off in the middle. The campaign is paused and can go on later.", widget.DialogWidth-2*widget.Space6)
	title := "End the call in progress now?"
	if n := k.busy; n > 1 {
		title = fmt.Sprintf("End all %s calls in progress now?", view.Count(n))
	}
	w.ask(title, text,
		widget.Choice{Words: "End all calls", Kind: widget.Grave, Do: session.EndCalls},
		widget.Choice{Words: "Let them end", Kind: widget.Primary, Default: true})
}

// quit closes the window; while calls run it asks, and lets them end.
func (w *Window) quit() {
	if len(w.calls) == 0 {
		w.program.Quit()
		return
	}
	text := words.Many(len(w.calls), "%s campaign is being called. Quitting pauses it: nobody else is called, and calls in progress are followed to their end first. It can go on later.",
		"%s campaigns are being called. Quitting pauses them: nobody else is called, and calls in progress are followed to their end first. They can go on later.")
	w.ask(words.Say("Calls are running"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: words.Say("Pause and quit"), Kind: widget.Grave, Do: w.leaveAfter},
		widget.Choice{Words: words.Say("Go on calling"), Kind: widget.Primary, Default: true})
}

// leaveAfter quits when the calls in progress have ended.
func (w *Window) leaveAfter() {
	if len(w.calls) == 0 {
		w.program.Quit()
		return
	}
	w.leave = true
	end := func() {
		for _, k := range w.calls {
			if k.session != nil {
				k.session.EndCalls()
			}
		}
	}
	for _, k := range w.calls {
		k.cancel()
	}
	text := words.Say("Rollcall closes when the calls in progress have ended, in two minutes at most.")
	w.ask(words.Say("Waiting for calls to end"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: words.Say("End all calls"), Kind: widget.Grave, Do: end},
		widget.Choice{Words: words.Say("Wait"), Kind: widget.Primary, Default: true})
}
