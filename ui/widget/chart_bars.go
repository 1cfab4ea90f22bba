package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Bar is a line of lying bars: what it counts, a bar, its figures.
type Bar struct {
	Shape  Shape  // before the words, and the bar's colour
	Key    string // the telephone's key before the words, where there is no shape
	Words  string
	Count  int
	Figure string // Count as it is written
	Share  string // of all, as it is written; may be empty
}

// Bars are lying bars below each other, each as long as its share of the
// longest. Arrows move through them, Enter and a click choose one.
type Bars struct {
	fynewidget.BaseWidget
	OnTapped func(at int) // a bar was chosen; nil if there is nothing to see by it

	bars    []Bar
	at      int // the bar that the keys are at
	hovered int // or -1
	focused bool
	tip     tip
}

// NewBars returns bars.
func NewBars(bars ...Bar) *Bars {
	b := &Bars{bars: bars, hovered: -1}
	b.tip.ExtendToolTipWidget(b)
	b.ExtendBaseWidget(b)
	return b
}

// Set shows other bars.
func (b *Bars) Set(bars ...Bar) {
	b.bars = bars
	b.at = max(0, min(b.at, len(bars)-1))
	b.hovered = min(b.hovered, len(bars)-1)
	b.Refresh()
}

// At is the bar that the keys are at.
func (b *Bars) At() int { return b.at }

// FocusGained implements fyne.Focusable.
func (b *Bars) FocusGained() { b.focused = true; b.Refresh(); Follow(b) }

// FocusLost implements fyne.Focusable.
func (b *Bars) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Bars) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (b *Bars) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyUp:
		b.move(b.at - 1)
	case e.Name == fyne.KeyDown:
		b.move(b.at + 1)
	case e.Name == fyne.KeyHome:
		b.move(0)
	case e.Name == fyne.KeyEnd:
		b.move(len(b.bars) - 1)
	case pressed(e) && b.OnTapped != nil:
		b.choose(b.at)
	default:
		passOn(b, e)
	}
}

func (b *Bars) move(to int) {
	b.at = max(0, min(to, len(b.bars)-1))
	b.Refresh()
}

func (b *Bars) choose(at int) {
	if b.OnTapped != nil && at >= 0 && at < len(b.bars) && b.bars[at].Count > 0 {
		b.OnTapped(at)
	}
}

func (b *Bars) barAt(y float32) int {
	if at := int(y / BarsRowHeight); y >= 0 && at < len(b.bars) {
		return at
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (b *Bars) Tapped(e *fyne.PointEvent) { b.choose(b.barAt(e.Position.Y)) }

// MouseIn implements desktop.Hoverable.
func (b *Bars) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (b *Bars) MouseMoved(e *desktop.MouseEvent) {
	b.tip.MouseMoved(e)
	now := b.barAt(e.Position.Y)
	if now == b.hovered {
		return
	}
	b.hovered = now
	b.tip.MouseOut()
	b.tip.SetToolTip(b.cut(now))
	b.tip.MouseIn(e)
	b.Refresh()
}

// MouseOut implements desktop.Hoverable.
func (b *Bars) MouseOut() { b.hovered = -1; b.tip.MouseOut(); b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *Bars) Cursor() desktop.Cursor {
	if b.OnTapped != nil && b.hovered >= 0 && b.bars[b.hovered].Count > 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// cut is the words of a bar if they are cut on the screen.
func (b *Bars) cut(at int) string {
	if at < 0 || Body.face().width(b.bars[at].Words) <= b.columns(b.Size().Width).words {
		return ""
	}
	return b.bars[at].Words
}

// barColumns are the widths of what stands beside the bars.
type barColumns struct{ lead, words, figure, share float32 }

// columns are the widths within room: words that are too long for it give way.
func (b *Bars) columns(room float32) barColumns {
	c, f := barColumns{words: labelLeast}, Body.face()
	for _, bar := range b.bars {
		c.words = max(c.words, min(labelMost, f.width(bar.Words)+1))
		c.figure = max(c.figure, f.width(bar.Figure))
		c.share = max(c.share, f.width(bar.Share))
		c.lead = max(c.lead, bar.lead())
	}
	c.words = max(labelLeast, min(c.words, room-c.beside()))
	return c
}

// beside is the least room that all but the words needs.
func (c barColumns) beside() float32 { return c.lead + 2*Space9 + c.figure + c.share + 3*Space3 }

func (b Bar) lead() float32 {
	switch {
	case b.Shape != NoShape:
		return shapeRow + Space2
	case b.Key != "":
		return TagHeight + Space2
	default:
		return 0
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	p := &barsParts{b: b, hover: newBlock(), focus: newBlock()}
	p.hover.CornerRadius, p.focus.CornerRadius, p.focus.StrokeWidth = radiusTag, radiusTag, ringWidth
	p.d = &drawing{of: b, layout: p.draw, refresh: func() {}}
	p.d.min = func() fyne.Size {
		return fyne.NewSize(labelLeast+b.columns(0).beside(), float32(len(b.bars))*BarsRowHeight)
	}
	return p.d
}

type barsParts struct {
	b            *Bars
	d            *drawing
	hover, focus *canvas.Rectangle
	rows         []*barParts
}

// barParts is one line of the pool.
type barParts struct {
	sign                       *canvas.Image
	box, bar                   *canvas.Rectangle
	key, words, figure, shares *canvas.Text
}

func (p *barsParts) draw(s fyne.Size) {
	for len(p.rows) < len(p.b.bars) {
		r := &barParts{newPicture(shapeRow), newBlock(), newBlock(), line(SmallBold), line(Body), line(Body), line(Body)}
		r.box.StrokeWidth, r.box.CornerRadius, r.bar.CornerRadius = hairline, radiusTag, 2
		p.rows = append(p.rows, r)
	}
	p.d.parts = []fyne.CanvasObject{p.hover}
	most := 1
	for _, bar := range p.b.bars {
		most = max(most, bar.Count)
	}
	c := p.b.columns(s.Width)
	for i, bar := range p.b.bars {
		r := p.rows[i]
		r.draw(bar, c, float32(i)*BarsRowHeight, s.Width, float32(bar.Count)/float32(most))
		p.d.parts = append(p.d.parts, r.sign, r.box, r.key, r.words, r.bar, r.figure, r.shares)
	}
	p.d.parts = append(p.d.parts, p.focus)
	p.pointed(s)
}

// pointed marks the bar under the pointer and the one that the keys are at.
func (p *barsParts) pointed(s fyne.Size) {
	b := p.b
	p.hover.Hidden = b.hovered < 0 || b.OnTapped == nil
	p.focus.Hidden = !b.focused || len(b.bars) == 0
	p.focus.FillColor, p.focus.StrokeColor = ink(None), ink(Focus)
	place(tint(p.hover, Hover), -Space1, float32(b.hovered)*BarsRowHeight, s.Width+2*Space1, BarsRowHeight)
	place(p.focus, -Space1, float32(b.at)*BarsRowHeight, s.Width+2*Space1, BarsRowHeight)
}

func (r *barParts) draw(bar Bar, c barColumns, y, width, share float32) {
	f := Body.face()
	setPicture(r.sign, bar.Shape.resource())
	place(r.sign, 0, y+(BarsRowHeight-shapeRow)/2, shapeRow, shapeRow)
	r.box.Hidden = bar.Shape != NoShape || bar.Key == ""
	r.box.StrokeColor = ink(Outline)
	place(tint(r.box, Surface), 0, y+(BarsRowHeight-TagHeight)/2, TagHeight, TagHeight)
	r.key.Hidden = r.box.Hidden
	write(r.key, bar.Key, Ink)
	place(r.key, (TagHeight-SmallBold.face().width(bar.Key))/2, y, TagHeight, BarsRowHeight)
	write(r.words, ellipsis(bar.Words, f, c.words), Ink)
	place(r.words, c.lead, y, c.words, BarsRowHeight)
	right := width
	if c.share > 0 {
		r.write(r.shares, bar.Share, Secondary, right, y)
		right -= c.share + Space3
	}
	r.write(r.figure, bar.Figure, Ink, right, y)
	left := c.lead + c.words + Space3
	long := max(0, right-c.figure-Space3-left)
	if bar.Count > 0 {
		long = max(barLeast, float32(int(long*share)))
	} else {
		long = 0
	}
	place(tint(r.bar, barTone(bar.Shape)), left, y+(BarsRowHeight-barThick)/2, long, barThick)
}

// write sets a figure against the right.
func (r *barParts) write(t *canvas.Text, words string, tone Token, right, y float32) {
	width := Body.face().width(words)
	write(t, words, tone)
	place(t, right-width, y, width, BarsRowHeight)
}
