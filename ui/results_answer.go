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

// answerPage is the people who gave an answer.
type answerPage struct {
	w     *Window
	of    campaign.Campaign
	rows  view.RowCache
	body  fyne.CanvasObject
	grid  *widget.Grid
	first int
	count int

	loading bool
}

// showAnswer shows who gave an answer.
func (p *resultsPage) showAnswer(b view.AnswerBar) {
	w, c := p.w, p.state.Campaign
	var ids []campaign.ContactID
	var err error
	w.background(
		func() { ids, err = w.office.Store.Answered(w.ctx, c.ID, b.Answer) },
		func() {
			if w.unreadRows(err) {
				return
			}
			a := newAnswer(w, c, b)
			a.rows.Replace(a.rows.Ask(), ids)
			w.show(a)
			a.load()
			w.win.Canvas().Focus(a.grid)
		})
}

func (w *Window) unreadRows(err error) bool {
	if err != nil && !errors.Is(err, context.Canceled) {
		w.problem(words.Say("The rows could not be read"), words.Say("Calls go on; only this page is not up to date."), err)
	}
	return err != nil
}

func newAnswer(w *Window, c campaign.Campaign, b view.AnswerBar) *answerPage {
	p := &answerPage{w: w, of: c}
	p.grid = widget.NewGrid([]widget.Column{
		aside(figures(column("row", words.Say("Row"), view.Count(123456)))),
		growing(column("name", words.Say("Name"), "odwin-farrowmere"), 2),
		column("number", words.Say("Number"), "(312) 555-0123 "),
		column("reached", words.Say("Reached at"), sampleMoment()),
		growing(column("answers", words.Say("Answers"), "odwin-farrowmere"), 3),
	}, p.rows.Len, p.cell)
	p.grid.Multi = true
	p.grid.OnShown = func(first, count int) {
		p.first, p.count = first, count
		p.load()
	}
	tags := []fyne.CanvasObject{widget.StateTag(widget.ShapeOfCampaign(c.State), view.StateWords(c, time.Now()))}
	if c.Practice {
		tags = append(tags, practiceTag())
	}
	back := widget.NewButton(widget.Plain, words.Say("Results"), p.back).With(widget.IconBack)
	head := widget.Row(widget.Space3, back, widget.NewText(widget.CardTitle, b.Words), widget.NewText(widget.Body, view.PeopleCount(b.Count)).In(widget.Secondary), widget.Gap())
	p.body = widget.Stack(0, campaignHeader(c.Name, tags), campaignSteps(w, c, stepResults), widget.Grow(widget.Pad(widget.Space4, widget.Space4,
		widget.Stack(widget.Space3, head, widget.Grow(widget.GridCard(p.grid))))))
	return p
}

func (p *answerPage) cell(row, col int) widget.Cell {
	c, held := p.rows.At(row)
	if !held {
		return widget.Cell{}
	}
	line := view.AnsweredRow(c, time.Now())
	return widget.Cell{Text: []string{line.Row, line.Name, line.Number, line.Reached, line.Answers}[col]}
}

// load brings the rows on the screen that are not held.
func (p *answerPage) load() {
	ids := p.rows.Missing(p.first-ahead, p.count+2*ahead)
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
			if p.w.unreadRows(err) {
				return
			}
			p.rows.Put(rows)
			p.grid.Refresh()
			if len(rows) == len(ids) {
				p.load()
			}
		})
}

func (p *answerPage) back()                       { p.w.openCampaign(p.of.ID, stepResults) }
func (p *answerPage) content() fyne.CanvasObject  { return p.body }
func (p *answerPage) campaign() campaign.Campaign { return p.of }

func (p *answerPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		p.back()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
