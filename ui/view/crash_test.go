package view_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"rollcall/ui/view"
)

const crashIn = "ROLLCALL_TEST_CRASH"

// TestACrashLeavesAReport lets another process end as nobody wants it.
func TestACrashLeavesAReport(t *testing.T) {
	if dir := os.Getenv(crashIn); dir != "" {
		f, err := (&view.App{DataDir: dir}).BeginCrashReport(time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
			t.Fatal(err)
		}
		done := make(chan bool)
		go func() { panic("the roof came down") }() // no test can catch this
		<-done
	}
	a := &view.App{DataDir: t.TempDir()}
	second := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestACrashLeavesAReport$")
	second.Env = append(os.Environ(), crashIn+"="+a.DataDir)
	if err := second.Run(); err == nil {
		t.Fatal("it did not crash")
	}
	r, found := a.Crashed()
	if !found {
		t.Fatal("there is no report")
	}
	if text, err := r.Text(); err != nil || !strings.Contains(text, "the roof came down") {
		t.Errorf("%v: %s", err, text)
	}
	if err := r.Seen(); err != nil {
		t.Fatal(err)
	}
	if _, again := a.Crashed(); again {
		t.Error("a report that was seen is shown again")
	}
}

func TestFewReportsAreKeptAndNoEmptyOnes(t *testing.T) {
	a := &view.App{DataDir: t.TempDir()}
	begun := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for i := range 8 {
		f, err := a.BeginCrashReport(begun.Add(time.Duration(i) * time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if i != 3 {
			_, _ = f.WriteString("cause")
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		at := begun.Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(f.Name(), at, at); err != nil {
			t.Fatal(err)
		}
	}
	r, found := a.Crashed()
	if !found || !strings.Contains(r.Path, "20260302-190000") {
		t.Errorf("the newest: %v", r)
	}
	if _, err := a.BeginCrashReport(begun.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(a.DataDir, "crashes", "*"))
	if len(left) != 6 || !strings.Contains(left[0], "20260302-140000") {
		t.Errorf("five reports and the one that was begun: %v", left)
	}
	if err := r.Delete(); err != nil {
		t.Error(err)
	}
}
