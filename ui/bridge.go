package ui

import (
	"cmp"
	"log/slog"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
)

// Bridge is the way to the goroutine of the user interface and away from it,
// and to the desktop. The zero value is the real one, on a desktop without a
// tray; tests put in their own.
type Bridge struct {
	// Do runs f on the goroutine of the user interface, later.
	Do func(f func())
	// Go runs f on another one.
	Go func(f func())
	// Log is told where work broke; nil for nowhere.
	Log *slog.Logger
	// Rest is how long somebody who types must rest before what they typed is
	// looked at; zero for what feels right, less for not at all.
	Rest time.Duration
	// After runs f on another goroutine when d has passed; nil for
	// [time.AfterFunc].
	After func(d time.Duration, f func()) *time.Timer
	// Mute is a desktop that does not say whether it is light or dark.
	Mute bool
	// Locale is the desktop's, such as de-AT; empty is English.
	Locale string
	// Tray shows an icon with a menu while the window is away; nil where the
	// desktop has no place for it.
	Tray Tray

	caught func(cause any, stack []byte)
}

// Tray is where a desktop shows programs without a window.
type Tray interface{ SetSystemTrayMenu(menu *fyne.Menu) }

// guard does f. What breaks is told to the window, which goes on.
func (b Bridge) guard(f func()) {
	defer func() {
		if cause := recover(); cause != nil {
			b.broken(cause, debug.Stack())
		}
	}()
	f()
}

// broken logs what broke, and tells the window; without one the panic goes on.
func (b Bridge) broken(cause any, stack []byte) {
	if b.Log != nil {
		b.Log.Error("the window broke", "cause", cause, "stack", string(stack))
	}
	if b.caught == nil {
		panic(cause)
	}
	b.caught(cause, stack)
}

// onUI runs f on the goroutine of the user interface, later.
func (b Bridge) onUI(f func()) {
	guarded := func() { b.guard(f) }
	if b.Do != nil {
		b.Do(guarded)
		return
	}
	fyne.Do(guarded)
}

// background runs work on another goroutine, and then on the one of the user
// interface. Work ends by itself or because the window's context has ended; a
// window waits for the calls it runs before it closes.
//
// Work that panics is told to the window as if a page had; then is not run.
func (b Bridge) background(work, then func()) {
	run := func() {
		next := then
		func() {
			defer func() {
				if cause := recover(); cause != nil {
					stack := debug.Stack()
					next = func() { b.broken(cause, stack) }
				}
			}()
			work()
		}()
		b.onUI(next)
	}
	if b.Go != nil {
		b.Go(run)
		return
	}
	go run()
}

// after runs f on the goroutine of the user interface when d has passed.
func (b Bridge) after(d time.Duration, f func()) *time.Timer {
	if b.After != nil {
		return b.After(d, func() { b.onUI(f) })
	}
	return time.AfterFunc(d, func() { b.onUI(f) })
}

// usualRest is how long somebody rests who has typed what they meant to.
const usualRest = 400 * time.Millisecond

// rested runs f once nothing more was typed for a while; stop it when there was.
func (b Bridge) rested(f func()) (stop func()) {
	if b.Rest < 0 {
		f()
		return func() {}
	}
	t := b.after(cmp.Or(b.Rest, usualRest), f)
	return func() { t.Stop() }
}
