package words

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/gateway"
)

// This file is the sentences about rows, campaigns and what comes next.

// PracticeTag stands wherever a result of a practice line appears.
func PracticeTag() string { return Say("Practice – no phone rings") }

// nothing stands where there is nothing to say.
const nothing = "–"

// Status is the word for where a row stands.
func Status(s campaign.Status) string { return or(status(s), string(s)) }

// Campaign is the word for where a campaign stands.
func Campaign(s campaign.State) string { return or(state(s), string(s)) }

// Outcome says what came of one call.
func Outcome(o gateway.Outcome) string { return or(outcomeWords(o), string(o)) }

// Problem says what is wrong with a cell or a row, or what was repaired.
func Problem(p campaign.Problem) string { return or(problem(p), string(p)) }

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
		return until(byRule(Say("Called %d of %d times already", r.Try, r.Of), r), r, now)
	case campaign.CodeGap:
		return until(byRule(withText(Say("Called a short while ago"), within(Outcome(gateway.Outcome(r.Outcome)))), r), r, now)
	case campaign.CodeLaw:
		return until(byRule(code(r.Code), r), r, now)
	case campaign.CodeQuarantine:
		return quarantine(r)
	case campaign.CodeDuplicate:
		if r.Problem == campaign.ProblemDuplicate {
			return Say("Same person as row %d", r.Row)
		}
		return Say("Same number as row %d", r.Row)
	case campaign.CodeElsewhere:
		return Say("Also called in “%s”, row %d there", r.Text, r.Row)
	case campaign.CodeOutcome:
		return outcome(r)
	case campaign.CodeNoTries:
		return noTries(r)
	case campaign.CodeStopped:
		return stopped(r)
	case campaign.CodeRuled:
		return ruled(r)
	default:
		return until(withText(or(code(r.Code), string(r.Code)), r.Text), r, now)
	}
}

// ruled says what a person decided.
func ruled(r campaign.Reason) string {
	if campaign.Ruling(r.Text) == campaign.RuledNotCalled {
		return Say("Was in doubt: not called, as you decided")
	}
	return Say("Was in doubt: called, as you decided")
}

// Several says why several rows stand where they stand, without what differs
// from one to the other.
func Several(r campaign.Reason, now time.Time) string {
	switch {
	case r.Code == campaign.CodeDuplicate && r.Problem == campaign.ProblemDuplicate:
		return Say("Same person as another row")
	case r.Code == campaign.CodeDuplicate:
		return Say("Same number as another row")
	case r.Code == campaign.CodeElsewhere:
		return Say("Also called in another campaign")
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
	return Say("%s (%s)", said, Rule(rule))
}

// within is a text as it stands within a sentence. German writes its nouns
// large there too.
func within(said string) string {
	if current().language == German {
		return said
	}
	first, size := utf8.DecodeRuneInString(said)
	return string(unicode.ToLower(first)) + said[size:]
}

// Quoted is a name in the quotation marks of the language.
func Quoted(name string) string { return strings.Replace(current().locale.quoted, "…", name, 1) }

// quarantine says what is wrong with a row, and which other one is concerned.
func quarantine(r campaign.Reason) string {
	if r.Text == "" && r.Row > 0 {
		return Say("%s: see row %d", Problem(r.Problem), r.Row)
	}
	return withText(Problem(r.Problem), r.Text)
}

// until adds how long a row or a campaign waits, if it does.
func until(said string, r campaign.Reason, now time.Time) string {
	if r.Until.IsZero() {
		return said
	}
	return there(Say("%s, waiting until %s", said, When(r.Until, now)), r, now)
}

// withText adds words from elsewhere, where there are any.
func withText(said, text string) string {
	if text == "" {
		return said
	}
	return Say("%s: %s", said, text)
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
		return Say("The calling hours are never open at their place")
	}
	said := Say("Too early at their place")
	if place, err := time.LoadLocation(r.Zone); err == nil && !sameDay(now.In(place), r.Until.In(place)) {
		said = Say("Too late at their place for today")
	}
	return until(said, r, now)
}

// retry says how the last try went, and when the next one is.
func retry(r campaign.Reason, now time.Time) string {
	last, next, ordinal := Outcome(gateway.Outcome(r.Outcome)), When(r.Until, now), current().locale.ordinal
	said := ""
	switch {
	case r.Try > 0 && r.Of > 0:
		said = Say("%s, next try %s (%s of %d)", last, next, ordinal(r.Try), r.Of)
	case r.Try > 0:
		said = Say("%s, next try %s (%s try)", last, next, ordinal(r.Try))
	default:
		said = Say("%s, next try %s", last, next)
	}
	return there(said, r, now)
}

// there adds the time at the recipient's place, where its clock shows another.
func there(said string, r campaign.Reason, now time.Time) string {
	place, err := time.LoadLocation(r.Zone)
	if err != nil || r.Zone == "" {
		return said
	}
	then := r.Until.In(place)
	if Clock(then) == Clock(r.Until.In(now.Location())) {
		return said
	}
	return Say("%s, %s in %s||what was said, the time there, the city", said, Clock(then), city(r.Zone))
}

// noTries says how the last of the tries went.
func noTries(r campaign.Reason) string {
	last := Outcome(gateway.Outcome(r.Outcome))
	switch {
	case r.Outcome == "":
		return Say("No tries left")
	case r.Try > 0:
		return Many(r.Try, "%[2]s, %[1]s try", "%[2]s, %[1]s tries", last)
	default:
		return last
	}
}

func stopped(r campaign.Reason) string {
	if r.Outcome == "" {
		return code(r.Code)
	}
	return Say("%s, then the campaign was stopped", Outcome(gateway.Outcome(r.Outcome)))
}

// Next says what happens to a row next.
func Next(c campaign.Contact, now time.Time) string {
	switch c.Status {
	case campaign.Waiting:
		switch {
		case c.Why.Code == campaign.CodeAsked:
			return Say("Next free line")
		case c.NextAt.IsZero():
			return nothing
		}
		if sameDay(c.NextAt.In(now.Location()), now) {
			return Say("Today %s", When(c.NextAt, now))
		}
		return When(c.NextAt, now)
	case campaign.Ready:
		return Say("Next free line")
	case campaign.Unreached, campaign.Failed:
		return Say("No more tries")
	case campaign.Skipped, campaign.Cancelled:
		return Say("Never")
	case campaign.Doubt:
		return Say("You decide")
	default:
		if c.DoNotCall && c.Status.Final() {
			return Say("Never")
		}
		return nothing
	}
}

// city is the place a zone is named after: "Los Angeles".
func city(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}
