package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// LivePage is a campaign while it runs: counts, what happens now, and the rows.
type LivePage struct {
	Campaign campaign.Campaign
	Tally    campaign.Tally
	Busy     int // calls under way
	NextDue  time.Time
	Away     error // set while the gateway does not answer
	Filter   campaign.Filter
	Rows     RowCache
}

// Take brings what a Runner told.
func (p *LivePage) Take(u campaign.Update) {
	p.Campaign, p.Tally, p.Busy, p.NextDue, p.Away = u.Campaign, u.Tally, u.Outstanding, u.NextDue, u.Away
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
		{Words: "All"},
		{Words: "Calling", Status: campaign.Calling, Statuses: []campaign.Status{campaign.Sending, campaign.Queued, campaign.Calling}},
		one(campaign.Waiting), one(campaign.Ready),
		{Words: "Skipped", Status: campaign.Skipped, Statuses: []campaign.Status{campaign.Skipped, campaign.Cancelled}},
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
		return "Nobody who is ‘" + f.Words + "’ matches ‘" + p.Filter.Search + "’"
	case p.Filter.Search != "":
		return "Nobody matches ‘" + p.Filter.Search + "’"
	case len(f.Statuses) > 0:
		return "Nobody is ‘" + f.Words + "’ now"
	default:
		return "Nobody is on this list"
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
		return "nobody yet"
	case s == campaign.Unreached:
		return "no tries left"
	default:
		return Share(n, done) + " of those done"
	}
}

// Remaining is the line below the count of those done.
func (p *LivePage) Remaining() string {
	left := p.Tally.Left()
	switch {
	case p.Campaign.State.Over():
		return words.Campaign(p.Campaign.State)
	case left == 0:
		return "Nobody left to call"
	default:
		return Count(left) + " still to call"
	}
}

// open counts the rows at which a call is under way, by the store.
func (p *LivePage) open() int {
	return p.Tally[campaign.Sending] + p.Tally[campaign.Queued] + p.Tally[campaign.Calling]
}

// Now says what happens at this moment, in bold, and the rest in a sentence.
func (p *LivePage) Now(now time.Time) (head, rest string) {
	lines := p.Campaign.Settings.Lines
	waiting := p.waiting(now)
	switch {
	case p.Away != nil:
		return "The gateway does not answer", "No new call begins until it does. Calls in progress go on. It is asked again every few seconds."
	case p.Campaign.State == campaign.Paused && p.Busy > 0:
		return "Paused", fmt.Sprintf("%s in progress, which may end by themselves.", counted(p.Busy, "call is", "calls are"))
	case p.Campaign.State == campaign.Paused && p.open() > 0:
		return "Paused", counted(p.open(), "call was", "calls were") + " under way when the program ended. What became of them is asked when calling goes on."
	case p.Campaign.State == campaign.Paused:
		return "Paused", "No new call begins. " + sentence(p.Campaign.Why, now)
	case p.Campaign.State == campaign.Stopped:
		return "Stopped", "Results so far are kept; people not called yet were cancelled."
	case p.Campaign.State == campaign.Finished:
		return "Finished", Ended(p.Tally) + "."
	case p.Campaign.State == campaign.Draft:
		return "Not started", "Nobody has been called."
	case p.Busy == 0 && p.Tally[campaign.Ready] == 0 && waiting != "":
		return "Waiting", waiting
	default:
		return fmt.Sprintf("%d of %s in use", p.Busy, counted(lines, "line", "lines")), waiting
	}
}

func (p *LivePage) waiting(now time.Time) string {
	n := p.Tally[campaign.Waiting]
	if n == 0 {
		return ""
	}
	s := counted(n, "person waits", "people wait")
	if !p.NextDue.IsZero() {
		s += fmt.Sprintf(", the next until %s", words.When(p.NextDue, now))
	}
	return s + "."
}

func sentence(r campaign.Reason, now time.Time) string {
	if r.IsZero() || r.Code == campaign.CodeByUser {
		return ""
	}
	return words.Sentence(r, now) + "."
}

// LiveRow is a row of the grid in words.
type LiveRow struct {
	Row, Name, Number, State, What, Next string
}

// Row is row i in words, and false while it is not loaded.
func (p *LivePage) Row(i int, now time.Time) (LiveRow, bool) {
	c, ok := p.Rows.At(i)
	if !ok {
		return LiveRow{}, false
	}
	return LiveRow{Row: Count(c.Row), Name: c.Name, Number: NumberOf(c), State: words.Status(c.Status), What: What(c, now), Next: words.Next(c, now)}, true
}

// NumberOf is a row's number as the office writes it.
func NumberOf(c campaign.Contact) string {
	if c.Number == "" {
		return "–"
	}
	return words.Phone(c.Number)
}

// What is what happened to a row, or why it stands where it stands.
func What(c campaign.Contact, now time.Time) string {
	switch {
	case c.Status == campaign.Reached && len(c.Answers) > 0:
		return answers(c.Answers)
	case !c.Why.IsZero():
		return words.Sentence(c.Why, now)
	default:
		return lacking(c.Status)
	}
}

// lacking is what is said of a row that needs no reason.
func lacking(s campaign.Status) string {
	switch s {
	case campaign.Ready:
		return "Not called yet"
	case campaign.Sending, campaign.Queued:
		return "Next free line"
	case campaign.Calling:
		return "On a line now"
	case campaign.Reached:
		return "Listened"
	case campaign.Machine:
		return "Message left"
	default:
		return "–"
	}
}

// answers says what somebody answered: "Pressed 2", or each answer with its
// question where there are several.
func answers(all []gateway.Answer) string {
	var said []string
	for _, a := range all {
		switch {
		case a.Name == optOut && a.Value == "true":
			said = append(said, "asked not to be called again")
		case a.Name == optOut:
		case len(all) == 1 || len(all) == 2 && hasOptOut(all):
			said = append(said, pressed(a.Value))
		default:
			said = append(said, AnswerCount{Question: a.Name, Value: a.Value}.Words())
		}
	}
	if len(said) == 0 {
		return "Listened"
	}
	return strings.Join(said, ", ")
}

// optOut is the field by which people ask not to be called again.
const optOut = "optout"

func hasOptOut(all []gateway.Answer) bool {
	return slices.ContainsFunc(all, func(a gateway.Answer) bool { return a.Name == optOut })
}

// pressed says that keys were pressed, or what else was said.
func pressed(value string) string {
	if value != "" && strings.Trim(value, "0123456789*#") == "" {
		return "Pressed " + value
	}
	return "Answered " + value
}

// Details is everything about one row.
type Details struct {
	Contact campaign.Contact
	Title   string
	Under   string // row and number
	Head    string // the state in bold
	Why     string
	Calls   []DetailsCall
	Checks  []string
}

// DetailsCall is one attempt.
type DetailsCall struct {
	Words  string
	At     string
	More   string
	Status campaign.Status // whose shape stands for it
}

// DetailsOf puts a row and its attempts into words.
func DetailsOf(c campaign.Contact, attempts []campaign.Attempt, now time.Time) Details {
	d := Details{Contact: c, Title: c.Name, Under: fmt.Sprintf("Row %s · %s", Count(c.Row), NumberOf(c)), Head: words.Status(c.Status), Why: What(c, now)}
	if d.Title == "" {
		d.Title = "Nobody’s name"
	}
	switch {
	case c.Status == campaign.Waiting && !c.NextAt.IsZero():
		d.Head = "Waiting until " + words.When(c.NextAt, now)
	case c.Status == campaign.Doubt:
		d.Why = strings.TrimPrefix(d.Why+". ", "–. ") + "May or may not have been called. You decide; until then Rollcall does not call again."
	}
	for i := len(attempts) - 1; i >= 0; i-- {
		d.Calls = append(d.Calls, detailsCall(attempts[i], c.Status, now))
	}
	switch {
	case c.DoNotCall:
		d.Checks = append(d.Checks, "On the do-not-call list")
	case c.Number != "":
		d.Checks = append(d.Checks, "Not on the do-not-call list")
	}
	d.Checks = append(d.Checks, counted(c.Tries, "try so far", "tries so far"))
	for _, zone := range c.Zones {
		if at, err := time.LoadLocation(zone); err == nil {
			d.Checks = append(d.Checks, fmt.Sprintf("%s there now (%s)", words.When(now.In(at), now.In(at)), zone))
		}
	}
	return d
}

// detailsCall puts an attempt of a row in a state into words.
func detailsCall(a campaign.Attempt, row campaign.Status, now time.Time) DetailsCall {
	call := DetailsCall{At: words.When(a.Begun, now), Status: campaign.Calling, Words: "In progress"}
	if a.Open() && row == campaign.Doubt {
		call.Status, call.Words, call.More = campaign.Doubt, words.Status(campaign.Doubt), "Sent to the gateway; how it ended is not known"
	}
	if !a.Open() {
		call.Words, call.Status = words.Outcome(a.Outcome), campaign.StatusOf(a.Outcome)
		if took := a.Ended.Sub(a.Begun).Round(time.Second); took > 0 {
			call.More = Duration(took)
		}
	}
	if len(a.Answers) > 0 {
		call.More = answers(a.Answers)
	}
	return call
}

// Duration is a length as people say it: "2 s", "1 min 5 s".
func Duration(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
}
