package contacts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

func TestPriority(t *testing.T) {
	tests := map[int]string{
		0: "|0|normal|Medium|mittel|moyenne|media|średni", 1: "1|+1|1.0|high|Hoch|haute|alta|wysoki", 2: "2|urgent|sehr hoch|très haute|dringend|pilne",
		-1: "-1|low|niedrig|basse|baja|bassa|niski", 12: "12|12,0", 32767: "32767",
	}
	for want, said := range tests {
		for cell := range strings.SplitSeq(said, "|") {
			list := read(t, table("Phone|Rank", "312 555 0142|"+cell), contacts.Options{Map: map[contacts.Role][]string{contacts.Priority: {"Rank"}}})
			if c := list.Contacts[0]; c.Priority != want || c.Status != campaign.Ready || len(list.Found) > 0 {
				t.Errorf("%q: %d, %s, %v, want %d", cell, c.Priority, c.Status, list.Found, want)
			}
		}
	}
}

// A priority that cannot be read is none; whoever refuses that sets the row
// aside.
func TestPriorityUnknown(t *testing.T) {
	for _, said := range []string{"some", "2.5", "99999", "1e3", "NaN", "Inf", "-40000", "A1"} {
		for _, refused := range []bool{false, true} {
			o := contacts.Options{Map: map[contacts.Role][]string{contacts.Priority: {"Rank"}}}
			p := campaign.CellProblem{Row: 2, Column: "Rank", Kind: campaign.ProblemPriority, Value: said, Repair: "0"}
			if refused {
				o.Rules = rules(false, campaign.ProblemPriority)
				p.Repair, p.Proposal = "", p.Repair
			}
			list := read(t, table("Phone|Rank", "312 555 0142|"+said), o)
			if diff := cmp.Diff([]campaign.CellProblem{p}, list.Found); diff != "" {
				t.Errorf("%q: problems (-want +got):\n%s", said, diff)
			}
			if c := list.Contacts[0]; c.Priority != 0 || (c.Status == campaign.Ready) == refused {
				t.Errorf("%q: %d, %s", said, c.Priority, c.Status)
			}
		}
	}
}

func TestConsent(t *testing.T) {
	for want, said := range map[bool]string{
		true: "yes|X|1|ja|Oui|sí|tak|opt-in|granted|erteilt", false: "|no|not asked|2024-01-03|withdrawn|maybe",
	} {
		for cell := range strings.SplitSeq(said, "|") {
			list := read(t, table("Phone|Agrees", "312 555 0142|"+cell), contacts.Options{Map: map[contacts.Role][]string{contacts.Consent: {"Agrees"}}})
			if c := list.Contacts[0]; c.Consent != want {
				t.Errorf("%q: %v", cell, c.Consent)
			}
		}
	}
	if list := read(t, table("Phone", "312 555 0142"), contacts.Options{}); list.Contacts[0].Consent {
		t.Error("a list that does not say so has consent")
	}
}

// Of several rows the hours of the first that has any count, the greatest
// priority, and consent if no row says no, whatever the order.
func TestMergeOfWishes(t *testing.T) {
	const n = "312 555 0142"
	o := contacts.Options{Keep: contacts.KeepMerge, Map: map[contacts.Role][]string{
		contacts.Hours: {"When"}, contacts.Priority: {"Rank"}, contacts.Consent: {"Agrees"},
	}}
	tests := map[string]struct {
		rows     []string
		hours    string
		priority int
		consent  bool
	}{
		"gaps filled":      {[]string{n + "|||", n + "|9-12|2|yes", n + "|10-12|1|"}, "Mo-Su 9-12", 2, true},
		"the first's kept": {[]string{n + "|9-12|3|yes", n + "|10-12|1|"}, "Mo-Su 9-12", 3, true},
		"a no behind":      {[]string{n + "|||yes", n + "|9-12||no"}, "closed", 0, false},
		"a no in front":    {[]string{n + "|||no", n + "|||yes", n + "|9-12|1|yes"}, "Mo-Su 9-12", 1, false},
		"a no between":     {[]string{n + "|||yes", n + "|||no", n + "|||yes"}, "closed", 0, false},
		"a no of another":  {[]string{n + "|||yes", "312 555 0143|||no"}, "closed", 0, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			list := read(t, table(append([]string{"Phone|When|Rank|Agrees"}, tt.rows...)...), o)
			for _, c := range list.Contacts {
				if c.Status != campaign.Ready {
					continue
				}
				if got := campaign.WeekString(c.Hours); got != tt.hours || c.Priority != tt.priority || c.Consent != tt.consent {
					t.Errorf("%s, %d, %v, want %s, %d, %v", got, c.Priority, c.Consent, tt.hours, tt.priority, tt.consent)
				}
			}
			if list.Ready != 1 {
				t.Errorf("%d rows are ready", list.Ready)
			}
		})
	}
}

// Also where a number does not make rows the same, it agrees or not.
func TestNoOfTheSameNumber(t *testing.T) {
	const n = "312 555 0142"
	o := contacts.Options{Same: []contacts.Same{contacts.SamePerson}, Map: map[contacts.Role][]string{contacts.Consent: {"Agrees"}}}
	list := read(t, table("Name|Phone|Agrees", "Ann|"+n+"|yes", "Bob|"+n+"|yes", "Cid|"+n+"|no", "Dee|"+n+"|yes"), o)
	for _, c := range list.Contacts {
		if c.Consent || (c.Status == campaign.Ready) != (c.Name != "Cid") {
			t.Errorf("%s: %s, consent %v", c.Name, c.Status, c.Consent)
		}
	}
}

func TestWishesByHeading(t *testing.T) {
	for role, tt := range map[contacts.Role]struct{ headings, cells string }{
		contacts.Hours: {
			"Best time to call|Hours|call_time|When to call|Preferred time|Availability|Erreichbarkeit|Anrufzeit|Beste Zeit|Horaires|Disponibilité|Quand appeler|" +
				"Horario|Disponibilidad|Orario|Reperibilità|Godziny|Kiedy dzwonić|a column with a name of its own", "after 5 pm|not before 10|ab 17 Uhr",
		},
		contacts.Priority: {"Priority|Prio|Urgency|Priorität|Dringlichkeit|Priorité|Prioridad|Priorità|Priorytet", "1|2|high"},
	} {
		for heading := range strings.SplitSeq(tt.headings, "|") {
			lines := []string{"Name|Phone|" + heading}
			for cell := range strings.SplitSeq(tt.cells, "|") {
				lines = append(lines, "Ann Example|312 555 0142|"+cell)
			}
			if got := roleOf(read(t, table(lines...), contacts.Options{}), role); got != heading {
				t.Errorf("the column of %s is %q, want %q", role, got, heading)
			}
		}
	}
}

// A slot, a shift or a size is nobody's wish.
func TestNoWishes(t *testing.T) {
	for column, cells := range map[string]string{
		"Appointment": "9:00-9:30|10:00-10:30", "Best time": "ask her|ring twice|soon", "Shift": "evening|morning", "Size": "5-10|10-20", "Available": "yes|no", "Hours": "12|40", "Day": "Monday|Friday",
		"Risk": "high|low", "Priority": "see notes|none of it",
	} {
		lines := []string{"Name|Phone|" + column}
		for cell := range strings.SplitSeq(cells, "|") {
			lines = append(lines, "Ann Example|312 555 0142|"+cell)
		}
		if got := read(t, table(lines...), contacts.Options{}).Columns[2]; got.Role != contacts.Own {
			t.Errorf("%s is taken for %s", column, got.Role)
		}
	}
}
