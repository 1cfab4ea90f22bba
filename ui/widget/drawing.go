package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// drawing is a renderer made of functions: what a control is made of, how big
// it must be, where its parts go and how they look.
type drawing struct {
	of      fyne.CanvasObject
	parts   []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	refresh func()
}

func (d *drawing) Destroy()                     {}
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.parts }
func (d *drawing) Layout(s fyne.Size)           { d.layout(s) }

func (d *drawing) Refresh() {
	d.refresh()
	d.layout(d.of.Size())
	canvas.Refresh(d.of)
}

// place moves and sizes o.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// line is a canvas.Text that is set in a style.
func line(s Style) *canvas.Text {
	f := s.face()
	return &canvas.Text{TextSize: f.size, TextStyle: f.text()}
}

// write sets what a line says and its colour, if they changed.
func write(t *canvas.Text, words string, tone Token) {
	c := ink(tone)
	if t.Text == words && t.Color == c {
		return
	}
	t.Text, t.Color = words, c
	t.Refresh()
}

// stock hands out parts of a drawing whose number changes, and hides those
// that are no longer needed.
type stock[T fyne.CanvasObject] struct {
	create func() T
	all    []T
	used   int
}

func (s *stock[T]) next() T {
	if s.used == len(s.all) {
		s.all = append(s.all, s.create())
	}
	o := s.all[s.used]
	s.used++
	o.Show()
	return o
}

// end hides what next has not handed out since the last end.
func (s *stock[T]) end() {
	for _, o := range s.all[s.used:] {
		o.Hide()
	}
	s.used = 0
}

func (s *stock[T]) parts() []fyne.CanvasObject {
	parts := make([]fyne.CanvasObject, len(s.all))
	for i, o := range s.all {
		parts[i] = o
	}
	return parts
}

func newBlock() *canvas.Rectangle { return canvas.NewRectangle(nil) }

// fill gives a block a colour and a place.
func fill(r *canvas.Rectangle, tone Token, x, y, w, h float32) {
	r.FillColor = ink(tone)
	place(r, x, y, w, h)
}

// middle is the y at which t stands in the middle of a height.
func middle(t *canvas.Text, height float32) float32 {
	return (height - fyne.MeasureText("0", t.TextSize, t.TextStyle).Height) / 2
}

// ring is the focus ring, drawn outside its control.
type ring struct{ *canvas.Rectangle }

func newRing() ring {
	r := canvas.NewRectangle(nil)
	r.FillColor = Color(None, 0)
	r.StrokeWidth = ringWidth
	r.Hide()
	return ring{r}
}

func (r ring) around(s fyne.Size, radius float32) {
	const out = ringWidth + ringWidth
	place(r.Rectangle, -out, -out, s.Width+2*out, s.Height+2*out)
	r.CornerRadius = radius + out
}

func (r ring) show(on bool) {
	r.StrokeColor = ink(Focus)
	if on {
		r.Show()
	} else {
		r.Hide()
	}
}

// passOn hands a key that a control has no use for to the window, so that Esc
// and Enter mean the same wherever the focus is.
func passOn(o fyne.CanvasObject, e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(e)
	}
}

// pressed tells whether a key means "do it" on a control.
func pressed(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
}
