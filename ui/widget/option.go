package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Option is a line to choose: a box that is ticked or not, or a round mark of
// which one of several is on; words, which may take several lines, and a
// caption that says more.
type Option struct {
	fynewidget.BaseWidget
	OnTapped func() // it was pressed; what it becomes is set with SetOn

	round          bool
	words, more    *Para
	on, off        bool // off: it cannot be pressed
	hovered, keyed bool
}

// NewTick returns a box that is ticked or not. Its words are wrapped to a
// width, its mark included.
func NewTick(words, more string, width float32, do func()) *Option {
	return newOption(&Option{OnTapped: do}, words, more, width)
}

// NewRound returns one of several lines of which one is on.
func NewRound(words, more string, width float32, do func()) *Option {
	return newOption(&Option{OnTapped: do, round: true}, words, more, width)
}

const optionLead = iconSmall + Space2

func newOption(o *Option, words, more string, width float32) *Option {
	o.words, o.more = NewPara(Body, words, width-optionLead), NewPara(Caption, more, width-optionLead).In(Secondary)
	o.ExtendBaseWidget(o)
	return o
}

// Toggles lets it be ticked, or not, whenever it is pressed.
func (o *Option) Toggles(on bool, changed func(on bool)) *Option {
	o.OnTapped = func() {
		o.SetOn(!o.on)
		changed(o.on)
	}
	return o.SetOn(on)
}

// Words are what it says.
func (o *Option) Words() string { return o.words.words }

// SetMore changes the caption.
func (o *Option) SetMore(words string) {
	if o.more.words != words {
		o.more.SetText(words)
		o.Refresh()
	}
}

// On tells whether it is chosen.
func (o *Option) On() bool { return o.on }

// SetOn chooses it, or not.
func (o *Option) SetOn(on bool) *Option {
	if o.on != on {
		o.on = on
		o.Refresh()
	}
	return o
}

// Fix lets it be looked at, and not pressed.
func (o *Option) Fix() *Option { o.off = true; return o }

// Tapped implements fyne.Tappable.
func (o *Option) Tapped(*fyne.PointEvent) {
	if !o.off && o.OnTapped != nil {
		o.OnTapped()
	}
}

// MouseIn implements desktop.Hoverable.
func (o *Option) MouseIn(*desktop.MouseEvent) { o.hovered = true; o.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (o *Option) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (o *Option) MouseOut() { o.hovered = false; o.Refresh() }

// FocusGained implements fyne.Focusable.
func (o *Option) FocusGained() { o.keyed = true; o.Refresh(); Follow(o) }

// FocusLost implements fyne.Focusable.
func (o *Option) FocusLost() { o.keyed = false; o.Refresh() }

// TypedRune implements fyne.Focusable.
func (o *Option) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space presses it, Enter is the page's.
func (o *Option) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		o.Tapped(nil)
		return
	}
	passOn(o, e)
}

// CreateRenderer implements fyne.Widget.
func (o *Option) CreateRenderer() fyne.WidgetRenderer {
	ground, dot, focus, tick := canvas.NewRectangle(nil), canvas.NewRectangle(nil), newRing(), newPicture(iconSmall-Space1)
	radius := radiusTag
	if o.round {
		radius = iconSmall / 2
	}
	ground.CornerRadius, dot.CornerRadius = radius, Space1
	text := Stack(0, o.words, o.more)
	d := &drawing{of: o, parts: []fyne.CanvasObject{ground, dot, tick, text, focus.Rectangle}}
	d.min = func() fyne.Size { return text.MinSize().AddWidthHeight(optionLead, 2*Space1) }
	d.layout = func(s fyne.Size) {
		const top = Space1 + 2
		place(ground, 0, top, iconSmall, iconSmall)
		place(dot, Space1, top+Space1, iconSmall-2*Space1, iconSmall-2*Space1)
		place(tick, 2, top+2, iconSmall-Space1, iconSmall-Space1)
		place(text, optionLead, Space1, s.Width-optionLead, s.Height-2*Space1)
		focus.around(s, radiusTag)
	}
	d.refresh = func() {
		if o.more.Show(); o.more.words == "" {
			o.more.Hide()
		}
		fill, edge := o.look()
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
		dot.FillColor, dot.Hidden = ink(OnAccent), !o.round || !o.on
		dot.Refresh()
		setPicture(tick, IconTick.resource(OnAccent, iconSmall))
		if o.round || !o.on {
			tick.Hide()
		}
		focus.show(o.keyed)
	}
	d.refresh()
	return d
}

func (o *Option) look() (fill, edge Token) {
	switch {
	case o.on && o.off:
		return Secondary, Secondary
	case o.on:
		return Accent, Accent
	case o.off:
		return Hover, Border
	case o.hovered:
		return Hover, Outline
	default:
		return Surface, Outline
	}
}

// Fold is a part of a page that is shown when its title is pressed.
type Fold struct {
	fynewidget.BaseWidget
	OnTapped func() // it was opened or closed; may be nil

	title, aside *Text
	content      fyne.CanvasObject
	keyed        bool
}

// NewFold returns a part that is closed. aside says beside the title what is
// in it.
func NewFold(title, aside string, content fyne.CanvasObject) *Fold {
	f := &Fold{title: NewText(BodyBold, title), aside: NewText(Small, aside).In(Secondary).Cut(), content: content}
	f.content.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// Open shows its content, or hides it.
func (f *Fold) Open(open bool) *Fold {
	if open {
		f.content.Show()
	} else {
		f.content.Hide()
	}
	f.Refresh()
	return f
}

// IsOpen tells whether its content is shown.
func (f *Fold) IsOpen() bool { return f.content.Visible() }

// Words are its title.
func (f *Fold) Words() string { return f.title.Words() }

// SetAside changes what is said beside the title.
func (f *Fold) SetAside(words string) { f.aside.SetText(words) }

// Tapped implements fyne.Tappable; only the line of the title is pressed.
func (f *Fold) Tapped(e *fyne.PointEvent) {
	if e == nil || e.Position.Y <= ControlHeight {
		f.Open(!f.IsOpen())
		call0(f.OnTapped)
	}
}

// FocusGained implements fyne.Focusable.
func (f *Fold) FocusGained() { f.keyed = true; f.Refresh(); Follow(f) }

// FocusLost implements fyne.Focusable.
func (f *Fold) FocusLost() { f.keyed = false; f.Refresh() }

// TypedRune implements fyne.Focusable.
func (f *Fold) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (f *Fold) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		f.Tapped(nil)
		return
	}
	passOn(f, e)
}

// CreateRenderer implements fyne.Widget.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer {
	arrow, focus := newPicture(iconSmall), newRing()
	head := Row(Space2, f.title, Grow(f.aside))
	d := &drawing{of: f, parts: []fyne.CanvasObject{arrow, head, f.content, focus.Rectangle}}
	d.min = func() fyne.Size {
		s := fyne.NewSize(iconSmall+Space2+head.MinSize().Width, ControlHeight)
		if f.IsOpen() {
			m := f.content.MinSize()
			s = fyne.NewSize(max(s.Width, m.Width), s.Height+Space2+m.Height)
		}
		return s
	}
	d.layout = func(s fyne.Size) {
		place(arrow, 0, (ControlHeight-iconSmall)/2, iconSmall, iconSmall)
		place(head, iconSmall+Space2, 0, s.Width-iconSmall-Space2, ControlHeight)
		place(f.content, 0, ControlHeight+Space2, s.Width, max(0, s.Height-ControlHeight-Space2))
		focus.around(fyne.NewSize(s.Width, ControlHeight), radiusTag)
	}
	d.refresh = func() {
		icon := IconNext
		if f.IsOpen() {
			icon = IconDown
		}
		setPicture(arrow, icon.resource(Secondary, iconSmall))
		focus.show(f.keyed)
	}
	d.refresh()
	return d
}
