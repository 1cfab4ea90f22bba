package view

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is the page Check: what was found out about starting a campaign, as
// it is laid out in the window. page_check_words.go has its longer sentences.

// Mend is where something is mended.
type Mend int

// The places.
const (
	MendNowhere Mend = iota
	MendPeople       // the rows that were set aside
	MendMessage
	MendHours
	MendRules
	MendGateway
	MendDoNotCall
)

// CheckProblem is what must be mended before a start, or should be looked at.
type CheckProblem struct {
	What, How string
	Mend      Mend
	Action    string // words of the way there; empty without one
}

// Problems are what keeps the campaign from being started, the first to mend
// first.
func (l *Outlook) Problems() []CheckProblem {
	f := &l.found
	if f.campaign.State.Over() {
		return []CheckProblem{{What: words.Say("The campaign is over"), How: words.Say("Nobody is called again.")}}
	}
	problems := f.messageProblems()
	settings := NewWhenPage(f.campaign, nil)
	settings.Sample, settings.Now, settings.Unread = l.sample, f.now, l.Unread
	if blocked := settings.Blocked(); blocked != "" {
		problems = append(problems, CheckProblem{words.Say("When and how is not settled"), blocked, MendHours, words.Say("Mend in When and how")})
	}
	if f.nobody() {
		problems = append(problems, CheckProblem{words.Say("Nobody to call"), f.whyNobody(), MendPeople, words.Say("Mend in People")})
	}
	if blocked := f.blockedGateway(); blocked != "" {
		problems = append(problems, CheckProblem{words.Say("No gateway can be used"), blocked, MendGateway, words.Say("Mend in When and how")})
	}
	return problems
}

func (f *preflightFindings) messageProblems() []CheckProblem {
	mend := words.Say("Mend in Message")
	switch mistakes := f.flow.Mistakes(); {
	case f.campaign.Flow.Source == "":
		return []CheckProblem{{words.Say("No message is chosen yet"), words.Say("Nobody can be called without one."), MendMessage, words.Say("Choose in Message")}}
	case f.unread != "":
		return []CheckProblem{{words.Say("The message could not be read"), f.unread, MendMessage, mend}}
	case !f.flow.Valid && len(mistakes) > 0:
		what := words.Many(len(mistakes), "The message has %s mistake", "The message has %s mistakes")
		return []CheckProblem{{what, mistakes[0].Words(f.campaign.Flow.Source), MendMessage, mend}}
	case len(f.absent) > 0:
		what := words.Say("The message uses %s, but no column has that name", quoted(f.absent))
		return []CheckProblem{{what, words.Say("Everyone would hear a gap there. Choose a column, or take the word out."), MendMessage, mend}}
	}
	var problems []CheckProblem
	for _, found := range f.message.Mistakes() {
		what, how := FindingWords(found, f.message.Built)
		problems = append(problems, CheckProblem{what, how, MendMessage, mend})
	}
	return problems
}

// messageNotes is what should be looked at in a built message.
func (f *preflightFindings) messageNotes() []CheckProblem {
	for _, found := range f.message.Doubts() {
		if found.Problem == built.NoOptOut {
			what, _ := FindingWords(found, f.message.Built)
			return []CheckProblem{{what + ". " + OptOutWords(f.campaign.Settings.Law), "", MendMessage, words.Say("Mend in Message")}}
		}
	}
	return nil
}

// Notes are what should be looked at, and does not keep the campaign from being
// started.
func (l *Outlook) Notes() []CheckProblem {
	f := &l.found
	var notes []CheckProblem
	if n := f.list.Summary.Quarantined; n > 0 {
		notes = append(notes, CheckProblem{What: words.Many(n, "%s row was set aside at import and will not be called.", "%s rows were set aside at import and will not be called."),
			Mend: MendPeople, Action: words.Say("Show rows")})
	}
	s := f.campaign.Settings
	if key, n := lawOf(f.report.Numbers); n > 0 && s.Law == campaign.LawNone && !f.campaign.Practice {
		notes = append(notes, CheckProblem{What: words.Many(n, "%s person lives where rules of the trade are known (%s), and none are chosen.",
			"%s people live where rules of the trade are known (%s), and none are chosen.", words.LawName(key)), Mend: MendRules, Action: words.Say("Choose rules")})
	}
	if n := len(s.Exempt); n > 0 {
		notes = append(notes, CheckProblem{What: words.Many(n, "%s rule of the trade is switched off.", "%s rules of the trade are switched off."), Mend: MendRules, Action: words.Say("Show rules")})
	}
	for _, list := range f.stale() {
		notes = append(notes, CheckProblem{What: words.Say("The do-not-call list “%s” is older than 31 days.", list.Source), Mend: MendDoNotCall, Action: words.Say("Show lists")})
	}
	for _, g := range f.gateways {
		if g.away && f.blockedGateway() == "" {
			notes = append(notes, CheckProblem{What: words.Say("Nothing answers at %s. The other gateways take its calls.", hostOf(g.via.URL)), Mend: MendGateway, Action: words.Say("Show gateways")})
		}
	}
	if n := f.report.Numbers.Foreign; n > 0 {
		notes = append(notes, CheckProblem{What: words.Many(n, "%s number is of another country than the list.", "%s numbers are of other countries than the list.")})
	}
	return append(notes, f.messageNotes()...)
}

// Practice tells whether no phone rings.
func (l *Outlook) Practice() bool { return l.found.campaign.Practice }

// Counts are how many people are called, now or later, and how many are not.
func (l *Outlook) Counts() (called, skipped int) {
	return l.found.report.Dial + l.found.report.Later(), l.found.report.Missing()
}

// CheckShare is a part of all rows.
type CheckShare struct {
	Status campaign.Status // whose shape it has
	Words  string
	Count  int
}

// Shares are the parts of all rows in the order of a bar, none of them empty.
func (l *Outlook) Shares() []CheckShare {
	r := l.found.report
	later := words.Say("Later today")
	for _, g := range r.Waiting {
		if g.First.IsZero() || campaign.DayOf(g.First.In(l.found.now.Location())) != campaign.DayOf(l.found.now) {
			later = words.Say("Later")
		}
	}
	all := []CheckShare{
		{campaign.Calling, words.Say("At once"), r.Dial}, {campaign.Waiting, later, r.Later()},
		{campaign.Reached, words.Say("Called already"), r.Standing.Total()}, {campaign.Skipped, words.Say("Skipped"), r.Missing()},
	}
	return slices.DeleteFunc(all, func(s CheckShare) bool { return s.Count == 0 })
}

// CheckClock is people who are called by the same clock.
type CheckClock struct {
	Words string
	Count int
	Now   bool // they may be called at once
	When  string
}

// Clocks are when people are called by their own clock, the most people first.
func (l *Outlook) Clocks() []CheckClock {
	var clocks []CheckClock
	for _, z := range l.found.report.Zones {
		c := CheckClock{Words: zonesWords(z.Zones), Count: z.Rows, Now: z.Dial > 0}
		switch {
		case c.Now:
			c.When = nowThere(z.Zones, l.found.now)
		case z.First.IsZero():
			c.When = words.Say("Later")
		default:
			c.When = fromThere(z.First, z.Zones, l.found.now)
		}
		clocks = append(clocks, c)
	}
	return clocks
}

// nowThere says now by the first of clocks, where it shows another time.
func nowThere(zones []string, now time.Time) string {
	if at := words.Clock(now.In(clockAt(zones, now))); at != words.Clock(now) {
		return words.Say("Now, %s there", at)
	}
	return words.Say("Now")
}

// fromThere says a moment by this computer's clock and by the first of clocks,
// and on another day by that alone.
func fromThere(t time.Time, zones []string, now time.Time) string {
	place := clockAt(zones, now)
	here, there := t.In(now.Location()), t.In(place)
	switch {
	case words.Clock(here) == words.Clock(there):
		return words.Say("From %s", words.When(t, now))
	case campaign.DayOf(here) == campaign.DayOf(now):
		return words.Say("From %s, %s there", words.Clock(here), words.Clock(there))
	default:
		return words.Say("%s there", words.When(t, now.In(place)))
	}
}

// clockAt is the first of clocks; this computer's if there is none.
func clockAt(zones []string, now time.Time) *time.Location {
	if len(zones) == 0 {
		return now.Location()
	}
	place, err := time.LoadLocation(zones[0])
	if err != nil {
		return now.Location()
	}
	return place
}

func zonesWords(zones []string) string {
	if len(zones) == 0 {
		return words.Say("Anywhere")
	}
	names := make([]string, len(zones))
	for i, z := range zones {
		names[i] = ZoneWords(z)
	}
	return words.Or(names)
}

// CheckSkip is people who are not called for the same reason.
type CheckSkip struct {
	Words   string
	Count   int
	code    campaign.Code
	problem campaign.Problem
	some    []campaign.ContactID
}

// Skips are who is not called and why, the most people first.
func (l *Outlook) Skips() []CheckSkip {
	var skips []CheckSkip
	for _, g := range l.found.report.Never {
		skips = append(skips, CheckSkip{Words: groupWords(g, l.found.now), Count: g.Rows, code: g.Why.Code, problem: g.Why.Problem, some: g.Some})
	}
	return skips
}

// SkippedShown is how many people of a reason are shown.
const SkippedShown = 200

// Skipped returns the people of a skip, at most [SkippedShown].
func (o *Office) Skipped(ctx context.Context, id campaign.ID, s CheckSkip) ([]campaign.Contact, error) {
	ids := slices.Clone(s.some)
	if s.code != "" && len(ids) < SkippedShown {
		stored, err := o.Store.Order(ctx, id, campaign.Filter{Statuses: []campaign.Status{campaign.Skipped}, Code: s.code, Problem: s.problem})
		if err != nil {
			return nil, err
		}
		ids = append(ids, stored...)
	}
	return o.Store.Contacts(ctx, ids[:min(len(ids), SkippedShown)])
}

// TestRow is the row whose words a test call has: of somebody who is called
// first, zero if nobody is.
func (l *Outlook) TestRow() int {
	row := 0
	for _, z := range l.found.report.Zones {
		if row == 0 || z.Dial > 0 {
			if row = z.Someone; z.Dial > 0 {
				break
			}
		}
	}
	return row
}

// Test prepares a test call of a draft to a number as it is typed, with the
// words of a row.
func (o *Office) Test(ctx context.Context, c campaign.Campaign, number string, row int) (TestCall, error) {
	to, err := phone.Parse(number, c.Settings.Complete().Region)
	if err != nil {
		return TestCall{}, errors.New(words.Say("%s is no telephone number", quoted([]string{strings.TrimSpace(number)})))
	}
	ids, err := o.Store.Order(ctx, c.ID, campaign.Filter{Search: strconv.Itoa(row)})
	if err != nil {
		return TestCall{}, err
	}
	t := TestCall{To: to, Flow: c.Flow.Source, Columns: c.List.Columns, Settings: c.Settings.Complete(), Name: c.Name}
	for part := range slices.Chunk(ids, preflightPage/2) {
		rows, err := o.Store.Contacts(ctx, part)
		if err != nil {
			return TestCall{}, err
		}
		if at := slices.IndexFunc(rows, func(p campaign.Contact) bool { return p.Row == row }); at >= 0 {
			t.Row = rows[at]
			return t, nil
		}
	}
	return TestCall{}, errors.New(words.Say("the list has no row %s", words.Number(row)))
}
