package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/test"

	"rollcall/ui"
	"rollcall/ui/widget"
)

func TestAToastGoesOnceNobodyReadsIt(t *testing.T) {
	app := test.NewTempApp(t)
	now := func(f func()) { f() }
	synctest.Test(t, func(t *testing.T) {
		w := ui.Open(app, program(t, newShelf()), ui.Args{List: "unreadable.xlsx"}, ui.Bridge{Do: now, Go: now}).Content()
		w.Show()
		button(t, w, "Copy details").Tapped(nil)
		toast := find[*widget.Toast](t, w)
		time.Sleep(4 * time.Second)
		must(t, w, "Details copied")
		toast.MouseIn(nil)
		time.Sleep(10 * time.Second)
		must(t, w, "Details copied")
		toast.MouseOut()
		time.Sleep(2 * time.Second)
		if says(w, "Details copied") {
			t.Error("it stays although nobody reads it")
		}
	})
}
