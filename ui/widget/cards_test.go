package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// cards are n cards in a window of a size; filled has the numbers of those that
// were filled, by text.
func cards(t *testing.T, n int, size fyne.Size) (*widget.Cards, fyne.Window) {
	t.Helper()
	themed(t)
	c := widget.NewCards(func() widget.CardFace {
		text := widget.NewText(widget.Body, "")
		return widget.CardFace{Content: text, Fill: func(i int) { text.SetText(string(rune('a' + i%26))) }}
	})
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(size)
	c.SetCount(n)
	return c, w
}

func TestCardsAreMadeForWhatIsInView(t *testing.T) {
	for _, tt := range []struct {
		n, most int
		size    fyne.Size
	}{
		{0, 0, fyne.NewSize(1096, 600)}, {1, 1, fyne.NewSize(1096, 600)}, {9, 12, fyne.NewSize(1096, 600)},
		{1_000_000, 15, fyne.NewSize(1096, 600)}, {1_000_000, 35, fyne.NewSize(1736, 1000)},
	} {
		c, _ := cards(t, tt.n, tt.size)
		if c.Count() != tt.n || c.Made() > tt.most || tt.n > 0 && c.Made() == 0 {
			t.Errorf("%d of %d cards are made in %v, want %d at most", c.Made(), tt.n, tt.size, tt.most)
		}
	}
}

func TestKeysMoveBetweenCards(t *testing.T) {
	c, w := cards(t, 8, fyne.NewSize(1096, 600)) // three in a row
	w.Canvas().Focus(c)
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyLeft, 0}, {fyne.KeyRight, 1}, {fyne.KeyUp, 1}, {fyne.KeyDown, 4}, {fyne.KeyDown, 7}, {fyne.KeyDown, 7},
		{fyne.KeyHome, 0}, {fyne.KeyPageDown, 6}, {fyne.KeyPageUp, 0}, {fyne.KeyEnd, 7}, {fyne.KeyRight, 7},
	} {
		typed(c, step.key)
		if c.At() != step.want {
			t.Errorf("%s leads to %d, want %d", step.key, c.At(), step.want)
		}
	}
	c.SetCount(2)
	if c.At() != 1 {
		t.Errorf("of two cards the chosen one is %d", c.At())
	}
}

func TestACardIsOpenedOrAsked(t *testing.T) {
	c, w := cards(t, 4, fyne.NewSize(1096, 600))
	var opened, asked, other []int
	runes := ""
	c.OnOpened = func(i int) { opened = append(opened, i) }
	c.OnMenu = func(i int, _ fyne.Position) { asked = append(asked, i) }
	c.OnKey = func(i int, _ *fyne.KeyEvent) { other = append(other, i) }
	c.OnTyped = func(r rune) { runes += string(r) }
	w.Canvas().Focus(c)
	c.Choose(2)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, desktop.KeyMenu, fyne.KeyDelete} {
		typed(c, k)
	}
	c.TypedRune(' ')
	c.TypedRune('x')
	test.TapCanvas(w.Canvas(), fyne.NewPos(420, 100)) // the second
	if len(opened) != 2 || opened[0] != 2 || opened[1] != 1 {
		t.Errorf("opened %v", opened)
	}
	if len(asked) != 2 || asked[0] != 2 || len(other) != 1 || runes != "x" {
		t.Errorf("asked %v, other keys %v, typed %q", asked, other, runes)
	}
}

func TestSegmentsAreChosen(t *testing.T) {
	themed(t)
	var chosen []int
	s := widget.NewSegments([]string{"Current 9", "Archive 112"}, 0, func(at int) { chosen = append(chosen, at) })
	w := test.NewTempWindow(t, s)
	w.Canvas().Focus(s)
	typed(s, fyne.KeyLeft) // nothing is there
	typed(s, fyne.KeyRight)
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5000, 5)})
	if len(chosen) != 2 || chosen[0] != 1 || chosen[1] != 0 || s.At() != 0 {
		t.Errorf("chosen %v, at %d", chosen, s.At())
	}
	before := s.MinSize()
	s.Choose(1)
	if s.MinSize() != before {
		t.Error("choosing moves what stands beside it")
	}
}

func TestWhatBreaksInACallbackIsToldToTheWindow(t *testing.T) {
	themed(t)
	var told []any
	broken := func() { panic("a mistake") }
	b := widget.NewButton(widget.Plain, "Break", broken)
	l := widget.NewLink(widget.Body, "Break", broken)
	d := widget.NewDrop([]string{"a", "b"}, 0, func(int) { broken() })
	w := test.NewTempWindow(t, nil)
	w.SetContent(widget.NewShell(widget.Stack(0, b, l, d), func(cause any, stack []byte) {
		told = append(told, cause)
		if len(stack) == 0 {
			t.Error("nobody knows where")
		}
	}))
	test.Tap(b)
	l.Tapped(nil)
	d.Choose("b")
	widget.PopUp(w.Canvas(), []widget.MenuItem{{Words: "Break", Do: broken}}, fyne.NewPos(0, 0))
	typed(w.Canvas().Focused(), fyne.KeyDown)
	typed(w.Canvas().Focused(), fyne.KeyReturn)
	if len(told) != 4 {
		t.Errorf("told of %v", told)
	}
}

func TestWithoutAWindowThatWantsToKnowAMistakeGoesOn(t *testing.T) {
	themed(t)
	b := widget.NewButton(widget.Plain, "Break", func() { panic("a mistake") })
	test.NewTempWindow(t, b)
	defer func() {
		if recover() != "a mistake" {
			t.Error("it was swallowed")
		}
	}()
	b.Tapped(nil)
}

func TestAToastStaysWhileItIsRead(t *testing.T) {
	themed(t)
	followed, closed := 0, 0
	toast := widget.NewToast("Archived", "Undo", func() { followed++ })
	toast.OnClosed = func() { closed++ }
	w := test.NewTempWindow(t, toast)
	if toast.Read() {
		t.Error("nobody reads it")
	}
	toast.MouseIn(nil)
	if !toast.Read() {
		t.Error("the pointer is over it")
	}
	toast.MouseOut()
	w.Canvas().Focus(toast)
	if !toast.Read() {
		t.Error("it has the keys")
	}
	typed(toast, fyne.KeyReturn)
	typed(toast, fyne.KeyEscape)
	if followed != 1 || closed != 1 {
		t.Errorf("followed %d times, closed %d times", followed, closed)
	}
	w.Canvas().Unfocus()
	if toast.Read() {
		t.Error("nobody reads it any more")
	}
}

func TestAHintTakesTwoLinesAtMost(t *testing.T) {
	themed(t)
	h := widget.NewHint(widget.Small, "One")
	test.NewTempWindow(t, h)
	h.Resize(fyne.NewSize(120, 40))
	high := h.MinSize().Height
	h.SetText("Two people in doubt: call them again or not, and so on until nobody reads any more of it")
	if h.MinSize().Height != high || h.Words() == "One" {
		t.Errorf("height %v, was %v", h.MinSize().Height, high)
	}
	lines := 0
	for _, o := range test.WidgetRenderer(h).Objects() {
		if o.Size().Width > 121 {
			t.Errorf("a line is %v wide", o.Size().Width)
		}
		lines++
	}
	if lines != 2 {
		t.Errorf("%d lines", lines)
	}
}
