package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// menuLine is how one item is drawn.
type menuLine struct {
	rule        *canvas.Rectangle
	sign        *canvas.Image
	words, keys *canvas.Text
}

type menuParts struct {
	m            *Menu
	ground, band *canvas.Rectangle
	lines        []menuLine
}

// CreateRenderer implements fyne.Widget.
func (m *Menu) CreateRenderer() fyne.WidgetRenderer {
	p := &menuParts{m: m, ground: newBlock(), band: newBlock()}
	p.ground.CornerRadius, p.ground.StrokeWidth, p.band.CornerRadius = radiusCard, hairline, radiusTag
	d := &drawing{of: m, parts: []fyne.CanvasObject{p.ground, p.band}, layout: p.draw, refresh: func() {}}
	for range m.items {
		l := menuLine{newBlock(), newPicture(iconSmall), line(Small), line(Caption)}
		p.lines = append(p.lines, l)
		d.parts = append(d.parts, l.rule, l.sign, l.words, l.keys)
	}
	d.min = func() fyne.Size { _, size := m.box(); return size }
	return d
}

func (p *menuParts) draw(fyne.Size) {
	at, size := p.m.box()
	p.ground.StrokeColor = ink(Outline)
	fill(p.ground, Raised, at.X, at.Y, size.Width, size.Height)
	p.band.Hidden = p.m.at < 0
	y := at.Y + Space1
	for i, item := range p.m.items {
		if i == p.m.at {
			fill(p.band, Selection, at.X+Space1, y, size.Width-2*Space1, SmallHeight)
		}
		p.lines[i].draw(item, fyne.NewPos(at.X, y), size.Width, p.m.lead())
		y += item.height()
	}
}

func (l menuLine) draw(i MenuItem, at fyne.Position, width, lead float32) {
	l.rule.Hidden = !i.rule()
	fill(l.rule, Border, at.X+Space1, at.Y+Space1, width-2*Space1, hairline)
	words, icon := i.tone(), i.Icon
	if i.Checked {
		icon = IconTick
	}
	setPicture(l.sign, icon.resource(words, iconSmall))
	place(l.sign, at.X+Space3, at.Y+(SmallHeight-iconSmall)/2, iconSmall, iconSmall)
	room := width - 2*Space3 - lead
	write(l.words, ellipsis(i.Words, Small.face(), room-keysRoom(i.Keys)), words)
	place(l.words, at.X+Space3+lead, at.Y, room, SmallHeight)
	write(l.keys, i.Keys, Secondary)
	keys := Caption.face().width(i.Keys)
	place(l.keys, at.X+width-Space3-keys, at.Y, keys, SmallHeight)
}

func (i MenuItem) tone() Token {
	switch {
	case i.Disabled:
		return Secondary
	case i.Grave:
		return Danger
	default:
		return Ink
	}
}
