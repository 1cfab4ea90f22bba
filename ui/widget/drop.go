package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Drop is one of a few words, chosen from a menu that drops down.
type Drop struct {
	fynewidget.BaseWidget
	OnChosen  func(at int)
	OnFocused func() // it has the keys now; may be nil
	tip       tip    // its words, where they are cut

	options        []string
	at             int
	fixed          bool // it is only looked at
	hovered, keyed bool
}

// NewDrop returns a choice of which the option at a position is chosen.
func NewDrop(options []string, at int, chosen func(at int)) *Drop {
	d := &Drop{options: options, at: at, OnChosen: chosen}
	d.ExtendBaseWidget(d)
	d.tip.ExtendToolTipWidget(d)
	return d
}

// Words are what is chosen.
func (d *Drop) Words() string { return d.options[d.at] }

// Set changes the options, of which another may be chosen now.
func (d *Drop) Set(options []string, at int) *Drop {
	d.options, d.at = options, at
	d.Refresh()
	return d
}

// Fix lets the choice be looked at, and not changed.
func (d *Drop) Fix() *Drop { d.fixed = true; d.Refresh(); return d }

// Options are what can be chosen.
func (d *Drop) Options() []string { return d.options }

// Choose takes an option, as its line in the menu does.
func (d *Drop) Choose(words string) {
	at := slices.Index(d.options, words)
	if at < 0 || at == d.at {
		return
	}
	d.at = at
	d.Refresh()
	Guard(d, func() { d.OnChosen(at) })
}

// Tapped implements fyne.Tappable: the menu drops down.
func (d *Drop) Tapped(*fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(d)
	if c == nil || d.fixed {
		return
	}
	items := make([]MenuItem, len(d.options))
	for i, words := range d.options {
		items[i] = MenuItem{Words: words, Checked: i == d.at, Do: func() { d.Choose(words) }}
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d)
	PopUp(c, items, at.AddXY(0, d.Size().Height+Space1)).goTo(d.at)
}

// MouseIn implements desktop.Hoverable.
func (d *Drop) MouseIn(e *desktop.MouseEvent) {
	words := d.Words()
	if Small.face().width(words) <= d.room() {
		words = ""
	}
	d.hovered = true
	d.tip.SetToolTip(words)
	d.tip.MouseIn(e)
	d.Refresh()
}

// room is the width for its words.
func (d *Drop) room() float32 { return d.Size().Width - 2*Space2 - iconSmall - Space1 }

// MouseMoved implements desktop.Hoverable.
func (d *Drop) MouseMoved(e *desktop.MouseEvent) { d.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (d *Drop) MouseOut() { d.hovered = false; d.tip.MouseOut(); d.Refresh() }

// FocusGained implements fyne.Focusable.
func (d *Drop) FocusGained() { d.keyed = true; d.Refresh(); call0(d.OnFocused); Follow(d) }

// FocusLost implements fyne.Focusable.
func (d *Drop) FocusLost() { d.keyed = false; d.Refresh() }

// TypedRune implements fyne.Focusable.
func (d *Drop) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (d *Drop) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) || e.Name == fyne.KeyDown {
		d.Tapped(nil)
		return
	}
	passOn(d, e)
}

// CreateRenderer implements fyne.Widget.
func (d *Drop) CreateRenderer() fyne.WidgetRenderer {
	ground, focus, arrow, words := canvas.NewRectangle(nil), newRing(), newPicture(iconSmall), line(Small)
	ground.CornerRadius = radiusControl
	f := Small.face()
	r := &drawing{of: d, parts: []fyne.CanvasObject{ground, words, arrow, focus.Rectangle}}
	r.min = func() fyne.Size { return fyne.NewSize(2*Space2+iconSmall+Space6, SmallHeight) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		focus.around(s.SubtractWidthHeight(2*ringWidth, 2*ringWidth), radiusControl)
		focus.Move(fyne.NewPos(-ringWidth, -ringWidth)) // close to the edge, so that a grid's neighbours do not cover it
		write(words, ellipsis(d.Words(), f, s.Width-2*Space2-iconSmall-Space1), Ink)
		place(words, Space2, 0, s.Width, s.Height)
		place(arrow, s.Width-Space2-iconSmall, (s.Height-iconSmall)/2, iconSmall, iconSmall)
	}
	r.refresh = func() {
		fill := Surface
		edge := Outline
		if d.hovered || d.fixed {
			fill = Hover
		}
		if d.fixed {
			edge = Border
		}
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
		setPicture(arrow, IconDown.resource(Secondary, iconSmall))
		focus.show(d.keyed)
	}
	r.refresh()
	return r
}
