package ui_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// settings opens a section of the settings.
func settings(t *testing.T, w fyne.Window, section string) {
	t.Helper()
	act(t, w, "Settings")
	for _, o := range objects(w) {
		if item, ok := o.(*widget.SideItem); ok && item.AccessibilityLabel() == section {
			item.Tapped(nil)
			return
		}
	}
	t.Fatalf("there is no section %q", section)
}

// field is the nth field of the page.
func field(t *testing.T, w fyne.Window, n int) *fynewidget.Entry {
	t.Helper()
	for _, o := range objects(w) {
		if e, ok := o.(interface{ SelectedText() string }); ok {
			if n == 0 {
				return entryOf(t, e)
			}
			n--
		}
	}
	t.Fatal("there is no such field")
	return nil
}

func drops(w fyne.Window) (all []*widget.Drop) {
	for _, o := range objects(w) {
		if d, ok := o.(*widget.Drop); ok {
			all = append(all, d)
		}
	}
	return all
}

// ours is a gateway that takes a request and removes it.
func ours(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(gateway.HeaderGateway, "0.1.0")
		switch r.URL.Path {
		case gateway.PathAbout:
			_, _ = w.Write([]byte(`{"version":"0.1.0","lines":12}`))
		case gateway.PathCall:
			_, _ = w.Write(gateway.FormatAccepted(time.Now(), 7))
		case gateway.PathRemove:
			_, _ = w.Write([]byte(gateway.Removed))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestAGatewayIsAddedTestedAndSaved(t *testing.T) {
	s := newShelf()
	w := open(t, s, ui.Args{})
	settings(t, w, "Gateways")
	must(t, w, "Built-in gateway", "Practice – no phone rings", "Starts with the first call")
	button(t, w, "Add a gateway").Tapped(nil)
	must(t, w, "New gateway")
	if focused := w.Canvas().Focused(); focused == nil {
		t.Error("nothing has the keys")
	}
	key(w, fyne.KeyReturn) // Enter tests
	must(t, w, "Type the name or the number")
	field(t, w, 0).SetText("Front office")
	field(t, w, 1).SetText(strings.TrimPrefix(ours(t).URL, "http://"))
	if says(w, "Type the name or the number") {
		t.Error("what was wrong is said when it no longer is")
	}
	key(w, fyne.KeyReturn)
	must(t, w, "It is a gateway of Rollcall", "12 lines, version 0.1.0", "It takes a request and removes it", "Copy details")
	if len(s.Office.Gateways) != 0 {
		t.Fatal("a test saves")
	}
	key(w, fyne.KeyReturn) // Enter saves now
	if g := s.Office.Gateways; len(g) != 1 || g[0].Name != "Front office" || g[0].Patience != gateway.DefaultTimeout {
		t.Fatalf("saved: %+v", g)
	}
	must(t, w, "Gateway saved", "Ready, ")
	if !button(t, w, "Save").Disabled() {
		t.Error("there is something to save")
	}
}

func TestWhatWasTypedIsThrownAwayOnlyAfterAQuestion(t *testing.T) {
	s := newShelf()
	s.Office.Gateways = []campaign.OfficeGateway{{Name: "Front office", URL: "http://192.0.2.10:8155", Lines: 12}}
	w := open(t, s, ui.Args{})
	settings(t, w, "Gateways")
	row(t, w, "Front office").Tapped(nil)
	field(t, w, 0).SetText("Back office")
	row(t, w, "Built-in gateway").Tapped(nil)
	must(t, w, "Throw away what was typed?")
	if got := focused(w); got != "Keep it" {
		t.Errorf("the focus is on %q", got)
	}
	key(w, fyne.KeyReturn)
	act(t, w, "Campaigns") // other pages keep it as well
	settings(t, w, "Look")
	settings(t, w, "Gateways")
	if got := field(t, w, 0).Text; got != "Back office" {
		t.Fatalf("what was typed has become %q", got)
	}
	w.Canvas().Unfocus()
	key(w, fyne.KeyEscape)
	button(t, w, "Throw away").Tapped(nil)
	if got := field(t, w, 0).Text; got != "Front office" || s.Office.Gateways[0].Name != "Front office" {
		t.Errorf("after it was thrown away: %q", got)
	}
}

func row(t *testing.T, w fyne.Window, name string) *widget.ListRow {
	t.Helper()
	for _, o := range objects(w) {
		if r, ok := o.(*widget.ListRow); ok && r.Words() == name {
			return r
		}
	}
	t.Fatalf("there is no row %q", name)
	return nil
}

// entryOf is the toolkit's entry within a field.
func entryOf(t *testing.T, o any) *fynewidget.Entry {
	t.Helper()
	if e, ok := o.(*fynewidget.Entry); ok {
		return e
	}
	e, ok := ui.EntryOf(o)
	if !ok {
		t.Fatalf("%T is no field", o)
	}
	return e
}

func TestAGatewayInUseIsNotRemoved(t *testing.T) {
	s := newShelf()
	s.Office.Gateways = []campaign.OfficeGateway{{Name: "Front office", URL: "http://192.0.2.10:8155", Lines: 12}}
	c := s.Add(campaign.Campaign{Name: "Flu clinic", State: campaign.Paused, Settings: campaign.Settings{Gateway: "http://192.0.2.10:8155"}})
	w := open(t, s, ui.Args{})
	settings(t, w, "Gateways")
	remove := func() {
		for _, o := range objects(w) {
			if b, ok := o.(*widget.Button); ok && b.AccessibilityLabel() == "What can be done with Front office" {
				b.Tapped(nil)
			}
		}
		menu := find[*widget.Menu](t, w)
		menu.TypedRune('R')
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	remove()
	must(t, w, "Front office cannot be removed now", "Flu clinic")
	key(w, fyne.KeyEscape)
	c.State = campaign.Finished
	s.Campaigns[0] = c
	settings(t, w, "Gateways")
	remove()
	button(t, w, "Remove").Tapped(nil)
	if len(s.Office.Gateways) != 0 {
		t.Error("it is still there")
	}
}

func TestOfficeDefaultsAreKeptAtOnceAndUsed(t *testing.T) {
	s := newShelf()
	w := open(t, s, ui.Args{})
	settings(t, w, "Rules of the trade")
	drops(w)[0].Choose("European Union")
	drops(w)[1].Choose("10:00")
	if s.Office.Law != campaign.LawEurope || campaign.WeekString(s.Office.Hours) != "Mo-Fr 10-20, Sa-Su 9-20" {
		t.Errorf("kept: %s, %s", s.Office.Law, campaign.WeekString(s.Office.Hours))
	}
	settings(t, w, "Language and region")
	country := field(t, w, 0)
	w.Canvas().Focus(country)
	country.SetText("Ge") // Georgia, on the way to
	country.SetText("Germany")
	if s.Office.Region != "" {
		t.Errorf("kept while it was typed: %s", s.Office.Region)
	}
	must(t, w, "Germany")
	country.SetText("Atlantis")
	must(t, w, "No country is called that")
	country.SetText("Germany")
	act(t, w, "Campaigns")
	if s.Office.Region != "DE" {
		t.Fatalf("not kept: %q", s.Office.Region)
	}
	w = open(t, s, ui.Args{List: "school.csv"})
	if c := s.Campaigns[0]; c.Settings.Region != "DE" || c.Settings.Law != campaign.LawEurope {
		t.Errorf("a new campaign begins with %s, %s", c.Settings.Region, c.Settings.Law)
	}
	must(t, w, "school.csv")
}

func TestWhatCannotBeKeptTogetherIsSaid(t *testing.T) {
	s := newShelf()
	w := open(t, s, ui.Args{})
	settings(t, w, "Data and back-up")
	drops(w)[0].Choose("180 days")
	must(t, w, "Results are kept at least as long as calls")
	if s.Office.Keep.Results != 0 {
		t.Error("it was stored")
	}
	drops(w)[1].Choose("90 days")
	if want := (campaign.Retention{Results: 180, Calls: 90, Records: 90}); s.Office.Keep != want {
		t.Errorf("stored: %+v", s.Office.Keep)
	}
}

func TestTheLookIsChosenAndKept(t *testing.T) {
	w := open(t, newShelf(), ui.Args{})
	settings(t, w, "Look")
	for _, o := range objects(w) {
		if p, ok := o.(*widget.Pick); ok && strings.HasPrefix(p.AccessibilityLabel(), "Compact") {
			p.Tapped(nil)
			break
		}
	}
	if got := fyne.CurrentApp().Preferences().String("density"); got != string(widget.Compact) {
		t.Errorf("rows are %q", got)
	}
	settings(t, w, "Start-up")
	for _, o := range objects(w) {
		if s, ok := o.(*widget.Switch); ok && s.Words() == "Tell me when something needs me" {
			s.Tapped(nil)
		}
	}
	if fyne.CurrentApp().Preferences().BoolWithFallback("notify", true) {
		t.Error("it cannot be switched off")
	}
}

func TestTheWindowIsAsLargeAsItWas(t *testing.T) {
	s := newShelf()
	app := test.NewTempApp(t)
	now := func(f func()) { f() }
	open := func() fyne.Window {
		w := ui.Open(app, program(t, s), ui.Args{Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never}).Content()
		w.Show()
		return w
	}
	w := open()
	w.Resize(fyne.NewSize(1500, 900))
	w.Close()
	again := open()
	if got := again.Canvas().Size(); got.Width != 1500 || got.Height != 900 {
		t.Errorf("it is %v", got)
	}
	settings(t, again, "Look")
	button(t, again, "Reset the window").Tapped(nil)
	if got := again.Canvas().Size(); got.Width != 1280 || got.Height != 800 {
		t.Errorf("reset to %v", got)
	}
	app.Preferences().SetInt("window-width", 3)
	if got := open().Canvas().Size(); got.Width < 800 {
		t.Errorf("too small to be used: %v", got)
	}
}

// copies is a window whose back-ups are made of nothing.
func copies(t *testing.T, swap func() error) (w *ui.Window, staged, dropped *int) {
	t.Helper()
	staged, dropped = new(int), new(int)
	a := program(t, newShelf())
	a.Backup = func(_ context.Context, _, to string) ([]string, error) { return nil, os.MkdirAll(to, 0o700) }
	a.Restorer = view.Restorer{
		Stage: func(_ context.Context, _, from string, _ *slog.Logger) (campaign.Backup, error) {
			*staged++
			if strings.Contains(from, "empty") {
				return campaign.Backup{}, errors.New("there is no back-up of Rollcall in this folder")
			}
			return campaign.Backup{Campaigns: 2, People: 300, Newest: time.Now()}, nil
		},
		Drop: func(string) error { *dropped++; return nil },
		Swap: func(context.Context, string, *slog.Logger) (string, error) { return "/data/before-restore", swap() },
	}
	now := func(f func()) { f() }
	w = ui.Open(test.NewTempApp(t), a, ui.Args{Mode: widget.Light}, ui.Bridge{Do: now, Go: now, After: never})
	w.Content().Show()
	return w, staged, dropped
}

func TestABackupIsMadeAndPutInPlaceAfterAQuestion(t *testing.T) {
	swaps := 0
	w, staged, dropped := copies(t, func() error { swaps++; return nil })
	folder := filepath.Join(t.TempDir(), "copy")
	w.Backup(folder)
	must(t, w.Content(), "Backed up into copy")
	w.Restore("empty")
	must(t, w.Content(), "This back-up cannot be used", "There is no back-up of Rollcall in this folder.", "Everything is as it was.")
	key(w.Content(), fyne.KeyReturn)
	w.Restore(folder)
	must(t, w.Content(), "It holds 2 campaigns with 300 people.", "whoever was called since may be called again")
	if got := focused(w.Content()); got != "Keep what is there" || swaps != 0 {
		t.Errorf("the focus is on %q, %d swaps", got, swaps)
	}
	key(w.Content(), fyne.KeyReturn)
	if *dropped != 1 || swaps != 0 || *staged != 2 {
		t.Errorf("staged %d, dropped %d, swapped %d", *staged, *dropped, swaps)
	}
	w.Restore(folder)
	button(t, w.Content(), "Restore").Tapped(nil)
	must(t, w.Content(), "Restored; what was there is kept in before-restore")
	if swaps != 1 {
		t.Errorf("%d swaps", swaps)
	}
}

func TestARestoreThatFailsSaysWhatToDo(t *testing.T) {
	w, _, _ := copies(t, func() error { return errors.New("the disk is full") })
	w.Restore("copy")
	button(t, w.Content(), "Restore").Tapped(nil)
	must(t, w.Content(), "The back-up could not be put in place", "The disk is full.", "What was there is kept.")
}

func TestTheGuideOpensAtThePageThatIsShown(t *testing.T) {
	w := open(t, newShelf(), ui.Args{})
	key(w, fyne.KeyF1)
	must(t, w, "Your first list", "See it work first")
	settings(t, w, "Gateways")
	w.Canvas().Unfocus()
	key(w, fyne.KeyF1)
	must(t, w, "A gateway elsewhere")
	search := field(t, w, 0)
	search.SetText("xylophone")
	must(t, w, "Nothing is found about ‘xylophone’")
	search.SetText("voicent")
	must(t, w, "1 chapter about ‘voicent’")
	search.OnSubmitted("voicent")
	must(t, w, "A gateway elsewhere")
	for section, text := range map[string]string{"What is new": assets.Version, "About Rollcall": "Version " + assets.Version, "Keyboard": "Open list"} {
		for _, o := range objects(w) {
			if item, ok := o.(*widget.SideItem); ok && item.AccessibilityLabel() == section {
				item.Tapped(nil)
				break
			}
		}
		must(t, w, text)
	}
	w.Canvas().Unfocus()
	key(w, fyne.KeyEscape)
	must(t, w, "Call everybody on a list")
}

func TestAVisitOpensItsFiles(t *testing.T) {
	s := newShelf()
	w := opened(t, s, ui.Args{})
	w.Visit(view.Visit{})
	must(t, w.Content(), "Call everybody on a list")
	w.Visit(view.Visit{Files: []string{"/lists/school.csv", "/lists/clinic.csv"}})
	must(t, w.Content(), "school.csv", "clinic.csv is a draft now")
	if len(s.Campaigns) != 2 {
		t.Errorf("%d drafts", len(s.Campaigns))
	}
	w.Visit(view.Visit{Files: []string{"/lists/school.csv", "/lists/unreadable.csv"}})
	must(t, w.Content(), "1 list could not be read", "Nobody is called because of this.")
}

func TestAListWithoutRowsIsNoDraft(t *testing.T) {
	s := newShelf()
	w := opened(t, s, ui.Args{})
	w.Visit(view.Visit{Files: []string{"/lists/school.csv", "/lists/nobody.csv"}})
	must(t, w.Content(), "1 list could not be read", "nobody.csv has no rows below its headings")
	if len(s.Campaigns) != 1 {
		t.Errorf("%d drafts", len(s.Campaigns))
	}
}

func TestACrashIsOfferedOnce(t *testing.T) {
	w := opened(t, newShelf(), ui.Args{})
	path := filepath.Join(t.TempDir(), "report.txt")
	report := func() view.CrashReport {
		if err := os.WriteFile(path, []byte("panic: the roof came down"), 0o600); err != nil {
			t.Fatal(err)
		}
		return view.CrashReport{Path: path, At: time.Now()}
	}
	w.OfferCrash(report())
	must(t, w.Content(), "Rollcall ended unexpectedly", "nobody is called twice because of it")
	button(t, w.Content(), "Copy").Tapped(nil)
	if got := fyne.CurrentApp().Clipboard().Content(); got != "panic: the roof came down" {
		t.Errorf("copied %q", got)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it would be offered again")
	}
	w.OfferCrash(report())
	button(t, w.Content(), "Delete").Tapped(nil)
	if _, err := os.Stat(path); err == nil {
		t.Error("it is still there")
	}
}
