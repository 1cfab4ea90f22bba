package campaign_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// gateCase is a question to the gate, at noon in New York unless it says
// otherwise, and the answer.
type gateCase struct {
	name     string
	now      time.Time
	settings func(*campaign.Settings)
	row      func(*campaign.Contact)
	facts    campaign.Facts
	rules    []campaign.LawRule // of the preset
	practice bool
	want     campaign.Decision
}

func noonThere(t *testing.T) time.Time { return eastern(t, "2026-11-24 12:00:00") }

func (g gateCase) run(t *testing.T) {
	t.Helper()
	c, p := running(), ready()
	c.Practice = g.practice
	if g.now.IsZero() {
		g.now = noonThere(t)
	}
	if g.settings != nil {
		g.settings(&c.Settings)
	}
	if g.row != nil {
		g.row(&p)
	}
	j := campaign.JudgeBy(c.Settings, func(phone.Number) []campaign.LawRule { return g.rules }, christmas)
	if diff := cmp.Diff(g.want, j.Decide(g.now, c, p, g.facts)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func runCases(t *testing.T, cases []gateCase) {
	t.Helper()
	for _, g := range cases {
		t.Run(g.name, g.run)
	}
}

// christmas is a calendar "christmas", of one day.
func christmas(key string, year int) ([]campaign.Day, bool) {
	if key != "christmas" {
		return nil, false
	}
	return []campaign.Day{{Year: year, Month: time.December, Day: 25}}, true
}

func dials(n phone.Number) campaign.Decision {
	return campaign.Decision{Verdict: campaign.Dial, Number: n}
}

// waits is a decision to wait because of why, in which Until is filled in.
func waits(until time.Time, why campaign.Reason) campaign.Decision {
	why.Until = until
	return campaign.Decision{Verdict: campaign.Wait, Until: until, Why: why}
}

func neverBecause(code campaign.Code, o gateway.Outcome) campaign.Decision {
	return campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: code, Outcome: string(o)}}
}

// at is an attempt at a number that ended so long ago.
func at(n phone.Number, ended time.Time, o gateway.Outcome) campaign.Attempt {
	return campaign.Attempt{Number: n, Begun: ended.Add(-time.Minute), Ended: ended, Outcome: o}
}

func attempts(all ...campaign.Attempt) campaign.Facts { return campaign.Facts{Attempts: all} }

// three gives a row three numbers.
func three(p *campaign.Contact) { p.Others = []phone.Number{number(1), number(2)} }

// afterBusy sets what happens after busy.
func afterBusy(again campaign.Again) func(*campaign.Settings) {
	return func(s *campaign.Settings) { s.Retry.Tries, s.Retry.After[gateway.OutcomeBusy] = 9, again }
}

func TestWhoseTurnItIs(t *testing.T) {
	noon := noonThere(t)
	ago := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	next := campaign.Again{Delay: 10 * time.Minute, NextNumber: true}
	busy := func(n, minutes int) campaign.Attempt { return at(number(n), ago(minutes), gateway.OutcomeBusy) }
	bad := func(n, minutes int) campaign.Attempt { return at(number(n), ago(minutes), gateway.OutcomeBadNumber) }
	retry := func(until time.Time, try, of int) campaign.Decision {
		return waits(until, campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: try, Of: of})
	}
	runCases(t, []gateCase{
		{name: "the first one first", row: three, want: dials(number(0))},
		{name: "only further ones", row: func(p *campaign.Contact) { three(p); p.Number = "" }, want: dials(number(1))},
		{name: "the same again", row: three, facts: attempts(busy(1, 60)), want: dials(number(1))},
		{name: "the same again, later", row: three, facts: attempts(busy(1, 5)), want: retry(noon.Add(5*time.Minute), 2, 3)},
		{name: "the next at once", row: three, settings: afterBusy(next), facts: attempts(busy(0, 0)), want: dials(number(1))},
		{name: "round to the first", row: three, settings: afterBusy(next), facts: attempts(busy(0, 20), busy(1, 5), busy(2, 0)), want: dials(number(0))},
		{name: "round to the first, too early", row: three, settings: afterBusy(next), facts: attempts(busy(0, 3), busy(1, 2), busy(2, 0)),
			want: retry(noon.Add(7*time.Minute), 4, 9)},
		{name: "only one there is", settings: afterBusy(next), facts: attempts(busy(0, 0)), want: retry(noon.Add(10*time.Minute), 2, 9)},
		{name: "no good, the next at once", row: three, facts: attempts(bad(0, 0)), want: dials(number(1))},
		{name: "two are no good", row: three, facts: attempts(bad(0, 9), bad(1, 0)), want: dials(number(2))},
		{name: "round past one that is no good", row: three, settings: afterBusy(next), facts: attempts(bad(0, 30), busy(1, 20), busy(2, 0)), want: dials(number(1))},
		{name: "none is any good", row: three, settings: afterBusy(next), facts: attempts(bad(0, 9), bad(1, 5), bad(2, 0)),
			want: neverBecause(campaign.CodeOutcome, gateway.OutcomeBadNumber)},
		{name: "no good, but again", settings: func(s *campaign.Settings) { s.Retry.After[gateway.OutcomeBadNumber] = campaign.Again{Delay: time.Hour} },
			facts: attempts(bad(0, 60)), want: dials(number(0))},
		{name: "stop when one is reached", row: three, facts: attempts(at(number(1), ago(60), gateway.OutcomeReached)),
			want: neverBecause(campaign.CodeOutcome, gateway.OutcomeReached)},
		{name: "a machine is final for all", row: three, facts: attempts(at(number(0), ago(60), gateway.OutcomeMachine)),
			want: neverBecause(campaign.CodeOutcome, gateway.OutcomeMachine)},
		{name: "one is forbidden", row: three, facts: campaign.Facts{Forbidden: []phone.Number{number(0)}}, want: dials(number(1))},
		{name: "the first is on the list", row: func(p *campaign.Contact) { three(p); p.DoNotCall = true }, want: dials(number(1))},
		{name: "all are forbidden", row: three, facts: campaign.Facts{Forbidden: []phone.Number{number(2), number(1), number(0)}},
			want: neverBecause(campaign.CodeDoNotCall, "")},
		{name: "the next is forbidden", row: three, settings: afterBusy(next),
			facts: campaign.Facts{Attempts: []campaign.Attempt{busy(0, 0)}, Forbidden: []phone.Number{number(1)}}, want: dials(number(2))},
		{name: "tries are counted for all", row: three, facts: attempts(busy(0, 90), busy(1, 60), busy(2, 30)),
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3}}},
		{name: "greater priority changes nothing", row: func(p *campaign.Contact) { p.Priority = 100; p.DoNotCall = true }, want: neverBecause(campaign.CodeDoNotCall, "")},
	})
}

// TestNumberThatWasTakenAway: a row whose last call was to a number that is no
// longer its own begins with its first.
func TestNumberThatWasTakenAway(t *testing.T) {
	gone := at(number(8), noonThere(t), gateway.OutcomeBadNumber)
	gateCase{row: three, facts: attempts(gone), want: dials(number(0))}.run(t)
}

func TestRingingElsewhere(t *testing.T) {
	noon := noonThere(t)
	rings := func(n int, row campaign.ContactID) campaign.Past {
		return campaign.Past{Number: number(n), Contact: row, Begun: noon.Add(-time.Minute)}
	}
	past := func(all ...campaign.Past) campaign.Facts { return campaign.Facts{Past: all} }
	ringing := campaign.Decision{Verdict: campaign.Wait, Why: campaign.Reason{Code: campaign.CodeRinging}}
	runCases(t, []gateCase{
		{name: "the only one", facts: past(rings(0, 2)), want: ringing},
		{name: "at night too", now: noon.Add(11 * time.Hour), facts: past(rings(0, 2)), want: ringing},
		{name: "another number", facts: past(rings(1, 2)), want: dials(number(0))},
		{name: "the next has its turn", row: three, facts: past(rings(0, 2)), want: dials(number(1))},
		{name: "all of them", row: three, facts: past(rings(0, 2), rings(1, 3), rings(2, 2)), want: ringing},
		{name: "the row's own", facts: past(rings(0, 1)), want: dials(number(0))},
	})
}

// TestRingingIsSoonLookedAtAgain: nobody waits a day for one number because
// another one rings for a minute.
func TestRingingIsSoonLookedAtAgain(t *testing.T) {
	noon := noonThere(t)
	for _, first := range []int{0, 1} {
		gateCase{
			row:      func(p *campaign.Contact) { p.Others = []phone.Number{number(1)} },
			settings: func(s *campaign.Settings) { s.Limits = []campaign.Limit{{Calls: 1, Within: 24 * time.Hour}} },
			facts: campaign.Facts{Past: []campaign.Past{
				{Number: number(first), Contact: 2, Begun: noon.Add(-2 * time.Hour), Ended: noon.Add(-time.Hour), Outcome: gateway.OutcomeNoAnswer},
				{Number: number(1 - first), Contact: 2, Begun: noon.Add(-time.Minute)},
			}},
			want: campaign.Decision{Verdict: campaign.Wait, Why: campaign.Reason{Code: campaign.CodeRinging}},
		}.run(t)
	}
}

// TestTurnThatIsTakenBack: a number that may be called too often now is not
// passed over at the moment at which the other one is free.
func TestTurnThatIsTakenBack(t *testing.T) {
	closed := eastern(t, "2026-11-24 19:50:00")
	night, day := campaign.AllHours(), campaign.DefaultHours()
	c, p := running(), ready()
	c.Settings.Hours = night
	c.Settings.Limits = []campaign.Limit{{Calls: 1, Within: time.Hour}}
	p.Others = []phone.Number{number(1)}
	past := func(n int, ago time.Duration) campaign.Past {
		begun := closed.Add(-ago)
		return campaign.Past{Number: number(n), Contact: 2, Begun: begun, Ended: begun.Add(time.Minute), Outcome: gateway.OutcomeBusy}
	}
	j := campaign.JudgeBy(c.Settings, func(n phone.Number) []campaign.LawRule {
		if n == number(0) {
			return []campaign.LawRule{{ID: "by-day", Hours: &day}}
		}
		return nil
	}, christmas)
	f := campaign.Facts{Past: []campaign.Past{past(0, 45*time.Minute), past(1, 30*time.Minute)}}
	d := j.Decide(closed, c, p, f)
	if d.Verdict != campaign.Wait {
		t.Fatalf("%+v", d)
	}
	if then := j.Decide(d.Until, c, p, f); then.Verdict != campaign.Dial {
		t.Errorf("it waited until %v, and then %+v", d.Until, then)
	}
}
