package storage_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/gateway"
	"rollcall/storage"
)

// across imports rows with the numbers 1 to 9 and returns those that were set
// aside, with the campaign's stored import.
func across(t *testing.T, db *storage.DB, c campaign.Campaign, a contacts.Across) (map[int]campaign.Reason, contacts.Import, campaign.Tally) {
	t.Helper()
	c, err := db.Import(t.Context(), c, func(s contacts.Sink) (contacts.Import, error) {
		im := contacts.Import{Options: contacts.Options{Across: a}, Summary: contacts.Summary{Ready: 9}}
		for _, row := range people(9) {
			if err := s.Add(row, nil); err != nil {
				return im, err
			}
		}
		return im, nil
	})
	must(t, err)
	aside := map[int]campaign.Reason{}
	for _, r := range rowsOf(t, db, c.ID) {
		if r.Status == campaign.Skipped {
			aside[r.Row-1] = r.Why // the number
		}
	}
	im, err := db.ImportOf(t.Context(), c.ID)
	must(t, err)
	return aside, im, tally(t, db, c.ID)
}

// other stores a campaign with rows of those numbers, from row 12 on.
func other(t *testing.T, db *storage.DB, c campaign.Campaign, numbers ...int) campaign.Campaign {
	t.Helper()
	var rows []campaign.Contact
	for i, n := range numbers {
		rows = append(rows, campaign.Contact{Row: 12 + i, Number: number(n), Status: campaign.Ready})
	}
	state := c.State
	c, err := db.Create(t.Context(), c, rows)
	must(t, err)
	c.State, c.Started = state, noon
	must(t, db.SetState(t.Context(), c))
	return c
}

// callOf settles one attempt at the first row of c.
func callOf(t *testing.T, db *storage.DB, c campaign.Campaign, o gateway.Outcome, at time.Time) {
	t.Helper()
	id := order(t, db, c.ID, campaign.Filter{})[0]
	in := intent(row(t, db, id), fmt.Sprint(c.ID))
	in.Practice = c.Practice
	a, err := db.Begin(t.Context(), in)
	must(t, err)
	a.Ended, a.Outcome = at, o
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true}))
}

func TestDuplicatesElsewhere(t *testing.T) {
	now := time.Now()
	why := func(name string, row int) campaign.Reason {
		return campaign.Reason{Code: campaign.CodeElsewhere, Text: name, Row: row}
	}
	prepare := func(db *storage.DB) {
		other(t, db, campaign.Campaign{Name: "runs", State: campaign.Running}, 1, 2)
		other(t, db, campaign.Campaign{Name: "paused", State: campaign.Paused}, 2, 3)
		other(t, db, campaign.Campaign{Name: "draft", State: campaign.Draft}, 4)
		other(t, db, campaign.Campaign{Name: "practice", State: campaign.Running, Practice: true}, 5)
		finished := campaign.Campaign{Name: "done", State: campaign.Finished}
		callOf(t, db, other(t, db, finished, 6, 4), gateway.OutcomeNoAnswer, now.AddDate(0, 0, -2))
		callOf(t, db, other(t, db, finished, 7), gateway.OutcomeReached, now.AddDate(0, 0, -40))
		callOf(t, db, other(t, db, finished, 8), gateway.OutcomeExpired, now)
		finished.Practice = true
		callOf(t, db, other(t, db, finished, 9), gateway.OutcomeReached, now)
	}
	tests := map[string]struct {
		across   contacts.Across
		practice bool
		want     map[int]campaign.Reason
	}{
		"nowhere":      {contacts.Across{}, false, map[int]campaign.Reason{}},
		"running":      {contacts.Across{Running: true}, false, map[int]campaign.Reason{1: why("runs", 12), 2: why("runs", 13), 3: why("paused", 13)}},
		"called":       {contacts.Across{Days: 30}, false, map[int]campaign.Reason{6: why("done", 12)}},
		"called today": {contacts.Across{Days: 1}, false, map[int]campaign.Reason{}},
		"both": {contacts.Across{Running: true, Days: 50}, false, map[int]campaign.Reason{
			1: why("runs", 12), 2: why("runs", 13), 3: why("paused", 13), 6: why("done", 12), 7: why("done", 12),
		}},
		"in practice": {contacts.Across{Running: true, Days: 1}, true, map[int]campaign.Reason{
			1: why("runs", 12), 2: why("runs", 13), 3: why("paused", 13), 5: why("practice", 12), 9: why("done", 12),
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			prepare(db)
			aside, im, counted := across(t, db, campaign.Campaign{Practice: test.practice}, test.across)
			if diff := cmp.Diff(test.want, aside); diff != "" {
				t.Errorf("set aside (-want +got):\n%s", diff)
			}
			n := len(test.want)
			if im.Summary.Elsewhere != n || im.Summary.Duplicates != n || im.Summary.Ready != 9-n || im.Summary.Rows() != 9 {
				t.Errorf("summary %+v", im.Summary)
			}
			if counted[campaign.Skipped] != n || counted[campaign.Ready] != 9-n {
				t.Errorf("tally %v", counted)
			}
		})
	}
}

// What is set aside or cancelled elsewhere is not called there.
func TestDuplicatesElsewhereAreThoseThatAreCalled(t *testing.T) {
	db := fresh(t)
	c := other(t, db, campaign.Campaign{Name: "runs", State: campaign.Running}, 1, 2)
	ids := order(t, db, c.ID, campaign.Filter{})
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[0], Status: campaign.Skipped}}))
	aside, _, _ := across(t, db, campaign.Campaign{}, contacts.Across{Running: true})
	if len(aside) != 1 || aside[2].Row != 13 {
		t.Errorf("set aside: %v", aside)
	}
}

func BenchmarkElsewhere(b *testing.B) {
	db := fresh(b)
	rows := rowsOfBench(b)
	c, err := db.Import(b.Context(), campaign.Campaign{}, producer{n: rows}.fill)
	must(b, err)
	c.State = campaign.Running
	must(b, db.SetState(b.Context(), c))
	for _, share := range []int{1, 100} {
		b.Run(fmt.Sprintf("OneIn%d", share), func(b *testing.B) {
			for b.Loop() {
				_, err := db.Import(b.Context(), campaign.Campaign{}, func(s contacts.Sink) (contacts.Import, error) {
					im, err := producer{n: rows / share}.fill(s)
					im.Options.Across.Running = true
					return im, err
				})
				must(b, err)
			}
		})
	}
}
