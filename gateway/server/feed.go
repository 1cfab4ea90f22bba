package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is the change feed: whoever follows many calls asks once for all
// that has changed, and waits for it. See gateway/doc.go.

const (
	// maxChanges bounds one reply.
	maxChanges = 1_000
	// longestWait bounds how long a question may wait for a change.
	longestWait = 25 * time.Second
	// maxWaiting is how many questions may wait; more are answered at once.
	maxWaiting = 256
	// otherGateways is how often a journal is looked at that another gateway
	// may have changed.
	otherGateways = 2 * time.Second
)

func (s *Server) serveChanges(w http.ResponseWriter, r *http.Request) {
	after, wait, err := feedQuestion(r)
	if err != nil {
		s.sendRefusal(w, http.StatusBadRequest, err.Error())
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), wait)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)() //nolint:contextcheck // the end of the gateway, not of the request
	reply, err := s.changes(ctx, after)
	if err != nil {
		s.cfg.Log.Error("read changes", "error", err)
		s.sendRefusal(w, http.StatusInternalServerError, "the gateway cannot read its journal now")
		return
	}
	s.sendJSON(w, http.StatusOK, reply)
}

// feedQuestion reads the cursor, below zero for none, and how long to wait.
func feedQuestion(r *http.Request) (after int64, wait time.Duration, err error) {
	q := r.URL.Query()
	after = -1
	if text := q.Get("after"); text != "" {
		if after, err = strconv.ParseInt(text, 10, 64); err != nil || after < 0 {
			return 0, 0, errors.New("after is not a cursor that was given out")
		}
	}
	if text := q.Get("wait"); text != "" {
		seconds, err := strconv.Atoi(text)
		if err != nil || seconds < 0 {
			return 0, 0, errors.New("wait is not a number of seconds")
		}
		wait = min(time.Duration(min(seconds, 3600))*time.Second, longestWait)
	}
	return after, wait, nil
}

// changes returns what has changed after a cursor, waiting for something until
// ctx ends.
func (s *Server) changes(ctx context.Context, after int64) (gateway.Changes, error) {
	waits := s.mayWait()
	if waits {
		defer s.waited()
	}
	for {
		changed := s.sched.Changed()
		reply, next, err := s.changedSince(context.WithoutCancel(ctx), after)
		if err != nil || len(reply.Changes) > 0 || reply.Reset || after < 0 || !waits || !wake(ctx, changed) {
			return reply, err
		}
		after = next // entries of jobs that are all told
	}
}

// wake waits for a change, or a while, and tells whether to look again.
func wake(ctx context.Context, changed <-chan struct{}) bool {
	timer := time.NewTimer(otherGateways)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-changed:
	case <-timer.C:
	}
	return true
}

// changedSince is one look at the feed.
func (s *Server) changedSince(ctx context.Context, after int64) (gateway.Changes, int64, error) {
	jobs, next, err := s.cfg.Journal.Changes(ctx, after, maxChanges)
	reset := errors.Is(err, scheduler.ErrForgotten)
	if reset {
		jobs, next, err = s.cfg.Journal.Changes(ctx, -1, maxChanges)
	}
	if err != nil {
		return gateway.Changes{}, 0, err
	}
	reply := gateway.Changes{Cursor: strconv.FormatInt(next, 10), Reset: reset, Changes: make([]gateway.Change, 0, len(jobs))}
	for _, c := range jobs {
		reply.Changes = append(reply.Changes, change(c))
	}
	return reply, next, nil
}

func change(c scheduler.Changed) gateway.Change {
	told := gateway.Change{ReqID: c.Job.ID, Reference: c.Job.Request.Reference, State: gateway.LookupUnknown}
	if c.Gone {
		return told
	}
	told.Attempts = c.Job.Attempts
	switch c.Job.State {
	case scheduler.JobQueued, scheduler.JobClaimed:
		told.State = gateway.LookupQueued
	case scheduler.JobDialling:
		told.State = gateway.LookupCalling
	case scheduler.JobDone:
		told.State = gateway.LookupDone
	}
	return told
}

// mayWait takes one of the places of those who wait, if there is one.
func (s *Server) mayWait() bool {
	if s.waiting.Add(1) <= maxWaiting {
		return true
	}
	s.waiting.Add(-1)
	return false
}

func (s *Server) waited() { s.waiting.Add(-1) }
