// Package practice is the line on which no phone rings: it plays the far end.
//
// What happens is fixed by the last two digits of the number (fate.go), so
// that tests and demonstrations repeat:
//
//	00–59  a person answers and presses keys on offer
//	60–69  an answering machine with a beep
//	70–79  nobody answers
//	80–84  busy
//	85–89  busy twice, then a person
//	90–93  not in service
//	94–96  congestion
//	97–98  a person who hangs up in the middle
//	99     no response at all
//
// A person who is recorded speaks for three seconds, a soft tone. A transfer
// meets the same table by the last two digits of its destination: who answers
// talks for twenty seconds and hangs up, and nobody is bothered. One person in
// four uses a key that ends the conversation, where there is one.
//
// Everything takes the time that it takes on a real line, divided by
// [Line.Speed]. The line starts no goroutine of its own.
package practice

import (
	"context"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/faults"
	"rollcall/gateway/line"
)

// Line is a [line.Line] that rings no phone. The zero value works, at real
// speed. It must not be copied after its first call.
type Line struct {
	// Speed divides every duration: ringing, talk, reactions, timeouts.
	// Less than one counts as one.
	Speed int

	mu   sync.Mutex
	busy map[string]int // how often a number that is busy twice was dialled
}

// Practice is true: no phone rings.
func (l *Line) Practice() bool { return true }

// Place plays ringing and returns what the number's last two digits say.
func (l *Line) Place(ctx context.Context, d line.Dial) (line.Call, error) {
	number := d.Phone.Digits()
	faults.Rings(number)
	f := fateOf(number, l.tries(number, d.Attempt))
	if d.RingTimeout > 0 && f.rings() && f.wait > d.RingTimeout {
		f.wait, f.outcome = d.RingTimeout, gateway.OutcomeNoAnswer
	}
	if err := l.sleep(ctx, f.wait); err != nil {
		return nil, err
	}
	if f.outcome != gateway.OutcomeReached {
		return nil, &line.UnansweredError{Outcome: f.outcome}
	}
	l.answered(number)
	return &call{line: l, number: number, far: f.far, told: d.Detection != gateway.DetectOff}, nil
}

// tries tells which try of a number that is busy twice this is. A client that
// does its own retries says so by attempt; for one that does not, the line
// remembers, as long as it lives.
func (l *Line) tries(number string, attempt int) int {
	if !busyTwice(number) {
		return attempt
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy == nil {
		l.busy = make(map[string]int)
	}
	l.busy[number]++
	return max(l.busy[number], attempt)
}

// answered forgets how often the number was busy, so that it starts afresh.
func (l *Line) answered(number string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.busy, number)
}

// sleep waits for d divided by the speed, or until ctx ends.
func (l *Line) sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	timer := time.NewTimer(d / time.Duration(max(1, l.Speed)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
