package gateway

import (
	"context"
	"sync"
	"time"
)

// This file is the Follower as its user sees it; following.go and feed.go are
// the loop that does its work, and wait.go follows one call alone.

// The values of a [Follower]'s settings where they are zero.
const (
	DefaultEvery = 3 * time.Second
	DefaultRate  = 50
)

// Follower follows many calls to their end. Our own gateway is asked for its
// changes, one question at a time and about one a second, however many calls
// are followed; each call is asked about once, when it is added. At any other
// gateway every call is asked about again and again, the one that has waited
// longest first. Which kind it is shows by itself, also when another gateway
// takes the place of the first.
//
// Its zero value with a Client is ready for use; its fields must not be changed
// once Run was called.
type Follower struct {
	Client *Client
	// Every is how long after an answer a call is asked about again where there
	// is no feed; zero means [DefaultEvery]. Without news the next question
	// comes half as late again, each time and a little by chance: up to once
	// and a half Every where few calls are followed, and up to ten times Every,
	// but half a minute at most, where fifty or more are. A gateway that is away
	// is asked for at such growing distances too.
	Every time.Duration
	// Rate is how many questions about single calls are asked in any second, at
	// most; zero means [DefaultRate]. Of the calls that are due, the one of which
	// nothing was heard for longest comes first. So what is known of a call
	// where there is no feed is never older than the longest distance between
	// two questions or, with so many calls that it takes longer to ask about
	// all, than that takes: calls/Rate seconds. The time the gateway takes for
	// its answers, and to come back if it was away, is on top. Only a question
	// for which the way to the gateway broke down is sent again by the [Client]
	// beyond this measure.
	Rate int

	mu     sync.Mutex
	orders []order
	bell   chan struct{} // rings when there are orders
}

// order is to follow a call, or not any longer.
type order struct {
	id   ReqID
	drop bool
}

// Add follows calls, from any goroutine, before or while Run runs. A call that
// is followed already, and an id that is none, are let be.
func (f *Follower) Add(ids ...ReqID) { f.order(false, ids) }

// Drop follows calls no longer. Run may be about to report one of them, and
// still does.
func (f *Follower) Drop(ids ...ReqID) { f.order(true, ids) }

func (f *Follower) order(drop bool, ids []ReqID) {
	bell := f.ring()
	f.mu.Lock()
	for _, id := range ids {
		f.orders = append(f.orders, order{id, drop})
	}
	f.mu.Unlock()
	select {
	case bell <- struct{}{}:
	default:
	}
}

// ring returns the bell.
func (f *Follower) ring() chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bell == nil {
		f.bell = make(chan struct{}, 1)
	}
	return f.bell
}

// take returns the orders given since it was called last.
func (f *Follower) take() []order {
	f.mu.Lock()
	defer f.mu.Unlock()
	orders := f.orders
	f.orders = nil
	return orders
}

// Run follows until ctx ends; nothing else ends it, and it runs once. It calls
// report from its own goroutine, one call after the other, and waits for it:
//
//   - report(id, status, nil) when a call does not stand as it was last reported,
//     or, at first, when it has been tried. A try in progress is its last
//     attempt where the gateway tells. After a final status ([Status.Final]) the
//     call is followed no longer. What was reported of a call stays in its
//     later reports: ended tries and answers that the gateway does not tell any
//     more are kept, and a reply that only tells less is no news.
//   - report(id, Status{}, err) with [ErrUnknownCall] when the call's record is
//     gone, after which it is followed no longer, and what was reported of it
//     before is all there is; with [ErrUnreadable] or a
//     [*RefusedError] when an answer about it says nothing, once until one does.
//     It is asked about again.
//   - report(0, Status{}, err) when the gateway cannot be asked, once, and
//     report(0, Status{}, nil) once it can be again.
//
// An answer that has come is reported even if ctx has ended meanwhile. Run
// returns when every goroutine it started is done.
func (f *Follower) Run(ctx context.Context, report func(ReqID, Status, error)) {
	x := newFollowing(ctx, f, report)
	bell, timer := f.ring(), time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		x.obey(f.take())
		timer.Reset(x.step(time.Now()))
		select {
		case <-ctx.Done():
		case <-bell:
		case <-timer.C:
		case then := <-x.results:
			x.working--
			then()
		}
	}
	for ; x.working > 0; x.working-- {
		then := <-x.results
		then()
	}
}

// Status tells a change in the form of a status reply, with a call on a line as
// an attempt in progress. Practice is not in it. Where State is unknown there
// is no status.
func (c Change) Status() Status {
	s := Status{Attempts: append([]Attempt(nil), c.Attempts...)}
	if last := len(s.Attempts) - 1; last >= 0 && c.State != LookupDone && s.Attempts[last].State.Final() {
		s.Attempts[last].State = StateRetry // another try follows
	}
	if c.State == LookupCalling {
		s.Attempts = append(s.Attempts, Attempt{State: StateInProgress})
	}
	return s
}
