package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func example() rules {
	return rules{
		Module: "m",
		Free:   []string{"golang.org/x"},
		Tests:  []string{"github.com/google/go-cmp"},
		Packages: []rule{
			{Path: ".", Own: []string{"..."}},
			{Path: "domain", Own: []string{"sdk"}, Tests: []string{"domain/domaintest"}, Why: "stands alone"},
			{Path: "domain/domaintest", Own: []string{"domain"}, Support: true},
			{Path: "sdk"},
			{Path: "store", Own: []string{"domain/...", "sdk"}, Foreign: []string{"database/sql", "example.org/driver"}},
		},
	}
}

func TestAllows(t *testing.T) {
	for _, c := range []struct {
		from, to string
		test     bool
		want     bool
	}{
		{"domain", "fmt", false, true},
		{"domain", "m/sdk", false, true},
		{"domain", "m/store", false, false},
		{"domain", "m/unlisted", false, false},
		{"domain", "database/sql", false, false},
		{"domain", "database/sql/driver", false, false},
		{"domain", "golang.org/x/text/language", false, true},
		{"domain", "example.org/driver", false, false},
		{"domain", "example.org/other", false, false},
		{"domain", "github.com/google/go-cmp/cmp", false, false},
		{"domain", "github.com/google/go-cmp/cmp", true, true},
		{"domain", "m/domain", true, true},
		{"domain", "m/domain/domaintest", true, true},
		{"domain", "m/domain/domaintest", false, false},
		{"domain/domaintest", "m/domain", false, true},
		{"domain/domaintest", "github.com/google/go-cmp/cmp", false, true},
		{"store", "m/domain", false, true},
		{"store", "m/domain/domaintest", false, false},
		{"store", "database/sql", false, true},
		{"store", "example.org/driver/v2", false, true},
		{"store", "example.org/driverless", false, false},
		{".", "m/store", false, true},
		{".", "m/domain/domaintest", false, false},
	} {
		r := example()
		of, ok := r.find(c.from)
		if !ok {
			t.Fatalf("no rule for %s", c.from)
		}
		if got := r.allows(of, c.to, c.test); got != c.want {
			t.Errorf("%s imports %s (test: %t): allowed %t, want %t", c.from, c.to, c.test, got, c.want)
		}
	}
}

func TestCheckNamesFileAndReason(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	put(t, "domain/a.go", "//go:build windows\n\npackage domain\n\nimport _ \"m/store\"\n")
	put(t, "domain/testdata/b.go", "package x\n\nimport _ \"m/store\"\n")
	put(t, ".hidden/c.go", "package x\n\nimport _ \"m/store\"\n")
	put(t, "new/d.go", "package x\n")
	files, bad, err := example().check(".")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"domain/a.go: may not import m/store (stands alone)",
		"new/d.go: new has no rule in .ci/rules.json",
	}
	if diff := cmp.Diff(want, bad); diff != "" || files != 2 {
		t.Errorf("%d files; (-want +got):\n%s", files, diff)
	}
}

func TestSplice(t *testing.T) {
	lint := "head\n" + sectionStart + "old\n" + sectionEnd + "tail\n"
	got, err := splice(lint, "new\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := "head\n" + sectionStart + "new\n" + sectionEnd + "tail\n"; got != want {
		t.Errorf("got %q", got)
	}
	for _, broken := range []string{"head\n", "head\n" + sectionStart} {
		if _, err := splice(broken, "new\n"); err == nil {
			t.Errorf("%q was taken", broken)
		}
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
