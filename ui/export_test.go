package ui

import "rollcall/campaign/words"

// SetLanguage is what the choice of a language does.
func (w *Window) SetLanguage(l words.Language) { w.setLanguage(l) }
