package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/storage"
)

// step is a call of a sink.
type step func(contacts.Sink) error

func add(c campaign.Contact, problems ...campaign.CellProblem) step {
	return func(s contacts.Sink) error { return s.Add(c, problems) }
}

func amend(a contacts.Amendment) step {
	return func(s contacts.Sink) error { return s.Amend(a) }
}

// filling is a fill that takes steps.
func filling(steps ...step) func(contacts.Sink) (contacts.Import, error) {
	return func(s contacts.Sink) (contacts.Import, error) {
		im := contacts.Import{HeaderRow: 1, Summary: contacts.Summary{Columns: []contacts.Column{{Name: "Name"}, {Name: "Phone"}}}}
		for _, one := range steps {
			if err := one(s); err != nil {
				return im, err
			}
		}
		return im, nil
	}
}

func imported(t *testing.T, db *storage.DB, steps ...step) campaign.Campaign {
	t.Helper()
	c, err := db.Import(t.Context(), full(), filling(steps...))
	must(t, err)
	return c
}

// rowsOf loads all rows of a campaign.
func rowsOf(t *testing.T, db *storage.DB, id campaign.ID) []campaign.Contact {
	t.Helper()
	var all []campaign.Contact
	ids := order(t, db, id, campaign.Filter{})
	for from := 0; from < len(ids); from += 500 {
		some, err := db.Contacts(t.Context(), ids[from:min(from+500, len(ids))])
		must(t, err)
		all = append(all, some...)
	}
	return all
}

// Rows of every kind, in loads of every length, come back as they were given.
func TestImportKeepsEveryRow(t *testing.T) {
	for _, n := range []int{0, 1, 99, 100, 101, 250, 4999, 5000, 5001, 12_345} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			db := fresh(t)
			create(t, db, people(7)) // ids do not begin at one
			rows := people(n)
			for i := range rows {
				rows[i].Row = i*3 + 2
				if i%7 == 3 {
					rows[i].External, rows[i].Others = fmt.Sprint("key", i), []phone.Number{number(i), number(i + 1)}
				}
				if i%11 == 5 {
					rows[i].Status, rows[i].Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeQuarantine, Text: "?"}
					rows[i].Number, rows[i].Zones = "", nil
				}
			}
			c, err := db.Create(t.Context(), full(), rows)
			must(t, err)
			got := rowsOf(t, db, c.ID)
			for i := range got {
				if got[i].Campaign != c.ID || got[i].ID == 0 {
					t.Fatalf("row %d is of campaign %d", got[i].Row, got[i].Campaign)
				}
				got[i].ID, got[i].Campaign = 0, 0
			}
			if diff := cmp.Diff(rows, append([]campaign.Contact{}, got...)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if tally(t, db, c.ID).Total() != n {
				t.Errorf("%v are counted", tally(t, db, c.ID))
			}
		})
	}
}

func TestAmendments(t *testing.T) {
	db := fresh(t)
	rows := people(12_000)
	rows[1].Name, rows[1].Cells = "", []string{"", "x", ""}
	var steps []step
	for _, r := range rows {
		steps = append(steps, add(r))
	}
	why := func(row int) campaign.Reason { return campaign.Reason{Code: campaign.CodeDuplicate, Row: row} }
	later := rows[11_000]
	later.Hours, later.Priority, later.Consent = campaign.DefaultHours(), 3, true
	steps = append(steps,
		amend(contacts.Amendment{Row: rows[0].Row, Status: campaign.Skipped, Why: why(9)}),
		amend(contacts.Amendment{Row: rows[0].Row, Status: campaign.Skipped, Why: why(10)}), // the last one counts
		amend(contacts.Amendment{Row: rows[1].Row, Status: campaign.Ready, Fill: &later}),
		amend(contacts.Amendment{Row: rows[11_999].Row, Status: campaign.Skipped, Why: why(2)}))
	c := imported(t, db, steps...)
	got := rowsOf(t, db, c.ID)
	if got[0].Status != campaign.Skipped || got[0].Why != why(10) || got[11_999].Why != why(2) || !got[2].Why.IsZero() {
		t.Errorf("amended: %+v, %+v", got[0], got[11_999])
	}
	want := contacts.Merge(rows[1], later)
	if got[1].Name != later.Name || cmp.Diff(want.Cells, got[1].Cells) != "" || got[1].Hours != later.Hours || got[1].Priority != 3 || !got[1].Consent {
		t.Errorf("filled: %+v", got[1])
	}
	if diff := cmp.Diff(campaign.Tally{campaign.Ready: 11_998, campaign.Skipped: 2}, tally(t, db, c.ID)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	byName, err := db.Contacts(t.Context(), order(t, db, c.ID, campaign.Filter{Sort: campaign.SortName})[:3])
	must(t, err)
	for i := range 2 {
		if byName[i].Name > byName[i+1].Name {
			t.Errorf("%q comes before %q", byName[i].Name, byName[i+1].Name)
		}
	}
	if n := count(t, db, "SELECT count(*) FROM names"); n != len(rows) {
		t.Errorf("%d names", n)
	}
}

func TestImportRefusesDisorder(t *testing.T) {
	db := fresh(t)
	for name, steps := range map[string][]step{
		"a row before another":     {add(campaign.Contact{Row: 5}), add(campaign.Contact{Row: 4})},
		"a row twice":              {add(campaign.Contact{Row: 5}), add(campaign.Contact{Row: 5})},
		"a change of what is not":  {add(campaign.Contact{Row: 5}), amend(contacts.Amendment{Row: 4})},
		"a change before anything": {amend(contacts.Amendment{Row: 4})},
	} {
		if _, err := db.Import(t.Context(), full(), filling(steps...)); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
	gone(t, db)
}

// gone checks that nothing of any list is left.
func gone(t *testing.T, db *storage.DB) {
	t.Helper()
	db.Removed()
	for _, table := range []string{"campaigns", "contacts", "names", "problems", "imports", "tallies"} {
		if n := count(t, db, "SELECT count(*) FROM "+table); n != 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if list, err := db.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%d campaigns are listed, %v", len(list), err)
	}
}

func TestImportThatFailsLeavesNothing(t *testing.T) {
	damage := errors.New("the file is damaged")
	for name, test := range map[string]func(cancel context.CancelFunc) (func(contacts.Sink) (contacts.Import, error), error){
		"the file": func(context.CancelFunc) (func(contacts.Sink) (contacts.Import, error), error) {
			return func(s contacts.Sink) (contacts.Import, error) {
				im, err := producer{n: 23_000, broken: 2}.fill(s)
				return im, errors.Join(err, damage)
			}, damage
		},
		"cancelled": func(cancel context.CancelFunc) (func(contacts.Sink) (contacts.Import, error), error) {
			return func(s contacts.Sink) (contacts.Import, error) {
				im, err := producer{n: 23_000, broken: 2}.fill(s)
				cancel()
				return im, err
			}, context.Canceled
		},
		"cancelled at first": func(cancel context.CancelFunc) (func(contacts.Sink) (contacts.Import, error), error) {
			cancel()
			return producer{n: 23_000}.fill, context.Canceled
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			fill, want := test(cancel)
			if _, err := db.Import(ctx, full(), fill); !errors.Is(err, want) {
				t.Errorf("error %v, want %v", err, want)
			}
			gone(t, db)
		})
	}
}

// While its rows are stored, a list is not to be seen.
func TestImportIsHiddenUntilWhole(t *testing.T) {
	db := fresh(t)
	seen := 0
	c, err := db.Import(t.Context(), full(), func(s contacts.Sink) (contacts.Import, error) {
		im, err := producer{n: 23_000}.fill(s)
		list, _ := db.List(t.Context())
		_, found, _ := db.Find(t.Context(), full().List.Hash, full().Flow.Source)
		if seen = len(list); found {
			seen++
		}
		return im, err
	})
	must(t, err)
	if list, err := db.List(t.Context()); seen != 0 || err != nil || len(list) != 1 || list[0].ID != c.ID {
		t.Errorf("%d seen before, %d after, %v", seen, len(list), err)
	}
}

func TestRefill(t *testing.T) {
	db := fresh(t)
	c := imported(t, db, add(campaign.Contact{Row: 2, Name: "Old"}, campaign.CellProblem{Row: 2, Kind: campaign.ProblemNote}))
	must(t, db.Block(t.Context(), c.ID, []phone.Number{number(2)}, "list", noon))
	c.Name, c.Settings.Lines = "Renamed", 9
	must(t, db.Configure(t.Context(), c))
	again := c
	again.Name, again.List.Hash = "not stored", "def"
	got, err := db.Refill(t.Context(), again, filling(add(campaign.Contact{Row: 3, Name: "New", Number: number(2)})))
	must(t, err)
	want := c
	want.ID, want.List.Hash, want.List.Columns = got.ID, "def", []string{"Name", "Phone"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("campaign (-want +got):\n%s", diff)
	}
	rows := rowsOf(t, db, got.ID)
	if len(rows) != 1 || rows[0].Name != "New" || !rows[0].DoNotCall {
		t.Errorf("rows: %+v", rows)
	}
	db.Removed()
	if n := count(t, db, "SELECT (SELECT count(*) FROM campaigns) + (SELECT count(*) FROM contacts) + (SELECT count(*) FROM problems)"); n != 2 {
		t.Errorf("%d are there, want a campaign and a row", n)
	}
	if _, err := db.Refill(t.Context(), got, func(contacts.Sink) (contacts.Import, error) { return contacts.Import{}, errStop }); !errors.Is(err, errStop) {
		t.Errorf("error %v", err)
	}
	if rows := rowsOf(t, db, got.ID); len(rows) != 1 {
		t.Errorf("a refill that failed left %d rows", len(rows))
	}
	got.Started = noon
	must(t, db.SetState(t.Context(), got))
	if _, err := db.Refill(t.Context(), got, filling()); !errors.Is(err, storage.ErrStarted) {
		t.Errorf("refilled although started: %v", err)
	}
}

var errStop = errors.New("stop")

func TestProblemsAndImportAreKept(t *testing.T) {
	db := fresh(t)
	want := []campaign.CellProblem{
		{Row: 2, Column: "Phone", Kind: campaign.ProblemDecimal, Value: "1.0", Repair: "1"},
		{Row: 2, Column: "Zip", Kind: campaign.ProblemWidth, Value: "3", Proposal: "4"},
		{Row: 4, Kind: campaign.ProblemZone},
	}
	c := imported(t, db, add(campaign.Contact{Row: 2}, want[:2]...), add(campaign.Contact{Row: 3}), add(campaign.Contact{Row: 4}, want[2]))
	got, err := db.Problems(t.Context(), c.ID, []int{4, 3, 2})
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	im, err := db.ImportOf(t.Context(), c.ID)
	if err != nil || im.HeaderRow != 1 || len(im.Summary.Columns) != 2 {
		t.Errorf("import %+v, %v", im, err)
	}
	must(t, db.Exec(t.Context(), "DELETE FROM imports")) // as before imports were kept
	if im, err := db.ImportOf(t.Context(), c.ID); err != nil || im.Book.File != "" {
		t.Errorf("an import that was not kept: %+v, %v", im, err)
	}
}

func TestFound(t *testing.T) {
	db := fresh(t)
	aside := func(row int, p campaign.Problem) campaign.Contact {
		return campaign.Contact{Row: row, Name: fmt.Sprint("P", 9-row), Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: p}}
	}
	ready := func(row int) campaign.Contact {
		return campaign.Contact{Row: row, Name: fmt.Sprint("P", 9-row), Number: number(row), Status: campaign.Ready}
	}
	left := ready(9)
	left.Status, left.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeExcluded}
	same := ready(8)
	same.Status, same.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}
	c := imported(t, db,
		add(ready(2), campaign.CellProblem{Kind: campaign.ProblemDecimal, Repair: "1"}, campaign.CellProblem{Kind: campaign.ProblemNote, Repair: "1"}),
		add(ready(3)),
		add(aside(4, campaign.ProblemInvalid), campaign.CellProblem{Kind: campaign.ProblemInvalid}),
		add(aside(5, campaign.ProblemDigitsLost), campaign.CellProblem{Kind: campaign.ProblemDigitsLost, Proposal: "1"}),
		add(aside(6, campaign.ProblemZone), campaign.CellProblem{Kind: campaign.ProblemDecimal, Repair: "1"}, campaign.CellProblem{Kind: campaign.ProblemZone}),
		add(aside(7, campaign.ProblemPhoneAbsent)),
		add(same), add(left))
	imported(t, db, add(ready(2), campaign.CellProblem{Kind: campaign.ProblemDecimal, Repair: "1"})) // of another list
	tests := map[string]struct {
		filter campaign.Filter
		want   []int
	}{
		"repaired":            {campaign.Filter{Found: campaign.Found{Which: campaign.FoundRepaired}}, []int{2}},
		"of a kind":           {campaign.Filter{Found: campaign.Found{Kind: campaign.ProblemDecimal}}, []int{2, 6}},
		"repaired of a kind":  {campaign.Filter{Found: campaign.Found{Which: campaign.FoundRepaired, Kind: campaign.ProblemNote}}, []int{2}},
		"proposed":            {campaign.Filter{Found: campaign.Found{Which: campaign.FoundProposed}}, []int{5}},
		"proposed of another": {campaign.Filter{Found: campaign.Found{Which: campaign.FoundProposed, Kind: campaign.ProblemNote}}, nil},
		"aside":               {campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside}}, []int{4, 5, 6, 7}},
		"aside by name":       {campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside}, Sort: campaign.SortName}, []int{7, 6, 5, 4}},
		"aside of a kind":     {campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside, Kind: campaign.ProblemZone}}, []int{6}},
		"duplicates":          {campaign.Filter{Found: campaign.Found{Which: campaign.FoundDuplicate}}, []int{8}},
		"left out":            {campaign.Filter{Found: campaign.Found{Which: campaign.FoundLeftOut}}, []int{9}},
		"with a search":       {campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside}, Search: "p5"}, []int{4}},
		"with a state":        {campaign.Filter{Found: campaign.Found{Kind: campaign.ProblemDecimal}, Statuses: []campaign.Status{campaign.Ready}}, []int{2}},
		"newest":              {campaign.Filter{Found: campaign.Found{Kind: campaign.ProblemDecimal}, Sort: campaign.SortNewest}, []int{2, 6}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			keeps(t, db, c.ID, test.filter, test.want)
		})
	}
	for _, f := range []campaign.Found{{Kind: campaign.ProblemZone}, {Which: campaign.FoundAside}, {Which: campaign.FoundDuplicate}, {Which: campaign.FoundRepaired, Kind: campaign.ProblemNote}} {
		plan, err := db.OrderPlan(t.Context(), c.ID, campaign.Filter{Found: f})
		must(t, err)
		if !containsAny(plan, "problems_of (campaign=? AND which=?", "contacts_aside (campaign=?)", "contacts_duplicate (campaign=?)") || containsAny(plan, "SCAN contacts") {
			t.Errorf("%+v is found by\n%s", f, plan)
		}
	}
}

func TestDuplicates(t *testing.T) {
	db := fresh(t)
	dup := func(row, of int) step {
		return add(campaign.Contact{Row: row, Number: number(1), Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: of}})
	}
	c := imported(t, db, dup(2, 5), add(campaign.Contact{Row: 3}), dup(4, 2), add(campaign.Contact{Row: 5}), dup(6, 5), dup(7, 3))
	imported(t, db, dup(2, 3), add(campaign.Contact{Row: 3}))
	for row, want := range map[int][]int{2: {2, 4, 5, 6}, 4: {2, 4, 5, 6}, 5: {2, 4, 5, 6}, 3: {3, 7}, 7: {3, 7}, 8: nil} {
		group, err := db.Duplicates(t.Context(), c.ID, row)
		must(t, err)
		var got []int
		for _, p := range group {
			got = append(got, p.Row)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("of row %d (-want +got):\n%s", row, diff)
		}
	}
}

// What the end of a process leaves of a list is removed at the next start.
func TestHiddenIsRemovedAtTheStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rollcall.db")
	db := open(t, path)
	kept := imported(t, db, add(campaign.Contact{Row: 2}))
	left := imported(t, db, add(campaign.Contact{Row: 2}, campaign.CellProblem{Row: 2}))
	must(t, db.Exec(t.Context(), fmt.Sprintf("UPDATE campaigns SET hidden = TRUE WHERE id = %d", left.ID)))
	must(t, db.Close())
	db = open(t, path)
	defer db.Close()
	db.Removed()
	if n := count(t, db, "SELECT count(*) FROM contacts"); n != 1 || tally(t, db, kept.ID).Total() != 1 {
		t.Errorf("%d rows are left", n)
	}
}

func TestUndoLeavesNothing(t *testing.T) {
	db := fresh(t)
	c, err := db.Import(t.Context(), full(), producer{n: 12_000, broken: 2}.fill)
	must(t, err)
	must(t, db.Block(t.Context(), c.ID, []phone.Number{number(1)}, "list", noon))
	must(t, db.Undo(t.Context(), c.ID))
	if _, err := db.Campaign(t.Context(), c.ID); err == nil {
		t.Error("the campaign is still there")
	}
	gone(t, db)
	if n := count(t, db, "SELECT count(*) FROM do_not_call"); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}
