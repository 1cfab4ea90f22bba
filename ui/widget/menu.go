package widget

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// This file is a menu that pops up; menu_draw.go draws it.

// MenuItem is a line of a menu. One without words is a rule between groups.
type MenuItem struct {
	Words    string
	Icon     Icon
	Keys     string // its shortcut, as the keys are called; may be empty
	Checked  bool   // has a tick in place of an icon
	Grave    bool   // stops or removes: Danger words
	Disabled bool
	Do       func() // after the menu has gone
}

func (i MenuItem) rule() bool { return i.Words == "" }
func (i MenuItem) can() bool  { return !i.rule() && !i.Disabled }

// Menu is what can be done with something, beside the pointer or below a
// button. Arrows and first letters move, Enter does, Esc and a click elsewhere
// close it.
type Menu struct {
	fynewidget.BaseWidget

	items  []MenuItem
	at     int // the item that pointer or keys are at, or -1
	first  int // the first item on the screen, where not all have room
	corner fyne.Position
	canvas fyne.Canvas
	before fyne.Focusable // had the keys
	gone   bool
}

// PopUp shows a menu with its corner at a position of the canvas, or as near
// as it has room, and gives it the keys.
func PopUp(c fyne.Canvas, items []MenuItem, at fyne.Position) *Menu {
	m := &Menu{items: items, at: -1, corner: at, canvas: c, before: c.Focused()}
	m.ExtendBaseWidget(m)
	c.Overlays().Add(m)
	c.Focus(m)
	return m
}

// Below is where the menu of a control belongs.
func Below(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+Space1)
}

// Close takes the menu away, and gives the keys back.
func (m *Menu) Close() {
	if m.gone {
		return
	}
	m.gone = true
	m.canvas.Overlays().Remove(m)
	if m.before != nil {
		m.canvas.Focus(m.before)
	}
}

// At is the item that pointer or keys are at, or -1.
func (m *Menu) At() int { return m.at }

// do does what an item says, once.
func (m *Menu) do(at int) {
	if m.gone || at < 0 || !m.items[at].can() {
		return
	}
	shell, do := shellOf(m), m.items[at].Do
	m.Close()
	shell.guard(do)
}

// step goes from an item to the next that can be done, round the ends.
func (m *Menu) step(from, by int) {
	n := len(m.items)
	for i := 1; i <= n; i++ {
		if at := ((from+by*i)%n + n) % n; m.items[at].can() {
			m.goTo(at)
			return
		}
	}
}

// goTo goes to an item, and scrolls so far that it is seen.
func (m *Menu) goTo(at int) {
	if m.at == at {
		return
	}
	m.at = at
	if at >= 0 {
		m.first = min(m.first, at)
		for m.behind() <= at {
			m.first++
		}
	}
	m.Refresh()
}

// behind is the first item that is not on the screen, below those that are.
func (m *Menu) behind() int {
	_, size := m.box()
	y := Space1
	for i := m.first; i < len(m.items); i++ {
		if y += m.items[i].height(); y > size.Height-Space1 && i > m.first {
			return i
		}
	}
	return len(m.items)
}

// Scrolled implements fyne.Scrollable: a notch of the wheel is three items.
func (m *Menu) Scrolled(e *fyne.ScrollEvent) {
	const items = 3
	by := items
	if e.Scrolled.DY > 0 {
		by = -items
	}
	for ; by > 0 && m.behind() < len(m.items); by-- {
		m.first++
	}
	m.first = max(0, m.first+min(by, 0))
	m.at = -1
	m.Refresh()
}

// FocusGained implements fyne.Focusable.
func (m *Menu) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (m *Menu) FocusLost() {}

// TypedRune implements fyne.Focusable: the next item that begins with it.
func (m *Menu) TypedRune(r rune) {
	n := len(m.items)
	for i := 1; i <= n; i++ {
		at := (max(m.at, -1) + i) % n
		first, _ := utf8.DecodeRuneInString(m.items[at].Words)
		if m.items[at].can() && unicode.ToLower(first) == unicode.ToLower(r) {
			m.goTo(at)
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (m *Menu) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape:
		m.Close()
	case e.Name == fyne.KeyDown:
		m.step(m.at, 1)
	case e.Name == fyne.KeyUp:
		m.step(max(m.at, 0), -1)
	case e.Name == fyne.KeyHome:
		m.step(-1, 1)
	case e.Name == fyne.KeyEnd:
		m.step(0, -1)
	case pressed(e):
		m.do(m.at)
	}
}

// Tapped implements fyne.Tappable.
func (m *Menu) Tapped(e *fyne.PointEvent) {
	if !m.inside(e.Position) {
		m.Close()
		return
	}
	m.do(m.itemAt(e.Position))
}

// TappedSecondary implements fyne.SecondaryTappable.
func (m *Menu) TappedSecondary(e *fyne.PointEvent) { m.Tapped(e) }

// MouseIn implements desktop.Hoverable.
func (m *Menu) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (m *Menu) MouseMoved(e *desktop.MouseEvent) {
	at := m.itemAt(e.Position)
	if at >= 0 && !m.items[at].can() {
		at = -1
	}
	m.goTo(at)
}

// MouseOut implements desktop.Hoverable.
func (m *Menu) MouseOut() {}

// lead is the room for icons and ticks, if there are any.
func (m *Menu) lead() float32 {
	for _, i := range m.items {
		if i.Icon != NoIcon || i.Checked {
			return iconSmall + Space2
		}
	}
	return 0
}

// box is where the menu stands on the canvas, whole if that is large enough.
func (m *Menu) box() (at fyne.Position, size fyne.Size) {
	wide := float32(SideWidth - 2*Space2)
	high := 2 * Space1
	for _, i := range m.items {
		wide = max(wide, m.lead()+Small.face().width(i.Words)+keysRoom(i.Keys)+2*Space3)
		high += i.height()
	}
	if most := m.Size().Height - 2*Space2; most > 0 && high > most {
		high = 2*Space1 + float32(int((most-2*Space1)/SmallHeight))*SmallHeight
	}
	size = fyne.NewSize(min(float32(int(wide+1)), menuMost), high)
	room := m.Size().Subtract(size)
	at = fyne.NewPos(max(0, min(m.corner.X, room.Width)), max(0, min(m.corner.Y, room.Height)))
	return at, size
}

func (i MenuItem) height() float32 {
	if i.rule() {
		return 2*Space1 + hairline
	}
	return SmallHeight
}

// keysRoom is the width of a shortcut and the gap before it.
func keysRoom(keys string) float32 {
	if keys == "" {
		return 0
	}
	return Space6 + Caption.face().width(keys)
}

func (m *Menu) inside(p fyne.Position) bool {
	at, size := m.box()
	return p.X >= at.X && p.X < at.X+size.Width && p.Y >= at.Y && p.Y < at.Y+size.Height
}

// itemAt is the item under a position, or -1.
func (m *Menu) itemAt(p fyne.Position) int {
	if !m.inside(p) {
		return -1
	}
	at, _ := m.box()
	y := at.Y + Space1
	for i := m.first; i < m.behind(); i++ {
		high := m.items[i].height()
		if p.Y >= y && p.Y < y+high {
			return i
		}
		y += high
	}
	return -1
}

// Item is a line of the menu.
func (m *Menu) Item(at int) MenuItem { return m.items[at] }
