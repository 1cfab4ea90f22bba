package storage_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// fillUp accepts requests, many at once, until one is refused. It returns the
// ids of those that were acknowledged and an error that came.
func fillUp(t *testing.T, j *storage.Journal) ([]gateway.ReqID, error) {
	t.Helper()
	var mu sync.Mutex
	var ids []gateway.ReqID
	var refused error
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			for range 10_000 {
				job, err := j.Accept(t.Context(), call(""))
				mu.Lock()
				if err != nil {
					refused = err
				} else {
					ids = append(ids, job.ID)
				}
				over := refused != nil
				mu.Unlock()
				if over {
					return
				}
			}
		})
	}
	callers.Wait()
	return ids, refused
}

// holds checks that j has all of ids, and no more than those.
func holds(t *testing.T, j *storage.Journal, ids []gateway.ReqID) {
	t.Helper()
	for _, id := range ids {
		if _, err := j.Find(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	counts, err := j.Count(t.Context())
	must(t, err)
	if counts[scheduler.JobQueued] != len(ids) {
		t.Errorf("%d jobs are queued, %d were acknowledged", counts[scheduler.JobQueued], len(ids))
	}
}

// A journal that can grow no more says so, keeps what it has, and goes on by
// itself when there is room.
func TestFullJournal(t *testing.T) {
	j := freshJournal(t)
	must(t, j.Exec(t.Context(), "PRAGMA max_page_count = 200"))
	ids, err := fillUp(t, j)
	if !errors.Is(err, storage.ErrFull) {
		t.Fatalf("refused with: %v", err)
	}
	holds(t, j, ids)
	must(t, j.Exec(t.Context(), "PRAGMA max_page_count = 100000"))
	ids = append(ids, accept(t, j, call("")).ID)
	holds(t, j, ids)
	must(t, j.Integrity())
}

// answered is a Placer whose calls are all answered at once.
type answered struct{}

// Place implements [scheduler.Placer].
func (answered) Place(ctx context.Context, _ scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	_ = dialling(ctx) // the verdict does not matter then
	return scheduler.Verdict{Outcome: gateway.OutcomeReached}
}

// heard is a log that tells of its first line with a text.
type heard struct {
	text  string
	first chan struct{}
	once  sync.Once
}

func (h *heard) Write(line []byte) (int, error) {
	if strings.Contains(string(line), h.text) {
		h.once.Do(func() { close(h.first) })
	}
	return len(line), nil
}

// When the disk is full in the midst of calls and has room later, every call
// ends, and no phone was dialled twice.
func TestSchedulerOnAFullJournal(t *testing.T) {
	j := freshJournal(t)
	const all = 300
	now := time.Now()
	for range all {
		job := call("")
		job.Accepted, job.Due, job.FirstDue, job.Expires = now, now, now, now.Add(time.Hour)
		accept(t, j, job)
	}
	must(t, j.Exec(t.Context(), "PRAGMA max_page_count = 1")) // becomes the present size
	full := &heard{text: storage.ErrFull.Error(), first: make(chan struct{})}
	s := scheduler.New(scheduler.Config{Journal: j, Placer: answered{}, Lines: 8, Log: slog.New(slog.NewTextHandler(full, nil))})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	defer running.Wait()
	defer cancel()
	select {
	case <-full.first:
	case <-ctx.Done():
		t.Fatal("the journal was never full")
	}
	must(t, j.Exec(t.Context(), "PRAGMA max_page_count = 100000"))
	for done := 0; done < all; {
		counts, err := j.Count(ctx)
		must(t, err) // also when it takes too long
		done = counts[scheduler.JobDone]
	}
	dials, err := j.Dials(t.Context())
	must(t, err)
	times := map[gateway.ReqID]int{}
	for _, d := range dials {
		times[d.ReqID]++
	}
	if len(times) != all || len(dials) != all {
		t.Errorf("%d phones were dialled %d times in all, want each of %d once", len(times), len(dials), all)
	}
	must(t, j.Calls(t.Context(), func(job scheduler.Job) error {
		if job.State != scheduler.JobDone || job.Dialled != 1 {
			return fmt.Errorf("job %d is %s, dialled %d times", job.ID, job.State, job.Dialled)
		}
		return nil
	}))
}

// On a full disk a list is as it was, whatever was to be done with it, and all
// of it can be done when there is room.
func TestListsOnAFullDisk(t *testing.T) {
	db := fresh(t)
	draft := imported(t, db, add(person(2, "Ann", 1)))
	running, _ := create(t, db, people(3))
	listed(t, db, campaign.DoNotCallList{Source: "a"}, false, campaign.NumberRange{First: 1, Last: 1})
	long := producer{n: 6000, broken: 2}.fill
	todo := map[string]func() error{
		"import": func() error { _, err := db.Import(t.Context(), full(), long); return err },
		"refill": func() error {
			got, err := db.Refill(t.Context(), draft, long)
			draft.ID = max(draft.ID, got.ID)
			return err
		},
		"update": func() error { _, err := db.Update(t.Context(), running, campaign.UpdateOptions{}, long); return err },
		"numbers": func() error {
			_, err := db.ImportDoNotCall(t.Context(), campaign.DoNotCallList{Source: "a"}, true, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
				for i := range uint64(25_000) {
					if err := add(2*i+1, 2*i+1); err != nil {
						return campaign.DoNotCallList{}, err
					}
				}
				return campaign.DoNotCallList{}, nil
			})
			return err
		},
	}
	must(t, db.Exec(t.Context(), "PRAGMA max_page_count = 1")) // becomes the present size
	for name, do := range todo {
		if err := do(); !errors.Is(err, storage.ErrFull) {
			t.Errorf("%s: %v", name, err)
		}
		db.Removed()
		n := count(t, db, `SELECT (SELECT count(*) FROM contacts) * 1000 + (SELECT count(*) FROM campaigns) * 100
			+ (SELECT count(*) FROM do_not_call_lists) * 10 + (SELECT count(*) FROM do_not_call_ranges)`)
		if n != 4211 {
			t.Errorf("after %s that failed there are %d", name, n)
		}
	}
	must(t, db.Exec(t.Context(), "PRAGMA max_page_count = 1000000"))
	for name, do := range todo {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, db.Integrity())
}
