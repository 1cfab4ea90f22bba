package ui_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// shelf is a store in memory, as far as the pages need one.
type shelf struct {
	lacking
	*campaigntest.Shelf
}

// lacking is what no page here asks for.
type lacking struct{ view.Store }

func newShelf() *shelf { return &shelf{Shelf: &campaigntest.Shelf{}} }

// sheet is a list of three people, two of whom can be called.
func sheet(_ context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
	switch {
	case strings.Contains(path, "unreadable"):
		return nil, errors.New("unreadable.xlsx: this is not a spreadsheet")
	case strings.Contains(path, "nobody"):
		return campaigntest.Table(path, []string{"Parent", "Phone"}), nil
	case strings.Contains(path, "protected") && how.Password != "open sesame":
		return nil, &campaign.FileError{File: path, Fault: campaign.FaultPassword, Tried: how.Password != ""}
	case strings.Contains(path, "damaged") && how.Until == 0:
		return nil, &campaign.FileError{File: path, Fault: campaign.FaultDamaged, Row: 4, Rows: 3, Err: errors.New("it ends in the middle of row 5")}
	}
	t := campaigntest.Table(path, []string{"Parent", "Phone", "Pupil", "Class"},
		[]string{"Alba Applewhistle", "(312) 555-0123", "Zoé", "3a"},
		[]string{"Bram Brindlecap", "6175550142.0", "Søren", "3a"},
		[]string{"Cleo Cobblewick", "none", "Björn", "3b"})
	t.Book.Sheets = []campaign.SheetInfo{{Name: "Term 1", Rows: 4}, {Name: "Term 2", Rows: 1, Hidden: true}}
	t.Sheet = "Term 1"
	return t, nil
}

// open opens a window whose background work is done at once.
func open(t *testing.T, s *shelf, args ui.Args) fyne.Window {
	t.Helper()
	return opened(t, s, args).Content()
}

// never is a clock that stands still: what a window would do later would meet
// what its test does now, on another goroutine.
func never(d time.Duration, f func()) *time.Timer {
	t := time.AfterFunc(d, f)
	t.Stop()
	return t
}

func opened(t *testing.T, s *shelf, args ui.Args) *ui.Window {
	t.Helper()
	return openedWith(t, program(t, s), args)
}

func openedWith(t *testing.T, a *view.App, args ui.Args) *ui.Window {
	t.Helper()
	args.Mode = widget.Light
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), a, args, ui.Bridge{Do: now, Go: now, After: never, Rest: -1})
	w.Content().Show()
	return w
}

// openWith opens a store that is there.
func openWith(s view.Store) func(context.Context) (view.Store, error) {
	return func(context.Context) (view.Store, error) { return s, nil }
}

// program is what main would hand over; without a shelf its folder is in use.
func program(t *testing.T, s *shelf) *view.App {
	t.Helper()
	if s == nil {
		return programOf(t, nil)
	}
	return programOf(t, s)
}

// programOf is what main would hand over with that store.
func programOf(t *testing.T, s view.Store) *view.App {
	t.Helper()
	a := &view.App{
		Log: slog.New(slog.DiscardHandler), DataDir: t.TempDir(), Samples: assets.Samples(), OpenSheet: sheet,
		Hold:      func(string) (func() error, error) { return func() error { return nil }, nil },
		OpenStore: func(context.Context) (view.Store, error) { return s, nil },
		OpenGateway: func(context.Context, view.GatewayConfig) (view.EmbeddedGateway, error) {
			return nil, errors.New("no gateway is started in tests")
		},
		WriteReport: func(_ context.Context, path string, _ view.Store, _ campaign.ID) (string, error) {
			return path, os.WriteFile(path, []byte("a workbook"), 0o600)
		},
		WriteDoNotCall: saveNumbers, WriteOwn: saveResult, WritePrint: saveResult, WritePlain: saveResult,
	}
	if s == nil {
		a.Hold = func(string) (func() error, error) {
			return nil, errors.New("the data folder is in use by rollcall run (process 7)")
		}
	}
	return a
}

// objects are all objects that can be seen; those of the newest question alone
// if one is asked.
func objects(w fyne.Window) []fyne.CanvasObject {
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var all []fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		all = append(all, o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(root)
	return all
}

func says(w fyne.Window, words string) bool {
	return slices.ContainsFunc(objects(w), func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *widget.Text:
			return strings.Contains(o.Words(), words)
		case *widget.Speech:
			return strings.Contains(o.Words(), words)
		case *canvas.Text:
			return strings.Contains(o.Text, words)
		default:
			return false
		}
	})
}

func must(t *testing.T, w fyne.Window, words ...string) {
	t.Helper()
	for _, s := range words {
		if !says(w, s) {
			t.Errorf("the window does not say %q", s)
		}
	}
}

// act does what an item of the main menu does, as its shortcut would.
func act(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == label {
				i.Action()
				return
			}
		}
	}
	t.Fatalf("there is no item %q", label)
}

func button(t *testing.T, w fyne.Window, words string) *widget.Button {
	t.Helper()
	for _, o := range objects(w) {
		if b, ok := o.(*widget.Button); ok && b.Words() == words {
			return b
		}
	}
	t.Fatalf("there is no button %q", words)
	return nil
}

func find[T fyne.CanvasObject](t *testing.T, w fyne.Window) T {
	t.Helper()
	for _, o := range objects(w) {
		if found, ok := o.(T); ok {
			return found
		}
	}
	var none T
	t.Fatalf("there is no %T", none)
	return none
}

// key presses a key where the focus is.
func key(w fyne.Window, name fyne.KeyName) {
	e := &fyne.KeyEvent{Name: name}
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	w.Canvas().OnTypedKey()(e)
}

// openCard opens the first campaign.
func openCard(t *testing.T, w fyne.Window) {
	t.Helper()
	w.Canvas().Focus(find[*widget.Cards](t, w))
	key(w, fyne.KeyReturn)
}

func focused(w fyne.Window) string {
	if b, ok := w.Canvas().Focused().(*widget.Button); ok {
		return b.Words()
	}
	return ""
}

func TestFirstStartOffersSampleAndOwnList(t *testing.T) {
	w := open(t, newShelf(), ui.Args{})
	must(t, w, "Call everybody on a list", "Practice – no phone rings", "Nobody is called until you press Start.")
	button(t, w, "Try the sample")
	button(t, w, "Open a spreadsheet…")
}

func TestListIsUnderstoodThenCalledOnlyAfterACheck(t *testing.T) {
	s := newShelf()
	w := open(t, s, ui.Args{List: "school.csv"})
	must(t, w, "school.csv", "School", "Draft", "2 people ready, 1 set aside", "(617) 555-0142", "6175550142.0", "Bram Brindlecap")
	key(w, fyne.KeyReturn)
	must(t, w, "Greeting", "1 thing to mend before Start")
	find[*widget.Segments](t, w).Choose(3)
	for _, o := range objects(w) {
		if p, ok := o.(*widget.Pick); ok { // the first is the notice, which fits the list
			p.Tapped(nil)
			break
		}
	}
	must(t, w, "The message can be played", "Pupil", "Hello Alba Applewhistle")
	button(t, w, "Continue").Tapped(nil)
	button(t, w, "Continue").Tapped(nil)
	must(t, w, "2 people will be called", "1 will be skipped", "No phone rings", "1 row was set aside at import")
	if c := s.Campaigns; len(c) != 1 || c[0].State != campaign.Draft || !c[0].Started.IsZero() || c[0].Flow.Source != "sample:notice.vxml" {
		t.Errorf("after the check: %+v", c)
	}
	key(w, fyne.KeyEscape)
	must(t, w, "Calling hours")
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn) // all has been said: it is started
	must(t, w, "The calls could not be started", "No gateway is started in tests.", "Nobody has been called.")
	if len(s.Campaigns) != 1 || len(s.Undone) != 0 {
		t.Errorf("started: %d drafts, %d undone", len(s.Campaigns), len(s.Undone))
	}
}

func TestWhereTelephonesRingTheHarmlessAnswerHasTheFocus(t *testing.T) {
	gateway := httptest.NewServer(http.NotFoundHandler())
	defer gateway.Close()
	s := newShelf()
	c := s.Add(campaign.Campaign{Name: "Real", State: campaign.Draft,
		Settings: campaign.Settings{Gateway: gateway.URL}.Complete()}, campaign.Contact{Status: campaign.Ready})
	w := open(t, s, ui.Args{})
	button(t, w, "Continue").Tapped(nil)
	if says(w, "Practice – no phone rings") {
		t.Error("a campaign for a real gateway is called practice")
	}
	button(t, w, "Start calling…").Tapped(nil)
	must(t, w, "Real telephones ring.", strings.TrimPrefix(gateway.URL, "http://"))
	if got := focused(w); got != "Not yet" {
		t.Errorf("the focus is on %q", got)
	}
	key(w, fyne.KeyReturn)
	if got, _ := s.Campaign(t.Context(), c.ID); got.State != campaign.Draft {
		t.Errorf("Enter started it: %s", got.State)
	}
}

func TestADraftIsRemovedOnlyAfterAQuestion(t *testing.T) {
	s := newShelf()
	s.Add(campaign.Campaign{Name: "Old", State: campaign.Draft}, campaign.Contact{Status: campaign.Ready})
	w := open(t, s, ui.Args{})
	button(t, w, "Continue").Tapped(nil)
	for _, harmless := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		button(t, w, "Remove…").Tapped(nil)
		key(w, harmless)
	}
	if len(s.Undone) != 0 {
		t.Fatal("the harmless answers removed it")
	}
	button(t, w, "Remove…").Tapped(nil)
	button(t, w, "Remove").Tapped(nil)
	must(t, w, "Call everybody on a list")
}

func TestUnreadableListSaysWhatItMeans(t *testing.T) {
	w := open(t, newShelf(), ui.Args{List: "unreadable.xlsx"})
	must(t, w, "The list could not be read", "unreadable.xlsx: this is not a spreadsheet.", "Nobody is called because of this.")
	key(w, fyne.KeyReturn)
	must(t, w, "Call everybody on a list")
}

func TestAFolderInUseIsSaidInWords(t *testing.T) {
	w := open(t, nil, ui.Args{})
	must(t, w, "The campaigns could not be opened", "rollcall run", "Nobody is called from this window.")
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil && !i.Disabled && !slices.Contains([]string{"Quit", "Light", "Dark", "Light or dark as the system", "Guide", "Compact rows", "Comfortable rows", "Roomy rows"}, i.Label) {
				t.Errorf("%s can be chosen", i.Label)
			}
		}
	}
}

// running is a campaign on the shelf, as a crash left it.
func running() *shelf {
	var rows []campaign.Contact
	for i, status := range campaign.Statuses() {
		rows = append(rows, campaign.Contact{Row: i + 2, Name: "Person " + string(rune('A'+i)), Number: "+13125550123", Status: status, Tries: 1})
	}
	s := newShelf()
	s.Add(campaign.Campaign{Name: "Flu clinic", State: campaign.Paused, Practice: true, Started: time.Now(),
		Settings: campaign.Settings{}.Complete()}, rows...)
	return s
}

func TestLiveShowsRowsFiltersAndDetails(t *testing.T) {
	w := open(t, running(), ui.Args{})
	must(t, w, "Flu clinic", "Paused", "6 of 11 done")
	w.Resize(fyne.NewSize(1280, 800))
	openCard(t, w)
	must(t, w, "Practice – no phone rings", "Person A", "(312) 555-0123", "In doubt", "5 still to call")
	button(t, w, "Resume")
	grid := find[*widget.Grid](t, w)
	grid.Choose(8)
	must(t, w, "Row 10 · (312) 555-0123", "May not be called", "1 try so far, 3 allowed", "Nobody can tell what time")
	key(w, fyne.KeyEscape)
	if says(w, "May not be called") {
		t.Error("Esc does not close the details")
	}
	find[*widget.Tile](t, w).Tapped(nil)
	if got := grid.Rows(); got != 1 {
		t.Errorf("%d rows are reached, want 1", got)
	}
	grid.TypedRune('z') // typing in the grid searches
	w.Canvas().Focused().TypedRune('z')
	must(t, w, "Nobody who is ‘Reached’ matches ‘zz’", "Show all")
}

func TestResultsOfAnUnfinishedCampaignSaySo(t *testing.T) {
	s := running()
	s.Campaigns[0].State = campaign.Finished
	w := open(t, s, ui.Args{})
	openCard(t, w)
	must(t, w, "What came of it", "12 people", "Practice – no phone rings", "These are practice results")
	button(t, w, "Result workbook")
}

func TestEveryActionHasAShortcutOfItsOwn(t *testing.T) {
	w := open(t, newShelf(), ui.Args{})
	seen := map[string]string{}
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.IsSeparator {
				continue
			}
			s := i.Shortcut
			if s == nil {
				t.Errorf("%s has no shortcut", i.Label)
				continue
			}
			if other, taken := seen[s.ShortcutName()]; taken {
				t.Errorf("%s and %s share %s", i.Label, other, s.ShortcutName())
			}
			seen[s.ShortcutName()] = i.Label
		}
	}
}

func TestTheUserSaysWhatAColumnIs(t *testing.T) {
	w := open(t, newShelf(), ui.Args{List: "school.csv"})
	w.Resize(fyne.NewSize(1280, 800))
	must(t, w, "2 people ready, 1 set aside")
	take := func(from, to string) {
		t.Helper()
		for _, o := range objects(w) {
			if d, ok := o.(*widget.Drop); ok && d.Words() == from {
				d.Choose(to)
				return
			}
		}
		t.Fatalf("no column is %q", from)
	}
	take("Phone number", "Own column")
	must(t, w, "No column is the phone number yet.")
	if !button(t, w, "Continue").Disabled() {
		t.Error("people without numbers can be called")
	}
	if d, ok := w.Canvas().Focused().(*widget.Drop); !ok || d.Words() != "Own column" {
		t.Error("the column that was changed has lost the focus")
	}
	w.Canvas().Focused().(*widget.Drop).Choose("Phone number") // undone by choosing again
	must(t, w, "2 people ready, 1 set aside")
	if button(t, w, "Continue").Disabled() {
		t.Error("the way on stays shut")
	}
}

func TestWhatIsDroppedTakesTheSamePath(t *testing.T) {
	w := opened(t, newShelf(), ui.Args{})
	win := w.Content()
	flow := filepath.Join(t.TempDir(), "own.vxml")
	text := `<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">
<form><block><prompt>Hello ${Parent}.</prompt></blok></form></vxml>`
	if err := os.WriteFile(flow, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Dropped([]fyne.URI{storage.NewFileURI(flow)}) // there is no list yet
	must(t, win, "This file cannot be opened here", "Drop a list first")
	key(win, fyne.KeyEscape)
	w.Dropped(nil)
	must(t, win, "Call everybody on a list")
	w.Dropped([]fyne.URI{storage.NewFileURI("/lists/SCHOOL.CSV")})
	must(t, win, "SCHOOL.CSV", "2 people ready, 1 set aside")
	key(win, fyne.KeyReturn)
	w.Dropped([]fyne.URI{storage.NewFileURI(flow)})
	must(t, win, "The message has 1 mistake", "Line 2, column", "own.vxml")
	must(t, win, "1 thing to mend before Start", "VoiceXML")
	button(t, win, "Continue").Tapped(nil)
	button(t, win, "Continue").Tapped(nil)
	if !button(t, win, "Start calling").Disabled() {
		t.Error("people can be called with a mistake")
	}
}

func TestTheWorkbookIsWrittenWhereItIsSaid(t *testing.T) {
	s := running()
	s.Campaigns[0].State = campaign.Finished
	win := open(t, s, ui.Args{})
	openCard(t, win)
	folder := t.TempDir()
	old := filepath.Join(folder, "old.xlsx")
	if err := os.WriteFile(old, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	save := func(name, in string) {
		t.Helper()
		button(t, win, "Result workbook").Tapped(nil)
		fill(t, win, name, in)
		button(t, win, "Save").Tapped(nil)
	}
	save("a/b", folder)
	must(t, win, "It cannot be saved there", "Nothing was written.")
	key(win, fyne.KeyEscape)
	key(win, fyne.KeyEscape)
	if win.Canvas().Overlays().Top() != nil {
		t.Fatal("Esc in a field does not close the question")
	}
	save("old", folder) // without its ending
	must(t, win, "Replace this file?")
	key(win, fyne.KeyReturn)
	if got, err := os.ReadFile(old); err != nil || string(got) != "kept" {
		t.Errorf("Enter replaced a file: %q %v", got, err)
	}
	save("new", folder)
	must(t, win, "Saved as new.xlsx")
	save("old", folder)
	button(t, win, "Replace").Tapped(nil)
	must(t, win, "Saved as old.xlsx")
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 2 {
		t.Errorf("in the folder: %v %v", files, err)
	}
}

// fill writes into the fields of a question, in their order.
func fill(t *testing.T, w fyne.Window, texts ...string) {
	t.Helper()
	for _, o := range objects(w) {
		if e, ok := o.(interface{ SetText(string) }); ok && len(texts) > 0 {
			if _, entry := o.(fyne.Focusable); entry {
				e.SetText(texts[0])
				texts = texts[1:]
			}
		}
	}
	if len(texts) > 0 {
		t.Fatalf("no fields for %q", texts)
	}
}

func TestALongReadingIsShownAndCanBeGivenUp(t *testing.T) {
	var work []func()
	later := func(f func()) { work = append(work, f) }
	app := test.NewTempApp(t)
	w := ui.Open(app, program(t, newShelf()), ui.Args{Mode: widget.Light}, ui.Bridge{Do: func(f func()) { f() }, Go: later})
	step := func() { f := work[0]; work = work[1:]; f() }
	win := w.Content()
	win.Show()
	step() // the campaigns are read
	must(t, win, "Call everybody on a list")
	w.Dropped([]fyne.URI{storage.NewFileURI("/lists/first.csv")})
	w.Dropped([]fyne.URI{storage.NewFileURI("/lists/second.csv")}) // gives up the first
	step()
	must(t, win, "Call everybody on a list")
	step()
	must(t, win, "second.csv")
}

func TestAShortcutBeforeTheFirstPageDoesNothing(t *testing.T) {
	var work []func()
	w := ui.Open(test.NewTempApp(t), program(t, newShelf()), ui.Args{}, ui.Bridge{Do: func(f func()) { f() }, Go: func(f func()) { work = append(work, f) }})
	for _, m := range w.Content().MainMenu().Items {
		for _, i := range m.Items {
			if i.Action != nil && i.Label != "Quit" && i.Label != "Open list…" && i.Label != "New campaign…" && i.Label != "Import do-not-call list…" {
				i.Action()
			}
		}
	}
	if len(work) == 0 {
		t.Fatal("the campaigns are not read")
	}
	work[0]()
	must(t, w.Content(), "Call everybody on a list")
}
