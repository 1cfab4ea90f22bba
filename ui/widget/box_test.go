package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

func TestABoxIsTickedByPointerAndSpace(t *testing.T) {
	themed(t)
	var told []bool
	c := widget.NewTick("Set numbers of other countries aside", "", 240, nil).Toggles(false, func(on bool) { told = append(told, on) })
	w := test.NewTempWindow(t, c)
	enter := false
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { enter = e.Name == fyne.KeyReturn })
	test.Tap(c)
	typed(c, fyne.KeySpace)
	if len(told) != 2 || !told[0] || told[1] || c.On() {
		t.Errorf("told %v, ticked: %v", told, c.On())
	}
	if typed(c, fyne.KeyReturn); !enter || len(told) != 2 {
		t.Error("Enter is not the window's")
	}
	if got := c.MinSize(); got.Width > 240 || got.Height != 48 {
		t.Errorf("%v: the words are not wrapped in their room", got)
	}
}

func TestABoxAloneHasASpokenName(t *testing.T) {
	themed(t)
	var spoken fyne.Accessible = widget.NewBox("Repair ‘Note beside the number’", true, nil)
	if got := spoken.AccessibilityLabel(); got != "Repair ‘Note beside the number’" {
		t.Errorf("%q", got)
	}
}

func TestFiguresAreBold(t *testing.T) {
	themed(t)
	tests := map[string]string{
		"1,240 people ready, 6 set aside": "*1,240*| people ready, |*6*| set aside",
		"1.240 Personen, 6.":              "*1.240*| Personen, |*6*|.",
		"1\u202f240 personnes":            "*1\u202f240*| personnes",
		"nobody":                          "nobody",
		"":                                "",
	}
	for words, want := range tests {
		line := widget.NewText(widget.Body, words).Figures()
		line.Resize(line.MinSize())
		var got []string
		x := float32(0)
		for _, o := range test.WidgetRenderer(line).Objects() {
			part := o.(*canvas.Text)
			text := part.Text
			if part.TextStyle.Bold {
				text = "*" + text + "*"
			}
			if got = append(got, text); part.Position().X < x {
				t.Errorf("%q begins within the one before", text)
			}
			x = part.Position().X + part.MinSize().Width - 1
		}
		if text := strings.Join(got, "|"); text != want {
			t.Errorf("%q: %q, want %q", words, text, want)
		}
	}
}

func TestFiguresAreCutWhereThereIsNoRoom(t *testing.T) {
	themed(t)
	line := widget.NewText(widget.Body, "1,240 people ready, 6 set aside").Figures().Cut()
	line.Resize(fyne.NewSize(100, 20))
	end := float32(0)
	for _, o := range test.WidgetRenderer(line).Objects() {
		if o.Visible() {
			end = o.Position().X + o.(*canvas.Text).MinSize().Width
		}
	}
	if end == 0 || end > 101 {
		t.Errorf("it ends at %v of 100", end)
	}
}

func TestSpaceOpensRowsWhereItIsToldTo(t *testing.T) {
	g, _ := show(t, 20)
	opened := -1
	g.Multi, g.Opens = true, true
	g.OnOpened = func(row int) { opened = row }
	g.Choose(3)
	key(g, fyne.KeySpace)
	if opened != 3 || !g.IsSelected(3) {
		t.Errorf("opened %d, selected: %v", opened, g.IsSelected(3))
	}
}

// Whatever is scrolled to, the bars stand beside words, not on them.
func TestScrollBarsCoverNoWords(t *testing.T) {
	g, _ := show(t, 100)
	whole := g.Full()
	g.Columns[0].Width = 700
	g.Refresh()
	if g.Full() != whole-1 {
		t.Errorf("%d rows are whole above the bar, %d without it", g.Full(), whole)
	}
	key(g, fyne.KeyEnd)
	if got := texts(g); len(got) < whole || !strings.HasPrefix(got[whole-1], "100") {
		t.Errorf("the last whole row is not the last: %q", got)
	}
}
