package storage_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// longJournal is the path of a closed journal of a million jobs, queued or
// done, made at once.
func longJournal(b *testing.B, state scheduler.JobState) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "gateway.db")
	ended := "0"
	if state == scheduler.JobDone {
		ended = "4102444800000 + i" // long from now, so that none is too old
	}
	j := openJournal(b, path)
	must(b, j.Exec(b.Context(), fmt.Sprintf(`
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO jobs (id, request, reference, accepted, due, first_due, expires, state, attempts, dialled, owner, lease, remove, withdrawn, ended, origin, priority, tail)
		SELECT i, '{"Info":"appointment","Phone":"+1312' || (5550000 + i) || '","Text":"hello, this is a call","Reference":"' || printf('%%032x', i * 7919) || '"}',
			printf('%%032x', i * 7919), i, i, i, 4102444800000, '%s', '', 0, '', 0, FALSE, FALSE, %s, '', 0, printf('%%010d', i * 7919 %% 10000000)
		FROM n;
		INSERT INTO refs (reference, reqid, voided, expires) SELECT reference, id, FALSE, 0 FROM jobs;
		INSERT INTO changes (reqid) SELECT id FROM jobs;
		UPDATE issued SET last = %[1]d;`, million, state, ended)))
	must(b, j.Close())
	return path
}

// BenchmarkOpenJournal opens a journal of a million jobs, closed properly or
// not. What is done in the background after that is not counted.
func BenchmarkOpenJournal(b *testing.B) {
	for _, state := range []scheduler.JobState{scheduler.JobQueued, scheduler.JobDone} {
		path := longJournal(b, state)
		for end, mark := range map[string]string{"closed": "", "left": "PRAGMA user_version = 1"} {
			b.Run(string(state)+"/"+end, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					db, err := sql.Open("sqlite", path)
					must(b, err)
					_, err = db.ExecContext(b.Context(), mark)
					must(b, errors.Join(err, db.Close()))
					b.StartTimer()
					j := openJournal(b, path)
					b.StopTimer()
					must(b, j.Close())
					b.StartTimer()
				}
			})
		}
	}
}

// BenchmarkAccept is how many requests reach the disk from 64 callers at once.
func BenchmarkAccept(b *testing.B) {
	b.Run("empty", func(b *testing.B) { benchAccept(b, freshJournal(b)) })
	b.Run("million", func(b *testing.B) {
		j := openJournal(b, longJournal(b, scheduler.JobQueued))
		defer j.Close()
		must(b, j.Integrity())
		benchAccept(b, j)
	})
}

func benchAccept(b *testing.B, j *storage.Journal) {
	var n atomic.Int64
	b.SetParallelism(32) // times GOMAXPROCS
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			job := call(fmt.Sprintf("%032x", uint64(i)*0x9e3779b97f4a7c15))
			job.Request.Phone = gateway.Phone("+1312" + strconv.FormatInt(1_000_000+i*7919%8_999_999, 10))
			if _, err := j.Accept(b.Context(), job); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// BenchmarkCallOfJournal is what one call costs the journal: claim, dial and
// settle, from as many lines at once.
func BenchmarkCallOfJournal(b *testing.B) {
	for _, lines := range []int{1, 64} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			j := openJournal(b, longJournal(b, scheduler.JobQueued))
			defer j.Close()
			must(b, j.Integrity())
			b.SetParallelism((lines + 1) / 2)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					jobs, err := j.Claim(b.Context(), "one", noon, noon.Add(time.Minute), 1)
					if err != nil || len(jobs) != 1 {
						b.Fatal(len(jobs), err)
					}
					must(b, j.Dialling(b.Context(), jobs[0].ID, "one", noon))
					jobs[0].State = scheduler.JobDone
					must(b, j.Settle(b.Context(), jobs[0], "one"))
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
		})
	}
}

// BenchmarkLookAtJournal is what is asked of a journal of a million jobs.
func BenchmarkLookAtJournal(b *testing.B) {
	j := openJournal(b, longJournal(b, scheduler.JobQueued))
	defer j.Close()
	must(b, j.Integrity())
	for _, ask := range []struct {
		name string
		do   func(i int) error
	}{
		{"Find", func(i int) error {
			_, err := j.Find(b.Context(), gateway.ReqID(1+i*7919%million))
			return err
		}},
		{"Changes100", func(i int) error {
			_, _, err := j.Changes(b.Context(), int64(i*7919%(million-100)), 100)
			return err
		}},
		{"NextDue", func(int) error { _, _, err := j.NextDue(b.Context()); return err }},
		{"Count", func(int) error { _, err := j.Count(b.Context()); return err }},
		{"List50", func(int) error { _, err := j.List(b.Context(), 50, scheduler.JobQueued); return err }},
		{"Search4Digits", func(i int) error {
			_, err := j.Search(b.Context(), fmt.Sprintf("%04d", i%10_000), 50)
			return err
		}},
		{"Reference", func(i int) error {
			ref := gateway.Reference(fmt.Sprintf("%032x", (1+i%million)*7919))
			_, err := j.Reference(b.Context(), ref, false, noon)
			return err
		}},
		{"ClaimNothing", func(int) error {
			_, err := j.Claim(b.Context(), "one", time.UnixMilli(0), noon, 9)
			return err
		}},
	} {
		b.Run(ask.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				must(b, ask.do(len(took)))
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}
