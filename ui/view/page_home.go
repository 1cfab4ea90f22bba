package view

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// HomeCard is a campaign as the first page shows it.
type HomeCard struct {
	ID       campaign.ID
	Name     string
	State    campaign.State
	Words    string // the state, and since when where that matters
	When     string
	Practice bool
	Tally    campaign.Tally
	Progress Progress
	Line     string // how far it is
	Next     string // what there is to do
	Action   string // words of the button that opens it
}

// Home returns the cards of all campaigns: those under way first, then drafts,
// then what is over; the newest first among equals.
//
// running are the campaigns that are being called: any other one that the store
// has as running was interrupted, and waits to be resumed.
func (o *Office) Home(ctx context.Context, now time.Time, running []campaign.ID) ([]HomeCard, error) {
	campaigns, err := o.Store.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the campaigns: %w", err)
	}
	groups := map[int][]HomeCard{}
	for _, c := range campaigns {
		tally, err := o.Store.Tally(ctx, c.ID)
		if err != nil {
			return nil, fmt.Errorf("count the people of %s: %w", c.Name, err)
		}
		if !slices.Contains(running, c.ID) {
			c = AtRest(c)
		}
		at := urgency(c.State)
		groups[at] = append(groups[at], NewHomeCard(c, tally, now))
	}
	var cards []HomeCard
	for at := range 3 {
		cards = append(cards, groups[at]...)
	}
	return cards, nil
}

// AtRest is how a campaign stands that nobody is calling: one that the store
// has as running was interrupted by a crash, and is paused.
func AtRest(c campaign.Campaign) campaign.Campaign {
	if c.State == campaign.Running {
		c.State = campaign.Paused
	}
	return c
}

func urgency(s campaign.State) int {
	switch s {
	case campaign.Running, campaign.Paused:
		return 0
	case campaign.Draft:
		return 1
	default:
		return 2
	}
}

// NewHomeCard puts a campaign and its counts into words.
func NewHomeCard(c campaign.Campaign, t campaign.Tally, now time.Time) HomeCard {
	card := HomeCard{ID: c.ID, Name: c.Name, State: c.State, Practice: practice(c), Tally: t, Progress: ProgressOf(t)}
	done := fmt.Sprintf("%s of %s done", Count(card.Progress.Done), Count(card.Progress.Total))
	switch c.State {
	case campaign.Running, campaign.Paused:
		card.Words, card.When = words.Campaign(c.State), Day(c.Started, now)
		card.Line, card.Action = done, "Open"
		card.Next = Count(t.Left()) + " still to call"
	case campaign.Draft:
		card.Words, card.When = "Draft", Day(c.Created, now)
		card.Line, card.Action = PeopleCount(t.Left())+" ready", "Continue"
		if n := t[campaign.Skipped]; n > 0 {
			card.Line += ", " + Count(n) + " skipped"
		}
		card.Next = "Next: start calling"
	default:
		card.Words, card.When = words.Campaign(c.State), Day(c.Ended, now)
		card.Line, card.Action = Ended(t), "Results"
		card.Next = "Results are kept"
		if n := t[campaign.Doubt]; n > 0 {
			card.Next = PeopleCount(n) + " in doubt: you decide"
		}
	}
	return card
}
