package ui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/gateway"
	"rollcall/ui"
	"rollcall/ui/widget"
)

// press chooses something by its words: an option, a fold, a link.
func press(t *testing.T, w fyne.Window, words string) {
	t.Helper()
	for _, o := range objects(w) {
		switch o := o.(type) {
		case *widget.Option:
			if o.Words() == words {
				o.Tapped(nil)
				return
			}
		case *widget.Fold:
			if o.Words() == words {
				o.Tapped(nil)
				return
			}
		case *widget.Link:
			if o.Words() == words {
				o.Tapped(nil)
				return
			}
		}
	}
	t.Fatalf("nothing says %q", words)
}

// pick chooses words from the drop that shows others.
func pick(t *testing.T, w fyne.Window, shown, words string) {
	t.Helper()
	for _, o := range objects(w) {
		if d, ok := o.(*widget.Drop); ok && d.Words() == shown {
			d.Choose(words)
			return
		}
	}
	t.Fatalf("no choice shows %q", shown)
}

// planned opens the page When and how of a list of three people.
func planned(t *testing.T) (*shelf, fyne.Window) {
	t.Helper()
	s := newShelf()
	w := open(t, s, ui.Args{List: "school.csv", Flow: "sample:notice.vxml"})
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn)
	must(t, w, "Calling hours", "77 hours in the week")
	return s, w
}

func TestHoursAreSetWithTheKeysAndStored(t *testing.T) {
	s, w := planned(t)
	week := find[*widget.Week](t, w)
	w.Canvas().Focus(week)
	key(w, fyne.KeyEnd)
	key(w, fyne.KeySpace) // Monday until 21
	must(t, w, "12 hours on Monday, 66 hours Tuesday to Sunday", "Mon 20:00–21:00, may")
	pick(t, w, "Hours of its own", "Office week")
	must(t, w, "50 hours Monday to Friday, 4 hours on Saturday")
	key(w, fyne.KeyReturn)
	must(t, w, "How long it takes")
	if got := s.Campaigns[0].Settings.Hours; campaign.WeekString(got) != "Mo-Fr 9-19, Sa 10-14" {
		t.Errorf("stored: %s", campaign.WeekString(got))
	}
	key(w, fyne.KeyEscape)
	must(t, w, "50 hours Monday to Friday, 4 hours on Saturday")
	week = find[*widget.Week](t, w)
	for line := range 6 {
		week.OnDay(line)
	}
	must(t, w, "No hour is chosen, so nobody could be called")
	if !button(t, w, "Continue").Disabled() {
		t.Error("one can go on without an hour")
	}
	key(w, fyne.KeyEscape)
	if got := s.Campaigns[0].Settings.Hours; got.IsZero() {
		t.Error("hours that are none were stored, and would stand for the usual ones")
	}
}

func TestARuleIsSwitchedOffOnlyWithAReason(t *testing.T) {
	s, w := planned(t)
	pick(t, w, "No preset", "United States, federal rules")
	const rule = "People in the United States are called only every day from 8:00 to 21:00"
	press(t, w, rule)
	must(t, w, "Switch this rule off?", "Your reason is recorded")
	button(t, w, "Switch off").Tapped(nil)
	must(t, w, "Switch this rule off?") // it stays until a reason is given
	key(w, fyne.KeyEscape)
	press(t, w, rule)
	fill(t, w, "They asked for it")
	key(w, fyne.KeyReturn)
	must(t, w, "They asked for it")
	key(w, fyne.KeyEscape) // leaves the page
	off := s.Campaigns[0].Settings
	if off.Law != campaign.LawUS || len(off.Exempt) != 1 || off.Exempt[0].Why != "They asked for it" || off.Exempt[0].When.IsZero() {
		t.Errorf("stored: %+v", off.Exempt)
	}
	key(w, fyne.KeyReturn)
	press(t, w, rule) // on again, without a question
	key(w, fyne.KeyReturn)
	if len(s.Campaigns[0].Settings.Exempt) != 0 {
		t.Error("the rule does not bind again")
	}
}

func TestTheRestOfThePageIsStoredToo(t *testing.T) {
	s, w := planned(t)
	press(t, w, "Use the area code")
	press(t, w, "Days without calls")
	pick(t, w, "Add holidays of…", "Poland")
	must(t, w, "Holidays: Poland", "1 calendar of holidays")
	press(t, w, "How often one number is called")
	button(t, w, "Add a limit").Tapped(nil)
	button(t, w, "Add a rest").Tapped(nil)
	must(t, w, "2 rules, in all campaigns together")
	pick(t, w, "30 days", "7 days")
	pick(t, w, "any call", "a call that was answered")
	pick(t, w, "10 minutes", "20 minutes") // after busy
	pick(t, w, "The message", "What people hear")
	pick(t, w, "as in life", "10 times as fast")
	key(w, fyne.KeyReturn)
	got := s.Campaigns[0].Settings
	if got.Zones != campaign.ZoneNumber || len(got.Holidays) != 1 || got.Holidays[0] != "pl" || got.Limits[0].Within != 7*24*time.Hour ||
		len(got.Gaps[0].After) != 2 || got.Retry.After[gateway.OutcomeBusy].Delay != 20*time.Minute ||
		got.Machines != campaign.MachineNothing || got.Speed != 10 {
		t.Errorf("stored: %+v", got)
	}
}

func TestAGatewayIsTypedAndAsked(t *testing.T) {
	foreign := httptest.NewServer(http.NotFoundHandler())
	defer foreign.Close()
	s, w := planned(t)
	press(t, w, "Test the gateway")
	must(t, w, "It is part of Rollcall")
	pick(t, w, "Built in, practice", "Another address…")
	must(t, w, "Where is the gateway?")
	fill(t, w, "the office")
	key(w, fyne.KeyReturn)
	must(t, w, "An address looks like")
	fill(t, w, foreign.URL)
	key(w, fyne.KeyReturn)
	must(t, w, "Real telephones ring")
	foreign.Close()
	press(t, w, "Test the gateway")
	must(t, w, "Nothing answers at")
	key(w, fyne.KeyReturn)
	must(t, w, "No gateway can be used")
	if got := s.Campaigns[0].Settings.Gateway; got != foreign.URL {
		t.Errorf("stored: %q", got)
	}
	if says(w, "Practice – no phone rings") {
		t.Error("a campaign for another gateway is called practice")
	}
	key(w, fyne.KeyReturn) // mend
	if d, ok := w.Canvas().Focused().(*widget.Drop); !ok || d.Words() != strings.TrimPrefix(foreign.URL, "http://") {
		t.Errorf("the keys are at %v", w.Canvas().Focused())
	}
}

func TestACampaignThatHasStartedIsChangedAtOnce(t *testing.T) {
	s := running()
	s.Campaigns[0].Settings.Gateway = "http://192.0.2.7:8155"
	w := open(t, s, ui.Args{})
	openCard(t, w)
	steps := find[*widget.Steps](t, w)
	w.Canvas().Focus(steps)
	key(w, fyne.KeyLeft)
	key(w, fyne.KeyLeft)
	key(w, fyne.KeySpace)
	must(t, w, "Calling hours", "Flu clinic", "Paused")
	save := button(t, w, "Save changes")
	if !save.Disabled() {
		t.Error("nothing was changed, and it can be saved")
	}
	for _, o := range objects(w) {
		if d, ok := o.(*widget.Drop); ok && d.Words() == "192.0.2.7:8155" {
			d.Tapped(nil)
		}
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Error("its gateway can be changed")
	}
	find[*widget.Week](t, w).OnDay(6)
	if s.Campaigns[0].Settings.Hours.Days[time.Sunday] == (campaign.Window{}) {
		t.Error("it is stored before it is saved")
	}
	save.Tapped(nil)
	must(t, w, "Changes saved")
	if s.Campaigns[0].Settings.Hours.Days[time.Sunday] != (campaign.Window{}) || !save.Disabled() {
		t.Error("it is not stored")
	}
}

func TestHowACampaignCameAboutIsLookedAt(t *testing.T) {
	s := running()
	s.Campaigns[0].List = campaign.List{File: "/lists/people.xlsx", Columns: []string{"Name"}}
	s.Campaigns[0].Flow.Source = "sample:notice.vxml"
	w := open(t, s, ui.Args{})
	look := func(step int, want ...string) {
		t.Helper()
		find[*widget.Steps](t, w).OnTapped(step)
		must(t, w, want...)
	}
	openCard(t, w)
	look(0, "Who is called", "people.xlsx", "12", "In doubt")
	look(1, "What they hear", "Notice", "but no column has these names")
	look(3, "How long it takes", "As it would be if it went on now")
	key(w, fyne.KeyReturn)
	if s.Campaigns[0].State != campaign.Paused {
		t.Error("looking at the check has started it")
	}
	key(w, fyne.KeyEscape)
	button(t, w, "Resume")
}

func TestPeopleWithoutAZoneAreReadAgain(t *testing.T) {
	t.Setenv("TZ", "Europe/Paris")
	s, w := planned(t)
	pick(t, w, "Set aside and ask", "Take Paris")
	must(t, w, "Calling hours", "2 people ready, 1 set aside")
	im, err := s.ImportOf(t.Context(), s.Campaigns[0].ID)
	if err != nil || im.Options.Zone != "Europe/Paris" {
		t.Errorf("read with %+v %v", contacts.Options{Zone: im.Options.Zone}, err)
	}
	pick(t, w, "Take Paris", "Set aside and ask")
}

// typeInto types into the first field that asks for something.
func typeInto(t *testing.T, w fyne.Window, asks, text string) {
	t.Helper()
	for _, o := range objects(w) {
		if e, ok := ui.EntryOf(o); ok && e.PlaceHolder == asks {
			e.SetText(text)
			return
		}
	}
	t.Fatalf("no field asks for %q", asks)
}

func TestADateThatCannotBeReadKeepsTheStart(t *testing.T) {
	s, w := planned(t)
	press(t, w, "First and last call")
	typeInto(t, w, "A day", "Dec 15")
	must(t, w, "“Dec 15” cannot be read as a day", "First call: “Dec 15”")
	find[*widget.Steps](t, w).OnTapped(3)
	must(t, w, "When and how is not settled", "First call: “Dec 15”")
	if !button(t, w, "Start calling").Disabled() {
		t.Error("it can be started")
	}
	typeInto(t, w, "A day", "12/15/2126")
	must(t, w, "Sunday, 15 December 2126")
	if says(w, "When and how is not settled") {
		t.Error("what was mended is still a problem")
	}
	key(w, fyne.KeyEscape)
	press(t, w, "First and last call")
	must(t, w, "Sunday, 15 December 2126")
	if got := s.Campaigns[0].Settings.NotBefore; got.Format(time.DateOnly) != "2126-12-15" {
		t.Errorf("stored: %v", got)
	}
	typeInto(t, w, "As the gateway does", "call <&> me")
	must(t, w, "“call <&> me” is no number to be shown")
	if !button(t, w, "Continue").Disabled() {
		t.Error("one can go on")
	}
}
