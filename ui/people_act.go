package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what is done with the rows of a list. Every decision reads the
// list again in another way, and can be taken back.

// change reads the list again in another way, which did that in words, and
// shows what comes of it; then may be nil. The draft stays as it is if that
// fails.
func (p *peoplePage) change(src view.Source, did string, then func(*peoplePage)) {
	old := p.plan.people
	var c campaign.Campaign
	var im contacts.Import
	var err error
	keyed := p.w.win.Canvas().Focused() == fyne.Focusable(p.grid)
	p.w.patiently(words.Say("Reading %s", view.Brief(filepath.Base(src.Path))),
		func(ctx context.Context) { c, im, err = p.w.office.Reread(ctx, old.Campaign, src, p.w.told(src.Path)) },
		func() {
			if err != nil {
				p.w.show(p.anew())
				p.w.unread(err, src, func(src view.Source) { p.change(src, did, then) })
				return
			}
			p.plan.people = old.Then(c, im, src.Reading.Password, did)
			next := p.anew()
			p.w.show(next)
			if keyed {
				p.w.win.Canvas().Focus(next.grid)
			}
			if then != nil {
				then(next)
			}
		})
}

// anew is the page as its plan stands now, at the same place of the rows.
func (p *peoplePage) anew() *peoplePage {
	at := place{top: p.grid.Top(), chosen: p.grid.Chosen(), rows: p.grid.Rows()}
	if n := p.grid.SelectedCount(); n > 1 && n <= view.ActMost {
		at.selected = p.grid.IsSelected
	}
	return peopleAt(p.w, p.plan, at, p.grid.Layout())
}

// left is called when another page takes the place of this one. Whoever gives
// up a reading comes back to what is still so, not to what was chosen.
func (p *peoplePage) left() {
	if wait := p.w.wait; wait != nil && wait.back == page(p) {
		wait.back = p.anew()
	}
}

// told is a change that can be taken back at once.
func (p *peoplePage) tell(src view.Source, did string) {
	p.change(src, did, func(next *peoplePage) { next.w.say(did, words.Say("Undo"), next.w.undoLast) })
}

// canUndo tells whether there is a decision to be taken back.
func (p *peoplePage) canUndo() bool {
	_, can := p.plan.people.Last()
	return can
}

// undoLast takes the last decision back.
func (p *peoplePage) undoLast() {
	step, can := p.plan.people.Last()
	if !can {
		return
	}
	step.Before.Reading.Password = p.plan.people.Password
	p.change(step.Before, "", func(next *peoplePage) { next.w.say(words.Say("Undone: %s", step.Words), "", nil) })
}

// selected are the ids of the selected rows, at most as many as can be decided
// about, and how many are selected.
func (p *peoplePage) selected(most int) ([]campaign.ContactID, int) {
	var ids []campaign.ContactID
	for row := range p.grid.Selected() {
		if len(ids) == most {
			break
		}
		if id, there := p.plan.people.Rows.ID(row); there {
			ids = append(ids, id)
		}
	}
	return ids, p.grid.SelectedCount()
}

// pick loads the selected rows.
func (p *peoplePage) pick(then func(rows view.PeopleRows)) {
	ids, all := p.selected(view.ActMost)
	if all > len(ids) {
		p.w.say(words.Say("%s rows can be decided about at once. Leave out more by their group, at the right.", view.Count(view.ActMost)), "", nil)
		return
	}
	var rows view.PeopleRows
	var err error
	p.w.background(
		func() { rows, err = p.w.office.LoadMany(p.w.ctx, p.plan.people.Campaign.ID, ids) },
		func() {
			if !p.failed(err) && rows.Len() > 0 {
				then(rows)
			}
		})
}

// act does something with the selected rows that it concerns.
func (p *peoplePage) act(act view.PeopleAct) {
	p.pick(func(rows view.PeopleRows) {
		if about := rows.About(act); len(about) > 0 {
			p.tell(p.plan.people.Act(act, about), view.DoneWords(act, len(about)))
		}
	})
}

// decide asks about the row at an index, or about all that are selected with
// it.
func (p *peoplePage) decide(row int) {
	if p.grid.SelectedCount() <= 1 || !p.grid.IsSelected(row) {
		p.askRow(row)
		return
	}
	p.pick(p.askRows)
}

// acts are in the order in which they are offered.
func acts() []view.PeopleAct {
	return []view.PeopleAct{view.PeopleRepair, view.PeopleRefuse, view.PeopleTakeIn, view.PeopleLeaveOut}
}

// menu shows what can be done with the selected rows, or with the columns.
func (p *peoplePage) menu(row int, at fyne.Position) {
	if row < 0 {
		p.popColumns(at)
		return
	}
	if p.grid.SelectedCount() > view.ActMost {
		widget.PopUp(p.w.win.Canvas(), p.copyItems(), at)
		return
	}
	p.pick(func(rows view.PeopleRows) {
		widget.PopUp(p.w.win.Canvas(), append(p.actItems(row, rows), append([]widget.MenuItem{{}}, p.copyItems()...)...), at)
	})
}

func (p *peoplePage) actItems(row int, rows view.PeopleRows) []widget.MenuItem {
	one := rows.Len() == 1
	items := []widget.MenuItem{
		{Words: words.Say("Decide…"), Keys: words.Say("Enter||key"), Do: func() { p.decide(row) }},
		{Words: words.Say("Edit number…"), Disabled: !one, Do: func() { p.editRow(row) }},
		{},
	}
	for _, act := range acts() {
		item := widget.MenuItem{Words: view.ActWords(act), Disabled: len(rows.About(act)) == 0, Do: func() { p.act(act) }}
		if act == view.PeopleLeaveOut {
			item.Keys = words.Say("Del||key")
		}
		items = append(items, item)
	}
	return items
}

func (p *peoplePage) copyItems() []widget.MenuItem {
	step, can := p.plan.people.Last()
	undo := words.Say("Undo")
	if can {
		undo = words.Say("Undo: %s", step.Words)
	}
	return []widget.MenuItem{
		{Words: words.Say("Copy"), Keys: words.Say("Ctrl+C"), Do: p.copy},
		{},
		{Words: undo, Icon: widget.IconUndo, Keys: words.Say("Ctrl+Z"), Disabled: !can, Do: p.undoLast},
	}
}

// copy puts the selected rows into the clipboard as cells.
func (p *peoplePage) copy() {
	ids, all := p.selected(widget.CopyMost)
	if len(ids) == 0 {
		return
	}
	people, titles, columns := p.plan.people, p.grid.Titles(), p.grid.Shown()
	for i := range columns {
		columns[i]-- // the row number is none of the file's
	}
	var text string
	var err error
	p.w.background(
		func() {
			var rows view.PeopleRows
			if rows, err = p.w.office.LoadMany(p.w.ctx, people.Campaign.ID, ids); err == nil {
				lines := slices.Insert(slices.Collect(people.Lines(rows, columns)), 0, titles)
				text = widget.Cells(slices.Values(lines))
			}
		},
		func() {
			if p.failed(err) {
				return
			}
			p.w.program.Clipboard().SetContent(text)
			p.w.say(view.CopiedWords(len(ids), all), "", nil)
		})
}
