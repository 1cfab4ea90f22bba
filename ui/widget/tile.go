package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Tile is the count of one state: shape, word, figure, and a line that says
// more.
type Tile struct {
	fynewidget.BaseWidget
	shape          Shape
	word           string
	count, caption *Text
}

// NewTile returns a tile without a count yet.
func NewTile(s Shape, word string) *Tile {
	t := &Tile{shape: s, word: word, count: NewText(TileFigure, "").Right(), caption: NewText(Caption, "").In(Secondary).Cut()}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the count and the line below it.
func (t *Tile) Set(count, caption string) {
	t.count.SetText(count)
	t.caption.SetText(caption)
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	const lead = shapeRow + Space2
	head := Row(Space2, ShapeSign(t.shape), NewText(Body, t.word), Gap(), t.count)
	body := Pad(0, Space3, Stack(0, Gap(), head, Inset(0, 0, 0, lead, t.caption), Gap()))
	d := &drawing{of: t, parts: []fyne.CanvasObject{body}, refresh: func() {}}
	d.min = func() fyne.Size { return body.MinSize().Max(fyne.NewSize(174, TileHeight)) }
	d.layout = func(s fyne.Size) { body.Resize(s); body.Layout.Layout(body.Objects, s) }
	return d
}
