package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// peoplePage shows what was understood of a list.
type peoplePage struct {
	w    *Window
	plan *plan
	body fyne.CanvasObject
	grid *widget.Grid
	chip map[view.PeopleFilter]*widget.Chip
}

func newPeople(w *Window, p *plan) *peoplePage {
	page := &peoplePage{w: w, plan: p, chip: map[view.PeopleFilter]*widget.Chip{}}
	page.grid = page.newGrid()
	left := widget.GridCard(widget.Stack(0, page.cardHead(), widget.Grow(page.grid)))
	content := widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, page.source(),
		widget.Grow(widget.Columns(widget.Space3, widget.Grow(left), page.findings()))))
	page.body = widget.Stack(0, planHeader(p), planSteps(w, p, stepPeople), widget.Grow(content), page.foot())
	page.show(p.people.Show)
	return page
}

// planHeader is the top of the pages before a campaign has started.
func planHeader(p *plan) fyne.CanvasObject {
	tags := []fyne.CanvasObject{widget.StateTag(widget.NoShape, "Draft")}
	if p.draft.Settings.Gateway == "" {
		tags = append(tags, practiceTag())
	}
	return campaignHeader(p.draft.Name, tags)
}

// planSteps is the step strip of those pages.
func planSteps(w *Window, p *plan, at int) fyne.CanvasObject {
	s := widget.NewSteps(stepWords(), func(step int) {
		switch step {
		case stepPeople:
			w.show(newPeople(w, p))
		case stepMessage:
			w.show(newMessage(w, p))
		}
	})
	s.Set(at, 0, stepMessage)
	return s
}

// source is where the list came from, and which of its sheets it is.
func (p *peoplePage) source() fyne.CanvasObject {
	im := p.plan.people.Import
	file := widget.Row(widget.Space2, widget.IconSign(widget.IconFile, widget.Secondary), widget.NewWhole(widget.NewText(widget.BodyBold, filepath.Base(im.Table.File)).Upto(widget.DetailsWidth)))
	items := []fyne.CanvasObject{file, widget.NewButton(widget.Plain, "Change…", p.w.chooseList)}
	if sheets := p.plan.people.Sheets(); len(sheets) > 1 {
		choice := fynewidget.NewSelect(sheets, nil)
		choice.SetSelected(im.Table.Sheet)
		choice.OnChanged = func(sheet string) {
			r := p.plan.request
			r.sheet = sheet
			p.w.openList(r)
		}
		items = append(items, widget.NewText(widget.Body, "Sheet").In(widget.Secondary), widget.AtLeast(widget.SearchWidth, widget.ControlHeight, choice))
	} else if im.Table.Sheet != "" {
		items = append(items, widget.NewText(widget.Body, "Sheet "+im.Table.Sheet).In(widget.Secondary))
	}
	if im.Table.HeaderRow > 0 {
		items = append(items, widget.NewText(widget.Body, "Headings in row "+view.Count(im.Table.HeaderRow)).In(widget.Secondary))
	}
	return widget.Row(widget.Space4, items...)
}

func (p *peoplePage) cardHead() fyne.CanvasObject {
	chips := widget.Row(widget.Space2)
	for _, f := range view.PeopleFilters() {
		if f != view.PeopleAll && p.plan.people.Number(f) == 0 {
			continue
		}
		p.chip[f] = widget.NewChip(widget.NoShape, string(f), func() { p.show(f) })
		chips.Add(p.chip[f])
	}
	return widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space2,
		widget.NewText(widget.CardTitle, "What each column is"), widget.Gap(), chips))
}

// newGrid shows the user's own columns, with the roles they were given.
func (p *peoplePage) newGrid() *widget.Grid {
	people := p.plan.people
	columns := []widget.Column{{Title: "Row", Width: widget.WidthOf("Row", view.Count(10*people.Len())), Right: true, Muted: true}}
	for i, c := range people.Columns() {
		role := p.role(i, c)
		columns = append(columns, widget.Column{Title: c.Heading, Head: role, Grow: 1,
			Width: widget.WidthOf(append(people.Widest(i), c.Heading, role.Words()+"    v")...)})
	}
	g := widget.NewGrid(columns, people.Len, func(row, col int) widget.Cell {
		if col == 0 {
			return widget.Cell{Text: view.Count(people.Row(row).Row)}
		}
		c := people.Cell(row, col-1)
		cell := widget.Cell{Text: c.Text, Before: c.Before, Muted: c.Aside}
		switch {
		case c.Broken != "":
			cell.Icon, cell.Ground, cell.Muted = widget.IconWarning, widget.BadSoft, false
			cell.Text = joined(c.Text, c.Broken)
		case c.Before != "":
			cell.Ground = widget.OkSoft
		}
		return cell
	})
	g.Empty = widget.Center(widget.NewText(widget.Body, "This sheet has no rows").In(widget.Secondary))
	return g
}

// role lets the user say what a column is.
func (p *peoplePage) role(column int, c view.PeopleColumn) *widget.Drop {
	roles := view.PeopleRoles()
	options := make([]string, len(roles))
	for i, r := range roles {
		options[i] = view.RoleWords(r)
	}
	d := widget.NewDrop(options, slices.Index(roles, c.Role), func(at int) { p.take(column, roles[at]) })
	d.OnFocused = func() { p.grid.ShowColumn(column + 1) }
	return d
}

// take reads the rows again with a column taken for something else, and leaves
// the focus on it.
func (p *peoplePage) take(column int, role contacts.Role) {
	people := p.plan.people
	options := contacts.Options{Map: people.Take(column, role)}
	var changed *view.PeoplePage
	var err error
	p.w.patiently("Looking at "+view.RowCount(len(people.Import.Table.Rows)),
		func(ctx context.Context) {
			var im view.Import
			if im, err = p.w.understand(ctx, people.Import.Table, options); err == nil {
				changed = view.NewPeoplePage(im)
			}
		},
		func() {
			if err != nil {
				p.w.problem("The list could not be read that way", "Nothing has changed.", err)
				return
			}
			p.plan.people = changed
			page := newPeople(p.w, p.plan)
			p.w.show(page)
			if head, ok := page.grid.Columns[column+1].Head.(fyne.Focusable); ok {
				p.w.win.Canvas().Focus(head)
			}
		})
}

func joined(value, why string) string {
	if value == "" {
		return why
	}
	return value + "  " + why
}

// show filters the rows.
func (p *peoplePage) show(f view.PeopleFilter) {
	p.plan.people.Show = f
	for other, chip := range p.chip {
		chip.Set(view.Count(p.plan.people.Number(other)), other == f)
	}
	p.grid.Reset()
}

// findings is what was set aside, repaired, and found twice, each in groups.
func (p *peoplePage) findings() fyne.CanvasObject {
	people := p.plan.people
	list := people.Import.List
	column := widget.Stack(0)
	section := func(title string, count int, groups []view.PeopleGroup, filter view.PeopleFilter) {
		if count == 0 {
			return
		}
		if len(column.Objects) > 0 {
			column.Add(widget.Rule())
		}
		column.Add(p.section(title, count, groups, filter))
	}
	section("Set aside", list.Quarantined, people.Aside(), view.PeopleAside)
	section("Repaired", people.Number(view.PeopleRepaired), people.Repaired(), view.PeopleRepaired)
	section("Same number twice", list.Duplicates, []view.PeopleGroup{{Words: "The first of them is called", Count: list.Duplicates}}, view.PeopleDuplicate)
	for _, note := range people.WholeFile() {
		column.Add(widget.Pad(widget.Space3, widget.Space4, widget.NewPara(widget.Small, note, widget.DetailsWidth-2*widget.Space4)))
	}
	if len(column.Objects) == 0 {
		column.Add(widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space2,
			widget.NoteSign(widget.ShapeReached), widget.NewText(widget.Body, "Every row can be used as it is"))))
	}
	return widget.AtLeast(widget.DetailsWidth, 0, widget.Card(container.NewVScroll(column)))
}

func (p *peoplePage) section(title string, count int, groups []view.PeopleGroup, filter view.PeopleFilter) fyne.CanvasObject {
	stack := widget.Stack(widget.Space2, widget.Row(widget.Space2,
		widget.NewText(widget.CardTitle, title), widget.Gap(), widget.NewText(widget.CardTitle, view.Count(count))))
	for _, g := range groups {
		lines := widget.Stack(0, widget.Row(widget.Space2, widget.Grow(widget.NewWhole(widget.NewText(widget.Body, g.Words))), widget.NewText(widget.BodyBold, view.Count(g.Count))))
		if g.Example != "" {
			lines.Add(widget.NewWhole(widget.NewText(widget.Caption, g.Example).In(widget.Secondary)))
		}
		stack.Add(lines)
	}
	stack.Add(widget.Row(0, widget.Gap(), widget.NewLink(widget.Small, "Show", func() { p.show(filter) })))
	return widget.Pad(widget.Space3, widget.Space4, stack)
}

func (p *peoplePage) foot() fyne.CanvasObject {
	back := widget.NewButton(widget.Quiet, "Back", p.w.goHome).With(widget.IconBack)
	next := widget.NewButton(widget.Primary, "Continue", p.next).Then(widget.IconNext)
	why := widget.NewText(widget.Body, p.plan.people.Summary())
	if blocked := p.plan.people.Blocked(); blocked != "" {
		next.Disable()
		why.In(widget.Danger).SetText(blocked)
	}
	return widget.Foot(back, widget.Gap(), why, next)
}

func (p *peoplePage) next() {
	if p.plan.people.Blocked() == "" {
		p.w.show(newMessage(p.w, p.plan))
	}
}

func (p *peoplePage) content() fyne.CanvasObject  { return p.body }
func (p *peoplePage) campaign() campaign.Campaign { return campaign.Campaign{} }

func (p *peoplePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.next()
	case fyne.KeyEscape:
		p.w.goHome()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
