package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Scroller shows content that may be higher than there is room, and goes where
// the keys go: see [Follow]. Where it goes on is told by the bar at its side,
// and by no shadow: a register has none.
type Scroller struct {
	fynewidget.BaseWidget
	scroll *container.Scroll
}

// Scroll returns a part of a page that is scrolled up and down.
func Scroll(content fyne.CanvasObject) *Scroller {
	s := &Scroller{scroll: container.NewVScroll(content)}
	s.ExtendBaseWidget(s)
	return s
}

// Wide lets it be scrolled sideways too, where content is wider than there is
// room.
func (s *Scroller) Wide() *Scroller {
	s.scroll.Direction = container.ScrollBoth
	return s
}

// At is how far it is scrolled down.
func (s *Scroller) At() float32 { return s.scroll.Offset.Y }

// To scrolls to so far from the top, or to the end.
func (s *Scroller) To(y float32) {
	s.scroll.ScrollToOffset(fyne.NewPos(s.scroll.Offset.X, max(0, y)))
}

// ToEnd scrolls to the end.
func (s *Scroller) ToEnd() { s.scroll.ScrollToBottom() }

// reveal scrolls no further than needed to see what is at top within the
// content; of what is higher than there is room, the beginning.
func (s *Scroller) reveal(top, height float32) {
	first, last := top-Space4, top+height+Space4
	to := max(s.At(), last-s.scroll.Size().Height)
	if to = min(to, first); to != s.At() {
		s.To(to)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Scroller) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(plain(s.scroll))
}

// plain is a scroll without shadows.
func plain(s *container.Scroll) fyne.CanvasObject { return container.NewThemeOverride(s, shadeless{}) }

// ScrollWide is Scroll of a page that a narrow window has not the width for: it
// scrolls sideways too.
func ScrollWide(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewThemeOverride(container.NewScroll(content), shadeless{})
}

// shadeless is the theme in force, without shadows.
type shadeless struct{}

func inForce() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color implements fyne.Theme.
func (shadeless) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return ink(None)
	}
	return inForce().Color(name, v)
}

// Font implements fyne.Theme.
func (shadeless) Font(s fyne.TextStyle) fyne.Resource { return inForce().Font(s) }

// Icon implements fyne.Theme.
func (shadeless) Icon(n fyne.ThemeIconName) fyne.Resource { return inForce().Icon(n) }

// Size implements fyne.Theme.
func (shadeless) Size(n fyne.ThemeSizeName) float32 { return inForce().Size(n) }
