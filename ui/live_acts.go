package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// liveActs is the bar of what can be done with several people. It stands in the
// place of the filters, so that nothing moves.
type liveActs struct {
	bar   fyne.CanvasObject
	count *widget.Text
	could []view.Act // as the menu was told
}

func (p *livePage) newActs() fyne.CanvasObject {
	a := &p.acts
	a.count = widget.NewText(widget.BodyBold, "")
	row := widget.Row(widget.Space2, a.count)
	for _, act := range view.ActsForMany() {
		kind := widget.Plain
		if act == view.ActDoNotCall {
			kind = widget.Grave
		}
		row.Add(widget.NewButton(kind, act.Words(true), func() { p.act(act) }).Less())
	}
	row.Add(widget.NewButton(widget.Plain, words.Say("Copy"), p.copyRows).Less())
	row.Add(widget.NewButton(widget.Quiet, "", p.letGo).With(widget.IconClose).Less().Called(words.Say("Choose none (Esc)")))
	a.bar = row
	a.bar.Hide()
	return a.bar
}

// tellActs shows the bar while several people are chosen.
func (p *livePage) tellActs() {
	n := p.rows.grid.SelectedCount()
	if n > 1 {
		p.acts.count.SetText(words.Many(n, "%s person chosen", "%s people chosen"))
		p.rows.strip.Hide()
		p.acts.bar.Show()
	} else {
		p.acts.bar.Hide()
		p.rows.strip.Show()
	}
	p.body.Refresh()
	p.tellCan()
}

// tellCan tells the menu what can be done with who is selected.
func (p *livePage) tellCan() {
	if can := p.can(); !slices.Equal(can, p.acts.could) {
		p.acts.could = can
		p.w.menus.tell(p.w)
	}
}

// letGo leaves only the chosen row selected.
func (p *livePage) letGo() {
	p.rows.grid.Mark(p.rows.grid.Chosen())
	p.rows.grid.Refresh()
	p.tellActs()
	p.w.win.Canvas().Focus(p.rows.grid)
}

// selected are the people who are selected, none if they are more than most.
func (p *livePage) selected(most int) []campaign.ContactID {
	if n := p.rows.grid.SelectedCount(); n == 0 || n > most {
		return nil
	}
	var ids []campaign.ContactID
	for row := range p.rows.grid.Selected() {
		if id, ok := p.state.Rows.ID(row); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// can are the acts that make sense for who is selected.
func (p *livePage) can() []view.Act {
	switch n := p.rows.grid.SelectedCount(); {
	case n == 0:
		return nil
	case n > 1:
		return view.ActsForMany()
	}
	for row := range p.rows.grid.Selected() {
		if c, held := p.state.Rows.At(row); held {
			return view.ActsFor(c)
		}
	}
	return nil
}

// act does something with who is selected, after a question where that is due.
func (p *livePage) act(a view.Act) {
	if ids := p.selected(p.state.Rows.Len()); slices.Contains(p.can(), a) {
		p.actOn(a, ids)
	}
}

// actOn does something with those people whom it concerns, after a question
// where that is due.
func (p *livePage) actOn(a view.Act, ids []campaign.ContactID) {
	if len(ids) == 0 || p.ending(a) {
		return
	}
	var meant []campaign.ContactID
	var err error
	then := func() {
		switch {
		case p.failed(err):
		case len(meant) == 0:
			p.w.say(a.Done(0, len(ids)), "", nil)
		default:
			p.askOn(a, meant)
		}
	}
	if a != view.ActAgain {
		meant = ids
		then()
		return
	}
	if len(ids) <= actsAtOnce {
		p.w.background(func() { meant, err = p.w.office.Meant(p.w.ctx, a, ids) }, then)
		return
	}
	p.w.patiently(words.Many(len(ids), "Seeing to %s person", "Seeing to %s people"),
		func(ctx context.Context) { meant, err = p.w.office.Meant(ctx, a, ids) }, then)
}

func (p *livePage) askOn(a view.Act, ids []campaign.ContactID) {
	c := p.state.Campaign
	title, text := a.Question(len(ids), c)
	if title == "" {
		p.do(a, ids)
		return
	}
	harmless := !c.Practice || a != view.ActAgain
	choice := widget.Choice{Words: a.Verb(), Kind: widget.Primary, Default: !harmless, Do: func() { p.do(a, ids) }}
	if a != view.ActAgain {
		choice.Kind = widget.Grave
	}
	p.w.ask(title, widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: words.Say("Not now"), Default: harmless}, choice)
}

// ending tells whether calls of a campaign that is over are still in progress:
// until they have ended it cannot be opened again.
func (p *livePage) ending(a view.Act) bool {
	opens := a == view.ActAgain || a == view.ActPutBack
	if !opens || p.w.of(p.state.Campaign.ID) == nil || !p.state.Campaign.State.Over() {
		return false
	}
	p.w.say(words.Say("Calls in progress are still ending. Call again when they have ended."), "", nil)
	return true
}

// actsAtOnce is how many people are seen to without saying that it takes a
// while.
const actsAtOnce = 2000

func (p *livePage) do(a view.Act, ids []campaign.ContactID) {
	var r view.ActResult
	var err error
	c, session := p.state.Campaign, p.session()
	then := func() {
		if err != nil {
			p.w.problem(words.Say("This could not be done"), words.Say("Calls go on as before for everybody whom it did not reach yet."), err)
			p.refresh()
			return
		}
		p.done(a, r, len(ids))
	}
	if len(ids) <= actsAtOnce {
		p.w.background(func() { r, err = p.w.office.Act(p.w.ctx, a, c, ids, session) }, then)
		return
	}
	p.w.patiently(words.Many(len(ids), "Seeing to %s person", "Seeing to %s people"), func(ctx context.Context) {
		if r, err = p.w.office.Act(ctx, a, c, ids, session); ctx.Err() != nil {
			p.w.onUI(p.refresh) // given up in the middle
		}
	}, then)
}

// done says what came of an act, and offers to undo it where that can be done.
func (p *livePage) done(a view.Act, r view.ActResult, all int) {
	p.refresh()
	if r.Undo == nil || r.Rows == 0 {
		p.w.say(a.Done(r.Rows, all), "", nil)
		return
	}
	p.w.say(a.Done(r.Rows, all), words.Say("Undo"), func() {
		var err error
		p.w.background(
			func() { err = r.Undo(p.w.ctx) },
			func() {
				if err != nil {
					p.w.problem(words.Say("This could not be undone"), "", err)
				} else {
					p.w.say(words.Say("Undone"), "", nil)
				}
				p.refresh()
			})
	})
}

// callUnreached asks whether to call everybody again who was not reached.
func (p *livePage) callUnreached() {
	var ids []campaign.ContactID
	var err error
	id := p.state.Campaign.ID
	p.w.background(
		func() {
			ids, err = p.w.office.Store.Order(p.w.ctx, id, campaign.Filter{Statuses: []campaign.Status{campaign.Unreached}})
		},
		func() {
			switch {
			case p.failed(err):
			case len(ids) == 0:
				p.w.say(words.Say("Nobody is ‘%s’ now", words.Status(campaign.Unreached)), "", nil)
			default:
				p.actOn(view.ActAgain, ids)
			}
		})
}

// rowMenu is what can be done with the selected rows, or with the columns.
func (p *livePage) rowMenu(row int, at fyne.Position) {
	if row < 0 {
		p.popColumns(at)
		return
	}
	many := p.rows.grid.SelectedCount() > 1
	var items []widget.MenuItem
	if !many {
		items = append(items, widget.MenuItem{Words: words.Say("Details"), Keys: p.w.menus.keys(p.w.menus.details), Do: p.details.open}, widget.MenuItem{})
	}
	for _, a := range p.can() {
		items = append(items, widget.MenuItem{Words: a.Words(many), Keys: p.w.menus.keysOf(a), Grave: a == view.ActDoNotCall, Do: func() { p.act(a) }})
	}
	items = append(items, widget.MenuItem{}, widget.MenuItem{Words: words.Say("Copy"), Keys: p.w.menus.control("C"), Do: p.copyRows})
	widget.PopUp(p.w.win.Canvas(), items, at)
}

// columnsMenu drops down below the button.
func (p *livePage) columnsMenu(below fyne.CanvasObject) {
	p.popColumns(widget.Below(below))
}

// popColumns lets columns be shown and hidden, and put where they were.
func (p *livePage) popColumns(at fyne.Position) {
	g := p.rows.grid
	var items []widget.MenuItem
	shown := g.Shown()
	for i, c := range p.rows.columns {
		on := slices.Contains(shown, i)
		items = append(items, widget.MenuItem{Words: c.Title, Checked: on, Disabled: on && len(shown) == 1, Do: func() {
			g.HideColumn(c.Key, on)
			p.popColumns(at)
		}})
		if i+1 < len(p.rows.columns) && p.rows.columns[i+1].Own && !c.Own {
			items = append(items, widget.MenuItem{})
		}
	}
	items = append(items, widget.MenuItem{}, widget.MenuItem{Words: words.Say("Columns as they were"), Do: func() {
		p.keep(func(k *keptLive) { k.Columns = nil })
		g.SetLayout(keptLive{}.layout(p.rows.columns))
	}})
	widget.PopUp(p.w.win.Canvas(), items, at)
}
