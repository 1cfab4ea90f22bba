package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// The gate asks with the time of the attempt, pages with that of the clock:
// these are before and after whatever it shows.
var (
	longAgo  = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	farAhead = time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)
)

func entry(n phone.Number, id campaign.ID, expires time.Time) campaign.DoNotCallEntry {
	return campaign.DoNotCallEntry{Number: n, Campaign: id, Way: campaign.ByHand, Source: "hand", Reason: "asked", Added: longAgo, Expires: expires}
}

// listed stores a list of ranges.
func listed(t testing.TB, db *storage.DB, l campaign.DoNotCallList, replace bool, ranges ...campaign.NumberRange) campaign.DoNotCallList {
	t.Helper()
	got, err := db.ImportDoNotCall(t.Context(), l, replace, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
		for _, r := range ranges {
			if err := add(r.First, r.Last); err != nil {
				return l, err
			}
		}
		return campaign.DoNotCallList{}, nil
	})
	must(t, err)
	return got
}

// Whatever asks about a number must see all that forbids it, and nothing that
// does not.
func TestEveryQuestionSeesTheList(t *testing.T) {
	within := campaign.NumberRange{First: 13125550000, Last: 13125550001}
	tests := map[string]struct {
		forbid  func(db *storage.DB, c campaign.Campaign) error
		blocked bool
	}{
		"nothing": {func(*storage.DB, campaign.Campaign) error { return nil }, false},
		"everywhere": {func(db *storage.DB, _ campaign.Campaign) error {
			return db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{entry(number(1), 0, time.Time{})})
		}, true},
		"in the campaign": {func(db *storage.DB, c campaign.Campaign) error {
			return db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{entry(number(1), c.ID, farAhead)})
		}, true},
		"in another campaign": {func(db *storage.DB, c campaign.Campaign) error {
			return db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{entry(number(1), c.ID+1, farAhead)})
		}, false},
		"not any more": {func(db *storage.DB, _ campaign.Campaign) error {
			return db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{entry(number(1), 0, longAgo)})
		}, false},
		"blocked as before": {func(db *storage.DB, _ campaign.Campaign) error {
			return db.Block(t.Context(), 0, []phone.Number{number(1)}, "x", noon)
		}, true},
		"on a list": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{}, false, within)
			return nil
		}, true},
		"on a list not any more": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{Expires: longAgo}, false, within)
			return nil
		}, false},
		"on a list before others": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{}, false, within, campaign.NumberRange{First: 13125550003, Last: 13125559999})
			return nil
		}, true},
		"beside a list": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{}, false, campaign.NumberRange{First: 1, Last: 13125550000}, campaign.NumberRange{First: 13125550002, Last: 99999999999})
			return nil
		}, false},
		"on the second list": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{}, false, campaign.NumberRange{First: 5, Last: 6})
			listed(t, db, campaign.DoNotCallList{}, false, within)
			return nil
		}, true},
		"on a list that was removed": {func(db *storage.DB, _ campaign.Campaign) error {
			return db.RemoveDoNotCallList(t.Context(), listed(t, db, campaign.DoNotCallList{}, false, within).ID)
		}, false},
		"on a list that was replaced": {func(db *storage.DB, _ campaign.Campaign) error {
			listed(t, db, campaign.DoNotCallList{Source: "a"}, false, within)
			listed(t, db, campaign.DoNotCallList{Source: "a"}, true, campaign.NumberRange{First: 5, Last: 6})
			return nil
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			rows := people(2)
			rows[1].Number, rows[1].Status, rows[1].NextAt = number(1), campaign.Waiting, noon // DueWaiting
			c, ids := create(t, db, rows)
			must(t, test.forbid(db, c))
			due, err := db.Due(t.Context(), c.ID, noon, 5)
			must(t, err)
			if due[0].DoNotCall != test.blocked || due[1].DoNotCall != test.blocked || row(t, db, ids[0]).DoNotCall != test.blocked {
				t.Errorf("waiting %v, ready %v, page %v; want %v", due[0].DoNotCall, due[1].DoNotCall, row(t, db, ids[0]).DoNotCall, test.blocked)
			}
			_, err = db.Begin(t.Context(), intent(row(t, db, ids[0]), "r"))
			if errors.Is(err, campaign.ErrForbidden) != test.blocked {
				t.Errorf("begin: %v", err)
			}
		})
	}
}

func TestEntriesHoldAsLongAsTheLongest(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(1))
	short, long := entry(number(1), 0, noon), entry(number(1), 0, farAhead)
	for _, step := range []struct{ add, want campaign.DoNotCallEntry }{{short, short}, {long, long}, {short, long}, {entry(number(1), 0, time.Time{}), entry(number(1), 0, time.Time{})}, {long, entry(number(1), 0, time.Time{})}} {
		must(t, db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{step.add, {}}))
		got, err := db.DoNotCall(t.Context(), "", campaign.DoNotCallEntry{}, 10)
		must(t, err)
		for i := range got {
			got[i].Added, got[i].Expires = got[i].Added.UTC(), got[i].Expires.UTC()
		}
		if diff := cmp.Diff([]campaign.DoNotCallEntry{step.want}, got); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
	}
	must(t, db.Unblock(t.Context(), number(1)))
	must(t, db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{short}))
	a, err := db.Begin(t.Context(), intent(row(t, db, ids[0]), "r")) // at noon it has ended
	must(t, err)
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, gateway.OutcomeReached), Status: campaign.Reached, OptOut: true}))
	must(t, db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{entry(number(1), 0, time.Time{}), short}))
	got, _, err := db.WhyDoNotCall(t.Context(), number(1))
	must(t, err)
	if len(got) != 1 || got[0].Way != campaign.ByKey || !got[0].Expires.IsZero() {
		t.Errorf("what a person asked for became %+v", got)
	}
	if err := db.RemoveDoNotCall(t.Context(), number(1), 0); !errors.Is(err, campaign.ErrForEver) {
		t.Errorf("taken off: %v", err)
	}
	if !row(t, db, ids[0]).DoNotCall {
		t.Error("it does not count")
	}
}

func TestEntriesPageAndSearch(t *testing.T) {
	db := fresh(t)
	var all []campaign.DoNotCallEntry
	for i := range 25 {
		e := entry(number(i/2), campaign.ID(i%2), time.Time{})
		e.Reason = fmt.Sprintf("Reason %d", i%5)
		all = append(all, e)
	}
	must(t, db.AddDoNotCall(t.Context(), all))
	for search, want := range map[string]int{"": 25, "REASON 3": 5, "hand": 25, "(312) 555-0004": 2, "nothing": 0, "%": 0} {
		got, last := 0, campaign.DoNotCallEntry{}
		for {
			page, err := db.DoNotCall(t.Context(), search, last, 3)
			must(t, err)
			if len(page) == 0 {
				break
			}
			got, last = got+len(page), page[len(page)-1]
		}
		n, err := db.CountDoNotCall(t.Context(), search)
		if got != want || n != want || err != nil {
			t.Errorf("%q: %d in pages, %d counted, want %d; %v", search, got, n, want, err)
		}
	}
	must(t, db.RemoveDoNotCall(t.Context(), number(3), 1))
	must(t, db.RemoveDoNotCall(t.Context(), number(3), 1)) // gone already
	if n, err := db.CountDoNotCall(t.Context(), ""); n != 24 || err != nil {
		t.Errorf("%d are left, %v", n, err)
	}
}

func TestListsAreKept(t *testing.T) {
	db := fresh(t)
	want := campaign.DoNotCallList{
		Kind: campaign.RegistryList, Source: "FTC", File: "/lists/312.txt", Reason: "law", Areas: []string{"312"},
		Dated: noon.Add(-time.Hour), Added: noon, Expires: farAhead,
	}
	got, err := db.ImportDoNotCall(t.Context(), campaign.DoNotCallList{
		Kind: want.Kind, Source: want.Source, File: want.File, Reason: want.Reason, Added: noon, Expires: farAhead,
	}, true, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
		return campaign.DoNotCallList{Areas: want.Areas, Dated: want.Dated}, errors.Join(add(13125550009, 13125550009), add(13125550001, 13125550002))
	})
	must(t, err)
	want.ID, want.Numbers = got.ID, 3
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	lists, err := db.DoNotCallLists(t.Context())
	must(t, err)
	_, with, err := db.WhyDoNotCall(t.Context(), "+13125550009")
	must(t, err)
	_, without, err := db.WhyDoNotCall(t.Context(), "+13125550008")
	must(t, err)
	if len(lists) != 1 || len(with) != 1 || len(without) != 0 || !lists[0].Dated.Equal(want.Dated) || cmp.Diff(lists, with) != "" {
		t.Errorf("lists %+v, with it %+v, without %+v", lists, with, without)
	}
	if got.Stale(noon) || !got.Stale(noon.Add(31*24*time.Hour)) || !got.Counts(noon) || got.Counts(farAhead) {
		t.Error("its age is not told")
	}
}

func TestWhatIsNoRangeIsRefused(t *testing.T) {
	db := fresh(t)
	for _, r := range []campaign.NumberRange{{First: 3, Last: 2}, {First: 0, Last: 2}, {First: 1, Last: 1_000_000_000_000_000}} {
		_, err := db.ImportDoNotCall(t.Context(), campaign.DoNotCallList{}, false, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			return campaign.DoNotCallList{}, add(r.First, r.Last)
		})
		if err == nil {
			t.Errorf("took %d to %d", r.First, r.Last)
		}
	}
	if lists, err := db.DoNotCallLists(t.Context()); err != nil || len(lists) != 0 {
		t.Errorf("lists %v, %v", lists, err)
	}
}

// What a change list says of a list is what a set of numbers says.
func TestChangesOfAList(t *testing.T) {
	db := fresh(t)
	random := rand.New(rand.NewPCG(3, 4))
	some := func(n int) []campaign.NumberRange {
		var list []campaign.NumberRange
		for range n {
			first := 1 + random.Uint64N(400)
			list = append(list, campaign.NumberRange{First: first, Last: first + random.Uint64N(4)})
		}
		return list
	}
	each := func(list []campaign.NumberRange, do func(n uint64)) {
		for _, r := range list {
			for n := r.First; n <= r.Last; n++ {
				do(n)
			}
		}
	}
	for range 20 {
		before, added, dropped := some(40), some(15), some(15)
		want := map[uint64]bool{}
		each(before, func(n uint64) { want[n] = true })
		each(dropped, func(n uint64) { delete(want, n) })
		each(added, func(n uint64) { want[n] = true })
		l := listed(t, db, campaign.DoNotCallList{Source: "a", Areas: []string{"312"}}, true, before...)
		got, err := db.ChangeDoNotCall(t.Context(), l.ID, func(add, drop func(first, last uint64) error) (campaign.DoNotCallList, error) {
			var errs error
			for _, r := range dropped {
				errs = errors.Join(errs, drop(r.First, r.Last))
			}
			for _, r := range added {
				errs = errors.Join(errs, add(r.First, r.Last))
			}
			return campaign.DoNotCallList{Dated: noon, Areas: []string{"217"}}, errs
		})
		must(t, err)
		if got.Numbers != len(want) || !got.Dated.Equal(noon) || cmp.Diff([]string{"217", "312"}, got.Areas) != "" {
			t.Errorf("list %+v, want %d numbers", got, len(want))
		}
		for n := range want {
			if _, on, err := db.WhyDoNotCall(t.Context(), phone.Number(fmt.Sprint("+", n))); err != nil || len(on) != 1 || on[0].ID != got.ID {
				t.Fatalf("%d is on %v, %v", n, on, err)
			}
		}
	}
	lists, err := db.DoNotCallLists(t.Context())
	if err != nil || len(lists) != 1 {
		t.Errorf("%d lists, %v", len(lists), err)
	}
	if _, err := db.ChangeDoNotCall(t.Context(), 1<<40, nil); err == nil {
		t.Error("changed what is not there")
	}
	_, err = db.ChangeDoNotCall(t.Context(), lists[0].ID, func(_, drop func(first, last uint64) error) (campaign.DoNotCallList, error) {
		return campaign.DoNotCallList{}, errors.Join(drop(1, 500), errStop)
	})
	after, failed := db.DoNotCallLists(t.Context())
	if !errors.Is(err, errStop) || failed != nil || cmp.Diff(lists, after) != "" {
		t.Errorf("a change that failed: %v, %v", err, after)
	}
}

func TestImportOfNumbersIsAllOrNothing(t *testing.T) {
	failed := errors.New("line 3 is not a number")
	for name, mixed := range map[string]uint64{"sorted": 2, "mixed": 7919} {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			listed(t, db, campaign.DoNotCallList{Source: "a"}, false, campaign.NumberRange{First: 1, Last: 1})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			for _, end := range []func() error{func() error { return failed }, func() error { cancel(); return nil }} {
				_, err := db.ImportDoNotCall(ctx, campaign.DoNotCallList{Source: "a"}, true, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
					for i := range uint64(25_000) { // more than one load
						n := 13120000000 + i*mixed%600_000
						if err := add(n, n); err != nil {
							return campaign.DoNotCallList{}, err
						}
					}
					return campaign.DoNotCallList{}, end()
				})
				if err == nil {
					t.Error("stored")
				}
			}
			db.Removed()
			lists, err := db.DoNotCallLists(t.Context())
			must(t, err)
			if n := count(t, db, "SELECT count(*) + (SELECT count(*) FROM do_not_call_lists) FROM do_not_call_ranges"); n != 2 || len(lists) != 1 {
				t.Errorf("%d lists, %d rows in all", len(lists), n)
			}
		})
	}
}

func TestRemovedListTakesNoRoom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rollcall.db")
	db := open(t, path)
	l := listed(t, db, campaign.DoNotCallList{}, false, campaign.NumberRange{First: 1, Last: 1})
	must(t, db.RemoveDoNotCallList(t.Context(), l.ID))
	if err := db.RemoveDoNotCallList(t.Context(), l.ID); err == nil {
		t.Error("removed twice")
	}
	db.Removed()
	left := listed(t, db, campaign.DoNotCallList{}, false, campaign.NumberRange{First: 1, Last: 1})
	must(t, db.Exec(t.Context(), fmt.Sprintf("UPDATE do_not_call_lists SET hidden = TRUE WHERE id = %d", left.ID)))
	must(t, db.Close())
	db = open(t, path)
	defer db.Close()
	db.Removed()
	if n := count(t, db, "SELECT count(*) + (SELECT count(*) FROM do_not_call_lists) FROM do_not_call_ranges"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// Ranges of any kind in any order are those of a plain set of numbers.
func TestRangesAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []campaign.NumberRange
		want := map[uint64]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "ranges") {
			first := rapid.Uint64Range(1, 300).Draw(t, "first")
			last := first + rapid.Uint64Range(0, 9).Draw(t, "length")
			list = append(list, campaign.NumberRange{First: first, Last: last})
			for n := first; n <= last; n++ {
				want[n] = true
			}
		}
		got, _, err := storage.SortRanges(list)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range got {
			if r.Last < r.First || (i > 0 && r.First <= got[i-1].Last+1) {
				t.Fatalf("%v after %v", r, got[:i])
			}
			for n := r.First; n <= r.Last; n++ {
				if !want[n] {
					t.Fatalf("%d is not in %v", n, list)
				}
				delete(want, n)
			}
		}
		if len(want) > 0 {
			t.Fatalf("%v are lost of %v", want, list)
		}
	})
}

func TestRangesThatAreNot(t *testing.T) {
	for _, r := range []campaign.NumberRange{{First: 0, Last: 1}, {First: 2, Last: 1}, {First: 1, Last: 1 << 60}} {
		if _, _, err := storage.SortRanges([]campaign.NumberRange{r}); err == nil {
			t.Errorf("took %v", r)
		}
	}
	if _, kept, err := storage.SortRanges([]campaign.NumberRange{{First: 1, Last: 1}, {First: 1, Last: 3}, {First: 4, Last: 4}, {First: 9, Last: 9}}); kept || err != nil {
		t.Errorf("a sorted list was kept in memory: %v", err)
	}
}

// BenchmarkDoNotCall is what the list costs a row that is due, and how long a
// list of ten million takes.
func BenchmarkDoNotCall(b *testing.B) {
	db := fresh(b)
	numbers := rowsOfBench(b) * 10
	fill := func(next func() uint64) storage.FillNumbers {
		return func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			for range numbers {
				n := next()
				if err := add(n, n); err != nil {
					return campaign.DoNotCallList{}, err
				}
			}
			return campaign.DoNotCallList{}, nil
		}
	}
	c, _ := create(b, db, manyPeople(50_000))
	due := func(b *testing.B) {
		for b.Loop() {
			if rows, err := db.Due(b.Context(), c.ID, noon, 1000); err != nil || len(rows) != 1000 {
				b.Fatal(len(rows), err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/row")
	}
	b.Run("DueWithoutLists", due)
	random := rand.New(rand.NewPCG(1, 2))
	at := uint64(12_000_000_000)
	for name, next := range map[string]func() uint64{
		"Sorted": func() uint64 { at += 2; return at },
		"Mixed":  func() uint64 { return 12_000_000_000 + random.Uint64N(5_000_000_000) },
	} {
		b.Run("Import"+name, func(b *testing.B) {
			for b.Loop() {
				at = 12_000_000_000
				_, err := db.ImportDoNotCall(b.Context(), campaign.DoNotCallList{Source: name}, true, fill(next))
				must(b, err)
			}
			b.ReportMetric(float64(b.N)*float64(numbers)/b.Elapsed().Seconds(), "numbers/s")
		})
	}
	db.Removed()
	b.Run("Due", due)
}
