package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// resultsPage is what came of a campaign.
type resultsPage struct {
	w     *Window
	state view.ResultsPage
	body  fyne.CanvasObject
}

func newResults(w *Window, state view.ResultsPage) *resultsPage {
	if w.of(state.Campaign.ID) == nil {
		state.Campaign = view.AtRest(state.Campaign)
	}
	p := &resultsPage{w: w, state: state}
	c := state.Campaign
	tags := []fyne.CanvasObject{widget.StateTag(widget.ShapeOfCampaign(c.State), words.Campaign(c.State))}
	if c.Practice {
		tags = append(tags, practiceTag())
	}
	left := widget.Stack(widget.Space3, p.outcomes(), p.answers())
	content := widget.Pad(widget.Space4, widget.Space4, widget.Columns(widget.Space4, widget.Grow(widget.AtMost(widget.FormWidth, left)), p.take()))
	p.body = widget.Stack(0, campaignHeader(c.Name, tags), campaignSteps(w, c, stepResults), widget.Grow(container.NewVScroll(content)))
	return p
}

func titled(title, aside string) fyne.CanvasObject {
	return widget.Row(widget.Space2, widget.NewText(widget.CardTitle, title), widget.Gap(), widget.NewText(widget.Small, aside).In(widget.Secondary))
}

// outcomes is one bar for each state a row can end in.
func (p *resultsPage) outcomes() fyne.CanvasObject {
	total := p.state.Tally.Total()
	lines := widget.Stack(widget.Space2, titled("What came of it", view.PeopleCount(total)))
	for _, b := range p.state.Bars() {
		lines.Add(bar(widget.ShapeSign(widget.ShapeOf(b.Status)), b.Words, widget.Part{Shape: widget.ShapeOf(b.Status), Count: b.Count}, total, b.Share))
	}
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, lines))
}

// answers is one bar for each answer that was given.
func (p *resultsPage) answers() fyne.CanvasObject {
	reached := p.state.Reached
	lines := widget.Stack(widget.Space2, titled("What they answered", view.Count(reached)+" reached"))
	for _, a := range p.state.Answers {
		lines.Add(bar(widget.IconSign(widget.IconSpeech, widget.Secondary), a.Words(), widget.Part{Count: a.Count}, reached, view.Share(a.Count, reached)))
	}
	if len(p.state.Answers) == 0 {
		lines.Add(widget.NewText(widget.Body, "Nobody has been reached yet").In(widget.Secondary))
	}
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, lines))
}

func bar(sign fyne.CanvasObject, label string, part widget.Part, total int, share string) fyne.CanvasObject {
	progress := widget.NewProgress()
	progress.Set(total, part)
	number := func(text string) fyne.CanvasObject {
		return widget.AtLeast(widget.Space9+widget.Space3, 0, widget.NewText(widget.Body, text).Right())
	}
	return widget.AtLeast(0, widget.SmallHeight, widget.Row(widget.Space2, sign,
		widget.AtLeast(3*widget.Space9, 0, widget.NewWhole(widget.NewText(widget.Body, label))),
		widget.Grow(progress), number(view.Count(part.Count)), number(share)))
}

// take is what can be taken away.
func (p *resultsPage) take() fyne.CanvasObject {
	width := widget.DetailsWidth - 2*widget.Space4
	save := widget.NewButton(widget.Primary, "Result workbook", func() { p.w.export(p.state.Campaign) }).With(widget.IconSave)
	card := widget.Stack(widget.Space3, widget.NewText(widget.CardTitle, "Take it with you"), widget.Row(0, save),
		widget.NewPara(widget.Small, "An Excel file with a summary, every row of your list with its outcome and answers, and every call.", width).In(widget.Secondary))
	column := widget.Stack(widget.Space3, widget.Card(widget.Pad(widget.Space4, widget.Space4, card)))
	if text := p.state.Unfinished(); text != "" {
		column.Add(widget.Note(widget.Selection, widget.NewPara(widget.Small, text, width)))
	}
	if p.state.Campaign.Practice {
		column.Add(widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconBellOff, widget.Ink),
			widget.NewPara(widget.Small, "These are practice results, and every file saved here says so.", width-widget.Space6))))
	}
	return widget.AtLeast(widget.DetailsWidth, 0, widget.Stack(0, column))
}

// export saves the result workbook.
func (w *Window) export(c campaign.Campaign) {
	if c.ID == 0 || c.State == campaign.Draft {
		return
	}
	w.chooseSave("Save the result workbook", view.ReportName(c), func(path string) {
		var written string
		var err error
		w.patiently("Saving "+filepath.Base(path),
			func(ctx context.Context) { written, err = w.app.WriteReport(ctx, path, w.office.Store, c.ID) },
			func() {
				if err != nil {
					w.problem("The result workbook could not be saved", "The results are still in Rollcall. Close the file if it is open elsewhere, or choose another folder.", err)
					return
				}
				w.say("Saved as "+filepath.Base(written), "", nil)
			})
	})
}

func (p *resultsPage) content() fyne.CanvasObject  { return p.body }
func (p *resultsPage) campaign() campaign.Campaign { return p.state.Campaign }

func (p *resultsPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.w.export(p.state.Campaign)
	case fyne.KeyEscape:
		p.w.goHome()
	default: // other keys mean nothing here
	}
}
