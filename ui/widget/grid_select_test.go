package widget_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"rollcall/ui/widget"
)

// many is a grid in which several rows may be selected.
func many(t testing.TB, rows int) *widget.Grid {
	t.Helper()
	g, _ := show(t, rows)
	g.Multi = true
	return g
}

// picked writes the selected rows: "3-5 9".
func picked(g *widget.Grid) string {
	var parts []string
	from, to := -2, -2
	end := func() {
		switch {
		case from < 0:
		case from == to:
			parts = append(parts, strconv.Itoa(from))
		default:
			parts = append(parts, fmt.Sprintf("%d-%d", from, to))
		}
	}
	for row := range g.Selected() {
		if row == to+1 {
			to = row
			continue
		}
		end()
		from, to = row, row
	}
	end()
	return strings.Join(parts, " ")
}

// click presses on the n-th row of the screen.
func click(g *widget.Grid, n int, m fyne.KeyModifier) {
	e := press(300, widget.GridHeadHeight+float32(n)*g.Density.RowHeight()+5)
	e.Modifier = m
	g.MouseDown(e)
	g.MouseUp(e)
}

func shifted(g *widget.Grid, names ...fyne.KeyName) {
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(g, names...)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift

func TestRowsAreSelectedByThePointer(t *testing.T) {
	type at struct {
		row int
		m   fyne.KeyModifier
	}
	tests := []struct {
		name   string
		clicks []at
		want   string
	}{
		{"one", []at{{2, 0}}, "2"},
		{"another instead", []at{{2, 0}, {4, 0}}, "4"},
		{"one more", []at{{2, 0}, {4, ctrl}}, "2 4"},
		{"beside each other", []at{{2, 0}, {3, ctrl}, {1, ctrl}}, "1-3"},
		{"one less", []at{{2, 0}, {5, shift}, {4, ctrl}}, "2-3 5"},
		{"from there to here", []at{{2, 0}, {5, shift}}, "2-5"},
		{"and to elsewhere", []at{{4, 0}, {6, shift}, {1, shift}}, "1-4"},
		{"more of them", []at{{1, 0}, {4, ctrl}, {6, ctrl | shift}}, "1 4-6"},
		{"from the one left out", []at{{1, 0}, {8, shift}, {4, ctrl}, {5, shift}}, "4-5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := many(t, 100)
			for _, c := range tt.clicks {
				click(g, c.row, c.m)
			}
			if got := picked(g); got != tt.want {
				t.Errorf("selected %s, want %s", got, tt.want)
			}
			if last := tt.clicks[len(tt.clicks)-1].row; g.Chosen() != last {
				t.Errorf("chosen %d, want %d", g.Chosen(), last)
			}
		})
	}
}

func TestRowsAreSelectedByKeys(t *testing.T) {
	g := many(t, 1_000_000)
	told := 0
	g.OnSelected = func() { told++ }
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"down", func() { key(g, fyne.KeyDown) }, "0"},
		{"shift down", func() { shifted(g, fyne.KeyDown, fyne.KeyDown) }, "0-2"},
		{"shift up", func() { shifted(g, fyne.KeyUp) }, "0-1"},
		{"shift up at the top", func() { shifted(g, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp) }, "0"},
		{"a page", func() { shifted(g, fyne.KeyPageDown) }, "0-10"},
		{"and back", func() { shifted(g, fyne.KeyPageUp) }, "0"},
		{"to the end", func() { key(g, fyne.KeyDown); shifted(g, fyne.KeyEnd) }, "1-999999"},
		{"past it", func() { shifted(g, fyne.KeyDown) }, "1-999999"},
		{"to the beginning", func() { shifted(g, fyne.KeyHome) }, "0-1"},
		{"without shift", func() { key(g, fyne.KeyDown) }, "1"},
		{"space lets go", func() { key(g, fyne.KeySpace) }, ""},
		{"space takes again", func() { key(g, fyne.KeySpace) }, "1"},
		{"all", func() { g.TypedShortcut(&fyne.ShortcutSelectAll{}) }, "0-999999"},
		{"all but one", func() { click(g, 3, ctrl) }, "0-2 4-999999"},
		{"end", func() { key(g, fyne.KeyEnd) }, "999999"},
		{"the first by Ctrl", func() {
			g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: ctrl})
		}, "0"},
	}
	for _, step := range steps {
		step.do()
		if got := picked(g); got != step.want {
			t.Errorf("%s: selected %s, want %s", step.name, got, step.want)
		}
	}
	if told == 0 {
		t.Error("nobody was told")
	}
	g.FocusLost()
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if key(g, fyne.KeyDown); picked(g) != "1" {
		t.Errorf("selected %s", picked(g))
	}
}

func TestAllOfAMillionRowsCostNothing(t *testing.T) {
	g := many(t, 1_000_000)
	allocs := testing.AllocsPerRun(10, func() {
		g.SelectAll()
		g.SelectNone()
	})
	if allocs > 2000 { // what two redraws take, whatever the number of rows
		t.Errorf("%v allocations", allocs)
	}
	if g.SelectAll(); g.SelectedCount() != 1_000_000 || !g.IsSelected(999_999) || g.IsSelected(1_000_000) {
		t.Errorf("%d selected", g.SelectedCount())
	}
}

// The selection is compared with one that keeps every row by itself.
func TestSelectionIsASetOfRows(t *testing.T) {
	const rows = 9
	g := many(t, rows)
	rapid.Check(t, func(t *rapid.T) {
		g.SelectNone()
		g.Choose(0)
		want, anchor := map[int]bool{0: true}, 0
		for range rapid.IntRange(1, 12).Draw(t, "clicks") {
			row := rapid.IntRange(0, rows-1).Draw(t, "row")
			switch m := rapid.SampledFrom([]fyne.KeyModifier{0, ctrl, shift, ctrl | shift}).Draw(t, "with"); m {
			case 0:
				want, anchor = map[int]bool{row: true}, row
				click(g, row, m)
			case ctrl:
				want[row], anchor = !want[row], row
				click(g, row, m)
			default:
				if m == shift {
					want = map[int]bool{}
				}
				for r := min(row, anchor); r <= max(row, anchor); r++ {
					want[r] = true
				}
				click(g, row, m)
			}
		}
		n := 0
		for row := range rows {
			if g.IsSelected(row) != want[row] {
				t.Fatalf("row %d: %v, want %v (selected %s)", row, g.IsSelected(row), want[row], picked(g))
			}
			if want[row] {
				n++
			}
		}
		if g.SelectedCount() != n || len(slices.Collect(g.Selected())) != n {
			t.Fatalf("%d selected, want %d", g.SelectedCount(), n)
		}
	})
}

func TestWithoutMultiTheChosenRowIsTheSelectedOne(t *testing.T) {
	g, _ := show(t, 100)
	if g.SelectAll(); picked(g) != "" {
		t.Errorf("selected %s", picked(g))
	}
	click(g, 2, 0)
	click(g, 4, shift)
	shifted(g, fyne.KeyDown)
	if picked(g) != "5" || g.SelectedCount() != 1 {
		t.Errorf("selected %s", picked(g))
	}
}

func TestRowsThatMovedAreLetGo(t *testing.T) {
	g := many(t, 100)
	click(g, 2, 0)
	click(g, 5, shift)
	told := 0
	g.OnSelected = func() { told++ }
	g.Mark(40) // sorted anew: the chosen one stands there now
	if picked(g) != "40" || told != 1 {
		t.Errorf("selected %s, told %d times: the rows at 2 to 5 are others now", picked(g), told)
	}
	g.SetSelection(func(row int) bool { return row > 37 && row%2 == 0 && row < 44 || row == 99 })
	if picked(g) != "38 40 42 99" {
		t.Errorf("selected %s", picked(g))
	}
	g.Rows = func() int { return 41 }
	if picked(g) != "38 40" || g.SelectedCount() != 2 {
		t.Errorf("of 41 rows, selected %s", picked(g))
	}
	if g.Reset(); picked(g) != "" {
		t.Errorf("selected %s", picked(g))
	}
}

// linesIn are the lines of the screen behind which a colour lies.
func linesIn(g *widget.Grid, tone widget.Token) []int {
	var lines []int
	for _, o := range test.WidgetRenderer(g).Objects() {
		r, ok := o.(*canvas.Rectangle)
		if ok && r.Visible() && r.FillColor == widget.Color(tone, 1) && r.Size().Width == g.Size().Width {
			lines = append(lines, int((r.Position().Y-widget.GridHeadHeight)/g.Density.RowHeight()))
		}
	}
	return lines
}

func TestSelectedRowsAreSeen(t *testing.T) {
	g := many(t, 100)
	click(g, 1, 0)
	click(g, 3, shift)
	if got := fmt.Sprint(linesIn(g, widget.Selection)); got != "[1 2 3]" {
		t.Errorf("selected lines %s", got)
	}
	g.ScrollTo(2)
	if got := fmt.Sprint(linesIn(g, widget.Selection)); got != "[0 1]" {
		t.Errorf("scrolled by two: selected lines %s", got)
	}
}

func TestBoxesKeepTheirTicks(t *testing.T) {
	g := many(t, 100)
	g.Checks = true
	g.Refresh()
	box := func(n int) {
		g.MouseDown(press(20, widget.GridHeadHeight+float32(n)*widget.GridRowHeight+5))
		g.MouseUp(press(20, 0))
	}
	box(2)
	box(4)
	click(g, 6, 0)
	if picked(g) != "2 4" || g.Chosen() != 6 {
		t.Errorf("ticked %s, chosen %d: choosing a row ticks none", picked(g), g.Chosen())
	}
	box(2)
	key(g, fyne.KeyDown, fyne.KeySpace)
	click(g, 9, shift)
	if picked(g) != "3-9" {
		t.Errorf("ticked %s", picked(g))
	}
	head := func() { g.MouseDown(press(20, 10)); g.MouseUp(press(20, 10)) }
	head()
	if g.SelectedCount() != 100 {
		t.Errorf("the box of the heading ticks %d", g.SelectedCount())
	}
	if head(); g.SelectedCount() != 0 {
		t.Errorf("and then %d", g.SelectedCount())
	}
	opened := 0
	g.OnOpened = func(int) { opened++ }
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(20, 100)})
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(200, 100)})
	if opened != 1 {
		t.Errorf("opened %d rows: two clicks on a box open none", opened)
	}
	if first(texts(g)[1]) != "1" {
		t.Errorf("the cells of the first row: %q", texts(g)[1])
	}
}

func TestTheMenuIsAboutTheRowUnderThePointer(t *testing.T) {
	g := many(t, 100)
	var asked []string
	g.OnMenu = func(row int, at fyne.Position) { asked = append(asked, fmt.Sprintf("%d of %s", row, picked(g))) }
	right := func(n int) {
		e := press(300, widget.GridHeadHeight+float32(n)*widget.GridRowHeight+5)
		e.Button = desktop.MouseButtonSecondary
		g.MouseDown(e)
		g.MouseUp(e)
		g.TappedSecondary(&e.PointEvent)
	}
	right(4)
	click(g, 1, 0)
	click(g, 3, shift)
	right(2) // one of the selected
	right(8)
	key(g, desktop.KeyMenu)
	shifted(g, fyne.KeyF10)
	key(g, fyne.KeyF10) // is the window's
	g.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(300, 5)})
	want := "4 of 4, 2 of 1-3, 8 of 8, 8 of 8, 8 of 8, -1 of 8"
	if got := strings.Join(asked, ", "); got != want {
		t.Errorf("asked for %s; want %s", got, want)
	}
}

func TestTheMenuOfKeysStandsAtItsRow(t *testing.T) {
	g := many(t, 1_000)
	var at fyne.Position
	g.OnMenu = func(_ int, p fyne.Position) { at = p }
	g.Choose(500)
	g.ScrollTo(0)
	key(g, desktop.KeyMenu)
	if bottom := at.Y - widget.GridHeadHeight; g.Top() != 491 || bottom != 10*widget.GridRowHeight {
		t.Errorf("row 500 is the last on the screen, which begins with %d; the menu stands at %v", g.Top(), at)
	}
}

func TestSelectedRowsAreCopiedAsCells(t *testing.T) {
	g := many(t, 20_000)
	g.Columns[0].Key = "row"
	g.Cell = func(row, col int) widget.Cell {
		return widget.Cell{Text: []string{strconv.Itoa(row), "Say \"ah\"\tnow", "Busy"}[col]}
	}
	clip := fyne.CurrentApp().Clipboard()
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != "" {
		t.Errorf("nothing is selected: %q", clip.Content())
	}
	var told [2]int
	g.OnCopied = func(rows, selected int) { told = [2]int{rows, selected} }
	click(g, 1, 0)
	click(g, 3, ctrl)
	g.HideColumn("row", true)
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	want := "Name\tState\n\"Say \"\"ah\"\"\tnow\"\tBusy\n\"Say \"\"ah\"\"\tnow\"\tBusy\n"
	if got := clip.Content(); got != want || told != [2]int{2, 2} {
		t.Errorf("copied %q, told %v", got, told)
	}
	g.SelectAll()
	g.Copy()
	if n := strings.Count(clip.Content(), "\n"); n != widget.CopyMost+1 || told != [2]int{widget.CopyMost, 20_000} {
		t.Errorf("%d lines, told %v", n, told)
	}
	asked := false
	g.OnCopy = func() { asked = true }
	clip.SetContent("")
	if g.Copy(); !asked || clip.Content() != "" {
		t.Error("the page copies, not the grid")
	}
}
