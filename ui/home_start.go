package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// firstStart says what the program does, and offers to begin in two ways.
func firstStart(w *Window) fyne.CanvasObject {
	steps := widget.Stack(widget.Space4,
		widget.NewText(widget.Welcome, words.Say("Call everybody on a list")),
		firstStep(1, words.Say("People"), words.Say("Open the spreadsheet with names and numbers.")),
		firstStep(2, words.Say("Message"), words.Say("Say what they hear and which keys they may press.")),
		firstStep(3, words.Say("Start||verb"), words.Say("Watch the calls, then take the results as a spreadsheet.")))
	sketch := widget.Sketch(widget.ShapeReached, widget.ShapeReached, widget.ShapeMachine, widget.ShapeUnreached,
		widget.ShapeReached, widget.ShapeCalling, widget.ShapeWaiting)
	sample := widget.NewButton(widget.Primary, words.Say("Try the sample"), w.openSample).With(widget.IconPlay)
	open := widget.NewButton(widget.Plain, words.Say("Open a spreadsheet…"), w.chooseList).With(widget.IconTable)
	choices := widget.Halves(widget.Space3,
		firstCard(words.Say("See it work first"), words.Say("200 made-up clinic appointments, ready to go."), sample, practiceTag()),
		firstCard(words.Say("Begin with your own list"), words.Say("Excel, OpenDocument, CSV or a pasted table."), open,
			widget.NewText(widget.Body, words.Say("or drop it here")).In(widget.Secondary)))
	promise := widget.NewText(widget.Caption, words.Say("Nobody is called until you press Start.")).In(widget.Secondary)
	return widget.Stack(0,
		widget.Header(widget.NewText(widget.PageTitle, words.Say("Campaigns")), widget.Gap(),
			widget.NewButton(widget.Plain, words.Say("New campaign"), w.newCampaign).With(widget.IconPlus)),
		widget.Grow(widget.Center(widget.Stack(widget.Space6,
			widget.Row(widget.Space9, steps, widget.Gap(), sketch), choices, widget.Center(promise)))))
}

func firstStep(n int, title, text string) fyne.CanvasObject {
	return widget.Columns(widget.Space3, widget.Stack(0, widget.Step(n)),
		widget.Stack(0, widget.NewText(widget.BodyBold, title), widget.NewText(widget.Body, text).In(widget.Secondary)))
}

func firstCard(title, text string, items ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space2,
		widget.NewText(widget.CardTitle, title), widget.NewText(widget.Body, text).In(widget.Secondary),
		widget.Row(widget.Space3, items...))))
}
