package storage_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

func openRows(t *testing.T, db *storage.DB, id campaign.ID, n int) [][]int {
	t.Helper()
	var pages [][]int
	must(t, db.OpenRows(t.Context(), id, n, func(rows []campaign.Contact) error {
		var page []int
		for _, p := range rows {
			page = append(page, p.Row)
			if p.DoNotCall != (p.Row == 3) {
				t.Errorf("row %d: do not call %v", p.Row, p.DoNotCall)
			}
		}
		pages = append(pages, page)
		return nil
	}))
	return pages
}

func TestOpenRows(t *testing.T) {
	db, c, ids := mixed(t)
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[5], Status: campaign.Skipped}}))
	must(t, db.Block(t.Context(), c.ID, []phone.Number{row(t, db, ids[1]).Number}, "list", noon))
	// 2 and 5 ready, 3 and 6 wait, 4 and 7 skipped
	for n, want := range map[int][][]int{1: {{2}, {3}, {5}, {6}}, 3: {{2, 3, 5}, {6}}, 100: {{2, 3, 5, 6}}} {
		if diff := cmp.Diff(want, openRows(t, db, c.ID, n)); diff != "" {
			t.Errorf("%d at a time (-want +got):\n%s", n, diff)
		}
	}
	if got := openRows(t, db, c.ID+100, 5); got != nil {
		t.Errorf("of a campaign that is not there: %v", got)
	}
	enough := errors.New("enough")
	if err := db.OpenRows(t.Context(), c.ID, 1, func([]campaign.Contact) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("error %v, want the one of each", err)
	}
}

func TestStanding(t *testing.T) {
	db := fresh(t)
	rows := people(9)
	skip := func(i int, why campaign.Reason) { rows[i].Status, rows[i].Why = campaign.Skipped, why }
	skip(0, campaign.Reason{Code: campaign.CodeDuplicate, Row: 5})
	skip(1, campaign.Reason{Code: campaign.CodeDuplicate, Row: 6})
	skip(2, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemInvalid, Text: "x"})
	skip(3, campaign.Reason{})
	rows[4].Status, rows[5].Status = campaign.Reached, campaign.Reached
	rows[6].Status = campaign.Waiting
	c, ids := create(t, db, rows)
	begin(t, db, ids[7], "r")
	create(t, db, rows) // another campaign, which does not count
	got, err := db.Standing(t.Context(), c.ID)
	must(t, err)
	want := []campaign.Standing{
		{Status: campaign.Skipped, Rows: 1},
		{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate}, Rows: 2},
		{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemInvalid}, Rows: 1},
		{Status: campaign.Sending, Rows: 1},
		{Status: campaign.Reached, Rows: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// callsOf has n calls of a minute, of campaign c, end so.
func callsOf(t *testing.T, db *storage.DB, ids []campaign.ContactID, practice bool, o gateway.Outcome) {
	t.Helper()
	for _, id := range ids {
		a := intent(row(t, db, id), fmt.Sprint(id, o))
		a.Practice = practice
		a, err := db.Begin(t.Context(), a)
		must(t, err)
		must(t, db.Queued(t.Context(), a.ID, 1, noon))
		must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, o), Status: campaign.Ready, Tried: true}))
	}
}

func TestCallHistory(t *testing.T) {
	db := fresh(t)
	first, ids := create(t, db, people(100))
	callsOf(t, db, ids, false, gateway.OutcomeReached)
	second, more := create(t, db, people(3))
	callsOf(t, db, more, false, gateway.OutcomeBusy)
	practice, others := create(t, db, people(2))
	callsOf(t, db, others, true, gateway.OutcomeMachine)
	practice.Practice = true
	calls := func(n int) campaign.PastCalls {
		return campaign.PastCalls{Calls: n, Length: time.Duration(n) * time.Minute}
	}
	for name, test := range map[string]struct {
		campaign campaign.Campaign
		want     campaign.CallHistory
	}{
		"its own are enough": {first, campaign.CallHistory{gateway.OutcomeReached: calls(100)}},
		"too few of its own": {second, campaign.CallHistory{gateway.OutcomeReached: calls(100), gateway.OutcomeBusy: calls(3)}},
		"practice":           {practice, campaign.CallHistory{gateway.OutcomeMachine: calls(2)}},
		"new, practice":      {campaign.Campaign{ID: 99, Practice: true}, campaign.CallHistory{}},
	} {
		got, err := db.CallHistory(t.Context(), test.campaign)
		must(t, err)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// BenchmarkPreflight is a list of a hundred thousand rows, half of which
// were skipped.
func BenchmarkPreflight(b *testing.B) {
	const many = 100_000
	db := fresh(b)
	rows := manyPeople(many)
	for i := 1; i < many; i += 2 {
		rows[i].Status, rows[i].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: i}
	}
	c, _ := create(b, db, rows)
	c.Settings = c.Settings.Complete()
	for b.Loop() {
		now := time.Now()
		p := campaign.NewPreflight(now, c)
		standing, err := db.Standing(b.Context(), c.ID)
		must(b, err)
		for _, s := range standing {
			p.AddStanding(s)
		}
		b.ReportMetric(time.Since(now).Seconds(), "s-skipped")
		must(b, db.OpenRows(b.Context(), c.ID, 1000, func(rows []campaign.Contact) error {
			facts, err := db.Facts(b.Context(), c, rows, now.Add(-c.Settings.Memory()))
			p.Add(rows, facts)
			return err
		}))
		if p.Report().Rows != many {
			b.Fatal(p.Report())
		}
	}
}
