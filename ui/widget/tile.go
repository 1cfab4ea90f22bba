package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Tile is the count of one state: shape, word, figure, and a line that says
// more. It is a filter too: pressed, it shows the rows it counts.
type Tile struct {
	fynewidget.BaseWidget
	OnTapped func()

	shape          Shape
	word           *Text
	count, caption *Text
	on             bool
	hovered, keyed bool
}

// NewTile returns a tile without a count yet.
func NewTile(s Shape, word string, do func()) *Tile {
	t := &Tile{shape: s, OnTapped: do, word: NewText(Body, word),
		count: NewText(TileFigure, "").Right(), caption: NewText(Caption, "").In(Secondary).Cut()}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the count, the line below it, and whether its rows are shown.
func (t *Tile) Set(count, caption string, on bool) {
	t.count.SetText(count)
	t.caption.SetText(caption)
	t.on = on
	t.Refresh()
}

// Tapped implements fyne.Tappable.
func (t *Tile) Tapped(*fyne.PointEvent) { Guard(t, t.OnTapped) }

// MouseIn implements desktop.Hoverable.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Tile) MouseOut() { t.hovered = false; t.Refresh() }

// FocusGained implements fyne.Focusable.
func (t *Tile) FocusGained() { t.keyed = true; t.Refresh(); Follow(t) }

// FocusLost implements fyne.Focusable.
func (t *Tile) FocusLost() { t.keyed = false; t.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *Tile) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (t *Tile) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		t.Tapped(nil)
		return
	}
	passOn(t, e)
}

// CreateRenderer implements fyne.Widget. The ground keeps off the edges of the
// card around the tile.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	ground, focus := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	ground.CornerRadius, focus.CornerRadius = radiusControl, radiusControl
	focus.StrokeWidth = ringWidth
	head := Row(Space2, ShapeSign(t.shape), t.word, Gap(), t.count)
	body := Pad(0, Space4, Stack(0, Gap(), head, Inset(0, 0, 0, shapeRow+Space2, t.caption), Gap()))
	d := &drawing{of: t, parts: []fyne.CanvasObject{ground, body, focus}}
	d.min = func() fyne.Size { return body.MinSize().Max(fyne.NewSize(148, TileHeight-hairline)) }
	d.layout = func(s fyne.Size) {
		place(ground, Space1, Space1, s.Width-2*Space1, s.Height-2*Space1)
		place(focus, Space1, Space1, s.Width-2*Space1, s.Height-2*Space1)
		body.Resize(s)
		body.Layout.Layout(body.Objects, s)
		stack := body.Objects[0].(*fyne.Container)
		stack.Layout.Layout(stack.Objects, stack.Size())
		head.Layout.Layout(head.Objects, head.Size())
	}
	d.refresh = func() {
		ground.FillColor = ink(t.fill())
		focus.FillColor, focus.StrokeColor = ink(None), ink(Focus)
		focus.Hidden = !t.keyed
		ground.Refresh()
		focus.Refresh()
	}
	d.refresh()
	return d
}

func (t *Tile) fill() Token {
	switch {
	case t.on:
		return Selection
	case t.hovered:
		return Hover
	default:
		return None
	}
}
