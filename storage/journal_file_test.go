package storage_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
	"rollcall/storage/migrations"
	"rollcall/storage/query"
)

// oldJournal is the path of a journal as version 1 left it, with four jobs.
func oldJournal(t testing.TB) string {
	t.Helper()
	const name = "00001_journal.sql"
	text, err := fs.ReadFile(migrations.Gateway(), name)
	must(t, err)
	path := filepath.Join(t.TempDir(), "gateway.db")
	must(t, storage.MakeJournal(t.Context(), path, fstest.MapFS{name: &fstest.MapFile{Data: text}}, `
		INSERT INTO jobs (id, request, reference, accepted, due, first_due, expires, state, attempts, dialled, owner, lease, remove, withdrawn, ended)
		VALUES (1, '{"Phone":"+1 (312) 555-0142,,9#","Info":"a"}', 'aa', 10, 20, 20, 9000, 'queued', '', 0, '', 0, FALSE, FALSE, 0),
		       (2, '{"Phone":"312*42","FirstOcc":0}', '', 11, 10, 10, 9000, 'queued', '', 0, '', 0, FALSE, FALSE, 0),
		       (3, '{"Phone":"sip:somebody"}', '', 12, 10, 10, 9000, 'claimed', '', 0, 'dead', 5, FALSE, FALSE, 0),
		       (4, '{}', '', 13, 10, 10, 9000, 'done', '', 1, '', 0, FALSE, FALSE, 4102444800000);
		UPDATE issued SET last = 4;
		INSERT INTO refs (reference, reqid, voided, expires) VALUES ('aa', 1, FALSE, 0);`))
	return path
}

func TestJournalOfVersion1(t *testing.T) {
	j := openJournal(t, oldJournal(t))
	defer j.Close()
	must(t, j.Integrity())
	for digits, want := range map[string][]gateway.ReqID{"142": {1}, "13125550142": {1}, "312": {2}, "3125550142": {1}, "429": nil} {
		jobs, err := j.Search(t.Context(), digits, 9)
		must(t, err)
		var found []gateway.ReqID
		for _, job := range jobs {
			found = append(found, job.ID)
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("ends in %s (-want +got):\n%s", digits, diff)
		}
	}
	counts, err := j.Count(t.Context())
	must(t, err)
	want := map[scheduler.JobState]int{scheduler.JobQueued: 2, scheduler.JobClaimed: 1, scheduler.JobDone: 1}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("counted (-want +got):\n%s", diff)
	}
	if _, err := j.Recover(t.Context(), "us", true, noon); err != nil {
		t.Fatal(err)
	}
	jobs, err := j.Claim(t.Context(), "us", noon, noon, 0) // all are long expired
	must(t, err)
	if len(jobs) != 3 || jobs[0].ID != 2 || jobs[0].From != "" || jobs[0].Request.Priority != gateway.PriorityNormal {
		t.Errorf("claimed %+v", jobs)
	}
	if again := accept(t, j, call("aa")); again.ID != 1 {
		t.Errorf("a known reference was accepted as %d", again.ID)
	}
	if next := accept(t, j, call("bb")); next.ID <= 4 {
		t.Errorf("accepted as %d", next.ID)
	}
}

// What the journal answers often is answered by an index, however long it is.
func TestPlansOfTheJournal(t *testing.T) {
	j := freshJournal(t)
	ctx := t.Context()
	for name, test := range map[string]struct {
		ask  func(q *query.Queries) error
		want string // a step of the plan; nothing may be scanned in any case
	}{
		"claim": {
			func(q *query.Queries) error { _, err := q.ClaimDue(ctx, query.ClaimDueParams{}); return err },
			"COVERING INDEX jobs_queue (priority=? AND due<?)",
		},
		"claim expired": {
			func(q *query.Queries) error { _, err := q.ClaimExpired(ctx, query.ClaimExpiredParams{}); return err },
			"COVERING INDEX jobs_expire (expires<?)",
		},
		"take over": {
			func(q *query.Queries) error { _, err := q.TakeOver(ctx, query.TakeOverParams{}); return err },
			"INDEX jobs_held",
		},
		"next": {
			func(q *query.Queries) error { _, err := q.NextJobs(ctx); return err },
			"COVERING INDEX jobs_queue (priority=?)",
		},
		"changes": {
			func(q *query.Queries) error { _, err := q.JobsChanged(ctx, query.JobsChangedParams{}); return err },
			"USING INTEGER PRIMARY KEY",
		},
		"list queued": {
			func(q *query.Queries) error { _, err := q.ListQueued(ctx, query.ListQueuedParams{}); return err },
			"INDEX jobs_queue (priority=?)",
		},
		"list held": {
			func(q *query.Queries) error { _, err := q.ListHeld(ctx, query.ListHeldParams{}); return err },
			"INDEX jobs_held",
		},
		"list done": {
			func(q *query.Queries) error { _, err := q.ListDone(ctx, 1); return err },
			"INDEX jobs_ended",
		},
		"search": {
			func(q *query.Queries) error { _, err := q.SearchJobs(ctx, query.SearchJobsParams{}); return err },
			"COVERING INDEX jobs_tail (tail>? AND tail<?)",
		},
		"reference": {
			func(q *query.Queries) error {
				_, err := q.GetRef(ctx, "")
				if errors.Is(err, sql.ErrNoRows) {
					err = nil
				}
				return err
			},
			"PRIMARY KEY (reference=?)",
		},
		"old jobs": {
			func(q *query.Queries) error { _, err := q.OldJobs(ctx, query.OldJobsParams{}); return err },
			"INDEX jobs_ended (ended<?)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := j.Plan(ctx, test.ask)
			must(t, err)
			if !strings.Contains(plan, test.want) || scans(plan) {
				t.Errorf("want %s in the plan and no scan:\n%s", test.want, plan)
			}
		})
	}
}

// scans tells whether a step of plan reads a whole table that may be large.
func scans(plan string) bool {
	for step := range strings.Lines(plan) {
		if strings.HasPrefix(step, "SCAN jobs") && !strings.Contains(step, "INDEX") {
			return true
		}
	}
	return false
}

// A journal that was not closed is looked at before it is used.
func TestDamagedJournalIsNotUsed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	j := openJournal(t, path)
	fillDone(t, j, "500")
	must(t, j.Close())
	db, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = db.ExecContext(t.Context(), "PRAGMA user_version = 1") // as it is while in use
	must(t, errors.Join(err, db.Close()))
	data, err := os.ReadFile(path)
	must(t, err)
	for i := range 4096 {
		data[len(data)/2&^4095+i] ^= 0x5a
	}
	must(t, os.WriteFile(path, data, 0o600))
	j, err = storage.OpenJournal(t.Context(), path, storage.JournalOptions{})
	if err == nil {
		must(t, j.Close())
	}
	if !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("opened: %v", err)
	}
}
