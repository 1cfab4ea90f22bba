package campaign_test

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file is the gate once more, written so that it can be seen to be right:
// it looks at one moment after the other, and shares nothing with Decide.

// oracle knows a row and all that is to be heeded, from start on.
type oracle struct {
	start    int64 // in seconds
	grid     int64 // seconds; nothing about the clock changes in between
	slots    int
	settings campaign.Settings
	rules    func(phone.Number) []campaign.LawRule
	holidays func(string, int) ([]campaign.Day, bool)
	opens    map[phone.Number][]int32 // the first open slot from each slot on; -1: none
}

// binding are the rules that are to be heeded about a number.
func (o *oracle) binding(p campaign.Contact, f campaign.Facts, n phone.Number) []campaign.LawRule {
	var found []campaign.LawRule
	for _, r := range o.rules(n) {
		exempt := false
		for _, e := range o.settings.Exempt {
			exempt = exempt || e.Rule == r.ID
		}
		agreed := p.Consent || f.Consent
		if !exempt && (!r.UnlessConsent || !agreed) {
			found = append(found, r)
		}
	}
	return found
}

// demands is all that must be open, and false if nobody knows the clocks.
func (o *oracle) demands(clocks *wallClocks, p campaign.Contact, rules []campaign.LawRule) ([]demand, bool) {
	s, found := o.settings, []demand(nil)
	var there []walls
	for _, zone := range p.Zones {
		there = append(there, clocks.of(zone, o.start, o.grid, o.slots))
	}
	hours := func(h campaign.Hours) {
		if h != campaign.AllHours() {
			found = append(found, demand{clocks: there, week: weekOf(h)})
		}
	}
	off := map[uint32]bool{}
	calendar := func(key string) {
		for year := 2011; year < 2029; year++ {
			days, _ := o.holidays(key, year)
			for _, d := range days {
				off[dayNumber(d)] = true
			}
		}
	}
	hours(s.Hours)
	if p.Hours != (campaign.Hours{}) {
		hours(p.Hours)
	}
	for _, d := range s.DaysOff {
		off[dayNumber(d)] = true
	}
	for _, key := range s.Holidays {
		calendar(key)
	}
	for _, r := range rules {
		if r.Hours != nil {
			hours(*r.Hours)
		}
		if r.Holidays != "" {
			calendar(r.Holidays)
		}
	}
	if len(off) > 0 {
		found = append(found, demand{clocks: there, off: off})
	}
	if len(found) > 0 && len(there) == 0 {
		return nil, false
	}
	if s.Office != (campaign.Hours{}) {
		office := clocks.of(s.Zoned, o.start, o.grid, o.slots)
		found = append(found, demand{clocks: []walls{office}, week: weekOf(s.Office)})
	}
	return found, true
}

// look works out when n may be called, as far as the clocks go.
func (o *oracle) look(clocks *wallClocks, p campaign.Contact, f campaign.Facts, n phone.Number) []int32 {
	demands, known := o.demands(clocks, p, o.binding(p, f, n))
	opens, next := make([]int32, o.slots), int32(-1)
	for i := o.slots - 1; i >= 0; i-- {
		open := known
		for d := 0; open && d < len(demands); d++ {
			open = demands[d].open(i)
		}
		if open {
			next = int32(i)
		}
		opens[i] = next
	}
	return opens
}

// open is the first open moment from t on, zero if there is none.
func (o *oracle) open(n phone.Number, t time.Time) time.Time {
	slot := (t.Unix() - o.start) / o.grid
	if slot < 0 || slot >= int64(o.slots) {
		return time.Time{}
	}
	next := o.opens[n][slot]
	switch {
	case next < 0:
		return time.Time{}
	case int64(next) == slot:
		return t
	default:
		return time.Unix(o.start+int64(next)*o.grid, 0)
	}
}

// block is a delay that ends at till; often if it is because of how often the
// number was called.
type block struct {
	till  time.Time
	often bool
}

// barred says why nobody calls p whatever the time is.
func (o *oracle) barred(c campaign.Campaign, p campaign.Contact, f campaign.Facts) string {
	s := o.settings
	if c.State != campaign.Running {
		return "the campaign does not run"
	}
	if p.Status != campaign.Ready && p.Status != campaign.Waiting {
		return "the row is " + string(p.Status)
	}
	tries, ends := 0, map[gateway.Outcome]int{}
	var last *campaign.Attempt
	for i, a := range f.Attempts {
		if a.Ended.IsZero() {
			return "a call is under way"
		}
		if silent(a.Outcome) || a.ID <= p.Anew.Since {
			continue
		}
		tries++
		ends[a.Outcome]++
		if last == nil || !a.Ended.Before(last.Ended) {
			last = &f.Attempts[i]
		}
		_, again := s.Retry.After[a.Outcome]
		if a.Outcome == gateway.OutcomeReached {
			done := s.Finished == ""
			for _, answer := range a.Answers {
				done = done || strings.EqualFold(answer.Name, s.Finished) && answer.Value != ""
			}
			if done {
				return "the person was reached"
			}
		}
		if !again && a.Outcome != gateway.OutcomeBadNumber && a.Outcome != gateway.OutcomeNoResponse {
			return "the outcome is final: " + string(a.Outcome)
		}
	}
	if since := p.Tries - p.Anew.Tries; since > tries {
		tries = since
	}
	if tries >= s.Retry.Tries {
		return "no tries are left"
	}
	if last != nil {
		if most := s.Retry.After[last.Outcome].Tries; most > 0 && ends[last.Outcome] >= most {
			return "no tries are left after " + string(last.Outcome)
		}
	}
	return ""
}

// lastAt is the newest attempt at n, or at any number, that rang somewhere and
// is not among those that are forgiven.
func lastAt(f campaign.Facts, n phone.Number, forgiven ...campaign.AttemptID) (campaign.Attempt, bool) {
	var last campaign.Attempt
	for _, a := range f.Attempts {
		if silent(a.Outcome) || a.ID <= slices.Max(forgiven) {
			continue
		}
		if (n == "" || a.Number == n) && !a.Ended.Before(last.Ended) {
			last = a
		}
	}
	return last, !last.Ended.IsZero()
}

// order is the numbers of p, beginning with the one whose turn it is.
func (o *oracle) order(p campaign.Contact, f campaign.Facts) []phone.Number {
	numbers := p.Numbers()
	last, tried := lastAt(f, "", p.Anew.Since)
	at := slices.Index(numbers, last.Number)
	if !tried || at < 0 {
		return numbers
	}
	bad := last.Outcome == gateway.OutcomeBadNumber || last.Outcome == gateway.OutcomeNoResponse
	if bad || o.settings.Retry.After[last.Outcome].NextNumber {
		at = (at + 1) % len(numbers)
	}
	return append(slices.Clone(numbers[at:]), numbers[:at]...)
}

// dead tells whether nobody calls n whatever the time is.
func (o *oracle) dead(p campaign.Contact, f campaign.Facts, n phone.Number) bool {
	if p.DoNotCall && n == p.Number || slices.Contains(f.Forbidden, n) {
		return true
	}
	for _, a := range f.Attempts {
		if a.ID <= p.Anew.Since || a.Number != n || a.Outcome != gateway.OutcomeBadNumber && a.Outcome != gateway.OutcomeNoResponse {
			continue
		}
		if _, again := o.settings.Retry.After[a.Outcome]; !again {
			return true
		}
	}
	return false
}

func rings(p campaign.Contact, f campaign.Facts, n phone.Number) bool {
	for _, past := range f.Past {
		if past.Number == n && past.Ended.IsZero() && past.Contact != p.ID {
			return true
		}
	}
	return false
}

// rang tells whether a phone may have rung.
func rang(p campaign.Past) bool {
	return p.Outcome != gateway.OutcomeExpired && p.Outcome != gateway.OutcomeFlowMissing
}

func taken(o gateway.Outcome) bool {
	return slices.Contains([]gateway.Outcome{
		gateway.OutcomeReached, gateway.OutcomeMachine, gateway.OutcomeNoMessage, gateway.OutcomeNoTransfer, gateway.OutcomeFlowBroken, gateway.OutcomeEnded,
	}, o)
}

// silent tells whether no phone is known to have rung.
func silent(o gateway.Outcome) bool {
	return slices.Contains([]gateway.Outcome{
		gateway.OutcomeUnknown, gateway.OutcomeInterrupted, gateway.OutcomeExpired, gateway.OutcomeFlowMissing,
	}, o)
}

// blocks are all delays of a number, at now.
func (o *oracle) blocks(now time.Time, c campaign.Campaign, p campaign.Contact, f campaign.Facts, n phone.Number) []block {
	s := o.settings
	found := []block{{till: s.NotBefore}}
	if p.Status == campaign.Waiting && (p.Why.Code == campaign.CodeNoLine || p.Why.Code == campaign.CodeNoService || p.Why.Code == campaign.CodeRefused) {
		found = append(found, block{till: p.NextAt})
	}
	if last, tried := lastAt(f, n, p.Anew.Since, p.Anew.Now); tried {
		delay := s.Retry.After[last.Outcome].Delay
		if c.Practice {
			delay /= time.Duration(s.Speed)
		}
		found = append(found, block{till: last.Ended.Add(delay)})
	}
	limit := func(l campaign.Limit) {
		if end := limitEnds(now, l, f, n); end.After(now) {
			found = append(found, block{till: end, often: true})
		}
	}
	gap := func(g campaign.Gap) {
		for _, past := range f.Past {
			concerns := len(g.After) == 0 || slices.Contains(g.After, past.Outcome)
			if past.Number == n && !past.Ended.IsZero() && rang(past) && concerns {
				found = append(found, block{till: past.Ended.Add(g.For), often: true})
			}
		}
	}
	for _, l := range s.Limits {
		limit(l)
	}
	for _, g := range s.Gaps {
		gap(g)
	}
	for _, r := range o.binding(p, f, n) {
		if r.Limit != nil {
			limit(*r.Limit)
		}
		if r.Gap != nil {
			gap(*r.Gap)
		}
	}
	return found
}

// limitEnds is the first moment from now on at which fewer calls than a limit
// allows are younger than its stretch of time.
func limitEnds(now time.Time, l campaign.Limit, f campaign.Facts, n phone.Number) time.Time {
	moments := []time.Time{now}
	for _, past := range f.Past {
		moments = append(moments, past.Begun.Add(l.Within))
	}
	slices.SortFunc(moments, time.Time.Compare)
	for _, t := range moments {
		young := 0
		for _, past := range f.Past {
			if past.Number == n && rang(past) && (!l.Answered || taken(past.Outcome)) && past.Begun.Add(l.Within).After(t) {
				young++
			}
		}
		if !t.Before(now) && young < l.Calls {
			return t
		}
	}
	return now
}
