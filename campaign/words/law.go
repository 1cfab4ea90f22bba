package words

import (
	"fmt"
	"strings"
	"time"

	"rollcall/campaign"
)

// This file says what presets of the law demand, and what it means to switch a
// rule off.

func laws() map[campaign.LawKey]string {
	return map[campaign.LawKey]string{
		campaign.LawNone:     "No preset",
		campaign.LawUS:       "United States, federal rules",
		campaign.LawUSStates: "United States, with the stricter states",
		campaign.LawUK:       "United Kingdom",
		campaign.LawEurope:   "European Union",
	}
}

// LawName is the name of a preset.
func LawName(k campaign.LawKey) string { return or(laws()[k], string(k)) }

// Rule says what a rule demands. It has no full stop.
func Rule(r campaign.LawRule) string {
	var said string
	switch {
	case r.Hours != nil:
		said = fmt.Sprintf("%s are %s", people(r), onlyThen(*r.Hours))
	case r.Limit != nil:
		said = fmt.Sprintf("%s are called at most %s in %s%s", people(r), times(r.Limit.Calls), stretch(r.Limit.Within), notCounted(*r.Limit))
	case r.Gap != nil:
		said = fmt.Sprintf("%s are left alone for %s%s", people(r), stretch(r.Gap.For), after(*r.Gap))
	case r.Holidays != "":
		said = people(r) + " are not called on holidays"
	}
	if r.UnlessConsent {
		said += ", unless they have agreed"
	}
	return said
}

// RuleOff says what may happen if a rule is switched off. It has no full stop.
func RuleOff(r campaign.LawRule) string {
	var said string
	switch {
	case r.Hours != nil:
		said = fmt.Sprintf("Calls may reach %s %s", small(people(r)), otherwise(*r.Hours))
	case r.Limit != nil:
		said = fmt.Sprintf("%s may be called more than %s in %s", people(r), times(r.Limit.Calls), stretch(r.Limit.Within))
	case r.Gap != nil:
		said = fmt.Sprintf("%s may be called again within %s%s", people(r), stretch(r.Gap.For), after(*r.Gap))
	case r.Holidays != "":
		said = fmt.Sprintf("Calls may reach %s on holidays", small(people(r)))
	}
	if r.Custom {
		return said + ", against custom"
	}
	return fmt.Sprintf("%s, against %s", said, r.Source)
}

// people are those a rule is about.
func people(r campaign.LawRule) string {
	if r.Place == "" {
		return "People"
	}
	return "People in " + r.Place
}

// small begins within a sentence.
func small(s string) string { return strings.ToLower(s[:1]) + s[1:] }

const calledOnly = "called only "

// onlyThen says hours: "called only every day from 8:00 to 20:00". Where they
// leave out no more than a break, it is the break that is said.
func onlyThen(h campaign.Hours) string {
	spans := h.Spans()
	if from, till, found := pause(spans); found {
		return fmt.Sprintf("not called from %s to %s", clockOf(from), clockOf(till))
	}
	var parts []string
	for _, s := range spans {
		parts = append(parts, fmt.Sprintf("%s from %s to %s", weekdays(s), clockOf(s.Window.From), clockOf(s.Window.Till)))
	}
	if parts == nil {
		return "never called"
	}
	return calledOnly + And(parts)
}

// otherwise says the times outside hours: "before 8:00 or after 20:00".
func otherwise(h campaign.Hours) string {
	spans := h.Spans()
	if from, till, found := pause(spans); found {
		return fmt.Sprintf("from %s to %s", clockOf(from), clockOf(till))
	}
	for _, s := range spans {
		if w := s.Window; w != spans[0].Window || w.From > w.Till {
			return "at other times than " + strings.TrimPrefix(onlyThen(h), calledOnly)
		}
	}
	var parts []string
	if len(spans) > 0 {
		parts = append(parts, "before "+clockOf(spans[0].Window.From), "after "+clockOf(spans[0].Window.Till))
	}
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); h.Days[day].From == h.Days[day].Till {
			parts = append(parts, "on "+day.String()+"s")
		}
	}
	return strings.Join(parts, " or ")
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
		return "every day"
	case s.First == s.Last:
		return s.First.String()
	case (s.First+1)%7 == s.Last:
		return s.First.String() + " and " + s.Last.String()
	default:
		return s.First.String() + " to " + s.Last.String()
	}
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// stretch is "30 days" or "24 hours".
func stretch(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d > 3*day && d%day == 0:
		return fmt.Sprintf("%d days", d/day)
	case d == time.Hour:
		return "1 hour"
	case d%time.Hour == 0:
		return fmt.Sprintf("%d hours", d/time.Hour)
	default:
		return d.String()
	}
}

func notCounted(l campaign.Limit) string {
	if l.Answered {
		return ", not counting calls that nobody answered"
	}
	return ""
}

// after says after which calls there is a gap.
func after(g campaign.Gap) string {
	if len(g.After) == 0 {
		return " after a call"
	}
	var said []string
	for _, o := range g.After {
		said = append(said, "“"+Outcome(o)+"”")
	}
	last := len(said) - 1
	if last == 0 {
		return " after a call that ended as " + said[0]
	}
	return " after a call that ended as " + strings.Join(said[:last], ", ") + " or " + said[last]
}
