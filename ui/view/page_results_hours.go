package view

import (
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is when calls were made.

// Hours is the calls of a campaign by the hour, or by the day where it took
// more than one.
type Hours struct {
	Title string
	Bars  []HourBar
	Foot  string
}

// HourBar is the calls that began in an hour or on a day.
type HourBar struct {
	Label  string
	Tip    string
	Counts []int // in the order of HourStates
}

// HourStates are what is counted, from below.
func HourStates() []campaign.Status {
	return []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed}
}

// How long a campaign may take to be shown by the hour, and by the day; longer
// ones are shown by the week.
const (
	mostHours = 26 * time.Hour
	mostDays  = 45 * 24 * time.Hour
)

// Hours folds the calls into bars by the clock of a place: this office.
func (p ResultsPage) Hours(place *time.Location) Hours {
	if len(p.Slots) == 0 {
		return Hours{Title: words.Say("Calls by hour")}
	}
	first, last := p.Slots[0].Begin.In(place), p.Slots[len(p.Slots)-1].Begin.In(place)
	h, step := Hours{Title: words.Say("Calls by hour")}, hourOf
	switch took := last.Sub(first); {
	case took > mostDays:
		h.Title, step = words.Say("Calls by week"), weekOf
	case took > mostHours:
		h.Title, step = words.Say("Calls by day"), dayOf
	}
	calls, at := 0, 0
	for begin := step(first, 0); !begin.After(last); begin = step(begin, 1) {
		sum := campaign.Tally{}
		for next := step(begin, 1); at < len(p.Slots) && p.Slots[at].Begin.Before(next); at++ {
			for s, n := range p.Slots[at].Calls {
				sum[s] += n
			}
		}
		calls += sum.Total()
		h.Bars = append(h.Bars, hourBar(begin, sum, step(begin, 1).Sub(begin) <= time.Hour))
	}
	h.Foot = words.Many(calls, "%s call, by the clock of this office.", "%s calls, by the clock of this office.")
	return h
}

func hourBar(begin time.Time, sum campaign.Tally, hourly bool) HourBar {
	b := HourBar{Label: words.Clock(begin), Counts: make([]int, len(HourStates()))}
	if !hourly {
		b.Label = words.ShortWeekday(begin.Weekday()) + " " + words.Number(begin.Day())
	}
	parts := []string{}
	for i, s := range HourStates() {
		if b.Counts[i] = sum[s]; sum[s] > 0 {
			parts = append(parts, words.Status(s)+" "+Count(sum[s]))
		}
	}
	b.Tip = b.Label + ": " + words.Many(sum.Total(), "%s call", "%s calls")
	if len(parts) > 0 {
		b.Tip += " – " + words.And(parts)
	}
	return b
}

// hourOf is the beginning of an hour of the clock, so many after that of t.
func hourOf(t time.Time, after int) time.Time {
	if after == 0 {
		return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	}
	return t.Add(time.Duration(after) * time.Hour)
}

func dayOf(t time.Time, after int) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+after, 0, 0, 0, 0, t.Location())
}

func weekOf(t time.Time, after int) time.Time {
	const days = 7
	return dayOf(t, days*after-(int(t.Weekday())+days-1)%days)
}
