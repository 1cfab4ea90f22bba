package view

import (
	"context"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is everything about one row.

// PersonFacts is what is known of a row when it is looked at.
type PersonFacts struct {
	Campaign campaign.Campaign
	Contact  campaign.Contact
	Attempts []campaign.Attempt // oldest first
	Past     []campaign.Past    // calls to their numbers that may count for a limit
	Blocked  []campaign.DoNotCallEntry
	Lists    []campaign.DoNotCallList
}

// Person reads what is known of a row, and false if it is gone.
func (o *Office) Person(ctx context.Context, c campaign.Campaign, id campaign.ContactID, now time.Time) (PersonFacts, bool, error) {
	f := PersonFacts{Campaign: c}
	rows, err := o.Store.Contacts(ctx, []campaign.ContactID{id})
	if err != nil || len(rows) == 0 {
		return f, false, err
	}
	f.Contact = rows[0]
	if f.Attempts, err = o.Store.Attempts(ctx, c.ID, id); err != nil {
		return f, false, err
	}
	facts, err := o.Store.Facts(ctx, c, rows, now.Add(-c.Settings.Memory()))
	if err != nil {
		return f, false, err
	}
	f.Past = facts[0].Past
	if f.Contact.Number != "" {
		f.Blocked, f.Lists, err = o.Store.WhyDoNotCall(ctx, f.Contact.Number)
	}
	return f, true, err
}

// Details is everything about one row in words.
type Details struct {
	Contact campaign.Contact
	Title   string
	Under   string // row and number
	Head    string // the state in bold
	Why     string
	Calls   []DetailsCall // the newest first
	Checks  []DetailsCheck
	Answers []DetailsPair
	Columns []DetailsPair // of the list; empty cells are left out
	Acts    []Act         // what can be done with it, the most likely first
}

// DetailsCall is one attempt.
type DetailsCall struct {
	Words  string
	At     string
	More   string
	Status campaign.Status // whose shape stands for it
}

// DetailsCheck is one thing that tells whether somebody may be called.
type DetailsCheck struct {
	OK    bool
	Words string
}

// DetailsPair is something by its name.
type DetailsPair struct{ Name, Value string }

// DetailsOf puts a row into words.
func DetailsOf(f PersonFacts, now time.Time) Details {
	c := f.Contact
	d := Details{Contact: c, Title: c.Name, Under: words.Say("Row %s · %s", Count(c.Row), NumberOf(c)), Head: words.Status(c.Status), Why: why(f, now), Acts: ActsFor(c)}
	if d.Title == "" {
		d.Title = words.Say("Nobody’s name")
	}
	if c.Status == campaign.Waiting && c.NextAt.After(now) {
		d.Head = words.Say("Waiting until %s", words.When(c.NextAt, now))
	}
	for _, a := range slices.Backward(f.Attempts) {
		d.Calls = append(d.Calls, detailsCall(a, c.Status, now))
	}
	d.Checks = checks(f, now)
	for _, a := range c.Answers {
		d.Answers = append(d.Answers, DetailsPair{a.Name, answerWords(a.Value)})
	}
	for i, heading := range f.Campaign.List.Columns {
		if i < len(c.Cells) && strings.TrimSpace(c.Cells[i]) != "" {
			d.Columns = append(d.Columns, DetailsPair{heading, c.Cells[i]})
		}
	}
	return d
}

// why says in sentences why a row stands where it stands, and what comes next.
func why(f PersonFacts, now time.Time) string {
	c := f.Contact
	said := []string{}
	if s := What(c, now); s != "" && s != "–" {
		said = append(said, s+".")
	}
	switch {
	case c.Status == campaign.Doubt:
		said = append(said, words.Say("May or may not have been called. You decide; until then Rollcall does not call again."))
	case c.Status == campaign.Ready && c.DoNotCall:
		said = append(said, words.Say("The number is on the do-not-call list: nobody is called."))
	case c.Status == campaign.Waiting && len(f.Attempts) > 0:
		said = append(said, triesLeft(f))
	}
	return strings.Join(said, " ")
}

// tries is how often the phone was tried that counts.
func tries(c campaign.Contact) int { return max(0, c.Tries-c.Anew.Tries) }

func triesLeft(f PersonFacts) string {
	return words.Many(max(0, f.Campaign.Settings.Retry.Tries-tries(f.Contact)), "%s try is left.", "%s tries are left.")
}

// detailsCall puts an attempt of a row in a state into words.
func detailsCall(a campaign.Attempt, row campaign.Status, now time.Time) DetailsCall {
	call := DetailsCall{At: words.When(a.Begun, now), Status: campaign.Calling, Words: words.Say("In progress")}
	if a.Open() && row == campaign.Doubt {
		call.Status, call.Words, call.More = campaign.Doubt, words.Status(campaign.Doubt), words.Say("Sent to the gateway; how it ended is not known")
	}
	if a.Open() {
		return call
	}
	call.Words, call.Status = words.Outcome(a.Outcome), campaign.StatusOf(a.Outcome)
	var more []string
	if took := a.Ended.Sub(a.Begun).Round(time.Second); took > 0 {
		more = append(more, Duration(took))
	}
	if len(a.Answers) > 0 {
		more = append(more, answers(a.Answers))
	}
	if a.Gateway != "" && a.Gateway != campaign.BuiltIn {
		more = append(more, a.Gateway)
	}
	call.More = strings.Join(more, ", ")
	return call
}

// checks tells what lets somebody be called, and what does not.
func checks(f PersonFacts, now time.Time) []DetailsCheck {
	if never(f.Contact) {
		return []DetailsCheck{whyNever(f, now)}
	}
	all := []DetailsCheck{}
	if f.Contact.Number != "" {
		all = append(all, listed(f, now))
	}
	all = append(all, triesCheck(f))
	all = append(all, limitChecks(f, now)...)
	return append(all, zoneCheck(f.Contact, now))
}

// never tells whether a row is not called as things stand, whenever it is.
func never(c campaign.Contact) bool {
	return c.Status == campaign.Skipped || c.Status == campaign.Cancelled
}

func whyNever(f PersonFacts, now time.Time) DetailsCheck {
	c := f.Contact
	switch {
	case c.DoNotCall && c.Number != "":
		return listed(f, now)
	case c.Why.IsZero():
		return DetailsCheck{false, words.Status(c.Status)}
	default:
		return DetailsCheck{false, words.Sentence(c.Why, now)}
	}
}

// listed tells whether the number is on the do-not-call list, and by whom.
func listed(f PersonFacts, now time.Time) DetailsCheck {
	if !f.Contact.DoNotCall {
		return DetailsCheck{true, words.Say("Not on the do-not-call list")}
	}
	for _, e := range f.Blocked {
		if !e.Expires.IsZero() && !e.Expires.After(now) || e.Campaign != 0 && e.Campaign != f.Campaign.ID {
			continue
		}
		if e.Way == campaign.ByKey {
			return DetailsCheck{false, words.Say("Asked not to be called again, %s", Day(e.Added, now))}
		}
		return DetailsCheck{false, words.Say("On the do-not-call list since %s", Day(e.Added, now))}
	}
	for _, l := range f.Lists {
		return DetailsCheck{false, words.Say("On the do-not-call list “%s”", l.Source)}
	}
	return DetailsCheck{false, words.Say("On the do-not-call list")}
}

func triesCheck(f PersonFacts) DetailsCheck {
	n, most := tries(f.Contact), f.Campaign.Settings.Complete().Retry.Tries
	return DetailsCheck{n < most, words.Many(n, "%s try so far, %s allowed", "%s tries so far, %s allowed", Count(most))}
}

// limitChecks tells how many calls count against each limit.
func limitChecks(f PersonFacts, now time.Time) []DetailsCheck {
	limits := slices.Clone(f.Campaign.Settings.Limits)
	law, _ := campaign.LawOf(f.Campaign.Settings.Law)
	for _, r := range law.For(f.Contact.Number) {
		exempt := slices.ContainsFunc(f.Campaign.Settings.Exempt, func(e campaign.Exemption) bool { return e.Rule == r.ID })
		if r.Limit != nil && !exempt {
			limits = append(limits, *r.Limit)
		}
	}
	var all []DetailsCheck
	for _, l := range limits {
		n := l.Used(now, f.Past, f.Contact.Number)
		all = append(all, DetailsCheck{n < l.Calls, words.Many(n, "%s call in %s, %s allowed", "%s calls in %s, %s allowed", stretch(l.Within), Count(l.Calls))})
	}
	return all
}

// stretch is "30 days" or "24 hours".
func stretch(d time.Duration) string {
	const day = 24 * time.Hour
	if d > day && d%day == 0 {
		return words.Many(int(d/day), "%s day", "%s days")
	}
	return words.Many(int(d/time.Hour), "%s hour", "%s hours")
}

// zoneCheck tells by which clock somebody is called.
func zoneCheck(c campaign.Contact, now time.Time) DetailsCheck {
	var places []string
	var clock string
	for _, zone := range c.Zones {
		place, err := time.LoadLocation(zone)
		if err != nil {
			continue
		}
		if clock == "" {
			clock = words.Clock(now.In(place))
		}
		places = append(places, cityOf(zone))
	}
	open := c.Status != campaign.Waiting || !closedCode(c.Why.Code)
	byNumber := c.Number != "" && slices.Equal(c.Zones, c.Number.Zones())
	switch {
	case len(places) == 0:
		return DetailsCheck{false, words.Say("Nobody can tell what time it is at their place")}
	case len(places) > 1:
		return DetailsCheck{open, words.Say("%s: called only when all of them allow it", strings.Join(places, ", "))}
	case byNumber:
		return DetailsCheck{open, words.Say("%s there, by the number: %s", clock, places[0])}
	default:
		return DetailsCheck{open, words.Say("%s there, by the list: %s", clock, places[0])}
	}
}

// closedCode tells whether a reason is about the time at which somebody may be
// called.
func closedCode(c campaign.Code) bool {
	switch c {
	case campaign.CodeHours, campaign.CodeOwnHours, campaign.CodeHoliday, campaign.CodeLaw, campaign.CodeSchedule:
		return true
	default:
		return false
	}
}

// MayBeCalled tells whether nothing of a row's checks is against calling.
func (d Details) MayBeCalled() bool {
	return !slices.ContainsFunc(d.Checks, func(c DetailsCheck) bool { return !c.OK })
}

// Never tells whether the row is not called as things stand, whenever it is.
func (d Details) Never() bool { return never(d.Contact) }

// Evidence is all that is known of a row and its calls, for whoever must find
// out what happened: codes, ids and exact times.
func (f PersonFacts) Evidence() string {
	var b strings.Builder
	c := f.Contact
	line := func(said string) { b.WriteString(said + "\n") }
	line(words.Say("%s, row %d, %s, %s", f.Campaign.Name, c.Row, c.Name, c.Number.International()))
	line(words.Say("state %s, reason %s, next %s, tries %d", c.Status, c.Why.Code, exactly(c.NextAt), c.Tries))
	if c.Anew != (campaign.Anew{}) {
		line(words.Say("called again by a person’s word: attempts to %d forgiven", c.Anew.Since))
	}
	for _, a := range f.Attempts {
		line(words.Say("attempt %d to %s: gateway %s, id %d, reference %s", a.ID, a.Number.International(), a.Gateway, a.ReqID, a.Reference))
		line("  " + words.Say("begun %s, sent %s, ended %s", exactly(a.Begun), exactly(a.Sent), exactly(a.Ended)))
		line("  " + words.Say("outcome %s, reason %s %s", a.Outcome, a.Why.Code, a.Why.Text))
		for _, answer := range a.Answers {
			line("  " + words.Say("answer %s=%s", answer.Name, answer.Value))
		}
	}
	return b.String()
}

func exactly(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2006-01-02 15:04:05.000 -0700")
}

// Duration is a length as people say it: "2 s", "1 min 5 s".
func Duration(d time.Duration) string {
	if d < time.Minute {
		return words.Say("%d s", d/time.Second)
	}
	return words.Say("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
}
