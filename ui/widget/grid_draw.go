package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// This file draws a grid: a fixed pool of lines of cells, filled anew from the
// row indexes that are on the screen.

// gridCell is one cell of the pool. What only some cells need is made when a
// cell first needs it.
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

// gridLine is one row of the pool.
type gridLine struct {
	cells []*gridCell
	under *canvas.Rectangle
}

type gridParts struct {
	g      *Grid
	d      *drawing
	head   *canvas.Rectangle
	titles []*canvas.Text
	arrow  *canvas.Image
	edges  []*canvas.Rectangle

	hover, chosen, mark, focus, below, thumb, slider *canvas.Rectangle

	lines   []*gridLine
	columns []float32 // widths of the drawing in progress
}

// clipped is a drawing that is cut at its control's edges.
type clipped struct{ *drawing }

// IsClip tells the toolkit to cut.
func (clipped) IsClip() {}

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	p := &gridParts{g: g, arrow: newPicture(iconSmall)}
	for _, r := range []**canvas.Rectangle{&p.head, &p.hover, &p.chosen, &p.mark, &p.focus, &p.below, &p.thumb, &p.slider} {
		*r = canvas.NewRectangle(nil)
	}
	p.head.TopLeftCornerRadius, p.head.TopRightCornerRadius = radiusCard-1, radiusCard-1
	p.focus.StrokeWidth = ringWidth
	p.thumb.CornerRadius, p.slider.CornerRadius = 3, 3
	for _, c := range g.Columns {
		t := line(SmallBold)
		t.Text = c.Title
		p.titles = append(p.titles, t)
		p.edges = append(p.edges, canvas.NewRectangle(nil))
	}
	p.d = &drawing{of: g, min: func() fyne.Size { return fyne.NewSize(200, g.head()+3*GridRowHeight) },
		layout: func(fyne.Size) { p.draw() }, refresh: func() {}}
	g.cut = p.cut
	return clipped{p.d}
}

// cut is all that a cell says if it is cut on the screen; row -1 is the header.
func (p *gridParts) cut(row, col int) string {
	if row < 0 {
		if title := p.g.Columns[col].Title; p.titles[col].Text != title {
			return title
		}
		return ""
	}
	at := row - p.g.top
	if at < 0 || at >= len(p.lines) {
		return ""
	}
	c := p.lines[at].cells[col]
	beyond := c.text.Position().X+fyne.MeasureText(c.text.Text, c.text.TextSize, c.text.TextStyle).Width > p.g.Size().Width
	switch {
	case c.text.Text == c.was.Text && !beyond && (c.was.Before == "" || c.before.Text == c.was.Before):
		return ""
	case c.was.Before != "":
		return c.was.Before + " → " + c.was.Text
	default:
		return c.was.Text
	}
}

// draw brings everything to where and what it is now. It runs on each layout
// and each refresh and creates objects only while the pool grows.
func (p *gridParts) draw() {
	g := p.g
	g.top = max(0, min(g.top, g.last()))
	g.left = min(g.left, g.beyond())
	p.columns = g.widths()
	p.pool()
	p.rows()
	p.header()
	p.bars()
	p.empty()
	g.tell()
}

// pool makes as many lines as there is room for, one of them cut at the bottom.
func (p *gridParts) pool() {
	need := p.g.Full() + 1
	if len(p.lines) == need && p.d.parts != nil {
		return
	}
	for len(p.lines) < need {
		l := &gridLine{under: canvas.NewRectangle(nil)}
		for range p.g.Columns {
			l.cells = append(l.cells, &gridCell{text: line(Small)})
		}
		p.lines = append(p.lines, l)
	}
	p.lines = p.lines[:need]
	p.list()
}

// list puts the parts in the order in which they are drawn.
func (p *gridParts) list() {
	parts := []fyne.CanvasObject{p.hover, p.chosen}
	for _, l := range p.lines {
		for _, c := range l.cells {
			parts = append(parts, c.parts()...)
		}
		parts = append(parts, l.under)
	}
	parts = append(parts, p.mark, p.focus, p.head, p.below)
	for i := range p.titles {
		parts = append(parts, p.titles[i], p.edges[i])
		if head := p.g.Columns[i].Head; head != nil {
			parts = append(parts, head)
		}
	}
	parts = append(parts, p.arrow, p.thumb, p.slider)
	if p.g.Empty != nil {
		parts = append(parts, p.g.Empty)
	}
	p.d.parts = parts
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

// rows fills the pool.
func (p *gridParts) rows() {
	g, count := p.g, p.g.Rows()
	grew := false
	for i, l := range p.lines {
		row := g.top + i
		y := g.head() + float32(i)*GridRowHeight
		x := -g.left
		for col, c := range l.cells {
			cell := Cell{}
			if row < count {
				cell = g.Cell(row, col)
			}
			cell.Muted = cell.Muted || g.Columns[col].Muted
			grew = c.make(cell) || grew
			c.fill(cell, g.Columns[col].Right, fyne.NewPos(x, y), p.columns[col])
			x += p.columns[col]
		}
		l.under.FillColor = ink(Border)
		l.under.Hidden = row >= count
		place(l.under, 0, y+GridRowHeight-hairline, g.Size().Width, hairline)
	}
	if grew {
		p.list()
	}
	p.band(p.hover, g.hovered, Hover)
	p.band(p.chosen, g.chosen, Selection)
	p.marks()
}

// band lays a ground behind a row, if that is on the screen.
func (p *gridParts) band(r *canvas.Rectangle, row int, tone Token) {
	i := row - p.g.top
	r.Hidden = row < 0 || i < 0 || i >= len(p.lines) || row >= p.g.Rows()
	r.FillColor = ink(tone)
	place(r, 0, p.g.head()+float32(i)*GridRowHeight, p.g.Size().Width, GridRowHeight-hairline)
}

// marks draws the bar at the left of the chosen row, and the focus ring in it.
func (p *gridParts) marks() {
	p.mark.Hidden, p.focus.Hidden = p.chosen.Hidden, p.chosen.Hidden || !p.g.focused
	p.mark.FillColor, p.focus.StrokeColor, p.focus.FillColor = ink(Accent), ink(Focus), ink(None)
	at := p.chosen.Position()
	place(p.mark, 0, at.Y, markHeight, GridRowHeight-hairline)
	place(p.focus, 0, at.Y, p.g.Size().Width, GridRowHeight-hairline)
}

// make creates what the cell needs for the first time, and tells if it did.
func (c *gridCell) make(cell Cell) bool {
	grew := false
	if c.picture == nil && (cell.Shape != NoShape || cell.Icon != NoIcon) {
		c.picture, grew = newPicture(shapeRow), true
	}
	if c.ground == nil && cell.Ground != "" {
		c.ground, grew = canvas.NewRectangle(nil), true
	}
	if c.before == nil && cell.Before != "" {
		c.before, c.strike, c.arrow, grew = line(Small), canvas.NewRectangle(nil), newPicture(iconSmall), true
	}
	return grew
}

// fill draws a cell. It cuts and measures words only if they or their room
// have changed.
func (c *gridCell) fill(cell Cell, right bool, at fyne.Position, width float32) {
	f := Small.face()
	room := width - 2*Space2
	x := at.X + Space2
	if c.ground != nil {
		c.ground.Hidden = cell.Ground == ""
		c.ground.FillColor = ink(cell.Ground)
		place(c.ground, at.X, at.Y, width, GridRowHeight-hairline)
	}
	if c.picture != nil {
		r := cell.Shape.resource()
		if cell.Icon != NoIcon {
			r = cell.Icon.resource(Ink, iconSmall)
		}
		setPicture(c.picture, r)
		place(c.picture, x, at.Y+(GridRowHeight-shapeRow)/2, shapeRow, shapeRow)
		if r != nil {
			x, room = x+shapeRow+Space2, room-shapeRow-Space2
		}
	}
	if c.before != nil {
		used := c.repair(cell, fyne.NewPos(x, at.Y), room)
		x, room = x+used, room-used
	}
	same := c.was == cell && c.width == width
	shown := c.text.Text
	if !same {
		shown = ellipsis(cell.Text, f, room)
		c.was, c.width = cell, width
	}
	tone := Ink
	if cell.Muted {
		tone = Secondary
	}
	write(c.text, shown, tone)
	if right {
		x += room - f.width(shown)
	}
	c.text.Move(fyne.NewPos(x, at.Y+middle(c.text, GridRowHeight)))
}

// repair draws what stood in the cell before, struck out, and an arrow. The
// new words keep their room whole. It returns how much room it took.
func (c *gridCell) repair(cell Cell, at fyne.Position, room float32) float32 {
	hidden := cell.Before == ""
	c.before.Hidden, c.strike.Hidden, c.arrow.Hidden = hidden, hidden, hidden
	if hidden {
		return 0
	}
	f := Small.face()
	const arrow = Space2 + iconSmall + Space1
	shown := ellipsis(cell.Before, f, max(Space6, room-arrow-f.width(cell.Text)-Space1))
	write(c.before, shown, Secondary)
	width := f.width(shown)
	c.before.Move(fyne.NewPos(at.X, at.Y+middle(c.before, GridRowHeight)))
	c.strike.FillColor = ink(Secondary)
	place(c.strike, at.X, at.Y+GridRowHeight/2, width, hairline)
	setPicture(c.arrow, IconNext.resource(Ink, iconSmall))
	place(c.arrow, float32(int(at.X+width+Space2)), at.Y+(GridRowHeight-iconSmall)/2, iconSmall, iconSmall)
	return width + arrow
}

// header draws the headings and the sort arrow.
func (p *gridParts) header() {
	g, f := p.g, SmallBold.face()
	p.head.FillColor = ink(Raised)
	place(p.head, 0, 0, g.Size().Width, g.head())
	p.below.FillColor = ink(Border)
	place(p.below, 0, g.head()-hairline, g.Size().Width, hairline)
	p.arrow.Hide()
	x, top := -g.left, g.head()-GridHeadHeight
	for i, t := range p.titles {
		w := p.columns[i]
		room := w - 2*Space2
		if i == g.sorted {
			room -= iconSmall + Space1
		}
		shown := ellipsis(g.Columns[i].Title, f, room)
		write(t, shown, Ink)
		at := x + Space2
		if g.Columns[i].Right {
			at += room - f.width(shown)
		}
		t.Move(fyne.NewPos(at, top+middle(t, GridHeadHeight)))
		if head := g.Columns[i].Head; head != nil {
			place(head, x+Space1, Space2-2, w-Space2, SmallHeight)
		}
		if i == g.sorted {
			p.sortArrow(at + f.width(shown) + Space1)
		}
		x += w
		p.edges[i].FillColor = ink(Border)
		p.edges[i].Hidden = i == len(p.titles)-1 || !g.edged && g.drag.column != i
		place(p.edges[i], x-hairline, top+Space2, hairline, GridHeadHeight-2*Space2)
	}
}

func (p *gridParts) sortArrow(x float32) {
	icon := IconUp
	if p.g.down {
		icon = IconDown
	}
	setPicture(p.arrow, icon.resource(Ink, iconSmall))
	place(p.arrow, float32(int(x)), p.g.head()-GridHeadHeight+(GridHeadHeight-iconSmall)/2, iconSmall, iconSmall)
}

// bars draws the line below the header and the two scroll thumbs.
func (p *gridParts) bars() {
	g, s := p.g, p.g.Size()
	y, height := g.thumb()
	p.thumb.Hidden = height == 0
	p.thumb.FillColor, p.slider.FillColor = ink(Outline), ink(Outline)
	place(p.thumb, s.Width-8, y, 6, height)
	over := g.beyond()
	p.slider.Hidden = over == 0
	if over > 0 {
		track := s.Width - 2*Space1 - barRoom
		width := max(minThumb, track*s.Width/(s.Width+over))
		place(p.slider, Space1+(track-width)*g.left/over, s.Height-8, width, 6)
	}
}

// empty shows what is said where there are no rows.
func (p *gridParts) empty() {
	e := p.g.Empty
	if e == nil {
		return
	}
	if p.g.Rows() > 0 {
		e.Hide()
		return
	}
	e.Show()
	place(e, 0, p.g.head(), p.g.Size().Width, p.g.Size().Height-p.g.head())
}
