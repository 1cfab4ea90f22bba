package campaign

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// This file computes holidays. Which days they are stands in
// law/holidays.json; holidays_rule.go reads that.

// Day is a date at the recipient's place.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the date at t, in t's own location.
func DayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Day{Year: year, Month: month, Day: day}
}

// add is the date n days later.
func (d Day) add(n int) Day { return DayOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC)) }

func (d Day) weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

func (d Day) weekend() bool { return d.weekday() == time.Saturday || d.weekday() == time.Sunday }

// Compare orders days, as time.Time.Compare does.
func (d Day) Compare(other Day) int {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).
		Compare(time.Date(other.Year, other.Month, other.Day, 0, 0, 0, 0, time.UTC))
}

// The years for which the calendars hold. Before, other days were kept; later,
// the Julian calendar is a day further behind.
const (
	firstHolidayYear = 2024
	lastHolidayYear  = 2099
)

// HolidayCalendars returns the keys of all calendars, sorted: "us-federal",
// "gb-sct", "de". A country's own has the holidays that all of it keeps, and
// none of a part of it.
func HolidayCalendars() []string { return slices.Sorted(maps.Keys(calendars())) }

// HolidaysOf returns the holidays of a year, in their order. One that falls on
// a weekend and is kept on another day is there with both. It is false for a
// calendar that is not known and for years before 2024 and after 2099. The
// slice is the caller's.
func HolidaysOf(key string, year int) ([]Day, bool) {
	c, found := calendars()[key]
	if !found || year < firstHolidayYear || year > lastHolidayYear {
		return nil, false
	}
	var days []Day
	// New Year's Day of the next year may be kept in this one.
	for _, d := range append(c.of(year), c.of(year+1)...) {
		if d.Year == year {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, Day.Compare)
	return slices.Compact(days), true
}

//nolint:gochecknoglobals // made once from law/holidays.json, never changed
var calendars = sync.OnceValue(func() map[string]calendar {
	data, err := lawFiles.ReadFile("law/holidays.json")
	if err != nil {
		return nil
	}
	all, err := parseCalendars(data)
	if err != nil {
		return nil // a test sees to it that it can be read
	}
	return all
})

// calendar is the holidays of a place.
type calendar struct {
	days    []dayRule
	moving  []dayRule // those of which a weekend is made good
	nearest bool      // by the day before a Saturday, else by the next free one
	with    *calendar
}

// of returns the holidays that begin in a year, in no order.
func (c calendar) of(year int) []Day {
	days := daysOf(c.days, year)
	if c.with != nil {
		days = append(days, c.with.of(year)...)
	}
	moving := daysOf(c.moving, year)
	days = append(days, moving...)
	for _, d := range moving {
		switch {
		case !d.weekend():
		case c.nearest && d.weekday() == time.Saturday:
			days = append(days, d.add(-1))
		default:
			for d.weekend() || !c.nearest && slices.Contains(days, d) {
				d = d.add(1)
			}
			days = append(days, d)
		}
	}
	return days
}

func daysOf(rules []dayRule, year int) []Day {
	var days []Day
	for _, rule := range rules {
		if d, kept := rule(year); kept {
			days = append(days, d)
		}
	}
	return days
}

// easter is Easter Sunday by the Gregorian computus (J.-M. Oudin, Étude sur la
// date de Pâques, 1940).
func easter(year int) Day {
	century := year / 100
	golden := year % 19
	k := (century - 17) / 25
	epact := (century - century/4 - (century-k)/3 + 19*golden + 15) % 30
	epact -= (epact / 28) * (1 - (epact/28)*(29/(epact+1))*((21-golden)/11))
	sunday := (year + year/4 + epact + 2 - century + century/4) % 7
	return Day{Year: year, Month: time.March, Day: 28}.add(epact - sunday)
}

// orthodoxEaster is Easter Sunday by the Julian computus, as a Gregorian date
// of the years 1900 to 2099 (J. Meeus, Astronomical Algorithms, chapter 8).
func orthodoxEaster(year int) Day {
	moon := (19*(year%19) + 15) % 30
	sunday := (2*(year%4) + 4*(year%7) - moon + 34) % 7
	return Day{Year: year, Month: time.March, Day: 22}.add(moon + sunday + 13)
}

// feast returns the function that a day of the church year is counted from.
func feast(name string) (func(year int) Day, string, bool) {
	if rest, found := strings.CutPrefix(name, "Easter"); found {
		return easter, rest, true
	}
	if rest, found := strings.CutPrefix(name, "Orthodox"); found {
		return orthodoxEaster, rest, true
	}
	return nil, "", false
}
