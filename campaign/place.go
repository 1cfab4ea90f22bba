package campaign

import (
	"slices"
	"strings"
	"time"
)

// This file brings together all that says when somebody may be called.

// where is what the times of a person depend on. Many people share one.
type where struct {
	zones string // joined
	own   Hours
	rules string // of the preset, those with hours or holidays, joined
}

// clocks tells when people may be called. It remembers what it worked out, a
// UTC day and a where at a time. One goroutine uses it.
type clocks struct {
	settings Settings
	days     map[dayAt]*openings
}

// dayAt is a where on a day, in days since 1970 in UTC.
type dayAt struct {
	where
	day int64
}

// openings is when people at a place may be called, for the next days.
type openings struct {
	all   timeline
	parts []part
	err   error
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

// weeks is how many timelines in a row are looked at before a place counts
// as one that never opens: a year.
const weeks = 46

// next returns the first moment from t on at which w may be called. False means
// never: the hours are never open.
func (k *clocks) next(t time.Time, w where, rules []LawRule) (opening, bool, error) {
	first := k.openings(t, w, rules)
	if first.err != nil {
		return opening{}, false, first.err
	}
	why := first.closed(t)
	asked := t
	for range weeks {
		o := k.openings(t, w, rules)
		if at, found := o.all.next(t); found {
			if at.After(asked) {
				why.Until = at
				why.Zone = o.turns(at, why.Code)
			}
			return opening{at, why}, true, nil
		}
		t = midnightUTC(t).AddDate(0, 0, horizon)
	}
	return opening{why: why}, false, nil
}

func midnightUTC(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// openings returns those of t's day.
func (k *clocks) openings(t time.Time, w where, rules []LawRule) *openings {
	day := dayAt{w, t.Unix() / (24 * 60 * 60)}
	if known, found := k.days[day]; found {
		return known
	}
	if k.days == nil || len(k.days) > 20_000 {
		k.days = map[dayAt]*openings{}
	}
	made := k.build(midnightUTC(t), w, rules)
	k.days[day] = made
	return made
}

// build works them out, from from on.
func (k *clocks) build(from time.Time, w where, rules []LawRule) *openings {
	s, o := k.settings, &openings{all: span(from)}
	places, err := locations(splitZones(w.zones))
	needs := !s.Hours.Always() || !w.own.IsZero() || len(rules) > 0 || len(s.Holidays)+len(s.DaysOff) > 0
	if err != nil && needs {
		o.err = err
		return o
	}
	o.add(from, s.Hours, Reason{Code: CodeHours}, places)
	if !w.own.IsZero() {
		o.add(from, w.own, Reason{Code: CodeOwnHours}, places)
	}
	o.addDaysOff(from, s.dayOff(), Reason{Code: CodeHoliday}, places)
	for _, r := range rules {
		why := Reason{Code: CodeLaw, Rule: r.ID}
		if r.Hours != nil {
			o.add(from, *r.Hours, why, places)
		}
		if r.Holidays != "" {
			o.addDaysOff(from, holidayKeys{r.Holidays}.off, why, places)
		}
	}
	if office, err := locations([]string{s.Zoned}); !s.Office.IsZero() && err == nil {
		o.add(from, s.Office, Reason{Code: CodeSchedule}, office)
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
	if off == nil {
		return
	}
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

// turns names the place whose clock opens at t what the reason code is about.
func (o *openings) turns(t time.Time, code Code) string {
	for _, p := range o.parts {
		if p.why.Code != code || len(p.in) == 0 {
			continue
		}
		if zone := p.hours.turns(t, p.in); zone != "" {
			return zone
		}
		return p.in[0].String()
	}
	return ""
}

// dayOff tells of a date whether nobody is called on it; nil if there is none.
func (s Settings) dayOff() func(Day) bool {
	if len(s.Holidays)+len(s.DaysOff) == 0 {
		return nil
	}
	all := holidayKeys(s.Holidays)
	return func(d Day) bool { return slices.Contains(s.DaysOff, d) || all.off(d) }
}

// holidayKeys names several calendars.
type holidayKeys []string

func (c holidayKeys) off(d Day) bool {
	return slices.ContainsFunc(c, func(key string) bool {
		days, _ := HolidaysOf(key, d.Year)
		return slices.Contains(days, d)
	})
}

func splitZones(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ",")
}
