package storage_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// store is a DB under a name of its own, so that helpers may take it.
type store struct{ *storage.DB }

func stop(t *testing.T, db store, c campaign.Campaign) {
	t.Helper()
	c.State, c.Ended = campaign.Stopped, noon.Add(time.Hour)
	must(t, db.SetState(t.Context(), c))
}

func TestWhatIsDeletedLeavesItsCallsToTheLedger(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 6)
	must(t, db.Block(t.Context(), 0, []phone.Number{number(5)}, "opt-out", noon))
	if err := db.Discard(t.Context(), c.ID); !errors.Is(err, storage.ErrNotOver) {
		t.Fatalf("deleted although it can go on: %v", err)
	}
	stop(t, db, c)
	must(t, db.Discard(t.Context(), c.ID))
	db.Removed()
	if _, err := db.Campaign(t.Context(), c.ID); err == nil {
		t.Error("it is still there")
	}
	calls, err := db.CallsTo(t.Context(), number(1), 5)
	must(t, err)
	if len(calls) != 1 || calls[0].Attempt.Outcome != gateway.OutcomeReached || calls[0].Campaign == "" {
		t.Errorf("the ledger says %+v", calls)
	}
	left, err := db.Count(t.Context(), "SELECT count(*) FROM contacts")
	must(t, err)
	told, err := db.Count(t.Context(), "SELECT (SELECT count(*) FROM contacts WHERE cells <> '' OR name <> '' OR answers <> '') + (SELECT count(*) FROM attempts WHERE answers <> '')"+
		" + (SELECT count(*) FROM names) + (SELECT count(*) FROM problems) + (SELECT count(*) FROM imports) + (SELECT count(*) FROM tallies)")
	must(t, err)
	if left != 1 || told != 0 {
		t.Errorf("%d rows are left, want the one that was called; %d things are still told", left, told)
	}
	next, ids := create(t, db.DB, people(5))
	facts, err := db.Facts(t.Context(), next, []campaign.Contact{row(t, db.DB, ids[0])}, noon.Add(-time.Hour))
	must(t, err)
	if len(facts) != 1 || len(facts[0].Past) != 1 {
		t.Errorf("limits know %+v", facts)
	}
	if !row(t, db.DB, ids[4]).DoNotCall {
		t.Error("the do-not-call list has forgotten a number")
	}
}

func TestAPracticeCampaignIsDeletedAsAWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rollcall.db")
	db := store{open(t, path)}
	c, _ := called(t, db, 6)
	must(t, db.Exec(t.Context(), "UPDATE attempts SET practice = TRUE"))
	stop(t, db, c)
	must(t, db.Discard(t.Context(), c.ID))
	must(t, db.Close()) // it may not be through yet
	db = store{open(t, path)}
	db.Removed()
	for _, table := range []string{"campaigns", "contacts", "attempts", "names", "problems"} {
		if n, err := db.Count(t.Context(), "SELECT count(*) FROM "+table); err != nil || n != 0 {
			t.Errorf("%d %s are left, %v", n, table, err)
		}
	}
	must(t, db.Close())
}

func TestDoubtsAreCountedOverAllCampaigns(t *testing.T) {
	db := store{fresh(t)}
	for _, reference := range []string{"a", "b"} {
		_, ids := create(t, db.DB, people(2))
		a := begin(t, db.DB, ids[0], reference)
		must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, gateway.OutcomeInterrupted), Status: campaign.Doubt}))
	}
	if n, err := db.CountDoubts(t.Context()); err != nil || n != 2 {
		t.Errorf("%d in doubt, %v", n, err)
	}
	list, err := db.List(t.Context())
	must(t, err)
	stop(t, db, list[0])
	must(t, db.Discard(t.Context(), list[0].ID))
	if n, err := db.CountDoubts(t.Context()); err != nil || n != 1 {
		t.Errorf("%d in doubt after one campaign was deleted, %v", n, err)
	}
}

// A thousand campaigns are read by two queries that look at no row but the
// first that waits.
func TestAThousandCampaignsAreReadAtOnce(t *testing.T) {
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "rollcall.db"), slog.New(slog.DiscardHandler))
	must(t, err)
	must(t, db.Exec(t.Context(), `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
		INSERT INTO campaigns (id, name, state, file, sheet, hash, columns, flow, settings, practice, created, started, ended, why)
		SELECT i, 'Campaign ' || i, 'paused', '', '', '', '', '', '{}', FALSE, i, i, 0, '' FROM n`))
	must(t, db.Exec(t.Context(), `INSERT INTO tallies (campaign, status, n) SELECT id, 'ready', id FROM campaigns`))
	all, err := db.Summaries(t.Context())
	must(t, err)
	if len(all) != 1000 || all[0].Name != "Campaign 1000" || all[999].Tally[campaign.Ready] != 1 {
		t.Errorf("%d campaigns, the newest is %q", len(all), all[0].Name)
	}
	must(t, db.Close())
}

// Whoever was called in a campaign that was deleted since is still found by a
// list that leaves out who was called of late.
func TestWhatIsDeletedIsStillCalledElsewhere(t *testing.T) {
	db := store{fresh(t)}
	c, _ := called(t, db, 6)
	stop(t, db, c)
	must(t, db.Discard(t.Context(), c.ID))
	db.Removed()
	next, err := db.Import(t.Context(), full(), func(s contacts.Sink) (contacts.Import, error) {
		im := contacts.Import{Options: contacts.Options{Across: contacts.Across{Days: 36_500}}}
		for _, row := range people(2) {
			if err := s.Add(row, nil); err != nil {
				return im, err
			}
		}
		return im, nil
	})
	must(t, err)
	if got := tally(t, db.DB, next.ID); got[campaign.Ready] != 1 || got[campaign.Skipped] != 1 {
		t.Errorf("tally %v", got)
	}
}
