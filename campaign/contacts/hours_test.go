package contacts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

func ownHours(t testing.TB, cell campaign.Cell, o contacts.Options) contacts.List {
	t.Helper()
	o.Map = map[contacts.Role][]string{contacts.Phone: {"Phone"}, contacts.Hours: {"When"}}
	from := table("Phone|When")
	return read(t, rewound(*from, nil, campaign.TableRow{Number: 2, Cells: []campaign.Cell{text("312 555 0142"), cell}}), o)
}

// What is clear is taken; what is not is set aside, and what it may mean
// proposed.
func TestOwnHours(t *testing.T) {
	const anyTime = "Mo-Su 0-24"
	tests := map[string]struct {
		said string // several, apart by bars
		want string // as campaign.WeekString writes it, empty: none; with a question mark: proposed
	}{
		"empty":               {"", ""},
		"strict":              {"9-12|9–12|Mo-Su 9-12", "Mo-Su 9-12"},
		"days":                {"Mo-Fr 9-17|Mon-Fri 9am-5pm|weekdays 9:00 - 17:00|9-17 weekdays|Montag bis Freitag von 9 bis 17 Uhr|lun-ven 9h-17h|Pn-Pt od 9 do 17", "Mo-Fr 9-17"},
		"days apart":          {"Mo, We 9-12|Monday and Wednesday 9-12|Mo Mi 9-12|lundi et mercredi 9h-12h", "Mo 9-12, We 9-12"},
		"several":             {"Mo-Fr 9-17, Sa 10-12|Mon-Fri 9-17; Sat 10-12|Mo-Fr 9.00-17.00 / Sa 10.00-12.00", "Mo-Fr 9-17, Sa 10-12"},
		"German days":         {"Di-Do 9-12|Dienstag-Donnerstag 9-12", "Tu-Th 9-12"},
		"Sunday":              {"So 9-12|Sun 9-12|dimanche 9-12|domingo de 9 a 12|domenica dalle 9 alle 12|niedziela 9-12", "Su 9-12"},
		"the week's end":      {"weekends|am Wochenende|le week-end|fines de semana|Sa-So", "Sa-Su 0-24"},
		"over the week's end": {"Sa-Mo 9-12", "Mo 9-12, Sa-Su 9-12"},
		"over midnight":       {"22-6|10 pm - 6 am", "Mo-Su 22-6"},
		"halves":              {"5-7 pm|5pm-7pm|17-19|17:00–19:00|1700-1900|5 p.m. to 7 p.m.|between 5 and 7 pm", "Mo-Su 17-19"},
		"half said once":      {"9am-5|9-5pm|09:00-17:00", "Mo-Su 9-17"},
		"noon":                {"12-1 pm|noon to 1 pm|12 pm-13", "Mo-Su 12-13"},
		"after": {
			"after 5 pm|after 17:00|nach 17 Uhr|ab 17 Uhr|après 17h|à partir de 17h|dès 17 h|después de las 17|a partir de las 17 h|dopo le 17|dalle 17|po 17|od 17|from 5 p.m.|not before 5 pm",
			"Mo-Su 17-24",
		},
		"before": {"before 12|until noon|vor 12 Uhr|bis 12 Uhr|avant 12h|jusqu'à 12h|antes de las 12|hasta las 12|prima delle 12|fino alle 12|przed 12", "Mo-Su 0-12"},
		"not before": {
			"not before 10|don't call before 10|nicht vor 10 Uhr|pas avant 10h|no antes de las 10|non prima delle 10|nie przed 10|no earlier than 10", "Mo-Su 10-24",
		},
		"not after":    {"not after 8 pm|nicht nach 20 Uhr|pas après 20h|no después de las 20|non dopo le 20|nie po 20|no later than 20:00", "Mo-Su 0-20"},
		"mornings":     {"mornings|Morning|vormittags|le matin|por la mañana|di mattina|rano|przed południem|am Vormittag", "Mo-Su 6-12"},
		"afternoons":   {"afternoons|nachmittags|l'après-midi|por la tarde|pomeriggio|po południu", "Mo-Su 13-18"},
		"evenings":     {"evenings|abends|le soir|di sera|wieczorem|am Abend|evenings only|Best time: evening", "Mo-Su 18-22"},
		"night":        {"por la noche", "Mo-Su 20-22"},
		"part of days": {"weekday mornings|werktags vormittags|Mo-Fr mornings", "Mo-Fr 6-12"},
		"at any time":  {"any time|jederzeit|n'importe quand|always|zawsze", ""},

		"office hours of twelve":  {"9-5|9:00 - 5:00", "Mo-Su 9-17?"},
		"nine to nine":            {"9-9", "Mo-Su 9-21?"},
		"evening, probably":       {"5-8", "Mo-Su 17-20?"},
		"over noon, probably":     {"10-2", "Mo-Su 10-14?"},
		"a week of twelve":        {"Mo-Fr 9-5", "Mo-Fr 9-17?"},
		"after five of either":    {"after 5|nach 5 Uhr|not before 5", "Mo-Su 17-24?"},
		"after eight of either":   {"after 8", "Mo-Su 20-24?"},
		"before six of either":    {"until 6", "Mo-Su 0-18?"},
		"in the morning, surely":  {"06:00-09:00|6am-9am", "Mo-Su 6-9"},
		"not before eight":        {"not before 8|ab 8", "Mo-Su 8-24"},
		"twice a day":             {"9-12 and 14-17|9-12, 14-17", "Mo-Su 9-12?"},
		"twice on some days":      {"Mo 9-12, Mo 14-17|Mo 9-12, 14-17", "Mo 9-12?"},
		"half of the day, oddly":  {"9-5 am", "Mo-Su 9-5?"},
		"not understood":          {"ring twice|ask her|soon|x|9|at 9|Do 17 Uhr|9-12 not Monday|not mornings|no|never|closed|25-26|9-|9:70-12|12.5-14|2026-09-12|12 Sep|except Mondays|mornings on Mondays and Fridays|0.375|di 9-12 or else|9-12-14", anyTime + "?"},
		"too much to be hours":    {strings.Repeat("mornings ", 20), anyTime + "?"},
		"a telephone number":      {"312-555-0142", anyTime + "?"},
		"with what cannot be one": {"9-12!", anyTime + "?"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for said := range strings.SplitSeq(tt.said, "|") {
				list := ownHours(t, text(said), contacts.Options{})
				c := list.Contacts[0]
				want, doubtful := strings.CutSuffix(tt.want, "?")
				var found []campaign.CellProblem
				why := campaign.Reason{}
				if doubtful {
					value := strings.TrimSpace(said)
					found = []campaign.CellProblem{{Row: 2, Column: "When", Kind: campaign.ProblemHours, Value: value, Proposal: want}}
					why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemHours, Text: value}
					want = ""
				}
				got := ""
				if !c.Hours.IsZero() {
					got = campaign.WeekString(c.Hours)
				}
				if got != want || c.Why != why || (c.Status == campaign.Ready) == doubtful {
					t.Errorf("%q: %s, %+v, want %q, %+v", said, got, c.Why, want, why)
				}
				if diff := cmp.Diff(found, list.Found); diff != "" {
					t.Errorf("%q: problems (-want +got):\n%s", said, diff)
				}
			}
		})
	}
}

// A person decides about what is not clear as about other proposals.
func TestOwnHoursDecided(t *testing.T) {
	yes, no := true, false
	tests := map[string]struct {
		said    string
		options contacts.Options
		ready   bool
		want    string
	}{
		"taken":            {"9-5", contacts.Options{Rows: decision(contacts.Decision{Take: &yes})}, true, "Mo-Su 9-17"},
		"taken by rule":    {"9-5", contacts.Options{Rules: rules(true, campaign.ProblemHours)}, true, "Mo-Su 9-17"},
		"at any time":      {"ring twice", contacts.Options{Rows: decision(contacts.Decision{Take: &yes})}, true, "closed"},
		"refused":          {"9-5", contacts.Options{Rules: rules(true, campaign.ProblemHours), Rows: decision(contacts.Decision{Take: &no})}, false, "closed"},
		"another's rule":   {"9-5", contacts.Options{Rules: rules(true, campaign.ProblemZone)}, false, "closed"},
		"nothing to doubt": {"9-12", contacts.Options{Rules: rules(false, campaign.ProblemHours)}, true, "Mo-Su 9-12"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			list := ownHours(t, text(tt.said), tt.options)
			c := list.Contacts[0]
			if got := campaign.WeekString(c.Hours); got != tt.want || (c.Status == campaign.Ready) != tt.ready {
				t.Errorf("%s, %s, want %s", c.Status, got, tt.want)
			}
			for _, p := range list.Found {
				if (p.Repair != "") != tt.ready || (p.Proposal == "") != tt.ready {
					t.Errorf("problem %+v", p)
				}
			}
		})
	}
}

// A spreadsheet makes a day of 9-12.
func TestOwnHoursThatBecameADate(t *testing.T) {
	list := ownHours(t, campaign.Cell{Type: campaign.CellDate, Text: "9-12", Raw: "46277"}, contacts.Options{})
	if c := list.Contacts[0]; c.Why.Problem != campaign.ProblemHours || !c.Hours.IsZero() {
		t.Errorf("%+v, %s", c.Why, campaign.WeekString(c.Hours))
	}
}

// Whatever a cell says, the row is called at hours that are some, or not.
func TestAnyOwnHours(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"9", "17", "5", "24", "0", "12:30", "-", " - ", "am", "pm", "Mo", "Fr", "Do", "di", "after", "before", "not", "and", ",", "between", "mornings", "weekend", "h", "od", "é", "x", "any time",
	})
	rapid.Check(t, func(rt *rapid.T) {
		said := strings.Join(rapid.SliceOfN(piece, 0, 9).Draw(rt, "pieces"), rapid.SampledFrom([]string{" ", ""}).Draw(rt, "between"))
		c := ownHours(t, text(said), contacts.Options{}).Contacts[0]
		for _, w := range c.Hours.Days {
			if w.From < 0 || w.From > 24*60 || w.Till < 0 || w.Till > 24*60 || w.From == 24*60 {
				rt.Fatalf("%q: %v", said, c.Hours)
			}
		}
		if c.Status != campaign.Ready && (c.Why.Problem != campaign.ProblemHours || !c.Hours.IsZero()) {
			rt.Fatalf("%q: %+v", said, c)
		}
		// What is read is read again from what it is written as.
		if !c.Hours.IsZero() {
			again := ownHours(t, text(campaign.WeekString(c.Hours)), contacts.Options{}).Contacts[0]
			if again.Status == campaign.Ready && again.Hours != c.Hours {
				rt.Fatalf("%q is %s, that is %s", said, campaign.WeekString(c.Hours), campaign.WeekString(again.Hours))
			}
		}
	})
}
