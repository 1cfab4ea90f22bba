package ui_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// people opens the list of a school at the page that shows its people.
func people(t *testing.T, s *shelf, list string) fyne.Window {
	t.Helper()
	w := open(t, s, ui.Args{List: list})
	w.Resize(fyne.NewSize(1280, 800))
	return w
}

// asked is how the list of the only draft was read last.
func asked(t *testing.T, s *shelf) contacts.Import {
	t.Helper()
	if len(s.Campaigns) != 1 {
		t.Fatalf("%d drafts", len(s.Campaigns))
	}
	im, err := s.ImportOf(t.Context(), s.Campaigns[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// entry is the only field that is asked for.
func entry(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	e, ok := w.Canvas().Focused().(interface{ SetText(string) })
	if !ok {
		t.Fatalf("the focus is on %T, not in a field", w.Canvas().Focused())
	}
	e.SetText(text)
}

func choose(t *testing.T, w fyne.Window, from, to string) {
	t.Helper()
	for _, o := range objects(w) {
		if d, ok := o.(*widget.Drop); ok && d.Words() == from {
			d.Choose(to)
			return
		}
	}
	t.Fatalf("nothing says %q", from)
}

func link(t *testing.T, w fyne.Window, words string) {
	t.Helper()
	for _, o := range objects(w) {
		if l, ok := o.(*widget.Link); ok && l.Words() == words {
			l.Tapped(nil)
			return
		}
	}
	t.Fatalf("there is no link %q", words)
}

// lastLink follows the last link of these words.
func lastLink(t *testing.T, w fyne.Window, words string) {
	t.Helper()
	var last *widget.Link
	for _, o := range objects(w) {
		if l, ok := o.(*widget.Link); ok && l.Words() == words {
			last = l
		}
	}
	if last == nil {
		t.Fatalf("there is no link %q", words)
	}
	last.Tapped(nil)
}

func TestAListIsADraftThatCanBeLeftAndUndone(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	must(t, w, "2 people ready, 1 set aside", "Needs you", "Repaired")
	key(w, fyne.KeyEscape)
	must(t, w, "Next: write the message", "2 people ready, 1 set aside")
	button(t, w, "Continue").Tapped(nil)
	must(t, w, "school.csv", "What each column is")
	button(t, w, "Undo import").Tapped(nil)
	must(t, w, "Call everybody on a list", "School was taken out again")
	if len(s.Campaigns) != 0 || len(s.Undone) != 1 {
		t.Fatalf("%d drafts are left, %d undone", len(s.Campaigns), len(s.Undone))
	}
	link(t, w, "Import it again")
	must(t, w, "2 people ready, 1 set aside")
}

func TestTheSameListIsNotADraftTwice(t *testing.T) {
	s := newShelf()
	w := opened(t, s, ui.Args{List: "/lists/school.csv"})
	key(w.Content(), fyne.KeyEscape)
	w.Dropped([]fyne.URI{storage.NewFileURI("/lists/school.csv")})
	if len(s.Campaigns) != 1 {
		t.Errorf("%d drafts of one list", len(s.Campaigns))
	}
}

func TestAPasswordIsAskedForAndNotKept(t *testing.T) {
	s := newShelf()
	w := people(t, s, "protected.xlsx")
	must(t, w, "Which password does the workbook have?", "protected.xlsx is protected.")
	entry(t, w, "wrong")
	button(t, w, "Open").Tapped(nil)
	must(t, w, "That is not the password")
	entry(t, w, "open sesame")
	key(w, fyne.KeyReturn)
	must(t, w, "2 people ready, 1 set aside")
	if got := asked(t, s).Reading.Password; got != "" {
		t.Errorf("the password %q was stored", got)
	}
	choose(t, w, "Phone number", "Own column") // which reads the file again
	must(t, w, "No column is the phone number yet.")
}

func TestADamagedListGoesOnWithWhatIsWholeOnlyIfAsked(t *testing.T) {
	s := newShelf()
	w := people(t, s, "damaged.xlsx")
	must(t, w, "The file is damaged", "after row 4", "3 rows before that can be read")
	if got := focused(w); got != "Close" {
		t.Errorf("the focus is on %q", got)
	}
	key(w, fyne.KeyReturn)
	if len(s.Campaigns) != 0 {
		t.Fatal("it was stored without being asked for")
	}
	w = people(t, s, "damaged.xlsx")
	button(t, w, "Go on with 3 rows").Tapped(nil)
	must(t, w, "2 people ready, 1 set aside", "read up to row 4")
	if got := asked(t, s).Reading.Until; got != 4 {
		t.Errorf("read until row %d", got)
	}
}

func TestRepairsAreRefusedByKind(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	find[*widget.Box](t, w).Tapped(nil)
	if take, decided := asked(t, s).Options.Rules[campaign.ProblemDecimal]; !decided || take {
		t.Fatalf("after refusing: %v", asked(t, s).Options.Rules)
	}
	must(t, w, "1 person ready, 2 set aside")
	find[*widget.Box](t, w).Tapped(nil)
	must(t, w, "2 people ready, 1 set aside")
}

func TestOneRowIsDecidedByHand(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	grid := find[*widget.Grid](t, w)
	grid.OnOpened(2)
	must(t, w, "Row 4, Cleo Cobblewick", "It will not be called.")
	entry(t, w, "(312) 555-0188")
	key(w, fyne.KeyReturn)
	if got := asked(t, s).Options.Rows[4].Number; got != "(312) 555-0188" {
		t.Fatalf("typed in: %q", got)
	}
	must(t, w, "3 people ready", "(312) 555-0188")
	find[*widget.Grid](t, w).OnOpened(0)
	button(t, w, "Leave out").Tapped(nil)
	must(t, w, "2 people ready, 1 left out")
}

func TestTheFileIsReadInAnotherWay(t *testing.T) {
	s := newShelf()
	w := people(t, s, "school.csv")
	choose(t, w, "Term 1, 4 rows", "Term 2, 1 row (hidden)")
	if got := asked(t, s).Reading.Sheet; got != "Term 1" { // the only one that this file gives
		t.Errorf("sheet %q", got)
	}
	button(t, w, "Reading…").Tapped(nil)
	choose(t, w, "Comma", "Semicolon")
	choose(t, w, "All languages (UTF-8)", "Greek (Windows)")
	choose(t, w, "United States", "Greece")
	choose(t, w, "The same number", "The same ID or customer number")
	button(t, w, "Read again").Tapped(nil)
	im := asked(t, s)
	if im.Reading.Delimiter != ";" || im.Reading.Encoding != "windows-1253" || im.Options.Region != "GR" || len(im.Options.Same) != 1 {
		t.Errorf("read as %+v, %+v", im.Reading, im.Options)
	}
}

func TestAListIsPasted(t *testing.T) {
	s := newShelf()
	app := test.NewTempApp(t)
	now := func(f func()) { f() }
	a := program(t, s)
	var path string
	a.OpenSheet = func(ctx context.Context, p string, how campaign.Reading) (*campaign.Table, error) {
		path = p
		return sheet(ctx, p, how)
	}
	w := ui.Open(app, a, ui.Args{Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	paste := func() {
		for _, m := range w.MainMenu().Items {
			for _, i := range m.Items {
				if i.Label == "Paste list" {
					i.Action()
				}
			}
		}
	}
	app.Clipboard().SetContent(" \n")
	paste()
	must(t, w, "There is nothing to paste")
	key(w, fyne.KeyEscape)
	app.Clipboard().SetContent("Parent\tPhone\nAlba\t312 555 0123\n")
	paste()
	must(t, w, "2 people ready, 1 set aside")
	if content, err := os.ReadFile(path); err != nil || string(content) != "Parent\tPhone\nAlba\t312 555 0123\n" {
		t.Errorf("%q, %v", content, err)
	}
	button(t, w, "Undo import").Tapped(nil)
	if _, err := os.Stat(path); err == nil {
		t.Error("what was pasted stays when it is undone")
	}
}

func TestWhatWasSetAsideIsSaved(t *testing.T) {
	s := newShelf()
	a := program(t, s)
	folder := t.TempDir()
	a.WriteRejects = func(_ context.Context, path string, _ view.Store, id campaign.ID) (string, error) {
		return path, os.WriteFile(path, []byte{byte('0' + id)}, 0o600)
	}
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), a, ui.Args{List: "school.csv", Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	button(t, w, "Save what was set aside…").Tapped(nil)
	fill(t, w, "school-set-aside", folder)
	button(t, w, "Save").Tapped(nil)
	if content, err := os.ReadFile(filepath.Join(folder, "school-set-aside.xlsx")); err != nil || string(content) != "1" {
		t.Errorf("%q, %v", content, err)
	}
	must(t, w, "school-set-aside.xlsx")
}

func TestANewerListIsBroughtInAfterAQuestion(t *testing.T) {
	s := running()
	win := opened(t, s, ui.Args{})
	w := win.Content()
	openCard(t, w)
	win.Newer("newer.csv")
	must(t, w, "Bring in newer.csv?", "Whoever was called keeps their result")
	key(w, fyne.KeyReturn)
	if len(s.Updated) != 0 {
		t.Fatal("the harmless answer brings it in")
	}
	win.Newer("newer.csv")
	button(t, w, "Bring in").Tapped(nil)
	if len(s.Updated) != 1 || s.Updated[0].Added == 0 {
		t.Fatalf("brought in: %+v", s.Updated)
	}
	win.Newer("newer.csv")
	win.Newer("unreadable.csv")
	must(t, w, "The newer list could not be read", "The campaign is as it was.")
}
