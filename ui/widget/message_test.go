package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/ui/widget"
)

func TestSegmentsAreChosenByPointerAndArrows(t *testing.T) {
	themed(t)
	var chosen []int
	s := widget.NewSegments([]string{"Built here", "Text", "File"}, 0, func(at int) { chosen = append(chosen, at) })
	s.Resize(s.MinSize())
	test.TapAt(s, fyne.NewPos(s.MinSize().Width-4, 4))
	test.TapAt(s, fyne.NewPos(s.MinSize().Width+40, 4)) // beside it
	typed(s, fyne.KeyLeft)
	typed(s, fyne.KeyLeft)
	typed(s, fyne.KeyLeft) // there is none further
	if got := fmt.Sprint(chosen); got != "[2 1 0]" || s.Words() != "Built here" {
		t.Errorf("chosen %s, now %s", got, s.Words())
	}
}

func TestSpeechIsAsHighAsItsLines(t *testing.T) {
	themed(t)
	short := widget.NewSpeech("Rollcall", false, false, widget.Said{Words: "Hello."}).Within(300)
	long := widget.NewSpeech("Rollcall", false, true, widget.Said{Words: strings.Repeat("Hello again. ", 20)}).Within(300)
	if a, b := short.MinSize().Height, long.MinSize().Height; b < a+80 {
		t.Errorf("one line is %v high, many are %v", a, b)
	}
	if a, b := long.MinSize().Height, widget.NewSpeech("", false, false, widget.Said{Words: long.Words()}).Within(900).MinSize().Height; b >= a {
		t.Errorf("in more room it is %v high, in less %v", b, a)
	}
}

// What is missing stands where it is missing: no space is added or lost.
func TestSpeechKeepsWordsTogether(t *testing.T) {
	themed(t)
	s := widget.NewSpeech("Rollcall", false, false, widget.Said{Words: "with "}, widget.Said{Words: "(nothing)", Missing: true}, widget.Said{Words: ". Press 1."})
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(600, 100))
	at := map[string]float32{}
	var bold string
	for _, o := range test.WidgetRenderer(s).Objects() {
		if text, ok := o.(*canvas.Text); ok {
			at[text.Text] = text.Position().X
			if text.TextStyle.Bold {
				bold = text.Text
			}
		}
	}
	end := at["(nothing)"] + fyne.MeasureText("(nothing)", 14, fyne.TextStyle{Bold: true}).Width
	if bold != "(nothing)" || at["."]-end > 1 || at["(nothing)"] <= at["with"] {
		t.Errorf("drawn at %v, the missing one ends at %v, bold %q", at, end, bold)
	}
}

func TestPhoneKeysSayWhatTheyMean(t *testing.T) {
	themed(t)
	pressed := 0
	k := widget.NewPhoneKey("9", func() { pressed++ })
	k.Set(true, "Do not call again, ever, whatever happens")
	k.Resize(k.MinSize())
	var lines []string
	for _, o := range test.WidgetRenderer(k).Objects() {
		if text, ok := o.(*canvas.Text); ok {
			lines = append(lines, text.Text)
			if text.MinSize().Width > k.Size().Width {
				t.Errorf("%q is wider than the key", text.Text)
			}
		}
	}
	if len(lines) != 3 || lines[0] != "9" || !strings.HasSuffix(lines[2], "…") {
		t.Errorf("it says %q", lines)
	}
	test.Tap(k)
	typed(k, fyne.KeySpace)
	if pressed != 2 {
		t.Errorf("pressed %d times", pressed)
	}
}

func TestLinesAreAsManyAsNeededAsItNeeds(t *testing.T) {
	themed(t)
	var chips []fyne.CanvasObject
	for i := range 10 {
		chips = append(chips, widget.NewColumnChip(fmt.Sprintf("Column %d", i), func() {}))
	}
	f := widget.Lines(8, chips...)
	f.Resize(fyne.NewSize(300, 200))
	few := f.MinSize().Height
	f.Resize(fyne.NewSize(2000, 200))
	if one := f.MinSize().Height; one >= few {
		t.Errorf("%v high in much room, %v in little", one, few)
	}
	long := widget.NewColumnChip(strings.Repeat("long ", 30), func() {})
	if w := long.MinSize().Width; w > 160 {
		t.Errorf("a long name is %v wide", w)
	}
}

func TestSourceMarksALine(t *testing.T) {
	themed(t)
	s := widget.NewSource()
	lines := make([]string, 5000)
	for i := range lines {
		lines[i] = fmt.Sprintf("<line n=%d>%s", i+1, strings.Repeat("x", i))
	}
	s.SetLines(lines)
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(400, 300))
	s.Mark(4000)
	if s.Marked() != 4000 || !drawn(s, "<line n=4000>") {
		t.Error("the marked line is not seen")
	}
	s.SetLines(nil)
	s.Mark(7) // of no lines
}

// drawn tells whether a text is seen below o.
func drawn(o fyne.CanvasObject, words string) bool {
	if text, ok := o.(*canvas.Text); ok {
		return strings.HasPrefix(text.Text, words)
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, c := range children {
		if drawn(c, words) {
			return true
		}
	}
	return false
}

// The chips lie where the words are, also where a line is broken within one.
func TestMarksFollowTheWords(t *testing.T) {
	themed(t)
	e := fynewidget.NewMultiLineEntry()
	e.Wrapping = fyne.TextWrapWord
	e.SetText("Good day ‹First name›, this is about ‹Appointment date›.\n‹X›")
	m := widget.NewMarks(e)
	w := test.NewTempWindow(t, container.NewStack(e, m))
	w.Resize(fyne.NewSize(600, 200))
	m.Set([]widget.Stretch{{From: 9, To: 21}, {From: 37, To: 55}, {From: 57, To: 60, Wrong: true}})
	boxes := test.WidgetRenderer(m).Objects()
	if len(boxes) != 3 || m.Rows() != 2 {
		t.Fatalf("%d chips over %d rows", len(boxes), m.Rows())
	}
	style := fyne.TextStyle{}
	left := fyne.MeasureText("Good day ", 14, style).Width
	if x := boxes[0].Position().X; x < left || x > left+12 {
		t.Errorf("the first is at %v, its words at %v", x, left)
	}
	if a, b := boxes[0].Position().Y, boxes[2].Position().Y; b-a < 14 {
		t.Errorf("the one in the second line is %v below", b-a)
	}
	if e.CursorRow != 0 || e.CursorColumn != 0 {
		t.Errorf("the cursor is at %d, %d", e.CursorRow, e.CursorColumn)
	}
	w.Resize(fyne.NewSize(160, 300))
	if n := len(test.WidgetRenderer(m).Objects()); n < 4 || m.Rows() < 4 {
		t.Errorf("in little room %d chips over %d rows", n, m.Rows())
	}
}

func TestAButtonIsCutWhereItIsTooWide(t *testing.T) {
	themed(t)
	b := widget.NewButton(widget.Plain, "Row 17, Somebody with a name that does not end", func() {}).Upto(140)
	if got := b.MinSize().Width; got > 140 {
		t.Errorf("it is %v wide", got)
	}
	if got := b.Words(); !strings.HasSuffix(got, "end") {
		t.Errorf("it says %q", got)
	}
}

func TestMessagesAreDrawnInBothModes(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
		key := widget.NewPhoneKey("1", func() {})
		key.Set(true, "Will come")
		source := widget.NewSource()
		source.SetLines([]string{"<vxml>", "  <form>", "</vxml>"})
		source.Mark(2)
		all := widget.Stack(widget.Space3,
			widget.NewSegments([]string{"Built here", "Text"}, 0, func(int) {}),
			widget.NewSpeech("Rollcall", false, true, widget.Said{Words: "Hello "}, widget.Said{Words: "(nothing)", Missing: true}),
			widget.NewSpeech("Isolde", true, false, widget.Said{Words: "Presses 1"}),
			widget.Lines(widget.Space2, widget.NewColumnChip("First name", func() {}), widget.KeyCap("9")),
			widget.Row(0, key), widget.Grow(source))
		if n := colours(picture(t, "message", mode, all, fyne.NewSize(400, 480))); n < 20 {
			t.Errorf("%s: %d colours", mode, n)
		}
	}
}
