package scheduler

import (
	"time"

	"rollcall/gateway"
)

// This file holds due times and expiry as pure functions; retry.go holds the
// rules of retries.

// newJob returns the job that r becomes when it is accepted at now. The first
// try is due at its call time. With FirstOcc zero it is the only one and must
// begin within [gateway.SoonLimit]; else no try begins after FirstOcc.
func newJob(r gateway.Request, now time.Time) Job {
	due := now.Add(r.CallTime)
	expires := now.Add(r.FirstOcc)
	if r.FirstOcc <= 0 {
		expires = due.Add(gateway.SoonLimit)
	}
	return Job{
		Request:  r,
		Accepted: now,
		Due:      due,
		FirstDue: due,
		Expires:  expires,
		State:    JobQueued,
	}
}

// expired tells whether it is too late for another try.
func expired(job Job, now time.Time) bool { return !now.Before(job.Expires) }

// tooLate ends a job whose time has passed; no phone has rung for it now.
func tooLate(job Job) Job {
	return finish(job, gateway.OutcomeExpired, job.Expires, nil)
}

// interrupted ends a job that was being dialled when its gateway died. When
// that was is not known; it was due at job.Due.
func interrupted(job Job) Job {
	return finish(job, gateway.OutcomeInterrupted, job.Due, nil)
}

// finish ends job with one more record.
func finish(job Job, o gateway.Outcome, made time.Time, answers []gateway.Answer) Job {
	state, reason := o.Words()
	job = record(job, gateway.Attempt{State: state, Made: made, Reason: reason, Answers: answers})
	job.State = JobDone
	job.Remove = job.Remove || job.Request.SelfDelete
	return job
}

// settled returns what verdict v makes of job: done, or queued for a retry.
func settled(job Job, v Verdict, r rules) Job {
	retry, again := r.after(job, v.Outcome)
	if !again {
		return finish(job, v.Outcome, v.Started, v.Answers)
	}
	job = record(job, gateway.Attempt{State: gateway.StateRetry, Made: v.Started, Reason: retry.reason(v.Outcome), Answers: v.Answers})
	job.State = JobQueued
	job.Due = v.Ended.Add(retry.After / time.Duration(r.speed))
	return job
}

// record adds a to the tries of job, without touching those of the caller.
func record(job Job, a gateway.Attempt) Job {
	a.Attendee = job.Request.Attendee
	a.Due = job.FirstDue
	job.Attempts = append(job.Attempts[:len(job.Attempts):len(job.Attempts)], a)
	return job
}
