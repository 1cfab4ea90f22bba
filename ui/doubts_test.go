package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/ui"
	"rollcall/ui/widget"
)

func doubts(t *testing.T, s *shelf) fyne.Window {
	t.Helper()
	w := open(t, s, ui.Args{})
	act(t, w, "Numbers in doubt")
	return w
}

func inDoubt(s *shelf) int {
	n := 0
	for _, row := range s.Rows {
		if row.Status == campaign.Doubt {
			n++
		}
	}
	return n
}

func TestDoubtsAreDecidedByKeysAfterAQuestion(t *testing.T) {
	s := came()
	w := doubts(t, s)
	must(t, w, "4 people", "Flu clinic", "Person 36", "These people may or may not have been called")
	w.Canvas().Focused().TypedRune('1') // the grid has the keys
	must(t, w, "Was 1 person called?", "This cannot be undone.")
	key(w, fyne.KeyEscape)
	if n := inDoubt(s); n != 4 {
		t.Fatalf("after Esc %d are in doubt", n)
	}
	w.Canvas().Focused().TypedRune('1')
	key(w, fyne.KeyReturn)
	must(t, w, "1 person counts as called", "3 people")
	button(t, w, "Mark all").Tapped(nil)
	button(t, w, "It was not: call again").Tapped(nil)
	must(t, w, "Call 3 people again?")
	button(t, w, "Call again").Tapped(nil)
	must(t, w, "Nothing is in doubt")
	if got := s.Rows[36].Status; got != campaign.Failed {
		t.Errorf("the first is %s", got)
	}
	if got := s.Rows[39].Status; got != campaign.Ready {
		t.Errorf("the last is %s", got)
	}
}

func TestNothingInDoubtIsSaid(t *testing.T) {
	w := doubts(t, newShelf())
	must(t, w, "Nothing is in doubt", "it is known how it went")
	if says(w, "may or may not have been called") {
		t.Error("the page speaks of people whom nobody doubts")
	}
	for _, o := range objects(w) {
		if b, ok := o.(*widget.Button); ok && b.Words() == "Ask the gateway again" {
			t.Error("a gateway can be asked about nothing")
		}
	}
}

func TestGatewayThatIsAwayIsToldOf(t *testing.T) {
	s := came()
	s.Gateway = "http://127.0.0.1:1"
	w := doubts(t, s)
	button(t, w, "Ask the gateway again").Tapped(nil)
	must(t, w, "127.0.0.1:1 does not answer.")
	if n := inDoubt(s); n != 4 {
		t.Errorf("%d are in doubt", n)
	}
}
