package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ColumnChip stands for a column of the list: pressing it puts that into a text.
type ColumnChip struct {
	fynewidget.BaseWidget
	OnTapped func()

	words          string
	hovered, keyed bool
	tip            tip
}

// chipMost is how wide one is at most; longer names are cut.
const chipMost float32 = 160

// NewColumnChip returns the chip of a column.
func NewColumnChip(words string, do func()) *ColumnChip {
	c := &ColumnChip{words: words, OnTapped: do}
	c.ExtendBaseWidget(c)
	c.tip.ExtendToolTipWidget(c)
	if Small.face().width(words) > chipMost-2*Space2 {
		c.tip.SetToolTip(words)
	}
	return c
}

// Words are the column's name.
func (c *ColumnChip) Words() string { return c.words }

// Tapped implements fyne.Tappable.
func (c *ColumnChip) Tapped(*fyne.PointEvent) { c.OnTapped() }

// MouseIn implements desktop.Hoverable.
func (c *ColumnChip) MouseIn(e *desktop.MouseEvent) { c.hovered = true; c.tip.MouseIn(e); c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *ColumnChip) MouseMoved(e *desktop.MouseEvent) { c.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (c *ColumnChip) MouseOut() { c.hovered = false; c.tip.MouseOut(); c.Refresh() }

// FocusGained implements fyne.Focusable.
func (c *ColumnChip) FocusGained() { c.keyed = true; c.Refresh(); Follow(c) }

// FocusLost implements fyne.Focusable.
func (c *ColumnChip) FocusLost() { c.keyed = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *ColumnChip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *ColumnChip) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		c.Tapped(nil)
		return
	}
	passOn(c, e)
}

// CreateRenderer implements fyne.Widget.
func (c *ColumnChip) CreateRenderer() fyne.WidgetRenderer {
	ground, focus, words := canvas.NewRectangle(nil), newRing(), line(Small)
	ground.CornerRadius = radiusTag
	f := Small.face()
	d := &drawing{of: c, parts: []fyne.CanvasObject{ground, words, focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSize(min(f.width(c.words)+2*Space2, chipMost), TagHeight) }
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		focus.around(s, radiusTag)
		write(words, ellipsis(c.words, f, s.Width-2*Space2+hairline), Ink)
		place(words, Space2, 0, s.Width, s.Height)
	}
	d.refresh = func() {
		fill := Selection
		if c.hovered {
			fill = Hover
		}
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(Accent), hairline
		ground.Refresh()
		focus.show(c.keyed)
	}
	d.refresh()
	return d
}

// Lines sets items side by side in as many lines as they need, whatever the width.
func Lines(gap float32, items ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &lines{gap: gap}, Objects: items}
}

// lines remembers its width, from which its height follows.
type lines struct{ gap, wide float32 }

func (l *lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height := float32(0), float32(0)
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	assumed := l.wide
	if assumed == 0 { // before it was laid out
		assumed = DetailsWidth
	}
	l.each(objects, max(assumed, width), func(_ fyne.CanvasObject, _, y float32, m fyne.Size) { height = max(height, y+m.Height) })
	return fyne.NewSize(width, height)
}

func (l *lines) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.wide = s.Width
	l.each(objects, s.Width, func(o fyne.CanvasObject, x, y float32, m fyne.Size) { place(o, x, y, m.Width, m.Height) })
}

// each gives every item its place in a width, in the middle of its line.
func (l *lines) each(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y float32, m fyne.Size)) {
	y := float32(0)
	for len(objects) > 0 {
		n, high := l.first(objects, width)
		x := float32(0)
		for _, o := range objects[:n] {
			if m := o.MinSize(); o.Visible() {
				put(o, x, y+(high-m.Height)/2, m)
				x += m.Width + l.gap
			}
		}
		objects, y = objects[n:], y+high+l.gap
	}
}

// first tells how many items the first line holds, and how high it is.
func (l *lines) first(objects []fyne.CanvasObject, width float32) (n int, high float32) {
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > width {
			return i, high
		}
		x, high = x+m.Width+l.gap, max(high, m.Height)
	}
	return len(objects), high
}
