package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// gridCell is one cell of a grid's pool. What only some cells need is made when
// a cell first needs it.
type gridCell struct {
	text    *canvas.Text
	picture *canvas.Image
	ground  *canvas.Rectangle
	before  *canvas.Text
	strike  *canvas.Rectangle
	arrow   *canvas.Image

	was   Cell    // what is drawn
	width float32 // and in how much room
}

// parts are the parts a cell has made so far, the ground first.
func (c *gridCell) parts() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if c.ground != nil {
		parts = append(parts, c.ground)
	}
	if c.picture != nil {
		parts = append(parts, c.picture)
	}
	parts = append(parts, c.text)
	if c.before != nil {
		parts = append(parts, c.before, c.strike, c.arrow)
	}
	return parts
}

// hide hides the cell: its column is not shown.
func (c *gridCell) hide() {
	for _, o := range c.parts() {
		if o.Visible() {
			o.Hide()
		}
	}
}

// make creates what the cell needs for the first time, and tells if it did.
func (c *gridCell) make(cell Cell) bool {
	grew := false
	if c.picture == nil && (cell.Shape != NoShape || cell.Icon != NoIcon) {
		c.picture, grew = newPicture(shapeRow), true
	}
	if c.ground == nil && cell.Ground != "" {
		c.ground, grew = newBlock(), true
	}
	if c.before == nil && cell.Before != "" {
		c.before, c.strike, c.arrow, grew = line(Small), newBlock(), newPicture(iconSmall), true
	}
	return grew
}

// fill draws a cell. It cuts and measures words only if they or their room
// have changed.
func (c *gridCell) fill(cell Cell, right bool, at fyne.Position, size fyne.Size) {
	f := Small.face()
	room := size.Width - 2*Space2
	x := at.X + Space2
	if c.ground != nil {
		c.ground.Hidden = cell.Ground == ""
		fill(c.ground, cell.Ground, at.X, at.Y, size.Width, size.Height-hairline)
	}
	if c.sign(cell, fyne.NewPos(x, at.Y), size.Height) {
		x, room = x+shapeRow+Space2, room-shapeRow-Space2
	}
	if c.before != nil {
		used := c.repair(cell, fyne.NewPos(x, at.Y), fyne.NewSize(room, size.Height))
		x, room = x+used, room-used
	}
	shown := c.text.Text
	if c.was != cell || c.width != size.Width {
		shown = ellipsis(cell.Text, f, room)
		c.was, c.width = cell, size.Width
	}
	tone := Ink
	if cell.Muted {
		tone = Secondary
	}
	write(c.text, shown, tone)
	c.text.Hidden = false
	if right {
		x += room - f.width(shown)
	}
	c.text.Move(fyne.NewPos(x, at.Y+middle(c.text, size.Height)))
}

// sign draws the shape or the icon of a cell, and tells if there is one.
func (c *gridCell) sign(cell Cell, at fyne.Position, height float32) bool {
	if c.picture == nil {
		return false
	}
	r := cell.Shape.resource()
	if cell.Icon != NoIcon {
		r = cell.Icon.resource(Ink, iconSmall)
	}
	setPicture(c.picture, r)
	place(c.picture, at.X, at.Y+(height-shapeRow)/2, shapeRow, shapeRow)
	return r != nil
}

// repair draws what stood in the cell before, struck out, and an arrow. The
// new words keep their room whole. It returns how much room it took.
func (c *gridCell) repair(cell Cell, at fyne.Position, room fyne.Size) float32 {
	hidden := cell.Before == ""
	c.before.Hidden, c.strike.Hidden, c.arrow.Hidden = hidden, hidden, hidden
	if hidden {
		return 0
	}
	f := Small.face()
	shown := ellipsis(cell.Before, f, max(Space6, room.Width-repairArrow-f.width(cell.Text)-Space1))
	write(c.before, shown, Secondary)
	width := f.width(shown)
	c.before.Move(fyne.NewPos(at.X, at.Y+middle(c.before, room.Height)))
	fill(c.strike, Secondary, at.X, at.Y+room.Height/2, width, hairline)
	setPicture(c.arrow, IconNext.resource(Ink, iconSmall))
	place(c.arrow, float32(int(at.X+width+Space2)), at.Y+(room.Height-iconSmall)/2, iconSmall, iconSmall)
	return width + repairArrow
}

// tick is what stands in a box.
type tick int

const (
	unticked tick = iota
	tickedSome
	tickedAll
)

// checkBox is a box in the first column of a grid.
type checkBox struct {
	box  *canvas.Rectangle
	sign *canvas.Image
}

func newCheckBox() *checkBox {
	c := &checkBox{newBlock(), newPicture(iconSmall)}
	c.box.StrokeWidth, c.box.CornerRadius = hairline, radiusTag
	return c
}

// draw draws the box in the middle of a height, or nothing.
func (c *checkBox) draw(show bool, t tick, at fyne.Position, height float32) {
	c.box.Hidden = !show
	ground, edge, sign := Surface, Outline, NoIcon
	switch t {
	case tickedAll:
		ground, edge, sign = Accent, Accent, IconTick
	case tickedSome:
		ground, edge, sign = Accent, Accent, IconMinus
	case unticked:
	}
	if !show {
		sign = NoIcon
	}
	x, y := at.X+Space3, at.Y+(height-iconSmall)/2
	c.box.StrokeColor = ink(edge)
	fill(c.box, ground, x, y, iconSmall, iconSmall)
	setPicture(c.sign, sign.resource(OnAccent, iconSmall))
	place(c.sign, x+2, y+2, iconSmall-4, iconSmall-4)
}
