package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstant looks at what a death may leave, and at what it may not.
func TestInstant(t *testing.T) {
	tests := map[string]struct {
		status  string
		attempt string // values of it, if there is one
		dialled string // reference and number, if it was
		rang    string // numbers
		says    string
	}{
		"not sent":             {"ready", "", "", "", ""},
		"begun":                {"sending", "1, 'r', '+1', 0, 0", "", "", ""},
		"begun and dialled":    {"sending", "1, 'r', '+1', 0, 0", "'r', '+1'", "1\n", ""},
		"sent":                 {"queued", "1, 'r', '+1', 0, 7", "'r', '+1'", "", ""},
		"settled":              {"reached", "1, 'r', '+1', 5, 7", "'r', '+1'", "1\n", ""},
		"begun, no attempt":    {"sending", "", "", "", "row 2 is sending, with 0 open"},
		"sent, no id":          {"queued", "1, 'r', '+1', 0, 0", "", "", "row 2 is queued"},
		"open, and ready":      {"ready", "1, 'r', '+1', 0, 7", "", "", "row 2 is ready, with 1 open"},
		"settled, and open":    {"reached", "1, 'r', '+1', 0, 7", "", "", "row 2 is reached, with 1 open"},
		"dialled, not written": {"ready", "", "'r', '+1'", "", "knows of 1"},
		"another number":       {"queued", "1, 'r', '+1', 0, 7", "'r', '+2'", "", "knows of 1"},
		"rang, not noted":      {"queued", "1, 'r', '+1', 0, 7", "", "1\n", "1 phones rang"},
		"rang twice":           {"queued", "1, 'r', '+1', 0, 7", "'r', '+1'", "1\n1\n", "1 phones rang"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := crash{folder: t.TempDir()}
			campaigns := []string{
				`CREATE TABLE contacts (id INTEGER PRIMARY KEY, row, status)`,
				`CREATE TABLE attempts (id INTEGER PRIMARY KEY, contact, reference, number, ended, reqid)`,
				`INSERT INTO contacts VALUES (1, 2, '` + tt.status + `')`,
			}
			journal := []string{`CREATE TABLE jobs (reference, request)`, `CREATE TABLE dials (reference, phone)`}
			if tt.attempt != "" {
				campaigns = append(campaigns, `INSERT INTO attempts (contact, reference, number, ended, reqid) VALUES (`+tt.attempt+`)`)
			}
			if tt.dialled != "" {
				journal = append(journal, `INSERT INTO dials VALUES (`+tt.dialled+`)`)
			}
			if err := os.WriteFile(c.rings(), []byte(tt.rang), 0o600); err != nil {
				t.Fatal(err)
			}
			write(t, c.campaigns(true), campaigns)
			write(t, c.journal(true), journal)
			err := c.instant(t.Context(), c.campaigns(true), c.journal(true))
			if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("found %v, want words of %q", err, tt.says)
			}
		})
	}
}

// write makes a database.
func write(t *testing.T, d database, statements []string) {
	t.Helper()
	if err := os.MkdirAll(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(d.folder, d.name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}
