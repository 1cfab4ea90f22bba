package storage_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/storage"
)

// person is a row of a file; n is its number, zero for none.
func person(row int, name string, n int) campaign.Contact {
	c := campaign.Contact{Row: row, Name: name, Status: campaign.Ready, Cells: []string{name, fmt.Sprint(n)}}
	if c.Number = number(n); n == 0 {
		c.Number, c.Status, c.Why = "", campaign.Skipped, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemNoNumber}
	}
	return c
}

func keyed(c campaign.Contact, key string) campaign.Contact {
	c.External = key
	return c
}

// newer updates c from a file with those rows.
func newer(t *testing.T, db *storage.DB, c campaign.Campaign, o campaign.UpdateOptions, columns []string, steps ...step) campaign.ListUpdate {
	t.Helper()
	c.List = campaign.List{File: "newer.csv", Hash: "def"}
	u, err := db.Update(t.Context(), c, o, func(s contacts.Sink) (contacts.Import, error) {
		im := contacts.Import{HeaderRow: 3}
		for _, name := range columns {
			im.Summary.Columns = append(im.Summary.Columns, contacts.Column{Name: name})
		}
		for _, one := range steps {
			if err := one(s); err != nil {
				return im, err
			}
		}
		return im, nil
	})
	must(t, err)
	return u
}

// shown is what a test compares of rows.
func shown(t *testing.T, db *storage.DB, id campaign.ID) []string {
	t.Helper()
	var list []string
	for _, r := range rowsOf(t, db, id) {
		why := ""
		if !r.Why.IsZero() {
			why = fmt.Sprintf(" %s %d", r.Why.Code, r.Why.Row)
		}
		list = append(list, fmt.Sprintf("%d %s %s %s%s", r.Row, r.Name, r.Number, r.Status, why))
	}
	return list
}

var two = []string{"Name", "Phone"}

func TestUpdateMatchesByTheSurestKey(t *testing.T) {
	tests := map[string]struct {
		before, after []campaign.Contact
		want          campaign.ListUpdate
		rows          []string
	}{
		"the same file": {
			[]campaign.Contact{person(2, "Ann", 1), person(3, "Bob", 2)},
			[]campaign.Contact{person(2, "Ann", 1), person(3, "Bob", 2)},
			campaign.ListUpdate{Same: 2},
			[]string{"2 Ann +13125550001 ready", "3 Bob +13125550002 ready"},
		},
		"in another order, one new, one gone": {
			[]campaign.Contact{person(2, "Ann", 1), person(3, "Bob", 2)},
			[]campaign.Contact{person(2, "Cem", 3), person(3, "Ann", 1)},
			campaign.ListUpdate{Same: 1, Added: 1, Gone: 1, GoneRows: []int{3}},
			[]string{"2 Ann +13125550001 ready", "3 Bob +13125550002 ready", "4 Cem +13125550003 ready"},
		},
		"by key": {
			[]campaign.Contact{keyed(person(2, "Ann", 1), "a"), keyed(person(3, "Bob", 2), "b")},
			[]campaign.Contact{keyed(person(2, "Robert", 4), "b"), keyed(person(3, "Ann", 1), "c")},
			campaign.ListUpdate{Updated: 1, Added: 1, Gone: 1, GoneRows: []int{2}}, // both have a key: number and name do not count
			[]string{"2 Ann +13125550001 ready", "3 Robert +13125550004 ready", "4 Ann +13125550001 ready"},
		},
		"a key where there was none": {
			[]campaign.Contact{person(2, "Ann", 1)},
			[]campaign.Contact{keyed(person(2, "Ann", 1), "a")},
			campaign.ListUpdate{Updated: 1},
			[]string{"2 Ann +13125550001 ready"},
		},
		"two at one number": {
			[]campaign.Contact{person(2, "Ann", 1), person(3, "Bob", 1)},
			[]campaign.Contact{person(2, "Bob", 1), person(3, "Ann", 1)},
			campaign.ListUpdate{Same: 2},
			[]string{"2 Ann +13125550001 ready", "3 Bob +13125550001 ready"},
		},
		"by number": {
			[]campaign.Contact{person(2, "Ann", 1), person(3, "Ann", 1)},
			[]campaign.Contact{person(2, "Anne", 1), person(3, "Annie", 1)},
			campaign.ListUpdate{Updated: 2},
			[]string{"2 Anne +13125550001 ready", "3 Annie +13125550001 ready"},
		},
		"a number that was mended": {
			[]campaign.Contact{person(2, "Ann", 0)},
			[]campaign.Contact{person(7, "Ann", 1)},
			campaign.ListUpdate{Updated: 1},
			[]string{"2 Ann +13125550001 ready"},
		},
		"a number that was lost": {
			[]campaign.Contact{person(2, "Ann", 1)},
			[]campaign.Contact{person(2, "Ann", 0)},
			campaign.ListUpdate{Updated: 1},
			[]string{"2 Ann  skipped quarantine 0"},
		},
		"nobody any more": {
			[]campaign.Contact{person(2, "Ann", 1)}, nil,
			campaign.ListUpdate{Gone: 1, GoneRows: []int{2}},
			[]string{"2 Ann +13125550001 ready"},
		},
		"nobody before": {
			nil, []campaign.Contact{person(5, "Ann", 1)},
			campaign.ListUpdate{Added: 1},
			[]string{"2 Ann +13125550001 ready"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			create(t, db, people(3))
			first := full()
			first.List.Columns = two
			c, err := db.Create(t.Context(), first, test.before)
			must(t, err)
			var steps []step
			for _, r := range test.after {
				steps = append(steps, add(r))
			}
			before := shown(t, db, c.ID)
			for _, dry := range []bool{true, false} {
				if diff := cmp.Diff(test.want, newer(t, db, c, campaign.UpdateOptions{Dry: dry}, two, steps...)); diff != "" {
					t.Errorf("dry %v (-want +got):\n%s", dry, diff)
				}
				if after := shown(t, db, c.ID); dry && cmp.Diff(before, after) != "" {
					t.Errorf("a dry run made it %v", after)
				}
			}
			if diff := cmp.Diff(test.rows, shown(t, db, c.ID)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if got := tally(t, db, c.ID).Total(); got != len(test.rows) {
				t.Errorf("%d are counted", got)
			}
			if n := len(order(t, db, c.ID, campaign.Filter{Sort: campaign.SortName})); n != len(test.rows) {
				t.Errorf("%d names", n)
			}
			db.Removed()
			if n := count(t, db, "SELECT count(*) FROM names"); n != len(test.rows)+3 {
				t.Errorf("%d names in the file", n)
			}
			got, err := db.Campaign(t.Context(), c.ID)
			if err != nil || got.List.File != "newer.csv" || got.List.Hash != "def" {
				t.Errorf("list %+v, %v", got.List, err)
			}
		})
	}
}

// What became of a row's calls stays, whatever the newer file says.
func TestUpdateKeepsHistory(t *testing.T) {
	db := fresh(t)
	var rows []campaign.Contact
	for i := range 7 {
		rows = append(rows, keyed(person(i+2, fmt.Sprint("P", i), i+1), fmt.Sprint("k", i)))
	}
	rows[6] = keyed(person(8, "P6", 0), "k6")
	c, ids := create(t, db, rows)
	reached := begin(t, db, ids[0], "a")
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(reached, "reached"), Status: campaign.Reached, Tried: true}))
	begin(t, db, ids[1], "b")
	busy := begin(t, db, ids[2], "c")
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(busy, "busy"), Status: campaign.Waiting, NextAt: noon, Tried: true}))
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[3], Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDoNotCall}}}))
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[4], Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeExcluded}}}))
	var steps []step
	for i := range 7 {
		n := i + 21
		if i == 4 {
			n = i + 1 // the same number: stays left out
		}
		steps = append(steps, add(keyed(person(i+2, fmt.Sprint("Q", i), n), fmt.Sprint("k", i))))
	}
	u := newer(t, db, c, campaign.UpdateOptions{}, []string{"Name", "Phone"}, steps...)
	if diff := cmp.Diff(campaign.ListUpdate{Updated: 7}, u); diff != "" {
		t.Errorf("update (-want +got):\n%s", diff)
	}
	want := []string{
		"2 Q0 +13125550021 reached", "3 Q1 +13125550022 sending", "4 Q2 +13125550023 ready", "5 Q3 +13125550024 ready",
		"6 Q4 +13125550005 skipped excluded 0", "7 Q5 +13125550026 ready", "8 Q6 +13125550027 ready",
	}
	if diff := cmp.Diff(want, shown(t, db, c.ID)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if got := row(t, db, ids[2]); got.Tries != 1 || !got.NextAt.IsZero() {
		t.Errorf("a retry became %+v", got)
	}
	wantTally := campaign.Tally{campaign.Reached: 1, campaign.Sending: 1, campaign.Ready: 4, campaign.Skipped: 1}
	if diff := cmp.Diff(wantTally, tally(t, db, c.ID)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	if list, err := db.Attempts(t.Context(), c.ID, 0); err != nil || len(list) != 3 || list[0].Number != number(1) {
		t.Errorf("attempts %+v, %v", list, err)
	}
	newest, err := db.Contacts(t.Context(), order(t, db, c.ID, campaign.Filter{Sort: campaign.SortNewest}))
	must(t, err)
	if len(newest) != 7 {
		t.Errorf("%d rows by change", len(newest))
	}
}

// What a newer file says about when a person wants to be called, before whom,
// and whether they agree, counts at once.
func TestUpdateOfWishes(t *testing.T) {
	mornings, late := campaign.EveryDay(6*60, 12*60), campaign.EveryDay(18*60, 22*60)
	with := func(h campaign.Hours, priority int, consent bool) campaign.Contact {
		c := person(2, "Ann", 1)
		c.Hours, c.Priority, c.Consent = h, priority, consent
		return c
	}
	aside := func(c campaign.Contact, why campaign.Reason) campaign.Contact {
		c.Status, c.Why = campaign.Skipped, why
		return c
	}
	unclear := campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemHours, Text: "x"}
	refused, agrees := campaign.Reason{Code: campaign.CodeNoConsent}, with(mornings, 1, true)
	tests := map[string]struct {
		before, after campaign.Contact
		waits         campaign.Code // why the row waits; empty: it does not
		want          campaign.Contact
		same          bool
	}{
		"as it was":                   {agrees, agrees, "", agrees, true},
		"other hours":                 {agrees, with(late, 1, true), "", with(late, 1, true), false},
		"no hours":                    {agrees, with(campaign.Hours{}, 1, true), "", with(campaign.Hours{}, 1, true), false},
		"another priority":            {agrees, with(mornings, -2, true), "", with(mornings, -2, true), false},
		"no consent any more":         {agrees, with(mornings, 1, false), "", with(mornings, 1, false), false},
		"a no":                        {agrees, aside(with(mornings, 1, false), refused), "", aside(with(mornings, 1, false), refused), false},
		"a yes behind a no":           {aside(with(mornings, 1, false), refused), agrees, "", agrees, false},
		"nothing behind a no":         {aside(with(mornings, 1, false), refused), with(mornings, 1, false), "", aside(with(mornings, 1, false), refused), true},
		"not called any more":         {agrees, aside(agrees, campaign.Reason{Code: campaign.CodeDoNotCall}), "", aside(agrees, campaign.Reason{Code: campaign.CodeDoNotCall}), false},
		"unclear now":                 {agrees, aside(with(campaign.Hours{}, 1, true), unclear), "", aside(agrees, unclear), false},
		"clear now":                   {aside(with(campaign.Hours{}, 1, true), unclear), agrees, "", agrees, false},
		"waits for hours of before":   {agrees, with(late, 1, true), campaign.CodeOwnHours, with(late, 1, true), false},
		"waits for consent":           {with(mornings, 1, false), agrees, campaign.CodeLaw, agrees, false},
		"waits for hours of now":      {agrees, agrees, campaign.CodeOwnHours, waiting(agrees, campaign.CodeOwnHours), true},
		"waits for something else":    {agrees, with(late, 1, true), campaign.CodeRetry, waiting(with(late, 1, true), campaign.CodeRetry), false},
		"waits, and nobody knows how": {agrees, aside(with(campaign.Hours{}, 1, true), unclear), campaign.CodeRetry, aside(agrees, unclear), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			c, ids := create(t, db, []campaign.Contact{tt.before})
			if tt.waits != "" {
				must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[0], Status: campaign.Waiting, Why: campaign.Reason{Code: tt.waits}, NextAt: noon}}))
			}
			want := campaign.ListUpdate{Updated: 1}
			if tt.same {
				want = campaign.ListUpdate{Same: 1}
			}
			if diff := cmp.Diff(want, newer(t, db, c, campaign.UpdateOptions{}, two, add(tt.after))); diff != "" {
				t.Errorf("update (-want +got):\n%s", diff)
			}
			got := row(t, db, ids[0])
			got.ID, got.Campaign = 0, 0
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func waiting(c campaign.Contact, why campaign.Code) campaign.Contact {
	c.Status, c.Why, c.NextAt = campaign.Waiting, campaign.Reason{Code: why}, noon
	return c
}

func TestUpdateOfProblemsAndDuplicates(t *testing.T) {
	db := fresh(t)
	problem := func(row int, value string) campaign.CellProblem {
		return campaign.CellProblem{Row: row, Column: "Phone", Kind: campaign.ProblemDecimal, Value: value, Repair: "1"}
	}
	c := imported(t, db,
		add(person(2, "Ann", 1), problem(2, "old")),
		add(person(3, "Bob", 2), problem(3, "kept")), // is gone
		add(person(4, "Cem", 3), problem(4, "mended")))
	again := person(13, "Dan", 4)
	again.Status, again.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 12}
	u := newer(t, db, c, campaign.UpdateOptions{}, []string{"Name", "Phone"},
		add(person(10, "Ann", 1), problem(10, "new"), problem(10, "new too")),
		add(person(11, "Cem", 3)),
		add(person(12, "Dan", 4), problem(12, "added")),
		add(again))
	if diff := cmp.Diff(campaign.ListUpdate{Same: 2, Added: 2, Gone: 1, GoneRows: []int{3}}, u); diff != "" {
		t.Errorf("update (-want +got):\n%s", diff)
	}
	found, err := db.Problems(t.Context(), c.ID, []int{2, 3, 4, 5, 6, 10, 12})
	must(t, err)
	want := []campaign.CellProblem{problem(2, "new"), problem(2, "new too"), problem(3, "kept"), problem(5, "added")}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"2 Ann +13125550001 ready", "3 Bob +13125550002 ready", "4 Cem +13125550003 ready", "5 Dan +13125550004 ready",
		"6 Dan +13125550004 skipped duplicate 5",
	}, shown(t, db, c.ID)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if group, err := db.Duplicates(t.Context(), c.ID, 6); err != nil || len(group) != 2 {
		t.Errorf("%d duplicates, %v", len(group), err)
	}
	ids := order(t, db, c.ID, campaign.Filter{Found: campaign.Found{Kind: campaign.ProblemDecimal}})
	if len(ids) != 3 {
		t.Errorf("%d rows with a problem", len(ids))
	}
	if im, err := db.ImportOf(t.Context(), c.ID); err != nil || im.HeaderRow != 3 {
		t.Errorf("import %+v, %v", im, err)
	}
}

// Columns may be others: what rows say that are gone stays under its heading.
func TestUpdateMovesColumns(t *testing.T) {
	db := fresh(t)
	first := full()
	first.List.Columns = []string{"Name", "Phone", "Note"}
	ann, bob := person(2, "Ann", 1), person(3, "Bob", 2)
	ann.Cells, bob.Cells = []string{"Ann", "1", "x"}, []string{"Bob", "2", "y"}
	c, err := db.Create(t.Context(), first, []campaign.Contact{ann, bob})
	must(t, err)
	ann.Cells = []string{"1", "Chicago", "Ann"}
	newer(t, db, c, campaign.UpdateOptions{ExcludeGone: true}, []string{"Phone", "City", "Name"}, add(ann))
	got, err := db.Campaign(t.Context(), c.ID)
	must(t, err)
	if diff := cmp.Diff([]string{"Phone", "City", "Name", "Note"}, got.List.Columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	rows := rowsOf(t, db, c.ID)
	if diff := cmp.Diff([][]string{{"1", "Chicago", "Ann"}, {"2", "", "Bob", "y"}}, [][]string{rows[0].Cells, rows[1].Cells}); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if rows[1].Status != campaign.Skipped || rows[1].Why.Code != campaign.CodeExcluded || rows[0].Status != campaign.Ready {
		t.Errorf("rows %+v", rows)
	}
}

func TestUpdateThatFailsChangesNothing(t *testing.T) {
	db := fresh(t)
	c, _ := create(t, db, people(5))
	before := shown(t, db, c.ID)
	_, err := db.Update(t.Context(), c, campaign.UpdateOptions{}, func(s contacts.Sink) (contacts.Import, error) {
		return contacts.Import{}, errors.Join(s.Add(person(2, "New", 99), nil), errStop)
	})
	if !errors.Is(err, errStop) {
		t.Errorf("error %v", err)
	}
	must(t, db.Exec(t.Context(), `CREATE TRIGGER refuse BEFORE UPDATE OF name ON contacts WHEN new.name = 'Other' BEGIN SELECT RAISE(ABORT, 'refused'); END`))
	rows := people(6)
	rows[0].Name, rows[4].Name = "Changed", "Other"
	_, err = db.Update(t.Context(), c, campaign.UpdateOptions{}, func(s contacts.Sink) (contacts.Import, error) {
		for _, r := range rows {
			if err := s.Add(r, nil); err != nil {
				return contacts.Import{}, err
			}
		}
		return contacts.Import{}, nil
	})
	if err == nil {
		t.Error("updated with a row that was refused")
	}
	db.Removed()
	if diff := cmp.Diff(before, shown(t, db, c.ID)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if n := count(t, db, "SELECT count(*) + (SELECT count(*) FROM campaigns) FROM contacts"); n != 6 {
		t.Errorf("%d rows and campaigns are left", n)
	}
	if _, err := db.Update(t.Context(), campaign.Campaign{ID: 99}, campaign.UpdateOptions{}, filling()); err == nil {
		t.Error("updated nothing")
	}
}

// A campaign's own rows are not rows of another one.
func TestUpdateIsNotElsewhere(t *testing.T) {
	db := fresh(t)
	c, _ := create(t, db, people(3))
	_, err := db.Update(t.Context(), c, campaign.UpdateOptions{}, func(s contacts.Sink) (contacts.Import, error) {
		im := contacts.Import{Options: contacts.Options{Across: contacts.Across{Running: true}}}
		return im, s.Add(campaign.Contact{Row: 2, Name: "New", Number: phone.Number(number(2)), Status: campaign.Ready}, nil)
	})
	must(t, err)
	for _, r := range rowsOf(t, db, c.ID) {
		if r.Status != campaign.Ready {
			t.Errorf("row %+v", r)
		}
	}
}

func BenchmarkUpdate(b *testing.B) {
	db := fresh(b)
	rows := rowsOfBench(b)
	c, err := db.Import(b.Context(), campaign.Campaign{}, producer{n: rows}.fill)
	must(b, err)
	for b.Loop() {
		started := time.Now()
		u, err := db.Update(b.Context(), c, campaign.UpdateOptions{}, producer{n: rows + rows/100}.fill)
		must(b, err)
		b.Log(u.Updated, u.Added, u.Gone, u.Same, time.Since(started))
	}
}
