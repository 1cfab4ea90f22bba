package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// cells are the cells of row 2 of a sheet whose row has the XML given.
func cells(t *testing.T, xml string) []campaign.Cell {
	t.Helper()
	got, err := read(t, handmade(t, data(`<row r="2">`+xml+`</row>`)), campaign.Reading{Header: campaign.NoHeader})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 1 {
		t.Fatalf("rows %v", got.Rows)
	}
	return got.Rows[0].Cells
}

// What may stand in a cell's text, and what it means.
func TestTexts(t *testing.T) {
	tests := []struct{ name, xml, want string }{
		{"entities", `a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;`, `a & b <c> "d" 'e'`},
		{"references", `&#65;&#x42;&#X43; &#128512; &#x1F600;`, "ABC 😀 😀"},
		{"CDATA", `<![CDATA[a & b <c>]]>&amp;<![CDATA[]]]]><![CDATA[>]]>`, "a & b <c>&]]>"},
		{"comment", `an<!-- <v>no</v> -->n`, "ann"},
		{"instruction", `an<?php echo 1 ?>n`, "ann"},
		{"line ends", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"escapes", "a_x000D_b_x0041__x005F_x0041_", "a\rbA_x0041_"},
		{"escaped pair", "_xD83D__xDE00_", "😀"},
		{"escapes that are none", "_x00_ _x000G_ _X0041_ x0041_ _x0041", "_x00_ _x000G_ _X0041_ x0041_ _x0041"},
		{"escaped zero", "a_x0000_b", "ab"},
		{"half a pair", "_xD83D_x", "\ufffdx"},
		{"other control characters", "a\x0bb", "a\x0bb"},
		{"spaces kept", `  a  `, "  a  "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := []campaign.Cell{text(tt.want)}
			for _, xml := range []string{
				`<c r="A2" t="str"><v>` + tt.xml + `</v></c>`,
				`<c r="A2" t="inlineStr"><is><t xml:space="preserve">` + tt.xml + `</t></is></c>`,
				`<c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>` + tt.xml + `</t></r><rPh sb="0" eb="1"><t>reading</t></rPh><phoneticPr/></is></c>`,
			} {
				if diff := cmp.Diff(want, cells(t, xml)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", xml, diff)
				}
			}
			path := file(t, "list.xlsx", pack(t, minimal(data(`<row r="2"><c r="A2" t="s"><v>0</v></c></row>`),
				member{name: stringsXML, content: `<sst><si><t>` + tt.xml + `</t></si><si/></sst>`})...))
			got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
			if err != nil || len(got.Rows) != 1 {
				t.Fatalf("shared: %v, %v", got.Rows, err)
			}
			if diff := cmp.Diff(want, got.Rows[0].Cells); diff != "" {
				t.Errorf("shared (-want +got):\n%s", diff)
			}
		})
	}
}

// A formula keeps what it came to with all its digits, and its own text where
// the cell has it.
func TestFormulas(t *testing.T) {
	formula := func(text, raw string) campaign.Cell {
		return campaign.Cell{Type: campaign.CellFormula, Text: text, Raw: raw}
	}
	tests := []struct {
		name, xml string
		want      campaign.Cell
	}{
		{"shared, the first", `<c r="A2"><f t="shared" ref="A2:A9" si="0">B1&amp;"x"</f><v>5</v></c>`, formula("5", `=B1&"x"`)},
		{"shared, another", `<c r="A2" t="str"><f t="shared" si="0"/><v>x</v></c>`, formula("x", "=")},
		{"shared text", `<c r="A2" t="s"><f>B1</f><v>1</v></c>`, formula("one", "=B1")},
		{"truth", `<c r="A2" t="b"><f>1=1</f><v>1</v></c>`, formula("TRUE", "=1=1")},
		{"untruth", `<c r="A2" t="b"><f>1=2</f><v>0</v></c>`, formula("FALSE", "=1=2")},
		{"error", `<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, formula("#DIV/0!", "=1/0")},
		{"many digits", `<c r="A2"><f>B1</f><v>441234567890123</v></c>`, formula("441234567890123", "=B1")},
		{"an exponent", `<c r="A2"><f>B1</f><v>4.41234567890123E+14</v></c>`, formula("4.41234567890123E+14", "=B1")},
		{"value before formula", `<c r="A2"><v>5</v><f>2+3</f></c>`, formula("5", "=2+3")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff([]campaign.Cell{tt.want}, cells(t, tt.xml)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Dates that are stored as text are shown by the cell's format or as they are.
func TestISODates(t *testing.T) {
	for stored, want := range map[string]string{
		"2026-03-01": "2026-03-01", "2026-03-01T00:00:00": "2026-03-01", "2026-03-01T14:30:00Z": "2026-03-01 14:30:00",
		"2026-03-01T14:30:00.500": "2026-03-01 14:30:01", "14:30:00": "14:30:00", "0044-03-15": "0044-03-15", "yesterday": "yesterday",
	} {
		got := cells(t, `<c r="A2" t="d"><v>`+stored+`</v></c>`)[0]
		if got.Type != campaign.CellDate || got.Raw != stored || got.Text != want {
			t.Errorf("%s is %v, want %q", stored, got, want)
		}
	}
}

// The same list, wrapped as different programs wrap it.
func TestWrappings(t *testing.T) {
	const plain = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>Zürich</v></c></row></sheetData></worksheet>`
	prefixed := strings.NewReplacer("</", "</ss:", "<", "<ss:").Replace(plain)
	prefixed = strings.Replace(prefixed, "worksheet>", `worksheet xmlns:ss="http://purl.oclc.org/ooxml/spreadsheetml/main">`, 1)
	wide := func(big, mark bool) string {
		return utf16Text(`<?xml version="1.0" encoding="UTF-16"?>`+plain, big, mark)
	}
	const sheet2, strict = "xl/sheets/list.xml", "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	moved := func(target string) []member {
		return []member{
			{name: "_rels/.rels", content: `<Relationships><Relationship Id="x" Type="` + strict + `officeDocument" Target="/Office/Book.xml"/></Relationships>`},
			{name: "office/book.xml", content: bookXML},
			{name: "Office/_rels/BOOK.xml.rels", content: `<Relationships><Relationship Id="s1" Type="` + strict + `worksheet" Target="` + target +
				`"/><Relationship Id="q" Type="` + strict + `sharedStrings" Target="texts.xml"/></Relationships>`},
			{name: "office/Texts.XML", content: sharedStrings}, {name: "office/", content: ""}, {name: "Sheets/List 1.xml", content: plain},
		}
	}
	tests := map[string][]member{
		"plain":                minimal(plain),
		"declared":             minimal(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + plain + "\r\n"),
		"byte order mark":      minimal("\ufeff" + plain),
		"UTF-16":               minimal(wide(false, true)),
		"UTF-16, big":          minimal(wide(true, true)),
		"UTF-16, unmarked":     minimal(wide(false, false)),
		"UTF-16, big, too":     minimal(wide(true, false)),
		"Latin":                minimal(`<?xml version='1.0' encoding='iso-8859-1'?>` + strings.ReplaceAll(plain, "ü", "\xfc")),
		"prefixed":             minimal(prefixed),
		"single quotes":        minimal(strings.ReplaceAll(plain, `"`, `'`)),
		"no references":        minimal(strings.NewReplacer(` r="1"`, "", ` r="A1"`, "", ` r="B1"`, "").Replace(plain)),
		"spaces in tags":       minimal(strings.NewReplacer(`"><`, "\"\n><", "</c>", "</c >", ` r="`, "\t r = \"").Replace(plain)),
		"indented":             minimal(strings.ReplaceAll(plain, "><", ">\n  <")),
		"greater than":         minimal(strings.Replace(plain, "<row ", `<row spans="1>2" `, 1)),
		"extensions":           minimal(strings.Replace(plain, "</row>", `<extLst><ext><x:c/></ext></extLst></row><y:row r="9"/>`, 1)),
		"cells of a drawing":   minimal(strings.Replace(plain, "</worksheet>", `<controls><xdr:row>4</xdr:row></controls></worksheet>`, 1)),
		"moved, strict":        moved("/Sheets/List%201.xml"),
		"moved, from here":     moved("../sheets/List 1.xml"),
		"moved, backslashes":   moved(`..\sheets\List 1.xml`),
		"no package relations": minimal(plain, member{name: "_rels/.rels", content: "<Relationships/>"}),
		"no relation of texts": minimal(plain, member{name: "xl/_rels/workbook.xml.rels", content: strings.Replace(bookRels, "sharedStrings\"", "other\"", 1)}),
	}
	for name, parts := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := read(t, file(t, "list.xlsx", pack(t, parts...)), campaign.Reading{Header: campaign.NoHeader})
			if err != nil {
				t.Fatal(err)
			}
			want := []campaign.TableRow{{Number: 1, Cells: texts("zero", "Zürich")}}
			if diff := cmp.Diff(want, got.Rows); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func utf16Text(s string, big, mark bool) string {
	if mark {
		s = "\ufeff" + s
	}
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

// Dates count from 1904 where the workbook says so.
func TestDate1904(t *testing.T) {
	parts := minimal(data(`<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44620</v></c></row>`),
		member{name: "xl/workbook.xml", content: strings.Replace(bookXML, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)},
		member{name: "xl/styles.xml", content: `<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`},
		related("styles", "styles.xml"))
	got, err := read(t, file(t, "list.xlsx", pack(t, parts...)), campaign.Reading{})
	if err != nil || outline(got.Rows) != "1: 1904-01-01 2026-03-01" {
		t.Errorf("%s, %v", outline(got.Rows), err)
	}
}

// A heading that was chosen is one however far down, and what is above is not
// a person.
func TestChosenHeading(t *testing.T) {
	var rows strings.Builder
	for i := 1; i <= 900; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>3125550142</v></c></row>`, i, i, i, i)
	}
	path := handmade(t, data(rows.String()))
	for _, tt := range []struct{ header, row, first, rows int }{
		{0, 0, 1, 900}, {campaign.NoHeader, 0, 1, 900}, {1, 1, 2, 899}, {7, 7, 8, 893}, {800, 800, 801, 100}, {900, 900, 0, 0}, {901, 0, 0, 0},
	} {
		got, err := read(t, path, campaign.Reading{Header: tt.header})
		if err != nil || got.HeaderRow != tt.row || len(got.Rows) != tt.rows || len(got.Sample) != min(tt.rows, campaign.SampleRows) {
			t.Errorf("heading %d: in row %d with %d rows below, %d of them ahead, %v", tt.header, got.HeaderRow, len(got.Rows), len(got.Sample), err)
		}
		if tt.rows > 0 && got.Rows[0].Number != tt.first {
			t.Errorf("heading %d: the first row is %d", tt.header, got.Rows[0].Number)
		}
	}
}

// Done goes from nothing to all of it and never back.
func TestDone(t *testing.T) {
	opened, err := openList(t, workbook(t, people(20_000)))
	if err != nil {
		t.Fatal(err)
	}
	last := opened.Rows.Done()
	if last > 0.5 {
		t.Errorf("%v done before the first row", last)
	}
	for err == nil {
		done := opened.Rows.Done()
		if done < last || done > 1 {
			t.Fatalf("%v done after %v", done, last)
		}
		last = done
		_, err = opened.Rows.Next()
	}
	if last := opened.Rows.Done(); last < 0.99 {
		t.Errorf("%v done at the end", last)
	}
	if err := errors.Join(opened.Rows.Close(), opened.Rows.Close()); err != nil {
		t.Error(err)
	}
}
