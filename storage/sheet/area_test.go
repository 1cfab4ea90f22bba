package sheet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// office is a workbook with a table that has totals, names of every kind, a
// second sheet, a chart sheet and hidden ones.
func office(f *excelize.File) error {
	visible := true
	_, err1 := f.NewSheet("Staff's list")
	_, err2 := f.NewSheet("Secret")
	errs := []error{
		err1, err2,
		f.SetSheetRow("Sheet1", "A1", &[]any{"Do not call", nil, "Our patients"}),
		f.SetSheetRow("Sheet1", "C4", &[]any{"Name", "Phone", "City"}),
		f.SetSheetRow("Sheet1", "C5", &[]any{"Ann", 3125550142, "Rome"}),
		f.SetSheetRow("Sheet1", "C6", &[]any{"Bob", 3125550143, "Oslo"}),
		f.SetSheetRow("Sheet1", "C7", &[]any{"Cid", 3125550144}),
		f.SetSheetRow("Sheet1", "C8", &[]any{"Total", 3, nil, "beside"}),
		f.SetSheetRow("Sheet1", "B6", &[]any{"left"}),
		f.AddTable("Sheet1", &excelize.Table{Range: "C4:E8", Name: "Patients", ShowHeaderRow: &visible}),
		f.SetSheetRow("Staff's list", "A1", &[]any{"Who", "Number"}),
		f.SetSheetRow("Staff's list", "A2", &[]any{"Dee", 3125550145}),
		f.SetDefinedName(&excelize.DefinedName{Name: "Everybody", RefersTo: `'Staff''s list'!$A$1:$B$2`}),
		f.SetDefinedName(&excelize.DefinedName{Name: "Columns", RefersTo: "Sheet1!$C:$D"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "One", RefersTo: "Sheet1!$C$4"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "Computed", RefersTo: "OFFSET(Sheet1!$A$1,0,0,9,9)"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "Gone", RefersTo: "Sheet1!#REF!"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "Elsewhere", RefersTo: "[1]Sheet1!$A$1:$B$2"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Sheet1!$A$1:$F$8", Scope: "Sheet1"}),
		f.SetSheetVisible("Secret", false, true),
		f.AddChartSheet("Chart", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$D$5:$D$7"}}}),
	}
	return errors.Join(errs...)
}

// withTotals is office with its table's last row as one of totals.
func withTotals(t *testing.T) string {
	return rewrite(t, workbook(t, office), func(name string, content []byte) ([]byte, bool) {
		if name == "xl/tables/table1.xml" {
			content = []byte(strings.Replace(string(content), "<table ", `<table totalsRowCount="1" `, 1))
		}
		return content, true
	})
}

func TestAreasListed(t *testing.T) {
	got, err := read(t, withTotals(t), campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Book{
		Format: campaign.FormatXLSX,
		Sheets: []campaign.SheetInfo{{Name: "Sheet1"}, {Name: "Staff's list"}, {Name: "Secret", Hidden: true}},
		Areas: []campaign.Area{
			{Name: "Patients", Sheet: "Sheet1", Ref: "C4:E7", Table: true},
			{Name: "Everybody", Sheet: "Staff's list", Ref: "A1:B2"},
			{Name: "Columns", Sheet: "Sheet1", Ref: "C1:D1048576"},
		},
	}
	if diff := cmp.Diff(want, got.Book, cmpopts.IgnoreFields(campaign.Book{}, "File")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The area that is printed is worth a mention only if there is no other.
func TestPrintedArea(t *testing.T) {
	path := workbook(t, func(f *excelize.File) error {
		return errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Phone"}),
			f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Sheet1!$A$1:$B$9", Scope: "Sheet1"}))
	})
	got, err := read(t, path, campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	want := []campaign.Area{{Name: "Print_Area", Sheet: "Sheet1", Ref: "A1:B9"}}
	if diff := cmp.Diff(want, got.Book.Areas); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestArea(t *testing.T) {
	path := withTotals(t)
	tests := []struct {
		name   string
		how    campaign.Reading
		sheet  string
		header int
		rows   string // "5: Ann 3125550142; …"
	}{
		{"a table", campaign.Reading{Area: "Patients"}, "Sheet1", 4, "5: Ann 3125550142 Rome; 6: Bob 3125550143 Oslo; 7: Cid 3125550144 -"},
		{"a table, in other letters", campaign.Reading{Area: "patients", Sheet: "sheet1"}, "Sheet1", 4, "5: Ann 3125550142 Rome; 6: Bob 3125550143 Oslo; 7: Cid 3125550144 -"},
		{"a table without heading", campaign.Reading{Area: "Patients", Header: campaign.NoHeader}, "Sheet1", 0,
			"4: Name Phone City; 5: Ann 3125550142 Rome; 6: Bob 3125550143 Oslo; 7: Cid 3125550144"},
		{"a table with another heading", campaign.Reading{Area: "Patients", Header: 6}, "Sheet1", 6, "7: Cid 3125550144 -"},
		{"a name, of another sheet", campaign.Reading{Area: "Everybody"}, "Staff's list", 1, "2: Dee 3125550145"},
		{"a name for columns", campaign.Reading{Area: "Columns"}, "Sheet1", 4, "5: Ann 3125550142; 6: Bob 3125550143; 7: Cid 3125550144; 8: Total 3"},
		{"a reference", campaign.Reading{Area: "C4:D6"}, "Sheet1", 4, "5: Ann 3125550142; 6: Bob 3125550143"},
		{"from its other corner", campaign.Reading{Area: "$D$6:$C$5"}, "Sheet1", 0, "5: Ann 3125550142; 6: Bob 3125550143"},
		{"with its sheet", campaign.Reading{Area: "'Staff''s list'!A2:B2"}, "Staff's list", 0, "2: Dee 3125550145"},
		{"with the same sheet", campaign.Reading{Area: "sheet1!c5:d5", Sheet: "Sheet1"}, "Sheet1", 0, "5: Ann 3125550142"},
		{"in the sheet asked for", campaign.Reading{Area: "A2:B2", Sheet: "Staff's list"}, "Staff's list", 0, "2: Dee 3125550145"},
		{"rows", campaign.Reading{Area: "6:7", Header: campaign.NoHeader}, "Sheet1", 0, "6: - left Bob 3125550143 Oslo; 7: - - Cid 3125550144"},
		{"a column", campaign.Reading{Area: "D:D", Header: 4}, "Sheet1", 4, "5: 3125550142; 6: 3125550143; 7: 3125550144; 8: 3"},
		{"where nothing is", campaign.Reading{Area: "Z90:AB99"}, "Sheet1", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, path, tt.how)
			if err != nil {
				t.Fatal(err)
			}
			if got.Sheet != tt.sheet || got.HeaderRow != tt.header {
				t.Errorf("sheet %q, heading in row %d", got.Sheet, got.HeaderRow)
			}
			if diff := cmp.Diff(tt.rows, outline(got.Rows)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// outline is rows in one line, with a - for an empty cell.
func outline(rows []campaign.TableRow) string {
	var list []string
	for _, row := range rows {
		line := strconv.Itoa(row.Number) + ":"
		for _, c := range row.Cells {
			if c.Text == "" {
				line += " -"
			} else {
				line += " " + c.Text
			}
		}
		list = append(list, line)
	}
	return strings.Join(list, "; ")
}

func TestNoArea(t *testing.T) {
	path := withTotals(t)
	for _, tt := range []struct {
		how  campaign.Reading
		want campaign.Fault
	}{
		{campaign.Reading{Area: "Clients"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "Everybody", Sheet: "Sheet1"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "Sheet1!A1:B2", Sheet: "Secret"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "A1:B"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "A0:B2"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "A1:XFE9"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "A1:B1048577"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "7"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "A1:B2,D1:E2"}, campaign.FaultNoArea},
		{campaign.Reading{Area: "Nowhere!A1:B2"}, campaign.FaultNoSheet},
		{campaign.Reading{Sheet: "Chart"}, campaign.FaultNoSheet},
	} {
		_, err := read(t, path, tt.how)
		wantFault(t, err, tt.want)
		if tt.how.Area == "Clients" && !strings.Contains(err.Error(), "Patients, Everybody, Columns") {
			t.Errorf("the error does not say what there is: %v", err)
		}
	}
}

func TestHidden(t *testing.T) {
	path := handmade(t, data(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`+
		`<row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c></row><row r="3" hidden="true"/>`+
		`<row r="4" hidden="0"><c r="A4"><v>4</v></c></row><row r="5" hidden="true"><c r="A5"><v>5</v></c></row>`))
	all, err := read(t, path, campaign.Reading{})
	seen, err2 := read(t, path, campaign.Reading{Visible: true})
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	hidden := ""
	for _, row := range all.Rows {
		if row.Hidden {
			hidden += strconv.Itoa(row.Number)
		}
	}
	if outline(all.Rows) != "2: one; 4: 4; 5: 5" || hidden != "25" {
		t.Errorf("%s, hidden %s", outline(all.Rows), hidden)
	}
	want := []campaign.CellProblem{{Kind: campaign.ProblemHiddenRows, Value: "2"}}
	if diff := cmp.Diff(want, all.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if outline(seen.Rows) != "4: 4" || len(seen.Problems) > 0 {
		t.Errorf("seen: %s, %v", outline(seen.Rows), seen.Problems)
	}
	heading, err := read(t, path, campaign.Reading{Visible: true, Header: 2})
	if err != nil || heading.HeaderRow != 2 || heading.Header[0].Text != "one" {
		t.Errorf("a hidden heading: %v, %v", heading.Header, err)
	}
}

func TestPassword(t *testing.T) {
	f := excelize.NewFile()
	locked := filepath.Join(t.TempDir(), "locked.xlsx")
	if err := errors.Join(clinic(f), f.SaveAs(locked, excelize.Options{Password: "correct horse"}), f.Close()); err != nil {
		t.Fatal(err)
	}
	got, err := read(t, locked, campaign.Reading{Password: "correct horse"})
	if err != nil || len(got.Rows) != 5 || got.Header[0].Text != "Patient" {
		t.Errorf("%d rows, %v", len(got.Rows), err)
	}
	for _, tried := range []string{"", "Correct horse"} {
		_, err = read(t, locked, campaign.Reading{Password: tried})
		wantFault(t, err, campaign.FaultPassword)
		var fault *campaign.FileError
		if errors.As(err, &fault) && fault.Tried != (tried != "") {
			t.Errorf("with %q: %v", tried, err)
		}
	}
	content, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{600, len(content) / 2, len(content) - 700} {
		_, err = read(t, file(t, "cut.xlsx", content[:n]), campaign.Reading{Password: "correct horse"})
		if err == nil {
			t.Errorf("read from %d of %d bytes", n, len(content))
		}
		var fault *campaign.FileError
		if !errors.As(err, &fault) {
			t.Errorf("%T %v", err, err)
		}
	}
	for i := 0; i < len(content); i += len(content) / 12 {
		bad := append([]byte{}, content...)
		bad[i] ^= 0x55
		if got, err := read(t, file(t, "bad.xlsx", bad), campaign.Reading{Password: "correct horse"}); err == nil && len(got.Rows) != 5 {
			t.Errorf("byte %d: %d rows and no error", i, len(got.Rows))
		}
	}
}
