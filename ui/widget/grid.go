package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Column is one column of a grid.
type Column struct {
	// Key names the column in a Layout that is kept; it never changes. Without
	// one, a column cannot be hidden and is not remembered.
	Key   string
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

// Density is how high the rows of grids are.
type Density string

// The densities.
const (
	Comfortable Density = ""
	Compact     Density = "compact"
	Roomy       Density = "roomy"
)

// RowHeight is the height of a row.
func (d Density) RowHeight() float32 {
	switch d {
	case Compact:
		return gridRowCompact
	case Roomy:
		return gridRowRoomy
	default:
		return GridRowHeight
	}
}

// Grid shows any number of rows of equal height. It scrolls by row index over
// a fixed pool of cells: see the package comment. Set the functions before it
// is shown; call Refresh when what they return has changed. Rows and Cell are
// called for every redraw and must only read memory.
//
// Rows and columns are told by their index in what Rows counts and in Columns,
// wherever a column stands on the screen.
type Grid struct {
	fynewidget.BaseWidget
	Columns []Column
	Rows    func() int
	Cell    func(row, col int) Cell

	Density Density
	Multi   bool // several rows may be selected
	Checks  bool // a box before each row selects it; with Multi

	OnChosen   func(row int)          // a row was chosen; may be nil
	OnOpened   func(row int)          // Enter or a double click; may be nil
	OnSorted   func(col int)          // a heading was chosen; may be nil
	OnTyped    func(r rune)           // somebody types while the grid has the focus
	OnShown    func(first, count int) // other rows are on the screen; may be nil
	OnSelected func()                 // other rows are selected; may be nil
	OnLayout   func(GridLayout)       // somebody arranged the columns; may be nil
	// OnMenu asks for a menu about a row, at a position of the canvas: show it
	// with [PopUp]. The row is chosen or one of the selected ones; -1 is the
	// heading.
	OnMenu func(row int, at fyne.Position)
	// OnCopy copies the selected rows. Where it is nil the grid does that: see
	// Copy.
	OnCopy   func()
	OnCopied func(rows, selected int) // the grid put rows into the clipboard; may be nil
	// Empty is shown in place of the rows where there are none.
	Empty fyne.CanvasObject

	top     int     // first row on the screen
	left    float32 // how far the columns are scrolled to the right
	chosen  int     // or -1
	anchor  int     // where a selection with Shift begins
	hovered int     // or -1
	heading int     // the column whose heading the keys are at, or -1
	focused bool
	shift   bool // is held
	edged   bool // the pointer is at the edge of a column
	sorted  int  // column, or -1
	down    bool

	selected ranges
	order    []int // columns from left to right; nil: as in Columns
	hidden   map[int]bool
	dragged  map[int]float32 // widths a person gave
	drag     drag
	wheel    float32 // less than a row, kept for the next turn
	shown    [2]int  // as last told to OnShown

	tip  tip
	over [2]int // the row and column under the pointer
	cut  func(row, col int) string
}

// NewGrid returns a grid without a chosen row.
func NewGrid(columns []Column, rows func() int, cell func(row, col int) Cell) *Grid {
	g := &Grid{Columns: columns, Rows: rows, Cell: cell, chosen: -1, hovered: -1, heading: -1, sorted: -1,
		hidden: map[int]bool{}, dragged: map[int]float32{}}
	g.drag = released()
	g.over, g.cut = [2]int{-1, -1}, func(int, int) string { return "" }
	g.tip.ExtendToolTipWidget(g)
	g.ExtendBaseWidget(g)
	return g
}

// SetDensity changes the height of the rows; the first one stays where it is.
func (g *Grid) SetDensity(d Density) {
	g.Density = d
	g.Refresh()
}

func (g *Grid) rowHeight() float32 { return g.Density.RowHeight() }

// head is the height of everything above the rows.
func (g *Grid) head() float32 {
	if slices.ContainsFunc(g.Columns, func(c Column) bool { return c.Head != nil }) {
		return SmallHeight + Space1 + GridHeadHeight
	}
	return GridHeadHeight
}

// Full is the number of rows that fit on the screen whole.
func (g *Grid) Full() int {
	return max(1, int((g.Size().Height-g.head())/g.rowHeight()))
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
// none. It is the only selected one then, but with boxes, which keep their
// ticks.
func (g *Grid) Choose(row int) {
	row = min(row, g.Rows()-1)
	if row < 0 {
		g.Mark(-1)
		return
	}
	g.anchor = row
	g.goTo(row)
	if g.Multi && !g.Checks {
		g.selectOnly(row)
	}
}

// goTo makes row the chosen one and leaves the selection as it is.
func (g *Grid) goTo(row int) {
	g.chosen, g.heading = row, -1
	g.Reveal(row)
	g.Refresh()
	if g.OnChosen != nil {
		Guard(g, func() { g.OnChosen(row) })
	}
}

// Mark moves the mark of the chosen row without scrolling or telling anybody:
// the rows were sorted or filtered, and the chosen one stands elsewhere now.
// So do the selected ones: they are let go of, and OnSelected is told if there
// were others. SetSelection selects those that are still there.
func (g *Grid) Mark(row int) {
	row = max(-1, row)
	was := g.selected
	g.anchor, g.selected = max(0, row), nil
	if g.Multi && !g.Checks && row >= 0 {
		g.selected = ranges{}.with(row, row+1)
	}
	if g.chosen != row {
		g.chosen = row
		g.Refresh()
	}
	if was.count() != g.selected.count() {
		g.tellSelected()
	}
}

// SetSort says by which column the rows are sorted; -1 for none.
func (g *Grid) SetSort(col int, down bool) {
	g.sorted, g.down = col, down
	g.Refresh()
}

// Reset scrolls to the first row and lets go of the chosen one and of all that
// are selected.
func (g *Grid) Reset() {
	g.top, g.wheel = 0, 0
	g.Mark(-1)
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
