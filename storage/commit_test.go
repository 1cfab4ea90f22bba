package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// Many callers at once share transactions; each gets its own answer.
func TestManyChangeTheJournal(t *testing.T) {
	j := freshJournal(t)
	const callers, each = 32, 20
	var done sync.WaitGroup
	for caller := range callers {
		done.Go(func() {
			for i := range each {
				ref := gateway.Reference(fmt.Sprint(caller, "-", i))
				job, err := j.Accept(t.Context(), call(string(ref)))
				if err != nil || job.Request.Reference != ref {
					t.Errorf("%s was accepted as %s: %v", ref, job.Request.Reference, err)
				}
				if _, err := j.Remove(t.Context(), 1, false); !errors.Is(err, gateway.ErrUnknownCall) {
					t.Errorf("removing what is not there: %v", err)
				}
				if err := j.Dialling(t.Context(), job.ID, "nobody", noon); !errors.Is(err, scheduler.ErrLost) {
					t.Errorf("dialling what was not claimed: %v", err)
				}
			}
		})
	}
	done.Wait()
	counts, err := j.Count(t.Context())
	must(t, err)
	if counts[scheduler.JobQueued] != callers*each {
		t.Errorf("%d jobs are queued, want %d", counts[scheduler.JobQueued], callers*each)
	}
	must(t, j.Integrity())
}

// An operation that fails after it has written is undone, the one that shares
// its transaction is not.
func TestOneFailsTheOtherDoesNot(t *testing.T) {
	j := freshJournal(t)
	wrong := errors.New("wrong")
	errs, err := j.Together(t.Context(),
		func(ctx context.Context) error { return j.Raw(ctx, "INSERT INTO changes (reqid) VALUES (7)") },
		func(ctx context.Context) error {
			return errors.Join(j.Raw(ctx, "INSERT INTO changes (reqid) VALUES (8)"), wrong)
		},
		func(ctx context.Context) error { return j.Raw(ctx, "INSERT INTO changes (reqid) VALUES (9)") },
	)
	must(t, err)
	if errs[0] != nil || !errors.Is(errs[1], wrong) || errs[2] != nil {
		t.Errorf("errors: %v", errs)
	}
	changed, _, err := j.Changes(t.Context(), 0, 9)
	must(t, err)
	if len(changed) != 2 || changed[0].Job.ID != 7 || changed[1].Job.ID != 9 {
		t.Errorf("changed: %+v", changed)
	}
}

// What cannot be stored has failed for everybody, also for those that had only
// found something out: what they saw is not so.
func TestFailedCommitFailsAll(t *testing.T) {
	j := freshJournal(t)
	errs, err := j.Together(t.Context(),
		func(ctx context.Context) error { return j.Raw(ctx, "INSERT INTO changes (reqid) VALUES (7)") },
		func(context.Context) error { return scheduler.ErrLost },
		func(ctx context.Context) error { return j.Raw(ctx, "ROLLBACK") },
	)
	must(t, err)
	for i, got := range errs {
		if got == nil || errors.Is(got, scheduler.ErrLost) {
			t.Errorf("operation %d: %v", i, got)
		}
	}
	accept(t, j, call("")) // the connection is as good as before
}

func TestChangesStopWithTheirContext(t *testing.T) {
	j := freshJournal(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Accept(ended, call("aa")); !errors.Is(err, context.Canceled) {
		t.Errorf("accepted for a caller who is gone: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := j.Submit(ctx, func(inside context.Context) error {
		cancel() // too late: it was taken
		return j.Raw(inside, "INSERT INTO changes (reqid) VALUES (7)")
	})
	must(t, err)
	changed, _, err := j.Changes(t.Context(), 0, 9)
	must(t, err)
	if len(changed) != 1 || changed[0].Job.ID != 7 {
		t.Errorf("changed: %+v", changed)
	}
}

func TestClosedJournal(t *testing.T) {
	j := openJournal(t, filepath.Join(t.TempDir(), "gateway.db"))
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			for {
				if _, err := j.Accept(t.Context(), call("")); err != nil {
					return // the journal was closed
				}
			}
		})
	}
	accept(t, j, call("")) // the others are at it meanwhile
	must(t, j.Close())
	callers.Wait()
	if _, err := j.Accept(t.Context(), call("")); err == nil {
		t.Error("a closed journal accepts")
	}
	if _, err := j.Find(t.Context(), 1); err == nil || errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("a closed journal finds: %v", err)
	}
}

var _ scheduler.Journal = (*storage.Journal)(nil)
