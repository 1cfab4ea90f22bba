package view

import (
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// LivePage is a campaign while it runs: counts, what happens now, and the rows.
type LivePage struct {
	Campaign campaign.Campaign
	Tally    campaign.Tally
	Busy     int // calls under way
	NextDue  time.Time
	Away     error // set while the gateway does not answer
	Routes   []campaign.RouteState
	Others   int                       // calls under way of other campaigns
	Waits    []campaign.PreflightGroup // why rows wait, the most first
	Ends     campaign.Forecast         // zero: not known
	Filter   campaign.Filter
	Rows     RowCache
}

// Take brings what a Runner told.
func (p *LivePage) Take(u campaign.Update) {
	p.Campaign, p.Tally, p.Busy, p.NextDue, p.Away = u.Campaign, u.Tally, u.Outstanding, u.NextDue, u.Away
	p.Routes = u.Routes
	p.Rows.Touch(u.Changed)
	if u.Many {
		p.Rows.TouchAll()
	}
}

// LiveFilter is a chip above the grid.
type LiveFilter struct {
	Words    string
	Status   campaign.Status // whose shape stands for it; empty for all
	Statuses []campaign.Status
}

// LiveFilters returns the chips: everybody, and those not done yet or aside.
func LiveFilters() []LiveFilter {
	return []LiveFilter{
		{Words: words.Say("All||people")},
		{Words: words.Say("Calling"), Status: campaign.Calling, Statuses: []campaign.Status{campaign.Sending, campaign.Queued, campaign.Calling}},
		one(campaign.Waiting), one(campaign.Ready),
		{Words: words.Say("Skipped"), Status: campaign.Skipped, Statuses: []campaign.Status{campaign.Skipped, campaign.Cancelled}},
		one(campaign.Doubt),
	}
}

// TileFilters returns those that are done.
func TileFilters() []LiveFilter {
	return []LiveFilter{one(campaign.Reached), one(campaign.Machine), one(campaign.Unreached), one(campaign.Failed)}
}

func one(s campaign.Status) LiveFilter {
	return LiveFilter{Words: words.Status(s), Status: s, Statuses: []campaign.Status{s}}
}

// Number is how many rows a chip keeps.
func (p *LivePage) Number(f LiveFilter) int {
	if len(f.Statuses) == 0 {
		return p.Tally.Total()
	}
	n := 0
	for _, s := range f.Statuses {
		n += p.Tally[s]
	}
	return n
}

// Nobody is said in place of the rows where a filter keeps none.
func (p *LivePage) Nobody(f LiveFilter) string {
	switch {
	case p.Filter.Search != "" && len(f.Statuses) > 0:
		return words.Say("Nobody who is ‘%s’ matches ‘%s’", f.Words, p.Filter.Search)
	case p.Filter.Search != "":
		return words.Say("Nobody matches ‘%s’", p.Filter.Search)
	case len(f.Statuses) > 0:
		return words.Say("Nobody is ‘%s’ now", f.Words)
	default:
		return words.Say("Nobody is on this list")
	}
}

// Practice tells whether no phone rings in it. A draft that will use the
// built-in gateway is practice already.
func (p *LivePage) Practice() bool { return practice(p.Campaign) }

func practice(c campaign.Campaign) bool {
	return c.Practice || c.Started.IsZero() && c.Settings.Gateway == ""
}

// Progress is how far it is.
func (p *LivePage) Progress() Progress { return ProgressOf(p.Tally) }

// Caption is the line below the count of a state.
func (p *LivePage) Caption(s campaign.Status) string {
	n, done := p.Tally[s], p.Progress().Done
	switch {
	case n == 0:
		return words.Say("nobody yet")
	case s == campaign.Unreached:
		return words.Say("no tries left")
	default:
		return words.Say("%s of those done", Share(n, done))
	}
}

// Remaining is the two lines below the count of those done: how many are left,
// or when they will have been called as far as that is known.
func (p *LivePage) Remaining(now time.Time) (first, later string) {
	left := p.Tally.Left()
	switch {
	case p.Campaign.State.Over():
		return words.Campaign(p.Campaign.State), ""
	case left == 0:
		return words.Say("Nobody left to call"), ""
	case p.Campaign.State != campaign.Running || p.Ends.Days == 0:
		return words.Many(left, "%s still to call", "%s still to call"), ""
	case p.Ends.Done.IsZero():
		return words.Many(left, "%s still to call", "%s still to call"), words.Many(p.Ends.Days, "not done within %s day", "not done within %s days")
	case !p.Ends.First.After(now) || p.Ends.First.Equal(p.Ends.Done):
		return words.Many(left, "%s still to call", "%s still to call"), words.Say("until about %s", words.When(p.Ends.Done, now))
	default:
		return words.Say("First calls until %s", words.When(p.Ends.First, now)), words.Say("Later tries until about %s", words.When(p.Ends.Done, now))
	}
}
