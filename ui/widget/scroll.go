package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Scroll shows content that may be higher than there is room. Where it goes on
// is told by the bar at its side, and by no shadow: a register has none.
func Scroll(content fyne.CanvasObject) fyne.CanvasObject {
	return Scrolled(container.NewVScroll(content))
}

// Scrolled is the same for whoever moves what is shown.
func Scrolled(s *container.Scroll) fyne.CanvasObject {
	return container.NewThemeOverride(s, shadeless{})
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
