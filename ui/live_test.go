package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign"
	"rollcall/ui"
	"rollcall/ui/widget"
)

// live opens the live page of a campaign of twelve people, one in each state.
func live(t *testing.T, s *shelf) (*ui.Window, fyne.Window, *widget.Grid) {
	t.Helper()
	w := opened(t, s, ui.Args{})
	win := w.Content()
	win.Resize(fyne.NewSize(1280, 800))
	openCard(t, win)
	if s.Campaigns[0].State.Over() {
		steps := find[*widget.Steps](t, win)
		steps.FocusGained()
		steps.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		steps.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	return w, win, find[*widget.Grid](t, win)
}

// rowOf is the row of the grid of somebody in a state.
func rowOf(t *testing.T, s *shelf, status campaign.Status) int {
	t.Helper()
	at := slices.IndexFunc(s.Rows, func(c campaign.Contact) bool { return c.Status == status })
	if at < 0 {
		t.Fatalf("nobody is %s", status)
	}
	return at
}

// menuItem is an item of the menu bar.
func menuItem(t *testing.T, w fyne.Window, label string) *fyne.MenuItem {
	t.Helper()
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == label {
				return i
			}
		}
	}
	t.Fatalf("there is no item %q", label)
	return nil
}

// fromMenu chooses from a menu that has popped up.
func fromMenu(t *testing.T, w fyne.Window, first rune) {
	t.Helper()
	m, ok := w.Canvas().Overlays().Top().(*widget.Menu)
	if !ok {
		t.Fatal("no menu has popped up")
	}
	m.TypedRune(first)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestLeavingOutIsUndone(t *testing.T) {
	s := running()
	_, win, grid := live(t, s)
	at := rowOf(t, s, campaign.Ready)
	grid.Choose(at)
	grid.OnMenu(at, fyne.NewPos(300, 300))
	fromMenu(t, win, 'L')
	if s.Rows[at].Status != campaign.Skipped {
		t.Fatalf("the row is %s", s.Rows[at].Status)
	}
	must(t, win, "1 person is left out", "Left out by you", "Put back in")
	link(t, win, "Undo")
	if s.Rows[at].Status != campaign.Ready {
		t.Errorf("undone, the row is %s", s.Rows[at].Status)
	}
	must(t, win, "Undone", "Not called yet")
}

func TestNumbersAreForbiddenAfterAQuestion(t *testing.T) {
	s := running()
	_, win, grid := live(t, s)
	grid.Choose(rowOf(t, s, campaign.Waiting))
	button(t, win, "Do not call…").Tapped(nil)
	must(t, win, "Never call 1 person again?", "the do-not-call list of this")
	key(win, fyne.KeyReturn)
	if len(s.Entries) != 0 {
		t.Fatal("Enter, which is to be harmless, has forbidden it")
	}
	button(t, win, "Do not call…").Tapped(nil)
	button(t, win, "Do not call").Tapped(nil)
	if len(s.Entries) != 1 || s.Entries[0].Campaign == 0 {
		t.Fatalf("on the list: %+v", s.Entries)
	}
	link(t, win, "Undo")
	if len(s.Entries) != 0 {
		t.Errorf("undone, on the list are %+v", s.Entries)
	}
}

func TestPeopleAreCalledAgainInACampaignThatIsOver(t *testing.T) {
	s := running()
	s.Campaigns[0].State, s.Campaigns[0].Ended = campaign.Stopped, time.Now()
	_, win, grid := live(t, s)
	if menuItem(t, win, "Call those not reached again…").Disabled || !menuItem(t, win, "Call again…").Disabled {
		t.Error("the menu does not offer what is possible")
	}
	grid.SelectAll()
	must(t, win, "12 people chosen", "Leave out…")
	if menuItem(t, win, "Call again…").Disabled {
		t.Error("nobody can be called again")
	}
	button(t, win, "Call again…").Tapped(nil)
	must(t, win, "Call 5 people again?", "limits and the do-not-call", "press Resume.")
	button(t, win, "Call again").Tapped(nil)
	must(t, win, "5 people are called again", "Paused")
	if c := s.Campaigns[0]; c.State != campaign.Paused || !c.Ended.IsZero() {
		t.Errorf("the campaign: %+v", c)
	}
	button(t, win, "Resume")
}

func TestThoseNotReachedAreCalledAgain(t *testing.T) {
	s := running()
	_, win, _ := live(t, s)
	at := rowOf(t, s, campaign.Unreached)
	menuItem(t, win, "Call those not reached again…").Action()
	if s.Rows[at].Status != campaign.Waiting {
		t.Errorf("the row is %s", s.Rows[at].Status)
	}
	must(t, win, "1 person is called again")
	menuItem(t, win, "Call those not reached again…").Action()
	must(t, win, "Nobody is ‘Not reached’ now")
}

func TestADoubtIsDecidedWhereItIsSeen(t *testing.T) {
	for _, test := range []struct {
		answer string
		want   campaign.Status
	}{{"It was called", campaign.Failed}, {"It was not: call again", campaign.Ready}} {
		s := running()
		_, win, grid := live(t, s)
		at := rowOf(t, s, campaign.Doubt)
		grid.Choose(at)
		must(t, win, "May or may not have been called.")
		button(t, win, test.answer).Tapped(nil)
		if s.Rows[at].Status != test.want {
			t.Errorf("%s: the row is %s", test.answer, s.Rows[at].Status)
		}
	}
}

// stepButtons are those of the two numbers: fewer and more, of each.
func stepButtons(t *testing.T, all []fyne.CanvasObject) (buttons []*widget.Button) {
	t.Helper()
	for _, o := range all {
		if stepper, ok := o.(*widget.Stepper); ok {
			for _, part := range test.WidgetRenderer(stepper).Objects() {
				buttons = append(buttons, buttonsIn(part)...)
			}
		}
	}
	if len(buttons) < 4 {
		t.Fatalf("%d buttons at the numbers, want 4", len(buttons))
	}
	return buttons
}

// In a window that is too narrow for the controls.
func TestLinesAndPaceAreInTheMenuToo(t *testing.T) {
	s := running()
	_, win, _ := live(t, s)
	act(t, win, "Lines and pace…")
	must(t, win, "Lines and pace", "Changes hold from the next call on")
	all := stepButtons(t, objects(win))
	asked := all[len(all)-4:]
	asked[1].Tapped(nil)
	asked[1].Tapped(nil)
	asked[2].Tapped(nil)
	key(win, fyne.KeyEscape)
	if got := s.Campaigns[0].Settings; got.Lines != 6 || got.Rate != 10 {
		t.Errorf("%d lines, %v calls a second; want 6 and 10", got.Lines, got.Rate)
	}
	if says(win, "Lines and pace") {
		t.Error("Esc does not close it")
	}
}

func TestLinesAndRateAreStoredAtOnce(t *testing.T) {
	s := running()
	_, win, _ := live(t, s)
	more := stepButtons(t, objects(win))
	more[1].Tapped(nil) // more lines
	more[2].Tapped(nil) // fewer calls a minute than any number
	if got := s.Campaigns[0].Settings; got.Lines != 5 || got.Rate != 10 {
		t.Errorf("%d lines, %v calls a second; want 5 and 10", got.Lines, got.Rate)
	}
	must(t, win, "600")
}

// buttonsIn are the buttons within an object.
func buttonsIn(o fyne.CanvasObject) []*widget.Button {
	switch o := o.(type) {
	case *widget.Button:
		return []*widget.Button{o}
	case *fyne.Container:
		var all []*widget.Button
		for _, part := range o.Objects {
			all = append(all, buttonsIn(part)...)
		}
		return all
	case fyne.Widget:
		var all []*widget.Button
		for _, part := range test.WidgetRenderer(o).Objects() {
			all = append(all, buttonsIn(part)...)
		}
		return all
	}
	return nil
}

func TestWhyNotMoreIsSaidInWords(t *testing.T) {
	_, win, _ := live(t, running())
	link(t, win, "Why not more?")
	must(t, win, "The campaign is paused. Resume lets calls begin again.")
	key(win, fyne.KeyEscape)
	if win.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close it")
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	s := running()
	s.Campaigns[0].List.Columns = []string{"Doctor"}
	for i := range s.Rows {
		s.Rows[i].Cells = []string{"Dr. Alder"}
	}
	w, win, grid := live(t, s)
	if says(win, "Dr. Alder") {
		t.Error("the list's own columns are shown before anybody wants them")
	}
	grid.HideColumn("list:Doctor", false)
	grid.HideColumn("number", true)
	grid.MoveColumn("list:Doctor", 1)
	menuItem(t, win, "Roomy rows").Action()
	menuItem(t, win, "Campaigns").Action()
	openCard(t, w.Content())
	again := find[*widget.Grid](t, win)
	if got := again.Titles(); !slices.Equal(got, []string{"Row", "Doctor", "Name", "State", "What happened", "Next call"}) {
		t.Errorf("columns %q", got)
	}
	if again.Density != widget.Roomy {
		t.Errorf("the rows are %q", again.Density)
	}
	must(t, win, "Dr. Alder")
}

func TestRowsAreCopiedAsCells(t *testing.T) {
	_, win, grid := live(t, running())
	grid.SelectAll()
	grid.Copy()
	text := fyne.CurrentApp().Clipboard().Content()
	if lines := strings.Split(text, "\n"); len(lines) != 14 || lines[0] != "Row\tName\tNumber\tState\tWhat happened\tNext call" ||
		lines[1] != "2\tPerson A\t(312) 555-0123\tReady\tNot called yet\tNext free line" {
		t.Errorf("copied:\n%s", text)
	}
	must(t, win, "12 rows copied")
	key(win, fyne.KeyEscape)
	if got := grid.SelectedCount(); got > 1 {
		t.Errorf("after Esc %d rows are selected", got)
	}
	grid.Choose(3)
	s := running()
	s.Live.Calls = []campaign.Attempt{{Contact: 4, ID: 1, Reference: "ab12"}}
	_, win, grid = live(t, s)
	grid.Choose(3)
	link(t, win, "Copy details")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "reference ab12") {
		t.Errorf("copied: %q", text)
	}
}

// In a narrow window a row fills it, and Esc leads back to the grid.
func TestDetailsOfANarrowWindow(t *testing.T) {
	s := running()
	_, win, grid := live(t, s)
	win.Resize(fyne.NewSize(940, 700))
	grid.Choose(2)
	if says(win, "Copy details") || says(win, "May be called") {
		t.Error("the panel takes room that is not there")
	}
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	must(t, win, "Person C", "Back")
	if says(win, "Calls per minute") {
		t.Error("the page is still there")
	}
	win.Canvas().Unfocus()
	key(win, fyne.KeyEscape)
	must(t, win, "Calls per minute", "Person A")
	win.Resize(fyne.NewSize(1280, 800))
	grid.Choose(3)
	must(t, win, "Row 5")
}

// crowded is a shelf of a million people, of which it makes those that are
// asked for.
type crowded struct {
	*shelf
	asked int
}

func (c *crowded) Order(context.Context, campaign.ID, campaign.Filter) ([]campaign.ContactID, error) {
	ids := make([]campaign.ContactID, 1_000_000)
	for i := range ids {
		ids[i] = campaign.ContactID(i + 1)
	}
	return ids, nil
}

func (c *crowded) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	c.asked += len(ids)
	var rows []campaign.Contact
	for _, id := range ids {
		rows = append(rows, campaign.Contact{ID: id, Row: int(id) + 1, Name: "Somebody", Number: "+13125550123", Status: campaign.Reached})
	}
	return rows, nil
}

func (c *crowded) Tally(context.Context, campaign.ID) (campaign.Tally, error) {
	return campaign.Tally{campaign.Reached: 1_000_000}, nil
}

func TestAMillionRowsAreNotRead(t *testing.T) {
	s := &crowded{shelf: newShelf()}
	s.Add(campaign.Campaign{Name: "Everybody", State: campaign.Paused, Practice: true, Started: time.Now(), Settings: campaign.Settings{}.Complete()})
	win := openedWith(t, programOf(t, s), ui.Args{}).Content()
	win.Resize(fyne.NewSize(1280, 800))
	openCard(t, win)
	grid := find[*widget.Grid](t, win)
	must(t, win, "1,000,000")
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	must(t, win, "1,000,001", "Row 1,000,001 · (312) 555-0123")
	grid.SelectAll()
	must(t, win, "1,000,000 people chosen")
	if s.asked > 1000 {
		t.Errorf("%d rows were read", s.asked)
	}
}
