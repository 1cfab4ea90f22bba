package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Segments is one of a few ways, side by side.
type Segments struct {
	fynewidget.BaseWidget
	OnChosen func(at int)

	words []string
	at    int
	over  int // under the pointer, or -1
	keyed bool
}

// NewSegments returns a choice of which the one at a position is chosen.
func NewSegments(words []string, at int, chosen func(at int)) *Segments {
	s := &Segments{words: words, at: at, over: -1, OnChosen: chosen}
	s.ExtendBaseWidget(s)
	return s
}

// At is the one that is chosen.
func (s *Segments) At() int { return s.at }

// Words are what the one that is chosen says.
func (s *Segments) Words() string { return s.words[s.at] }

// Choose takes one, as pressing it does.
func (s *Segments) Choose(at int) {
	if at < 0 || at >= len(s.words) || at == s.at {
		return
	}
	s.at = at
	s.Refresh()
	s.OnChosen(at)
}

// width is that of the bold words, so that nothing moves when one is chosen.
func (s *Segments) width(i int) float32 { return BodyBold.face().width(s.words[i]) + 2*Space3 }

// under is which one stands at x, or -1.
func (s *Segments) under(x float32) int {
	for i := range s.words {
		if x -= s.width(i); x < 0 {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.Choose(s.under(e.Position.X)) }

// MouseIn implements desktop.Hoverable.
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) { s.hover(s.under(e.Position.X)) }

// MouseOut implements desktop.Hoverable.
func (s *Segments) MouseOut() { s.hover(-1) }

func (s *Segments) hover(at int) {
	if s.over != at {
		s.over = at
		s.Refresh()
	}
}

// FocusGained implements fyne.Focusable.
func (s *Segments) FocusGained() { s.keyed = true; s.Refresh() }

// FocusLost implements fyne.Focusable.
func (s *Segments) FocusLost() { s.keyed = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *Segments) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: the arrows choose.
func (s *Segments) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		s.Choose(s.at + 1)
	case fyne.KeyLeft, fyne.KeyUp:
		s.Choose(s.at - 1)
	default:
		passOn(s, e)
	}
}

// segment is what one is drawn with.
type segment struct {
	ground *canvas.Rectangle
	words  *canvas.Text
	line   *canvas.Rectangle // before it
}

// CreateRenderer implements fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	edge, focus := canvas.NewRectangle(nil), newRing()
	edge.CornerRadius = radiusControl
	d := &drawing{of: s}
	parts := make([]segment, len(s.words))
	for i := range parts {
		parts[i] = segment{canvas.NewRectangle(nil), line(Body), canvas.NewRectangle(nil)}
		d.parts = append(d.parts, parts[i].ground, parts[i].words)
	}
	d.parts = append(d.parts, edge)
	for _, p := range parts[1:] {
		d.parts = append(d.parts, p.line)
	}
	d.parts = append(d.parts, focus.Rectangle)
	d.min = func() fyne.Size {
		w := float32(0)
		for i := range s.words {
			w += s.width(i)
		}
		return fyne.NewSize(w, ControlHeight)
	}
	d.layout = func(z fyne.Size) {
		m := d.min()
		place(edge, 0, 0, m.Width, z.Height)
		focus.around(fyne.NewSize(m.Width, z.Height), radiusControl)
		x := float32(0)
		for i, p := range parts {
			w := s.width(i)
			place(p.ground, x+hairline, hairline, w-hairline, z.Height-2*hairline)
			place(p.words, x+(w-s.style(i).face().width(s.words[i]))/2, 0, w, z.Height)
			place(p.line, x, 0, hairline, z.Height)
			x += w
		}
	}
	d.refresh = func() { s.paint(parts, edge); focus.show(s.keyed) }
	d.refresh()
	return d
}

func (s *Segments) style(i int) Style {
	if i == s.at {
		return BodyBold
	}
	return Body
}

func (s *Segments) paint(parts []segment, edge *canvas.Rectangle) {
	edge.FillColor, edge.StrokeColor, edge.StrokeWidth = ink(None), ink(Outline), hairline
	edge.Refresh()
	for i, p := range parts {
		fill := Surface
		switch i {
		case s.at:
			fill = Selection
		case s.over:
			fill = Hover
		}
		p.ground.FillColor, p.line.FillColor = ink(fill), ink(Outline)
		p.ground.CornerRadius = 0
		if i == 0 || i == len(parts)-1 {
			p.ground.CornerRadius = radiusControl - hairline
		}
		p.words.TextStyle = s.style(i).face().text()
		write(p.words, s.words[i], Ink)
		p.words.Refresh()
		p.ground.Refresh()
	}
}
