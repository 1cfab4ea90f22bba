package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/ui/widget"
)

func TestAGatewayOfTheOfficeIsAddedOnTheWay(t *testing.T) {
	s, w := planned(t)
	week := find[*widget.Week](t, w)
	w.Canvas().Focus(week)
	key(w, fyne.KeyEnd)
	key(w, fyne.KeySpace) // must not get lost meanwhile
	press(t, w, "Add a gateway…")
	must(t, w, "New gateway", "Back to the campaign")
	url := ours(t).URL
	field(t, w, 0).SetText("Front office")
	field(t, w, 1).SetText(strings.TrimPrefix(url, "http://"))
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn)
	must(t, w, "Gateway saved")
	button(t, w, "Back to the campaign").Tapped(nil)
	must(t, w, "66 hours Tuesday to Sunday")
	pick(t, w, "Built in, practice", "Front office")
	must(t, w, "12 lines, answers in")
	key(w, fyne.KeyReturn)
	must(t, w, "How long it takes")
	if got := s.Campaigns[0].Settings.Gateway; got != url {
		t.Errorf("stored: %q", got)
	}
}

func TestCallsAreSharedWithAGatewayOfTheOffice(t *testing.T) {
	s, w := planned(t)
	press(t, w, "Add a gateway…")
	field(t, w, 0).SetText("Front office")
	field(t, w, 1).SetText(strings.TrimPrefix(ours(t).URL, "http://"))
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn)
	button(t, w, "Back to the campaign").Tapped(nil)
	press(t, w, "Share out")
	button(t, w, "Share with another…").Tapped(nil)
	key(w, fyne.KeyDown)
	key(w, fyne.KeyReturn) // the first one that is offered
	must(t, w, "2 gateways")
	key(w, fyne.KeyReturn)
	if got := s.Campaigns[0].Settings.Gateways; len(got) != 2 || got[1].URL != s.Office.Gateways[0].URL {
		t.Errorf("stored: %+v", got)
	}
}
