package ui

import (
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"rollcall/campaign/words"
)

// languageKey is where the chosen language is kept; nothing is kept for that
// of the desktop.
const languageKey = "language"

// language is the one chosen, else that of the desktop.
func (w *Window) language() words.Language {
	if chosen := w.program.Preferences().String(languageKey); chosen != "" {
		return words.LanguageOf(chosen)
	}
	return words.LanguageOf(w.Locale)
}

// speak puts the language in force, in the toolkit too, and the country.
func (w *Window) speak() {
	words.Use(w.language())
	words.Home(w.app.Region)
	if err := teach(); err != nil {
		w.app.Log.Error("the toolkit does not speak the language", "language", words.InUse(), "error", err)
	}
}

// setLanguage chooses a language and says everything on the screen in it;
// empty is that of the desktop.
func (w *Window) setLanguage(l words.Language) {
	w.program.Preferences().SetString(languageKey, string(l))
	w.speak()
	w.frame()
	w.again()
}

// again makes the page that is shown anew.
func (w *Window) again() {
	if w.office == nil { // nothing else can be shown
		w.show(w.page)
		return
	}
	switch w.page.(type) {
	case *doNotCallPage:
		w.goDoNotCall()
	case *doubtsPage:
		w.goDoubts()
	case *settingsPage:
		w.goSettings()
	case *helpPage:
		w.goHelp()
	default:
		w.goHome()
	}
}

// teach gives the toolkit its own words in the language in use. It chooses its
// language by the desktop's locale and has no way to choose another, so they
// go by the name of that one.
func teach() error {
	data, err := json.Marshal(toolkitWords())
	if err != nil {
		return err
	}
	name := lang.SystemLocale().LanguageString()
	if name == "" || name == "und" {
		name = string(words.English)
	}
	return lang.AddTranslationsForLocale(data, fyne.Locale(name))
}

// toolkitWords are the toolkit's own by its keys.
func toolkitWords() map[string]any {
	said := map[string]any{
		"Advanced": words.Say("Advanced"), "Cancel": words.Say("Cancel"), "Confirm": words.Say("Confirm"), "Copy": words.Say("Copy"),
		"Create Folder": words.Say("Make a folder"), "Cut": words.Say("Cut"), "Enter filename": words.Say("Name of the file"),
		"Error": words.Say("It did not work"), "Favourites": words.Say("Favourites"), "File": words.Say("File"), "Folder": words.Say("Folder"),
		"New Folder": words.Say("New folder"), "No": words.Say("No"), "OK": words.Say("OK"), "Open": words.Say("Open"),
		"Paste": words.Say("Paste"), "Quit": words.Say("Quit"), "Redo": words.Say("Redo"), "Save": words.Say("Save"),
		"Select all": words.Say("Select all"), "Show Hidden Files": words.Say("Show hidden files"), "Undo": words.Say("Undo"), "Yes": words.Say("Yes"),
		"file.name":   map[string]string{"other": words.Say("Name||of a file")},
		"file.parent": map[string]string{"other": words.Say("Folder above")},
	}
	keys := [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	for day, key := range keys {
		said[key] = words.Weekday(time.Weekday(day))
		said[key+".short"] = words.ShortWeekday(time.Weekday(day))
	}
	return said
}
