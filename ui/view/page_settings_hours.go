package view

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is the days, the country and the zone of the settings page.

// DayGroup are days of a week that begin with the same hours.
type DayGroup int

// The groups.
const (
	Weekdays DayGroup = iota
	Saturday
	Sunday
)

// DayGroups returns all of them.
func DayGroups() []DayGroup { return []DayGroup{Weekdays, Saturday, Sunday} }

// Words names the days.
func (g DayGroup) Words() string {
	switch g {
	case Saturday:
		return words.Say("Saturday")
	case Sunday:
		return words.Say("Sunday")
	default:
		return words.Say("Monday to Friday")
	}
}

func (g DayGroup) days() []time.Weekday {
	switch g {
	case Saturday:
		return []time.Weekday{time.Saturday}
	case Sunday:
		return []time.Weekday{time.Sunday}
	default:
		return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	}
}

// WindowOf is when people are called on those days, and false if that differs
// from day to day.
func (g DayGroup) WindowOf(h campaign.Hours) (campaign.Window, bool) {
	first := h.Days[g.days()[0]]
	for _, day := range g.days() {
		if h.Days[day] != first {
			return first, false
		}
	}
	return first, true
}

// Set returns h with another window on those days.
func (g DayGroup) Set(h campaign.Hours, w campaign.Window) campaign.Hours {
	for _, day := range g.days() {
		h.Days[day] = w
	}
	return h
}

// Times are times of day to choose from.
type Times struct {
	Words  []string
	At     int // the one that is set
	clocks []campaign.Clock
}

// noCalls stands for a day without calls among the times at which they begin.
const noCalls campaign.Clock = -1

// BeginTimes are the times at which calls may begin; the first is none.
func BeginTimes(w campaign.Window) Times {
	if w.From == w.Till {
		return times(noCalls, 0, noCalls)
	}
	return times(w.From, 0, noCalls)
}

// EndTimes are the times at which calls may end.
func EndTimes(w campaign.Window) Times { return times(w.Till, 30) }

// times are the half hours of a day from first on, and what else there is to
// be chosen.
func times(set, first campaign.Clock, others ...campaign.Clock) Times {
	t := Times{clocks: others}
	for c := first; c < first+24*60; c += 30 {
		t.clocks = append(t.clocks, c)
	}
	if !slices.Contains(t.clocks, set) {
		t.clocks = append(t.clocks, set)
	}
	slices.Sort(t.clocks)
	for _, c := range t.clocks {
		if c == noCalls {
			t.Words = append(t.Words, words.Say("No calls"))
			continue
		}
		t.Words = append(t.Words, words.ClockOf(c))
	}
	t.At = slices.Index(t.clocks, set)
	return t
}

// Begin returns w as it is when calls begin at the time at a place; they end an
// hour later at least.
func (t Times) Begin(w campaign.Window, at int) campaign.Window {
	const hour = 60
	c := t.clocks[at]
	if c == noCalls {
		return campaign.Window{}
	}
	if w.Till <= c {
		w.Till = min(max(c+hour, 17*hour), 24*hour)
	}
	w.From = c
	return w
}

// End returns w as it is when calls end at the time at a place; before they
// begin means on the day after.
func (t Times) End(w campaign.Window, at int) campaign.Window {
	if c := t.clocks[at]; c != w.From {
		w.Till = c
	}
	return w
}

// CountryName is a country in the language in use.
func CountryName(r phone.Region) string {
	region, err := language.ParseRegion(string(r))
	if err != nil {
		return string(r)
	}
	if name := display.Regions(tongue()).Name(region); name != "" {
		return name
	}
	return string(r)
}

// tongue is the language in use, for the names of countries.
func tongue() language.Tag { return language.Make(string(words.InUse())) }

// FindCountry reads a country as it is typed: its name, its two letters or its
// code. Nothing typed is this computer's.
func FindCountry(typed string, here phone.Region) (r phone.Region, said string, ok bool) {
	if strings.TrimSpace(typed) == "" {
		if here == "" {
			return "", words.Say("This computer does not say in which country it is; numbers are read as those of the United States."), true
		}
		return "", words.Say("As this computer: %s", CountryName(here)), true
	}
	r, ok = phone.CountryRegion(typed)
	if !ok {
		return "", words.Say("No country is called that. Type its name, or its two letters."), false
	}
	return r, CountryName(r), true
}

// FindZone reads a time zone as it is typed, and says what time it is there.
// Nothing typed is this computer's.
func FindZone(typed string, now time.Time) (zone, said string, ok bool) {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), " ", "_")
	if typed == "" {
		return "", words.Say("As this computer: it is %s", words.Clock(now)), true
	}
	place, err := time.LoadLocation(typed)
	if err != nil || typed == "Local" {
		return "", words.Say("No time zone is called that. Type one such as Europe/Berlin or America/Chicago."), false
	}
	return typed, words.Say("It is %s there", words.Clock(now.In(place))), true
}
