package widget_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"rollcall/ui/widget"
)

// keyed is a grid of five columns of 100 with keys a to e.
func keyed(t testing.TB) *widget.Grid {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: widget.Light})
	var columns []widget.Column
	for _, k := range strings.Split("abcde", "") {
		columns = append(columns, widget.Column{Key: k, Title: strings.ToUpper(k), Width: 100, Sorts: true})
	}
	g := widget.NewGrid(columns, func() int { return 100 }, func(row, col int) widget.Cell {
		return widget.Cell{Text: columns[col].Key + strconv.Itoa(row)}
	})
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, widget.GridHeadHeight+10*widget.GridRowHeight))
	return g
}

// heads are the headings on the screen, in the order of their places.
func heads(g *widget.Grid) string { return strings.Join(g.Titles(), "") }

func TestColumnsAreHiddenAndShown(t *testing.T) {
	g := keyed(t)
	var told []widget.GridLayout
	g.OnLayout = func(l widget.GridLayout) { told = append(told, l) }
	g.HideColumn("b", true)
	g.HideColumn("b", true) // is hidden
	g.HideColumn("x", true) // is none
	if heads(g) != "ACDE" || texts(g)[0] != "A|C|D|E" || texts(g)[1] != "a0|c0|d0|e0" {
		t.Errorf("shown %s, drawn %q, %q", heads(g), texts(g)[0], texts(g)[1])
	}
	for _, k := range []string{"a", "c", "d", "e"} {
		g.HideColumn(k, true)
	}
	if heads(g) != "E" {
		t.Errorf("shown %q: the last one stays", heads(g))
	}
	for _, k := range []string{"a", "b", "c", "d"} {
		g.HideColumn(k, false)
	}
	if heads(g) != "ABCDE" || texts(g)[1] != "a0|b0|c0|d0|e0" {
		t.Errorf("shown %s, drawn %q: hidden columns keep their place", heads(g), texts(g)[1])
	}
	if len(told) != 8 {
		t.Errorf("told %d times, want 8", len(told))
	}
}

func TestColumnsAreMoved(t *testing.T) {
	tests := []struct {
		key  string
		to   int
		want string
	}{
		{"a", 2, "BCADE"}, {"d", 0, "DABCE"}, {"c", 2, "ABCDE"}, {"a", 99, "BCDEA"}, {"e", -5, "EABCD"}, {"x", 1, "ABCDE"},
	}
	for _, tt := range tests {
		g := keyed(t)
		if g.MoveColumn(tt.key, tt.to); heads(g) != tt.want {
			t.Errorf("%s to %d: %s, want %s", tt.key, tt.to, heads(g), tt.want)
		}
	}
	g := keyed(t)
	g.HideColumn("b", true)
	g.MoveColumn("a", 1) // places are counted among those shown
	if heads(g) != "CADE" {
		t.Errorf("with one hidden: %s", heads(g))
	}
	if got := g.Cell(7, 0).Text; got != "a7" {
		t.Errorf("cells are told by their index: %s", got)
	}
}

func TestAHeadingIsDraggedToItsNewPlace(t *testing.T) {
	g := keyed(t)
	sorted := 0
	g.OnSorted = func(int) { sorted++ }
	drag := func(from, to float32) {
		g.MouseDown(press(from, 10))
		e := &fyne.DragEvent{}
		e.Position = fyne.NewPos(to, 10)
		g.Dragged(e)
		g.MouseUp(press(to, 10))
		g.DragEnd()
	}
	drag(50, 250)
	if heads(g) != "BCADE" || sorted != 0 {
		t.Errorf("dragged over two: %s, sorted %d times", heads(g), sorted)
	}
	drag(450, -30)
	if heads(g) != "EBCAD" {
		t.Errorf("dragged to the left end: %s", heads(g))
	}
	drag(250, 254) // a hand that trembles
	if heads(g) != "EBCAD" || sorted != 1 {
		t.Errorf("a click: %s, sorted %d times", heads(g), sorted)
	}
}

func TestALayoutIsKeptAndRestored(t *testing.T) {
	g := keyed(t)
	g.MoveColumn("e", 0)
	g.HideColumn("c", true)
	pull(g, 300, 10, 40, 0) // the edge of b, the third shown
	raw, err := json.Marshal(g.Layout())
	if err != nil {
		t.Fatal(err)
	}
	var l widget.GridLayout
	if err := json.Unmarshal(raw, &l); err != nil {
		t.Fatal(err)
	}
	next := keyed(t)
	next.OnLayout = func(widget.GridLayout) { t.Error("nobody arranged anything") }
	next.SetLayout(l)
	if d := cmp.Diff(g.Layout(), next.Layout()); d != "" || heads(next) != "EABD" {
		t.Errorf("%s, %s\n%s", raw, heads(next), d)
	}
	want := `{"columns":[{"key":"e"},{"key":"a"},{"key":"b","width":140},{"key":"c","hidden":true},{"key":"d"}]}`
	if string(raw) != want {
		t.Errorf("written %s\nwant    %s", raw, want)
	}
}

func TestALayoutOfOtherColumnsFits(t *testing.T) {
	tests := []struct {
		name, layout, want string
	}{
		{"nothing", "", "ABCDE"},
		{"unknown ones", "x y", "ABCDE"},
		{"new ones stand behind", "d x b", "DBACE"},
		{"twice", "d d d", "DABCE"},
		{"all hidden", "-a -b -c -d -e", "A"},
		{"some hidden", "c -a x -b", "CDE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, l := keyed(t), widget.GridLayout{}
			for _, k := range strings.Fields(tt.layout) {
				name, hidden := strings.CutPrefix(k, "-")
				l.Columns = append(l.Columns, widget.GridColumn{Key: name, Hidden: hidden, Width: -3})
			}
			if g.SetLayout(l); heads(g) != tt.want {
				t.Errorf("%s, want %s", heads(g), tt.want)
			}
		})
	}
}

func TestAColumnIsFittedToWhatItShows(t *testing.T) {
	g := keyed(t)
	long := "A name that is rather long for a hundred pixels"
	g.Cell = func(row, col int) widget.Cell {
		if row == 3 && col == 1 {
			return widget.Cell{Text: long, Shape: widget.ShapeReached}
		}
		return widget.Cell{Text: "x"}
	}
	g.Refresh()
	if got := texts(g)[4]; strings.Contains(got, long) {
		t.Fatalf("there is room for all: %q", got)
	}
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(200, 10)})
	if got := texts(g)[4]; !strings.Contains(got, long) {
		t.Errorf("still cut: %q", got)
	}
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(100, 10)})
	if w := g.Layout().Columns[0].Width; w < 40 || w > 60 {
		t.Errorf("a column of an x is %v wide", w)
	}
}

func TestHeadingsAreReachedByKeys(t *testing.T) {
	g := keyed(t)
	g.FocusGained()
	var sorted []int
	g.OnSorted = func(col int) { sorted = append(sorted, col) }
	alt := func(k fyne.KeyName) {
		g.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt})
	}
	alt(fyne.KeyRight) // not in the headings yet
	key(g, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace)
	if fmt.Sprint(sorted) != "[0 1]" || heads(g) != "ABCDE" {
		t.Fatalf("sorted by %v", sorted)
	}
	alt(fyne.KeyRight)
	alt(fyne.KeyRight)
	if heads(g) != "ACDBE" {
		t.Errorf("moved to %s", heads(g))
	}
	alt(fyne.KeyLeft)
	shifted(g, fyne.KeyRight, fyne.KeyRight)
	if w := g.Layout().Columns[2].Width; heads(g) != "ACBDE" || w != 116 {
		t.Errorf("%s, column b is %v wide", heads(g), w)
	}
	menu := 0
	g.OnMenu = func(row int, at fyne.Position) { menu = row }
	if key(g, desktop.KeyMenu); menu != -1 {
		t.Errorf("the menu is about row %d", menu)
	}
	key(g, fyne.KeyDown, fyne.KeyReturn)
	if g.Chosen() != 0 || len(sorted) != 2 {
		t.Errorf("back in the rows: chosen %d, sorted by %v", g.Chosen(), sorted)
	}
	key(g, fyne.KeyUp, fyne.KeyEscape, fyne.KeyDown)
	if g.Chosen() != 1 {
		t.Errorf("Esc leads back: chosen %d", g.Chosen())
	}
}

func TestHeadingsAreScrolledTo(t *testing.T) {
	g := keyed(t)
	g.FocusGained()
	for _, k := range []string{"a", "b", "c", "d", "e"} {
		g.SetLayout(widget.GridLayout{Columns: []widget.GridColumn{{Key: "a", Width: 300}, {Key: "b", Width: 300}, {Key: "c", Width: 300}}})
		g.ShowColumn(strings.Index("abcde", k))
		if got := texts(g)[1]; !strings.Contains(got, k+"0") {
			t.Errorf("column %s is not drawn: %q", k, got)
		}
	}
}

func TestRowsAreAsHighAsTheDensitySays(t *testing.T) {
	for density, full := range map[widget.Density]int{widget.Compact: 11, widget.Comfortable: 10, widget.Roomy: 7} {
		g := keyed(t)
		g.SetDensity(density)
		if g.Full() != full {
			t.Errorf("%q: %d rows fit, want %d", density, g.Full(), full)
		}
		key(g, fyne.KeyEnd)
		if g.Chosen() != 99 || g.Top() != 100-full {
			t.Errorf("%q: chosen %d, the first is %d", density, g.Chosen(), g.Top())
		}
		g.MouseDown(press(50, widget.GridHeadHeight+2*density.RowHeight()+1))
		if g.Chosen() != 100-full+2 {
			t.Errorf("%q: the third row is %d, first %d", density, g.Chosen(), g.Top())
		}
	}
}
