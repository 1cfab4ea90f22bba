package campaign

import (
	"time"

	"rollcall/gateway"
)

// This file is the gate: whether somebody may be called, and why not.

// Verdict is what Decide says of a row.
type Verdict string

// The verdicts.
const (
	Dial  Verdict = "dial"
	Wait  Verdict = "wait"
	Never Verdict = "never"
)

// Decision is a verdict with its reason.
type Decision struct {
	Verdict Verdict
	// Until is when to ask again after Wait; zero where that is not known,
	// because it depends on a person or on a call under way.
	Until time.Time
	Why   Reason // set unless the verdict is Dial
}

// Decide tells whether the row p of c may be called at now. attempts are all
// attempts at p, oldest first. It is asked at the moment of dialling, of first
// calls and retries alike, and depends on nothing but its arguments.
func Decide(now time.Time, c Campaign, p Contact, attempts []Attempt) Decision {
	for _, rule := range []func() (Decision, bool){
		func() (Decision, bool) { return decideState(c) },
		func() (Decision, bool) { return decideStatus(p) },
		func() (Decision, bool) { return decideNumber(c, p) },
		func() (Decision, bool) { return decideHistory(c, p, attempts) },
	} {
		if d, decided := rule(); decided {
			return d
		}
	}
	return decideTime(now, c, p, attempts)
}

// decideState: only a running campaign calls.
func decideState(c Campaign) (Decision, bool) {
	switch c.State {
	case Running:
		return Decision{}, false
	case Paused:
		return Decision{Verdict: Wait, Why: orElse(c.Why, CodeByUser)}, true
	case Stopped, Finished:
		return never(Reason{Code: CodeStopped})
	default:
		return Decision{Verdict: Wait, Why: Reason{Code: CodeNotStarted}}, true
	}
}

// decideStatus: only rows that are ready or waiting are called. A row in doubt
// needs a person, one under way is never sent twice.
func decideStatus(p Contact) (Decision, bool) {
	switch {
	case p.Status == Ready, p.Status == Waiting:
		return Decision{}, false
	case p.Status.Open():
		return Decision{Verdict: Wait, Why: Reason{Code: CodeUnderWay}}, true
	case p.Status == Doubt:
		return never(orElse(p.Why, CodeNoReply))
	case p.Status == Cancelled:
		return never(orElse(p.Why, CodeStopped))
	case p.Status == Skipped:
		return never(orElse(p.Why, CodeExcluded))
	default:
		return never(orElse(p.Why, CodeOutcome))
	}
}

// decideNumber: there is a number, it may be called, and somebody knows what
// time it is there.
func decideNumber(c Campaign, p Contact) (Decision, bool) {
	if p.DoNotCall {
		return never(Reason{Code: CodeDoNotCall})
	}
	if p.Number == "" {
		return never(Reason{Code: CodeQuarantine, Problem: ProblemNoNumber})
	}
	if _, err := locations(p.Zones); err != nil && !c.Settings.Hours.Always() {
		return never(Reason{Code: CodeZoneUnknown, Problem: ProblemZone})
	}
	return Decision{}, false
}

// decideHistory: nobody is called while another call to them is open, after
// they were reached, or oftener than allowed.
func decideHistory(c Campaign, p Contact, attempts []Attempt) (Decision, bool) {
	for _, a := range attempts {
		if a.Open() {
			return Decision{Verdict: Wait, Why: Reason{Code: CodeUnderWay}}, true
		}
		if settled(a.Outcome) {
			return never(Reason{Code: CodeOutcome, Outcome: string(a.Outcome)})
		}
	}
	if tries := triesOf(p, attempts); tries >= c.Settings.Retry.Tries {
		last, _ := lastDialled(attempts)
		return never(Reason{Code: CodeNoTries, Outcome: string(last.Outcome), Try: tries})
	}
	return Decision{}, false
}

// decideTime: not before the delay after the last try is over, and only within
// the hours at the recipient's place. The hours are asked about the moment at
// which the delay is over, so that a row waits once for both.
func decideTime(now time.Time, c Campaign, p Contact, attempts []Attempt) Decision {
	at, why := now, Reason{Code: CodeHours}
	if p.Status == Waiting && p.NextAt.After(at) && p.Why.Code != CodeHours {
		at, why = p.NextAt, orElse(p.Why, CodeRetry)
	}
	if last, ok := lastDialled(attempts); ok {
		next := last.Ended.Add(c.scaled(c.Settings.Retry.delay(last.Outcome)))
		if next.After(at) {
			at, why = next, Reason{Code: CodeRetry, Outcome: string(last.Outcome), Try: triesOf(p, attempts) + 1, Of: c.Settings.Retry.Tries}
		}
	}
	opening, err := c.Settings.Hours.Next(at, p.Zones)
	switch {
	case err != nil:
		return Decision{Verdict: Never, Why: Reason{Code: CodeZoneUnknown, Problem: ProblemZone}}
	case opening.Open && !at.After(now):
		return Decision{Verdict: Dial}
	case opening.Open:
		why.Until = at
		return Decision{Verdict: Wait, Until: at, Why: why}
	case opening.At.IsZero():
		return Decision{Verdict: Never, Why: Reason{Code: CodeHours, Zone: p.Zones[0]}}
	default:
		why.Until, why.Zone = opening.At, opening.Zone
		return Decision{Verdict: Wait, Until: opening.At, Why: why}
	}
}

func never(why Reason) (Decision, bool) { return Decision{Verdict: Never, Why: why}, true }

// orElse is why, or a reason with that code where nothing was said.
func orElse(why Reason, code Code) Reason {
	if why.Code == "" {
		why.Code = code
	}
	return why
}

// settled tells whether after o the row is never called again.
func settled(o gateway.Outcome) bool {
	if !o.Dialled() {
		return false
	}
	_, again := retryable(o)
	return !again
}

// triesOf is how often the phone of p was tried, by whichever count is higher.
func triesOf(p Contact, attempts []Attempt) int {
	dialled := 0
	for _, a := range attempts {
		if !a.Open() && a.Outcome.Dialled() {
			dialled++
		}
	}
	return max(p.Tries, dialled)
}

// lastDialled is the newest attempt at which the phone was tried.
func lastDialled(attempts []Attempt) (Attempt, bool) {
	var last Attempt
	for _, a := range attempts {
		if !a.Open() && a.Outcome.Dialled() && !a.Ended.Before(last.Ended) {
			last = a
		}
	}
	return last, !last.Ended.IsZero()
}

// retryKind is which delay of a Retry applies.
type retryKind int

const (
	afterBusy retryKind = iota
	afterNoAnswer
	afterCongestion
)

// retryable tells whether o is worth another try, and after which delay. A
// machine that took no message counts as nobody there.
func retryable(o gateway.Outcome) (retryKind, bool) {
	switch o {
	case gateway.OutcomeBusy:
		return afterBusy, true
	case gateway.OutcomeNoAnswer, gateway.OutcomeNoMessage:
		return afterNoAnswer, true
	case gateway.OutcomeCongestion:
		return afterCongestion, true
	default:
		return 0, false
	}
}

// delay is how long after o a row is tried again.
func (r Retry) delay(o gateway.Outcome) time.Duration {
	switch kind, _ := retryable(o); kind {
	case afterBusy:
		return r.Busy
	case afterCongestion:
		return r.Congestion
	default:
		return r.NoAnswer
	}
}

// scaled is d as it lasts in c: divided by the speed while no phone rings.
func (c Campaign) scaled(d time.Duration) time.Duration {
	if c.Practice && c.Settings.Speed > 1 {
		return d / time.Duration(c.Settings.Speed)
	}
	return d
}
