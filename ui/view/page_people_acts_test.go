package view_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/ui/view"
)

// all is every row that the page's filter keeps.
func all(t *testing.T, o *view.Office, p *view.PeoplePage) view.PeopleRows {
	t.Helper()
	order, err := o.Store.Order(t.Context(), p.Campaign.ID, campaign.Filter{Found: p.Show.Found})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := o.LoadMany(t.Context(), p.Campaign.ID, order)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func acts() []view.PeopleAct {
	return []view.PeopleAct{view.PeopleLeaveOut, view.PeopleTakeIn, view.PeopleRepair, view.PeopleRefuse}
}

func TestActsConcernOnlyRowsThatTheyChange(t *testing.T) {
	tests := []struct {
		name string
		act  view.PeopleAct
		rows []int
		want string // ready, then about which rows each act is afterwards
	}{
		{"as it is", view.PeopleLeaveOut, nil, "2 [2 3 4 5 6] [] [6] [3]"},
		{"left out", view.PeopleLeaveOut, []int{3, 4}, "1 [2 5 6] [3 4] [6] []"},
		{"the first of two left out", view.PeopleLeaveOut, []int{2}, "2 [3 4 5 6] [2] [6] [3]"},
		{"repaired", view.PeopleRepair, []int{6}, "3 [2 3 4 5 6] [] [] [3 6]"},
		{"refused", view.PeopleRefuse, []int{3}, "1 [2 3 4 5 6] [] [3 6] []"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, o := damaged(t)
			p = again(t, o, p, p.Act(tt.act, tt.rows))
			got := fmt.Sprint(p.Import.Summary.Ready)
			for _, act := range acts() {
				got += fmt.Sprint(" ", all(t, o, p).About(act))
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestRowsAreTakenInAgainAsTheyWere(t *testing.T) {
	p, o := damaged(t)
	p = again(t, o, p, p.DecideRow(4, contacts.Decision{Number: "206 555 0144"}))
	p = again(t, o, p, p.Act(view.PeopleLeaveOut, []int{2, 4}))
	if got := p.Import.Options.Rows[4]; got.Number == "" || !got.LeaveOut {
		t.Errorf("leaving out forgets what was typed: %+v", got)
	}
	p = again(t, o, p, p.Act(view.PeopleTakeIn, []int{2, 4}))
	if got := len(p.Import.Options.Rows); got != 1 || p.Summary() != "3 people ready, 1 set aside, 1 found twice" {
		t.Errorf("%d decisions are left: %s", got, p.Summary())
	}
}

func TestAGroupIsLeftOutAndARowOfItTakenInAgain(t *testing.T) {
	p, o := damaged(t)
	none := campaign.ProblemNoNumber
	p = again(t, o, p, p.LeaveOut(none, true))
	if got := p.Summary(); got != "2 people ready, 1 set aside, 1 found twice, 1 left out" || p.Needing() != 1 {
		t.Errorf("%s, %d need somebody", got, p.Needing())
	}
	if got := p.LeftOut(); len(got) != 1 || got[0].Words != "No number" || slices.ContainsFunc(p.Aside(), func(g view.PeopleGroup) bool { return g.Kind == none }) {
		t.Errorf("left out: %+v, aside: %+v", got, p.Aside())
	}
	if got := p.Cell(2, 1); got.Note != "left out" || got.Broken != "" {
		t.Errorf("its cell: %+v", got)
	}
	r, _ := p.RowOf(2)
	if len(r.Choices) != 1 || r.Choices[0].Words != "Take in again" {
		t.Fatalf("choices: %+v", r.Choices)
	}
	one := again(t, o, p, p.DecideRow(r.Row, r.Choices[0].Decision))
	if one.Needing() != 2 || one.Import.Summary.Excluded != 0 {
		t.Errorf("one row taken in again: %s", one.Summary())
	}
	p = again(t, o, p, p.LeaveOut(none, false))
	if len(p.LeftOut()) != 0 || p.Needing() != 2 {
		t.Errorf("taken in again: %s", p.Summary())
	}
}

func TestOnlyGroupsThatWaitAreLeftOut(t *testing.T) {
	p, o := damaged(t)
	p = again(t, o, p, p.KeepPolicy(contacts.KeepAsk))
	got := map[string]bool{}
	for _, g := range slices.Concat(p.Aside(), p.Repaired()) {
		got[string(g.Kind)] = g.CanLeaveOut()
	}
	if diff := cmp.Diff(map[string]bool{"no_number": true, "two_numbers": true, "duplicate": false, "decimal": false}, got); diff != "" {
		t.Error(diff)
	}
	for _, g := range p.Aside() {
		if g.Kind == campaign.ProblemNoNumber && g.Example != "Row 4" {
			t.Errorf("an empty cell's example is %q", g.Example)
		}
	}
}

func TestDecisionsAreTakenBackOneByOne(t *testing.T) {
	p, o := damaged(t)
	if _, can := p.Last(); can {
		t.Fatal("nothing was decided, and it can be taken back")
	}
	do := func(src view.Source, did string) {
		t.Helper()
		c, im, err := o.Reread(t.Context(), p.Campaign, src, nil)
		if err != nil {
			t.Fatal(err)
		}
		p = p.Then(c, im, "secret", did)
		load(t, o, p)
	}
	p.Show = view.PeopleFilters()[1]
	do(p.Act(view.PeopleLeaveOut, []int{3}), "1 row left out")
	do(p.Take(1, contacts.Own), "Column ‘Phone’ taken for: Own column")
	if p.Password != "secret" || p.Show.Found.Which != campaign.FoundRepaired {
		t.Errorf("the page forgets %q, %+v", p.Password, p.Show)
	}
	for _, want := range []string{"Column ‘Phone’ taken for: Own column", "1 row left out"} {
		step, _ := p.Last()
		if step.Words != want {
			t.Errorf("%q is taken back, want %q", step.Words, want)
		}
		do(step.Before, "")
	}
	if got := p.Summary(); got != "2 people ready, 2 set aside, 1 found twice" || len(p.Past) != 0 {
		t.Errorf("%s, %d steps are left", got, len(p.Past))
	}
	for range 150 {
		do(p.Source(), "nothing")
	}
	if len(p.Past) != 100 {
		t.Errorf("%d steps are kept", len(p.Past))
	}
}

func TestRowsAreCopiedAsTheyAreShown(t *testing.T) {
	p, o := damaged(t)
	var got []string
	for line := range p.Lines(all(t, o, p), []int{-1, 1, 0}) {
		got = append(got, strings.Join(line, "|"))
	}
	want := []string{"2|(312) 555-0123|Odwin", "3|(617) 555-0142|Tamsin", "4||Corin", "5|(312) 555-0123|Odwin again", "6|617 555 0109 / 617 555 0110|Lucan"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsDoneWithRowsIsSaid(t *testing.T) {
	distinct(t, "acts", acts(), view.ActWords)
	for _, n := range []int{1, 1200} {
		distinct(t, "deeds", acts(), func(a view.PeopleAct) string { return view.DoneWords(a, n) })
		distinct(t, "buttons", acts(), func(a view.PeopleAct) string { return view.ActManyWords(a, n) })
	}
	p, o := damaged(t)
	tests := map[string]string{
		"1 row left out":               view.DoneWords(view.PeopleLeaveOut, 1),
		"1,200 rows taken in again":    view.DoneWords(view.PeopleTakeIn, 1200),
		"2 of them will be called.":    all(t, o, p).Words(),
		"The first 2 rows of 3 copied": view.CopiedWords(2, 3),
		"3 rows copied":                view.CopiedWords(3, 3),
		"2 of 3 columns shown":         p.ShownWords(2),
		"":                             p.ShownWords(3),
	}
	for want, got := range tests {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	p.Show = p.Aside()[0].Filter()
	if got := p.ShownWords(2); got != "2 of 3 columns shown, only: "+p.Show.Words {
		t.Errorf("%q", got)
	}
	p.Show = view.PeopleFilters()[2]
	if got := all(t, o, p).Words(); got != "None of them will be called." {
		t.Errorf("%q", got)
	}
}

func TestTheLikeliestColumnIsOfferedFirst(t *testing.T) {
	p, o := imported(t, cells("Odwin", "(312) 555-0123", "a very long remark about somebody"), cells("Tamsin", "none", "b"), cells("Corin", "(617) 555-0142", ""))
	p = again(t, o, p, p.Take(1, contacts.Own))
	if !p.NoPhone() || p.NoRows() {
		t.Error("a list without a phone column has one, or no rows")
	}
	var got []string
	for _, c := range p.PhoneColumns() {
		got = append(got, fmt.Sprint(c.Column, c.Name, ": ", c.Example))
	}
	if diff := cmp.Diff([]string{"1Phone: (312) 555-0123", "0Patient: Odwin", "2Day: a very long remark a…"}, got); diff != "" {
		t.Error(diff)
	}
	empty, _ := imported(t)
	if !empty.NoRows() || len(empty.PhoneColumns()) != 3 {
		t.Error("an empty list has rows, or no columns")
	}
	im := empty.Import
	one := view.NoRowsWords(im)
	im.Book.Sheets = []campaign.SheetInfo{{Name: "A"}, {Name: "B"}}
	if two := view.NoRowsWords(im); two == one || !strings.Contains(two, "another sheet") {
		t.Errorf("%q, %q", one, two)
	}
}

func TestANumberIsEditedFromWhatStandsThere(t *testing.T) {
	p, _ := damaged(t)
	for row, want := range []string{"(312) 555-0123", "(617) 555-0142", "", "(312) 555-0123", "617 555 0109 / 617 555 0110"} {
		if r, _ := p.RowOf(row); r.Number != want {
			t.Errorf("row %d: %q, want %q", row, r.Number, want)
		}
	}
}
