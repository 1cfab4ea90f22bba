package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// checkPage is what starting a campaign would do. Everything is found out
// elsewhere; until then figures are "…" and the start waits. Its cards are in
// check_cards.go, the test call in check_call.go.
type checkPage struct {
	w    *Window
	plan *plan             // nil for a campaign that has started
	c    campaign.Campaign // as it was looked at
	body fyne.CanvasObject

	main, aside *fyne.Container
	counting    checkCounting
	dates       *view.WhenPage // when it is started, as it is typed
	finish      checkFinish
	call        *checkCall
	start, mend *widget.Button
	why         *widget.Text
	warn        *widget.Sign
	outlook     *view.Outlook // nil until it is there
	failed      error
	cancel      context.CancelFunc // of the newest look
	asked       int                // its number
	changed     bool               // lines, rate or beginning are not stored yet
}

// openCheck stores a draft as it is and checks it.
func (w *Window) openCheck(p *plan) {
	w.storeDraft(*p.draft())
	page := newCheck(w, p, *p.draft())
	w.show(page)
	page.focusFirst()
}

// openCheckOf checks a campaign that has started, with the people that are
// left.
func (w *Window) openCheckOf(c campaign.Campaign) { w.show(newCheck(w, nil, c)) }

func newCheck(w *Window, p *plan, c campaign.Campaign) *checkPage {
	page := &checkPage{w: w, plan: p, c: c}
	page.c.Settings = c.Settings.Complete()
	page.main, page.aside = widget.Stack(widget.Space3), widget.Stack(widget.Space3)
	header, steps := fyne.CanvasObject(nil), fyne.CanvasObject(nil)
	if p != nil {
		header, steps = planHeader(p), planSteps(w, p, stepCheck)
	} else {
		header, steps = startedHeader(c), campaignSteps(w, c, stepCheck)
	}
	content := widget.Pad(widget.Space4, widget.Space4, widget.AtMost(widget.FormWidth+widget.AsideWidth,
		widget.Columns(widget.Space4, widget.Grow(page.main), widget.AtLeast(widget.AsideWidth, 0, page.aside))))
	page.buildCards()
	page.body = widget.Stack(0, header, steps, widget.Grow(widget.ScrollWide(content)), page.foot())
	page.look()
	return page
}

func (p *checkPage) foot() fyne.CanvasObject {
	back := widget.NewButton(widget.Quiet, words.Say("Back"), p.back).With(widget.IconBack)
	p.warn, p.why = widget.IconSign(widget.IconWarning, widget.Danger), widget.NewText(widget.Body, "")
	p.start = widget.NewButton(widget.Primary, words.Say("Start calling"), p.begin).With(widget.IconPlay)
	if p.plan == nil {
		p.start = widget.NewButton(widget.Primary, words.Say("Live"), p.back).Then(widget.IconNext)
	}
	return widget.Foot(back, widget.Gap(), p.warn, p.why, p.start)
}

// look finds out what starting would do.
func (p *checkPage) look() {
	if p.cancel != nil {
		p.cancel()
	}
	p.asked++
	asked := p.asked
	ctx, cancel := context.WithCancel(p.w.ctx)
	p.cancel, p.outlook, p.failed = cancel, nil, nil
	p.tell()
	var found *view.Outlook
	var err error
	p.w.background(
		func() { found, err = p.w.office.Outlook(ctx, p.c, p.progress(asked)) },
		func() {
			cancel()
			if asked != p.asked {
				return
			}
			p.outlook, p.failed = found, err
			p.tellUnread()
			p.tell()
			p.focusFirst()
			p.forecast()
		})
}

// progress shows how many people were decided about; it is called elsewhere.
func (p *checkPage) progress(asked int) func(done, all int) {
	return func(done, all int) {
		p.w.onUI(func() {
			if asked == p.asked && p.outlook == nil {
				p.counting.show(done, all)
			}
		})
	}
}

// focusFirst puts the keys on what must be mended first, unless they are on
// something else already.
func (p *checkPage) focusFirst() {
	if c := p.w.win.Canvas(); p.mend != nil && p.w.page == page(p) && c.Focused() == nil && len(p.w.asks) == 0 {
		c.Focus(p.mend)
	}
}

// tell brings everything to what was found out.
func (p *checkPage) tell() {
	p.fill()
	blocked := p.blocked()
	if p.why.In(widget.Danger).SetText(blocked); blocked == "" {
		p.warn.Hide()
		p.why.In(widget.Secondary).SetText(p.ready())
	} else {
		p.warn.Show()
	}
	switch {
	case p.plan == nil:
	case blocked != "" || p.outlook == nil:
		p.start.Disable()
	default:
		p.start.Enable()
	}
	p.body.Refresh()
}

// blocked says why it cannot be started.
func (p *checkPage) blocked() string {
	switch {
	case p.plan == nil, p.outlook == nil && p.failed == nil:
		return ""
	case p.failed != nil:
		return words.Say("Not checked, so it cannot be started")
	}
	if n := len(p.outlook.Problems()); n > 0 {
		return view.ThingsWords(n)
	}
	return ""
}

// ready is what pressing Start does.
func (p *checkPage) ready() string {
	switch {
	case p.outlook == nil:
		return words.Say("Checking…")
	case p.plan == nil:
		return words.Say("As it would be if it went on now")
	case p.outlook.Practice():
		return words.Say("No phone rings")
	default:
		return words.Say("Real telephones ring; you are asked once more")
	}
}

// begin stores the draft and starts it: at once where no phone rings, else
// after one more question.
func (p *checkPage) begin() {
	if p.plan == nil || p.outlook == nil || p.blocked() != "" {
		return
	}
	p.store()
	c := *p.plan.draft()
	var q view.StartQuestion
	var err error
	p.w.background(
		func() {
			if err = p.w.office.Store.Configure(p.w.ctx, c); err == nil {
				q, err = p.w.office.AskStart(p.w.ctx, c)
			}
		},
		func() {
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				p.w.problem(words.Say("The campaign could not be prepared"), words.Say("Nobody has been called."), err)
			case q.Blocked == "" && q.Practice:
				p.w.run(c)
			default:
				p.w.question(c, q)
			}
		})
}

// store puts what was changed here into the draft.
func (p *checkPage) store() {
	if p.plan != nil && p.changed {
		p.changed = false
		p.plan.draft().Settings = p.c.Settings
	}
}

// left gives up what is still being found out, and stores what was changed.
func (p *checkPage) left() {
	p.asked++
	p.cancel()
	p.call.giveUp()
	if p.changed && p.plan != nil {
		p.store()
		p.w.storeDraft(*p.plan.draft())
	}
}

func (p *checkPage) back() {
	if p.plan == nil {
		p.w.openCampaign(p.c.ID, stepLive)
		return
	}
	p.w.openStep(p.plan, stepWhen)
}

// mendAt goes where something is mended.
func (p *checkPage) mendAt(m view.Mend) {
	switch {
	case m == view.MendDoNotCall:
		p.w.goDoNotCall()
	case p.plan == nil:
		p.w.lookBack(p.c.ID, stepOf(m))
	default:
		p.w.openStep(p.plan, stepOf(m))
		p.w.focusOn(m)
	}
}

func stepOf(m view.Mend) int {
	switch m {
	case view.MendPeople:
		return stepPeople
	case view.MendMessage:
		return stepMessage
	default:
		return stepWhen
	}
}

// focusOn brings the keys to what is to be mended on the page that is shown.
func (w *Window) focusOn(m view.Mend) {
	switch page := w.page.(type) {
	case *peoplePage:
		for _, f := range view.PeopleFilters() {
			if f.Found.Which == campaign.FoundAside && page.plan.people.Number(f) > 0 {
				page.show(f)
			}
		}
	case *whenPage:
		switch m {
		case view.MendGateway:
			w.win.Canvas().Focus(page.gate.drop)
		case view.MendRules:
			w.win.Canvas().Focus(page.law)
		default:
			w.win.Canvas().Focus(page.week.grid)
		}
	}
}

func (p *checkPage) content() fyne.CanvasObject { return p.body }

func (p *checkPage) campaign() campaign.Campaign {
	if p.plan != nil {
		return campaign.Campaign{}
	}
	return p.c
}

func (p *checkPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case p.plan == nil:
		case p.mend != nil:
			p.mend.Tapped(nil)
		default:
			p.begin()
		}
	case fyne.KeyEscape:
		p.back()
	default: // other keys mean nothing here
	}
}
