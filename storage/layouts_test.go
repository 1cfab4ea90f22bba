package storage_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

func TestLayoutsAreRemembered(t *testing.T) {
	db := fresh(t)
	want := contacts.Options{
		Region: "GB", Zone: "Europe/London", Domestic: true, Keep: contacts.KeepMerge, Same: []contacts.Same{contacts.SamePerson},
		Map:    map[contacts.Role][]string{contacts.Phone: {"Tel", "Mobile"}},
		Rules:  map[campaign.Problem]bool{campaign.ProblemNote: false},
		Across: contacts.Across{Running: true, Days: 30},
	}
	if _, known, err := db.Layout(t.Context(), "a"); known || err != nil {
		t.Errorf("known before: %v, %v", known, err)
	}
	given := want
	given.Rows = map[int]contacts.Decision{3: {LeaveOut: true}}
	must(t, db.RememberLayout(t.Context(), "a", contacts.Options{}))
	must(t, db.RememberLayout(t.Context(), "a", given))
	got, known, err := db.Layout(t.Context(), "a")
	if diff := cmp.Diff(want, got); !known || err != nil || diff != "" {
		t.Errorf("known %v, %v; options (-want +got):\n%s", known, err, diff)
	}
}

func TestLayoutsNotUsedForLongAreForgotten(t *testing.T) {
	db := fresh(t)
	for i := range 200 {
		must(t, db.RememberLayout(t.Context(), fmt.Sprint(i), contacts.Options{}))
	}
	must(t, db.RememberLayout(t.Context(), "0", contacts.Options{})) // used again
	must(t, db.RememberLayout(t.Context(), "new", contacts.Options{}))
	for name, want := range map[string]bool{"0": true, "1": false, "2": true, "199": true, "new": true} {
		if _, known, err := db.Layout(t.Context(), name); known != want || err != nil {
			t.Errorf("%s: known %v, %v", name, known, err)
		}
	}
	if n := count(t, db, "SELECT count(*) FROM layouts"); n != 200 {
		t.Errorf("%d are kept", n)
	}
}
