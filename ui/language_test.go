package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign/words"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// openedIn opens a window at 1280×800 in a language that was chosen before.
func openedIn(t *testing.T, a *view.App, l words.Language, args ui.Args) *ui.Window {
	t.Helper()
	t.Cleanup(func() { words.Use(words.English) })
	app := test.NewTempApp(t)
	app.Preferences().SetString("language", string(l))
	now := func(f func()) { f() }
	args.Mode = widget.Light
	w := ui.Open(app, a, args, ui.Bridge{Do: now, Go: now, After: never, Rest: -1})
	w.Content().Resize(fyne.NewSize(1280, 800))
	w.Content().Show()
	return w
}

func TestALanguageIsChosenAtOnceAndKept(t *testing.T) {
	a := program(t, newShelf())
	w := openedIn(t, a, "", ui.Args{})
	act(t, w.Content(), "Settings")
	w.SetLanguage(words.German)
	for _, said := range []string{"Sperrliste", "Hilfe", "Einstellungen"} {
		menuOrPage(t, w.Content(), said)
	}
	if got := lang.L("Paste"); got != "Einfügen" {
		t.Errorf("the toolkit says %q", got)
	}
	w.SetLanguage(words.English)
	must(t, w.Content(), "Settings", "Help")
	if got := lang.L("Paste"); got != "Paste" {
		t.Errorf("the toolkit says %q", got)
	}
	must(t, openedIn(t, a, words.German, ui.Args{}).Content(), "Einstellungen")
}

// menuOrPage tells that the window and its menu say a text.
func menuOrPage(t *testing.T, w fyne.Window, said string) {
	t.Helper()
	must(t, w, said)
	for _, m := range w.MainMenu().Items {
		if m.Label == said {
			return
		}
		for _, i := range m.Items {
			if i.Label == said {
				return
			}
		}
	}
	t.Errorf("the menu does not say %q", said)
}

func TestTheDesktopsLanguageIsSpoken(t *testing.T) {
	t.Cleanup(func() { words.Use(words.English) })
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), program(t, newShelf()), ui.Args{Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never, Locale: "de-AT"}).Content()
	w.Show()
	must(t, w, "Einstellungen", "Sperrliste")
}
