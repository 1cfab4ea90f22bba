package sheet_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

const corpus = "testdata/xlsx"

// byHand are workbooks of which every byte is ours: what programs seldom
// write, and what breaks.
func byHand() map[string][]member {
	rows := tenRows()
	most := strings.Join(rows[:6], "")
	styled := data(`<row r="1"><c r="A1" s="1"><v>501</v></c><c r="B1" s="2"><v>46082.75</v></c><c r="C1" s="3"><v>6175550142</v></c>` +
		`<c r="D1" s="4"><v>1.5</v></c><c r="E1" s="5" t="s"><v>1</v></c><c r="F1" s="9"><v>7</v></c></row>`)
	return map[string][]member{
		"rich":      minimal(data(`<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><rPr><i/></rPr><t xml:space="preserve">Ann </t></r><r><t>Lee</t></r></is></c></row>`), member{name: stringsXML, content: `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>山</t></r><r><t>田</t></r><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><phoneticPr fontId="1"/></si></sst>`}),
		"prefixed":  minimal(strings.NewReplacer("</", "</x:", "<", "<x:").Replace(data(most))),
		"utf16":     minimal(utf16Text(`<?xml version="1.0" encoding="UTF-16"?>`+data(most), true, true)),
		"sparse":    minimal(data(`<row r="1"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)),
		"isodates":  minimal(data(`<row><c t="d"><v>2026-03-01</v></c><c t="d"><v>2026-03-01T19:30:00Z</v></c><c t="d"><v>19:30:00</v></c></row>`)),
		"styled":    minimal(styled, related("styles", "styles.xml"), member{name: "xl/styles.xml", content: `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode="00000"/><numFmt numFmtId="171" formatCode="[&lt;=9999999]###-####;(###) ###-####"/><numFmt numFmtId="172" formatCode="0;0;0;&quot;Dr. &quot;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="171"/><xf numFmtId="12"/><xf numFmtId="172"/></cellXfs></styleSheet>`}),
		"promised":  minimal(strings.Replace(data(most), "<sheetData>", `<dimension ref="A1:B900"/><sheetData>`, 1)),
		"cut":       minimal(worksheet + "<sheetData>" + most + rows[6][:60]),
		"badtag":    minimal(data(most + strings.Replace(rows[6], "</c>", "</d>", 1))),
		"repeated":  minimal(data(most + rows[5] + rows[6])),
		"checksum":  minimal("", member{name: sheetXML, content: data(most), sum: 7}),
		"notexts":   minimal(data(most+`<row r="7"><c r="A7" t="s"><v>2</v></c></row>`), member{name: stringsXML, content: "<sst/>"}),
		"otherrow":  minimal(data(most + `<row r="7"><c r="A8"><v>2</v></c></row>`)),
		"backwards": minimal(data(most + rows[2])),
	}
}

// TestCorpus reads what other programs and we have written, and compares it
// with what is expected and, where it is whole, with the library's rows.
func TestCorpus(t *testing.T) {
	for name, parts := range byHand() {
		path := filepath.Join(corpus, "hand-"+name+".xlsx")
		content := pack(t, parts...)
		if *update {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if stored, err := os.ReadFile(path); err != nil || string(stored) != string(content) {
			t.Errorf("%s is not what is made of it here (%v): run with -update", path, err)
		}
	}
	list, err := filepath.Glob(filepath.Join(corpus, "*.xlsx"))
	if err != nil || len(list) < 20 {
		t.Fatal(list, err)
	}
	for _, path := range list {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".xlsx"), func(t *testing.T) {
			got, err := read(t, path, campaign.Reading{Password: "whistle"})
			golden(t, path, described(got, err))
			if err != nil || differs[filepath.Base(path)] != "" {
				return
			}
			if diff := cmp.Diff(byExcelize(t, path, got.Sheet), byUs(t, path, got.Sheet)); diff != "" {
				t.Errorf("(-library +ours):\n%s", diff)
			}
		})
	}
}

// differs says where the library reads something else from a whole file.
var differs = map[string]string{
	"xlsx-populate-password.xlsx": "was not told the password",
	"hand-sparse.xlsx":            "takes a million rows to be there",
	"hand-isodates.xlsx":          "gives serial numbers for dates",
	"hand-utf16.xlsx":             "does not read UTF-16",
}

// What was read before damage is what can be read up to there.
func TestCorpusUntil(t *testing.T) {
	for name := range byHand() {
		path := filepath.Join(corpus, "hand-"+name+".xlsx")
		got, err := read(t, path, campaign.Reading{})
		var fault *campaign.FileError
		if !errors.As(err, &fault) {
			continue
		}
		again, err := read(t, path, campaign.Reading{Until: fault.Row})
		if diff := cmp.Diff(got.Rows, again.Rows); err != nil || diff != "" || len(again.Rows) != 5 {
			t.Errorf("%s: %d rows, %v (-first +again):\n%s", name, len(again.Rows), err, diff)
		}
	}
}

// described is all that was read from a file, a line for a cell.
func described(got table, err error) string {
	var b strings.Builder
	for _, s := range got.Book.Sheets {
		fmt.Fprintf(&b, "sheet %q hidden=%v %d×%d\n", s.Name, s.Hidden, s.Rows, s.Columns)
	}
	for _, a := range got.Book.Areas {
		fmt.Fprintf(&b, "area %q sheet=%q %s table=%v\n", a.Name, a.Sheet, a.Ref, a.Table)
	}
	fmt.Fprintf(&b, "read %q, heading in row %d\n", got.Sheet, got.HeaderRow)
	for i, c := range got.Header {
		fmt.Fprintf(&b, "  %d %s %q %q\n", i+1, c.Type, c.Text, c.Raw)
	}
	for _, row := range got.Rows {
		fmt.Fprintf(&b, "row %d hidden=%v\n", row.Number, row.Hidden)
		for i, c := range row.Cells {
			if c.Type != "" {
				fmt.Fprintf(&b, "  %d %s %q %q\n", i+1, c.Type, c.Text, c.Raw)
			}
		}
		for _, p := range row.Problems {
			fmt.Fprintf(&b, "  problem %s in %s %q\n", p.Kind, p.Column, p.Value)
		}
	}
	for _, p := range got.Problems {
		fmt.Fprintf(&b, "problem %s %q\n", p.Kind, p.Value)
	}
	var fault *campaign.FileError
	if errors.As(err, &fault) {
		fmt.Fprintf(&b, "%s after row %d, %d rows: %v\n", fault.Fault, fault.Row, fault.Rows, fault.Err)
	}
	return b.String()
}
