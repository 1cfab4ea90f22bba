package ui

// notifyKey is where it is kept whether the desktop tells what happens.
const notifyKey = "notify"

// notifies tells whether the desktop tells what happens while somebody works in
// another window.
func (w *Window) notifies() bool {
	return w.program.Preferences().BoolWithFallback(notifyKey, true)
}

func (w *Window) setNotifies(on bool) { w.program.Preferences().SetBool(notifyKey, on) }
