package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Check is a box that is ticked or not, with words behind it or alone.
type Check struct {
	fynewidget.BaseWidget
	OnChanged func(on bool)

	words          *Para // nil for a box alone
	name           string
	on             bool
	hovered, keyed bool
	tip            tip
}

// NewCheck returns a box with words that are wrapped to a width, the box
// included.
func NewCheck(words string, width float32, on bool, changed func(on bool)) *Check {
	c := NewBox(words, on, changed)
	c.words = NewPara(Body, words, width-checkLead)
	return c
}

// NewBox returns a box alone. Its name is spoken, and shown beside a resting
// pointer.
func NewBox(name string, on bool, changed func(on bool)) *Check {
	c := &Check{name: name, on: on, OnChanged: changed}
	c.ExtendBaseWidget(c)
	c.tip.ExtendToolTipWidget(c)
	return c
}

// checkLead is the room of the box before its words.
const checkLead = iconSmall + Space2

// On tells whether it is ticked.
func (c *Check) On() bool { return c.on }

// Words are what it says, or its name.
func (c *Check) Words() string { return c.name }

// AccessibilityLabel implements fyne.Accessible.
func (c *Check) AccessibilityLabel() string { return c.name }

// AccessibilityRole implements fyne.Accessible, which knows no boxes.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped implements fyne.Tappable.
func (c *Check) Tapped(*fyne.PointEvent) {
	c.on = !c.on
	c.tip.MouseOut() // what it does may take it away from under the pointer
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *Check) MouseIn(e *desktop.MouseEvent) {
	c.hovered = true
	if c.words == nil {
		c.tip.SetToolTip(c.name)
		c.tip.MouseIn(e)
	}
	c.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (c *Check) MouseMoved(e *desktop.MouseEvent) { c.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (c *Check) MouseOut() { c.hovered = false; c.tip.MouseOut(); c.Refresh() }

// FocusGained implements fyne.Focusable.
func (c *Check) FocusGained() { c.keyed = true; c.Refresh(); Follow(c) }

// FocusLost implements fyne.Focusable.
func (c *Check) FocusLost() { c.keyed = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Check) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space ticks, Enter is the window's.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		c.Tapped(nil)
		return
	}
	passOn(c, e)
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	box, focus := newCheckBox(), newRing()
	d := &drawing{of: c, parts: []fyne.CanvasObject{box.box, box.sign, focus.Rectangle}}
	if c.words != nil {
		d.parts = append(d.parts, c.words)
	}
	d.min = func() fyne.Size {
		if c.words == nil {
			return fyne.NewSize(iconSmall, Body.face().line)
		}
		return c.words.MinSize().AddWidthHeight(checkLead, 0)
	}
	d.layout = func(s fyne.Size) {
		height := Body.face().line
		box.draw(true, tickOf(c.on), fyne.NewPos(-Space3, 0), height)
		if c.hovered && !c.on {
			tint(box.box, Hover)
		}
		box.box.Refresh()
		focus.around(fyne.NewSize(iconSmall, iconSmall), radiusTag)
		focus.Move(focus.Position().AddXY(0, (height-iconSmall)/2))
		if c.words != nil {
			place(c.words, checkLead, 0, s.Width-checkLead, s.Height)
		}
	}
	d.refresh = func() { focus.show(c.keyed) }
	return d
}
