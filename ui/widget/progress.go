package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Part is a stretch of a bar.
type Part struct {
	Shape Shape // its colour; NoShape is the accent
	Count int
}

// Progress is a bar in the colours of states; what is left is empty.
type Progress struct {
	fynewidget.BaseWidget
	parts  []Part
	total  int
	height float32
}

// NewProgress returns an empty bar.
func NewProgress() *Progress {
	p := &Progress{height: BarHeight}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what the bar shows. A part that is not empty is never thinner
// than two pixels, so that three failures in a million are seen.
func (p *Progress) Set(total int, parts ...Part) {
	p.total, p.parts = total, parts
	p.Refresh()
}

// Widths returns how wide each part is in a bar of width.
func (p *Progress) Widths(width float32) []float32 {
	const least, gap = 2, 1
	widths := make([]float32, len(p.parts))
	if p.total <= 0 {
		return widths
	}
	done, seen := 0, 0
	for _, part := range p.parts {
		done += part.Count
		if part.Count > 0 {
			seen++
		}
	}
	room := width*float32(done)/float32(max(p.total, done)) - gap*float32(max(0, seen-1))
	sum, widest := float32(0), 0
	for i, part := range p.parts {
		if part.Count > 0 {
			widths[i] = max(least, room*float32(part.Count)/float32(done))
		}
		sum += widths[i]
		if widths[i] > widths[widest] {
			widest = i
		}
	}
	if len(widths) > 0 && sum > room {
		widths[widest] = max(least, widths[widest]-(sum-room))
	}
	return widths
}

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{of: p, parts: []fyne.CanvasObject{canvas.NewRectangle(nil)}}
	bar := func(i int) *canvas.Rectangle {
		for len(d.parts) <= i {
			d.parts = append(d.parts, canvas.NewRectangle(nil))
		}
		return d.parts[i].(*canvas.Rectangle)
	}
	d.min = func() fyne.Size { return fyne.NewSize(Space9, p.height) }
	d.layout = func(s fyne.Size) {
		empty := bar(0)
		empty.CornerRadius = s.Height / 2
		empty.Resize(s)
		widths, x := p.Widths(s.Width), float32(0)
		first, last := ends(widths)
		for i, w := range widths {
			r := bar(i + 1)
			r.TopLeftCornerRadius, r.BottomLeftCornerRadius = rounded(i == first, s.Height, w), rounded(i == first, s.Height, w)
			full := i == last && x+w >= s.Width-1
			r.TopRightCornerRadius, r.BottomRightCornerRadius = rounded(full, s.Height, w), rounded(full, s.Height, w)
			place(r, x, 0, w, s.Height)
			if w > 0 {
				x += w + 1
			}
		}
		for i := len(widths) + 1; i < len(d.parts); i++ {
			d.parts[i].Resize(fyne.Size{})
		}
	}
	d.refresh = func() {
		bar(0).FillColor = ink(Hover)
		for i, part := range p.parts {
			tone := part.Shape.Token()
			if part.Shape == NoShape {
				tone = Accent
			}
			bar(i + 1).FillColor = ink(tone)
		}
	}
	d.refresh()
	return d
}

// ends returns the first and the last part that is not empty.
func ends(widths []float32) (first, last int) {
	first, last = -1, -1
	for i, w := range widths {
		if w <= 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return first, last
}

func rounded(on bool, height, width float32) float32 {
	if !on {
		return 0
	}
	return min(height/2, width)
}
