package view_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/ui/view"
)

// draftShelf is a store in memory, as far as lists need one.
type draftShelf struct {
	lacking
	*campaigntest.Shelf
}

type lacking struct{ view.Store }

// office is an office whose files are all the same list, with the headings
// Patient, Phone and Day.
func office(t *testing.T, rows ...[]string) (*view.Office, *draftShelf) {
	t.Helper()
	return officeOf(t, []string{"Patient", "Phone", "Day"}, rows...)
}

// officeOf is an office whose files are all the list with these headings.
func officeOf(t *testing.T, header []string, rows ...[]string) (*view.Office, *draftShelf) {
	t.Helper()
	s := &draftShelf{Shelf: &campaigntest.Shelf{}}
	a := &view.App{
		Log:       slog.New(slog.DiscardHandler),
		DataDir:   t.TempDir(),
		Hold:      func(string) (func() error, error) { return func() error { return nil }, nil },
		OpenStore: func(context.Context) (view.Store, error) { return s, nil },
		OpenSheet: func(_ context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
			if how.Until > 0 {
				rows = rows[:how.Until-1]
			}
			return campaigntest.Table(path, header, rows...), nil
		},
	}
	o, err := a.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return o, s
}

// imported is the page of such a list, all of whose rows are loaded.
func imported(t *testing.T, rows ...[]string) (*view.PeoplePage, *view.Office) {
	t.Helper()
	o, _ := office(t, rows...)
	c, im, err := o.Import(t.Context(), view.Source{Path: "list.csv"}, view.Draft{Name: "List"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := view.NewPeoplePage(c, im)
	load(t, o, p)
	return p, o
}

// load brings the rows that the page's filter keeps.
func load(t *testing.T, o *view.Office, p *view.PeoplePage) {
	t.Helper()
	order, err := o.Store.Order(t.Context(), p.Campaign.ID, campaign.Filter{Found: p.Show.Found})
	if err != nil {
		t.Fatal(err)
	}
	p.Rows.Replace(p.Rows.Ask(), order)
	rows, err := o.LoadPeople(t.Context(), p.Campaign.ID, p.Rows.Missing(0, len(order)))
	if err != nil {
		t.Fatal(err)
	}
	p.Put(rows)
}

// again reads the list as src says.
func again(t *testing.T, o *view.Office, p *view.PeoplePage, src view.Source) *view.PeoplePage {
	t.Helper()
	c, im, err := o.Reread(t.Context(), p.Campaign, src, nil)
	if err != nil {
		t.Fatal(err)
	}
	p = view.NewPeoplePage(c, im)
	load(t, o, p)
	return p
}

func cells(texts ...string) []string { return texts }

func damaged(t *testing.T) (*view.PeoplePage, *view.Office) {
	t.Helper()
	return imported(t,
		cells("Odwin", "(312) 555-0123", "Monday"),
		cells("Tamsin", "6175550142.0", "Monday"),
		cells("Corin", "", "Tuesday"),
		cells("Odwin again", "312-555-0123", "Tuesday"),
		cells("Lucan", "617 555 0109 / 617 555 0110", "Friday"))
}

func TestPeopleShowRepairsAndWhatIsSetAside(t *testing.T) {
	p, _ := damaged(t)
	want := []view.PeopleCell{
		{Text: "(312) 555-0123"},
		{Text: "(617) 555-0142", Before: "6175550142.0"},
		{Text: "", Broken: "No number", Aside: true},
		{Text: "(312) 555-0123", Broken: "same as row 2", Aside: true},
		{Text: "617 555 0109 / 617 555 0110", Broken: "Two numbers in one cell", Aside: true},
	}
	var got []view.PeopleCell
	for row := range p.Rows.Len() {
		got = append(got, p.Cell(row, 1))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := p.Summary(); got != "2 people ready, 2 set aside, 1 found twice" {
		t.Error(got)
	}
	if got := p.Blocked(); got != "" {
		t.Errorf("blocked: %s", got)
	}
	if got := p.Widest(1); got != "6175550142.0   →   (617) 555-0142" {
		t.Errorf("widest: %q", got)
	}
}

func TestPeopleFiltersAreDisjointButAll(t *testing.T) {
	p, o := damaged(t)
	p = again(t, o, p, p.DecideRow(4, contacts.Decision{LeaveOut: true}))
	want := map[string]string{"All": "5 2", "Repaired": "1 3", "Set aside": "1 6", "Found twice": "1 5", "Left out": "1 4"}
	for _, f := range view.PeopleFilters() {
		p.Show = f
		load(t, o, p)
		first, _ := p.Rows.At(0)
		if got := fmt.Sprint(p.Rows.Len(), " ", first.Row); got != want[f.Words] || p.Number(f) != p.Rows.Len() {
			t.Errorf("%s: %s rows and first row, want %s", f.Words, got, want[f.Words])
		}
	}
}

func TestPeopleGroupsCanBeShownAlone(t *testing.T) {
	p, o := damaged(t)
	repaired, aside := p.Repaired(), p.Aside()
	if len(repaired) != 1 || repaired[0].Words != "A “.0” at the end" || repaired[0].Example != "6175550142.0" || !repaired[0].Repaired {
		t.Errorf("repaired: %+v", repaired)
	}
	if len(aside) != 2 {
		t.Fatalf("aside: %+v", aside)
	}
	for _, g := range append(repaired, aside...) {
		p.Show = g.Filter()
		load(t, o, p)
		if p.Rows.Len() != g.Count {
			t.Errorf("%s: %d rows are shown, %d were counted", g.Words, p.Rows.Len(), g.Count)
		}
	}
}

func TestPeopleDecideByKindAndBack(t *testing.T) {
	p, o := damaged(t)
	p = again(t, o, p, p.Decide(campaign.ProblemDecimal, false))
	if !p.Refused(campaign.ProblemDecimal) || p.Import.Summary.Ready != 1 {
		t.Errorf("refused: %v, %d ready", p.Import.Options.Rules, p.Import.Summary.Ready)
	}
	if got := p.Repaired(); len(got) != 1 || got[0].Repaired || got[0].Count != 1 {
		t.Errorf("what was refused cannot be taken back: %+v", got)
	}
	p = again(t, o, p, p.Decide(campaign.ProblemDecimal, true))
	if p.Refused(campaign.ProblemDecimal) || p.Import.Summary.Ready != 2 || len(p.Import.Options.Rules) != 0 {
		t.Errorf("taken back: %v, %d ready", p.Import.Options.Rules, p.Import.Summary.Ready)
	}
	p = again(t, o, p, p.Decide(campaign.ProblemTwoNumbers, true))
	if p.Import.Summary.Ready != 3 {
		t.Errorf("with the first of two numbers %d are ready", p.Import.Summary.Ready)
	}
}

func TestPeopleDecideAboutOneRow(t *testing.T) {
	p, o := damaged(t)
	tests := []struct {
		row     int // of the page
		why     string
		choices []string
	}{
		{0, "It will be called at (312) 555-0123.", nil},
		{1, "It will be called at (617) 555-0142.", []string{"Refuse the repair"}},
		{2, "It will not be called.", nil},
		{3, "It will not be called.", []string{"Call this one"}},
		{4, "It will not be called.", []string{"Use (617) 555-0109"}},
	}
	for _, tt := range tests {
		r, held := p.RowOf(tt.row)
		var choices []string
		for _, c := range r.Choices {
			choices = append(choices, c.Words)
		}
		if diff := cmp.Diff(tt.choices, choices); !held || !strings.HasPrefix(r.Why, tt.why) || diff != "" {
			t.Errorf("row %d: %q, %s", tt.row, r.Why, diff)
		}
	}
	group, err := o.Store.Duplicates(t.Context(), p.Campaign.ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Row 5, Odwin again, (312) 555-0123, is not called"}, p.GroupWords(2, group)); diff != "" {
		t.Error(diff)
	}
	if _, held := p.RowOf(5); held {
		t.Error("a row that is not there can be decided about")
	}
	other, _ := p.RowOf(3)
	p = again(t, o, p, p.DecideRow(other.Row, other.Choices[0].Decision))
	if first, _ := p.Rows.At(0); first.Why.Code != campaign.CodeDuplicate {
		t.Errorf("the other row of the two is %s %+v", first.Status, first.Why)
	}
	p = again(t, o, p, p.DecideRow(4, contacts.Decision{Number: "206 555 0144"}))
	if got := p.Summary(); got != "3 people ready, 1 set aside, 1 found twice" {
		t.Error(got)
	}
}

// Whoever said when to call and is not understood is set aside, until a person
// decides.
func TestPeopleDecideAboutOwnHours(t *testing.T) {
	o, _ := officeOf(t, []string{"Patient", "Phone", "Best time to call", "Priority"},
		cells("Odwin", "(312) 555-0123", "after 5 pm", "high"),
		cells("Tamsin", "(617) 555-0142", "9-5", "1"),
		cells("Corin", "(617) 555-0143", "ring twice", "2"),
		cells("Lucan", "(617) 555-0144", "mornings", "A+"))
	c, im, err := o.Import(t.Context(), view.Source{Path: "list.csv"}, view.Draft{Name: "List"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := view.NewPeoplePage(c, im)
	load(t, o, p)
	tests := []struct{ found, choice string }{
		{"", ""},
		{"When they want to be called is not clear: 9-5, perhaps Mo-Su 9-17", "Use Mo-Su 9-17"},
		{"When they want to be called is not clear: ring twice, perhaps any time that the campaign calls", "Use any time that the campaign calls"},
		{"No priority of that name is known, so it counts as normal: A+", ""},
	}
	for i, tt := range tests {
		r, _ := p.RowOf(i)
		choice := ""
		for _, c := range r.Choices {
			choice += c.Words
		}
		if found := strings.Join(r.Found, "; "); found != tt.found || choice != tt.choice {
			t.Errorf("row %d: %q, %q", i, found, choice)
		}
	}
	if got := view.AcceptWords(campaign.ProblemHours); got != "Call them at these times" {
		t.Error(got)
	}
	p = again(t, o, p, p.Decide(campaign.ProblemHours, true))
	r, _ := p.RowOf(1)
	if got := p.Summary(); got != "4 people ready" || r.Contact.Hours != campaign.EveryDay(9*60, 17*60) || r.Contact.Priority != 1 ||
		r.Found[0] != "When they want to be called is not clear: 9-5, taken for Mo-Su 9-17" {
		t.Errorf("%s, %+v, %q", got, r.Contact, r.Found)
	}
}

func TestPeopleSayWhyNobodyCanBeCalled(t *testing.T) {
	blocked := func(rows ...[]string) string {
		p, _ := imported(t, rows...)
		return p.Blocked()
	}
	if got := blocked(); got != "This sheet has no rows below its headings. Choose another sheet or file." {
		t.Error(got)
	}
	if got := blocked(cells("A", "", "B")); !strings.HasPrefix(got, "None of the rows has a number that can be called.") {
		t.Error(got)
	}
	p, o := imported(t, cells("A", "(312) 555-0123", "B"))
	if got := again(t, o, p, p.Take(1, contacts.Own)).Blocked(); !strings.HasPrefix(got, "No column is the phone number yet.") {
		t.Error(got)
	}
}

func TestPeopleTakeAColumnForSomethingElse(t *testing.T) {
	tests := []struct {
		name   string
		column int
		role   contacts.Role
		after  string // the roles of the columns, then who is ready
	}{
		{"the name is the day", 2, contacts.Name, "own phone name, 2 people ready"},
		{"a part of the name replaces the whole", 0, contacts.FirstName, "first_name phone own, 2 people ready"},
		{"numbers nobody can call come first", 0, contacts.Phone, "phone phone own, 2 people ready"},
		{"no number any more", 1, contacts.Own, "name own own, 0 people ready"},
		{"as it is", 1, contacts.Phone, "name phone own, 2 people ready"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, o := damaged(t)
			src := p.Take(tt.column, tt.role)
			if len(src.Options.Map) != len(contacts.Roles()) {
				t.Errorf("%d roles are fixed: the others would be guessed", len(src.Options.Map))
			}
			after := ""
			changed := again(t, o, p, src)
			for _, c := range changed.Columns() {
				after += string(c.Role) + " "
			}
			after = strings.TrimSpace(after) + ", " + view.PeopleCount(changed.Import.Summary.Ready) + " ready"
			if after != tt.after {
				t.Errorf("%s, want %s", after, tt.after)
			}
		})
	}
}

func TestPeopleGoOnWithADraft(t *testing.T) {
	o, s := office(t, cells("A", "(312) 555-0123", "B"))
	src := view.Source{Path: "list.csv"}
	first, _, err := o.OpenDraft(t.Context(), src, view.Draft{Name: "List"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same, im, err := o.OpenDraft(t.Context(), src, view.Draft{Name: "List"}, nil)
	if err != nil || same.ID != first.ID || im.Summary.Ready != 1 {
		t.Errorf("opened again: campaign %d of %d, %+v, %v", same.ID, first.ID, im.Summary, err)
	}
	s.Campaigns[0].State = campaign.Finished
	if other, _, err := o.OpenDraft(t.Context(), src, view.Draft{Name: "List"}, nil); err != nil || other.ID == first.ID {
		t.Errorf("a campaign that is over is taken for a draft: %v", err)
	}
}

func TestPeopleStayWhereReadingFails(t *testing.T) {
	p, o := damaged(t)
	src := p.Source()
	src.Options.Region = "XX"
	if _, _, err := o.Reread(t.Context(), p.Campaign, src, nil); err == nil || err.Error() != `list.csv: no such region: "XX"` {
		t.Errorf("%v", err)
	}
	stop := errors.New("enough")
	if _, _, err := o.Reread(t.Context(), p.Campaign, p.Source(), func(view.Told) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("given up: %v", err)
	}
	load(t, o, p)
	if p.Rows.Len() != 5 {
		t.Errorf("%d rows are left", p.Rows.Len())
	}
}

func TestPeopleAskForTheCountryWhereHardlyAnyNumberFits(t *testing.T) {
	p, o := imported(t, cells("A", "0171 2345678", ""), cells("B", "030 1234567", ""), cells("C", "(312) 555-0123", ""))
	if got := p.ElsewhereWords(); got != "Hardly any of these numbers exists in the country that is set, United States. Which country is the list from?" {
		t.Error(got)
	}
	src := p.Source()
	src.Options.Region = "DE"
	p = again(t, o, p, src)
	if got := p.ElsewhereWords(); got != "" || p.Campaign.Settings.Region != "DE" {
		t.Errorf("%q, the campaign is of %s", got, p.Campaign.Settings.Region)
	}
	if got := p.Cell(0, 1).Text; got != "0171 2345678" {
		t.Errorf("shown as %q", got)
	}
}

func TestPeopleTakeMendedNumbers(t *testing.T) {
	p, o := damaged(t)
	mended := func(header []string, rows ...[]string) (view.Source, int, error) {
		o, _ := officeOf(t, header, rows...)
		return o.Mended(t.Context(), p, "mended.xlsx")
	}
	src, n, err := mended([]string{"Patient", "Phone", "Day", "Row in the file"},
		cells("Corin", "206 555 0144", "", "4"), cells("Lucan", "617 555 0109 / 617 555 0110", "", "6"))
	if err != nil || n != 1 {
		t.Fatalf("%d numbers, %v", n, err)
	}
	if got := again(t, o, p, src).Summary(); got != "3 people ready, 1 set aside, 1 found twice" {
		t.Error(got)
	}
	if _, n, err := mended([]string{"Patient", "Phone", "Wiersz w pliku"}, cells("Corin", "206 555 0144", "4")); err != nil || n != 1 { // written in Polish
		t.Errorf("%d numbers, %v", n, err)
	}
	for _, header := range [][]string{{"Patient", "Phone"}, {"Patient", "Row in the file"}} {
		if _, _, err := mended(header, cells("Corin", "206 555 0144")); err == nil {
			t.Errorf("a file with %v is taken", header)
		}
	}
	if _, _, err := mended([]string{"Phone", "Row in the file"}, cells("206 555 0144", "x")); err == nil {
		t.Error("a row without a number is taken")
	}
}

func TestPastedCellsAreAFile(t *testing.T) {
	a := &view.App{DataDir: t.TempDir()}
	if _, err := a.Pasted(" \t\n"); err == nil {
		t.Error("an empty clipboard is a list")
	}
	path, err := a.Pasted("Name\tPhone\n")
	if err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "Name\tPhone\n" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestKeepRowFollowsTheRow(t *testing.T) {
	first, third := view.KeepRow{}, view.KeepRow{Row: 3}
	for _, k := range []*view.KeepRow{&first, &third} {
		for row := 2; row < 5; row++ {
			if err := k.Add(campaign.Contact{Row: row}, nil); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.Amend(contacts.Amendment{Row: 3, Fill: &campaign.Contact{Name: "Filled"}}); err != nil {
			t.Fatal(err)
		}
	}
	if first.Contact.Row != 2 || third.Contact.Row != 3 || first.Contact.Name != "" || third.Contact.Name != "Filled" {
		t.Errorf("first %+v, third %+v", first.Contact, third.Contact)
	}
}

func TestEachChoiceHasWordsOfItsOwn(t *testing.T) {
	distinct(t, "roles", view.PeopleRoles(), view.RoleWords)
	distinct(t, "policies", view.KeepChoices(), view.KeepWords)
	distinct(t, "encodings", campaign.Encodings(), view.EncodingWords)
	distinct(t, "regions", view.Regions(), view.RegionWords)
	distinct(t, "other campaigns", view.AcrossChoices(), view.AcrossWords)
	distinct(t, "ways to be the same", view.SameChoices(), view.SameWords)
	distinct(t, "delimiters", []string{",", ";", "\t", "|", "  ", "", "#"}, view.DelimiterWords)
	for _, s := range view.SameChoices() {
		if got := view.SameOf(s.Same()); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}

func distinct[T any](t *testing.T, what string, all []T, words func(T) string) {
	t.Helper()
	seen := map[string]bool{}
	for _, one := range all {
		seen[words(one)] = true
	}
	if len(seen) != len(all) || seen[""] {
		t.Errorf("%d words for %d %s: %v", len(seen), len(all), what, seen)
	}
}
