package scheduler_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// gaps are the times between calls of a number.
func gaps(b *bench, number gateway.Phone) []time.Duration {
	b.placer.mu.Lock()
	defer b.placer.mu.Unlock()
	var out []time.Duration
	rang := b.placer.rang[number]
	for i := 1; i < len(rang); i++ {
		out = append(out, rang[i].Sub(rang[i-1]).Round(time.Millisecond))
	}
	return out
}

// TestRate keeps calls apart though every line is free, and changes the limit
// while calls run.
func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 50, Rate: 2})
		want(t, "rate", b.Rate(), 2.0)
		for range 30 {
			b.submit(gateway.Request{Phone: "1", FirstOcc: time.Hour})
		}
		pass(4500 * time.Millisecond)
		want(t, "calls", b.placer.calls("1"), 10)
		want(t, "gaps", slices.Compact(gaps(b, "1")), []time.Duration{500 * time.Millisecond})

		b.SetRate(10)
		pass(time.Second)
		if n := b.placer.calls("1"); n < 19 || n > 21 {
			t.Errorf("%d calls after a second of 10 a second, want 20", n)
		}
		b.SetRate(0)
		pass(time.Millisecond)
		want(t, "calls without a limit", b.placer.calls("1"), 30)
		want(t, "rate", b.Rate(), 0.0)
	})
}

// TestRateHoldsAtTheDial stalls the documents of many calls, so that all of
// them are ready in one moment: they are dialled one by one all the same.
func TestRateHoldsAtTheDial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		early := map[gateway.Phone]time.Duration{"a": 10 * time.Second, "b": 9 * time.Second, "c": 8 * time.Second}
		b := start(t, scheduler.Config{Lines: 50, Rate: 1, Placer: &placer{early: early}})
		for _, phone := range []gateway.Phone{"a", "b", "c"} {
			b.submit(gateway.Request{Phone: phone, FirstOcc: time.Hour})
		}
		pass(30 * time.Second)
		var rang []time.Time
		for _, phone := range []gateway.Phone{"a", "b", "c"} {
			rang = append(rang, b.placer.rang[phone][0])
		}
		slices.SortFunc(rang, time.Time.Compare)
		for i := 1; i < len(rang); i++ {
			if gap := rang[i].Sub(rang[i-1]); gap < time.Second-time.Millisecond {
				t.Errorf("dialled %v apart", gap)
			}
		}
	})
}

// TestTooLateAtTheDial fetches a document for longer than the call may wait.
func TestTooLateAtTheDial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Placer: &placer{early: map[gateway.Phone]time.Duration{"slow": 61 * time.Second}}})
		job := b.submit(gateway.Request{Phone: "slow"})
		pass(time.Hour)
		want(t, "calls", b.placer.calls("slow"), 0)
		want(t, "attempts", words(b.find(job.ID)), []string{"failed: Too late to call"})
	})
}

// TestChanged wakes whoever follows calls, at each change.
func TestChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{})
		told := func(what string, do func()) {
			t.Helper()
			changed := b.Changed()
			do()
			select {
			case <-changed:
			default:
				t.Errorf("%s: nobody was told", what)
			}
		}
		var job scheduler.Job
		told("accepted", func() { job = b.submit(gateway.Request{Phone: "1", CallTime: time.Minute}) })
		told("dialled", func() { pass(time.Minute) })
		told("ended", func() { pass(talk) })
		told("removed", func() {
			if _, err := b.Remove(t.Context(), job.ID, gateway.Removal{}); err != nil {
				t.Error(err)
			}
		})
		told("withdrawn", func() {
			if _, err := b.Withdraw(t.Context(), "aa"); err != nil {
				t.Error(err)
			}
		})
	})
}
