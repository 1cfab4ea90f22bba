package widget

import "slices"

// This file is how the columns of a grid are arranged, and how that is kept.

// GridLayout is how somebody arranged the columns, to be kept and restored.
type GridLayout struct {
	Columns []GridColumn `json:"columns"` // from left to right
}

// GridColumn is one column of a layout.
type GridColumn struct {
	Key    string  `json:"key"`
	Width  float32 `json:"width,omitempty"` // that somebody gave; zero: its own
	Hidden bool    `json:"hidden,omitempty"`
}

// Layout is how the columns that have a key are arranged.
func (g *Grid) Layout() GridLayout {
	var l GridLayout
	for _, i := range g.arranged() {
		if key := g.Columns[i].Key; key != "" {
			l.Columns = append(l.Columns, GridColumn{key, g.dragged[i], g.hidden[i]})
		}
	}
	return l
}

// SetLayout arranges the columns. Keys that no column has are passed over;
// columns that the layout does not know stand behind those that it does. One
// column is shown whatever it says.
func (g *Grid) SetLayout(l GridLayout) {
	var order []int
	hidden, widths := map[int]bool{}, map[int]float32{}
	for _, c := range l.Columns {
		i := g.keyed(c.Key)
		if i < 0 || slices.Contains(order, i) {
			continue
		}
		order = append(order, i)
		if c.Width > 0 {
			widths[i] = max(columnLeast, c.Width)
		}
		if c.Hidden {
			hidden[i] = true
		}
	}
	for i := range g.Columns {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	if len(order) > 0 && len(hidden) == len(order) {
		delete(hidden, order[0])
	}
	g.order, g.hidden, g.dragged = order, hidden, widths
	g.Refresh()
}

// HideColumn hides a column or shows it again. The last one that is shown
// stays.
func (g *Grid) HideColumn(key string, hide bool) {
	i := g.keyed(key)
	if i < 0 || g.hidden[i] == hide || hide && len(g.Shown()) == 1 {
		return
	}
	if hide {
		g.hidden[i] = true
	} else {
		delete(g.hidden, i)
	}
	g.rearranged()
}

// MoveColumn makes a column the one at a place among those that are shown,
// counted from the left and from zero.
func (g *Grid) MoveColumn(key string, to int) {
	if i := g.keyed(key); i >= 0 && !g.hidden[i] {
		g.move(i, to)
	}
}

// move puts a column where now another one is shown; that one and those between
// make room.
func (g *Grid) move(col, to int) {
	shown := g.Shown()
	to = max(0, min(to, len(shown)-1))
	if shown[to] == col {
		return
	}
	order := slices.Clone(g.arranged())
	from, at := slices.Index(order, col), slices.Index(order, shown[to])
	order = slices.Insert(slices.Delete(order, from, from+1), at, col)
	g.order = order
	g.rearranged()
}

// rearranged shows and tells that somebody arranged the columns.
func (g *Grid) rearranged() {
	g.slide(0)
	g.Refresh()
	if g.OnLayout != nil {
		g.OnLayout(g.Layout())
	}
}

// keyed is the column with a key, or -1.
func (g *Grid) keyed(key string) int {
	return slices.IndexFunc(g.Columns, func(c Column) bool { return key != "" && c.Key == key })
}

// arranged is all columns from left to right, the hidden ones too.
func (g *Grid) arranged() []int {
	if len(g.order) != len(g.Columns) {
		g.order = make([]int, len(g.Columns))
		for i := range g.order {
			g.order[i] = i
		}
	}
	return g.order
}

// Shown is the columns that are shown, from left to right.
func (g *Grid) Shown() []int {
	shown := make([]int, 0, len(g.Columns))
	for _, i := range g.arranged() {
		if !g.hidden[i] {
			shown = append(shown, i)
		}
	}
	return shown
}

// ShowColumn scrolls sideways just so far that a column is on the screen.
func (g *Grid) ShowColumn(col int) {
	at := g.columnLeft(col)
	width := g.widths()[col]
	if right := at + width - (g.Size().Width - barRoom); right > 0 {
		at -= right
		g.slide(right)
	}
	if at < g.first() {
		g.slide(at - g.first())
	}
}

// first is where the columns begin: behind the boxes, if there are any.
func (g *Grid) first() float32 {
	if g.Checks {
		return checkWidth
	}
	return 0
}

// columnLeft is the left edge of a column on the screen.
func (g *Grid) columnLeft(col int) float32 {
	at, widths := g.first()-g.left, g.widths()
	for _, i := range g.Shown() {
		if i == col {
			break
		}
		at += widths[i]
	}
	return at
}

// barRoom is kept free at the right for the scroll bar.
const barRoom float32 = 12

// widths are the columns' widths: those a person gave, and for the others what
// they need and their share of what is left. Hidden ones have none.
func (g *Grid) widths() []float32 {
	widths, shown := make([]float32, len(g.Columns)), g.Shown()
	sum, shares := g.first(), float32(0)
	for _, i := range shown {
		c := g.Columns[i]
		w, given := g.dragged[i]
		if !given {
			w = c.Width
			shares += c.Grow
		}
		widths[i] = w
		sum += w
	}
	extra := g.Size().Width - barRoom - sum
	if extra <= 0 || shares == 0 {
		return widths
	}
	for _, i := range shown {
		if _, given := g.dragged[i]; !given {
			widths[i] += float32(int(extra * g.Columns[i].Grow / shares)) // whole pixels stay sharp
		}
	}
	return widths
}

// beyond is how far the columns reach beyond the grid.
func (g *Grid) beyond() float32 {
	sum := barRoom + g.first()
	for _, w := range g.widths() {
		sum += w
	}
	return max(0, sum-g.Size().Width)
}

func (g *Grid) slide(by float32) {
	to := max(0, min(g.left+by, g.beyond()))
	if to != g.left {
		g.left = to
		g.Refresh()
	}
}

// resize gives a column a width.
func (g *Grid) resize(col int, width float32) {
	g.dragged[col] = max(columnLeast, width)
	g.slide(0)
	g.Refresh()
}

// fit gives a column the width of what it shows now.
func (g *Grid) fit(col int) {
	const sort = iconSmall + Space1
	width := SmallBold.face().width(g.Columns[col].Title) + sort
	for row := g.top; row < min(g.top+g.Full()+1, g.Rows()); row++ {
		width = max(width, g.Cell(row, col).width())
	}
	g.resize(col, min(columnMost, float32(int(width+1))+2*Space2))
	g.rearranged()
}

// width is what a cell needs to be shown whole, its padding apart.
func (c Cell) width() float32 {
	f := Small.face()
	width := f.width(c.Text)
	if c.Shape != NoShape || c.Icon != NoIcon {
		width += shapeRow + Space2
	}
	if c.Before != "" {
		width += f.width(c.Before) + repairArrow
	}
	return width
}

// repairArrow is the room of the arrow from what was to what is.
const repairArrow = Space2 + iconSmall + Space1
