package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// This file is what a person does with a grid: keys, wheel, pointer.

// drag is what the pointer holds.
type drag struct {
	column int     // whose edge, or -1
	bar    bool    // the scroll thumb
	grip   float32 // where in the thumb it was taken
}

// FocusGained implements fyne.Focusable.
func (g *Grid) FocusGained() { g.focused = true; g.Refresh() }

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() { g.focused = false; g.Refresh() }

// TypedRune implements fyne.Focusable.
func (g *Grid) TypedRune(r rune) {
	if g.OnTyped != nil {
		g.OnTyped(r)
	}
}

// TypedKey implements fyne.Focusable.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		g.Choose(g.chosen + 1)
	case fyne.KeyUp:
		g.Choose(max(0, g.chosen-1))
	case fyne.KeyPageDown:
		g.Choose(max(g.chosen, 0) + g.Full())
	case fyne.KeyPageUp:
		g.Choose(max(0, g.chosen-g.Full()))
	case fyne.KeyHome:
		g.Choose(0)
	case fyne.KeyEnd:
		g.Choose(g.Rows() - 1)
	case fyne.KeyRight:
		g.slide(Space9)
	case fyne.KeyLeft:
		g.slide(-Space9)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(g.chosen)
	default:
		passOn(g, e)
	}
}

func (g *Grid) open(row int) {
	if row >= 0 && row < g.Rows() && g.OnOpened != nil {
		g.OnOpened(row)
	}
}

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
	row := g.top + int((y-g.head())/GridRowHeight)
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
	at := -g.left
	for i, w := range g.widths() {
		if column < 0 && x >= at && x < at+w {
			column = i
		}
		at += w
		if x > at-near && x < at+near {
			edge = i
		}
	}
	return column, edge
}

// MouseDown implements desktop.Mouseable.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
	switch {
	case e.Position.X > g.Size().Width-barRoom && e.Position.Y > g.head():
		g.takeBar(e.Position.Y)
	case e.Position.Y < g.head():
		g.takeHead(e.Position.X)
	default:
		if row := g.rowAt(e.Position.Y); row >= 0 {
			g.Choose(row)
		}
	}
}

func (g *Grid) takeHead(x float32) {
	column, edge := g.columnAt(x)
	if edge >= 0 {
		g.drag.column = edge
		return
	}
	if column >= 0 && g.Columns[column].Sorts && g.OnSorted != nil {
		g.OnSorted(column)
	}
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

// MouseUp implements desktop.Mouseable.
func (g *Grid) MouseUp(*desktop.MouseEvent) { g.DragEnd() }

// Dragged implements fyne.Draggable.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	const narrowest = 40
	switch {
	case g.drag.bar:
		g.barTo(e.Position.Y)
	case g.drag.column >= 0:
		i := g.drag.column
		g.dragged[i] = max(narrowest, g.widths()[i]+e.Dragged.DX)
		g.slide(0)
		g.Refresh()
	}
}

// DragEnd implements fyne.Draggable.
func (g *Grid) DragEnd() { g.drag = drag{column: -1} }

// DoubleTapped implements fyne.DoubleTappable.
func (g *Grid) DoubleTapped(e *fyne.PointEvent) { g.open(g.rowAt(e.Position.Y)) }

// Tapped implements fyne.Tappable; a press has chosen the row already.
func (g *Grid) Tapped(*fyne.PointEvent) {}

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
