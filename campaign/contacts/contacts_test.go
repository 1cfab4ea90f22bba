package contacts_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

func TestRead(t *testing.T) {
	from := table(
		"Patient|Phone|City",
		"Ann Example|(312) 555-0142|Chicago",
		"Bob Example|617 555 0142|Boston",
		"Cid Example|+1 312 555 0142|Chicago",
		"||",
		"Dee Example||Boston",
		"Eve Example|cell: 617 555 0143|Boston",
	)
	got := read(t, from, contacts.Options{})
	ready := func(row int, name string, n phone.Number, zone string, cells ...string) campaign.Contact {
		return campaign.Contact{Row: row, Name: name, Number: n, Zones: []string{zone}, Cells: cells, Status: campaign.Ready}
	}
	const chicago, newYork = "America/Chicago", "America/New_York"
	duplicate := ready(4, "Cid Example", "+13125550142", chicago, "Cid Example", "+1 312 555 0142", "Chicago")
	duplicate.Status, duplicate.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}
	want := contacts.Summary{
		Columns: []contacts.Column{
			{Name: "Patient", Role: contacts.Name, Confidence: 0.7}, {Name: "Phone", Role: contacts.Phone, Confidence: 1, Order: 1},
			{Name: "City", Role: contacts.City, Confidence: 1},
		},
		Ready: 3, Quarantined: 1, Duplicates: 1,
	}
	rows := []campaign.Contact{
		ready(2, "Ann Example", "+13125550142", chicago, "Ann Example", "(312) 555-0142", "Chicago"),
		ready(3, "Bob Example", "+16175550142", newYork, "Bob Example", "617 555 0142", "Boston"),
		duplicate,
		{
			Row: 6, Name: "Dee Example", Cells: []string{"Dee Example", "", "Boston"}, Status: campaign.Skipped,
			Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemNoNumber},
		},
		ready(7, "Eve Example", "+16175550143", newYork, "Eve Example", "cell: 617 555 0143", "Boston"),
	}
	found := []campaign.CellProblem{
		{Row: 6, Column: "Phone", Kind: campaign.ProblemNoNumber},
		{Row: 7, Column: "Phone", Kind: campaign.ProblemNote, Value: "cell: 617 555 0143", Repair: "+16175550143"},
	}
	want.Groups = []contacts.Group{
		{Kind: campaign.ProblemNoNumber, Example: found[0], Aside: 1},
		{Kind: campaign.ProblemNote, Example: found[1], Repaired: 1},
	}
	if diff := cmp.Diff(want, got.Summary); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(rows, got.Contacts); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(found, got.Found); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	source := campaign.List{File: "list.csv", Hash: "h", Columns: []string{"Patient", "Phone", "City"}}
	if diff := cmp.Diff(source, contacts.Import{Summary: got.Summary}.Source(from)); diff != "" {
		t.Errorf("Source (-want +got):\n%s", diff)
	}
}

func TestRoles(t *testing.T) {
	const n1, n2 = "312 555 0142", "312 555 0143"
	tests := []struct {
		name  string
		table *campaign.Table
		given map[contacts.Role][]string
		roles string // of the columns, own ones as a dash
		first string // name in the first row
	}{
		{"English", table("Full name|Phone number|City", "Ann Example|"+n1+"|x"), nil, "name phone city", "Ann Example"},
		{"first and last", table("Last Name|First Name|Mobile", "Example|Ann|"+n1), nil, "last_name first_name phone", "Ann Example"},
		{"camel case", table("FirstName|LastName|PhoneNumber", "Ann|Example|"+n1), nil, "first_name last_name phone", "Ann Example"},
		{"underscores", table("first_name|last_name|phone_1", "Ann|Example|"+n1), nil, "first_name last_name phone", "Ann Example"},
		{"German", table("Nachname|Vorname|Rufnummer", "Beispiel|Änne|"+n1), nil, "last_name first_name phone", "Änne Beispiel"},
		{"German, Name is the last", table("Name|Vorname|Telefon", "Beispiel|Änne|"+n1), nil, "last_name first_name phone", "Änne Beispiel"},
		{"French", table("Nom|Prénom|Téléphone", "Exemple|Zoé|"+n1), nil, "last_name first_name phone", "Zoé Exemple"},
		{"Spanish", table("Nombre|Apellidos|Teléfono móvil", "Ana|Ejemplo|"+n1), nil, "first_name last_name phone", "Ana Ejemplo"},
		{"Italian", table("Cognome|Nome|Cellulare", "Esempio|Anna|"+n1), nil, "last_name first_name phone", "Anna Esempio"},
		{"a word for people", table("Customer|Tel.", "Ann Example|"+n1), nil, "name phone", "Ann Example"},
		{"not the company", table("Company name|Customer name|Phone", "Acme|Ann Example|"+n1), nil, "- name phone", "Ann Example"},
		{"not the customer's number", table("Customer ID|Client|Phone", "77|Ann Example|"+n1), nil, "external name phone", "Ann Example"},
		{"only a first name", table("Vorname|Telefon", "Änne|"+n1), nil, "name phone", "Änne"},
		{"by content against no heading", table("A|B|C", "x|Ann|"+n1, "x|Bob|"+n2), nil, "- - phone", ""},
		{"heading beats another full column", table("Account|Phone", "3125550142|"+n1, "6175550142|"), nil, "external phone", ""},
		{"not the fax", table("Fax|Telephone", n2+"|"+n1), nil, "- phone", ""},
		{"no fax even if there is nothing else", table("Fax|City", n2+"|x"), nil, "- city", ""},
		{"heading over damaged cells", table("Name|Phone", "Ann|4.41E+11", "Bob|?"), nil, "name phone", "Ann"},
		{"no numbers at all", table("Name|City", "Ann|x"), nil, "name city", "Ann"},
		{"no heading", headless(table("", "x1|Ann Example|"+n1, "x2|Bob Example|"+n2)), nil, "- name phone", "Ann Example"},
		{"time zone", table("Name|Phone|Time zone", "Ann|"+n1+"|America/Denver"), nil, "name phone zone", "Ann"},
		{"German time zone", table("Name|Telefon|Zeitzone", "Ann|"+n1+"|Europe/Berlin"), nil, "name phone zone", "Ann"},
		{
			"given", table("Name|Phone|Other", "Ann|"+n1+"|"+n2),
			map[contacts.Role][]string{contacts.Phone: {"Other"}}, "name - phone", "Ann",
		},
		{
			"given in another case", table("Name|Phone|Other", "Ann|"+n1+"|"+n2),
			map[contacts.Role][]string{contacts.Phone: {" other "}, contacts.Name: {"PHONE"}}, "- name phone", n1,
		},
		{
			"given by letter", headless(table("", "Ann|"+n1+"|"+n2)),
			map[contacts.Role][]string{contacts.Phone: {"c"}}, "name - phone", "Ann",
		},
		{
			"given to none", table("Name|Phone", "Ann|"+n1),
			map[contacts.Role][]string{contacts.Name: {}}, "- phone", "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, tt.table, contacts.Options{Map: tt.given})
			var roles []string
			for _, c := range list.Columns {
				roles = append(roles, strings.Replace(string(c.Role), "own", "-", 1))
			}
			if got := strings.Join(roles, " "); got != tt.roles {
				t.Errorf("roles %q, want %q", got, tt.roles)
			}
			if got := list.Contacts[0].Name; got != tt.first {
				t.Errorf("name %q, want %q", got, tt.first)
			}
		})
	}
}

func TestColumnNames(t *testing.T) {
	tests := []struct {
		name, header, row string
		want              []string
	}{
		{"as they are", "Name|Phone", "Ann|1", []string{"Name", "Phone"}},
		{"blanks and lines", " Full \n name |Phone\u200b", "Ann|1", []string{"Full name", "Phone"}},
		{"empty", "Name||Phone|", "Ann|x|1|y", []string{"Name", "Column 2", "Phone", "Column 4"}},
		{"repeated", "Phone|phone|Phone", "1|2|3", []string{"Phone", "phone 2", "Phone 3"}},
		{"repeated where the number is taken", "Phone|Phone|Phone 2", "1|2|3", []string{"Phone", "Phone 3", "Phone 2"}},
		{"empty where the name is taken", "Column 2||x", "1|2|3", []string{"Column 2", "Column 2 2", "x"}},
		{"wider rows", "Name|Phone", "Ann|1|||x", []string{"Name", "Phone", "Column 5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, table(tt.header, tt.row), contacts.Options{})
			if diff := cmp.Diff(tt.want, list.Names()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWidth(t *testing.T) {
	list := read(t, table("Name|Phone|City", "Ann|312 555 0142", "Bob|312 555 0143|Rome|x"), contacts.Options{})
	want := []campaign.CellProblem{
		{Row: 2, Kind: campaign.ProblemWidth, Value: "2", Repair: "3"},
		{Row: 3, Kind: campaign.ProblemWidth, Value: "4", Repair: "3"},
	}
	if diff := cmp.Diff(want, list.Found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	cells := [][]string{list.Contacts[0].Cells, list.Contacts[1].Cells}
	if diff := cmp.Diff([][]string{{"Ann", "312 555 0142", "", ""}, {"Bob", "312 555 0143", "Rome", "x"}}, cells); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list.Ready != 2 {
		t.Errorf("%d ready, want both", list.Ready)
	}
}

func TestProblemsOfTheFile(t *testing.T) {
	quote := campaign.CellProblem{Row: 1, Kind: campaign.ProblemQuote, Value: `"`}
	list := read(t, rewound(campaign.Table{}, []campaign.CellProblem{quote}, campaign.TableRow{Number: 1, Cells: cells("7|x1")}), contacts.Options{})
	want := []campaign.CellProblem{quote, {Kind: campaign.ProblemHeaderAbsent}, {Kind: campaign.ProblemPhoneAbsent}, {Kind: campaign.ProblemNameAbsent}}
	if diff := cmp.Diff(want, list.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	why := campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemPhoneAbsent}
	if list.Contacts[0].Why != why || list.Quarantined != 1 {
		t.Errorf("%+v", list.Contacts[0])
	}
}

// What a reader says of a line is named by the list's own headings.
func TestProblemsOfALine(t *testing.T) {
	said := campaign.CellProblem{Row: 2, Column: "B", Kind: campaign.ProblemQuote, Value: `"`}
	row := campaign.TableRow{Number: 2, Cells: cells("Ann|312 555 0142"), Problems: []campaign.CellProblem{said}}
	list := read(t, rewound(campaign.Table{Header: cells("Name|Phone"), HeaderRow: 1}, nil, row), contacts.Options{})
	said.Column = "Phone"
	if diff := cmp.Diff([]campaign.CellProblem{said}, list.Found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestZones(t *testing.T) {
	const satellite, chicago = "+881612345678", "312 555 0142"
	tests := []struct {
		name, number, said, option string
		want                       []string // nil: quarantined
		problem                    string   // its repair; a dash if there is none
	}{
		{"of the number", chicago, "", "", []string{"America/Chicago"}, "-"},
		{"of the number before the option", chicago, "", "America/Denver", []string{"America/Chicago"}, "-"},
		{"of the column too", chicago, "America/Chicago", "", []string{"America/Chicago"}, "-"},
		{"in words", chicago, " Central Time ", "", []string{"America/Chicago"}, "-"},
		{"CST as people mean it", chicago, "CST", "", []string{"America/Chicago"}, "-"},
		{"clocks that show the same", "313 555 0142", "Eastern", "", []string{"America/New_York"}, "-"},
		{"one of many", "800 555 0142", "Mountain", "", []string{"America/Denver"}, "-"},
		{"unknown, option", satellite, "", "Europe/Paris", []string{"Europe/Paris"}, "-"},
		{"unknown", satellite, "", "", nil, ""},
		{"unknown, column", satellite, "Europe/Rome", "", []string{"Europe/Rome"}, "-"},
		{"column makes no sense", chicago, "Mars/Olympus", "", []string{"America/Chicago"}, "America/Chicago"},
		{"column makes no sense, number unknown", satellite, "Local", "", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := read(t, table("Name|Phone|Time zone", "Ann|"+tt.number+"|"+tt.said), contacts.Options{Zone: tt.option})
			got := list.Contacts[0]
			if diff := cmp.Diff(tt.want, got.Zones); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if quarantined := got.Why.Problem == campaign.ProblemZone; quarantined != (tt.want == nil) || quarantined != (list.Quarantined == 1) {
				t.Errorf("status %s, %+v", got.Status, got.Why)
			}
			if tt.problem == "-" {
				if len(list.Found) > 0 {
					t.Errorf("problems %v, want none", list.Found)
				}
				return
			}
			want := []campaign.CellProblem{{Row: 2, Column: "Time zone", Kind: campaign.ProblemZone, Value: strings.TrimSpace(tt.said), Repair: tt.problem}}
			if diff := cmp.Diff(want, list.Found); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A date is shown to people as they see it, not as a number of days.
func TestDateIsShown(t *testing.T) {
	list := read(t, phones(text("312 555 0142"), campaign.Cell{Type: campaign.CellDate, Text: "May 12", Raw: "46154"}), contacts.Options{})
	want := []campaign.CellProblem{{Row: 3, Column: "Phone", Kind: campaign.ProblemDate, Value: "May 12"}}
	if diff := cmp.Diff(want, list.Found); diff != "" || list.Contacts[1].Why.Text != "May 12" {
		t.Errorf("%+v (-want +got):\n%s", list.Contacts[1].Why, diff)
	}
}

func TestZoneUnknownWithoutColumn(t *testing.T) {
	list := read(t, table("Name|Phone", "Ann|+881612345678"), contacts.Options{})
	want := []campaign.CellProblem{{Row: 2, Column: "Phone", Kind: campaign.ProblemZone, Value: "+881612345678"}}
	if diff := cmp.Diff(want, list.Found); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOptionsRefused(t *testing.T) {
	from := table("Name|Phone", "Ann|312 555 0142")
	tests := []struct {
		name    string
		options contacts.Options
		want    string
	}{
		{"region", contacts.Options{Region: "XX"}, `no such region: "XX"`},
		{"zone", contacts.Options{Zone: "Mars/Olympus"}, `no such time zone: "Mars/Olympus"`},
		{"role", contacts.Options{Map: map[contacts.Role][]string{"fon": {"Phone"}}}, `no such role of a column: "fon"`},
		{"column", contacts.Options{Map: map[contacts.Role][]string{contacts.Phone: {"Handy"}}}, `no column "Handy" for phone: the list has Name, Phone`},
		{"two columns of a role", contacts.Options{Map: map[contacts.Role][]string{contacts.Name: {"Name", "Phone"}}}, "name is one column, not 2"},
		{"same", contacts.Options{Same: []contacts.Same{"shoe size"}}, `no such way to be the same: "shoe size"`},
		{"keep", contacts.Options{Keep: "best"}, `no such way to keep one of several: "best"`},
		{"letter", contacts.Options{Map: map[contacts.Role][]string{contacts.Phone: {"C"}}}, `no column "C" for phone: the list has Name, Phone`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := collect(from, tt.options)
			if err == nil || err.Error() != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
}

func TestReport(t *testing.T) {
	list := read(t, table("Name|Phone", "Ann|312 555 0142", "Bob|00 1 312 555 0142", "Cid|?"), contacts.Options{})
	got, err := json.MarshalIndent(list.Report(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "rows": 3,
 "contacts": 1,
 "quarantined": 1,
 "duplicates": 1,
 "columns": [
  {
   "name": "Name",
   "role": "name",
   "confidence": 1
  },
  {
   "name": "Phone",
   "role": "phone",
   "confidence": 0.77,
   "order": 1
  }
 ]
}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	empty, err := json.Marshal(contacts.List{}.Report())
	if err != nil || !strings.Contains(string(empty), `"columns":[]`) {
		t.Errorf("an empty report is %s, %v", empty, err)
	}
}

func ExampleRead() {
	exponent := campaign.Cell{Type: campaign.CellNumber, Text: "3.13E+09", Raw: "3125550142"}
	t := campaign.Table{Header: cells("Patient|Phone"), HeaderRow: 1}
	list, err := contacts.Collect(rewound(t, nil,
		campaign.TableRow{Number: 2, Cells: []campaign.Cell{text("Ann Example"), exponent}},
		campaign.TableRow{Number: 3, Cells: cells("Bob Example|4.41E+11")},
	), contacts.Options{Region: "US"})
	fmt.Println(err, list.Ready, list.Quarantined, list.Duplicates)
	for _, c := range list.Contacts {
		fmt.Printf("%d %s: %q %s\n", c.Row, c.Name, c.Number, c.Status)
	}
	// Output:
	// <nil> 1 1 0
	// 2 Ann Example: "+13125550142" ready
	// 3 Bob Example: "" skipped
}

func TestReadTellsHowFarItIsAndEndsWhenTold(t *testing.T) {
	lines := []string{"Name|Phone"}
	for i := range 12_000 {
		lines = append(lines, fmt.Sprintf("Ann|(312) 555-01%02d", i%100))
	}
	long := table(lines...)
	var told []int
	list := read(t, long, contacts.Options{Told: func(rows int) error { told = append(told, rows); return nil }})
	if diff := cmp.Diff([]int{0, 5000, 10000}, told); diff != "" {
		t.Error(diff)
	}
	if list.Rows() != 12_000 {
		t.Errorf("%d rows", list.Rows())
	}
	enough := errors.New("enough")
	if _, err := collect(long, contacts.Options{Told: func(int) error { return enough }}); !errors.Is(err, enough) {
		t.Errorf("Read goes on: %v", err)
	}
}
