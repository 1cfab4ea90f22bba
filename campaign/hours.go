package campaign

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Hours is when people may be called, by the clock at their own place.
type Hours struct {
	// Days holds one window a day, Sunday first as in time.Weekday. A window
	// with From equal to Till is a day without calls.
	Days [7]Window `json:"days"`
}

// Window is a stretch of time that begins on one day, from From up to but not
// including Till. With Till before From it ends on the day after.
type Window struct {
	From Clock `json:"from"`
	Till Clock `json:"till"`
}

// Clock is a time of day in minutes after midnight, 0 to 1440.
type Clock int

// midnight is the end of a day.
const midnight Clock = 24 * 60

// ErrZone means that nobody can tell what time it is at somebody's place.
var ErrZone = errors.New("the time zone is not known")

// DefaultHours is 9:00 to 20:00 on every day.
func DefaultHours() Hours { return EveryDay(9*60, 20*60) }

// AllHours is every minute of the week: for practice, and for people whose
// work it is to be woken.
func AllHours() Hours { return EveryDay(0, midnight) }

// EveryDay is the same window on all seven days.
func EveryDay(from, till Clock) Hours {
	var h Hours
	for i := range h.Days {
		h.Days[i] = Window{From: from, Till: till}
	}
	return h
}

// ParseHours reads "9-20", "9:30-17", "0-24" or "22-6": one window, the same on
// every day. One that ends before it begins ends on the day after.
func ParseHours(s string) (Hours, error) {
	from, till, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !ok {
		return Hours{}, fmt.Errorf("hours %q: want two times such as 9-20", s)
	}
	var w Window
	var err error
	if w.From, err = ParseClock(from); err != nil {
		return Hours{}, fmt.Errorf("hours %q: %w", s, err)
	}
	if w.Till, err = ParseClock(till); err != nil {
		return Hours{}, fmt.Errorf("hours %q: %w", s, err)
	}
	if w.From == w.Till {
		return Hours{}, fmt.Errorf("hours %q: they end when they begin", s)
	}
	return EveryDay(w.From, w.Till), nil
}

// ParseClock reads a time of day, "9", "9:30" or "24".
func ParseClock(s string) (Clock, error) {
	hour, minute, colon := strings.Cut(strings.TrimSpace(s), ":")
	h, ok := digits(hour)
	m := 0
	if colon && ok {
		m, ok = digits(minute)
		ok = ok && len(minute) == 2
	}
	c := Clock(h*60 + m)
	if !ok || m > 59 || c > midnight {
		return 0, fmt.Errorf("%q is no time of day", s)
	}
	return c, nil
}

// digits reads one or two digits and nothing else.
func digits(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err == nil && len(s) <= 2
}

// String writes the time as ParseClock reads it.
func (c Clock) String() string {
	if c%60 == 0 {
		return strconv.Itoa(int(c / 60))
	}
	return fmt.Sprintf("%d:%02d", c/60, c%60)
}

// String writes the window as "9-20", or "closed".
func (w Window) String() string {
	if w.From == w.Till {
		return "closed"
	}
	return w.From.String() + "-" + w.Till.String()
}

// String writes hours that are the same on every day as ParseHours reads them,
// others day by day.
func (h Hours) String() string {
	if h == EveryDay(h.Days[0].From, h.Days[0].Till) {
		return h.Days[0].String()
	}
	var days []string
	for i, w := range h.Days {
		days = append(days, time.Weekday(i).String()[:3]+" "+w.String())
	}
	return strings.Join(days, ", ")
}

// IsZero tells whether no hours were set at all.
func (h Hours) IsZero() bool { return h == Hours{} }

// Always tells whether every minute of the week is open.
func (h Hours) Always() bool { return h == AllHours() }

// contains tells whether a window is open at t, in t's own location.
func (h Hours) contains(t time.Time) bool {
	today, yesterday := h.Days[t.Weekday()], h.Days[(t.Weekday()+6)%7]
	minute := Clock(t.Hour()*60 + t.Minute())
	if today.From <= minute && (minute < today.Till || today.overnight()) {
		return true
	}
	return yesterday.overnight() && minute < yesterday.Till
}

// overnight tells whether a window ends on the day after it began.
func (w Window) overnight() bool { return w.Till < w.From }

// Opening is how hours stand for somebody at a moment.
type Opening struct {
	Open bool
	// At is when that changes, within the next eight days; else zero.
	At time.Time
	// Zone is the place whose clock makes the change at At.
	Zone string
}

// Next tells whether somebody who may be in any of zones may be called at now:
// only if the hours are open in all of them at once. Without a zone, or with
// one that does not exist, the answer is [ErrZone]; hours that are always open
// need none.
func (h Hours) Next(now time.Time, zones []string) (Opening, error) {
	if h.Always() {
		return Opening{Open: true}, nil
	}
	places, err := locations(zones)
	if err != nil {
		return Opening{}, err
	}
	var changes []time.Time
	for _, place := range places {
		changes = append(changes, edges(now, place, h.edges)...)
	}
	slices.SortFunc(changes, time.Time.Compare)
	o := Opening{Open: h.openIn(now, places)}
	for _, t := range changes {
		if t.After(now) && h.openIn(t, places) != o.Open {
			o.At = t
			o.Zone = h.turns(t, places)
			break
		}
	}
	return o, nil
}

// locations returns the places by their names; at least one must be named, and
// a name for nowhere in particular is none.
func locations(zones []string) ([]*time.Location, error) {
	if len(zones) == 0 {
		return nil, ErrZone
	}
	var places []*time.Location
	for _, name := range zones {
		place, err := time.LoadLocation(name)
		if err != nil || name == "" || name == "Local" {
			return nil, fmt.Errorf("%w: %q", ErrZone, name)
		}
		places = append(places, place)
	}
	return places, nil
}

// openIn tells whether h is open at t in every place.
func (h Hours) openIn(t time.Time, places []*time.Location) bool {
	return !slices.ContainsFunc(places, func(p *time.Location) bool { return !h.contains(t.In(p)) })
}

// turns names the first place at which h opens or closes at t.
func (h Hours) turns(t time.Time, places []*time.Location) string {
	for _, p := range places {
		if h.contains(t.In(p)) != h.contains(t.Add(-1).In(p)) {
			return p.String()
		}
	}
	return ""
}

// edges returns when the window of a day opens and closes; after midnight, if
// that is on the day after.
func (h Hours) edges(day time.Weekday) [2]Clock {
	w := h.Days[day]
	if w.overnight() {
		w.Till += midnight
	}
	return [2]Clock{w.From, w.Till}
}

// edges returns every moment of the next eight days at which the clock in place
// may show one of the times of that day, and the moments at which it is put
// forward or back. Around such a moment a time may come twice or never, and a
// whole day may be left out, so each is given by the offsets of the days before
// and after; where nothing changes then, nothing is lost.
func edges(now time.Time, place *time.Location, times func(time.Weekday) [2]Clock) []time.Time {
	var found []time.Time
	year, month, today := now.In(place).Date()
	for day := range horizon + 4 {
		date := time.Date(year, month, today+day-1, 0, 0, 0, 0, time.UTC)
		before, after := offset(date.Add(-around).In(place)), offset(date.Add(24*time.Hour+around).In(place))
		for _, edge := range times(date.Weekday()) {
			t := date.Add(time.Duration(edge) * time.Minute)
			found = append(found, t.Add(-before))
			if after != before {
				found = append(found, t.Add(-after))
			}
		}
	}
	for t, last := now.In(place), now.AddDate(0, 0, horizon); ; {
		_, t = t.ZoneBounds()
		if t.IsZero() || t.After(last) {
			return found
		}
		found = append(found, t)
	}
}

// around is more than any clock differs from UTC.
const around = 36 * time.Hour

// offset is how far the clock at t is ahead of UTC.
func offset(t time.Time) time.Duration {
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second
}
