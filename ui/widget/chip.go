package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Chip is a filter with a count.
type Chip struct {
	fynewidget.BaseWidget
	OnTapped func()

	shape          Shape
	words, count   string
	on             bool
	hovered, keyed bool
}

// NewChip returns a chip with a shape, or with words alone.
func NewChip(s Shape, words string, do func()) *Chip {
	c := &Chip{shape: s, words: words, OnTapped: do}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the count, and whether the chip is the chosen one.
func (c *Chip) Set(count string, on bool) {
	if c.count == count && c.on == on {
		return
	}
	c.count, c.on = count, on
	c.Refresh()
}

// On tells whether the chip is the chosen one.
func (c *Chip) On() bool { return c.on }

// Tapped implements fyne.Tappable.
func (c *Chip) Tapped(*fyne.PointEvent) { Guard(c, c.OnTapped) }

// MouseIn implements desktop.Hoverable.
func (c *Chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *Chip) MouseOut() { c.hovered = false; c.Refresh() }

// FocusGained implements fyne.Focusable.
func (c *Chip) FocusGained() { c.keyed = true; c.Refresh(); Follow(c) }

// FocusLost implements fyne.Focusable.
func (c *Chip) FocusLost() { c.keyed = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Chip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		c.Tapped(nil)
		return
	}
	passOn(c, e)
}

func (c *Chip) style() Style {
	if c.on {
		return SmallBold
	}
	return Small
}

func (c *Chip) ground() (fill, edge Token) {
	switch {
	case c.on:
		return Selection, Accent
	case c.hovered:
		return Hover, Outline
	default:
		return Surface, Border
	}
}

// CreateRenderer implements fyne.Widget. The words keep the room that bold
// ones need, so that choosing a chip moves none of its neighbours.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	ground, focus, picture := canvas.NewRectangle(nil), newRing(), newPicture(shapeChip)
	words, count := line(Small), line(Small)
	ground.CornerRadius = SmallHeight / 2
	d := &drawing{of: c, parts: []fyne.CanvasObject{ground, picture, words, count, focus.Rectangle}}
	lead := func() float32 {
		if c.shape == NoShape {
			return Space2
		}
		return Space2 + shapeChip + 6
	}
	d.min = func() fyne.Size {
		return fyne.NewSize(lead()+SmallBold.face().width(c.words)+6+Small.face().width(c.count)+Space2+2, SmallHeight)
	}
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		focus.around(s, SmallHeight/2)
		place(picture, Space2, (s.Height-shapeChip)/2, shapeChip, shapeChip)
		place(words, lead(), 0, s.Width, s.Height)
		place(count, s.Width-Space2-2-Small.face().width(c.count), 0, s.Width, s.Height)
	}
	d.refresh = func() {
		fill, edge := c.ground()
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
		words.TextStyle = c.style().face().text()
		write(words, c.words, Ink)
		words.Refresh()
		write(count, c.count, Ink)
		setPicture(picture, c.shape.resource())
		focus.show(c.keyed)
	}
	d.refresh()
	return d
}
