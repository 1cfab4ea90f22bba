package report_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/storage/report"
	"rollcall/storage/sheet"
)

// imported reads a file into a shelf, as an import does, and lets calls come of
// it.
func imported(t *testing.T, path string, how campaign.Reading) (*campaigntest.Shelf, campaign.ID) {
	t.Helper()
	table, err := sheet.Open(t.Context(), path, how)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Rows.Close() }()
	shelf := &campaigntest.Shelf{}
	c, err := shelf.Import(t.Context(), campaign.Campaign{Name: "Visits", Practice: true}, func(s contacts.Sink) (contacts.Import, error) {
		sum, err := contacts.Read(table, contacts.Options{Region: "US"}, s)
		return contacts.Import{Book: table.Book, Reading: how, HeaderRow: table.HeaderRow, Summary: sum}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	list := &shelf.Campaigns[0].List
	list.File, list.Sheet, list.Hash = path, table.Sheet, table.Hash
	for i := range shelf.Rows {
		r := &shelf.Rows[i]
		if r.Status == campaign.Ready && i%2 == 0 {
			r.Status, r.Tries, r.Reached = campaign.Reached, 1, time.Date(2026, 11, 24, 10, 49, 0, 0, time.Local)
			r.Answers = []gateway.Answer{{Name: "reply", Value: fmt.Sprint(i % 3)}}
		}
	}
	return shelf, c.ID
}

// book writes a workbook as people make them: a title, a heading further down,
// dates, numbers, a formula, colours, another sheet, a gap.
func book(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	set := func(at string, v any) { t.Helper(); must(f.SetCellValue("Sheet1", at, v)) }
	style := func(from, to string, s excelize.Style) {
		t.Helper()
		id, err := f.NewStyle(&s)
		must(err)
		must(f.SetCellStyle("Sheet1", from, to, id))
	}
	set("A1", "Visits of week 48")
	must(f.MergeCell("Sheet1", "A1", "E1"))
	for i, title := range []string{"Name", "Phone", "Visit", "Fee", "Twice the fee"} {
		set(fmt.Sprintf("%c3", 'A'+i), title)
	}
	style("A3", "E3", excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"2A4A97"}}})
	day := "d. mmm yyyy"
	for i := range 6 {
		row := 4 + i
		if i > 2 {
			row++ // row 7 is empty
		}
		set(fmt.Sprintf("A%d", row), fmt.Sprintf("Person %d", i))
		set(fmt.Sprintf("B%d", row), fmt.Sprintf("(312) 555-01%02d", i))
		set(fmt.Sprintf("C%d", row), time.Date(2026, 12, 1+i, 9, 0, 0, 0, time.UTC))
		set(fmt.Sprintf("D%d", row), 12.5*float64(i))
		must(f.SetCellFormula("Sheet1", fmt.Sprintf("E%d", row), fmt.Sprintf("D%d*2", row)))
	}
	style("C4", "C10", excelize.Style{CustomNumFmt: &day})
	style("E4", "E10", excelize.Style{NumFmt: 4, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2F1EC"}}})
	must(f.SetColWidth("Sheet1", "A", "A", 33))
	set("G12", "a note far to the right")
	_, err := f.NewSheet("Other")
	must(err)
	must(f.SetCellValue("Other", "B2", "untouched"))
	path := filepath.Join(t.TempDir(), "visits.xlsx")
	must(f.SaveAs(path))
	return path
}

// cells are all cells of a sheet of a workbook with what they hold and how they
// look.
func cells(t *testing.T, path, name string, width, height int) map[string]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all := map[string]string{}
	for row := 1; row <= height; row++ {
		for col := 1; col <= width; col++ {
			at, err := excelize.CoordinatesToCellName(col, row)
			if err != nil {
				t.Fatal(err)
			}
			raw, errRaw := f.GetCellValue(name, at, excelize.Options{RawCellValue: true})
			shown, errShown := f.GetCellValue(name, at)
			formula, errFormula := f.GetCellFormula(name, at)
			kind, errKind := f.GetCellType(name, at)
			id, errID := f.GetCellStyle(name, at)
			look, errLook := f.GetStyle(id)
			if err := errors.Join(errRaw, errShown, errFormula, errKind, errID, errLook); err != nil {
				t.Fatal(err)
			}
			styled, err := json.Marshal(look)
			if err != nil {
				t.Fatal(err)
			}
			all[at] = fmt.Sprint(raw, "|", shown, "|", formula, "|", kind, "|", string(styled))
		}
	}
	return all
}

func TestOwnWorkbookKeepsEveryCellAndGetsResultsBeside(t *testing.T) {
	path := book(t)
	shelf, id := imported(t, path, campaign.Reading{})
	before := cells(t, path, "Sheet1", 7, 12)
	last := -1.0
	copied, err := report.WriteOwn(t.Context(), filepath.Join(t.TempDir(), "copy.xlsx"), shelf, id, func(part float64) {
		if part < last || part > 1 {
			t.Errorf("told %v after %v", part, last)
		}
		last = part
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, cells(t, copied, "Sheet1", 7, 12)); diff != "" {
		t.Errorf("cells of the user's own changed (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(cells(t, path, "Other", 3, 3), cells(t, copied, "Other", 3, 3)); diff != "" {
		t.Error(diff)
	}
	f, err := excelize.OpenFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"", "", "Outcome", "Number", "Reached at", "Attempts", "Last reason", "Next step", "Line", "reply"}, rows[2][5:]); diff != "" {
		t.Error(diff)
	}
	if got := rows[3][7:9]; got[0] != "Reached" || got[1] != "+13125550100" || rows[4][7] != "Ready" || rows[7][8] != "+13125550103" {
		t.Errorf("%q, %q, %q", rows[3], rows[4], rows[7])
	}
	for _, row := range []int{3, 4, 7} {
		if rows[row][13] != words.PracticeTag() {
			t.Errorf("row %d does not say that it is practice: %q", row+1, rows[row])
		}
	}
	if len(rows[6]) != 0 {
		t.Errorf("the gap holds %q", rows[6])
	}
	if width, err := f.GetColWidth("Sheet1", "A"); err != nil || width != 33 {
		t.Errorf("column A is %v wide, %v", width, err)
	}
	merged, err := f.GetMergeCells("Sheet1")
	if err != nil || len(merged) != 1 {
		t.Errorf("%v, %v", merged, err)
	}
	for at, like := range map[string]string{"H3": "E3", "H4": "E4", "L5": "E5"} { // ours look like theirs
		ours, theirs := lookOf(t, f, at), lookOf(t, f, like)
		if diff := cmp.Diff(theirs.Fill, ours.Fill); diff != "" {
			t.Errorf("%s: %s", at, diff)
		}
	}
	if got := lookOf(t, f, "J4"); got.CustomNumFmt == nil || *got.CustomNumFmt != "yyyy-mm-dd hh:mm:ss" {
		t.Errorf("the moment is shown by %+v", got)
	}
}

func lookOf(t *testing.T, f *excelize.File, at string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle("Sheet1", at)
	if err != nil {
		t.Fatal(err)
	}
	look, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return look
}

func TestOwnFileThatIsNotWhatWasReadIsRefused(t *testing.T) {
	tests := map[string]struct {
		do   func(t *testing.T, path string, shelf *campaigntest.Shelf)
		to   string // empty: another file
		want string
	}{
		"changed": {func(t *testing.T, path string, _ *campaigntest.Shelf) {
			other, err := os.ReadFile(book(t)) // the same cells at another second
			if err == nil {
				err = os.WriteFile(path, append(other, 0), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, "", "visits.xlsx"},
		"gone": {func(t *testing.T, path string, _ *campaigntest.Shelf) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, "", "is not at"},
		"rows moved": {func(_ *testing.T, _ string, shelf *campaigntest.Shelf) {
			shelf.Rows[1].Cells[0] = "Somebody else"
		}, "", "a newer list was brought in"},
		"rows more": {func(_ *testing.T, _ string, shelf *campaigntest.Shelf) {
			row := shelf.Rows[5]
			row.Row, row.ID = 99, 7
			shelf.Rows = append(shelf.Rows, row)
		}, "", "a newer list was brought in"},
		"itself": {func(*testing.T, string, *campaigntest.Shelf) {}, "itself", "your own file itself"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := book(t)
			shelf, id := imported(t, path, campaign.Reading{})
			tt.do(t, path, shelf)
			to := filepath.Join(t.TempDir(), "copy.xlsx")
			if tt.to == "itself" {
				to = path
			}
			_, err := report.WriteOwn(t.Context(), to, shelf, id, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			if _, absent := os.Stat(to); tt.to == "" && !errors.Is(absent, os.ErrNotExist) {
				t.Error("something was written")
			}
		})
	}
}

func TestOwnTextKeepsItsLinesAndDelimiter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "visits.csv")
	text := "Name;Phone;Remark\r\nZoé;(312) 555-0100;\"says \"\"hello\"\"; waits\"\r\n\r\nJosé;(312) 555-0101\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	shelf, id := imported(t, path, campaign.Reading{})
	copied, err := report.WriteOwn(t.Context(), filepath.Join(t.TempDir(), "copy.csv"), shelf, id, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	rest, marked := strings.CutPrefix(string(data), "\uFEFF")
	if !marked || strings.Count(rest, "\r\n") != strings.Count(rest, "\n") {
		t.Errorf("%q", data)
	}
	r := csv.NewReader(strings.NewReader(rest))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Name", "Phone", "Remark", "Outcome", "Number"},
		{"Zoé", "(312) 555-0100", `says "hello"; waits`, "Reached", "+13125550100"},
		{"", "", "", "", ""},
		{"José", "(312) 555-0101", "", "Ready", "+13125550101"},
	}
	for i, row := range rows {
		if diff := cmp.Diff(want[i], row[:min(5, len(row))]); diff != "" {
			t.Errorf("line %d: %s", i+1, diff)
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d lines", len(rows))
	}
}

func TestPlainTableIsWhatTheSheetContactsHolds(t *testing.T) {
	path := book(t)
	shelf, id := imported(t, path, campaign.Reading{})
	folder := t.TempDir()
	plain, err := report.WritePlain(t.Context(), filepath.Join(folder, "plain.csv"), shelf, id, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := report.Write(t.Context(), filepath.Join(folder, "whole.xlsx"), shelf, id)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\uFEFF")))
	var got [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	f, err := excelize.OpenFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	want, err := f.GetRows("Contacts")
	if err != nil {
		t.Fatal(err)
	}
	for i := range want { // a sheet leaves empty cells at the end out
		for len(want[i]) < len(got[i]) {
			want[i] = append(want[i], "")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-workbook +text):\n%s", diff)
	}
}
