package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// This file is what a person does with a grid by the pointer; grid_keys.go is
// what is done by keys.

// drag is what the pointer holds.
type drag struct {
	column int     // whose edge, or -1
	head   int     // whose heading, or -1
	from   float32 // where the heading was taken
	to     float32 // where the pointer is now
	moving bool    // the heading is on its way
	bar    bool    // the scroll thumb
	grip   float32 // where in the thumb it was taken
}

func released() drag { return drag{column: -1, head: -1} }

// Scrolled implements fyne.Scrollable: one notch of a wheel is three rows.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	const notch, rows = 25, 3
	g.slide(-e.Scrolled.DX)
	g.wheel += -e.Scrolled.DY * rows / notch
	whole := int(g.wheel)
	g.wheel -= float32(whole)
	g.ScrollTo(g.top + whole)
}

// rowAt is the row under y, or -1.
func (g *Grid) rowAt(y float32) int {
	if y < g.head() {
		return -1
	}
	row := g.top + int((y-g.head())/g.rowHeight())
	if row >= g.Rows() {
		return -1
	}
	return row
}

// columnAt is the column under x, or -1; edge is the one whose right edge x is
// near, or -1.
func (g *Grid) columnAt(x float32) (column, edge int) {
	const near = 5
	column, edge = -1, -1
	at, widths := g.first()-g.left, g.widths()
	for _, i := range g.Shown() {
		if column < 0 && x >= at && x < at+widths[i] {
			column = i
		}
		at += widths[i]
		if x > at-near && x < at+near {
			edge = i
		}
	}
	return column, edge
}

// onChecks tells whether x is in the column of boxes.
func (g *Grid) onChecks(x float32) bool { return g.Checks && x < g.first()-g.left }

// MouseDown implements desktop.Mouseable.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		g.pointTo(g.rowAt(e.Position.Y))
	case e.Position.X > g.Size().Width-barRoom && e.Position.Y > g.head():
		g.takeBar(e.Position.Y)
	case e.Position.Y < g.head():
		g.takeHead(e.Position.X)
	default:
		g.takeRow(e)
	}
}

// pointTo chooses the row a menu is about, unless it is one of those selected.
func (g *Grid) pointTo(row int) {
	switch {
	case row < 0:
	case g.Multi && g.selected.has(row):
		g.goTo(row)
	default:
		g.Choose(row)
	}
}

// takeRow chooses a row, or selects more of them with Ctrl and Shift.
func (g *Grid) takeRow(e *desktop.MouseEvent) {
	row := g.rowAt(e.Position.Y)
	ctrl, shift := e.Modifier&fyne.KeyModifierShortcutDefault != 0, e.Modifier&fyne.KeyModifierShift != 0
	switch {
	case row < 0:
	case g.Multi && shift:
		g.extend(row, ctrl || g.Checks)
		g.goTo(row)
	case g.Multi && (ctrl || g.onChecks(e.Position.X)):
		g.toggle(row)
		g.goTo(row)
	default:
		g.Choose(row)
	}
}

func (g *Grid) takeHead(x float32) {
	column, edge := g.columnAt(x)
	switch {
	case g.onChecks(x):
		g.tickAll()
	case edge >= 0:
		g.drag.column = edge
	case column >= 0:
		g.drag.head, g.drag.from, g.drag.to = column, x, x
	}
}

// tickAll selects all rows, or none if all are.
func (g *Grid) tickAll() {
	if g.ticked() == tickedAll {
		g.SelectNone()
		return
	}
	g.SelectAll()
}

func (g *Grid) takeBar(y float32) {
	at, height := g.thumb()
	if height == 0 {
		return
	}
	g.drag.bar, g.drag.grip = true, height/2
	if y >= at && y <= at+height {
		g.drag.grip = y - at
	}
	g.barTo(y)
}

// barTo scrolls so that the thumb is where the pointer holds it. The two ends
// of the track are exactly the first and the last row.
func (g *Grid) barTo(y float32) {
	_, height := g.thumb()
	track := g.Size().Height - g.head() - 2*Space1 - height
	if track <= 0 {
		return
	}
	share := float64(y-g.drag.grip-g.head()-Space1) / float64(track)
	g.ScrollTo(int(min(max(share, 0), 1)*float64(g.last()) + 0.5))
}

// MouseUp implements desktop.Mouseable. A heading that was not dragged away was
// chosen.
func (g *Grid) MouseUp(*desktop.MouseEvent) {
	if col := g.drag.head; col >= 0 && !g.drag.moving {
		g.sortBy(col)
	}
	g.DragEnd()
}

func (g *Grid) sortBy(col int) {
	if g.Columns[col].Sorts && g.OnSorted != nil {
		Guard(g, func() { g.OnSorted(col) })
	}
}

// Dragged implements fyne.Draggable.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	const slack = 6 // a hand that trembles moves no column
	d := &g.drag
	switch {
	case d.bar:
		g.barTo(e.Position.Y)
	case d.column >= 0:
		g.resize(d.column, g.widths()[d.column]+e.Dragged.DX)
	case d.head >= 0:
		d.to = e.Position.X
		d.moving = d.moving || max(d.to-d.from, d.from-d.to) > slack
		g.Refresh()
	}
}

// dropAt is the place that a dragged heading would take: the one of the column
// under the pointer.
func (g *Grid) dropAt() int {
	at, shown := g.first()-g.left, g.Shown()
	for i, col := range shown {
		at += g.widths()[col]
		if g.drag.to < at {
			return i
		}
	}
	return len(shown) - 1
}

// DragEnd implements fyne.Draggable.
func (g *Grid) DragEnd() {
	was := g.drag
	g.drag = released()
	switch {
	case was.moving:
		g.drag.to = was.to
		to := g.dropAt()
		g.drag = released()
		g.move(was.head, to)
		g.Refresh()
	case was.column >= 0:
		g.rearranged()
	}
}

// DoubleTapped implements fyne.DoubleTappable: a row is opened, a column fitted
// to what it shows.
func (g *Grid) DoubleTapped(e *fyne.PointEvent) {
	if _, edge := g.columnAt(e.Position.X); e.Position.Y < g.head() && edge >= 0 {
		g.fit(edge)
		return
	}
	if !g.onChecks(e.Position.X) {
		g.open(g.rowAt(e.Position.Y))
	}
}

// Tapped implements fyne.Tappable; a press has chosen the row already.
func (g *Grid) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable: the menu of the row that
// the press has chosen, or of the heading.
func (g *Grid) TappedSecondary(e *fyne.PointEvent) {
	row := g.rowAt(e.Position.Y)
	if g.OnMenu != nil && (row >= 0 || e.Position.Y < g.head()) {
		Guard(g, func() { g.OnMenu(row, e.AbsolutePosition) })
	}
}

// MouseIn implements desktop.Hoverable.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	row := g.rowAt(e.Position.Y)
	g.hover(row, e.Position)
	col, _ := g.columnAt(e.Position.X)
	if row < 0 && e.Position.Y > g.head() {
		col = -1
	}
	g.tip.MouseMoved(e)
	if now := [2]int{row, col}; now != g.over {
		g.over = now
		g.tip.MouseOut()
		words := ""
		if col >= 0 {
			words = g.cut(row, col)
		}
		g.tip.SetToolTip(words)
		g.tip.MouseIn(e)
	}
}

// MouseOut implements desktop.Hoverable.
func (g *Grid) MouseOut() {
	g.hover(-1, fyne.Position{})
	g.over = [2]int{-1, -1}
	g.tip.MouseOut()
}

func (g *Grid) hover(row int, at fyne.Position) {
	g.edged = false
	if at.Y < g.head() {
		_, edge := g.columnAt(at.X)
		g.edged = edge >= 0
	}
	if g.hovered != row {
		g.hovered = row
		g.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (g *Grid) Cursor() desktop.Cursor {
	if g.edged || g.drag.column >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// nextTo is the column beside another on the screen, or that itself.
func (g *Grid) nextTo(col, by int) int {
	shown := g.Shown()
	at := slices.Index(shown, col) + by
	return shown[max(0, min(at, len(shown)-1))]
}
