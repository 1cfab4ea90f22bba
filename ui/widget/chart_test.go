package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"rollcall/ui/widget"
)

func series() []widget.Series {
	return []widget.Series{{Shape: widget.ShapeReached, Words: "Reached"}, {Shape: widget.ShapeMachine, Words: "Machine"},
		{Shape: widget.ShapeUnreached, Words: "Not reached"}, {Shape: widget.ShapeFailed, Words: "Failed"}}
}

// charted is a chart of width by height that shows slots.
func charted(t *testing.T, width, height float32, slots ...widget.Slot) *widget.StackedBars {
	t.Helper()
	themed(t)
	b := widget.NewStackedBars(height, series()...)
	b.Set(slots...)
	w := test.NewTempWindow(t, b)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return b
}

// counts are n slots with the same calls.
func counts(n int, each ...int) []widget.Slot {
	slots := make([]widget.Slot, n)
	for i := range slots {
		slots[i] = widget.Slot{Counts: each, Tip: fmt.Sprintf("slot %d", i)}
	}
	return slots
}

// drawnBars are the visible blocks in the colour of a shape.
func drawnBars(b fyne.Widget, s widget.Shape) []*canvas.Rectangle {
	var bars []*canvas.Rectangle
	for _, o := range test.WidgetRenderer(b).Objects() {
		r, ok := o.(*canvas.Rectangle)
		if ok && r.Visible() && r.FillColor == widget.Color(s.Token(), theme.VariantLight) && r.Size().Width > 0 {
			bars = append(bars, r)
		}
	}
	return bars
}

// said are the visible words of a control.
func said(w fyne.Widget) []string {
	var all []string
	for _, o := range test.WidgetRenderer(w).Objects() {
		if l, ok := o.(*canvas.Text); ok && l.Visible() && l.Text != "" {
			all = append(all, l.Text)
		}
	}
	return all
}

func has(all []string, word string) bool {
	for _, s := range all {
		if s == word {
			return true
		}
	}
	return false
}

func TestAChartCountsInTwoOrThreeRoundSteps(t *testing.T) {
	tests := []struct {
		most int
		want string
	}{
		{0, "0 1 2"}, {1, "0 1 2"}, {3, "0 1 2 3"}, {4, "0 2 4"}, {9, "0 5 10"}, {12, "0 5 10 15"},
		{16, "0 10 20"}, {275, "0 100 200 300"}, {301, "0 200 400"}, {1200, "0 500 1,000 1,500"}, {999_999_999, "0 500,000,000 1,000,000,000"},
	}
	for _, tt := range tests {
		b := charted(t, 600, widget.ChartHeight, widget.Slot{Counts: []int{tt.most}})
		if got := strings.Join(said(b), " "); got != tt.want {
			t.Errorf("%d calls: %q, want %q", tt.most, got, tt.want)
		}
	}
}

func TestABarIsStackedFromBelowWithAPixelBetween(t *testing.T) {
	b := charted(t, 600, widget.ChartHeight, widget.Slot{Counts: []int{200, 60, 39, 1}})
	at := float32(0)
	for i, s := range series() {
		bars := drawnBars(b, s.Shape)
		if len(bars) != 1 {
			t.Fatalf("%s: %d bars", s.Words, len(bars))
		}
		foot := bars[0].Position().Y + bars[0].Size().Height
		if i > 0 && foot != at-1 {
			t.Errorf("%s ends at %v, the part below begins at %v", s.Words, foot, at)
		}
		if bars[0].Size().Height < 2 {
			t.Errorf("%s is %v high", s.Words, bars[0].Size().Height)
		}
		at = bars[0].Position().Y
	}
	if at < 0 || at > 20 {
		t.Errorf("300 of 300 reach up to %v", at)
	}
}

func TestAChartHasRoomForEveryNumberOfSlots(t *testing.T) {
	tests := []struct {
		name        string
		slots       int
		width       float32
		least, most float32
	}{
		{"a day by hours", 10, 710, 44, 48},
		{"half an hour in a tile", 30, 460, 8, 12},
		{"a tight tile", 30, 340, 8, 8},
		{"too many", 700, 400, 1, 1},
		{"one", 1, 700, 48, 48},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := charted(t, tt.width, widget.ChartTile, counts(tt.slots, 5)...)
			bars := drawnBars(b, widget.ShapeReached)
			if len(bars) != tt.slots {
				t.Fatalf("%d bars", len(bars))
			}
			right := float32(0)
			for _, r := range bars {
				if w := r.Size().Width; w < tt.least || w > tt.most {
					t.Fatalf("a bar is %v wide, want %v to %v", w, tt.least, tt.most)
				}
				if tt.most > 1 && r.Position().X < right {
					t.Fatalf("a bar begins at %v, the one before ends at %v", r.Position().X, right)
				}
				right = r.Position().X + r.Size().Width
			}
			if right > tt.width {
				t.Errorf("the last bar ends at %v of %v", right, tt.width)
			}
		})
	}
}

func TestAChartKeepsItsHeight(t *testing.T) {
	b := charted(t, 600, widget.ChartTile)
	for _, n := range []int{0, 1, 30, 500} {
		b.Set(counts(n, 7, n)...)
		if h := b.MinSize().Height; h != widget.ChartTile {
			t.Errorf("%d slots: %v high", n, h)
		}
	}
	b.Resize(fyne.NewSize(600, 900))
	for _, r := range drawnBars(b, widget.ShapeReached) {
		if r.Position().Y+r.Size().Height > 320 {
			t.Fatalf("a bar ends at %v: a chart is at most 320 high", r.Position().Y+r.Size().Height)
		}
	}
}

func TestAGapIsNamedOnceWhereItHasRoom(t *testing.T) {
	slots := counts(30, 4)
	for i := 12; i < 16; i++ {
		slots[i] = widget.Slot{Gap: "paused"}
	}
	b := charted(t, 460, widget.ChartTile, slots...)
	if n := strings.Count(strings.Join(said(b), " "), "paused"); n != 1 {
		t.Errorf("said %d times: %v", n, said(b))
	}
	for i := 13; i < 16; i++ {
		slots[i].Counts = []int{1}
	}
	b.Set(slots...)
	if has(said(b), "paused") {
		t.Errorf("one slot has no room for the word: %v", said(b))
	}
	if n := len(drawnBars(b, widget.ShapeReached)); n != 29 {
		t.Errorf("%d bars: calls are shown although it was paused", n)
	}
}

func TestLabelsOfAChartDoNotOverlap(t *testing.T) {
	slots := counts(24, 3)
	for i := range slots {
		slots[i].Label = fmt.Sprintf("%d:00", i)
	}
	wide := charted(t, 1400, widget.ChartHeight, slots...)
	if !has(said(wide), "13:00") || !has(said(wide), "23:00") {
		t.Errorf("all have room: %v", said(wide))
	}
	narrow := charted(t, 400, widget.ChartHeight, slots...)
	if has(said(narrow), "1:00") || !has(said(narrow), "0:00") {
		t.Errorf("0:00 and 1:00 have no room beside each other: %v", said(narrow))
	}
}

func TestKeysMoveThroughTheBarsOfAChart(t *testing.T) {
	slots := counts(5, 1)
	slots[1].Counts = nil
	b := charted(t, 400, widget.ChartTile, slots...)
	var tapped []int
	b.OnTapped = func(i int) { tapped = append(tapped, i) }
	b.FocusGained()
	if b.At() != 4 || !has(said(b), "slot 4") {
		t.Errorf("the keys begin at %d, said %v", b.At(), said(b))
	}
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeySpace, fyne.KeyHome, fyne.KeyLeft,
		fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnd} {
		typed(b, k)
	}
	if fmt.Sprint(tapped) != "[4 3 0]" || b.At() != 4 {
		t.Errorf("chosen %v, at %d: a slot without calls has nothing to choose", tapped, b.At())
	}
	b.FocusLost()
	if has(said(b), "slot 4") {
		t.Error("the words of a bar stay")
	}
	b.Set()
	b.FocusGained()
	typed(b, fyne.KeyReturn)
	typed(b, fyne.KeyLeft)
}

func TestThePointerShowsAndChoosesABar(t *testing.T) {
	b := charted(t, 400, widget.ChartTile, counts(4, 1)...)
	chosen := -1
	b.OnTapped = func(i int) { chosen = i }
	last := drawnBars(b, widget.ShapeReached)[2].Position()
	move := &desktop.MouseEvent{}
	move.Position = last.AddXY(2, 2)
	b.MouseIn(move)
	if !has(said(b), "slot 2") || b.Cursor() != desktop.PointerCursor {
		t.Errorf("said %v", said(b))
	}
	b.Tapped(&fyne.PointEvent{Position: last})
	if chosen != 2 {
		t.Errorf("chosen %d", chosen)
	}
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)}) // on the numbers
	b.MouseOut()
	if chosen != 2 || has(said(b), "slot 2") {
		t.Errorf("chosen %d, said %v", chosen, said(b))
	}
}

func TestLyingBarsAreMeasuredByTheLongest(t *testing.T) {
	themed(t)
	b := widget.NewBars(
		widget.Bar{Shape: widget.ShapeReached, Words: "Reached", Count: 800, Figure: "800", Share: "80 %"},
		widget.Bar{Shape: widget.ShapeMachine, Words: "Machine", Count: 200, Figure: "200", Share: "20 %"},
		widget.Bar{Shape: widget.ShapeFailed, Words: "Failed", Count: 1, Figure: "1", Share: "0.1 %"},
		widget.Bar{Shape: widget.ShapeDoubt, Words: "In doubt", Figure: "0", Share: "0 %"})
	b.Resize(fyne.NewSize(400, b.MinSize().Height))
	wide := func(s widget.Shape) float32 {
		if bars := drawnBars(b, s); len(bars) == 1 {
			return bars[0].Size().Width
		}
		return 0
	}
	all, quarter := wide(widget.ShapeReached), wide(widget.ShapeMachine)
	if all < 100 || quarter < all/4-1 || quarter > all/4+1 {
		t.Errorf("800 are %v wide, 200 are %v", all, quarter)
	}
	if wide(widget.ShapeFailed) != 2 || wide(widget.ShapeDoubt) != 0 {
		t.Errorf("one is %v wide, none is %v", wide(widget.ShapeFailed), wide(widget.ShapeDoubt))
	}
}

func TestLyingBarsAreChosen(t *testing.T) {
	themed(t)
	var chosen []int
	b := widget.NewBars(widget.Bar{Key: "1", Words: "Will come", Count: 3}, widget.Bar{Key: "2", Words: "Another day"},
		widget.Bar{Key: "9", Words: strings.Repeat("Do not call me again ", 9), Count: 2})
	b.OnTapped = func(at int) { chosen = append(chosen, at) }
	w := test.NewTempWindow(t, b)
	w.Resize(fyne.NewSize(500, 200))
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyUp, fyne.KeyHome} {
		typed(b, k)
	}
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 2*widget.BarsRowHeight+3)})
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 9*widget.BarsRowHeight)})
	if fmt.Sprint(chosen) != "[0 2 2]" || b.At() != 0 {
		t.Errorf("chosen %v, at %d", chosen, b.At())
	}
	for _, words := range said(b) {
		if fyne.MeasureText(words, 14, fyne.TextStyle{}).Width > 200 {
			t.Errorf("%q is not cut", words)
		}
	}
}

func TestChartsAreDrawnInBothModes(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
			img := picture(t, "charts", mode, widget.Pad(widget.Space4, widget.Space4, chartSheet()), fyne.NewSize(1000, 720))
			if n := colours(img); n < 40 {
				t.Errorf("%d colours: parts are missing", n)
			}
		})
	}
}

func chartSheet() fyne.CanvasObject {
	minutes := widget.NewStackedBars(widget.ChartTile, series()...)
	slots := make([]widget.Slot, 30)
	for i := range slots {
		slots[i] = widget.Slot{Counts: []int{(i*7)%6 + 1, (i * 3) % 3, (i * 5) % 2, i % 9 / 8}, Tip: fmt.Sprintf("10:%02d: 7 calls, 5 reached", 12+i)}
		if i > 11 && i < 16 {
			slots[i] = widget.Slot{Gap: "paused"}
		}
	}
	slots[0].Label, slots[10].Label, slots[20].Label, slots[29].Label = "10:12", "10:22", "10:32", "10:42"
	minutes.Set(slots...)
	hours := widget.NewStackedBars(widget.ChartHeight, series()...)
	var day []widget.Slot
	for i, n := range []int{190, 240, 275, 130, 87, 140, 104, 62, 28, 9} {
		day = append(day, widget.Slot{Label: fmt.Sprintf("%d:00", 9+i), Counts: []int{n * 6 / 10, n * 2 / 10, n / 6, n / 50}, Tip: "190 calls, 118 reached"})
	}
	hours.Set(day...)
	hours.FocusGained()
	typed(hours, fyne.KeyHome)
	typed(hours, fyne.KeyRight)
	bars := widget.NewBars(
		widget.Bar{Shape: widget.ShapeReached, Words: "Reached", Count: 868, Figure: "868", Share: "70.0 %"},
		widget.Bar{Shape: widget.ShapeMachine, Words: "Machine", Count: 214, Figure: "214", Share: "17.3 %"},
		widget.Bar{Shape: widget.ShapeUnreached, Words: "Not reached", Count: 104, Figure: "104", Share: "8.4 %"},
		widget.Bar{Shape: widget.ShapeDoubt, Words: "In doubt", Count: 2, Figure: "2", Share: "0.2 %"})
	keys := widget.NewBars(widget.Bar{Key: "1", Words: "Will come", Count: 602, Figure: "602", Share: "69 %"},
		widget.Bar{Key: "9", Words: "Do not call", Count: 18, Figure: "18", Share: "2 %"})
	keys.OnTapped = func(int) {}
	keys.FocusGained()
	card := func(o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Card(widget.Pad(widget.Space4, widget.Space4, o))
	}
	return widget.Stack(widget.Space4, widget.Halves(widget.Space4, card(minutes), card(keys)),
		widget.Halves(widget.Space4, card(bars), card(widget.NewText(widget.Body, ""))),
		card(widget.Stack(widget.Space3, widget.Row(0, widget.NewText(widget.CardTitle, "Calls by hour"), widget.Gap(), widget.Legend(series()...)), hours)))
}
