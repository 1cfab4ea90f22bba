package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ground is an area with an edge.
type ground struct {
	fynewidget.BaseWidget
	fill, edge  Token
	radius      float32
	top, bottom float32 // radius there, where the others have none
}

// newPanel is a ground behind content. It is a container, and no control that
// holds its content, so that screen readers find what is in it.
func newPanel(fill, edge Token, radius float32, content fyne.CanvasObject) *fyne.Container {
	return before(&ground{fill: fill, edge: edge, radius: radius}, content)
}

func before(g *ground, content fyne.CanvasObject) *fyne.Container {
	g.ExtendBaseWidget(g)
	return &fyne.Container{Layout: behind{}, Objects: []fyne.CanvasObject{g, content}}
}

// behind gives a ground and its content the same room.
type behind struct{}

func (behind) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

func (behind) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, s.Width, s.Height)
	}
}

// Card is a panel on the page, without padding.
func Card(content fyne.CanvasObject) *fyne.Container {
	return newPanel(Surface, Border, radiusCard, content)
}

// GridCard is a card that a grid fills up to the edge.
func GridCard(content fyne.CanvasObject) *fyne.Container {
	return Card(Pad(hairline, hairline, content))
}

// BadCard is a card whose first part is bad; its parts are [Strip]s.
func BadCard(content fyne.CanvasObject) *fyne.Container {
	return newPanel(Surface, Danger, radiusCard, Pad(hairline, hairline, content))
}

// Strip is an area across a card, at its top if it is the first, at its bottom
// if it is the last.
func Strip(fill Token, first, last bool, content fyne.CanvasObject) *fyne.Container {
	g := &ground{fill: fill, edge: None}
	if first {
		g.top = radiusCard - hairline
	}
	if last {
		g.bottom = radiusCard - hairline
	}
	return before(g, content)
}

// Ground is a plain area of one colour behind content.
func Ground(fill Token, content fyne.CanvasObject) *fyne.Container {
	return newPanel(fill, None, 0, content)
}

// Note is a soft area that says something to heed.
func Note(fill Token, content fyne.CanvasObject) *fyne.Container {
	return newPanel(fill, None, radiusControl, Pad(Space2, Space3, content))
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	area := canvas.NewRectangle(nil)
	area.CornerRadius = g.radius
	area.TopLeftCornerRadius, area.TopRightCornerRadius = g.top, g.top
	area.BottomLeftCornerRadius, area.BottomRightCornerRadius = g.bottom, g.bottom
	d := &drawing{of: g, parts: []fyne.CanvasObject{area}}
	d.min = func() fyne.Size { return fyne.Size{} }
	d.layout = func(s fyne.Size) { area.Resize(s) }
	d.refresh = func() {
		area.FillColor = ink(g.fill)
		if g.edge != None {
			area.StrokeColor, area.StrokeWidth = ink(g.edge), hairline
		}
		area.Refresh()
	}
	d.refresh()
	return d
}

// rule is a hairline.
type rule struct {
	fynewidget.BaseWidget
	upright bool
}

// Rule is a hairline across a stack.
func Rule() fyne.CanvasObject { return newRule(false) }

// UprightRule is a hairline down a row of columns.
func UprightRule() fyne.CanvasObject { return newRule(true) }

func newRule(upright bool) *rule {
	r := &rule{upright: upright}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *rule) CreateRenderer() fyne.WidgetRenderer {
	l := canvas.NewRectangle(nil)
	d := &drawing{of: r, parts: []fyne.CanvasObject{l}}
	d.min = func() fyne.Size { return fyne.NewSquareSize(hairline) }
	d.layout = func(s fyne.Size) {
		if r.upright {
			l.Resize(fyne.NewSize(hairline, s.Height))
		} else {
			l.Resize(fyne.NewSize(s.Width, hairline))
		}
	}
	d.refresh = func() { l.FillColor = ink(Border) }
	d.refresh()
	return d
}

// Sign is a shape or an icon by itself, beside words.
type Sign struct {
	fynewidget.BaseWidget
	shape Shape
	icon  Icon
	tone  Token
	size  float32
}

// ShapeSign is a state's shape as it stands beside a line of words.
func ShapeSign(s Shape) *Sign { return newSign(&Sign{shape: s, size: shapeRow}) }

// NoteSign is a shape at the head of a note.
func NoteSign(s Shape) *Sign { return newSign(&Sign{shape: s, size: shapeNote}) }

// IconSign is an icon beside a line of words.
func IconSign(i Icon, tone Token) *Sign { return newSign(&Sign{icon: i, tone: tone, size: iconSmall}) }

func newSign(s *Sign) *Sign {
	s.ExtendBaseWidget(s)
	return s
}

// SetShape changes the shape.
func (s *Sign) SetShape(shape Shape) {
	if s.shape != shape {
		s.shape = shape
		s.Refresh()
	}
}

func (s *Sign) resource() fyne.Resource {
	if s.icon != NoIcon {
		return s.icon.resource(s.tone, s.size)
	}
	return s.shape.resource()
}

// CreateRenderer implements fyne.Widget.
func (s *Sign) CreateRenderer() fyne.WidgetRenderer {
	p := newPicture(s.size)
	d := &drawing{of: s, parts: []fyne.CanvasObject{p}}
	d.min = func() fyne.Size { return fyne.NewSquareSize(s.size) }
	d.layout = func(z fyne.Size) {
		place(p, (z.Width-s.size)/2, (z.Height-s.size)/2, s.size, s.size)
	}
	d.refresh = func() { setPicture(p, s.resource()) }
	d.refresh()
	return d
}
