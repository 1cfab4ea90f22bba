package campaign

import (
	"time"

	"rollcall/campaign/phone"
)

// This file is the part of the gate that looks at the clock.

// moment is the earliest a number may be called, as far as it is known.
type moment struct {
	at  time.Time
	why Reason
}

// put puts the moment off.
func (m *moment) put(at time.Time, why Reason) {
	if at.After(m.at) {
		m.at, m.why = at, why
	}
}

// decideTime: not before the delay after the last try is over, not oftener than
// the limits allow, and only at times at which the person, the campaign and
// the preset allow it. The times are asked about the moment at which all delays
// are over, so that a row waits once for all of them.
func (j *Judge) decideTime(q *question, number phone.Number) Decision {
	if j.lawless {
		return Decision{Verdict: Wait, Why: Reason{Code: CodeLaw, Rule: RuleID(j.settings.Law)}}
	}
	rules := j.rules(q, number)
	m := j.delays(q, number, rules)
	at := j.places.find(&q.p, rules)
	open, found := j.places.next(at, m.at)
	switch {
	case at.err != nil:
		return Decision{Verdict: Never, Why: Reason{Code: CodeZoneUnknown, Problem: ProblemZone}}
	case at.noOffice:
		return Decision{Verdict: Wait, Why: Reason{Code: CodeSchedule}}
	case !found:
		open.why.Zone = firstZone(q.p.Zones)
		return Decision{Verdict: Never, Why: open.why}
	}
	if !j.inTime(open.at) {
		return Decision{Verdict: Never, Why: Reason{Code: CodeTooLate}}
	}
	open = j.otherTime(q, number, at, open)
	if !open.at.After(q.now) {
		return Decision{Verdict: Dial, Number: number}
	}
	return wait(q.now, m, open)
}

// inTime tells whether the campaign's time is not over at t.
func (j *Judge) inTime(t time.Time) bool {
	return j.settings.NotAfter.IsZero() || t.Before(j.settings.NotAfter)
}

// wait is until open, because of m or of the times.
func wait(now time.Time, m moment, open opening) Decision {
	why := m.why
	switch {
	case !m.at.After(now):
		why = open.why
	case open.at.After(m.at):
		why.Zone = open.why.Zone
	}
	why.Until = open.at
	return Decision{Verdict: Wait, Until: open.at, Why: why}
}

// rules are those of the preset that bind for a number, until the next ones
// are asked for.
func (j *Judge) rules(q *question, number phone.Number) []*LawRule {
	all, consent := j.rulesFor(number), q.p.Consent || q.f.Consent
	j.binding = j.binding[:0]
	for i := range all {
		if j.settings.binds(&all[i], consent) {
			j.binding = append(j.binding, &all[i])
		}
	}
	return j.binding
}

// delays is the moment at which all is over that a number is to be left alone
// for.
func (j *Judge) delays(q *question, number phone.Number, rules []*LawRule) moment {
	m := moment{at: q.now}
	m.put(j.settings.NotBefore, Reason{Code: CodeSchedule})
	if q.p.Status == Waiting && q.p.Why.Code.Holds() {
		m.put(q.p.NextAt, q.p.Why)
	}
	if last := newest(q.recent, number); last != nil {
		delay := j.settings.Retry.After[last.Outcome].Delay
		m.put(last.Ended.Add(q.c.scaled(delay)), j.again(q, last))
	}
	m.putLimits(q, &j.settings, rules, number)
	return m
}

// again is the reason of a row that is called again after last.
func (j *Judge) again(q *question, last *Attempt) Reason {
	return Reason{Code: CodeRetry, Outcome: string(last.Outcome), Try: q.tries() + 1, Of: j.settings.Retry.Tries}
}

// putLimits: the campaign's own limits and gaps, and the preset's.
func (m *moment) putLimits(q *question, s *Settings, rules []*LawRule, number phone.Number) {
	if len(q.f.Past) == 0 {
		return
	}
	for _, l := range s.Limits {
		m.putLimit(q, l, number, "")
	}
	for _, g := range s.Gaps {
		m.putGap(q, g, number, "")
	}
	for _, r := range rules {
		if r.Limit != nil {
			m.putLimit(q, *r.Limit, number, r.ID)
		}
		if r.Gap != nil {
			m.putGap(q, *r.Gap, number, r.ID)
		}
	}
}

func (m *moment) putLimit(q *question, l Limit, number phone.Number, rule RuleID) {
	at, n := l.free(q.now, q.f.Past, number)
	m.put(at, Reason{Code: CodeLimit, Try: n, Of: l.Calls, Rule: rule})
}

func (m *moment) putGap(q *question, g Gap, number phone.Number, rule RuleID) {
	at, after := g.free(q.now, q.f.Past, number)
	m.put(at, Reason{Code: CodeGap, Outcome: string(after), Rule: rule})
}

// Holds tells whether a row that waits for that waits until then in any case.
// What others wait for is found out anew whenever they are decided about.
func (c Code) Holds() bool {
	return c == CodeNoLine || c == CodeNoService || c == CodeRefused
}

// otherTime moves a retry to another part of the person's day than that of the
// last call, where that is wanted and the times allow it.
func (j *Judge) otherTime(q *question, number phone.Number, at *place, open opening) opening {
	last := newest(q.recent, number)
	if last == nil || !j.settings.Retry.After[last.Outcome].OtherTime || len(at.in) == 0 {
		return open
	}
	const looks = 24 // three parts a day
	clock, other := at.in[0], open
	part := partOfDay(last.Begun.In(clock))
	for range looks {
		if partOfDay(other.at.In(clock)) != part {
			break
		}
		var found bool
		other, found = j.places.next(at, nextPart(other.at.In(clock)))
		if !found || !j.inTime(other.at) {
			return open
		}
	}
	if other.at.Equal(open.at) || partOfDay(other.at.In(clock)) == part {
		return open
	}
	why := j.again(q, last)
	why.Zone = clock.String()
	return opening{at: other.at, why: why}
}

// The parts of a day end at these hours.
const (
	noon    = 12
	evening = 17
)

// partOfDay is 0 in the morning, 1 in the afternoon and 2 in the evening.
func partOfDay(t time.Time) int {
	switch {
	case t.Hour() < noon:
		return 0
	case t.Hour() < evening:
		return 1
	default:
		return 2
	}
}

// nextPart is when the part of the day after t's begins: as soon as the clock
// shows it, where it is put forward just then.
func nextPart(t time.Time) time.Time {
	part := partOfDay(t)
	hour := []int{noon, evening, 24}[part]
	next := time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location())
	for !next.After(t) || partOfDay(next) == part {
		next = next.Add(time.Hour)
	}
	return next
}

func firstZone(zones []string) string {
	if len(zones) == 0 {
		return ""
	}
	return zones[0]
}
