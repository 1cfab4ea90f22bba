package campaign

import "time"

// Hours is when people may be called, by the clock at their own place.
type Hours struct {
	// Days holds one window a day, Sunday first as in time.Weekday. A window
	// with From equal to Till is a day without calls.
	Days [7]Window `json:"days"`
}

// Window is a stretch of one day, from From up to but not including Till.
type Window struct {
	From Clock `json:"from"`
	Till Clock `json:"till"`
}

// Clock is a time of day in minutes after midnight, 0 to 1440.
type Clock int

// DefaultHours is 9:00 to 20:00 on every day.
func DefaultHours() Hours { return EveryDay(9*60, 20*60) }

// AllHours is every minute of the week: for practice, and for people whose
// work it is to be woken.
func AllHours() Hours { return EveryDay(0, 24*60) }

// EveryDay is the same window on all seven days.
func EveryDay(from, till Clock) Hours {
	var h Hours
	for i := range h.Days {
		h.Days[i] = Window{From: from, Till: till}
	}
	return h
}

// IsZero tells whether no hours were set at all.
func (h Hours) IsZero() bool { return h == Hours{} }

// Always tells whether every minute of the week is open.
func (h Hours) Always() bool { return h == AllHours() }

// contains tells whether a window is open at t, in t's own location.
func (h Hours) contains(t time.Time) bool {
	w := h.Days[t.Weekday()]
	minute := Clock(t.Hour()*60 + t.Minute())
	return w.From <= minute && minute < w.Till
}
