package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what keeps a list from being called, with a way to mend it.

// noPhone says above the roles that no column is the number, and lets one be
// chosen.
func (p *peoplePage) noPhone() fyne.CanvasObject {
	choose := widget.NewButton(widget.Plain, words.Say("Choose the column"), nil).Less().Then(widget.IconDown)
	choose.OnTapped = func() { p.popPhones(widget.Below(choose)) }
	text := widget.NewText(widget.Body, words.Say("No column is the phone number yet. Nobody can be called without one."))
	return widget.Inset(0, widget.Space3, widget.Space2, widget.Space3, widget.Note(widget.BadSoft, widget.Row(widget.Space2,
		widget.IconSign(widget.IconWarning, widget.Danger), widget.Grow(widget.NewWhole(text)), choose)))
}

// popPhones shows a menu of the columns, those first that hold numbers.
func (p *peoplePage) popPhones(at fyne.Position) {
	var items []widget.MenuItem
	for _, c := range p.plan.people.PhoneColumns() {
		items = append(items, widget.MenuItem{Words: c.Name, Keys: c.Example, Do: func() { p.take(c.Column, contacts.Phone) }})
	}
	widget.PopUp(p.w.win.Canvas(), items, at)
}

// noRows says that the sheet is empty, and where to go on.
func (p *peoplePage) noRows() fyne.CanvasObject {
	stack := widget.Stack(widget.Space3,
		widget.Center(widget.NewText(widget.CardTitle, words.Say("This sheet has no rows"))),
		widget.Center(widget.NewText(widget.Body, view.NoRowsWords(p.plan.people.Import)).In(widget.Secondary)))
	row := widget.Row(widget.Space3)
	if len(p.plan.people.Import.Book.Sheets) > 1 {
		row.Add(widget.AtLeast(widget.SearchWidth, widget.ControlHeight, p.sheets()))
	}
	row.Add(widget.NewButton(widget.Plain, words.Say("Choose another file…"), p.w.chooseList).With(widget.IconTable))
	stack.Add(widget.Center(row))
	return widget.Center(stack)
}
