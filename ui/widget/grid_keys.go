package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// This file is what a person does with a grid by keys.
//
//	arrows, PgUp, PgDn, Home, End   choose; with Shift they select from there
//	Space, Ctrl+A, Ctrl+C           select one more, all; copy
//	Enter                           open
//	Menu, Shift+F10                 the menu
//	Left, Right                     scroll sideways
//
// Up from the first row leads into the headings. There Left and Right go
// through them, Enter sorts, Alt+Left and Alt+Right move a column, and with
// Shift they make it narrower and wider. Down leads back.

// FocusGained implements fyne.Focusable.
func (g *Grid) FocusGained() { g.focused = true; g.Refresh(); Follow(g) }

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() {
	g.focused, g.shift, g.heading = false, false, -1
	g.Refresh()
}

// KeyDown implements desktop.Keyable: keys are typed without their modifiers.
func (g *Grid) KeyDown(e *fyne.KeyEvent) { g.shift = g.shift || isShift(e) }

// KeyUp implements desktop.Keyable.
func (g *Grid) KeyUp(e *fyne.KeyEvent) { g.shift = g.shift && !isShift(e) }

func isShift(e *fyne.KeyEvent) bool {
	return e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight
}

// TypedRune implements fyne.Focusable.
func (g *Grid) TypedRune(r rune) {
	if r == ' ' && (g.Multi || g.Opens || g.heading >= 0) {
		return // a key of ours
	}
	if g.OnTyped != nil {
		g.OnTyped(r)
	}
}

// TypedKey implements fyne.Focusable.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	if g.heading >= 0 && g.typedInHead(e) {
		return
	}
	if to, ok := g.target(e.Name); ok {
		g.keyTo(to)
		return
	}
	switch e.Name {
	case fyne.KeyRight:
		g.slide(Space9)
	case fyne.KeyLeft:
		g.slide(-Space9)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(g.chosen)
	case desktop.KeyMenu:
		g.menu()
	default:
		g.typedElse(e)
	}
}

func (g *Grid) typedElse(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeySpace && g.Opens:
		g.open(g.chosen)
	case e.Name == fyne.KeySpace && g.Multi:
		g.toggle(g.chosen)
	case e.Name == fyne.KeyF10 && g.shift:
		g.menu()
	default:
		passOn(g, e)
	}
}

// target is the row that a key leads to.
func (g *Grid) target(key fyne.KeyName) (row int, ok bool) {
	switch key {
	case fyne.KeyDown:
		return g.chosen + 1, true
	case fyne.KeyUp:
		return g.chosen - 1, true
	case fyne.KeyPageDown:
		return max(g.chosen, 0) + g.Full(), true
	case fyne.KeyPageUp:
		return max(0, g.chosen-g.Full()), true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return g.Rows() - 1, true
	default:
		return 0, false
	}
}

// keyTo goes to a row, selects up to it, or goes into the headings above it.
func (g *Grid) keyTo(row int) {
	rows := g.Rows()
	switch {
	case g.heading >= 0: // back from there
		g.Choose(max(0, g.chosen))
	case row < 0 && g.chosen == 0 && !g.shift:
		g.heading = g.Shown()[0]
		g.slide(-g.left)
		g.Refresh()
	case rows == 0:
	case g.shift && g.Multi && g.chosen >= 0:
		row = max(0, min(row, rows-1))
		g.extend(row, g.Checks)
		g.goTo(row)
	default:
		g.Choose(max(0, row))
	}
}

// typedInHead takes the keys while they are at a heading, and tells if it had
// a use for this one.
func (g *Grid) typedInHead(e *fyne.KeyEvent) bool {
	col := g.heading
	switch {
	case e.Name == fyne.KeyUp:
	case e.Name == fyne.KeyEscape:
		g.heading = -1
		g.Refresh()
	case (e.Name == fyne.KeyLeft || e.Name == fyne.KeyRight) && g.shift:
		g.resize(col, g.widths()[col]+Space2*direction(e.Name))
		g.rearranged()
	case e.Name == fyne.KeyLeft || e.Name == fyne.KeyRight:
		g.heading = g.nextTo(col, int(direction(e.Name)))
		g.ShowColumn(g.heading)
		g.Refresh()
	case pressed(e):
		g.sortBy(col)
	case e.Name == desktop.KeyMenu || e.Name == fyne.KeyF10 && g.shift:
		g.menu()
	default:
		return false
	}
	return true
}

func direction(key fyne.KeyName) float32 {
	if key == fyne.KeyLeft {
		return -1
	}
	return 1
}

// TypedShortcut implements fyne.Shortcutable.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *fyne.ShortcutCopy:
		g.Copy()
	case *desktop.CustomShortcut:
		g.typedWith(s.Modifier, s.KeyName)
	default: // others mean nothing here
	}
}

// typedWith is a key with Alt or Ctrl.
func (g *Grid) typedWith(m fyne.KeyModifier, key fyne.KeyName) {
	col := g.heading
	switch {
	case m == fyne.KeyModifierAlt && col >= 0 && (key == fyne.KeyLeft || key == fyne.KeyRight):
		g.move(col, slices.Index(g.Shown(), col)+int(direction(key)))
		g.ShowColumn(col)
	case m == fyne.KeyModifierShortcutDefault && (key == fyne.KeyHome || key == fyne.KeyEnd):
		to, _ := g.target(key)
		g.keyTo(to)
	}
}

func (g *Grid) open(row int) {
	if row >= 0 && row < g.Rows() && g.OnOpened != nil {
		Guard(g, func() { g.OnOpened(row) })
	}
}

// menu asks for the menu of the chosen row, which is scrolled to, or of a
// heading.
func (g *Grid) menu() {
	if g.OnMenu == nil || g.heading < 0 && g.chosen < 0 {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	if g.heading >= 0 {
		g.OnMenu(-1, at.AddXY(g.columnLeft(g.heading)+Space2, g.head()))
		return
	}
	g.Reveal(g.chosen)
	g.OnMenu(g.chosen, at.AddXY(Space9, g.head()+float32(g.chosen-g.top+1)*g.rowHeight()))
}
