package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rollcall/campaign/words"
)

// chartParts is what a chart is drawn with: stocks that grow with the slots.
type chartParts struct {
	b *StackedBars
	d *drawing
	p plot

	hover, focus, tipGround *canvas.Rectangle
	tip                     *canvas.Text
	lines, bars, grounds    stock[*canvas.Rectangle]
	texts                   stock[*canvas.Text]
	drawn                   int // parts in the drawing
}

// CreateRenderer implements fyne.Widget.
func (b *StackedBars) CreateRenderer() fyne.WidgetRenderer {
	c := &chartParts{b: b, hover: newBlock(), focus: newBlock(), tipGround: newBlock(), tip: line(Caption)}
	c.lines.create, c.bars.create, c.grounds.create = newBlock, newBlock, newBlock
	c.texts.create = func() *canvas.Text { return line(Caption) }
	c.focus.StrokeWidth, c.focus.CornerRadius = ringWidth, radiusTag
	c.tipGround.StrokeWidth, c.tipGround.CornerRadius = hairline, radiusTag
	c.d = &drawing{of: b, layout: c.draw, refresh: func() {}}
	c.d.min = func() fyne.Size { return fyne.NewSize(2*SideWidth, b.height) }
	return c.d
}

// draw brings everything to what is counted now.
func (c *chartParts) draw(s fyne.Size) {
	c.p = c.b.plot(s)
	c.axis()
	c.gaps()
	for i, slot := range c.b.slots {
		c.bar(i, slot)
	}
	c.labels()
	c.pointed(s)
	c.lines.end()
	c.grounds.end()
	c.bars.end()
	c.texts.end()
	c.list()
}

// list puts the parts in the order in which they are drawn.
func (c *chartParts) list() {
	n := len(c.lines.all) + len(c.grounds.all) + len(c.bars.all) + len(c.texts.all)
	if n == c.drawn && c.d.parts != nil {
		return
	}
	c.drawn = n
	parts := append([]fyne.CanvasObject{c.hover}, c.lines.parts()...)
	parts = append(parts, c.grounds.parts()...)
	parts = append(parts, c.bars.parts()...)
	parts = append(parts, c.texts.parts()...)
	c.d.parts = append(parts, c.focus, c.tipGround, c.tip)
}

// axis draws the lines and, where they have room, their numbers.
func (c *chartParts) axis() {
	f := Caption.face()
	tight := c.p.rise(c.p.step) < f.line
	for n := 0; n <= c.p.scale.most; n += c.p.step {
		y := c.p.base - c.p.rise(n)
		fill(c.lines.next(), Border, c.p.left, y, c.p.right-c.p.left, hairline)
		if tight && n > 0 && n < c.p.scale.most {
			continue
		}
		number := words.Number(n)
		c.text(number, c.p.left-Space2-f.width(number), y-f.line/2)
	}
}

// text writes a caption whose line begins at y.
func (c *chartParts) text(what string, x, y float32) {
	t := c.texts.next()
	write(t, what, Secondary)
	place(t, x, y, Caption.face().width(what), Caption.face().line)
}

// gaps says why there are no bars.
func (c *chartParts) gaps() {
	f := Caption.face()
	for _, gap := range stretches(c.b.slots) {
		left := c.p.left + float32(gap.from)*c.p.slot
		width, need := float32(gap.to-gap.from)*c.p.slot, f.width(gap.word)
		if need > width {
			continue
		}
		x := float32(int(left + (width-need)/2))
		y := c.p.base - Space1 - f.line
		fill(c.grounds.next(), Surface, x-Space1, y, need+2*Space1, f.line)
		c.text(gap.word, x, y)
	}
}

// bar draws the parts of a bar with a pixel between them. None that counts
// anything is too thin to be seen; what it takes is taken from the part above.
func (c *chartParts) bar(i int, slot Slot) {
	at, sum := c.p.base, 0
	for n, count := range slot.Counts {
		if count <= 0 || n >= len(c.b.series) {
			continue
		}
		foot := at
		if sum > 0 {
			foot -= hairline
		}
		sum += count
		at = min(c.p.base-c.p.rise(sum), foot-barLeast)
		fill(c.bars.next(), c.b.series[n].tone(), c.p.x(i), at, c.p.bar, foot-at)
	}
}

// labels stand below their bars, those that have no room left out.
func (c *chartParts) labels() {
	f := Caption.face()
	free := float32(0)
	for i, slot := range c.b.slots {
		if slot.Label == "" {
			continue
		}
		width := f.width(slot.Label)
		x := c.p.x(i) + (c.p.bar-width)/2
		x = float32(int(max(c.p.left, min(x, c.p.right-width))))
		if x < free {
			continue
		}
		c.text(slot.Label, x, c.p.base+Space1)
		free = x + width + Space2
	}
}

// pointed shows which bar the pointer or the keys are at, and its words.
func (c *chartParts) pointed(s fyne.Size) {
	b, at := c.b, c.b.hovered
	if at < 0 && b.focused {
		at = b.at
	}
	c.hover.Hidden = b.hovered < 0
	c.focus.Hidden = !b.focused || b.at < 0
	c.hover.FillColor, c.focus.FillColor, c.focus.StrokeColor = ink(Hover), ink(None), ink(Focus)
	place(c.hover, c.p.left+float32(b.hovered)*c.p.slot, c.p.top, c.p.slot, c.p.base-c.p.top)
	if !c.focus.Hidden {
		const out = 2 * ringWidth
		high := c.p.rise(b.slots[b.at].total())
		place(c.focus, c.p.x(b.at)-out, c.p.base-high-out, c.p.bar+2*out, high+2*out)
	}
	c.tip.Hidden = at < 0 || b.slots[at].Tip == ""
	c.tipGround.Hidden = c.tip.Hidden
	if !c.tip.Hidden {
		c.say(at, s)
	}
}

// say shows the words of a bar above it, or over it if it is high.
func (c *chartParts) say(at int, s fyne.Size) {
	f, slot := Caption.face(), c.b.slots[at]
	shown := ellipsis(slot.Tip, f, s.Width-2*Space2)
	width := f.width(shown) + 2*Space2
	x := float32(int(max(0, min(c.p.x(at)+(c.p.bar-width)/2, s.Width-width))))
	y := max(0, c.p.base-c.p.rise(slot.total())-TagHeight-Space2)
	c.tipGround.StrokeColor = ink(Outline)
	fill(c.tipGround, Raised, x, y, width, TagHeight)
	write(c.tip, shown, Ink)
	place(c.tip, x+Space2, y, width, TagHeight)
}
