package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// doNotCallPage is who must not be called.
type doNotCallPage struct {
	w     *Window
	state view.DoNotCallPage
	body  fyne.CanvasObject

	search                  *searchField
	chips                   []*widget.Chip
	warning                 *fyne.Container
	head, rest, title, more *widget.Text
	back                    *fyne.Container // above the numbers of a list
	into, inside            *widget.Text
	grid                    *widget.Grid
	foot, marked            *widget.Text
	remove                  *widget.Button
	add                     *addForm
	why                     *whyPanel
	first, rowsToShow       int
	loading                 bool
}

// goDoNotCall shows who must not be called.
func (w *Window) goDoNotCall() {
	if w.office == nil {
		return
	}
	var counts view.DoNotCallCounts
	var err error
	w.background(
		func() { counts, err = w.office.DoNotCall(w.ctx) },
		func() {
			if w.unreadList(err) {
				return
			}
			w.show(newDoNotCall(w, counts))
		})
}

// unreadList tells whether the list could not be read.
func (w *Window) unreadList(err error) bool {
	if err != nil && !errors.Is(err, context.Canceled) {
		w.problem(words.Say("The do-not-call list could not be read"), words.Say("It counts all the same: nobody on it is called."), err)
	}
	return err != nil
}

// homeRegion is the country whose numbers are written without their code.
func (w *Window) homeRegion() phone.Region {
	if w.app.Region == "" {
		return "US"
	}
	return w.app.Region
}

func newDoNotCall(w *Window, counts view.DoNotCallCounts) *doNotCallPage {
	p := &doNotCallPage{w: w}
	p.state.Region, p.state.Chip = w.homeRegion(), view.DoNotCallChips()[0]
	p.state.Take(counts)
	p.why = newWhyPanel(p)
	p.add = newAddForm(p)
	filters := p.filters()
	p.warn()
	left := widget.Stack(widget.Space3, filters, p.warning, p.back, widget.Grow(p.gridCard()))
	right := widget.AtLeast(widget.DetailsWidth-widget.Space6, 0, widget.Stack(widget.Space3, p.add.card(), widget.Grow(p.why.body)))
	p.body = widget.Stack(0, p.header(), widget.Grow(widget.Inset(widget.Space2, widget.Space4, widget.Space4, widget.Space4,
		widget.Columns(widget.Space4, widget.Grow(left), right))))
	p.tell()
	p.find(func() {})
	return p
}

func (p *doNotCallPage) header() fyne.CanvasObject {
	return widget.Header(widget.NewText(widget.PageTitle, words.Say("Do not call")), widget.Gap(),
		widget.NewButton(widget.Plain, words.Say("Export…"), p.export).With(widget.IconSave),
		widget.NewButton(widget.Plain, words.Say("Import…"), p.w.chooseBlocks).With(widget.IconTable))
}

func (p *doNotCallPage) filters() fyne.CanvasObject {
	p.search = newSearchField(words.Say("Number, reason or campaign"), func(text string) {
		p.state.Search = text
		p.find(func() {})
	}, p.w.key)
	row := widget.Row(widget.Space2, widget.AtLeast(widget.SearchWidth+widget.Space9, widget.ControlHeight, p.search))
	for _, chip := range view.DoNotCallChips() {
		c := widget.NewChip(widget.NoShape, chip.Words, func() { p.choose(chip) })
		p.chips = append(p.chips, c)
		row.Add(c)
	}
	return container.NewHScroll(row)
}

// warn makes the strip about a list that is too old, and that above the numbers
// of one list.
func (p *doNotCallPage) warn() {
	p.head, p.rest = widget.NewText(widget.BodyBold, ""), widget.NewText(widget.Body, "").Cut()
	p.warning = widget.Stack(0, widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconWarning, widget.Ink),
		p.head, widget.Grow(widget.NewWhole(p.rest)), widget.NewLink(widget.Body, words.Say("Import…"), p.w.chooseBlocks))))
	p.into, p.inside = widget.NewText(widget.BodyBold, "").Upto(widget.DetailsWidth), widget.NewText(widget.Body, "").In(widget.Secondary).Cut()
	p.back = widget.Stack(0, widget.Row(widget.Space3,
		widget.NewButton(widget.Plain, words.Say("All numbers"), p.leave).With(widget.IconBack), widget.NewWhole(p.into), widget.Grow(widget.NewWhole(p.inside))))
	p.back.Hide()
}

func (p *doNotCallPage) gridCard() fyne.CanvasObject {
	p.grid = widget.NewGrid([]widget.Column{
		column("number", words.Say("Number"), "(206) 555-0100 to 0109"),
		growing(column("why", words.Say("Why"), words.Say("Asked the front desk")), 2),
		growing(column("from", words.Say("From||where a number came from"), "clinic-removals.csv"), 3),
		figures(column("added", words.Say("Added"), sampleDay())),
		column("until", words.Say("Until||the last day"), words.Say("Ended %s", sampleDay())),
	}, p.state.Len, p.cell)
	p.grid.Multi, p.grid.Checks = true, true
	p.grid.OnShown = func(first, count int) {
		p.first, p.rowsToShow = first, count
		p.load()
	}
	p.grid.OnChosen = func(row int) {
		p.why.show(p.state.Chosen(row))
		p.tellSelected()
	}
	p.grid.OnOpened = p.open
	p.grid.OnSelected = p.tellSelected
	p.grid.OnMenu = p.menu
	p.grid.OnTyped = func(r rune) {
		p.w.win.Canvas().Focus(p.search)
		p.search.TypedRune(r)
	}
	p.title, p.more = widget.NewText(widget.CardTitle, ""), widget.NewText(widget.Body, "").In(widget.Secondary)
	p.grid.Empty = widget.Center(widget.Stack(widget.Space2, widget.Center(p.title), widget.Center(p.more)))
	p.foot, p.marked = widget.NewText(widget.Small, "").In(widget.Secondary).Cut(), widget.NewText(widget.Small, "")
	p.remove = widget.NewButton(widget.Grave, words.Say("Remove…"), p.askRemove).Less()
	foot := widget.Pad(widget.Space2, widget.Space3, widget.AtLeast(0, widget.SmallHeight,
		widget.Row(widget.Space3, widget.Grow(p.foot), p.marked, p.remove)))
	return widget.GridCard(widget.Stack(0, widget.Grow(p.grid), widget.Rule(), foot))
}

func (p *doNotCallPage) cell(row, col int) widget.Cell {
	line, loaded := p.state.Row(row, time.Now())
	if !loaded {
		if col == 0 {
			return widget.Cell{Text: "…", Muted: true}
		}
		return widget.Cell{}
	}
	cell := widget.Cell{Text: []string{line.Number, line.Why, line.From, line.Added, line.Until}[col], Muted: line.Over}
	if col == 0 && line.List {
		cell.Icon = widget.IconTable
	}
	return cell
}

// choose filters by how numbers came on the list.
func (p *doNotCallPage) choose(chip view.DoNotCallChip) {
	p.state.Chip = chip
	p.leave()
}

// find asks for the rows that the filter keeps, and calls then once they are
// there.
func (p *doNotCallPage) find(then func()) {
	if p.state.Into != nil {
		p.seek(then)
		return
	}
	asked, state := p.state.Single.Ask(), p.state
	var found view.DoNotCallFound
	var err error
	p.w.background(
		func() { found, err = p.w.office.FindDoNotCall(p.w.ctx, state) },
		func() {
			if p.w.unreadList(err) || !p.state.Single.Replace(asked, found.Keys, found.N) {
				return
			}
			p.state.On = found.Lists
			p.placed(0)
			then()
		})
}

// placed shows rows that have changed, from one on.
func (p *doNotCallPage) placed(top int) {
	p.loading = false
	p.grid.Reset()
	p.grid.ScrollTo(top)
	p.why.show("")
	p.tell()
	p.load()
}

// load brings the rows on the screen that are not held, one page at a time.
func (p *doNotCallPage) load() {
	if p.loading {
		return
	}
	if p.state.Into != nil {
		p.loadRanges()
		return
	}
	page, from, asked, missing := p.state.Single.Missing(p.first-len(p.state.On), p.rowsToShow)
	if !missing {
		return
	}
	p.loading = true
	filter := p.state.Filter()
	var rows []campaign.DoNotCallSaid
	var err error
	p.w.background(
		func() { rows, err = p.w.office.Store.DoNotCallFrom(p.w.ctx, filter, from, view.MarkPage) },
		func() {
			p.loading = false
			if p.w.unreadList(err) {
				return
			}
			p.state.Single.Put(asked, page, rows)
			p.grid.Refresh()
			p.load()
		})
}

// tell brings everything but the rows to what is known.
func (p *doNotCallPage) tell() {
	for i, chip := range view.DoNotCallChips() {
		p.chips[i].Set(view.Count(p.state.Number(chip)), chip.Way == p.state.Chip.Way)
	}
	p.warning.Hide()
	if warning, due := p.state.Warning(time.Now()); due && p.state.Into == nil {
		p.head.SetText(warning.Head)
		p.rest.SetText(warning.More)
		p.warning.Show()
	}
	title, more := p.state.Nobody()
	p.title.SetText(title)
	p.more.SetText(more)
	p.foot.SetText(p.state.Foot())
	p.tellSelected()
	p.body.Refresh()
}

func (p *doNotCallPage) tellSelected() {
	n := p.grid.SelectedCount()
	p.marked.SetText("")
	if n > 0 {
		p.marked.SetText(words.Many(n, "%s marked", "%s marked"))
	}
	if n == 0 && p.grid.Chosen() < 0 || p.state.Into != nil {
		p.remove.Disable()
	} else {
		p.remove.Enable()
	}
	p.body.Refresh()
}

// reread reads everything anew: something was added or removed.
func (p *doNotCallPage) reread() {
	var counts view.DoNotCallCounts
	var err error
	p.w.background(
		func() { counts, err = p.w.office.DoNotCall(p.w.ctx) },
		func() {
			if p.w.unreadList(err) {
				return
			}
			p.state.Take(counts)
			p.find(func() {})
		})
}

func (p *doNotCallPage) content() fyne.CanvasObject  { return p.body }
func (p *doNotCallPage) campaign() campaign.Campaign { return campaign.Campaign{} }

// key: Esc clears the search, then leaves a list that is looked into.
func (p *doNotCallPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		if p.search.Text != "" {
			p.search.SetText("")
			return
		}
		if p.state.Into != nil {
			p.leave()
		}
	case fyne.KeyDelete:
		p.askRemove()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
