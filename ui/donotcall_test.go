package ui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// numbersShelf is a shelf whose do-not-call list has n single numbers and a
// list of as many.
func numbersShelf(t *testing.T, n int) *shelf {
	t.Helper()
	s := newShelf()
	now := time.Now()
	for i := range n {
		e := campaign.DoNotCallEntry{Number: phone.Number(fmt.Sprintf("+1312555%04d", i)), Way: campaign.ByHand, Added: now.Add(-time.Duration(i) * time.Minute)}
		if i == 0 {
			e.Way = campaign.ByKey
		}
		s.Entries = append(s.Entries, e)
	}
	if n == 0 {
		return s
	}
	_, err := s.ImportDoNotCall(t.Context(), campaign.DoNotCallList{Source: "removals.csv", File: "/x/removals.csv", Added: now}, false,
		func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			for i := range uint64(n) {
				if err := add(16175550000+2*i, 16175550000+2*i); err != nil {
					return campaign.DoNotCallList{}, err
				}
			}
			return campaign.DoNotCallList{}, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// doNotCall opens the page.
func doNotCall(t *testing.T, s *shelf) fyne.Window {
	t.Helper()
	w := open(t, s, ui.Args{})
	act(t, w, "Do not call")
	return w
}

// hinted is the field with a hint in it.
func hinted(t *testing.T, w fyne.Window, hint string) interface{ SetText(text string) } {
	t.Helper()
	for _, o := range objects(w) {
		v := reflect.Indirect(reflect.ValueOf(o))
		if v.Kind() != reflect.Struct || !v.FieldByName("PlaceHolder").IsValid() || v.FieldByName("PlaceHolder").String() != hint {
			continue
		}
		if f, ok := o.(interface{ SetText(text string) }); ok {
			return f
		}
	}
	t.Fatalf("there is no field %q", hint)
	return nil
}

func TestDoNotCallOpensWhateverItsLength(t *testing.T) {
	for _, n := range []int{0, 1, 200, 100_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := doNotCall(t, numbersShelf(t, n))
			if n == 0 {
				must(t, w, "Nobody is on the list yet", "Add a number", "Import…")
				return
			}
			must(t, w, "(312) 555-0000", "Asked on the phone", "removals.csv")
			grid := find[*widget.Grid](t, w)
			if grid.Rows() != n+1 {
				t.Errorf("%d lines", grid.Rows())
			}
			grid.Choose(n)
			must(t, w, phone.Number(fmt.Sprintf("+1312555%04d", n-1)).National())
		})
	}
}

func TestNumberIsCheckedAsItIsTypedAddedAndTakenBack(t *testing.T) {
	s := numbersShelf(t, 3)
	w := doNotCall(t, s)
	field := hinted(t, w, "(312) 555-0142 or a range")
	field.SetText("(206) 555-01")
	must(t, w, "2 digits are missing")
	if !button(t, w, "Add").Disabled() {
		t.Error("half a number can be added")
	}
	field.SetText("(206) 555-0100 to 0109")
	button(t, w, "Add").Tapped(nil)
	must(t, w, "(206) 555-0100 to 0109 is not called from now on", "Undo")
	if len(s.Lists) != 2 || s.Lists[1].Numbers != 10 {
		t.Fatalf("%+v", s.Lists)
	}
	link(t, w, "Undo")
	if len(s.Lists) != 1 {
		t.Errorf("%+v", s.Lists)
	}
	must(t, w, "Undone")
	field.SetText("312 555 0001")
	must(t, w, "On the list already.")
}

func TestRemovingAsksAndKeepsWhoAsked(t *testing.T) {
	s := numbersShelf(t, 3)
	w := doNotCall(t, s)
	grid := find[*widget.Grid](t, w)
	grid.SetSelection(func(row int) bool { return row > 0 }) // all but the list
	grid.Choose(3)
	grid.SetSelection(func(row int) bool { return row > 0 })
	button(t, w, "Remove…").Tapped(nil)
	must(t, w, "Remove 2 numbers?", "1 person asked for it on the phone: that stays.")
	if got := focused(w); got != "Keep" {
		t.Errorf("the focus is on %q", got)
	}
	button(t, w, "Remove").Tapped(nil)
	must(t, w, "2 numbers removed")
	if len(s.Entries) != 1 || s.Entries[0].Way != campaign.ByKey {
		t.Fatalf("%+v", s.Entries)
	}
	link(t, w, "Undo")
	if len(s.Entries) != 3 {
		t.Errorf("%+v", s.Entries)
	}
}

func TestListIsLookedIntoAndLeft(t *testing.T) {
	w := doNotCall(t, numbersShelf(t, 1000))
	grid := find[*widget.Grid](t, w)
	grid.OnOpened(0)
	must(t, w, "removals.csv", "All numbers", "(617) 555-0000", "1,000 numbers, by number")
	hinted(t, w, "Go to a number").SetText("(617) 555-1200")
	if got := grid.Chosen(); got != 600 {
		t.Errorf("row %d is chosen", got)
	}
	must(t, w, "(617) 555-1200", "Is not called")
	w.Canvas().Unfocus()
	key(w, fyne.KeyEscape) // clears the search
	key(w, fyne.KeyEscape)
	must(t, w, "(312) 555-0000")
	if grid.Rows() != 1001 {
		t.Errorf("%d lines", grid.Rows())
	}
}

func TestSearchAndChipsFilter(t *testing.T) {
	w := doNotCall(t, numbersShelf(t, 50))
	grid := find[*widget.Grid](t, w)
	search := hinted(t, w, "Number, reason or campaign")
	search.SetText("312 555 0007")
	if grid.Rows() != 1 {
		t.Errorf("%d lines", grid.Rows())
	}
	search.SetText("nobody’s number")
	must(t, w, "Nothing is found by ‘nobody’s number’")
	search.SetText("")
	var chips []*widget.Chip
	for _, o := range objects(w) {
		if chip, ok := o.(*widget.Chip); ok {
			chips = append(chips, chip)
		}
	}
	chips[1].Tapped(nil)
	if grid.Rows() != 1 {
		t.Errorf("%d lines are by key", grid.Rows())
	}
}

func TestTheWholeListIsSaved(t *testing.T) {
	s := numbersShelf(t, 2)
	w := doNotCall(t, s)
	button(t, w, "Export…").Tapped(nil)
	button(t, w, "Text (CSV)").Tapped(nil)
	folder := t.TempDir()
	fill(t, w, "numbers", folder)
	button(t, w, "Save").Tapped(nil)
	must(t, w, "Saved as numbers.csv")
	data, err := os.ReadFile(filepath.Join(folder, "numbers.csv"))
	if err != nil || string(data) != "2 numbers" {
		t.Errorf("%q, %v", data, err)
	}
}

// saveNumbers stands in for what main hands over.
func saveNumbers(ctx context.Context, path string, s view.Store, tell func(part float64)) (string, error) {
	tell(0.5)
	ways, err := s.CountByWay(ctx)
	if err != nil {
		return "", err
	}
	n := 0
	for _, count := range ways {
		n += count
	}
	return path, os.WriteFile(path, fmt.Appendf(nil, "%d numbers", n), 0o600)
}
