package campaign

import (
	"context"
	"slices"
	"time"

	"rollcall/gateway"
)

// This file is the loop of a run and the state that it owns.

// run is one Run in progress. Only the loop's goroutine touches it; a worker
// gets copies and hands back a function for the loop to apply.
type run struct {
	*Runner
	ctx     context.Context // of the work; it outlives the caller's by Grace
	c       Campaign
	lines   int
	flights []*flight // calls under way, oldest first
	remove  []gateway.ReqID
	refused []ContactID // rows the gateway refused since it last took one
	working int         // workers out
	results chan func()

	about     gateway.About
	known     bool      // about is the gateway's own word, and of our kind
	left      []Attempt // under way since an earlier run, until they are taken up
	away      error     // the gateway does not answer
	probing   bool
	probeAt   time.Time
	probeWait time.Duration

	leaving  bool // no call begins any more; the run ends with those under way
	deadline time.Time
	over     bool
	err      error // the store's; ends the run

	nextDue time.Time
	dirty   bool
	changed []ContactID
	told    time.Time
}

// load reads the campaign. One that may still run is running from now on.
func (x *run) load(id ID) error {
	c, err := x.Store.Campaign(x.ctx, id)
	if err != nil {
		return err
	}
	x.c = c
	x.c.Settings = c.Settings.Complete()
	x.lines = x.c.Settings.Lines
	if x.left, err = x.Store.Open(x.ctx, id); err != nil {
		return err
	}
	if c.State.Over() {
		return nil
	}
	x.setState(Running, Reason{})
	return x.err
}

// loop runs until nothing is left to do, quit is closed and the calls have
// ended, or the store fails.
func (x *run) loop(quit <-chan struct{}) {
	for {
		x.obey()
		more := x.step(time.Now())
		if x.over || x.err != nil {
			return
		}
		x.tell(time.Now(), false)
		timer := time.NewTimer(x.sleep(time.Now(), more))
		select {
		case <-quit:
			quit = nil
			x.leave(time.Now())
		case apply := <-x.results:
			x.working--
			apply()
		case <-x.ring():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// step does everything that can be done at now; more means that it should be
// called again without waiting.
func (x *run) step(now time.Time) (more bool) {
	x.probe(now)
	more = x.fill(now)
	x.follow(now)
	x.rest(now)
	return more
}

// obey carries out what other goroutines ordered.
func (x *run) obey() {
	x.mu.Lock()
	orders := x.orders
	x.orders = nil
	x.mu.Unlock()
	for _, do := range orders {
		do(x)
	}
}

// start lets a worker do job, which must touch nothing of the run but what
// never changes in it; what it returns is applied by the loop.
func (x *run) start(job func() func()) {
	x.working++
	go func() { x.results <- job() }()
}

// drain waits for all workers. Their results are dropped: what they were about
// is written down, and is taken up by the next run.
func (x *run) drain() {
	for ; x.working > 0; x.working-- {
		<-x.results
	}
}

// rest ends the run when nothing is left to do.
func (x *run) rest(now time.Time) {
	late := x.leaving && !now.Before(x.deadline)
	switch {
	case x.err != nil:
	case late, x.leaving && !x.known:
		x.over = true
	case len(x.flights) > 0 || x.working > 0 || len(x.remove) > 0 || len(x.left) > 0:
	case x.leaving, x.c.State.Over():
		x.over = true
	case x.c.State == Running:
		x.finish(now)
	}
}

// finish ends a running campaign that has no row left to dial, or none for
// longer than the caller's patience.
func (x *run) finish(now time.Time) {
	rows, err := x.Store.Due(x.ctx, x.c.ID, now, 1)
	if x.fail(err) || len(rows) > 0 {
		return
	}
	next, err := x.Store.NextDue(x.ctx, x.c.ID)
	if x.fail(err) {
		return
	}
	x.nextDue = next
	switch {
	case next.IsZero():
		x.c.Ended = now
		x.setState(Finished, Reason{})
		x.over = true
	case x.Patience > 0 && next.Sub(now) > x.Patience:
		x.setState(Paused, Reason{Code: CodeWaiting, Until: next})
		x.over = true
	}
}

// sleep is how long the loop has nothing to do. A minute at most, so that a
// clock that was put forward, or a computer that slept, delays nothing longer.
func (x *run) sleep(now time.Time, more bool) time.Duration {
	if more {
		return 0
	}
	next := now.Add(time.Minute)
	earlier := func(t time.Time, relevant bool) {
		if relevant && t.Before(next) {
			next = t
		}
	}
	for _, f := range x.flights {
		earlier(f.next, !f.busy)
	}
	earlier(x.probeAt, x.wantsProbe())
	// A row may have fallen due since the step: then it is time at once.
	earlier(x.nextDue, x.dials() && !x.nextDue.IsZero() && len(x.flights) < x.capacity())
	earlier(x.deadline, x.leaving)
	earlier(x.told.Add(tellEvery), x.dirty)
	return max(next.Sub(now), time.Millisecond)
}

// dials tells whether rows may be sent to the gateway.
func (x *run) dials() bool {
	return x.c.State == Running && x.known && x.away == nil && !x.leaving
}

// capacity is how many calls may be under way.
func (x *run) capacity() int {
	if x.about.Extended && x.about.Lines > 0 {
		return min(x.lines, x.about.Lines)
	}
	return x.lines
}

// fail notes a store's error, and tells whether there is one.
func (x *run) fail(err error) bool {
	if err != nil && x.err == nil {
		x.err = err
	}
	return err != nil
}

// setState stores how the campaign stands.
func (x *run) setState(s State, why Reason) {
	x.c.State, x.c.Why = s, why
	x.dirty = true
	x.fail(x.Store.SetState(x.ctx, x.c))
}

// touch notes that a row changed.
func (x *run) touch(id ContactID) {
	x.dirty = true
	if !slices.Contains(x.changed, id) {
		x.changed = append(x.changed, id)
	}
}

// tellEvery is how far apart two updates are at least.
const tellEvery = 100 * time.Millisecond

// tell notifies of what changed.
func (x *run) tell(now time.Time, last bool) {
	if !last && (!x.dirty || now.Sub(x.told) < tellEvery) {
		return
	}
	changed := x.changed
	x.dirty, x.changed, x.told = false, nil, now
	if x.Notify == nil {
		return
	}
	tally, err := x.Store.Tally(x.ctx, x.c.ID)
	if x.fail(err) {
		return
	}
	x.Notify(Update{
		Campaign: x.c, Tally: tally, Changed: changed,
		Outstanding: len(x.flights), NextDue: x.nextDue, Away: x.away,
	})
}
