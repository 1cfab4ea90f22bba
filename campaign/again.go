package campaign

import (
	"slices"
	"time"
)

// This file is what a person's word makes of the calls to a row so far.

// Anew is what somebody has said about calling a row again. It tells of calls by
// their ids, which only grow whatever the clock does. The zero value is a row
// of which nobody said anything.
//
// It forgives tries of the campaign only: hours, rules, the do-not-call list and
// the limits across campaigns bind all the same.
type Anew struct {
	Since AttemptID // calls up to that one are no tries of the campaign any more
	Tries int       // how many of the row's Tries these were
	Now   AttemptID // after calls up to that one the next waits for no delay
}

// InFront is when a row is due that somebody wants to be called before all
// others: before any clock of ours began.
func InFront() time.Time { return time.UnixMilli(1) }

// Revivable tells whether a row may be called again if somebody says so: it is
// done, or its campaign was over first. What was left out is not: taking that
// back is a word of its own, see LeftOut. Its number may stand on the do-not-call
// list for all that.
func (c *Contact) Revivable() bool {
	switch c.Status {
	case Reached, Machine, Unreached, Failed, Cancelled:
		return true
	case Skipped:
		return c.Why.Code == CodeTooLate
	default:
		return false
	}
}

// LeftOut tells whether a row is not called because somebody said so, who may
// take that back.
func (c *Contact) LeftOut() bool {
	return c.Status == Skipped && (c.Why.Code == CodeExcluded || c.Why.Code == CodeDoNotCall)
}

// forgiven is p and what is known of it without what is forgiven.
func forgiven(p Contact, f Facts) (Contact, Facts) {
	f.Attempts = after(f.Attempts, p.Anew.Since)
	p.Tries -= p.Anew.Tries
	p.Anew.Tries = 0
	return p, f
}

// after are the attempts after one, and those under way.
func after(attempts []Attempt, last AttemptID) []Attempt {
	if last == 0 {
		return attempts
	}
	return slices.DeleteFunc(slices.Clone(attempts), func(a Attempt) bool { return a.ID <= last && !a.Open() })
}
