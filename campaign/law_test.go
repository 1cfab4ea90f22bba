package campaign_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

func law(t testing.TB, key campaign.LawKey) campaign.Law {
	t.Helper()
	l, found := campaign.LawOf(key)
	if !found || l.Key != key {
		t.Fatalf("no preset %q", key)
	}
	return l
}

// ids are the ids of rules, with a space between.
func ids(rules []campaign.LawRule) string {
	var list []string
	for _, r := range rules {
		list = append(list, string(r.ID))
	}
	return strings.Join(list, " ")
}

func TestLaws(t *testing.T) {
	var keys []campaign.LawKey
	for _, l := range campaign.Laws() {
		keys = append(keys, l.Key)
		if l.Dated.Year() < 2026 || len(l.Rules) == 0 {
			t.Errorf("%s: dated %s, %d rules", l.Key, l.Dated, len(l.Rules))
		}
	}
	if diff := cmp.Diff([]campaign.LawKey{campaign.LawEurope, campaign.LawUK, campaign.LawUS, campaign.LawUSStates}, keys); diff != "" {
		t.Error(diff)
	}
	for _, key := range []campaign.LawKey{campaign.LawNone, "xx"} {
		if _, found := campaign.LawOf(key); found {
			t.Errorf("there is no preset %q", key)
		}
	}
}

// TestEveryRule: each says where it comes from and when, and demands one thing
// that can be kept.
func TestEveryRule(t *testing.T) {
	for _, l := range campaign.Laws() {
		for _, r := range l.Rules {
			if r.Source == "" || r.Place == "" || r.Dated.Year() < 1990 || r.Dated.After(l.Dated) || len(r.Prefixes) == 0 {
				t.Errorf("%s: source %q, place %q, dated %s", r.ID, r.Source, r.Place, r.Dated)
			}
			if r.Custom != strings.HasPrefix(r.Source, "custom") {
				t.Errorf("%s: custom %v, by %q", r.ID, r.Custom, r.Source)
			}
			demands := 0
			for _, demand := range []bool{r.Hours != nil, r.Limit != nil, r.Gap != nil, r.Holidays != ""} {
				if demand {
					demands++
				}
			}
			if demands != 1 {
				t.Errorf("%s demands %d things", r.ID, demands)
			}
			if r.Holidays != "" {
				if _, found := campaign.HolidaysOf(r.Holidays, 2026); !found {
					t.Errorf("%s: no holidays %q", r.ID, r.Holidays)
				}
			}
			if r.Hours != nil && len(r.Hours.Spans()) == 0 {
				t.Errorf("%s never lets anybody be called", r.ID)
			}
		}
	}
}

func TestRulesOfNumbers(t *testing.T) {
	for _, test := range []struct {
		key    campaign.LawKey
		number phone.Number
		want   string
	}{
		{campaign.LawUS, "+13055550142", "us-hours us-limit-30d"},
		{campaign.LawUSStates, "+13055550142", "us-hours us-limit-30d us-fl-hours us-fl-limit-24h"}, // Miami
		{campaign.LawUSStates, "+14015550142", "us-hours us-limit-30d us-ri-hours us-ri-holidays"},
		{campaign.LawUSStates, "+12125550142", "us-hours us-limit-30d"}, // New York
		{campaign.LawUSStates, "+17875550142", "us-hours us-limit-30d"}, // Puerto Rico
		{campaign.LawUSStates, "+14165550142", ""},                      // Toronto
		{campaign.LawUSStates, "+18765550142", ""},                      // Jamaica
		{campaign.LawUSStates, "+442079460142", ""},
		{campaign.LawUK, "+442079460142", "gb-hours gb-gap-72h"},
		{campaign.LawUK, "+13055550142", ""},
		{campaign.LawEurope, "+4930123456", "eu-hours eu-de-holidays"},
		{campaign.LawEurope, "+33142345678", "eu-hours eu-fr-hours eu-fr-noon eu-fr-limit-30d eu-fr-holidays"},
		{campaign.LawEurope, "+262262123456", "eu-hours eu-fr-hours eu-fr-noon eu-fr-limit-30d eu-fr-holidays"}, // Réunion
		{campaign.LawEurope, "+353112345678", "eu-hours eu-ie-holidays"},
		{campaign.LawEurope, "+41441234567", ""}, // Switzerland
		{campaign.LawEurope, "", ""},
		{campaign.LawEurope, "4930123456", ""},
		{campaign.LawEurope, "+49x", "eu-hours eu-de-holidays"},
	} {
		if got := ids(law(t, test.key).For(test.number)); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.key, test.number, got, test.want)
		}
	}
}

// TestFloridaAtHalfPastEight: the federal hours are open then, Florida's not.
func TestFloridaAtHalfPastEight(t *testing.T) {
	number := phone.Number("+13055550142")
	now := time.Date(2026, time.July, 7, 20, 30, 0, 0, location(t, "America/New_York"))
	open := map[campaign.RuleID]bool{}
	for _, r := range law(t, campaign.LawUSStates).For(number) {
		if r.Hours != nil {
			opening, err := r.Hours.Next(now, number.Zones())
			if err != nil {
				t.Fatal(err)
			}
			open[r.ID] = opening.Open
		}
	}
	if diff := cmp.Diff(map[campaign.RuleID]bool{"us-hours": true, "us-fl-hours": false}, open); diff != "" {
		t.Error(diff)
	}
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	place, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func TestDemands(t *testing.T) {
	rules := map[campaign.RuleID]campaign.LawRule{}
	for _, l := range campaign.Laws() {
		for _, r := range l.Rules {
			rules[r.ID] = r
		}
	}
	for id, want := range map[campaign.RuleID]string{
		"us-hours": "Mo-Su 8-21", "us-tx-hours": "Mo-Sa 9-21, Su 12-21", "us-sd-hours": "Mo-Fr 9-21", "us-ky-hours": "Mo-Su 10-21",
		"gb-hours": "Mo-Fr 8-21, Sa-Su 9-20", "eu-hours": "Mo-Fr 9-20, Sa 10-18", "eu-fr-noon": "Mo-Su 14-13",
	} {
		if got := campaign.WeekString(*rules[id].Hours); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	day := 24 * time.Hour
	for id, want := range map[campaign.RuleID]campaign.Limit{
		"us-limit-30d": {Calls: 3, Within: 30 * day}, "us-fl-limit-24h": {Calls: 3, Within: day},
		"us-me-limit-8h": {Calls: 1, Within: 8 * time.Hour, Answered: true}, "eu-fr-limit-30d": {Calls: 4, Within: 30 * day},
	} {
		if got := *rules[id].Limit; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	if gap := *rules["gb-gap-72h"].Gap; gap.For != 3*day || !slices.Contains(gap.After, gateway.OutcomeEnded) {
		t.Errorf("gb-gap-72h: %v", gap)
	}
	if !rules["us-limit-30d"].UnlessConsent || rules["us-hours"].UnlessConsent {
		t.Error("consent lifts the limit, not the hours")
	}
}

// TestStatesAreApart: an area code is in one state only, in none that is not
// of the United States, and written as one.
func TestStatesAreApart(t *testing.T) {
	federal := law(t, campaign.LawUS).Rules[0]
	place := map[string]string{}
	for _, r := range law(t, campaign.LawUSStates).Rules {
		if r.Place == federal.Place {
			continue
		}
		for _, prefix := range r.Prefixes {
			if other, found := place[prefix]; found && other != r.Place || len(prefix) != 4 || slices.Contains(federal.Except, prefix) {
				t.Errorf("%s is in %s and in %q", prefix, r.Place, other)
			}
			place[prefix] = r.Place
		}
	}
	if len(place) < 150 {
		t.Errorf("only %d area codes", len(place))
	}
}

// TestEveryAreaOfAnotherCountry: numbers with code 1 that the plan gives to
// another country have no rule, and those of the United States have one.
func TestEveryAreaOfAnotherCountry(t *testing.T) {
	l := law(t, campaign.LawUSStates)
	seen := map[bool]int{}
	for area := 200; area < 1000; area++ {
		number := phone.Number("+1" + itoa(area) + "2340142")
		if number.Region() == "" {
			continue
		}
		american := slices.Contains([]phone.Region{"US", "PR", "VI", "GU", "AS", "MP"}, number.Region())
		seen[american]++
		if got := l.For(number); american != (len(got) > 0) {
			t.Errorf("%s is of %s: %s", number, number.Region(), ids(got))
		}
	}
	if seen[true] < 300 || seen[false] < 50 {
		t.Errorf("only %v areas", seen)
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

// TestForIsApplies: the index finds what the rules say of themselves.
func TestForIsApplies(t *testing.T) {
	laws := campaign.Laws()
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(laws).Draw(t, "law")
		number := phone.Number("+" + rapid.StringMatching(`(1[2-9]|3|4|2|)[0-9]{0,12}`).Draw(t, "number"))
		want := slices.DeleteFunc(slices.Clone(l.Rules), func(r campaign.LawRule) bool { return !r.Applies(number) })
		if got := l.For(number); ids(got) != ids(want) {
			t.Fatalf("%s: %q, want %q", number, ids(got), ids(want))
		}
		byHand := campaign.Law{Rules: l.Rules}
		if got := byHand.For(number); ids(got) != ids(want) {
			t.Fatalf("%s, without index: %q, want %q", number, ids(got), ids(want))
		}
	})
}

func TestWithout(t *testing.T) {
	l := law(t, campaign.LawUSStates)
	all := len(l.Rules)
	less := l.Without("us-fl-hours", "us-limit-30d", "xx")
	if got := ids(less.For("+13055550142")); got != "us-hours us-fl-limit-24h" {
		t.Error(got)
	}
	if got := ids(l.For("+13055550142")); len(l.Rules) != all || !strings.Contains(got, "us-fl-hours") {
		t.Errorf("the preset itself has changed: %s", got)
	}
}

// place and good make files with one fault each.
const (
	place = `"places": {"here": {"codes": ["1"], "areas": ["305"]}}`
	good  = `{"key": "xx", "dated": "2026-01-02", ` + place + `, "rules": [
		{"id": "a", "place": "here", "hours": "Mo-Fr 9-20", "source": "a law", "dated": "2025-01-02"}]}`
)

func TestParseLaw(t *testing.T) {
	l, err := campaign.ParseLaw([]byte(good))
	if err != nil || ids(l.For("+13055550142")) != "a" || l.For("+13065550142") != nil {
		t.Errorf("%v, %v", l, err)
	}
	built, err := campaign.ParseLaw([]byte(`{"key": "yy", "dated": "2026-01-02", "with": "xx"}`), l)
	if err != nil || ids(built.For("+13055550142")) != "a" {
		t.Errorf("%v, %v", built, err)
	}
}

func TestParseLawRefuses(t *testing.T) {
	const rule = `"hours": "Mo-Fr 9-20"`
	for _, test := range []struct{ old, new, want string }{
		{good, "", "EOF"},
		{good, good + "{}", "follows the end"},
		{`"id"`, `"ring": 3, "id"`, "ring"},
		{`"xx"`, `""`, "no key"},
		{`, "dated": "2025-01-02"`, "", "source or date"},
		{"2025-01-02", "2025-13-02", "month out of range"},
		{"a law", "", "source or date"},
		{"a law", "custom", "a custom must be called one"},
		{`"here", `, `"there", `, `no place "there"`},
		{`["1"]`, `[]`, "no codes"},
		{`"305"`, `"+305"`, "no beginning"},
		{"9-20", "9-25", "no time of day"},
		{rule, `"holidays": ""`, "demands 0"},
		{rule, rule + `, "holidays": "de"`, "demands 2"},
		{rule, `"holidays": "xx"`, `no holidays "xx"`},
		{rule, `"limit": {"calls": 0, "within": "1 hours"}`, "a limit needs"},
		{rule, `"limit": {"calls": 1}`, "a limit needs"},
		{rule, `"limit": {"calls": 1, "within": "3 weeks"}`, "3 weeks"},
		{rule, `"limit": {"calls": 1, "within": "99999999 days"}`, "99999999 days"},
		{rule, `"gap": {}`, "a gap needs"},
		{rule, `"gap": {"for": "1 hours", "after": ["abandoned"]}`, `no outcome "abandoned"`},
		{"\"}]}", `"}, {"id": "a", "place": "here", "holidays": "de", "source": "a law", "dated": "2025-01-02"}]}`, "comes twice"},
		{`"key": "xx"`, `"key": "yy", "with": "xx"`, `no preset "xx"`},
	} {
		if !strings.Contains(good, test.old) {
			t.Fatalf("%q is not there to be replaced", test.old)
		}
		text := strings.Replace(good, test.old, test.new, 1)
		if l, err := campaign.ParseLaw([]byte(text)); err == nil {
			t.Errorf("%s: taken for %v", text, l)
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", text, err, test.want)
		}
	}
}

func FuzzParseLaw(f *testing.F) {
	f.Add([]byte(good))
	files, err := os.ReadDir("law")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile("law/" + file.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := campaign.ParseLaw(data)
		if err != nil {
			return
		}
		for _, r := range l.Rules {
			if r.ID == "" || r.Source == "" || len(r.Prefixes) == 0 {
				t.Errorf("a rule is not whole: %v", r)
			}
		}
		l.For("+13055550142")
	})
}

func BenchmarkLawWithout(b *testing.B) {
	l := law(b, campaign.LawUSStates)
	for b.Loop() {
		l.Without("us-fl-hours")
	}
}

func BenchmarkLawFor(b *testing.B) {
	for _, l := range campaign.Laws() {
		for _, number := range []phone.Number{"+13055550142", "+14165550142", "+33142345678"} {
			b.Run(string(l.Key)+"/"+string(number), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					l.For(number)
				}
			})
		}
	}
}
