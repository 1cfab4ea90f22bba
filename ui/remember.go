package ui

import "fyne.io/fyne/v2"

// Keys of how the window stood.
const (
	widthKey  = "window-width"
	heightKey = "window-height"
)

// The least size at which every page can be used, and the most that is
// believed.
const (
	leastWidth, leastHeight = 800, 600
	mostSide                = 8192
)

// size is how large the window was when it was closed.
func (w *Window) size() fyne.Size {
	p := w.program.Preferences()
	s := fyne.NewSize(float32(p.Int(widthKey)), float32(p.Int(heightKey)))
	if s.Width < leastWidth || s.Height < leastHeight || max(s.Width, s.Height) > mostSide {
		return firstSize()
	}
	return s
}

// firstSize is how large the window is at first.
func firstSize() fyne.Size { return fyne.NewSize(1280, 800) }

// rememberSize keeps how large the window is, unless it fills the screen.
func (w *Window) rememberSize() {
	if w.win.FullScreen() {
		return
	}
	s, p := w.win.Canvas().Size(), w.program.Preferences()
	p.SetInt(widthKey, int(s.Width))
	p.SetInt(heightKey, int(s.Height))
}

// resetLayout has the window stand as at first.
func (w *Window) resetLayout() {
	p := w.program.Preferences()
	for _, key := range []string{widthKey, heightKey, liveKey} {
		p.RemoveValue(key)
	}
	w.win.Resize(firstSize())
}
