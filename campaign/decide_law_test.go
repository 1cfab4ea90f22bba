package campaign_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

func TestRulesOfAPreset(t *testing.T) {
	morning, evening := campaign.EveryDay(8*60, 11*60), campaign.EveryDay(13*60, 21*60)
	weekdays := campaign.DefaultHours()
	weekdays.Days[time.Sunday], weekdays.Days[time.Saturday] = campaign.Window{}, campaign.Window{}
	law := func(until time.Time, rule campaign.RuleID) campaign.Decision {
		return waits(until, campaign.Reason{Code: campaign.CodeLaw, Rule: rule, Zone: newYork})
	}
	agrees := func(p *campaign.Contact) { p.Consent = true }
	late := []campaign.LawRule{{ID: "late", Hours: &evening}}
	lax := []campaign.LawRule{{ID: "late", Hours: &evening, UnlessConsent: true}}
	runCases(t, []gateCase{
		{name: "later", rules: late, want: law(eastern(t, "2026-11-24 13:00:00"), "late")},
		{name: "open", now: eastern(t, "2026-11-24 13:00:00"), rules: late, want: dials(number(0))},
		{name: "wider than the campaign's", now: eastern(t, "2026-11-24 20:30:00"), rules: late,
			want: waits(eastern(t, "2026-11-25 13:00:00"), campaign.Reason{Code: campaign.CodeHours, Zone: newYork})},
		{name: "by consent", rules: lax, row: agrees, want: dials(number(0))},
		{name: "by consent known elsewhere", rules: lax, facts: campaign.Facts{Consent: true}, want: dials(number(0))},
		{name: "without consent", rules: lax, want: law(eastern(t, "2026-11-24 13:00:00"), "late")},
		{name: "consent does not matter", rules: late, row: agrees, want: law(eastern(t, "2026-11-24 13:00:00"), "late")},
		{name: "switched off", rules: late, settings: exempt("late"), want: dials(number(0))},
		{name: "another one switched off", rules: late, settings: exempt("early"), want: law(eastern(t, "2026-11-24 13:00:00"), "late")},
		{name: "two that never agree", rules: []campaign.LawRule{{ID: "late", Hours: &evening}, {ID: "early", Hours: &morning}},
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeLaw, Rule: "early", Zone: newYork}}},
		{name: "one of two switched off", rules: []campaign.LawRule{{ID: "late", Hours: &evening}, {ID: "early", Hours: &morning}}, settings: exempt("late"),
			want: law(eastern(t, "2026-11-25 09:00:00"), "early")},
		{name: "over the weekend", now: eastern(t, "2026-11-27 20:00:00"), rules: []campaign.LawRule{{ID: "work", Hours: &weekdays}},
			want: law(eastern(t, "2026-11-30 09:00:00"), "work")},
		{name: "a holiday", now: eastern(t, "2026-12-25 12:00:00"), rules: []campaign.LawRule{{ID: "feast", Holidays: "christmas"}},
			want: law(eastern(t, "2026-12-26 09:00:00"), "feast")},
		{name: "the day before", now: eastern(t, "2026-12-24 19:59:59"), rules: []campaign.LawRule{{ID: "feast", Holidays: "christmas"}}, want: dials(number(0))},
		{name: "a place that nobody knows", row: func(p *campaign.Contact) { p.Zones = nil }, settings: func(s *campaign.Settings) { s.Hours = campaign.AllHours() },
			rules: late, want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeZoneUnknown, Problem: campaign.ProblemZone}}},
		{name: "nothing about the clock, at a place that nobody knows", row: func(p *campaign.Contact) { p.Zones = nil },
			settings: func(s *campaign.Settings) { s.Hours = campaign.AllHours() },
			rules:    []campaign.LawRule{{ID: "once", Limit: &campaign.Limit{Calls: 1, Within: time.Hour}}}, want: dials(number(0))},
	})
}

// TestRulesAreANumbers: each number has the rules of its own place.
func TestRulesAreANumbers(t *testing.T) {
	c, p := running(), ready()
	p.Others = []phone.Number{number(1)}
	evening := campaign.EveryDay(13*60, 21*60)
	j := campaign.JudgeBy(c.Settings, func(n phone.Number) []campaign.LawRule {
		if n == number(1) {
			return []campaign.LawRule{{ID: "late", Hours: &evening}}
		}
		return nil
	}, christmas)
	if d := j.Decide(noonThere(t), c, p, campaign.Facts{}); d != dials(number(0)) {
		t.Errorf("the first: %+v", d)
	}
	p.DoNotCall = true
	if d := j.Decide(noonThere(t), c, p, campaign.Facts{}); d.Verdict != campaign.Wait || d.Why.Rule != "late" {
		t.Errorf("the second: %+v", d)
	}
}

// TestUnknownPresetClosesTheGate: a campaign whose rules nobody knows calls
// nobody.
func TestUnknownPresetClosesTheGate(t *testing.T) {
	c := running()
	c.Settings.Law = "of nowhere"
	d := campaign.Decide(noonThere(t), c, ready(), campaign.Facts{})
	want := campaign.Decision{Verdict: campaign.Wait, Why: campaign.Reason{Code: campaign.CodeLaw, Rule: "of nowhere"}}
	if d != want {
		t.Errorf("got %+v, want %+v", d, want)
	}
}

func TestHolidaysAndDaysOff(t *testing.T) {
	day := func(y int, m time.Month, d int) campaign.Day { return campaign.Day{Year: y, Month: m, Day: d} }
	off := func(days ...campaign.Day) func(*campaign.Settings) {
		return func(s *campaign.Settings) { s.DaysOff = days }
	}
	holiday := func(until string) campaign.Decision {
		return waits(eastern(t, until), campaign.Reason{Code: campaign.CodeHoliday, Zone: newYork})
	}
	var closed []campaign.Day
	for i := range 12 {
		closed = append(closed, day(2026, 11, 20+i))
	}
	var year []campaign.Day
	for i := range 400 {
		year = append(year, campaign.Day(dayOf(time.Date(2026, 11, 1+i, 0, 0, 0, 0, time.UTC))))
	}
	runCases(t, []gateCase{
		{name: "a day off", settings: off(day(2026, 11, 24)), want: holiday("2026-11-25 09:00:00")},
		{name: "the day before", settings: off(day(2026, 11, 25)), want: dials(number(0))},
		{name: "another year", settings: off(day(2025, 11, 24)), want: dials(number(0))},
		{name: "more than a timeline", settings: off(closed...), want: holiday("2026-12-01 09:00:00")},
		{name: "more than a year", settings: off(year...),
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeHoliday, Zone: newYork}}},
		{name: "a calendar's", now: eastern(t, "2026-12-25 10:00:00"), settings: func(s *campaign.Settings) { s.Holidays = []string{"christmas"} },
			want: holiday("2026-12-26 09:00:00")},
		{name: "another calendar's", now: eastern(t, "2026-12-25 10:00:00"), settings: func(s *campaign.Settings) { s.Holidays = []string{"of nowhere"} }, want: dials(number(0))},
		{name: "in one of the places", now: eastern(t, "2026-11-24 22:00:00"), row: func(p *campaign.Contact) { p.Zones = []string{newYork, "Asia/Tokyo"} },
			settings: func(s *campaign.Settings) {
				s.Hours = campaign.AllHours()
				s.DaysOff = []campaign.Day{day(2026, 11, 25)}
			},
			want: waits(eastern(t, "2026-11-26 00:00:00"), campaign.Reason{Code: campaign.CodeHoliday, Zone: newYork})},
	})
}

func dayOf(t time.Time) campaign.Day {
	y, m, d := t.Date()
	return campaign.Day{Year: y, Month: m, Day: d}
}

func TestOwnHours(t *testing.T) {
	own := func(from, till campaign.Clock) func(*campaign.Contact) {
		return func(p *campaign.Contact) { p.Hours = campaign.EveryDay(from, till) }
	}
	runCases(t, []gateCase{
		{name: "open", row: own(12*60, 13*60), want: dials(number(0))},
		{name: "later", row: own(17*60, 19*60), want: waits(eastern(t, "2026-11-24 17:00:00"), campaign.Reason{Code: campaign.CodeOwnHours, Zone: newYork})},
		{name: "outside the campaign's", row: own(21*60, 23*60),
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeOwnHours, Zone: newYork}}},
		{name: "not wider", now: eastern(t, "2026-11-24 21:00:00"), row: own(0, 24*60),
			want: waits(eastern(t, "2026-11-25 09:00:00"), campaign.Reason{Code: campaign.CodeHours, Zone: newYork})},
		{name: "over midnight", now: eastern(t, "2026-11-25 00:30:00"), row: own(22*60, 60), settings: func(s *campaign.Settings) { s.Hours = campaign.AllHours() }, want: dials(number(0))},
		{name: "at no known place", row: func(p *campaign.Contact) { own(9*60, 10*60)(p); p.Zones = nil }, settings: func(s *campaign.Settings) { s.Hours = campaign.AllHours() },
			want: campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeZoneUnknown, Problem: campaign.ProblemZone}}},
	})
}

func TestOfficeHours(t *testing.T) {
	office := func(zone string) func(*campaign.Settings) {
		return func(s *campaign.Settings) { s.Office, s.Zoned = campaign.EveryDay(9*60, 17*60), zone }
	}
	schedule := func(until, zone string) campaign.Decision {
		return waits(eastern(t, until), campaign.Reason{Code: campaign.CodeSchedule, Zone: zone})
	}
	runCases(t, []gateCase{
		{name: "in London, it is evening there", settings: office("Europe/London"), want: schedule("2026-11-25 09:00:00", "Europe/London")},
		{name: "in London, both work", now: eastern(t, "2026-11-24 11:59:00"), settings: office("Europe/London"), want: dials(number(0))},
		{name: "in Los Angeles, just opening", settings: office(angeles), want: dials(number(0))},
		{name: "in Los Angeles, not yet", now: eastern(t, "2026-11-24 10:00:00"), settings: office(angeles), want: schedule("2026-11-24 12:00:00", angeles)},
		{name: "of people whose place nobody knows", row: func(p *campaign.Contact) { p.Zones = nil },
			settings: func(s *campaign.Settings) { office(angeles)(s); s.Hours = campaign.AllHours() }, now: eastern(t, "2026-11-24 10:00:00"),
			want: schedule("2026-11-24 12:00:00", angeles)},
		{name: "by a clock that nobody knows", settings: office(""), want: campaign.Decision{Verdict: campaign.Wait, Why: campaign.Reason{Code: campaign.CodeSchedule}}},
		{name: "at any time by no clock", settings: func(s *campaign.Settings) { s.Office = campaign.AllHours() }, want: dials(number(0))},
	})
}

func TestBeginningAndEnd(t *testing.T) {
	noon := noonThere(t)
	from := func(t time.Time) func(*campaign.Settings) {
		return func(s *campaign.Settings) { s.NotBefore = t }
	}
	till := func(t time.Time) func(*campaign.Settings) {
		return func(s *campaign.Settings) { s.NotAfter = t }
	}
	schedule := campaign.Reason{Code: campaign.CodeSchedule}
	tooLate := neverBecause(campaign.CodeTooLate, "")
	runCases(t, []gateCase{
		{name: "later", settings: from(noon.Add(time.Hour)), want: waits(noon.Add(time.Hour), schedule)},
		{name: "now", settings: from(noon), want: dials(number(0))},
		{name: "at night", settings: from(eastern(t, "2026-11-24 23:00:00")), want: waits(eastern(t, "2026-11-25 09:00:00"), campaign.Reason{Code: campaign.CodeSchedule, Zone: newYork})},
		{name: "in a year", settings: from(eastern(t, "2027-11-24 08:00:00")),
			want: waits(eastern(t, "2027-11-24 09:00:00"), campaign.Reason{Code: campaign.CodeSchedule, Zone: newYork})},
		{name: "over", settings: till(noon), want: tooLate},
		{name: "the last moment", settings: till(noon.Add(time.Nanosecond)), want: dials(number(0))},
		{name: "over before it opens", now: eastern(t, "2026-11-24 08:00:00"), settings: till(eastern(t, "2026-11-24 09:00:00")), want: tooLate},
		{name: "over before the delay is", settings: till(noon.Add(10 * time.Minute)), facts: attempts(at(number(0), noon, gateway.OutcomeBusy)), want: tooLate},
		{name: "just before", settings: till(noon.Add(10*time.Minute + 1)), facts: attempts(at(number(0), noon, gateway.OutcomeBusy)),
			want: waits(noon.Add(10*time.Minute), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2, Of: 3})},
	})
}
