package widget

import (
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

	lines   []*gridLine
	columns []float32 // widths of the drawing in progress
	shown   []int     // and the columns it shows
}

// clipped is a drawing that is cut at its control's edges.
type clipped struct{ *drawing }

// IsClip tells the toolkit to cut.
func (clipped) IsClip() {}

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	p := &gridParts{g: g, arrow: newPicture(iconSmall), all: newCheckBox()}
	for _, r := range []**canvas.Rectangle{&p.head, &p.mark, &p.focus, &p.below, &p.thumb, &p.slider, &p.drop, &p.held} {
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
	p.columns, p.shown = g.widths(), g.Shown()
	p.pool()
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
	parts = append(parts, p.arrow, p.focus, p.drop, p.thumb, p.slider)
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
		fill(l.under, Border, 0, at.Y+g.rowHeight()-hairline, g.Size().Width, hairline)
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
		grew = c.make(cell) || grew
		c.fill(cell, g.Columns[col].Right, at, fyne.NewSize(p.columns[col], g.rowHeight()))
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
	case marked || g.Checks && row == g.chosen:
		tone = Selection
	case row == g.hovered:
		tone = Hover
	}
	r.Hidden = tone == None || row >= g.Rows()
	fill(r, tone, 0, y, g.Size().Width, g.rowHeight()-hairline)
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
	fill(p.mark, Accent, 0, y, markHeight, g.rowHeight()-hairline)
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
	fill(p.thumb, Outline, s.Width-8, y, 6, height)
	over := g.beyond()
	p.slider.Hidden = over == 0
	if over > 0 {
		track := s.Width - 2*Space1 - barRoom
		width := max(minThumb, track*s.Width/(s.Width+over))
		fill(p.slider, Outline, Space1+(track-width)*g.left/over, s.Height-8, width, 6)
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
