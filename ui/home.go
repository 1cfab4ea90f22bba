package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// homePage is the first page: every campaign, or how to begin.
type homePage struct {
	w     *Window
	body  fyne.CanvasObject
	cards map[campaign.ID]*cardParts
}

// cardParts is what changes on a card while its campaign is called.
type cardParts struct {
	sign              *widget.Sign
	state, line, next *widget.Text
	bar               *widget.Progress
	more              *fyne.Container
}

func newHome(w *Window, cards []view.HomeCard) *homePage {
	if len(cards) == 0 {
		return &homePage{w: w, body: firstStart(w)}
	}
	page := &homePage{w: w, cards: map[campaign.ID]*cardParts{}}
	objects := make([]fyne.CanvasObject, len(cards))
	for i, c := range cards {
		page.cards[c.ID] = newCardParts(c)
		objects[i] = homeCard(w, c, page.cards[c.ID])
	}
	open := widget.NewButton(widget.Primary, "Open a spreadsheet…", w.chooseList).With(widget.IconTable)
	sample := widget.NewButton(widget.Quiet, "Try the sample", w.openSample).With(widget.IconPlay)
	hint := widget.NewText(widget.Caption, "Drop a spreadsheet anywhere in this window to begin a new campaign with it.").In(widget.Secondary)
	list := widget.Inset(widget.Space2, widget.Space4, widget.Space4, widget.Space4, widget.Stack(widget.Space4, widget.Cards(objects...), hint))
	page.body = widget.Stack(0,
		widget.Header(widget.NewText(widget.PageTitle, "Campaigns"), widget.Gap(), sample, open),
		widget.Grow(container.NewVScroll(list)))
	return page
}

func newCardParts(c view.HomeCard) *cardParts {
	p := &cardParts{sign: widget.ShapeSign(widget.NoShape), state: widget.NewText(widget.Body, ""),
		line: widget.NewText(widget.Caption, "").In(widget.Secondary).Cut(), next: widget.NewText(widget.Small, "").Cut(),
		bar: widget.NewProgress()}
	p.more = widget.Stack(widget.Space1, widget.NewWhole(p.line))
	if c.Practice {
		p.more.Add(widget.Row(0, practiceTag()))
	}
	p.tell(c)
	return p
}

func (p *cardParts) tell(c view.HomeCard) {
	p.sign.SetShape(widget.ShapeOfCampaign(c.State))
	p.state.SetText(c.Words)
	p.line.SetText(c.Line)
	p.next.SetText(c.Next)
	p.bar.Set(c.Progress.Total, parts(c.Tally)...)
}

// take shows what the Runner told.
func (p *homePage) take(u campaign.Update) {
	if card, ok := p.cards[u.Campaign.ID]; ok {
		card.tell(view.NewHomeCard(u.Campaign, u.Tally, time.Now()))
	}
}

// over reads the cards anew.
func (p *homePage) over(campaign.Campaign) { p.w.goHome() }

// homeCard shows a campaign by its state, how far it is, and what to do next.
func homeCard(w *Window, c view.HomeCard, p *cardParts) fyne.CanvasObject {
	open := func() {
		switch {
		case c.State == campaign.Draft:
			w.openDraft(c.ID)
		case c.State.Over():
			w.openCampaign(c.ID, stepResults)
		default:
			w.openCampaign(c.ID, stepLive)
		}
	}
	button := widget.NewButton(widget.Plain, c.Action, open)
	return widget.Card(widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2,
		widget.NewWhole(widget.NewText(widget.CardTitle, c.Name)),
		widget.Row(widget.Space2, p.sign, p.state,
			widget.Gap(), widget.NewText(widget.Caption, c.When).In(widget.Secondary)),
		p.bar, p.more, widget.Gap(),
		widget.Row(widget.Space2, widget.Grow(widget.NewWhole(p.next)), button))))
}

// parts are the stretches of a bar, always in this order.
func parts(t campaign.Tally) []widget.Part {
	var all []widget.Part
	for _, s := range []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt} {
		all = append(all, widget.Part{Shape: widget.ShapeOf(s), Count: t[s]})
	}
	return all
}

// firstStart says what the program does, and offers to begin in two ways.
func firstStart(w *Window) fyne.CanvasObject {
	steps := widget.Stack(widget.Space4,
		widget.NewText(widget.Welcome, "Call everybody on a list"),
		firstStep(1, "People", "Open the spreadsheet with names and numbers."),
		firstStep(2, "Message", "Choose what they hear and which keys they may press."),
		firstStep(3, "Start", "Watch the calls, then take the results as a spreadsheet."))
	sketch := widget.Sketch(widget.ShapeReached, widget.ShapeReached, widget.ShapeMachine, widget.ShapeUnreached,
		widget.ShapeReached, widget.ShapeCalling, widget.ShapeWaiting)
	sample := widget.NewButton(widget.Primary, "Try the sample", w.openSample).With(widget.IconPlay)
	open := widget.NewButton(widget.Plain, "Open a spreadsheet…", w.chooseList).With(widget.IconTable)
	choices := widget.Halves(widget.Space3,
		firstCard("See it work first", "200 made-up clinic appointments, ready to go.", sample, practiceTag()),
		firstCard("Begin with your own list", "Excel or CSV, one row for each person.", open,
			widget.NewText(widget.Body, "or drop it here").In(widget.Secondary)))
	promise := widget.NewText(widget.Caption, "Nobody is called until you press Start.").In(widget.Secondary)
	return widget.Stack(0,
		widget.Header(widget.NewText(widget.PageTitle, "Campaigns")),
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

func (p *homePage) content() fyne.CanvasObject  { return p.body }
func (p *homePage) key(*fyne.KeyEvent)          {}
func (p *homePage) campaign() campaign.Campaign { return campaign.Campaign{} }
