package ui

import "rollcall/ui/widget"

// Keys of what is kept of this computer's wishes.
const (
	densityKey = "density" // of grids
	notifyKey  = "notify"  // whether the desktop tells what happens
)

// density is how high the rows of grids are.
func (w *Window) density() widget.Density {
	return widget.Density(w.program.Preferences().String(densityKey))
}

// setDensity changes it.
func (w *Window) setDensity(d widget.Density) {
	w.program.Preferences().SetString(densityKey, string(d))
}

// notifies tells whether the desktop tells what happens while somebody works in
// another window.
func (w *Window) notifies() bool {
	return w.program.Preferences().BoolWithFallback(notifyKey, true)
}

func (w *Window) setNotifies(on bool) { w.program.Preferences().SetBool(notifyKey, on) }
