package scheduler

import (
	"fmt"
	"strings"
	"time"

	"rollcall/gateway"
)

// Rule says which tries of some numbers are repeated. Of several rules the one
// with the longest Prefix holds. Where none does, busy, no answer and
// congestion are repeated after a minute, as the protocol has it, for as long
// as firstocc allows, and a machine is not called again.
type Rule struct {
	Prefix     string // digits that the number begins with; empty: every number
	Busy       Retry
	NoAnswer   Retry
	Congestion Retry
	Machine    Retry // also where no message could be left
}

// Retry is how a try with one sort of end is repeated.
type Retry struct {
	After time.Duration // from the end of the try, in whole minutes
	// Times is how often at most; zero is never, below zero as often as
	// firstocc allows.
	Times int
}

// protocolRule is what the protocol has by itself.
func protocolRule() Rule {
	always := Retry{After: time.Minute, Times: -1}
	return Rule{Busy: always, NoAnswer: always, Congestion: always}
}

// rules finds the rule of a number.
type rules struct {
	own   []Rule
	speed int // divides pauses
}

func (r rules) of(p gateway.Phone) Rule {
	found, digits := protocolRule(), p.Digits()
	longest := -1
	for _, rule := range r.own {
		if len(rule.Prefix) > longest && strings.HasPrefix(digits, rule.Prefix) {
			found, longest = rule, len(rule.Prefix)
		}
	}
	return found
}

// after returns how a try of job that ended as o is repeated, and false if it
// is not. A retry that would come too late is queued all the same and ends by
// expiring, as the protocol has it.
func (r rules) after(job Job, o gateway.Outcome) (Retry, bool) {
	if job.Request.FirstOcc <= 0 {
		return Retry{}, false
	}
	retry := r.of(job.Request.Phone).retry(o)
	return retry, retry.Times < 0 || ended(job, o) < retry.Times
}

// retry returns the part of the rule for o.
func (r Rule) retry(o gateway.Outcome) Retry {
	switch o {
	case gateway.OutcomeBusy:
		return r.Busy
	case gateway.OutcomeNoAnswer:
		return r.NoAnswer
	case gateway.OutcomeCongestion:
		return r.Congestion
	case gateway.OutcomeMachine, gateway.OutcomeNoMessage:
		return r.Machine
	default:
		return Retry{}
	}
}

// ended counts the tries of job that ended as o.
func ended(job Job, o gateway.Outcome) int {
	n := 0
	for _, a := range job.Attempts {
		if a.Outcome() == o {
			n++
		}
	}
	return n
}

// reason is the reason of a record with a retry to come. The words for no
// answer are captured from a real gateway, trailing blank included; the others
// follow them. The minutes are the rule's, also where practice divides them.
func (r Retry) reason(o gateway.Outcome) gateway.Reason {
	_, said := o.Words()
	if o == gateway.OutcomeNoAnswer {
		said = "No answer"
	}
	minutes := max(1, int(r.After.Round(time.Minute)/time.Minute))
	plural := "s"
	if minutes == 1 {
		plural = ""
	}
	return gateway.Reason(fmt.Sprintf("%s. Try in %d minute%s ", said, minutes, plural))
}
