package ui_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// filled is n campaigns of one person each, of all states in turn.
func filled(n int) *shelf {
	s := newShelf()
	states := []campaign.State{campaign.Finished, campaign.Draft, campaign.Paused, campaign.Stopped}
	for i := range n {
		s.Add(campaign.Campaign{Name: "Campaign " + string(rune('A'+i%26)), State: states[i%len(states)], Created: time.Now()},
			campaign.Contact{Row: 2, Status: campaign.Ready})
	}
	return s
}

// pickLine does what a line of the menu says that has popped up.
func pickLine(t *testing.T, w fyne.Window, words string) {
	t.Helper()
	menu := find[*widget.Menu](t, w)
	for range 20 {
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if at := menu.At(); at >= 0 && menu.Item(at).Words == words {
			menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
	t.Fatalf("the menu has no line %q", words)
}

// menuOf pops up the menu of the first card.
func menuOf(t *testing.T, w fyne.Window) {
	t.Helper()
	w.Canvas().Focus(find[*widget.Cards](t, w))
	key(w, fyne.KeySpace)
}

func TestOfAThousandCampaignsFewCardsAreMade(t *testing.T) {
	w := open(t, filled(1000), ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	cards := find[*widget.Cards](t, w)
	if cards.Count() != 1000 || cards.Made() > 20 {
		t.Errorf("%d cards are made for %d campaigns", cards.Made(), cards.Count())
	}
	w.Canvas().Focus(cards)
	key(w, fyne.KeyEnd)
	key(w, fyne.KeyUp)
	if cards.At() != 996 { // three in a row
		t.Errorf("at card %d", cards.At())
	}
	w.Resize(fyne.NewSize(1920, 1080))
	key(w, fyne.KeyEnd)
	key(w, fyne.KeyUp)
	if cards.At() != 994 || cards.Made() > 40 {
		t.Errorf("at card %d of 5 in a row, %d made", cards.At(), cards.Made())
	}
}

func TestCampaignsAreFoundAsOneTypes(t *testing.T) {
	w := open(t, filled(9), ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	cards := find[*widget.Cards](t, w)
	w.Canvas().Focus(cards)
	cards.TypedRune('z')
	must(t, w, "No campaign is called that")
	key(w, fyne.KeyEscape)
	if cards.Count() != 9 {
		t.Error("Esc does not clear the search")
	}
	cards.TypedRune('z')
	button(t, w, "Clear the search").Tapped(nil)
	if cards.Count() != 9 {
		t.Error("the button does not clear the search")
	}
	find[*widget.Segments](t, w).Choose(1)
	must(t, w, "Nothing was put into the archive yet")
	button(t, w, "Show current campaigns").Tapped(nil)
	must(t, w, "Campaign A")
}

func TestACampaignIsPutAwayAndBroughtBack(t *testing.T) {
	s := filled(1)
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	menuOf(t, w)
	pickLine(t, w, "Archive")
	if s.Archived[1].IsZero() {
		t.Fatal("it was not put away")
	}
	must(t, w, "Every campaign is in the archive", "Archive 1", "“Campaign A” is in the archive")
	link(t, w, "Undo")
	if !s.Archived[1].IsZero() {
		t.Error("Undo does not bring it back")
	}
	must(t, w, "Campaign A", "Archive 0")
}

func TestADuplicateIsADraftThatCanBeUndone(t *testing.T) {
	s := newShelf()
	s.Add(campaign.Campaign{Name: "Snow", State: campaign.Finished}, campaign.Contact{Row: 2, Status: campaign.Reached})
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	button(t, w, "Duplicate last").Tapped(nil)
	if len(s.Campaigns) != 2 || s.Campaigns[1].Name != "Snow (2)" || s.Campaigns[1].State != campaign.Draft {
		t.Fatalf("%+v", s.Campaigns)
	}
	must(t, w, "“Snow (2)” is a draft")
	link(t, w, "Undo")
	if len(s.Campaigns) != 1 {
		t.Error("Undo leaves the draft")
	}
}

func TestACampaignIsRenamed(t *testing.T) {
	s := filled(1)
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	w.Canvas().Focus(find[*widget.Cards](t, w))
	key(w, fyne.KeyF2)
	fill(t, w, "Snow closure")
	button(t, w, "Rename").Tapped(nil)
	must(t, w, "Snow closure")
	if s.Campaigns[0].Name != "Snow closure" {
		t.Errorf("stored as %q", s.Campaigns[0].Name)
	}
	w.Canvas().Focus(find[*widget.Cards](t, w))
	key(w, fyne.KeyF2)
	fill(t, w, strings.Repeat("a", 300))
	must(t, w, "A name has at most 80 characters; this one has 300. Its end is left out.")
	button(t, w, "Rename").Tapped(nil)
	if got := s.Campaigns[0].Name; got != strings.Repeat("a", 80) {
		t.Errorf("stored as %q", got)
	}
}

func TestResultsAreDeletedOnlyAfterAQuestion(t *testing.T) {
	s := newShelf()
	s.Add(campaign.Campaign{Name: "Survey", State: campaign.Finished}, campaign.Contact{Status: campaign.Reached}, campaign.Contact{Status: campaign.Doubt})
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	for _, harmless := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		w.Canvas().Focus(find[*widget.Cards](t, w))
		key(w, fyne.KeyDelete)
		must(t, w, "Delete “Survey” with its results?", "in doubt are")
		key(w, harmless)
	}
	if len(s.Campaigns) != 1 {
		t.Fatal("the harmless answers deleted it")
	}
	key(w, fyne.KeyDelete)
	button(t, w, "Delete").Tapped(nil)
	must(t, w, "Call everybody on a list")
}

func TestANewCampaignBeginsInThreeWays(t *testing.T) {
	w := open(t, filled(1), ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	key(w, fyne.KeyReturn)
	var offers []string
	for _, o := range objects(w) {
		if p, ok := o.(*widget.Pick); ok {
			offers = append(offers, p.Words())
		}
	}
	if want := []string{"Open a spreadsheet…", "Paste a table", "Try the sample"}; !slices.Equal(offers, want) {
		t.Errorf("offered are %q", offers)
	}
	if p, ok := w.Canvas().Focused().(*widget.Pick); !ok || p.Words() != offers[0] {
		t.Error("the first has no focus")
	}
	key(w, fyne.KeyEscape)
	must(t, w, "Campaign A")
}

func TestWhatWasInterruptedIsSaidCalmly(t *testing.T) {
	s := newShelf()
	s.Add(campaign.Campaign{Name: "Flu clinic", State: campaign.Running, Practice: true, Started: time.Now(), Settings: campaign.Settings{}.Complete()},
		campaign.Contact{Status: campaign.Ready}, campaign.Contact{Status: campaign.Doubt})
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	must(t, w, "Rollcall ended while “Flu clinic” was being called.", "Interrupted")
	button(t, w, "Resume…").Tapped(nil)
	must(t, w, "Call up to 1 person?")
}

// broken is a shelf that panics when it is asked for the campaigns.
type broken struct {
	shelf
	whole bool
}

func (b *broken) Summaries(context.Context) ([]campaign.Summary, error) {
	if b.whole {
		return nil, nil
	}
	panic("a mistake of ours about (312) 555-0123")
}

func TestAPageThatBreaksIsReplacedByOneThatSaysSo(t *testing.T) {
	var log strings.Builder
	a, s := program(t, newShelf()), &broken{}
	a.OpenStore = func(context.Context) (view.Store, error) { return s, nil }
	now := func(f func()) { f() }
	app := test.NewTempApp(t)
	w := ui.Open(app, a, ui.Args{}, ui.Bridge{Do: now, Go: now, After: never, Log: slog.New(slog.NewTextHandler(&log, nil))}).Content()
	w.Show()
	must(t, w, "This page broke", "Calls in progress go on")
	if got := log.String(); !strings.Contains(got, "a mistake of ours") || !strings.Contains(got, "home_test.go") {
		t.Errorf("the log says %q", got)
	}
	button(t, w, "Copy details").Tapped(nil)
	if got := app.Clipboard().Content(); !strings.Contains(got, "a mistake of ours about …23") || !strings.Contains(got, "home_test.go") {
		t.Errorf("copied is %q", got)
	}
	button(t, w, "Back to campaigns").Tapped(nil) // breaks again
	must(t, w, "This page broke")
	s.whole = true
	button(t, w, "Back to campaigns").Tapped(nil)
	must(t, w, "Call everybody on a list")
}

func TestAButtonThatBreaksTakesNothingDown(t *testing.T) {
	s := filled(1)
	w := open(t, s, ui.Args{})
	w.Resize(fyne.NewSize(1280, 800))
	button(t, w, "New campaign").OnTapped = func() { panic("a mistake of ours") }
	button(t, w, "New campaign").Tapped(nil)
	must(t, w, "This page broke")
	key(w, fyne.KeyEscape)
	must(t, w, "Campaign A")
}

func TestAFailureCanBeCopied(t *testing.T) {
	a := program(t, newShelf())
	now := func(f func()) { f() }
	app := test.NewTempApp(t)
	w := ui.Open(app, a, ui.Args{List: "unreadable.xlsx"}, ui.Bridge{Do: now, Go: now, After: never}).Content()
	w.Show()
	button(t, w, "Copy details").Tapped(nil)
	if got := app.Clipboard().Content(); !strings.Contains(got, "The list could not be read") || !strings.Contains(got, "this is not a spreadsheet") {
		t.Errorf("copied is %q", got)
	}
	must(t, w, "Details copied")
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == "Go to the message below" {
				i.Action()
			}
		}
	}
	if toast, ok := w.Canvas().Focused().(*widget.Toast); !ok || !toast.Read() {
		t.Fatal("the toast cannot be read by keyboard")
	}
	key(w, fyne.KeyEscape)
	if says(w, "Details copied") {
		t.Error("Esc does not take it away")
	}
}

// trayed is a desktop with a tray.
type trayed struct{ menu *fyne.Menu }

func (d *trayed) SetSystemTrayMenu(m *fyne.Menu) { d.menu = m }

func TestTheTrayIsThereWhereTheDesktopHasOne(t *testing.T) {
	tray := &trayed{}
	now := func(f func()) { f() }
	w := ui.Open(test.NewTempApp(t), program(t, filled(1)), ui.Args{}, ui.Bridge{Do: now, Go: now, After: never, Tray: tray}).Content()
	w.Show()
	if tray.menu == nil {
		t.Fatal("there is no menu")
	}
	var said []string
	for _, i := range tray.menu.Items {
		said = append(said, i.Label)
	}
	if want := []string{"Nobody is being called", "", "Open Rollcall", "Pause all", "", "Quit…"}; !slices.Equal(said, want) {
		t.Errorf("it says %q", said)
	}
	if !tray.menu.Items[3].Disabled {
		t.Error("nobody can be paused")
	}
}
