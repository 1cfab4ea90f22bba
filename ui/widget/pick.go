package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

func digits(n int) string { return strconv.Itoa(n) }

// Pick is one of several things to choose from: a round mark, a title, and a
// line that says more.
type Pick struct {
	fynewidget.BaseWidget
	OnTapped func()

	icon           Icon // stands in place of the mark where nothing is chosen, but done
	title, more    *Text
	least          float32 // width
	on             bool
	hovered, keyed bool
}

// NewPick returns a line of a choice.
func NewPick(title, more string, do func()) *Pick {
	p := &Pick{OnTapped: do, least: 2 * SideWidth, title: NewText(BodyBold, title).Cut(), more: NewText(Small, more).In(Secondary).Cut()}
	p.ExtendBaseWidget(p)
	return p
}

// NewOffer returns a line that does something at once: an icon in place of the
// mark.
func NewOffer(i Icon, title, more string, do func()) *Pick {
	p := NewPick(title, more, do)
	p.icon = i
	return p
}

// Narrow lets the line be as narrow as several side by side need it.
func (p *Pick) Narrow() *Pick { p.least = SearchWidth; return p }

// SetOn marks the chosen one.
func (p *Pick) SetOn(on bool) {
	if p.on != on {
		p.on = on
		p.Refresh()
	}
}

// Words are the title.
func (p *Pick) Words() string { return p.title.Words() }

// Set changes what the line says.
func (p *Pick) Set(title, more string) {
	p.title.SetText(title)
	p.more.SetText(more)
}

// Tapped implements fyne.Tappable.
func (p *Pick) Tapped(*fyne.PointEvent) { Guard(p, p.OnTapped) }

// MouseIn implements desktop.Hoverable.
func (p *Pick) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *Pick) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *Pick) MouseOut() { p.hovered = false; p.Refresh() }

// FocusGained implements fyne.Focusable.
func (p *Pick) FocusGained() { p.keyed = true; p.Refresh(); Follow(p) }

// FocusLost implements fyne.Focusable.
func (p *Pick) FocusLost() { p.keyed = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *Pick) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *Pick) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		p.Tapped(nil)
		return
	}
	passOn(p, e)
}

// CreateRenderer implements fyne.Widget.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer {
	ground, focus, mark, picture := canvas.NewRectangle(nil), newRing(), canvas.NewCircle(nil), newPicture(iconSmall)
	ground.CornerRadius = radiusControl
	d := &drawing{of: p, parts: []fyne.CanvasObject{ground, mark, picture, p.title, p.more, focus.Rectangle}}
	const lead = Space3 + iconSmall + Space3
	d.min = func() fyne.Size { return fyne.NewSize(p.least, ListRowHeight) }
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		focus.around(s, radiusControl)
		place(mark, Space3, (s.Height-iconSmall)/2, iconSmall, iconSmall)
		place(picture, Space3, (s.Height-iconSmall)/2, iconSmall, iconSmall)
		top := (s.Height - 2*Body.face().line) / 2
		place(p.title, lead, top, s.Width-lead-Space3, Body.face().line)
		place(p.more, lead, top+Body.face().line, s.Width-lead-Space3, Body.face().line)
	}
	d.refresh = func() {
		fill, edge, width := None, Outline, hairline
		switch {
		case p.on:
			fill, edge, width = Selection, Accent, 5
		case p.hovered:
			fill = Hover
		}
		ground.FillColor, mark.Hidden = ink(fill), p.icon != NoIcon
		setPicture(picture, p.icon.resource(Accent, iconSmall))
		mark.FillColor, mark.StrokeColor, mark.StrokeWidth = ink(Surface), ink(edge), width
		ground.Refresh()
		mark.Refresh()
		focus.show(p.keyed)
	}
	d.refresh()
	return d
}
