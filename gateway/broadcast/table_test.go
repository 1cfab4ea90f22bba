package broadcast_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
)

func TestReadTable(t *testing.T) {
	header := broadcast.Layout{Header: true}
	want := broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{"Ada", "1"}, {"Bo", "2"}}}
	for _, test := range []struct {
		name, file string
		layout     broadcast.Layout
		want       broadcast.Table
	}{
		{"plain", "Name,Phone\nAda,1\nBo,2\n", header, want},
		{"as Windows writes it", "\xef\xbb\xbfName,Phone\r\nAda,1\r\nBo,2", header, want},
		{"as an old Macintosh did", "Name,Phone\rAda,1\rBo,2\r", header, want},
		{"quotes and blanks", "\"Name\", \"Phone\"\n\n ,\n\"Ada\",\" 1 \"\n Bo , 2\n", header, want},
		{"semicolons", "Name;Phone\nAda;1\nBo;2\n", broadcast.Layout{Separator: ';', Header: true}, want},
		{"tabs", "Name\tPhone\nAda\t1\nBo\t2\n", broadcast.Layout{Separator: '\t', Header: true}, want},
		{"a tab for an empty field", "Name\tPhone\n\t1\n", broadcast.Layout{Separator: '\t', Header: true},
			broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{"", "1"}}}},
		{"no header", "1,Ada\n2,Bo,x\n", broadcast.Layout{},
			broadcast.Table{Columns: []string{"Phone", "Column 2", "Column 3"}, Rows: [][]string{{"1", "Ada", ""}, {"2", "Bo", "x"}}}},
		{"Latin-1", "Name,Phone\nJos\xe9,1\n", header,
			broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{"José", "1"}}}},
		{"names missing and twice", "Phone,,phone\n1,2,3,4\n5\n", header,
			broadcast.Table{Columns: []string{"Phone", "Column 2", "phone 2", "Column 4"}, Rows: [][]string{{"1", "2", "3", "4"}, {"5", "", "", ""}}}},
		{"quoted lines", "Name,Phone\n\"a \"\"b\"\"\nc\",1\n", header,
			broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{"a \"b\"\nc", "1"}}}},
		{"a stray quote", "Name,Phone\n5\" pipe,1\n", header,
			broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{`5" pipe`, "1"}}}},
		{"nothing", "\n", header, broadcast.Table{Columns: []string{}}},
		{"a header alone", "Name,Phone\n", header, broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{}}},
	} {
		got, err := broadcast.ReadTable([]byte(test.file), test.layout)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, diff)
		}
	}
}

func TestReadTableBounds(t *testing.T) {
	for what, file := range map[string]string{
		"bytes":   strings.Repeat("x", broadcast.MaxFile+1),
		"rows":    "Phone\n" + strings.Repeat("1\n", broadcast.MaxRows+1),
		"columns": strings.Repeat(",", broadcast.MaxColumns) + "x",
		"cells":   "x" + strings.Repeat(",", broadcast.MaxColumns-1) + strings.Repeat("\n1", broadcast.MaxCells/broadcast.MaxColumns+1),
		"a cell":  strings.Repeat("x", broadcast.MaxCell+1),
	} {
		if _, err := broadcast.ReadTable([]byte(file), broadcast.Layout{Header: true}); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	table, err := broadcast.ReadTable([]byte("Phone\n"+strings.Repeat("1\n", broadcast.MaxRows)), broadcast.Layout{Header: true})
	if err != nil || len(table.Rows) != broadcast.MaxRows {
		t.Errorf("as much as allowed: %d rows, %v", len(table.Rows), err)
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add([]byte("Name,Phone\n\"a,b\"\"\",1\n"), ',', true)
	f.Add([]byte("\xef\xbb\xbf1;\xe9\r\r\n"), ';', false)
	f.Fuzz(func(t *testing.T, file []byte, separator rune, header bool) {
		if !strings.ContainsRune(",;\t|", separator) {
			separator = 0
		}
		table, err := broadcast.ReadTable(file, broadcast.Layout{Separator: separator, Header: header})
		if err != nil {
			return
		}
		for _, row := range append(table.Rows, table.Columns) {
			if len(row) != len(table.Columns) {
				t.Fatalf("a row of %d cells for %d columns", len(row), len(table.Columns))
			}
			for _, cell := range row {
				if !utf8.ValidString(cell) {
					t.Fatalf("%q is not UTF-8", cell)
				}
			}
		}
	})
}

func TestImport(t *testing.T) {
	list := func(columns string, rows ...string) broadcast.Table {
		table := broadcast.Table{Columns: strings.Split(columns, ",")}
		for _, row := range rows {
			table.Rows = append(table.Rows, strings.Split(row, ","))
		}
		return table
	}
	first := list("Name,Phone,Town", "Ada,617-555-0100,", ",6175550101,Oslo", "Cy,,")
	second := list("phone,Name,Class", "6175550101,Bo,4b", "(617) 5550100,Eve,5c", "6175550102,Di,", "6175550102,Ed,", ",Cy,")
	for _, test := range []struct {
		how  broadcast.Merge
		want broadcast.Table
		done broadcast.Merged
	}{
		{broadcast.MergeEmpty,
			list("Name,Phone,Town,Class", "Ada,617-555-0100,,5c", "Bo,6175550101,Oslo,4b", "Cy,,,", "Di,6175550102,,", "Ed,6175550102,,"),
			broadcast.Merged{Added: 2, Filled: 2, Left: 1, Rows: []int{1, 0, 3, 4, 2}}},
		{broadcast.MergeSkip,
			list("Name,Phone,Town,Class", "Ada,617-555-0100,,", ",6175550101,Oslo,", "Cy,,,", "Di,6175550102,,", "Ed,6175550102,,"),
			broadcast.Merged{Added: 2, Left: 3, Rows: []int{1, 0, 3, 4, 2}}},
	} {
		e := broadcast.New(broadcast.Config{Store: new(broadcasttest.Memory)})
		one, _, err := e.Import(t.Context(), "Parents", first, test.how)
		if err != nil {
			t.Fatal(err)
		}
		got, done, err := e.Import(t.Context(), " PARENTS", second, test.how)
		if err != nil || got.ID != one.ID {
			t.Fatalf("list %d, then %d, %v", one.ID, got.ID, err)
		}
		if diff := cmp.Diff(test.want, got.Table) + cmp.Diff(test.done, done); diff != "" {
			t.Errorf("%d (-want +got):\n%s", test.how, diff)
		}
		again, done, err := e.Import(t.Context(), "parents", second, test.how)
		if err != nil || done.Added > 0 || !cmp.Equal(again.Table, got.Table) {
			t.Errorf("importing it again: %+v, %v", done, err)
		}
	}
}

func TestExport(t *testing.T) {
	store := new(broadcasttest.Memory)
	called := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	row := func(n int, state broadcast.RowState, cells ...string) broadcast.Row {
		return broadcast.Row{N: n, State: state, Cells: cells, Phones: []gateway.Phone{"+1 (617) 555-0100"}}
	}
	rows := []broadcast.Row{
		row(0, broadcast.RowDone, "=1+1", "+1 (617) 5550100"), row(1, broadcast.RowSkipped, "Zoë, \"Z\"", ""),
		row(2, broadcast.RowWithdrawn, "-2", "@x"), row(3, broadcast.RowReady, "", "\ttab"), row(4, broadcast.RowDone, "a\nb", "2"),
		row(5, broadcast.RowCalling, "Ed"),
	}
	rows[0].Outcome, rows[0].Dials, rows[0].Called = gateway.OutcomeReached, 2, called
	rows[0].Answers = []gateway.Answer{{Name: "confirm", Value: "1234"}, {Value: "=x"}}
	rows[1].Aside = broadcast.AsideNoPhone
	rows[3].Outcome, rows[3].Dials, rows[3].Called = gateway.OutcomeBusy, 1, called
	rows[4].Outcome = gateway.OutcomeInterrupted
	c, err := store.Create(t.Context(), broadcast.Campaign{Columns: []string{"Name", "Phone"}, Started: called}, rows)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := broadcast.Export(t.Context(), &out, store, c, time.FixedZone("", 3600)); err != nil {
		t.Fatal(err)
	}
	want := "Name,Phone,Phone dialled,Status,Reason,Attempts,Last Call,Notes\r\n" +
		"'=1+1,+1 (617) 5550100,+1 (617) 555-0100,Made,Call succeeded,2,2026-03-01 13:00:00,confirm=1234; =x\r\n" +
		"\"Zoë, \"\"Z\"\"\",,,Not called,no phone number,0,,no phone number\r\n" +
		"'-2,'@x,,Not called,the campaign ended before,0,,the campaign ended before\r\n" +
		",'\ttab,+1 (617) 555-0100,Waiting,Line Busy,1,2026-03-01 13:00:00,Line Busy\r\n" +
		"\"a\r\nb\",2,,Failed,Interrupted,0,,Interrupted\r\n" +
		"Ed,,,Calling,,0,,\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A long campaign is exported whole.
func TestExportPages(t *testing.T) {
	store := new(broadcasttest.Memory)
	var rows []broadcast.Row
	for n := range 2000 {
		rows = append(rows, broadcast.Row{N: n, State: broadcast.RowReady, Cells: []string{fmt.Sprint(n)}})
	}
	c, err := store.Create(t.Context(), broadcast.Campaign{Columns: []string{"Phone"}, Started: time.Now()}, rows)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := broadcast.Export(t.Context(), &out, store, c, time.UTC); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != 2001 || lines[2000][0] != "1999" {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

func TestText(t *testing.T) {
	columns := []string{"First Name", "Class"}
	for text, want := range map[string]string{
		"Hello [First Name] of ${class}.":        "Hello Ada of 4b.",
		"[ first name ] [sic] [] ${} $5 [Class]": "Ada [sic] [] ${} $5 4b",
		"[[Class]] ${Class":                      "[4b] ${Class",
		"plain":                                  "plain",
	} {
		m := broadcast.Message{Text: text}
		if err := m.Check(columns); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := m.For(columns, []string{"Ada", "4b"}).Text; got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	if err := (broadcast.Message{Text: "${Nmae}"}).Check(columns); err == nil {
		t.Error("a name that is no column's is read out")
	}
}

func TestParseCommand(t *testing.T) {
	known := broadcast.Command{List: "emergency", Code: "911911", Recording: `C:\Program Files\alert.wav`}
	numbers := broadcast.Command{List: "on call", Code: "1", Numbers: []string{"6175550100", "+16175550101"}, Clean: true}
	for line, want := range map[string]broadcast.Command{
		`"C:\My calllist\Emergency.voc" -startnow -confirmcode 911911 -wavfile "C:\Program Files\alert.wav"`:                      known,
		`-wavfile "C:\Program Files\alert.wav" -STARTNOW --ConfirmCode "911911" "emergency.voc"`:                                  known,
		`emergency.voc -startnow -confirmcode=911911 -wavfile:"C:\Program Files\alert.wav"`:                                       known,
		`"emergency.voc" -startnow -confirmcode 911911 -wavfile"C:\Program Files\alert.wav`:                                       known,
		"\"/home/x/emergency.voc\"\t-startnow -noexit -caller me -confirmcode 911911 -wavfile \"C:\\Program Files\\alert.wav\"\n": known,
		`"On Call.voc" -numbers "6175550100 +16175550101" -startnow -confirmcode 1 -cleanstatus`:                                  numbers,
		`On Call.voc -numbers 6175550100 +16175550101 -startnow -confirmcode 1 -cleanstatus`:                                      numbers,
		`-cleanstatus -numbers"6175550100,+16175550101" -startnow -confirmcode 1 On Call.voc`:                                     numbers,
		`-startnow -cleanstatus -confirmcode 1 -numbers 6175550100 +16175550101 "on call.voc"`:                                    numbers,
		`x -startnow -confirmcode 5 -import"F 1.csv" -maxlines 3`:                                                                 {List: "x", Code: "5", Import: "F 1.csv", Lines: 3},
		`x -startnow -confirmcode 5 -import F.csv`:                                                                                {List: "x", Code: "5", Import: "F.csv"},
	} {
		got, err := broadcast.ParseCommand(`"C:\Program Files\Voicent\BroadcastByPhone\bin\VCast.exe"`, line)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", line, err, diff)
		}
	}
}

func TestParseCommandRefuses(t *testing.T) {
	for _, line := range []string{
		"", "x.voc", "x.voc -startnow", "x.voc -confirmcode 1", "-startnow -confirmcode 1", `"" -startnow -confirmcode 1`,
		"x.voc -startnow -confirmcode abc", "x.voc -startnow -confirmcode -wavfile f", "x.voc -startnow -confirmcode 1 -statusexe a.exe",
		"x.voc -startnow -confirmcode 1 -export a.csv", `"x.voc" "y.voc" -startnow -confirmcode 1`, "x.voc -startnow -confirmcode 1 - 2",
		"x.voc -startnow -confirmcode 1 -maxlines 0", "x.voc -startnow -confirmcode " + strings.Repeat("1", 21),
	} {
		if got, err := broadcast.ParseCommand("vcast.exe", line); err == nil {
			t.Errorf("%s: %+v", line, got)
		}
	}
	for _, program := range []string{"", "cmd.exe", "/bin/sh", `C:\vcast.exe\cmd.exe`, "evilvcast.exe", "vcast.exe -x", "vcast.exe & calc.exe"} {
		if _, err := broadcast.ParseCommand(program, "x.voc -startnow -confirmcode 1"); err == nil {
			t.Errorf("%q is run", program)
		}
	}
	for _, program := range []string{"vcast.exe", "/opt/voicent/vcast.exe", `c:\voicent\VCAST.EXE `} {
		if _, err := broadcast.ParseCommand(program, "x.voc -startnow -confirmcode 1"); err != nil {
			t.Errorf("%q: %v", program, err)
		}
	}
}

func FuzzParseCommand(f *testing.F) {
	f.Add(`"a b.voc" -startnow -confirmcode 12 -wavfile "f.wav" -numbers 1 2 -import"x.csv" -cleanstatus`)
	f.Add(`=: "" -- - -x"`)
	f.Fuzz(func(t *testing.T, line string) {
		c, err := broadcast.ParseCommand("vcast.exe", line)
		if err != nil {
			return
		}
		if c.List == "" || strings.ContainsAny(c.List, `/\`) || strings.Trim(c.Code, "0123456789") != "" {
			t.Errorf("%q gives %+v", line, c)
		}
		if slices.Contains(c.Numbers, "") {
			t.Errorf("%q has an empty number", line)
		}
	})
}
