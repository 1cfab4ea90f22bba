package storage_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
	"rollcall/storage"
)

func openJournal(t testing.TB, path string) *storage.Journal {
	t.Helper()
	j, err := storage.OpenJournal(t.Context(), path, storage.JournalOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func freshJournal(t testing.TB) *storage.Journal {
	t.Helper()
	j := openJournal(t, filepath.Join(t.TempDir(), "gateway.db"))
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}

func TestJournalConforms(t *testing.T) {
	journaltest.Run(t, func() scheduler.Journal { return freshJournal(t) })
}

// call is a job due at noon that expires a minute later.
func call(reference string) scheduler.Job {
	return scheduler.Job{
		Request:  gateway.Request{Info: "test", Phone: "+13125550142", Text: "hello", Reference: gateway.Reference(reference)},
		Accepted: noon,
		Due:      noon,
		FirstDue: noon,
		Expires:  noon.Add(time.Minute),
		State:    scheduler.JobQueued,
	}
}

func accept(t testing.TB, j *storage.Journal, job scheduler.Job) scheduler.Job {
	t.Helper()
	job, err := j.Accept(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// dial claims one job for owner and turns it into a dial.
func dial(t testing.TB, j *storage.Journal, owner string) scheduler.Job {
	t.Helper()
	jobs, err := j.Claim(t.Context(), owner, noon, noon.Add(time.Minute), 1)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("claimed %d jobs: %v", len(jobs), err)
	}
	must(t, j.Dialling(t.Context(), jobs[0].ID, owner, noon.Add(2*time.Minute)))
	return jobs[0]
}

func TestJournalKeepsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	j := openJournal(t, path)
	job := call("a1")
	job.Request.Attendee = "Ann \"the\" Example^|"
	job.Request.FirstOcc = 3 * time.Minute
	job.Request.SelfDelete = true
	job.Request.Detection = gateway.DetectMost
	job.Request.Priority = gateway.PriorityHigh
	job.From = "192.0.2.7"
	job = accept(t, j, job)
	dial(t, j, "one")
	job.Attempts = []gateway.Attempt{{
		State: gateway.StateMade, Made: noon, Due: noon, Reason: gateway.ReasonSucceeded,
		Answers: []gateway.Answer{{Name: "confirm", Value: "1"}},
	}}
	job.State, job.Dialled, job.Due = scheduler.JobDone, 1, noon.Add(time.Hour)
	must(t, j.Settle(t.Context(), job, "one"))
	must(t, j.Close())

	j = openJournal(t, path)
	defer j.Close()
	got, err := j.Find(t.Context(), job.ID)
	must(t, err)
	if got.Ended.IsZero() {
		t.Error("not told when it ended")
	}
	job.Ended = got.Ended
	if diff := cmp.Diff(job, got); diff != "" {
		t.Errorf("after closing and opening (-want +got):\n%s", diff)
	}
	must(t, j.Integrity())
}

func TestDialsOutliveTheirRecords(t *testing.T) {
	j := freshJournal(t)
	job := accept(t, j, call("a1"))
	dial(t, j, "one")
	must(t, j.Dialling(t.Context(), job.ID, "one", noon.Add(3*time.Minute))) // renews the lease, dials nothing
	job.State = scheduler.JobDone
	must(t, j.Settle(t.Context(), job, "one"))
	if _, err := j.Remove(t.Context(), job.ID, false); err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	dials, err := j.Dials(t.Context())
	must(t, err)
	if len(dials) != 1 {
		t.Fatalf("%d dials, want 1", len(dials))
	}
	if age := before.Sub(dials[0].At); age < -time.Second || age > time.Hour {
		t.Errorf("dialled %v ago", age)
	}
	dials[0].At = time.Time{}
	if want := (storage.Dial{Phone: "+13125550142", ReqID: job.ID, Reference: "a1"}); dials[0] != want {
		t.Errorf("dial %+v, want %+v", dials[0], want)
	}
}

func TestJournalForgets(t *testing.T) {
	j := freshJournal(t)
	kept, done := accept(t, j, call("kept")), call("done")
	dial(t, j, "one")
	done.Accepted = noon.Add(time.Second)
	done = accept(t, j, done)
	dial(t, j, "one")
	done.State = scheduler.JobDone
	must(t, j.Settle(t.Context(), done, "one"))

	now := time.Now()
	day := 24 * time.Hour
	steps := []struct {
		after  time.Duration
		found  bool // the record of the job that is done
		lookup gateway.LookupState
		dials  int
	}{
		{29 * day, true, gateway.LookupDone, 2},
		{31 * day, true, gateway.LookupDone, 0},
		{89 * day, true, gateway.LookupDone, 0},
		{91 * day, false, gateway.LookupDone, 0},
		{120 * day, false, gateway.LookupDone, 0},
		{122 * day, false, gateway.LookupUnknown, 0},
	}
	for _, s := range steps {
		at := now.Add(s.after)
		must(t, j.Clean(t.Context(), at))
		_, err := j.Find(t.Context(), done.ID)
		if found := err == nil; found != s.found {
			t.Errorf("after %v: record found %v, want %v", s.after, found, s.found)
		}
		l, err := j.Reference(t.Context(), "done", false, at)
		must(t, err)
		if l.State != s.lookup {
			t.Errorf("after %v: reference is %s, want %s", s.after, l.State, s.lookup)
		}
		dials, err := j.Dials(t.Context())
		must(t, err)
		if len(dials) != s.dials {
			t.Errorf("after %v: %d dials, want %d", s.after, len(dials), s.dials)
		}
	}
	if _, err := j.Find(t.Context(), kept.ID); err != nil {
		t.Errorf("a job that never ended: %v", err)
	}
}

func TestInterruptedDialIsNeverQueuedAgain(t *testing.T) {
	j := freshJournal(t)
	job := accept(t, j, call("a1"))
	dial(t, j, "dead")
	for _, owner := range []string{"second", "third"} { // the second dies before it settles
		jobs, err := j.Recover(t.Context(), owner, true, noon.Add(time.Hour))
		must(t, err)
		if owner == "second" && len(jobs) != 1 {
			t.Fatalf("%s: recovered %d jobs", owner, len(jobs))
		}
		queued, err := j.Claim(t.Context(), owner, noon, noon.Add(time.Hour), 1)
		must(t, err)
		if len(queued) != 0 {
			t.Fatalf("%s: job %d can be claimed again", owner, queued[0].ID)
		}
	}
	jobs, err := j.Recover(t.Context(), "third", true, noon.Add(2*time.Hour))
	must(t, err)
	if len(jobs) != 1 || jobs[0].ID != job.ID || jobs[0].Owner != "third" {
		t.Fatalf("after the lease: %+v", jobs)
	}
	if err := j.Settle(t.Context(), jobs[0], "dead"); !errors.Is(err, scheduler.ErrLost) {
		t.Errorf("the dead owner settles: %v", err)
	}
}

func TestWithdrawnCallIsNotTriedAgain(t *testing.T) {
	j := freshJournal(t)
	job := call("a1")
	job.Remove = true // as asked with the request: only once it is done
	job = accept(t, j, job)
	dial(t, j, "one")
	job.State = scheduler.JobQueued
	must(t, j.Settle(t.Context(), job, "one"))
	if _, err := j.Find(t.Context(), job.ID); err != nil {
		t.Fatalf("waiting for its next try: %v", err)
	}
	dial(t, j, "one")
	if _, err := j.Remove(t.Context(), job.ID, false); err != nil {
		t.Fatal(err)
	}
	must(t, j.Settle(t.Context(), job, "one"))
	if _, err := j.Find(t.Context(), job.ID); !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("removed while it rang, then to be tried again: %v", err)
	}
}

// Two processes may have one journal open; no job goes to both.
func TestClaimsOfTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	first, second := openJournal(t, path), openJournal(t, path)
	defer first.Close()
	defer second.Close()
	const total = 60
	for range total {
		accept(t, first, call(""))
	}
	var mu sync.Mutex
	owners := map[gateway.ReqID]int{}
	var workers sync.WaitGroup
	for i, j := range []*storage.Journal{first, second, first, second} {
		workers.Go(func() {
			for {
				jobs, err := j.Claim(t.Context(), string(rune('a'+i)), noon, noon.Add(time.Hour), 3)
				if err != nil {
					t.Error(err)
				}
				if len(jobs) == 0 {
					return
				}
				mu.Lock()
				for _, job := range jobs {
					owners[job.ID]++
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	if len(owners) != total {
		t.Errorf("%d jobs were claimed, want %d", len(owners), total)
	}
	for id, n := range owners {
		if n != 1 {
			t.Errorf("job %d was claimed %d times", id, n)
		}
	}
}

func TestCallsStopsAtAnError(t *testing.T) {
	j := freshJournal(t)
	for range 3 {
		accept(t, j, call(""))
	}
	var seen []gateway.ReqID
	enough := errors.New("enough")
	err := j.Calls(t.Context(), func(job scheduler.Job) error {
		seen = append(seen, job.ID)
		if len(seen) == 2 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Errorf("error %v, want the callback's own", err)
	}
	first := gateway.ReqID(noon.UnixMilli())
	if diff := cmp.Diff([]gateway.ReqID{first, first + 1}, seen); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

// The ids of records that are gone are not given out again.
func TestIDsOnlyGrow(t *testing.T) {
	j := freshJournal(t)
	a := accept(t, j, call(""))
	if _, err := j.Remove(t.Context(), a.ID, false); err != nil {
		t.Fatal(err)
	}
	if b := accept(t, j, call("")); b.ID <= a.ID {
		t.Errorf("id %d after %d", b.ID, a.ID)
	}
}
