package view

import (
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is what happens in a campaign at this moment, and why not more.

// open counts the rows at which a call is under way, by the store.
func (p *LivePage) open() int {
	return p.Tally[campaign.Sending] + p.Tally[campaign.Queued] + p.Tally[campaign.Calling]
}

// inUse is how many lines are in use, and how many calls wait for one. A gateway
// that does not tell which calls are on a line has all of them there.
func (p *LivePage) inUse() (lines, queued int) {
	calling := p.Tally[campaign.Calling]
	if calling == 0 || calling > p.Busy {
		return p.Busy, 0
	}
	return calling, p.Busy - calling
}

// Now says what happens at this moment, in bold, and the rest in sentences.
func (p *LivePage) Now(now time.Time) (head, rest string) {
	if p.Away != nil {
		return words.Say("The gateway does not answer"), words.Say("No new call begins until it does. Calls in progress go on. It is asked again every few seconds.")
	}
	switch p.Campaign.State {
	case campaign.Paused:
		return words.Say("Paused"), p.paused(now)
	case campaign.Stopped:
		return words.Say("Stopped"), words.Say("Results so far are kept; people not called yet were cancelled.")
	case campaign.Finished:
		return words.Say("Finished"), Ended(p.Tally) + "."
	case campaign.Draft:
		return words.Say("Not started"), words.Say("Nobody has been called.")
	default:
		return p.running(now)
	}
}

func (p *LivePage) paused(now time.Time) string {
	switch {
	case p.Busy > 0:
		return words.Many(p.Busy, "%s call is in progress, which may end by itself.", "%s calls are in progress, which may end by themselves.")
	case p.open() > 0:
		return words.Many(p.open(), "%s call was under way when the program ended. What became of it is asked when calling goes on.",
			"%s calls were under way when the program ended. What became of them is asked when calling goes on.")
	default:
		return strings.TrimSpace(words.Say("No new call begins.") + " " + sentence(p.Campaign.Why, now))
	}
}

func (p *LivePage) running(now time.Time) (head, rest string) {
	if p.Busy == 0 && p.Tally[campaign.Ready] == 0 && p.Tally[campaign.Waiting] > 0 {
		return words.Say("Waiting"), p.waiting(now)
	}
	lines, queued := p.inUse()
	head = words.Many(p.Campaign.Settings.Lines, "%[2]s of %[1]s line in use", "%[2]s of %[1]s lines in use", Count(lines))
	if queued > 0 {
		rest = words.Many(queued, "%s queued.", "%s queued.") + " "
	}
	return head, strings.TrimSpace(rest + p.waiting(now))
}

// waiting says who waits: how many and until when, and the largest group of
// those whose place is closed.
func (p *LivePage) waiting(now time.Time) string {
	n, next := p.Tally[campaign.Waiting], p.nextDue(now)
	if n == 0 {
		return ""
	}
	if g, found := p.closed(); found && g.Rows < n {
		said := closedWords(g, now)
		if next.After(now) && next.Before(g.First) {
			return words.Say("Next try due %s.", words.When(next, now)) + " " + said
		}
		return said
	} else if found {
		return closedWords(g, now)
	}
	if next.After(now) {
		return words.Many(n, "%s person waits, the next until %s.", "%s people wait, the next until %s.", words.When(next, now))
	}
	return words.Many(n, "%s person waits.", "%s people wait.")
}

// nextDue is when the next of those who wait is called, as far as that is known.
func (p *LivePage) nextDue(now time.Time) time.Time {
	next := p.NextDue
	for _, g := range p.Waits {
		if g.First.After(now) && (!next.After(now) || g.First.Before(next)) {
			next = g.First
		}
	}
	return next
}

// closed is the largest group of people who wait for the hours at their place.
func (p *LivePage) closed() (campaign.PreflightGroup, bool) {
	for _, g := range p.Waits {
		if g.Why.Code == campaign.CodeHours && g.Why.Zone != "" && !g.First.IsZero() {
			return g, true
		}
	}
	return campaign.PreflightGroup{}, false
}

// closedWords says until when a group waits for the hours at their place.
func closedWords(g campaign.PreflightGroup, now time.Time) string {
	place, err := time.LoadLocation(g.Why.Zone)
	if err != nil || words.Clock(g.First.In(place)) == words.Clock(g.First.In(now.Location())) {
		return words.Many(g.Rows, "%s person waits until %s.", "%s people wait until %s.", words.When(g.First, now))
	}
	return words.Many(g.Rows, "%s person waits until %s, %s in %s.", "%s people wait until %s, %s in %s.",
		words.When(g.First, now), words.Clock(g.First.In(place)), cityOf(g.Why.Zone))
}

// cityOf is the place a zone is named after: "Los Angeles".
func cityOf(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

func sentence(r campaign.Reason, now time.Time) string {
	if r.IsZero() || r.Code == campaign.CodeByUser {
		return ""
	}
	return words.Sentence(r, now) + "."
}

// LiveReason is one reason why no more lines are used.
type LiveReason struct {
	Count int // people it is about; zero: all, or none in particular
	Words string
}

// mostWaits is how many groups of people who wait are told.
const mostWaits = 8

// WhyNotMore says why no more lines are used at this moment, the most important
// reason first; there always is one.
func (p *LivePage) WhyNotMore(now time.Time) []LiveReason {
	if why := p.notRunning(now); why != "" {
		return []LiveReason{{Words: why}}
	}
	all := append(p.fromGateways(), p.fromSettings()...)
	if len(all) == 0 && p.Tally[campaign.Ready] > 0 {
		all = append(all, LiveReason{Words: words.Say("Nothing is in the way: calls begin one after the other, and more lines are used in a moment.")})
	}
	return append(all, p.fromPeople(now)...)
}

// notRunning is why nobody at all is called, empty if that may be.
func (p *LivePage) notRunning(now time.Time) string {
	switch {
	case p.Campaign.State == campaign.Draft:
		return words.Say("The campaign has not been started.")
	case p.Campaign.State == campaign.Paused && (p.Campaign.Why.IsZero() || p.Campaign.Why.Code == campaign.CodeByUser):
		return words.Say("The campaign is paused. Resume lets calls begin again.")
	case p.Campaign.State == campaign.Paused:
		return words.Say("The campaign is paused: %s.", words.Sentence(p.Campaign.Why, now))
	case p.Campaign.State == campaign.Finished:
		return words.Say("The campaign is finished: nobody is left to call.")
	case p.Campaign.State == campaign.Stopped:
		return words.Say("The campaign was stopped. Nobody else is called.")
	case p.Away != nil:
		return words.Say("The gateway does not answer. It is asked again every few seconds, and calls go on when it answers.")
	default:
		return ""
	}
}

// fromGateways is what keeps calls from being given to the gateways.
func (p *LivePage) fromGateways() []LiveReason {
	var all []LiveReason
	say := func(text string) { all = append(all, LiveReason{Words: text}) }
	lines, known := 0, len(p.Routes) > 0
	for _, r := range p.Routes {
		if r.Away != nil {
			say(words.Say("%s does not answer. Its calls are given to the other gateways.", gatewayName(r.Name)))
			continue
		}
		lines, known = lines+r.Lines, known && r.Lines > 0
	}
	wanted := p.Campaign.Settings.Lines
	switch {
	case known && p.Others > 0 && p.Busy < wanted && p.Busy+p.Others >= lines:
		say(words.Many(lines, "Other campaigns use %[2]s of the gateway’s %[1]s line.", "Other campaigns use %[2]s of the gateway’s %[1]s lines.", Count(p.Others)))
	case known && lines < wanted && p.Busy >= lines:
		say(words.Many(lines, "The gateway has %s line, and it is in use.", "The gateway has %s lines, and all of them are in use."))
	}
	return all
}

func gatewayName(name string) string {
	if name == campaign.BuiltIn {
		return words.Say("The built-in gateway")
	}
	return name
}

// fromSettings is what the campaign's own settings bound.
func (p *LivePage) fromSettings() []LiveReason {
	s := p.Campaign.Settings
	if p.Busy >= s.Lines {
		return []LiveReason{{Words: words.Many(s.Lines, "The campaign’s %s line is in use. Give it more at Lines, above.",
			"All of the campaign’s %s lines are in use. Give it more at Lines, above.")}}
	}
	if s.Rate > 0 && p.Tally[campaign.Ready] > 0 {
		n := PerMinute(s.Rate)
		return []LiveReason{{Words: words.Many(n, "At most %s call begins in a minute. Allow more at Per minute, above.",
			"At most %s calls begin in a minute. Allow more at Per minute, above.")}}
	}
	return nil
}

// fromPeople is who may not be called at this moment, and why.
func (p *LivePage) fromPeople(now time.Time) []LiveReason {
	var all []LiveReason
	switch ready, waiting := p.Tally[campaign.Ready], p.Tally[campaign.Waiting]; {
	case ready == 0 && waiting == 0 && p.Busy > 0:
		all = append(all, LiveReason{Words: words.Say("Nobody else is to be called: the calls in progress are the last ones.")})
	case ready == 0 && waiting == 0:
		all = append(all, LiveReason{Words: words.Say("Nobody is left to call.")})
	case ready == 0:
		all = append(all, LiveReason{Words: words.Say("Nobody who is left may be called at this moment.")})
	}
	for i, g := range p.Waits {
		if i == mostWaits {
			all = append(all, LiveReason{Count: rowsOf(p.Waits[i:]), Words: words.Say("For other reasons")})
			break
		}
		all = append(all, LiveReason{Count: g.Rows, Words: waitWords(g, now)})
	}
	if n := p.Tally[campaign.Doubt]; n > 0 {
		all = append(all, LiveReason{Count: n, Words: words.Say("May or may not have been called. You decide; until then nobody calls them.")})
	}
	return all
}

// waitWords says why a group waits, and until when.
func waitWords(g campaign.PreflightGroup, now time.Time) string {
	if g.Why.Code == campaign.CodeRetry {
		return retryWords(g, now)
	}
	if g.Why.Code == campaign.CodeAsked {
		return words.Sentence(g.Why, now)
	}
	return groupWords(g, now)
}

// retryWords is about people who were not reached: each of them for a reason of
// their own.
func retryWords(g campaign.PreflightGroup, now time.Time) string {
	switch {
	case !g.Last.After(now):
		return words.Say("Not reached yet, and called again on the next free line")
	case !g.First.After(now):
		return words.Say("Not reached yet, and called again one after the other, the last at %s", words.When(g.Last, now))
	case g.Last.Sub(g.First) < time.Minute:
		return words.Say("Not reached yet, and called again at %s", words.When(g.First, now))
	default:
		return words.Say("Not reached yet, and called again from %s on, the last at %s", words.When(g.First, now), words.When(g.Last, now))
	}
}

func rowsOf(groups []campaign.PreflightGroup) int {
	sum := 0
	for _, g := range groups {
		sum += g.Rows
	}
	return sum
}
