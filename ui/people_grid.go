package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is the rows of a list, and what each of their columns is.

// rowKey is the column of row numbers. No column of a file has this key.
const rowKey = "#"

// columnKey is the key of a column of the file.
func columnKey(c contacts.Column) string { return ":" + c.Name }

// card is the rows under the roles of their columns, or what is said where
// there are none.
func (p *peoplePage) card(columns widget.GridLayout) fyne.CanvasObject {
	grid := p.newGrid()
	if len(columns.Columns) > 0 {
		grid.SetLayout(columns)
	}
	p.tellShown()
	items := []fyne.CanvasObject{p.cardHead()}
	switch {
	case p.plan.people.NoRows():
		grid.Empty = p.noRows()
	case p.plan.people.NoPhone():
		items = append(items, p.noPhone())
	}
	hint := widget.NewText(widget.Caption, words.Say("Enter or a double click decides about a row, Del leaves it out, a right click shows all that can be done.")).In(widget.Secondary)
	return widget.GridCard(widget.Stack(0, append(items, widget.Grow(grid), widget.Pad(widget.Space2, widget.Space4, widget.NewWhole(hint)))...))
}

func (p *peoplePage) cardHead() fyne.CanvasObject {
	chips := widget.Row(widget.Space2)
	for _, f := range view.PeopleFilters() {
		if f.Found.Which != campaign.FoundAny && p.plan.people.Number(f) == 0 {
			continue
		}
		chip := widget.NewChip(widget.NoShape, f.Words, func() { p.show(f) })
		chip.Set(view.Count(p.plan.people.Number(f)), false)
		p.chip[f.Words] = chip
		chips.Add(chip)
	}
	columns := widget.NewButton(widget.Quiet, "", nil).With(widget.IconTable).Less().Called(words.Say("Which columns are shown"))
	columns.OnTapped = func() { p.popColumns(widget.Below(columns)) }
	title := []fyne.CanvasObject{widget.NewText(widget.CardTitle, words.Say("What each column is")), widget.Grow(widget.NewWhole(p.shown))}
	if chips.MinSize().Width > chipsBeside {
		return widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2, widget.Row(widget.Space2, append(title, columns)...), widget.Row(0, chips)))
	}
	return widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space2, append(title, chips, columns)...))
}

// chipsBeside is the width of filters that have room beside the title; wider
// ones stand below it.
const chipsBeside = widget.DialogWidth

// tellShown says what of the list is shown: not all columns, or one group.
func (p *peoplePage) tellShown() {
	if p.shown == nil {
		p.shown = widget.NewText(widget.Body, "").In(widget.Secondary)
	}
	people := p.plan.people
	p.shown.SetText(people.ShownWords(len(p.grid.Shown()) - 1))
}

// newGrid shows the user's own columns, with the roles they were given.
func (p *peoplePage) newGrid() *widget.Grid {
	people := p.plan.people
	columns := []widget.Column{{Key: rowKey, Title: words.Say("Row"), Width: widget.WidthOf(words.Say("Row"), view.Count(10*people.Import.Summary.Rows())), Right: true, Muted: true}}
	for i, c := range people.Columns() {
		columns = append(columns, widget.Column{Key: columnKey(c), Title: c.Name, Head: p.role(i), Grow: 1, Width: p.widthOf(i)})
	}
	g := widget.NewGrid(columns, people.Rows.Len, p.cell)
	g.Multi, g.Opens = true, true
	g.OnShown = func(first, count int) {
		p.first, p.count = first, count
		p.load()
	}
	g.OnOpened = p.decide
	g.OnMenu = p.menu
	g.OnCopy = p.copy
	g.OnLayout = func(widget.GridLayout) { p.tellShown() }
	g.Empty = widget.Center(widget.NewText(widget.Body, words.Say("No rows to show here")).In(widget.Secondary))
	p.grid = g
	return g
}

func (p *peoplePage) cell(row, col int) widget.Cell {
	people := p.plan.people
	if col == 0 {
		c, held := people.Rows.At(row)
		if !held {
			return widget.Cell{}
		}
		return widget.Cell{Text: view.Count(c.Row)}
	}
	c := people.Cell(row, col-1)
	cell := widget.Cell{Text: c.Text, Before: c.Before, Muted: c.Aside}
	switch {
	case c.Broken != "":
		cell.Icon, cell.Ground, cell.Muted = widget.IconWarning, widget.BadSoft, false
		cell.Text = joined(c.Text, c.Broken)
	case c.Note != "":
		cell.Shape, cell.Text = widget.ShapeSkipped, joined(c.Text, c.Note)
	case c.Before != "":
		cell.Ground = widget.OkSoft
	}
	return cell
}

func joined(value, why string) string {
	if value == "" {
		return why
	}
	return value + "  " + why
}

// role lets the user say what a column is.
func (p *peoplePage) role(column int) *widget.Drop {
	roles := view.PeopleRoles()
	c := p.plan.people.Columns()[column]
	options := make([]string, len(roles))
	for i, r := range roles {
		options[i] = view.RoleWords(r)
	}
	at := slices.Index(roles, c.Role)
	options[at] = view.ColumnWords(c)
	d := widget.NewDrop(options, at, func(at int) { p.take(column, roles[at]) })
	d.OnFocused = func() { p.grid.ShowColumn(column + 1) }
	return d
}

// take takes a column for something else; the keys stay at it.
func (p *peoplePage) take(column int, role contacts.Role) {
	name := p.plan.people.Columns()[column].Name
	p.change(p.plan.people.Take(column, role), words.Say("Column ‘%s’ taken for: %s", name, view.RoleWords(role)), func(next *peoplePage) {
		if head, ok := next.grid.Columns[column+1].Head.(fyne.Focusable); ok {
			next.w.win.Canvas().Focus(head)
		}
	})
}

// popColumns shows a menu of the columns, in which each can be hidden.
func (p *peoplePage) popColumns(at fyne.Position) {
	var items []widget.MenuItem
	shown := p.grid.Shown()
	for i, c := range p.plan.people.Columns() {
		on := slices.Contains(shown, i+1)
		items = append(items, widget.MenuItem{Words: c.Name, Checked: on, Do: func() { p.grid.HideColumn(columnKey(c), on) }})
	}
	items = append(items, widget.MenuItem{}, widget.MenuItem{Words: words.Say("Show all columns"), Disabled: len(shown) == len(p.grid.Columns), Do: func() {
		p.grid.SetLayout(widget.GridLayout{})
		p.tellShown()
	}})
	widget.PopUp(p.w.win.Canvas(), items, at)
}

// show filters the rows.
func (p *peoplePage) show(f view.PeopleFilter) {
	people := p.plan.people
	people.Show = f
	for _, other := range view.PeopleFilters() {
		if chip := p.chip[other.Words]; chip != nil {
			chip.Set(view.Count(people.Number(other)), other.Words == f.Words)
		}
	}
	p.tellShown()
	asked := people.Rows.Ask()
	var order []campaign.ContactID
	var err error
	p.w.background(
		func() {
			order, err = p.w.office.Store.Order(p.w.ctx, people.Campaign.ID, campaign.Filter{Found: f.Found})
		},
		func() {
			if p.failed(err) || !people.Rows.Replace(asked, order) {
				return
			}
			if len(order) == 0 && f.Found != (campaign.Found{}) { // the last of them was decided about
				p.show(view.PeopleFilters()[0])
				return
			}
			p.stand()
			p.load()
		})
}

// stand shows the rows from where a person was, or from the first. The same
// rows are selected if they are still the same ones.
func (p *peoplePage) stand() {
	p.grid.Reset()
	if p.place.chosen >= 0 {
		p.grid.ScrollTo(p.place.top)
		p.grid.Choose(p.place.chosen)
	}
	if p.place.selected != nil && p.place.rows == p.grid.Rows() {
		p.grid.SetSelection(p.place.selected)
	}
	p.place = place{chosen: -1}
}

// load brings the rows on the screen that are not held, one request at a time.
func (p *peoplePage) load() {
	people := p.plan.people
	ids := people.Rows.Missing(p.first-ahead, p.count+2*ahead)
	if p.loading || len(ids) == 0 {
		return
	}
	p.loading = true
	var rows view.PeopleRows
	var err error
	p.w.background(
		func() { rows, err = p.w.office.LoadPeople(p.w.ctx, people.Campaign.ID, ids) },
		func() {
			p.loading = false
			if p.failed(err) {
				return
			}
			people.Put(rows)
			p.size()
			p.grid.Refresh()
			if rows.Len() == len(ids) {
				p.load()
			}
		})
}

// size gives the columns the widths of the first rows, once they are there.
func (p *peoplePage) size() {
	if p.sized {
		return
	}
	p.sized = true
	for i := range p.plan.people.Columns() {
		p.grid.Columns[i+1].Width = p.widthOf(i)
	}
}

// widthOf is the width of a column: of its rows, its heading, and as much of
// the words of its role as there is room for without making others narrow.
func (p *peoplePage) widthOf(column int) float32 {
	c := p.plan.people.Columns()[column]
	role := widget.WidthOf(view.ColumnWords(c) + "    vv")
	return max(widget.WidthOf(p.plan.people.Widest(column), c.Name), min(role, widget.RoleWidth))
}

func (p *peoplePage) failed(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return err != nil
	}
	p.w.problem(words.Say("The rows could not be read"), words.Say("Nobody is called because of this."), err)
	return true
}
