package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// gridOf gives the keys to the rows, with the first of them chosen.
func gridOf(t *testing.T, w fyne.Window) *widget.Grid {
	t.Helper()
	g := find[*widget.Grid](t, w)
	w.Canvas().Focus(g)
	key(w, fyne.KeyHome)
	return g
}

// more selects the row below, too.
func more(w fyne.Window) {
	g := w.Canvas().Focused().(*widget.Grid)
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	g.KeyDown(shift)
	key(w, fyne.KeyDown)
	g.KeyUp(shift)
}

// in chooses a line of the menu that popped up by its first letters.
func in(w fyne.Window, letters string) {
	m := w.Canvas().Focused()
	for _, r := range letters {
		m.TypedRune(r)
	}
	key(w, fyne.KeyReturn)
}

func TestRowsAreLeftOutAndTakenBackByKeys(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	g := gridOf(t, w)
	more(w)
	key(w, fyne.KeyDelete)
	must(t, w, "Whoever could be called is left out.", "2 rows left out", "(312) 555-0123  left out")
	if got := find[*widget.Grid](t, w); got == g || w.Canvas().Focused() != fyne.Focusable(got) || got.Chosen() != 1 || got.SelectedCount() != 2 {
		t.Errorf("the keys are at %T, row %d", w.Canvas().Focused(), got.Chosen())
	}
	act(t, w, "Undo")
	must(t, w, "2 people ready, 1 set aside", "Undone: 2 rows left out")
	act(t, w, "Undo") // there is nothing more
	if got := asked(t, s).Options.Rows; len(got) != 0 {
		t.Errorf("decisions are left: %v", got)
	}
}

func TestTheMenuOfRowsDoesWhatItSays(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	gridOf(t, w)
	key(w, fyne.KeyDown) // the repaired row
	key(w, desktop.KeyMenu)
	in(w, "r")
	must(t, w, "1 person ready, 2 set aside", "Repair refused in 1 row")
	key(w, desktop.KeyMenu)
	in(w, "u")
	must(t, w, "2 people ready, 1 set aside", "Repair used in 1 row")
	link(t, w, "Undo")
	must(t, w, "1 person ready, 2 set aside")
	key(w, desktop.KeyMenu)
	in(w, "l")
	key(w, desktop.KeyMenu)
	in(w, "t")
	must(t, w, "1 person ready, 2 set aside", "1 row taken in again")
	key(w, desktop.KeyMenu)
	in(w, "e") // edit the number
	if f, ok := w.Canvas().Focused().(interface{ SelectedText() string }); !ok {
		t.Errorf("the keys are at %T", f)
	}
	entry(t, w, "312 555 0177")
	key(w, fyne.KeyReturn)
	must(t, w, "2 people ready, 1 set aside", "Row 3: number typed in", "(312) 555-0177")
}

func TestSpaceAndEnterDecide(t *testing.T) {
	w := people(t, newShelf(), "school.csv")
	gridOf(t, w)
	for _, name := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn} {
		key(w, name)
		must(t, w, "Row 2, Alba Applewhistle", "It will be called at (312) 555-0123.")
		key(w, fyne.KeyEscape)
	}
	more(w)
	more(w)
	key(w, fyne.KeyReturn)
	must(t, w, "3 rows are selected", "2 of them will be called.")
	if got := focused(w); got != "Close" {
		t.Errorf("the focus is on %q", got)
	}
	button(t, w, "Leave out 3 rows").Tapped(nil)
	must(t, w, "3 rows left out")
	key(w, fyne.KeyReturn)
	button(t, w, "Take 3 rows in again")
}

func TestRowsOfAListAreCopiedAsCells(t *testing.T) {
	app := test.NewTempApp(t)
	now := func(f func()) { f() }
	w := ui.Open(app, program(t, newShelf()), ui.Args{List: "school.csv", Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	g := gridOf(t, w)
	g.HideColumn(":Pupil", true)
	must(t, w, "3 of 4 columns shown")
	more(w)
	g.TypedShortcut(&fyne.ShortcutCopy{})
	want := "Row\tParent\tPhone\tClass\n2\tAlba Applewhistle\t(312) 555-0123\t3a\n3\tBram Brindlecap\t(617) 555-0142\t3a\n"
	if got := app.Clipboard().Content(); got != want {
		t.Errorf("%q", got)
	}
	must(t, w, "2 rows copied")
	key(w, fyne.KeyDelete)
	must(t, w, "3 of 4 columns shown") // also when the list was read again
}

func TestAGroupIsLeftOutAndTakenInAgain(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	link(t, w, "Show")
	must(t, w, "only: No number")
	link(t, w, "Leave out")
	must(t, w, "2 people ready, 1 left out", "‘No number’ left out")
	if !asked(t, s).Options.LeaveOut[campaign.ProblemNoNumber] || says(w, "Needs you") || says(w, "only:") {
		t.Error("the group still needs somebody")
	}
	link(t, w, "Take in again")
	must(t, w, "2 people ready, 1 set aside", "‘No number’ taken in again")
}

func TestWithoutAPhoneColumnOneIsChosen(t *testing.T) {
	w := people(t, newShelf(), "school.csv")
	choose(t, w, "Phone number", "Own column")
	must(t, w, "Nobody can be called without one.")
	act(t, w, "Undo")
	must(t, w, "2 people ready, 1 set aside", "Undone: Column ‘Phone’ taken for: Own column")
	choose(t, w, "Phone number", "Own column")
	button(t, w, "Choose the column").Tapped(nil)
	in(w, "p") // Parent, or Phone if that is likelier
	must(t, w, "2 people ready, 1 set aside")
	if says(w, "Nobody can be called without one.") {
		t.Error("it is still said that no column is the number")
	}
}

// empty opens a list of which nothing but the headings is there.
func TestASheetWithoutRowsSaysSo(t *testing.T) {
	a := program(t, newShelf())
	a.OpenSheet = func(_ context.Context, path string, _ campaign.Reading) (*campaign.Table, error) {
		table := campaigntest.Table(path, []string{"Name", "Phone"})
		table.Book.Sheets = []campaign.SheetInfo{{Name: "Notes"}, {Name: "People", Rows: 12}}
		table.Sheet = "Notes"
		return table, nil
	}
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), a, ui.Args{List: "empty.xlsx", Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	must(t, w, "This sheet has no rows", "Choose another sheet or another file")
	button(t, w, "Choose another file…")
	if !button(t, w, "Continue").Disabled() {
		t.Error("one can go on without people")
	}
}

// Whoever gives a reading up finds the page as the list still is.
func TestAReadingThatFailsLeavesThePageAsItWas(t *testing.T) {
	a := program(t, newShelf())
	broken := false
	a.OpenSheet = func(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
		if broken {
			return nil, fmt.Errorf("%s: it is gone", path)
		}
		return sheet(ctx, path, how)
	}
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), a, ui.Args{List: "school.csv", Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	broken = true
	find[*widget.Box](t, w).Tapped(nil)
	must(t, w, "The list could not be read", "it is gone")
	key(w, fyne.KeyEscape)
	must(t, w, "2 people ready, 1 set aside")
	if !find[*widget.Box](t, w).On() {
		t.Error("the repair seems refused")
	}
	act(t, w, "Undo")
	if says(w, "Undone") {
		t.Error("what failed can be undone")
	}
}

// With many rows the page is no wider than its window.
func TestAMillionRowsFitTheWindow(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	im := asked(t, s)
	w.Close()
	im.Summary.Ready, im.Summary.Duplicates, im.Summary.Quarantined, im.Summary.Excluded = 59_760, 937_240, 3_000, 1_000
	page := view.NewPeoplePage(s.Campaigns[0], im)
	if got := page.Summary(); !strings.HasPrefix(got, "59,760 people ready, 2,000 set aside, 937,240 found twice, 1,000 left out") {
		t.Errorf("%q", got)
	}
	s.Keep(s.Campaigns[0].ID, im)
	w = open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	button(t, w, "Continue").Tapped(nil)
	must(t, w, "937,240 found twice")
	if got := w.Content().MinSize(); got.Width > 1280 {
		t.Errorf("the page asks for a width of %v", got.Width)
	}
}
