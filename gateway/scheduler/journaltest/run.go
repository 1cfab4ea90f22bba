package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// Run checks that the journals that open returns keep the contract of
// [scheduler.Journal]. Each call of open gives a new, empty one; open closes
// it by t.Cleanup where it needs closing.
func Run(t *testing.T, open func() scheduler.Journal) {
	t.Helper()
	for name, check := range map[string]func(*fixture){
		"a job is found as it was accepted":      foundAsAccepted,
		"ids are unique":                         idsUnique,
		"a reference is accepted once":           referenceOnce,
		"claims come earliest first":             claimOrder,
		"what is not due is not claimed":         claimDue,
		"expired jobs need no line":              claimExpired,
		"a job is claimed once":                  claimOnce,
		"concurrent claims never meet":           claimsApart,
		"only the owner dials and settles":       ownerOnly,
		"a settled job is free":                  settledFree,
		"a retry waits for its time":             retryWaits,
		"answers and attempts are kept":          attemptsKept,
		"next due":                               nextDue,
		"remove what waits":                      removeWaiting,
		"remove what is claimed":                 removeClaimed,
		"remove what is dialling":                removeDialling,
		"remove what is done":                    removeDone,
		"a removed call is not retried":          removedNotRetried,
		"a job that asks for it is deleted":      selfDelete,
		"lookup follows the job":                 lookupStates,
		"an unknown reference is voided":         voidUnknown,
		"a waiting job is withdrawn":             voidWaiting,
		"a dialled job is not withdrawn":         voidDialling,
		"a tried job that is withdrawn was done": voidTried,
		"references live for 30 days":            referencesLive,
		"recover what was ours":                  recoverOurs,
		"recover leaves others until their time": recoverOthers,
		"a sweep leaves what is ours":            recoverSweep,
		"what rang is never queued again":        recoverTwice,
		"claims go by priority":                  claimPriority,
		"changes come in their order":            changesInOrder,
		"what is a change":                       whatIsAChange,
		"a job that changed often comes once":    changesOnce,
		"changes come in pages":                  changesInPages,
		"records that are gone are told":         changesGone,
		"a follower starts with the newest":      changesFromNow,
		"an unknown cursor is refused":           changesForgotten,
		"jobs are listed by state":               listByState,
		"done jobs are listed newest first":      listDone,
		"numbers are found by their last digits": searchDigits,
		"jobs are counted by state":              countStates,
		"when a job ended is kept":               endedKept,
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Now().Truncate(time.Millisecond).UTC()
			check(&fixture{T: t, Journal: open(), now: now})
		})
	}
}

// fixture is one journal under test, with helpers that stop the test.
type fixture struct {
	*testing.T
	scheduler.Journal
	now time.Time
}

const (
	us   = "us"
	them = "them"
)

// job is a request that is due at once and expires in a minute.
func (f *fixture) job(ref gateway.Reference) scheduler.Job {
	return scheduler.Job{
		Request: gateway.Request{
			Info: "appointment", Attendee: "Ada Sample", Phone: "+16175550142",
			StartURL: "http://127.0.0.1:1/flow.vxml", Reference: ref, Attempt: 2,
			Detection: gateway.DetectMost, CallerID: "6175550100",
		},
		From:     "192.0.2.7",
		Accepted: f.now,
		Due:      f.now,
		FirstDue: f.now,
		Expires:  f.now.Add(time.Minute),
		State:    scheduler.JobQueued,
	}
}

func (f *fixture) accept(job scheduler.Job) scheduler.Job {
	f.Helper()
	job, err := f.Accept(f.Context(), job)
	f.ok("accept", err)
	return job
}

func (f *fixture) claim(owner string, n int) []scheduler.Job {
	f.Helper()
	jobs, err := f.Claim(f.Context(), owner, f.now, f.now.Add(time.Minute), n)
	f.ok("claim", err)
	return jobs
}

// dialling returns a job that us is dialling.
func (f *fixture) dialling(ref gateway.Reference) scheduler.Job {
	f.Helper()
	f.accept(f.job(ref))
	jobs := f.claim(us, 1)
	if len(jobs) != 1 {
		f.Fatalf("claimed %d jobs, want 1", len(jobs))
	}
	f.ok("dialling", f.Dialling(f.Context(), jobs[0].ID, us, f.now.Add(time.Minute)))
	return jobs[0]
}

// settle ends job, held by us, as state.
func (f *fixture) settle(job scheduler.Job, state scheduler.JobState) {
	f.Helper()
	job.State = state
	job.Dialled++
	f.ok("settle", f.Settle(f.Context(), job, us))
}

func (f *fixture) ok(what string, err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("%s: %v", what, err)
	}
}

func (f *fixture) is(what string, err, want error) {
	f.Helper()
	if !errors.Is(err, want) {
		f.Fatalf("%s: error %v, want %v", what, err, want)
	}
}

func (f *fixture) equal(what string, got, want any) {
	f.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		f.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func (f *fixture) lookup(ref gateway.Reference, void bool) gateway.LookupState {
	f.Helper()
	found, err := f.Reference(f.Context(), ref, void, f.now)
	f.ok("reference", err)
	return found.State
}

func (f *fixture) remove(id gateway.ReqID, ifQueued bool) scheduler.Job {
	f.Helper()
	was, err := f.Remove(f.Context(), id, ifQueued)
	f.ok("remove", err)
	return was
}

func (f *fixture) gone(id gateway.ReqID) {
	f.Helper()
	_, err := f.Find(f.Context(), id)
	f.is("find", err, gateway.ErrUnknownCall)
}

func (f *fixture) find(id gateway.ReqID) scheduler.Job {
	f.Helper()
	job, err := f.Find(f.Context(), id)
	f.ok("find", err)
	return job
}

func foundAsAccepted(f *fixture) {
	job := f.accept(f.job("aa"))
	f.equal("found", f.find(job.ID), job)
	_, err := f.Find(f.Context(), job.ID+1)
	f.is("find another", err, gateway.ErrUnknownCall)
}

func idsUnique(f *fixture) {
	seen := make(map[gateway.ReqID]bool)
	for range 50 {
		id := f.accept(f.job("")).ID
		if id <= 0 || seen[id] {
			f.Fatalf("id %d is not new", id)
		}
		seen[id] = true
	}
}

func referenceOnce(f *fixture) {
	first := f.accept(f.job("aa"))
	f.equal("queued", f.accept(f.job("aa")).ID, first.ID)
	if other := f.accept(f.job("bb")); other.ID == first.ID {
		f.Fatal("another reference got the same job")
	}
	f.equal("number of jobs", len(f.claim(us, 9)), 2)
	f.equal("claimed", f.accept(f.job("aa")).ID, first.ID)
	f.settle(first, scheduler.JobDone)
	f.equal("done", f.accept(f.job("aa")).ID, first.ID)
	f.remove(first.ID, false)
	f.equal("removed", f.accept(f.job("aa")).ID, first.ID)
	f.equal("claimed again", len(f.claim(us, 9)), 0)
}

func claimOrder(f *fixture) {
	var want []gateway.ReqID
	for _, ago := range []int{10, 30, 20} {
		job := f.job("")
		job.Due = f.now.Add(-time.Duration(ago) * time.Second)
		want = append(want, f.accept(job).ID)
	}
	var got []gateway.ReqID
	for _, job := range append(f.claim(us, 2), f.claim(us, 2)...) {
		got = append(got, job.ID)
	}
	f.equal("order", got, []gateway.ReqID{want[1], want[2], want[0]})
}

func claimDue(f *fixture) {
	job := f.job("")
	job.Due = f.now.Add(time.Millisecond)
	f.accept(job)
	f.equal("too early", len(f.claim(us, 1)), 0)
	f.now = job.Due
	f.equal("in time", len(f.claim(us, 1)), 1)
}

func claimExpired(f *fixture) {
	f.accept(f.job(""))
	late := f.job("")
	late.Due, late.Expires = f.now.Add(time.Minute), f.now
	late = f.accept(late)
	jobs := f.claim(us, 0)
	if len(jobs) != 1 || jobs[0].ID != late.ID {
		f.Fatalf("with no line free %d jobs were claimed, want the expired one", len(jobs))
	}
	f.equal("claimed with a line", len(f.claim(us, 1)), 1)
}

func claimOnce(f *fixture) {
	job := f.accept(f.job(""))
	jobs := f.claim(us, 1)
	job.State, job.Owner, job.Lease = scheduler.JobClaimed, us, f.now.Add(time.Minute)
	f.equal("claimed", jobs, []scheduler.Job{job})
	f.equal("found", f.find(job.ID), job)
	f.equal("claimed again", len(f.claim(us, 1))+len(f.claim(them, 1)), 0)
}

func claimsApart(f *fixture) {
	const all = 60
	for range all {
		f.accept(f.job(""))
	}
	var mu sync.Mutex
	var claimers sync.WaitGroup
	seen := make(map[gateway.ReqID]string)
	for i := range 4 {
		claimers.Go(func() {
			owner := fmt.Sprint("owner", i)
			for {
				jobs, err := f.Claim(f.Context(), owner, f.now, f.now.Add(time.Minute), 3)
				if err != nil || len(jobs) == 0 {
					return
				}
				mu.Lock()
				for _, job := range jobs {
					if seen[job.ID] != "" {
						f.Errorf("%d was given to %s and %s", job.ID, seen[job.ID], owner)
					}
					seen[job.ID] = owner
				}
				mu.Unlock()
			}
		})
	}
	claimers.Wait()
	f.equal("jobs claimed", len(seen), all)
}

func ownerOnly(f *fixture) {
	job := f.accept(f.job(""))
	lease := f.now.Add(time.Minute)
	f.is("dial unclaimed", f.Dialling(f.Context(), job.ID, us, lease), scheduler.ErrLost)
	f.claim(us, 1)
	f.is("dial theirs", f.Dialling(f.Context(), job.ID, them, lease), scheduler.ErrLost)
	f.is("settle theirs", f.Settle(f.Context(), job, them), scheduler.ErrLost)
	f.ok("dial", f.Dialling(f.Context(), job.ID, us, lease))
	f.ok("renew", f.Dialling(f.Context(), job.ID, us, lease.Add(time.Minute)))
	found := f.find(job.ID)
	f.equal("state", found.State, scheduler.JobDialling)
	f.equal("lease", found.Lease, lease.Add(time.Minute))
}

func settledFree(f *fixture) {
	job := f.dialling("")
	f.settle(job, scheduler.JobDone)
	f.is("dial again", f.Dialling(f.Context(), job.ID, us, f.now), scheduler.ErrLost)
	f.is("settle again", f.Settle(f.Context(), job, us), scheduler.ErrLost)
	f.equal("claimed again", len(f.claim(us, 1)), 0)
	found := f.find(job.ID)
	f.equal("dialled", found.Dialled, 1)
	f.equal("owner", found.Owner, "")
}

func retryWaits(f *fixture) {
	job := f.dialling("")
	job.Due = f.now.Add(30 * time.Second)
	f.settle(job, scheduler.JobQueued)
	f.equal("too early", len(f.claim(us, 1)), 0)
	f.now = job.Due
	jobs := f.claim(them, 1)
	if len(jobs) != 1 || jobs[0].Dialled != 1 || !jobs[0].FirstDue.Equal(job.FirstDue) {
		f.Fatalf("claimed for its retry: %+v", jobs)
	}
}

func attemptsKept(f *fixture) {
	job := f.dialling("")
	job.Attempts = []gateway.Attempt{
		{State: gateway.StateRetry, Made: f.now, Due: f.now, Reason: "No answer. Try in 1 minute "},
		{
			Attendee: "Ada Sample", State: gateway.StateMade, Made: f.now, Due: f.now,
			Reason:  gateway.ReasonSucceeded,
			Answers: []gateway.Answer{{Name: "confirm", Value: "1"}, {Value: "a|b^c"}},
		},
	}
	f.settle(job, scheduler.JobDone)
	f.equal("attempts", f.find(job.ID).Attempts, job.Attempts)
}

func nextDue(f *fixture) {
	check := func(what string, wantDue, wantExpires time.Time) {
		f.Helper()
		due, expires, err := f.NextDue(f.Context())
		f.ok("next due", err)
		if !due.Equal(wantDue) || !expires.Equal(wantExpires) {
			f.Fatalf("%s: due %v, expires %v; want %v, %v", what, due, expires, wantDue, wantExpires)
		}
	}
	check("empty", time.Time{}, time.Time{})
	f.dialling("")
	check("nothing queued", time.Time{}, time.Time{})
	soon, late := f.job(""), f.job("")
	soon.Due, soon.Expires = f.now.Add(time.Second), f.now.Add(time.Hour)
	late.Due, late.Expires = f.now.Add(time.Minute), f.now.Add(2*time.Minute)
	f.accept(late)
	f.accept(soon)
	check("two", soon.Due, late.Expires)
}
