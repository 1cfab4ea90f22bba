package view_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

func TestDaysAreReadAsACountryWritesThem(t *testing.T) {
	for _, c := range []struct {
		text   string
		region phone.Region
		want   campaign.Day
	}{
		{"2026-12-15", "US", campaign.Day{Year: 2026, Month: 12, Day: 15}},
		{"2026-12-01", "DE", campaign.Day{Year: 2026, Month: 12, Day: 1}},
		{"12/15/2026", "US", campaign.Day{Year: 2026, Month: 12, Day: 15}},
		{"12/01/2026", "US", campaign.Day{Year: 2026, Month: 12, Day: 1}},
		{"12/01/2026", "GB", campaign.Day{Year: 2026, Month: 1, Day: 12}},
		{"1.12.2026", "DE", campaign.Day{Year: 2026, Month: 12, Day: 1}},
		{"1.12.2026", "US", campaign.Day{Year: 2026, Month: 12, Day: 1}},
		{" 15 Dec 2026 ", "US", campaign.Day{Year: 2026, Month: 12, Day: 15}},
		{"Dec 15, 2026", "GB", campaign.Day{Year: 2026, Month: 12, Day: 15}},
		{"15 december 2026", "GB", campaign.Day{Year: 2026, Month: 12, Day: 15}},
		{"Dec 15", "US", campaign.Day{}},
		{"15/12/2026", "US", campaign.Day{}},
		{"12/15/2026", "GB", campaign.Day{}},
		{"12/15/26", "US", campaign.Day{}},
		{"2026-02-30", "US", campaign.Day{}},
		{"15 Ju 2026", "US", campaign.Day{}},
		{"tomorrow", "US", campaign.Day{}},
		{"", "US", campaign.Day{}},
	} {
		got, ok := view.ReadTypedDay(c.text, c.region)
		if ok != (c.want != campaign.Day{}) || ok && got != c.want {
			t.Errorf("%q in %s: %v %v, want %v", c.text, c.region, got, ok, c.want)
		}
	}
}

func TestDaysAreReadAsTheProgramWritesThem(t *testing.T) {
	defer words.Use(words.InUse())
	for _, l := range words.Languages() {
		words.Use(l)
		for m := time.January; m <= time.December; m++ {
			day := time.Date(2027, m, 9, 9, 30, 0, 0, time.Local)
			if got, wrong := view.MomentOf(day).Read("9", "US"); !got.Equal(day) {
				t.Errorf("%s, %v: %v %s", l, view.MomentOf(day), got, wrong)
			}
		}
	}
}

func TestWhatCannotBeReadIsKeptAndBlocks(t *testing.T) {
	for _, c := range []struct{ day, clock, says, wrong string }{
		{"12/15/2026", "", "Tuesday, 15 December 2026", ""},
		{"2026-11-29", "8", "Sunday, 29 November 2026", ""}, // today
		{"", "", "", ""},
		{"Dec 15", "9", "", "“Dec 15” cannot be read as a day"},
		{"2026-12-15", "noon", "", "“noon” cannot be read as a time of day"},
		{"", "9", "", "A time without a day"},
		{"2026-11-28", "", "", "Saturday, 28 November 2026 is over"},
	} {
		p := whenPage(campaign.Settings{})
		p.TypeEdge(view.FirstCall, view.Moment{Day: c.day, Clock: c.clock})
		says, wrong := p.EdgeWords(view.FirstCall)
		if says != c.says || !strings.Contains(wrong, c.wrong) || (wrong == "") != (c.wrong == "") {
			t.Errorf("%q %q: %q, %q", c.day, c.clock, says, wrong)
		}
		if blocked := p.Blocked(); (blocked != "") != (c.wrong != "") {
			t.Errorf("%q %q: blocked %q", c.day, c.clock, blocked)
		}
		if p.Changed() != (c.day+c.clock != "") {
			t.Errorf("%q %q: changed %v", c.day, c.clock, p.Changed())
		}
	}
	p := whenPage(campaign.Settings{})
	p.TypeEdge(view.LastCall, view.Moment{Day: "soon"})
	if got := p.Edge(view.LastCall); got.Day != "soon" || !strings.Contains(p.Blocked(), "Last call: “soon”") {
		t.Errorf("%+v: %s", got, p.Blocked())
	}
	p.TypeEdge(view.LastCall, view.Moment{Day: "2026-11-29", Clock: "11"})
	if !strings.Contains(p.Blocked(), "is over") {
		t.Errorf("a last call an hour ago: %q", p.Blocked())
	}
}

func TestWhatHasStartedMayHaveBegunLongAgo(t *testing.T) {
	long := time.Date(2020, time.May, 4, 9, 0, 0, 0, time.Local)
	p := view.NewWhenPage(campaign.Campaign{State: campaign.Paused, Settings: campaign.Settings{NotBefore: long}}, nil)
	if got := p.Blocked(); got != "" {
		t.Error(got)
	}
}

func TestDaysOffAreTyped(t *testing.T) {
	p := whenPage(campaign.Settings{})
	if p.TypeDayOff("Dec 24") || !strings.Contains(p.Blocked(), "Day without calls: “Dec 24”") {
		t.Error(p.Blocked())
	}
	if says, _ := p.DayWords("12/24/2026"); says != "Thursday, 24 December 2026" {
		t.Error(says)
	}
	if !p.TypeDayOff("12/24/2026") || p.Blocked() != "" || strings.Join(p.DaysOff(), "") != "24 Dec 2026" {
		t.Errorf("%v %s", p.DaysOff(), p.Blocked())
	}
}

func TestTheNumberShownIsANumber(t *testing.T) {
	for text, ok := range map[string]bool{
		"": true, " ": true, "+1 (312) 555-0142": true, "3125550142": true, "call <&> me": false, "12a": false, "+": false, "312+555": false, "()": false,
	} {
		p := whenPage(campaign.Settings{CallerID: text})
		if wrong := view.CallerWrong(text); (wrong == "") != ok || p.Blocked() != wrong {
			t.Errorf("%q: %q, blocked %q", text, wrong, p.Blocked())
		}
	}
}
