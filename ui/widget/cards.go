package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Cards is any number of cards of one size, side by side, as many as fit, each
// between 320 and 344 wide. Only those in view are made, and they are used
// again while it is scrolled. Arrows move between cards, Enter opens one.
type Cards struct {
	fynewidget.BaseWidget
	OnOpened func(i int)
	OnMenu   func(i int, at fyne.Position) // beside a place of the canvas
	OnKey    func(i int, e *fyne.KeyEvent) // any other key, at the chosen card or -1
	OnTyped  func(r rune)

	n       int
	at      int // the chosen card, -1 for none
	keyed   bool
	columns int
	build   func() CardFace
	slots   []*cardSlot
	scroll  *container.Scroll
	area    *fyne.Container
}

// CardFace is what stands on a card.
type CardFace struct {
	Content fyne.CanvasObject
	Fill    func(i int) // with the card of that number
}

const (
	cardNarrow float32 = 320
	cardWide   float32 = 344
	cardHeight float32 = 192
)

// NewCards returns cards without any.
func NewCards(build func() CardFace) *Cards {
	c := &Cards{at: -1, columns: 1, build: build}
	c.area = &fyne.Container{Layout: (*cardArea)(c)}
	c.scroll = container.NewVScroll(c.area)
	c.scroll.OnScrolled = func(fyne.Position) { c.arrange() }
	c.ExtendBaseWidget(c)
	return c
}

// SetCount says how many cards there are, all of them others than before.
func (c *Cards) SetCount(n int) {
	c.n, c.at = n, min(c.at, n-1)
	for _, s := range c.slots {
		s.i = -1
	}
	c.area.Refresh()
	c.scroll.Refresh()
	c.arrange()
}

// Count is how many cards there are.
func (c *Cards) Count() int { return c.n }

// Made is how many cards were made for all of them.
func (c *Cards) Made() int { return len(c.slots) }

// At is the chosen card, -1 for none.
func (c *Cards) At() int { return c.at }

// Fill brings the card of a number up to date, if it is in view.
func (c *Cards) Fill(i int) {
	for _, s := range c.slots {
		if s.i == i && s.Visible() {
			s.card.Fill(i)
		}
	}
}

// Choose makes a card the chosen one and brings it into view.
func (c *Cards) Choose(i int) {
	if c.n == 0 {
		return
	}
	c.at = max(0, min(i, c.n-1))
	top := c.top(c.at)
	switch view := c.scroll.Size().Height; {
	case top-Space2 < c.scroll.Offset.Y:
		c.scrollTo(top - Space2)
	case top+cardHeight+Space4 > c.scroll.Offset.Y+view:
		c.scrollTo(top + cardHeight + Space4 - view)
	}
	c.arrange()
}

func (c *Cards) scrollTo(y float32) { c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y))) }

func (c *Cards) top(i int) float32 { return Space2 + float32(i/c.columns)*(cardHeight+Space4) }

// width is that of a card in a room.
func (c *Cards) width(room float32) float32 {
	return min(cardWide, (room-2*Space4-Space4*float32(c.columns-1))/float32(c.columns))
}

// cardArea lays out what is scrolled.
type cardArea Cards

// MinSize implements fyne.Layout.
func (a *cardArea) MinSize([]fyne.CanvasObject) fyne.Size {
	rows := (a.n + a.columns - 1) / a.columns
	return fyne.NewSize(cardNarrow+2*Space4, Space2+float32(rows)*(cardHeight+Space4))
}

// Layout implements fyne.Layout.
func (a *cardArea) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	a.columns = max(1, int((s.Width-Space4)/(cardNarrow+Space4)))
	(*Cards)(a).arrange()
}

// arrange puts a card at each place in view.
func (c *Cards) arrange() {
	view := c.scroll.Size().Height
	if view <= 0 {
		return
	}
	step := cardHeight + Space4
	first := max(0, int((c.scroll.Offset.Y-Space2)/step)) * c.columns
	end := min(c.n, (int((c.scroll.Offset.Y+view)/step)+1)*c.columns)
	for len(c.slots) < end-first {
		c.add()
	}
	width := c.width(c.scroll.Size().Width)
	for _, s := range c.slots {
		s.wanted = false
	}
	for i := first; i < end; i++ {
		s := c.slots[i%len(c.slots)]
		s.wanted = true
		s.show(i)
		place(s, Space4+float32(i%c.columns)*(width+Space4), c.top(i), width, cardHeight)
	}
	for _, s := range c.slots {
		if !s.wanted {
			s.Hide()
		}
	}
}

func (c *Cards) add() {
	s := &cardSlot{cards: c, card: c.build(), i: -1}
	s.ExtendBaseWidget(s)
	c.slots = append(c.slots, s)
	c.area.Objects = append(c.area.Objects, s)
	for _, s := range c.slots {
		s.i = -1 // each goes to another place now
	}
}

// FocusGained implements fyne.Focusable.
func (c *Cards) FocusGained() {
	c.keyed = true
	c.Choose(max(0, c.at))
	c.mark()
}

// FocusLost implements fyne.Focusable.
func (c *Cards) FocusLost() { c.keyed = false; c.mark() }

func (c *Cards) mark() {
	for _, s := range c.slots {
		s.Refresh()
	}
}

// TypedRune implements fyne.Focusable.
func (c *Cards) TypedRune(r rune) {
	if r != ' ' && c.OnTyped != nil {
		Guard(c, func() { c.OnTyped(r) })
	}
}

// TypedKey implements fyne.Focusable.
func (c *Cards) TypedKey(e *fyne.KeyEvent) {
	if to, moves := c.target(e.Name); moves {
		c.Choose(to)
		c.mark()
		return
	}
	switch {
	case c.at < 0:
		passOn(c, e)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		c.open(c.at)
	case e.Name == fyne.KeySpace || e.Name == desktop.KeyMenu:
		c.menu(c.at, c.slotPosition(c.at))
	case c.OnKey != nil:
		Guard(c, func() { c.OnKey(c.at, e) })
	default:
		passOn(c, e)
	}
}

// target is the card that a key moves to.
func (c *Cards) target(key fyne.KeyName) (int, bool) {
	page := c.columns * max(1, int(c.scroll.Size().Height/(cardHeight+Space4)))
	switch key {
	case fyne.KeyLeft:
		return c.at - 1, true
	case fyne.KeyRight:
		return c.at + 1, true
	case fyne.KeyUp:
		return c.over(-c.columns), true
	case fyne.KeyDown:
		return c.over(c.columns), true
	case fyne.KeyPageUp:
		return c.at - page, true
	case fyne.KeyPageDown:
		return c.at + page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return c.n - 1, true
	default:
		return 0, false
	}
}

// over is the card above or below, or this one where there is none.
func (c *Cards) over(by int) int {
	if to := c.at + by; to >= 0 && to < c.n {
		return to
	}
	return c.at
}

func (c *Cards) open(i int) {
	if c.OnOpened != nil {
		Guard(c, func() { c.OnOpened(i) })
	}
}

func (c *Cards) menu(i int, at fyne.Position) {
	if c.OnMenu != nil {
		Guard(c, func() { c.OnMenu(i, at) })
	}
}

// slotPosition is where a menu of a card in view belongs.
func (c *Cards) slotPosition(i int) fyne.Position {
	for _, s := range c.slots {
		if s.i == i && s.Visible() {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
			return at.AddXY(s.Size().Width-Space9, Space9)
		}
	}
	return fyne.NewPos(0, 0)
}

// MinSize implements fyne.Widget.
func (c *Cards) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(cardNarrow+2*Space4, cardHeight)
}

// CreateRenderer implements fyne.Widget.
func (c *Cards) CreateRenderer() fyne.WidgetRenderer {
	shown := plain(c.scroll)
	d := &drawing{of: c, parts: []fyne.CanvasObject{shown}}
	d.min = func() fyne.Size { return fyne.NewSize(cardNarrow+2*Space4, cardHeight) }
	d.layout = func(s fyne.Size) {
		shown.Resize(s)
		c.arrange()
	}
	d.refresh = func() { c.mark() }
	return d
}

// cardSlot is a card at some place.
type cardSlot struct {
	fynewidget.BaseWidget
	cards   *Cards
	card    CardFace
	i       int // the number of the card, -1 before it is known
	wanted  bool
	hovered bool
}

// show makes it the card of a number.
func (s *cardSlot) show(i int) {
	if s.i != i {
		s.i = i
		s.card.Fill(i)
		s.Refresh()
	}
	s.Show()
}

// Tapped implements fyne.Tappable.
func (s *cardSlot) Tapped(*fyne.PointEvent) { s.cards.open(s.i) }

// TappedSecondary implements fyne.SecondaryTappable.
func (s *cardSlot) TappedSecondary(e *fyne.PointEvent) { s.cards.menu(s.i, e.AbsolutePosition) }

// MouseIn implements desktop.Hoverable.
func (s *cardSlot) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (s *cardSlot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (s *cardSlot) MouseOut() { s.hovered = false; s.Refresh() }

// CreateRenderer implements fyne.Widget.
func (s *cardSlot) CreateRenderer() fyne.WidgetRenderer {
	ground, focus := canvas.NewRectangle(nil), newRing()
	ground.CornerRadius, ground.StrokeWidth = radiusCard, hairline
	d := &drawing{of: s, parts: []fyne.CanvasObject{ground, s.card.Content, focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSize(cardNarrow, cardHeight) }
	d.layout = func(z fyne.Size) {
		ground.Resize(z)
		s.card.Content.Resize(z)
		focus.around(z, radiusCard)
	}
	d.refresh = func() {
		ground.FillColor, ground.StrokeColor = ink(Surface), ink(Border)
		if s.hovered {
			ground.StrokeColor = ink(Outline)
		}
		ground.Refresh()
		focus.show(s.cards.keyed && s.cards.at == s.i)
	}
	d.refresh()
	return d
}
