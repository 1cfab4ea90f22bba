package view_test

import (
	"fmt"
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
	if diff := cmp.Diff([]view.PeopleColumn{{"Patient", "Name"}, {"Phone", "Phone number"}, {"Day", ""}}, p.Columns()); diff != "" {
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
		{"no number", imported(t, cells("A", "", "B")), "None of the rows has a number that can be called. Nobody would be called."},
	}
	for _, tt := range tests {
		if got := view.NewPeoplePage(tt.im).Blocked(); got != tt.want {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}
