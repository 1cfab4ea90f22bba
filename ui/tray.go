package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// This file is the icon that stands for the program while its window is away.
// The toolkit takes one only before its loop begins, and never takes it down
// again: so it is there as long as the program is, where the desktop has a
// place for it. Elsewhere the window is never hidden.

// tellTray brings the icon's menu to what is possible now. The toolkit keeps a
// goroutine for each line it ever had, so nothing is said twice.
func (w *Window) tellTray() {
	if w.Tray == nil {
		return
	}
	pausable := false
	for _, k := range w.calls {
		pausable = pausable || w.can(k.campaign).pause
	}
	said := view.Tray(len(w.calls))
	if said == w.trayed.said && pausable == w.trayed.pausable {
		return
	}
	w.trayed.said, w.trayed.pausable = said, pausable
	state := fyne.NewMenuItem(said, nil)
	state.Disabled = true
	pause := fyne.NewMenuItem(words.Say("Pause all"), func() { w.guard(w.pauseAll) })
	pause.Disabled = !pausable
	quit := fyne.NewMenuItem(words.Say("Quit…"), func() { w.guard(w.quitFromTray) })
	quit.IsQuit = true
	w.Tray.SetSystemTrayMenu(fyne.NewMenu("Rollcall", state, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.Say("Open Rollcall"), func() { w.guard(w.reveal) }), pause, fyne.NewMenuItemSeparator(), quit))
}

// hide lets the program go on without its window.
func (w *Window) hide() {
	if w.Tray == nil { // nobody would find it again
		return
	}
	w.hidden = true
	w.win.Hide()
}

// reveal brings the window back, and to the front.
func (w *Window) reveal() {
	w.hidden = false
	w.win.Show()
	w.win.RequestFocus()
}

func (w *Window) quitFromTray() {
	if len(w.calls) > 0 { // what is asked must be seen
		w.reveal()
	}
	w.quit()
}

func (w *Window) pauseAll() {
	for _, k := range w.calls {
		if w.can(k.campaign).pause {
			k.session.Pause()
		}
	}
}
