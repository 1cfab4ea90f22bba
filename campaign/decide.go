package campaign

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file is the gate: whether somebody may be called, on which number, and
// why not.

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
	Number  phone.Number // the one to dial, set with Dial only
	// Until is when to ask again after Wait; zero where that is not known,
	// because it depends on a person or on a call under way.
	Until time.Time
	Why   Reason // set unless the verdict is Dial
}

// Decide tells whether the row p of c may be called at now. It is asked at the
// moment of dialling, of first calls and retries alike, and depends on nothing
// but its arguments.
func Decide(now time.Time, c Campaign, p Contact, f Facts) Decision {
	return NewJudge(c.Settings).Decide(now, c, p, f)
}

// Judge decides about many rows of a campaign, and remembers what is the same
// for many of them; its answers are those of [Decide]. One goroutine uses it.
type Judge struct {
	clocks clocks
	law    Law
}

// NewJudge returns a judge for campaigns with these settings.
func NewJudge(s Settings) *Judge {
	law, _ := LawOf(s.Law)
	return &Judge{clocks: clocks{settings: s}, law: law}
}

// Decide is [Decide], for a campaign with the judge's settings.
func (j *Judge) Decide(now time.Time, c Campaign, p Contact, f Facts) Decision {
	if d, decided := decideState(c); decided {
		return d
	}
	if d, decided := decideStatus(p); decided {
		return d
	}
	if d, decided := j.decideHistory(p, f); decided {
		return d
	}
	return j.decideNumbers(now, c, p, f)
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

// decideHistory: nobody is called while another call to them is open, after
// they were reached, or oftener than allowed.
func (j *Judge) decideHistory(p Contact, f Facts) (Decision, bool) {
	retry := j.clocks.settings.Retry
	for _, a := range f.Attempts {
		if a.Open() {
			return Decision{Verdict: Wait, Why: Reason{Code: CodeUnderWay}}, true
		}
		if j.clocks.settings.ends(a) {
			return never(Reason{Code: CodeOutcome, Outcome: string(a.Outcome)})
		}
	}
	tries := triesOf(p, f.Attempts)
	last, dialled := lastDialled(f.Attempts)
	if tries >= retry.Tries || dialled && retry.spent(last.Outcome, f.Attempts) {
		return never(Reason{Code: CodeNoTries, Outcome: string(last.Outcome), Try: tries})
	}
	return Decision{}, false
}

// ends tells whether after a the person is never called again.
func (s Settings) ends(a Attempt) bool {
	if !a.Outcome.Dialled() {
		return false
	}
	if a.Outcome == gateway.OutcomeReached && s.Finished == "" {
		return true
	}
	if a.Outcome == gateway.OutcomeReached && gave(a.Answers, s.Finished) {
		return true
	}
	_, again := s.Retry.After[a.Outcome]
	return !again && !badNumber(a.Outcome)
}

// gave tells whether a question of the flow was answered.
func gave(answers []gateway.Answer, name string) bool {
	return slices.ContainsFunc(answers, func(a gateway.Answer) bool { return strings.EqualFold(a.Name, name) && a.Value != "" })
}

// badNumber tells whether an outcome speaks of the number, not the person.
func badNumber(o gateway.Outcome) bool {
	return o == gateway.OutcomeBadNumber || o == gateway.OutcomeNoResponse
}

// spent tells whether as many calls ended with o as may.
func (r Retry) spent(o gateway.Outcome, attempts []Attempt) bool {
	most := r.After[o].Tries
	if most == 0 {
		return false
	}
	n := 0
	for _, a := range attempts {
		if a.Outcome == o {
			n++
		}
	}
	return n >= most
}

// decideNumbers asks about one number after the other, beginning with the one
// whose turn it is. One that only waits because it was called too often lets
// the next have its turn.
func (j *Judge) decideNumbers(now time.Time, c Campaign, p Contact, f Facts) Decision {
	numbers := p.Numbers()
	if len(numbers) == 0 {
		return Decision{Verdict: Never, Why: Reason{Code: CodeQuarantine, Problem: ProblemNoNumber}}
	}
	first := j.turn(numbers, f.Attempts)
	var best Decision
	for i := range numbers {
		d := j.decideNumber(now, c, p, f, numbers[(first+i)%len(numbers)])
		best = better(best, d)
		if d.Verdict == Dial || d.Verdict == Wait && !passes(d.Why.Code) {
			break
		}
	}
	return best
}

// passes tells whether a number that waits for that gives its turn to the next.
func passes(code Code) bool { return code == CodeLimit || code == CodeGap || code == CodeRinging }

// better is what is to be done, given what was found of two numbers.
func better(a, b Decision) Decision {
	switch {
	case a.Verdict == "", b.Verdict == Dial:
		return b
	case a.Verdict == Never && b.Verdict != Never:
		return b
	case a.Verdict == Wait && b.Verdict == Wait && !b.Until.IsZero() && (a.Until.IsZero() || b.Until.Before(a.Until)):
		return b
	default:
		return a
	}
}

// turn is whose turn it is: the number of the last call again, or the next one
// if it is no good or its outcome says so.
func (j *Judge) turn(numbers []phone.Number, attempts []Attempt) int {
	last, dialled := lastDialled(attempts)
	if !dialled {
		return 0
	}
	i := max(slices.Index(numbers, last.Number), 0)
	if badNumber(last.Outcome) || j.clocks.settings.Retry.After[last.Outcome].NextNumber {
		i = (i + 1) % len(numbers)
	}
	return i
}

// decideNumber tells whether one number of a person may be called.
func (j *Judge) decideNumber(now time.Time, c Campaign, p Contact, f Facts, number phone.Number) Decision {
	if number == p.Number && p.DoNotCall || slices.Contains(f.Forbidden, number) {
		return Decision{Verdict: Never, Why: Reason{Code: CodeDoNotCall}}
	}
	for _, a := range f.Attempts {
		if a.Number == number && a.Outcome.Dialled() && badNumber(a.Outcome) {
			if _, again := j.clocks.settings.Retry.After[a.Outcome]; !again {
				return Decision{Verdict: Never, Why: Reason{Code: CodeOutcome, Outcome: string(a.Outcome)}}
			}
		}
	}
	for _, past := range f.Past {
		if past.Number == number && past.Ended.IsZero() && past.Contact != p.ID {
			return Decision{Verdict: Wait, Why: Reason{Code: CodeRinging}}
		}
	}
	return j.decideTime(now, c, p, f, number)
}

func never(why Reason) (Decision, bool) { return Decision{Verdict: Never, Why: why}, true }

// orElse is why, or a reason with that code where nothing was said.
func orElse(why Reason, code Code) Reason {
	if why.Code == "" {
		why.Code = code
	}
	return why
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

// lastDialled is the newest attempt at which a phone was tried.
func lastDialled(attempts []Attempt) (Attempt, bool) {
	return newest(attempts, func(Attempt) bool { return true })
}

// lastDialledAt is the newest at which that number was.
func lastDialledAt(attempts []Attempt, number phone.Number) (Attempt, bool) {
	return newest(attempts, func(a Attempt) bool { return a.Number == number })
}

func newest(attempts []Attempt, of func(Attempt) bool) (Attempt, bool) {
	var last Attempt
	for _, a := range attempts {
		if !a.Open() && a.Outcome.Dialled() && !a.Ended.Before(last.Ended) && of(a) {
			last = a
		}
	}
	return last, !last.Ended.IsZero()
}

// scaled is d as it lasts in c: divided by the speed while no phone rings.
func (c Campaign) scaled(d time.Duration) time.Duration {
	if c.Practice && c.Settings.Speed > 1 {
		return d / time.Duration(c.Settings.Speed)
	}
	return d
}
