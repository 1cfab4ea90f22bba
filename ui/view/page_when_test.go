package view_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func whenPage(s campaign.Settings) *view.WhenPage {
	p := view.NewWhenPage(campaign.Campaign{ID: 1, Name: "Clinic", State: campaign.Draft, Settings: s}, nil)
	p.Now = time.Date(2026, time.November, 29, 12, 0, 0, 0, time.Local)
	return p
}

func tryRow(t *testing.T, p *view.WhenPage, words string) view.TryRow {
	t.Helper()
	for _, r := range p.TryRows() {
		if r.Words == words {
			return r
		}
	}
	t.Fatalf("no row %q", words)
	return view.TryRow{}
}

// TestEverySettingGoesToAndFro: what is set on the page is in the settings, and
// a page made of those says the same. Every setting has a case.
func TestEverySettingGoesToAndFro(t *testing.T) {
	day := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.Local)
	now := time.Date(2026, time.November, 29, 12, 0, 0, 0, time.Local)
	at := func(clock string) time.Time { m, _ := view.At(&day, clock); return m }
	type settings = campaign.Settings
	cases := map[string]struct {
		set  func(p *view.WhenPage)
		want func(s *settings)
		says func(p *view.WhenPage) any
		said any
	}{
		"Zone": {func(p *view.WhenPage) { p.Here = "Europe/Paris"; p.SetZones(campaign.ZoneOne) },
			func(s *settings) { s.Zones, s.Zone = campaign.ZoneOne, "Europe/Paris" },
			func(p *view.WhenPage) any { return p.Settings.Zone }, "Europe/Paris"},
		"Zones": {func(p *view.WhenPage) { p.SetZones(campaign.ZoneNumber) }, func(s *settings) { s.Zones = campaign.ZoneNumber },
			func(p *view.WhenPage) any { return p.Settings.Zones }, campaign.ZoneNumber},
		"Hours": {func(p *view.WhenPage) { p.ReadHours("Mon–Fri 8:30–17") },
			func(s *settings) {
				s.Hours = campaign.Hours{}
				for d := time.Monday; d <= time.Friday; d++ {
					s.Hours.Days[d] = campaign.Window{From: 510, Till: 1020}
				}
			}, func(p *view.WhenPage) any { return p.HoursText() }, "Mon–Fri 8:30–17"},
		"Holidays": {func(p *view.WhenPage) {
			p.AddHolidays("de")
			p.AddHolidays("fr")
			p.AddHolidays("de")
			p.DropHolidays("fr")
		},
			func(s *settings) { s.Holidays = []string{"de"} },
			func(p *view.WhenPage) any {
				return slices.ContainsFunc(p.HolidayChoices(), func(c view.Choice) bool { return c.Key == "de" })
			}, false},
		"DaysOff": {func(p *view.WhenPage) { p.AddDayOff(day); p.AddDayOff(day.AddDate(0, 0, -1)); p.AddDayOff(day) },
			func(s *settings) {
				s.DaysOff = []campaign.Day{{Year: 2026, Month: time.November, Day: 30}, {Year: 2026, Month: time.December, Day: 1}}
			},
			func(p *view.WhenPage) any { return strings.Join(p.DaysOff(), "; ") }, "30 Nov 2026; 1 Dec 2026"},
		"Office": {func(p *view.WhenPage) { p.Here = "Europe/Berlin"; p.ReadOffice("mo-fr 8-16") },
			func(s *settings) {
				s.Zoned = "Europe/Berlin"
				for d := time.Monday; d <= time.Friday; d++ {
					s.Office.Days[d] = campaign.Window{From: 480, Till: 960}
				}
			}, func(p *view.WhenPage) any { return view.HoursText(p.Settings.Office) }, "Mon–Fri 8–16"},
		"Zoned": {func(p *view.WhenPage) { p.ReadOffice("9-17"); p.Settings.Zoned = "Europe/Rome"; p.ReadOffice(" ") }, func(*settings) {},
			func(p *view.WhenPage) any { return p.Settings.Zoned }, ""},
		"NotBefore": {func(p *view.WhenPage) { p.Settings.NotBefore = at("9:30") },
			func(s *settings) { s.NotBefore = time.Date(2026, time.December, 1, 9, 30, 0, 0, time.Local) },
			func(p *view.WhenPage) any { return view.ClockText(p.Settings.NotBefore) }, "9:30"},
		"NotAfter": {func(p *view.WhenPage) { p.Settings.NotAfter = at("") },
			func(s *settings) { s.NotAfter = day }, func(p *view.WhenPage) any { return view.ClockText(p.Settings.NotAfter) }, "0:00"},
		"Retry": {func(p *view.WhenPage) {
			p.SetTries(5)
			p.SetMore(tryRow(t, p, "Busy"), 4)
			p.SetDelay(tryRow(t, p, "Busy"), 20*time.Minute)
			p.SetWhen(tryRow(t, p, "Busy"), view.OtherTime)
			p.SetMore(tryRow(t, p, "No answer"), 0)
			p.SetMore(tryRow(t, p, "Not in service"), 1)
			p.SetWhen(tryRow(t, p, "Not in service"), view.NextNumber)
		}, func(s *settings) {
			s.Retry = campaign.Retry{Tries: 5, After: campaign.DefaultAgain()}
			delete(s.Retry.After, gateway.OutcomeNoAnswer)
			s.Retry.After[gateway.OutcomeBusy] = campaign.Again{Tries: 5, Delay: 20 * time.Minute, OtherTime: true}
			s.Retry.After[gateway.OutcomeBadNumber] = campaign.Again{Tries: 2, Delay: 30 * time.Minute, NextNumber: true}
		}, func(p *view.WhenPage) any {
			busy, none, bad := tryRow(t, p, "Busy"), tryRow(t, p, "No answer"), tryRow(t, p, "Not in service")
			return []any{busy.More, busy.Delay, busy.When, none.More, bad.More, bad.When}
		}, []any{4, 20 * time.Minute, view.OtherTime, 0, 1, view.NextNumber}},
		"Limits": {func(p *view.WhenPage) {
			p.AddLimit()
			p.AddLimit()
			p.SetLimit(0, campaign.Limit{Calls: 2, Within: time.Hour, Answered: true})
			p.RemoveLimit(1)
		}, func(s *settings) { s.Limits = []campaign.Limit{{Calls: 2, Within: time.Hour, Answered: true}} },
			func(p *view.WhenPage) any { return len(p.Settings.Limits) }, 1},
		"Gaps": {func(p *view.WhenPage) {
			p.AddGap()
			p.AddGap()
			kinds, _ := view.GapKinds(campaign.Gap{})
			p.SetGap(1, campaign.Gap{For: time.Hour, After: kinds[1].After})
			p.RemoveGap(0)
		}, func(s *settings) {
			s.Gaps = []campaign.Gap{{For: time.Hour, After: []gateway.Outcome{gateway.OutcomeReached, gateway.OutcomeMachine}}}
		}, func(p *view.WhenPage) any { _, kind := view.GapKinds(p.Settings.Gaps[0]); return kind }, 1},
		"Law": {func(p *view.WhenPage) { p.SetLaw(campaign.LawUK) }, func(s *settings) { s.Law = campaign.LawUK },
			func(p *view.WhenPage) any { return len(p.RuleRows()) }, 2},
		"Finished": {func(p *view.WhenPage) { p.Settings.Finished = "q5" }, func(s *settings) { s.Finished = "q5" },
			func(p *view.WhenPage) any { return tryRow(t, p, "Hung up before the end").More }, 0},
		"Lines": {func(p *view.WhenPage) { p.Settings.Lines = 7 }, func(s *settings) { s.Lines = 7 },
			func(p *view.WhenPage) any { return p.Settings.Lines }, 7},
		"Rate": {func(p *view.WhenPage) { p.SetPerMinute(12) }, func(s *settings) { s.Rate = 0.2 },
			func(p *view.WhenPage) any { return p.PerMinute() }, 12},
		"Weight": {func(p *view.WhenPage) { p.Settings.Weight = 3 }, func(s *settings) { s.Weight = 3 },
			func(p *view.WhenPage) any { return p.Settings.Weight }, 3},
		"CallerID": {func(p *view.WhenPage) { p.Settings.CallerID = "+13125550100" }, func(s *settings) { s.CallerID = "+13125550100" },
			func(p *view.WhenPage) any { return p.Settings.CallerID }, "+13125550100"},
		"Machines": {func(p *view.WhenPage) { p.Settings.Machines = campaign.Machines(view.MachineChoices()[1].Key) },
			func(s *settings) { s.Machines = campaign.MachineNothing }, func(p *view.WhenPage) any { return p.Settings.Machines }, campaign.MachineNothing},
		"Gateway": {func(p *view.WhenPage) { p.SetGateway("http://192.0.2.7:8155") }, func(s *settings) { s.Gateway = "http://192.0.2.7:8155" },
			func(p *view.WhenPage) any { c, at := p.GatewayChoices(p.Settings.Gateway); return c[at].Name }, "192.0.2.7:8155"},
		"Gateways": {func(p *view.WhenPage) {
			p.AddVia("http://192.0.2.7:8155")
			p.AddVia("http://192.0.2.7:8155") // twice
			p.SetVia(1, campaign.Via{URL: "http://192.0.2.7:8155", Weight: 2, Lines: 3})
		}, func(s *settings) {
			s.Gateways = []campaign.Via{{}, {URL: "http://192.0.2.7:8155", Weight: 2, Lines: 3}}
		}, func(p *view.WhenPage) any { return p.Several() }, true},
		"Speed": {func(p *view.WhenPage) { p.Settings.Speed = 25 }, func(s *settings) { s.Speed = 25 },
			func(p *view.WhenPage) any { speeds, at := p.SpeedChoices(); return speeds[at] }, 25},
		"Exempt": {func(p *view.WhenPage) {
			p.SetLaw(campaign.LawUS)
			p.SwitchOff("us-hours", "they asked", now)
			p.SwitchOff("us-hours", "again", now)
			p.SwitchOff("us-limit-30d", "  ", now) // no reason
			p.SwitchOn("us-limit-30d")
		}, func(s *settings) {
			s.Law, s.Exempt = campaign.LawUS, []campaign.Exemption{{Rule: "us-hours", When: now, Why: "they asked"}}
		}, func(p *view.WhenPage) any { r := p.RuleRows(); return []any{r[0].ID, r[0].On, r[1].On} }, []any{campaign.RuleID("us-hours"), false, true}},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			p := whenPage(campaign.Settings{})
			test.set(p)
			want := campaign.Settings{}.Complete()
			test.want(&want)
			got := p.Settings
			for i := range got.Exempt {
				got.Exempt[i].Who = "" // whoever runs the test
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.said, test.says(whenPage(p.Settings))); diff != "" {
				t.Errorf("a page of them (-want +got):\n%s", diff)
			}
		})
	}
	kind := reflect.TypeFor[campaign.Settings]()
	for i := range kind.NumField() {
		if name := kind.Field(i).Name; name != "Region" && cases[name].set == nil { // the list says its region
			t.Errorf("no case for %s", name)
		}
	}
}

func TestThePageKnowsWhatIsStored(t *testing.T) {
	again := campaign.DefaultAgain()
	s := campaign.Settings{Retry: campaign.Retry{Tries: 3, After: again}}
	p := whenPage(s)
	if p.Changed() {
		t.Error("nothing was changed")
	}
	p.SetMore(tryRow(t, p, "Busy"), 0)
	if !p.Changed() || again[gateway.OutcomeBusy].Delay == 0 {
		t.Error("a change is not seen, or went into the settings that are stored")
	}
	p.Stored()
	if p.Changed() || p.Rename("  ") || !p.Rename(" Other ") || !p.Changed() || p.Name != "Other" {
		t.Errorf("renamed to %q", p.Name)
	}
}

func TestWhatCannotBeUsedIsSaid(t *testing.T) {
	day := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.Local)
	for says, change := range map[string]func(p *view.WhenPage){
		"":                    func(*view.WhenPage) {},
		"No hour is chosen":   func(p *view.WhenPage) { p.ReadHours("closed") },
		"last call":           func(p *view.WhenPage) { p.Settings.NotBefore, p.Settings.NotAfter = day, day },
		"holds for everybody": func(p *view.WhenPage) { p.Here = ""; p.SetZones(campaign.ZoneOne) },
		"zone of the office":  func(p *view.WhenPage) { p.Here = ""; p.ReadOffice("9-17") },
		"sample rings no phone": func(p *view.WhenPage) {
			p.SetGateway("http://192.0.2.7:8155")
			p.Sample = true
		},
	} {
		p := whenPage(campaign.Settings{})
		change(p)
		if got := p.Blocked(); !strings.Contains(got, says) || (got == "") != (says == "") {
			t.Errorf("%q, want a word of %q", got, says)
		}
	}
}

func TestSamplesAndStartedCampaignsKeepTheirGateway(t *testing.T) {
	const real = "http://192.0.2.7:8155"
	sample := whenPage(campaign.Settings{})
	sample.Sample = true
	sample.Office = []view.GatewayChoice{{Name: "Ours", URL: real}}
	choices, _ := sample.GatewayChoices("")
	if sample.SetGateway(real) || sample.AddVia(real) || !sample.BuiltIn() || len(choices) != 1 {
		t.Errorf("the sample can reach a telephone: %+v", choices)
	}
	started := view.NewWhenPage(campaign.Campaign{State: campaign.Paused, Settings: campaign.Settings{Gateways: []campaign.Via{{URL: real}, {}}}}, nil)
	started.SetVia(0, campaign.Via{})
	started.RemoveVia(0)
	if started.SetGateway("") || started.AddVia("http://other") || started.Settings.Gateways[0].URL != real || started.BuiltIn() {
		t.Errorf("gateways of a campaign that has started were changed: %+v", started.Settings.Gateways)
	}
}

func TestSeveralGatewaysBecomeOneAgain(t *testing.T) {
	p := view.NewWhenPage(campaign.Campaign{ID: 1}, []campaign.Campaign{{ID: 2, Settings: campaign.Settings{Gateway: "http://192.0.2.9:8155"}}, {ID: 1}})
	if choices, at := p.GatewayChoices(""); len(choices) != 2 || at != 0 || choices[1].Name != "192.0.2.9:8155" {
		t.Errorf("%+v", choices)
	}
	p.AddVia("http://192.0.2.7:8155")
	p.RemoveVia(0)
	if p.Several() || p.Settings.Gateway != "http://192.0.2.7:8155" {
		t.Errorf("%+v", p.Settings)
	}
}

func TestAddressesAreReadAsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.7":               "http://192.0.2.7:8155",
		" http://pbx:8156/ ":      "http://pbx:8156",
		"https://voice.example":   "https://voice.example",
		"http://192.0.2.7:80/api": "http://192.0.2.7:80/api",
		"":                        "", "ftp://x": "", "http://": "", "the office": "",
	} {
		if got, err := view.ReadAddress(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
}

func TestAGatewayIsReallyAsked(t *testing.T) {
	foreign := httptest.NewServer(http.NotFoundHandler())
	test := view.TestGateway(t.Context(), foreign.URL)
	if !test.Answers || test.Practice || !strings.Contains(test.Words, "Real telephones ring") {
		t.Errorf("%+v", test)
	}
	foreign.Close()
	if test = view.TestGateway(t.Context(), foreign.URL); test.Answers || !strings.Contains(test.Words, "Nothing answers at "+foreign.URL) {
		t.Errorf("%+v", test)
	}
	if test = view.TestGateway(t.Context(), ""); !test.Answers || !test.Practice {
		t.Errorf("%+v", test)
	}
}

func TestTriesAreBoundByAllCalls(t *testing.T) {
	p := whenPage(campaign.Settings{})
	p.SetMore(tryRow(t, p, "Busy"), 2)
	p.SetTries(2)
	if got := tryRow(t, p, "Busy").More; got != 1 {
		t.Errorf("%d more after busy, of 2 calls in all", got)
	}
	p.SetTries(4)
	if busy, none := tryRow(t, p, "Busy").More, tryRow(t, p, "No answer").More; busy != 2 || none != 3 {
		t.Errorf("%d more after busy, %d after no answer; want 2 as chosen, and 3, all of them", busy, none)
	}
	trouble := tryRow(t, p, "Line trouble")
	p.SetMore(trouble, 1)
	if a := p.Settings.Retry.After; a[gateway.OutcomeNoResponse] != (campaign.Again{Tries: 2, Delay: 30 * time.Minute}) || a[gateway.OutcomeCongestion].Tries != 2 {
		t.Errorf("%+v", a)
	}
	p.Settings.Retry.After[gateway.OutcomeNoTransfer] = campaign.Again{}
	tryRow(t, p, "Listened, but the transfer was not answered") // is not hidden
}

func TestDelaysHaveTheOneInUse(t *testing.T) {
	if got := view.Spans(view.Delays(7 * time.Minute))[:3]; !slices.Equal(got, []string{"5 minutes", "7 minutes", "10 minutes"}) {
		t.Error(got)
	}
	for d, want := range map[time.Duration]string{0: "at once", 90 * time.Second: "90 seconds", time.Hour: "1 hour", 96 * time.Hour: "4 days"} {
		if got := view.Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestZonesAndCalendarsHaveNames(t *testing.T) {
	p := whenPage(campaign.Settings{})
	p.Here = "Asia/Tokyo"
	choices, at := p.ZoneChoices("Africa/Cairo")
	if at != 0 || choices[0].Words != "Cairo" || choices[1].Words != "Tokyo" {
		t.Errorf("%d of %+v", at, choices)
	}
	if _, at := p.ZoneChoices(""); at != -1 {
		t.Errorf("no zone is number %d", at)
	}
	for _, c := range choices {
		if !view.KnownZone(c.Key) {
			t.Errorf("no zone %s", c.Key)
		}
	}
	for _, key := range campaign.HolidayCalendars() {
		if name := view.CalendarWords(key); name == key || name == "" {
			t.Errorf("the calendar %s has no name", key)
		}
	}
	if got := view.NextHoliday("us-federal", time.Date(2026, time.December, 26, 0, 0, 0, 0, time.UTC)); got != "next on 1 Jan 2027" {
		t.Error(got)
	}
}

func TestMomentsAreReadAsTyped(t *testing.T) {
	day := time.Date(2026, time.December, 1, 17, 0, 0, 0, time.Local)
	for clock, want := range map[string]string{"9": "1 9:00", "13:45": "1 13:45", "24": "2 0:00", "": "1 0:00", "25": "", "noon": ""} {
		got, ok := view.At(&day, clock)
		if ok != (want != "") || ok && got.Format("2 15:04") != want && got.Format("2 ")+view.ClockText(got) != want {
			t.Errorf("%q: %v %v, want %s", clock, got, ok, want)
		}
	}
	if got, ok := view.At(nil, "x"); !ok || !got.IsZero() {
		t.Error("no day is no moment")
	}
}

func TestGatewaysOfTheOfficeAreOfferedByName(t *testing.T) {
	const front = "http://192.0.2.7:8155"
	p := view.NewWhenPage(campaign.Campaign{ID: 1}, []campaign.Campaign{{ID: 2, Settings: campaign.Settings{Gateway: front}}})
	p.Know(view.OfficeSettings{Gateways: []view.OfficeGateway{{Name: "Front office", URL: front}}})
	if choices, _ := p.GatewayChoices(front); len(choices) != 2 || choices[1].Name != "Front office" {
		t.Errorf("offered: %+v", choices)
	}
	if spare := p.Spare(); len(spare) != 1 || spare[0].URL != front {
		t.Errorf("to share with: %+v", spare)
	}
	p.AddVia(front)
	if spare := p.Spare(); len(spare) != 0 {
		t.Errorf("offered twice: %+v", spare)
	}
}

func TestWhatIsChangedWhilePeopleAreCalledIsTakenOver(t *testing.T) {
	p := whenPage(campaign.Settings{Lines: 4, Rate: 1})
	p.Settings.Lines = 9
	p.Meanwhile(campaign.Settings{Lines: 6, Rate: 2})
	if p.Settings.Lines != 9 || p.Settings.Rate != 2 || !p.Changed() {
		t.Errorf("%d lines, %v a second", p.Settings.Lines, p.Settings.Rate)
	}
	p.Settings.Lines = 6
	if p.Changed() {
		t.Error("what is stored counts as changed")
	}
}
