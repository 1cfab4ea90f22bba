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
	tags := []fyne.CanvasObject{widget.StateTag(widget.ShapeOfCampaign(c.State), view.StateWords(c, time.Now()))}
	if c.Practice {
		tags = append(tags, practiceTag())
	}
	p.body = widget.Stack(0, campaignHeader(c.Name, tags), campaignSteps(w, c, stepResults), widget.Grow(p.under()))
	return p
}

// under is everything below the steps.
func (p *resultsPage) under() fyne.CanvasObject {
	if p.state.Nothing() {
		return p.nothing()
	}
	left := widget.Stack(widget.Space3, widget.Halves(widget.Space3, p.outcomes(), p.answers()), p.hours())
	return widget.ScrollWide(widget.Pad(widget.Space4, widget.Space4,
		widget.Columns(widget.Space4, widget.Grow(left), p.beside())))
}

// nothing is said before anybody was called.
func (p *resultsPage) nothing() fyne.CanvasObject {
	live := widget.NewButton(widget.Primary, words.Say("Live"), func() { p.w.openCampaign(p.state.Campaign.ID, stepLive) })
	return widget.Center(widget.Stack(widget.Space3, widget.Center(widget.NewText(widget.CardTitle, words.Say("Nothing to report yet"))),
		widget.Center(widget.NewText(widget.Body, words.Say("What comes of the calls stands here as soon as the first has ended.")).In(widget.Secondary)),
		widget.Center(live)))
}

// titled is the head of a card.
func titled(title, aside string) fyne.CanvasObject {
	return widget.Row(widget.Space2, widget.NewText(widget.CardTitle, title), widget.Gap(), widget.NewText(widget.Small, aside).In(widget.Secondary))
}

func cardOf(lines fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, lines))
}

// outcomes is one bar for each state a row can end in; a bar leads to its rows.
func (p *resultsPage) outcomes() fyne.CanvasObject {
	all := p.state.Bars()
	bars := make([]widget.Bar, len(all))
	for i, b := range all {
		bars[i] = widget.Bar{Shape: widget.ShapeOf(b.Status), Words: b.Words, Count: b.Count, Figure: view.Count(b.Count), Share: b.Share}
	}
	chart := widget.NewBars(bars...)
	chart.OnTapped = func(at int) { p.w.openFiltered(p.state.Campaign.ID, all[at].Status) }
	return cardOf(widget.Stack(widget.Space2, titled(words.Say("What came of it"), view.PeopleCount(p.state.Tally.Total())), chart))
}

// answers is one bar for each answer that was given; a bar leads to the people.
func (p *resultsPage) answers() fyne.CanvasObject {
	reached := p.state.Reached()
	lines := widget.Stack(widget.Space2, titled(words.Say("What they answered"), words.Many(reached, "%s reached", "%s reached")))
	questions := p.state.Questions()
	for _, q := range questions {
		if q.Title != "" {
			lines.Add(widget.NewWhole(widget.NewText(widget.SmallBold, q.Title)))
		}
		bars := make([]widget.Bar, len(q.Bars))
		for i, b := range q.Bars {
			bars[i] = widget.Bar{Key: b.Key, Words: b.Words, Count: b.Count, Figure: view.Count(b.Count), Share: b.Share}
		}
		chart := widget.NewBars(bars...)
		chart.OnTapped = func(at int) { p.showAnswer(q.Bars[at]) }
		lines.Add(chart)
	}
	if len(questions) == 0 {
		lines.Add(widget.NewText(widget.Body, words.Say("Nobody has been reached yet")).In(widget.Secondary))
	} else {
		lines.Add(widget.NewText(widget.Caption, words.Say("Choose a bar to see its people.")).In(widget.Secondary))
	}
	return cardOf(lines)
}

// hours is when calls were made.
func (p *resultsPage) hours() fyne.CanvasObject {
	hours := p.state.Hours(time.Local)
	var series []widget.Series
	for _, s := range view.HourStates() {
		series = append(series, widget.Series{Shape: widget.ShapeOf(s), Words: words.Status(s)})
	}
	chart := widget.NewStackedBars(widget.ChartHeight, series...)
	slots := make([]widget.Slot, len(hours.Bars))
	for i, b := range hours.Bars {
		slots[i] = widget.Slot{Label: b.Label, Counts: b.Counts, Tip: b.Tip}
	}
	chart.Set(slots...)
	head := widget.Row(widget.Space2, widget.NewText(widget.CardTitle, hours.Title), widget.Gap(), widget.Legend(series...))
	lines := widget.Stack(widget.Space3, head, chart)
	if hours.Foot != "" {
		lines.Add(widget.NewText(widget.Caption, hours.Foot).In(widget.Secondary))
	}
	return cardOf(lines)
}

// openFiltered shows the rows of a campaign that are in a state.
func (w *Window) openFiltered(id campaign.ID, s campaign.Status) {
	w.openActing(id, s, func(*livePage, []campaign.ContactID) {})
}

// openActing shows the rows of a campaign that are in a state, and goes on with
// them there.
func (w *Window) openActing(id campaign.ID, s campaign.Status, then func(*livePage, []campaign.ContactID)) {
	var c campaign.Campaign
	var tally campaign.Tally
	var ids []campaign.ContactID
	var err error
	filter := view.LiveFilter{Words: words.Status(s), Status: s, Statuses: []campaign.Status{s}}
	w.background(
		func() {
			if c, err = w.office.Store.Campaign(w.ctx, id); err == nil {
				tally, err = w.office.Store.Tally(w.ctx, id)
			}
			if err == nil {
				ids, err = w.office.Store.Order(w.ctx, id, campaign.Filter{Statuses: filter.Statuses})
			}
		},
		func() {
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				w.problem(words.Say("The campaign could not be read"), words.Say("Calls in progress are not touched by this."), err)
			default:
				p := newLive(w, c, tally)
				p.choose(filter)
				w.show(p)
				then(p, ids)
			}
		})
}

func (p *resultsPage) content() fyne.CanvasObject  { return p.body }
func (p *resultsPage) campaign() campaign.Campaign { return p.state.Campaign }

// key: Enter saves the workbook, Esc goes back.
func (p *resultsPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.w.export(p.state.Campaign)
	case fyne.KeyEscape:
		p.w.goHome()
	default: // other keys mean nothing here
	}
}
