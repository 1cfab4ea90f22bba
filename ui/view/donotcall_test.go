package view_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// numberFile is a file of numbers in memory.
type numberFile struct {
	rows    []campaign.NumberRow
	list    campaign.DoNotCallList
	changes bool
	at      int
}

func (f *numberFile) Next() (campaign.NumberRow, error) {
	if f.at == len(f.rows) {
		return campaign.NumberRow{}, io.EOF
	}
	f.at++
	return f.rows[f.at-1], nil
}

func (f *numberFile) List() campaign.DoNotCallList { return f.list }
func (f *numberFile) Changes() bool                { return f.changes }
func (f *numberFile) Close() error                 { f.at = 0; return nil }

func says(first, last uint64) campaign.NumberRow {
	return campaign.NumberRow{Range: campaign.NumberRange{First: first, Last: last}}
}

// blocks is a store of lists of numbers.
type blocks struct {
	lacking
	lists    []campaign.DoNotCallList
	added    []campaign.NumberRange
	dropped  []campaign.NumberRange
	replaced bool
}

func (b *blocks) Close() error { return nil }

func (b *blocks) DoNotCallLists(context.Context) ([]campaign.DoNotCallList, error) {
	return b.lists, nil
}

func (b *blocks) ImportDoNotCall(_ context.Context, l campaign.DoNotCallList, replace bool, fill view.FillNumbers) (campaign.DoNotCallList, error) {
	b.replaced = replace
	found, err := fill(func(first, last uint64) error {
		b.added = append(b.added, campaign.NumberRange{First: first, Last: last})
		return nil
	})
	l.Areas, l.Numbers = found.Areas, len(b.added)
	return l, err
}

func (b *blocks) ChangeDoNotCall(_ context.Context, _ campaign.DoNotCallListID, change view.ChangeNumbers) (campaign.DoNotCallList, error) {
	return change(
		func(first, last uint64) error {
			b.added = append(b.added, campaign.NumberRange{First: first, Last: last})
			return nil
		},
		func(first, last uint64) error {
			b.dropped = append(b.dropped, campaign.NumberRange{First: first, Last: last})
			return nil
		})
}

// blocking is an office whose number files are all f; nil: they are none.
func blocking(t *testing.T, b *blocks, f *numberFile) *view.Office {
	t.Helper()
	list, _ := office(t, cells("Odwin", "(312) 555-0123", ""), cells("Corin", "none", ""), cells("Tamsin", "617 555 0142", ""))
	list.Store = b
	list.App().OpenNumbers = func(context.Context, string) (campaign.NumberRows, error) {
		if f == nil {
			return nil, &campaign.FileError{Fault: campaign.FaultFormat}
		}
		return f, nil
	}
	return list
}

func TestASpreadsheetOfNumbersIsTakenIn(t *testing.T) {
	b := &blocks{}
	r, err := blocking(t, b, nil).ImportDoNotCall(t.Context(), view.BlockSource{Path: "/lists/removals.xlsx", Replace: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []campaign.NumberRange{{First: 13125550123, Last: 13125550123}, {First: 16175550142, Last: 16175550142}}
	if diff := cmp.Diff(want, b.added); diff != "" || !b.replaced {
		t.Error(diff)
	}
	if r.List.Source != "removals.xlsx" || r.Refused != 1 || r.Problems[0].Row != 3 {
		t.Errorf("%+v", r)
	}
	if got := strings.Join(view.RefusedWords(r), " "); !strings.Contains(got, "1 line is no number and forbids nothing") || !strings.Contains(got, "line 3: none") {
		t.Error(got)
	}
}

func TestARegistryHoldsForAMonth(t *testing.T) {
	dated := time.Date(2026, 10, 28, 0, 0, 0, 0, time.UTC)
	f := &numberFile{rows: []campaign.NumberRow{says(13125550142, 13125550142), says(13125550150, 13125550159)},
		list: campaign.DoNotCallList{Kind: campaign.RegistryList, Dated: dated, Areas: []string{"312"}}}
	b := &blocks{}
	r, err := blocking(t, b, f).ImportDoNotCall(t.Context(), view.BlockSource{Path: "national.txt"})
	if err != nil || len(b.added) != 2 || !r.List.Expires.Equal(dated.Add(campaign.RegistryAge)) {
		t.Fatalf("%+v, %v", r, err)
	}
	for now, want := range map[time.Time]string{
		dated.AddDate(0, 0, 27): "It is of 28 Oct 2026 and counts for 31 days",
		dated.AddDate(0, 0, 40): "does not count any more",
	} {
		if got := view.BlockWords(r.List, now); !strings.Contains(got, want) || !strings.Contains(got, "national.txt, 2 numbers, area codes 312") {
			t.Errorf("%s: %q", want, got)
		}
	}
}

func TestChangesGoIntoTheListOfTheirSource(t *testing.T) {
	drop := says(13125550142, 13125550142)
	drop.Delete = true
	file := func() *numberFile {
		return &numberFile{changes: true, rows: []campaign.NumberRow{says(16175550142, 16175550142), drop}}
	}
	b := &blocks{lists: []campaign.DoNotCallList{{ID: 7, Source: "national"}}}
	if _, err := blocking(t, b, file()).ImportDoNotCall(t.Context(), view.BlockSource{Path: "c.txt", Source: "national"}); err != nil {
		t.Fatal(err)
	}
	if len(b.added) != 1 || len(b.dropped) != 1 {
		t.Errorf("added %v, dropped %v", b.added, b.dropped)
	}
	_, err := blocking(t, &blocks{}, file()).ImportDoNotCall(t.Context(), view.BlockSource{Path: "c.txt", Source: "national"})
	if err == nil || !strings.Contains(err.Error(), "import the full list first") {
		t.Errorf("changes of nothing: %v", err)
	}
}

func TestALineThatCannotBeReadEndsTheImport(t *testing.T) {
	broken := errors.New("the disk broke")
	b := &blocks{}
	o := blocking(t, b, nil)
	o.App().OpenNumbers = func(context.Context, string) (campaign.NumberRows, error) { return nil, broken }
	if _, err := o.ImportDoNotCall(t.Context(), view.BlockSource{Path: "x"}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestEntriesSayHowTheyCameAndUntilWhen(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.Local)
	e := campaign.DoNotCallEntry{Number: "+13125550142", Added: now.AddDate(0, 0, -2)}
	tests := []struct {
		way    campaign.DoNotCallWay
		reason string
		ends   time.Time
		want   string
	}{
		{campaign.ByKey, "", time.Time{}, "asked for it on the phone on 23 Nov 2026, for ever"},
		{campaign.ByHand, "moved away", now.AddDate(1, 0, 0), "added by hand on 23 Nov 2026, moved away, until 25 Nov 2027"},
		{campaign.ByHand, "", now.AddDate(0, 0, -1), "added by hand on 23 Nov 2026; it ended on 24 Nov 2026 and does not count any more"},
	}
	for _, tt := range tests {
		e.Way, e.Reason, e.Expires = tt.way, tt.reason, tt.ends
		if got := view.EntryWords(e, now); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
