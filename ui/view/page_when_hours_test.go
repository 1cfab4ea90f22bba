package view_test

import (
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func weekPage(t *testing.T, law campaign.LawKey, hours string) *view.WhenPage {
	t.Helper()
	p := whenPage(campaign.Settings{Law: law})
	if !p.ReadHours(hours) {
		t.Fatalf("%q cannot be read", hours)
	}
	return p
}

func TestPaintingKeepsToOneStretchADay(t *testing.T) {
	const mon = 0
	for name, test := range map[string]struct {
		law         campaign.LawKey
		hours       string
		line        int
		first, last int
		on          bool
		want        string
	}{
		"a closed day":               {"", "closed", mon, 9, 12, true, "Mon 9–12"},
		"beside it":                  {"", "Mo 9-12", mon, 12, 13, true, "Mon 9–13"},
		"away from it fills the gap": {"", "Mo 9-12", mon, 17, 18, true, "Mon 9–18"},
		"half hours stay exact":      {"", "Mo 8:30-12:30", mon, 13, 14, true, "Mon 8:30–14"},
		"inside changes nothing":     {"", "Mo 8:30-12:30", mon, 9, 10, true, "Mon 8:30–12:30"},
		"off at the beginning":       {"", "Mo 9-12", mon, 8, 10, false, "Mon 10–12"},
		"off at the end":             {"", "Mo 9-12", mon, 11, 13, false, "Mon 9–11"},
		"off in the middle, later":   {"", "Mo 9-17", mon, 14, 15, false, "Mon 9–14"},
		"off in the middle, earlier": {"", "Mo 9-17", mon, 10, 11, false, "Mon 11–17"},
		"all of it":                  {"", "Mo-Tu 9-12", mon, 0, 24, false, "Tue 9–12"},
		"off where nothing is":       {"", "Mo 9-12", mon, 14, 15, false, "Mon 9–12"},
		"not where it is forbidden":  {"us", "Mo 9-12", mon, 6, 24, true, "Mon 8–21"},
		"nor on a forbidden day":     {"gb", "Mo 9-12", 6, 6, 8, true, "Mon 9–12"},
		"a night begins earlier":     {"", "Mo 22-6", mon, 20, 21, true, "Mon 20–6"},
		"a night ends earlier":       {"", "Mo 22-6", 1, 4, 6, false, "Mon 22–4"},
		"a night ends at midnight":   {"", "Mo 22-6", 1, 0, 6, false, "Mon 22–24"},
		"a night begins later":       {"", "Mo 22-6", mon, 22, 23, false, "Mon 23–6"},
		"a night is cut":             {"", "Mo 20-6", mon, 22, 23, false, "Mon 20–22"},
		"a night is no more":         {"", "Mo 22-6", mon, 22, 24, false, "No calls"},
	} {
		t.Run(name, func(t *testing.T) {
			p := weekPage(t, test.law, test.hours)
			p.Paint(test.line, test.first, test.last, test.on)
			if got := p.HoursText(); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestDaysAndHoursAreSwitched(t *testing.T) {
	p := weekPage(t, "", "Mo-Fr 8:30-17")
	p.Switch(5)
	p.Switch(0)
	if got := p.HoursText(); got != "Tue–Fri 8:30–17, Sat 8–17" {
		t.Error(got)
	}
	p = weekPage(t, "", "closed")
	p.Switch(2)
	if got := p.HoursText(); got != "Wed 9–19" {
		t.Error(got)
	}
	p = weekPage(t, "us", "Mo-Su 9-17")
	p.SwitchHour(17)
	if got := p.HoursText(); got != "Mon–Sun 9–18" {
		t.Error(got)
	}
	p.SwitchHour(17)
	p.SwitchHour(6) // forbidden
	if got := p.HoursText(); got != "Mon–Sun 9–17" {
		t.Error(got)
	}
}

func TestCellsAreDrawnAndSaid(t *testing.T) {
	p := weekPage(t, "us", "Mo 8:30-12, Tu 22-6")
	for _, test := range []struct {
		line, hour int
		want       view.HourCell
		says       string
	}{
		{0, 8, view.HourCell{From: 0.5, Till: 1}, "Mon, may call from 8:30 to 9:00"},
		{0, 9, view.HourCell{From: 0, Till: 1}, "Mon 9:00–10:00, may call"},
		{0, 12, view.HourCell{}, "Mon 12:00–13:00, no calls"},
		{0, 7, view.HourCell{Forbidden: true}, "Mon 7:00–8:00, not allowed by the rules"},
		{1, 23, view.HourCell{Till: 1, Forbidden: true}, "Tue 23:00–24:00, not allowed by the rules"},
		{2, 5, view.HourCell{Till: 1, Forbidden: true}, "Wed 5:00–6:00, not allowed by the rules"},
	} {
		if got := p.Cell(test.line, test.hour); got != test.want || p.CellWords(test.line, test.hour) != test.says {
			t.Errorf("%d %d: %+v, %q", test.line, test.hour, got, p.CellWords(test.line, test.hour))
		}
	}
	p.SetLaw(campaign.LawNone)
	if first, last := p.Range(); first != 0 || last != 24 {
		t.Errorf("a night is shown from %d to %d", first, last)
	}
	if first, last := weekPage(t, "us", "0-24").Range(); first != 7 || last != 21 {
		t.Errorf("all that is allowed is shown from %d to %d", first, last)
	}
}

func TestHoursAreReadAsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Fri 9-12:30":              "Mon–Fri 9–12:30",
		"Monday – Friday 9–17; sat 10": "",
		"mo. 9-17, Tue 10-11":          "Mon 9–17, Tue 10–11",
		"9-20":                         "Mon–Sun 9–20",
		"":                             "",
		"Mon 9-17, Mo 18-19":           "", // a day has one stretch
		"weekdays 9-17":                "",
	} {
		p := whenPage(campaign.Settings{})
		before := p.HoursText()
		if read := p.ReadHours(text); read != (want != "") {
			t.Errorf("%q was read: %v", text, read)
		}
		if want == "" {
			want = before
		}
		if got := p.HoursText(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestTheHoursComeTo(t *testing.T) {
	for hours, want := range map[string]string{
		"Mo-Fr 9-19, Sa 10-14": "50 hours Monday to Friday, 4 hours on Saturday",
		"9-20":                 "77 hours in the week",
		"Mo 9-10":              "1 hour on Monday",
		"Mo-Tu 8:30-17:15":     "17 h 30 min Monday to Tuesday",
		"0-24":                 "91 hours in the week",
		"closed":               "No hours: nobody is called",
		"Mo 22-7":              "9 hours on Monday",
	} {
		if got := weekPage(t, "us", hours).Total(); got != want {
			t.Errorf("%s: %q, want %q", hours, got, want)
		}
	}
}

func TestHoursAreTakenFrom(t *testing.T) {
	other := campaign.Campaign{ID: 2, Name: "Autumn", Settings: campaign.Settings{Hours: campaign.EveryDay(600, 660)}}
	p := view.NewWhenPage(campaign.Campaign{ID: 1, Settings: campaign.Settings{Law: campaign.LawUS}}, []campaign.Campaign{other, other})
	choices, at := p.HoursChoices()
	var said []string
	for _, c := range choices {
		said = append(said, c.Words)
	}
	if got := strings.Join(said, ", "); got != "Office week, Every day 9–20, All that the rules allow, As in “Autumn”, At every hour" || at != 1 {
		t.Errorf("%d of %s", at, got)
	}
	p.Settings.Hours = choices[3].Hours
	if _, at := p.HoursChoices(); at != 3 {
		t.Errorf("taken from another campaign: %d", at)
	}
	p.Paint(0, 20, 21, true)
	if _, at := p.HoursChoices(); at != -1 {
		t.Errorf("painted: %d", at)
	}
}
