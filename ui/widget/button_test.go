package widget_test

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/ui/widget"
)

// The second click of a double click does not press what the button has become.
func TestAButtonIsDeafAfterItBecameAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pressed := 0
		b := widget.NewButton(widget.Primary, "Start", func() { pressed++ }).Settling()
		b.Become(widget.IconPause, "Pause")
		b.Tapped(nil)
		if pressed != 1 {
			t.Fatal("a button that nobody has seen yet is deaf")
		}
		b.Resize(fyne.NewSize(100, 30))
		b.Become(widget.IconPlay, "Resume")
		b.Tapped(nil)
		time.Sleep(599 * time.Millisecond) // by the clock of the bubble
		b.Become(widget.IconPlay, "Resume")
		b.Tapped(nil)
		if pressed != 1 {
			t.Error("it is pressed as what it has just become")
		}
		time.Sleep(time.Millisecond)
		b.Tapped(nil)
		if pressed != 2 {
			t.Error("it stays deaf")
		}
	})
}
