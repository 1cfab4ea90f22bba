package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// aside is a page of that width with a panel.
func aside(t *testing.T, width float32) (*widget.Aside, fyne.Window, fyne.CanvasObject, fyne.CanvasObject) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	main, panel := widget.NewText(widget.Body, "main"), widget.NewText(widget.Body, "panel")
	a := widget.NewAside(main, panel, 0)
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(a)
	w.Resize(fyne.NewSize(width, 500))
	return a, w, main, panel
}

func TestAPanelTakesItsRoomFromTheMainPart(t *testing.T) {
	a, _, main, panel := aside(t, 1000)
	if panel.Visible() || main.Size().Width != 1000 {
		t.Errorf("before it is opened the main part is %v wide", main.Size().Width)
	}
	if !a.Open(true) || !panel.Visible() || panel.Size().Width != widget.DetailsWidth || panel.Position().X != 1000-widget.DetailsWidth {
		t.Errorf("open: %v at %v", panel.Size(), panel.Position())
	}
	if got := main.Size().Width; got != 1000-widget.DetailsWidth-widget.Space3 {
		t.Errorf("the main part is %v wide", got)
	}
	a.Open(false)
	if panel.Visible() || main.Size().Width != 1000 {
		t.Error("it stays")
	}
}

func TestAPanelIsDrawnWiderWithinBounds(t *testing.T) {
	a, _, _, panel := aside(t, 1300)
	a.Open(true)
	told := float32(0)
	a.OnResized = func(width float32) { told = width }
	for _, tt := range []struct{ by, want float32 }{{-50, widget.DetailsWidth + 50}, {-500, widget.DetailsMost}, {900, widget.DetailsWidth}} {
		at := panel.Position().X - widget.Space2
		dragged := false
		for _, o := range test.WidgetRenderer(a).Objects() {
			if d, ok := o.(fyne.Draggable); ok {
				d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(at, 100)}, Dragged: fyne.NewDelta(tt.by, 0)})
				d.DragEnd()
				dragged = true
			}
		}
		if !dragged || panel.Size().Width != tt.want || told != tt.want || a.PanelWidth() != tt.want {
			t.Errorf("drawn by %v it is %v wide, and %v was told; want %v", tt.by, panel.Size().Width, told, tt.want)
		}
	}
}

func TestAPanelIsNotShownWhereThereIsNoRoom(t *testing.T) {
	a, w, _, panel := aside(t, 1000)
	a.Open(true)
	narrow := 0
	a.OnNarrow = func() { narrow++ }
	w.Resize(fyne.NewSize(800, 500))
	if panel.Visible() || a.IsOpen() || narrow != 1 || !a.Narrow() {
		t.Errorf("visible %v, open %v, told %d times", panel.Visible(), a.IsOpen(), narrow)
	}
	if a.Open(true) || panel.Visible() {
		t.Error("it was opened all the same")
	}
}

func TestWhatIsSpareIsLeftOut(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: widget.Light})
	first, spare, last := widget.NewText(widget.Body, "first words"), widget.NewText(widget.Body, "spare words"), widget.NewText(widget.Body, "last words")
	box := widget.Spare(spare)
	row := widget.Row(widget.Space2, first, box, widget.Gap(), last)
	least := row.MinSize().Width
	if got := least + box.MinSize().Width + widget.Space2; got <= least {
		t.Fatal("the words have no width")
	}
	row.Resize(fyne.NewSize(least+10, 20))
	if spare.Visible() || last.Position().X+last.Size().Width > least+10 {
		t.Errorf("spare words are shown: %v; the last end at %v of %v", spare.Visible(), last.Position().X+last.Size().Width, least+10)
	}
	row.Resize(fyne.NewSize(least+box.MinSize().Width+2*widget.Space2, 20))
	if !spare.Visible() || box.Position().X < first.Size().Width || last.Position().X < box.Position().X+box.Size().Width {
		t.Errorf("there is room for them: %v at %v", spare.Visible(), box.Position())
	}
	row.Resize(fyne.NewSize(least, 20))
	if spare.Visible() {
		t.Error("they stay when there is no room any more")
	}
}

func TestFlowBreaksIntoLines(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: widget.Light})
	words := func() fyne.CanvasObject { return widget.NewText(widget.Body, "some words") }
	width := words().MinSize().Width
	for _, tt := range []struct{ room, lines float32 }{{3*width + 2*widget.Space2, 1}, {3 * width, 2}, {width, 3}, {1, 3}} {
		f := widget.Flow(tt.room, widget.Space2, words(), words(), words())
		line := words().MinSize().Height
		if got := f.MinSize().Height; got != tt.lines*line+(tt.lines-1)*widget.Space2 {
			t.Errorf("in %v: %v high, want %v lines", tt.room, got, tt.lines)
		}
	}
}

func TestAStepperSaysWhatItIsToldTo(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: widget.Light})
	told := -1
	s := widget.NewStepper(0, 0, 0, func(n int) { told = n }).Saying(func(n int) string { return []string{"few", "many"}[n] }, "many")
	s.Set(1, 0, 1)
	if told != -1 || s.Value() != 1 {
		t.Errorf("setting it told %d, and it is %d", told, s.Value())
	}
}
