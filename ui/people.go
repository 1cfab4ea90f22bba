package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// peoplePage shows what was understood of a list. The panel beside the rows is
// in people_side.go, the question about one row in people_row.go, how the file
// is read in reading.go.
type peoplePage struct {
	w       *Window
	plan    *plan
	body    fyne.CanvasObject
	grid    *widget.Grid
	chip    map[string]*widget.Chip
	card    *fyne.Container // around the grid, which is made anew once rows are there
	loading bool
	first   int
	count   int
	sized   bool // the columns have the widths of real rows
}

func newPeople(w *Window, p *plan) *peoplePage {
	page := &peoplePage{w: w, plan: p, chip: map[string]*widget.Chip{}}
	hint := widget.NewText(widget.Caption, words.Say("Double-click a row, or press Enter on it, to decide about it alone.")).In(widget.Secondary)
	page.card = widget.Stack(0, page.cardHead(), widget.Grow(page.newGrid()), widget.Pad(widget.Space2, widget.Space4, hint))
	content := widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, page.source(),
		widget.Grow(widget.Columns(widget.Space3, widget.Grow(widget.GridCard(page.card)), page.findings()))))
	page.body = widget.Stack(0, planHeader(p), planSteps(w, p, stepPeople), widget.Grow(content), page.foot())
	page.show(p.people.Show)
	return page
}

// source is where the list came from, and which part of it is read.
func (p *peoplePage) source() fyne.CanvasObject {
	im := p.plan.people.Import
	name := filepath.Base(p.plan.draft().List.File)
	file := widget.Row(widget.Space2, widget.IconSign(widget.IconFile, widget.Secondary), widget.NewWhole(widget.NewText(widget.BodyBold, name).Upto(widget.SearchWidth)))
	items := []fyne.CanvasObject{file, widget.NewButton(widget.Plain, words.Say("Change…"), p.w.chooseList)}
	if len(im.Book.Sheets) > 1 {
		items = append(items, widget.NewText(widget.Body, words.Say("Sheet")).In(widget.Secondary), widget.AtLeast(widget.SearchWidth, widget.ControlHeight, p.sheets()))
	}
	items = append(items, widget.NewText(widget.Body, words.Say("Headings in row")).In(widget.Secondary), p.headings(),
		widget.NewButton(widget.Plain, words.Say("Reading…"), p.askReading), widget.Gap(),
		widget.NewButton(widget.Quiet, words.Say("Undo import"), p.undo).With(widget.IconUndo))
	return widget.Row(widget.Space3, items...)
}

// sheets chooses the sheet.
func (p *peoplePage) sheets() fyne.CanvasObject {
	var options []string
	at := 0
	sheets := p.plan.people.Import.Book.Sheets
	for i, s := range sheets {
		options = append(options, view.SheetWords(s))
		if s.Name == p.plan.draft().List.Sheet {
			at = i
		}
	}
	return widget.NewDrop(options, at, func(at int) {
		src := p.plan.people.Source()
		src.Reading.Sheet, src.Reading.Area, src.Reading.Header = sheets[at].Name, "", 0
		src.Options.Map, src.Options.Rows = nil, nil
		p.reread(src, nil)
	})
}

// headings says which row holds the headings, zero for none.
func (p *peoplePage) headings() fyne.CanvasObject {
	return widget.NewStepper(p.plan.people.Import.HeaderRow, 0, view.LastHeading, func(n int) {
		src := p.plan.people.Source()
		src.Reading.Header = n
		if n == 0 {
			src.Reading.Header = campaign.NoHeader
		}
		src.Options.Map, src.Options.Rows = nil, nil
		p.reread(src, nil)
	})
}

func (p *peoplePage) cardHead() fyne.CanvasObject {
	chips := widget.Row(widget.Space2)
	for _, f := range view.PeopleFilters() {
		if f.Found.Which != campaign.FoundAny && p.plan.people.Number(f) == 0 {
			continue
		}
		p.chip[f.Words] = widget.NewChip(widget.NoShape, f.Words, func() { p.show(f) })
		chips.Add(p.chip[f.Words])
	}
	return widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space2,
		widget.NewText(widget.CardTitle, words.Say("What each column is")), widget.Gap(), chips))
}

// newGrid shows the user's own columns, with the roles they were given.
func (p *peoplePage) newGrid() *widget.Grid {
	people := p.plan.people
	columns := []widget.Column{{Title: words.Say("Row"), Width: widget.WidthOf(words.Say("Row"), view.Count(10*people.Import.Summary.Rows())), Right: true, Muted: true}}
	for i, c := range people.Columns() {
		columns = append(columns, widget.Column{Title: c.Name, Head: p.role(i), Grow: 1, Width: p.widthOf(i)})
	}
	g := widget.NewGrid(columns, people.Rows.Len, p.cell)
	g.OnShown = func(first, count int) {
		p.first, p.count = first, count
		p.load()
	}
	g.OnOpened = p.askRow
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
	d := widget.NewDrop(options, at, func(at int) {
		p.reread(p.plan.people.Take(column, roles[at]), func(next *peoplePage) {
			if head, ok := next.grid.Columns[column+1].Head.(fyne.Focusable); ok {
				next.w.win.Canvas().Focus(head)
			}
		})
	})
	d.OnFocused = func() { p.grid.ShowColumn(column + 1) }
	return d
}

// reread reads the list again in another way, and shows what comes of it; then
// may be nil. The draft stays as it is if that fails.
func (p *peoplePage) reread(src view.Source, then func(*peoplePage)) {
	old := p.plan.people
	var c campaign.Campaign
	var im contacts.Import
	var err error
	p.w.patiently(words.Say("Reading %s", filepath.Base(src.Path)),
		func(ctx context.Context) { c, im, err = p.w.office.Reread(ctx, old.Campaign, src, p.w.told(src.Path)) },
		func() {
			if err != nil {
				p.w.unread(err, src, func(src view.Source) { p.reread(src, then) })
				return
			}
			changed := view.NewPeoplePage(c, im)
			changed.Password, changed.Show = src.Reading.Password, old.Show
			p.plan.people = changed
			next := newPeople(p.w, p.plan)
			p.w.show(next)
			if then != nil {
				then(next)
			}
		})
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
			p.grid.Reset()
			p.load()
		})
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

// widthOf is the width of a column: of its rows, its heading, and the words of
// its role with an arrow behind them.
func (p *peoplePage) widthOf(column int) float32 {
	c := p.plan.people.Columns()[column]
	return widget.WidthOf(p.plan.people.Widest(column), c.Name, view.ColumnWords(c)+"        vv")
}

func (p *peoplePage) failed(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return err != nil
	}
	p.w.problem(words.Say("The rows could not be read"), words.Say("Nobody is called because of this."), err)
	return true
}

func (p *peoplePage) foot() fyne.CanvasObject {
	back := widget.NewButton(widget.Quiet, words.Say("Back"), p.w.goHome).With(widget.IconBack)
	next := widget.NewButton(widget.Primary, words.Say("Continue"), p.next).Then(widget.IconNext)
	why := widget.NewText(widget.Body, p.plan.people.Summary())
	items := []fyne.CanvasObject{back, widget.Gap(), why}
	if p.plan.people.Import.Summary.Quarantined > 0 {
		items = append(items, widget.NewButton(widget.Plain, words.Say("Save what was set aside…"), p.saveRejects))
	}
	if blocked := p.plan.people.Blocked(); blocked != "" {
		next.Disable()
		why.In(widget.Danger).SetText(blocked)
	}
	return widget.Foot(append(items, next)...)
}

func (p *peoplePage) next() {
	if p.plan.people.Blocked() == "" {
		p.w.show(newMessage(p.w, p.plan))
	}
}

// undo takes the list out of the program.
func (p *peoplePage) undo() {
	c := *p.plan.draft()
	var err error
	p.w.background(
		func() { err = p.w.office.Undo(p.w.ctx, c) },
		func() {
			if err != nil {
				p.w.problem(words.Say("The import could not be undone"), words.Say("Nobody is called because of this."), err)
				return
			}
			p.w.goHome()
			p.w.say(words.Say("%s was taken out again", c.Name), words.Say("Import it again"), func() { p.w.openFile(c.List.File) })
		})
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
