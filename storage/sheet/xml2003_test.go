package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

const (
	xmlHead = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles><Style ss:ID="Default"/></Styles>
`
	xmlTail = "</Workbook>\n"
)

// xmlSheet is a sheet with a heading and these rows.
func xmlSheet(name, rows string) string {
	return ` <Worksheet ss:Name="` + name + `"><Table ss:ExpandedColumnCount="2" ss:ExpandedRowCount="3"><Column ss:Width="80"/>
<Row><Cell><Data ss:Type="String">Name</Data></Cell><Cell><Data ss:Type="String">Phone</Data></Cell></Row>` + rows + `</Table></Worksheet>
`
}

func xmlRow(attributes string, cells ...string) string {
	var b strings.Builder
	b.WriteString("<Row" + attributes + ">")
	for _, c := range cells {
		b.WriteString(`<Cell><Data ss:Type="String">` + c + `</Data></Cell>`)
	}
	return b.String() + "</Row>\n"
}

func TestXML2003(t *testing.T) {
	two := xmlRow("", "Zoë", "312 555 0142") + xmlRow("", "Bob &amp; Ann", "312 555 0143")
	want := shape{Header: []string{"Name", "Phone"}, HeaderRow: 1, Rows: map[int][]string{2: {"Zoë", "312 555 0142"}, 3: {"Bob & Ann", "312 555 0143"}}}
	plain := xmlHead + xmlSheet("People", two) + xmlTail
	prefixed := strings.NewReplacer("<Workbook", "<ss:Workbook", "</Workbook", "</ss:Workbook", "<Work", "<ss:Work", "</Work", "</ss:Work", "<Table", "<ss:Table",
		"</Table", "</ss:Table", "<Row", "<ss:Row", "</Row", "</ss:Row", "<Cell", "<ss:Cell", "</Cell", "</ss:Cell", "<Data", "<ss:Data", "</Data", "</ss:Data").Replace(plain)
	rows := func(rows map[int][]string) shape {
		return shape{Header: want.Header, HeaderRow: 1, Rows: rows}
	}
	one := func(rest string) string { return xmlHead + xmlSheet("People", rest) + xmlTail }
	tests := []struct {
		name, content string
		want          shape
	}{
		{"plain", plain, want},
		{"byte order mark", "\ufeff" + plain, want},
		{"UTF-16", utf16Bytes(strings.Replace(plain, `"1.0"`, `"1.0" encoding="UTF-16"`, 1), false, true), want},
		{"windows-1252", strings.NewReplacer(`"1.0"`, `"1.0" encoding="windows-1252"`, "ë", "\xEB").Replace(plain), want},
		{"encoding unknown", strings.Replace(plain, `"1.0"`, `"1.0" encoding="x-none"`, 1), want},
		{"prefixed", prefixed, want},
		{"no declaration", plain[strings.Index(plain, "<Workbook"):], want},
		{"hidden sheet first", xmlHead + strings.Replace(xmlSheet("Codes", ""), "</Worksheet>", "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>", 1) + xmlSheet("People", two) + xmlTail, want},
		{"rows at their numbers", one(xmlRow(` ss:Index="4"`, "Ann", "1") + xmlRow("", "Bob", "2") + `<Row ss:Index="9" ss:Span="2"/>` + xmlRow("", "Cid", "3")),
			rows(map[int][]string{4: {"Ann", "1"}, 5: {"Bob", "2"}, 12: {"Cid", "3"}})},
		{"cells at their numbers", one(`<Row><Cell ss:Index="2"><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="4"><Data ss:Type="Number">2</Data></Cell></Row>`),
			rows(map[int][]string{2: {"", "1", "", "2"}})},
		{"merged cells", one(`<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Ann</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell></Row>`),
			rows(map[int][]string{2: {"Ann", "", "x"}})},
		{"formatted letters", one(`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Ann</B><Font> Example</Font></ss:Data><Comment ss:Author="x"><ss:Data>by hand</ss:Data></Comment></Cell></Row>`),
			rows(map[int][]string{2: {"Ann Example", ""}})},
		{"CDATA and line breaks", one(xmlRow("", "<![CDATA[Ann <A&B>]]>&#10;Jr", "1")), rows(map[int][]string{2: {"Ann <A&B>\nJr", "1"}})},
		{"no rows", one(""), rows(map[int][]string{})},
		{"a sheet without a table", xmlHead + `<Worksheet ss:Name="Empty"/>` + xmlTail, shape{Rows: map[int][]string{}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := openContent(t, "list.xls", []byte(tt.content), campaign.Reading{})
			if diff := cmp.Diff(tt.want, shapeOf(t, table)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if table.Book.Format != campaign.FormatXML {
				t.Errorf("read as %s", table.Book.Format)
			}
		})
	}
}

func TestXML2003Cells(t *testing.T) {
	tests := []struct {
		cell string
		want campaign.Cell
	}{
		{`<Cell><Data ss:Type="Number">6.175550142E9</Data></Cell>`, campaign.Cell{Type: campaign.CellNumber, Text: "6.175550142E9", Raw: "6.175550142E9"}},
		{`<Cell><Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell>`, campaign.Cell{Type: campaign.CellDate, Text: "2026-03-01", Raw: "2026-03-01T00:00:00.000"}},
		{`<Cell><Data ss:Type="DateTime">2026-03-01T10:30:00.000</Data></Cell>`, campaign.Cell{Type: campaign.CellDate, Text: "2026-03-01 10:30:00", Raw: "2026-03-01T10:30:00.000"}},
		{`<Cell><Data ss:Type="DateTime">1899-12-31T10:30:00.000</Data></Cell>`, campaign.Cell{Type: campaign.CellDate, Text: "10:30:00", Raw: "1899-12-31T10:30:00.000"}},
		{`<Cell><Data ss:Type="Boolean">1</Data></Cell>`, campaign.Cell{Type: campaign.CellBool, Text: "TRUE", Raw: "1"}},
		{`<Cell><Data ss:Type="Error">#N/A</Data></Cell>`, campaign.Cell{Type: campaign.CellError, Text: "#N/A", Raw: "#N/A"}},
		{`<Cell ss:Formula="=+16175550142"><Data ss:Type="Number">16175550142</Data></Cell>`, campaign.Cell{Type: campaign.CellFormula, Text: "16175550142", Raw: "=+16175550142"}},
		{`<Cell><Data ss:Type="String" x:Ticked="1">0617</Data></Cell>`, campaign.Cell{Type: campaign.CellText, Text: "0617", Raw: "0617"}},
		{`<Cell><PhoneticText>x</PhoneticText><Data ss:Type="String">y</Data></Cell>`, campaign.Cell{Type: campaign.CellText, Text: "y", Raw: "y"}},
	}
	for _, tt := range tests {
		t.Run(tt.cell, func(t *testing.T) {
			row := `<Row><Cell><Data ss:Type="String">Ann</Data></Cell>` + tt.cell + "</Row>"
			content := strings.Replace(xmlHead, "xmlns:o", `xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:o`, 1) + xmlSheet("People", row) + xmlTail
			table := openContent(t, "list.xml", []byte(content), campaign.Reading{})
			if len(table.Sample) != 1 || len(table.Sample[0].Cells) != 2 {
				t.Fatalf("%+v", table.Sample)
			}
			if diff := cmp.Diff(tt.want, table.Sample[0].Cells[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestXML2003Sheets(t *testing.T) {
	content := []byte(xmlHead + xmlSheet("One &amp; two", xmlRow("", "Ann", "1")) + xmlSheet("Three", xmlRow(` ss:Hidden="1"`, "Bob", "2")) + xmlTail)
	table := openContent(t, "list.xml", content, campaign.Reading{})
	want := []campaign.SheetInfo{{Name: "One & two", Rows: 3, Columns: 2}, {Name: "Three", Rows: 3, Columns: 2}}
	if diff := cmp.Diff(want, table.Book.Sheets); diff != "" || table.Sheet != "One & two" {
		t.Errorf("%s of (-want +got):\n%s", table.Sheet, diff)
	}
	got := shapeOf(t, openContent(t, "list.xml", content, campaign.Reading{Sheet: "Three"}))
	if diff := cmp.Diff(map[int][]string{2: {"Bob", "2"}}, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got = shapeOf(t, openContent(t, "list.xml", content, campaign.Reading{Sheet: "Three", Visible: true})); len(got.Rows) != 0 {
		t.Errorf("a hidden row was read: %v", got.Rows)
	}
	_, err := sheet.Open(t.Context(), file(t, "list.xml", content), campaign.Reading{Sheet: "Four"})
	wantFault(t, err, campaign.FaultNoSheet)
}

func TestXML2003Areas(t *testing.T) {
	names := `<Names><NamedRange ss:Name="Callers" ss:RefersTo="='It''s two'!R1C1:R2C2"/><NamedRange ss:Name="_FilterDatabase" ss:RefersTo="=One!R1C1:R2C2"/><NamedRange ss:Name="Rate" ss:RefersTo="=0.5"/></Names>`
	content := []byte(xmlHead + names + xmlSheet("One", xmlRow("", "Ann", "1")) + xmlSheet("It's two", xmlRow("", "Bob", "2")+xmlRow("", "Cid", "3")) + xmlTail)
	table := openContent(t, "list.xml", content, campaign.Reading{Area: "callers"})
	if diff := cmp.Diff([]campaign.Area{{Name: "Callers", Sheet: "It's two", Ref: "A1:B2"}}, table.Book.Areas); diff != "" || table.Sheet != "It's two" {
		t.Errorf("%s of (-want +got):\n%s", table.Sheet, diff)
	}
	if diff := cmp.Diff(map[int][]string{2: {"Bob", "2"}}, shapeOf(t, table).Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := shapeOf(t, openContent(t, "list.xml", content, campaign.Reading{Area: "B1:B9"}))
	if diff := cmp.Diff(map[int][]string{2: {"1"}}, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := sheet.Open(t.Context(), file(t, "list.xml", content), campaign.Reading{Area: "nobody!"})
	wantFault(t, err, campaign.FaultNoArea)
}

// Wherever a workbook is cut before its table ends, the rows until there come,
// and then an error.
func TestXML2003Cut(t *testing.T) {
	content := xmlHead + xmlSheet("People", strings.Repeat(xmlRow("", "Ann", "312 555 0142"), 300)) + xmlTail
	for cut := strings.Index(content, "</Table>") + 7; cut > len(xmlHead)+60; cut -= 211 {
		table, err := sheet.Open(t.Context(), file(t, "list.xml", []byte(content[:cut])), campaign.Reading{})
		if err != nil {
			wantFault(t, err, campaign.FaultDamaged)
			continue
		}
		got, err := readShape(table)
		wantFault(t, err, campaign.FaultDamaged)
		if rows := strings.Count(content[:cut], "</Row>"); len(got.Rows) != rows-1 {
			t.Fatalf("%d rows of %d that are whole", len(got.Rows), rows-1)
		}
		if err := table.Rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestXML2003Refused(t *testing.T) {
	deep := strings.Repeat("<a>", 1000)
	row := func(s string) string { return xmlHead + xmlSheet("People", s) + xmlTail }
	tests := []struct {
		name, content string
		want          campaign.Fault
	}{
		{"entities", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` + xmlHead[22:] + xmlSheet("People", xmlRow("", "&b;", "1")) + xmlTail, campaign.FaultFormat},
		{"entity unknown", row(xmlRow("", "&b;", "1")), campaign.FaultDamaged},
		{"row backwards", row(xmlRow(` ss:Index="5"`, "a", "1") + xmlRow(` ss:Index="3"`, "b", "2")), campaign.FaultDamaged},
		{"row twice", row(xmlRow(` ss:Index="5"`, "a", "1") + xmlRow(` ss:Index="5"`, "b", "2")), campaign.FaultDamaged},
		{"row is no number", row(xmlRow(` ss:Index="x"`, "a", "1")), campaign.FaultDamaged},
		{"cell backwards", row(`<Row><Cell ss:Index="2"><Data>1</Data></Cell><Cell ss:Index="1"><Data>2</Data></Cell></Row>`), campaign.FaultDamaged},
		{"number is none", row(`<Row><Cell><Data ss:Type="Number">6l7</Data></Cell></Row>`), campaign.FaultDamaged},
		{"tags that do not match", row("<Row><Cell></Row></Cell>"), campaign.FaultDamaged},
		{"too deep", row(deep), campaign.FaultDamaged},
		{"row too far down", row(xmlRow(` ss:Index="1048577"`, "a", "1")), campaign.FaultTooLarge},
		{"column too far right", row(`<Row><Cell ss:Index="16385"><Data>2</Data></Cell></Row>`), campaign.FaultTooLarge},
		{"endless text", row(xmlRow("", strings.Repeat("text ", 1<<18), "1")), campaign.FaultTooLarge},
		{"endless tag", row(`<Row ss:Name="` + strings.Repeat("text ", 1<<18) + `"/>`), campaign.FaultTooLarge},
		{"no sheet", xmlHead + xmlTail, campaign.FaultDamaged},
		{"other XML", `<?xml version="1.0"?><people/>`, campaign.FaultFormat},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table, err := sheet.Open(t.Context(), file(t, "list.xml", []byte(tt.content)), campaign.Reading{})
			if err == nil {
				_, err = readShape(table)
			}
			wantFault(t, err, tt.want)
		})
	}
}

func FuzzXML2003(f *testing.F) {
	for _, s := range []string{
		xmlSheet("People", xmlRow("", "Ann", "1")) + xmlTail, xmlSheet("A", xmlRow(` ss:Index="4"`, "&amp;", "<![CDATA[x]]>")) + xmlSheet("B", "") + xmlTail,
		`<Worksheet ss:Name="x"><Table><Row ss:Span="3"/><Row><Cell ss:MergeAcross="2" ss:Index="3"><Data ss:Type="Number">1</Data></Cell></Row></Table>`,
		`<!DOCTYPE x>`, `<!-- <Worksheet ss:Name="x"> --><Worksheet/>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		readAnyhow(t, append([]byte(xmlHead), content...), campaign.Reading{})
	})
}
