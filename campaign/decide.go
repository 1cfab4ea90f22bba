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
	settings Settings
	rulesFor func(phone.Number) []LawRule // those of the preset about a number
	lawless  bool                         // nobody knows the preset
	places   places
	binding  []*LawRule // of the number that is decided about
}

// NewJudge returns a judge for campaigns with these settings.
func NewJudge(s Settings) *Judge {
	law, found := LawOf(s.Law)
	return &Judge{
		settings: s, rulesFor: law.For, lawless: s.Law != "" && !found,
		places: places{settings: s, holidays: HolidaysOf},
	}
}

// question is a row that is decided about.
type question struct {
	now time.Time
	c   Campaign
	p   Contact
	f   Facts
	// recent are the calls after which delays hold.
	recent []Attempt
}

// Decide is [Decide], for a campaign with the judge's settings.
func (j *Judge) Decide(now time.Time, c Campaign, p Contact, f Facts) Decision {
	p, f = forgiven(p, f)
	q := &question{now: now, c: c, p: p, f: f, recent: after(f.Attempts, p.Anew.Now)}
	q.p.Zones = j.settings.zonesOf(&p)
	if d, decided := decideState(&q.c); decided {
		return d
	}
	if d, decided := decideStatus(&q.p); decided {
		return d
	}
	if d, decided := j.decideHistory(q); decided {
		return d
	}
	return j.decideNumbers(q)
}

// decideState: only a running campaign calls.
func decideState(c *Campaign) (Decision, bool) {
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
func decideStatus(p *Contact) (Decision, bool) {
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
func (j *Judge) decideHistory(q *question) (Decision, bool) {
	retry, attempts := &j.settings.Retry, q.f.Attempts
	for i := range attempts {
		a := &attempts[i]
		if a.Open() {
			return Decision{Verdict: Wait, Why: Reason{Code: CodeUnderWay}}, true
		}
		if j.settings.ends(a) {
			return never(Reason{Code: CodeOutcome, Outcome: string(a.Outcome)})
		}
	}
	tries, last, spent := q.tries(), gateway.OutcomeUnknown, false
	if a := lastDialled(attempts); a != nil {
		last, spent = a.Outcome, retry.spent(a.Outcome, attempts)
	}
	if spent || tries >= retry.Tries {
		return never(Reason{Code: CodeNoTries, Outcome: string(last), Try: tries})
	}
	return Decision{}, false
}

// ends tells whether after a the person is never called again.
func (s *Settings) ends(a *Attempt) bool {
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
func (r *Retry) spent(o gateway.Outcome, attempts []Attempt) bool {
	most := r.After[o].Tries
	if most == 0 {
		return false
	}
	n := 0
	for i := range attempts {
		if attempts[i].Outcome == o {
			n++
		}
	}
	return n >= most
}

func never(why Reason) (Decision, bool) { return Decision{Verdict: Never, Why: why}, true }

// orElse is why, or a reason with that code where nothing was said.
func orElse(why Reason, code Code) Reason {
	if why.Code == "" {
		why.Code = code
	}
	return why
}

// tries is how often the phone was tried.
func (q *question) tries() int { return triesOf(&q.p, q.f.Attempts) }

// triesOf is how often the phone of p was tried, by whichever count is higher.
func triesOf(p *Contact, attempts []Attempt) int {
	dialled := 0
	for i := range attempts {
		if a := &attempts[i]; !a.Open() && a.Outcome.Dialled() {
			dialled++
		}
	}
	return max(p.Tries, dialled)
}

// lastDialled is the newest attempt at which a phone was tried, or nil.
func lastDialled(attempts []Attempt) *Attempt { return newest(attempts, "") }

// newest is the newest attempt at which that number was tried, if one is given,
// or nil.
func newest(attempts []Attempt, number phone.Number) *Attempt {
	var last *Attempt
	for i := range attempts {
		a := &attempts[i]
		if a.Open() || !a.Outcome.Dialled() || number != "" && a.Number != number {
			continue
		}
		if last == nil || !a.Ended.Before(last.Ended) {
			last = a
		}
	}
	return last
}

// scaled is d as it lasts in c: divided by the speed while no phone rings.
func (c *Campaign) scaled(d time.Duration) time.Duration {
	if c.Practice && c.Settings.Speed > 1 {
		return d / time.Duration(c.Settings.Speed)
	}
	return d
}
