package main

import (
	"slices"
	"strconv"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// This file is what should come of each row, by the practice line's table of
// last digits and the rules that the run is given. It is written apart from the
// program, which it is to be compared with.

// The rules: tries, the pauses after them, and the limit of the preset of
// American law that binds at all hours.
const (
	mostTries = 4
	lawCalls  = 3 // in 30 days, of a number
)

// expected is what should come of a row.
type expected struct {
	status campaign.Status
	code   campaign.Code
	dials  []string // numbers in their order
}

// outcomeOf is what happens when number is dialled as the try of a person.
func outcomeOf(number string, try int) gateway.Outcome {
	n, _ := strconv.Atoi(number[len(number)-2:])
	switch {
	case n < 60:
		return gateway.OutcomeReached
	case n < 70:
		return gateway.OutcomeMachine
	case n < 80:
		return gateway.OutcomeNoAnswer
	case n < 85, n < 90 && try <= 2:
		return gateway.OutcomeBusy
	case n < 90:
		return gateway.OutcomeReached
	case n < 94:
		return gateway.OutcomeBadNumber
	case n < 97:
		return gateway.OutcomeCongestion
	case n < 99:
		return gateway.OutcomeReached
	default:
		return gateway.OutcomeNoResponse
	}
}

// expect plays a row whose numbers nobody else has.
func (p *person) expect(h hours, at time.Time) expected {
	if p.copies > 0 {
		return expected{status: campaign.Skipped, code: campaign.CodeDuplicate}
	}
	g := game{person: p, open: h.open(at, p.zones), last: -1}
	for !g.over {
		g.move()
	}
	return g.expected
}

// game is a row in play.
type game struct {
	*person
	expected
	open bool
	last int // number that was dialled last
	came gateway.Outcome
	bad  []string
	over bool
}

// move dials once more, or ends.
func (g *game) move() {
	if len(g.dials) == mostTries {
		g.end(campaign.CodeNoTries)
		return
	}
	first, why := max(g.last, 0), campaign.Code("")
	if noGood(g.came) || g.came == gateway.OutcomeNoAnswer {
		first = (first + 1) % len(g.numbers)
	}
	for i := range g.numbers {
		at := (first + i) % len(g.numbers)
		not := g.whyNot(g.numbers[at])
		switch {
		case not == "":
			g.dial(at)
			return
		case not == campaign.CodeHours:
			g.status, g.code, g.over = campaign.Waiting, not, true
			return
		case why == "", not == campaign.CodeLimit:
			why = not
		}
	}
	g.end(why)
}

// whyNot is why a number cannot be dialled now.
func (g *game) whyNot(number string) campaign.Code {
	calls := 0
	for _, dialled := range g.dials {
		if dialled == number {
			calls++
		}
	}
	switch {
	case g.forbidden[number]:
		return campaign.CodeDoNotCall
	case slices.Contains(g.bad, number):
		return campaign.CodeOutcome
	case calls >= lawCalls && number[1] == '1':
		return campaign.CodeLimit
	case !g.open:
		return campaign.CodeHours
	default:
		return ""
	}
}

func (g *game) dial(at int) {
	number := g.numbers[at]
	g.dials, g.last = append(g.dials, number), at
	g.came = outcomeOf(number, len(g.dials))
	switch {
	case noGood(g.came):
		g.bad = append(g.bad, number)
	case g.came == gateway.OutcomeReached:
		g.status, g.code, g.over = campaign.Reached, campaign.CodeOutcome, true
	case g.came == gateway.OutcomeMachine:
		g.status, g.code, g.over = campaign.Machine, campaign.CodeOutcome, true
	}
}

// end is that nobody can be dialled any more, because of why.
func (g *game) end(why campaign.Code) {
	g.over, g.code = true, why
	missed := g.came == gateway.OutcomeNoAnswer || g.came == gateway.OutcomeBusy || g.came == gateway.OutcomeCongestion
	switch {
	case why == campaign.CodeLimit:
		g.status = campaign.Waiting
	case why == campaign.CodeDoNotCall && (missed || g.came == ""):
		g.status = campaign.Skipped
	case missed:
		g.status = campaign.Unreached
	default:
		g.status, g.code = campaign.Failed, campaign.CodeOutcome
	}
}

func noGood(o gateway.Outcome) bool {
	return o == gateway.OutcomeBadNumber || o == gateway.OutcomeNoResponse
}
