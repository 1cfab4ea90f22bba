package campaign

import (
	"context"
	"maps"
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
	judge   *Judge
	lines   int
	routes  []*route
	flights []*flight   // calls under way, oldest first
	refused []ContactID // rows that were refused since a gateway last took one
	working int         // workers out, and those in held
	held    []func()    // start workers, as soon as the store has synced
	written bool        // since it has
	results chan func()
	reports chan func() // of followers

	pace   pace
	batch  int  // rows to decide about at once, where none may be called
	idle   bool // no row was due when last looked
	hungry bool // a row may be due that the pace did not let begin yet
	waking bool // rows are to be decided about again, those after woken
	woken  ContactID

	leaving  bool // no call begins any more; the run ends with those under way
	deadline time.Time
	over     bool
	err      error // the store's; ends the run

	nextDue time.Time
	dirty   bool
	changed map[ContactID]bool
	many    bool
	toldAt  time.Time
}

// load reads the campaign. One that may still run is running from now on.
func (x *run) load(id ID) error {
	c, err := x.Store.Campaign(x.ctx, id)
	if err != nil {
		return err
	}
	x.c = c
	x.c.Settings = c.Settings.Complete()
	x.lines, x.judge = x.c.Settings.Lines, NewJudge(x.c.Settings)
	left, err := x.Store.Open(x.ctx, id)
	if err != nil {
		return err
	}
	x.openRoutes(left)
	x.waking = c.Rethink && !c.State.Over()
	if c.State.Over() {
		return nil
	}
	x.setState(Running, Reason{})
	return x.err
}

// openRoutes gives each gateway what was left with it. What was left with one
// that is not among them is asked about at the first.
func (x *run) openRoutes(left []Attempt) {
	byName := map[string]*route{}
	for _, r := range x.Routes {
		one := &route{Route: r, calls: map[gateway.ReqID]*flight{}}
		x.routes = append(x.routes, one)
		byName[r.Name] = one
	}
	for _, a := range left {
		r := byName[a.Gateway]
		if r == nil {
			r = x.routes[0]
		}
		r.left = append(r.left, a)
	}
}

// loop runs until nothing is left to do, quit is closed and the calls have
// ended, or the store fails.
func (x *run) loop(quit <-chan struct{}) {
	for {
		x.obey()
		more := x.step(time.Now())
		x.sync()
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
			x.gather()
		case apply := <-x.reports:
			apply()
			x.gather()
		case <-x.ring():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// gather applies what else has come up meanwhile, so that all of it waits for
// the disk together.
func (x *run) gather() {
	for range manyRows {
		select {
		case apply := <-x.results:
			x.working--
			apply()
		case apply := <-x.reports:
			apply()
		default:
			return
		}
	}
}

// sync waits until all that was written is on the disk, then sends the workers:
// nothing is asked of a gateway that is not written down.
func (x *run) sync() {
	if x.written && !x.fail(x.Store.Sync(x.ctx)) {
		x.written = false
	}
	if x.err == nil {
		for _, send := range x.held {
			send()
		}
	} else {
		x.working -= len(x.held)
	}
	x.held = nil
}

// step does everything that can be done at now; more means that it should be
// called again without waiting.
func (x *run) step(now time.Time) (more bool) {
	x.probe(now)
	more = x.wakeSome(now)
	more = x.fill(now) || more
	x.silences(now)
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

// start lets a worker do job once all is written down, which must touch nothing
// of the run but what never changes in it; what it returns is applied by the
// loop.
func (x *run) start(job func() func()) {
	x.working++
	x.held = append(x.held, func() { go func() { x.results <- job() }() })
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
	case late, x.leaving && !x.anyKnown():
		x.over = true
	case x.active() > 0 || x.working > 0 || x.waking || x.owes():
	case x.leaving, x.c.State.Over():
		x.over = true
	case x.c.State == Running:
		x.finish(now)
	}
}

// anyKnown tells whether some gateway has said what it is.
func (x *run) anyKnown() bool {
	return slices.ContainsFunc(x.routes, func(r *route) bool { return r.known })
}

// owes tells whether something is still to be done at a gateway: records to be
// removed, or calls of an earlier run. One that has been silent for too long is
// not waited for, where others answer.
func (x *run) owes() bool {
	return slices.ContainsFunc(x.routes, func(r *route) bool {
		return len(r.remove) > 0 || len(r.left) > 0 && (!r.givenUp || x.awayAll() != nil)
	})
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
		x.over = !x.revived(now)
	case x.Patience > 0 && next.Sub(now) > x.Patience:
		x.setState(Paused, Reason{Code: CodeWaiting, Until: next})
		x.over = true
	}
}

// revived goes on with a campaign of which somebody asked to call people again
// just when it finished.
func (x *run) revived(now time.Time) bool {
	rows, err := x.Store.Due(x.ctx, x.c.ID, now, 1)
	if x.fail(err) || len(rows) == 0 {
		return false
	}
	x.c.Ended = time.Time{}
	x.setState(Running, Reason{})
	return true
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
		earlier(f.next, f.phase == asking && !f.busy)
		earlier(f.puzzled.Add(puzzlement), f.phase == following && !f.puzzled.IsZero())
	}
	for _, r := range x.routes {
		earlier(r.probeAt, x.wantsProbe(r))
		earlier(x.silentAt(r), r.away != nil && r.busy+len(r.left) > 0 && now.Before(x.silentAt(r)))
	}
	// A row may have fallen due since the step: then it is time at once.
	room := x.dials() && x.free() > 0
	earlier(x.nextDue, room && !x.nextDue.IsZero())
	earlier(x.paced(), room && x.hungry)
	earlier(x.deadline, x.leaving)
	earlier(x.toldAt.Add(tellEvery), x.dirty)
	return max(next.Sub(now), time.Millisecond)
}

// dials tells whether rows may be sent to a gateway.
func (x *run) dials() bool {
	return x.c.State == Running && !x.leaving && slices.ContainsFunc(x.routes, (*route).up)
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
	if len(x.changed) < manyRows {
		x.changed[id] = true
	} else if !x.changed[id] {
		x.many = true
	}
}

// wrote notes that a row changed by what waits for the disk.
func (x *run) wrote(id ContactID) {
	x.written = true
	x.touch(id)
}

// tellEvery is how far apart two updates are at least.
const tellEvery = 100 * time.Millisecond

// tell notifies of what changed.
func (x *run) tell(now time.Time, last bool) {
	if !last && (!x.dirty || now.Sub(x.toldAt) < tellEvery) {
		return
	}
	changed, many := slices.Sorted(maps.Keys(x.changed)), x.many
	x.dirty, x.many, x.toldAt = false, false, now
	clear(x.changed)
	if x.Notify == nil {
		return
	}
	tally, err := x.Store.Tally(x.ctx, x.c.ID)
	if x.fail(err) {
		return
	}
	x.Notify(Update{
		Campaign: x.c, Tally: tally, Changed: changed, Many: many,
		Outstanding: x.active(), NextDue: x.nextDue, Away: x.awayAll(), Routes: x.routeStates(),
	})
}

func (x *run) routeStates() []RouteState {
	var states []RouteState
	for _, r := range x.routes {
		states = append(states, RouteState{Name: r.Name, Calls: r.busy, Lines: r.about.Lines, Away: r.away})
	}
	return states
}
