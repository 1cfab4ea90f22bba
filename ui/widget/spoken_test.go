package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

func TestControlsSayWhatTheyAre(t *testing.T) {
	themed(t)
	chip := widget.NewChip(widget.ShapeReached, "Reached", nothing)
	chip.Set("12", true)
	item := widget.NewSideItem(widget.IconDoubt, "In doubt", nothing)
	item.SetCount(4)
	tile := widget.NewTile(widget.ShapeReached, "Reached", nothing)
	tile.Set("12", "of 40", false)
	steps := widget.NewSteps([]string{"People", "Message"}, func(int) {})
	steps.Set(1, 0, 1)
	grid := widget.NewGrid([]widget.Column{{Title: "Name"}, {Title: "Number"}}, func() int { return 2 },
		func(row, col int) widget.Cell {
			return widget.Cell{Text: [][]string{{"Alba", ""}, {"Bram", "555"}}[row][col]}
		})
	grid.Choose(1)
	said := widget.NewSwitch("Tell me", "in words", 200, true, func(bool) {}).Says("on", "off")
	for _, test := range []struct {
		of   fyne.Accessible
		want string
		role fyne.AccessibleRole
	}{
		{widget.NewButton(widget.Plain, "Save", nothing), "Save", fyne.AccessibleRoleButton},
		{widget.NewButton(widget.Quiet, "", nothing).With(widget.IconClose).Called("Close"), "Close", fyne.AccessibleRoleButton},
		{widget.NewLink(widget.Body, "Show", nothing), "Show", fyne.AccessibleRoleLink},
		{chip, "Reached, 12", fyne.AccessibleRoleButton},
		{item, "In doubt, 4", fyne.AccessibleRoleButton},
		{tile, "Reached, 12, of 40", fyne.AccessibleRoleButton},
		{steps, "Message", fyne.AccessibleRoleButton},
		{grid, "Name Bram, Number 555", fyne.AccessibleRoleText},
		{widget.NewPick("A text", "read out", nothing), "A text, read out", fyne.AccessibleRoleButton},
		{widget.NewDrop([]string{"No", "Yes"}, 1, func(int) {}), "Yes", fyne.AccessibleRoleButton},
		{said, "Tell me, on, in words", fyne.AccessibleRoleButton},
		{widget.NewListRow("Front office", widget.Gap(), nothing), "Front office", fyne.AccessibleRoleButton},
		{widget.NewText(widget.Body, "Hello"), "Hello", fyne.AccessibleRoleText},
		{widget.NewPara(widget.Body, "Hello there", 200), "Hello there", fyne.AccessibleRoleText},
		{widget.NewWhole(widget.NewText(widget.Body, "All of it")), "All of it", fyne.AccessibleRoleText},
		{widget.StateTag(widget.ShapeReached, "Finished"), "Finished", fyne.AccessibleRoleText},
		{widget.NewToast("Saved", "", nil), "Saved", fyne.AccessibleRoleText},
	} {
		if got, role := test.of.AccessibilityLabel(), test.of.AccessibilityRole(); got != test.want || role != test.role {
			t.Errorf("%T says %q as %s, want %q as %s", test.of, got, role, test.want, test.role)
		}
	}
}

// A reader looks into containers alone, so what is on a card must be in one.
func TestWhatIsOnACardCanBeRead(t *testing.T) {
	themed(t)
	text := widget.NewText(widget.Body, "Hello")
	var found bool
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		found = found || o == fyne.CanvasObject(text)
		if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				look(child)
			}
		}
	}
	look(widget.Ground(widget.Background, widget.Card(widget.Note(widget.OkSoft, widget.Pad(0, 0, text)))))
	if !found {
		t.Error("a screen reader does not find it")
	}
}

func TestASwitchIsMovedByPointerAndKeysUnlessDisabled(t *testing.T) {
	themed(t)
	var moves []bool
	s := widget.NewSwitch("Tell me", "", 200, false, func(on bool) { moves = append(moves, on) })
	w := test.NewTempWindow(t, s)
	passed := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	test.Tap(s)
	typed(s, fyne.KeySpace)
	typed(s, fyne.KeyEscape)
	s.Set(true) // tells nobody
	if len(moves) != 2 || !moves[0] || moves[1] || !s.On() || passed != 1 {
		t.Errorf("moved %v, on %v, %d keys went on to the window", moves, s.On(), passed)
	}
	s.Disable()
	test.Tap(s)
	if len(moves) != 2 || !s.On() {
		t.Error("a disabled switch was moved")
	}
}

func TestAListRowIsChosenByPointerAndKeys(t *testing.T) {
	themed(t)
	chosen, pressed := 0, 0
	inside := widget.NewButton(widget.Plain, "Test", func() { pressed++ })
	r := widget.NewListRow("Front office", widget.Row(0, inside), func() { chosen++ })
	w := test.NewTempWindow(t, r)
	w.Resize(fyne.NewSize(400, 100))
	test.Tap(r)
	typed(r, fyne.KeyReturn)
	inside.Tapped(nil)
	if chosen != 2 || pressed != 1 {
		t.Errorf("chosen %d times, the button in it was pressed %d times", chosen, pressed)
	}
	if h := r.MinSize().Height; h != widget.ListRowHeight {
		t.Errorf("height %v", h)
	}
}
