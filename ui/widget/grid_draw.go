package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// This file draws a grid: a fixed pool of lines of cells, filled anew from the
// row indexes that are on the screen. grid_head.go draws its heading.

// gridLine is one row of the pool.
type gridLine struct {
	ground *canvas.Rectangle
	check  *checkBox // nil without boxes
	cells  []*gridCell
	under  *canvas.Rectangle
}

type gridParts struct {
	g      *Grid
	d      *drawing
	head   *canvas.Rectangle
	all    *checkBox
	titles []*canvas.Text
	arrow  *canvas.Image
	edges  []*canvas.Rectangle

	mark, focus, below, thumb, slider, drop, held *canvas.Rectangle
	right, bottom                                 *canvas.Rectangle // under the scroll thumbs, so that these cover no words

	lines []*gridLine
	top   int // the row of the first line, as last drawn

	// of the drawing in progress
	columns []float32
	shown   []int
	paper   color.NRGBA
}

// clipped is a drawing that is cut at its control's edges.
type clipped struct{ *drawing }

// IsClip tells the toolkit to cut.
func (clipped) IsClip() {}

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	p := &gridParts{g: g, arrow: newPicture(iconSmall), all: newCheckBox()}
	for _, r := range []**canvas.Rectangle{&p.head, &p.mark, &p.focus, &p.below, &p.thumb, &p.slider, &p.drop, &p.held, &p.right, &p.bottom} {
		*r = newBlock()
	}
	p.head.TopLeftCornerRadius, p.head.TopRightCornerRadius = radiusCard-1, radiusCard-1
	p.focus.StrokeWidth = ringWidth
	p.thumb.CornerRadius, p.slider.CornerRadius = 3, 3
	for _, c := range g.Columns {
		t := line(SmallBold)
		t.Text = c.Title
		p.titles = append(p.titles, t)
		p.edges = append(p.edges, newBlock())
	}
	p.d = &drawing{of: g, min: func() fyne.Size { return fyne.NewSize(200, g.head()+3*g.rowHeight()) },
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
	cell := c.was.cell
	beyond := c.text.Position().X+fyne.MeasureText(c.text.Text, c.text.TextSize, c.text.TextStyle).Width > p.g.Size().Width
	switch {
	case c.text.Text == cell.Text && !beyond && (cell.Before == "" || c.before.Text == cell.Before):
		return ""
	case cell.Before != "":
		return cell.Before + " → " + cell.Text
	default:
		return cell.Text
	}
}

// draw brings everything to where and what it is now. It runs on each layout
// and each refresh and creates objects only while the pool grows.
func (p *gridParts) draw() {
	g := p.g
	g.top = max(0, min(g.top, g.last()))
	g.left = min(g.left, g.beyond())
	p.columns, p.shown, p.paper = g.widths(), g.Shown(), ink(Surface)
	p.pool()
	p.turn()
	p.rows()
	p.header()
	p.marks()
	p.bars()
	p.empty()
	g.tell()
}

// pool makes as many lines as there is room for, one of them cut at the bottom.
func (p *gridParts) pool() {
	need := p.g.Full() + 1
	if len(p.lines) == need && p.d.parts != nil && (p.lines[0].check != nil || !p.g.Checks) {
		return
	}
	for len(p.lines) < need {
		l := &gridLine{ground: newBlock(), under: newBlock()}
		for range p.g.Columns {
			l.cells = append(l.cells, &gridCell{text: line(Small)})
		}
		p.lines = append(p.lines, l)
	}
	p.lines = p.lines[:need]
	for _, l := range p.lines {
		if p.g.Checks && l.check == nil {
			l.check = newCheckBox()
		}
	}
	p.list()
}

// turn lets lines keep their rows when the grid is scrolled by a few, so that
// those only move.
func (p *gridParts) turn() {
	n, by := len(p.lines), p.g.top-p.top
	p.top = p.g.top
	if by <= -n || by >= n {
		return
	}
	by = (by + n) % n
	p.lines = slices.Concat(p.lines[by:], p.lines[:by])
}

// list puts the parts in the order in which they are drawn.
func (p *gridParts) list() {
	var parts []fyne.CanvasObject
	for _, l := range p.lines {
		parts = append(parts, l.ground)
	}
	for _, l := range p.lines {
		if l.check != nil {
			parts = append(parts, l.check.box, l.check.sign)
		}
		for _, c := range l.cells {
			parts = append(parts, c.parts()...)
		}
		parts = append(parts, l.under)
	}
	parts = append(parts, p.mark, p.head, p.held, p.below, p.all.box, p.all.sign)
	for i := range p.titles {
		parts = append(parts, p.titles[i], p.edges[i])
		if head := p.g.Columns[i].Head; head != nil {
			parts = append(parts, head)
		}
	}
	parts = append(parts, p.arrow, p.right, p.bottom, p.focus, p.drop, p.thumb, p.slider)
	if p.g.Empty != nil {
		parts = append(parts, p.g.Empty)
	}
	p.d.parts = parts
}

// rows fills the pool.
func (p *gridParts) rows() {
	g, count, selected := p.g, p.g.Rows(), p.g.selection()
	grew := false
	for i, l := range p.lines {
		row := g.top + i
		at := fyne.NewPos(-g.left, g.head()+float32(i)*g.rowHeight())
		there := row < count
		marked := there && selected.has(row)
		p.ground(l.ground, row, marked, at.Y)
		if l.check != nil {
			l.check.draw(g.Checks && there, tickOf(marked), at, g.rowHeight())
		}
		grew = p.cells(l, row, there, at) || grew
		l.under.Hidden = !there
		place(tint(l.under, Border), 0, at.Y+g.rowHeight()-hairline, g.Size().Width, hairline)
	}
	if grew {
		p.list()
	}
}

func tickOf(on bool) tick {
	if on {
		return tickedAll
	}
	return unticked
}

// cells fills one line, and tells if a cell made parts.
func (p *gridParts) cells(l *gridLine, row int, there bool, at fyne.Position) bool {
	g, grew := p.g, false
	at.X += g.first()
	for _, col := range p.shown {
		c, cell := l.cells[col], Cell{}
		if there {
			cell = g.Cell(row, col)
		}
		cell.Muted = cell.Muted || g.Columns[col].Muted
		now := drawn{cell, g.Columns[col].Right, at, fyne.NewSize(p.columns[col], g.rowHeight()), p.paper}
		if now != c.was {
			grew = c.make(cell) || grew
			c.fill(now)
		}
		at.X += p.columns[col]
	}
	if len(p.shown) < len(l.cells) {
		for col, c := range l.cells {
			if g.hidden[col] {
				c.hide()
			}
		}
	}
	return grew
}

// ground lays a colour behind a row that is selected or under the pointer.
func (p *gridParts) ground(r *canvas.Rectangle, row int, marked bool, y float32) {
	g := p.g
	tone := None
	switch {
	case marked:
		tone = Selection
	case row == g.hovered || g.Checks && row == g.chosen: // a row without its tick is not selected
		tone = Hover
	}
	r.Hidden = tone == None || row >= g.Rows()
	place(tint(r, tone), 0, y, g.Size().Width, g.rowHeight()-hairline)
}

// marks draws the bar at the left of the chosen row, and the focus ring in it
// or in a heading.
func (p *gridParts) marks() {
	g := p.g
	i := g.chosen - g.top
	there := g.chosen >= 0 && i >= 0 && i < len(p.lines) && g.chosen < g.Rows()
	y := g.head() + float32(i)*g.rowHeight()
	p.mark.Hidden, p.focus.Hidden = !there, !there || !g.focused
	p.focus.StrokeColor, p.focus.FillColor = ink(Focus), ink(None)
	place(tint(p.mark, Accent), 0, y, markHeight, g.rowHeight()-hairline)
	place(p.focus, 0, y, g.Size().Width, g.rowHeight()-hairline)
	if g.focused && g.heading >= 0 {
		p.focus.Hidden = false
		place(p.focus, g.columnLeft(g.heading), g.head()-GridHeadHeight, p.columns[g.heading], GridHeadHeight-hairline)
	}
}

// bars draws the two scroll thumbs.
func (p *gridParts) bars() {
	g, s := p.g, p.g.Size()
	y, height := g.thumb()
	p.thumb.Hidden = height == 0
	place(tint(p.thumb, Outline), s.Width-8, y, 6, height)
	over := g.beyond()
	p.slider.Hidden = over == 0
	p.right.Hidden, p.bottom.Hidden = height == 0 || over == 0, over == 0
	place(tint(p.right, Surface), s.Width-barRoom, g.head(), barRoom, s.Height-g.head())
	place(tint(p.bottom, Surface), 0, s.Height-barRoom, s.Width, barRoom)
	if over > 0 {
		track := s.Width - 2*Space1 - barRoom
		width := max(minThumb, track*s.Width/(s.Width+over))
		place(tint(p.slider, Outline), Space1+(track-width)*g.left/over, s.Height-8, width, 6)
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
