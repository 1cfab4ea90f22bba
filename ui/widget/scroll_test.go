package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// A page that is higher than its window, with controls within controls.
func TestWhatHasTheKeysIsSeen(t *testing.T) {
	test.NewTempApp(t)
	none := func() {}
	page := widget.Stack(widget.Space4)
	for range 12 {
		fold := widget.NewFold("More", "", widget.Pad(widget.Space3, widget.Space3, widget.NewLink(widget.Body, "In a fold", none)))
		fold.Open(true)
		page.Add(widget.Card(widget.Stack(widget.Space2, widget.NewStepper(3, 1, 9, func(int) {}), fold,
			widget.NewListRow("A row", widget.Row(0, widget.NewButton(widget.Plain, "In a row", none)), none))))
	}
	scroll := widget.Scroll(page)
	foot := widget.NewButton(widget.Primary, "Continue", none)
	w := test.NewWindow(widget.NewShell(widget.Stack(0, widget.Grow(scroll), foot), func(any, []byte) {}))
	defer w.Close()
	w.Resize(fyne.NewSize(400, 300))
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	seen := 0
	for range 200 {
		w.Canvas().FocusNext()
		o := w.Canvas().Focused().(fyne.CanvasObject)
		if o == fyne.CanvasObject(foot) {
			break
		}
		seen++
		if _, tall := o.(*widget.Fold); tall {
			continue // of the open part only the beginning matters
		}
		top := where(o).Y - where(scroll).Y
		if top < 0 || top+o.Size().Height > scroll.Size().Height {
			t.Fatalf("control %d is at %v of %v", seen, top, scroll.Size().Height)
		}
	}
	if seen != 12*6 || scroll.At() == 0 {
		t.Errorf("%d controls, scrolled to %v", seen, scroll.At())
	}
	at := scroll.At()
	w.Canvas().Focus(foot)
	if scroll.At() != at {
		t.Error("a control beside what is scrolled scrolls it")
	}
	w.Canvas().FocusNext()
	if scroll.At() != 0 {
		t.Errorf("the first control is focused, and %v is shown", scroll.At())
	}
}

func TestTheWindowGettingTheKeysBackScrollsNothing(t *testing.T) {
	test.NewTempApp(t)
	first := widget.NewLink(widget.Body, "First", func() {})
	page := widget.Stack(0, first, widget.AtLeast(10, 2000, widget.Stack(0)))
	scroll := widget.Scroll(page)
	w := test.NewWindow(widget.NewShell(scroll, func(any, []byte) {}))
	defer w.Close()
	w.Resize(fyne.NewSize(400, 300))
	w.Canvas().Focus(first)
	scroll.To(700)
	first.FocusLost() // as the toolkit tells it when the window comes back
	first.FocusGained()
	if scroll.At() != 700 {
		t.Errorf("scrolled to %v", scroll.At())
	}
}
