package storage_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkCallTimes is what calls by time cost after a million calls
// (ROLLCALL_BENCH_ROWS), one in ten seconds: the last half hour by minutes, and
// four months by hours.
func BenchmarkCallTimes(b *testing.B) {
	path := filepath.Join(b.TempDir(), "rollcall.db")
	db := open(b, path)
	c, _ := create(b, db, people(1))
	must(b, db.Close())
	calls := rowsOfBench(b)
	plain, err := sql.Open("sqlite", path)
	must(b, err)
	_, err = plain.ExecContext(b.Context(), fmt.Sprintf(`
		WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < %[3]d)
		INSERT INTO attempts (campaign, contact, row, name, number, reference, gateway, reqid, practice, begun, sent, ended, outcome, why, answers)
		SELECT %[1]d, 1, 2, '', '+13125550001', value, '', value, FALSE, 0, 0, %[2]d + value * 10000,
			CASE value %% 5 WHEN 0 THEN 'busy' WHEN 1 THEN 'no_answer' ELSE 'reached' END, '', '' FROM n`, c.ID, noon.UnixMilli(), calls))
	must(b, err)
	must(b, plain.Close())
	db = open(b, path)
	defer db.Close()
	end := noon.Add(time.Duration(calls) * 10 * time.Second)
	for name, span := range map[string]struct {
		every time.Duration
		n     int
	}{"Minutes": {time.Minute, 30}, "Hours": {time.Hour, calls / 360}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				t, err := db.CallTimes(b.Context(), c.ID, end.Add(-span.every*time.Duration(span.n)), span.every, span.n)
				must(b, err)
				if len(t.Slots) != span.n || t.Slots[span.n/2].Ends == nil {
					b.Fatal("no calls")
				}
			}
		})
	}
}
