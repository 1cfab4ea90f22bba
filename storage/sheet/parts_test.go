package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// related is the list of a workbook's parts with one more.
func related(kind, target string) member {
	return member{name: "xl/_rels/workbook.xml.rels", content: strings.Replace(bookRels, "</Relationships>",
		`<Relationship Id="y" Type="`+officeNS+kind+`" Target="`+target+`"/></Relationships>`, 1)}
}

// Formats without a code are known by their number; dates in the order of a
// system are shown as ISO 8601 has them.
func TestBuiltinFormats(t *testing.T) {
	want := map[int]string{
		0: "46082.25", 1: "46082", 2: "46082.25", 3: "46,082", 4: "46,082.25", 5: "$46,082", 7: "$46,082.25", 9: "4608225%", 10: "4608225.00%",
		11: "4.61E+04", 12: "46082.25", 14: "2026-03-01", 15: "1-Mar-26", 16: "1-Mar", 17: "Mar-26", 18: "6:00 AM", 19: "6:00:00 AM",
		20: "6:00", 21: "6:00:00", 22: "2026-03-01 6:00", 27: "2026-03-01", 32: "6:00", 36: "2026-03-01", 37: "46,082", 40: "46,082.25",
		41: "46,082", 44: "46,082.25", 45: "00:00", 46: "1105974:00:00", 47: "00:00.0", 48: "46.1E+3", 49: "46082.25", 58: "2026-03-01",
		59: "46082.25", 163: "46082.25",
	}
	var xfs, rows strings.Builder
	var ids []int
	for id := range 164 {
		if want[id] == "" {
			continue
		}
		ids = append(ids, id)
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, id)
		fmt.Fprintf(&rows, `<row><c s="%d"><v>46082.25</v></c></row>`, len(ids)-1)
	}
	path := file(t, "list.xlsx", pack(t, minimal(data(rows.String()), related("styles", "styles.xml"), member{
		name: "xl/styles.xml", content: `<styleSheet><cellXfs>` + xfs.String() + `</cellXfs></styleSheet>`,
	})...))
	got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil || len(got.Rows) != len(ids) {
		t.Fatal(len(got.Rows), err)
	}
	for i, id := range ids {
		if text := got.Rows[i].Cells[0].Text; text != want[id] {
			t.Errorf("format %d shows %q, want %q", id, text, want[id])
		}
	}
}

// Only the formats of cells are those of cells: there are others for styles
// and for conditions.
func TestFormatsOfCells(t *testing.T) {
	styles := `<s:styleSheet xmlns:s="a"><s:numFmts><s:numFmt numFmtId="14" formatCode="0000"/><s:numFmt numFmtId="x" formatCode="0.0"/></s:numFmts>` +
		`<s:cellStyleXfs><s:xf numFmtId="9"/><s:xf numFmtId="9"/></s:cellStyleXfs><s:cellXfs><s:xf/><s:xf numFmtId="14"><s:xf/></s:xf></s:cellXfs>` +
		`<s:dxfs><s:dxf><s:numFmt numFmtId="14" formatCode="yyyy"/></s:dxf></s:dxfs></s:styleSheet>`
	rows := `<row><c s="0"><v>7</v></c><c s="1"><v>7</v></c><c s="2"><v>7</v></c><c><v>7</v></c></row>`
	path := file(t, "list.xlsx", pack(t, minimal(data(rows), related("styles", "styles.xml"), member{name: "xl/styles.xml", content: styles})...))
	got, err := read(t, path, campaign.Reading{})
	if err != nil || outline(got.Rows) != "1: 7 0007 7 7" {
		t.Errorf("%s, %v", outline(got.Rows), err)
	}
}

// Sheets are listed with the size they state, where they do.
func TestSizes(t *testing.T) {
	book := strings.Replace(bookXML, "</sheets>", `<sheet name="B" r:id="s2" state="hidden"/><sheet name="C" r:id="s3" state="veryHidden"/><sheet name="D" r:id="s4"/></sheets>`, 1)
	sheet := func(head string) string { return worksheet + head + "<sheetData/></worksheet>" }
	rels := strings.Replace(bookRels, "</Relationships>", "", 1)
	for i := 2; i <= 4; i++ {
		rels += fmt.Sprintf(`<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/%d.xml"/>`, i, officeNS, i)
	}
	parts := minimal(sheet(`<sheetPr/><dimension ref="B3:F200"/>`), member{name: "xl/workbook.xml", content: book},
		member{name: "xl/_rels/workbook.xml.rels", content: rels + "</Relationships>"},
		member{name: "xl/worksheets/2.xml", content: sheet(`<dimension ref="A1"/>`)}, member{name: "xl/worksheets/3.xml", content: sheet(`<dimension ref="?"/>`)},
		member{name: "xl/worksheets/4.xml", content: "no sheet at all"})
	got, err := read(t, file(t, "list.xlsx", pack(t, parts...)), campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	want := []campaign.SheetInfo{{Name: "People", Rows: 200, Columns: 6}, {Name: "B", Hidden: true}, {Name: "C", Hidden: true}, {Name: "D"}}
	if diff := cmp.Diff(want, got.Book.Sheets); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A table that cannot be read keeps nobody from reading the sheet, but is
// missed where it was asked for.
func TestBrokenTable(t *testing.T) {
	good := data(strings.Join(tenRows(), ""))
	const list = "xl/worksheets/_rels/sheet1.xml.rels"
	relation := `<Relationships><Relationship Id="t" Type="` + officeNS + `table" Target="../tables/table1.xml"/></Relationships>`
	table := `<table displayName="Staff" ref="A1:B11"/>`
	tests := map[string]struct {
		parts []member
		areas int
	}{
		"whole":           {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: table}}, 1},
		"by its name":     {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: strings.Replace(table, "displayN", "n", 1)}}, 1},
		"missing":         {[]member{{name: list, content: relation}}, 0},
		"cut":             {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: "<table "}}, 0},
		"without a place": {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: `<table displayName="Staff" ref="here"/>`}}, 0},
		"without a name":  {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: `<table ref="A1:B11"/>`}}, 0},
		"another part":    {[]member{{name: list, content: relation}, {name: "xl/tables/table1.xml", content: `<chart displayName="Staff" ref="A1:B11"/>`}}, 0},
		"relations cut":   {[]member{{name: list, content: relation[:40]}, {name: "xl/tables/table1.xml", content: table}}, 0},
		"elsewhere":       {[]member{{name: list, content: strings.Replace(relation, "Target=", `TargetMode="External" Target=`, 1)}, {name: "xl/tables/table1.xml", content: table}}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := file(t, "list.xlsx", pack(t, minimal(good, tt.parts...)...))
			got, err := read(t, path, campaign.Reading{})
			if err != nil || len(got.Rows) != 10 || len(got.Book.Areas) != tt.areas {
				t.Errorf("%d rows, areas %v, %v", len(got.Rows), got.Book.Areas, err)
			}
			asked, err := read(t, path, campaign.Reading{Area: "staff"})
			if (err == nil) != (tt.areas > 0) || err == nil && len(asked.Rows) != 10 {
				t.Errorf("asked for: %d rows, %v", len(asked.Rows), err)
			}
		})
	}
}

// Packages that are no workbooks are refused as what they are.
func TestOtherPackages(t *testing.T) {
	const rels = "_rels/.rels"
	for name, tt := range map[string]struct {
		parts []member
		kind  string
	}{
		"presentation": {[]member{{name: rels, content: packageRels}, {name: "ppt/presentation.xml"}}, "a presentation"},
		"document":     {[]member{{name: rels, content: packageRels}, {name: "word/document.xml"}}, "a Word document"},
		"anything":     {[]member{{name: rels, content: packageRels}, {name: "a.txt"}}, "an archive, not a list"},
	} {
		_, err := read(t, file(t, "list.xlsx", pack(t, tt.parts...)), campaign.Reading{})
		wantFault(t, err, campaign.FaultFormat)
		if !strings.Contains(err.Error(), tt.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
