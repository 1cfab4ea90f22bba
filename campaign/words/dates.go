package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file writes numbers, times, dates and telephone numbers as the language
// in use and the country do.

// Number writes a count with the separators of the language in use.
func Number(n int) string {
	l := current().locale
	digits := strconv.Itoa(n)
	if max(n, -n) < l.first {
		return digits
	}
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	const three = 3
	head := (len(digits)-1)%three + 1
	var out strings.Builder
	out.WriteString(sign + digits[:head])
	for ; head < len(digits); head += three {
		out.WriteString(l.group + digits[head:head+three])
	}
	return out.String()
}

// Decimal writes a number with so many places behind its decimal sign.
func Decimal(f float64, places int) string {
	whole, rest, broken := strings.Cut(strconv.FormatFloat(f, 'f', places, 64), ".")
	if n, err := strconv.Atoi(whole); err == nil && n != 0 {
		whole = Number(n)
	}
	if !broken {
		return whole
	}
	return whole + current().locale.decimal + rest
}

// Percent is a share of a hundred: "69 %".
func Percent(n int) string { return strconv.Itoa(n) + current().locale.percent + "%" }

// Clock is a time of day: "9:05".
func Clock(t time.Time) string { return clockOf(campaign.Clock(t.Hour()*60 + t.Minute())) }

// ClockOf is a time of day: "9:05". The end of a day is 24:00.
func ClockOf(c campaign.Clock) string { return clockOf(c) }

func clockOf(c campaign.Clock) string { return fmt.Sprintf(current().locale.clock, c/60, c%60) }

// Weekday is the name of a day of the week: "Tuesday".
func Weekday(d time.Weekday) string { return current().locale.days[d] }

// ShortWeekday is it in a table: "Tue".
func ShortWeekday(d time.Weekday) string { return current().locale.shortDays[d] }

// Month is the name of a month that stands alone: "November".
func Month(m time.Month) string { return current().locale.monthsAlone[m-1] }

// ShortMonth is it in a table: "Nov".
func ShortMonth(m time.Month) string { return current().locale.shortMonths[m-1] }

// When is a moment as an office says it: "10:49" on the day of now, "Tue 24
// Nov 10:49" on another, with the year in another year. It is told by the clock
// of the place that now is in.
func When(t, now time.Time) string {
	t = t.In(now.Location())
	switch {
	case sameDay(t, now):
		return Clock(t)
	case t.Year() == now.Year():
		return dayOf(t) + " " + Clock(t)
	default:
		return datedOf(t) + " " + Clock(t)
	}
}

// Day is a moment as a list says it, by the clock of this computer: "Today
// 8:40", "Fri 20 Nov", with the year in another year. It is empty for none.
func Day(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.Local(), now.Local()
	switch {
	case sameDay(t, now):
		return Say("Today %s", When(t, now))
	case t.Year() == now.Year():
		return dayOf(t)
	default:
		return Date(t)
	}
}

// Date is the day of t, which is told by the clock that t has: "24 Nov 2026".
func Date(t time.Time) string {
	l := current().locale
	return fmt.Sprintf(l.date, t.Day(), l.shortMonths[t.Month()-1], t.Year())
}

// LongDate is the day of t in full: "Tuesday, 24 November 2026".
func LongDate(t time.Time) string {
	l := current().locale
	return fmt.Sprintf(l.long, l.days[t.Weekday()], t.Day(), l.months[t.Month()-1], t.Year())
}

func dayOf(t time.Time) string {
	l := current().locale
	return fmt.Sprintf(l.day, l.shortDays[t.Weekday()], t.Day(), l.shortMonths[t.Month()-1])
}

func datedOf(t time.Time) string {
	l := current().locale
	return fmt.Sprintf(l.dated, l.shortDays[t.Weekday()], t.Day(), l.shortMonths[t.Month()-1], t.Year())
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// Duration is a length as people say it: "2 s", "1 min 5 s", "3 h 20 min", and
// from two days on "4 days".
func Duration(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return Say("%d s", d/time.Second)
	case d < 2*time.Hour:
		return Say("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	case d < 2*day:
		return Say("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	default:
		return Many(int(d/day), "%s day", "%s days")
	}
}

// Phone is a number as it is written at home, see [Home]: "(312) 555-0142" for
// one of that country, "+1 312-555-0142" for another.
func Phone(n phone.Number) string {
	if home := current().home; home != "" {
		return n.For(home)
	}
	return n.National()
}

// And joins what is true together: "a, b and c".
func And(parts []string) string { return joined(parts, current().locale.and) }

// Or joins what may be true instead: "a, b or c".
func Or(parts []string) string { return joined(parts, current().locale.or) }

func joined(parts []string, between string) string {
	last := len(parts) - 1
	if last <= 0 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + between + parts[last]
}
