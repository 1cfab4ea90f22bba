package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/ui/view"
)

// imported reads a sheet with the headings Patient, Phone and Day.
func imported(t *testing.T, rows ...[]campaign.Cell) view.Import {
	t.Helper()
	text := func(s string) campaign.Cell { return campaign.Cell{Type: campaign.CellText, Text: s, Raw: s} }
	table := campaign.Table{File: "list.xlsx", Sheet: "People", HeaderRow: 1,
		Header: []campaign.Cell{text("Patient"), text("Phone"), text("Day")}}
	for i, cells := range rows {
		table.Rows = append(table.Rows, campaign.TableRow{Number: i + 2, Cells: cells})
	}
	list, err := contacts.Read(table, contacts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return view.Import{Table: table, List: list}
}

func cells(name, number, day string) []campaign.Cell {
	var all []campaign.Cell
	for _, s := range []string{name, number, day} {
		all = append(all, campaign.Cell{Type: campaign.CellText, Text: s, Raw: s})
	}
	return all
}

func damaged(t *testing.T) *view.PeoplePage {
	t.Helper()
	return view.NewPeoplePage(imported(t,
		cells("Odwin", "(312) 555-0123", "Monday"),
		cells("Tamsin", "6175550142.0", "Monday"),
		cells("Corin", "", "Tuesday"),
		cells("Odwin again", "312-555-0123", "Tuesday"),
		cells("Lucan", "617 555 0109 / 617 555 0110", "Friday")))
}

func TestPeopleShowRepairsAndWhatIsSetAside(t *testing.T) {
	p := damaged(t)
	if diff := cmp.Diff([]view.PeopleColumn{{"Patient", contacts.Name}, {"Phone", contacts.Phone}, {"Day", contacts.Own}}, p.Columns()); diff != "" {
		t.Error(diff)
	}
	want := []view.PeopleCell{
		{Text: "(312) 555-0123"},
		{Text: "(617) 555-0142", Before: "6175550142.0"},
		{Text: "", Broken: "No number", Aside: true},
		{Text: "(312) 555-0123", Broken: "same as row 2", Aside: true},
		{Text: "617 555 0109 / 617 555 0110", Broken: "Two numbers in one cell", Aside: true},
	}
	var got []view.PeopleCell
	for row := range p.Len() {
		got = append(got, p.Cell(row, 1))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := p.Summary(); got != "2 people ready, 2 set aside, 1 with the same number as another row" {
		t.Error(got)
	}
	if got := p.Blocked(); got != "" {
		t.Errorf("blocked: %s", got)
	}
}

func TestPeopleFiltersAreDisjointButAll(t *testing.T) {
	p := damaged(t)
	want := map[view.PeopleFilter]string{view.PeopleAll: "5 2", view.PeopleRepaired: "1 3", view.PeopleAside: "2 4", view.PeopleDuplicate: "1 5"}
	for _, f := range view.PeopleFilters() {
		p.Show = f
		if got := fmt.Sprint(p.Len(), " ", p.Row(0).Row); got != want[f] || p.Number(f) != p.Len() {
			t.Errorf("%s: %s rows and first row, want %s", f, got, want[f])
		}
	}
}

func TestPeopleGroupsNameProblemsOnce(t *testing.T) {
	p := damaged(t)
	if diff := cmp.Diff([]view.PeopleGroup{{"A “.0” at the end", "6175550142.0", 1}}, p.Repaired()); diff != "" {
		t.Error(diff)
	}
	aside := p.Aside()
	if len(aside) != 2 || aside[0].Count+aside[1].Count != 2 {
		t.Errorf("aside: %+v", aside)
	}
	if got := p.Widest(1); len(got) != 1 || got[0] != "6175550142.0   →   (617) 555-0142" {
		t.Errorf("widest: %q", got)
	}
}

func TestPeopleSayWhyNobodyCanBeCalled(t *testing.T) {
	tests := []struct {
		name string
		im   view.Import
		want string
	}{
		{"no rows", imported(t), "This sheet has no rows below its headings. Choose another sheet or file."},
		{"no number", imported(t, cells("A", "", "B")), "None of the rows has a number that can be called. Choose ‘Phone number’ above another column, or another list."},
	}
	none := imported(t, cells("A", "(312) 555-0123", "B"))
	none, err := view.Understand(none.Table, contacts.Options{Map: view.NewPeoplePage(none).Take(1, contacts.Own)})
	if err != nil {
		t.Fatal(err)
	}
	tests = append(tests, struct {
		name string
		im   view.Import
		want string
	}{"no column", none, "No column is the phone number yet. Choose ‘Phone number’ above the column that holds it."})
	for _, tt := range tests {
		if got := view.NewPeoplePage(tt.im).Blocked(); got != tt.want {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

func TestPeopleTakeAColumnForSomethingElse(t *testing.T) {
	type roles map[contacts.Role]string
	tests := []struct {
		name   string
		column int
		role   contacts.Role
		want   roles
		after  string // the roles of the columns, then who is ready
	}{
		{"the name is the day", 2, contacts.Name, roles{contacts.Phone: "Phone", contacts.Name: "Day"}, "own phone name, 2 people ready"},
		{"a part of the name replaces the whole", 0, contacts.FirstName, roles{contacts.Phone: "Phone", contacts.FirstName: "Patient"}, "first_name phone own, 2 people ready"},
		{"numbers nobody can call", 0, contacts.Phone, roles{contacts.Phone: "Patient"}, "phone own own, 0 people ready"},
		{"no number any more", 1, contacts.Own, roles{contacts.Name: "Patient"}, "name own own, 0 people ready"},
		{"as it is", 1, contacts.Phone, roles{contacts.Phone: "Phone", contacts.Name: "Patient"}, "name phone own, 2 people ready"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := damaged(t)
			got := p.Take(tt.column, tt.role)
			for role, column := range got {
				if column != tt.want[role] {
					t.Errorf("%s is %q, want %q", role, column, tt.want[role])
				}
			}
			if len(got) != len(contacts.Roles()) {
				t.Errorf("%d roles are fixed: the others would be guessed", len(got))
			}
			im, err := view.Understand(p.Import.Table, contacts.Options{Map: got})
			if err != nil {
				t.Fatal(err)
			}
			after := ""
			changed := view.NewPeoplePage(im)
			for _, c := range changed.Columns() {
				after += string(c.Role) + " "
			}
			after = strings.TrimSpace(after) + ", " + view.PeopleCount(im.List.Ready) + " ready"
			if after != tt.after {
				t.Errorf("%s, want %s", after, tt.after)
			}
		})
	}
}

func TestEachRoleHasWordsOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, role := range view.PeopleRoles() {
		seen[view.RoleWords(role)] = true
	}
	if len(seen) != len(contacts.Roles())+1 {
		t.Errorf("%d words for %d roles", len(seen), len(contacts.Roles())+1)
	}
}
