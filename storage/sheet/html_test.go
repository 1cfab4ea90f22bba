package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

func TestPage(t *testing.T) {
	people := shape{
		Header: []string{"Name", "Phone"}, HeaderRow: 1,
		Rows: map[int][]string{2: {"Zoë Müller", "312 555 0142"}, 3: {"Bob", "312 555 0143"}},
	}
	const plain = "<table><tr><th>Name</th><th>Phone</th></tr><tr><td>Zoë Müller</td><td>312 555 0142</td></tr><tr><td>Bob</td><td>312 555 0143</td></tr></table>"
	table := func(rows string) string { return "<table><tr><td>Name<td>Phone<td>City" + rows + "</table>" }
	with := func(rows map[int][]string) shape {
		return shape{Header: []string{"Name", "Phone", "City"}, HeaderRow: 1, Rows: rows}
	}
	tests := []struct {
		name, content string
		want          shape
	}{
		{"plain", plain, people},
		{"whole page", "<!DOCTYPE html><html><head><title>List</title><script>var x = '<table>';</script></head><body><p>List</p>" + plain + "<p>end</p></body></html>", people},
		{"comment first", "<!-- made by a shop --> " + plain, people},
		{"end tags missing", "<TABLE><TR><TH>Name<TH>Phone<TR><TD>Zoë Müller<TD>312 555 0142<TR><TD>Bob<TD>312 555 0143</TABLE>", people},
		{"rows in groups", "<table><thead><tr><th>Name<th>Phone</thead><tbody><tr><td>Zoë Müller<td>312 555 0142<tr><td>Bob<td>312 555 0143</tbody></table>", people},
		{"entities", strings.NewReplacer("ë", "&euml;", "ü", "&#252;", "312 ", "312&nbsp;").Replace(plain), people},
		{"blanks and markup", strings.NewReplacer("Zoë Müller", "\n  <b>Zoë</b>\n\t<span>Müller</span> ", "Bob", "<p>Bob</p>").Replace(plain), people},
		{"byte order mark", "\ufeff" + plain, people},
		{"charset declared", "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">" + strings.NewReplacer("ë", "\xEB", "ü", "\xFC").Replace(plain), people},
		{"charset guessed", strings.NewReplacer("ë", "\xEB", "ü", "\xFC").Replace(plain), people},
		{"UTF-16", utf16Bytes("<html>"+plain, false, true), people},
		{"widest table", "<table><tr><td>Home<tr><td>About</table>" + plain + "<table><tr><td>a<td>b<td>c</table>", people},
		{"within a table of the layout", "<table><tr><td>menu<td>x<td>y<tr><td>" + plain + "</td><td>more</table>", people},
		{"line breaks", table("<tr><td>Ann<br>Example<br/>Jr<td>312 555 0142<td>Rome"), with(map[int][]string{2: {"Ann\nExample\nJr", "312 555 0142", "Rome"}})},
		{"colspan", table("<tr><td colspan=2>Ann<td>Rome"), with(map[int][]string{2: {"Ann", "", "Rome"}})},
		{"rowspan", table("<tr><td>Ann<td rowspan=2>312 555 0142<td>Rome<tr><td>Bob<td>Oslo<tr><td>Cid<td>1<td>Bonn"), with(map[int][]string{
			2: {"Ann", "312 555 0142", "Rome"}, 3: {"Bob", "", "Oslo"}, 4: {"Cid", "1", "Bonn"},
		})},
		{"short row", table("<tr><td>Ann"), with(map[int][]string{2: {"Ann", "", ""}})},
		{"wide row", table("<tr><td>Ann<td>1<td>Rome<td>x"), with(map[int][]string{2: {"Ann", "1", "Rome", "x"}})},
		{"empty rows", table("<tr></tr><tr><td>&nbsp;<td> <tr><td>Ann<td>1<td>Rome"), with(map[int][]string{4: {"Ann", "1", "Rome"}})},
		{"table in a cell", table("<tr><td>Ann<td><table><tr><td>1<td>2</table><td>Rome</tr>"), with(map[int][]string{2: {"Ann", "1 2", "Rome"}})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := openContent(t, "list.xls", []byte(tt.content), campaign.Reading{})
			if diff := cmp.Diff(tt.want, shapeOf(t, table)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if table.Book.Format != campaign.FormatHTML {
				t.Errorf("read as %s", table.Book.Format)
			}
		})
	}
}

// What Excel and LibreOffice say about a cell, besides what it shows.
func TestPageCells(t *testing.T) {
	const styles = `<style><!-- .xl1 {mso-number-format:"\@";} td.xl2 {color:red; mso-number-format:"yyyy\\-mm\\-dd";} .xl3{mso-number-format:0} .no {display:none} --></style>`
	tests := []struct {
		tag, shown string
		want       campaign.Cell
	}{
		{`x:num`, "42", campaign.Cell{Type: campaign.CellNumber, Text: "42", Raw: "42"}},
		{`x:num="6175550142"`, "6.18E+09", campaign.Cell{Type: campaign.CellNumber, Text: "6.18E+09", Raw: "6175550142"}},
		{`class=xl2 x:num="38353"`, "2005-01-01", campaign.Cell{Type: campaign.CellDate, Text: "2005-01-01", Raw: "38353"}},
		{`class="a xl1" x:num="12"`, "012", campaign.Cell{Type: campaign.CellText, Text: "012", Raw: "012"}},
		{`class=xl3`, "6175550142", campaign.Cell{Type: campaign.CellNumber, Text: "6175550142", Raw: "6175550142"}},
		{`class=xl3`, "none", campaign.Cell{Type: campaign.CellText, Text: "none", Raw: "none"}},
		{`style='mso-number-format:"\@"'`, "0617", campaign.Cell{Type: campaign.CellText, Text: "0617", Raw: "0617"}},
		{`style='mso-number-format:"Short Date"'`, "3/1/2026", campaign.Cell{Type: campaign.CellDate, Text: "3/1/2026", Raw: "3/1/2026"}},
		{`x:str`, "617", campaign.Cell{Type: campaign.CellText, Text: "617", Raw: "617"}},
		{`x:str="'617 555 "`, "617", campaign.Cell{Type: campaign.CellText, Text: "'617 555 ", Raw: "'617 555 "}},
		{`x:num x:fmla="=A1+1"`, "43", campaign.Cell{Type: campaign.CellFormula, Text: "43", Raw: "=A1+1"}},
		{`x:bool="TRUE"`, "TRUE", campaign.Cell{Type: campaign.CellBool, Text: "TRUE", Raw: "TRUE"}},
		{`x:err="#N/A"`, "#N/A", campaign.Cell{Type: campaign.CellError, Text: "#N/A", Raw: "#N/A"}},
		{`sdval="6175550142" sdnum="1033;0;0.00E+00"`, "6.18E+09", campaign.Cell{Type: campaign.CellNumber, Text: "6.18E+09", Raw: "6175550142"}},
		{`sdval="46082" sdnum="1033;1033;YYYY-MM-DD"`, "2026-03-01", campaign.Cell{Type: campaign.CellDate, Text: "2026-03-01", Raw: "46082"}},
		{`sdnum="1033;0;@"`, "0617", campaign.Cell{Type: campaign.CellText, Text: "0617", Raw: "0617"}},
		{`data-t="n" data-v="442079460000"`, "4.42079E+11", campaign.Cell{Type: campaign.CellNumber, Text: "4.42079E+11", Raw: "442079460000"}},
		{`data-t="b" data-v="true"`, "TRUE", campaign.Cell{Type: campaign.CellBool, Text: "TRUE", Raw: "TRUE"}},
		{`data-t="s" data-v="12"`, "12", campaign.Cell{Type: campaign.CellText, Text: "12", Raw: "12"}},
		{`colspan=0 rowspan=-1 x:num="no"`, "x", campaign.Cell{Type: campaign.CellText, Text: "x", Raw: "x"}},
	}
	for _, tt := range tests {
		t.Run(tt.tag, func(t *testing.T) {
			page := "<html><head>" + styles + "</head><table><tr><td>Name<td>Value<tr><td>Ann<td " + tt.tag + ">" + tt.shown + "</table></html>"
			table := openContent(t, "list.xls", []byte(page), campaign.Reading{})
			if len(table.Sample) != 1 || len(table.Sample[0].Cells) != 2 {
				t.Fatalf("%+v", table.Sample)
			}
			if diff := cmp.Diff(tt.want, table.Sample[0].Cells[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPageTables(t *testing.T) {
	const content = "<p>x<table><tr><td>Home</table><table><tr><th>A<th>B<tr><td>1<td>2</table><table><tr><th>C<th>D<tr><td>3<td>4<tr><td>5<td>6</table>"
	table := openContent(t, "list.html", []byte("<html>"+content), campaign.Reading{})
	want := []campaign.SheetInfo{{Name: "Table 1", Rows: 1, Columns: 1}, {Name: "Table 2", Rows: 2, Columns: 2}, {Name: "Table 3", Rows: 3, Columns: 2}}
	if diff := cmp.Diff(want, table.Book.Sheets); diff != "" || table.Sheet != "Table 2" {
		t.Errorf("%s of (-want +got):\n%s", table.Sheet, diff)
	}
	got := shapeOf(t, openContent(t, "list.html", []byte("<html>"+content), campaign.Reading{Sheet: "Table 3"}))
	if diff := cmp.Diff(map[int][]string{2: {"3", "4"}, 3: {"5", "6"}}, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := sheet.Open(t.Context(), file(t, "list.html", []byte("<html>"+content)), campaign.Reading{Sheet: "Table 4"})
	wantFault(t, err, campaign.FaultNoSheet)
	_, err = sheet.Open(t.Context(), file(t, "list.html", []byte("<html><p>Hello")), campaign.Reading{})
	wantFault(t, err, campaign.FaultFormat)
}

func TestPageHidden(t *testing.T) {
	const content = "<style>.gone{display: none}</style><table><tr><td>Name<td>Phone<tr style='display:none'><td>Ann<td>1<tr class=gone><td>Bob<td>2<tr hidden><td>Cid<td>3<tr><td>Dan<td>4</table>"
	got := shapeOf(t, openContent(t, "list.xls", []byte(content), campaign.Reading{Visible: true}))
	if diff := cmp.Diff(map[int][]string{5: {"Dan", "4"}}, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got = shapeOf(t, openContent(t, "list.xls", []byte(content), campaign.Reading{})); len(got.Rows) != 4 {
		t.Errorf("%v", got.Rows)
	}
}

// A page that ends before its table does has lost rows.
func TestPageCut(t *testing.T) {
	page := []byte("<html><table><tr><td>Name<td>Phone</tr>" + strings.Repeat("<tr><td>Ann</td><td>312 555 0142</td></tr>\n", 400) + "</table></html>")
	end := strings.Index(string(page), "</table>")
	for cut := end; cut > 100; cut -= 101 {
		table, err := sheet.Open(t.Context(), file(t, "list.xls", page[:cut]), campaign.Reading{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := readShape(table)
		wantFault(t, err, campaign.FaultDamaged)
		rows := strings.Count(string(page[:cut]), "</tr>")
		if len(got.Rows) != rows-1 {
			t.Fatalf("%d rows of %d that are whole", len(got.Rows), rows-1)
		}
		if err := table.Rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPageTooLarge(t *testing.T) {
	for name, content := range map[string]string{
		"a column more":  strings.Repeat("<td>x", 1<<14+1),
		"columns spread": strings.Repeat("<td colspan=9999>x", 17),
		"a long text":    "<td>" + strings.Repeat("long text ", 1<<17),
		"a long tag":     "<td title='" + strings.Repeat("x", 9<<20) + "'>",
	} {
		t.Run(name, func(t *testing.T) {
			table, err := sheet.Open(t.Context(), file(t, "list.xls", []byte("<table><tr><td>a<td>b<tr>"+content+"</table>")), campaign.Reading{})
			if err == nil {
				_, err = readShape(table)
			}
			wantFault(t, err, campaign.FaultTooLarge)
		})
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<table><tr><td>Name<td>Phone<tr><td>Ann<td>1</table>", "<html><table><tr><th colspan=3 rowspan=2>a<tr><td x:num='1'>b</table>",
		"<table><tr><td><table><tr><td>x</table></table>", "<style>.a{display:none}</style><table><tr class=a><td>b<br>c</table>", "<table><tr><td>&amp;&#x41;&nbsp;\x00\xff",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		readAnyhow(t, append([]byte("<html>"), content...), campaign.Reading{})
	})
}
