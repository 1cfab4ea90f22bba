package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// preflightPage is what the tests read of "run --check --json".
type preflightPage struct {
	Blocked                                   string
	Rows, Callable, Waiting, Skipped, Settled int
	Skips                                     []struct {
		Rows        int
		Words, Code string
	}
	Finish struct{ Done string }
}

func checkRun(t *testing.T, dir string, status int, args ...string) preflightPage {
	t.Helper()
	r := rollcall(t, dir, "", append(args, "--check", "--json")...)
	var page preflightPage
	if err := json.Unmarshal([]byte(r.out), &page); err != nil || r.status != status {
		t.Fatalf("status %d, want %d; %v: %s%s", r.status, status, err, r.out, r.err)
	}
	return page
}

// TestCheckTellsWhatTheRunDoes looks at the sample, calls it, and compares.
func TestCheckTellsWhatTheRunDoes(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "--sample", "--data", filepath.Join(dir, "data"), "--practice-speed", "2000", "--lines", "32"}
	page := checkRun(t, dir, 0, args...)
	if page.Rows != 200 || page.Callable+page.Waiting+page.Skipped+page.Settled != page.Rows || page.Finish.Done == "" || page.Blocked != "" {
		t.Errorf("%+v", page)
	}
	if _, err := os.Stat(filepath.Join(dir, "rollcall-sample-report.xlsx")); err == nil {
		t.Error("a check wrote a report")
	}
	run := rollcall(t, dir, "", args...)
	if run.status != 0 || !strings.Contains(run.out, "200 rows") { // said of a campaign that is new
		t.Fatalf("status %d, or the check left something behind: %s%s", run.status, run.out, run.err)
	}
	called, skipped := 0, map[string]int{}
	for _, p := range sheet(t, filepath.Join(dir, "rollcall-sample-report.xlsx"), "Contacts") {
		switch {
		case p["Outcome"] != "Skipped":
			called++
		case strings.HasPrefix(p["Last reason"], "Same number"):
			skipped["Same number as another row"]++
		default:
			why, _, _ := strings.Cut(p["Last reason"], ":")
			skipped[why]++
		}
	}
	if called != page.Callable {
		t.Errorf("told that %d can be called, and %d were", page.Callable, called)
	}
	for _, s := range page.Skips {
		if skipped[s.Words] != s.Rows {
			t.Errorf("told that %d are skipped: %s; it was %d of %v", s.Rows, s.Words, skipped[s.Words], skipped)
		}
		delete(skipped, s.Words)
	}
	if len(skipped) > 0 || len(page.Skips) == 0 {
		t.Errorf("skipped, and not told before: %v", skipped)
	}
	again := rollcall(t, dir, "", append(args, "--check")...)
	if again.status != 1 || !strings.Contains(again.err, "Nobody is called again") {
		t.Errorf("of a campaign that is over: status %d, %s", again.status, again.err)
	}
}

func TestCheckSaysWhyNothingCanBeStarted(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	list := write("list.csv", "Name,Phone\nSam Sample,212 555 0100\nPat Sample,212 555 0101\n")
	nobody := write("nobody.csv", "Name,Phone\nSam Sample,none\n")
	plain := write("plain.vxml", `<vxml version="2.1"><form><block>Hello.</block></form></vxml>`)
	column := write("column.vxml", `<vxml version="2.1"><form><block>At ${Time}.</block></form></vxml>`)
	broken := write("broken.vxml", `<vxml version="2.1"><form><blok/></form></vxml>`)
	for name, test := range map[string]struct {
		args   []string
		status int
		says   string
	}{
		"nothing wrong": {[]string{"--list", list, "--flow", plain, "--hours", "0-24"}, 0, ""},
		"nobody":        {[]string{"--list", nobody, "--flow", plain}, 1, "Nobody is left to call"},
		"a column":      {[]string{"--list", list, "--flow", column}, 1, "${Time}"},
		"a flow":        {[]string{"--list", list, "--flow", broken}, 1, "blok"},
		"a gateway":     {[]string{"--list", list, "--flow", plain, "--gateway", "http://127.0.0.1:9"}, 1, "Nothing answers"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"run", "--data", filepath.Join(dir, "data")}, test.args...)
			if page := checkRun(t, dir, test.status, args...); !strings.Contains(page.Blocked, test.says) || (page.Blocked == "") != (test.says == "") {
				t.Errorf("blocked: %q, want a word of %q", page.Blocked, test.says)
			}
			r := rollcall(t, dir, "", append(args, "--check")...)
			if r.status != test.status || !strings.Contains(r.err, test.says) || !strings.Contains(r.out, "Call flow") {
				t.Errorf("status %d: %s%s", r.status, r.out, r.err)
			}
		})
	}
	if r := rollcall(t, dir, "", "run", "--list", list, "--flow", plain, "--json"); r.status != 2 {
		t.Errorf("--json without --check: status %d", r.status)
	}
}
