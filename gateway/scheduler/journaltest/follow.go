package journaltest

import (
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file holds the checks on the feed and on what people look at.

// ids returns the ids of jobs in their order.
func ids(jobs []scheduler.Job) []gateway.ReqID {
	list := []gateway.ReqID{}
	for _, job := range jobs {
		list = append(list, job.ID)
	}
	return list
}

// changes returns what changed after cursor and the next cursor. A job is
// given as it is now.
func (f *fixture) changes(cursor int64, n int) ([]gateway.ReqID, int64) {
	f.Helper()
	changed, next, err := f.Changes(f.Context(), cursor, n)
	f.ok("changes", err)
	list := []gateway.ReqID{}
	for _, c := range changed {
		if c.Gone {
			f.equal("all that is left", c.Job, scheduler.Job{ID: c.Job.ID})
			f.gone(c.Job.ID)
		} else {
			f.equal("as it is now", c.Job, f.find(c.Job.ID))
		}
		list = append(list, c.Job.ID)
	}
	return list, next
}

// newest returns the cursor after which nothing has changed yet.
func (f *fixture) newest() int64 {
	f.Helper()
	list, cursor := f.changes(-1, 100)
	f.equal("changed before", list, []gateway.ReqID{})
	return cursor
}

func claimPriority(f *fixture) {
	var want []gateway.ReqID
	for _, p := range []gateway.Priority{gateway.PriorityLow, gateway.PriorityNormal, gateway.PriorityHigh} {
		for _, ago := range []time.Duration{0, time.Second} {
			job := f.job("")
			job.Request.Priority, job.Due = p, f.now.Add(-ago)
			job = f.accept(job)
			f.equal("priority", f.find(job.ID).Request.Priority, p)
			want = append([]gateway.ReqID{job.ID}, want...)
		}
	}
	f.equal("four", ids(f.claim(us, 4)), want[:4])
	f.equal("the others", ids(f.claim(us, 9)), want[4:])
}

func changesInOrder(f *fixture) {
	cursor := f.newest()
	first, second := f.accept(f.job("")), f.accept(f.job(""))
	list, next := f.changes(cursor, 100)
	f.equal("accepted", list, []gateway.ReqID{first.ID, second.ID})
	list, again := f.changes(next, 100)
	f.equal("nothing new", list, []gateway.ReqID{})
	f.equal("cursor", again, next)
	f.remove(first.ID, false)
	list, _ = f.changes(cursor, 100)
	f.equal("by the last change", list, []gateway.ReqID{second.ID, first.ID})
}

func whatIsAChange(f *fixture) {
	cursor := f.newest()
	check := func(what string, want ...gateway.ReqID) {
		f.Helper()
		var list []gateway.ReqID
		list, cursor = f.changes(cursor, 100)
		f.equal(what, list, append([]gateway.ReqID{}, want...))
	}
	job := f.accept(f.job("aa"))
	check("accepted", job.ID)
	f.accept(f.job("aa"))
	check("accepted before")
	f.claim(us, 1)
	check("claimed")
	_, err := f.Recover(f.Context(), us, true, f.now)
	f.ok("recover", err)
	check("recovered")
	f.claim(us, 1)
	f.settle(job, scheduler.JobQueued)
	check("given back", job.ID)
	f.claim(us, 1)
	f.ok("dial", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Minute)))
	check("dialled", job.ID)
	f.ok("renew", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Hour)))
	check("renewed")
	f.remove(job.ID, true)
	check("not removed")
	f.settle(job, scheduler.JobDone)
	check("done", job.ID)
	f.remove(job.ID, false)
	check("removed", job.ID)
	f.lookup("bb", true)
	check("voided what never came")
}

func changesOnce(f *fixture) {
	cursor := f.newest()
	job := f.dialling("")
	other := f.accept(f.job(""))
	f.settle(job, scheduler.JobDone)
	list, _ := f.changes(cursor, 100)
	f.equal("changed", list, []gateway.ReqID{other.ID, job.ID})
}

func changesInPages(f *fixture) {
	cursor := f.newest()
	var want, got []gateway.ReqID
	for range 5 {
		want = append(want, f.accept(f.job("")).ID)
	}
	for range 3 {
		var page []gateway.ReqID
		page, cursor = f.changes(cursor, 2)
		got = append(got, page...)
	}
	f.equal("in pages of two", got, want)
	f.equal("cursor", cursor, f.newest())
}

func changesGone(f *fixture) {
	cursor := f.newest()
	job := f.dialling("")
	job.Remove = true
	f.settle(job, scheduler.JobDone)
	waiting := f.accept(f.job("aa"))
	f.lookup("aa", true)
	list, _ := f.changes(cursor, 100)
	f.equal("gone", list, []gateway.ReqID{job.ID, waiting.ID})
}

func changesFromNow(f *fixture) {
	f.accept(f.job(""))
	cursor := f.newest()
	job := f.accept(f.job(""))
	list, _ := f.changes(cursor, 100)
	f.equal("since", list, []gateway.ReqID{job.ID})
}

func changesForgotten(f *fixture) {
	f.accept(f.job(""))
	_, _, err := f.Changes(f.Context(), f.newest()+1, 100)
	f.is("ahead of the feed", err, scheduler.ErrForgotten)
}

func (f *fixture) list(n int, states ...scheduler.JobState) []gateway.ReqID {
	f.Helper()
	jobs, err := f.List(f.Context(), n, states...)
	f.ok("list", err)
	for _, job := range jobs {
		f.equal("listed", job, f.find(job.ID))
	}
	return ids(jobs)
}

func listByState(f *fixture) {
	rang := f.dialling("")
	f.accept(f.job(""))
	held := f.claim(us, 1)[0]
	var queued []gateway.ReqID
	for i, p := range []gateway.Priority{gateway.PriorityLow, gateway.PriorityHigh, gateway.PriorityNormal} {
		job := f.job("")
		job.Request.Priority, job.Due = p, f.now.Add(time.Duration(i)*time.Second)
		queued = append(queued, f.accept(job).ID)
	}
	f.equal("queued", f.list(9, scheduler.JobQueued), queued)
	f.equal("two of them", f.list(2, scheduler.JobQueued), queued[:2])
	f.equal("claimed", f.list(9, scheduler.JobClaimed), []gateway.ReqID{held.ID})
	f.equal("on a line", f.list(9, scheduler.JobDialling, scheduler.JobClaimed), []gateway.ReqID{rang.ID, held.ID})
	f.equal("done", f.list(9, scheduler.JobDone), []gateway.ReqID{})
	f.equal("in no state", f.list(9), []gateway.ReqID{})
	f.settle(rang, scheduler.JobDone)
	f.equal("done first", f.list(2, scheduler.JobQueued, scheduler.JobDone), []gateway.ReqID{rang.ID, queued[0]})
}

// listDone leaves the order of two that end in the same millisecond open.
func listDone(f *fixture) {
	for range 3 {
		f.settle(f.dialling(""), scheduler.JobDone)
	}
	jobs, err := f.List(f.Context(), 9, scheduler.JobDone)
	f.ok("list", err)
	f.equal("done", len(jobs), 3)
	for i, job := range jobs[1:] {
		if job.Ended.After(jobs[i].Ended) {
			f.Errorf("ended at %v, after the one before", job.Ended)
		}
	}
}

func searchDigits(f *fixture) {
	var all []gateway.ReqID
	for _, number := range []gateway.Phone{"+1 (617) 555-0142", "6175550142,,77", "+16175551142", "142", "sip:nobody"} {
		job := f.job("")
		job.Request.Phone = number
		all = append(all, f.accept(job).ID)
	}
	for digits, want := range map[string][]gateway.ReqID{
		"142":         {all[3], all[2], all[1], all[0]},
		"0142":        {all[1], all[0]},
		"6175550142":  {all[1], all[0]},
		"16175550142": {all[0]},
		"143":         {},
		"42":          {},
		"":            {},
		"077":         {},
	} {
		jobs, err := f.Search(f.Context(), digits, 9)
		f.ok("search", err)
		f.equal("ends in "+digits, ids(jobs), want)
	}
	jobs, err := f.Search(f.Context(), "142", 2)
	f.ok("search", err)
	f.equal("two", ids(jobs), []gateway.ReqID{all[3], all[2]})
	f.equal("found", jobs[0], f.find(all[3]))
	f.remove(all[3], false)
	jobs, err = f.Search(f.Context(), "142", 1)
	f.ok("search", err)
	f.equal("after a removal", ids(jobs), []gateway.ReqID{all[2]})
}

func countStates(f *fixture) {
	check := func(what string, want map[scheduler.JobState]int) {
		f.Helper()
		counts, err := f.Count(f.Context())
		f.ok("count", err)
		f.equal(what, counts, want)
	}
	check("empty", map[scheduler.JobState]int{})
	job := f.dialling("")
	f.accept(f.job(""))
	f.claim(us, 1)
	f.accept(f.job(""))
	queued := f.accept(f.job(""))
	check("four", map[scheduler.JobState]int{scheduler.JobDialling: 1, scheduler.JobClaimed: 1, scheduler.JobQueued: 2})
	f.settle(job, scheduler.JobDone)
	f.remove(queued.ID, false)
	_, err := f.Recover(f.Context(), us, true, f.now)
	f.ok("recover", err)
	check("later", map[scheduler.JobState]int{scheduler.JobDone: 1, scheduler.JobQueued: 2})
}

func endedKept(f *fixture) {
	job := f.dialling("")
	f.settle(job, scheduler.JobQueued)
	f.equal("waits", f.find(job.ID).Ended, time.Time{})
	before := time.Now().Truncate(time.Millisecond)
	f.settle(f.claim(us, 1)[0], scheduler.JobDone)
	ended := f.find(job.ID).Ended
	if ended.Before(before) || ended.After(time.Now()) {
		f.Errorf("ended at %v, settled between %v and now", ended, before)
	}
	f.equal("ended", f.list(1, scheduler.JobDone), []gateway.ReqID{job.ID})
}
