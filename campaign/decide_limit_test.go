package campaign_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// calls are past ones to the first number, by other rows, begun so long before
// noon and lasting a minute.
func calls(t *testing.T, o gateway.Outcome, ago ...time.Duration) campaign.Facts {
	t.Helper()
	var f campaign.Facts
	for _, d := range ago {
		begun := noonThere(t).Add(-d)
		f.Past = append(f.Past, campaign.Past{Number: number(0), Contact: 2, Begun: begun, Ended: begun.Add(time.Minute), Outcome: o})
	}
	return f
}

func limits(all ...campaign.Limit) func(*campaign.Settings) {
	return func(s *campaign.Settings) { s.Limits = all }
}

func gaps(all ...campaign.Gap) func(*campaign.Settings) {
	return func(s *campaign.Settings) { s.Gaps = all }
}

func TestLimits(t *testing.T) {
	noon := noonThere(t)
	two := campaign.Limit{Calls: 2, Within: 4 * time.Hour}
	limited := func(until time.Time, try, of int, rule campaign.RuleID) campaign.Decision {
		return waits(until, campaign.Reason{Code: campaign.CodeLimit, Try: try, Of: of, Rule: rule})
	}
	runCases(t, []gateCase{
		{name: "below", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour), want: dials(number(0))},
		{name: "reached", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour, 3*time.Hour), want: limited(noon.Add(time.Hour), 2, 2, "")},
		{name: "over", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour, 3*time.Hour, 2*time.Hour), want: limited(noon.Add(2*time.Hour), 3, 2, "")},
		{name: "to the moment", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour, 4*time.Hour), want: dials(number(0))},
		{name: "but for a moment", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour, 4*time.Hour-time.Nanosecond),
			want: limited(noon.Add(time.Nanosecond), 2, 2, "")},
		{name: "unknown counts", settings: limits(two), facts: calls(t, gateway.OutcomeUnknown, time.Hour, 3*time.Hour), want: limited(noon.Add(time.Hour), 2, 2, "")},
		{name: "interrupted counts", settings: limits(two), facts: calls(t, gateway.OutcomeInterrupted, time.Hour, 3*time.Hour), want: limited(noon.Add(time.Hour), 2, 2, "")},
		{name: "undialled does not", settings: limits(two), facts: calls(t, gateway.OutcomeExpired, time.Hour, 2*time.Hour, 3*time.Hour), want: dials(number(0))},
		{name: "nor without a flow", settings: limits(two), facts: calls(t, gateway.OutcomeFlowMissing, time.Hour, 2*time.Hour), want: dials(number(0))},
		{name: "to another number", settings: limits(two), row: func(p *campaign.Contact) { p.Number = number(1) },
			facts: calls(t, gateway.OutcomeBusy, time.Hour, 2*time.Hour), want: dials(number(1))},
		{name: "the next has its turn", row: three, settings: limits(two), facts: calls(t, gateway.OutcomeBusy, time.Hour, 2*time.Hour), want: dials(number(1))},
		{name: "a clock was put back", settings: limits(two), facts: calls(t, gateway.OutcomeBusy, -time.Hour, -2*time.Hour), want: limited(eastern(t, "2026-11-24 17:00:00"), 2, 2, "")},
		{name: "answered only, they were", settings: limits(campaign.Limit{Calls: 1, Within: 4 * time.Hour, Answered: true}),
			facts: calls(t, gateway.OutcomeMachine, time.Hour), want: limited(noon.Add(3*time.Hour), 1, 1, "")},
		{name: "answered only, they were not", settings: limits(campaign.Limit{Calls: 1, Within: 4 * time.Hour, Answered: true}),
			facts: calls(t, gateway.OutcomeNoAnswer, time.Hour), want: dials(number(0))},
		{name: "into the night", settings: limits(campaign.Limit{Calls: 1, Within: 10 * time.Hour}), facts: calls(t, gateway.OutcomeBusy, time.Hour),
			want: waits(eastern(t, "2026-11-25 09:00:00"), campaign.Reason{Code: campaign.CodeLimit, Try: 1, Of: 1, Zone: newYork})},
		{name: "the stricter", settings: limits(two, campaign.Limit{Calls: 1, Within: 5 * time.Hour}), facts: calls(t, gateway.OutcomeBusy, time.Hour),
			want: limited(noon.Add(4*time.Hour), 1, 1, "")},
		{name: "a rule's", rules: []campaign.LawRule{{ID: "thrice", Limit: &two}}, facts: calls(t, gateway.OutcomeBusy, time.Hour, 3*time.Hour),
			want: limited(noon.Add(time.Hour), 2, 2, "thrice")},
		{name: "a rule's, switched off", rules: []campaign.LawRule{{ID: "thrice", Limit: &two}}, settings: exempt("thrice"),
			facts: calls(t, gateway.OutcomeBusy, time.Hour, 3*time.Hour), want: dials(number(0))},
		{name: "without a number, no limit", settings: limits(campaign.Limit{Within: time.Hour}), facts: calls(t, gateway.OutcomeBusy, time.Minute*5), want: dials(number(0))},
	})
}

func exempt(rules ...campaign.RuleID) func(*campaign.Settings) {
	return func(s *campaign.Settings) {
		for _, r := range rules {
			s.Exempt = append(s.Exempt, campaign.Exemption{Rule: r, Who: "Ann", Why: "a person's consent in writing"})
		}
	}
}

func TestGaps(t *testing.T) {
	noon := noonThere(t)
	hour := campaign.Gap{For: time.Hour}
	dropped := campaign.Gap{For: 3 * time.Hour, After: []gateway.Outcome{gateway.OutcomeEnded, gateway.OutcomeNoTransfer}}
	gap := func(until time.Time, o gateway.Outcome, rule campaign.RuleID) campaign.Decision {
		return waits(until, campaign.Reason{Code: campaign.CodeGap, Outcome: string(o), Rule: rule})
	}
	runCases(t, []gateCase{
		{name: "short", settings: gaps(hour), facts: calls(t, gateway.OutcomeBusy, 31*time.Minute), want: gap(noon.Add(30*time.Minute), gateway.OutcomeBusy, "")},
		{name: "to the moment", settings: gaps(hour), facts: calls(t, gateway.OutcomeBusy, 61*time.Minute), want: dials(number(0))},
		{name: "the longest", settings: gaps(hour), facts: calls(t, gateway.OutcomeBusy, 31*time.Minute, 11*time.Minute), want: gap(noon.Add(50*time.Minute), gateway.OutcomeBusy, "")},
		{name: "after this", settings: gaps(dropped), facts: calls(t, gateway.OutcomeEnded, time.Hour+time.Minute), want: gap(noon.Add(2*time.Hour), gateway.OutcomeEnded, "")},
		{name: "not after that", settings: gaps(dropped), facts: calls(t, gateway.OutcomeBusy, time.Hour), want: dials(number(0))},
		{name: "undialled", settings: gaps(hour), facts: calls(t, gateway.OutcomeExpired, time.Minute), want: dials(number(0))},
		{name: "unknown", settings: gaps(hour), facts: calls(t, gateway.OutcomeUnknown, 31*time.Minute), want: gap(noon.Add(30*time.Minute), gateway.OutcomeUnknown, "")},
		{name: "a clock was put back", settings: gaps(hour), facts: calls(t, gateway.OutcomeBusy, -9*time.Minute), want: gap(noon.Add(70*time.Minute), gateway.OutcomeBusy, "")},
		{name: "a rule's", rules: []campaign.LawRule{{ID: "dropped", Gap: &dropped}}, facts: calls(t, gateway.OutcomeEnded, time.Hour+time.Minute),
			want: gap(noon.Add(2*time.Hour), gateway.OutcomeEnded, "dropped")},
		{name: "a rule's, by consent", rules: []campaign.LawRule{{ID: "dropped", Gap: &dropped, UnlessConsent: true}}, row: func(p *campaign.Contact) { p.Consent = true },
			facts: calls(t, gateway.OutcomeEnded, time.Hour), want: dials(number(0))},
	})
}

func TestTriesOfOneOutcome(t *testing.T) {
	noon := noonThere(t)
	ago := func(hours int, o gateway.Outcome) campaign.Attempt {
		return at(number(0), noon.Add(-time.Duration(hours)*time.Hour), o)
	}
	twice := afterBusy(campaign.Again{Tries: 2, Delay: time.Minute})
	runCases(t, []gateCase{
		{name: "one is left", settings: twice, facts: attempts(ago(2, gateway.OutcomeBusy)), want: dials(number(0))},
		{name: "none is left", settings: twice, facts: attempts(ago(3, gateway.OutcomeBusy), ago(2, gateway.OutcomeNoAnswer), ago(1, gateway.OutcomeBusy)),
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3}}},
		{name: "another outcome", settings: twice, facts: attempts(ago(3, gateway.OutcomeBusy), ago(2, gateway.OutcomeNoAnswer), ago(1, gateway.OutcomeNoAnswer)), want: dials(number(0))},
		{name: "the row knows of more", settings: twice, row: func(p *campaign.Contact) { p.Tries = 9 }, facts: attempts(ago(1, gateway.OutcomeNoAnswer)),
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeNoTries, Outcome: "no_answer", Try: 9}}},
		{name: "never dialled, unknown is no outcome", settings: func(s *campaign.Settings) {
			s.Retry.After[gateway.OutcomeUnknown] = campaign.Again{Tries: 1}
		}, facts: attempts(ago(1, gateway.OutcomeUnknown)), want: dials(number(0))},
		{name: "practice, faster", practice: true, settings: func(s *campaign.Settings) { s.Speed = 60 }, facts: attempts(ago(0, gateway.OutcomeBusy)),
			want: waits(noon.Add(10*time.Second), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2, Of: 3})},
		{name: "real, not faster", settings: func(s *campaign.Settings) { s.Speed = 60 }, facts: attempts(ago(0, gateway.OutcomeBusy)),
			want: waits(noon.Add(10*time.Minute), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2, Of: 3})},
	})
}

func TestGoneThrough(t *testing.T) {
	noon := noonThere(t)
	survey := func(s *campaign.Settings) { s.Finished = "last" }
	again := func(s *campaign.Settings) {
		survey(s)
		s.Retry.After[gateway.OutcomeReached] = campaign.Again{Delay: 24 * time.Hour}
	}
	said := func(ago time.Duration, answers ...gateway.Answer) campaign.Facts {
		a := at(number(0), noon.Add(-ago), gateway.OutcomeReached)
		a.Answers = answers
		return attempts(a)
	}
	final := neverBecause(campaign.CodeOutcome, gateway.OutcomeReached)
	runCases(t, []gateCase{
		{name: "to the end", settings: again, facts: said(25*time.Hour, gateway.Answer{Name: "Last", Value: "3"}), want: final},
		{name: "not to the end", settings: again, facts: said(24*time.Hour, gateway.Answer{Name: "first", Value: "3"}), want: dials(number(0))},
		{name: "no answer to the last", settings: again, facts: said(24*time.Hour, gateway.Answer{Name: "last"}), want: dials(number(0))},
		{name: "not to the end, too early", settings: again, facts: said(23 * time.Hour), want: waits(noon.Add(time.Hour), campaign.Reason{Code: campaign.CodeRetry, Outcome: "reached", Try: 2, Of: 3})},
		{name: "not to the end, not again", settings: survey, facts: said(48 * time.Hour), want: final},
		{name: "nothing to go through", settings: func(s *campaign.Settings) { again(s); s.Finished = "" }, facts: said(48 * time.Hour), want: final},
	})
}

// TestFreeAtCountsManyCalls: however many there are, each counts.
func TestFreeAtCountsManyCalls(t *testing.T) {
	now := noonThere(t)
	var past []campaign.Past
	for i := range 100 {
		begun := now.Add(-time.Duration(i) * time.Minute)
		past = append(past, campaign.Past{Number: number(0), Begun: begun, Ended: begun, Outcome: gateway.OutcomeBusy})
	}
	free, n := campaign.Limit{Calls: 40, Within: 90 * time.Minute}.FreeAt(now, past, number(0))
	if n != 90 || !free.Equal(now.Add(51*time.Minute)) {
		t.Errorf("%d count until %v", n, free)
	}
	if _, n := (campaign.Limit{Calls: 40, Within: 90 * time.Minute}).FreeAt(now, past, phone.Number("+1")); n != 0 {
		t.Errorf("%d calls to another number count", n)
	}
}
