package sheet_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// cellsOf reads a file without a heading, as rowText writes its rows.
func cellsOf(t *testing.T, path string) ([]string, table, error) {
	t.Helper()
	all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	var rows []string
	for _, row := range all.Rows {
		rows = append(rows, rowText(row))
	}
	return rows, all, err
}

func TestOldCells(t *testing.T) {
	xf := func(format int) []byte { return rec(0x00E0, 0, format, make([]byte, 16)) }
	label := func(row, column int, text string) []byte { return rec(0x0204, row, column, 0, narrow(text)) }
	number := func(row, column, style int, v float64) []byte { return rec(0x0203, row, column, style, v) }
	result := func(kind, value byte) []byte { return []byte{kind, 0, value, 0, 0, 0, 0xFF, 0xFF} }
	formula := func(value any, code string) []byte {
		return rec(0x0006, 0, 0, 0, value, 0, uint32(0), len(code), code)
	}
	sst := func(parts ...any) []byte { return rec(0x00FC, append([]any{uint32(9), uint32(9)}, parts...)...) }
	shared := func(row, i int) []byte { return rec(0x00FD, row, 0, 0, uint32(i)) }
	tests := []struct {
		name string
		old  old
		want []string
	}{
		{"number", sheetOf(number(0, 0, 0, 6175550142)), []string{`1 | number "6175550142"`}},
		{"number of many digits", sheetOf(number(0, 0, 0, 441234567890)), []string{`1 | number "4.41235E+11" "441234567890"`}},
		{"number of a fraction", sheetOf(number(0, 0, 0, 1.25)), []string{`1 | number "1.25"`}},
		{"column", sheetOf(number(2, 3, 0, 7)), []string{`3 |  "" |  "" |  "" | number "7"`}},
		{"RK: integer", sheetOf(rec(0x027E, 0, 0, 0, uint32(7<<2|2))), []string{`1 | number "7"`}},
		{"RK: integer below zero", sheetOf(rec(0x027E, 0, 0, 0, uint32(0xFFFFFFFE))), []string{`1 | number "-1"`}},
		{"RK: hundredth of an integer", sheetOf(rec(0x027E, 0, 0, 0, uint32(725<<2|3))), []string{`1 | number "7.25"`}},
		{"RK: floating point", sheetOf(rec(0x027E, 0, 0, 0, uint32(0x3FF80000))), []string{`1 | number "1.5"`}},
		{"RK: hundredth of it", sheetOf(rec(0x027E, 0, 0, 0, uint32(0x3FF80001))), []string{`1 | number "0.015"`}},
		{"several RK", sheetOf(rec(0x00BD, 0, 1, 0, uint32(7<<2|2), 0, uint32(8<<2|2), 2)),
			[]string{`1 |  "" | number "7" | number "8"`}},
		{"empty cells", sheetOf(rec(0x0201, 0, 0, 0), rec(0x00BE, 1, 0, 0, 0, 1), label(2, 0, "x")), []string{`3 | text "x"`}},
		{"truth", sheetOf(rec(0x0205, 0, 0, 0, byte(1), byte(0)), rec(0x0205, 0, 1, 0, byte(0), byte(0))),
			[]string{`1 | bool "TRUE" "1" | bool "FALSE" "0"`}},
		{"error", sheetOf(rec(0x0205, 0, 0, 0, byte(0x2A), byte(1))), []string{`1 | error "#N/A"`}},
		{"text", sheetOf(label(0, 0, "Zo\xEB")), []string{`1 | text "Zoë"`}},
		{"wide text", sheetOf(rec(0x0204, 0, 0, 0, wide("Łódź 🙂"))), []string{`1 | text "Łódź 🙂"`}},
		{"half a letter", sheetOf(rec(0x0204, 0, 0, 0, 1, byte(1), 0xD83D)), []string{`1 | text "` + "\ufffd" + `"`}},
		{"text with formats", sheetOf(rec(0x00D6, 0, 0, 0, narrow("Ann"), 1, 0, 0)), []string{`1 | text "Ann"`}},
		{"text that goes on", sheetOf(rec(0x0204, 0, 0, 0, 6, byte(0), "Ann"), rec(0x003C, byte(1), utf16le("Łuk"))),
			[]string{`1 | text "AnnŁuk"`}},
		{"blank text", sheetOf(label(0, 0, " "), label(1, 0, "x")), []string{`2 | text "x"`}},
		{"hidden row", sheetOf(rec(0x0208, 0, 0, 1, 0, 0, 0, 0x20, 0), label(0, 0, "x"), label(1, 0, "y")),
			[]string{`1 hidden | text "x"`, `2 | text "y"`}},
		{"rows in any order", sheetOf(label(2, 0, "c"), label(0, 1, "b"), label(0, 0, "a")),
			[]string{`1 | text "a" | text "b"`, `3 | text "c"`}},
		{"the same cell again", sheetOf(number(0, 0, 0, 1), number(0, 0, 0, 1)), []string{`1 | number "1"`}},
		{"a chart in the sheet", sheetOf(label(0, 0, "a"), rec(0x0809, 0x0600, 0x20), label(5, 5, "axis"), rec(0x000A), label(1, 0, "b")),
			[]string{`1 | text "a"`, `2 | text "b"`}},

		{"formula", sheetOf(formula(7.5, "\x44\x00\x00\x00\x00")), []string{`1 | formula "7.5" "="`}},
		{"formula of a number with a plus", sheetOf(formula(6175550142.0, "\x1F\x00\x00\xE0\xAB\x76\x01\xF7\x41\x12")),
			[]string{`1 | formula "6175550142" "=+6175550142"`}},
		{"formula of small numbers", sheetOf(formula(-3.0, "\x1E\x05\x00\x1E\x08\x00\x04\x15\x13")), []string{`1 | formula "-3" "=-(5-8)"`}},
		{"formula that gives text", sheetOf(formula(result(0, 0), "\x17"), rec(0x0207, narrow("Ann"))), []string{`1 | formula "Ann" "="`}},
		{"the same, shared", sheetOf(formula(result(0, 0), ""), rec(0x04BC, 0), rec(0x0207, wide("Łuk"))), []string{`1 | formula "Łuk" "="`}},
		{"formula that gives no text", sheetOf(formula(result(3, 0), "")), []string{`1 | formula "" "="`}},
		{"formula that gives truth", sheetOf(formula(result(1, 1), "")), []string{`1 | formula "TRUE" "="`}},
		{"formula that gives an error", sheetOf(formula(result(2, 7), "")), []string{`1 | formula "#DIV/0!" "="`}},
		{"a text of no formula", sheetOf(label(0, 0, "a"), rec(0x0207, narrow("b"))), []string{`1 | text "a"`}},
		{"formula of Excel 4", sheetOf(rec(0x0406, 0, 0, 0, 7.5, 0, uint32(0), 0)), []string{`1 | formula "7.5" "="`}},

		{"shared texts", old{globals: [][]byte{sst(narrow("Ann"), wide("Łuk"))}, sheets: []oldSheet{{name: "a", records: [][]byte{
			shared(0, 1), shared(1, 0),
		}}}}, []string{`1 | text "Łuk"`, `2 | text "Ann"`}},
		{"shared texts with formats and speech", old{globals: [][]byte{
			sst(3, byte(0x0C), 1, uint32(6), "Ann", uint32(0), "spoken", narrow("Bob")),
		}, sheets: []oldSheet{{name: "a", records: [][]byte{shared(0, 0), shared(1, 1)}}}}, []string{`1 | text "Ann"`, `2 | text "Bob"`}},
		{"shared texts over three records", old{globals: [][]byte{
			sst(6, byte(0), "An"), rec(0x003C, byte(1), utf16le("nŁ")), rec(0x003C, byte(0), "uk", narrow("Bob")),
		}, sheets: []oldSheet{{name: "a", records: [][]byte{shared(0, 0), shared(1, 1)}}}}, []string{`1 | text "AnnŁuk"`, `2 | text "Bob"`}},
		{"formats over two records", old{globals: [][]byte{
			sst(3, byte(8), 2, "Ann", "12345"), rec(0x003C, "678", narrow("Bob")),
		}, sheets: []oldSheet{{name: "a", records: [][]byte{shared(0, 1)}}}}, []string{`1 | text "Bob"`}},

		{"date", old{globals: [][]byte{xf(0), xf(14)}, sheets: []oldSheet{{name: "a", records: [][]byte{number(0, 0, 1, 46082)}}}},
			[]string{`1 | date "2026-03-01" "46082"`}},
		{"date since 1904", old{globals: [][]byte{rec(0x0022, 1), xf(14)}, sheets: []oldSheet{{name: "a", records: [][]byte{
			number(0, 0, 0, 44620),
		}}}}, []string{`1 | date "2026-03-01" "44620"`}},
		{"zeros in front", old{globals: [][]byte{rec(0x041E, 164, narrow("00000")), xf(164)}, sheets: []oldSheet{{name: "a", records: [][]byte{
			number(0, 0, 0, 2134),
		}}}}, []string{`1 | number "02134" "2134"`}},
		{"exponent shown", old{globals: [][]byte{xf(11)}, sheets: []oldSheet{{name: "a", records: [][]byte{
			number(0, 0, 0, 6175550142), rec(0x0006, 1, 0, 0, 6175550143.0, 0, uint32(0), 0),
		}}}}, []string{`1 | number "6.18E+09" "6175550142"`, `2 | formula "6175550143" "="`}},
		{"format that is cut off", old{globals: [][]byte{rec(0x041E, 164, 9, byte(0), "0"), xf(164)}, sheets: []oldSheet{{name: "a", records: [][]byte{
			number(0, 0, 0, 2134),
		}}}}, []string{`1 | number "2134"`}},

		{"Excel 5", old{version: 0x0500, globals: [][]byte{rec(0x0042, 1250), rec(0x041E, 164, byte(5), "00000"), xf(164)}, sheets: []oldSheet{{
			name: "a", records: [][]byte{rec(0x0204, 0, 0, 0, 4, "\xA3\xF3d\x9F"), number(1, 0, 0, 2134)},
		}}}, []string{`1 | text "Łódź"`, `2 | number "02134" "2134"`}},
		{"Excel 5 in Japanese", old{version: 0x0500, globals: [][]byte{rec(0x0042, 932)}, sheets: []oldSheet{{
			name: "a", records: [][]byte{rec(0x0204, 0, 0, 0, 4, "\x93\x8C\x8B\x9E")},
		}}}, []string{`1 | text "東京"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, all, err := cellsOf(t, tt.old.file(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if all.Book.Format != campaign.FormatXLS {
				t.Errorf("format %q", all.Book.Format)
			}
			contained, _, err := cellsOf(t, fileOf(t, "list.xls", contain("Workbook", tt.old.stream())))
			if diff := cmp.Diff(tt.want, contained); diff != "" || err != nil {
				t.Errorf("in a container (-want +got):\n%s%v", diff, err)
			}
		})
	}
}

// Scripts write a sheet without a workbook around it, and no version.
func TestOldSheetAlone(t *testing.T) {
	stream := append(rec(0x0809, 0, 0x10, 0, 0), rec(0x0204, 0, 0, 0, 3, "Ann")...)
	stream = append(append(stream, rec(0x0203, 0, 1, 0, 6175550142.0)...), rec(0x000A)...)
	got, _, err := cellsOf(t, fileOf(t, "export.xls", stream))
	if diff := cmp.Diff([]string{`1 | text "Ann" | number "6175550142"`}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestOldSheets(t *testing.T) {
	label := func(text string) [][]byte {
		return [][]byte{rec(0x0200, uint32(0), uint32(1), 0, 1, 0), rec(0x0204, 0, 0, 0, narrow(text))}
	}
	path := old{
		globals: [][]byte{
			rec(0x01AE, 4, 0x0401), rec(0x0017, 1, 0, 3, 3),
			rec(0x0018, 0, byte(0), byte(4), 11, 0, 0, uint32(0), byte(0), "Team", byte(0x3B), 0, 0, 9, 0, 2),
			rec(0x0018, 0, byte(0), byte(4), 11, 0, 0, uint32(0), byte(0), "Else", byte(0x3B), 7, 0, 9, 0, 2),
			rec(0x0018, 0x20, byte(0), byte(1), 11, 0, 0, uint32(0), byte(0), "\x06", byte(0x3B), 0, 0, 9, 0, 2),
		},
		sheets: []oldSheet{
			{name: "Away", state: 1, records: label("a")}, {name: "Chart", kind: 2}, {name: "Deep", state: 2, records: label("b")},
			{name: "List", records: label("c")},
		},
	}.file(t)
	all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Book{
		File: path, Format: campaign.FormatXLS,
		Sheets: []campaign.SheetInfo{
			{Name: "Away", Hidden: true, Rows: 1, Columns: 1}, {Name: "Deep", Hidden: true, Rows: 1, Columns: 1}, {Name: "List", Rows: 1, Columns: 1},
		},
		Areas: []campaign.Area{{Name: "Team", Sheet: "List", Ref: "A1:C10"}},
	}
	if diff := cmp.Diff(want, all.Book); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for asked, text := range map[string]string{"": "c", "deep": "b", "Away": "a"} {
		all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Sheet: asked})
		if err != nil || len(all.Rows) != 1 || all.Rows[0].Cells[0].Text != text {
			t.Errorf("sheet %q: %v, %v", asked, all.Rows, err)
		}
	}
	_, err = read(t, path, campaign.Reading{Sheet: "Chart"})
	if fault := faultOf(err); fault.Fault != campaign.FaultNoSheet {
		t.Errorf("a chart is read: %v", err)
	}
}

func faultOf(err error) campaign.FileError {
	var fault *campaign.FileError
	if errors.As(err, &fault) {
		return *fault
	}
	return campaign.FileError{}
}

func TestOldArea(t *testing.T) {
	var records [][]byte
	for row := range 6 {
		for column := range 4 {
			records = append(records, rec(0x0204, row, column, 0, narrow(fmt.Sprintf("%c%d", 'A'+column, row+1))))
		}
	}
	all, err := read(t, sheetOf(records...).file(t), campaign.Reading{Header: campaign.NoHeader, Area: "B3:C4"})
	var got []string
	for _, row := range all.Rows {
		got = append(got, rowText(row))
	}
	if diff := cmp.Diff([]string{`3 | text "B3" | text "C3"`, `4 | text "B4" | text "C4"`}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// What is damaged is said, and the rows before it are read.
func TestOldDamage(t *testing.T) {
	label := func(row int) []byte { return rec(0x0204, row, 0, 0, narrow("person")) }
	people := [][]byte{label(0), label(1), label(2)}
	with := func(more ...[]byte) []oldSheet {
		return []oldSheet{{name: "List", records: append(people[:3:3], more...)}}
	}
	tests := []struct {
		name string
		old  old
		rows int
		say  string
	}{
		{"cut off between records", old{sheets: []oldSheet{{name: "List", records: people, endless: true}}}, 2, "breaks in row 3: it ends too early"},
		{"cut off in a record", old{sheets: with(label(3)), cut: 7}, 2, "breaks in row 3: it ends too early"},
		{"a record longer than the rest", old{sheets: []oldSheet{{name: "List", records: append(people[:3:3], []byte{4, 2, 0xFF, 0x1F}), endless: true}}}, 2,
			"it ends too early"},
		{"a record too short", old{sheets: with(rec(0x0203, 3, 0))}, 2, "a record is too short"},
		{"a text cut off", old{sheets: with(rec(0x0204, 3, 0, 0, 90, byte(0), "Ann"))}, 3, "breaks in row 4: a record is too short"},
		{"a column too far", old{sheets: with(rec(0x0203, 3, 256, 0, 1.0))}, 2, "outside a sheet"},
		{"a shared text that is not there", old{sheets: with(rec(0x00FD, 3, 1, 0, uint32(1)))}, 3, "the text of cell B4 is missing"},
		{"shared texts cut off", old{globals: [][]byte{rec(0x00FC, uint32(2), uint32(2), narrow("Ann"), 90, byte(0), "Bo")},
			sheets: with(rec(0x00FD, 3, 0, 0, uint32(0)), rec(0x00FD, 4, 0, 0, uint32(1)))}, 4, "the text of cell A5 is missing"},
		{"a cell there twice", old{sheets: with(rec(0x0203, 3, 0, 0, 1.0), rec(0x0203, 3, 0, 0, 2.0))}, 3, "cell A4 is there twice"},
		{"cut off with rows in disorder", old{sheets: []oldSheet{{name: "List", records: [][]byte{label(2), label(0), label(1)}, endless: true}}}, 0, "too early"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, all, err := cellsOf(t, tt.old.file(t))
			fault := faultOf(err)
			if fault.Fault != campaign.FaultDamaged || !strings.Contains(err.Error(), tt.say) {
				t.Errorf("%v, want %q", err, tt.say)
			}
			if len(all.Rows) != tt.rows || fault.Rows != tt.rows || fault.Row != tt.rows {
				t.Errorf("%d rows, the error says %d up to row %d, want %d", len(all.Rows), fault.Rows, fault.Row, tt.rows)
			}
			if tt.rows == 0 {
				return
			}
			accepted, err := read(t, tt.old.file(t), campaign.Reading{Header: campaign.NoHeader, Until: fault.Row})
			if err != nil || len(accepted.Rows) != tt.rows {
				t.Errorf("accepted: %d rows, %v", len(accepted.Rows), err)
			}
		})
	}
}

func TestOldRowsMissing(t *testing.T) {
	size := func(rows uint32) []byte { return rec(0x0200, uint32(0), rows, 0, 3, 0) }
	label := rec(0x0204, 1, 0, 0, narrow("x"))
	tests := []struct {
		name    string
		records [][]byte
		want    []campaign.CellProblem
	}{
		{"all there", [][]byte{size(2), label}, nil},
		{"one missing", [][]byte{size(3), label}, []campaign.CellProblem{{Kind: campaign.ProblemRowsMissing, Value: "A1:C3"}}},
		{"the last one empty", [][]byte{size(3), label, rec(0x0201, 2, 0, 0)}, nil},
		{"the last one without cells", [][]byte{size(3), label, rec(0x0208, 2, 0, 1, 0, 0, 0, 0, 0)}, nil},
		{"empty sheet", [][]byte{size(1)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, all, err := cellsOf(t, sheetOf(tt.records...).file(t))
			if diff := cmp.Diff(tt.want, all.Problems); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
}

func TestOldFaults(t *testing.T) {
	xor := old{globals: [][]byte{rec(0x002F, 0, 1, 2)}, sheets: []oldSheet{{name: "a"}}}
	tests := []struct {
		name    string
		content []byte
		want    campaign.Fault
		say     string
	}{
		{"Excel 2", rec(0x0009, 2, 0x10), campaign.FaultFormat, "Excel"},
		{"Excel 3", rec(0x0209, 0, 0x10, 0), campaign.FaultFormat, "Excel"},
		{"Excel 4", rec(0x0409, 0, 0x10, 0), campaign.FaultFormat, "Excel"},
		{"Excel 4 in a container", contain("Book", rec(0x0409, 0, 0x10, 0)), campaign.FaultFormat, "Excel"},
		{"version of the future", rec(0x0809, 0x0700, 5), campaign.FaultFormat, "unknown version"},
		{"no sheets", old{}.stream(), campaign.FaultDamaged, "no sheets"},
		{"nothing after the beginning", rec(0x0809, 0x0600, 5), campaign.FaultDamaged, "too early"},
		{"something else in a container", contain("WordDocument", []byte("x")), campaign.FaultFormat, "not a workbook"},
		{"not even a beginning in a container", contain("Workbook", []byte("xxxxxxxx")), campaign.FaultDamaged, "damaged"},
		{"exclusive or", xor.stream(), campaign.FaultPassword, "save a copy without one"},
		{"a sheet beyond the end", append(append(rec(0x0809, 0x0600, 5), rec(0x0085, uint32(9999), 0, "\x01\x00a")...), rec(0x000A)...),
			campaign.FaultDamaged, `"a" is missing`},
		{"a sheet at no beginning", append(append(rec(0x0809, 0x0600, 5), rec(0x0085, uint32(20), 0, "\x01\x00a")...), rec(0x000A)...),
			campaign.FaultDamaged, `"a" is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t, fileOf(t, "list.xls", tt.content), campaign.Reading{})
			if faultOf(err).Fault != tt.want || !strings.Contains(fmt.Sprint(err), tt.say) {
				t.Errorf("%v, want %s with %q", err, tt.want, tt.say)
			}
		})
	}
}

// SheetJS wrote 900 people, whose texts it put into their cells or into the
// shared table.
func TestOldMany(t *testing.T) {
	for _, name := range []string{"sheetjs-many.xls", "sheetjs-many-sst.xls"} {
		all, err := read(t, "testdata/xls/"+name, campaign.Reading{})
		if err != nil || len(all.Rows) != 900 {
			t.Fatalf("%s: %d rows, %v", name, len(all.Rows), err)
		}
		for i, row := range all.Rows {
			want := fmt.Sprintf("Person é %d", i)
			if i%7 == 0 {
				want += " Ł"
			}
			if row.Number != i+2 || row.Cells[1].Text != want {
				t.Fatalf("%s: row %d is %v", name, i+2, row)
			}
		}
	}
}

// A workbook is cut off or changed at any place: it is read to its end, or an
// error says that it was not, and what was read before is what stands there.
func TestOldCutAnywhere(t *testing.T) {
	stream, err := os.ReadFile("testdata/xls/sheetjs-biff8.xls")
	if err != nil {
		t.Fatal(err)
	}
	sound, _, err := cellsOf(t, "testdata/xls/sheetjs-biff8.xls")
	if err != nil {
		t.Fatal(err)
	}
	for size := 0; size < len(stream); size += 97 {
		got, _, err := cellsOf(t, fileOf(t, "cut.xls", stream[:size]))
		if err == nil && size > 8 && len(got) != len(sound) {
			t.Fatalf("cut at %d: %d rows of %d and no error", size, len(got), len(sound))
		}
		if size > 8 && len(got) > 0 && (len(got) > len(sound) || !cmp.Equal(got, sound[:len(got)])) {
			t.Fatalf("cut at %d: %v", size, got)
		}
	}
}

func TestOldContainers(t *testing.T) {
	var records [][]byte
	for row := range 2000 {
		records = append(records, rec(0x0204, row, 0, 0, narrow(fmt.Sprintf("person %d", row))))
	}
	sound := contain("Workbook", sheetOf(records...).stream())
	tests := []struct {
		name   string
		change func(b []byte)
		fault  campaign.Fault // none: read as it was
	}{
		{"sound", func([]byte) {}, ""},
		{"another name", func(b []byte) { copy(b[640:], utf16le("Worksho\x00")) }, campaign.FaultFormat},
		{"stream of 4 GB", func(b []byte) { copy(b[512+128+120:], "\xFF\xFF\xFF\xFF") }, ""},
		{"stream that begins nowhere", func(b []byte) { copy(b[512+128+116:], "\xFF\xFF\xFF\x7F") }, campaign.FaultDamaged},
		{"directory that begins nowhere", func(b []byte) { copy(b[48:], "\xFF\xFF\xFF\x7F") }, campaign.FaultDamaged},
		{"directory in a circle", func(b []byte) { copy(b[len(b)-sectorTable(b):], "\x00\x00\x00\x00") }, campaign.FaultDamaged},
		{"stream in a circle", func(b []byte) { copy(b[len(b)-sectorTable(b)+4*9:], "\x05\x00\x00\x00") }, campaign.FaultDamaged},
		{"stream that ends early", func(b []byte) { copy(b[len(b)-sectorTable(b)+4*9:], "\xFE\xFF\xFF\xFF") }, campaign.FaultDamaged},
		{"table of tables in a circle", func(b []byte) { copy(b[68:], "\x01\x00\x00\x00") }, ""},
		{"tables without end", func(b []byte) { copy(b[44:], "\xFF\xFF\xFF\xFF") }, ""},
		{"entries in a circle", func(b []byte) { copy(b[512+128+68:], "\x01\x00\x00\x00") }, campaign.FaultDamaged},
		{"entry beyond the directory", func(b []byte) { copy(b[512+128+68:], "\x77\x00\x00\x00") }, campaign.FaultDamaged},
		{"sectors of 2 GB", func(b []byte) { b[30] = 31 }, campaign.FaultDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			content := append([]byte{}, sound...)
			tt.change(content)
			all, err := read(t, fileOf(t, "list.xls", content), campaign.Reading{Header: campaign.NoHeader})
			if faultOf(err).Fault != tt.fault {
				t.Errorf("%v, want %q", err, tt.fault)
			}
			if err == nil && len(all.Rows) != len(records) {
				t.Errorf("%d rows of %d and no error", len(all.Rows), len(records))
			}
		})
	}
}

// sectorTable is how long the sectors' table at the end of a container is.
func sectorTable(b []byte) int { return int(b[44]) * 512 }

func FuzzXLS(f *testing.F) {
	for _, name := range []string{"sheetjs-biff8.xls", "sheetjs-biff5.xls", "libreoffice-people.xls"} {
		content, err := os.ReadFile("testdata/xls/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add(sheetOf(rec(0x0204, 0, 0, 0, 6, byte(0), "Ann"), rec(0x003C, byte(1), utf16le("Łuk")), rec(0x0203, 5, 1, 0, 6175550142.0)).stream())
	f.Add(old{globals: [][]byte{rec(0x00FC, uint32(2), uint32(2), 3, byte(0x0C), 1, uint32(6), "Ann", uint32(0), "spoken", narrow("Bob"))},
		sheets: []oldSheet{{name: "a", records: [][]byte{rec(0x00FD, 0, 0, 0, uint32(1)), rec(0x00BD, 0, 1, 0, uint32(30), 0, uint32(34), 2)}}}}.stream())
	f.Add(old{version: 0x0500, sheets: []oldSheet{{name: "a", records: [][]byte{rec(0x0204, 0, 0, 0, 4, "\xA3\xF3d\x9F")}}}}.stream())
	f.Fuzz(func(t *testing.T, content []byte) { ascending(t, fileOf(t, "list.xls", content)) })
}

// ascending reads a file of whatever content: rows ascend, have cells, and are
// those that a reading up to the damage gives.
func ascending(t *testing.T, path string) {
	t.Helper()
	all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	last := 0
	for _, row := range all.Rows {
		if row.Number <= last || len(row.Cells) == 0 {
			t.Fatalf("row %d follows row %d, with %d cells", row.Number, last, len(row.Cells))
		}
		last = row.Number
	}
	fault := faultOf(err)
	if err != nil && fault.Fault == "" {
		t.Fatalf("not an error about the file: %v", err)
	}
	if fault.Row == 0 {
		return
	}
	if fault.Row != last || fault.Rows != len(all.Rows) {
		t.Fatalf("%d rows up to %d, but %v", len(all.Rows), last, err)
	}
	again, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Until: fault.Row})
	if err != nil || len(again.Rows) != len(all.Rows) {
		t.Fatalf("accepted: %d rows of %d, %v", len(again.Rows), len(all.Rows), err)
	}
}
