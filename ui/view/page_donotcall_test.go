package view_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/ui/view"
)

// numbers is a store of numbers in memory.
type numbers struct {
	lacking
	*campaigntest.Shelf
}

func (n *numbers) Close() error { return nil }

// listOffice is an office with a list of each kind.
func listOffice(t *testing.T, now time.Time) (*view.Office, *numbers) {
	t.Helper()
	n := &numbers{Shelf: &campaigntest.Shelf{}}
	o := &view.Office{Store: n}
	n.Entries = []campaign.DoNotCallEntry{
		{Number: "+13125550155", Way: campaign.ByKey, Added: now.Add(-time.Hour)},
		{Number: "+16175550109", Way: campaign.ByHand, Reason: "Complaint", Added: now.Add(-2 * time.Hour)},
		{Number: "+16175550133", Way: campaign.ByImport, Source: "/x/removals.csv", Added: now.Add(-3 * time.Hour), Expires: now.Add(-time.Minute)},
	}
	for _, l := range []campaign.DoNotCallList{
		{Kind: campaign.RegistryList, Source: "national.txt", File: "/x/national.txt", Areas: []string{"312", "617"}, Dated: now.AddDate(0, 0, -27), Added: now.AddDate(0, 0, -27), Expires: now.AddDate(0, 0, 4)},
		{Kind: campaign.PlainList, Source: "Added by hand", Reason: "Staff", Added: now.AddDate(0, 0, -1)},
	} {
		_, err := n.ImportDoNotCall(t.Context(), l, false, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			if l.File == "" {
				return l, add(12065550100, 12065550109)
			}
			for i := range uint64(1000) {
				if err := add(13125550000+2*i, 13125550000+2*i); err != nil {
					return l, err
				}
			}
			return l, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return o, n
}

// listPage is the page with what a search finds.
func listPage(t *testing.T, o *view.Office, search string, chip view.DoNotCallChip) *view.DoNotCallPage {
	t.Helper()
	counts, err := o.DoNotCall(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := &view.DoNotCallPage{Region: "US", Search: search, Chip: chip}
	p.Take(counts)
	found, err := o.FindDoNotCall(t.Context(), *p)
	if err != nil {
		t.Fatal(err)
	}
	p.On = found.Lists
	p.Single.Replace(p.Single.Ask(), found.Keys, found.N)
	for {
		page, from, asked, missing := p.Single.Missing(0, found.N)
		if !missing {
			return p
		}
		rows, err := o.Store.DoNotCallFrom(t.Context(), p.Filter(), from, view.MarkPage)
		if err != nil {
			t.Fatal(err)
		}
		p.Single.Put(asked, page, rows)
	}
}

func shownNumbers(p *view.DoNotCallPage, now time.Time) []string {
	var shown []string
	for i := range p.Len() {
		row, loaded := p.Row(i, now)
		if !loaded {
			row.Number = "not loaded"
		}
		shown = append(shown, row.Number)
	}
	return shown
}

func TestDoNotCallShowsListsAsALineEachThenNumbers(t *testing.T) {
	now := morning()
	o, _ := listOffice(t, now)
	p := listPage(t, o, "", view.DoNotCallChips()[0])
	want := []view.DoNotCallRow{
		{Number: "(206) 555-0100 to 0109", Why: "Staff", From: "Added by hand", Added: "23 Nov 2026", Until: "For ever"},
		{Number: "1,000 numbers", Why: "National list, area codes 312 and 617", From: "national.txt", Added: "28 Oct 2026", Until: "28 Nov 2026", List: true},
		{Number: "(312) 555-0155", Why: "Asked on the phone", From: "A call", Added: "24 Nov 2026", Until: "For ever"},
		{Number: "(617) 555-0109", Why: "Complaint", From: "Added by hand", Added: "24 Nov 2026", Until: "For ever"},
		{Number: "(617) 555-0133", Why: "–", From: "removals.csv", Added: "24 Nov 2026", Until: "Ended 24 Nov 2026", Over: true},
	}
	var got []view.DoNotCallRow
	for i := range p.Len() {
		row, _ := p.Row(i, now)
		got = append(got, row)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var counts []int
	for _, chip := range view.DoNotCallChips() {
		counts = append(counts, p.Number(chip))
	}
	if diff := cmp.Diff([]int{1013, 1, 11, 1001}, counts); diff != "" {
		t.Error(diff)
	}
	if got := p.Foot(); got != "1,013 numbers, newest first" {
		t.Error(got)
	}
}

func TestDoNotCallFindsNumbersHoweverTheyAreWritten(t *testing.T) {
	now := morning()
	o, _ := listOffice(t, now)
	all := view.DoNotCallChips()
	tests := map[string]struct {
		search string
		chip   int
		want   []string
	}{
		"national":         {"(617) 555-0109", 0, []string{"(617) 555-0109"}},
		"international":    {"+1 617.555.0109", 0, []string{"(617) 555-0109"}},
		"part":             {"555 01", 0, []string{"(312) 555-0155", "(617) 555-0109", "(617) 555-0133"}},
		"within a list":    {"312 555 0156", 0, []string{"1,000 numbers"}},
		"not on it":        {"312 555 0157", 0, nil},
		"within a range":   {"206-555-0105", 0, []string{"(206) 555-0100 to 0109"}},
		"a reason":         {"Staff", 0, []string{"(206) 555-0100 to 0109"}},
		"a list's file":    {"NATIONAL", 0, []string{"1,000 numbers"}},
		"by hand only":     {"", 2, []string{"(206) 555-0100 to 0109", "(617) 555-0109"}},
		"imported only":    {"", 3, []string{"1,000 numbers", "(617) 555-0133"}},
		"another way only": {"Complaint", 1, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := listPage(t, o, tt.search, all[tt.chip])
			if diff := cmp.Diff(tt.want, shownNumbers(p, now)); diff != "" {
				t.Error(diff)
			}
			if title, _ := p.Nobody(); (tt.want == nil) != (title != "No number came on the list this way" && p.Len() == 0) {
				t.Errorf("said %q", title)
			}
		})
	}
}

func TestNothingOnTheListIsSaid(t *testing.T) {
	p := listPage(t, &view.Office{Store: &numbers{Shelf: &campaigntest.Shelf{}}}, "", view.DoNotCallChips()[0])
	if title, more := p.Nobody(); title != "Nobody is on the list yet" || more == "" || !p.Nothing() {
		t.Errorf("%q, %q", title, more)
	}
}

func TestSearchInAListGoesToTheNumber(t *testing.T) {
	now := morning()
	o, _ := listOffice(t, now)
	p := listPage(t, o, "", view.DoNotCallChips()[0])
	l, is := p.List(1)
	if !is || l.Typed() {
		t.Fatal("row 1 is no list")
	}
	p.Into = &l
	marks, n, err := o.Store.RangeMarks(t.Context(), l.ID, view.MarkPage)
	if err != nil || !p.Ranges.Replace(p.Ranges.Ask(), marks, n) {
		t.Fatal(err)
	}
	for search, want := range map[string]uint64{
		"": 0, "words": 0, "(312) 555-0156": 13125550156, "312 555 1": 13125551000, "+1312555": 13125550000, "31255512345678": 13125551234,
	} {
		p.Search = search
		if got := p.Seeks(); got != want {
			t.Errorf("%q seeks %d, want %d", search, got, want)
		}
	}
	if p.Len() != 1000 || p.Foot() != "1,000 numbers, by number" {
		t.Errorf("%d rows, %q", p.Len(), p.Foot())
	}
	if name, more := p.Inside(now); name != "national.txt" || more != "1,000 numbers. It counts until 28 Nov 2026." {
		t.Errorf("%q, %q", name, more)
	}
}

func TestListsAreWarnedOf(t *testing.T) {
	now := morning()
	tests := map[string]struct {
		list campaign.DoNotCallList
		want string
	}{
		"national, soon":   {campaign.DoNotCallList{Kind: campaign.RegistryList, Dated: now.AddDate(0, 0, -27), Expires: now.AddDate(0, 0, 4)}, "The national list is 27 days old. It counts for 31 days. Import a newer one by 28 Nov 2026."},
		"national, later":  {campaign.DoNotCallList{Kind: campaign.RegistryList, Dated: now.AddDate(0, 0, -10), Expires: now.AddDate(0, 0, 21)}, ""},
		"national, stale":  {campaign.DoNotCallList{Kind: campaign.RegistryList, Dated: now.AddDate(0, 0, -40)}, "The list a.txt is older than 31 days. It still counts. Import a newer one before anybody is called by it."},
		"ended":            {campaign.DoNotCallList{Kind: campaign.PlainList, Expires: now.AddDate(0, 0, -2)}, "The list a.txt has ended. Its numbers may be called again since 22 Nov 2026. Import a newer one."},
		"ended long ago":   {campaign.DoNotCallList{Kind: campaign.PlainList, Expires: now.AddDate(-1, 0, 0)}, ""},
		"plain, soon":      {campaign.DoNotCallList{Kind: campaign.PlainList, Expires: now.AddDate(0, 0, 3)}, "The list a.txt ends soon. It counts until 27 Nov 2026. Import a newer one by then."},
		"plain, for ever":  {campaign.DoNotCallList{Kind: campaign.PlainList}, ""},
		"typed in, ending": {campaign.DoNotCallList{Kind: campaign.PlainList, Expires: now.AddDate(0, 0, 1)}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			l := view.ListLine{DoNotCallList: tt.list}
			if name != "typed in, ending" {
				l.File, l.Source = "/x/a.txt", "a.txt"
			}
			p := &view.DoNotCallPage{}
			p.Take(view.DoNotCallCounts{Lists: []view.ListLine{l}})
			got := ""
			if w, due := p.Warning(now); due {
				got = w.Head + " " + w.More
			}
			if got != tt.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestWhyANumberIsNotCalled(t *testing.T) {
	now := morning()
	o, n := listOffice(t, now)
	n.Entries = append(n.Entries, campaign.DoNotCallEntry{Number: "+13125550001", Campaign: 4, Way: campaign.ByKey, Added: now})
	for number, want := range map[phone.Number]view.WhyNumber{
		"+13125550155": {Why: []string{"The person asked for it on the phone on 24 Nov 2026. That stays."}},
		"+13125550156": {Why: []string{"On the list national.txt, brought in on 28 Oct 2026. It counts until 28 Nov 2026."}},
		"+12065550104": {Why: []string{"In a range that was added by hand on 23 Nov 2026."}},
		"+16175550133": {Free: true, Why: []string{"From removals.csv, brought in on 24 Nov 2026. It ended on 24 Nov 2026 and does not count any more."}},
		"+13125550001": {Free: true, Why: []string{"Asked for it in a practice call on 24 Nov 2026: that counts in that campaign only."}},
		"+13125550003": {Free: true},
	} {
		got, err := o.WhyNot(context.Background(), number, now)
		if err != nil {
			t.Fatal(err)
		}
		want.Number = number
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", number, diff)
		}
	}
}
