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

// whenPage is when and how a campaign calls: of a draft on its way, or of a
// campaign that has started. The week is in when_week.go, tries in
// when_tries.go, places and rules in when_rules.go, what is folded in
// when_more.go, gateways in when_how.go.
type whenPage struct {
	w     *Window
	plan  *plan             // nil for a campaign that has started
	c     campaign.Campaign // if it has
	state *view.WhenPage
	body  fyne.CanvasObject

	week  whenWeek
	tries []whenTry
	total *widget.Whole
	said  *widget.Text // of total
	next  *widget.Button
	gate  *whenGateways
	law   *widget.Drop
	lists []func() // bring lists and choices to what is set
}

// newWhen shows when and how a draft will call.
func newWhen(w *Window, p *plan) *whenPage {
	page := &whenPage{w: w, plan: p, state: view.NewWhenPage(*p.draft(), nil)}
	page.state.Sample, page.state.Unread = p.sample, w.typed[p.draft().ID]
	page.build(planHeader(p), planSteps(w, p, stepWhen))
	return page
}

// newWhenStarted shows it of a campaign that has started.
func newWhenStarted(w *Window, c campaign.Campaign) *whenPage {
	page := &whenPage{w: w, c: c, state: view.NewWhenPage(c, nil)}
	if left := w.unsaved[c.ID]; left != nil {
		page.state = left.state
	}
	page.state.Sample = w.app.IsSample(c)
	page.build(startedHeader(c), campaignSteps(w, c, stepWhen))
	return page
}

func (p *whenPage) build(header, steps fyne.CanvasObject) {
	p.said = widget.NewText(widget.Body, "").In(widget.Secondary).Right()
	p.total = widget.NewWhole(p.said)
	left := widget.Stack(widget.Space3, p.hoursCard(), p.triesCard(), p.moreCard())
	right := widget.AtLeast(widget.AsideWidth, 0, widget.Stack(widget.Space3, p.placesCard(), p.rulesCard(), p.howCard()))
	content := widget.Pad(widget.Space4, widget.Space4, widget.AtMost(widget.FormWidth+widget.AsideWidth,
		widget.Columns(widget.Space4, widget.Grow(left), right)))
	p.body = widget.Stack(0, header, steps, widget.Grow(widget.ScrollWide(content)), p.foot())
	p.tell()
	p.loadOthers()
}

func (p *whenPage) foot() fyne.CanvasObject {
	back := widget.NewButton(widget.Quiet, words.Say("Back"), p.back).With(widget.IconBack)
	if p.plan == nil {
		p.next = widget.NewButton(widget.Primary, words.Say("Save changes"), p.save).With(widget.IconTick)
	} else {
		p.next = widget.NewButton(widget.Primary, words.Say("Continue"), p.goOn).Then(widget.IconNext)
	}
	return widget.Foot(back, widget.Grow(p.total), p.next)
}

// loadOthers finds out from which campaigns hours can be taken, and which
// gateways they and the office know.
func (p *whenPage) loadOthers() {
	var all []campaign.Campaign
	var office view.OfficeSettings
	var err error
	p.w.background(
		func() {
			if all, err = p.w.office.Store.List(p.w.ctx); err == nil {
				office, err = p.w.office.Settings(p.w.ctx)
			}
		},
		func() {
			if err != nil { // without them there is less to choose from
				if !errors.Is(err, context.Canceled) {
					p.w.app.Log.Warn("read other campaigns", "error", err)
				}
				return
			}
			p.state.Know(office)
			p.state.Others = nil
			for _, c := range all {
				if c.ID != p.id() {
					p.state.Others = append(p.state.Others, c)
				}
			}
			p.tell()
		})
}

func (p *whenPage) id() campaign.ID {
	if p.plan == nil {
		return p.c.ID
	}
	return p.plan.draft().ID
}

// changed notes that a setting is another one.
func (p *whenPage) changed() { p.tell() }

// tell brings everything to what is set.
func (p *whenPage) tell() {
	p.tellWeek()
	p.tellTries()
	for _, list := range p.lists {
		list()
	}
	p.tellFoot()
	p.body.Refresh()
}

// tellFoot brings the way on to what is set.
func (p *whenPage) tellFoot() {
	blocked := p.state.Blocked()
	if p.said.In(widget.Secondary).SetText(p.state.Total()); blocked != "" {
		p.said.In(widget.Danger).SetText(blocked)
	}
	if blocked == "" && (p.plan != nil || p.state.Changed()) {
		p.next.Enable()
	} else {
		p.next.Disable()
	}
}

func (p *whenPage) goOn() {
	if p.state.Blocked() == "" {
		p.w.openStep(p.plan, stepCheck)
	}
}

func (p *whenPage) back() {
	if p.plan == nil {
		p.w.openCampaign(p.c.ID, stepLive)
		return
	}
	p.w.openStep(p.plan, stepMessage)
}

// left stores a draft. What was changed of a campaign that has started is
// kept until it is saved or thrown away; see unsaved.go.
func (p *whenPage) left() {
	if p.plan == nil {
		p.keepUnsaved()
		return
	}
	draft := p.plan.draft()
	p.w.keepTyped(draft.ID, p.state.Unread)
	if !p.state.Changed() {
		return
	}
	draft.Name, draft.Settings = p.state.Name, p.state.Storable()
	p.state.Stored()
	p.w.storeDraft(*draft)
}

// keepTyped keeps what was typed of a draft and could not be read, so that
// nobody is called until it is mended.
func (w *Window) keepTyped(id campaign.ID, unread view.Unread) {
	if w.typed[id] = unread; unread == (view.Unread{}) {
		delete(w.typed, id)
	}
}

// storeDraft stores what was planned of a draft.
func (w *Window) storeDraft(c campaign.Campaign) {
	var err error
	w.keep(
		func(ctx context.Context) { err = w.office.Store.Configure(ctx, c) },
		func() {
			if err != nil && !errors.Is(err, context.Canceled) {
				w.problem(words.Say("The changes could not be stored"), words.Say("Nobody is called because of this. The window keeps them until it is closed; try again before."), err)
			}
		})
}

// save applies what was changed of a campaign that has started, at once if it
// is being called.
func (p *whenPage) save() {
	if p.state.Blocked() != "" || !p.state.Changed() {
		return
	}
	p.saveThen(func() {
		p.tell()
		p.w.say(p.savedWords(), "", nil)
	})
}

func (p *whenPage) saveThen(then func()) {
	c := p.c
	c.Name, c.Settings = p.state.Name, p.state.Storable()
	running := p.w.of(c.ID)
	var err error
	p.w.keep(
		func(ctx context.Context) {
			if err = p.w.office.Store.Configure(ctx, c); err == nil && running != nil && running.session != nil {
				err = running.session.Change(ctx, c.Settings)
			}
		},
		func() {
			if err != nil {
				p.w.problem(words.Say("The changes could not be stored"), words.Say("The campaign goes on as it was set before."), err)
				return
			}
			p.c = c
			p.state.Stored()
			delete(p.w.unsaved, c.ID)
			then()
		})
}

func (p *whenPage) savedWords() string {
	if p.w.of(p.c.ID) != nil {
		return words.Say("Changes saved. They hold from the next call on.")
	}
	return words.Say("Changes saved")
}

func (p *whenPage) content() fyne.CanvasObject { return p.body }

func (p *whenPage) campaign() campaign.Campaign { return p.c }

func (p *whenPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.plan != nil {
			p.goOn()
		}
	case fyne.KeyEscape:
		p.back()
	default: // other keys mean nothing here
	}
}

// titledCard is a card with a title, and beside it what belongs to all of it.
func titledCard(title string, beside []fyne.CanvasObject, items ...fyne.CanvasObject) fyne.CanvasObject {
	head := append([]fyne.CanvasObject{widget.NewText(widget.CardTitle, title)}, beside...)
	all := append([]fyne.CanvasObject{widget.AtLeast(0, widget.ControlHeight, widget.Row(widget.Space2, head...))}, items...)
	return widget.Card(widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2, all...)))
}

// control gives a control of a form its height, and at least a width.
func control(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return widget.AtLeast(width, widget.ControlHeight, o)
}

// labelled is a line of a form: what it is at the left, the control at the
// right.
func labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Row(widget.Space3, widget.Grow(widget.NewWhole(widget.NewText(widget.Body, label))), o)
}

// hint is a few words beside controls.
func hint(text string) *widget.Text { return widget.NewText(widget.Body, text).In(widget.Secondary) }

// emptied takes everything out of a list that is made anew.
func emptied(list *fyne.Container, items ...fyne.CanvasObject) {
	if list.Objects = items; len(items) == 0 {
		list.Hide()
	} else {
		list.Show()
	}
	list.Refresh()
}
