package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// SideItem is one place in the side bar.
type SideItem struct {
	fynewidget.BaseWidget
	OnTapped func()

	icon           Icon
	shape          Shape
	words          string
	count          string // of what waits there
	on             bool
	hovered, keyed bool
	tip            tip
}

// NewSideItem returns a place with an icon.
func NewSideItem(i Icon, words string, do func()) *SideItem {
	return newSideItem(&SideItem{icon: i, words: words, OnTapped: do})
}

// NewSideState returns a place with a state's shape: a campaign that is open.
func NewSideState(s Shape, words string, do func()) *SideItem {
	return newSideItem(&SideItem{shape: s, words: words, OnTapped: do})
}

func newSideItem(s *SideItem) *SideItem {
	s.ExtendBaseWidget(s)
	s.tip.ExtendToolTipWidget(s)
	return s
}

// narrow tells whether there is room for the icon only.
func (s *SideItem) narrow() bool { return s.Size().Width < 2*SideItemHeight }

// SetOn marks the place the user is at.
func (s *SideItem) SetOn(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// Set changes shape and words.
func (s *SideItem) Set(shape Shape, words string) {
	if s.shape != shape || s.words != words {
		s.shape, s.words = shape, words
		s.Refresh()
	}
}

// SetCount says how much waits there; zero says nothing.
func (s *SideItem) SetCount(n int) {
	count := ""
	if n > 0 {
		count = digits(n)
	}
	if s.count != count {
		s.count = count
		s.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (s *SideItem) Tapped(*fyne.PointEvent) { Guard(s, s.OnTapped) }

// MouseIn implements desktop.Hoverable.
func (s *SideItem) MouseIn(e *desktop.MouseEvent) {
	s.tip.SetToolTip("")
	if s.narrow() {
		s.tip.SetToolTip(s.words)
	}
	s.tip.MouseIn(e)
	s.hovered = true
	s.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (s *SideItem) MouseMoved(e *desktop.MouseEvent) { s.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (s *SideItem) MouseOut() { s.tip.MouseOut(); s.hovered = false; s.Refresh() }

// FocusGained implements fyne.Focusable.
func (s *SideItem) FocusGained() { s.keyed = true; s.Refresh() }

// FocusLost implements fyne.Focusable.
func (s *SideItem) FocusLost() { s.keyed = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *SideItem) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (s *SideItem) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		s.Tapped(nil)
		return
	}
	passOn(s, e)
}

func (s *SideItem) look() (fill, sign Token, style Style) {
	switch {
	case s.on:
		return Selection, Accent, BodyBold
	case s.hovered:
		return Hover, Secondary, Body
	default:
		return None, Secondary, Body
	}
}

// CreateRenderer implements fyne.Widget.
func (s *SideItem) CreateRenderer() fyne.WidgetRenderer {
	ground, words, focus, picture := canvas.NewRectangle(nil), line(Body), newRing(), newPicture(iconSize)
	badge, count := canvas.NewRectangle(nil), line(CaptionBold)
	ground.CornerRadius, badge.CornerRadius, badge.StrokeWidth = radiusControl, badgeHeight/2, hairline
	size := iconSize
	if s.icon == NoIcon {
		size = shapeRow
	}
	d := &drawing{of: s, parts: []fyne.CanvasObject{ground, picture, words, badge, count, focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSquareSize(SideItemHeight) }
	const textAt = Space2 + iconSize + Space3
	d.layout = func(z fyne.Size) {
		ground.Resize(z)
		focus.around(z, radiusControl)
		place(picture, Space2+(iconSize-size)/2, (z.Height-size)/2, size, size)
		_, _, style := s.look()
		words.Hidden = s.narrow()
		words.Text = ellipsis(s.words, style.face(), z.Width-textAt-Space2-s.placeCount(badge, count, z))
		place(words, textAt, 0, z.Width, z.Height)
	}
	d.refresh = func() {
		fill, sign, style := s.look()
		ground.FillColor = ink(fill)
		ground.Refresh()
		words.TextStyle = style.face().text()
		write(words, s.words, Ink)
		words.Refresh()
		badge.FillColor, badge.StrokeColor = ink(None), ink(Outline)
		badge.Refresh()
		count.Alignment = fyne.TextAlignCenter
		write(count, s.count, Ink)
		if s.icon != NoIcon {
			setPicture(picture, s.icon.resource(sign, iconSize))
		} else {
			setPicture(picture, s.shape.resource())
		}
		focus.show(s.keyed)
	}
	d.refresh()
	return d
}

// placeCount places what waits there, and returns the room that it takes.
func (s *SideItem) placeCount(badge *canvas.Rectangle, count *canvas.Text, z fyne.Size) float32 {
	badge.Hidden = s.count == "" || s.narrow()
	count.Hidden = badge.Hidden
	if badge.Hidden {
		return 0
	}
	w := max(badgeHeight, CaptionBold.face().width(s.count)+Space2)
	place(badge, z.Width-Space2-w, (z.Height-badgeHeight)/2, w, badgeHeight)
	place(count, z.Width-Space2-w, 0, w, z.Height)
	return w + Space1
}

// Steps is the strip of a campaign's whole life.
type Steps struct {
	fynewidget.BaseWidget
	OnTapped func(step int)

	words       []string
	at          int
	from, reach int // the steps that may be gone to
	keyed       int // step with the focus, or -1
	trouble     []int
	done        int // steps before this one are, wherever one is
}

// NewSteps returns a strip.
func NewSteps(words []string, do func(step int)) *Steps {
	s := &Steps{words: words, OnTapped: do, keyed: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Set says which step is shown, and from which to which one may be gone.
func (s *Steps) Set(at, from, reach int) {
	s.at, s.from, s.reach = at, from, reach
	s.Refresh()
}

// Trouble marks steps at which something must be mended.
func (s *Steps) Trouble(steps ...int) {
	s.trouble = steps
	s.Refresh()
}

// Done ticks the steps before one, whichever is shown.
func (s *Steps) Done(before int) {
	s.done = before
	s.Refresh()
}

// past tells whether a step is done, or was gone through.
func (s *Steps) past(i int) bool { return i < s.at || i < s.done && i != s.at }

// At returns the step that is shown.
func (s *Steps) At() int { return s.at }

// stepTick is the room of a tick beside its words.
const stepTick = iconSmall + Space2

// width is that of the bold words and of a tick, so that no step moves when one
// is chosen or done. The last is never done.
func (s *Steps) width(i int) float32 {
	w := BodyBold.face().width(s.words[i]) + 2*Space3
	if i < len(s.words)-1 {
		w += stepTick
	}
	return w
}

// lead is the room before the words of a step, or before its tick: what is
// shown stands in the middle.
func (s *Steps) lead(i int) float32 {
	if s.past(i) || i == len(s.words)-1 {
		return Space3
	}
	return Space3 + stepTick/2
}

// Tapped implements fyne.Tappable.
func (s *Steps) Tapped(e *fyne.PointEvent) {
	x := Space4
	for i := range s.words {
		if e.Position.X >= x && e.Position.X < x+s.width(i) {
			s.choose(i)
			return
		}
		x += s.width(i) + Space1
	}
}

func (s *Steps) choose(i int) {
	if i >= s.from && i <= s.reach && i != s.at {
		Guard(s, func() { s.OnTapped(i) })
	}
}

// FocusGained implements fyne.Focusable.
func (s *Steps) FocusGained() { s.keyed = s.at; s.Refresh() }

// FocusLost implements fyne.Focusable.
func (s *Steps) FocusLost() { s.keyed = -1; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *Steps) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: arrows move, Space and Enter choose.
func (s *Steps) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyRight:
		s.keyed = min(s.keyed+1, s.reach)
	case e.Name == fyne.KeyLeft:
		s.keyed = max(s.keyed-1, s.from)
	case pressed(e):
		s.choose(s.keyed)
	default:
		passOn(s, e)
	}
	s.Refresh()
}

type stepParts struct {
	tick  *canvas.Image
	words *canvas.Text
	under *canvas.Rectangle
}

// CreateRenderer implements fyne.Widget.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	edge, focus := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	focus.StrokeWidth, focus.CornerRadius = ringWidth, radiusControl
	d := &drawing{of: s, parts: []fyne.CanvasObject{edge, focus}}
	steps := make([]stepParts, len(s.words))
	for i := range steps {
		steps[i] = stepParts{newPicture(iconSmall), line(Body), canvas.NewRectangle(nil)}
		d.parts = append(d.parts, steps[i].tick, steps[i].words, steps[i].under)
	}
	d.min = func() fyne.Size {
		w := 2 * Space4
		for i := range s.words {
			w += s.width(i) + Space1
		}
		return fyne.NewSize(w, StepsHeight)
	}
	d.layout = func(z fyne.Size) {
		place(edge, 0, z.Height-hairline, z.Width, hairline)
		x := Space4
		for i, p := range steps {
			w, lead := s.width(i), s.lead(i)
			place(p.tick, x+Space3, (z.Height-iconSmall)/2, iconSmall, iconSmall)
			if s.past(i) {
				lead += stepTick
			}
			place(p.words, x+lead, 0, w, z.Height)
			place(p.under, x, z.Height-markHeight, w, markHeight)
			if i == s.keyed {
				place(focus, x, Space1, w, z.Height-2*Space1)
			}
			x += w + Space1
		}
	}
	d.refresh = func() { s.paint(steps, edge, focus) }
	d.refresh()
	return d
}

func (s *Steps) paint(steps []stepParts, edge, focus *canvas.Rectangle) {
	edge.FillColor = ink(Border)
	focus.FillColor, focus.StrokeColor = ink(None), ink(Focus)
	if focus.Hidden = s.keyed < 0; focus.Hidden {
		focus.Resize(fyne.Size{})
	}
	for i, p := range steps {
		style, tone, mark := Body, Ink, None
		switch {
		case i == s.at:
			style, mark = BodyBold, Accent
		case i > s.reach && i > s.at:
			tone = Secondary
		}
		p.words.TextStyle = style.face().text()
		write(p.words, s.words[i], tone)
		p.words.Refresh()
		p.under.FillColor = ink(mark)
		p.under.Refresh()
		switch {
		case s.past(i) && slices.Contains(s.trouble, i):
			setPicture(p.tick, IconWarning.resource(Danger, iconSmall))
		case s.past(i):
			setPicture(p.tick, IconTick.resource(Accent, iconSmall))
		default:
			p.tick.Hide()
		}
	}
}
