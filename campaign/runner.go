package campaign

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rollcall/gateway"
)

// Runner calls everybody of one campaign at a time: it asks [Decide] row by
// row, writes each intent before it asks a gateway for the call, follows the
// calls and settles what came of them. After a crash, Run again goes on where
// it stood and calls nobody twice.
//
// The fields are set before Run and left alone afterwards. All state of a run
// belongs to the goroutine that called Run (loop.go): it alone calls the Store
// and the Pages and Notify. Requests to the gateways are made by goroutines of
// their own, one per call under way at most, which Run waits for.
type Runner struct {
	Store Store
	// Routes are the gateways, at least one. A call that one of them may have is
	// never given to another.
	Routes []Route
	Log    *slog.Logger // nil for none
	// Notify is told what changed, at most ten times a second; nil for nobody.
	Notify func(Update)
	// Patience ends a run, with the campaign paused, when nothing can be done
	// but wait for longer than this. Zero waits for ever.
	Patience time.Duration
	// Grace is how long calls in progress are followed after the context has
	// ended, 2 min if zero.
	Grace time.Duration

	mu     sync.Mutex
	orders []func(*run) // from other goroutines, not obeyed yet
	bell   chan struct{}
}

// Route is a gateway as one run uses it.
type Route struct {
	// Name is what attempts remember of the gateway: its base URL, or BuiltIn
	// for the one whose journal lies beside the store, on whatever port it is.
	Name     string
	Gateway  Gateway
	Follower Follower // for this run only
	Pages    Pages    // where this gateway fetches documents
	Weight   int      // its share of the calls while all answer; 1 if zero
	Lines    int      // calls at the same time; zero: no bound of its own
	Rate     float64  // calls begun in a second; zero: no bound of its own
	// Pool shares the gateway's lines with other campaigns; nil: there are none.
	Pool *Pool
}

// Update is what a run tells: how the campaign stands, and what changed since
// the last Update.
type Update struct {
	Campaign Campaign
	Tally    Tally
	Changed  []ContactID
	// Many is set if more rows changed than Changed tells.
	Many        bool
	Outstanding int       // calls under way
	NextDue     time.Time // when the next waiting row is due; zero if none waits
	Away        error     // set while no gateway answers
	Routes      []RouteState
}

// RouteState is how a gateway stands.
type RouteState struct {
	Name  string
	Calls int   // under way there
	Lines int   // it can have at the same time; zero: not known
	Away  error // set while it does not answer
}

// Run works on the campaign until it is over, and returns how it stands then:
//
//   - finished: nothing is left that could be called without a person;
//   - stopped: by Stop, when the calls in progress have ended;
//   - paused, because the rest waits for longer than Patience (CodeWaiting),
//     a gateway's line is not of the campaign's kind (CodeKind), it refuses
//     everybody (CodeRefused) or talks nonsense (CodeUnclear), or ctx ended
//     (CodeByUser): calls not dialled yet are withdrawn then, those in progress
//     are followed to their end, for Grace at most.
//
// While it is paused by Pause, Run goes on following calls and waits for
// Resume. An error is the Store's, and ends the run at once: nothing is dialled
// that cannot be written down.
func (r *Runner) Run(ctx context.Context, id ID) (Campaign, error) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	x := &run{Runner: r, ctx: work, results: make(chan func()), reports: make(chan func()), changed: map[ContactID]bool{}}
	defer r.forget()
	if err := x.load(id); err != nil {
		return x.c, fmt.Errorf("load campaign %d: %w", id, err)
	}
	followed := x.followRoutes()
	x.loop(ctx.Done())
	if x.err == nil {
		x.tell(time.Now(), true)
	}
	cancel()
	x.drain()
	followed()
	for _, r := range x.routes {
		r.Pool.leave(x)
	}
	if x.err != nil {
		return x.c, fmt.Errorf("run campaign %d: %w", id, x.err)
	}
	return x.c, nil
}

// Pause stops dialling at once. Calls not dialled yet are withdrawn from a
// gateway of our own; calls in progress go on.
func (r *Runner) Pause() { r.order((*run).pause) }

// Resume goes on after Pause.
func (r *Runner) Resume() { r.order((*run).resume) }

// Stop ends the campaign early: as Pause, and rows not called are cancelled.
func (r *Runner) Stop() { r.order((*run).stop) }

// EndCalls is "End all calls now": it pauses, and hangs up where the gateway
// is our own.
func (r *Runner) EndCalls() { r.order((*run).endCalls) }

// SetLines changes how many calls may be under way at the same time, until the
// settings are loaded again. A gateway of our own that has fewer is asked again
// how many it has.
func (r *Runner) SetLines(n int) { r.order(func(x *run) { x.setLines(n) }) }

// Reload takes the campaign's settings from the store, where they were changed,
// and lets every row that waits be decided about again. The region, the speed
// and the gateways stay as they are.
func (r *Runner) Reload() { r.order((*run).reload) }

// Look looks at rows that somebody else has changed in the store, and calls
// those of them that are due.
func (r *Runner) Look(rows []ContactID) { r.order(func(x *run) { x.look(rows) }) }

// order leaves work for the loop; before Run, it is the first thing Run does.
func (r *Runner) order(do func(*run)) {
	r.mu.Lock()
	r.orders = append(r.orders, do)
	r.mu.Unlock()
	r.wake()
}

// wake lets the loop look around.
func (r *Runner) wake() {
	select {
	case r.ring() <- struct{}{}:
	default: // it rings already
	}
}

// ring is the bell that wakes the loop.
func (r *Runner) ring() chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.bell == nil {
		r.bell = make(chan struct{}, 1)
	}
	return r.bell
}

// forget drops orders that came too late for the run that has ended.
func (r *Runner) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.orders = nil
}

// request is what the gateway is asked for. No retry is left to it: each of
// them must pass the gate.
func (x *run) request(f *flight, page string) gateway.Request {
	a, s := f.attempt, x.c.Settings
	q := gateway.Request{
		Info:     x.c.Name,
		Attendee: a.Name,
		Phone:    gateway.Phone(a.Number),
		StartURL: page,
		CallerID: s.CallerID,
	}
	if s.Machines == MachineNothing {
		q.Detection = gateway.DetectOff
	}
	if f.route.about.Extended {
		q.Reference, q.Attempt = a.Reference, f.contact.Tries+1
		q.Campaign, q.Row = x.c.Name, f.contact.Row
	}
	return q
}
