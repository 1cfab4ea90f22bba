package contacts_test

import (
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// A person is where column, place and number agree; where they do not, in any
// of the zones.
func TestPlaces(t *testing.T) {
	tests := []struct {
		name, row string // phone, zone, state, postcode
		options   contacts.Options
		want      string
		problem   campaign.Problem
	}{
		{"place of a toll-free number", "800 555 0142||IL|", contacts.Options{}, "America/Chicago", ""},
		{"place and number", "312 555 0142||IL|60601", contacts.Options{}, "America/Chicago", ""},
		{"place narrows a state", "800 555 0142||TX|79901", contacts.Options{}, "America/Denver", ""},
		{"postcode alone", "800 555 0142|||90001", contacts.Options{}, "America/Los_Angeles", ""},
		{"postcode without its zero", "800 555 0142|||2139", contacts.Options{}, "America/New_York", ""},
		{"a number that moved", "312 555 0142||CA|90001", contacts.Options{}, "America/Chicago America/Los_Angeles", campaign.ProblemZoneConflict},
		{"column against the place", "800 555 0142|Eastern|CA|", contacts.Options{}, "America/Los_Angeles America/New_York ", campaign.ProblemZoneConflict},
		{"all agree", "310 555 0142|PST|CA|90001", contacts.Options{}, "America/Los_Angeles", ""},
		{"place of a number without zones", "+881612345678||CA|", contacts.Options{}, "America/Los_Angeles", ""},
		{"nothing is known but the user's zone", "+881612345678||Atlantis|", contacts.Options{Zone: "Europe/Rome"}, "Europe/Rome", ""},
		{"nothing is known", "+881612345678||Atlantis|", contacts.Options{}, "", campaign.ProblemZone},
		{"column makes no sense, place does", "+881612345678|Mars|CA|", contacts.Options{}, "America/Los_Angeles", campaign.ProblemZone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Map = map[contacts.Role][]string{contacts.Zone: {"Zone"}, contacts.State: {"State"}, contacts.Postcode: {"ZIP"}, contacts.Phone: {"Phone"}}
			list := read(t, table("Phone|Zone|State|ZIP", tt.row), tt.options)
			got := list.Contacts[0]
			zones := strings.Join(got.Zones, " ")
			if strings.HasSuffix(tt.want, " ") { // these among others
				for _, zone := range strings.Fields(tt.want) {
					if !strings.Contains(zones, zone) {
						t.Errorf("zones %s, want %s among them", zones, zone)
					}
				}
			} else if zones != tt.want {
				t.Errorf("zones %s, want %s", zones, tt.want)
			}
			found := campaign.Problem("")
			if len(list.Found) > 0 {
				found = list.Found[0].Kind
			}
			if found != tt.problem {
				t.Errorf("problem %q, want %q", found, tt.problem)
			}
			if ready := got.Status == campaign.Ready; ready != (tt.want != "") {
				t.Errorf("the row is %s", got.Status)
			}
		})
	}
}

// Rows at many places are found as the first was.
func TestManyPlaces(t *testing.T) {
	const row = "800 555 0142|IL"
	lines := []string{"Phone|State"}
	for range 50 {
		lines = append(lines, row, "800 555 0143|CA", "800 555 0144|Atlantis")
	}
	list := read(t, table(lines...), contacts.Options{Map: map[contacts.Role][]string{contacts.State: {"State"}}})
	for i, c := range list.Contacts {
		if first := list.Contacts[i%3]; strings.Join(c.Zones, " ") != strings.Join(first.Zones, " ") || len(c.Zones) == 0 {
			t.Fatalf("row %d is in %v, row %d in %v", c.Row, c.Zones, first.Row, first.Zones)
		}
	}
}
