package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The tests here run the program itself, built once, as its users do.

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

// program is where the built program stands, told to tests by the environment.
const program = "ROLLCALL_TEST_PROGRAM"

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "rollcall")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "rollcall.exe")
	build := exec.Command("go", "build", "-tags", "headless", "-o", path, "rollcall")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	if err := os.Setenv(program, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// result is what a command left behind.
type result struct {
	status   int
	out, err string
}

// rollcall runs the program in dir and waits for its end.
func rollcall(t *testing.T, dir, stdin string, args ...string) result {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Getenv(program), args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("run %v: %v", args, err)
	}
	return result{status: cmd.ProcessState.ExitCode(), out: out.String(), err: errs.String()}
}

// sheet reads one sheet of a workbook as maps from heading to cell.
func sheet(t *testing.T, path, name string) []map[string]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(name)
	if err != nil || len(rows) == 0 {
		t.Fatalf("sheet %s: %d rows, %v", name, len(rows), err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, heading := range rows[0] {
			if i < len(row) {
				cells[heading] = row[i]
			}
		}
		out = append(out, cells)
	}
	return out
}

func TestSampleFromSpreadsheetToReport(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "--sample", "--data", filepath.Join(dir, "data"), "--practice-speed", "2000", "--lines", "32"}
	first := rollcall(t, dir, "", args...)
	if first.status != 0 {
		t.Fatalf("status %d: %s%s", first.status, first.out, first.err)
	}
	if !strings.Contains(first.out, "Practice – no phone rings") {
		t.Errorf("a practice run does not say so:\n%s", first.out)
	}
	report := filepath.Join(dir, "rollcall-sample-report.xlsx")
	people := sheet(t, report, "Contacts")
	if len(people) != 200 {
		t.Errorf("%d rows in Contacts, want 200", len(people))
	}
	outcomes := map[string]int{}
	for _, p := range people {
		outcomes[p["Outcome"]]++
		if strings.Contains(p["Last reason"], "do-not-call") && p["Attempts"] != "0" {
			t.Errorf("%s is on the do-not-call list and was called %s times", p["Number"], p["Attempts"])
		}
	}
	for _, want := range []string{"Reached", "Machine", "Not reached", "Failed", "Skipped"} {
		if outcomes[want] == 0 {
			t.Errorf("nobody is %q: %v", want, outcomes)
		}
		delete(outcomes, want)
	}
	if len(outcomes) != 0 {
		t.Errorf("rows that are not at their end: %v", outcomes)
	}
	calls := len(sheet(t, report, "Attempts"))

	again := rollcall(t, dir, "", args...)
	if again.status != 0 || !strings.Contains(again.out, "Nobody is called again") {
		t.Errorf("the same command again: status %d: %s%s", again.status, again.out, again.err)
	}
	if n := len(sheet(t, report, "Attempts")); n != calls {
		t.Errorf("the same command again: %d calls became %d", calls, n)
	}
}

func TestWrongUse(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(list, []byte("Name,Phone\nSam Sample,212 555 0100\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "broken.vxml")
	if err := os.WriteFile(broken, []byte("<vxml version=\"2.1\"><form><blok/></form></vxml>"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args   []string
		status int
		says   string
	}{
		"unknown flag":       {[]string{"run", "--lst", "x"}, 2, "--lst"},
		"gateway is no URL":  {[]string{"run", "--list", list, "--flow", broken, "--gateway", "here"}, 2, "--gateway"},
		"unknown command":    {[]string{"rum"}, 2, "rum"},
		"no list":            {[]string{"run", "--flow", "x.vxml"}, 2, "--list"},
		"no flow":            {[]string{"run", "--list", list}, 2, "--flow"},
		"sample and list":    {[]string{"run", "--sample", "--list", list}, 2, "--sample"},
		"hours backwards":    {[]string{"run", "--list", list, "--flow", broken, "--hours", "20-9x"}, 2, "--hours"},
		"no such region":     {[]string{"import", "--list", list, "--region", "XX"}, 2, "--region"},
		"no such zone":       {[]string{"import", "--list", list, "--zone", "Mars/Base"}, 2, "--zone"},
		"no such role":       {[]string{"import", "--list", list, "--map", "fax=Phone"}, 2, "fax"},
		"no such column":     {[]string{"import", "--list", list, "--map", "phone=Fax"}, 1, "Fax"},
		"list is not there":  {[]string{"import", "--list", filepath.Join(dir, "none.xlsx")}, 1, "none.xlsx"},
		"flow is broken":     {[]string{"check", broken}, 1, "broken.vxml"},
		"run broken flow":    {[]string{"run", "--list", list, "--flow", broken}, 1, "blok"},
		"lines out of range": {[]string{"gateway", "--lines", "-1"}, 2, "lines"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := rollcall(t, dir, "", append(tt.args, "--data", filepath.Join(dir, "data"))...)
			if r.status != tt.status || !strings.Contains(r.err, tt.says) {
				t.Errorf("status %d, said %q; want status %d and a word of %q", r.status, r.err, tt.status, tt.says)
			}
			if strings.Count(strings.TrimSpace(r.err), "\n") != 0 {
				t.Errorf("more than one line on standard error: %q", r.err)
			}
		})
	}
}

func TestImportJSON(t *testing.T) {
	dir := t.TempDir()
	r := rollcall(t, dir, "", "import", "--json", "--data", dir, "--list", filepath.Join("..", "..", "assets", "samples", "clinic.xlsx"))
	if r.status == 0 {
		t.Fatal("a relative path must start at the working folder")
	}
	list, err := filepath.Abs(filepath.Join("..", "..", "assets", "samples", "clinic.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	r = rollcall(t, dir, "", "import", "--json", "--data", dir, "--list", list)
	var got struct {
		Rows, Contacts, Quarantined, Duplicates int
		Columns                                 []struct{ Name, Role string }
		Problems                                []struct {
			Row                         int
			Column, Kind, Value, Repair string
		}
	}
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.status != 0 {
		t.Fatalf("status %d, %v: %s%s", r.status, err, r.out, r.err)
	}
	if got.Rows != 200 || got.Duplicates != 5 || got.Contacts+got.Quarantined+got.Duplicates != got.Rows {
		t.Errorf("rows %d = contacts %d + quarantined %d + duplicates %d; want 200 with 5 duplicates", got.Rows, got.Contacts, got.Quarantined, got.Duplicates)
	}
	if len(got.Problems) < 12 {
		t.Errorf("%d problems, want one for each of the 12 damaged numbers", len(got.Problems))
	}
}

func TestTry(t *testing.T) {
	flow, err := filepath.Abs(filepath.Join("..", "..", "assets", "samples", "reminder.vxml"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ keys, hears, ends string }{
		"confirms":       {"key 1\n", "Your appointment is confirmed", `{"event":"exit"`},
		"opts out":       {"key 9\n", "We will not call this number again", `{"event":"exit"`},
		"hears it again": {"key 3\nkey 2\n", "another time. Goodbye", `{"event":"exit"`},
		"hangs up":       {"hangup\n", "press 1", `{"event":"disconnect"}`},
		"is silent":      {"", "We will see you then", `{"event":"exit"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			plain := rollcall(t, t.TempDir(), strings.TrimPrefix(tt.keys, "key "), "try", flow, "--data", t.TempDir())
			if plain.status != 0 || !strings.Contains(plain.out, tt.hears) || strings.Contains(plain.out, "\x1b") {
				t.Errorf("without a terminal: status %d, heard\n%s%s\nwant %q", plain.status, plain.out, plain.err, tt.hears)
			}
			r := rollcall(t, t.TempDir(), tt.keys, "try", flow, "--json", "--data", t.TempDir())
			lines := strings.Split(strings.TrimSpace(r.out), "\n")
			if r.status != 0 || !strings.Contains(r.out, tt.hears) || !strings.HasPrefix(lines[len(lines)-1], tt.ends) {
				t.Errorf("status %d, heard\n%s%s\nwant %q and at the end %s", r.status, r.out, r.err, tt.hears, tt.ends)
			}
		})
	}
}

func TestGatewayByHand(t *testing.T) {
	base := startGateway(t, t.TempDir(), "--practice-speed", "1000").URL
	get := func(page string, form url.Values) string {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+page+"?"+form.Encode(), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v", page, resp.Status, err)
		}
		return string(body)
	}
	accepted := get("/ocall/callreqHandler.jsp", url.Values{
		"info": {"test"}, "phoneno": {"212-555-0105"}, "firstocc": {"10"}, "selfdelete": {"0"}, "txt": {"Hello."}})
	match := regexp.MustCompile(`Your call is scheduled for \w{3} \w{3} \d\d \d\d:\d\d:\d\d \S+ \d{4}\. \[ReqId=(\d+)\]`).FindStringSubmatch(accepted)
	if match == nil {
		t.Fatalf("accepted with %q", accepted)
	}
	id := url.Values{"reqid": {match[1]}}
	status := "[]"
	for status == "[]" {
		status = get("/ocall/callstatusHandler.jsp", id)
	}
	want := regexp.MustCompile(`^\[0\^null\^made\^\d{4} \d+ \d+ \d+ \d+\^\d{4} \d+ \d+ \d+ \d+\^Call succeeded\^\^\^\^\^\n\]$`)
	if !want.MatchString(status) {
		t.Errorf("status %q", status)
	}
	if removed := get("/ocall/callremoveHandler.jsp", id); removed != "[removed]" {
		t.Errorf("removed with %q", removed)
	}
	if unknown := get("/ocall/callstatusHandler.jsp", id); unknown != "ERROR: no such call record: "+match[1] {
		t.Errorf("a removed record gives %q", unknown)
	}
}
