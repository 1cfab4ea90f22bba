package widget_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

func themed(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: widget.Light})
}

func typed(f fyne.Focusable, name fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestButtonIsPressedByPointerAndKeysUnlessDisabled(t *testing.T) {
	themed(t)
	pressed := 0
	b := widget.NewButton(widget.Primary, "Continue", func() { pressed++ })
	w := test.NewTempWindow(t, b)
	passed := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	test.Tap(b)
	typed(b, fyne.KeyReturn)
	typed(b, fyne.KeySpace)
	typed(b, fyne.KeyEscape)
	if pressed != 3 || passed != 1 {
		t.Errorf("pressed %d times, want 3; %d keys went on to the window, want 1", pressed, passed)
	}
	b.Disable()
	test.Tap(b)
	typed(b, fyne.KeyReturn)
	if pressed != 3 {
		t.Error("a disabled button was pressed")
	}
	if h := b.MinSize().Height; h != widget.ControlHeight {
		t.Errorf("height %v", h)
	}
}

func TestStepsGoOnlyWhereTheyMay(t *testing.T) {
	themed(t)
	var went []int
	s := widget.NewSteps([]string{"People", "Message", "Live", "Results"}, func(i int) { went = append(went, i) })
	s.Set(2, 2, 3)
	s.Resize(s.MinSize())
	s.FocusGained()
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn} {
		typed(s, k)
	}
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, 20)}) // People
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2000, 20)})
	if len(went) != 1 || went[0] != 3 {
		t.Errorf("went to %v, want only to 3", went)
	}
}

func TestStepsStayWhereTheyAre(t *testing.T) {
	themed(t)
	var went []int
	s := widget.NewSteps([]string{"People", "Message", "Live", "Results"}, func(i int) { went = append(went, i) })
	wide := s.MinSize()
	s.Resize(wide)
	for at := range 3 {
		s.Set(at, 0, 3)
		s.Done(at + 1)
		if got := s.MinSize(); got != wide {
			t.Errorf("at %d the strip is %v, before it was %v", at, got, wide)
		}
		s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(wide.Width-3*widget.Space6, 20)})
	}
	if want := []int{3, 3, 3}; !slices.Equal(went, want) {
		t.Errorf("the same place led to %v, want %v", went, want)
	}
}

func TestProgressShowsEveryPart(t *testing.T) {
	themed(t)
	p := widget.NewProgress()
	p.Set(1_000_000, widget.Part{Shape: widget.ShapeReached, Count: 500_000}, widget.Part{Shape: widget.ShapeMachine},
		widget.Part{Shape: widget.ShapeFailed, Count: 3})
	widths := p.Widths(400)
	if widths[1] != 0 || widths[2] < 2 {
		t.Errorf("widths %v: nothing for nobody, at least two pixels for three", widths)
	}
	if sum := widths[0] + widths[2]; sum < 195 || sum > 201 {
		t.Errorf("half is done, and the bar is %v of 400 long", sum)
	}
	p.Set(0, widget.Part{Shape: widget.ShapeReached})
	if w := p.Widths(400); w[0] != 0 {
		t.Errorf("nobody to call: %v", w)
	}
}

func TestDialogKeys(t *testing.T) {
	tests := []struct {
		name string
		key  fyne.KeyName
		want string
	}{
		{"Enter gives the default answer", fyne.KeyReturn, "kept closed"},
		{"Esc gives none", fyne.KeyEscape, "closed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			themed(t)
			w := test.NewTempWindow(t, widget.NewText(widget.Body, "page"))
			w.Resize(fyne.NewSize(800, 600))
			var told []string
			say := func(what string) func() { return func() { told = append(told, what) } }
			d := widget.NewDialog(w.Canvas(), "Stop?", widget.NewText(widget.Body, "Nobody else is called."),
				widget.Choice{Words: "Stop", Kind: widget.Grave, Do: say("stopped")},
				widget.Choice{Words: "Go on", Kind: widget.Primary, Do: say("kept"), Default: true})
			d.Show(say("closed"))
			if b, ok := w.Canvas().Focused().(*widget.Button); !ok || b.Words() != "Go on" {
				t.Errorf("the focus is on %v", w.Canvas().Focused())
			}
			d.Key(&fyne.KeyEvent{Name: tt.key})
			if w.Canvas().Overlays().Top() != nil {
				t.Error("the question is still there")
			}
			want := strings.Fields(tt.want)
			for _, s := range want {
				if !strings.Contains(strings.Join(told, " "), s) {
					t.Errorf("told %v, want %v", told, want)
				}
			}
			if len(told) != len(want) {
				t.Errorf("told %v, want %v", told, want)
			}
		})
	}
}

func TestStepperStaysInItsBounds(t *testing.T) {
	themed(t)
	last := 0
	s := widget.NewStepper(2, 1, 3, func(n int) { last = n })
	w := test.NewTempWindow(t, s)
	var buttons []*widget.Button
	for _, o := range test.LaidOutObjects(w.Content()) {
		if b, ok := o.(*widget.Button); ok {
			buttons = append(buttons, b)
		}
	}
	for range 4 {
		buttons[1].Tapped(nil)
	}
	if s.Value() != 3 || last != 3 || !buttons[1].Disabled() {
		t.Errorf("%d, told %d", s.Value(), last)
	}
	for range 4 {
		buttons[0].Tapped(nil)
	}
	if s.Value() != 1 || !buttons[0].Disabled() || buttons[1].Disabled() {
		t.Errorf("%d", s.Value())
	}
}

func TestTextIsCutWithAnEllipsis(t *testing.T) {
	themed(t)
	text := widget.NewText(widget.Body, "Wilhelmina Featherquill-Brackenburrow").Cut()
	shown := func(width float32) string {
		text.Resize(fyne.NewSize(width, 20))
		return test.WidgetRenderer(text).Objects()[0].(*canvas.Text).Text
	}
	if got := shown(1000); got != text.Words() {
		t.Errorf("with room: %q", got)
	}
	cut := shown(100)
	if !strings.HasSuffix(cut, "…") || fyne.MeasureText(cut, 14, fyne.TextStyle{}).Width > 100 {
		t.Errorf("cut: %q", cut)
	}
	text.SetText("")
	if got := shown(0); got != "" {
		t.Errorf("nothing to say: %q", got)
	}
	text.SetText("Wilhelmina")
	if got := shown(1); got != "…" {
		t.Errorf("without room: %q", got)
	}
}

func TestParagraphsAreAsHighAsTheirLines(t *testing.T) {
	themed(t)
	words := "Busy twice. One try is left, 20 minutes after the last. 10:49 is 9:49 in Denver."
	one, many := widget.NewPara(widget.Body, words, 2000), widget.NewPara(widget.Body, words, 150)
	if h := one.MinSize().Height; h != 20 {
		t.Errorf("one line is %v high", h)
	}
	if h := many.MinSize().Height; h < 80 || int(h)%20 != 0 {
		t.Errorf("wrapped to 150 pixels it is %v high", h)
	}
	wide := widget.NewText(widget.Body, "mmm ?").MinSize().Width + 1
	for space, high := range map[string]float32{" ": 40, "\u202f": 60, "\u00a0": 60} { // the last two hold a sign to its word
		if h := widget.NewPara(widget.Body, "mmm i"+space+"? mmm", wide).MinSize().Height; h != high {
			t.Errorf("with %q it is %v high, want %v", space, h, high)
		}
	}
	if h := widget.NewPara(widget.Body, "one\ntwo", 2000).MinSize().Height; h != 40 {
		t.Errorf("two lines are %v high", h)
	}
}

func TestRowsGiveWhatIsLeftToThoseThatGrow(t *testing.T) {
	themed(t)
	fixed := widget.AtLeast(50, 10, widget.NewText(widget.Body, ""))
	grown, hidden := widget.AtLeast(10, 10, widget.NewText(widget.Body, "")), widget.AtLeast(99, 10, widget.NewText(widget.Body, ""))
	hidden.Hide()
	row := widget.Row(widget.Space2, fixed, hidden, widget.Grow(grown))
	row.Resize(fyne.NewSize(200, 40))
	if grown.Position().X != 58 || grown.Size().Width != 142 {
		t.Errorf("grown at %v, %v wide; want 58 and 142", grown.Position().X, grown.Size().Width)
	}
	if y := grown.Position().Y; y != 10 {
		t.Errorf("not in the middle: %v", y)
	}
}

func TestChipKeepsItsPlaceWhenChosen(t *testing.T) {
	themed(t)
	taps := 0
	c := widget.NewChip(widget.ShapeWaiting, "Waiting", func() { taps++ })
	c.Set("236", false)
	before := c.MinSize()
	c.Set("236", true)
	if after := c.MinSize(); after != before || !c.On() {
		t.Errorf("chosen it takes %v instead of %v", after, before)
	}
	test.Tap(c)
	typed(c, fyne.KeySpace)
	if taps != 2 {
		t.Errorf("%d taps", taps)
	}
}

func TestADropTellsWhatWasChosenOnce(t *testing.T) {
	test.NewTempApp(t)
	var chosen []int
	d := widget.NewDrop([]string{"Phone number", "Name", "Own column"}, 2, func(at int) { chosen = append(chosen, at) })
	w := test.NewTempWindow(t, d)
	w.Canvas().Focus(d)
	for _, words := range []string{"Own column", "Name", "Name", "no such", "Phone number"} {
		d.Choose(words)
	}
	if len(chosen) != 2 || chosen[0] != 1 || chosen[1] != 0 || d.Words() != "Phone number" {
		t.Errorf("chosen %v, %q", chosen, d.Words())
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the menu does not drop down by a key")
	}
}

func TestALongNameLeavesRoomForWhatStandsBehindIt(t *testing.T) {
	test.NewTempApp(t)
	line := widget.NewWhole(widget.NewText(widget.PageTitle, strings.Repeat("Featherquill-Brackenburrow ", 20)))
	tag := widget.StateTag(widget.NoShape, "Draft")
	row := widget.Lead(widget.Space3, line, tag)
	row.Resize(fyne.NewSize(400, 40))
	if right := tag.Position().X + tag.Size().Width; right > 400 || line.Size().Width < 200 {
		t.Errorf("the tag ends at %v, the name has %v", right, line.Size().Width)
	}
	if least := row.MinSize().Width; least > 300 {
		t.Errorf("a long name asks for %v", least)
	}
}

func TestAWordThatIsTooWideIsBroken(t *testing.T) {
	test.NewTempApp(t)
	p := widget.NewPara(widget.Body, "The file /a"+strings.Repeat("/very-long-folder", 12)+" is not there", 300)
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(400, 400))
	for _, o := range test.WidgetRenderer(p).Objects() {
		l := o.(*canvas.Text)
		if got := fyne.MeasureText(l.Text, l.TextSize, l.TextStyle).Width; got > 300 {
			t.Errorf("%q is %v wide", l.Text, got)
		}
	}
}
