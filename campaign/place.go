package campaign

import (
	"encoding/binary"
	"slices"
	"time"
)

// This file brings together all that says when somebody may be called.

// places tells when people may be called. It remembers what it worked out, a
// place and a UTC day at a time. One goroutine uses it.
type places struct {
	settings Settings
	holidays func(calendar string, year int) ([]Day, bool)
	known    map[string]*place // by all that their times depend on, see key
	years    map[calendarYear][]Day
	days     int    // remembered, of all places
	buffer   []byte // of the key
}

type calendarYear struct {
	calendar string
	year     int
}

// place is where some people are who have the same times.
type place struct {
	in    []*time.Location
	own   Hours
	rules []LawRule // of the preset, those with hours or holidays
	err   error     // where they are is not known, and matters
	// noOffice is set if the campaign's own hours go by a clock that is not
	// known.
	noOffice bool
	office   []*time.Location

	day   int64 // in days since 1970 in UTC
	today *openings
	days  map[int64]*openings
}

// openings is when people at a place may be called, for the next days.
type openings struct {
	all   timeline
	parts []part
}

// part is one of the things that must all be open.
type part struct {
	timeline
	why   Reason
	hours Hours            // if its reason is hours, else zero
	in    []*time.Location // whose clocks it goes by
}

// opening is the next moment from which somebody may be called.
type opening struct {
	at  time.Time
	why Reason // why not at the moment that was asked about, if it is later
}

// memory is how many days of places are remembered at most.
const memory = 20_000

// find returns the place of p, for whom these rules bind.
func (k *places) find(p *Contact, rules []*LawRule) *place {
	k.key(p, rules)
	if at := k.known[string(k.buffer)]; at != nil {
		return at
	}
	at := &place{own: p.Hours, days: map[int64]*openings{}}
	for _, r := range rules {
		if r.timed() {
			at.rules = append(at.rules, *r)
		}
	}
	k.locate(at, p.Zones)
	if k.known == nil || k.days+len(k.known) > memory {
		k.known, k.days = map[string]*place{}, 0
	}
	k.known[string(k.buffer)] = at
	return at
}

// key puts into the buffer all that the times of p depend on.
func (k *places) key(p *Contact, rules []*LawRule) {
	b := k.buffer[:0]
	for _, zone := range p.Zones {
		b = append(append(b, zone...), 0)
	}
	b = append(b, 0)
	for _, r := range rules {
		if r.timed() {
			b = append(append(b, r.ID...), 0)
		}
	}
	b = append(b, 0)
	if !p.Hours.IsZero() {
		for _, w := range p.Hours.Days {
			b = binary.AppendVarint(binary.AppendVarint(b, int64(w.From)), int64(w.Till))
		}
	}
	k.buffer = b
}

// timed tells whether a rule is about the clock or the calendar.
func (r *LawRule) timed() bool { return r.Hours != nil && !r.Hours.Always() || r.Holidays != "" }

// locate finds the clocks by which at goes.
func (k *places) locate(at *place, zones []string) {
	s, err := &k.settings, error(nil)
	if at.in, err = locations(zones); err != nil {
		always := s.Hours.Always() && (at.own.IsZero() || at.own.Always()) && len(at.rules)+len(s.Holidays)+len(s.DaysOff) == 0
		at.in = nil
		if !always {
			at.err = err
		}
	}
	if s.Office.IsZero() {
		return
	}
	if at.office, err = locations([]string{s.Zoned}); err != nil {
		at.noOffice = !s.Office.Always()
	}
}

// weeks is how many timelines in a row are looked at before a place counts
// as one that never opens: a year.
const weeks = 46

// next returns the first moment from t on at which people at a place may be
// called. False means never: the hours are never open.
func (k *places) next(at *place, t time.Time) (opening, bool) {
	if at.err != nil || at.noOffice {
		return opening{}, false
	}
	first := k.openings(at, t)
	if open, found := first.all.next(t); found && !open.After(t) {
		return opening{at: open}, true
	}
	why, from := first.closed(t), t
	for range weeks {
		o := k.openings(at, from)
		if open, found := o.all.next(from); found {
			why.Until, why.Zone = open, o.turns(open, why)
			return opening{open, why}, true
		}
		from = midnightUTC(from).AddDate(0, 0, horizon)
	}
	return opening{why: why}, false
}

const daySeconds = 24 * 60 * 60

func midnightUTC(t time.Time) time.Time { return t.UTC().Truncate(daySeconds * time.Second) }

// openings returns those of t's day.
func (k *places) openings(at *place, t time.Time) *openings {
	day := t.Unix() / daySeconds
	if at.today != nil && at.day == day {
		return at.today
	}
	o := at.days[day]
	if o == nil {
		o = k.build(at, midnightUTC(t))
		if k.days++; k.days > memory {
			k.known, k.days = nil, 0
			at.days = map[int64]*openings{}
		}
		at.days[day] = o
	}
	at.day, at.today = day, o
	return o
}

// build works them out, from from on.
func (k *places) build(at *place, from time.Time) *openings {
	s, o := &k.settings, &openings{all: span(from)}
	o.add(from, s.Hours, Reason{Code: CodeHours}, at.in)
	if !at.own.IsZero() {
		o.add(from, at.own, Reason{Code: CodeOwnHours}, at.in)
	}
	if len(s.Holidays)+len(s.DaysOff) > 0 {
		o.addDaysOff(from, k.dayOff, Reason{Code: CodeHoliday}, at.in)
	}
	for _, r := range at.rules {
		why := Reason{Code: CodeLaw, Rule: r.ID}
		if r.Hours != nil {
			o.add(from, *r.Hours, why, at.in)
		}
		if r.Holidays != "" {
			o.addDaysOff(from, func(d Day) bool { return k.holiday(r.Holidays, d) }, why, at.in)
		}
	}
	if len(at.office) > 0 {
		o.add(from, s.Office, Reason{Code: CodeSchedule}, at.office)
	}
	return o
}

// add demands that h is open in all of places.
func (o *openings) add(from time.Time, h Hours, why Reason, places []*time.Location) {
	l := span(from)
	for _, place := range places {
		l = l.with(h.timeline(from, place))
	}
	o.demand(part{timeline: l, why: why, hours: h, in: places})
}

// addDaysOff demands that it is no day off in any of places.
func (o *openings) addDaysOff(from time.Time, off func(Day) bool, why Reason, places []*time.Location) {
	l := span(from)
	for _, place := range places {
		l = l.with(workdays(from, place, off))
	}
	o.demand(part{timeline: l, why: why, in: places})
}

func (o *openings) demand(p part) {
	o.parts = append(o.parts, p)
	o.all = o.all.with(p.timeline)
}

// closed says why nobody may be called at t: what opens last counts.
func (o *openings) closed(t time.Time) Reason {
	var why Reason
	var last time.Time
	for _, p := range o.parts {
		if p.open(t) {
			continue
		}
		at, found := p.next(t)
		if !found {
			return p.why
		}
		if why.Code == "" || at.After(last) {
			why, last = p.why, at
		}
	}
	return why
}

// turns names the place whose clock opens at t what the reason is about.
func (o *openings) turns(t time.Time, why Reason) string {
	for _, p := range o.parts {
		if p.why.Code != why.Code || p.why.Rule != why.Rule || len(p.in) == 0 {
			continue
		}
		if zone := p.hours.turns(t, p.in); zone != "" {
			return zone
		}
		return p.in[0].String()
	}
	return ""
}

// dayOff tells of a date whether the campaign calls nobody on it.
func (k *places) dayOff(d Day) bool {
	return slices.Contains(k.settings.DaysOff, d) ||
		slices.ContainsFunc(k.settings.Holidays, func(calendar string) bool { return k.holiday(calendar, d) })
}

// holiday tells whether a date is one of a calendar's.
func (k *places) holiday(calendar string, d Day) bool {
	year := calendarYear{calendar, d.Year}
	days, known := k.years[year]
	if !known {
		days, _ = k.holidays(calendar, d.Year)
		if k.years == nil {
			k.years = map[calendarYear][]Day{}
		}
		k.years[year] = days
	}
	return slices.Contains(days, d)
}
