package report_test

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/storage/report"
	"rollcall/storage/sheet"
)

// everyNumber is a list of 5,000 ranges, more than are read at a time, and as
// many single numbers.
func everyNumber() *numbersShelf {
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, time.Local)
	s := &numbersShelf{
		lists:  []campaign.DoNotCallList{{ID: 1, Source: "national.txt", File: "national.txt", Added: day, Numbers: 7500, Expires: day.AddDate(0, 0, 31)}},
		ranges: map[campaign.DoNotCallListID][]campaign.NumberRange{},
	}
	for i := range uint64(5000) {
		s.ranges[1] = append(s.ranges[1], campaign.NumberRange{First: 13122220000 + 3*i, Last: 13122220000 + 3*i + i%2})
	}
	for i := range 5000 {
		e := campaign.DoNotCallEntry{Number: phone.Number(fmt.Sprintf("+1617222%04d", i)), Way: campaign.ByHand, Reason: []string{"deleted", "Moved, added\nby a colleague", ""}[i%3], Added: day.Add(-time.Duration(i) * time.Minute)}
		if i == 1 {
			e.Way, e.Expires = campaign.ByKey, time.Date(2027, 4, 2, 0, 0, 0, 0, time.Local)
		}
		s.entries = append(s.entries, campaign.DoNotCallSaid{DoNotCallEntry: e, In: map[bool]string{true: "Flu clinic"}[i == 1]})
	}
	return s
}

func TestNumbersSavedAsTextAreTakenInAgainAsTheyWere(t *testing.T) {
	s := everyNumber()
	path, err := report.WriteDoNotCall(t.Context(), filepath.Join(t.TempDir(), "list.csv"), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []campaign.NumberRange
	want = append(want, s.ranges[1]...)
	for i := range uint64(5000) {
		want = append(want, campaign.NumberRange{First: 16172220000 + i, Last: 16172220000 + i})
	}
	rows, err := sheet.OpenNumbers(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var got []campaign.NumberRange
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row.Problem != nil || row.Delete {
			t.Fatalf("line %d: %+v, %v", row.Line, row, err)
		}
		got = append(got, row.Range)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rows.Changes() {
		t.Error("it is taken for a list of changes")
	}
}

func TestNumbersSavedAsWorkbookSayWhyAndUntil(t *testing.T) {
	told := 0
	path, err := report.WriteDoNotCall(t.Context(), filepath.Join(t.TempDir(), "list.xlsx"), everyNumber(), func(part float64) {
		if told++; part < 0 || part > 1 {
			t.Errorf("told %v", part)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Do not call")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10_001 || told < 4 {
		t.Fatalf("%d rows, told %d times", len(rows), told)
	}
	for i, want := range map[int][]string{
		0:    {"Number", "Last number", "Why", "From", "Added", "Until"},
		1:    {"+13122220000", "", "", "national.txt", "2026-11-24 10:00:00", "2026-12-25 09:59:59"},
		2:    {"+13122220003", "+13122220004", "", "national.txt", "2026-11-24 10:00:00", "2026-12-25 09:59:59"},
		5002: {"+16172220001", "", "Asked for it on the phone", "Flu clinic", "2026-11-24 09:59:00", "2027-04-01 23:59:59"},
	} {
		if diff := cmp.Diff(want, rows[i]); diff != "" {
			t.Errorf("row %d: %s", i+1, diff)
		}
	}
}
