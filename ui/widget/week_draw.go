package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

const (
	weekHead float32 = TagHeight // the names of the hours
	weekGap  float32 = 2         // between cells
	weekDash float32 = 10        // in a cell that cannot be on
	leastDay float32 = 20        // width of a cell, at least
)

// lead is how wide the names of the days are.
func (w *Week) lead() float32 {
	widest := float32(0)
	for _, day := range w.days {
		widest = max(widest, Body.face().width(day))
	}
	return widest + Space3
}

// wide is how wide a cell is, with the gap after it.
func (w *Week) wide() float32 {
	return (w.Size().Width - w.lead() - Space3) / float32(w.last-w.first)
}

// weekParts is what a week is drawn with. Cells are kept while fewer are shown.
type weekParts struct {
	w           *Week
	d           *drawing
	days, hours []*canvas.Text
	cells       []weekCell
	focus       *canvas.Rectangle
}

// weekCell is what one hour is drawn with.
type weekCell struct{ ground, on, dash *canvas.Rectangle }

// CreateRenderer implements fyne.Widget.
func (w *Week) CreateRenderer() fyne.WidgetRenderer {
	p := &weekParts{w: w, focus: canvas.NewRectangle(nil)}
	p.focus.StrokeWidth, p.focus.CornerRadius = ringWidth, radiusControl
	p.d = &drawing{of: w, min: p.min, layout: func(fyne.Size) { p.layout() }, refresh: p.refresh}
	p.refresh()
	return p.d
}

func (p *weekParts) min() fyne.Size {
	return fyne.NewSize(p.w.lead()+float32(p.w.last-p.w.first)*leastDay+Space3, weekHead+float32(len(p.w.days))*GridRowHeight)
}

// grow makes what is missing.
func (p *weekParts) grow() {
	columns := p.w.last - p.w.first
	for len(p.days) < len(p.w.days) {
		p.days = append(p.days, line(Body))
	}
	for len(p.hours) < columns+1 {
		p.hours = append(p.hours, line(Caption))
	}
	for len(p.cells) < columns*len(p.w.days) {
		p.cells = append(p.cells, newWeekCell())
	}
	p.d.parts = p.d.parts[:0]
	for _, t := range p.days {
		p.d.parts = append(p.d.parts, t)
	}
	for _, t := range p.hours[:columns+1] {
		p.d.parts = append(p.d.parts, t)
	}
	for _, c := range p.cells[:columns*len(p.w.days)] {
		p.d.parts = append(p.d.parts, c.ground, c.on, c.dash)
	}
	p.d.parts = append(p.d.parts, p.focus)
}

func (p *weekParts) refresh() {
	p.grow()
	for i, day := range p.w.days {
		write(p.days[i], day, Ink)
	}
	columns := p.w.last - p.w.first
	for i, t := range p.hours[:columns+1] {
		t.Alignment = fyne.TextAlignCenter
		write(t, digits(p.w.first+i), Secondary)
	}
	lines, hours := p.w.Marked()
	several := lines.Last-lines.First+hours.Last-hours.First > 2
	for i := range p.cells[:columns*len(p.w.days)] {
		at := weekAt{i / columns, p.w.first + i%columns}
		marked := several && at.line >= lines.First && at.line < lines.Last && at.hour >= hours.First && at.hour < hours.Last
		p.cells[i].paint(p.w.cell(at.line, at.hour), marked)
	}
	p.focus.FillColor, p.focus.StrokeColor, p.focus.Hidden = ink(None), ink(Focus), !p.w.keyed
	p.layout()
}

// NewWeekKey is a cell by itself, for what the cells of a week mean.
func NewWeekKey(cell WeekCell) fyne.CanvasObject {
	k := &weekKey{cell: cell}
	k.ExtendBaseWidget(k)
	return k
}

type weekKey struct {
	fynewidget.BaseWidget
	cell WeekCell
}

// CreateRenderer implements fyne.Widget.
func (k *weekKey) CreateRenderer() fyne.WidgetRenderer {
	c := newWeekCell()
	d := &drawing{of: k, parts: []fyne.CanvasObject{c.ground, c.on, c.dash}}
	d.min = func() fyne.Size { return fyne.NewSize(leastDay, iconSmall) }
	d.layout = func(s fyne.Size) { c.place(k.cell, 0, 0, s.Width, s.Height) }
	d.refresh = func() { c.paint(k.cell, false) }
	d.refresh()
	return d
}

func newWeekCell() weekCell {
	c := weekCell{canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)}
	c.ground.CornerRadius, c.on.CornerRadius = radiusTag, radiusTag
	return c
}

func (c weekCell) place(cell WeekCell, x, y, w, h float32) {
	place(c.ground, x, y, w, h)
	place(c.on, x+w*cell.From, y, w*(cell.Till-cell.From), h)
	place(c.dash, x+(w-weekDash)/2, y+(h-ringWidth)/2, weekDash, ringWidth)
}

func (c weekCell) paint(cell WeekCell, marked bool) {
	ground, edge, width := Background, Border, hairline
	if cell.Forbidden {
		ground = Hover
	}
	if marked {
		ground, edge, width = Selection, Focus, ringWidth
	}
	c.ground.FillColor, c.ground.StrokeColor, c.ground.StrokeWidth = ink(ground), ink(edge), width
	c.on.FillColor, c.on.Hidden = ink(Accent), cell.Forbidden || cell.From >= cell.Till
	if c.on.StrokeWidth = 0; marked {
		c.on.StrokeColor, c.on.StrokeWidth = ink(Focus), ringWidth
	}
	c.dash.FillColor, c.dash.Hidden = ink(Outline), !cell.Forbidden
}

func (p *weekParts) layout() {
	lead, wide, columns := p.w.lead(), p.w.wide(), p.w.last-p.w.first
	for i, t := range p.days {
		place(t, 0, weekHead+float32(i)*GridRowHeight, lead, GridRowHeight-weekGap)
	}
	for i, t := range p.hours[:columns+1] {
		place(t, lead+float32(i)*wide-Space3, 0, 2*Space3, weekHead)
	}
	for i, c := range p.cells[:columns*len(p.w.days)] {
		x, y := lead+float32(i%columns)*wide, weekHead+float32(i/columns)*GridRowHeight
		c.place(p.w.cell(i/columns, p.w.first+i%columns), x, y, wide-weekGap, GridRowHeight-weekGap)
	}
	lines, hours := p.w.Marked()
	x, y := lead+float32(hours.First-p.w.first)*wide, weekHead+float32(lines.First)*GridRowHeight
	const out = ringWidth + 1
	place(p.focus, x-out, y-out, float32(hours.Last-hours.First)*wide-weekGap+2*out, float32(lines.Last-lines.First)*GridRowHeight-weekGap+2*out)
}
