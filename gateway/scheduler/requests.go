package scheduler

import (
	"context"
	"fmt"
	"time"

	"rollcall/gateway"
)

// This file is what is asked of a scheduler from outside: to accept a call, to
// remove it, to end it, to withdraw a reference, and to tell when something
// has changed.

// Submit accepts a request that came from the address from, empty for this
// machine, and returns its job once it is journalled. A reference that is known
// gives the job first accepted for it; one that was withdrawn gives [ErrVoided].
func (s *Scheduler) Submit(ctx context.Context, r gateway.Request, from string) (Job, error) {
	job := newJob(r, time.Now())
	job.From = from
	job, err := s.journal.Accept(ctx, job)
	if err != nil {
		return Job{}, fmt.Errorf("accept call: %w", err)
	}
	s.announce()
	s.nudge()
	return job, nil
}

// Remove removes a record as [Records] has it, and with how.Hangup ends the
// call too. It returns the job as it was, or [gateway.ErrUnknownCall].
func (s *Scheduler) Remove(ctx context.Context, id gateway.ReqID, how gateway.Removal) (Job, error) {
	job, err := s.journal.Remove(ctx, id, how.IfQueued)
	if err != nil {
		return Job{}, fmt.Errorf("remove call: %w", err)
	}
	if how.Hangup && (!how.IfQueued || job.State != JobDialling) {
		s.Hangup(id)
	}
	s.announce()
	return job, nil
}

// Withdraw voids a reference unless its job was dialled, and tells how it
// stands then.
func (s *Scheduler) Withdraw(ctx context.Context, ref gateway.Reference) (gateway.Lookup, error) {
	found, err := s.journal.Reference(ctx, ref, true, time.Now())
	if err != nil {
		return gateway.Lookup{}, fmt.Errorf("withdraw reference: %w", err)
	}
	s.announce()
	return found, nil
}

// Hangup ends a call that is on a line, with the outcome
// [gateway.OutcomeEnded] and no retry, and tells whether there was one.
func (s *Scheduler) Hangup(id gateway.ReqID) bool {
	s.mu.Lock()
	c, found := s.calls[id]
	s.mu.Unlock()
	if found {
		c.cancel(errEnded)
	}
	return found
}

// Changed returns a channel that is closed when a job changes next. What has
// changed by then is told by the journal's [Feed]; take the channel before
// asking it, so that nothing falls between.
func (s *Scheduler) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *Scheduler) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}
