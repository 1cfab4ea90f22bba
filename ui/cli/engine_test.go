package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRunRefusesWhatItCannotMean: wrong flags of the engine end in a sentence
// that names them, before anything is opened.
func TestRunRefusesWhatItCannotMean(t *testing.T) {
	dir := t.TempDir()
	for flags, want := range map[string]string{
		"--gateway nowhere":                       "no address of a gateway",
		"--gateway http://127.0.0.1:9*0":          "no part of the calls",
		"--rate=-1":                               "--rate -1",
		"--start soon":                            "--start soon: no time",
		"--start 2030-01-02T10:00 --stop-at 9:00": "not after --start",
		"--office 9":                              "--office",
		"--holidays mars":                         "no such calendar; there are",
		"--day-off tomorrow":                      "no date",
		"--law mars":                              "no such preset",
		"--exempt us-hours=x":                     "no rule of that name",
		"--law us --exempt us-hours":              "say why",
		"--limit 3":                               "3/30d",
		"--limit 0/30d":                           "3/30d",
		"--gap never":                             "--gap never",
		"--tries=-2":                              "--tries -2",
		"--retry busy=soon":                       "--retry busy=soon",
		"--retry lost=1h":                         "--retry lost=1h",
		"--retry busy=1h+later":                   "--retry busy=1h+later",
		"--finished rating":                       "--retry reached=2h",
		"--machines maybe":                        "machines",
	} {
		t.Run(flags, func(t *testing.T) {
			r := rollcall(t, dir, "", append([]string{"run", "--sample", "--data", dir}, strings.Fields(flags)...)...)
			if r.status != 2 || !strings.Contains(r.err, want) {
				t.Errorf("status %d, %q; want 2 and %q", r.status, r.err, want)
			}
		})
	}
	if made, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(made) > 0 {
		t.Errorf("left behind: %v, %v", made, err)
	}
}

// TestRunKeepsALimit: who was called as often as the limit allows waits, and
// the log tells of the rule that was switched off.
func TestRunKeepsALimit(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(list, []byte("Name,Phone\nAnna,312 555 0101\nBen,312 555 0180\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	flow := filepath.Join(dir, "hello.vxml")
	if err := os.WriteFile(flow, []byte(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block>Hello.</block></form></vxml>`), 0o600); err != nil {
		t.Fatal(err)
	}
	run := []string{
		"run", "--list", list, "--flow", flow, "--data", dir, "--hours", "0-24", "--practice-speed", "300",
		"--limit", "1/7d", "--law", "us", "--exempt", "us-hours=a test at night", "--report", filepath.Join(dir, "r.xlsx"),
	}
	r := rollcall(t, dir, "", run...)
	if r.status != 0 || !strings.Contains(r.out, "1 reached") || !strings.Contains(r.out, "1 rows wait") {
		t.Errorf("status %d: %s%s; want Anna reached, and busy Ben to wait for the limit", r.status, r.out, r.err)
	}
	log := rollcall(t, dir, "", "audit", "--json", "--data", dir)
	if n := strings.Count(log.out, "a test at night"); n != 1 {
		t.Errorf("the log tells of %d exemptions:\n%s", n, log.out)
	}
	if verified := rollcall(t, dir, "", "audit", "verify", "--data", dir); verified.status != 0 {
		t.Errorf("the log does not verify: %s", verified.err)
	}
}

func TestCallYourself(t *testing.T) {
	dir := t.TempDir()
	flow := filepath.Join(dir, "hello.vxml")
	if err := os.WriteFile(flow, []byte(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block>Hello ${Name}.</block></form></vxml>`), 0o600); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(list, []byte("Name,Phone\nAnna,312 555 0101\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	call := []string{"call", "312 555 0142", "--flow", flow, "--list", list, "--row", "2", "--data", dir, "--practice-speed", "300"}
	if r := rollcall(t, dir, "", call...); r.status != 0 || !strings.Contains(r.out, "Listened (Practice") {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	if r := rollcall(t, dir, "", "audit", "--data", dir); !strings.Contains(r.out, "test call for …42") {
		t.Errorf("the log: %s", r.out)
	}
	if r := rollcall(t, dir, "", "dnc", "add", "--data", dir, "312 555 0142"); r.status != 0 {
		t.Fatal(r.err)
	}
	if r := rollcall(t, dir, "", call...); r.status != 1 || !strings.Contains(r.err, "do-not-call") {
		t.Errorf("a number that must not be called: status %d: %s", r.status, r.err)
	}
}

func TestDoubtsChangeNothingByMistake(t *testing.T) {
	dir := t.TempDir()
	if r := rollcall(t, dir, "", "doubts", "--data", dir); r.status != 0 || !strings.Contains(r.out, "Nothing is in doubt") {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	if r := rollcall(t, dir, "", "doubts", "--data", dir, "--called", "2"); r.status != 2 || !strings.Contains(r.err, "--campaign") {
		t.Errorf("rows of no list: status %d: %s", r.status, r.err)
	}
	if r := rollcall(t, dir, "", "doubts", "--data", dir, "--campaign", "Nobody", "--called", "2"); r.status != 1 || !strings.Contains(r.err, "no campaign is called") {
		t.Errorf("a list that is not there: status %d: %s", r.status, r.err)
	}
	if r := rollcall(t, dir, "", "run", "--sample", "--data", dir, "--practice-speed", "2000", "--lines", "32"); r.status != 0 {
		t.Fatal(r.err)
	}
	r := rollcall(t, dir, "", "doubts", "--data", dir, "--campaign", "Sample clinic", "--called", "2")
	if r.status != 1 || !strings.Contains(r.err, "row 2 of Sample clinic is not in doubt; nothing was changed") {
		t.Errorf("a row that is not in doubt: status %d: %s", r.status, r.err)
	}
}
