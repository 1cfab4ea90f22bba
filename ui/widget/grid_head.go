package widget

import "fyne.io/fyne/v2"

// This file draws the heading of a grid.

// header draws the headings and the sort arrow.
func (p *gridParts) header() {
	g := p.g
	fill(p.head, Raised, 0, 0, g.Size().Width, g.head())
	fill(p.below, Border, 0, g.head()-hairline, g.Size().Width, hairline)
	p.arrow.Hide()
	p.held.Hide()
	top := g.head() - GridHeadHeight
	p.all.draw(g.Checks, g.ticked(), fyne.NewPos(-g.left, top), GridHeadHeight)
	x := g.first() - g.left
	for i, col := range p.shown {
		w := p.columns[col]
		p.title(col, fyne.NewPos(x, top), w)
		if head := g.Columns[col].Head; head != nil {
			head.Show()
			place(head, x+Space1, Space2-2, w-Space2, SmallHeight)
		}
		x += w
		edge := p.edges[col]
		edge.Hidden = i == len(p.shown)-1 || !g.edged && g.drag.column != col
		fill(edge, Border, x-hairline, top+Space2, hairline, GridHeadHeight-2*Space2)
	}
	p.hideTitles()
	p.moving(top)
}

// title draws one heading, with the arrow if the rows are sorted by it.
func (p *gridParts) title(col int, at fyne.Position, width float32) {
	g, f, t := p.g, SmallBold.face(), p.titles[col]
	room := width - 2*Space2
	if col == g.sorted {
		room -= iconSmall + Space1
	}
	shown := ellipsis(g.Columns[col].Title, f, room)
	write(t, shown, Ink)
	t.Hidden = false
	x := at.X + Space2
	if g.Columns[col].Right {
		x += room - f.width(shown)
	}
	t.Move(fyne.NewPos(x, at.Y+middle(t, GridHeadHeight)))
	if col == g.sorted {
		p.sortArrow(x + f.width(shown) + Space1)
	}
}

// hideTitles hides the headings of hidden columns.
func (p *gridParts) hideTitles() {
	for col := range p.g.hidden {
		p.titles[col].Hidden, p.edges[col].Hidden = true, true
		if head := p.g.Columns[col].Head; head != nil {
			head.Hide()
		}
	}
}

func (p *gridParts) sortArrow(x float32) {
	icon := IconUp
	if p.g.down {
		icon = IconDown
	}
	setPicture(p.arrow, icon.resource(Ink, iconSmall))
	place(p.arrow, float32(int(x)), p.g.head()-GridHeadHeight+(GridHeadHeight-iconSmall)/2, iconSmall, iconSmall)
}

// moving shows the heading that is dragged, and where it would go.
func (p *gridParts) moving(top float32) {
	g := p.g
	p.drop.Hidden = !g.drag.moving
	if !g.drag.moving {
		return
	}
	col := g.drag.head
	p.held.Show()
	fill(p.held, Selection, g.columnLeft(col), top, p.columns[col], GridHeadHeight-hairline)
	to := g.dropAt()
	x := g.columnLeft(p.shown[to])
	if g.columnLeft(col) < x {
		x += p.columns[p.shown[to]]
	}
	fill(p.drop, Accent, x-ringWidth/2, top, ringWidth, g.Size().Height-top)
}
