package storage_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/storage"
)

// rowsOfBench is how many rows the benchmarks of an import store: a million if
// ROLLCALL_BENCH_ROWS says so.
func rowsOfBench(b *testing.B) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("ROLLCALL_BENCH_ROWS"))
	if err != nil {
		return 100_000
	}
	return n
}

// producer gives n rows of six cells. Every repeat-th is the duplicate of the
// row before it, which is amended if keepLast; every broken-th has a problem.
type producer struct {
	n, repeat, broken int
	keepLast          bool
}

func (p producer) fill(s contacts.Sink) (contacts.Import, error) {
	im := contacts.Import{Summary: contacts.Summary{Ready: p.n}}
	for _, name := range []string{"First", "Last", "Phone", "Street", "City", "Zip"} {
		im.Summary.Columns = append(im.Summary.Columns, contacts.Column{Name: name})
	}
	zones, cells := []string{"America/Chicago"}, make([]string, 6)
	for i := range p.n {
		mixed := i * 7919 % p.n
		digits := strconv.Itoa(10_000_000 + mixed)
		cells[0], cells[1], cells[2] = "Name"+digits[5:], "Family"+digits[2:6], "312 "+digits[1:4]+" "+digits[4:]
		cells[3], cells[4], cells[5] = digits[6:]+" Main Street", "Chicago", "60601"
		c := campaign.Contact{
			Row: i + 2, Name: cells[0] + " " + cells[1], Number: phone.Number("+1312" + digits[1:]),
			Zones: zones, Cells: cells, Status: campaign.Ready,
		}
		var problems []campaign.CellProblem
		if p.broken > 0 && i%p.broken == 0 {
			problems = []campaign.CellProblem{{Row: c.Row, Column: "Phone", Kind: campaign.ProblemDecimal, Value: digits + ".0", Repair: digits}}
		}
		if err := s.Add(c, problems); err != nil {
			return im, err
		}
		if p.repeat == 0 || i%p.repeat != 1 || !p.keepLast {
			continue
		}
		err := s.Amend(contacts.Amendment{Row: c.Row - 1, Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: c.Row}})
		if err != nil {
			return im, err
		}
	}
	return im, nil
}

func BenchmarkImport(b *testing.B) {
	rows := rowsOfBench(b)
	for name, p := range map[string]producer{
		"Plain":    {n: rows},
		"Problems": {n: rows, broken: 3},
		"Amended":  {n: rows, repeat: 3, keepLast: true},
	} {
		b.Run(name, func(b *testing.B) {
			db := fresh(b)
			for b.Loop() {
				if _, err := db.Import(b.Context(), campaign.Campaign{}, p.fill); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	b.Run("ProducerAlone", func(b *testing.B) {
		for b.Loop() {
			if _, err := (producer{n: rows}).fill(nowhere{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// nowhere is a sink that keeps nothing.
type nowhere struct{}

func (nowhere) Add(campaign.Contact, []campaign.CellProblem) error { return nil }
func (nowhere) Amend(contacts.Amendment) error                     { return nil }

// BenchmarkBeginWhileImporting tells how long a call waits to be begun while a
// list is stored.
func BenchmarkBeginWhileImporting(b *testing.B) {
	db := fresh(b)
	_, ids := create(b, db, manyPeople(20_000))
	rows := rowsOfBench(b)
	for b.Loop() {
		ctx, cancel := context.WithCancel(b.Context())
		worst, n := time.Duration(0), 0
		done := make(chan error, 1)
		go func() {
			_, err := db.Import(ctx, campaign.Campaign{}, producer{n: rows, broken: 10}.fill)
			done <- err
		}()
		for imported := false; !imported; {
			select {
			case err := <-done:
				must(b, err)
				imported = true
			default:
				worst = max(worst, timeOfCall(b, db, ids[n%len(ids)], n))
				n++
			}
		}
		cancel()
		b.ReportMetric(float64(worst.Milliseconds()), "ms-worst")
		b.ReportMetric(float64(n), "calls")
	}
}

func timeOfCall(b *testing.B, db *storage.DB, id campaign.ContactID, n int) time.Duration {
	b.Helper()
	started := time.Now()
	a := begin(b, db, id, fmt.Sprint("w", n))
	took := time.Since(started)
	must(b, db.Settle(b.Context(), campaign.Settlement{Attempt: ended(a, "busy"), Status: campaign.Ready, Tried: true}))
	return took
}

// BenchmarkFound is how long it takes to find the rows of which an import found
// something, few among many.
func BenchmarkFound(b *testing.B) {
	db := fresh(b)
	rows := rowsOfBench(b)
	c, err := db.Import(b.Context(), campaign.Campaign{}, func(s contacts.Sink) (contacts.Import, error) {
		im, err := producer{n: rows, broken: rows / 500}.fill(s)
		for i := range 1000 {
			if err != nil {
				break
			}
			row := campaign.Contact{Row: rows + 2 + i, Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDate}}
			if i%2 == 0 {
				row.Why = campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}
			}
			err = s.Add(row, []campaign.CellProblem{{Kind: campaign.ProblemDate}})
		}
		return im, err
	})
	must(b, err)
	for name, f := range map[string]campaign.Found{
		"Kind": {Kind: campaign.ProblemDecimal}, "Repaired": {Which: campaign.FoundRepaired}, "Aside": {Which: campaign.FoundAside},
		"AsideOfKind": {Which: campaign.FoundAside, Kind: campaign.ProblemDate}, "Duplicate": {Which: campaign.FoundDuplicate},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if ids := order(b, db, c.ID, campaign.Filter{Found: f, Sort: campaign.SortName}); len(ids) < 400 {
					b.Fatal(len(ids))
				}
			}
		})
	}
	b.Run("Group", func(b *testing.B) {
		for b.Loop() {
			if group, err := db.Duplicates(b.Context(), c.ID, 2); err != nil || len(group) != 500 {
				b.Fatal(len(group), err)
			}
		}
	})
}
