package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Segments is one of two or three views of the same things, side by side.
type Segments struct {
	fynewidget.BaseWidget
	OnChosen func(at int)

	words   []string
	at      int
	hovered int // or -1
	keyed   bool
}

// NewSegments returns a choice of which the view at a position is chosen.
func NewSegments(words []string, at int, chosen func(at int)) *Segments {
	s := &Segments{words: words, at: at, hovered: -1, OnChosen: chosen}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes what the views are called, as many as before.
func (s *Segments) Set(words []string) {
	s.words = words
	s.Refresh()
}

// At is the view that is chosen.
func (s *Segments) At() int { return s.at }

// Words are what the view that is chosen is called.
func (s *Segments) Words() string { return s.words[s.at] }

// Choose takes a view, as a click on it does.
func (s *Segments) Choose(at int) {
	if at < 0 || at >= len(s.words) || at == s.at {
		return
	}
	s.at = at
	s.Refresh()
	Guard(s, func() { s.OnChosen(at) })
}

// width is that of the bold words, so that nothing moves when one is chosen.
func (s *Segments) width(i int) float32 { return BodyBold.face().width(s.words[i]) + 2*Space3 }

func (s *Segments) segmentAt(x float32) int {
	for i := range s.words {
		if x -= s.width(i); x < 0 {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.Choose(s.segmentAt(e.Position.X)) }

// MouseIn implements desktop.Hoverable.
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) {
	if at := s.segmentAt(e.Position.X); at != s.hovered {
		s.hovered = at
		s.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (s *Segments) MouseOut() { s.hovered = -1; s.Refresh() }

// FocusGained implements fyne.Focusable.
func (s *Segments) FocusGained() { s.keyed = true; s.Refresh(); Follow(s) }

// FocusLost implements fyne.Focusable.
func (s *Segments) FocusLost() { s.keyed = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *Segments) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: arrows choose.
func (s *Segments) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.Choose(s.at - 1)
	case fyne.KeyRight:
		s.Choose(s.at + 1)
	default:
		passOn(s, e)
	}
}

type segmentParts struct {
	ground, rule *canvas.Rectangle
	words        *canvas.Text
}

// CreateRenderer implements fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	edge, focus := canvas.NewRectangle(nil), newRing()
	edge.CornerRadius, edge.StrokeWidth = radiusControl, hairline
	d := &drawing{of: s}
	parts := make([]segmentParts, len(s.words))
	for i := range parts {
		parts[i] = segmentParts{canvas.NewRectangle(nil), canvas.NewRectangle(nil), line(Body)}
		parts[i].words.Alignment = fyne.TextAlignCenter
		d.parts = append(d.parts, parts[i].ground, parts[i].rule)
	}
	d.parts = append(d.parts, edge, focus.Rectangle)
	for _, p := range parts {
		d.parts = append(d.parts, p.words)
	}
	d.min = func() fyne.Size {
		w := float32(0)
		for i := range s.words {
			w += s.width(i)
		}
		return fyne.NewSize(w, ControlHeight)
	}
	d.layout = func(z fyne.Size) {
		place(edge, 0, 0, d.min().Width, z.Height)
		focus.around(fyne.NewSize(d.min().Width, z.Height), radiusControl)
		x := float32(0)
		for i, p := range parts {
			w := s.width(i)
			place(p.ground, x, 0, w, z.Height)
			place(p.rule, x, 0, hairline, z.Height)
			place(p.words, x, 0, w, z.Height)
			x += w
		}
	}
	d.refresh = func() {
		edge.FillColor, edge.StrokeColor = ink(None), ink(Outline)
		for i, p := range parts {
			s.paint(i, p)
		}
		focus.show(s.keyed)
	}
	d.refresh()
	return d
}

func (s *Segments) paint(i int, p segmentParts) {
	fill, style := Surface, Body
	switch i {
	case s.at:
		fill, style = Selection, BodyBold
	case s.hovered:
		fill = Hover
	}
	p.ground.FillColor, p.rule.FillColor, p.rule.Hidden = ink(fill), ink(Outline), i == 0
	left, right := radiusControl, radiusControl
	if i > 0 {
		left = 0
	}
	if i < len(s.words)-1 {
		right = 0
	}
	p.ground.TopLeftCornerRadius, p.ground.BottomLeftCornerRadius = left, left
	p.ground.TopRightCornerRadius, p.ground.BottomRightCornerRadius = right, right
	p.ground.Refresh()
	p.words.TextStyle = style.face().text()
	write(p.words, s.words[i], Ink)
	p.words.Refresh()
}
