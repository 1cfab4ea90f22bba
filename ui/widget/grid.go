package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Column is one column of a grid.
type Column struct {
	Title string
	Head  fyne.CanvasObject // stands above the title; nil for nothing
	Width float32           // what it needs; dragging its edge changes it
	Grow  float32           // its share of the room that is left over
	Right bool              // figures stand at the right
	Muted bool              // in the colour of captions
	Sorts bool              // its heading may be chosen to sort by it
}

// WidthOf is the width of a column in which all of these words have room,
// within reason.
func WidthOf(words ...string) float32 {
	const least, most = 64, 260
	widest := float32(least)
	for _, w := range words {
		widest = max(widest, SmallBold.face().width(w)+2*Space2+Space1)
	}
	return min(widest, most)
}

// Cell is what stands in one cell.
type Cell struct {
	Text   string
	Shape  Shape  // before the text
	Icon   Icon   // before the text, where there is no shape
	Before string // struck out before the text: what was repaired
	Ground Token  // soft ground; empty for none
	Muted  bool
}

// Grid shows any number of rows of equal height. It scrolls by row index over
// a fixed pool of cells: see the package comment. Set the functions before it
// is shown; call Refresh when what they return has changed. Rows and Cell are
// called for every redraw and must only read memory.
type Grid struct {
	fynewidget.BaseWidget
	Columns []Column
	Rows    func() int
	Cell    func(row, col int) Cell

	OnChosen func(row int)          // a row was chosen; may be nil
	OnOpened func(row int)          // Enter or a double click; may be nil
	OnSorted func(col int)          // a heading was chosen; may be nil
	OnTyped  func(r rune)           // somebody types while the grid has the focus
	OnShown  func(first, count int) // other rows are on the screen; may be nil
	// Empty is shown in place of the rows where there are none.
	Empty fyne.CanvasObject

	top     int     // first row on the screen
	left    float32 // how far the columns are scrolled to the right
	chosen  int     // or -1
	hovered int     // or -1
	focused bool
	edged   bool // the pointer is at the edge of a column
	sorted  int  // column, or -1
	down    bool

	dragged map[int]float32 // widths a person gave
	drag    drag
	wheel   float32 // less than a row, kept for the next turn
	shown   [2]int  // as last told to OnShown

	tip  tip
	over [2]int // the row and column under the pointer
	cut  func(row, col int) string
}

// NewGrid returns a grid without a chosen row.
func NewGrid(columns []Column, rows func() int, cell func(row, col int) Cell) *Grid {
	g := &Grid{Columns: columns, Rows: rows, Cell: cell, chosen: -1, hovered: -1, sorted: -1, dragged: map[int]float32{}}
	g.drag.column = -1
	g.over, g.cut = [2]int{-1, -1}, func(int, int) string { return "" }
	g.tip.ExtendToolTipWidget(g)
	g.ExtendBaseWidget(g)
	return g
}

// head is the height of everything above the rows.
func (g *Grid) head() float32 {
	if slices.ContainsFunc(g.Columns, func(c Column) bool { return c.Head != nil }) {
		return SmallHeight + Space1 + GridHeadHeight
	}
	return GridHeadHeight
}

// ShowColumn scrolls sideways just so far that a column is on the screen.
func (g *Grid) ShowColumn(col int) {
	at, widths := -g.left, g.widths()
	for _, w := range widths[:col] {
		at += w
	}
	if right := at + widths[col] - (g.Size().Width - barRoom); right > 0 {
		at -= right
		g.slide(right)
	}
	if at < 0 {
		g.slide(at)
	}
}

// Full is the number of rows that fit on the screen whole.
func (g *Grid) Full() int {
	return max(1, int((g.Size().Height-g.head())/GridRowHeight))
}

// Top is the first row on the screen.
func (g *Grid) Top() int { return g.top }

// Chosen is the chosen row, or -1.
func (g *Grid) Chosen() int { return g.chosen }

// last is the largest Top: the last row then stands at the bottom.
func (g *Grid) last() int { return max(0, g.Rows()-g.Full()) }

// ScrollTo makes row the first on the screen, as far as there are rows.
func (g *Grid) ScrollTo(row int) {
	to := max(0, min(row, g.last()))
	if to == g.top {
		return
	}
	g.top = to
	g.Refresh()
}

// Reveal scrolls just so far that row is on the screen whole.
func (g *Grid) Reveal(row int) {
	switch {
	case row < g.top:
		g.ScrollTo(row)
	case row >= g.top+g.Full():
		g.ScrollTo(row - g.Full() + 1)
	}
}

// Choose makes row the chosen one, shows it and tells OnChosen; -1 chooses
// none.
func (g *Grid) Choose(row int) {
	row = min(row, g.Rows()-1)
	if row < 0 {
		g.Mark(-1)
		return
	}
	g.chosen = row
	g.Reveal(row)
	g.Refresh()
	if g.OnChosen != nil {
		g.OnChosen(row)
	}
}

// Mark moves the mark of the chosen row without scrolling or telling anybody:
// the rows were sorted or filtered, and the chosen one stands elsewhere now.
func (g *Grid) Mark(row int) {
	if g.chosen != row {
		g.chosen = max(-1, row)
		g.Refresh()
	}
}

// SetSort says by which column the rows are sorted; -1 for none.
func (g *Grid) SetSort(col int, down bool) {
	g.sorted, g.down = col, down
	g.Refresh()
}

// Reset scrolls to the first row and lets go of the chosen one.
func (g *Grid) Reset() {
	g.top, g.chosen, g.wheel = 0, -1, 0
	g.Refresh()
}

// tell calls OnShown if other rows are on the screen than last time.
func (g *Grid) tell() {
	now := [2]int{g.top, min(g.Full()+1, max(0, g.Rows()-g.top))}
	if now == g.shown || g.OnShown == nil {
		return
	}
	g.shown = now
	g.OnShown(now[0], now[1])
}

// barRoom is kept free at the right for the scroll bar.
const barRoom float32 = 12

// widths are the columns' widths: those a person gave, and for the others what
// they need and their share of what is left.
func (g *Grid) widths() []float32 {
	widths := make([]float32, len(g.Columns))
	sum, shares := float32(0), float32(0)
	for i, c := range g.Columns {
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
	for i, c := range g.Columns {
		if _, given := g.dragged[i]; !given {
			widths[i] += float32(int(extra * c.Grow / shares)) // whole pixels stay sharp
		}
	}
	return widths
}

// beyond is how far the columns reach beyond the grid.
func (g *Grid) beyond() float32 {
	sum := barRoom
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

// thumb is the y and the height of the scroll thumb; its height is zero if
// every row is on the screen.
func (g *Grid) thumb() (y, height float32) {
	rows, full := g.Rows(), g.Full()
	if rows <= full {
		return 0, 0
	}
	track := g.Size().Height - g.head() - 2*Space1
	height = max(minThumb, float32(float64(track)*float64(full)/float64(rows)))
	share := float64(g.top) / float64(g.last())
	return g.head() + Space1 + float32(share*float64(track-height)), height
}
