package broadcast_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/scheduler"
)

var errDead = errors.New("the process is dead")

// fuse kills a process at its n-th operation on the world: before that has had
// its effect, or after it. Then nothing has any effect any more.
type fuse struct {
	mu     sync.Mutex
	left   int
	before bool
	dead   chan struct{}
}

func newFuse(n int, before bool) *fuse {
	return &fuse{left: n, before: before, dead: make(chan struct{})}
}

// do runs an operation unless the process dies first.
func (f *fuse) do(operation func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left < 0 {
		return errDead
	}
	f.left--
	if f.left >= 0 {
		return operation()
	}
	defer close(f.dead)
	if !f.before {
		if err := operation(); err != nil {
			return err
		}
	}
	return errDead
}

// burning has every operation of an engine on f.
func burning(f *fuse) func(*broadcast.Config) {
	return func(c *broadcast.Config) {
		c.Store = burningStore{c.Store, f}
		c.Caller = burningCaller{c.Caller, f}
	}
}

type burningStore struct {
	broadcast.Store
	fuse *fuse
}

func (s burningStore) Update(ctx context.Context, id gateway.ReqID, change func(*broadcast.Campaign), rows ...broadcast.Row) (c broadcast.Campaign, err error) {
	err = s.fuse.do(func() error {
		c, err = s.Store.Update(ctx, id, change, rows...)
		return err
	})
	return c, err
}

type burningCaller struct {
	broadcast.Caller
	fuse *fuse
}

func (s burningCaller) Submit(ctx context.Context, r gateway.Request, from string) (job scheduler.Job, err error) {
	err = s.fuse.do(func() error {
		job, err = s.Caller.Submit(ctx, r, from)
		return err
	})
	return job, err
}

func (s burningCaller) Remove(ctx context.Context, id gateway.ReqID, how gateway.Removal) (job scheduler.Job, err error) {
	err = s.fuse.do(func() error {
		job, err = s.Caller.Remove(ctx, id, how)
		return err
	})
	return job, err
}

func (s burningCaller) Withdraw(ctx context.Context, ref gateway.Reference) (found gateway.Lookup, err error) {
	err = s.fuse.do(func() error {
		found, err = s.Caller.Withdraw(ctx, ref)
		return err
	})
	return found, err
}

// crashes runs check for deaths at each operation of the first ones.
func crashes(t *testing.T, p func() *placer, check func(b *bench, f *fuse)) {
	t.Helper()
	for n := range 40 {
		for _, before := range []bool{true, false} {
			t.Run(fmt.Sprint(n, before), func(t *testing.T) {
				bubble(t, p(), func(b *bench) { check(b, newFuse(n, before)) })
			})
		}
	}
}

// once fails if a number was dialled more often than that.
func (b *bench) once(most int) {
	b.Helper()
	for _, phone := range numbers(6) {
		if n := len(b.placer.times(phone)); n > most {
			b.Errorf("%s was dialled %d times", phone, n)
		}
	}
}

// The engine dies at any instant and starts again: everybody is called, and
// nobody twice.
func TestCrashOfTheEngine(t *testing.T) {
	crashes(t, func() *placer { return &placer{} }, func(b *bench, f *fuse) {
		b.start(burning(f)).list(table(numbers(6)...))
		c := b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 2}})
		select {
		case <-f.dead:
		case <-time.After(5 * time.Minute): // it had nothing more to do
		}
		// The gateway goes on placing calls without its engine, then dies too.
		time.Sleep(3 * time.Second)
		b.stop()
		b.start()
		_, rows := b.finished(c.ID)
		b.once(1)
		for _, r := range rows {
			interrupted := r.Outcome == gateway.OutcomeInterrupted
			if r.State != broadcast.RowDone || !interrupted && r.Outcome != gateway.OutcomeReached {
				b.Errorf("row %d is %+v", r.N, r)
			}
		}
	})
}

// A busy number is dialled three times in all, also with a crash in between.
func TestCrashBetweenRetries(t *testing.T) {
	busy := func() *placer {
		return &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"6175550001": {gateway.OutcomeBusy}}}
	}
	crashes(t, busy, func(b *bench, f *fuse) {
		b.start(burning(f)).list(table(numbers(3)...))
		c := b.campaign(broadcast.Plan{})
		select {
		case <-f.dead:
		case <-time.After(5 * time.Minute):
		}
		time.Sleep(30 * time.Second) // every call has ended
		b.stop()
		b.start()
		_, rows := b.finished(c.ID)
		b.equal("outcomes", outcomes(rows), []string{"reached", "busy", "reached"})
		b.equal("dials", len(b.placer.times("6175550001")), 3)
		b.equal("others", len(b.placer.times("6175550000")), 1)
	})
}

// Nobody is dialled after a confirmation that was made before a crash.
func TestCrashAroundConfirmation(t *testing.T) {
	keys := func() *placer { return &placer{keys: map[gateway.Phone]bool{"6175550001": true}} }
	crashes(t, keys, func(b *bench, f *fuse) {
		b.start(burning(f)).list(table(numbers(6)...))
		c := b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 1, ConfirmCode: code}})
		select {
		case <-f.dead:
		case <-time.After(5 * time.Minute):
		}
		time.Sleep(30 * time.Second)
		b.stop()
		b.start()
		c, _ = b.finished(c.ID)
		b.equal("confirmed by", c.ConfirmedBy, "Person 1")
		b.equal("dialled", b.placer.dialled(), numbers(2))
	})
}

// What the journal has forgotten is not submitted again.
func TestStaleCalls(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		f := newFuse(1, true)
		b.start(burning(f)).list(table(numbers(1)...))
		c := b.campaign(broadcast.Plan{})
		<-f.dead
		b.stop()
		time.Sleep(30 * 24 * time.Hour)
		b.start()
		_, rows := b.finished(c.ID)
		b.equal("outcomes", outcomes(rows), []string{"interrupted"})
		b.equal("dialled", len(b.placer.dialled()), 0)
	})
}
