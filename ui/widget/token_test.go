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
		for shape := range seen {
			for _, ground := range []widget.Token{widget.Surface, widget.Selection} {
				if c := contrast(widget.Color(shape.Token(), v), widget.Color(ground, v)); c < 2.95 {
					t.Errorf("%s: %s on %s: contrast %.2f, want 3", name, shape, ground, c)
				}
			}
		}
		for _, edge := range []widget.Token{widget.Outline, widget.Focus} {
			if c := contrast(widget.Color(edge, v), widget.Color(widget.Surface, v)); c < 3 {
				t.Errorf("%s: %s: contrast %.2f, want 3", name, edge, c)
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
