package campaign

import (
	"slices"
	"strings"
	"time"

	"rollcall/gateway"
)

// This file turns what came of a call into what its row does next.

// verdict is what a gateway reported of a call.
type verdict struct {
	outcome gateway.Outcome
	words   string // the gateway's own, where the outcome is not known
	answers []gateway.Answer
	calling bool // it is on a line now
}

// read tells from a status what came of the call, and whether it has ended.
func read(s gateway.Status) (v verdict, ended bool) {
	last, ok := s.Last()
	if !ok {
		return verdict{}, false
	}
	for _, a := range s.Attempts {
		if len(a.Answers) > 0 {
			v.answers = a.Answers
		}
	}
	switch last.State {
	case gateway.StateMade, gateway.StateFailed:
		v.outcome = last.Outcome()
	case stateExpired:
		v.outcome = gateway.OutcomeExpired
	default: // pending, retry, and what newer gateways add
		return verdict{calling: last.State == gateway.StateInProgress}, false
	}
	if v.outcome == gateway.OutcomeUnknown {
		v.words = string(last.Reason)
	}
	return v, true
}

// stateExpired is how newer gateways report a call that was never made.
const stateExpired gateway.AttemptState = "expired"

// A row that came back undialled missLimit times in a row waits for missDelay.
const (
	missLimit = 3
	missDelay = 5 * time.Minute
)

// settleUntried closes an attempt at which no phone was tried.
func settleUntried(now time.Time, c Campaign, f *flight, s Status, why Reason) Settlement {
	done := Settlement{Attempt: f.attempt, Status: s}
	done.Attempt.Ended, done.Attempt.Why = now, why
	if s.Final() {
		done.Why = why
	}
	return unlessStopped(c, done)
}

// settleOutcome closes an attempt with what the gateway reported, other than
// an interruption.
func (x *run) settleOutcome(now time.Time, f *flight, v verdict) Settlement {
	a := f.attempt
	why := Reason{Code: CodeOutcome, Outcome: string(v.outcome), Text: v.words}
	a.Ended, a.Outcome, a.Answers, a.Why = now, v.outcome, v.answers, why
	if len(a.Answers) == 0 {
		a.Answers = f.answers
	}
	s := Settlement{Attempt: a, Why: why, Tried: v.outcome.Dialled(), OptOut: optsOut(a.Answers)}
	s.Status = StatusOf(v.outcome)
	switch {
	case v.outcome == gateway.OutcomeExpired:
		s = missed(now, x.c, f, s, CodeNoLine)
	case v.outcome == gateway.OutcomeFlowMissing:
		s = missed(now, x.c, f, s, CodeNoService)
	case s.Tried:
		s = x.afterwards(now, f, s)
	}
	return unlessStopped(x.c, s)
}

// StatusOf is the state of a row after an attempt with that outcome, if nobody
// is called again: Waiting where nothing was dialled.
func StatusOf(o gateway.Outcome) Status {
	switch o {
	case gateway.OutcomeReached, gateway.OutcomeNoTransfer:
		return Reached
	case gateway.OutcomeMachine:
		return Machine
	case gateway.OutcomeBusy, gateway.OutcomeCongestion, gateway.OutcomeNoAnswer, gateway.OutcomeNoMessage:
		return Unreached
	case gateway.OutcomeExpired, gateway.OutcomeFlowMissing:
		return Waiting
	case gateway.OutcomeInterrupted:
		return Doubt
	default:
		return Failed
	}
}

// afterwards asks the gate when the row may be called again, as if now.
func (x *run) afterwards(now time.Time, f *flight, s Settlement) Settlement {
	c, p := x.c, f.contact
	c.State = Running
	p.Status, p.Why, p.NextAt, p.Tries = Ready, Reason{}, time.Time{}, p.Tries+1
	facts := f.facts.with(s.Attempt)
	if s.OptOut {
		facts.Forbidden = p.Numbers()
	}
	d := x.judge.Decide(now, c, p, facts)
	switch {
	case d.Verdict == Dial:
		s.Status, s.Why = Ready, Reason{}
	case d.Verdict == Wait:
		s.Status, s.Why, s.NextAt = Waiting, d.Why, d.Until
		if d.Until.IsZero() {
			s.NextAt = now.Add(c.scaled(lookAgain))
		}
	case s.Status == Unreached && d.Why.Code == CodeDoNotCall:
		s.Status, s.Why = Skipped, d.Why
	case s.Status == Unreached:
		s.Why = d.Why
	}
	return s
}

// Past is a as a call to its number. False means that no phone can have rung: it
// ended before anything was dialled.
func (a Attempt) Past() (Past, bool) {
	p := Past{Number: a.Number, Campaign: a.Campaign, Contact: a.Contact, Begun: a.Begun, Ended: a.Ended, Outcome: a.Outcome}
	return p, a.Open() || a.Outcome != gateway.OutcomeUnknown || a.Why.Code == CodeOutcome
}

// with is f after one more attempt has ended.
func (f Facts) with(a Attempt) Facts {
	f.Attempts = append(slices.Clone(f.Attempts), a)
	if past, rang := a.Past(); rang {
		f.Past = append(slices.Clone(f.Past), past)
	}
	return f
}

// missed makes a row that came back undialled ready again, or lets it wait.
func missed(now time.Time, c Campaign, f *flight, s Settlement, why Code) Settlement {
	s.Missed = true
	s.Status, s.Why = Ready, Reason{}
	if f.contact.Misses+1 >= missLimit {
		s.NextAt = now.Add(c.scaled(missDelay))
		s.Status, s.Why = Waiting, Reason{Code: why, Until: s.NextAt}
	}
	return s
}

// unlessStopped cancels a row that would be called again in a campaign that
// was stopped meanwhile.
func unlessStopped(c Campaign, s Settlement) Settlement {
	if c.State == Stopped && !s.Status.Final() {
		s.Why = Reason{Code: CodeStopped, Outcome: string(s.Attempt.Outcome)}
		s.Status, s.NextAt = Cancelled, time.Time{}
	}
	return s
}

// optsOut tells whether the person asked not to be called any more.
func optsOut(answers []gateway.Answer) bool {
	for _, a := range answers {
		if strings.EqualFold(a.Name, "optout") {
			switch strings.ToLower(strings.TrimSpace(a.Value)) {
			case "true", "1", "yes":
				return true
			}
		}
	}
	return false
}
