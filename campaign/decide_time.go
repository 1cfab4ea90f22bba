package campaign

import (
	"slices"
	"strings"
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
func (j *Judge) decideTime(now time.Time, c Campaign, p Contact, f Facts, number phone.Number) Decision {
	s, rules := j.clocks.settings, j.rules(number, p.Consent || f.Consent)
	m := moment{at: now}
	m.put(s.NotBefore, Reason{Code: CodeSchedule})
	if p.Status == Waiting && p.Why.Code.Holds() {
		m.put(p.NextAt, p.Why)
	}
	j.putRetry(&m, c, p, f, number)
	m.putLimits(now, s, rules, f, number)
	w := where{zones: joinZones(p.Zones), own: p.Hours}
	rules = slices.DeleteFunc(rules, func(r LawRule) bool { return r.Hours == nil && r.Holidays == "" })
	for _, r := range rules {
		w.rules += string(r.ID) + " "
	}
	open, found, err := j.clocks.next(m.at, w, rules)
	switch {
	case err != nil:
		return Decision{Verdict: Never, Why: Reason{Code: CodeZoneUnknown, Problem: ProblemZone}}
	case !found:
		open.why.Zone = firstZone(p.Zones)
		return Decision{Verdict: Never, Why: open.why}
	}
	if at, other := j.otherTime(open.at, p, f, number, w, rules); other {
		open = opening{at: at}
	}
	if !s.NotAfter.IsZero() && !open.at.Before(s.NotAfter) {
		return Decision{Verdict: Never, Why: Reason{Code: CodeTooLate}}
	}
	if !open.at.After(now) {
		return Decision{Verdict: Dial, Number: number}
	}
	return wait(now, m, open)
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

// rules are those of the preset that bind for a number.
func (j *Judge) rules(number phone.Number, consent bool) []LawRule {
	var binding []LawRule
	for _, r := range j.law.For(number) {
		if j.clocks.settings.binds(r, consent) {
			binding = append(binding, r)
		}
	}
	return binding
}

// putRetry: the delay after the last call to the number, or to the person if
// the number does not change.
func (j *Judge) putRetry(m *moment, c Campaign, p Contact, f Facts, number phone.Number) {
	last, dialled := lastDialledAt(f.Attempts, number)
	if !dialled {
		return
	}
	again := j.clocks.settings.Retry.After[last.Outcome]
	m.put(last.Ended.Add(c.scaled(again.Delay)), Reason{
		Code: CodeRetry, Outcome: string(last.Outcome), Try: triesOf(p, f.Attempts) + 1, Of: j.clocks.settings.Retry.Tries,
	})
}

// putLimits: the campaign's own limits and gaps, and the preset's.
func (m *moment) putLimits(now time.Time, s Settings, rules []LawRule, f Facts, number phone.Number) {
	if len(f.Past) == 0 {
		return
	}
	limit := func(l Limit, rule RuleID) {
		at, n := l.free(now, f.Past, number)
		m.put(at, Reason{Code: CodeLimit, Try: n, Of: l.Calls, Rule: rule})
	}
	gap := func(g Gap, rule RuleID) {
		at, after := g.free(now, f.Past, number)
		m.put(at, Reason{Code: CodeGap, Outcome: string(after), Rule: rule})
	}
	for _, l := range s.Limits {
		limit(l, "")
	}
	for _, g := range s.Gaps {
		gap(g, "")
	}
	for _, r := range rules {
		if r.Limit != nil {
			limit(*r.Limit, r.ID)
		}
		if r.Gap != nil {
			gap(*r.Gap, r.ID)
		}
	}
}

// Holds tells whether a row that waits for that waits until then in any case.
// What others wait for is found out anew whenever they are decided about.
func (c Code) Holds() bool {
	return c == CodeNoLine || c == CodeNoService || c == CodeRefused
}

// otherTime moves a retry to another part of the person's day than that of the
// last call, where that is wanted and the times allow it.
func (j *Judge) otherTime(at time.Time, p Contact, f Facts, number phone.Number, w where, rules []LawRule) (time.Time, bool) {
	last, dialled := lastDialledAt(f.Attempts, number)
	if !dialled || !j.clocks.settings.Retry.After[last.Outcome].OtherTime {
		return at, false
	}
	place, err := time.LoadLocation(firstZone(p.Zones))
	if err != nil {
		return at, false
	}
	const looks = 24 // three parts a day
	for t, i := at, 0; i < looks; i++ {
		if partOfDay(t.In(place)) != partOfDay(last.Begun.In(place)) {
			return t, true
		}
		open, found, err := j.clocks.next(nextPart(t.In(place)), w, rules)
		if err != nil || !found {
			break
		}
		t = open.at
	}
	return at, false
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

// nextPart is when the part of the day after t's begins.
func nextPart(t time.Time) time.Time {
	hour := []int{noon, evening, 24}[partOfDay(t)]
	return time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location())
}

func joinZones(zones []string) string {
	if len(zones) == 1 {
		return zones[0]
	}
	return strings.Join(zones, ",")
}

func firstZone(zones []string) string {
	if len(zones) == 0 {
		return ""
	}
	return zones[0]
}
