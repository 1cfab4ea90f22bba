package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// fillDone puts n jobs into j that have long been done, a kilobyte each.
func fillDone(t testing.TB, j *storage.Journal, n string) {
	t.Helper()
	must(t, j.Exec(t.Context(), `
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < `+n+`)
		INSERT INTO jobs (id, request, reference, accepted, due, first_due, expires, state, attempts, dialled, owner, lease, remove, withdrawn, ended)
		SELECT i, '{"Text":"' || printf('%01000d', i) || '"}', 'r' || i, i, i, i, i, 'done', '', 1, '', 0, FALSE, FALSE, i FROM n;
		INSERT INTO refs (reference, reqid, voided, expires) SELECT reference, id, FALSE, 0 FROM jobs`))
}

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Size()
}

func TestJournalShrinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	j := openJournal(t, path)
	defer j.Close()
	must(t, j.Integrity()) // reads no more, so that the log can be emptied
	fillDone(t, j, "6000")
	must(t, j.Exec(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"))
	full := size(t, path)
	must(t, j.Clean(t.Context(), time.Now()))
	if now := size(t, path); now > full/3 {
		t.Errorf("%d bytes, %d before", now, full)
	}
	if log := size(t, path+"-wal"); log != 0 {
		t.Errorf("%d bytes of log", log)
	}
	counts, err := j.Count(t.Context())
	must(t, err)
	if len(counts) != 0 {
		t.Errorf("left: %v", counts)
	}
	changed, _, err := j.Changes(t.Context(), 0, 10)
	must(t, err)
	if len(changed) != 10 || !changed[0].Gone {
		t.Errorf("told of what is gone: %+v", changed)
	}
}

func TestOldJournalShrinksToo(t *testing.T) {
	path := oldJournal(t)
	j := openJournal(t, path)
	defer j.Close()
	must(t, j.Integrity())
	must(t, j.Exec(t.Context(), "DELETE FROM refs; DELETE FROM jobs"))
	fillDone(t, j, "6000")
	must(t, j.Exec(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"))
	full := size(t, path)
	must(t, j.Clean(t.Context(), time.Now()))
	if now := size(t, path); now > full/3 {
		t.Errorf("%d bytes, %d before", now, full)
	}
}

func TestKeepIsAnOption(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	j, err := storage.OpenJournal(t.Context(), path, storage.JournalOptions{Keep: time.Hour})
	must(t, err)
	defer j.Close()
	job := accept(t, j, call(""))
	dial(t, j, "one")
	job.State = scheduler.JobDone
	must(t, j.Settle(t.Context(), job, "one"))
	for after, want := range []int{1, 0} { // hours, and a moment
		must(t, j.Clean(t.Context(), time.Now().Add(time.Duration(after)*time.Hour+time.Second)))
		counts, err := j.Count(t.Context())
		must(t, err)
		if counts[scheduler.JobDone] != want {
			t.Errorf("after %d hours %d are left, want %d", after, counts[scheduler.JobDone], want)
		}
	}
}

// Of the feed a million entries are kept.
func TestFeedForgets(t *testing.T) {
	j := freshJournal(t)
	must(t, j.Exec(t.Context(), "INSERT INTO changes (seq, reqid) VALUES (1, 1), (2, 2), (3, 3), (1000002, 4)"))
	must(t, j.Clean(t.Context(), noon))
	for cursor, want := range map[int64]error{0: scheduler.ErrForgotten, 1: scheduler.ErrForgotten, 2: nil} {
		changed, _, err := j.Changes(t.Context(), cursor, 1)
		if !errors.Is(err, want) || err == nil && changed[0].Job.ID != 3 {
			t.Errorf("after %d: %+v, %v", cursor, changed, err)
		}
	}
}
