package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// called is a campaign of which one person was reached, one was left out, one
// waits and two were set aside by the import.
func called(t *testing.T, db store, n int) (campaign.Campaign, []campaign.ContactID) {
	t.Helper()
	rows := people(n)
	rows[3].Status, rows[3].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemNoNumber}
	rows[4].Status, rows[4].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}
	c, err := db.Import(t.Context(), full(), func(s contacts.Sink) (contacts.Import, error) {
		var im contacts.Import
		im.Book.File, im.Layout = "/lists/clinic.xlsx", "layout"
		im.Summary.Columns = []contacts.Column{{Name: "Name"}, {Name: "Phone"}}
		for i, row := range rows {
			var found []campaign.CellProblem
			if i == 3 {
				found = []campaign.CellProblem{{Row: row.Row, Column: "Phone", Kind: campaign.ProblemNoNumber}}
			}
			if err := s.Add(row, found); err != nil {
				return im, err
			}
		}
		return im, nil
	})
	must(t, err)
	c.State, c.Started = campaign.Running, noon
	must(t, db.SetState(t.Context(), c))
	ids := order(t, db.DB, c.ID, campaign.Filter{})
	a := begin(t, db.DB, ids[0], "first")
	a = ended(a, gateway.OutcomeReached)
	a.Answers = []gateway.Answer{{Name: "confirm", Value: "1"}}
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true}))
	_, err = db.Exclude(t.Context(), ids[1:2])
	must(t, err)
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[2], Campaign: c.ID, Status: campaign.Waiting, NextAt: noon}}))
	return c, ids
}

func TestADuplicateIsAsItsListWasRead(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 6)
	must(t, db.Block(t.Context(), c.ID, []phone.Number{number(6)}, "no.csv", noon))
	must(t, db.Exec(t.Context(), `INSERT INTO do_not_call (number, campaign, source, added, way) VALUES ('+13125550002', `+fmt.Sprint(c.ID)+`, 'opt-out', 1, 'key')`))
	must(t, db.Exec(t.Context(), `UPDATE contacts SET status = 'skipped', why = '{"code":"do_not_call"}', changed = 9 WHERE row = 3`)) // as the gate does
	copied, err := db.Duplicate(t.Context(), c.ID, "Appointments (2)", nil)
	must(t, err)
	if copied.ID == c.ID || copied.Name != "Appointments (2)" || copied.State != campaign.Draft || !copied.Started.IsZero() || copied.Flow != c.Flow {
		t.Errorf("the copy is %+v", copied)
	}
	if diff := cmp.Diff(c.Settings, copied.Settings); diff != "" {
		t.Errorf("settings (-was +copied):\n%s", diff)
	}
	if diff := cmp.Diff(campaign.Tally{campaign.Ready: 4, campaign.Skipped: 2}, tally(t, db.DB, copied.ID)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	rows, err := db.Contacts(t.Context(), order(t, db.DB, copied.ID, campaign.Filter{}))
	must(t, err)
	want := people(6)
	for i, got := range rows {
		if got.Row != want[i].Row || got.Name != want[i].Name || got.Number != want[i].Number || !cmp.Equal(got.Cells, want[i].Cells) ||
			got.Tries != 0 || len(got.Answers) > 0 || !got.Reached.IsZero() {
			t.Errorf("row %d is %+v", i, got)
		}
	}
	if rows[3].Why.Code != campaign.CodeQuarantine || rows[4].Why.Code != campaign.CodeDuplicate || !rows[5].DoNotCall || rows[1].DoNotCall {
		t.Errorf("set aside: %v, %v; blocked: %v", rows[3].Why, rows[4].Why, rows[5].DoNotCall)
	}
	byName := order(t, db.DB, copied.ID, campaign.Filter{Sort: campaign.SortName})
	if len(byName) != 6 || byName[0] != rows[0].ID {
		t.Errorf("by name: %v", byName)
	}
	found, err := db.Problems(t.Context(), copied.ID, []int{5})
	must(t, err)
	im, err := db.ImportOf(t.Context(), copied.ID)
	must(t, err)
	if s := im.Summary; len(found) != 1 || im.Layout != "layout" || s.Ready != 4 || s.Quarantined != 1 || s.Duplicates != 1 {
		t.Errorf("%d problems, read as %+v", len(found), im)
	}
}

// The command that calls a list must not take a copy of a campaign that has
// finished for one that was never called.
func TestADuplicateIsNotFoundByItsList(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 6)
	_, err := db.Duplicate(t.Context(), c.ID, "Again", nil)
	must(t, err)
	got, found, err := db.Find(t.Context(), "abc", "sample:reminder")
	if err != nil || !found || got.ID != c.ID {
		t.Errorf("found %d, %v, %v; want %d", got.ID, found, err, c.ID)
	}
}

func TestADuplicateThatIsGivenUpLeavesNothing(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 12_000)
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	_, err := db.Duplicate(ctx, c.ID, "Again", func(rows int) {
		told = rows
		cancel()
	})
	if !errors.Is(err, context.Canceled) || told == 0 {
		t.Errorf("after %d rows: %v", told, err)
	}
	db.Removed()
	list, err := db.List(t.Context())
	must(t, err)
	rows, err := db.Count(t.Context(), "SELECT count(*) FROM contacts")
	must(t, err)
	if len(list) != 1 || rows != 12_000 {
		t.Errorf("%d campaigns, %d rows", len(list), rows)
	}
	copied, err := db.Duplicate(t.Context(), c.ID, "Again", nil)
	must(t, err)
	if n := tally(t, db.DB, copied.ID).Total(); n != 12_000 {
		t.Errorf("%d rows were copied", n)
	}
	if _, err := db.Duplicate(t.Context(), 99, "Nobody", nil); err == nil {
		t.Error("duplicated a campaign that is not there")
	}
}

func TestSummariesSayHowAllStand(t *testing.T) {
	db := store{fresh(t)}
	before := time.Now().Truncate(time.Millisecond)
	c, _ := called(t, db, 6)
	other, err := db.Create(t.Context(), full(), people(2))
	must(t, err)
	put := noon.Add(time.Hour)
	must(t, db.Archive(t.Context(), other.ID, put))
	all, err := db.Summaries(t.Context())
	must(t, err)
	if len(all) != 2 || all[0].ID != other.ID || all[1].ID != c.ID {
		t.Fatalf("summaries: %+v", all)
	}
	if diff := cmp.Diff(tally(t, db.DB, c.ID), all[1].Tally); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	if s := all[1]; !s.Due.Equal(noon) || s.Since.Before(before) || !s.Archived.IsZero() || s.State != campaign.Running {
		t.Errorf("due %v, since %v, archived %v, %s", s.Due, s.Since, s.Archived, s.State)
	}
	if s := all[0]; !s.Archived.Equal(put) || !s.Due.IsZero() || !s.Since.IsZero() {
		t.Errorf("archived %v, due %v, since %v", s.Archived, s.Due, s.Since)
	}
	must(t, db.Archive(t.Context(), other.ID, time.Time{}))
	all, err = db.Summaries(t.Context())
	must(t, err)
	if !all[0].Archived.IsZero() {
		t.Error("not brought back")
	}
	if err := db.Archive(t.Context(), 99, put); err == nil {
		t.Error("archived a campaign that is not there")
	}
}

// What the list itself says of people goes on to hold.
func TestADuplicateKeepsWhomTheListBars(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 6)
	must(t, db.Exec(t.Context(), `UPDATE contacts SET status = 'skipped', why = '{"code":"do_not_call"}', changed = 9 WHERE row = 3`)) // as a newer list does
	must(t, db.Exec(t.Context(), `UPDATE imports SET import = json_set(import, '$.summary.columns[1].role', 'do_not_call')`))
	copied, err := db.Duplicate(t.Context(), c.ID, "Again", nil)
	must(t, err)
	if got := tally(t, db.DB, copied.ID); got[campaign.Ready] != 3 || got[campaign.Skipped] != 3 {
		t.Errorf("tally %v", got)
	}
}
