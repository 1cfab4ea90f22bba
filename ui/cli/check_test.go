package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flowFolder is a folder with a good flow, an odd one and a broken one.
func flowFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"good.vxml": `<vxml version="2.1"><form><block>Hello ${Patient}.</block></form></vxml>`,
		"odd.vxml":  "<vxml version=\"2.1\">\n<property name=\"colour\" value=\"red\"/>\n<form><block>Hello.</block></form></vxml>",
		"broken.vxml": "<vxml version=\"2.1\">\n<form><block><audio src=\"odd.vxml\"/></block>\n" +
			"<block><if cond=\"1\"><goto next=\"#nowhere\"/></if><goto next=\"more.vxml\"/></block></form></vxml>",
		"more.vxml": "<vxml version=\"2.1\">\n\n<form><block cond=\"1 +\">${Doctor}</block></form></vxml>",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCheckTellsErrorsFromWarnings(t *testing.T) {
	dir := flowFolder(t)
	tests := map[string]struct {
		status int
		lines  []string // each begins so
	}{
		"good.vxml": {0, []string{`The list needs a column "Patient".`, "good.vxml is valid."}},
		"odd.vxml":  {0, []string{`odd.vxml:2:1: warning: the property "colour" is not known`, "odd.vxml is valid: 0 errors, 1 warning."}},
		"broken.vxml": {1, []string{
			"broken.vxml:2:14: warning: the recording odd.vxml cannot be played (not a WAV file)",
			`broken.vxml:3:21: error: next of <goto>: the document has no dialog "nowhere"`,
			"more.vxml:3:7: error: cond of <block>: syntax",
			`The list needs a column "Doctor".`, // of a document beside the flow
			"broken.vxml cannot be used as it is: 2 errors, 1 warning.",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := rollcall(t, dir, "", "check", name, "--data", filepath.Join(dir, "data"))
			lines := strings.Split(strings.TrimSpace(r.out), "\n")
			if r.status != tt.status || len(lines) != len(tt.lines) {
				t.Fatalf("status %d\n%s%s", r.status, r.out, r.err)
			}
			for i, line := range lines {
				if !strings.HasPrefix(line, tt.lines[i]) {
					t.Errorf("line %q, want %q", line, tt.lines[i])
				}
			}
		})
	}
}

func TestCheckJSON(t *testing.T) {
	type finding struct {
		File, Severity string
		Line, Column   int
	}
	type object struct {
		Valid    bool
		Columns  []string
		Findings []finding
	}
	dir := flowFolder(t)
	tests := map[string]struct {
		status int
		want   object
	}{
		"good.vxml": {0, object{Valid: true, Columns: []string{"Patient"}, Findings: []finding{}}},
		"odd.vxml":  {0, object{Valid: true, Columns: []string{}, Findings: []finding{{"odd.vxml", "warning", 2, 1}}}},
		"broken.vxml": {1, object{Columns: []string{"Doctor"}, Findings: []finding{
			{"broken.vxml", "warning", 2, 14}, {"broken.vxml", "error", 3, 21}, {"more.vxml", "error", 3, 7},
		}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := rollcall(t, dir, "", "check", name, "--json", "--data", filepath.Join(dir, "data"))
			var got object
			if err := json.Unmarshal([]byte(r.out), &got); err != nil {
				t.Fatalf("%v\n%s", err, r.out)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || r.status != tt.status {
				t.Errorf("status %d (-want +got):\n%s", r.status, diff)
			}
			if strings.Contains(r.out, `"message"`) == (len(tt.want.Findings) == 0) {
				t.Errorf("messages in %s", r.out)
			}
		})
	}
}
