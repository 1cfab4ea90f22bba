package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// workbook writes a workbook made by fill and returns its path.
func workbook(t testing.TB, fill func(*excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := errors.Join(fill(f), f.SaveAs(path), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// clinic is a small list with a title, every type of cell, and a gap.
func clinic(f *excelize.File) error {
	const s = "Sheet1"
	date, err1 := f.NewStyle(&excelize.Style{NumFmt: 14})
	zeros := "00000000000"
	padded, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
	science, err3 := f.NewStyle(&excelize.Style{NumFmt: 11})
	return errors.Join(err1, err2, err3,
		f.SetCellValue(s, "A1", "Appointments in March"),
		f.SetSheetRow(s, "A3", &[]any{"Patient", "Phone", "When", "Paid", "Note"}),
		f.SetSheetRow(s, "A4", &[]any{"Ann Example", "0171 2345678", 46082, true, "x"}),
		f.SetCellStyle(s, "C4", "C4", date),
		f.SetSheetRow(s, "A5", &[]any{"Bob Example", 6175550142}),
		f.SetSheetRow(s, "A7", &[]any{"Cid Example", 6175550143.0, nil, nil, nil, nil, "stray"}),
		f.SetCellStyle(s, "B7", "B7", science),
		f.SetSheetRow(s, "A8", &[]any{"Dee Example", 1712345678}),
		f.SetCellStyle(s, "B8", "B8", padded),
		f.SetCellValue(s, "A9", "Eve Example"),
		f.SetCellFormula(s, "B9", "+16175550144"),
	)
}

func text(s string) campaign.Cell {
	if s == "" {
		return campaign.Cell{}
	}
	return campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
}

func texts(list ...string) []campaign.Cell {
	cells := make([]campaign.Cell, len(list))
	for i, s := range list {
		cells[i] = text(s)
	}
	return cells
}

func TestWorkbook(t *testing.T) {
	path := workbook(t, clinic)
	got, err := read(t, path, campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	none := campaign.Cell{}
	want := table{
		Table: campaign.Table{
			Book: campaign.Book{
				File: path, Format: campaign.FormatXLSX, Sheets: []campaign.SheetInfo{{Name: "Sheet1"}},
			},
			Sheet: "Sheet1", Hash: got.Hash, Sample: got.Sample,
			Header: texts("Patient", "Phone", "When", "Paid", "Note"), HeaderRow: 3,
		},
		Rows: []campaign.TableRow{
			{Number: 4, Cells: []campaign.Cell{
				text("Ann Example"), text("0171 2345678"),
				{Type: campaign.CellDate, Text: "2026-03-01", Raw: "46082"},
				{Type: campaign.CellBool, Text: "TRUE", Raw: "1"}, text("x"),
			}},
			{Number: 5, Cells: []campaign.Cell{
				text("Bob Example"), {Type: campaign.CellNumber, Text: "6175550142", Raw: "6175550142"}, none, none, none,
			}},
			{Number: 7, Cells: []campaign.Cell{
				text("Cid Example"), {Type: campaign.CellNumber, Text: "6.18E+09", Raw: "6175550143"}, none, none, none, none, text("stray"),
			}},
			{Number: 8, Cells: []campaign.Cell{
				text("Dee Example"), {Type: campaign.CellNumber, Text: "01712345678", Raw: "1712345678"}, none, none, none,
			}},
			{Number: 9, Cells: []campaign.Cell{
				text("Eve Example"), {Type: campaign.CellFormula, Raw: "=+16175550144"}, none, none, none,
			}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got.Hash) != 64 {
		t.Errorf("hash %q", got.Hash)
	}
}

func TestSheets(t *testing.T) {
	path := workbook(t, func(f *excelize.File) error {
		_, err1 := f.NewSheet("People")
		_, err2 := f.NewSheet("Notes")
		return errors.Join(err1, err2,
			f.SetSheetRow("People", "A1", &[]any{"Name", "Phone"}), f.SetSheetRow("Notes", "A1", &[]any{"Text", "Date"}),
			hide(f, "Sheet1"))
	})
	first, err := read(t, path, campaign.Reading{})
	notes, err2 := read(t, path, campaign.Reading{Sheet: "notes"})
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	sheets := []campaign.SheetInfo{{Name: "Sheet1", Hidden: true}, {Name: "People"}, {Name: "Notes"}}
	if diff := cmp.Diff(sheets, notes.Book.Sheets, cmpopts.IgnoreFields(campaign.SheetInfo{}, "Rows", "Columns")); diff != "" {
		t.Error(diff)
	}
	if first.Sheet != "People" {
		t.Errorf("read %q, want the first sheet to be seen", first.Sheet)
	}
	if notes.Sheet != "Notes" || notes.Header[0].Text != "Text" || notes.Hash == first.Hash {
		t.Errorf("read %q with %v", notes.Sheet, notes.Header)
	}
	_, err = read(t, path, campaign.Reading{Sheet: "Contacts"})
	wantFault(t, err, campaign.FaultNoSheet)
	if !strings.Contains(err.Error(), "Sheet1, People, Notes") {
		t.Errorf("the error does not list the sheets: %v", err)
	}
}

func hide(f *excelize.File, name string) error {
	f.SetActiveSheet(1)
	return f.SetSheetVisible(name, false)
}

// wantFault requires a FileError of one line that names the file.
func wantFault(t *testing.T, err error, want campaign.Fault) {
	t.Helper()
	var fault *campaign.FileError
	if !errors.As(err, &fault) {
		t.Fatalf("error %v (%T), want a FileError", err, err)
	}
	if fault.Fault != want {
		t.Errorf("fault %s (%v), want %s", fault.Fault, err, want)
	}
	if strings.ContainsAny(err.Error(), "\r\n") || !strings.HasPrefix(err.Error(), filepath.Base(fault.File)+": ") {
		t.Errorf("not one line that names the file: %q", err)
	}
}

// people is a list long enough to be cut.
func people(n int) func(*excelize.File) error {
	return func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		err = w.SetRow("A1", []any{"Name", "Phone", "City"})
		for i := range n {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			err = errors.Join(err, w.SetRow(cell, []any{"Person", 3125550100 + i%100, "Chicago"}))
		}
		return errors.Join(err, w.Flush())
	}
}

// rewrite copies a workbook with its parts changed; change returns false to
// leave a part out.
func rewrite(t *testing.T, path string, change func(name string, content []byte) ([]byte, bool)) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		content, keep := change(part.Name, content)
		if !keep {
			continue
		}
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return file(t, "damaged.xlsx", buf.Bytes())
}

func file(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const sheetXML, stringsXML = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

func TestDamage(t *testing.T) {
	good := workbook(t, clinic)
	replace := func(part, from, to string) func(string, []byte) ([]byte, bool) {
		return func(name string, content []byte) ([]byte, bool) {
			if name != part {
				return content, true
			}
			if !bytes.Contains(content, []byte(from)) {
				t.Fatalf("%s holds no %q:\n%s", part, from, content)
			}
			return bytes.Replace(content, []byte(from), []byte(to), 1), true
		}
	}
	cut := func(part string) func(string, []byte) ([]byte, bool) {
		return func(name string, content []byte) ([]byte, bool) {
			if name == part {
				content = content[:len(content)*2/3]
			}
			return content, true
		}
	}
	drop := func(part string) func(string, []byte) ([]byte, bool) {
		return func(name string, content []byte) ([]byte, bool) { return content, name != part }
	}
	tests := map[string]func(string, []byte) ([]byte, bool){
		"sheet cut":               cut(sheetXML),
		"strings cut":             cut(stringsXML),
		"no closing tag":          replace(sheetXML, "</worksheet>", ""),
		"no closing sst":          replace(stringsXML, "</sst>", ""),
		"wrong tag":               replace(sheetXML, "</c>", "</d>"),
		"strings missing":         drop(stringsXML),
		"sheet missing":           drop(sheetXML),
		"workbook missing":        drop("xl/workbook.xml"),
		"relationships missing":   drop("xl/_rels/workbook.xml.rels"),
		"row repeated":            replace(sheetXML, `<row r="5"`, `<row r="4"`),
		"row backwards":           replace(sheetXML, `<row r="7"`, `<row r="2"`),
		"row outside":             replace(sheetXML, `<row r="9"`, `<row r="1048577"`),
		"cell repeated":           replace(sheetXML, `r="B5"`, `r="A5"`),
		"string outside":          replace(sheetXML, `t="s"><v>0<`, `t="s"><v>4000<`),
		"number that is none":     replace(sheetXML, `<v>6175550142<`, `<v>61755x0142<`),
		"string part overwritten": replace(stringsXML, "<si>", "\x00\x01\x02\x03"),
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			path := rewrite(t, good, change)
			table, err := read(t, path, campaign.Reading{})
			if err == nil {
				t.Fatalf("read %d rows of a damaged file", len(table.Rows))
			}
			wantFault(t, err, campaign.FaultDamaged)
		})
	}
}

func TestCutWorkbook(t *testing.T) {
	good, err := os.ReadFile(workbook(t, people(300)))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 4, 100, len(good) / 2, len(good) - 1} {
		_, err := read(t, file(t, "list.xlsx", good[:n]), campaign.Reading{})
		wantFault(t, err, campaign.FaultDamaged)
	}
	_, err = read(t, file(t, "list.xlsx", nil), campaign.Reading{})
	wantFault(t, err, campaign.FaultDamaged)
}

func TestRowsMissing(t *testing.T) {
	path := rewrite(t, workbook(t, people(3)), func(name string, content []byte) ([]byte, bool) {
		if name == sheetXML {
			content = bytes.Replace(content, []byte("<sheetData>"), []byte(`<dimension ref="A1:C900"/><sheetData>`), 1)
		}
		return content, true
	})
	table, err := read(t, path, campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	want := []campaign.CellProblem{{Kind: campaign.ProblemRowsMissing, Value: "A1:C900"}}
	if diff := cmp.Diff(want, table.Problems); diff != "" || len(table.Rows) != 3 {
		t.Errorf("%d rows, problems (-want +got):\n%s", len(table.Rows), diff)
	}
}

func TestWrongFormats(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	encrypted := ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	archive := func(names ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			if _, err := z.Create(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	tests := []struct {
		name, file, content string
		want                campaign.Fault
	}{
		{"xls", "a.xls", ole, campaign.FaultDamaged},
		{"xls named csv", "a.csv", ole, campaign.FaultDamaged},
		{"encrypted", "a.xlsx", encrypted, campaign.FaultPassword},
		{"ods", "a.ods", archive("mimetype", "content.xml"), campaign.FaultFormat},
		{"docx", "a.docx", archive("[Content_Types].xml", "word/document.xml"), campaign.FaultFormat},
		{"xlsb", "a.xlsb", archive("[Content_Types].xml", "xl/workbook.bin"), campaign.FaultFormat},
		{"zip", "a.zip", archive("a.txt"), campaign.FaultFormat},
		{"xml", "a.xml", "<?xml version='1.0'?>", campaign.FaultFormat},
		{"pdf", "a.pdf", "%PDF-1.7", campaign.FaultFormat},
		{"binary", "a.csv", "abc\x00\x00\x00def\x00", campaign.FaultFormat},
		{"text named xlsx", "a.xlsx", "Name,Phone\n", campaign.FaultDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t, file(t, tt.file, []byte(tt.content)), campaign.Reading{})
			wantFault(t, err, tt.want)
		})
	}
	_, err := read(t, filepath.Join(t.TempDir(), "none.xlsx"), campaign.Reading{})
	wantFault(t, err, campaign.FaultAbsent)
	_, err = read(t, t.TempDir(), campaign.Reading{})
	wantFault(t, err, campaign.FaultFormat)
}

func TestEncryptedByExcelize(t *testing.T) {
	f := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "secret.xlsx")
	if err := errors.Join(f.SaveAs(path, excelize.Options{Password: "p"}), f.Close()); err != nil {
		t.Fatal(err)
	}
	_, err := read(t, path, campaign.Reading{})
	wantFault(t, err, campaign.FaultPassword)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	for _, path := range []string{workbook(t, clinic), file(t, "a.csv", []byte("Name,Phone\n"))} {
		if _, err := readIn(ctx, path, campaign.Reading{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", filepath.Ext(path), err)
		}
	}
}

// Reading ends where a person has given up waiting.
func TestCancelledMidway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	opened, err := sheet.Open(ctx, workbook(t, people(50_000)), campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	rows := 0
	for ; err == nil; rows++ {
		_, err = opened.Rows.Next()
	}
	if !errors.Is(err, context.Canceled) || rows > 20_000 || opened.Rows.Close() != nil {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// A large sheet leaves no file behind.
func TestNothingLeftBehind(t *testing.T) {
	const rows = 600
	long := strings.Repeat("word ", 6000)
	path := workbook(t, func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		for i := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			err = errors.Join(err, w.SetRow(cell, []any{3125550100 + i, long}))
		}
		return errors.Join(err, w.Flush())
	})
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	table, err := read(t, path, campaign.Reading{})
	if err != nil || len(table.Rows) != rows || table.Rows[rows-1].Cells[1].Text != long {
		t.Fatalf("%d rows, %v", len(table.Rows), err)
	}
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// What other programs write, all of it allowed: no references, prefixes,
// single quotes, rich text, phonetics, CDATA, entities, self-closing rows.
func TestOtherWriters(t *testing.T) {
	const ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	parts := map[string]string{
		stringsXML: `<?xml version='1.0'?><sst xmlns='` + ns + `'><si><t>Name</t></si><si><r><t>Pho</t></r><r><rPr><b/></rPr><t>ne</t></r></si>` +
			`<si><t xml:space="preserve">Ann &amp; Co</t><rPh sb="0" eb="1"><t>phonetic</t></rPh></si><si><t/></si></sst>`,
		sheetXML: `<x:worksheet xmlns:x="` + ns + `"><x:sheetData>` +
			`<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t='s'><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>City</x:t></x:is></x:c></x:row>` +
			`<x:row r="3"/>` +
			`<x:row r='4'><x:c r="A4" t="s"><x:v>2</x:v></x:c><x:c r="B4"><x:v>6.175550142E9</x:v></x:c></x:row>` +
			`<x:row><x:c t="str"><x:f>A4&amp;"x"</x:f><x:v><![CDATA[Ann & Cox]]></x:v></x:c><x:c r="C5" t="e"><x:v>#N/A</x:v></x:c></x:row>` +
			`<x:row><x:c t="s"><x:v>3</x:v></x:c></x:row>` +
			`</x:sheetData><x:pageMargins left="1"/></x:worksheet>`,
	}
	good := workbook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") })
	path := rewrite(t, good, func(name string, content []byte) ([]byte, bool) {
		if changed, found := parts[name]; found {
			content = []byte(changed)
		}
		return content, true
	})
	got, err := read(t, path, campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(texts("Name", "Phone", "City"), got.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	want := []campaign.TableRow{
		{Number: 4, Cells: []campaign.Cell{text("Ann & Co"), {Type: campaign.CellNumber, Text: "6175550142", Raw: "6.175550142E9"}, {}}},
		{Number: 5, Cells: []campaign.Cell{
			{Type: campaign.CellFormula, Text: "Ann & Cox", Raw: `=A4&"x"`}, {}, {Type: campaign.CellError, Text: "#N/A", Raw: "#N/A"},
		}},
	}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
