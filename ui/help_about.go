package ui

import (
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rollcall/assets"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// about is which version this is, and what it is made of.
func (p *helpPage) about() fyne.CanvasObject {
	version := words.Say("Version %s", assets.Version)
	built := words.Say("Made with %s for %s.", runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
	stack := widget.Stack(widget.Space3,
		widget.Row(widget.Space3, widget.NewSwatch(), widget.NewText(widget.PageTitle, "Rollcall")),
		widget.NewText(widget.Body, version),
		widget.NewPara(widget.Body, built, widget.ReadingWidth).In(widget.Secondary))
	libraries := librariesOf(debug.ReadBuildInfo())
	if len(libraries) == 0 {
		return stack
	}
	stack.Add(widget.Inset(widget.Space3, 0, 0, 0, widget.NewText(widget.CardTitle, words.Say("What it is made of"))))
	stack.Add(widget.NewPara(widget.Body, words.Say("Thanks to everybody who wrote these. Each has its licence in its own source."), widget.ReadingWidth).In(widget.Secondary))
	list := widget.Stack(0)
	for _, l := range libraries {
		list.Add(widget.Row(widget.Space3, widget.Grow(widget.NewWhole(widget.NewText(widget.Small, l.name))), widget.NewText(widget.Small, l.version).In(widget.Secondary)))
	}
	stack.Add(list)
	return stack
}

// library is one that the program is made of.
type library struct{ name, version string }

func librariesOf(info *debug.BuildInfo, known bool) []library {
	if !known {
		return nil
	}
	var all []library
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		all = append(all, library{m.Path, m.Version})
	}
	return all
}

// keysOf names the keys of a shortcut: "Ctrl+Shift+N".
func keysOf(s fyne.Shortcut) string {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return ""
	}
	var keys []string
	add := func(m fyne.KeyModifier, name string) {
		if custom.Modifier&m != 0 {
			keys = append(keys, name)
		}
	}
	add(fyne.KeyModifierControl, words.Say("Ctrl||key"))
	add(fyne.KeyModifierSuper, "⌘")
	add(fyne.KeyModifierAlt, words.Say("Alt||key"))
	add(fyne.KeyModifierShift, words.Say("Shift||key"))
	return strings.Join(append(keys, keyName(custom.KeyName)), "+")
}

func keyName(k fyne.KeyName) string {
	switch k {
	case fyne.KeyReturn, fyne.KeyEnter:
		return words.Say("Enter||key")
	case fyne.KeyDelete:
		return words.Say("Del||key")
	default:
		return string(k)
	}
}
