package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// shape is a table with its cells as texts.
type shape struct {
	Header    []string
	HeaderRow int
	Rows      map[int][]string
	Problems  []campaign.CellProblem
}

// openContent opens a file with this content; it is closed at the end of the
// test.
func openContent(t testing.TB, name string, content []byte, how campaign.Reading) *campaign.Table {
	t.Helper()
	table, err := sheet.Open(t.Context(), file(t, name, content), how)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := table.Rows.Close(); err != nil {
			t.Error(err)
		}
	})
	return table
}

// shapeOf reads a table to its end.
func shapeOf(t testing.TB, table *campaign.Table) shape {
	t.Helper()
	s, err := readShape(table)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readShape(table *campaign.Table) (shape, error) {
	s := shape{HeaderRow: table.HeaderRow, Rows: map[int][]string{}}
	last := table.HeaderRow
	for _, c := range table.Header {
		s.Header = append(s.Header, c.Text)
	}
	for {
		row, err := table.Rows.Next()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		if row.Number <= last || len(row.Cells) == 0 {
			return s, fmt.Errorf("row %d with %d cells follows row %d", row.Number, len(row.Cells), last)
		}
		last = row.Number
		list := []string{}
		for _, c := range row.Cells {
			list = append(list, c.Text)
		}
		s.Rows[row.Number] = list
		s.Problems = append(s.Problems, row.Problems...)
	}
}

func utf16Bytes(s string, big, bom bool) string {
	if bom {
		s = "\ufeff" + s
	}
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.WriteString(string([]byte{byte(u >> 8), byte(u)}))
		} else {
			b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
		}
	}
	return b.String()
}

func TestText(t *testing.T) {
	people := shape{
		Header: []string{"Name", "Phone"}, HeaderRow: 1,
		Rows: map[int][]string{2: {"Zoë Müller", "312 555 0142"}, 3: {"Bob", "312 555 0143"}},
	}
	const plain = "Name,Phone\nZoë Müller,312 555 0142\nBob,312 555 0143\n"
	semicolon := strings.ReplaceAll(plain, ",", ";")
	tests := []struct {
		name, content string
		want          shape
	}{
		{"UTF-8", plain, people},
		{"byte order mark", "\ufeff" + plain, people},
		{"Windows-1252", "Name,Phone\nZo\xEB M\xFCller,312 555 0142\nBob,312 555 0143\n", people},
		{"UTF-16 little", utf16Bytes(plain, false, true), people},
		{"UTF-16 big", utf16Bytes(plain, true, true), people},
		{"UTF-16 little, no mark", utf16Bytes(plain, false, false), people},
		{"UTF-16 big, no mark", utf16Bytes(plain, true, false), people},
		{"semicolon", semicolon, people},
		{"tab", strings.ReplaceAll(plain, ",", "\t"), people},
		{"bar", strings.ReplaceAll(plain, ",", "|"), people},
		{"sep=", "sep=;\r\n" + semicolon, people},
		{"SEP=", "\ufeffSEP=;\n" + semicolon, people},
		{"CR LF", strings.ReplaceAll(plain, "\n", "\r\n"), people},
		{"CR only", strings.ReplaceAll(plain, "\n", "\r"), people},
		{"no last line end", strings.TrimSpace(plain), people},
		{"all quoted", "\"Name\",\"Phone\"\n\"Zoë Müller\",\"312 555 0142\"\n\"Bob\",\"312 555 0143\"\n", people},
		{"quoted after blanks", "Name,Phone\n \"Zoë Müller\" , \"312 555 0142\"\nBob,312 555 0143\n", shape{
			Header: people.Header, HeaderRow: 1, Rows: people.Rows,
		}},
		{"empty columns at the end", "Name,Phone,,\nZoë Müller,312 555 0142,,\nBob,312 555 0143,,\n", people},
		{"lines left empty", "Name;Phone\n\n;\nBob;312 555 0143\n", shape{
			Header: people.Header, HeaderRow: 1, Rows: map[int][]string{4: {"Bob", "312 555 0143"}},
		}},
		{"separator, quote and line end in quotes", "Name,Phone\n\"Doe, \"\"J\"\"\nJr\",312 555 0142\nBob,312 555 0143\n", shape{
			Header: people.Header, HeaderRow: 1,
			Rows: map[int][]string{2: {"Doe, \"J\"\nJr", "312 555 0142"}, 3: {"Bob", "312 555 0143"}},
		}},
		{"shorter and wider rows", "Name,Phone,City\nAnn,312 555 0142\nBob,312 555 0143,Rome,x\n", shape{
			Header: []string{"Name", "Phone", "City"}, HeaderRow: 1,
			Rows: map[int][]string{2: {"Ann", "312 555 0142"}, 3: {"Bob", "312 555 0143", "Rome", "x"}},
		}},
		{"titles above", "Appointments,,\nas of March,,\n\nName,Phone,City\nAnn,312 555 0142,Rome\nBob,312 555 0143,Rome\n", shape{
			Header: []string{"Name", "Phone", "City"}, HeaderRow: 4,
			Rows: map[int][]string{5: {"Ann", "312 555 0142", "Rome"}, 6: {"Bob", "312 555 0143", "Rome"}},
		}},
		{"no heading", "Ann,312 555 0142\nBob,312 555 0143\n", shape{
			Rows: map[int][]string{1: {"Ann", "312 555 0142"}, 2: {"Bob", "312 555 0143"}},
		}},
		{"no heading, first number damaged", "4.41E+11,Ann\n3125550143,Bob\n", shape{
			Rows: map[int][]string{1: {"4.41E+11", "Ann"}, 2: {"3125550143", "Bob"}},
		}},
		{"one column", "Phone\n(312) 555-0142\n(312) 555-0143\n", shape{
			Header: []string{"Phone"}, HeaderRow: 1, Rows: map[int][]string{2: {"(312) 555-0142"}, 3: {"(312) 555-0143"}},
		}},
		{"one column, some cells with a comma", "Phone\n312 555 0142\n312 555 0143\n312 555 0144, 312 555 0145\n", shape{
			Header: []string{"Phone"}, HeaderRow: 1,
			Rows: map[int][]string{2: {"312 555 0142"}, 3: {"312 555 0143"}, 4: {"312 555 0144, 312 555 0145"}},
		}},
		{"commas in a file of semicolons", "Name;Phone;Fee\nDoe, Ann;312 555 0142;1,50\nRoe, Bob;312 555 0143;2,50\n", shape{
			Header: []string{"Name", "Phone", "Fee"}, HeaderRow: 1,
			Rows: map[int][]string{2: {"Doe, Ann", "312 555 0142", "1,50"}, 3: {"Roe, Bob", "312 555 0143", "2,50"}},
		}},
		{"only a heading", "Name,Phone\n", shape{Header: people.Header, HeaderRow: 1, Rows: map[int][]string{}}},
		{"nothing", "", shape{Rows: map[int][]string{}}},
		{"only line ends", "\n\r\n\r", shape{Rows: map[int][]string{}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := openContent(t, "list.csv", []byte(tt.content), campaign.Reading{})
			if diff := cmp.Diff(tt.want, shapeOf(t, table)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextProblems(t *testing.T) {
	const head, tail = "Name,Phone\n", "\nBob,312 555 0143\n"
	problem := func(row int, column string, kind campaign.Problem, value, repair string) []campaign.CellProblem {
		return []campaign.CellProblem{{Row: row, Column: column, Kind: kind, Value: value, Repair: repair}}
	}
	tests := []struct {
		name, line string
		want       []string // row 2
		problems   []campaign.CellProblem
	}{
		{"quote inside", `5" pipe,312 555 0142`, []string{`5" pipe`, "312 555 0142"},
			problem(2, "A", campaign.ProblemQuote, `5" pipe`, `5" pipe`)},
		{"quotes not doubled", `"Ann "Al" Example",312 555 0142`, []string{`Ann "Al" Example`, "312 555 0142"},
			problem(2, "A", campaign.ProblemQuote, `"Ann "Al" Example"`, `Ann "Al" Example`)},
		{"quote never closed", `"Ann,312 555 0142`, []string{`"Ann`, "312 555 0142"},
			problem(2, "A", campaign.ProblemQuote, `"Ann`, `"Ann`)},
		{"quote closed by another field's", `"Ann,"312 555 0142"`, []string{`"Ann`, "312 555 0142"},
			problem(2, "A", campaign.ProblemQuote, `"Ann`, `"Ann`)},
		{"quote closed by another line's", "\"Ann,312 555 0142\nCid,\"312 555 0144\"", []string{`"Ann`, "312 555 0142"},
			problem(2, "A", campaign.ProblemQuote, `"Ann`, `"Ann`)},
		{"a byte Windows-1252 does not have", "Zo\xEB\x81,312 555 0142", []string{"Zoë\ufffd", "312 555 0142"},
			problem(2, "A", campaign.ProblemEncoding, "Zoë\ufffd", "Zoë\ufffd")},
		{"one bad byte in UTF-8", "Zoë Müller Ñandú\xFF,312 555 0142", []string{"Zoë Müller Ñandú\ufffd", "312 555 0142"},
			problem(2, "A", campaign.ProblemEncoding, "Zoë Müller Ñandú\ufffd", "Zoë Müller Ñandú\ufffd")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := shapeOf(t, openContent(t, "list.csv", []byte(head+tt.line+tail), campaign.Reading{}))
			if diff := cmp.Diff(tt.want, got.Rows[2]); diff != "" {
				t.Errorf("row 2 (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.problems, got.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if last := got.Rows[slices.Max(slices.Collect(maps.Keys(got.Rows)))]; last[0] != "Bob" {
				t.Errorf("the row after it was lost: %v", got.Rows)
			}
		})
	}
}

func TestTextHasNoSheets(t *testing.T) {
	_, err := sheet.Open(t.Context(), file(t, "list.csv", []byte("Name,Phone\n")), campaign.Reading{Sheet: "People"})
	wantFault(t, err, campaign.FaultNoSheet)
}

func TestTextArea(t *testing.T) {
	const content = "List,,\nId,Name,Phone\n1,Ann,312 555 0142\n2,Bob,312 555 0143\n"
	got := shapeOf(t, openContent(t, "list.csv", []byte(content), campaign.Reading{Area: "B2:C3"}))
	want := shape{Header: []string{"Name", "Phone"}, HeaderRow: 2, Rows: map[int][]string{3: {"Ann", "312 555 0142"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	page := "<table><tr><td>" + strings.NewReplacer(",", "<td>", "\n", "<tr><td>").Replace(content) + "</table>"
	if diff := cmp.Diff(want, shapeOf(t, openContent(t, "list.xls", []byte(page), campaign.Reading{Area: "B2:C3"}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := sheet.Open(t.Context(), file(t, "list.csv", []byte(content)), campaign.Reading{Area: "people"})
	wantFault(t, err, campaign.FaultNoArea)
}

// The hash tells contents apart, and not names of files.
func TestHash(t *testing.T) {
	read := func(name, content string) string {
		return openContent(t, name, []byte(content), campaign.Reading{}).Hash
	}
	one := read("a.csv", "Name,Phone\n")
	if one != read("b.txt", "Name,Phone\n") || one == read("a.csv", "Name,Phone\r\n") {
		t.Error("the hash is not that of the content")
	}
}

// Many stray quotes must not make reading slow: the work stays in proportion
// to the file.
func TestStrayQuotesEverywhere(t *testing.T) {
	var b strings.Builder
	b.WriteString("Name,Phone\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "\"Person %d,312 555 01%02d\n", i, i%100)
	}
	got := shapeOf(t, openContent(t, "list.csv", []byte(b.String()), campaign.Reading{}))
	if len(got.Rows) != 20_000 || len(got.Problems) != 20_000 {
		t.Errorf("%d rows, %d problems", len(got.Rows), len(got.Problems))
	}
	for _, line := range []string{`"a,`, `"a,""b,`, `""b`, `"",`} {
		lines := strings.Repeat(strings.Repeat(line, 4000)+"\n", 20)
		got = shapeOf(t, openContent(t, "list.csv", []byte(lines), campaign.Reading{Delimiter: ","}))
		if line == `"a,` && len(got.Problems) != 19*4000 {
			t.Errorf("%d problems", len(got.Problems))
		}
	}
}

// readAnyhow reads whatever the content is: rows come in order and have
// content, and an error is about the file.
func readAnyhow(t *testing.T, content []byte, how campaign.Reading) *shape {
	table, err := sheet.Open(t.Context(), file(t, "list.csv", content), how)
	var fault *campaign.FileError
	if err != nil {
		if !errors.As(err, &fault) {
			t.Fatalf("%v is not about the file", err)
		}
		return nil
	}
	got, err := readShape(table)
	if err != nil && !errors.As(err, &fault) {
		t.Fatalf("%v is not about the file", err)
	}
	if done := table.Rows.Done(); done < 0 || done > 1 {
		t.Fatalf("%v of it was read", done)
	}
	if err := table.Rows.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		return nil
	}
	return &got
}
