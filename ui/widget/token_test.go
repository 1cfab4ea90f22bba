package widget_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rollcall/campaign"
	"rollcall/ui/widget"
)

// contrast is the ratio of WCAG 2.2, section 1.4.3.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func variants() map[string]fyne.ThemeVariant {
	return map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark}
}

func grounds() []widget.Token {
	return []widget.Token{widget.Background, widget.Surface, widget.Raised, widget.Hover, widget.Selection,
		widget.OkSoft, widget.WarnSoft, widget.BadSoft}
}

func TestWordsCanBeReadOnEveryGround(t *testing.T) {
	for name, v := range variants() {
		for _, words := range []widget.Token{widget.Ink, widget.Secondary, widget.Accent, widget.Danger} {
			for _, ground := range grounds() {
				if c := contrast(widget.Color(words, v), widget.Color(ground, v)); c < 4.5 {
					t.Errorf("%s: %s on %s: contrast %.2f, want at least 4.5", name, words, ground, c)
				}
			}
		}
		if c := contrast(widget.Color(widget.OnAccent, v), widget.Color(widget.Accent, v)); c < 4.5 {
			t.Errorf("%s: words on the primary button: contrast %.2f", name, c)
		}
	}
}

func TestShapesAndEdgesCanBeSeen(t *testing.T) {
	seen := map[widget.Shape]bool{}
	for _, status := range campaign.Statuses() {
		shape := widget.ShapeOf(status)
		if shape == widget.NoShape {
			t.Errorf("%s has no shape", status)
		}
		seen[shape] = true
	}
	if len(seen) != 9 {
		t.Errorf("%d shapes are in use, want 9", len(seen))
	}
	for name, v := range variants() {
		for _, ground := range grounds() {
			for shape := range seen {
				if c := contrast(widget.Color(shape.Token(), v), widget.Color(ground, v)); c < 3 {
					t.Errorf("%s: %s on %s: contrast %.2f, want 3", name, shape, ground, c)
				}
			}
			for _, edge := range []widget.Token{widget.Outline, widget.Focus, widget.Accent} {
				if c := contrast(widget.Color(edge, v), widget.Color(ground, v)); c < 3 {
					t.Errorf("%s: %s on %s: contrast %.2f, want 3", name, edge, ground, c)
				}
			}
		}
	}
}

// The toolkit's own controls, such as fields and menus, set these on each other.
func TestWordsOfTheToolkitCanBeRead(t *testing.T) {
	tests := []struct{ words, ground fyne.ThemeColorName }{
		{theme.ColorNameForeground, theme.ColorNameBackground}, {theme.ColorNameForeground, theme.ColorNameInputBackground},
		{theme.ColorNameForeground, theme.ColorNameMenuBackground}, {theme.ColorNameForeground, theme.ColorNameOverlayBackground},
		{theme.ColorNameForeground, theme.ColorNameHover}, {theme.ColorNameForeground, theme.ColorNameFocus},
		{theme.ColorNameForeground, theme.ColorNameSelection}, {theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}, {theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess}, {theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
		{theme.ColorNameDisabled, theme.ColorNameDisabledButton}, {theme.ColorNameDisabled, theme.ColorNameMenuBackground},
		{theme.ColorNameHyperlink, theme.ColorNameBackground}, {theme.ColorNameError, theme.ColorNameInputBackground},
	}
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		for _, tt := range tests {
			of := func(n fyne.ThemeColorName) color.NRGBA {
				return widget.Theme{Mode: mode}.Color(n, theme.VariantLight).(color.NRGBA)
			}
			if c := contrast(of(tt.words), of(tt.ground)); c < 4.5 {
				t.Errorf("%s: %s on %s: contrast %.2f, want 4.5", mode, tt.words, tt.ground, c)
			}
		}
	}
}

// lab is a colour in OKLab, where distances are as large as they are seen.
func lab(c color.NRGBA) [3]float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b := part(c.R), part(c.G), part(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// Parts of a bar touch each other, but for a pixel: they differ in colour, and
// for those who see none in how light they are.
func TestSeriesOfAChartAreToldApart(t *testing.T) {
	for name, v := range variants() {
		all := series()
		for i, a := range all {
			for _, b := range all[i+1:] {
				x, y := lab(widget.Color(a.Shape.Token(), v)), lab(widget.Color(b.Shape.Token(), v))
				light := math.Abs(x[0] - y[0])
				far := math.Hypot(light, math.Hypot(x[1]-y[1], x[2]-y[2]))
				if far < 0.20 || light < 0.04 {
					t.Errorf("%s: %s and %s: distance %.3f, in lightness %.3f; want 0.2 and 0.04", name, a.Words, b.Words, far, light)
				}
			}
		}
	}
}

func TestThemeFollowsItsMode(t *testing.T) {
	tests := []struct {
		mode    widget.Mode
		variant fyne.ThemeVariant
		want    fyne.ThemeVariant
	}{
		{widget.System, theme.VariantDark, theme.VariantDark},
		{widget.System, theme.VariantLight, theme.VariantLight},
		{widget.Light, theme.VariantDark, theme.VariantLight},
		{widget.Dark, theme.VariantLight, theme.VariantDark},
	}
	for _, tt := range tests {
		got := widget.Theme{Mode: tt.mode}.Color(theme.ColorNameBackground, tt.variant)
		if got != color.Color(widget.Color(widget.Background, tt.want)) {
			t.Errorf("mode %s, desktop %d: got %v", tt.mode, tt.variant, got)
		}
	}
}

// The toolkit's own controls ask for these: none may come out as nothing.
func TestThemeKnowsTheToolkitsColours(t *testing.T) {
	for _, name := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameForeground,
		theme.ColorNameDisabled, theme.ColorNameHover, theme.ColorNameInputBackground, theme.ColorNameInputBorder,
		theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNameSeparator, theme.ColorNameSelection,
		theme.ColorNameFocus, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameShadow,
		theme.ColorNameError, theme.ColorNameSuccess, theme.ColorNameWarning, theme.ColorNameScrollBar} {
		for v := range variants() {
			c, ok := widget.Theme{Mode: widget.Mode(v)}.Color(name, theme.VariantLight).(color.NRGBA)
			if !ok || c.A == 0 {
				t.Errorf("%s, %s: %v", v, name, c)
			}
		}
	}
}
