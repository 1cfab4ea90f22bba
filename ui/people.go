package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// peoplePage shows what was understood of a list. The rows are in
// people_grid.go, the panel beside them in people_side.go, the question about
// one row in people_row.go, what is done with rows in people_act.go, how the
// file is read in reading.go.
type peoplePage struct {
	w       *Window
	plan    *plan
	body    fyne.CanvasObject
	grid    *widget.Grid
	chip    map[string]*widget.Chip
	shown   *widget.Text // which columns and rows are shown
	place   place        // where the grid is to stand once its rows are there
	loading bool
	first   int
	count   int
	sized   bool // the columns have the widths of real rows
}

// place is where a person was in the rows.
type place struct {
	top, chosen int
	rows        int                // there were then
	selected    func(row int) bool // nil: the chosen one
}

func newPeople(w *Window, p *plan) *peoplePage {
	return peopleAt(w, p, place{chosen: -1}, widget.GridLayout{})
}

// peopleAt makes the page with the rows where they were, and the columns as
// they were arranged.
func peopleAt(w *Window, p *plan, at place, columns widget.GridLayout) *peoplePage {
	page := &peoplePage{w: w, plan: p, chip: map[string]*widget.Chip{}, place: at}
	content := widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, page.source(),
		widget.Grow(widget.Columns(widget.Space3, widget.Grow(page.card(columns)), page.findings()))))
	page.body = widget.Stack(0, planHeader(p), planSteps(w, p, stepPeople), widget.Grow(content), page.foot())
	page.show(p.people.Show)
	return page
}

// source is where the list came from, and which part of it is read.
func (p *peoplePage) source() fyne.CanvasObject {
	im := p.plan.people.Import
	name := filepath.Base(p.plan.draft().List.File)
	items := []fyne.CanvasObject{widget.NewButton(widget.Plain, words.Say("Change…"), p.w.chooseList)}
	if len(im.Book.Sheets) > 1 {
		items = append(items, widget.NewText(widget.Body, words.Say("Sheet")).In(widget.Secondary), widget.AtLeast(widget.SearchWidth, widget.ControlHeight, p.sheets()))
	}
	items = append(items, widget.NewText(widget.Body, words.Say("Headings in row")).In(widget.Secondary), p.headings(),
		widget.NewButton(widget.Plain, words.Say("Reading…"), p.askReading))
	return widget.Row(widget.Space2, widget.IconSign(widget.IconFile, widget.Secondary),
		widget.Grow(widget.Lead(widget.Space3, widget.NewWhole(widget.NewText(widget.BodyBold, name)), items...)),
		widget.NewButton(widget.Quiet, words.Say("Undo import"), p.undo).With(widget.IconUndo))
}

// sheets chooses the sheet.
func (p *peoplePage) sheets() *widget.Drop {
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
		src.Options.Map, src.Options.Rows, src.Options.LeaveOut = nil, nil, nil
		p.change(src, words.Say("Sheet ‘%s’ chosen", sheets[at].Name), nil)
	})
}

// headings says which row holds the headings, zero for none.
func (p *peoplePage) headings() fyne.CanvasObject {
	return widget.NewStepper(p.plan.people.Import.HeaderRow, 0, view.LastHeading, func(n int) {
		src := p.plan.people.Source()
		src.Reading.Header = n
		did := words.Say("Headings taken from row %s", view.Count(n))
		if n == 0 {
			src.Reading.Header, did = campaign.NoHeader, words.Say("Read without headings")
		}
		src.Options.Map, src.Options.Rows, src.Options.LeaveOut = nil, nil, nil
		p.change(src, did, nil)
	})
}

func (p *peoplePage) foot() fyne.CanvasObject {
	back := widget.NewButton(widget.Quiet, words.Say("Back"), p.w.goHome).With(widget.IconBack)
	next := widget.NewButton(widget.Primary, words.Say("Continue"), p.next).Then(widget.IconNext)
	why := widget.NewText(widget.Body, p.plan.people.Summary()).Figures().Right()
	items := []fyne.CanvasObject{back, widget.Grow(widget.NewWhole(why))}
	if p.plan.people.Needing() > 0 {
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
	case fyne.KeyDelete:
		if p.w.win.Canvas().Focused() == fyne.Focusable(p.grid) {
			p.act(view.PeopleLeaveOut)
		}
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
