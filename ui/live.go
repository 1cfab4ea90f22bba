package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// livePage is a campaign while it runs, and before and after.
type livePage struct {
	w     *Window
	state view.LivePage
	body  fyne.CanvasObject

	tag, practice     *widget.Tag
	main, stop        *widget.Button
	done, of          *widget.Text
	remaining         *widget.Text
	bar               *widget.Progress
	tiles             map[campaign.Status]*widget.Tile
	chips             []*widget.Chip
	nowSign           *widget.Sign
	nowHead, nowRest  *widget.Text
	search            *searchField
	nobody            *widget.Text
	grid              *widget.Grid
	details           *details
	chosen            campaign.ContactID
	filter            view.LiveFilter
	loading           bool
	memo              map[int]view.LiveRow // rows in words, until something changes
	first, rowsToShow int
	behind            bool          // rows are to be filtered anew
	cost              time.Duration // of the last filter
}

// openCampaign reads a campaign and shows a step of it.
func (w *Window) openCampaign(id campaign.ID, step int) {
	var results view.ResultsPage
	var c campaign.Campaign
	var tally campaign.Tally
	var err error
	w.background(
		func() {
			if step == stepResults {
				results, err = w.office.Results(w.ctx, id)
				return
			}
			if c, err = w.office.Store.Campaign(w.ctx, id); err == nil {
				tally, err = w.office.Store.Tally(w.ctx, id)
			}
		},
		func() {
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				w.problem("The campaign could not be read", "Calls in progress are not touched by this.", err)
			case step == stepResults:
				w.show(newResults(w, results))
			default:
				w.show(newLive(w, c, tally))
			}
		})
}

func newLive(w *Window, c campaign.Campaign, t campaign.Tally) *livePage {
	p := &livePage{w: w, tiles: map[campaign.Status]*widget.Tile{}, memo: map[int]view.LiveRow{}, filter: view.LiveFilters()[0]}
	p.state.Campaign, p.state.Tally = view.AtRest(c), t
	if k := w.of(c.ID); k != nil {
		p.state.Campaign, p.state.Busy = k.campaign, k.busy
	}
	p.details = newDetails(p)
	content := widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, p.summary(), p.nowLine(), p.filters(),
		widget.Grow(widget.Columns(widget.Space3, widget.Grow(p.gridCard()), p.details.body))))
	p.body = widget.Stack(0, p.header(), campaignSteps(w, c, stepLive), widget.Grow(content))
	p.tell()
	p.reload()
	return p
}

func (p *livePage) header() fyne.CanvasObject {
	p.tag = widget.StateTag(widget.NoShape, "")
	p.main = widget.NewButton(widget.Primary, "Pause", p.mainAction).With(widget.IconPause)
	p.stop = widget.NewButton(widget.Grave, "Stop…", p.stopAction).With(widget.IconStop)
	p.practice = practiceTag()
	return campaignHeader(p.state.Campaign.Name, []fyne.CanvasObject{p.tag, p.practice}, p.main, p.stop)
}

// mainAction is the one thing to do next, whatever that is now.
func (p *livePage) mainAction() {
	c := p.state.Campaign
	can := p.w.can(c)
	switch {
	case can.pause:
		p.w.pause()
	case can.resume:
		p.w.resumeShown()
	case can.start:
		p.w.askStored(c)
	default:
		p.w.openCampaign(c.ID, stepResults)
	}
}

// stopAction stops the calls, or removes what was never started.
func (p *livePage) stopAction() {
	if p.state.Campaign.State == campaign.Draft {
		p.w.askRemove(p.state.Campaign)
		return
	}
	p.w.askStop()
}

// summary is the counts; each is a filter as well.
func (p *livePage) summary() fyne.CanvasObject {
	p.done, p.of = widget.NewText(widget.Figure, ""), widget.NewText(widget.Body, "").In(widget.Secondary)
	p.remaining, p.bar = widget.NewText(widget.Caption, "").In(widget.Secondary), widget.NewProgress()
	done := widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space1,
		widget.NewText(widget.Body, "Done").In(widget.Secondary), widget.Row(widget.Space2, p.done, p.of), p.bar, p.remaining))
	columns := []fyne.CanvasObject{widget.Grow(widget.AtLeast(widget.SideWidth, 0, done))}
	for _, f := range view.TileFilters() {
		tile := widget.NewTile(widget.ShapeOf(f.Status), f.Words, func() { p.choose(f) })
		p.tiles[f.Status] = tile
		columns = append(columns, widget.UprightRule(), widget.Grow(tile))
	}
	return widget.Card(widget.Columns(0, columns...))
}

func (p *livePage) nowLine() fyne.CanvasObject {
	p.nowSign = widget.ShapeSign(widget.ShapeCalling)
	p.nowHead, p.nowRest = widget.NewText(widget.BodyBold, ""), widget.NewText(widget.Body, "").Cut()
	return widget.Row(widget.Space3, widget.Row(widget.Space2, p.nowSign, p.nowHead), widget.Grow(widget.NewWhole(p.nowRest)))
}

func (p *livePage) filters() fyne.CanvasObject {
	row := widget.Row(widget.Space2)
	for _, f := range view.LiveFilters() {
		chip := widget.NewChip(widget.ShapeOf(f.Status), f.Words, func() { p.choose(f) })
		p.chips = append(p.chips, chip)
		row.Add(chip)
	}
	p.search = newSearchField("Name, number or row", func(text string) {
		p.state.Filter.Search = text
		p.reload()
	}, p.w.key)
	return widget.Row(widget.Space2, row, widget.Grow(widget.RightMost(widget.SearchWidth, widget.AtLeast(widget.SearchWidth/2, widget.ControlHeight, p.search))))
}

// sortKeys are what the columns sort by, in their order.
func sortKeys() []campaign.SortKey {
	return []campaign.SortKey{campaign.SortRow, campaign.SortName, campaign.SortNumber, campaign.SortStatus, campaign.SortNewest, campaign.SortNext}
}

func (p *livePage) gridCard() fyne.CanvasObject {
	p.grid = widget.NewGrid([]widget.Column{
		{Title: "Row", Width: widget.WidthOf("Row  ^", view.Count(10*p.state.Tally.Total())), Right: true, Muted: true, Sorts: true},
		{Title: "Name", Width: widget.WidthOf("Odwin Farrowmere"), Grow: 2, Sorts: true},
		{Title: "Number", Width: widget.WidthOf("(312) 555-0123"), Sorts: true},
		{Title: "State", Width: widget.WidthOf("Not reached") + widget.Space6, Sorts: true},
		{Title: "What happened", Width: widget.WidthOf("Busy at 10:29, 2nd try"), Grow: 3, Sorts: true},
		{Title: "Next call", Width: widget.WidthOf("No more tries  "), Sorts: true},
	}, p.state.Rows.Len, p.cell)
	p.grid.SetSort(0, false)
	p.grid.OnShown = func(first, count int) {
		p.first, p.rowsToShow = first, count
		p.load()
	}
	p.grid.OnChosen = p.chooseRow
	p.grid.OnOpened = func(row int) { p.chooseRow(row); p.details.show() }
	p.grid.OnSorted = p.sort
	p.grid.OnTyped = func(r rune) {
		p.w.win.Canvas().Focus(p.search)
		p.search.TypedRune(r)
	}
	p.nobody = widget.NewText(widget.Body, "").In(widget.Secondary)
	p.grid.Empty = widget.Center(widget.Stack(widget.Space2, widget.Center(p.nobody),
		widget.Center(widget.NewLink(widget.Body, "Show all", p.showAll))))
	return widget.GridCard(p.grid)
}

// cell is called for every cell on the screen at every redraw: rows are put
// into words once until something changes.
func (p *livePage) cell(row, col int) widget.Cell {
	words, known := p.memo[row]
	contact, loaded := p.state.Rows.At(row)
	if !loaded {
		if col == 1 {
			return widget.Cell{Text: "…", Muted: true}
		}
		return widget.Cell{}
	}
	if !known {
		words, _ = p.state.Row(row, time.Now())
		p.memo[row] = words
	}
	switch col {
	case 0:
		return widget.Cell{Text: words.Row}
	case 1:
		return widget.Cell{Text: words.Name}
	case 2:
		return widget.Cell{Text: words.Number}
	case 3:
		return widget.Cell{Text: words.State, Shape: widget.ShapeOf(contact.Status)}
	case 4:
		return widget.Cell{Text: words.What}
	default:
		return widget.Cell{Text: words.Next}
	}
}

// redraw shows the rows anew.
func (p *livePage) redraw() {
	clear(p.memo)
	p.grid.Refresh()
}

// reload asks for the rows that the filter keeps, in its order.
func (p *livePage) reload() { p.ask(func() {}) }

// ask asks for them and calls placed once they are there.
func (p *livePage) ask(placed func()) {
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
			if p.failed(err) || !p.state.Rows.Replace(asked, order) {
				return
			}
			p.cost = cost
			p.nobody.SetText(p.state.Nobody(p.filter))
			p.grid.Mark(p.state.Rows.Index(p.chosen))
			placed()
			p.redraw()
			p.load()
		})
}

// follow filters by state anew, a while after rows have changed: others fit
// now. The row at the top stays there. Without such a filter no row moves
// while calls are made.
func (p *livePage) follow() {
	if p.behind || len(p.state.Filter.Statuses) == 0 {
		return
	}
	p.behind = true
	p.w.after(max(time.Second, 10*p.cost), func() {
		p.behind = false
		if p.w.page != page(p) || len(p.state.Filter.Statuses) == 0 {
			return
		}
		top, held := p.state.Rows.ID(p.grid.Top())
		p.ask(func() {
			if at := p.state.Rows.Index(top); held && at >= 0 && p.grid.Top() > 0 {
				p.grid.ScrollTo(at)
			}
		})
	})
}

// ahead is how many rows are loaded above and below those on the screen.
const ahead = 30

// load brings the rows on the screen that are not held or have changed, one
// request at a time.
func (p *livePage) load() {
	ids := p.state.Rows.Missing(p.first-ahead, p.rowsToShow+2*ahead)
	if p.loading || len(ids) == 0 {
		return
	}
	p.loading = true
	var rows []campaign.Contact
	var err error
	p.w.background(
		func() { rows, err = p.w.office.Store.Contacts(p.w.ctx, ids) },
		func() {
			p.loading = false
			if p.failed(err) {
				return
			}
			p.state.Rows.Put(rows)
			p.redraw()
			if len(rows) == len(ids) { // a row that is gone is not asked for again
				p.load()
			}
		})
}

func (p *livePage) failed(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return err != nil
	}
	p.w.problem("The rows could not be read", "Calls go on; only the grid is not up to date.", err)
	return true
}

// over shows how the campaign stands when nobody calls it any more.
func (p *livePage) over(c campaign.Campaign) {
	if p.state.Campaign.ID == c.ID {
		p.state.Campaign, p.state.Busy = c, 0
		p.tell()
	}
}

// take shows what the Runner told.
func (p *livePage) take(u campaign.Update) {
	if p.state.Campaign.ID != u.Campaign.ID {
		return
	}
	p.state.Take(u)
	p.tell()
	p.load()
	if len(u.Changed) > 0 {
		p.follow()
	}
	for _, id := range u.Changed {
		if id == p.chosen {
			p.details.load(p.chosen)
		}
	}
}

// tell brings everything but the rows to how the campaign stands.
func (p *livePage) tell() {
	c := p.state.Campaign
	progress := p.state.Progress()
	p.tag.Set(widget.ShapeOfCampaign(c.State), words.Campaign(c.State))
	if p.state.Practice() {
		p.practice.Show()
	} else {
		p.practice.Hide()
	}
	p.done.SetText(view.Count(progress.Done))
	p.of.SetText("of " + view.Count(progress.Total))
	p.remaining.SetText(p.state.Remaining())
	p.bar.Set(progress.Total, parts(p.state.Tally)...)
	for _, f := range view.TileFilters() {
		p.tiles[f.Status].Set(view.Count(p.state.Number(f)), p.state.Caption(f.Status), p.filter.Words == f.Words)
	}
	for i, f := range view.LiveFilters() {
		p.chips[i].Set(view.Count(p.state.Number(f)), p.filter.Words == f.Words)
	}
	head, rest := p.state.Now(time.Now())
	p.nowHead.SetText(head)
	p.nowRest.SetText(rest)
	p.nowSign.SetShape(p.nowShape())
	p.buttons()
	p.body.Refresh()
}

// nowShape is the shape before what happens now.
func (p *livePage) nowShape() widget.Shape {
	switch {
	case p.state.Away != nil:
		return widget.ShapeDoubt
	case p.state.Campaign.State == campaign.Running && p.state.Busy == 0:
		return widget.ShapeWaiting
	default:
		return widget.ShapeOfCampaign(p.state.Campaign.State)
	}
}

// buttons brings the two buttons to what can be done now.
func (p *livePage) buttons() {
	can := p.w.can(p.state.Campaign)
	switch {
	case can.pause:
		p.main.Become(widget.IconPause, "Pause")
	case can.resume:
		p.main.Become(widget.IconPlay, "Resume")
	case can.start:
		p.main.Become(widget.IconPlay, "Start calling…")
	default:
		p.main.Become(widget.IconNext, "Results")
	}
	switch {
	case can.stop:
		p.stop.Become(widget.IconStop, "Stop…")
		p.stop.Show()
	case can.start:
		p.stop.Become(widget.IconClose, "Remove…")
		p.stop.Show()
	default:
		p.stop.Hide()
	}
}

// choose filters by state.
func (p *livePage) choose(f view.LiveFilter) {
	p.filter = f
	p.state.Filter.Statuses = f.Statuses
	p.tell()
	p.grid.ScrollTo(0)
	p.reload()
}

func (p *livePage) showAll() {
	p.state.Filter.Search = ""
	p.search.SetText("")
	p.choose(view.LiveFilters()[0])
}

// sort sorts by a column, and the other way round the second time.
func (p *livePage) sort(col int) {
	key := sortKeys()[col]
	f := &p.state.Filter
	f.Down = f.Sort == key && !f.Down
	f.Sort = key
	p.grid.SetSort(col, f.Down)
	p.reload()
}

func (p *livePage) chooseRow(row int) {
	id, ok := p.state.Rows.ID(row)
	if !ok || id == p.chosen && p.details.shown() {
		return
	}
	p.chosen = id
	p.details.load(id)
}

func (p *livePage) content() fyne.CanvasObject  { return p.body }
func (p *livePage) campaign() campaign.Campaign { return p.state.Campaign }

// key: Esc closes the details; it never pauses or stops.
func (p *livePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		p.details.hide()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
