package words

import (
	"strings"
	"time"

	"rollcall/campaign"
)

// This file says what presets of the law demand, and what it means to switch a
// rule off.

// LawName is the name of a preset.
func LawName(k campaign.LawKey) string {
	switch k {
	case campaign.LawNone:
		return Say("No preset")
	case campaign.LawUS:
		return Say("United States, federal rules")
	case campaign.LawUSStates:
		return Say("United States, with the stricter states")
	case campaign.LawUK:
		return Say("United Kingdom")
	case campaign.LawEurope:
		return Say("European Union")
	default:
		return string(k)
	}
}

// Rule says what a rule demands. It has no full stop.
func Rule(r campaign.LawRule) string {
	said, who := "", people(r.Place)
	switch {
	case r.Hours != nil:
		said = onlyThen(who, *r.Hours)
	case r.Limit != nil && r.Limit.Answered:
		said = Say("%s are called at most %s in %s, not counting calls that nobody answered", who, times(r.Limit.Calls), stretch(r.Limit.Within))
	case r.Limit != nil:
		said = Say("%s are called at most %s in %s", who, times(r.Limit.Calls), stretch(r.Limit.Within))
	case r.Gap != nil && len(r.Gap.After) > 0:
		said = Say("%s are left alone for %s after a call that ended as %s", who, stretch(r.Gap.For), endings(*r.Gap))
	case r.Gap != nil:
		said = Say("%s are left alone for %s after a call", who, stretch(r.Gap.For))
	case r.Holidays != "":
		said = Say("%s are not called on holidays", who)
	}
	if r.UnlessConsent {
		return Say("%s, unless they have agreed", said)
	}
	return said
}

// RuleOff says what may happen if a rule is switched off. It has no full stop.
func RuleOff(r campaign.LawRule) string {
	said, who := "", people(r.Place)
	switch {
	case r.Hours != nil:
		said = otherwise(within(who), *r.Hours)
	case r.Limit != nil:
		said = Say("%s may be called more than %s in %s", who, times(r.Limit.Calls), stretch(r.Limit.Within))
	case r.Gap != nil && len(r.Gap.After) > 0:
		said = Say("%s may be called again within %s after a call that ended as %s", who, stretch(r.Gap.For), endings(*r.Gap))
	case r.Gap != nil:
		said = Say("%s may be called again within %s after a call", who, stretch(r.Gap.For))
	case r.Holidays != "":
		said = Say("Calls may reach %s on holidays", within(who))
	}
	if r.Custom {
		return Say("%s, against custom", said)
	}
	return Say("%s, against %s", said, r.Source)
}

// onlyThen says hours: "called only every day from 8:00 to 20:00". Where they
// leave out no more than a break, it is the break that is said.
func onlyThen(who string, h campaign.Hours) string {
	spans := h.Spans()
	if from, till, found := pause(spans); found {
		return Say("%s are not called from %s to %s", who, clockOf(from), clockOf(till))
	}
	if len(spans) == 0 {
		return Say("%s are never called", who)
	}
	return Say("%s are called only %s", who, open(spans))
}

// open says when hours are: "Monday to Friday from 9:00 to 17:00".
func open(spans []campaign.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = Say("%s from %s to %s||days, times", weekdays(s), clockOf(s.Window.From), clockOf(s.Window.Till))
	}
	return And(parts)
}

// otherwise says what happens outside hours: "Calls may reach people before
// 8:00 or after 20:00".
func otherwise(who string, h campaign.Hours) string {
	spans := h.Spans()
	if from, till, found := pause(spans); found {
		return Say("Calls may reach %s from %s to %s", who, clockOf(from), clockOf(till))
	}
	for _, s := range spans {
		if w := s.Window; w != spans[0].Window || w.From > w.Till {
			return Say("Calls may reach %s at other times than %s", who, open(spans))
		}
	}
	var parts []string
	if len(spans) > 0 {
		parts = append(parts, Say("before %s", clockOf(spans[0].Window.From)), Say("after %s", clockOf(spans[0].Window.Till)))
	}
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); h.Days[day].From == h.Days[day].Till {
			parts = append(parts, onDay(day))
		}
	}
	return Say("Calls may reach %s %s||people, times", who, strings.Join(parts, current().locale.or))
}

// onDay says that something happens on a day of every week.
func onDay(d time.Weekday) string {
	switch d {
	case time.Monday:
		return Say("on Mondays")
	case time.Tuesday:
		return Say("on Tuesdays")
	case time.Wednesday:
		return Say("on Wednesdays")
	case time.Thursday:
		return Say("on Thursdays")
	case time.Friday:
		return Say("on Fridays")
	case time.Saturday:
		return Say("on Saturdays")
	default:
		return Say("on Sundays")
	}
}

// longestPause is what is said as a break; hours that leave out more are said
// themselves.
const longestPause = 12 * 60

// pause returns the break that is all that hours leave out of every day.
func pause(spans []campaign.Span) (from, till campaign.Clock, found bool) {
	if len(spans) != 1 || spans[0].First != time.Monday || spans[0].Last != time.Sunday {
		return 0, 0, false
	}
	w := spans[0].Window
	return w.Till, w.From, w.From > w.Till && w.From-w.Till <= longestPause
}

// weekdays names the days of a span.
func weekdays(s campaign.Span) string {
	switch {
	case s.First == time.Monday && s.Last == time.Sunday:
		return Say("every day")
	case s.First == s.Last:
		return Weekday(s.First)
	case (s.First+1)%7 == s.Last:
		return Say("%s and %s||days", Weekday(s.First), Weekday(s.Last))
	default:
		return Say("%s to %s||days", Weekday(s.First), Weekday(s.Last))
	}
}

func times(n int) string {
	if n == 1 {
		return Say("once")
	}
	return Many(n, "%s time", "%s times")
}

// stretch is "30 days" or "24 hours".
func stretch(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d > 3*day && d%day == 0:
		return Many(int(d/day), "%s day", "%s days||in, within or for them")
	case d%time.Hour == 0:
		return Many(int(d/time.Hour), "%s hour", "%s hours||in, within or for them")
	default:
		return d.String()
	}
}

// endings are the outcomes after which there is a gap.
func endings(g campaign.Gap) string {
	var said []string
	for _, o := range g.After {
		said = append(said, Quoted(Outcome(o)))
	}
	return Or(said)
}
