package sheet_test

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

func openList(t testing.TB, path string) (*campaign.Table, error) {
	t.Helper()
	return sheet.Open(t.Context(), path, campaign.Reading{})
}

// checkRows requires of rows that they ascend and of an error that it is one
// of the file.
func checkRows(t *testing.T, got table, err error) {
	t.Helper()
	last := got.HeaderRow
	for _, row := range got.Rows {
		if row.Number <= last || row.Number > 1<<20 || len(row.Cells) > 1<<14 {
			t.Errorf("row %d with %d cells follows row %d", row.Number, len(row.Cells), last)
		}
		last = row.Number
	}
	var fault *campaign.FileError
	switch {
	case err == nil:
	case !errors.As(err, &fault):
		t.Errorf("%T: %v", err, err)
	case fault.Fault == campaign.FaultDamaged && len(got.Rows) > 0 && (fault.Row != last || fault.Rows != len(got.Rows)):
		t.Errorf("%d rows up to row %d, but it says %d up to %d", len(got.Rows), last, fault.Rows, fault.Row)
	}
}

// FuzzScan reads a sheet's XML.
func FuzzScan(f *testing.F) {
	f.Add(data(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c><f>1</f><v>2</v></c></row>`))
	f.Add(worksheet + `<dimension ref="A1:B9"/><sheetData/></worksheet>`)
	f.Add(strings.ReplaceAll(data(`<row r='2' hidden='1'><c t="inlineStr"><is><r><t>a&amp;b</t></r><rPh><t>c</t></rPh></is></c></row>`), "<", "<x:"))
	f.Add(data(strings.Join(tenRows(), "")))
	f.Add(utf16Text(data(`<row><c t="str"><v><![CDATA[a]]>_x000D_</v></c><c t="d"><v>2026-03-01</v></c></row>`), false, true))
	f.Add(data(`<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f t="shared" si="0"/><v>1e5</v></c><!-- x --><?y z?></row>`))
	f.Fuzz(func(t *testing.T, xml string) {
		path := file(t, "list.xlsx", pack(t, minimal(xml)...))
		got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
		checkRows(t, got, err)
		if err == nil && !strings.Contains(strings.ReplaceAll(xml, "\x00", ""), "worksheet") {
			t.Errorf("read %v from a sheet that does not end", got.Rows)
		}
		if last := len(got.Rows); last > 0 {
			until := got.Rows[last-1].Number
			again, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Until: until})
			if err != nil || outline(again.Rows) != outline(got.Rows) {
				t.Errorf("until row %d: %v, %v, first %v", until, again.Rows, err, got.Rows)
			}
		}
	})
}

// FuzzWorkbook reads any bytes as a workbook.
func FuzzWorkbook(f *testing.F) {
	for _, fill := range []func(*excelize.File) error{clinic, office, people(20)} {
		content, err := os.ReadFile(workbook(f, fill))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add(pack(f, minimal(data(strings.Join(tenRows(), "")))...))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := read(t, file(t, "list.xlsx", content), campaign.Reading{})
		checkRows(t, got, err)
	})
}

// FuzzFormat shows numbers by any code.
func FuzzFormat(f *testing.F) {
	f.Add("[<=9999999]###-####;(###) ###-####", 6175550142.0)
	f.Add(`yyyy-mm-dd hh:mm:ss.000 AM/PM "x"`, 46082.5)
	f.Add("#,##0.00,%E+00;[Red]-?/?;General;@", -1.5)
	f.Fuzz(func(t *testing.T, code string, value float64) {
		text := string(appendNumber(value))
		if strings.ContainsAny(text, "IN") || sane(code) != code {
			t.Skip()
		}
		got := shown(t, []string{text}, []string{code})[0]
		if got.Text == "" || got.Raw != text {
			t.Errorf("%s in %q is %v", text, code, got)
		}
	})
}

func appendNumber(v float64) []byte { return strconv.AppendFloat(nil, v, 'g', -1, 64) }
