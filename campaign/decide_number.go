package campaign

import (
	"slices"

	"rollcall/campaign/phone"
)

// This file is the part of the gate that goes through somebody's numbers.

// decideNumbers tells whether somebody may be called at one of their numbers.
func (j *Judge) decideNumbers(q *question) Decision {
	if q.p.numbers() == 0 {
		return Decision{Verdict: Never, Why: Reason{Code: CodeQuarantine, Problem: ProblemNoNumber}}
	}
	d := j.firstNumber(q)
	if q.p.numbers() == 1 {
		return d
	}
	// A number that gives its turn away now may want it back when another one
	// is free.
	const looks = 8
	for range looks {
		if d.Verdict != Wait || d.Until.IsZero() {
			return d
		}
		later := *q
		later.now = d.Until
		then := j.firstNumber(&later)
		if then.Verdict == Dial {
			return d
		}
		d = then
	}
	return d
}

// firstNumber asks about one number after the other, beginning with the one
// whose turn it is. One that only waits because it was called too often lets
// the next have its turn.
func (j *Judge) firstNumber(q *question) Decision {
	n, first := q.p.numbers(), j.turn(q)
	var best Decision
	for i := range n {
		d := j.decideNumber(q, q.p.number((first+i)%n))
		best = better(best, d)
		if d.Verdict == Dial || d.Verdict == Wait && !passes(d.Why.Code) {
			break
		}
	}
	return best
}

// passes tells whether a number that waits for that gives its turn to the next.
func passes(code Code) bool { return code == CodeLimit || code == CodeGap || code == CodeRinging }

// better is what is to be done, given what was found of two numbers. If one
// waits until nobody knows when, that is soon looked at again.
func better(a, b Decision) Decision {
	switch {
	case a.Verdict == "", b.Verdict == Dial, a.Verdict == Never && b.Verdict == Wait:
		return b
	case a.Verdict == Wait && b.Verdict == Wait && !a.Until.IsZero() && (b.Until.IsZero() || b.Until.Before(a.Until)):
		return b
	default:
		return a
	}
}

// numbers is how many numbers a person has; number is one of them.
func (c *Contact) numbers() int {
	if c.Number == "" {
		return len(c.Others)
	}
	return 1 + len(c.Others)
}

func (c *Contact) number(i int) phone.Number {
	switch {
	case c.Number == "":
		return c.Others[i]
	case i == 0:
		return c.Number
	default:
		return c.Others[i-1]
	}
}

// turn is whose turn it is: the number of the last call again, or the next one
// if it is no good or its outcome says so. If that call was to a number that is
// no longer the person's, it is the first one's.
func (j *Judge) turn(q *question) int {
	last, n := lastDialled(q.f.Attempts), q.p.numbers()
	if last == nil || n == 1 {
		return 0
	}
	i := 0
	for i < n && q.p.number(i) != last.Number {
		i++
	}
	if i < n && (badNumber(last.Outcome) || j.settings.Retry.After[last.Outcome].NextNumber) {
		i++
	}
	return i % n
}

// decideNumber tells whether one number of a person may be called.
func (j *Judge) decideNumber(q *question, number phone.Number) Decision {
	if number == q.p.Number && q.p.DoNotCall || slices.Contains(q.f.Forbidden, number) {
		return Decision{Verdict: Never, Why: Reason{Code: CodeDoNotCall}}
	}
	for i := range q.f.Attempts {
		a := &q.f.Attempts[i]
		if a.Number != number || !a.Outcome.Dialled() || !badNumber(a.Outcome) {
			continue
		}
		if _, again := j.settings.Retry.After[a.Outcome]; !again {
			return Decision{Verdict: Never, Why: Reason{Code: CodeOutcome, Outcome: string(a.Outcome)}}
		}
	}
	for i := range q.f.Past {
		past := &q.f.Past[i]
		if past.Number == number && past.Ended.IsZero() && past.Contact != q.p.ID {
			return Decision{Verdict: Wait, Why: Reason{Code: CodeRinging}}
		}
	}
	return j.decideTime(q, number)
}
