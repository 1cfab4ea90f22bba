package campaign

import (
	"fmt"
	"strings"
	"time"
)

// This file reads and writes the hours of a week as a person notes them:
// "Mo-Fr 9-20, Sa 10-18".

// ParseWeek reads hours that differ by the day: "Mo-Fr 9-20, Sa 10-18". A day
// that is not named is a day without calls, and so is "Su closed" or "Su 9-9".
// Without days, "9-20", a window holds on all seven. A window that ends before
// it begins, "Fr 22-6", ends on the next day. No day may be named twice.
func ParseWeek(s string) (Hours, error) {
	var h Hours
	var named [7]bool
	for item := range strings.SplitSeq(strings.ReplaceAll(s, "–", "-"), ",") {
		days, w, err := parseWeekItem(item)
		if err != nil {
			return Hours{}, fmt.Errorf("hours %q: %w", s, err)
		}
		for _, day := range days {
			if named[day] {
				return Hours{}, fmt.Errorf("hours %q: %s comes twice", s, day)
			}
			named[day], h.Days[day] = true, w
		}
	}
	return h, nil
}

// closedWord stands in place of a window.
const closedWord = "closed"

// parseWeekItem reads "Mo-Fr 9-20".
func parseWeekItem(item string) ([]time.Weekday, Window, error) {
	item = strings.TrimSpace(item)
	if names, found := strings.CutSuffix(item, closedWord); found {
		days, err := parseDays(names)
		return days, Window{}, err
	}
	start := strings.IndexAny(item, "0123456789")
	if start < 0 {
		return nil, Window{}, fmt.Errorf("%q: want days and two times such as Mo-Fr 9-20", item)
	}
	days, err := parseDays(item[:start])
	if err != nil {
		return nil, Window{}, err
	}
	w, err := parseWindow(item[start:])
	return days, w, err
}

// parseWindow reads "9-20", also "22-6".
func parseWindow(s string) (Window, error) {
	from, till, ok := strings.Cut(s, "-")
	if !ok {
		return Window{}, fmt.Errorf("%q: want two times such as 9-20", s)
	}
	var w Window
	var err error
	if w.From, err = ParseClock(from); err != nil {
		return Window{}, err
	}
	if w.Till, err = ParseClock(till); err != nil {
		return Window{}, err
	}
	if w.From == w.Till {
		return Window{}, nil
	}
	if w.From == midnight {
		return Window{}, fmt.Errorf("%q begins when the day is over", s)
	}
	return w, nil
}

// parseDays reads "Mo-Fr", "Sa" or, for all seven, nothing.
func parseDays(s string) ([]time.Weekday, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		s = "Mo-Su"
	}
	first, last, isRange := strings.Cut(s, "-")
	from, ok := parseDay(first)
	till := from
	if isRange && ok {
		till, ok = parseDay(last)
	}
	if !ok {
		return nil, fmt.Errorf("%q names no days", s)
	}
	days := []time.Weekday{from}
	for day := from; day != till; {
		day = (day + 1) % 7
		days = append(days, day)
	}
	return days, nil
}

// parseDay reads the two letters of a day, in any case.
func parseDay(s string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(strings.TrimSpace(s), dayName(day)) {
			return day, true
		}
	}
	return 0, false
}

func dayName(day time.Weekday) string { return day.String()[:2] }

// WeekString writes hours as [ParseWeek] reads them, Monday first; days
// without calls are left out, and a week without any is "closed".
func WeekString(h Hours) string {
	var items []string
	for _, span := range h.Spans() {
		item := dayName(span.First)
		if span.Last != span.First {
			item += "-" + dayName(span.Last)
		}
		items = append(items, item+" "+span.Window.From.String()+"-"+span.Window.Till.String())
	}
	if items == nil {
		return closedWord
	}
	return strings.Join(items, ", ")
}

// Span is a run of days of a week, Monday first, that have the same window.
type Span struct {
	First, Last time.Weekday
	Window      Window
}

// Spans returns the days with calls, Monday first, in as few runs as there
// can be.
func (h Hours) Spans() []Span {
	var spans []Span
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		w := h.Days[day]
		if w.From == w.Till {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].Window == w && (spans[n-1].Last+1)%7 == day {
			spans[n-1].Last = day
			continue
		}
		spans = append(spans, Span{First: day, Last: day, Window: w})
	}
	return spans
}
