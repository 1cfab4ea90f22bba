package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// liveSummary is the counts, each of which is a filter as well, and the chart.
type liveSummary struct {
	done, of     *widget.Text
	first, later *widget.Text
	bar          *widget.Progress
	tiles        map[campaign.Status]*widget.Tile
	chart        *widget.StackedBars
}

func (p *livePage) newSummary() fyne.CanvasObject {
	s := &p.summary
	s.done, s.of = widget.NewText(widget.Figure, ""), widget.NewText(widget.Body, "").In(widget.Secondary)
	s.first, s.later = widget.NewText(widget.Caption, ""), widget.NewText(widget.Caption, "").In(widget.Secondary)
	s.bar, s.tiles = widget.NewProgress(), map[campaign.Status]*widget.Tile{}
	done := widget.Pad(widget.Space2, widget.Space4, widget.Stack(widget.Space1,
		widget.NewText(widget.Body, words.Say("Done")).In(widget.Secondary), widget.Row(widget.Space2, s.done, s.of), s.bar,
		widget.Stack(0, widget.NewWhole(s.first), widget.NewWhole(s.later))))
	tile := func(f view.LiveFilter) fyne.CanvasObject {
		s.tiles[f.Status] = widget.NewTile(widget.ShapeOf(f.Status), f.Words, func() { p.choose(f) })
		return s.tiles[f.Status]
	}
	f := view.TileFilters() // reached, machine; not reached, failed
	left := widget.Stack(0, widget.Grow(tile(f[0])), widget.Rule(), widget.Grow(tile(f[2])))
	right := widget.Stack(0, widget.Grow(tile(f[1])), widget.Rule(), widget.Grow(tile(f[3])))
	return widget.Card(widget.AtLeast(0, widget.SummaryHeight, widget.Columns(0,
		widget.AtLeast(widget.SummaryWidth, 0, done), widget.UprightRule(),
		widget.AtLeast(widget.TileWidth, 0, left), widget.UprightRule(), widget.AtLeast(widget.TileWidth, 0, right), widget.UprightRule(),
		widget.Grow(p.newChart()))))
}

func (p *livePage) newChart() fyne.CanvasObject {
	p.summary.chart = widget.NewStackedBars(widget.ChartTile, barSeries()...)
	head := widget.Row(widget.Space2, widget.NewText(widget.Body, words.Say("Calls per minute")).In(widget.Secondary), widget.Gap(),
		widget.NewText(widget.Caption, words.Say("last 30 minutes")).In(widget.Secondary))
	return widget.Inset(widget.Space2, widget.Space4, 0, widget.Space4, widget.Stack(0, head, widget.DownTo(widget.SideWidth, p.summary.chart)))
}

// barSeries are what the bars of calls by time are made of.
func barSeries() []widget.Series {
	var all []widget.Series
	for _, s := range view.BarStates() {
		all = append(all, widget.Series{Shape: widget.ShapeOf(s), Words: words.Status(s)})
	}
	return all
}

// slots are the bars of a timeline as a chart takes them.
func slots(t view.Timeline) []widget.Slot {
	all := make([]widget.Slot, len(t))
	for i, bar := range t {
		all[i] = widget.Slot{Label: bar.Label, Counts: bar.Counts, Tip: bar.Tip, Gap: bar.Gap}
	}
	return all
}

func (p *livePage) tellSummary() {
	s, progress := &p.summary, p.state.Progress()
	s.done.SetText(view.Count(progress.Done))
	s.of.SetText(words.Say("of %s", view.Count(progress.Total)))
	first, later := p.state.Remaining(time.Now())
	s.first.SetText(first)
	s.later.SetText(later)
	s.bar.Set(progress.Total, parts(p.state.Tally)...)
	for _, f := range view.TileFilters() {
		s.tiles[f.Status].Set(view.Count(p.state.Number(f)), p.state.Caption(f.Status), p.rows.filter.Words == f.Words)
	}
}
