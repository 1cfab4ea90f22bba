package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file looks into a list of numbers, which may have millions.

// open looks into the list at a row.
func (p *doNotCallPage) open(row int) {
	l, list := p.state.List(row)
	if !list || l.Typed() {
		return
	}
	asked := p.state.Ranges.Ask()
	var marks []uint64
	var n int
	var err error
	p.w.background(
		func() { marks, n, err = p.w.office.Store.RangeMarks(p.w.ctx, l.ID, view.MarkPage) },
		func() {
			if p.w.unreadList(err) || !p.state.Ranges.Replace(asked, marks, n) {
				return
			}
			p.state.Into, p.state.Search = &l, ""
			p.search.SetText("")
			name, more := p.state.Inside(time.Now())
			p.into.SetText(name)
			p.inside.SetText(more)
			p.back.Show()
			p.grid.Checks = false
			p.search.SetPlaceHolder(words.Say("Go to a number"))
			p.placed(0)
			p.w.win.Canvas().Focus(p.grid)
		})
}

// leave shows all lists and numbers again.
func (p *doNotCallPage) leave() {
	p.state.Into = nil
	p.back.Hide()
	p.grid.Checks = true
	p.search.SetPlaceHolder(words.Say("Number, reason or campaign"))
	p.find(func() {})
}

// seek goes to a number of the list that is looked into.
func (p *doNotCallPage) seek(then func()) {
	digits := p.state.Seeks()
	if digits == 0 {
		return
	}
	asked, list := p.state.Ranges.Ask(), p.state.Into.ID
	var at int
	var err error
	p.w.background(
		func() { at, err = p.w.office.Store.RangesBefore(p.w.ctx, list, digits) },
		func() {
			if p.w.unreadList(err) || !p.state.Ranges.Still(asked) || p.state.Into == nil {
				return
			}
			p.grid.Choose(min(at, p.state.Len()-1))
			p.grid.ScrollTo(at)
			p.load()
			then()
		})
}

func (p *doNotCallPage) loadRanges() {
	page, from, asked, missing := p.state.Ranges.Missing(p.first, p.rowsToShow)
	if !missing {
		return
	}
	p.loading = true
	list := p.state.Into.ID
	var rows []campaign.NumberRange
	var err error
	p.w.background(
		func() { rows, err = p.w.office.Store.RangesFrom(p.w.ctx, list, from, view.MarkPage) },
		func() {
			p.loading = false
			if p.w.unreadList(err) {
				return
			}
			p.state.Ranges.Put(asked, page, rows)
			p.grid.Refresh()
			p.why.show(p.state.Chosen(p.grid.Chosen()))
			p.load()
		})
}

// menu is what can be done with a row.
func (p *doNotCallPage) menu(row int, at fyne.Position) {
	if row < 0 {
		return
	}
	l, list := p.state.List(row)
	items := []widget.MenuItem{{Words: words.Say("Copy"), Keys: words.Say("Ctrl+C||keys"), Do: p.grid.Copy}}
	if list && !l.Typed() {
		items = append([]widget.MenuItem{{Words: words.Say("Show its numbers"), Keys: words.Say("Enter||the key"), Icon: widget.IconTable, Do: func() { p.open(row) }}, {}}, items...)
	}
	items = append(items, widget.MenuItem{}, widget.MenuItem{Words: words.Say("Remove…"), Keys: words.Say("Del||the key"), Grave: true, Disabled: p.state.Into != nil, Do: p.askRemove})
	widget.PopUp(p.w.win.Canvas(), items, at)
}
