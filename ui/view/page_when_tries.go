package view

import (
	"maps"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file is how often people are called again, on the page When and how.

// TryRow is one way in which a call may end, and what follows.
type TryRow struct {
	Words    string
	Status   campaign.Status // whose shape it has
	Outcomes []gateway.Outcome
	More     int // further calls after it; zero: it is final
	Delay    time.Duration
	When     TryWhen
	Says     string // what is worth knowing where it is final
}

// TryWhen is when, or where, somebody is called again.
type TryWhen int

// The ways to call again.
const (
	AnyTime TryWhen = iota
	OtherTime
	NextNumber
)

// TryWhens are the words of them, in their order.
func TryWhens() []string {
	return []string{words.Say("at any time"), words.Say("at another time of day"), words.Say("next number at once")}
}

// MostTries is how many calls to a person can be chosen.
const MostTries = 12

// TryRows are the ways in which a call may end, those first that come up most.
func (p *WhenPage) TryRows() []TryRow {
	rows := []TryRow{
		{Words: words.Say("No answer"), Status: campaign.Unreached, Outcomes: []gateway.Outcome{gateway.OutcomeNoAnswer}},
		{Words: words.Say("Busy"), Status: campaign.Unreached, Outcomes: []gateway.Outcome{gateway.OutcomeBusy}},
		{Words: words.Say("Message left"), Status: campaign.Machine, Outcomes: []gateway.Outcome{gateway.OutcomeMachine},
			Says: words.Say("counts as reached")},
		{Words: words.Say("Machine, no message"), Status: campaign.Machine, Outcomes: []gateway.Outcome{gateway.OutcomeNoMessage},
			Says: words.Say("not called again")},
		{Words: words.Say("Not in service"), Status: campaign.Failed, Outcomes: []gateway.Outcome{gateway.OutcomeBadNumber},
			Says: words.Say("next number, if there is one")},
		{Words: words.Say("Line trouble"), Status: campaign.Failed, Outcomes: []gateway.Outcome{gateway.OutcomeCongestion, gateway.OutcomeNoResponse},
			Says: words.Say("not called again")},
	}
	known := []gateway.Outcome{}
	for _, r := range rows {
		known = append(known, r.Outcomes...)
	}
	if _, again := p.Settings.Retry.After[gateway.OutcomeReached]; p.Settings.Finished != "" || again {
		known = append(known, gateway.OutcomeReached)
		rows = append(rows, TryRow{Words: words.Say("Hung up before the end"), Status: campaign.Reached,
			Outcomes: []gateway.Outcome{gateway.OutcomeReached}, Says: words.Say("counts as reached")})
	}
	for _, o := range slices.Sorted(maps.Keys(p.Settings.Retry.After)) {
		if !slices.Contains(known, o) {
			rows = append(rows, TryRow{Words: words.Outcome(o), Status: campaign.Unreached, Outcomes: []gateway.Outcome{o}, Says: words.Say("not called again")})
		}
	}
	for i := range rows {
		p.fillTry(&rows[i])
	}
	return rows
}

func (p *WhenPage) fillTry(r *TryRow) {
	retry := p.Settings.Retry
	for _, o := range r.Outcomes {
		again, found := retry.After[o]
		if !found {
			continue
		}
		r.More, r.Delay = retry.Tries-1, again.Delay
		if again.Tries > 0 {
			r.More = min(again.Tries, retry.Tries) - 1
		}
		switch {
		case again.NextNumber:
			r.When = NextNumber
		case again.OtherTime:
			r.When = OtherTime
		}
		return
	}
}

// SetMore is how many further calls there are after the outcomes of a row;
// zero makes them final.
func (p *WhenPage) SetMore(r TryRow, more int) {
	p.changeTry(r, more > 0, func(a *campaign.Again) {
		a.Tries = more + 1
		if a.Delay == 0 && !a.NextNumber {
			a.Delay = 30 * time.Minute
		}
	})
}

// SetDelay is how long after such a call the next one may be.
func (p *WhenPage) SetDelay(r TryRow, d time.Duration) {
	p.changeTry(r, r.More > 0, func(a *campaign.Again) { a.Delay = d })
}

// SetWhen is at which time of day, or on which number, the next one is.
func (p *WhenPage) SetWhen(r TryRow, w TryWhen) {
	p.changeTry(r, r.More > 0, func(a *campaign.Again) { a.OtherTime, a.NextNumber = w == OtherTime, w == NextNumber })
}

// changeTry changes what follows after the outcomes of a row. The settings that
// the page began with share nothing with it.
func (p *WhenPage) changeTry(r TryRow, again bool, change func(*campaign.Again)) {
	after := maps.Clone(p.Settings.Retry.After)
	if after == nil {
		after = map[gateway.Outcome]campaign.Again{}
	}
	for _, o := range r.Outcomes {
		a := after[o]
		change(&a)
		if after[o] = a; !again {
			delete(after, o)
		}
	}
	p.Settings.Retry.After = after
}

// SetTries is how many calls there are to a person in all.
func (p *WhenPage) SetTries(n int) { p.Settings.Retry.Tries = n }

// Delays are the waits that are offered; with one that is not among them, that
// too, in its place.
func Delays(with time.Duration) []time.Duration {
	list := []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
		8 * time.Hour, 24 * time.Hour, 48 * time.Hour, 72 * time.Hour, 7 * 24 * time.Hour}
	if at, found := slices.BinarySearch(list, with); !found {
		list = slices.Insert(list, at, with)
	}
	return list
}

// Span says a length of time: "20 minutes", "4 hours", "3 days".
func Span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == 0:
		return words.Say("at once")
	case d%day == 0:
		return words.Many(int(d/day), "%s day", "%s days")
	case d%time.Hour == 0:
		return words.Many(int(d/time.Hour), "%s hour", "%s hours")
	case d%time.Minute == 0:
		return words.Many(int(d/time.Minute), "%s minute", "%s minutes")
	default:
		return words.Many(int(d/time.Second), "%s second", "%s seconds")
	}
}

// Spans is [Span] of several.
func Spans(list []time.Duration) []string {
	said := make([]string, len(list))
	for i, d := range list {
		said[i] = Span(d)
	}
	return said
}

// AddLimit begins a limit of calls to a number in all campaigns: three in 30
// days.
func (p *WhenPage) AddLimit() {
	p.Settings.Limits = append(slices.Clone(p.Settings.Limits), campaign.Limit{Calls: 3, Within: 30 * 24 * time.Hour})
}

// SetLimit changes a limit.
func (p *WhenPage) SetLimit(i int, l campaign.Limit) {
	p.Settings.Limits = slices.Clone(p.Settings.Limits)
	p.Settings.Limits[i] = l
}

// RemoveLimit takes one away.
func (p *WhenPage) RemoveLimit(i int) {
	p.Settings.Limits = slices.Delete(slices.Clone(p.Settings.Limits), i, i+1)
}

// AddGap begins a time for which a number is left alone: two days after any
// call.
func (p *WhenPage) AddGap() {
	p.Settings.Gaps = append(slices.Clone(p.Settings.Gaps), campaign.Gap{For: 48 * time.Hour})
}

// SetGap changes one.
func (p *WhenPage) SetGap(i int, g campaign.Gap) {
	p.Settings.Gaps = slices.Clone(p.Settings.Gaps)
	p.Settings.Gaps[i] = g
}

// RemoveGap takes one away.
func (p *WhenPage) RemoveGap(i int) {
	p.Settings.Gaps = slices.Delete(slices.Clone(p.Settings.Gaps), i, i+1)
}

// GapKind is after which calls a number is left alone.
type GapKind struct {
	Words string
	After []gateway.Outcome
}

// GapKinds are those that are offered; others that g has are the last.
func GapKinds(g campaign.Gap) (kinds []GapKind, at int) {
	kinds = []GapKind{
		{words.Say("any call"), nil},
		{words.Say("a call that was answered"), []gateway.Outcome{gateway.OutcomeReached, gateway.OutcomeMachine}},
		{words.Say("a call that nobody answered"), []gateway.Outcome{gateway.OutcomeNoAnswer, gateway.OutcomeBusy}},
	}
	for i, k := range kinds {
		if slices.Equal(k.After, g.After) {
			return kinds, i
		}
	}
	return append(kinds, GapKind{words.Say("some calls"), g.After}), len(kinds)
}
