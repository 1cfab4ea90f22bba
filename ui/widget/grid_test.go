package widget_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// show puts a grid of rows rows into a window of 600 by 10 whole rows.
func show(t testing.TB, rows int) (*widget.Grid, fyne.Canvas) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	g := widget.NewGrid([]widget.Column{
		{Title: "Row", Width: 100, Right: true, Muted: true, Sorts: true},
		{Title: "Name", Width: 100, Grow: 1, Sorts: true},
		{Title: "State", Width: 120},
	}, func() int { return rows }, func(row, col int) widget.Cell {
		switch col {
		case 0:
			return widget.Cell{Text: strconv.Itoa(row + 1)}
		case 1:
			return widget.Cell{Text: fmt.Sprintf("Wilhelmina Featherquill-Brackenburrow of Saltmarrow House, Number %d", row+1)}
		default:
			return widget.Cell{Text: "Reached", Shape: widget.ShapeReached}
		}
	})
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, widget.GridHeadHeight+10*widget.GridRowHeight))
	return g, w.Canvas()
}

// texts are the words on the screen, by line from the top; the header first.
func texts(g *widget.Grid) []string {
	lines := map[int][]string{}
	for _, o := range test.WidgetRenderer(g).Objects() {
		c, ok := o.(*canvas.Text)
		if !ok || !c.Visible() || c.Text == "" {
			continue
		}
		y := -1
		if c.Position().Y >= widget.GridHeadHeight {
			y = int((c.Position().Y - widget.GridHeadHeight) / widget.GridRowHeight)
		}
		lines[y] = append(lines[y], c.Text)
	}
	var all []string
	for y := -1; y < 12; y++ {
		if words, ok := lines[y]; ok {
			all = append(all, strings.Join(words, "|"))
		}
	}
	return all
}

func first(line string) string { head, _, _ := strings.Cut(line, "|"); return head }

func key(g *widget.Grid, names ...fyne.KeyName) {
	for _, n := range names {
		g.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestGridIsExactAtTheMillionthRow(t *testing.T) {
	const rows = 1_000_000
	g, _ := show(t, rows)
	for _, row := range []int{0, 1, 49_999, 524_287, 999_989, 999_990} {
		g.ScrollTo(row)
		if got := texts(g)[1]; first(got) != strconv.Itoa(row+1) {
			t.Errorf("scrolled to %d: the first row is %q", row, got)
		}
	}
	key(g, fyne.KeyEnd)
	lines := texts(g)
	if g.Chosen() != rows-1 || first(lines[len(lines)-1]) != "1000000" {
		t.Errorf("End: chosen %d, last line %q", g.Chosen(), lines[len(lines)-1])
	}
	if g.Top() != rows-10 {
		t.Errorf("End: first row %d, want %d: the last row stands at the bottom", g.Top(), rows-10)
	}
	g.ScrollTo(rows + 5)
	if g.Top() != rows-10 {
		t.Errorf("scrolling past the end: first row %d", g.Top())
	}
}

func TestGridPoolDoesNotGrowWithRows(t *testing.T) {
	small, _ := show(t, 100)
	few := len(test.WidgetRenderer(small).Objects())
	big, _ := show(t, 1_000_000)
	for row := 0; row < 900_000; row += 1013 {
		big.ScrollTo(row)
	}
	if many := len(test.WidgetRenderer(big).Objects()); many != few {
		t.Errorf("%d objects for a million rows, %d for a hundred", many, few)
	}
}

func TestGridKeys(t *testing.T) {
	const up, down, pgUp, pgDown, home, end = fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd
	tests := []struct {
		name        string
		keys        []fyne.KeyName
		chosen, top int
	}{
		{"down chooses the first row", []fyne.KeyName{down}, 0, 0},
		{"up at the top stays", []fyne.KeyName{down, up, up}, 0, 0},
		{"page down", []fyne.KeyName{down, pgDown}, 10, 1},
		{"page down twice", []fyne.KeyName{down, pgDown, pgDown}, 20, 11},
		{"page up", []fyne.KeyName{end, pgUp}, 89, 89},
		{"home", []fyne.KeyName{end, home}, 0, 0},
		{"down at the end stays", []fyne.KeyName{end, down}, 99, 90},
		{"page down past the end", []fyne.KeyName{end, up, pgDown}, 99, 90},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, _ := show(t, 100)
			key(g, tt.keys...)
			if g.Chosen() != tt.chosen || g.Top() != tt.top {
				t.Errorf("chosen %d, top %d; want %d, %d", g.Chosen(), g.Top(), tt.chosen, tt.top)
			}
		})
	}
}

func TestGridTellsWhatIsDone(t *testing.T) {
	g, c := show(t, 100)
	var told []string
	note := func(what string) func(int) {
		return func(i int) { told = append(told, fmt.Sprintf("%s %d", what, i)) }
	}
	g.OnChosen, g.OnOpened, g.OnSorted = note("chosen"), note("opened"), note("sorted")
	g.OnTyped = func(r rune) { told = append(told, "typed "+string(r)) }
	g.MouseDown(press(300, widget.GridHeadHeight+3*widget.GridRowHeight+5))
	if c.Focused() != fyne.Focusable(g) {
		t.Error("a click does not give the grid the focus")
	}
	key(g, fyne.KeyReturn)
	g.TypedRune('w')
	g.MouseDown(press(200, 10))
	g.MouseUp(press(200, 10))
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(300, widget.GridHeadHeight+5)})
	want := "chosen 3, opened 3, typed w, sorted 1, opened 0"
	if got := strings.Join(told, ", "); got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if key(g, fyne.KeyHome); g.Chosen() != 0 {
		t.Errorf("Home chose %d", g.Chosen())
	}
}

func press(x, y float32) *desktop.MouseEvent {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(x, y)
	return e
}

func pull(g *widget.Grid, x, y, dx, dy float32) {
	g.MouseDown(press(x, y))
	e := &fyne.DragEvent{Dragged: fyne.Delta{DX: dx, DY: dy}}
	e.Position = fyne.NewPos(x+dx, y+dy)
	g.Dragged(e)
	g.DragEnd()
}

func TestGridColumnsAreResizedByTheirEdge(t *testing.T) {
	g, _ := show(t, 100)
	before := texts(g)[1]
	pull(g, 100, 10, 60, 0)
	after := texts(g)[1]
	name := func(line string) string { return strings.Split(line, "|")[1] }
	if !strings.HasSuffix(name(before), "…") || !strings.HasSuffix(name(after), "…") {
		t.Fatalf("long names are not cut: %q, %q", before, after)
	}
	if len(name(after)) >= len(name(before)) {
		t.Errorf("the name has as much room as before: %q, %q", before, after)
	}
	pull(g, 160, 10, -500, 0)
	if got := first(texts(g)[1]); got != "1" {
		t.Errorf("the narrowest column shows %q", got)
	}
}

func TestGridThumbReachesBothEnds(t *testing.T) {
	const rows = 1_000_000
	g, _ := show(t, rows)
	x, bottom := g.Size().Width-4, g.Size().Height
	pull(g, x, widget.GridHeadHeight+8, 0, bottom)
	if g.Top() != rows-10 {
		t.Errorf("pulled to the bottom: first row %d, want %d", g.Top(), rows-10)
	}
	pull(g, x, bottom-10, 0, -bottom)
	if g.Top() != 0 {
		t.Errorf("pulled to the top: first row %d", g.Top())
	}
	for _, o := range test.WidgetRenderer(g).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.Size().Width == 6 && r.Size().Height < 24 {
			t.Errorf("the thumb is %v high, want at least 24", r.Size().Height)
		}
	}
}

func TestGridWheelMovesWholeRows(t *testing.T) {
	g, c := show(t, 100)
	at := fyne.NewPos(200, 100)
	test.Scroll(c, at, 0, -25)
	if g.Top() != 3 {
		t.Errorf("one notch: first row %d, want 3", g.Top())
	}
	for range 25 { // a touch pad: many little turns make as much
		test.Scroll(c, at, 0, -1)
	}
	if g.Top() < 5 || g.Top() > 6 {
		t.Errorf("25 little turns: first row %d, want 6", g.Top())
	}
	test.Scroll(c, at, 0, 1000)
	if g.Top() != 0 {
		t.Errorf("back up: first row %d", g.Top())
	}
}

func TestGridWithoutRowsSaysSo(t *testing.T) {
	g, _ := show(t, 0)
	g.Empty = widget.Center(widget.NewText(widget.Body, "Nobody matches"))
	g.Refresh()
	key(g, fyne.KeyDown, fyne.KeyEnd, fyne.KeyPageDown, fyne.KeyReturn)
	if g.Chosen() != -1 {
		t.Errorf("row %d of none is chosen", g.Chosen())
	}
	if lines := texts(g); len(lines) != 1 {
		t.Errorf("lines besides the header: %q", lines[1:])
	}
}

func TestGridFewerRowsThanBefore(t *testing.T) {
	rows := 1000
	g, _ := show(t, 0)
	g.Rows = func() int { return rows }
	g.Refresh()
	g.ScrollTo(990)
	rows = 15
	g.Refresh()
	if g.Top() != 5 {
		t.Errorf("first row %d, want 5", g.Top())
	}
}

func TestGridShownTellsOnlyChanges(t *testing.T) {
	g, _ := show(t, 100)
	var told [][2]int
	g.OnShown = func(first, count int) { told = append(told, [2]int{first, count}) }
	g.Refresh()
	g.Refresh()
	g.ScrollTo(50)
	want := [][2]int{{0, 11}, {50, 11}}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func BenchmarkGridScroll(b *testing.B) {
	g, _ := show(b, 1_000_000)
	b.ReportAllocs()
	for i := range b.N {
		g.ScrollTo(i * 37 % 999_000)
	}
}

func BenchmarkGridRefresh(b *testing.B) {
	g, _ := show(b, 1_000_000)
	g.ScrollTo(777_777)
	b.ReportAllocs()
	for range b.N {
		g.Refresh()
	}
}
