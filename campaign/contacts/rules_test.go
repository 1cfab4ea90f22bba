package contacts_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

func rules(take bool, kinds ...campaign.Problem) map[campaign.Problem]bool {
	m := map[campaign.Problem]bool{}
	for _, kind := range kinds {
		m[kind] = take
	}
	return m
}

func decision(d contacts.Decision) map[int]contacts.Decision { return map[int]contacts.Decision{2: d} }

func TestDecisions(t *testing.T) {
	yes, no := true, false
	const boston, second = "+16175550142", "+16175550143"
	note := text("cell: 617 555 0142")
	two := text("617 555 0142 / 617 555 0143")
	tests := []struct {
		name    string
		cell    campaign.Cell
		options contacts.Options
		number  phone.Number
		others  []phone.Number
		problem campaign.CellProblem // without its place
	}{
		{
			"a rule refused", note, contacts.Options{Rules: rules(false, campaign.ProblemNote)}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: note.Raw, Proposal: boston},
		},
		{
			"another rule refused", note, contacts.Options{Rules: rules(false, campaign.ProblemPrefix)}, boston, nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: note.Raw, Repair: boston},
		},
		{
			"one of two refused", text("cell: 001 617 555 0142"), contacts.Options{Rules: rules(false, campaign.ProblemPrefix)}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: "cell: 001 617 555 0142", Proposal: boston},
		},
		{
			"one of two refused, the other accepted", text("cell: 001 617 555 0142"),
			contacts.Options{Rules: map[campaign.Problem]bool{campaign.ProblemPrefix: false, campaign.ProblemNote: true}}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: "cell: 001 617 555 0142", Proposal: boston},
		},
		{
			"refused for the row", note, contacts.Options{Rules: rules(true, campaign.ProblemNote), Rows: decision(contacts.Decision{Take: &no})}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: note.Raw, Proposal: boston},
		},
		{
			"taken for the row", note, contacts.Options{Rules: rules(false, campaign.ProblemNote), Rows: decision(contacts.Decision{Take: &yes})}, boston, nil,
			campaign.CellProblem{Kind: campaign.ProblemNote, Value: note.Raw, Repair: boston},
		},
		{
			"a proposal accepted", two, contacts.Options{Rules: rules(true, campaign.ProblemTwoNumbers)}, boston, []phone.Number{second},
			campaign.CellProblem{Kind: campaign.ProblemTwoNumbers, Value: two.Raw, Repair: boston},
		},
		{
			"a proposal accepted for the row", two, contacts.Options{Rows: decision(contacts.Decision{Take: &yes})}, boston, []phone.Number{second},
			campaign.CellProblem{Kind: campaign.ProblemTwoNumbers, Value: two.Raw, Repair: boston},
		},
		{
			"a proposal left", two, contacts.Options{Rules: rules(true, campaign.ProblemNote)}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemTwoNumbers, Value: two.Raw, Proposal: boston},
		},
		{
			"nothing to accept", text("4.41E+11"), contacts.Options{Rules: rules(true, campaign.ProblemDigitsLost), Rows: decision(contacts.Decision{Take: &yes})}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemDigitsLost, Value: "4.41E+11"},
		},
		{
			"typed by hand", text("4.41E+11"), contacts.Options{Rows: decision(contacts.Decision{Number: "(617) 555-0142"})}, boston, nil,
			campaign.CellProblem{Kind: campaign.ProblemTyped, Value: "4.41E+11", Repair: boston},
		},
		{
			"typed by hand, no number", text("4.41E+11"), contacts.Options{Rows: decision(contacts.Decision{Number: "(617) 555-01"})}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemInvalid, Value: "(617) 555-01"},
		},
		{
			"foreign", text("+44 20 7946 0000"), contacts.Options{Domestic: true}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemForeign, Value: "+44 20 7946 0000", Proposal: "+442079460000"},
		},
		{
			"foreign, by choice", text("+44 20 7946 0000"), contacts.Options{Domestic: true, Rules: rules(true, campaign.ProblemForeign)}, "+442079460000", nil,
			campaign.CellProblem{Kind: campaign.ProblemForeign, Value: "+44 20 7946 0000", Repair: "+442079460000"},
		},
		{
			"foreign, repaired by a rule that is refused", text("0044 20 7946 0000"),
			contacts.Options{Domestic: true, Rules: map[campaign.Problem]bool{campaign.ProblemForeign: true, campaign.ProblemPrefix: false}}, "", nil,
			campaign.CellProblem{Kind: campaign.ProblemForeign, Value: "0044 20 7946 0000", Proposal: "+442079460000"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, phones(tt.cell), tt.options)
			got := list.Contacts[0]
			if got.Number != tt.number || (got.Status == campaign.Ready) != (tt.number != "") {
				t.Errorf("%s with number %q, want %q", got.Status, got.Number, tt.number)
			}
			if diff := cmp.Diff(tt.others, got.Others); diff != "" {
				t.Errorf("others (-want +got):\n%s", diff)
			}
			tt.problem.Row, tt.problem.Column = 2, "Phone"
			if diff := cmp.Diff([]campaign.CellProblem{tt.problem}, list.Found); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// Whoever is left out needs nobody any more: nothing is told of the row.
func TestLeaveOut(t *testing.T) {
	lost, none := campaign.ProblemDigitsLost, campaign.ProblemNoNumber
	tests := []struct {
		name    string
		options contacts.Options
		want    campaign.Code
		found   int
	}{
		{"nobody", contacts.Options{}, campaign.CodeQuarantine, 1},
		{"the row", contacts.Options{Rows: decision(contacts.Decision{LeaveOut: true})}, campaign.CodeExcluded, 0},
		{"its kind", contacts.Options{LeaveOut: rules(true, lost)}, campaign.CodeExcluded, 0},
		{"another kind", contacts.Options{LeaveOut: rules(true, none)}, campaign.CodeQuarantine, 1},
		{"its kind no more", contacts.Options{LeaveOut: rules(false, lost)}, campaign.CodeQuarantine, 1},
		{"its kind, but not the row", contacts.Options{LeaveOut: rules(true, lost), Rows: decision(contacts.Decision{Keep: true})}, campaign.CodeQuarantine, 1},
		{"its kind, but it has a number now", contacts.Options{LeaveOut: rules(true, lost), Rows: decision(contacts.Decision{Number: "(617) 555-0142"})}, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, phones(text("4.41E+11")), tt.options)
			excluded := 0
			if tt.want == campaign.CodeExcluded {
				excluded = 1
			}
			if got := list.Contacts[0].Why.Code; got != tt.want || len(list.Found) != tt.found || len(list.Groups) != tt.found || list.Excluded != excluded {
				t.Errorf("%q, found %v, %d left out", got, list.Found, list.Excluded)
			}
		})
	}
}

// What people decided is stored with a draft.
func TestOptionsAreStored(t *testing.T) {
	no := false
	want := contacts.Options{
		Region: "DE", Zone: "Europe/Berlin", Map: map[contacts.Role][]string{contacts.Phone: {"Handy", "C"}, contacts.Name: {}},
		Rules: rules(false, campaign.ProblemNote), LeaveOut: rules(true, campaign.ProblemNoNumber), Rows: decision(contacts.Decision{Take: &no, Number: "030 12345678", LeaveOut: true, Call: true}),
		Domestic: true, Same: []contacts.Same{contacts.SamePerson}, Keep: contacts.KeepAsk,
	}
	stored, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got contacts.Options
	if err := json.Unmarshal(stored, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A number typed by hand needs no column of numbers.
func TestTypedWithoutAColumn(t *testing.T) {
	list := read(t, table("Name|City", "Ann|Boston", "Bob|Boston"), contacts.Options{Rows: decision(contacts.Decision{Number: "617 555 0142"})})
	if got := list.Contacts[0]; got.Number != "+16175550142" || list.Ready != 1 || list.Quarantined != 1 {
		t.Errorf("%+v, %d ready", got, list.Ready)
	}
	want := []campaign.CellProblem{{Row: 2, Kind: campaign.ProblemTyped, Repair: "+16175550142"}}
	if diff := cmp.Diff(want, list.Found); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// A file without types has numbers as digits.
func TestDigitsOfATextFile(t *testing.T) {
	from := table("Phone", "612345678", "0612345678", "441000000000")
	from.Book.Format = campaign.FormatText
	list := read(t, from, contacts.Options{Region: "IT"})
	want := []campaign.CellProblem{
		{Row: 2, Column: "Phone", Kind: campaign.ProblemLeadingZero, Value: "612345678", Repair: "+390612345678"},
		{Row: 4, Column: "Phone", Kind: campaign.ProblemDigitsLost, Value: "441000000000"},
	}
	if diff := cmp.Diff(want, list.Found); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if got := list.Contacts[1]; got.Why.Code != campaign.CodeDuplicate || got.Number != "+390612345678" {
		t.Errorf("%+v", got)
	}
}

func TestSeveralTelephones(t *testing.T) {
	const a, b, c = "+13125550142", "+13125550143", "+13125550144"
	tests := []struct {
		name, row string
		number    phone.Number
		others    []phone.Number
		found     string // column and kind of problems
		why       campaign.Problem
	}{
		{"all", "312 555 0142|312 555 0143|312 555 0144", a, []phone.Number{b, c}, "", ""},
		{"the same again", "312 555 0142|+1 312 555 0142|312 555 0144", a, []phone.Number{c}, "", ""},
		{"gaps", "|312 555 0143|-", b, nil, "", ""},
		{"the first is broken", "4.41E+11|312 555 0143|", b, nil, "Home phone digits_lost", ""},
		{"the last is broken", "312 555 0142||999", a, nil, "Mobile invalid", ""},
		{"a repair in the second", "|cell: 312 555 0143|", b, nil, "Work phone note", ""},
		{"a proposal and a number", "312 555 0142 / 312 555 0143||312 555 0144", c, nil, "Home phone two_numbers", ""},
		{"none", "||", "", nil, "Home phone no_number", campaign.ProblemNoNumber},
		{"none but a broken one", "||999", "", nil, "Mobile invalid", campaign.ProblemInvalid},
		{"two broken", "4.41E+11||999", "", nil, "Home phone digits_lost, Mobile invalid", campaign.ProblemDigitsLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, table("Name|Home phone|Work phone|Mobile", "Ann|"+tt.row), contacts.Options{
				Map: map[contacts.Role][]string{contacts.Phone: {"Home phone", "Work phone", "Mobile"}},
			})
			got := list.Contacts[0]
			if got.Number != tt.number || got.Why.Problem != tt.why {
				t.Errorf("number %q, %q", got.Number, got.Why.Problem)
			}
			if diff := cmp.Diff(tt.others, got.Others); diff != "" {
				t.Errorf("others (-want +got):\n%s", diff)
			}
			var found []string
			for _, p := range list.Found {
				found = append(found, p.Column+" "+string(p.Kind))
			}
			if strings.Join(found, ", ") != tt.found {
				t.Errorf("problems %v, want %s", found, tt.found)
			}
		})
	}
}

// The order of columns is the user's, else main numbers come before others.
func TestOrderOfTelephones(t *testing.T) {
	const row = "Ann|312 555 0142|312 555 0143|312 555 0144"
	tests := []struct {
		name, header string
		given        []string
		want         string // kinds and order
	}{
		{"as they stand", "Name|Home phone|Cell|Office phone", nil, "home 2, mobile 1, work 3"},
		{"alternates last", "Name|Alt phone|Phone|Second phone", nil, " 2,  1,  3"},
		{"main first", "Name|Mobile|Main phone|Other phone", nil, "mobile 2,  1,  3"},
		{"given", "Name|Home phone|Cell|Office phone", []string{"D", "cell"}, "mobile 2, work 1"},
		{"not those of others", "Name|Phone|Spouse phone|Emergency phone", nil, " 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := contacts.Options{}
			if tt.given != nil {
				o.Map = map[contacts.Role][]string{contacts.Phone: tt.given}
			}
			var got []string
			for _, c := range read(t, table(tt.header, row), o).Columns {
				if c.Role == contacts.Phone {
					got = append(got, c.Kind+" "+string(rune('0'+c.Order)))
				}
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("%q, want %q", strings.Join(got, ", "), tt.want)
			}
		})
	}
}

func TestCountries(t *testing.T) {
	tests := []struct {
		name, country, number string
		options               contacts.Options
		want                  phone.Number
		found                 []campaign.CellProblem
	}{
		{"none", "", "617 555 0142", contacts.Options{}, "+16175550142", nil},
		{"by name", "Germany", "0171 2345678", contacts.Options{}, "+491712345678", nil},
		{"in another language", "Deutschland", "0171 2345678", contacts.Options{}, "+491712345678", nil},
		{"by code", "gb", "020 7946 0000", contacts.Options{}, "+442079460000", nil},
		{"unknown", "Freedonia", "617 555 0142", contacts.Options{}, "+16175550142", []campaign.CellProblem{
			{Row: 2, Column: "Country", Kind: campaign.ProblemCountry, Value: "Freedonia", Repair: "US"},
		}},
		{"unknown, refused", "Freedonia", "617 555 0142", contacts.Options{Rules: rules(false, campaign.ProblemCountry)}, "", []campaign.CellProblem{
			{Row: 2, Column: "Country", Kind: campaign.ProblemCountry, Value: "Freedonia", Proposal: "US"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Map = map[contacts.Role][]string{contacts.Country: {"Country"}}
			list := read(t, table("Name|Phone|Country", "Ann|"+tt.number+"|"+tt.country), tt.options)
			got := list.Contacts[0]
			if diff := cmp.Diff(tt.found, list.Found); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if ready := got.Status == campaign.Ready; ready != (tt.want != "") || ready && got.Number != tt.want {
				t.Errorf("%s with %q, want %q", got.Status, got.Number, tt.want)
			}
		})
	}
}

func TestBarred(t *testing.T) {
	tests := map[campaign.Code][]string{
		campaign.CodeDoNotCall: {"yes|", "X|", "1|", "ja|", "Oui|", "sí|", "si|", "tak|", "true|", "DNC|", "opt-out|", "gesperrt|", "yes|no"},
		campaign.CodeNoConsent: {"|no", "|N", "|0", "|nein", "|Non", "no|nie", "|false", "|opted out", "|widerrufen"},
		"":                     {"|", "no|yes", "0|1", "nein|ja", "false|", "|not asked", "nie|tak", "|2024-01-03"},
	}
	for code, rows := range tests {
		for _, row := range rows {
			t.Run(string(code)+" "+row, func(t *testing.T) {
				list := read(t, table("Phone|Do not call|Consent", "312 555 0142|"+row), contacts.Options{Map: map[contacts.Role][]string{
					contacts.DoNotCall: {"Do not call"}, contacts.Consent: {"Consent"},
				}})
				got := list.Contacts[0]
				if got.Why.Code != code || got.Number == "" || (got.Status == campaign.Ready) != (code == "") {
					t.Errorf("%s, %+v", got.Status, got.Why)
				}
				counts := [4]int{list.Ready, list.Quarantined, list.DoNotCall, list.NoConsent}
				want := map[campaign.Code][4]int{campaign.CodeDoNotCall: {0, 1, 1, 0}, campaign.CodeNoConsent: {0, 1, 0, 1}, "": {1, 0, 0, 0}}[code]
				if counts != want || list.Rows() != 1 {
					t.Errorf("counts %v, want %v", counts, want)
				}
			})
		}
	}
}

func TestLeftOut(t *testing.T) {
	list := read(t, table("Name|Phone", "Ann|312 555 0142", "Bob|312 555 0142"), contacts.Options{Rows: decision(contacts.Decision{LeaveOut: true})})
	if got := list.Contacts[0]; got.Why.Code != campaign.CodeExcluded || list.Excluded != 1 || list.Quarantined != 1 {
		t.Errorf("%+v, %+v", got, list.Summary)
	}
	if got := list.Contacts[1]; got.Status != campaign.Ready {
		t.Errorf("the other is %s, %+v", got.Status, got.Why)
	}
}

// Where column and number are in different zones, the person may be in either.
func TestZoneConflict(t *testing.T) {
	from := func() *campaign.Table { return table("Name|Phone|Time zone", "Ann|312 555 0142|America/Denver") }
	both := []string{"America/Chicago", "America/Denver"}
	p := campaign.CellProblem{Row: 2, Column: "Time zone", Kind: campaign.ProblemZoneConflict, Value: "America/Denver", Repair: strings.Join(both, " ")}
	list := read(t, from(), contacts.Options{})
	if diff := cmp.Diff(both, list.Contacts[0].Zones); diff != "" || list.Ready != 1 {
		t.Errorf("zones (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]campaign.CellProblem{p}, list.Found); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	list = read(t, from(), contacts.Options{Rules: rules(false, campaign.ProblemZoneConflict)})
	p.Repair, p.Proposal = "", p.Repair
	if diff := cmp.Diff([]campaign.CellProblem{p}, list.Found); diff != "" || list.Quarantined != 1 {
		t.Errorf("refused: problems (-want +got):\n%s", diff)
	}
}

func TestLayout(t *testing.T) {
	base := contacts.Layout(table("Name|Phone|Straße"))
	tests := []struct {
		name  string
		table *campaign.Table
		same  bool
	}{
		{"other rows", table("Name|Phone|Straße", "Ann|1|x"), true},
		{"case and blanks", table("NAME| phone |strasse"), true},
		{"another order", table("Phone|Name|Straße"), false},
		{"another column", table("Name|Phone|Straße|City"), false},
		{"one column of two", table("NamePhone|Straße"), false},
		{"no headings", headless(table("", "a|b|c")), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := contacts.Layout(tt.table); (got == base) != tt.same {
				t.Errorf("the layout is %s, that of the first %s", got, base)
			}
		})
	}
	two, three := headless(table("", "a|b")), headless(table("", "a|b|c"))
	if contacts.Layout(two) == contacts.Layout(three) {
		t.Error("tables of two and of three columns have one layout")
	}
}
