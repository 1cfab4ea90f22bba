package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Aside is a page's main part with a panel beside it that can be shown, and
// drawn wider at its left edge. Where both have no room the panel is not shown:
// it is to become a page of its own.
type Aside struct {
	fynewidget.BaseWidget
	OnResized func(width float32) // somebody has drawn it to a width
	OnNarrow  func()              // there is no room any more for the panel that was shown

	main, panel fyne.CanvasObject
	grip        *grip
	width       float32
	open        bool
}

// NewAside returns main with a panel that is not shown yet, of a width between
// DetailsWidth and DetailsMost.
func NewAside(main, panel fyne.CanvasObject, width float32) *Aside {
	a := &Aside{main: main, panel: panel, width: asideWidth(width)}
	a.grip = newGrip(a)
	panel.Hide()
	a.grip.Hide()
	a.ExtendBaseWidget(a)
	return a
}

func asideWidth(w float32) float32 { return min(max(w, DetailsWidth), DetailsMost) }

// Open shows the panel, or takes it away. It tells whether there is room for it.
func (a *Aside) Open(on bool) bool {
	if on && a.Narrow() {
		return false
	}
	if a.open != on {
		a.open = on
		a.Refresh()
	}
	return true
}

// IsOpen tells whether the panel is shown.
func (a *Aside) IsOpen() bool { return a.open }

// Narrow tells whether there is no room for the panel.
func (a *Aside) Narrow() bool {
	w := a.Size().Width
	return w > 0 && w < asideLeast
}

// PanelWidth is how wide the panel is where it is shown.
func (a *Aside) PanelWidth() float32 { return a.width }

func (a *Aside) drag(by float32) {
	most := max(DetailsWidth, a.Size().Width-asideLeast+DetailsWidth)
	if w := min(asideWidth(a.width-by), most); w != a.width {
		a.width = w
		a.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (a *Aside) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{of: a, parts: []fyne.CanvasObject{a.main, a.panel, a.grip}}
	d.min = func() fyne.Size { return a.main.MinSize() }
	d.layout = func(s fyne.Size) {
		if a.open && a.Narrow() {
			a.open = false
			call0(a.OnNarrow)
		}
		if !a.open {
			a.panel.Hide()
			a.grip.Hide()
			place(a.main, 0, 0, s.Width, s.Height)
			return
		}
		a.panel.Show()
		a.grip.Show()
		place(a.main, 0, 0, s.Width-a.width-Space3, s.Height)
		place(a.grip, s.Width-a.width-Space3, 0, Space3, s.Height)
		place(a.panel, s.Width-a.width, 0, a.width, s.Height)
	}
	d.refresh = func() {}
	return d
}

// grip is the gap by which a panel is drawn wider.
type grip struct {
	fynewidget.BaseWidget
	of      *Aside
	dragged bool
}

func newGrip(of *Aside) *grip {
	g := &grip{of: of}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged implements fyne.Draggable.
func (g *grip) Dragged(e *fyne.DragEvent) {
	g.dragged = true
	g.of.drag(e.Dragged.DX)
}

// DragEnd implements fyne.Draggable.
func (g *grip) DragEnd() {
	if g.dragged && g.of.OnResized != nil {
		g.of.OnResized(g.of.width)
	}
	g.dragged = false
}

// Cursor implements desktop.Cursorable.
func (g *grip) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer implements fyne.Widget.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(&fyne.Container{})
}
