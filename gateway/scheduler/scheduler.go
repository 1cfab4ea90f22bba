// Package scheduler is the gateway's call scheduler: it keeps accepted
// requests in a [Journal], finds each of them due and a line free, has a
// [Placer] make the call, and settles what came of it.
//
// What a reader looks for stands in
//
//	journal.go    the contract with the store: jobs, claims, references
//	plan.go       due times and expiry as pure functions, and what an ended try
//	              makes of a job
//	retry.go      which tries are repeated, and when, by the number called
//	pace.go       how many calls may begin in a second
//	scheduler.go  the loop that owns the queue
//	call.go       one call on a line: dialling, lease, verdict
//
// The life of a job: [Scheduler.Submit] journals it as queued. The loop claims
// it as soon as it is due and a line is free; nothing rings yet. The Placer
// asks for permission to dial, which is journalled first. The verdict ends the
// job or puts it back into the queue for a retry. If the process dies, the next
// one finds in the journal how far each job had come: what was only claimed is
// called afresh, what was being dialled is reported as interrupted and never
// dialled again by us.
//
// Package journaltest holds a Journal in memory and the conformance suite for
// all of them.
package scheduler

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"rollcall/gateway"
)

// Config is how a scheduler works. Journal and Placer are required.
type Config struct {
	Journal Journal
	Placer  Placer
	// Owner names the holder of this scheduler's claims. It must be the same
	// after a restart, and no two that run at once may share one; empty is
	// "gateway".
	Owner string
	Lines int           // calls at the same time; at least 1
	Rate  float64       // calls that may begin in a second; zero: no limit
	Lease time.Duration // how long a claim lasts unless renewed; zero is a minute
	Rules []Rule        // retries by the number called; see [Rule]
	// Speed divides the pauses before retries, for a practice line; zero is 1.
	Speed int
	// Grace is how long calls in progress may go on once Run is to end; zero
	// is 8 seconds. What is cut off then stays in doubt.
	Grace time.Duration
	Log   *slog.Logger // nil discards
}

// Placer makes one call. Implementations are safe for several goroutines.
type Placer interface {
	// Place makes the call that job asks for and returns when it has ended.
	// It must call dialling before a phone may ring and must not let it ring
	// if that returns an error; the verdict does not matter then. It ends the
	// call soon after ctx has ended.
	Place(ctx context.Context, job Job, dialling func(context.Context) error) Verdict
}

// Verdict is what came of one try.
type Verdict struct {
	Outcome gateway.Outcome
	Started time.Time // of the try; zero: when Place was called
	Ended   time.Time // zero: when Place returned
	Answers []gateway.Answer
}

// Scheduler runs calls. Its methods may be called from any goroutine.
type Scheduler struct {
	journal Journal
	placer  Placer
	owner   string
	lease   time.Duration
	rules   rules
	grace   time.Duration
	log     *slog.Logger
	pace    pace

	wake    chan struct{}  // asks the loop to look again
	workers sync.WaitGroup // every goroutine that Run has started

	mu      sync.Mutex
	lines   int
	calls   map[gateway.ReqID]*call // on a line now
	changed chan struct{}           // closed at the next change of the journal
}

// New returns a scheduler that does nothing until [Scheduler.Run].
func New(c Config) *Scheduler {
	if c.Owner == "" {
		c.Owner = "gateway"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Scheduler{
		journal: c.Journal,
		placer:  c.Placer,
		owner:   c.Owner,
		lease:   standard(c.Lease, time.Minute),
		rules:   rules{own: c.Rules, speed: max(1, c.Speed)},
		grace:   standard(c.Grace, 8*time.Second),
		log:     c.Log,
		pace:    newPace(c.Rate),
		wake:    make(chan struct{}, 1),
		lines:   max(1, c.Lines),
		calls:   make(map[gateway.ReqID]*call),
		changed: make(chan struct{}),
	}
}

func standard(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// Lines is how many calls may run at the same time.
func (s *Scheduler) Lines() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines
}

// SetLines changes [Scheduler.Lines]; less than one counts as one. Calls in
// progress are left alone.
func (s *Scheduler) SetLines(n int) {
	s.mu.Lock()
	s.lines = max(1, n)
	s.mu.Unlock()
	s.nudge()
}

// Busy is how many lines are in use.
func (s *Scheduler) Busy() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.calls)
}

// Began tells since when a call is on one of the lines here, and false if it
// is on none.
func (s *Scheduler) Began(id gateway.ReqID) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, found := s.calls[id]
	if !found {
		return time.Time{}, false
	}
	return c.began, true
}

// nudge wakes the loop; one that is awake looks again before it sleeps.
func (s *Scheduler) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends. Then it dials no more, lets calls in progress
// finish for the time of Config.Grace, cuts off what is left, and returns nil
// when every goroutine of its own is done. Calls that were cut off while a
// phone may have rung stay in the journal as dialling, so that the next Run
// reports them as interrupted. Run is called once.
func (s *Scheduler) Run(ctx context.Context) error {
	hard, cut := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cut(nil)
	s.takeOver(ctx, hard)
	s.loop(ctx, hard)
	s.drain(cut)
	return nil
}

// loop claims and starts calls until ctx ends. What it starts ends with hard.
func (s *Scheduler) loop(ctx, hard context.Context) {
	pause, swept := backoff{}, time.Now()
	for ctx.Err() == nil {
		swept = s.sweep(ctx, hard, swept)
		next, err := s.step(ctx, hard)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "read call journal", "error", err)
			pause.sleep(ctx)
			continue
		}
		pause = backoff{}
		s.rest(ctx, next)
	}
}

// step starts what is due and returns when to look again; zero is not before
// something happens. It claims only where something can be had, so that many
// requests that must wait cost the journal no more than a look each.
func (s *Scheduler) step(ctx, hard context.Context) (time.Time, error) {
	now := time.Now()
	due, expires, err := s.journal.NextDue(ctx)
	if err != nil {
		return time.Time{}, err
	}
	free, again := s.room(now)
	look := expires
	if !due.IsZero() && !again.IsZero() {
		look = earliest(later(due, again), expires)
	}
	if look.IsZero() || look.After(now) {
		return look, nil
	}
	jobs, err := s.journal.Claim(ctx, s.owner, now, now.Add(s.lease), free)
	if err != nil {
		return time.Time{}, err
	}
	s.begin(ctx, hard, jobs, now)
	return now, nil
}

// room tells how many calls may begin at now, and from when on one may: zero
// is not before a line becomes free.
func (s *Scheduler) room(now time.Time) (free int, again time.Time) {
	free = max(0, s.Lines()-s.Busy())
	if free == 0 {
		return 0, time.Time{}
	}
	return s.pace.room(now, free)
}

// begin gives a line to each job, and ends those whose time has passed.
func (s *Scheduler) begin(ctx, hard context.Context, jobs []Job, now time.Time) {
	var late []Job
	for _, job := range jobs {
		if expired(job, now) {
			late = append(late, job)
			continue
		}
		s.pace.begun(now)
		s.start(ctx, hard, job)
	}
	s.settleAll(hard, late, tooLate)
}

func earliest(t, u time.Time) time.Time {
	if u.Before(t) {
		return u
	}
	return t
}

func later(t, u time.Time) time.Time {
	if u.After(t) {
		return u
	}
	return t
}

// longestRest bounds how long the loop sleeps, so that a clock that was set
// or a machine that was asleep delays no call for long.
const longestRest = 30 * time.Second

// rest sleeps until next, a nudge, or the end of ctx.
func (s *Scheduler) rest(ctx context.Context, next time.Time) {
	d := longestRest
	if !next.IsZero() {
		d = min(d, max(time.Until(next), time.Millisecond))
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-s.wake:
	case <-timer.C:
	}
}

// takeOver settles what an earlier run left in the journal. It tries until
// it has succeeded: without it, nothing may be claimed.
func (s *Scheduler) takeOver(ctx, hard context.Context) {
	for pause := (backoff{}); ctx.Err() == nil; pause.sleep(ctx) {
		jobs, err := s.journal.Recover(ctx, s.owner, true, time.Now())
		if err == nil {
			s.settleAll(hard, jobs, interrupted)
			return
		}
		s.log.ErrorContext(ctx, "recover call journal", "error", err)
	}
}

// sweep looks after what other gateways on the same journal have left behind,
// once a lease.
func (s *Scheduler) sweep(ctx, hard context.Context, swept time.Time) time.Time {
	now := time.Now()
	if now.Sub(swept) < s.lease {
		return swept
	}
	jobs, err := s.journal.Recover(ctx, s.owner, false, now)
	if err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "recover call journal", "error", err)
	}
	s.settleAll(hard, jobs, interrupted)
	return now
}

// settleAll ends jobs that no call is made for, beside the loop.
func (s *Scheduler) settleAll(hard context.Context, jobs []Job, end func(Job) Job) {
	if len(jobs) == 0 {
		return
	}
	s.workers.Go(func() {
		for _, job := range jobs {
			s.settle(hard, end(job))
		}
	})
}

// drain waits for what is running, at most for the grace, then cuts it off.
func (s *Scheduler) drain(cut context.CancelCauseFunc) {
	timer := time.AfterFunc(s.grace, func() { cut(errCutOff) })
	defer timer.Stop()
	s.workers.Wait()
}

// settle stores job, trying again until it is stored, lost, or hard has
// ended. A job that could not be stored keeps its claim in the journal and is
// recovered by the next Run.
func (s *Scheduler) settle(hard context.Context, job Job) {
	for pause := (backoff{}); ; pause.sleep(hard) {
		err := s.journal.Settle(context.WithoutCancel(hard), job, s.owner)
		if err == nil {
			s.announce()
			return
		}
		s.log.ErrorContext(hard, "settle call", "reqid", job.ID, "error", err)
		if errors.Is(err, ErrLost) || hard.Err() != nil {
			return
		}
	}
}

// backoff is the growing pause between tries at a journal that fails.
type backoff struct{ last time.Duration }

// sleep waits a tenth of a second, then twice as long each time up to 5
// seconds, or until ctx ends.
func (b *backoff) sleep(ctx context.Context) {
	b.last = min(max(2*b.last, 100*time.Millisecond), 5*time.Second)
	timer := time.NewTimer(b.last)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
