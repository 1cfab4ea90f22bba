package ui

import (
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/words"
)

// SetLanguage is what the choice of a language does.
func (w *Window) SetLanguage(l words.Language) { w.setLanguage(l) }

// EntryOf is the toolkit's entry within one of our fields.
func EntryOf(o any) (*fynewidget.Entry, bool) {
	switch f := o.(type) {
	case *field:
		return &f.Entry, true
	case *searchField:
		return &f.Entry, true
	case *lookup:
		return &f.Entry, true
	default:
		return nil, false
	}
}

// SetAutostart writes or removes the file by which a desktop starts the
// program, and tells whether it is there.
func SetAutostart(file string, on bool, dataDir string) (bool, error) {
	err := autostart(file).set(on, dataDir)
	return autostart(file).on(), err
}
