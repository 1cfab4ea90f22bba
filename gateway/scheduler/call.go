package scheduler

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"rollcall/gateway"
)

// Why a call was cancelled or not dialled.
var (
	errEnded    = errors.New("ended by the operator")
	errCutOff   = errors.New("the gateway stops")
	errStopping = errors.New("the gateway stops and dials no more")
	errTooLate  = errors.New("its time has passed")
)

// call is one job on a line. One goroutine runs it, another keeps its lease.
type call struct {
	job     Job
	began   time.Time // when it got its line
	cancel  context.CancelCauseFunc
	dialled atomic.Bool // the phone may have rung
	refused error       // why it must not ring
}

// start puts job on a line. Once accepting has ended it dials no more; with
// hard the call itself ends.
func (s *Scheduler) start(accepting, hard context.Context, job Job) {
	ctx, cancel := context.WithCancelCause(hard)
	c := &call{job: job, began: time.Now(), cancel: cancel}
	s.mu.Lock()
	s.calls[job.ID] = c
	s.mu.Unlock()
	s.workers.Go(func() {
		defer cancel(nil)
		s.finish(hard, c, s.run(ctx, accepting, c))
		s.mu.Lock()
		delete(s.calls, job.ID)
		s.mu.Unlock()
		s.nudge()
	})
}

// run has the call made and returns the verdict with its times filled in.
func (s *Scheduler) run(ctx, accepting context.Context, c *call) Verdict {
	began := time.Now()
	leased, release := context.WithCancel(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		s.renew(leased, c)
	}()
	v := s.placer.Place(ctx, c.job, func(dial context.Context) error {
		return s.dialling(dial, accepting, c)
	})
	release()
	<-renewed
	if errors.Is(context.Cause(ctx), errEnded) {
		v.Outcome = gateway.OutcomeEnded
	}
	if v.Started.IsZero() {
		v.Started = began
	}
	if v.Ended.IsZero() {
		v.Ended = time.Now()
	}
	return v
}

// dialling journals that the phone may ring from now on. It refuses once the
// scheduler stops or the call was cancelled.
func (s *Scheduler) dialling(ctx, accepting context.Context, c *call) error {
	c.refused = s.permit(ctx, accepting, c.job)
	c.dialled.Store(c.refused == nil)
	if c.refused == nil {
		s.announce()
	}
	return c.refused
}

func (s *Scheduler) permit(ctx, accepting context.Context, job Job) error {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(accepting, cancel)()
	_ = s.pace.dial(waiting) // fails when either has ended, which is asked next
	switch {
	case accepting.Err() != nil:
		return errStopping
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case expired(job, time.Now()):
		return errTooLate
	}
	err := s.journal.Dialling(ctx, job.ID, s.owner, time.Now().Add(s.lease))
	if err != nil {
		return fmt.Errorf("journal dialling: %w", err)
	}
	return nil
}

// renew keeps the lease of a call that was dialled until ctx ends. A lease
// that cannot be renewed ends no call: nobody is cut off.
func (s *Scheduler) renew(ctx context.Context, c *call) {
	tick := time.NewTicker(s.lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !c.dialled.Load() {
			continue
		}
		err := s.journal.Dialling(ctx, c.job.ID, s.owner, time.Now().Add(s.lease))
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "renew lease", "reqid", c.job.ID, "error", err)
		}
	}
}

// finish settles c by its verdict. What was cut off while a phone may have
// rung stays as it is: in doubt. What was not allowed to dial goes back to the
// queue, unless somebody ended it or the claim was lost.
func (s *Scheduler) finish(hard context.Context, c *call, v Verdict) {
	job := c.job
	cutOff := hard.Err() != nil
	ended := v.Outcome == gateway.OutcomeEnded
	switch {
	case errors.Is(c.refused, ErrLost):
		s.log.InfoContext(hard, "call withdrawn before it was dialled", "reqid", job.ID)
	case cutOff && c.dialled.Load():
		s.log.WarnContext(hard, "call cut off", "reqid", job.ID)
	case (cutOff || c.refused != nil) && !ended:
		s.giveBack(hard, job, c.refused)
	default:
		if c.dialled.Load() && v.Outcome.Dialled() {
			job.Dialled++
		}
		s.settle(hard, settled(job, v, s.rules))
	}
}

// giveBack returns a claim that was not dialled to the queue. Where the
// journal refused the dial, the job is due a moment later, so that it is not
// asked again without pause.
func (s *Scheduler) giveBack(hard context.Context, job Job, why error) {
	if why != nil && !errors.Is(why, errStopping) && !errors.Is(why, errTooLate) {
		s.log.ErrorContext(hard, "call not dialled", "reqid", job.ID, "error", why)
		job.Due = time.Now().Add(time.Second)
	}
	job.State = JobQueued
	s.settle(hard, job)
}
