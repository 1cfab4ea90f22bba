package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/ui"
	"rollcall/ui/widget"
)

// sunday tells whether the only campaign calls on Sundays as it is stored.
func sunday(s *shelf) bool {
	return s.Campaigns[0].Settings.Hours.Days[time.Sunday] != (campaign.Window{})
}

func TestADraftIsStoredWhenTheWindowIsClosed(t *testing.T) {
	s, w := planned(t)
	find[*widget.Week](t, w).OnDay(6)
	if !sunday(s) {
		t.Fatal("it is stored while it is changed")
	}
	act(t, w, "Quit")
	if sunday(s) {
		t.Error("what was changed last is lost")
	}
}

// changedRunning shows When and how of a campaign that has started, changed and
// not saved.
func changedRunning(t *testing.T) (*shelf, fyne.Window) {
	t.Helper()
	s := running()
	s.Campaigns[0].Settings = campaign.Settings{}.Complete()
	w := open(t, s, ui.Args{})
	openCard(t, w)
	find[*widget.Steps](t, w).OnTapped(2)
	find[*widget.Week](t, w).OnDay(6)
	return s, w
}

func TestUnsavedChangesAreKeptAndAskedAbout(t *testing.T) {
	s, w := changedRunning(t)
	act(t, w, "Settings")
	must(t, w, "What was changed is not saved yet", "Save changes")
	act(t, w, "Quit")
	must(t, w, "Save what was changed?", "calls go on as they were set before")
	key(w, fyne.KeyEscape)
	act(t, w, "Campaigns")
	openCard(t, w)
	find[*widget.Steps](t, w).OnTapped(2)
	if button(t, w, "Save changes").Disabled() || !sunday(s) {
		t.Fatal("what was changed is gone, or stored")
	}
	act(t, w, "Quit")
	button(t, w, "Save and quit").Tapped(nil)
	if sunday(s) {
		t.Error("it is not saved")
	}
}

func TestUnsavedChangesAreThrownAwayOnlyIfWanted(t *testing.T) {
	s, w := changedRunning(t)
	act(t, w, "Quit")
	button(t, w, "Quit without saving").Tapped(nil)
	if !sunday(s) {
		t.Error("saved against what was said")
	}
}

func TestADayThatCannotBeReadIsAskedAboutBeforeItIsLost(t *testing.T) {
	_, w := planned(t)
	press(t, w, "First and last call")
	typeInto(t, w, "A day", "Dec 15")
	act(t, w, "Quit")
	must(t, w, "Quit without the day?")
	key(w, fyne.KeyReturn) // the harmless answer
	must(t, w, "“Dec 15” cannot be read as a day")
	typeInto(t, w, "A day", "2126-12-15")
	act(t, w, "Quit")
	if says(w, "Quit without the day?") {
		t.Error("what was mended is asked about")
	}
}
