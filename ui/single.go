package ui

import (
	"errors"
	"path/filepath"

	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// listen hears further starts with the same data folder: each brings this
// window to the front and hands its files over. The function that is returned
// ends it.
func (w *Window) listen() (done func()) {
	if w.office == nil {
		return func() {}
	}
	door, err := w.app.OpenDoor(w.ctx)
	if err != nil { // another start says that the folder is in use
		w.app.Log.Warn("further starts are not heard", "error", err)
		return func() {}
	}
	w.background(func() { door.Serve(func(v view.Visit) { w.onUI(func() { w.Visit(v) }) }) }, func() {})
	return func() {
		if err := door.Close(); err != nil {
			w.app.Log.Warn("stop to hear further starts", "error", err)
		}
	}
}

// Visit comes to the front and opens what a further start was to open.
func (w *Window) Visit(v view.Visit) {
	w.win.Show()
	w.win.RequestFocus()
	w.openFiles(v.Files)
}

// openFiles opens the first list, and makes a draft of each of the others.
func (w *Window) openFiles(paths []string) {
	if len(paths) == 0 || w.office == nil {
		return
	}
	w.openFile(paths[0])
	others := paths[1:]
	if len(others) == 0 {
		return
	}
	var failed []error
	w.background(
		func() { failed = w.readOthers(others) },
		func() {
			if len(failed) > 0 {
				w.problem(words.Many(len(failed), "%s list could not be read", "%s lists could not be read"), words.Say("Nobody is called because of this."), errors.Join(failed...))
				return
			}
			said := words.Many(len(others), "%s further list is a draft now", "%s further lists are drafts now")
			if len(others) == 1 {
				said = words.Say("%s is a draft now", view.Brief(filepath.Base(others[0])))
			}
			w.say(said, words.Say("Campaigns"), w.goHome)
		})
}

// readOthers makes a draft of each list, and tells why it could not: also of
// one without rows, whose draft is removed again.
func (w *Window) readOthers(paths []string) (failed []error) {
	for _, path := range paths {
		p := &plan{}
		err := w.readPlan(w.ctx, p, listRequest{source: view.Source{Path: path}})
		if err == nil && p.people.NoRows() {
			err = errors.Join(errors.New(words.Say("%s has no rows below its headings, so there is nobody to call", view.Brief(filepath.Base(path)))),
				w.office.Store.Undo(w.ctx, p.draft().ID))
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}
