package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/words"
)

// This file is what a chart knows; chart_draw.go draws it, chart_input.go is
// what a person does with it.

// Series is what one part of every bar counts.
type Series struct {
	Shape Shape  // its colour; NoShape is the accent
	Words string // for the legend
}

// Slot is a stretch of time in a chart, and its bar.
type Slot struct {
	Label  string // below the bar, where it has room; may be empty
	Counts []int  // one for each series
	Tip    string // all of it in words, while it is pointed at or reached by keys
	// Gap is why there is no bar: "paused". It stands once over neighbours
	// that say the same, and nowhere if the slot has calls.
	Gap string
}

// total is how high the bar is.
func (s Slot) total() int {
	sum := 0
	for _, n := range s.Counts {
		sum += max(0, n)
	}
	return sum
}

// StackedBars is a bar for every slot of time, each of one part per series from
// below. The chart keeps its height whatever it shows. Arrows move through the
// bars, Enter and a click choose one.
type StackedBars struct {
	fynewidget.BaseWidget
	OnTapped func(slot int) // a bar was chosen; nil if there is nothing to see by it

	series  []Series
	slots   []Slot
	height  float32
	at      int // the bar that the keys are at
	hovered int // or -1
	focused bool
}

// NewStackedBars returns a chart without bars yet, with room for height pixels
// in all: ChartTile or ChartHeight. Set the counts of each slot in the order of
// the series: reached, machine, not reached, failed.
func NewStackedBars(height float32, series ...Series) *StackedBars {
	b := &StackedBars{series: series, height: height, at: -1, hovered: -1}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows other slots. Whoever counts calls does so once a second at most.
func (b *StackedBars) Set(slots ...Slot) {
	b.slots = slots
	b.at = min(b.at, len(slots)-1)
	b.hovered = min(b.hovered, len(slots)-1)
	b.Refresh()
}

// At is the bar that the keys are at, or -1.
func (b *StackedBars) At() int { return b.at }

// Legend is the shapes of series with their words, for a chart's heading.
func Legend(series ...Series) fyne.CanvasObject {
	row := Row(Space4)
	for _, s := range series {
		row.Add(Row(Space2, ShapeSign(s.Shape), NewText(Small, s.Words)))
	}
	return row
}

// tone is the colour of a series.
func (s Series) tone() Token { return barTone(s.Shape) }

func barTone(s Shape) Token {
	if s == NoShape {
		return Accent
	}
	return s.Token()
}

// scale is the numbers at the left of a chart: two or three steps above zero.
type scale struct{ step, most int }

// scaleFor is the finest scale with steps of 1, 2 or 5, tens or hundreds of
// them and so on, that reaches most in three steps.
func scaleFor(most int) scale {
	const steps = 3
	for unit := 1; ; unit *= 10 {
		for _, n := range []int{1, 2, 5} {
			step := n * unit
			if (most-1)/step < steps {
				return scale{step, step * max(2, (most+step-1)/step)}
			}
		}
	}
}

// plot is where things stand in a chart, in whole pixels, so that edges are
// sharp.
type plot struct {
	scale
	left, top, right, base float32
	slot, bar              float32 // widths
}

// plot lays the chart out in a size.
func (b *StackedBars) plot(s fyne.Size) plot {
	most := 0
	for _, slot := range b.slots {
		most = max(most, slot.total())
	}
	p := plot{scale: scaleFor(most)}
	f := Caption.face()
	p.left = float32(int(f.width(words.Number(max(p.scale.most, 10)))+1)) + Space2 // from 9 to 10 nothing moves
	p.top, p.right = f.line/2, s.Width
	p.base = float32(int(min(s.Height, chartMost) - f.line - Space1))
	p.slot = max(0, p.right-p.left) / float32(max(1, len(b.slots)))
	p.bar = barWidth(p.slot)
	return p
}

// barWidth is three quarters of the slot, and a pixel less than it where that
// is not enough.
func barWidth(slot float32) float32 {
	const share = 0.72
	wide := min(barWide, max(float32(int(slot*share)), min(barNarrow, slot-1)))
	return max(1, float32(int(wide)))
}

// x is the left edge of a slot's bar.
func (p plot) x(slot int) float32 {
	return float32(int(p.left + float32(slot)*p.slot + (p.slot-p.bar)/2))
}

// rise is how many pixels a count is high.
func (p plot) rise(count int) float32 {
	return float32(int(float32(count)/float32(p.scale.most)*(p.base-p.top) + 0.5))
}

// slotAt is the slot under x, or -1.
func (b *StackedBars) slotAt(x float32) int {
	p := b.plot(b.Size())
	if x < p.left || p.slot <= 0 {
		return -1
	}
	if i := int((x - p.left) / p.slot); i < len(b.slots) {
		return i
	}
	return -1
}

// stretch is slots beside each other that are without a bar for one reason.
type stretch struct {
	word     string
	from, to int // to is the first behind it
}

// stretches are the gaps of a chart.
func stretches(slots []Slot) []stretch {
	var all []stretch
	for i, s := range slots {
		if s.Gap == "" || s.total() > 0 {
			continue
		}
		if n := len(all); n > 0 && all[n-1].to == i && all[n-1].word == s.Gap {
			all[n-1].to++
			continue
		}
		all = append(all, stretch{s.Gap, i, i + 1})
	}
	return all
}
