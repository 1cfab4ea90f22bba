package words_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

func TestLawName(t *testing.T) {
	for _, key := range constants(t, "..", "LawKey") {
		if said := words.LawName(campaign.LawKey(key)); said == "" || said == key {
			t.Errorf("%q has no name", key)
		}
	}
	if said := words.LawName("xx"); said != "xx" {
		t.Error(said)
	}
}

// rules returns all rules of all presets by their ids.
func rules(t *testing.T) map[campaign.RuleID]campaign.LawRule {
	t.Helper()
	all := map[campaign.RuleID]campaign.LawRule{}
	for _, l := range campaign.Laws() {
		for _, r := range l.Rules {
			all[r.ID] = r
		}
	}
	return all
}

func TestRules(t *testing.T) {
	all := rules(t)
	for _, test := range []struct {
		id         campaign.RuleID
		want, rest string
	}{
		{
			"us-hours", "People in the United States are called only every day from 8:00 to 21:00",
			"Calls may reach people in the United States before 8:00 or after 21:00, against 47 CFR 64.1200(c)(1)",
		},
		{
			"us-limit-30d", "People in the United States are called at most 3 times in 30 days, unless they have agreed",
			"People in the United States may be called more than 3 times in 30 days, against 47 CFR 64.1200(a)(3)(ii)-(iv): prerecorded calls to a residence that sell nothing",
		},
		{
			"us-fl-hours", "People in Florida are called only every day from 8:00 to 20:00",
			"Calls may reach people in Florida before 8:00 or after 20:00, against Fla. Stat. § 501.616(6)(a)",
		},
		{
			"us-la-hours", "People in Louisiana are called only Monday to Saturday from 8:00 to 20:00, unless they have agreed",
			"Calls may reach people in Louisiana before 8:00 or after 20:00 or on Sundays, against La. PSC General Order R-29617",
		},
		{
			"us-ri-hours", "People in Rhode Island are called only Monday to Friday from 9:00 to 18:00 and Saturday from 10:00 to 17:00",
			"Calls may reach people in Rhode Island at other times than Monday to Friday from 9:00 to 18:00 and Saturday from 10:00 to 17:00, against R.I. Gen. Laws § 5-61-2(2), § 5-61-3.6",
		},
		{
			"us-pa-holidays", "People in Pennsylvania are not called on holidays",
			"Calls may reach people in Pennsylvania on holidays, against 73 P.S. § 2245(a)(10)",
		},
		{
			"us-me-limit-8h", "People in Maine are called at most once in 8 hours, not counting calls that nobody answered",
			"People in Maine may be called more than once in 8 hours, against 10 M.R.S. § 1498(3): automated solicitation",
		},
		{
			"gb-hours", "People in the United Kingdom are called only Monday to Friday from 8:00 to 21:00 and Saturday and Sunday from 9:00 to 20:00",
			"Calls may reach people in the United Kingdom at other times than Monday to Friday from 8:00 to 21:00 and Saturday and Sunday from 9:00 to 20:00, against custom",
		},
		{
			"gb-gap-72h", "People in the United Kingdom are left alone for 72 hours after a call that ended as “Ended by you”, “The call flow failed during the call”, “The gateway stopped during the call” or “Listened, but the transfer was not answered”",
			"People in the United Kingdom may be called again within 72 hours after a call that ended as “Ended by you”, “The call flow failed during the call”, “The gateway stopped during the call” or “Listened, but the transfer was not answered”, against Ofcom, statement of policy on persistent misuse, 20 December 2016: abandoned calls",
		},
		{
			"eu-fr-noon", "People in France are not called from 13:00 to 14:00",
			"Calls may reach people in France from 13:00 to 14:00, against Code de la consommation, art. D. 223-9 (décret n° 2022-1313)",
		},
	} {
		if got := words.Rule(all[test.id]); got != test.want {
			t.Errorf("%s: %s", test.id, got)
		}
		if got := words.RuleOff(all[test.id]); got != test.rest {
			t.Errorf("%s off: %s", test.id, got)
		}
	}
}

func TestRulesBesideThePresets(t *testing.T) {
	night, closed := campaign.EveryDay(22*60, 6*60+30), campaign.Hours{}
	for want, r := range map[string]campaign.LawRule{
		"People are called only every day from 22:00 to 6:30":                {Hours: &night},
		"People are never called":                                            {Hours: &closed},
		"People are left alone for 1 hour after a call":                      {Gap: &campaign.Gap{For: time.Hour}},
		"People are left alone for 4 days after a call that ended as “Busy”": {Gap: &campaign.Gap{For: 96 * time.Hour, After: []gateway.Outcome{gateway.OutcomeBusy}}},
		"People are called at most 2 times in 1m30s":                         {Limit: &campaign.Limit{Calls: 2, Within: 90 * time.Second}},
	} {
		if got := words.Rule(r); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := words.RuleOff(campaign.LawRule{Hours: &night, Custom: true}); got != "Calls may reach people at other times than every day from 22:00 to 6:30, against custom" {
		t.Error(got)
	}
}

// TestEveryRuleHasWords: what it demands and what it means to switch it off.
func TestEveryRuleHasWords(t *testing.T) {
	for id, r := range rules(t) {
		for _, said := range []string{words.Rule(r), words.RuleOff(r)} {
			if !strings.Contains(said, r.Place) || strings.HasSuffix(said, ".") || strings.Contains(said, "  ") {
				t.Errorf("%s: %q", id, said)
			}
		}
		if words.Rule(r) == words.RuleOff(r) {
			t.Errorf("%s: nothing changes", id)
		}
	}
}
