package gateway

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// This file is the loop behind [Follower.Run], and its questions about single
// calls; feed.go is what it asks our own gateway for. All state belongs to the
// goroutine of Run; questions are asked by goroutines that hand it their
// answers as functions.

const (
	// patience is the longest distance between two questions, in Everys, and
	// longest is how long it may be whatever Every is, unless Every is longer.
	patience = 10
	longest  = 30 * time.Second
	// few is how many calls cost about one question each Every, so that none of
	// them has to be asked about less often: see [following.limit].
	few = 5
	// idle is how long the loop sleeps when it waits for answers and orders.
	idle = time.Hour
	// arrears is how late a question may be and the next one still keep its
	// place: timers are coarse where Rate is high.
	arrears = 5 * time.Millisecond
)

// source is where news of calls come from.
type source int

const (
	undecided source = iota // the gateway was not asked yet, or is away
	feed
	polling
)

// following is the state of one Run.
type following struct {
	ctx    context.Context
	client *Client
	report func(ReqID, Status, error)
	every  time.Duration
	far    time.Duration // the longest distance between two questions
	pace   time.Duration // between two questions about calls
	most   int           // questions about calls at the same time

	calls map[ReqID]*followed
	later queue     // the calls whose time to be asked about comes, by it
	ripe  queue     // those whose time has come, the oldest knowledge first
	askAt time.Time // the next question about a call, at the earliest
	asked int       // questions about calls that are under way

	source  source
	cursor  string
	feedAt  time.Time // the next question for changes
	feeding bool      // one is under way
	away    bool
	gap     time.Duration // between questions while away

	working int         // goroutines that will send a result
	results chan func() // for the loop to run
}

// followed is a call that is followed.
type followed struct {
	id    ReqID
	seen  Status        // the most that was ever seen of it
	told  mark          // how it was last reported
	known time.Time     // when the question was asked that told how it stands, or it was added
	next  time.Time     // the next question about it
	gap   time.Duration // before the one after that
	in    *queue        // where it waits for that, or nil
	place int           // there

	busy      bool // a question about it is under way
	overtaken bool // the feed spoke of it meanwhile
	again     bool // the answer may be older than the feed's beginning
	stray     bool // the feed calls it done but shows no end: keep asking
	puzzling  bool // the last answer said nothing, which was reported
	failed    bool // the last question had no answer
}

func newFollowing(ctx context.Context, f *Follower, report func(ReqID, Status, error)) *following {
	x := &following{
		ctx: ctx, client: f.Client, report: report,
		every: f.Every, most: f.Client.MaxConcurrent,
		calls: make(map[ReqID]*followed), results: make(chan func()),
		later: queue{key: func(c *followed) time.Time { return c.next }},
		ripe:  queue{key: func(c *followed) time.Time { return c.known }},
	}
	if x.every <= 0 {
		x.every = DefaultEvery
	}
	if x.most <= 0 {
		x.most = DefaultConcurrent
	}
	rate := f.Rate
	if rate <= 0 {
		rate = DefaultRate
	}
	x.far = max(x.every, min(patience*x.every, longest))
	// A late question and those after it that are not late fit into a second too.
	x.pace = (time.Second + arrears) / time.Duration(rate)
	return x
}

// obey takes up and drops calls.
func (x *following) obey(orders []order) {
	now := time.Now()
	for _, o := range orders {
		call, known := x.calls[o.id]
		switch {
		case o.drop && known:
			x.forget(call)
		case !o.drop && !known && o.id > 0:
			call = &followed{id: o.id, known: now, gap: x.every}
			x.calls[o.id] = call
			x.schedule(call, now)
		}
	}
}

func (x *following) forget(call *followed) {
	x.unschedule(call)
	delete(x.calls, call.id)
}

// step asks what is to be asked at now and returns how long nothing else is.
// No call is asked about before the feed, if there is one, was asked for its
// cursor: what happens after that is in the feed.
func (x *following) step(now time.Time) time.Duration {
	wait := idle
	if len(x.calls) > 0 && x.source != polling && !x.feeding {
		if x.feedAt.After(now) {
			wait = x.feedAt.Sub(now)
		} else {
			x.askForChanges(now)
		}
	}
	if x.source != undecided && !x.away {
		wait = min(wait, x.takeTurns(now))
	}
	return wait
}

// takeTurns asks about the calls whose time has come, as fast as it may. Who
// comes first is not whose time came first but of whom nothing was heard for
// longest: so no call waits for longer than x.far, or than it takes to ask
// about all, however often the others are asked about.
func (x *following) takeTurns(now time.Time) time.Duration {
	x.ripen(now)
	for x.asked < x.most {
		call := x.ripe.first()
		switch {
		case call == nil && x.later.first() == nil:
			return idle
		case call == nil:
			return x.later.first().next.Sub(now)
		case x.askAt.After(now):
			return x.askAt.Sub(now)
		}
		x.unschedule(call)
		x.askAbout(call, now)
	}
	return idle // an answer comes before the next question
}

// start runs work in a goroutine, and what it returns in the loop.
func (x *following) start(work func() (then func())) {
	x.working++
	go func() { x.results <- work() }()
}

func (x *following) askAbout(call *followed, now time.Time) {
	if late := now.Add(-arrears); x.askAt.Before(late) {
		x.askAt = late
	}
	x.askAt = x.askAt.Add(x.pace)
	x.asked++
	call.busy, call.overtaken, call.again = true, false, false
	x.start(func() func() {
		s, err := x.client.Status(x.ctx, call.id)
		return func() {
			x.asked--
			call.busy = false
			if x.calls[call.id] == call {
				x.answered(call, now, s, err)
			}
		}
	})
}

// answered is what the gateway said about a call, asked at the given time.
func (x *following) answered(call *followed, at time.Time, s Status, err error) {
	var refused *RefusedError
	heard := true
	switch {
	case errors.Is(err, ErrUnknownCall):
		x.gone(call)
		return
	case err != nil && x.ctx.Err() != nil:
		return
	case err == nil && call.overtaken && !s.Final():
		// The feed knows better.
	case err == nil:
		call.puzzling = false
		x.tell(call, s)
	case errors.Is(err, ErrUnreadable), errors.As(err, &refused):
		x.puzzled(call, err)
	default:
		heard = false
		if x.source == polling {
			x.lost(err)
		}
	}
	if x.calls[call.id] == call {
		call.note(at, heard, x.every)
		x.askLater(call, err)
	}
}

// note takes down whether the question asked at the given time was answered. If
// not, the distances begin anew: what is known of the call grows old meanwhile.
func (c *followed) note(at time.Time, heard bool, every time.Duration) {
	switch {
	case heard:
		c.known = at
	case !c.failed:
		c.gap = every
	}
	c.failed = !heard
}

// askLater schedules the next question about a call: with a feed there is none
// unless the last one told nothing.
func (x *following) askLater(call *followed, err error) {
	now := time.Now()
	switch {
	case call.again:
		x.schedule(call, now)
	case x.source != feed, err != nil, call.stray:
		gap := min(call.gap, x.limit())
		call.gap = gap * 3 / 2
		wait := jitter(gap)
		if !call.failed { // what is known must not become too old, but a slow gateway is spared
			wait = min(wait, max(x.every, call.known.Add(x.far).Sub(now)))
		}
		x.schedule(call, now.Add(wait))
	}
}

// limit is how far apart two questions about a call may be now. It grows with
// the number of calls, so that many cost as little as a few, up to x.far. From
// a few alone there is hardly any backing off: that would spare nobody anything.
func (x *following) limit() time.Duration {
	calls := time.Duration(min(len(x.calls), few*patience))
	return min(x.far, max(x.every*3/2, x.every*calls/few))
}

// tell reports how a call stands, if that is news.
func (x *following) tell(call *followed, s Status) {
	s, news := call.learn(s)
	if s.Final() {
		x.forget(call)
	}
	if news {
		call.gap = x.every
		x.report(call.id, s, nil)
	}
}

// gone reports that a call has no record any more.
func (x *following) gone(call *followed) {
	x.forget(call)
	x.report(call.id, Status{}, ErrUnknownCall)
}

func (x *following) puzzled(call *followed, err error) {
	if !call.puzzling {
		call.puzzling = true
		x.report(call.id, Status{}, err)
	}
}

// lost notes that the gateway cannot be asked. Who comes back there may be
// another one, unless it knows our cursor.
func (x *following) lost(err error) {
	if x.source == polling {
		x.source = undecided
	}
	if !x.away {
		x.away, x.gap = true, max(x.every/3, time.Millisecond)
		x.report(0, Status{}, err)
	}
	x.feedAt = time.Now().Add(jitter(x.gap))
	x.gap = min(2*x.gap, x.far)
}

// found notes that the gateway has answered.
func (x *following) found() {
	if x.away {
		x.away = false
		x.report(0, Status{}, nil)
	}
}

// jitter returns about d, so that not all questions come at once.
func jitter(d time.Duration) time.Duration {
	return d - d/8 + rand.N(d/4+1)
}
