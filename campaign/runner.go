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
// row, writes each intent before it asks the gateway, follows the calls and
// settles what came of them. After a crash, Run again goes on where it stood
// and calls nobody twice.
//
// The fields are set before Run and left alone afterwards. All state of a run
// belongs to the goroutine that called Run (loop.go): it alone calls the Store
// and the Pages and Notify. Requests to the gateway are made by goroutines of
// their own, one per call under way at most, which Run waits for.
type Runner struct {
	Store   Store
	Gateway Gateway
	Pages   Pages
	Log     *slog.Logger // nil for none
	// Name is what attempts remember of the gateway: its base URL, or BuiltIn
	// for the one whose journal lies beside the store, on whatever port it is.
	Name string
	// Notify is told what changed, at most ten times a second; nil for nobody.
	Notify func(Update)
	// Poll is how long after a call was accepted its status is asked for
	// first, 3 s if zero. It is divided by the speed of a practice line.
	Poll time.Duration
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

// Update is what a run tells: how the campaign stands, and what changed since
// the last Update.
type Update struct {
	Campaign    Campaign
	Tally       Tally
	Changed     []ContactID
	Outstanding int       // calls under way
	NextDue     time.Time // when the next waiting row is due; zero if none waits
	Away        error     // set while the gateway does not answer
}

// Run works on the campaign until it is over, and returns how it stands then:
//
//   - finished: nothing is left that could be called without a person;
//   - stopped: by Stop, when the calls in progress have ended;
//   - paused, because the rest waits for longer than Patience (CodeWaiting),
//     the gateway's line is not of the campaign's kind (CodeKind), it refuses
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
	x := &run{Runner: r, ctx: work, results: make(chan func())}
	defer r.forget()
	if err := x.load(id); err != nil {
		return x.c, fmt.Errorf("load campaign %d: %w", id, err)
	}
	x.loop(ctx.Done())
	if x.err == nil {
		x.tell(time.Now(), true)
	}
	cancel()
	x.drain()
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

// SetLines changes how many calls may be under way at the same time.
// A gateway of our own that has fewer is asked again how many it has.
func (r *Runner) SetLines(n int) { r.order(func(x *run) { x.setLines(n) }) }

// order leaves work for the loop; before Run, it is the first thing Run does.
func (r *Runner) order(do func(*run)) {
	r.mu.Lock()
	r.orders = append(r.orders, do)
	r.mu.Unlock()
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

// pollEvery returns the first and the longest interval between two questions
// about the same call.
func (r *Runner) pollEvery(c Campaign) (first, longest time.Duration) {
	const slowest, fastest = 10 * time.Second, 50 * time.Millisecond
	first = r.Poll
	if first == 0 {
		first = 3 * time.Second
	}
	first = max(c.scaled(first), fastest)
	return first, max(c.scaled(slowest), first)
}

// request is what the gateway is asked for. No retry is left to it: each of
// them must pass the gate.
func (x *run) request(f *flight, page string) gateway.Request {
	a := f.attempt
	q := gateway.Request{
		Info:     x.c.Name,
		Attendee: a.Name,
		Phone:    gateway.Phone(a.Number),
		StartURL: page,
		CallerID: x.c.Settings.CallerID,
	}
	if x.about.Extended {
		q.Reference, q.Attempt = a.Reference, f.contact.Tries+1
		q.Campaign, q.Row = x.c.Name, f.contact.Row
	}
	return q
}
