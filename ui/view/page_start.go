package view

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// StartQuestion is what a person is asked before anybody is called: how many,
// through which gateway, and whether telephones ring.
type StartQuestion struct {
	Title   string
	People  string
	Gateway string
	Phones  string
	Hours   string
	// Practice is true if no phone rings; then starting is the harmless answer.
	Practice bool
	Confirm  string // words of the button that starts
	// Blocked says why it cannot be started, empty if it can.
	Blocked string
}

// gatewayPatience is how long a gateway is given to say what it is.
const gatewayPatience = 4 * time.Second

// AskStart finds out what starting c would do. It asks the gateway, if that is
// not the built-in one, and dials nothing.
func (o *Office) AskStart(ctx context.Context, c campaign.Campaign) (StartQuestion, error) {
	tally, err := o.Store.Tally(ctx, c.ID)
	if err != nil {
		return StartQuestion{}, fmt.Errorf("count the people: %w", err)
	}
	q := StartQuestion{Practice: true}
	var names, away []string
	for _, via := range c.Settings.Ways() {
		name, practice, none := askGateway(ctx, via.URL, c.Settings.Lines)
		if names = append(names, name); none {
			away = append(away, via.URL)
			continue
		}
		q.Practice = q.Practice && practice
	}
	q.Gateway = words.And(names)
	if len(away) == len(names) {
		q.Practice, q.Blocked = false, nothingAnswers(away[0])
	}
	if c.Flow.Source != "" && q.Blocked == "" {
		q.Blocked = o.unplayable(ctx, c)
	}
	return fillStart(q, c, tally), nil
}

// askGateway asks a gateway what it is; the built-in one is known.
func askGateway(ctx context.Context, address string, lines int) (name string, practice, away bool) {
	if address == "" {
		return words.Many(lines, "Built-in gateway, %s line", "Built-in gateway, %s lines"), true, false
	}
	name, about, away := aboutGateway(ctx, address)
	return name, about.Extended && about.Practice, away
}

// aboutGateway asks a gateway what it is; away means that it did not answer.
func aboutGateway(ctx context.Context, address string) (name string, about gateway.About, away bool) {
	ctx, cancel := context.WithTimeout(ctx, gatewayPatience)
	defer cancel()
	name = address
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		name = words.Say("Gateway at %s", u.Host)
	}
	about, err := (&gateway.Client{URL: address}).About(ctx)
	return name, about, err != nil
}

func nothingAnswers(address string) string {
	return words.Say("Nothing answers at %s. Nobody can be called through it now. Start the gateway there, or check the address.", address)
}

func fillStart(q StartQuestion, c campaign.Campaign, t campaign.Tally) StartQuestion {
	left := t.Left()
	q.Title = words.Many(left, "Call up to %s person?", "Call up to %s people?")
	q.People = words.Many(left, "%s person, unless on the do-not-call list", "%s people, without those on the do-not-call list")
	if n := t[campaign.Skipped]; n > 0 {
		q.People = words.Many(n, "%[2]s; %[1]s is skipped", "%[2]s; %[1]s are skipped", q.People)
	}
	q.Hours = hoursWords(c.Settings.Hours)
	if q.Practice {
		q.Phones, q.Confirm = words.Say("No phone rings. The far end is played by this computer."), words.Say("Start practice calls")
	} else {
		q.Phones, q.Confirm = words.Say("Real telephones ring."), words.Say("Start calling")
	}
	if left == 0 && q.Blocked == "" {
		q.Blocked = nobodyLeft()
	}
	return q
}

// hoursWords says when people are called: "9:00 to 20:00 at their own place".
func hoursWords(h campaign.Hours) string {
	first := h.Days[0]
	switch {
	case h.Always():
		return words.Say("At every hour: this campaign has no calling hours")
	case h == campaign.EveryDay(first.From, first.Till):
		return words.Say("%s to %s, at each person’s own place", words.ClockOf(first.From), words.ClockOf(first.Till))
	default:
		return words.Say("%s, at each person’s own place", HoursText(h))
	}
}
