package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestInterruptPausesAndGoesOn presses Ctrl-C in the middle and gives the same
// command again. The interrupt comes when the program says that it calls, so
// nothing here depends on how fast the machine is.
func TestInterruptPausesAndGoesOn(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "--sample", "--data", filepath.Join(dir, "data"), "--practice-speed", "500", "--lines", "4"}
	cmd := exec.CommandContext(t.Context(), os.Getenv(program), args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), " done: ") && !strings.Contains(said.String(), "Report:") {
			_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself: the status below tells
		}
	}
	_ = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != 130 || !strings.Contains(said.String(), "Left: ") {
		t.Fatalf("status %d, want 130; said\n%s%s", status, said.String(), errs.String())
	}
	first := len(sheet(t, filepath.Join(dir, "rollcall-sample-report.xlsx"), "Attempts"))

	again := rollcall(t, dir, "", args...)
	if again.status != 0 || !strings.Contains(again.out, "going on where it stopped") || !strings.Contains(again.out, "Finished") {
		t.Fatalf("the same command again: status %d: %s%s", again.status, again.out, again.err)
	}
	seen := map[string]bool{}
	for _, p := range sheet(t, filepath.Join(dir, "rollcall-sample-report.xlsx"), "Contacts") {
		if seen[p["Chart"]] {
			t.Errorf("row %s stands twice", p["Chart"])
		}
		seen[p["Chart"]] = true
		if p["Outcome"] == "In doubt" || p["Outcome"] == "Ready" || p["Outcome"] == "Waiting" {
			t.Errorf("%s is %s after a clean pause", p["Chart"], p["Outcome"])
		}
	}
	if second := len(sheet(t, filepath.Join(dir, "rollcall-sample-report.xlsx"), "Attempts")); len(seen) != 200 || second < first {
		t.Errorf("%d rows and %d calls, the first report had %d calls", len(seen), second, first)
	}
}

func TestRowsThatWaitEndTheRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	list := write("list.csv", "Name,Phone\nSam Sample,212 555 0100\nSue Sample,212 555 0101\n")
	flow := write("flow.vxml", `<vxml version="2.1"><form><block>Hello ${Name}.</block></form></vxml>`)
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	// An hour that begins in two to three hours at their place, whenever now is.
	from := (time.Now().In(zone).Hour() + 3) % 24
	hours := fmt.Sprintf("%d-%d", from, from+1)
	r := rollcall(t, dir, "", "run", "--list", list, "--flow", flow, "--hours", hours, "--data", filepath.Join(dir, "data"))
	if r.status != 0 || !strings.Contains(r.out, "2 rows wait until ") {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	for _, p := range sheet(t, filepath.Join(dir, "list-report.xlsx"), "Contacts") {
		if p["Outcome"] != "Waiting" || p["Attempts"] != "0" {
			t.Errorf("%s is %s after %s calls", p["Name"], p["Outcome"], p["Attempts"])
		}
	}
}
