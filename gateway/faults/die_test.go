//go:build faults

package faults_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"rollcall/gateway/faults"
)

// TestAt has a process pass five moments, and looks how far it came.
func TestAt(t *testing.T) {
	tests := map[string]struct {
		at    string
		lines int
		code  int
	}{
		"not at all": {"", 5, 0},
		"first":      {"1", 1, -1},
		"third":      {"3", 3, -1},
		"last":       {"5", 5, -1},
		"later":      {"6", 5, 0},
		"misspelt":   {"x", 5, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "count")
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestChild$")
			child.Env = append(os.Environ(), "ROLLCALL_DIE_AT="+tt.at, "ROLLCALL_DIE_COUNT="+file)
			_ = child.Run() // its state is looked at below
			if code := child.ProcessState.ExitCode(); code != tt.code {
				t.Errorf("it ended with %d, want %d", code, tt.code)
			}
			text, err := os.ReadFile(file)
			if n := strings.Count(string(text), string(faults.AfterNoted)+"\n"); err != nil || n != tt.lines {
				t.Errorf("it came to %d moments (%v), want %d: %q", n, err, tt.lines, text)
			}
		})
	}
}

// TestRings: what rang is written, also by one process after another.
func TestRings(t *testing.T) {
	dir := t.TempDir()
	rings := filepath.Join(dir, "rings")
	for range 2 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestChild$")
		child.Env = append(os.Environ(), "ROLLCALL_DIE_AT=3", "ROLLCALL_RINGS="+rings, "ROLLCALL_DIE_COUNT="+filepath.Join(dir, "count"))
		_ = child.Run() // it dies
	}
	text, err := os.ReadFile(rings)
	if want := "0\n1\n2\n0\n1\n2\n"; err != nil || string(text) != want {
		t.Errorf("%q rang (%v), want %q", text, err, want)
	}
}

// TestChild is the process.
func TestChild(t *testing.T) {
	if os.Getenv("ROLLCALL_DIE_COUNT") == "" {
		t.Skip("runs as a child of TestAt")
	}
	for n := range 5 {
		faults.Rings(strconv.Itoa(n))
		faults.At(faults.AfterNoted)
	}
}
