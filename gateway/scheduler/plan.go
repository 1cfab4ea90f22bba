package scheduler

import (
	"time"

	"rollcall/gateway"
)

// This file holds the rules of due times, expiry and retries as pure functions.

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
func settled(job Job, v Verdict, retryAfter time.Duration) Job {
	if !retries(job, v.Outcome) {
		return finish(job, v.Outcome, v.Started, v.Answers)
	}
	job = record(job, gateway.Attempt{State: gateway.StateRetry, Made: v.Started, Reason: retryReason(v.Outcome)})
	job.State = JobQueued
	job.Due = v.Ended.Add(retryAfter)
	return job
}

// retries tells whether a try that ended as o is followed by another one. One
// that would come too late is queued all the same and ends by expiring, as
// the protocol has it.
func retries(job Job, o gateway.Outcome) bool {
	if job.Request.FirstOcc <= 0 {
		return false
	}
	switch o {
	case gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeCongestion:
		return true
	default:
		return false
	}
}

// retryReason is the reason of a record with a retry to come. The words for no
// answer are captured from a real gateway, trailing blank included; the others
// follow them. The minute is the protocol's, also where practice divides it.
func retryReason(o gateway.Outcome) gateway.Reason {
	_, said := o.Words()
	if o == gateway.OutcomeNoAnswer {
		said = "No answer"
	}
	return said + ". Try in 1 minute "
}

// record adds a to the tries of job, without touching those of the caller.
func record(job Job, a gateway.Attempt) Job {
	a.Attendee = job.Request.Attendee
	a.Due = job.FirstDue
	job.Attempts = append(job.Attempts[:len(job.Attempts):len(job.Attempts)], a)
	return job
}
