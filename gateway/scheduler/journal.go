package scheduler

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway"
)

// ErrVoided refuses a request whose reference was voided before it arrived.
var ErrVoided = errors.New("this reference was withdrawn")

// ErrLost means that a claim is no longer ours: its lease ran out and somebody
// else recovered it, or the job was removed before it was dialled. Nothing may
// be dialled on it.
var ErrLost = errors.New("the claim on this call is lost")

// JobState is where a job stands in the journal.
type JobState string

// The states of a job. Claimed is on a line but certainly not dialled yet;
// Dialling may be ringing. Both carry an owner and a lease.
const (
	JobQueued   JobState = "queued"
	JobClaimed  JobState = "claimed"
	JobDialling JobState = "dialling"
	JobDone     JobState = "done"
)

// Job is one accepted request and all that came of it.
type Job struct {
	ID       gateway.ReqID
	Request  gateway.Request
	Accepted time.Time
	Due      time.Time // next try; the first one before any
	FirstDue time.Time
	Expires  time.Time // no try begins after this
	State    JobState
	Attempts []gateway.Attempt // ended tries, oldest first
	Dialled  int               // how often a phone was tried
	Owner    string            // who holds it while claimed or dialling
	Lease    time.Time         // until when
	Remove   bool              // the record goes as soon as the call has ended
	Ended    time.Time         // when it became done
	// From is the address that the request came from; empty for this machine.
	// Documents are fetched with no more rights than it has.
	From string
}

// Journal keeps jobs so that nothing is lost and nobody is called twice when
// the process dies. Every method that changes something returns after the
// change is durable. Implementations are safe for several goroutines and, by
// claims, for several processes on one database.
type Journal interface {
	Queue
	Records
	Feed
	Browser
}

// Queue is the part of a Journal that the scheduler's loop lives on.
type Queue interface {
	// Claim takes up to n queued jobs that are due at now and not expired,
	// highest priority first and then earliest Due, for owner until lease.
	// Queued jobs whose Expires is not after now come on top of n (up to 100 of
	// them, whatever their Due, also with n zero): they need no line, only to
	// be settled. No two callers ever get the same job.
	Claim(ctx context.Context, owner string, now, lease time.Time, n int) ([]Job, error)
	// Dialling turns owner's claim into a dial. After it has returned nil the
	// phone may ring; [ErrLost] forbids it. It also renews the lease of a job
	// that is dialling already.
	Dialling(ctx context.Context, id gateway.ReqID, owner string, lease time.Time) error
	// Settle stores what became of owner's claim: the job's State (Queued for
	// a retry, else Done), Due, Attempts and Dialled; nobody holds it after.
	// A job with Remove set, here or in the journal, is deleted instead once
	// it is Done; one marked in the journal by Remove is deleted also where it
	// would go back to the queue. [ErrLost] if owner does not hold it.
	Settle(ctx context.Context, job Job, owner string) error
	// Recover returns to the queue what anybody but owner had claimed whose
	// lease has run out at now, and with own, at the start of a run, all that
	// owner had; and it returns the jobs that were being dialled, for the caller
	// to settle as interrupted. Those are held by owner now and
	// stay Dialling: whatever happens next, they are not dialled again.
	Recover(ctx context.Context, owner string, own bool, now time.Time) ([]Job, error)
	// NextDue returns the earliest Due and the earliest Expires among queued
	// jobs: when to look again with a line free, and when without one. Both
	// are zero if nothing is queued.
	NextDue(ctx context.Context) (due, expires time.Time, err error)
}

// Records is the part of a Journal that requests from outside need.
type Records interface {
	// Accept stores a new job and returns it with its ID: now in epoch
	// milliseconds, raised until it is unique. A reference that is known gives
	// the job first accepted for it instead; a voided one gives [ErrVoided].
	Accept(ctx context.Context, job Job) (Job, error)
	// Find returns a job, or [gateway.ErrUnknownCall].
	Find(ctx context.Context, id gateway.ReqID) (Job, error)
	// Remove deletes a queued, claimed or done job at once and marks one that
	// is dialling to be deleted when it ends; with ifQueued it deletes only a
	// queued or claimed one and changes nothing else. It returns the job as it
	// was, or [gateway.ErrUnknownCall]. References outlive their records by 30
	// days; that of a queued or claimed job with Dialled zero is voided.
	Remove(ctx context.Context, id gateway.ReqID, ifQueued bool) (Job, error)
	// Reference tells what is known of ref at now: a queued or claimed job is
	// LookupQueued, a dialling one LookupCalling, a done one and one whose
	// record is gone LookupDone. With void, an unknown reference is voided and
	// a queued or claimed job is withdrawn as by Remove, before the answer is
	// given. A reference is forgotten 30 days after its job was done or
	// deleted, or after it was voided.
	Reference(ctx context.Context, ref gateway.Reference, void bool, now time.Time) (gateway.Lookup, error)
}

// ErrForgotten means that the changes asked for are not kept any more.
var ErrForgotten = errors.New("these changes are not kept any more")

// Feed is the part of a Journal by which changes are followed. A change is
// that a job was accepted, is dialled, was put back for a retry, is done, or
// that its record is gone; claims are none.
type Feed interface {
	// Changes returns the jobs that have changed after cursor, in the order of
	// their last change, each once, from at most n entries of the feed, and the
	// cursor to go on with. A cursor below zero gives no job and the newest
	// cursor. [ErrForgotten] if entries after cursor have been dropped, or if
	// it was never given out.
	Changes(ctx context.Context, cursor int64, n int) (changed []Changed, next int64, err error)
}

// Changed is an entry of the feed.
type Changed struct {
	Job  Job  // as it is now; with Gone its ID alone
	Gone bool // the record is not there any more
}

// Browser is the part of a Journal that people look at.
type Browser interface {
	// List returns up to n jobs in one of states: those that are done newest
	// first, others by Due.
	List(ctx context.Context, n int, states ...JobState) ([]Job, error)
	// Search returns up to n jobs, newest first, whose number ends in digits.
	// Fewer than three digits find nothing.
	Search(ctx context.Context, digits string, n int) ([]Job, error)
	// Count tells how many jobs are in each state.
	Count(ctx context.Context) (map[JobState]int, error)
}
