// Package words says what the domain knows in words for people: states,
// outcomes, problems, and reasons as whole sentences.
//
// words.go and audit.go hold the functions, english.go and english_audit.go the
// words. Times are told by the
// clock of the place that the caller's now is in.
package words

import (
	"fmt"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// PracticeTag stands wherever a result of a practice line appears.
const PracticeTag = "Practice – no phone rings"

// Status is the word for where a row stands.
func Status(s campaign.Status) string { return or(statuses()[s], string(s)) }

// Campaign is the word for where a campaign stands.
func Campaign(s campaign.State) string { return or(states()[s], string(s)) }

// Outcome says what came of one call.
func Outcome(o gateway.Outcome) string { return or(outcomes()[o], string(o)) }

// Problem says what is wrong with a cell or a row, or what was repaired.
func Problem(p campaign.Problem) string { return or(problems()[p], string(p)) }

func or(said, otherwise string) string {
	if said == "" {
		return otherwise
	}
	return said
}

// Sentence says why a row or a campaign stands where it stands, as seen at
// now. It has no full stop; without a reason it is empty.
func Sentence(r campaign.Reason, now time.Time) string {
	switch r.Code {
	case "":
		return ""
	case campaign.CodeHours:
		return hours(r, now)
	case campaign.CodeRetry:
		return retry(r, now)
	case campaign.CodeLimit:
		return byRule(fmt.Sprintf("Called %d of %d times already", r.Try, r.Of), r) + until(r, now)
	case campaign.CodeGap:
		return byRule(withText("Called a short while ago", lower(Outcome(gateway.Outcome(r.Outcome)))), r) + until(r, now)
	case campaign.CodeLaw:
		return byRule(codes()[r.Code], r) + until(r, now)
	case campaign.CodeQuarantine:
		return quarantine(r)
	case campaign.CodeDuplicate:
		if r.Problem == campaign.ProblemDuplicate {
			return fmt.Sprintf("Same person as row %d", r.Row)
		}
		return fmt.Sprintf("Same number as row %d", r.Row)
	case campaign.CodeElsewhere:
		return fmt.Sprintf("Also called in “%s”, row %d there", r.Text, r.Row)
	case campaign.CodeOutcome:
		return outcome(r)
	case campaign.CodeNoTries:
		return noTries(r)
	case campaign.CodeStopped:
		return stopped(r)
	case campaign.CodeRuled:
		return ruled(r)
	default:
		return withText(or(codes()[r.Code], string(r.Code)), r.Text) + until(r, now)
	}
}

// ruled says what a person decided.
func ruled(r campaign.Reason) string {
	if campaign.Ruling(r.Text) == campaign.RuledNotCalled {
		return "Was in doubt: not called, as you decided"
	}
	return "Was in doubt: called, as you decided"
}

// Several says why several rows stand where they stand, without what differs
// from one to the other.
func Several(r campaign.Reason, now time.Time) string {
	switch {
	case r.Code == campaign.CodeDuplicate && r.Problem == campaign.ProblemDuplicate:
		return samePerson
	case r.Code == campaign.CodeDuplicate:
		return sameNumber
	case r.Code == campaign.CodeElsewhere:
		return elsewhere
	case r.Code == campaign.CodeQuarantine:
		return Problem(r.Problem)
	default:
		return Sentence(r, now)
	}
}

// byRule adds what the preset's rule demands, where it is one.
func byRule(said string, r campaign.Reason) string {
	rule, found := campaign.RuleOf(r.Rule)
	if !found {
		return said
	}
	return said + " (" + Rule(rule) + ")"
}

// lower is a word as it stands within a sentence.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// quarantine says what is wrong with a row, and which other one is concerned.
func quarantine(r campaign.Reason) string {
	if r.Text == "" && r.Row > 0 {
		return withText(Problem(r.Problem), fmt.Sprintf("see row %d", r.Row))
	}
	return withText(Problem(r.Problem), r.Text)
}

// until is how long a row or a campaign waits, if it does.
func until(r campaign.Reason, now time.Time) string {
	if r.Until.IsZero() {
		return ""
	}
	return fmt.Sprintf(", waiting until %s%s", When(r.Until, now), there(r, now))
}

// withText adds words from elsewhere, where there are any.
func withText(said, text string) string {
	if text == "" {
		return said
	}
	return said + ": " + text
}

// outcome says how it went; the gateway's own words stand in for an outcome
// that is not known.
func outcome(r campaign.Reason) string {
	if r.Outcome == "" && r.Text != "" {
		return r.Text
	}
	return withText(Outcome(gateway.Outcome(r.Outcome)), r.Text)
}

// hours says why it is too early or too late, and until when.
func hours(r campaign.Reason, now time.Time) string {
	if r.Until.IsZero() {
		return neverOpen
	}
	said := tooEarly
	if place, err := time.LoadLocation(r.Zone); err == nil && !sameDay(now.In(place), r.Until.In(place)) {
		said = tooLate
	}
	return said + until(r, now)
}

// retry says how the last try went, and when the next one is.
func retry(r campaign.Reason, now time.Time) string {
	said := fmt.Sprintf("%s, next try %s", Outcome(gateway.Outcome(r.Outcome)), When(r.Until, now))
	switch {
	case r.Try > 0 && r.Of > 0:
		said += fmt.Sprintf(" (%s of %d)", ordinal(r.Try), r.Of)
	case r.Try > 0:
		said += fmt.Sprintf(" (%s try)", ordinal(r.Try))
	}
	return said + there(r, now)
}

// there is the time at the recipient's place, where its clock shows another.
func there(r campaign.Reason, now time.Time) string {
	place, err := time.LoadLocation(r.Zone)
	if err != nil || r.Zone == "" {
		return ""
	}
	then := r.Until.In(place)
	if Clock(then) == Clock(r.Until.In(now.Location())) {
		return ""
	}
	return fmt.Sprintf(", %s in %s", Clock(then), city(r.Zone))
}

// noTries says how the last of the tries went.
func noTries(r campaign.Reason) string {
	last := Outcome(gateway.Outcome(r.Outcome))
	switch {
	case r.Outcome == "":
		return noTriesLeft
	case r.Try == 1:
		return last + ", 1 try"
	case r.Try > 1:
		return fmt.Sprintf("%s, %d tries", last, r.Try)
	default:
		return last
	}
}

func stopped(r campaign.Reason) string {
	if r.Outcome == "" {
		return codes()[r.Code]
	}
	return Outcome(gateway.Outcome(r.Outcome)) + stoppedAfter
}

// Next says what happens to a row next.
func Next(c campaign.Contact, now time.Time) string {
	switch c.Status {
	case campaign.Waiting:
		switch {
		case c.Why.Code == campaign.CodeAsked:
			return nextLine
		case c.NextAt.IsZero():
			return nothing
		}
		if sameDay(c.NextAt.In(now.Location()), now) {
			return today + " " + When(c.NextAt, now)
		}
		return When(c.NextAt, now)
	case campaign.Ready:
		return nextLine
	case campaign.Unreached, campaign.Failed:
		return noMoreTries
	case campaign.Skipped, campaign.Cancelled:
		return never
	case campaign.Doubt:
		return youDecide
	default:
		if c.DoNotCall && c.Status.Final() {
			return never
		}
		return nothing
	}
}

// When is a moment as an office says it: "10:49" on the day of now, "Tue 24
// Nov 10:49" on another, with the year in another year.
func When(t, now time.Time) string {
	t = t.In(now.Location())
	switch {
	case sameDay(t, now):
		return Clock(t)
	case t.Year() == now.Year():
		return t.Format("Mon 2 Jan ") + Clock(t)
	default:
		return t.Format("Mon 2 Jan 2006 ") + Clock(t)
	}
}

// Clock is a time of day: "9:05".
func Clock(t time.Time) string { return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute()) }

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
		return t.Format("Mon 2 Jan")
	default:
		return t.Format("2 Jan 2006")
	}
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// city is the place a zone is named after: "Los Angeles".
func city(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}
