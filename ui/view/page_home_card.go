package view

import (
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// HomeCard is a campaign as the first page shows it.
type HomeCard struct {
	ID       campaign.ID
	Name     string
	Campaign campaign.Campaign
	State    campaign.State
	Look     campaign.State // whose shape stands for it: one that waits looks paused
	Words    string         // the state, and since when where that matters
	When     string
	Practice bool
	Tally    campaign.Tally
	Progress Progress
	Line     string // how far it is
	Next     string // what there is to do
	Doubt    bool   // Next is about people in doubt
	Action   string // words of the button
	Does     HomeAction
	Need     Need
	// Interrupted is set if it was being called when the program ended.
	Interrupted bool
	Away        bool // it was put into the archive
	Runs        bool // it is being called from here

	since time.Time
}

// HomeAction is what a card's button does.
type HomeAction int

// The actions.
const (
	HomeOpens HomeAction = iota
	HomeDecides
	HomeResumes
)

// Need is how much a campaign needs a person; less is more.
type Need int

// The needs, in the order of the cards.
const (
	NeedsYou Need = iota // doubts, or something is in the way
	NeedRuns
	NeedPaused
	NeedWaits // for hours, or for its beginning
	NeedDraft
	NeedOver
)

// Calling is what is known of a campaign that is being called.
type Calling struct {
	Busy int  // calls in progress
	Away bool // the gateway does not answer
}

// CallingOf is what a Runner told of it.
func CallingOf(u campaign.Update) Calling { return Calling{Busy: u.Outstanding, Away: u.Away != nil} }

// NewHomeCard puts a campaign into words. It is being called if runs, as k says.
func NewHomeCard(s campaign.Summary, k Calling, runs bool, now time.Time) HomeCard {
	interrupted := s.State == campaign.Running && !runs
	c := AtRest(s.Campaign)
	if runs {
		c = s.Campaign
	}
	card := HomeCard{
		ID: c.ID, Name: c.Name, Campaign: c, State: c.State, Look: c.State, Words: words.Campaign(c.State), Practice: practice(c),
		Tally: s.Tally, Progress: ProgressOf(s.Tally), Interrupted: interrupted, Away: !s.Archived.IsZero(), Runs: runs,
		Action: words.Say("Open||campaign"), since: s.Since,
	}
	switch {
	case c.State == campaign.Draft:
		card.draft(now)
	case c.State.Over():
		card.over(now)
	case interrupted:
		card.interrupted()
	case c.State == campaign.Paused:
		card.paused(s, now)
	default:
		card.running(s, k, now)
	}
	if n := s.Tally[campaign.Doubt]; n > 0 && c.State != campaign.Draft && !interrupted {
		card.Need, card.Doubt, card.Does, card.Action = NeedsYou, true, HomeDecides, words.Say("Decide…")
		card.Next = words.Many(n, "%s person in doubt: call them again or not?", "%s people in doubt: call them again or not?")
	}
	return card
}

func (c *HomeCard) done() string {
	return words.Say("%s of %s done", words.Number(c.Progress.Done), words.Number(c.Progress.Total))
}

func (c *HomeCard) left() string {
	return words.Many(c.Tally.Left(), "%s person still to call", "%s people still to call")
}

// draft says what is there and what is to be done before it can start.
func (c *HomeCard) draft(now time.Time) {
	c.Need, c.When, c.Action = NeedDraft, Day(c.Campaign.Created, now), words.Say("Continue||campaign")
	ready, aside := c.Tally.Left(), c.Tally[campaign.Skipped]
	c.Line = words.Many(ready, "%s person ready", "%s people ready")
	if aside > 0 {
		c.Line = words.Many(ready, "%s person ready, %s set aside", "%s people ready, %s set aside", words.Number(aside))
	}
	switch after := c.Campaign.Settings.NotAfter; {
	case ready == 0:
		c.Next = words.Say("To mend: nobody on this list can be called")
	case c.Campaign.Flow.Source == "":
		c.Next = words.Say("Next: write the message")
	case !after.IsZero() && after.Before(now):
		c.Next = words.Say("To mend: its last day for calls is over")
	default:
		c.Next = words.Say("Next: check and start")
	}
}

// over says what came of it, and what could be done yet.
func (c *HomeCard) over(now time.Time) {
	c.Need, c.When, c.Action = NeedOver, Day(c.Campaign.Ended, now), words.Say("Results||campaign")
	c.Line, c.Next = Ended(c.Tally), words.Say("Results are kept")
	if n := c.Tally[campaign.Unreached]; n > 0 {
		c.Next = words.Many(n, "%s person could be called again", "%s people could be called again")
	}
	if c.State != campaign.Stopped {
		return
	}
	c.Next = words.Say("Results so far are kept")
	if never := c.Tally[campaign.Cancelled]; never > 0 {
		c.Line = words.Say("%s of %s done, %s not called any more",
			words.Number(c.Progress.Done-never), words.Number(c.Progress.Total), words.Number(never))
	}
}

func (c *HomeCard) interrupted() {
	c.Need, c.Does, c.Action, c.Words = NeedsYou, HomeResumes, words.Say("Resume…"), words.Say("Interrupted")
	c.Line, c.Next = c.done(), words.Say("Rollcall ended while it was being called")
}

// paused says since when and why, and whether it could go on.
func (c *HomeCard) paused(s campaign.Summary, now time.Time) {
	c.Need, c.Line, c.Next = NeedPaused, c.done(), c.left()
	switch {
	case s.Since.IsZero():
	case today(s.Since, now):
		c.Words = words.Say("Paused at %s", words.When(s.Since, now))
	default:
		c.Words = words.Say("Paused since %s", Day(s.Since, now))
	}
	switch why := c.Campaign.Why; {
	case why.Code == campaign.CodeWaiting && !why.Until.IsZero():
		c.Need, c.Next = NeedWaits, canGoOn(why.Until, now)
	case !why.IsZero() && why.Code != campaign.CodeByUser && why.Code != campaign.CodeWaiting:
		c.Need, c.Next = NeedsYou, words.Sentence(why, now)
	}
}

// running says what it does now.
func (c *HomeCard) running(s campaign.Summary, k Calling, now time.Time) {
	c.Need, c.Line, c.Next = NeedRuns, c.done(), c.left()
	begins := c.Campaign.Settings.NotBefore
	idle := k.Busy == 0 && c.Tally[campaign.Ready] == 0 && s.Due.After(now)
	switch {
	case k.Away:
		c.Need, c.Next = NeedsYou, words.Say("The gateway does not answer; calls go on when it does")
	case begins.After(now) && c.Progress.Done == 0:
		c.Need, c.Look, c.Words, c.Next = NeedWaits, campaign.Paused, words.Say("Starts %s", words.When(begins, now)), words.Say("Starts by itself")
	case idle:
		c.Need, c.Look, c.Words = NeedWaits, campaign.Paused, words.Say("Waiting||campaign")
		c.Next = goesOn(s.Due, now)
	case k.Busy > 0:
		c.Next = words.Say("%s of %s lines in use", words.Number(k.Busy), words.Number(max(c.Campaign.Settings.Lines, k.Busy)))
	}
}

// Lost says what deleting the campaign takes away, and what stays.
func (c *HomeCard) Lost() (lost, kept string) {
	lost = words.Many(c.Tally.Total(), "The list of %s person, what came of each call and every answer are gone for good.",
		"The list of %s people, what came of each call and every answer are gone for good.")
	if c.Tally[campaign.Doubt] > 0 {
		lost = words.Many(c.Tally.Total(), "The list of %s person, what came of each call, every answer and what is in doubt are gone for good.",
			"The list of %s people, what came of each call, every answer and what is in doubt are gone for good.")
	}
	if c.Practice {
		return lost, words.Say("Files that you saved stay where they are.")
	}
	return lost, words.Say("Files that you saved stay, and so does who asked not to be called again. When a number was called stays known too, because the law counts it.")
}

func goesOn(at, now time.Time) string {
	if today(at, now) {
		return words.Say("Goes on today at %s", words.When(at, now))
	}
	return words.Say("Goes on %s", words.When(at, now))
}

func canGoOn(at, now time.Time) string {
	if today(at, now) {
		return words.Say("Can go on today at %s", words.When(at, now))
	}
	return words.Say("Can go on %s", words.When(at, now))
}

// today tells whether a moment is on the day of now, by the clock there.
func today(at, now time.Time) bool {
	return at.In(now.Location()).Format(time.DateOnly) == now.Format(time.DateOnly)
}
