package ui_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/campaign"
	"rollcall/ui"
	"rollcall/ui/widget"
)

func checked(t *testing.T) (*shelf, fyne.Window) {
	t.Helper()
	s, w := planned(t)
	key(w, fyne.KeyReturn)
	must(t, w, "2 people will be called", "Everybody is called once by", "A call is taken to last 45 s.")
	return s, w
}

func TestTheCheckSaysWhoIsSkippedAndShowsThem(t *testing.T) {
	_, w := checked(t)
	must(t, w, "Eastern", "Central", "No number", "Built in, no phone rings", "Mon–Sun 9–20")
	press(t, w, "Show")
	must(t, w, "Cleo Cobblewick")
	key(w, fyne.KeyReturn)
	press(t, w, "Show rows")
	must(t, w, "What each column is")
	for _, o := range objects(w) {
		if g, ok := o.(*widget.Grid); ok && g.Rows() != 1 {
			t.Errorf("%d rows are shown, want the one that was set aside", g.Rows())
		}
	}
}

func TestLinesAndPaceAreTriedOutAndKept(t *testing.T) {
	s, w := checked(t)
	for _, o := range objects(w) {
		if b, ok := o.(*widget.Button); ok && b.Words() == "" && !b.Disabled() { // fewer lines comes first
			b.Tapped(nil)
			break
		}
	}
	if s.Campaigns[0].Settings.Lines != 4 {
		t.Error("trying it out has stored it")
	}
	key(w, fyne.KeyEscape)
	if s.Campaigns[0].Settings.Lines != 3 {
		t.Errorf("left with %d lines, want 3", s.Campaigns[0].Settings.Lines)
	}
}

func TestAStartAtATimeIsChecked(t *testing.T) {
	s, w := checked(t)
	press(t, w, "At a time")
	must(t, w, "Later", "Press Start now, and leave Rollcall open until then")
	press(t, w, "As soon as I press Start")
	if says(w, "Press Start now") {
		t.Error("it is still to be started later")
	}
	press(t, w, "At a time")
	key(w, fyne.KeyEscape)
	if s.Campaigns[0].Settings.NotBefore.IsZero() {
		t.Error("the time is not stored")
	}
}

func TestWhileSomethingIsWrongTheWayToMendItIsTheOneThingToDo(t *testing.T) {
	s := newShelf()
	w := open(t, s, ui.Args{List: "school.csv"})
	find[*widget.Steps](t, w).OnTapped(3)
	must(t, w, "No message is chosen yet", "1 thing to mend before you can start")
	if !button(t, w, "Start calling").Disabled() {
		t.Error("it can be started without a message")
	}
	if got := focused(w); got != "Choose in Message" {
		t.Errorf("the keys are at %q", got)
	}
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == "Start…" {
				i.Action()
			}
		}
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the menu starts it all the same")
	}
	w.Canvas().Unfocus()
	key(w, fyne.KeyReturn)
	must(t, w, "Greeting", "As heard by")
}

func TestWithNobodyToCallTheCheckSaysWhy(t *testing.T) {
	s, w := planned(t)
	for i := range s.Rows {
		s.Rows[i].Status, s.Rows[i].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeExcluded}
	}
	key(w, fyne.KeyReturn)
	must(t, w, "Nobody to call", "3 people are skipped. Most often: Left out by you.", "0 people will be called", "Mend in People")
}

func TestWhereTelephonesRingTheCheckAsksOnceMore(t *testing.T) {
	foreign := httptest.NewServer(http.NotFoundHandler())
	defer foreign.Close()
	s, w := planned(t)
	pick(t, w, "Built in, practice", "Another address…")
	fill(t, w, foreign.URL)
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn)
	must(t, w, "Real telephones ring; you are asked once more")
	key(w, fyne.KeyReturn)
	must(t, w, "Real telephones ring.", "Call up to 2 people?")
	if got := focused(w); got != "Not yet" {
		t.Errorf("the focus is on %q", got)
	}
	key(w, fyne.KeyReturn)
	if c := s.Campaigns[0]; c.State != campaign.Draft || !c.Started.IsZero() {
		t.Errorf("Enter has started it: %+v", c.State)
	}
}

// slowShelf tells of people one by one, until it is told to go on.
type slowShelf struct {
	shelf
	each func()
}

func (s *slowShelf) OpenRows(ctx context.Context, id campaign.ID, _ int, each func([]campaign.Contact) error) error {
	return s.Shelf.OpenRows(ctx, id, 1, func(rows []campaign.Contact) error {
		err := each(rows)
		s.each()
		return errors.Join(err, ctx.Err())
	})
}

// A check of many people is done elsewhere and can be given up.
func TestACheckIsCountedElsewhereAndCanBeGivenUp(t *testing.T) {
	var work []func()
	var w fyne.Window
	said := map[string]bool{}
	slow := &slowShelf{shelf: *newShelf(), each: func() {
		for _, text := range []string{"Looked at 1 of 2 people", "…"} {
			said[text] = said[text] || says(w, text)
		}
	}}
	a := program(t, nil)
	a.Hold = func(string) (func() error, error) { return func() error { return nil }, nil }
	a.OpenStore = openWith(slow)
	w = ui.Open(test.NewTempApp(t), a, ui.Args{List: "school.csv", Flow: "sample:notice.vxml", Mode: widget.Light},
		ui.Bridge{Do: func(f func()) { f() }, Go: func(f func()) { work = append(work, f) }}).Content()
	w.Show()
	step := func() {
		for len(work) > 0 {
			f := work[0]
			work = work[1:]
			f()
		}
	}
	step()
	find[*widget.Steps](t, w).OnTapped(3)
	must(t, w, "Looking at the list…", "Checking…")
	if !button(t, w, "Start calling").Disabled() {
		t.Error("it can be started before it is checked")
	}
	button(t, w, "Cancel").Tapped(nil)
	step()
	must(t, w, "The check was given up", "Not checked, so it cannot be started")
	button(t, w, "Check again").Tapped(nil)
	step()
	must(t, w, "2 people will be called")
	if fmt.Sprint(said) != "map[Looked at 1 of 2 people:true …:true]" {
		t.Errorf("meanwhile it said %v", said)
	}
}

func TestATestCallSaysWhatCameOfIt(t *testing.T) {
	_, w := checked(t)
	test := button(t, w, "Test call")
	test.Tapped(nil)
	must(t, w, "Not called: ‘’ is no telephone number")
	fields := 0
	for _, o := range objects(w) {
		if e, ok := o.(interface {
			fyne.Focusable
			SetText(string)
		}); ok {
			if fields++; fields == 1 {
				e.SetText("none") // the row
			}
		}
	}
	test.Tapped(nil)
	must(t, w, "Whose words? Give the number of a row.")
}
