package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
)

// TestAudit does some things by commands, looks at the log, and changes it.
func TestAudit(t *testing.T) {
	dir := t.TempDir()
	audit := func(args ...string) result {
		return rollcall(t, dir, "", append([]string{"audit"}, append(args, "--data", "data")...)...)
	}
	if r := audit(); r.status != 0 || !strings.Contains(r.out, "Nothing was done yet") {
		t.Errorf("of an empty folder: %+v", r)
	}
	for _, number := range []string{"312 555 0107", "312 555 0108"} {
		if r := rollcall(t, dir, "", "dnc", "add", number, "--reason", "asked\nby letter", "--data", "data"); r.status != 0 {
			t.Fatalf("%+v", r)
		}
	}
	if r := rollcall(t, dir, "", "dnc", "remove", "312 555 0107", "--data", "data"); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	r := audit()
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if r.status != 0 || len(lines) != 3 || !strings.HasPrefix(lines[0], "1 ") || !strings.Contains(lines[0], "…07 (way: hand, why: asked by letter)") {
		t.Errorf("in words: %+v", r)
	}

	r = audit("--json")
	check := campaign.AuditCheck{}
	for line := range strings.Lines(r.out) {
		var e campaign.AuditEntry
		if err := json.Unmarshal([]byte(line), &e); err != nil || !check.Add(e) {
			t.Errorf("%s fits nowhere: %v", line, err)
		}
	}
	v := check.Verdict()
	if v.Entries != 3 || v.Fault != "" {
		t.Errorf("as JSON: %+v", v)
	}

	r = audit("verify")
	if r.status != 0 || !strings.Contains(r.out, "3 entries") || !strings.Contains(r.out, v.Head) {
		t.Errorf("verify: %+v", r)
	}
	if r := audit("verify", "--head", strings.ToUpper(v.Head)); r.status != 0 || !strings.Contains(r.out, "entry 3") {
		t.Errorf("with its head: %+v", r)
	}
	if r := audit("verify", "--head", strings.Repeat("0", 64)); r.status != 1 || !strings.Contains(r.err, "No entry has the head") {
		t.Errorf("with the head of another: %+v", r)
	}
	head := filepath.Join(dir, "data", "audit.head")
	if err := os.WriteFile(head, []byte("4 "+v.Head+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := audit("verify"); r.status != 1 || !strings.Contains(r.err, "from entry 4 on") || strings.Count(r.err, "\n") != 1 {
		t.Errorf("with one entry less than there were: %+v", r)
	}
}
