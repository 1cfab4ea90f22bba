package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// settled is a row whose call ended with an outcome, in that state.
func settled(t *testing.T, db *storage.DB, id campaign.ContactID, ref string, o gateway.Outcome, s campaign.Status) campaign.Attempt {
	t.Helper()
	a := ended(begin(t, db, id, ref), o)
	must(t, db.Settle(t.Context(), campaign.Settlement{
		Attempt: a, Status: s, Why: campaign.Reason{Code: campaign.CodeOutcome, Outcome: string(o)}, Tried: true,
	}))
	return a
}

func statuses(t *testing.T, db *storage.DB, ids []campaign.ContactID) []campaign.Status {
	t.Helper()
	var all []campaign.Status
	for _, id := range ids {
		all = append(all, row(t, db, id).Status)
	}
	return all
}

// TestCallAgain: who is done or cancelled is called again; who may not be, is
// under way, was left out or was never to be called is not.
func TestCallAgain(t *testing.T) {
	db := fresh(t)
	rows := people(8)
	rows[6].Status, rows[6].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}
	c, ids := create(t, db, rows)
	last := settled(t, db, ids[0], "a", gateway.OutcomeReached, campaign.Reached)
	settled(t, db, ids[1], "b", gateway.OutcomeBusy, campaign.Unreached)
	settled(t, db, ids[2], "c", gateway.OutcomeBusy, campaign.Unreached)
	must(t, db.Block(t.Context(), 0, []phone.Number{number(3)}, "by hand", noon))
	begin(t, db, ids[3], "d")
	doubtful(t, db, ids[4], "e", campaign.CodeNoReply)
	if _, err := db.Exclude(t.Context(), ids[5:6]); err != nil {
		t.Fatal(err)
	}
	n, err := db.CallAgain(t.Context(), c.ID, ids, noon.Add(time.Hour))
	must(t, err)
	want := []campaign.Status{
		campaign.Waiting, campaign.Waiting, campaign.Unreached, campaign.Sending, campaign.Doubt, campaign.Skipped, campaign.Skipped, campaign.Ready,
	}
	if diff := cmp.Diff(want, statuses(t, db, ids)); n != 2 || diff != "" {
		t.Errorf("%d rows are called again (-want +got):\n%s", n, diff)
	}
	got := row(t, db, ids[0])
	anew := campaign.Anew{Since: last.ID, Tries: 1, Now: last.ID}
	if got.Anew != anew || got.Tries != 1 || got.Why.Code != campaign.CodeAsked || !got.NextAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("the row: %+v", got)
	}
	entries := audited(t, db)
	told := entries[len(entries)-1]
	if told.What != campaign.AuditAgain || told.Details[campaign.DetailRows] != "2" || told.Details[campaign.DetailRow] != "2-3" {
		t.Errorf("the log ends with %+v", told)
	}
	if c, err := db.Campaign(t.Context(), c.ID); err != nil || c.State != campaign.Running {
		t.Errorf("the campaign is %s, %v", c.State, err)
	}
	if n, err := db.CallAgain(t.Context(), c.ID+1, ids, noon); n != 0 || err != nil {
		t.Errorf("%d rows of another campaign, %v", n, err)
	}
}

func TestCallAgainReopensWhatIsOver(t *testing.T) {
	for _, state := range []campaign.State{campaign.Finished, campaign.Stopped} {
		db := fresh(t)
		c, ids := create(t, db, people(1))
		settled(t, db, ids[0], "a", gateway.OutcomeBusy, campaign.Unreached)
		c.State, c.Ended, c.Practice = state, noon, true
		must(t, db.SetState(t.Context(), c))
		if n, err := db.CallAgain(t.Context(), c.ID, ids, noon); n != 1 || err != nil {
			t.Fatalf("%d rows, %v", n, err)
		}
		c, err := db.Campaign(t.Context(), c.ID)
		must(t, err)
		if c.State != campaign.Paused || c.Why.Code != campaign.CodeReopened || !c.Ended.IsZero() || !c.Practice || !c.Started.Equal(noon) {
			t.Errorf("the campaign: %+v", c)
		}
		entries := audited(t, db)
		if told := entries[len(entries)-1]; told.What != campaign.AuditRevived || told.Details[campaign.DetailBefore] != string(state) {
			t.Errorf("the log ends with %+v", told)
		}
	}
}

// TestCallNow: who waits comes before all others and keeps their tries.
func TestCallNow(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(3))
	last := settled(t, db, ids[2], "a", gateway.OutcomeBusy, campaign.Reached)
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[1], Status: campaign.Waiting, NextAt: noon}}))
	n, err := db.CallNow(t.Context(), c.ID, ids[2:])
	if n != 0 || err != nil {
		t.Errorf("%d rows that are done, %v", n, err)
	}
	if _, err := db.CallAgain(t.Context(), c.ID, ids[2:], noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	n, err = db.CallNow(t.Context(), c.ID, ids[2:])
	must(t, err)
	due, err := db.Due(t.Context(), c.ID, noon, 9)
	must(t, err)
	var order []campaign.ContactID
	for _, p := range due {
		order = append(order, p.ID)
	}
	if want := []campaign.ContactID{ids[2], ids[1], ids[0]}; n != 1 || !slices.Equal(order, want) {
		t.Errorf("%d rows; due are %v, want %v", n, order, want)
	}
	if got := due[0].Anew; got.Now != last.ID || got.Since != last.ID {
		t.Errorf("%+v", got)
	}
}

func TestIncludeTakesBack(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(2))
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[1], Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDoNotCall}}}))
	must(t, db.Block(t.Context(), 0, []phone.Number{number(2)}, "by hand", noon))
	if _, err := db.Exclude(t.Context(), ids[:1]); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		n      int
		second campaign.Status
	}{{1, campaign.Skipped}, {1, campaign.Ready}} {
		n, err := db.Include(t.Context(), c.ID, ids)
		must(t, err)
		if got := statuses(t, db, ids); n != want.n || got[0] != campaign.Ready || got[1] != want.second {
			t.Errorf("%d rows back in: %v", n, got)
		}
		must(t, db.RemoveDoNotCall(t.Context(), number(2), 0))
	}
}

// TestManyRowsAreCalledAgain: more than one transaction's.
func TestManyRowsAreCalledAgain(t *testing.T) {
	const many = 2500
	db := fresh(t)
	c, ids := create(t, db, people(many))
	must(t, db.Cancel(t.Context(), c.ID, campaign.Reason{Code: campaign.CodeStopped}))
	n, err := db.CallAgain(t.Context(), c.ID, ids, noon)
	must(t, err)
	if got := tally(t, db, c.ID); n != many || got[campaign.Waiting] != many || got[campaign.Cancelled] != 0 {
		t.Errorf("%d rows: %v", n, got)
	}
	if got := order(t, db, c.ID, campaign.Filter{Sort: campaign.SortNewest}); got[0] != ids[many-1] {
		t.Errorf("row %d changed last", got[0])
	}
}

func TestCallTimes(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(4))
	for i, o := range []gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeReached, gateway.OutcomeReached, gateway.OutcomeMachine} {
		a := begin(t, db, ids[i], fmt.Sprint(i))
		a.Ended, a.Outcome = noon.Add(time.Duration(i)*time.Minute), o
		must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true}))
	}
	got, err := db.CallTimes(t.Context(), c.ID, noon.Add(time.Minute), 2*time.Minute, 2)
	must(t, err)
	want := []campaign.CallSlot{
		{Ends: map[gateway.Outcome]int{gateway.OutcomeReached: 2}, Idle: true}, {Ends: map[gateway.Outcome]int{gateway.OutcomeMachine: 1}, Idle: true},
	}
	if diff := cmp.Diff(want, got.Slots); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// TestCallTimesTellOfPauses: a stretch of time in which the campaign ran for a
// while is none in which it was paused.
func TestCallTimesTellOfPauses(t *testing.T) {
	db := fresh(t)
	c, _ := create(t, db, people(1)) // started now
	idle := func(from time.Duration) []bool {
		t.Helper()
		times, err := db.CallTimes(t.Context(), c.ID, time.Now().Add(from), time.Hour, 3)
		must(t, err)
		var all []bool
		for _, s := range times.Slots {
			all = append(all, s.Idle)
		}
		return all
	}
	if got := idle(-90 * time.Minute); !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("idle before the start: %v", got)
	}
	c.State = campaign.Paused
	must(t, db.SetState(t.Context(), c))
	if got := idle(-90 * time.Minute); !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("idle after the pause: %v", got)
	}
	if got := idle(time.Minute); !slices.Equal(got, []bool{true, true, true}) {
		t.Errorf("idle while paused: %v", got)
	}
}

func TestWaitsAreCountedByReason(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(5))
	aside := func(id campaign.ContactID, minutes int, code campaign.Code, zone string) campaign.Contact {
		at := noon.Add(time.Duration(minutes) * time.Minute)
		return campaign.Contact{ID: id, Status: campaign.Waiting, NextAt: at, Why: campaign.Reason{Code: code, Zone: zone, Until: at}}
	}
	must(t, db.SetAside(t.Context(), []campaign.Contact{
		aside(ids[0], 10, campaign.CodeRetry, ""), aside(ids[1], 60, campaign.CodeHours, "America/Denver"),
		aside(ids[2], 60, campaign.CodeHours, "America/Denver"), aside(ids[3], 90, campaign.CodeHours, "America/Denver"),
	}))
	got, err := db.Waits(t.Context(), c.ID)
	must(t, err)
	want := []campaign.PreflightGroup{
		{Why: campaign.Reason{Code: campaign.CodeHours, Zone: "America/Denver"}, Rows: 3, First: noon.Add(time.Hour), Last: noon.Add(90 * time.Minute)},
		{Why: campaign.Reason{Code: campaign.CodeRetry}, Rows: 1, First: noon.Add(10 * time.Minute), Last: noon.Add(10 * time.Minute)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows that wait (-want +got):\n%s", diff)
	}
}
