//go:build !headless

package ui

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"github.com/ncruces/zenity"
	"golang.org/x/text/language"

	"rollcall/assets"
	"rollcall/campaign/phone"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// Run shows the window until it is closed, with lists open if some are named,
// light or dark as mode says or, for "system", as was chosen in it. Without a display, or without
// OpenGL, it returns an error that says so.
//
// A mistake of ours ends the program with an error as well; where it was made
// is in the log. What was dialled is in the store by then, so that the next
// start goes on as after a crash.
func Run(a *view.App, lists []string, mode string) (err error) {
	var report *os.File
	defer func() {
		if r := recover(); r != nil {
			a.Log.Error("the window broke", "cause", r, "stack", string(debug.Stack()))
			if report != nil {
				_, _ = fmt.Fprintf(report, "%v\n\n%s", r, debug.Stack()) // the log has it as well
			}
			err = errBroken
		}
	}()
	program := app.NewWithID("org.rollcall.Rollcall")
	locale := lang.SystemLocale().String()
	a.Region = here(locale)
	program.SetIcon(fyne.NewStaticResource("rollcall.png", assets.Icon()))
	w := Open(program, a, Args{Lists: lists, Mode: widget.Mode(mode)}, Bridge{Log: a.Log, Mute: mute(), Locale: locale, Tray: tray(program)})
	report, done := w.Attend()
	err = start(program, w.win)
	done()
	return errors.Join(told(err), w.Close())
}

// told shows why there is no window where nobody may see what a program says.
func told(err error) error {
	if err != nil && runtime.GOOS == "windows" {
		_ = zenity.Error(sentence(err), zenity.Title("Rollcall")) // the error is returned as well
	}
	return err
}

// here is the country of a locale such as de-DE, empty if it has none of which
// numbers are known.
func here(locale string) phone.Region {
	tag, err := language.Parse(locale)
	if err != nil {
		return ""
	}
	region, sure := tag.Region()
	if r := phone.Region(region.String()); sure >= language.High && phone.KnownRegion(r) {
		return r
	}
	return ""
}

// mute tells whether nobody can say if the desktop is light or dark: on Linux
// and BSD that is asked over the session's bus.
func mute() bool { return os.Getenv("FYNE_THEME") == "" && !busHere() }

// tray is where the desktop shows programs without a window, nil if nowhere.
func tray(program fyne.App) Tray {
	if on, can := program.(desktop.App); can && trayHere() {
		return on
	}
	return nil
}

// errBroken is what is said of a mistake of ours.
var errBroken = errors.New("the window has ended because of a mistake in Rollcall; what happened is in the log, " +
	"results so far are kept; open it again and press Resume to go on")

// start shows the window and returns when it is closed. The toolkit panics
// where there is no display or no OpenGL; the window is only there once the
// first thing was done after it.
func start(program fyne.App, win fyne.Window) (err error) {
	begun := false
	defer func() {
		if begun {
			return
		}
		if r := recover(); r != nil {
			err = fmt.Errorf("%w (%v)", errNoWindow, r)
		}
	}()
	program.Lifecycle().SetOnStarted(func() { begun = true })
	win.Show()
	if !there(win) { // the toolkit would wait for ever
		return errNoWindow
	}
	program.Run()
	return nil
}

// errNoWindow is where the system has no window to give.
var errNoWindow = errors.New("the window could not be opened: this needs a display with OpenGL 2.1 or newer, " +
	"which some remote desktops and virtual machines lack; without one, use rollcall run, see rollcall run --help")

// there tells whether the system has given a window.
func there(win fyne.Window) bool {
	native, ok := win.(driver.NativeWindow)
	if !ok {
		return true
	}
	given := true
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			given = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			given = c.WaylandSurface != 0
		case driver.WindowsWindowContext:
			given = c.HWND != 0
		case driver.MacWindowContext:
			given = c.NSWindow != 0
		}
	})
	return given
}

// Close ends everything, once what was left is stored; the calls must have
// ended.
func (w *Window) Close() error {
	w.keeping.Wait()
	w.cancel()
	if w.office == nil {
		return nil
	}
	return w.office.Close()
}
