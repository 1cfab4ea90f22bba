package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what can be taken away from a campaign's results, and what can
// be gone on with.

// asideWidth is the room for words in the cards at the right.
const asideWidth = widget.DetailsWidth - 2*widget.Space4

// beside is the cards at the right.
func (p *resultsPage) beside() fyne.CanvasObject {
	column := widget.Stack(widget.Space3, p.take())
	if on := p.state.GoOnFrom(); len(on) > 0 {
		column.Add(p.goOn(on))
	}
	if text := p.state.Unfinished(); text != "" {
		column.Add(widget.Note(widget.Selection, widget.NewPara(widget.Small, text, asideWidth)))
	}
	if p.state.Campaign.Practice {
		column.Add(widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconBellOff, widget.Ink),
			widget.NewPara(widget.Small, words.Say("These are practice results, and every file saved here says so."), asideWidth-widget.Space6))))
	}
	return widget.AtLeast(widget.DetailsWidth, 0, widget.Stack(0, column))
}

// take is the files, the result workbook first.
func (p *resultsPage) take() fyne.CanvasObject {
	c := p.state.Campaign
	save := widget.NewButton(widget.Primary, words.Say("Result workbook"), func() { p.w.export(c) }).With(widget.IconSave)
	own, why := view.OwnFile(c)
	lines := widget.Stack(widget.Space3, widget.NewText(widget.CardTitle, words.Say("Take it with you")), widget.Row(0, save))
	more := words.Say("%s with results", own)
	if why != "" {
		more = why
	}
	lines.Add(widget.Rule())
	lines.Add(file(widget.IconTable, words.Say("Copy of your own file"), more, why == "", p.saveOwn))
	lines.Add(widget.Rule())
	lines.Add(file(widget.IconFile, words.Say("Report to print"), words.Say("PDF, 2 pages with charts"), true, p.savePrint))
	lines.Add(widget.Rule())
	lines.Add(file(widget.IconTable, words.Say("Plain table"), words.Say("CSV for other programs"), true, p.savePlain))
	return cardOf(lines)
}

// file is a line about a file that can be saved.
func file(icon widget.Icon, title, more string, can bool, save func()) fyne.CanvasObject {
	if !can {
		return widget.Row(widget.Space3, widget.IconSign(icon, widget.Secondary), widget.Grow(widget.Stack(0,
			widget.NewText(widget.Body, title).In(widget.Secondary), widget.NewPara(widget.Caption, more, asideWidth-widget.Space9).In(widget.Secondary))))
	}
	link := widget.NewLink(widget.Body, words.Say("Save…"), save)
	return widget.Row(widget.Space3, widget.IconSign(icon, widget.Ink), widget.Grow(widget.Stack(0, widget.NewText(widget.Body, title),
		widget.NewWhole(widget.NewText(widget.Caption, more).In(widget.Secondary)))), link)
}

// export saves the result workbook.
func (w *Window) export(c campaign.Campaign) {
	if c.ID == 0 || c.State == campaign.Draft {
		return
	}
	w.saveFile(saving{
		title: words.Say("Save the result workbook"), name: view.ReportName(c),
		failed: words.Say("The result workbook could not be saved"), meaning: stillHere(),
		write: func(ctx context.Context, path string, _ func(float64)) (string, error) {
			return w.app.WriteReport(ctx, path, w.office.Store, c.ID)
		}})
}

// stillHere is said where a file could not be saved.
func stillHere() string {
	return words.Say("The results are still in Rollcall. Close the file if it is open elsewhere, or choose another folder.")
}

func (p *resultsPage) saveOwn() {
	p.save(words.Say("Save a copy of your own file"), view.OwnName(p.state.Campaign), words.Say("Your own file could not be copied"),
		words.Say("It was not touched, and nothing was saved. The result workbook holds your columns too."), p.w.app.WriteOwn)
}

func (p *resultsPage) savePrint() {
	p.save(words.Say("Save the report to print"), view.PrintName(p.state.Campaign), words.Say("The report could not be saved"), stillHere(), p.w.app.WritePrint)
}

func (p *resultsPage) savePlain() {
	p.save(words.Say("Save the plain table"), view.PlainName(p.state.Campaign), words.Say("The table could not be saved"), stillHere(), p.w.app.WritePlain)
}

// save saves one of the files.
func (p *resultsPage) save(title, name, failed, meaning string, write view.WriteResults) {
	id := p.state.Campaign.ID
	p.w.saveFile(saving{title: title, name: name, failed: failed, meaning: meaning,
		write: func(ctx context.Context, path string, tell func(float64)) (string, error) {
			return write(ctx, path, p.w.office.Store, id, tell)
		}})
}

// goOn is what can be gone on with.
func (p *resultsPage) goOn(on []view.GoOn) fyne.CanvasObject {
	lines := widget.Stack(widget.Space3, widget.NewText(widget.CardTitle, words.Say("Go on from here")))
	for _, o := range on {
		lines.Add(widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(o.Status)), widget.Grow(widget.NewWhole(widget.NewText(widget.Body, o.Words))),
			widget.NewButton(widget.Plain, o.Action, func() { p.follow(o) }).Less()))
	}
	return cardOf(lines)
}

// follow goes on with something.
func (p *resultsPage) follow(o view.GoOn) {
	switch {
	case o.Answer != nil:
		p.showAnswer(*o.Answer)
	case o.Status == campaign.Doubt:
		p.w.goDoubts()
	case o.Again:
		p.w.openActing(p.state.Campaign.ID, o.Status, func(live *livePage, ids []campaign.ContactID) { live.actOn(view.ActAgain, ids) })
	default:
		p.w.openFiltered(p.state.Campaign.ID, o.Status)
	}
}
