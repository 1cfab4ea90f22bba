package campaign

import (
	"slices"
	"time"
)

// This file is when somebody may be called, as stretches of time, so that what
// is the same for many people is worked out once.

// stretch is a time in which calls are allowed, from up to but not including
// till.
type stretch struct{ from, till time.Time }

// timeline is stretches in their order, which do not touch.
type timeline []stretch

// horizon is how many days a timeline tells of; Hours.edges looks no further.
const horizon = 8

// next returns the first moment from t on at which the timeline is open, and
// false if there is none.
func (l timeline) next(t time.Time) (time.Time, bool) {
	i, _ := slices.BinarySearchFunc(l, t, func(s stretch, t time.Time) int {
		if s.till.After(t) {
			return 1
		}
		return -1
	})
	switch {
	case i == len(l):
		return time.Time{}, false
	case l[i].from.After(t):
		return l[i].from, true
	default:
		return t, true
	}
}

// open tells whether the timeline is open at t.
func (l timeline) open(t time.Time) bool {
	at, found := l.next(t)
	return found && at.Equal(t)
}

// with is the stretches that are in both.
func (l timeline) with(other timeline) timeline {
	var both timeline
	for len(l) > 0 && len(other) > 0 {
		s := stretch{latest(l[0].from, other[0].from), earliest(l[0].till, other[0].till)}
		if s.from.Before(s.till) {
			both = append(both, s)
		}
		if l[0].till.Before(other[0].till) {
			l = l[1:]
		} else {
			other = other[1:]
		}
	}
	return both
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// span is one stretch of the whole horizon.
func span(from time.Time) timeline { return timeline{{from, from.AddDate(0, 0, horizon)}} }

// timeline tells when h is open in place, from from on.
func (h Hours) timeline(from time.Time, place *time.Location) timeline {
	if h.Always() {
		return span(from)
	}
	edges := append(edges(from, place, h.edges), from)
	slices.SortFunc(edges, time.Time.Compare)
	return between(from, slices.CompactFunc(edges, time.Time.Equal), func(t time.Time) bool { return h.contains(t.In(place)) })
}

// between makes a timeline of the moments at which open may change.
func between(from time.Time, edges []time.Time, open func(time.Time) bool) timeline {
	till := from.AddDate(0, 0, horizon)
	var l timeline
	for i, t := range edges {
		if t.Before(from) || !t.Before(till) || !open(t) {
			continue
		}
		end := till
		if i+1 < len(edges) {
			end = earliest(edges[i+1], till)
		}
		if last := len(l) - 1; last >= 0 && l[last].till.Equal(t) {
			l[last].till = end
			continue
		}
		l = append(l, stretch{t, end})
	}
	return l
}

// workdays is all but the days off, by the clock in place.
func workdays(from time.Time, place *time.Location, off func(Day) bool) timeline {
	edges := append(edges(from, place, func(time.Weekday) [2]Clock { return [2]Clock{0, midnight} }), from)
	slices.SortFunc(edges, time.Time.Compare)
	return between(from, slices.CompactFunc(edges, time.Time.Equal), func(t time.Time) bool { return !off(DayOf(t.In(place))) })
}
