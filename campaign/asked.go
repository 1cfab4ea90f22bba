package campaign

import (
	"time"

	"rollcall/gateway"
)

// Asked is what becomes of an attempt in doubt whose gateway was asked about it
// once more and knows how it went; false if it still does not. A row that would
// be called again is ready, so that the gate is asked when.
func Asked(now time.Time, c Campaign, a Attempt, status gateway.Status) (Settlement, bool) {
	v, ended := read(status)
	if !ended || v.outcome == gateway.OutcomeInterrupted || status.Practice != c.Practice {
		return Settlement{}, false
	}
	why := Reason{Code: CodeOutcome, Outcome: string(v.outcome), Text: v.words}
	a.Ended, a.Outcome, a.Why = now, v.outcome, why
	if len(v.answers) > 0 {
		a.Answers = v.answers
	}
	s := Settlement{Attempt: a, Status: StatusOf(v.outcome), Why: why, Tried: v.outcome.Dialled(), OptOut: optsOut(a.Answers)}
	switch {
	case s.Status == Waiting && c.State.Over():
		s.Status, s.Why = Cancelled, Reason{Code: CodeStopped, Outcome: string(v.outcome)}
	case s.Status == Waiting:
		s.Status, s.Why, s.Missed = Ready, Reason{}, true
	case s.Status == Unreached && !c.State.Over():
		s.Status, s.Why = Ready, Reason{}
	}
	return s, true
}
