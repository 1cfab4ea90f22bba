package journaltest

import (
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file holds the checks on removal, references and recovery.

func removeWaiting(f *fixture) {
	for _, ifQueued := range []bool{false, true} {
		job := f.accept(f.job(""))
		f.equal("as it was", f.remove(job.ID, ifQueued), job)
		f.gone(job.ID)
		_, err := f.Remove(f.Context(), job.ID, ifQueued)
		f.is("remove again", err, gateway.ErrUnknownCall)
	}
	f.equal("claimed", len(f.claim(us, 9)), 0)
}

func removeClaimed(f *fixture) {
	for _, ifQueued := range []bool{false, true} {
		f.accept(f.job(""))
		job := f.claim(us, 1)[0]
		f.remove(job.ID, ifQueued)
		f.gone(job.ID)
		f.is("dial", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Minute)), scheduler.ErrLost)
		f.is("settle", f.Settle(f.Context(), job, us), scheduler.ErrLost)
	}
}

func removeDialling(f *fixture) {
	job := f.dialling("")
	was := f.remove(job.ID, true)
	f.equal("state", was.State, scheduler.JobDialling)
	f.equal("marked by ifqueued", f.find(job.ID).Remove, false)
	f.remove(job.ID, false)
	f.equal("marked", f.find(job.ID).Remove, true)
	f.ok("renew", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Minute)))
	f.settle(job, scheduler.JobDone)
	f.gone(job.ID)
}

func removeDone(f *fixture) {
	job := f.dialling("")
	f.settle(job, scheduler.JobDone)
	f.remove(job.ID, true)
	f.find(job.ID)
	f.remove(job.ID, false)
	f.gone(job.ID)
}

func removedNotRetried(f *fixture) {
	job := f.dialling("")
	f.remove(job.ID, false)
	f.settle(job, scheduler.JobQueued)
	f.gone(job.ID)
	f.equal("claimed", len(f.claim(us, 1)), 0)
}

func selfDelete(f *fixture) {
	job := f.dialling("aa")
	job.Remove = true
	f.settle(job, scheduler.JobQueued)
	job = f.claim(us, 1)[0]
	job.Remove = true
	f.settle(job, scheduler.JobDone)
	f.gone(job.ID)
	f.equal("reference", f.lookup("aa", true), gateway.LookupDone)
}

func lookupStates(f *fixture) {
	f.equal("nothing", f.lookup("aa", false), gateway.LookupUnknown)
	f.accept(f.job("aa"))
	f.equal("accepted", f.lookup("aa", false), gateway.LookupQueued)
	job := f.claim(us, 1)[0]
	f.equal("claimed", f.lookup("aa", false), gateway.LookupQueued)
	f.ok("dial", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Minute)))
	f.equal("dialling", f.lookup("aa", false), gateway.LookupCalling)
	f.settle(job, scheduler.JobDone)
	f.equal("done", f.lookup("aa", false), gateway.LookupDone)
	found, err := f.Reference(f.Context(), "aa", false, f.now)
	f.ok("reference", err)
	f.equal("id", found.ReqID, job.ID)
	f.remove(job.ID, false)
	f.equal("removed", f.lookup("aa", false), gateway.LookupDone)
	f.equal("removed, to be voided", f.lookup("aa", true), gateway.LookupDone)
}

func voidUnknown(f *fixture) {
	f.equal("void", f.lookup("aa", true), gateway.LookupVoided)
	f.equal("ask", f.lookup("aa", false), gateway.LookupVoided)
	_, err := f.Accept(f.Context(), f.job("aa"))
	f.is("accept", err, scheduler.ErrVoided)
	f.equal("claimed", len(f.claim(us, 1)), 0)
}

func voidWaiting(f *fixture) {
	queued := f.accept(f.job("aa"))
	f.equal("void queued", f.lookup("aa", true), gateway.LookupVoided)
	f.gone(queued.ID)
	f.accept(f.job("bb"))
	claimed := f.claim(us, 1)[0]
	f.equal("void claimed", f.lookup("bb", true), gateway.LookupVoided)
	f.is("dial", f.Dialling(f.Context(), claimed.ID, us, f.now.Add(time.Minute)), scheduler.ErrLost)
	removed := f.accept(f.job("cc"))
	f.remove(removed.ID, false)
	f.equal("removed", f.lookup("cc", false), gateway.LookupVoided)
	_, err := f.Accept(f.Context(), f.job("cc"))
	f.is("accept", err, scheduler.ErrVoided)
}

func voidDialling(f *fixture) {
	job := f.dialling("aa")
	f.equal("void", f.lookup("aa", true), gateway.LookupCalling)
	f.settle(job, scheduler.JobDone)
	f.equal("void", f.lookup("aa", true), gateway.LookupDone)
	f.find(job.ID)
}

func voidTried(f *fixture) {
	job := f.dialling("aa")
	f.settle(job, scheduler.JobQueued)
	f.equal("void", f.lookup("aa", true), gateway.LookupDone)
	f.gone(job.ID)
}

func referencesLive(f *fixture) {
	job := f.dialling("aa")
	f.settle(job, scheduler.JobDone)
	f.remove(job.ID, false)
	f.lookup("bb", true)
	f.now = f.now.Add(29 * 24 * time.Hour)
	f.equal("removed", f.lookup("aa", false), gateway.LookupDone)
	f.equal("voided", f.lookup("bb", false), gateway.LookupVoided)
	f.now = f.now.Add(2 * 24 * time.Hour)
	f.equal("removed long ago", f.lookup("aa", false), gateway.LookupUnknown)
	f.equal("voided long ago", f.lookup("bb", false), gateway.LookupUnknown)
}

func recoverOurs(f *fixture) {
	rang := f.dialling("")
	claimed := f.accept(f.job(""))
	f.claim(us, 1)
	jobs, err := f.Recover(f.Context(), us, true, f.now)
	f.ok("recover", err)
	if len(jobs) != 1 || jobs[0].ID != rang.ID || jobs[0].State != scheduler.JobDialling {
		f.Fatalf("recovered %+v, want the one that was dialling", jobs)
	}
	f.equal("claimed before", f.find(claimed.ID).State, scheduler.JobQueued)
	f.equal("claimed", len(f.claim(us, 9)), 1)
	f.settle(jobs[0], scheduler.JobDone)
}

func recoverOthers(f *fixture) {
	job := f.dialling("")
	jobs, err := f.Recover(f.Context(), them, true, f.now)
	f.ok("recover", err)
	f.equal("in time", len(jobs), 0)
	jobs, err = f.Recover(f.Context(), them, false, f.now.Add(2*time.Minute))
	f.ok("recover", err)
	f.equal("lease ran out", len(jobs), 1)
	f.is("renew", f.Dialling(f.Context(), job.ID, us, f.now.Add(time.Hour)), scheduler.ErrLost)
	f.is("settle", f.Settle(f.Context(), job, us), scheduler.ErrLost)
	jobs[0].State = scheduler.JobDone
	f.ok("settle by them", f.Settle(f.Context(), jobs[0], them))
}

// recoverSweep looks after others while a run goes on: what is ours is left
// alone, however late its lease.
func recoverSweep(f *fixture) {
	ours := f.dialling("")
	f.accept(f.job(""))
	claimed := f.claim(us, 1)[0]
	late := f.now.Add(time.Hour)
	jobs, err := f.Recover(f.Context(), us, false, late)
	f.ok("recover", err)
	f.equal("taken from ourselves", len(jobs), 0)
	f.equal("claimed", f.find(claimed.ID).State, scheduler.JobClaimed)
	f.settle(ours, scheduler.JobDone)
	f.ok("dial", f.Dialling(f.Context(), claimed.ID, us, late))
}

func recoverTwice(f *fixture) {
	f.dialling("")
	for range 2 {
		jobs, err := f.Recover(f.Context(), us, true, f.now)
		f.ok("recover", err)
		f.equal("recovered", len(jobs), 1)
	}
	f.equal("claimed", len(f.claim(us, 1)), 0)
}
