package campaign

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file reads law/holidays.json. A day is written as "1 Jan", "Easter+39",
// "Orthodox-2" (from the Easter of the Orthodox churches), "3rd Mon Jan",
// "last Mon May" or "Sat 20-26 Jun"; two of them with "else" between are the
// first that there is in a year; behind it may stand "since 2025", "in 2026"
// or "in even years".

// dayRule is a holiday: the date in a year, if it is kept in that year.
type dayRule func(year int) (Day, bool)

// calendarFile is one calendar in law/holidays.json.
type calendarFile struct {
	Source string   `json:"source"`
	With   string   `json:"with"` // another calendar, all of which is kept too
	Days   []string `json:"days"`
	Moving []string `json:"moving"` // kept also on another day if on a weekend
	Moves  string   `json:"moves"`  // "nearest" or "on", see calendar
}

func parseCalendars(data []byte) (map[string]calendar, error) {
	var files map[string]calendarFile
	if err := strictJSON(data, &files); err != nil {
		return nil, fmt.Errorf("read holidays: %w", err)
	}
	all := make(map[string]calendar, len(files))
	for key, file := range files {
		c, err := file.calendar()
		if err != nil {
			return nil, fmt.Errorf("read holidays: %s: %w", key, err)
		}
		all[key] = c
	}
	for key, file := range files {
		if file.With == "" {
			continue
		}
		base, found := all[file.With]
		if !found || files[file.With].With != "" {
			return nil, fmt.Errorf("read holidays: %s: %q cannot be built on", key, file.With)
		}
		c := all[key]
		c.with = &base
		all[key] = c
	}
	return all, nil
}

func (f calendarFile) calendar() (calendar, error) {
	var c calendar
	var err error
	if f.Source == "" {
		return c, errors.New("no source")
	}
	if c.days, err = parseDayRules(f.Days); err != nil {
		return c, err
	}
	if c.moving, err = parseDayRules(f.Moving); err != nil {
		return c, err
	}
	c.nearest = f.Moves == "nearest"
	if known := c.nearest || f.Moves == "on"; known != (len(f.Moving) > 0) {
		return c, fmt.Errorf("moves is %q with %d moving days", f.Moves, len(f.Moving))
	}
	return c, nil
}

func parseDayRules(texts []string) ([]dayRule, error) {
	rules := make([]dayRule, 0, len(texts))
	for _, text := range texts {
		rule, err := parseDayRule(text)
		if err != nil {
			return nil, fmt.Errorf("day %q: %w", text, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// parseDayRule reads a day with its alternatives and the years in which it is
// kept.
func parseDayRule(text string) (dayRule, error) {
	text, kept, err := cutYears(text)
	if err != nil {
		return nil, err
	}
	var choices []dayRule
	for choice := range strings.SplitSeq(text, " else ") {
		rule, err := parseChoice(choice)
		if err != nil {
			return nil, err
		}
		choices = append(choices, rule)
	}
	return func(year int) (Day, bool) {
		if !kept(year) {
			return Day{}, false
		}
		for _, rule := range choices {
			if d, found := rule(year); found {
				return d, true
			}
		}
		return Day{}, false
	}, nil
}

// cutYears takes "since 2025", "in 2026" or "in even years" off the end.
func cutYears(text string) (string, func(year int) bool, error) {
	if rest, found := strings.CutSuffix(text, " in even years"); found {
		return rest, func(year int) bool { return year%2 == 0 }, nil
	}
	if rest, since, found := strings.Cut(text, " since "); found {
		first, err := strconv.Atoi(since)
		return rest, func(year int) bool { return year >= first }, err
	}
	if rest, in, found := strings.Cut(text, " in "); found {
		only, err := strconv.Atoi(in)
		return rest, func(year int) bool { return year == only }, err
	}
	return text, func(int) bool { return true }, nil
}

var errDay = errors.New("is no day of the year")

// parseChoice reads one day.
func parseChoice(text string) (dayRule, error) {
	if from, offset, found := feast(text); found {
		return parseFeast(from, offset)
	}
	words := strings.Fields(text)
	if len(words) < 2 {
		return nil, errDay
	}
	if weekday, found := weekdayNamed(words[0]); found {
		return parseWithin(weekday, strings.Join(words[1:], " "))
	}
	if len(words) == 3 {
		return parseNth(words)
	}
	month, day, err := parseDate(text)
	return func(year int) (Day, bool) {
		d := Day{Year: year, Month: month, Day: day}
		return d, d.add(0) == d // but for 29 February
	}, err
}

// farthestFeast keeps the days that are counted from Easter in its year.
const farthestFeast = 80

// parseFeast reads the days after a feast, "+39" or "-2".
func parseFeast(from func(year int) Day, offset string) (dayRule, error) {
	n := 0
	if offset != "" {
		var err error
		if n, err = strconv.Atoi(offset); err != nil || !strings.ContainsAny(offset[:1], "+-") || max(n, -n) > farthestFeast {
			return nil, errDay
		}
	}
	return func(year int) (Day, bool) { return from(year).add(n), true }, nil
}

// parseNth reads "3rd Mon Jan" and "last Mon May".
func parseNth(words []string) (dayRule, error) {
	n := slices.Index([]string{"last", "1st", "2nd", "3rd", "4th"}, words[0])
	weekday, isDay := weekdayNamed(words[1])
	month, isMonth := monthNamed(words[2])
	if n < 0 || !isDay || !isMonth {
		return nil, errDay
	}
	return func(year int) (Day, bool) {
		if n == 0 {
			return within(weekday, Day{Year: year, Month: month + 1, Day: -6}.add(0))
		}
		return within(weekday, Day{Year: year, Month: month, Day: 7*n - 6})
	}, nil
}

// within is the weekday in the seven days from first on.
func within(weekday time.Weekday, first Day) (Day, bool) {
	return first.add((int(weekday-first.weekday()) + 7) % 7), true
}

// parseWithin reads the days among which a weekday is, "20-26 Jun" or "31
// Oct-6 Nov".
func parseWithin(weekday time.Weekday, text string) (dayRule, error) {
	first, last, found := strings.Cut(text, "-")
	lastMonth, lastDay, err := parseDate(last)
	if !found || err != nil {
		return nil, errDay
	}
	if !strings.Contains(first, " ") {
		first += " " + lastMonth.String()[:3]
	}
	firstMonth, firstDay, err := parseDate(first)
	return func(year int) (Day, bool) {
		d, _ := within(weekday, Day{Year: year, Month: firstMonth, Day: firstDay})
		return d, d.Compare(Day{Year: year, Month: lastMonth, Day: lastDay}) <= 0
	}, err
}

// parseDate reads "31 Oct".
func parseDate(text string) (time.Month, int, error) {
	day, name, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(day)
	month, found := monthNamed(name)
	if err != nil || !found || n < 1 || (Day{Year: firstHolidayYear, Month: month, Day: n}).add(0).Month != month {
		return 0, 0, errDay
	}
	return month, n, nil
}

func weekdayNamed(name string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if day.String()[:3] == name {
			return day, true
		}
	}
	return 0, false
}

func monthNamed(name string) (time.Month, bool) {
	for month := time.January; month <= time.December; month++ {
		if month.String()[:3] == name {
			return month, true
		}
	}
	return 0, false
}
