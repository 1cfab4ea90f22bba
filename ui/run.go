//go:build !headless

package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"rollcall/assets"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// Run shows the window until it is closed, with a list open if one is named,
// light or dark as mode says or, for "system", as was chosen in it. Without a display, or without
// OpenGL, it returns an error that says so.
func Run(a *view.App, list, mode string) (err error) {
	shown := false
	defer func() {
		// The toolkit panics where there is no display or no OpenGL. Once the
		// window was there, a panic is a mistake of ours and ends the program.
		if r := recover(); r != nil {
			if shown {
				panic(r)
			}
			err = fmt.Errorf("the window could not be opened (%v): this needs a display with OpenGL 2.1 or newer; without one, use rollcall run", r)
		}
	}()
	program := app.NewWithID("org.rollcall.Rollcall")
	program.SetIcon(fyne.NewStaticResource("rollcall.png", assets.Icon()))
	program.Lifecycle().SetOnStarted(func() { shown = true })
	w := Open(program, a, Args{List: list, Mode: widget.Mode(mode)}, Bridge{})
	w.win.ShowAndRun()
	return w.close()
}

// close ends everything; the calls must have ended.
func (w *Window) close() error {
	w.cancel()
	if w.office == nil {
		return nil
	}
	return w.office.Close()
}
