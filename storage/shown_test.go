package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// walk reads all entries that f keeps, page by page from their marks.
func walk(t testing.TB, db *storage.DB, f campaign.DoNotCallFilter, every int) (all []campaign.DoNotCallSaid, n int) {
	t.Helper()
	marks, n, err := db.DoNotCallMarks(t.Context(), f, every)
	must(t, err)
	for _, mark := range marks {
		page, err := db.DoNotCallFrom(t.Context(), f, mark, every)
		must(t, err)
		all = append(all, page...)
	}
	return all, n
}

func TestEntriesAreShownNewestFirstAndEachOnce(t *testing.T) {
	db := fresh(t)
	var entries []campaign.DoNotCallEntry
	for i := range 53 {
		e := entry(number(i), campaign.ID(i%2), time.Time{})
		e.Added = noon.Add(time.Duration(i/10) * time.Minute) // many of one time
		entries = append(entries, e)
	}
	must(t, db.AddDoNotCall(t.Context(), entries))
	for _, every := range []int{1, 7, 10, 53, 100} {
		got, n := walk(t, db, campaign.DoNotCallFilter{}, every)
		if n != 53 || len(got) != 53 {
			t.Fatalf("every %d: %d of %d", every, len(got), n)
		}
		sorted := slices.IsSortedFunc(got, func(a, b campaign.DoNotCallSaid) int {
			if c := b.Added.Compare(a.Added); c != 0 {
				return c
			}
			return cmpText(string(a.Number), string(b.Number))
		})
		if !sorted {
			t.Errorf("every %d: not the newest first", every)
		}
	}
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

func TestEntriesAreFound(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(2))
	optedOut(t, db, ids[0])
	hand := entry(number(7), 0, time.Time{})
	hand.Reason = "Complaint by letter"
	imported := campaign.DoNotCallEntry{Number: number(8), Way: campaign.ByImport, Source: "removals.csv", Added: noon}
	must(t, db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{hand, imported}))
	tests := map[string]struct {
		filter campaign.DoNotCallFilter
		want   []phone.Number
	}{
		"all":             {campaign.DoNotCallFilter{}, []phone.Number{number(1), number(8), number(7)}},
		"by key":          {campaign.DoNotCallFilter{Way: campaign.ByKey}, []phone.Number{number(1)}},
		"by hand":         {campaign.DoNotCallFilter{Way: campaign.ByHand}, []phone.Number{number(7)}},
		"digits":          {campaign.DoNotCallFilter{Digits: "5550008"}, []phone.Number{number(8)}},
		"a reason":        {campaign.DoNotCallFilter{Search: "LETTER"}, []phone.Number{number(7)}},
		"a source":        {campaign.DoNotCallFilter{Search: "removals"}, []phone.Number{number(8)}},
		"a campaign":      {campaign.DoNotCallFilter{Search: "appoint"}, []phone.Number{number(1)}},
		"not in that way": {campaign.DoNotCallFilter{Search: "letter", Way: campaign.ByKey}, nil},
		"nothing":         {campaign.DoNotCallFilter{Search: "nobody"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, n := walk(t, db, tt.filter, 2)
			var numbers []phone.Number
			for _, e := range got {
				numbers = append(numbers, e.Number)
				if want := map[bool]string{true: c.Name}[e.Way == campaign.ByKey]; e.In != want {
					t.Errorf("%s was said in %q", e.Number, e.In)
				}
			}
			if diff := cmp.Diff(tt.want, numbers); diff != "" || n != len(tt.want) {
				t.Errorf("%d: %s", n, diff)
			}
		})
	}
	ways, err := db.CountByWay(t.Context())
	must(t, err)
	if diff := cmp.Diff(map[campaign.DoNotCallWay]int{campaign.ByKey: 1, campaign.ByHand: 1, campaign.ByImport: 1}, ways); diff != "" {
		t.Error(diff)
	}
}

// optedOut is a call in which the person asked not to be called again.
func optedOut(t testing.TB, db *storage.DB, id campaign.ContactID) {
	t.Helper()
	a := ended(begin(t, db, id, fmt.Sprint("optout", id)), gateway.OutcomeReached)
	a.Answers = []gateway.Answer{{Name: "optout", Value: "true"}}
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true, OptOut: true}))
}

func TestListIsShownByItsRanges(t *testing.T) {
	db := fresh(t)
	var ranges []campaign.NumberRange
	for i := range uint64(25) {
		ranges = append(ranges, campaign.NumberRange{First: 13125550000 + 10*i, Last: 13125550000 + 10*i + i%3})
	}
	l := listed(t, db, campaign.DoNotCallList{Source: "a"}, false, ranges...)
	listed(t, db, campaign.DoNotCallList{Source: "b"}, false, campaign.NumberRange{First: 1, Last: 2})
	marks, n, err := db.RangeMarks(t.Context(), l.ID, 10)
	must(t, err)
	if n != 25 || len(marks) != 3 {
		t.Fatalf("%d ranges, %d marks", n, len(marks))
	}
	var got []campaign.NumberRange
	for _, mark := range marks {
		page, err := db.RangesFrom(t.Context(), l.ID, mark, 10)
		must(t, err)
		got = append(got, page...)
	}
	if diff := cmp.Diff(ranges, got); diff != "" {
		t.Error(diff)
	}
	for number, want := range map[uint64]int{0: 0, 13125550011: 1, 13125550012: 2, 13125550020: 2, 99999999999: 25} {
		at, err := db.RangesBefore(t.Context(), l.ID, number)
		must(t, err)
		if at != want {
			t.Errorf("%d stands at %d, want %d", number, at, want)
		}
	}
}

// doubted leaves a row in doubt.
func doubted(t testing.TB, db *storage.DB, id campaign.ContactID) campaign.Attempt {
	t.Helper()
	a := begin(t, db, id, fmt.Sprint("doubt", id))
	must(t, db.Queued(t.Context(), a.ID, gateway.ReqID(id), noon))
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Doubt, Why: campaign.Reason{Code: campaign.CodeVanished}, KeepOpen: true}))
	return a
}

func TestWhatIsInDoubtOfAllCampaigns(t *testing.T) {
	db := fresh(t)
	_, first := create(t, db, people(3))
	_, second := create(t, db, []campaign.Contact{{Row: 2, Number: number(90), Status: campaign.Ready}})
	a, b := doubted(t, db, first[1]), doubted(t, db, second[0])
	begin(t, db, first[0], "under way")
	ids, err := db.InDoubt(t.Context())
	must(t, err)
	if diff := cmp.Diff([]campaign.ContactID{second[0], first[1]}, ids); diff != "" {
		t.Error(diff)
	}
	open, err := db.OpenOf(t.Context(), ids)
	must(t, err)
	if len(open) != 2 || open[0].ID != a.ID || open[1].ID != b.ID {
		t.Errorf("%+v", open)
	}
	count := func() int {
		n, err := db.CountDoubts(t.Context())
		must(t, err)
		return n
	}
	if n := count(); n != 2 {
		t.Errorf("%d in doubt", n)
	}
	if _, err := db.Rule(t.Context(), ids[:1], campaign.RuledCalled, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 1 {
		t.Errorf("after one was decided, %d", n)
	}
}

// reach is a call to a row that was answered so.
func reach(t testing.TB, db *storage.DB, id campaign.ContactID, at time.Time, answers ...gateway.Answer) {
	t.Helper()
	in := intent(row(t, db, id), fmt.Sprint("call", id))
	in.Begun = at
	a, err := db.Begin(t.Context(), in)
	must(t, err)
	a = ended(a, gateway.OutcomeReached)
	a.Ended, a.Answers = at.Add(time.Minute), answers
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true}))
}

func TestAnswersAreCountedByPeople(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(5))
	one := gateway.Answer{Name: "reply", Value: "1"}
	reach(t, db, ids[0], noon, one, one) // asked twice, one person
	reach(t, db, ids[1], noon, one, gateway.Answer{Name: "day", Value: "Mon"})
	reach(t, db, ids[2], noon, gateway.Answer{Value: "1"})
	reach(t, db, ids[3], noon)
	given, silent, err := db.AnswersOf(t.Context(), c.ID)
	must(t, err)
	slices.SortFunc(given, func(a, b campaign.Given) int { return cmpText(a.Name+a.Value, b.Name+b.Value) })
	want := []campaign.Given{
		{Answer: gateway.Answer{Value: "1"}, People: 1},
		{Answer: gateway.Answer{Name: "day", Value: "Mon"}, People: 1},
		{Answer: one, People: 2},
	}
	if diff := cmp.Diff(want, given); diff != "" || silent != 1 {
		t.Errorf("%d without an answer; %s", silent, diff)
	}
	for _, tt := range []struct {
		answer gateway.Answer
		want   []campaign.ContactID
	}{{one, ids[:2]}, {gateway.Answer{Value: "1"}, ids[2:3]}, {gateway.Answer{}, ids[3:4]}, {gateway.Answer{Name: "reply", Value: "2"}, []campaign.ContactID{}}} {
		got, err := db.Answered(t.Context(), c.ID, tt.answer)
		must(t, err)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%+v: %s", tt.answer, diff)
		}
	}
}

func TestCallsAreCountedByTheirQuarter(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(5))
	reach(t, db, ids[0], noon)
	reach(t, db, ids[1], noon.Add(14*time.Minute))
	reach(t, db, ids[2], noon.Add(15*time.Minute))
	undialled := ended(begin(t, db, ids[3], "expired"), gateway.OutcomeExpired)
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: undialled, Status: campaign.Ready, Missed: true}))
	busy := ended(begin(t, db, ids[3], "busy"), gateway.OutcomeBusy)
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: busy, Status: campaign.Waiting, NextAt: noon.Add(time.Hour), Tried: true}))
	begin(t, db, ids[4], "under way")
	got, err := db.CallsByTime(t.Context(), c.ID)
	must(t, err)
	want := []campaign.Slot{
		{Begin: noon, Calls: campaign.Tally{campaign.Reached: 2, campaign.Unreached: 1}},
		{Begin: noon.Add(15 * time.Minute), Calls: campaign.Tally{campaign.Reached: 1}},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkShown is what the pages ask of a list of a million numbers and of a
// million single entries.
func BenchmarkShown(b *testing.B) {
	db := fresh(b)
	l := listed(b, db, campaign.DoNotCallList{Source: "national"}, false, everyOther(million)...)
	entries := make([]campaign.DoNotCallEntry, million)
	for i := range entries {
		entries[i] = campaign.DoNotCallEntry{Number: phone.Number(fmt.Sprintf("+1%010d", 2_000_000_000+i*7919%1_000_000_007)), Way: campaign.ByHand, Added: noon.Add(time.Duration(i%86_400) * time.Second)}
	}
	must(b, db.AddDoNotCall(b.Context(), entries))
	const every = 400
	marks, n, err := db.DoNotCallMarks(b.Context(), campaign.DoNotCallFilter{}, every)
	must(b, err)
	ranges, _, err := db.RangeMarks(b.Context(), l.ID, every)
	must(b, err)
	if n != million || len(ranges) != million/every {
		b.Fatal(n, len(ranges))
	}
	page := func(err error, got int) {
		if err != nil || got != every {
			b.Fatal(got, err)
		}
	}
	for name, do := range map[string]func(){
		"Marks": func() { _, _, err := db.DoNotCallMarks(b.Context(), campaign.DoNotCallFilter{}, every); must(b, err) },
		"MarksByWay": func() {
			_, _, err := db.DoNotCallMarks(b.Context(), campaign.DoNotCallFilter{Way: campaign.ByKey}, every)
			must(b, err)
		},
		"MarksFound": func() {
			_, _, err := db.DoNotCallMarks(b.Context(), campaign.DoNotCallFilter{Digits: "777"}, every)
			must(b, err)
		},
		"LastPage": func() {
			got, err := db.DoNotCallFrom(b.Context(), campaign.DoNotCallFilter{}, marks[len(marks)-1], every)
			page(err, len(got))
		},
		"RangeMarks": func() { _, _, err := db.RangeMarks(b.Context(), l.ID, every); must(b, err) },
		"LastRangesPage": func() {
			got, err := db.RangesFrom(b.Context(), l.ID, ranges[len(ranges)-1], every)
			page(err, len(got))
		},
		"Find":       func() { _, err := db.RangesBefore(b.Context(), l.ID, 13125550000+million); must(b, err) },
		"CountByWay": func() { _, err := db.CountByWay(b.Context()); must(b, err) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				do()
			}
		})
	}
}

func everyOther(n int) []campaign.NumberRange {
	ranges := make([]campaign.NumberRange, n)
	for i := range ranges {
		ranges[i] = campaign.NumberRange{First: 13125550000 + 2*uint64(i), Last: 13125550000 + 2*uint64(i)}
	}
	return ranges
}
