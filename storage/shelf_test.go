package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// The compiler sees to it that a DB is what a Runner needs.
var _ campaign.Store = (*storage.DB)(nil)

// full is a campaign with every field set.
func full() campaign.Campaign {
	return campaign.Campaign{
		Name:  "Appointments – März",
		State: campaign.Draft,
		List: campaign.List{
			File: "/lists/clinic.xlsx", Sheet: "Sheet 1", Hash: "abc", Columns: []string{"Name", "Phone", "Name"},
		},
		Flow:     campaign.Flow{Source: "sample:reminder"},
		Settings: campaign.Settings{Zone: "America/Chicago", CallerID: "+13125550199", Speed: 60}.Complete(),
		Created:  noon,
	}
}

func TestCampaignIsKept(t *testing.T) {
	db := fresh(t)
	want, err := db.Create(t.Context(), full(), people(3))
	must(t, err)
	want.State, want.Practice = campaign.Paused, true
	want.Started, want.Ended = noon.Add(time.Minute), noon.Add(time.Hour)
	want.Why = campaign.Reason{Code: campaign.CodeWaiting, Until: noon, Zone: "America/New_York"}
	must(t, db.SetState(t.Context(), want))
	want.Name, want.Settings.Lines = "Other", 8
	must(t, db.Configure(t.Context(), want))
	want.Rethink = true

	got, err := db.Campaign(t.Context(), want.ID)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("campaign (-want +got):\n%s", diff)
	}
	if _, err := db.Campaign(t.Context(), want.ID+1); err == nil {
		t.Error("found a campaign that is not there")
	}
	if err := db.Configure(t.Context(), campaign.Campaign{ID: want.ID + 1}); err == nil {
		t.Error("configured a campaign that is not there")
	}
}

func TestFindReturnsTheNewest(t *testing.T) {
	db := fresh(t)
	other := full()
	other.Flow.Source = "/flows/other.vxml"
	for _, c := range []campaign.Campaign{full(), full(), other} {
		_, err := db.Create(t.Context(), c, nil)
		must(t, err)
	}
	got, ok, err := db.Find(t.Context(), "abc", "sample:reminder")
	must(t, err)
	list, err := db.List(t.Context())
	must(t, err)
	if !ok || len(list) != 3 || got.ID != list[1].ID || list[0].Flow != other.Flow {
		t.Errorf("found %v, campaign %d among %d", ok, got.ID, len(list))
	}
	if _, ok, err := db.Find(t.Context(), "abc", "nothing"); ok || err != nil {
		t.Errorf("found a campaign of another flow: %v, %v", ok, err)
	}
}

func TestRowsAreKept(t *testing.T) {
	db := fresh(t)
	rows := []campaign.Contact{
		{Row: 9, Name: "Zoë \"Z\"", Number: "+442079460000", Zones: []string{"Europe/London", "Europe/Dublin"},
			Cells: []string{"", "=1+1", "ß\n"}, Status: campaign.Ready},
		{Row: 3, Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDigitsLost, Text: "3.12555E9"}},
		{Row: 4, Status: campaign.Waiting, NextAt: noon, Why: campaign.Reason{Code: campaign.CodeHours, Until: noon, Zone: "Europe/Paris"}},
	}
	c, err := db.Create(t.Context(), full(), rows)
	must(t, err)
	ids := order(t, db, c.ID, campaign.Filter{})
	got, err := db.Contacts(t.Context(), ids)
	must(t, err)
	want := []campaign.Contact{rows[1], rows[2], rows[0]} // by row
	for i := range want {
		want[i].ID, want[i].Campaign = ids[i], c.ID
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	wantTally := campaign.Tally{campaign.Ready: 1, campaign.Skipped: 1, campaign.Waiting: 1}
	if diff := cmp.Diff(wantTally, tally(t, db, c.ID)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
}

func TestCreateIsAllOrNothing(t *testing.T) {
	db := fresh(t)
	must(t, db.Exec(t.Context(), `CREATE TRIGGER refuse BEFORE INSERT ON contacts WHEN new.row = 250
		BEGIN SELECT RAISE(ABORT, 'refused'); END`))
	if _, err := db.Create(t.Context(), full(), people(300)); err == nil {
		t.Fatal("created a list with a row that was refused")
	}
	if list, err := db.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%d campaigns, %v", len(list), err)
	}
}

func TestUndo(t *testing.T) {
	db := fresh(t)
	kept, _ := create(t, db, people(2))
	c, err := db.Create(t.Context(), full(), people(250))
	must(t, err)
	must(t, db.Block(t.Context(), c.ID, []phone.Number{number(1)}, "list", noon))
	must(t, db.Undo(t.Context(), c.ID))
	db.Removed()
	if ids := order(t, db, c.ID, campaign.Filter{}); len(ids) != 0 {
		t.Errorf("%d rows are left", len(ids))
	}
	if n := tally(t, db, c.ID).Total(); n != 0 {
		t.Errorf("%d rows are counted", n)
	}
	if n := tally(t, db, kept.ID).Total(); n != 2 {
		t.Errorf("the other campaign has %d rows", n)
	}
	if err := db.Undo(t.Context(), kept.ID); !errors.Is(err, storage.ErrStarted) {
		t.Errorf("undone although started: %v", err)
	}
	next, err := db.Create(t.Context(), full(), people(1))
	must(t, err)
	if next.ID <= c.ID {
		t.Errorf("campaign id %d was given out again", next.ID)
	}
}

func TestUndoRefusesWhatWasTried(t *testing.T) {
	db := fresh(t)
	c, err := db.Create(t.Context(), full(), people(1))
	must(t, err)
	begin(t, db, order(t, db, c.ID, campaign.Filter{})[0], "r")
	if err := db.Undo(t.Context(), c.ID); !errors.Is(err, storage.ErrStarted) {
		t.Errorf("undone although tried: %v", err)
	}
}

func TestBlockKeepsTheFirst(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(2))
	must(t, db.Block(t.Context(), 0, []phone.Number{number(1), "", number(1)}, "list", noon))
	must(t, db.Block(t.Context(), 0, []phone.Number{number(1)}, "other", noon.Add(time.Hour)))
	if !row(t, db, ids[0]).DoNotCall || row(t, db, ids[1]).DoNotCall {
		t.Error("the wrong rows are blocked")
	}
	must(t, db.Unblock(t.Context(), number(1)))
	if row(t, db, ids[0]).DoNotCall {
		t.Error("still blocked")
	}
}

func TestCancelLeavesWhatIsUnderWay(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(4))
	begin(t, db, ids[0], "a")
	done := begin(t, db, ids[1], "b")
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(done, gateway.OutcomeReached), Status: campaign.Reached}))
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[2], Campaign: c.ID, Status: campaign.Waiting, NextAt: noon}}))
	why := campaign.Reason{Code: campaign.CodeStopped}
	must(t, db.Cancel(t.Context(), c.ID, why))
	want := campaign.Tally{campaign.Sending: 1, campaign.Reached: 1, campaign.Cancelled: 2}
	if diff := cmp.Diff(want, tally(t, db, c.ID)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	if got := row(t, db, ids[2]); got.Why != why || !got.NextAt.IsZero() {
		t.Errorf("cancelled row: %+v", got)
	}
}
