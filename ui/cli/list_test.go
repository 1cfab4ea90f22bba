package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// broken is a list that a spreadsheet has been at.
const broken = `First;Last;Mobile;Home phone;Id
Ann;Example;6175550142.0;;1
Bob;Example;617 555 0109 / 617 555 0110;;2
Cid;Example;4.41E+14;312 555 0143;3
Dee;Example;4.41E+14;;4
Eve;Example;+44 20 7946 0000;;5
Ann;Example;6175550142;;6
`

func writeList(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportIsDecidedByFlags(t *testing.T) {
	tests := []struct {
		name, flags string
		want        string // rows, to call, set aside, duplicates
	}{
		{"as it is", "", "6 3 2 1"},
		{"a repair is refused", "--refuse decimal", "6 3 3 0"},
		{"a proposal is accepted", "--accept two_numbers", "6 4 1 1"},
		{"other countries", "--domestic", "6 2 3 1"},
		{"one number column", "--map phone=Mobile,phone2=", "6 2 3 1"},
		{"two in another order", "--map phone=Home,phone2=Mobile", "6 3 2 1"},
		{"hours of one's own in a column that has none", "--map hours=First", "6 0 6 0"},
		{"such hours accepted", "--map hours=First --accept own_hours", "6 3 2 1"},
		{"a priority", "--map priority=Id", "6 3 2 1"},
		{"no priority, refused", "--map priority=First --refuse priority", "6 0 6 0"},
		{"the user's own key", "--same external", "6 4 2 0"},
		{"nobody until it is decided", "--keep ask", "6 2 4 0"},
		{"up to a row", "--until 4", "3 2 1 0"},
	}
	dir := t.TempDir()
	writeList(t, dir, "list.csv", broken)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			args := []string{"import", "--list", "list.csv", "--json", "--data", "data"}
			for _, flag := range strings.Fields(strings.ReplaceAll(tt.flags, "phone=Home,", "phone=Home_phone,")) {
				args = append(args, strings.ReplaceAll(flag, "_phone", " phone"))
			}
			got := rollcall(t, dir, "", args...)
			var r struct{ Rows, Contacts, Quarantined, Duplicates int }
			if err := json.Unmarshal([]byte(got.out), &r); err != nil || got.status != 0 {
				t.Fatalf("status %d, %v: %s", got.status, err, got.err)
			}
			if counts := fmt.Sprint(r.Rows, r.Contacts, r.Quarantined, r.Duplicates); counts != tt.want {
				t.Errorf("%s, want %s\n%s", counts, tt.want, got.out)
			}
		})
	}
}

func TestImportRefusesFlagsThatMakeNoSense(t *testing.T) {
	dir := t.TempDir()
	writeList(t, dir, "list.csv.xlsx", "not to be replaced")
	writeList(t, dir, "list.csv", broken)
	for _, flags := range []string{"--same colour", "--keep none", "--refuse nonsense", "--accept letter", "--delimiter ab", "--json --draft", "--rejects list.csv.xlsx", "--encoding klingon", "--map fax=Home", "--region XX", "--zone Moon"} {
		args := append([]string{"import", "--list", "list.csv", "--data", "data"}, strings.Fields(flags)...)
		if got := rollcall(t, dir, "", args...); got.status != 2 || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%s: status %d, %q", flags, got.status, got.err)
		}
	}
}

func TestImportKeepsADraftAndWhatWasSetAside(t *testing.T) {
	dir := t.TempDir()
	writeList(t, dir, "list.csv", broken)
	got := rollcall(t, dir, "", "import", "--list", "list.csv", "--draft", "--rejects", "aside.xlsx", "--data", "data")
	if got.status != 0 || !strings.Contains(got.out, "6 rows = 3 to call + 2 set aside + 1 duplicates, kept as a draft") || !strings.Contains(got.out, "aside.xlsx: 2 rows set aside") {
		t.Fatalf("status %d: %s%s", got.status, got.out, got.err)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "aside.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Set aside")
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if head := strings.Join(rows[0], "|"); head != "First|Last|Mobile|Home phone|Id|Row in the file|What is wrong|Proposed number" {
		t.Errorf("headings %s", head)
	}
	if bob := rows[1]; bob[0] != "Bob" || bob[5] != "3" || !strings.Contains(bob[6], "Two numbers in one cell") || bob[7] != "+16175550109" {
		t.Errorf("a row with a proposal: %q", bob)
	}
	if dee := rows[2]; dee[0] != "Dee" || dee[5] != "5" || !strings.Contains(dee[6], "Digits lost in Excel") || len(dee) != 7 {
		t.Errorf("a row without one: %q", dee)
	}
	again := rollcall(t, dir, "", "import", "--list", "aside.xlsx", "--json", "--data", "data")
	if again.status != 0 || !strings.Contains(again.out, `"rows":2`) || !strings.Contains(again.out, `{"name":"Proposed number","role":"own"`) {
		t.Errorf("as a list again: %s%s", again.out, again.err)
	}
}

func TestImportOfADamagedFileGoesOnOnlyIfTold(t *testing.T) {
	dir := t.TempDir()
	writeList(t, dir, "list.xls", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="People"><Table>
<Row><Cell><Data ss:Type="String">Name</Data></Cell><Cell><Data ss:Type="String">Phone</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Ann</Data></Cell><Cell><Data ss:Type="String">617 555 0142</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Bob</Data></Cell><Cell><Data ss:Ty`)
	got := rollcall(t, dir, "", "import", "--list", "list.xls", "--json", "--data", "data")
	if got.status != 1 || got.out != "" || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "list.xls: the file is damaged") || !strings.Contains(got.err, "up to row 2") {
		t.Fatalf("status %d, %q, %q", got.status, got.out, got.err)
	}
	got = rollcall(t, dir, "", "import", "--list", "list.xls", "--json", "--until", "2", "--data", "data")
	if got.status != 0 || !strings.Contains(got.out, `"rows":1,"contacts":1`) {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
}

func TestNumbersThatMustNotBeCalled(t *testing.T) {
	dir := t.TempDir()
	writeList(t, dir, "registry.txt", "312,5550142\n312,5550143\n312-555-0150 - 0159\nnonsense\n")
	writeList(t, dir, "list.csv", broken)
	dnc := func(args ...string) result {
		return rollcall(t, dir, "", append(append([]string{"dnc"}, args...), "--data", "data")...)
	}
	steps := []struct {
		args string
		want string // on standard output, or on standard error
	}{
		{"lists", "no lists yet"},
		{"import registry.txt --reason staff", "registry.txt, 12 numbers, staff"},
		{"import registry.txt", "line 4"},
		{"why 3125550155", "on the list registry.txt"},
		{"why 3125550160", "on no do-not-call list"},
		{"import list.csv --source clinic", "clinic, 5 numbers"},
		{"why 6175550142", "on the list clinic"},
		{"add 2065550144 --reason asked --until 2999-12-31", "(206) 555-0144 is not called from now on"},
		{"why 2065550144", "added by hand"},
		{"why 2065550144", "asked, until 31 Dec 2999"},
		{"remove 2065550144", ""},
		{"why 2065550144", "on no do-not-call list"},
		{"lists", "clinic"},
		{"add nonsense", "no telephone number"},
		{"add 2065550144 --until soon", "no day"},
		{"remove", "give a number"},
	}
	for _, s := range steps {
		if got := dnc(strings.Fields(s.args)...); !strings.Contains(got.out+got.err, s.want) {
			t.Errorf("dnc %s: %q, %q, want %q", s.args, got.out, got.err, s.want)
		}
	}
}
