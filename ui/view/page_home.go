package view

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// HomePage is the first page: all campaigns, and which of them are shown.
type HomePage struct {
	Search  string
	Archive bool // those that were put away, in place of the others
	Sort    HomeSort

	cards []HomeCard // all, the newest first
}

// HomeSort is an order of campaigns.
type HomeSort int

// The orders, as [HomeSorts] names them.
const (
	SortByNeed HomeSort = iota // what needs a person first
	SortByName
	SortByAge // the newest first
)

// HomeSorts are the words of the orders.
func HomeSorts() []string {
	return []string{words.Say("What needs you"), words.Say("Name||sorting"), words.Say("Newest first")}
}

// Home reads all campaigns. Of those that are being called, calling tells more:
// any other one that the store has as running was interrupted, and waits to be
// resumed.
func (o *Office) Home(ctx context.Context, now time.Time, calling map[campaign.ID]Calling) (HomePage, error) {
	all, err := o.Store.Summaries(ctx)
	if err != nil {
		return HomePage{}, fmt.Errorf("read the campaigns: %w", err)
	}
	p := HomePage{cards: make([]HomeCard, 0, len(all))}
	for _, s := range all {
		k, runs := calling[s.ID]
		p.cards = append(p.cards, NewHomeCard(s, k, runs, now))
	}
	return p, nil
}

// Empty tells whether there is no campaign at all.
func (p *HomePage) Empty() bool { return len(p.cards) == 0 }

// Doubts is how many people are in doubt, in all campaigns.
func (p *HomePage) Doubts() int {
	n := 0
	for i := range p.cards {
		n += p.cards[i].Tally[campaign.Doubt]
	}
	return n
}

// Counts are how many campaigns are shown at most, and how many were put away.
func (p *HomePage) Counts() (current, archived int) {
	for i := range p.cards {
		if p.cards[i].Away {
			archived++
		}
	}
	return len(p.cards) - archived, archived
}

// Cards are those to show, in their order.
func (p *HomePage) Cards() []HomeCard {
	var shown []HomeCard
	wanted := strings.ToLower(strings.TrimSpace(p.Search))
	for _, c := range p.cards {
		if c.Away == p.Archive && (wanted == "" || strings.Contains(strings.ToLower(c.Name), wanted) || strings.Contains(strings.ToLower(c.Campaign.List.File), wanted)) {
			shown = append(shown, c)
		}
	}
	switch p.Sort {
	case SortByName:
		slices.SortStableFunc(shown, func(a, b HomeCard) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	case SortByNeed:
		slices.SortStableFunc(shown, func(a, b HomeCard) int { return cmp.Compare(a.Need, b.Need) })
	case SortByAge: // as they are
	}
	return shown
}

// Nobody is said where no card is shown, with what can be done about it.
func (p *HomePage) Nobody() (said, button string) {
	switch {
	case p.Search != "":
		return words.Say("No campaign is called that"), words.Say("Clear the search")
	case p.Archive:
		return words.Say("Nothing was put into the archive yet"), words.Say("Show current campaigns")
	default:
		return words.Say("Every campaign is in the archive"), words.Say("Show the archive")
	}
}

// Take brings a card up to date; it keeps its place until the page is opened
// again. It is false for a campaign that is not among them.
func (p *HomePage) Take(u campaign.Update, now time.Time) (HomeCard, bool) {
	for i := range p.cards {
		if p.cards[i].ID != u.Campaign.ID {
			continue
		}
		since := p.cards[i].since
		if p.cards[i].State != u.Campaign.State {
			since = now
		}
		u.Campaign.Name = p.cards[i].Name // it may have been renamed
		s := campaign.Summary{Campaign: u.Campaign, Tally: u.Tally, Due: u.NextDue, Since: since}
		p.cards[i] = NewHomeCard(s, CallingOf(u), true, now)
		return p.cards[i], true
	}
	return HomeCard{}, false
}

// Card is that of a campaign; the zero card if there is none.
func (p *HomePage) Card(id campaign.ID) HomeCard {
	for i := range p.cards {
		if p.cards[i].ID == id {
			return p.cards[i]
		}
	}
	return HomeCard{}
}

// Newest is the campaign that was made last, and false if there is none.
func (p *HomePage) Newest() (HomeCard, bool) {
	if p.Empty() {
		return HomeCard{}, false
	}
	return p.cards[0], true
}

// Interrupted are the campaigns that the end of the program has interrupted,
// and what is said of them.
func (p *HomePage) Interrupted() (said string, list []HomeCard) {
	for _, c := range p.cards {
		if c.Interrupted {
			list = append(list, c)
		}
	}
	switch {
	case len(list) == 0:
		return "", nil
	case len(list) == 1:
		return words.Say("Rollcall ended while “%s” was being called. Nobody is called until you resume it, and nobody twice.", Brief(list[0].Name)), list
	default:
		return words.Many(len(list), "Rollcall ended while %s campaign was being called. Nobody is called until you resume it, and nobody twice.",
			"Rollcall ended while %s campaigns were being called. Nobody is called until you resume them, and nobody twice."), list
	}
}

// CopyName is the name of a copy: the same with the next number that none of
// the campaigns has.
func (p *HomePage) CopyName(name string) string {
	base, n := name, 2
	if parts := copied.FindStringSubmatch(name); parts != nil {
		base = parts[1]
	}
	taken := map[string]bool{}
	for i := range p.cards {
		taken[p.cards[i].Name] = true
	}
	for taken[numbered(base, strconv.Itoa(n))] {
		n++
	}
	return numbered(base, strconv.Itoa(n))
}

// AtRest is how a campaign stands that nobody is calling: one that the store
// has as running was interrupted by a crash, and is paused.
func AtRest(c campaign.Campaign) campaign.Campaign {
	if c.State == campaign.Running {
		c.State = campaign.Paused
	}
	return c
}
