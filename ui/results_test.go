package ui_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// saveResult stands in for what main hands over.
func saveResult(_ context.Context, path string, _ view.Store, id campaign.ID, tell func(part float64)) (string, error) {
	tell(1)
	if strings.Contains(path, "moved") {
		return "", errors.New("copy week 48.xlsx: it was changed since it was read")
	}
	return path, os.WriteFile(path, fmt.Appendf(nil, "campaign %d", id), 0o600)
}

// came is a campaign of which something came.
func came() *shelf {
	s := newShelf()
	start := time.Now().Add(-3 * time.Hour)
	var rows []campaign.Contact
	for i := range 40 {
		row := campaign.Contact{Row: i + 2, Name: fmt.Sprintf("Person %d", i), Number: "+13125550142", Status: campaign.Reached,
			Answers: []gateway.Answer{{Name: "reply", Value: fmt.Sprint(1 + i%2)}}}
		switch {
		case i > 35:
			row.Status, row.Answers = campaign.Doubt, nil
		case i > 30:
			row.Status, row.Answers = campaign.Unreached, nil
		}
		rows = append(rows, row)
	}
	s.Add(campaign.Campaign{Name: "Flu clinic", State: campaign.Finished, Started: start, Ended: time.Now(), Practice: true,
		List: campaign.List{File: "/lists/week 48.xlsx"}}, rows...)
	s.Slots = []campaign.Slot{{Begin: start, Calls: campaign.Tally{campaign.Reached: 31, campaign.Unreached: 5}}}
	return s
}

func results(t *testing.T, s *shelf) fyne.Window {
	t.Helper()
	w := open(t, s, ui.Args{})
	openCard(t, w)
	return w
}

func TestResultsLeadToThePeople(t *testing.T) {
	w := results(t, came())
	must(t, w, "What came of it", "40 people", "What they answered", "31 reached", "Calls by hour", "36 calls, by the clock of this office.",
		"Go on from here", "4 in doubt", "5 not reached")
	var charts []*widget.Bars
	for _, o := range objects(w) {
		if b, ok := o.(*widget.Bars); ok {
			charts = append(charts, b)
		}
	}
	charts[1].OnTapped(0)
	must(t, w, "Pressed 1", "16 people", "Person 0", "Answers")
	if n := find[*widget.Grid](t, w).Rows(); n != 16 {
		t.Errorf("%d people", n)
	}
	key(w, fyne.KeyEscape)
	must(t, w, "What came of it")
	charts[0].OnTapped(2)
	must(t, w, "Person 31")
	if n := find[*widget.Grid](t, w).Rows(); n != 5 {
		t.Errorf("%d rows were not reached", n)
	}
}

func TestResultsLeadToWhatIsInDoubt(t *testing.T) {
	w := results(t, came())
	button(t, w, "Decide…").Tapped(nil)
	must(t, w, "Numbers in doubt", "Person 36")
}

func TestThoseNotReachedAreCalledAgainAfterAQuestion(t *testing.T) {
	w := results(t, came())
	button(t, w, "Call again…").Tapped(nil)
	must(t, w, "5 people")
	key(w, fyne.KeyEscape)
	must(t, w, "Person 31")
	if n := find[*widget.Grid](t, w).Rows(); n != 5 {
		t.Errorf("%d rows are shown", n)
	}
}

func TestEachFileIsSavedUnderAProposedName(t *testing.T) {
	w := results(t, came())
	folder := t.TempDir()
	var links []*widget.Link
	for _, o := range objects(w) {
		if l, ok := o.(*widget.Link); ok && l.Words() == "Save…" {
			links = append(links, l)
		}
	}
	for i, name := range []string{"week 48 with results.xlsx", "Flu clinic – report.pdf", "Flu clinic – results.csv"} {
		links[i].Tapped(nil)
		fill(t, w, strings.TrimSuffix(name, filepath.Ext(name)), folder) // its ending is added
		button(t, w, "Save").Tapped(nil)
		must(t, w, "Saved as "+name)
		if data, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(data) != "campaign 1" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	links[0].Tapped(nil)
	fill(t, w, "moved", folder)
	button(t, w, "Save").Tapped(nil)
	must(t, w, "Your own file could not be copied", "It was not touched, and nothing was saved.")
}

func TestNothingToReportLeadsToTheCalls(t *testing.T) {
	s := newShelf()
	s.Add(campaign.Campaign{Name: "New", State: campaign.Paused, Started: time.Now()}, campaign.Contact{Row: 2, Name: "Ann", Status: campaign.Ready})
	w := open(t, s, ui.Args{})
	openCard(t, w)
	find[*widget.Steps](t, w).OnTapped(5)
	must(t, w, "Nothing to report yet")
	button(t, w, "Live").Tapped(nil)
	must(t, w, "Ann")
}
