package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ListRow is one line of a short list of which one is looked at. Buttons in it
// keep their own use.
type ListRow struct {
	fynewidget.BaseWidget
	OnTapped func()

	name           string // spoken
	content        fyne.CanvasObject
	on             bool
	hovered, keyed bool
}

// NewListRow returns a line that shows content and is called by a name.
func NewListRow(name string, content fyne.CanvasObject, do func()) *ListRow {
	r := &ListRow{name: name, content: content, OnTapped: do}
	r.ExtendBaseWidget(r)
	return r
}

// Words is what it is called by.
func (r *ListRow) Words() string { return r.name }

// SetOn marks the line that is looked at.
func (r *ListRow) SetOn(on bool) {
	if r.on != on {
		r.on = on
		r.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (r *ListRow) Tapped(*fyne.PointEvent) { r.OnTapped() }

// MouseIn implements desktop.Hoverable.
func (r *ListRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (r *ListRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *ListRow) MouseOut() { r.hovered = false; r.Refresh() }

// FocusGained implements fyne.Focusable.
func (r *ListRow) FocusGained() { r.keyed = true; r.Refresh(); Follow(r) }

// FocusLost implements fyne.Focusable.
func (r *ListRow) FocusLost() { r.keyed = false; r.Refresh() }

// TypedRune implements fyne.Focusable.
func (r *ListRow) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (r *ListRow) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		r.Tapped(nil)
		return
	}
	passOn(r, e)
}

// CreateRenderer implements fyne.Widget.
func (r *ListRow) CreateRenderer() fyne.WidgetRenderer {
	ground, mark, focus := canvas.NewRectangle(nil), canvas.NewRectangle(nil), newRing()
	d := &drawing{of: r, parts: []fyne.CanvasObject{ground, mark, r.content, focus.Rectangle}}
	d.min = func() fyne.Size {
		m := r.content.MinSize()
		return fyne.NewSize(m.Width+2*Space4, max(m.Height, ListRowHeight))
	}
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		place(mark, 0, 0, markHeight, s.Height)
		place(r.content, Space4, 0, s.Width-2*Space4, s.Height)
		place(focus.Rectangle, ringWidth, ringWidth, s.Width-2*ringWidth, s.Height-2*ringWidth) // inside, so that no neighbour covers it
	}
	d.refresh = func() {
		fill, edge := None, None
		switch {
		case r.on:
			fill, edge = Selection, Accent
		case r.hovered:
			fill = Hover
		}
		ground.FillColor, mark.FillColor = ink(fill), ink(edge)
		ground.Refresh()
		mark.Refresh()
		focus.show(r.keyed)
	}
	d.refresh()
	return d
}
