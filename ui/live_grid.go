package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// liveRows is the grid, and what is kept of its rows.
type liveRows struct {
	grid    *widget.Grid
	columns []view.LiveColumn
	chips   []*widget.Chip
	strip   fyne.CanvasObject // the chips
	search  *searchField
	nobody  *widget.Text

	chosen      campaign.ContactID
	filter      view.LiveFilter
	loading     bool
	memo        map[int][]string // rows in words by column, until something changes
	first, many int              // rows on the screen
	behind      bool             // rows are to be filtered anew
	cost        time.Duration    // of the last filter
}

func (p *livePage) newFilters() fyne.CanvasObject {
	r := &p.rows
	r.filter = view.LiveFilters()[0]
	row := widget.Row(widget.Space2)
	for _, f := range view.LiveFilters() {
		chip := widget.NewChip(widget.ShapeOf(f.Status), f.Words, func() { p.choose(f) })
		r.chips = append(r.chips, chip)
		row.Add(chip)
	}
	r.strip = row
	r.search = newSearchField(words.Say("Name, number or row"), func(text string) {
		p.state.Filter.Search = text
		p.reload()
	}, p.w.key)
	columns := widget.NewButton(widget.Plain, words.Say("Columns"), nil).With(widget.IconTable)
	columns.OnTapped = func() { p.columnsMenu(columns) }
	field := widget.RightMost(widget.SearchWidth, widget.AtLeast(widget.SearchWidth, widget.ControlHeight, r.search))
	return widget.Row(widget.Space2, stacked(row, p.newActs()), widget.Grow(field), widget.Spare(columns))
}

func (p *livePage) tellChips() {
	for i, f := range view.LiveFilters() {
		p.rows.chips[i].Set(view.Count(p.state.Number(f)), p.rows.filter.Words == f.Words)
	}
}

func (p *livePage) newGrid() fyne.CanvasObject {
	r := &p.rows
	r.memo = map[int][]string{}
	r.columns = view.LiveColumns(p.state.Campaign.List.Columns, p.state.Tally.Total())
	var columns []widget.Column
	for _, c := range r.columns {
		columns = append(columns, widget.Column{
			Key: c.Key, Title: c.Title, Width: widget.WidthOf(c.Title+"     ^", c.Widest), Grow: float32(c.Share),
			Right: c.Right, Muted: c.Key == view.ColumnRow, Sorts: c.Sorts,
		})
	}
	g := widget.NewGrid(columns, p.state.Rows.Len, p.cell)
	r.grid = g
	g.Multi = true
	g.Density = p.w.density()
	g.SetLayout(p.kept().layout(r.columns))
	g.SetSort(0, false)
	g.OnShown = func(first, count int) {
		r.first, r.many = first, count
		p.load()
	}
	g.OnChosen = p.chooseRow
	g.OnOpened = func(row int) { p.chooseRow(row); p.details.open() }
	g.OnSorted = p.sort
	g.OnSelected = p.tellActs
	g.OnMenu = p.rowMenu
	g.OnCopy = p.copyRows
	g.OnLayout = p.arranged
	g.OnTyped = func(typed rune) {
		p.w.win.Canvas().Focus(r.search)
		r.search.TypedRune(typed)
	}
	r.nobody = widget.NewText(widget.Body, "").In(widget.Secondary)
	g.Empty = widget.Center(widget.Stack(widget.Space2, widget.Center(r.nobody),
		widget.Center(widget.NewLink(widget.Body, words.Say("Show all"), p.showAll))))
	return widget.GridCard(g)
}

// cell is called for every cell on the screen at every redraw: rows are put
// into words once until something changes.
func (p *livePage) cell(row, col int) widget.Cell {
	r := &p.rows
	contact, loaded := p.state.Rows.At(row)
	if !loaded {
		if r.columns[col].Key == view.ColumnName {
			return widget.Cell{Text: "…", Muted: true}
		}
		return widget.Cell{}
	}
	texts, known := r.memo[row]
	if !known {
		texts = make([]string, len(r.columns))
		now := time.Now()
		for i, c := range r.columns {
			texts[i] = c.Text(contact, now)
		}
		r.memo[row] = texts
	}
	cell := widget.Cell{Text: texts[col]}
	if r.columns[col].Key == view.ColumnState {
		cell.Shape = widget.ShapeOf(contact.Status)
	}
	return cell
}

// redraw shows the rows anew.
func (p *livePage) redraw() {
	clear(p.rows.memo)
	p.rows.grid.Refresh()
}

// reload asks for the rows that the filter keeps, in its order.
func (p *livePage) reload() { p.askRows(func() {}) }

// askRows asks for them and calls placed once they are there. What was selected
// stays selected, if it is still there.
func (p *livePage) askRows(placed func()) {
	asked := p.state.Rows.Ask()
	filter := p.state.Filter
	var order []campaign.ContactID
	var err error
	var cost time.Duration
	p.w.background(
		func() {
			begun := time.Now()
			order, err = p.w.office.Store.Order(p.w.ctx, p.state.Campaign.ID, filter)
			cost = time.Since(begun)
		},
		func() {
			kept := p.selected(mostKept)
			if p.failed(err) || !p.state.Rows.Replace(asked, order) {
				return
			}
			p.rows.cost = cost
			p.rows.nobody.SetText(p.state.Nobody(p.rows.filter))
			p.rows.grid.Mark(p.state.Rows.Index(p.rows.chosen))
			p.selectAgain(kept)
			placed()
			p.redraw()
			p.load()
		})
}

// mostKept is how many selected rows are found again after a filter or a sort;
// of more, the selection is let go of.
const mostKept = 10_000

// selectAgain selects the rows of several people where they stand now.
func (p *livePage) selectAgain(ids []campaign.ContactID) {
	if len(ids) > 1 {
		kept := make(map[campaign.ContactID]bool, len(ids))
		for _, id := range ids {
			kept[id] = true
		}
		p.rows.grid.SetSelection(func(row int) bool {
			id, ok := p.state.Rows.ID(row)
			return ok && kept[id]
		})
	}
	p.tellActs()
}

// follow filters by state anew, a while after rows have changed: others fit
// now. The row at the top stays there. Without such a filter no row moves
// while calls are made.
func (p *livePage) follow() {
	if p.rows.behind || len(p.state.Filter.Statuses) == 0 {
		return
	}
	p.rows.behind = true
	p.w.after(max(time.Second, 10*p.rows.cost), func() {
		p.rows.behind = false
		if p.w.page != page(p) || len(p.state.Filter.Statuses) == 0 {
			return
		}
		top, held := p.state.Rows.ID(p.rows.grid.Top())
		p.askRows(func() {
			if at := p.state.Rows.Index(top); held && at >= 0 && p.rows.grid.Top() > 0 {
				p.rows.grid.ScrollTo(at)
			}
		})
	})
}

// ahead is how many rows are loaded above and below those on the screen.
const ahead = 30

// load brings the rows on the screen that are not held or have changed, one
// request at a time.
func (p *livePage) load() {
	if p.rows.loading {
		return
	}
	ids := p.state.Rows.Missing(p.rows.first-ahead, p.rows.many+2*ahead)
	if len(ids) == 0 {
		return
	}
	p.rows.loading = true
	var rows []campaign.Contact
	var err error
	p.w.background(
		func() { rows, err = p.w.office.Store.Contacts(p.w.ctx, ids) },
		func() {
			p.rows.loading = false
			if p.failed(err) {
				return
			}
			p.state.Rows.Put(rows)
			p.redraw()
			p.tellCan()
			if len(rows) == len(ids) { // a row that is gone is not asked for again
				p.load()
			}
		})
}

// choose filters by state.
func (p *livePage) choose(f view.LiveFilter) {
	p.rows.filter = f
	p.state.Filter.Statuses = f.Statuses
	p.tell()
	p.rows.grid.ScrollTo(0)
	p.reload()
}

func (p *livePage) showAll() {
	p.state.Filter.Search = ""
	p.rows.search.SetText("")
	p.choose(view.LiveFilters()[0])
}

// sort sorts by a column, and the other way round the second time.
func (p *livePage) sort(col int) {
	key := p.rows.columns[col].Sort
	f := &p.state.Filter
	f.Down = f.Sort == key && !f.Down
	f.Sort = key
	p.rows.grid.SetSort(col, f.Down)
	p.reload()
}

func (p *livePage) chooseRow(row int) {
	id, ok := p.state.Rows.ID(row)
	if !ok || id == p.rows.chosen && p.aside.IsOpen() {
		return
	}
	p.rows.chosen = id
	p.details.load(id)
}
