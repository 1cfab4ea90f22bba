package ui

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

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
	standing view.Standing   // as it was told last; zero: not yet
	session  *view.Session   // nil until it is ready
	ctx      context.Context // of the calls, which outlive any page
	cancel   context.CancelFunc
}

// of is the campaign's calls, nil if it is not being called.
func (w *Window) of(id campaign.ID) *calls { return w.calls[id] }

// running are all calls, those begun last first.
func (w *Window) running() []*calls {
	return slices.SortedFunc(maps.Values(w.calls), func(a, b *calls) int { return b.begun - a.begun })
}

// newest is the calls that were begun last, nil for none.
func (w *Window) newest() *calls {
	if all := w.running(); len(all) > 0 {
		return all[0]
	}
	return nil
}

// askStart stores what was planned and asks whether to start.
func (w *Window) askStart(p *plan) {
	var q view.StartQuestion
	var err error
	c := *p.draft()
	w.patiently(words.Say("Asking the gateway"),
		func(ctx context.Context) {
			if err = w.office.Store.Configure(ctx, c); err == nil {
				q, err = w.office.AskStart(ctx, c)
			}
		},
		func() {
			if err != nil {
				w.problem(words.Say("The campaign could not be prepared"), words.Say("Nobody has been called."), err)
				return
			}
			w.question(c, q)
		})
}

// askStored asks whether to start a campaign that is in the store.
func (w *Window) askStored(c campaign.Campaign) {
	var q view.StartQuestion
	var err error
	w.patiently(words.Say("Asking the gateway"),
		func(ctx context.Context) { q, err = w.office.AskStart(ctx, c) },
		func() {
			if err != nil {
				w.problem(words.Say("The campaign could not be prepared"), words.Say("Nobody has been called."), err)
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
		w.ask(words.Say("This campaign cannot be started now"), widget.NewPara(widget.Body, q.Blocked, width),
			widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	fact := func(label, text string) fyne.CanvasObject {
		return widget.Columns(widget.Space3, widget.AtLeast(widget.Space9+widget.Space6, 0, widget.Stack(0, widget.NewText(widget.Body, label).In(widget.Secondary))),
			widget.NewPara(widget.Body, text, width-widget.Space9-widget.Space6-widget.Space3))
	}
	facts := widget.Stack(widget.Space2, fact(words.Say("People"), q.People), fact(words.Say("Gateway"), q.Gateway), fact(words.Say("When"), q.Hours))
	if q.Practice {
		facts.Add(widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconBellOff, widget.Ink), widget.NewText(widget.BodyBold, q.Phones))))
	} else {
		facts.Add(widget.Note(widget.BadSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconPhone, widget.Danger), widget.NewText(widget.BodyBold, q.Phones))))
	}
	w.ask(q.Title, facts,
		widget.Choice{Words: words.Say("Not yet"), Default: !q.Practice},
		widget.Choice{Words: q.Confirm, Kind: widget.Primary, Icon: widget.IconPlay, Default: q.Practice, Do: func() { w.run(c) }})
}

// run calls everybody of c, beside whoever is being called already.
func (w *Window) run(c campaign.Campaign) {
	if w.of(c.ID) != nil { // started twice: it runs
		w.openCampaign(c.ID, stepLive)
		return
	}
	w.begun++
	k := &calls{campaign: c, begun: w.begun}
	k.ctx, k.cancel = context.WithCancel(w.ctx)
	w.calls[c.ID] = k
	w.tell()
	var session *view.Session
	var err error
	w.background(
		func() {
			err = w.unbroken(func() (err error) {
				if err = w.office.Store.Archive(k.ctx, c.ID, time.Time{}); err == nil {
					session, err = w.office.Session(k.ctx, c, view.SessionOptions{Notify: w.notify})
				}
				return err
			})
		},
		func() {
			k.session = session
			if err != nil {
				w.over(k)
				if !w.leaving() {
					w.problem(words.Say("The calls could not be started"), words.Say("Nobody has been called."), err)
				}
				return
			}
			w.openCampaign(c.ID, stepLive)
			w.say(words.Say("Calling started"), "", nil)
			w.follow(k)
		})
}

// over forgets calls that have ended.
func (w *Window) over(k *calls) {
	k.cancel()
	delete(w.calls, k.campaign.ID)
	w.tell()
}

// leaving quits if that was asked for and nobody is being called any more.
func (w *Window) leaving() bool {
	if !w.leave || len(w.calls) > 0 {
		return false
	}
	w.end()
	return true
}

// unbroken makes an error of a mistake of ours, so that whoever waits for do
// goes on.
func (w *Window) unbroken(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			w.app.Log.Error("calls broke", "cause", cause, "stack", string(debug.Stack()))
			err = fmt.Errorf("a mistake in Rollcall: %v", cause)
		}
	}()
	return do()
}

// follow runs the session until it ends.
func (w *Window) follow(k *calls) {
	var done campaign.Campaign
	var err error
	w.background(
		func() {
			err = w.unbroken(func() (err error) {
				done, err = k.session.Run(k.ctx)
				return err
			})
			k.session.Close()
		},
		func() {
			if done.ID == 0 { // it did not come to an end
				done = k.campaign
			}
			w.over(k)
			w.ended(done, err)
		})
}

// ended shows how a campaign stands when nobody is called any more.
func (w *Window) ended(c campaign.Campaign, err error) {
	if w.leaving() {
		return
	}
	if p, ok := w.under().(follower); ok {
		p.over(c)
	}
	w.countDoubts()
	w.notice(view.EndNotice(c, err != nil, time.Now()))
	results := func() { w.openCampaign(c.ID, stepResults) }
	switch {
	case err != nil:
		w.problem(words.Say("Calling has ended early"), words.Say("Calls in progress may still end by themselves. What is known so far is kept; Resume goes on from there and calls nobody twice."), err)
	case c.State == campaign.Finished:
		w.say(words.Say("“%s” is finished", view.Brief(c.Name)), words.Say("Results||link"), results)
	case c.State == campaign.Stopped:
		w.say(words.Say("Calling “%s” stopped", view.Brief(c.Name)), words.Say("Results||link"), results)
	default:
		w.say(words.Say("Calling “%s” paused", view.Brief(c.Name)), "", nil)
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
		u.Campaign.Name = k.campaign.Name // it may have been renamed since
		doubts := k.standing.Doubts
		w.noticeChange(k, u)
		k.campaign, k.busy = u.Campaign, u.Outstanding
		if k.standing.Doubts != doubts {
			w.countDoubts()
		}
		if p, ok := w.under().(follower); ok {
			p.take(u)
		}
		if changed {
			w.tell()
		}
	}
	w.tellGateway(w.running())
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
	if k.ctx.Err() != nil { // it is ending, and cannot go on before it has ended
		return possible{end: ready && k.busy > 0}
	}
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
	text := widget.NewPara(widget.Body, words.Say("Nobody else is called, and this campaign cannot go on later. Calls in progress end by themselves; results so far are kept."), widget.DialogWidth-2*widget.Space6)
	w.ask(words.Say("Stop “%s”?", view.Brief(c.Name)), text,
		widget.Choice{Words: words.Say("Stop calling"), Kind: widget.Grave, Icon: widget.IconStop, Do: session.Stop},
		widget.Choice{Words: words.Say("Go on"), Kind: widget.Primary, Default: true})
}

func (w *Window) askEnd() {
	k := w.of(w.shown().ID)
	if k == nil || k.session == nil || k.busy == 0 {
		return
	}
	session := k.session
	text := widget.NewPara(widget.Body, words.Say("People on the line now are cut off in the middle. The campaign is paused and can go on later."), widget.DialogWidth-2*widget.Space6)
	title := words.Many(k.busy, "End %s call in progress now?", "End all %s calls in progress now?")
	w.ask(title, text,
		widget.Choice{Words: words.Say("End all calls"), Kind: widget.Grave, Do: session.EndCalls},
		widget.Choice{Words: words.Say("Let them end"), Kind: widget.Primary, Default: true})
}

// quit closes the window; while calls run it asks, and lets them end. Where
// the desktop has a tray they may also go on without it.
func (w *Window) quit() {
	switch {
	case w.leave && len(w.calls) > 0: // asked again while calls end
		w.leaveAfter()
	case len(w.calls) == 0:
		w.askUnsaved(w.end)
	case w.resting():
		w.askUnsaved(w.leaveNow)
	default:
		w.askUnsaved(w.askQuit)
	}
}

// resting tells whether all campaigns are paused and nobody is on a line:
// quitting changes nothing for anybody.
func (w *Window) resting() bool {
	for _, k := range w.calls {
		if k.session == nil || k.campaign.State != campaign.Paused || k.busy > 0 {
			return false
		}
	}
	return true
}

// leaveNow quits as soon as all sessions are closed.
func (w *Window) leaveNow() {
	if !w.resting() { // something began while it was asked about what is not kept
		w.askQuit()
		return
	}
	w.letGo()
	w.leaving()
}

// letGo ends all sessions: nobody else is called, calls in progress are followed
// to their end, and the window closes then.
func (w *Window) letGo() {
	w.leave = true
	for _, k := range w.calls {
		k.cancel()
	}
}

// stay takes back that the window closes. What was told to pause stays paused.
func (w *Window) stay() {
	w.leave = false
	w.tell()
	w.say(words.Say("Rollcall stays open. Calling is paused and can go on when the calls in progress have ended."), "", nil)
}

// end closes the window, after the page that is shown has kept what was typed.
func (w *Window) end() {
	w.settle()
	w.program.Quit()
}

// askQuit asks what is to become of the calls.
func (w *Window) askQuit() {
	text := words.Many(len(w.calls), "%s campaign is being called. Quitting pauses it: nobody else is called, and calls in progress are followed to their end first. It can go on later.",
		"%s campaigns are being called. Quitting pauses them: nobody else is called, and calls in progress are followed to their end first. They can go on later.")
	choices := []widget.Choice{{Words: words.Say("Pause and quit"), Kind: widget.Grave, Do: w.leaveAfter}}
	if w.Tray != nil {
		choices = append(choices, widget.Choice{Words: words.Say("Go on in the background"), Do: w.hide})
	}
	choices = append(choices, widget.Choice{Words: words.Say("Go on calling"), Kind: widget.Primary, Default: true})
	w.ask(words.Say("Calls are running"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6), choices...)
}

// leaveAfter quits when the calls in progress have ended.
func (w *Window) leaveAfter() {
	if len(w.calls) == 0 {
		w.end()
		return
	}
	w.letGo()
	end := func() {
		for _, k := range w.calls {
			if k.session != nil {
				k.session.EndCalls()
			}
		}
	}
	text := words.Say("Rollcall closes when the calls in progress have ended, in two minutes at most.")
	w.ask(words.Say("Waiting for calls to end"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: words.Say("End all calls"), Kind: widget.Grave, Do: end},
		widget.Choice{Words: words.Say("Stay open"), Do: w.stay},
		widget.Choice{Words: words.Say("Wait"), Kind: widget.Primary, Default: true})
}
