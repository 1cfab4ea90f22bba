package contacts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// fates says what became of the rows of a list, from row 2: ready, the row it
// is a duplicate of, ask and the row it stands with, dnc, or bad.
func fates(list contacts.List) string {
	var words []string
	for _, c := range list.Contacts {
		word := "bad"
		switch {
		case c.Status == campaign.Ready:
			word = "ready"
		case c.Why.Code == campaign.CodeDuplicate:
			word = fmt.Sprintf("=%d", c.Why.Row)
		case c.Why.Problem == campaign.ProblemDuplicate:
			word = fmt.Sprintf("ask%d", c.Why.Row)
		case c.Why.Code == campaign.CodeDoNotCall:
			word = "dnc"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestDuplicates(t *testing.T) {
	const a, b = "|312 555 0142|", "|312 555 0143|"
	call := func(rows ...int) map[int]contacts.Decision {
		m := map[int]contacts.Decision{}
		for _, row := range rows {
			m[row] = contacts.Decision{Call: true}
		}
		return m
	}
	three := []string{"Ann" + a + "x", "Bob" + a + "y", "Cid" + a + "z"}
	tests := []struct {
		name    string
		rows    []string // name, phone, key, and whether not to be called
		options contacts.Options
		want    string
	}{
		{"first", three, contacts.Options{}, "ready =2 =2"},
		{"last", three, contacts.Options{Keep: contacts.KeepLast}, "=3 =4 ready"},
		{"merge", three, contacts.Options{Keep: contacts.KeepMerge}, "ready =2 =2"},
		{"ask", three, contacts.Options{Keep: contacts.KeepAsk}, "ask3 ask2 ask2"},
		{"ask, first chosen", three, contacts.Options{Keep: contacts.KeepAsk, Rows: call(2)}, "ready =2 =2"},
		{"ask, second chosen", three, contacts.Options{Keep: contacts.KeepAsk, Rows: call(3)}, "=3 ready =3"},
		{"ask, last chosen", three, contacts.Options{Keep: contacts.KeepAsk, Rows: call(4)}, "=4 =4 ready"},
		{"ask, two chosen", three, contacts.Options{Keep: contacts.KeepAsk, Rows: call(3, 4)}, "=3 ready =3"},
		{"ask, one left out", three, contacts.Options{Keep: contacts.KeepAsk, Rows: map[int]contacts.Decision{3: {LeaveOut: true}}}, "ask4 bad ask2"},
		{"first, but another chosen", three, contacts.Options{Rows: call(3)}, "=3 ready =3"},
		{"last, but another chosen", three, contacts.Options{Keep: contacts.KeepLast, Rows: call(3)}, "=3 ready =3"},

		{"another key is no other person", []string{"Ann" + a + "x", "Ann" + a + "y"}, contacts.Options{}, "ready =2"},
		{"by key", []string{"Ann" + a + "x", "Bob" + a + "y", "Cid" + b + "x"}, contacts.Options{Same: []contacts.Same{contacts.SameExternal}}, "ready ready =2"},
		{"no key", []string{"Ann" + a, "Bob" + a}, contacts.Options{Same: []contacts.Same{contacts.SameExternal}}, "ready ready"},
		{"by person", []string{"Ann" + a, "Bob" + a, "ANN" + a, "Ann" + b}, contacts.Options{Same: []contacts.Same{contacts.SamePerson}}, "ready ready =2 ready"},
		{
			"any of several", []string{"Ann" + a + "x", "Bob" + b + "x", "Cid" + a + "y", "Dee" + b + "z"},
			contacts.Options{Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}}, "ready =2 =2 ready",
		},
		{
			"any of several, last", []string{"Ann" + a + "x", "Bob" + b + "y", "Cid" + a + "y", "Dee" + b + "z", "Eve|617 555 0142|x"},
			contacts.Options{Keep: contacts.KeepLast, Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}}, "=4 =4 ready ready ready",
		},
		{
			"one row is the same as two, ask", []string{"Ann" + a + "x", "Bob" + b + "y", "Cid" + a + "y"},
			contacts.Options{Keep: contacts.KeepAsk, Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}}, "ask4 ask4 ask2",
		},
		{
			"a merged key counts", []string{"Ann" + a, "Bob" + a + "x", "Cid" + b + "x"},
			contacts.Options{Keep: contacts.KeepMerge, Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}}, "ready =2 =2",
		},

		{"not to be called, before", []string{"Ann" + a + "|yes", "Bob" + a}, contacts.Options{}, "dnc dnc"},
		{"not to be called, behind", []string{"Ann" + a, "Bob" + a, "Cid" + a + "|yes", "Dee" + b}, contacts.Options{}, "dnc =2 dnc ready"},
		{"not to be called, last kept", []string{"Ann" + a, "Cid" + a + "|yes", "Bob" + a}, contacts.Options{Keep: contacts.KeepLast}, "dnc dnc dnc"},
		{
			"not to be called, others at the number", []string{"Ann" + a, "Bob" + a, "Cid" + a + "|yes", "Dee" + a, "Eve" + b},
			contacts.Options{Same: []contacts.Same{contacts.SamePerson}}, "dnc dnc dnc dnc ready",
		},
		{"not to be called, to be asked about", []string{"Ann" + a, "Bob" + a, "Cid" + a + "|yes", "Dee" + a}, contacts.Options{Keep: contacts.KeepAsk}, "ask3 ask2 dnc dnc"},
		{
			"not to be called, the key at another number", []string{"Ann" + a + "x", "Bob" + a + "|yes", "Cid" + b + "x"},
			contacts.Options{Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}}, "dnc dnc ready",
		},
		{"broken ones are none", []string{"Ann|999|x", "Bob|999|x"}, contacts.Options{Same: []contacts.Same{contacts.SameExternal}}, "bad bad"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Map = map[contacts.Role][]string{contacts.External: {"Key"}, contacts.DoNotCall: {"Stop"}, contacts.Phone: {"Phone"}, contacts.Name: {"Name"}}
			list := read(t, table(append([]string{"Name|Phone|Key|Stop"}, tt.rows...)...), tt.options)
			if got := fates(list); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			words := strings.Fields(tt.want)
			count := func(prefix string) int {
				n := 0
				for _, w := range words {
					if strings.HasPrefix(w, prefix) {
						n++
					}
				}
				return n
			}
			counts := [5]int{list.Ready, list.Duplicates, list.Rows(), list.DoNotCall, asked(list)}
			if want := [5]int{count("ready"), count("="), len(words), count("dnc"), count("ask")}; counts != want {
				t.Errorf("counts %v, want %v", counts, want)
			}
		})
	}
}

// asked is how many rows stand in the summary as waiting for a choice.
func asked(list contacts.List) int {
	for _, g := range list.Groups {
		if g.Kind == campaign.ProblemDuplicate {
			return g.Count()
		}
	}
	return 0
}

func TestMerge(t *testing.T) {
	list := read(t, table(
		"ID|Name|Phone|Alt phone|City",
		"||312 555 0142||Chicago",
		"K1|Ann|312 555 0142|312 555 0143|Springfield",
		"K1|Bob|312 555 0144|312 555 0142|",
	), contacts.Options{
		Keep: contacts.KeepMerge, Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal},
		Map: map[contacts.Role][]string{contacts.Phone: {"Phone", "Alt phone"}, contacts.External: {"ID"}},
	})
	got := list.Contacts[0]
	want := campaign.Contact{
		Row: 2, Name: "Ann", Number: "+13125550142", Zones: []string{"America/Chicago"}, External: "K1", Status: campaign.Ready,
		Cells: []string{"K1", "Ann", "312 555 0142", "312 555 0143", "Chicago"}, Others: list.Contacts[0].Others,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if others := fmt.Sprint(got.Others); others != "[+13125550143 +13125550144]" {
		t.Errorf("others %s", others)
	}
}

// What two rows have in common is told.
func TestWhyDuplicate(t *testing.T) {
	from := table("ID|Phone", "K1|312 555 0142", "K1|312 555 0143", "K2|312 555 0142", "K1|312 555 0142")
	for _, keep := range []contacts.Keep{contacts.KeepFirst, contacts.KeepLast} {
		list := read(t, from, contacts.Options{Map: map[contacts.Role][]string{contacts.External: {"ID"}}, Keep: keep, Same: []contacts.Same{contacts.SameNumber, contacts.SameExternal}})
		var got []campaign.Problem
		for _, c := range list.Contacts {
			got = append(got, c.Why.Problem)
		}
		want := map[contacts.Keep][]campaign.Problem{
			contacts.KeepFirst: {"", campaign.ProblemDuplicate, "", ""},
			contacts.KeepLast:  {campaign.ProblemDuplicate, campaign.ProblemDuplicate, "", ""},
		}[keep]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("keep %q (-want +got):\n%s", keep, diff)
		}
	}
}

// An alternate that is another row's number is no duplicate.
func TestAlternatesAreNoDuplicates(t *testing.T) {
	list := read(t, table("Name|Phone|Alt phone", "Ann|312 555 0142|312 555 0143", "Bob|312 555 0143|312 555 0142"), contacts.Options{})
	if got := fates(list); got != "ready ready" {
		t.Error(got)
	}
}
