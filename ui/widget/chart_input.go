package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained implements fyne.Focusable: the keys are at the newest bar first.
func (b *StackedBars) FocusGained() {
	b.focused = true
	if b.at < 0 {
		b.at = len(b.slots) - 1
	}
	b.Refresh()
	Follow(b)
}

// FocusLost implements fyne.Focusable.
func (b *StackedBars) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *StackedBars) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (b *StackedBars) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyLeft:
		b.move(b.at - 1)
	case e.Name == fyne.KeyRight:
		b.move(b.at + 1)
	case e.Name == fyne.KeyHome:
		b.move(0)
	case e.Name == fyne.KeyEnd:
		b.move(len(b.slots) - 1)
	case pressed(e) && b.OnTapped != nil:
		b.choose(b.at)
	default:
		passOn(b, e)
	}
}

func (b *StackedBars) move(to int) {
	b.at = min(max(to, 0), len(b.slots)-1)
	b.Refresh()
}

// choose tells that a bar was chosen. There is nothing to see behind none.
func (b *StackedBars) choose(slot int) {
	if b.OnTapped != nil && slot >= 0 && slot < len(b.slots) && b.slots[slot].total() > 0 {
		b.OnTapped(slot)
	}
}

// Tapped implements fyne.Tappable.
func (b *StackedBars) Tapped(e *fyne.PointEvent) { b.choose(b.slotAt(e.Position.X)) }

// MouseIn implements desktop.Hoverable.
func (b *StackedBars) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (b *StackedBars) MouseMoved(e *desktop.MouseEvent) {
	if now := b.slotAt(e.Position.X); now != b.hovered {
		b.hovered = now
		b.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (b *StackedBars) MouseOut() { b.hovered = -1; b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *StackedBars) Cursor() desktop.Cursor {
	if b.OnTapped != nil && b.hovered >= 0 && b.slots[b.hovered].total() > 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
