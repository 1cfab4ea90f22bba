package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// odsPart is a part of a package.
type odsPart struct{ name, content string }

// odsSpace is the beginning of the XML of every content.
const odsSpace = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

const odsKind = "application/vnd.oasis.opendocument.spreadsheet"

// odsContent is a document of such sheets, behind styles.
func odsContent(styles, sheets string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odsSpace + `><office:automatic-styles>` + styles +
		`</office:automatic-styles><office:body><office:spreadsheet>` + sheets + `</office:spreadsheet></office:body></office:document-content>`
}

// odsFile packs a content.
func odsFile(t testing.TB, content string, more ...odsPart) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range append([]odsPart{{"mimetype", odsKind}, {"content.xml", content}}, more...) {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, "list.ods", b.Bytes())
}

// odsSheet packs one sheet of such rows.
func odsSheet(t testing.TB, rows string) string {
	t.Helper()
	return odsFile(t, odsContent("", `<table:table table:name="List">`+rows+`</table:table>`))
}

// odsText is a cell of a text.
func odsText(s string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + s + `</text:p></table:table-cell>`
}

func TestDocumentCells(t *testing.T) {
	const number = `office:value-type="float" office:value="6175550142"`
	tests := []struct{ name, cell, want string }{
		{"text", odsText("Ann &amp; Bob"), `text "Ann & Bob"`},
		{"spans, links", odsText(`A<text:span>n</text:span><text:a>n</text:a>`), `text "Ann"`},
		{"spaces, tabs, breaks", odsText(`a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e`), `text "a b   c\td\ne"`},
		{"indented", odsText("\n\t a\n\t b"), `text "a b"`},
		{"several spaces", odsText("  a  b"), `text "  a  b"`},
		{"paragraphs", `<table:table-cell office:value-type="string"><text:p>a</text:p><text:p/><text:p>b</text:p></table:table-cell>`, `text "a\n\nb"`},
		{"comment", `<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation><text:p>a</text:p></table:table-cell>`,
			`text "a"`},
		{"drawing", `<table:table-cell office:value-type="string"><draw:frame><text:p>no</text:p></draw:frame><text:p>a</text:p></table:table-cell>`, `text "a"`},
		{"note within", odsText(`a<text:note><text:p>no</text:p></text:note>b`), `text "ab"`},
		{"text in the attribute", `<table:table-cell office:value-type="string" office:string-value="a b"/>`, `text "a b"`},
		{"text that a format hides", `<table:table-cell office:value-type="string" office:string-value="a b"><text:p/></table:table-cell>`, `text "a b"`},
		{"text without a type", `<table:table-cell><text:p>a</text:p></table:table-cell>`, `text "a"`},
		{"character data", odsText(`<![CDATA[<a> & b]]>`), `text "<a> & b"`},
		{"number", `<table:table-cell ` + number + `><text:p>6175550142</text:p></table:table-cell>`, `number "6175550142"`},
		{"number shown with an exponent", `<table:table-cell ` + number + `><text:p>6.18E+09</text:p></table:table-cell>`, `number "6.18E+09" "6175550142"`},
		{"number not shown", `<table:table-cell ` + number + `/>`, `number "6175550142"`},
		{"single quotes", `<table:table-cell office:value-type='float' office:value='7'/>`, `number "7"`},
		{"percentage", `<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>`, `number "50%" "0.5"`},
		{"currency", `<table:table-cell office:value-type="currency" office:currency="EUR" office:value="5"><text:p>5 €</text:p></table:table-cell>`, `number "5 €" "5"`},
		{"date", `<table:table-cell office:value-type="date" office:date-value="2026-03-01"><text:p>1.3.26</text:p></table:table-cell>`, `date "1.3.26" "2026-03-01"`},
		{"time", `<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"><text:p>10:30</text:p></table:table-cell>`, `date "10:30" "PT10H30M00S"`},
		{"truth", `<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>`, `bool "TRUE" "true"`},
		{"formula", `<table:table-cell table:formula="of:=+6175550142" ` + number + `><text:p>6175550142</text:p></table:table-cell>`,
			`formula "6175550142" "=+6175550142"`},
		{"formula shown with an exponent", `<table:table-cell table:formula="of:=[.A2]" ` + number + `><text:p>6.18E+09</text:p></table:table-cell>`,
			`formula "6175550142" "=[.A2]"`},
		{"formula of an old program", `<table:table-cell table:formula="oooc:=1=1" office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>`,
			`formula "TRUE" "=1=1"`},
		{"formula that fails", `<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>`,
			`formula "#DIV/0!" "=1/0"`},
		{"type beside the standard's", `<table:table-cell calcext:value-type="string" ` + number + `/>`, `number "6175550142"`},
		{"covered", `<table:covered-table-cell office:value-type="string"><text:p>a</text:p></table:covered-table-cell>`, `text "a"`},
		{"after empty ones", `<table:table-cell table:number-columns-repeated="2"/>` + odsText("a"), ` "" |  "" | text "a"`},
		{"repeated", `<table:table-cell table:number-columns-repeated="2" ` + number + `/>`, `number "6175550142" | number "6175550142"`},
		{"before empty ones", odsText("a") + `<table:table-cell table:number-columns-repeated="16383"/>`, `text "a"`},
		{"before more than there are", odsText("a") + `<table:table-cell table:number-columns-repeated="99999999999999999999"/>`, `text "a"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, all, err := cellsOf(t, odsSheet(t, `<table:table-row>`+tt.cell+`</table:table-row>`))
			if diff := cmp.Diff([]string{"1 | " + tt.want}, got); diff != "" || err != nil {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
			if all.Book.Format != campaign.FormatODS || all.Sheet != "List" {
				t.Errorf("format %q, sheet %q", all.Book.Format, all.Sheet)
			}
		})
	}
}

func TestDocumentRows(t *testing.T) {
	row := func(attributes, text string) string {
		return `<table:table-row ` + attributes + `>` + odsText(text) + `</table:table-row>`
	}
	empty := func(times string) string {
		return `<table:table-row table:number-rows-repeated="` + times + `"><table:table-cell/></table:table-row>`
	}
	tests := []struct {
		name, rows string
		want       []string
	}{
		{"one after another", row("", "a") + row("", "b"), []string{`1 | text "a"`, `2 | text "b"`}},
		{"none", "", nil},
		{"empty ones", empty("3") + row("", "a"), []string{`4 | text "a"`}},
		{"empty ones to the end", row("", "a") + empty("1048575"), []string{`1 | text "a"`}},
		{"more empty ones than there are", row("", "a") + empty("4000000000") + empty("4000000000") + empty("99999999999999999999"), []string{`1 | text "a"`}},
		{"repeated", row(`table:number-rows-repeated="2"`, "a") + row("", "b"), []string{`1 | text "a"`, `2 | text "a"`, `3 | text "b"`}},
		{"repeated no times", row(`table:number-rows-repeated="0"`, "a"), []string{`1 | text "a"`}},
		{"headings, groups, rows", `<table:table-header-rows>` + row("", "a") + `</table:table-header-rows><table:table-row-group><table:table-row-group>` +
			row("", "b") + `</table:table-row-group></table:table-row-group><table:table-rows>` + row("", "c") + `</table:table-rows>`,
			[]string{`1 | text "a"`, `2 | text "b"`, `3 | text "c"`}},
		{"hidden", row(`table:visibility="collapse"`, "a") + row(`table:visibility="filter"`, "b") + row(`table:visibility="visible"`, "c"),
			[]string{`1 hidden | text "a"`, `2 hidden | text "b"`, `3 | text "c"`}},
		{"what is no row", `<office:forms><table:table-row/></office:forms><table:shapes/>` + row("", "a"), []string{`1 | text "a"`}},
		{"a comment between", row("", "a") + `<!-- <table:table-row> -->` + row("", "b"), []string{`1 | text "a"`, `2 | text "b"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := cellsOf(t, odsSheet(t, tt.rows))
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
		})
	}
}

func TestDocumentSheets(t *testing.T) {
	sheetNamed := func(name, style string) string {
		return `<table:table table:name="` + name + `" table:style-name="` + style + `"><table:table-row>` + odsText(name) + odsText("b") +
			`</table:table-row><table:table-row>` + odsText("c") + odsText("d") + `</table:table-row></table:table>`
	}
	content := odsContent(
		`<style:style style:name="out" style:family="table"><style:table-properties table:display="false"/></style:style>`+
			`<style:style style:name="in" style:family="table"><style:table-properties table:display="true"/></style:style>`,
		sheetNamed("&apos;file:///tmp/a.xls&apos;#List", "out")+sheetNamed("Away", "out")+sheetNamed("Ann&apos;s list", "in")+sheetNamed("Third", "")+
			`<table:named-expressions><table:named-range table:name="Team" table:cell-range-address="$'Ann''s list'.$A$1:.$B$2"/>`+
			`<table:named-range table:name="One" table:cell-range-address="$Third.$A$1"/>`+
			`<table:named-expression table:name="Sum" table:expression="1+1"/></table:named-expressions>`+
			`<table:database-ranges><table:database-range table:name="Base" table:target-range-address="Third.B1:Third.B2"/>`+
			`<table:database-range table:name="Bare" table:contains-header="false" table:target-range-address="Third.A1:Third.A2"/>`+
			`<table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address="Third.A1:Third.B2"/></table:database-ranges>`)
	path := odsFile(t, content)
	all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Book{
		File: path, Format: campaign.FormatODS,
		Sheets: []campaign.SheetInfo{{Name: "Away", Hidden: true}, {Name: "Ann's list"}, {Name: "Third"}},
		Areas: []campaign.Area{
			{Name: "Base", Sheet: "Third", Ref: "B1:B2", Table: true}, {Name: "Bare", Sheet: "Third", Ref: "A1:A2", Table: true},
			{Name: "Team", Sheet: "Ann's list", Ref: "A1:B2"},
		},
	}
	if diff := cmp.Diff(want, all.Book); diff != "" || all.Sheet != "Ann's list" {
		t.Errorf("sheet %q (-want +got):\n%s", all.Sheet, diff)
	}
	tests := []struct {
		how    campaign.Reading
		sheet  string
		header int
		rows   int
	}{
		{campaign.Reading{Sheet: "away", Header: campaign.NoHeader}, "Away", 0, 2},
		{campaign.Reading{Area: "team", Header: campaign.NoHeader}, "Ann's list", 0, 2},
		{campaign.Reading{Area: "Base"}, "Third", 1, 1},
		{campaign.Reading{Area: "Bare"}, "Third", 0, 2},
		{campaign.Reading{Sheet: "Third", Area: "A2:B2", Header: campaign.NoHeader}, "Third", 0, 1},
	}
	for _, tt := range tests {
		all, err := read(t, path, tt.how)
		if err != nil || all.Sheet != tt.sheet || all.HeaderRow != tt.header || len(all.Rows) != tt.rows {
			t.Errorf("%+v: sheet %q, heading %d, %v, %v", tt.how, all.Sheet, all.HeaderRow, all.Rows, err)
		}
	}
	_, err = read(t, path, campaign.Reading{Area: "Nowhere"})
	if fault := faultOf(err); fault.Fault != campaign.FaultNoArea || len(fault.There) != 3 {
		t.Errorf("no such area: %v", err)
	}
}

// Pieces of XML that stand for billions of cells are refused before they are
// made.
func TestDocumentBounds(t *testing.T) {
	wide := `<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="16384"/>`
	tests := []struct {
		name, rows string
		want       campaign.Fault
		given      int // rows before it
	}{
		{"rows to the end", `<table:table-row table:number-rows-repeated="1048576">` + odsText("a") + `</table:table-row>`, "", 1 << 20},
		{"a row too many", `<table:table-row table:number-rows-repeated="1048577">` + odsText("a") + `</table:table-row>`, campaign.FaultDamaged, 0},
		{"a row beyond the end", `<table:table-row table:number-rows-repeated="1048576"/><table:table-row>` + odsText("a") + `</table:table-row>`,
			campaign.FaultDamaged, 0},
		{"a column too many", `<table:table-row><table:table-cell table:number-columns-repeated="16384"/>` + odsText("a") + `</table:table-row>`,
			campaign.FaultDamaged, 0},
		{"all the cells there can be", `<table:table-row table:number-rows-repeated="1048576">` + wide + `</table:table-row>`, campaign.FaultTooLarge, 0},
		{"nearly as many one by one", strings.Repeat(`<table:table-row>`+wide+`</table:table-row>`, 2000), campaign.FaultTooLarge, 1024},
		{"spaces", `<table:table-row>` + odsText(strings.Repeat(`<text:s text:c="4000000000"/>`, 100)) + `</table:table-row>`, campaign.FaultDamaged, 0},
		{"nesting", strings.Repeat(`<table:table-row-group>`, 100_000), campaign.FaultDamaged, 0},
		{"a text without end", `<table:table-row>` + odsText(strings.Repeat("a", 2<<20)) + `</table:table-row>`, campaign.FaultDamaged, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if n, err := countRows(t, odsSheet(t, tt.rows)); faultOf(err).Fault != tt.want || n != tt.given {
				t.Errorf("%d rows, %v, want %d and %q", n, err, tt.given, tt.want)
			}
		})
	}
}

// countRows reads a file without keeping its rows.
func countRows(t *testing.T, path string) (n int, err error) {
	t.Helper()
	opened, err := sheet.Open(t.Context(), path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, opened.Rows.Close()) }()
	for {
		_, err := opened.Rows.Next()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		n++
	}
}

func TestDocumentDamage(t *testing.T) {
	row := func(text string) string { return `<table:table-row>` + odsText(text) + `</table:table-row>` }
	sound := odsContent("", `<table:table table:name="List">`+row("a")+row("b")+row("c")+`</table:table>`)
	tests := []struct {
		name, content string
		rows          int
		say           string
	}{
		{"cut off in a row", sound[:strings.Index(sound, "c</text:p>")], 2, "after row 2"},
		{"cut off between rows", sound[:strings.Index(sound, "</table:table>")], 3, "after row 3"},
		{"cut off after the sheet", sound[:strings.Index(sound, "</office:spreadsheet>")], 3, "after the sheet"},
		{"tags that do not match", strings.Replace(sound, "b</text:p>", "b</text:q>", 1), 1, "after row 1"},
		{"number that is none", strings.Replace(sound, row("b"), `<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>`, 1),
			1, "a number cannot be read"},
		{"attribute that is none", strings.Replace(sound, row("b"), `<table:table-row><table:table-cell a=b/></table:table-row>`, 1), 1, "an attribute cannot be read"},
		{"entity that is not known", strings.Replace(sound, ">b<", ">&b;<", 1), 1, "entity"},
		{"a second document", sound + sound[strings.Index(sound, "<office"):], 3, "after the sheet"},
		{"a document type", strings.Replace(sound, "?>", `?><!DOCTYPE a [<!ENTITY b "c">]>`, 1), 0, "document type"},
		{"no content", "", 0, "empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, err := read(t, odsFile(t, tt.content), campaign.Reading{Header: campaign.NoHeader})
			fault := faultOf(err)
			if fault.Fault != campaign.FaultDamaged || !strings.Contains(err.Error(), tt.say) || len(all.Rows) != tt.rows || fault.Row != tt.rows {
				t.Errorf("%d rows, %v, want %d and %q", len(all.Rows), err, tt.rows, tt.say)
			}
		})
	}
}

// A byte that was changed is found by the part's checksum, at the end.
func TestDocumentChecksum(t *testing.T) {
	content, err := os.ReadFile("testdata/ods/sheetjs.ods")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("Last Example"))
	if at < 0 {
		t.Skip("the part is compressed")
	}
	content[at] ^= 1
	all, err := read(t, fileOf(t, "list.ods", content), campaign.Reading{})
	if fault := faultOf(err); fault.Fault != campaign.FaultDamaged || len(all.Rows) == 0 {
		t.Errorf("%d rows, %v", len(all.Rows), err)
	}
}

func TestDocumentFaults(t *testing.T) {
	manifest := func(inner string) odsPart {
		return odsPart{"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
			`<manifest:file-entry manifest:full-path="content.xml">` + inner + `</manifest:file-entry></manifest:manifest>`}
	}
	text := `<office:document-content ` + odsSpace + `><office:body><office:text/></office:body></office:document-content>`
	tests := []struct {
		name, path string
		want       campaign.Fault
	}{
		{"with a password", odsFile(t, "\x00\x01\x02", manifest(`<manifest:encryption-data/>`)), campaign.FaultPassword},
		{"without one", odsFile(t, odsContent("", `<table:table table:name="a"/>`), manifest("")), ""},
		{"manifest of an old program", odsFile(t, odsContent("", `<table:table table:name="a"/>`),
			odsPart{"META-INF/manifest.xml", `<!DOCTYPE manifest:manifest PUBLIC "-//a" "b.dtd"><manifest:manifest/>`}), ""},
		{"a text", odsFile(t, text), campaign.FaultFormat},
		{"no sheets", odsFile(t, odsContent("", "")), campaign.FaultDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := read(t, tt.path, campaign.Reading{}); faultOf(err).Fault != tt.want {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// The rest of what is in a document is not mistaken for its sheets.
func TestDocumentInDocument(t *testing.T) {
	inner := `<draw:object><office:document><office:body><office:spreadsheet><table:table table:name="Inner"><table:table-row>` + odsText("no") +
		`</table:table-row></table:table></office:spreadsheet></office:body></office:document></draw:object>`
	got, all, err := cellsOf(t, odsSheet(t, `<table:shapes>`+inner+`</table:shapes><table:table-row><table:table-cell>`+inner+
		`<text:p>a</text:p></table:table-cell></table:table-row>`))
	if diff := cmp.Diff([]string{`1 | text "a"`}, got); diff != "" || err != nil || len(all.Book.Sheets) != 1 {
		t.Error(diff, err, all.Book.Sheets)
	}
}

func FuzzODS(f *testing.F) {
	people, err := os.ReadFile("testdata/ods/people.fods")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(people))
	f.Add(odsContent("", `<table:table table:name="a"><table:table-row table:number-rows-repeated="3">`+odsText("a<text:s text:c='2'/>b")+`</table:table-row></table:table>`))
	f.Add(odsContent("", `<table:table><table:table-row><table:covered-table-cell table:number-columns-repeated="9" office:value-type="float" office:value="1E9"/></table:table-row></table:table>`))
	f.Fuzz(func(t *testing.T, content string) { ascending(t, odsFile(t, content)) })
}

func BenchmarkDocument100k(b *testing.B) {
	var rows strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&rows, `<table:table-row>%s%s%s%s%s<table:table-cell office:value-type="float" office:value="%d"><text:p>%[6]d</text:p></table:table-cell></table:table-row>`,
			odsText(fmt.Sprint("Person ", i)), odsText("Example"), odsText("ann@example.com"), odsText("Chicago"), odsText("IL"), 6175550000+i)
	}
	path := odsSheet(b, rows.String())
	b.ReportAllocs()
	for b.Loop() {
		all, err := read(b, path, campaign.Reading{})
		if err != nil || len(all.Rows) < 99_999 {
			b.Fatal(len(all.Rows), err)
		}
	}
}
