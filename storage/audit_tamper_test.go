package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/storage"
)

// Whoever has the file open cannot change the log without taking its triggers
// away first.
func TestAuditRefusesChanges(t *testing.T) {
	db := noted(t, filepath.Join(t.TempDir(), "rollcall.db"), 3)
	defer db.Close()
	for _, text := range []string{
		"UPDATE audit SET who = 'other' WHERE n = 2", "UPDATE OR REPLACE audit SET n = 2 WHERE n = 3", "DELETE FROM audit WHERE n = 3", "DELETE FROM audit",
		"INSERT OR REPLACE INTO audit SELECT n, at, 'other', action, campaign, text, details, hash FROM audit WHERE n = 2",
		"INSERT INTO audit SELECT n + 9, at, who, action, campaign, text, details, hash FROM audit WHERE n = 2",
		"INSERT INTO audit SELECT -n, at, who, action, campaign, text, details, hash FROM audit WHERE n = 2",
	} {
		if err := db.Exec(t.Context(), text); err == nil || !strings.Contains(err.Error(), "the audit log") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if v := verdict(t, db, "", 0); v.Entries != 3 {
		t.Errorf("%d entries", v.Entries)
	}
}

// noted is a store with n entries, closed and opened again, so that its head is
// kept.
func noted(t testing.TB, path string, n int) *storage.DB {
	t.Helper()
	db := open(t, path)
	for i := range n {
		must(t, db.As("anna").Audit(t.Context(), campaign.AuditEntry{
			What: campaign.AuditTestCall, Campaign: 3, Text: fmt.Sprint("entry ", i), Details: details{"a": "b", "number": "…07"},
		}))
	}
	must(t, db.Close())
	return open(t, path)
}

const disarm = "DROP TRIGGER IF EXISTS audit_unchanged; DROP TRIGGER IF EXISTS audit_kept; DROP TRIGGER IF EXISTS audit_appended; "

// Any bit of any column of any entry that is another is found there.
func TestAuditFindsEveryBit(t *testing.T) {
	const rows = 3
	path := filepath.Join(t.TempDir(), "rollcall.db")
	db := noted(t, path, rows)
	defer db.Close()
	must(t, db.Exec(t.Context(), "PRAGMA synchronous = OFF; "+disarm+"CREATE TABLE whole AS SELECT * FROM audit"))
	restore := "DELETE FROM audit; INSERT INTO audit SELECT * FROM whole"
	tried := 0
	try := func(n int64, change string) {
		t.Helper()
		tried++
		must(t, db.Exec(t.Context(), change))
		v, err := db.VerifyAudit(t.Context(), "")
		must(t, err)
		if v.Fault == "" || v.First != n {
			t.Fatalf("%s: %+v", change, v)
		}
		must(t, db.Exec(t.Context(), restore))
	}
	for n := int64(1); n <= rows; n++ {
		for _, column := range []string{"at", "campaign"} {
			for bit := range 64 {
				try(n, fmt.Sprintf("UPDATE audit SET %[1]s = (%[1]s | (1 << %[2]d)) - (%[1]s & (1 << %[2]d)) WHERE n = %[3]d", column, bit, n))
			}
		}
		for _, column := range []string{"who", "action", "text", "details", "hash"} {
			length := countOf(t, db, fmt.Sprintf("SELECT length(CAST(%s AS BLOB)) FROM audit WHERE n = %d", column, n))
			for at := range length {
				for bit := range 8 {
					try(n, flip(column, at, bit, n, byteOf(t, db, column, at, n)))
				}
			}
			try(n, fmt.Sprintf("UPDATE audit SET %s = '' WHERE n = %d", column, n))
			try(n, fmt.Sprintf("UPDATE audit SET %[1]s = %[1]s || ' ' WHERE n = %[2]d", column, n))
		}
	}
	verdict(t, db, "", 0)
	t.Log(tried, "changes were found")
}

func byteOf(t *testing.T, db *storage.DB, column string, at int, n int64) int {
	t.Helper()
	const hex = "'0123456789ABCDEF'"
	return countOf(t, db, fmt.Sprintf(`SELECT (instr(%[1]s, substr(h, 1, 1)) - 1) * 16 + instr(%[1]s, substr(h, 2, 1)) - 1
		FROM (SELECT hex(substr(CAST(%[2]s AS BLOB), %[3]d, 1)) AS h FROM audit WHERE n = %[4]d)`, hex, column, at+1, n))
}

func flip(column string, at, bit int, n int64, was int) string {
	return fmt.Sprintf(`UPDATE audit SET %[1]s = CAST(substr(CAST(%[1]s AS BLOB), 1, %[2]d) || x'%02[3]x' || substr(CAST(%[1]s AS BLOB), %[4]d) AS TEXT) WHERE n = %[5]d`,
		column, at, was^1<<bit, at+2, n)
}

// What is taken out, put in or put elsewhere is found at its place.
func TestAuditFindsTampering(t *testing.T) {
	const columns = "at, who, action, campaign, text, details, hash"
	for name, test := range map[string]struct {
		change string
		fault  campaign.AuditFault
		first  int64
	}{
		"the first gone":         {"DELETE FROM audit WHERE n = 1", campaign.AuditMissing, 1},
		"one gone":               {"DELETE FROM audit WHERE n = 3", campaign.AuditMissing, 3},
		"one gone, closed up":    {"DELETE FROM audit WHERE n = 3; UPDATE audit SET n = n - 1 WHERE n > 3", campaign.AuditChanged, 3},
		"the last gone":          {"DELETE FROM audit WHERE n = 5", campaign.AuditCut, 5},
		"all gone":               {"DELETE FROM audit", campaign.AuditCut, 1},
		"two swapped":            {"UPDATE audit SET n = 9 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 4; UPDATE audit SET n = 4 WHERE n = 9", campaign.AuditChanged, 2},
		"one put in":             {"UPDATE audit SET n = 6 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 4; INSERT INTO audit SELECT 4, " + columns + " FROM audit WHERE n = 3", campaign.AuditChanged, 4},
		"one put in front":       {"INSERT INTO audit SELECT 0, " + columns + " FROM audit WHERE n = 1", campaign.AuditChanged, 0},
		"one far in front":       {"INSERT INTO audit SELECT -9223372036854775808, " + columns + " FROM audit WHERE n = 1", campaign.AuditChanged, -9223372036854775808},
		"one at the end":         {"INSERT INTO audit SELECT 6, " + columns + " FROM audit WHERE n = 5", campaign.AuditChanged, 6},
		"a name twice in JSON":   {`UPDATE audit SET details = '{"a":"x",' || substr(details, 2) WHERE n = 2`, campaign.AuditChanged, 2},
		"JSON written otherwise": {`UPDATE audit SET details = replace(details, ':', ': ') WHERE n = 2`, campaign.AuditChanged, 2},
		"no JSON":                {`UPDATE audit SET details = 'null' WHERE n = 2`, campaign.AuditChanged, 2},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rollcall.db")
			db := noted(t, path, 5)
			must(t, db.Exec(t.Context(), disarm+test.change))
			verdict(t, db, test.fault, test.first)
			must(t, db.Close())
			db = open(t, path) // the evidence lasts
			defer db.Close()
			verdict(t, db, test.fault, test.first)
			audited(t, db)
		})
	}
}

// Entries that are taken off the end are missed for ever, also when the log has
// grown again.
func TestAuditHeadIsEvidence(t *testing.T) {
	dir := t.TempDir()
	path, headFile := filepath.Join(dir, "rollcall.db"), filepath.Join(dir, "audit.head")
	db := noted(t, path, 5)
	before := verdict(t, db, "", 0)
	must(t, db.Exec(t.Context(), disarm+"DELETE FROM audit WHERE n > 3"))
	for range 100 {
		must(t, db.Audit(t.Context(), campaign.AuditEntry{What: campaign.AuditDecided}))
	}
	must(t, db.Close())
	db = open(t, path)
	verdict(t, db, campaign.AuditReplaced, 5)
	must(t, os.WriteFile(headFile, []byte("5 "+before.Head), 0o600)) // without its end
	verdict(t, db, campaign.AuditHeadBroken, 0)
	must(t, db.Close())
	db = open(t, path)
	verdict(t, db, campaign.AuditHeadBroken, 0)

	// With the file gone, only a head from elsewhere tells.
	must(t, os.Remove(headFile))
	verdict(t, db, "", 0)
	v, err := db.VerifyAudit(t.Context(), before.Head)
	must(t, err)
	if v.Fault != campaign.AuditStranger || v.Given != 0 {
		t.Errorf("with a head from elsewhere: %+v", v)
	}
	must(t, db.Close())
	text, err := os.ReadFile(headFile)
	must(t, err)
	if want := fmt.Sprintf("%d %s\n", v.Entries, v.Head); string(text) != want {
		t.Errorf("audit.head: %q, want %q", text, want)
	}
}

// The head is written while the store is open, and is never far behind.
func TestAuditHeadFollows(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "rollcall.db"))
	defer db.Close()
	for i := range 200 {
		must(t, db.Audit(t.Context(), campaign.AuditEntry{What: campaign.AuditDecided}))
		db.Removed() // what runs in the background has ended
		text, err := os.ReadFile(filepath.Join(dir, "audit.head"))
		must(t, err)
		n := 0
		if _, err := fmt.Sscan(string(text), &n); err != nil || n > i+1 || n < i+1-64 {
			t.Fatalf("%d of %d entries are kept: %v", n, i+1, err)
		}
	}
	verdict(t, db, "", 0)
}

// BenchmarkVerifyAudit reads a log of a million entries.
func BenchmarkVerifyAudit(b *testing.B) {
	db := fresh(b)
	must(b, db.FillAudit(b.Context(), million))
	for b.Loop() {
		if v, err := db.VerifyAudit(b.Context(), ""); err != nil || v.Entries != million {
			b.Fatal(v, err)
		}
	}
}
