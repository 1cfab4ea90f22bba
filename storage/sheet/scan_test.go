package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// handmade is a workbook whose sheet has the XML given; its shared strings
// are "zero" and "one".
func handmade(t *testing.T, xml string) string {
	good := workbook(t, func(f *excelize.File) error { return f.SetSheetRow("Sheet1", "A1", &[]any{"zero", "one"}) })
	return rewrite(t, good, func(name string, content []byte) ([]byte, bool) {
		if name == sheetXML {
			content = []byte(xml)
		}
		return content, true
	})
}

const worksheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`

func data(rows string) string {
	return worksheet + "<sheetData>" + rows + "</sheetData></worksheet>"
}

func TestCells(t *testing.T) {
	cell := func(kind campaign.CellType, shown, raw string) campaign.Cell {
		return campaign.Cell{Type: kind, Text: shown, Raw: raw}
	}
	tests := []struct {
		name, xml string
		want      campaign.Cell
	}{
		{"shared text", `<c r="B2" t="s"><v>1</v></c>`, text("one")},
		{"inline text", `<c r="B2" t="inlineStr"><is><t>0171 2345678</t></is></c>`, text("0171 2345678")},
		{"inline rich text", `<c r="B2" t="inlineStr"><is><r><t>0171</t></r><r><t> 23</t></r></is></c>`, text("0171 23")},
		{"number", `<c r="B2"><v>6175550142</v></c>`, cell(campaign.CellNumber, "6175550142", "6175550142")},
		{"number, said so", `<c r="B2" t="n"><v>7</v></c>`, cell(campaign.CellNumber, "7", "7")},
		{"number with its exponent", `<c r="B2"><v>6.175550142E9</v></c>`, cell(campaign.CellNumber, "6175550142", "6.175550142E9")},
		{"true", `<c r="B2" t="b"><v>1</v></c>`, cell(campaign.CellBool, "TRUE", "1")},
		{"error", `<c r="B2" t="e"><v>#REF!</v></c>`, cell(campaign.CellError, "#REF!", "#REF!")},
		{"date", `<c r="B2" t="d"><v>2026-03-01T00:00:00Z</v></c>`, cell(campaign.CellDate, "2026-03-01", "2026-03-01T00:00:00Z")},
		{"formula, number", `<c r="B2"><f>A1*2</f><v>6175550142</v></c>`, cell(campaign.CellFormula, "6175550142", "=A1*2")},
		{"formula, text", `<c r="B2" t="str"><f>A1</f><v>x</v></c>`, cell(campaign.CellFormula, "x", "=A1")},
		{"formula never calculated", `<c r="B2"><f>+16175550142</f></c>`, cell(campaign.CellFormula, "", "=+16175550142")},
		{"lower case reference", `<c r="b2" t="s"><v>1</v></c>`, text("one")},
		{"elements of extensions", `<c r="B2" t="s"><v>1</v><extLst><ext><c r="Z9"/></ext></extLst></c>`, text("one")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := handmade(t, data(`<row r="2"><c r="A2"><v>3125550142</v></c>`+tt.xml+`</row>`))
			table, err := read(t, path, campaign.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			if len(table.Rows) != 1 || len(table.Rows[0].Cells) != 2 || table.HeaderRow != 0 {
				t.Fatalf("header in row %d, rows %v", table.HeaderRow, table.Rows)
			}
			if diff := cmp.Diff(tt.want, table.Rows[0].Cells[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmptySheets(t *testing.T) {
	for name, xml := range map[string]string{
		"no rows":              data(""),
		"closed at once":       worksheet + "<sheetData/></worksheet>",
		"rows without cells":   data(`<row r="1"/><row r="9"></row>`),
		"cells without values": data(`<row r="1"><c r="A1" s="0"/><c r="B1" t="s"/></row>`),
		"blank text":           data(`<row r="1"><c r="A1" t="inlineStr"><is><t> </t></is></c></row>`),
	} {
		t.Run(name, func(t *testing.T) {
			table, err := read(t, handmade(t, xml), campaign.Reading{})
			if err != nil || len(table.Rows) > 0 || table.HeaderRow != 0 {
				t.Errorf("rows %v, header in row %d, %v", table.Rows, table.HeaderRow, err)
			}
		})
	}
}

func TestDamagedSheets(t *testing.T) {
	for name, xml := range map[string]string{
		"nothing":              "",
		"only a declaration":   `<?xml version="1.0"?>`,
		"cut in a row":         worksheet + `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2">`,
		"row without number":   data(`<row r="x"/>`),
		"row zero":             data(`<row r="0"/>`),
		"row repeated":         data(`<row r="2"/><row r="2"/>`),
		"row backwards":        data(`<row r="9"/><row r="2"/>`),
		"row missing its r":    data(`<row r="1048576"/><row/>`),
		"cell repeated":        data(`<row r="1"><c r="A1"/><c r="A1"/></row>`),
		"cell backwards":       data(`<row r="1"><c r="C1"/><c r="B1"/></row>`),
		"cell outside":         data(`<row r="1"><c r="XFE1"/></row>`),
		"cell without column":  data(`<row r="1"><c r="11"/></row>`),
		"cell without row":     data(`<row r="1"><c r="AA"/></row>`),
		"style that is none":   data(`<row r="1"><c r="A1" s="x"/></row>`),
		"text that is absent":  data(`<row r="1"><c r="A1" t="s"><v>2</v></c></row>`),
		"text below zero":      data(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`),
		"number that is none":  data(`<row r="1"><c r="A1"><v>31255#0142</v></c></row>`),
		"unknown entity":       data(`<row r="1"><c r="A1"><v>&what;</v></c></row>`),
		"tags that cross":      data(`<row r="1"><c r="A1"></row></c>`),
		"text after the end":   data("") + "<",
		"text of a megabyte":   data(`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("A", 2<<20) + `</v></c></row>`),
		"value never finished": worksheet + `<sheetData><row r="1"><c r="A1"><v>312555`,
	} {
		t.Run(name, func(t *testing.T) {
			table, err := read(t, handmade(t, xml), campaign.Reading{})
			if err == nil {
				t.Fatalf("read %v", table.Rows)
			}
			wantFault(t, err, campaign.FaultDamaged)
		})
	}
}

func TestChartSheet(t *testing.T) {
	_, err := read(t, handmade(t, `<chartsheet/>`), campaign.Reading{})
	wantFault(t, err, campaign.FaultFormat)
}

// One cell at the far corner makes one row, not a million.
func TestFarCorner(t *testing.T) {
	path := handmade(t, data(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>`))
	table, err := read(t, path, campaign.Reading{})
	if err != nil || len(table.Rows) != 1 || table.Rows[0].Number != 1048576 || len(table.Rows[0].Cells) != 16384 {
		t.Errorf("%d rows, %v", len(table.Rows), err)
	}
}
