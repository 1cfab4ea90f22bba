package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/storage"
)

// machine drives a store through random steps, as a Runner and a person might
// in any order, and checks after each what must always hold.
type machine struct {
	db   *storage.DB
	c    campaign.Campaign
	ids  []campaign.ContactID
	open []campaign.Attempt
	n    int
}

func (m *machine) row(t *rapid.T) campaign.Contact {
	rows, err := m.db.Contacts(context.Background(), []campaign.ContactID{rapid.SampledFrom(m.ids).Draw(t, "row")})
	if err != nil || len(rows) != 1 {
		t.Fatal(len(rows), err)
	}
	return rows[0]
}

func (m *machine) begin(t *rapid.T) {
	m.n++
	c := m.row(t)
	a, err := m.db.Begin(context.Background(), intent(c, fmt.Sprint(m.c.ID, "-", m.n)))
	allowed := (c.Status == campaign.Ready || c.Status == campaign.Waiting) && !c.DoNotCall
	switch {
	case err == nil && allowed:
		m.open = append(m.open, a)
	case errors.Is(err, campaign.ErrForbidden) && !allowed:
	default:
		t.Fatalf("a %s row, on the list %v: %v", c.Status, c.DoNotCall, err)
	}
}

// underway draws an attempt that was begun; it may have been settled since.
func (m *machine) underway(t *rapid.T) campaign.Attempt {
	if len(m.open) == 0 {
		t.Skip("nothing was begun")
	}
	return rapid.SampledFrom(m.open).Draw(t, "attempt")
}

func (m *machine) queued(t *rapid.T) {
	a := m.underway(t)
	fail(t, m.db.Queued(context.Background(), a.ID, gateway.ReqID(a.ID), noon))
}

func (m *machine) mark(t *rapid.T) {
	fail(t, m.db.Mark(context.Background(), m.row(t).ID, campaign.Calling))
}

func (m *machine) settle(t *rapid.T) {
	s := campaign.Settlement{Attempt: ended(m.underway(t), gateway.OutcomeBusy)}
	s.Status = rapid.SampledFrom([]campaign.Status{
		campaign.Ready, campaign.Waiting, campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt,
	}).Draw(t, "status")
	s.NextAt = noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "hours")) * time.Hour)
	s.KeepOpen = s.Status == campaign.Doubt
	s.Tried = rapid.Bool().Draw(t, "tried")
	s.OptOut = rapid.IntRange(0, 9).Draw(t, "opt out") == 0
	fail(t, m.db.Settle(context.Background(), s))
}

func (m *machine) setAside(t *rapid.T) {
	c := m.row(t)
	c.Status = rapid.SampledFrom([]campaign.Status{campaign.Waiting, campaign.Skipped}).Draw(t, "status")
	c.NextAt = noon.Add(time.Hour)
	fail(t, m.db.SetAside(context.Background(), []campaign.Contact{c}))
}

func (m *machine) cancel(t *rapid.T) {
	if rapid.IntRange(0, 19).Draw(t, "cancel") == 0 {
		fail(t, m.db.Cancel(context.Background(), m.c.ID, campaign.Reason{}))
	}
}

// check is what must always hold: the tally counts the rows, a row is under
// way exactly if one attempt at it is open, and no attempt is open twice.
func (m *machine) check(t *rapid.T) {
	ctx := context.Background()
	rows, err := m.db.Contacts(ctx, m.ids)
	fail(t, err)
	attempts, err := m.db.Attempts(ctx, m.c.ID, 0)
	fail(t, err)
	open := map[campaign.ContactID]int{}
	for _, a := range attempts {
		if a.Open() {
			open[a.Contact]++
		}
	}
	want := campaign.Tally{}
	for _, c := range rows {
		want[c.Status]++
		expect := 0
		if c.Status.Open() || c.Status == campaign.Doubt {
			expect = 1
		}
		if open[c.ID] != expect {
			t.Fatalf("a %s row has %d open attempts", c.Status, open[c.ID])
		}
	}
	got, err := m.db.Tally(ctx, m.c.ID)
	fail(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("tally (-rows +tally):\n%s", diff)
	}
}

func fail(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatAlwaysHolds(t *testing.T) {
	db := fresh(t)
	rapid.Check(t, func(rt *rapid.T) {
		must(t, db.Exec(t.Context(), "DELETE FROM do_not_call"))
		c, ids := create(t, db, people(5))
		m := &machine{db: db, c: c, ids: ids}
		rt.Repeat(map[string]func(*rapid.T){
			"begin":    m.begin,
			"queued":   m.queued,
			"mark":     m.mark,
			"settle":   m.settle,
			"setAside": m.setAside,
			"cancel":   m.cancel,
			"":         m.check,
		})
		c.Practice = true // so that its open attempts hold no number
		must(t, db.SetState(t.Context(), c))
	})
}
