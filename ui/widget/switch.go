package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Switch is something that is on or off: a slide, a title, and a line that says
// what it means. Its knob tells by its place and by a tick, not by colour
// alone.
type Switch struct {
	fynewidget.DisableableWidget
	OnChanged func(on bool)

	title           *Text
	more            *Para
	on              bool
	onWord, offWord string // spoken
	hovered, keyed  bool
}

// NewSwitch returns a switch; more is wrapped to width and may be empty.
func NewSwitch(title, more string, width float32, on bool, changed func(on bool)) *Switch {
	s := &Switch{OnChanged: changed, title: NewText(Body, title), on: on,
		more: NewPara(Small, more, width-switchLead).In(Secondary)}
	s.ExtendBaseWidget(s)
	return s
}

// Says sets the words that are spoken of it when it is on and when it is off.
func (s *Switch) Says(on, off string) *Switch { s.onWord, s.offWord = on, off; return s }

// On tells how it stands.
func (s *Switch) On() bool { return s.on }

// Words are its title.
func (s *Switch) Words() string { return s.title.Words() }

// Set changes how it stands, without telling anybody.
func (s *Switch) Set(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (s *Switch) Tapped(*fyne.PointEvent) {
	if s.Disabled() {
		return
	}
	s.Set(!s.on)
	s.OnChanged(s.on)
}

// MouseIn implements desktop.Hoverable.
func (s *Switch) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (s *Switch) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (s *Switch) MouseOut() { s.hovered = false; s.Refresh() }

// FocusGained implements fyne.Focusable.
func (s *Switch) FocusGained() { s.keyed = true; s.Refresh(); Follow(s) }

// FocusLost implements fyne.Focusable.
func (s *Switch) FocusLost() { s.keyed = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *Switch) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (s *Switch) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		s.Tapped(nil)
		return
	}
	passOn(s, e)
}

const switchLead = switchWidth + Space3

func (s *Switch) look() (slide, edge, knob Token) {
	switch {
	case s.Disabled():
		return Hover, Border, Secondary
	case s.on:
		return Accent, Accent, OnAccent
	case s.hovered:
		return Hover, Outline, Secondary
	default:
		return Surface, Outline, Secondary
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	slide, knob, tick, focus := canvas.NewRectangle(nil), canvas.NewCircle(nil), newPicture(shapeChip), newRing()
	slide.CornerRadius, slide.StrokeWidth = switchHeight/2, hairline
	d := &drawing{of: s, parts: []fyne.CanvasObject{slide, knob, tick, s.title, s.more, focus.Rectangle}}
	line := Body.face().line
	more := func() float32 {
		if s.more.words == "" {
			return 0
		}
		return s.more.MinSize().Height
	}
	d.min = func() fyne.Size {
		return fyne.NewSize(switchLead+max(s.title.MinSize().Width, s.more.MinSize().Width), line+more())
	}
	d.layout = func(z fyne.Size) {
		const inset = 3
		size := switchHeight - 2*inset
		x := float32(inset)
		if s.on {
			x = switchWidth - inset - size
		}
		place(slide, 0, (line-switchHeight)/2, switchWidth, switchHeight)
		place(knob, x, (line-size)/2, size, size)
		place(tick, x+(size-shapeChip)/2, (line-shapeChip)/2, shapeChip, shapeChip)
		focus.around(fyne.NewSize(switchWidth, switchHeight), switchHeight/2)
		place(s.title, switchLead, 0, z.Width-switchLead, line)
		place(s.more, switchLead, line, z.Width-switchLead, more())
	}
	d.refresh = func() {
		fill, edge, mark := s.look()
		slide.FillColor, slide.StrokeColor, knob.FillColor = ink(fill), ink(edge), ink(mark)
		slide.Refresh()
		knob.Refresh()
		if s.on {
			setPicture(tick, IconTick.resource(fill, iconSmall))
		} else {
			tick.Hide()
		}
		focus.show(s.keyed)
	}
	d.refresh()
	return d
}
