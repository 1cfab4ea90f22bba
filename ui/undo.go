package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// undoer is a page whose decisions can be taken back.
type undoer interface {
	canUndo() bool
	undoLast()
}

// editMenu holds what takes a decision back.
func (w *Window) editMenu() *fyne.Menu {
	w.menus.undo = &fyne.MenuItem{Label: words.Say("Undo"), Action: w.undoShown, Shortcut: &fyne.ShortcutUndo{}}
	return fyne.NewMenu(words.Say("Edit||menu"), w.menus.undo)
}

// undoShown takes back what was typed where somebody types, which the menu
// would keep from it, else the last decision of the page.
func (w *Window) undoShown() {
	focused := w.win.Canvas().Focused()
	_, rows := focused.(*widget.Grid)
	if typed, types := focused.(fyne.Shortcutable); types && !rows {
		typed.TypedShortcut(&fyne.ShortcutUndo{})
		return
	}
	w.undoLast()
}

// undoLast takes back the last decision of the page that is shown.
func (w *Window) undoLast() {
	if p, can := w.page.(undoer); can && len(w.asks) == 0 {
		p.undoLast()
	}
}

// canUndo tells whether there is something to be taken back.
func (w *Window) canUndo() bool {
	p, can := w.page.(undoer)
	return can && p.canUndo()
}
