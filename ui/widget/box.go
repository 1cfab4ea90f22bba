package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Box is a box alone that is ticked or not. One with words is an [Option].
type Box struct {
	fynewidget.BaseWidget
	OnChanged func(on bool)

	name           string
	on             bool
	hovered, keyed bool
	tip            tip
}

// NewBox returns a box alone. Its name is spoken, and shown beside a resting
// pointer.
func NewBox(name string, on bool, changed func(on bool)) *Box {
	b := &Box{name: name, on: on, OnChanged: changed}
	b.ExtendBaseWidget(b)
	b.tip.ExtendToolTipWidget(b)
	return b
}

// On tells whether it is ticked.
func (b *Box) On() bool { return b.on }

// Words are its name.
func (b *Box) Words() string { return b.name }

// AccessibilityLabel implements fyne.Accessible.
func (b *Box) AccessibilityLabel() string { return b.name }

// AccessibilityRole implements fyne.Accessible, which knows no boxes.
func (b *Box) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped implements fyne.Tappable.
func (b *Box) Tapped(*fyne.PointEvent) {
	b.on = !b.on
	b.tip.MouseOut() // what it does may take it away from under the pointer
	b.Refresh()
	if b.OnChanged != nil {
		b.OnChanged(b.on)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Box) MouseIn(e *desktop.MouseEvent) {
	b.hovered = true
	b.tip.SetToolTip(b.name)
	b.tip.MouseIn(e)
	b.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (b *Box) MouseMoved(e *desktop.MouseEvent) { b.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (b *Box) MouseOut() { b.hovered = false; b.tip.MouseOut(); b.Refresh() }

// FocusGained implements fyne.Focusable.
func (b *Box) FocusGained() { b.keyed = true; b.Refresh(); Follow(b) }

// FocusLost implements fyne.Focusable.
func (b *Box) FocusLost() { b.keyed = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Box) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space ticks, Enter is the window's.
func (b *Box) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		b.Tapped(nil)
		return
	}
	passOn(b, e)
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	sign, focus := newCheckBox(), newRing()
	d := &drawing{of: b, parts: []fyne.CanvasObject{sign.box, sign.sign, focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSize(iconSmall, Body.face().line) }
	d.layout = func(fyne.Size) {
		height := Body.face().line
		sign.draw(true, tickOf(b.on), fyne.NewPos(-Space3, 0), height)
		if b.hovered && !b.on {
			tint(sign.box, Hover)
		}
		sign.box.Refresh()
		focus.around(fyne.NewSize(iconSmall, iconSmall), radiusTag)
		focus.Move(focus.Position().AddXY(0, (height-iconSmall)/2))
	}
	d.refresh = func() { focus.show(b.keyed) }
	return d
}
