package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode is whether the window is light or dark.
type Mode string

// The modes; System follows the desktop.
const (
	System Mode = "system"
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Theme is the palette and the measures for the toolkit, which asks it for its
// own controls too.
type Theme struct{ Mode Mode }

// Color implements fyne.Theme.
func (t Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch t.Mode {
	case Light:
		v = theme.VariantLight
	case Dark:
		v = theme.VariantDark
	case System:
	}
	return Color(builtin(name), v)
}

// builtin tells which role the toolkit's own controls mean by a colour.
func builtin(name fyne.ThemeColorName) Token {
	switch name {
	case theme.ColorNameBackground:
		return Background
	case theme.ColorNameButton, theme.ColorNameInputBackground,
		theme.ColorNameOverlayBackground, theme.ColorNameHeaderBackground:
		return Surface
	case theme.ColorNameMenuBackground:
		return Raised
	case theme.ColorNameForeground:
		return Ink
	case theme.ColorNameDisabled, theme.ColorNamePlaceHolder:
		return Secondary
	case theme.ColorNameDisabledButton, theme.ColorNameHover, theme.ColorNamePressed:
		return Hover
	case theme.ColorNameSeparator, theme.ColorNameInnerWindowBorder, theme.ColorNameInnerWindowBorderInactive:
		return Border
	case theme.ColorNameInputBorder, theme.ColorNameScrollBar:
		return Outline
	case theme.ColorNameScrollBarBackground:
		return None
	case theme.ColorNameShadow:
		return Veil
	case theme.ColorNameFocus:
		return Selection // the toolkit fills with it
	case theme.ColorNameSelection:
		return Selection
	default:
		return builtinAccent(name)
	}
}

func builtinAccent(name fyne.ThemeColorName) Token {
	switch name {
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return Accent
	case theme.ColorNameForegroundOnPrimary:
		return OnAccent
	case theme.ColorNameForegroundOnError, theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning:
		return Surface
	case theme.ColorNameError:
		return Danger
	case theme.ColorNameSuccess:
		return reach
	case theme.ColorNameWarning:
		return miss
	default:
		return name
	}
}

// Font implements fyne.Theme.
func (Theme) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon implements fyne.Theme.
func (Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNamePadding:
		return Space1
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameText:
		return Body.face().size
	case theme.SizeNameCaptionText:
		return Caption.face().size
	case theme.SizeNameHeadingText:
		return PageTitle.face().size
	case theme.SizeNameSubHeadingText:
		return CardTitle.face().size
	case theme.SizeNameInlineIcon:
		return iconSmall
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return hairline
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameMenuRadius:
		return radiusControl
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius, theme.SizeNamePopupRadius:
		return radiusCard
	case theme.SizeNameSelectionRadius:
		return radiusTag
	case theme.SizeNameScrollBar:
		return Space2
	case theme.SizeNameScrollBarSmall:
		return Space1
	case theme.SizeNameModalBlurRadius:
		return 0 // costs a frame on machines without a graphics card
	default:
		return theme.DefaultTheme().Size(name)
	}
}
