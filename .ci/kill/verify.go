package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// people is how many rows the sample list has.
const people = 200

// evidence is what the three witnesses say of a finished campaign.
type evidence struct {
	rows     map[int]row         // by row number, from the database
	attempts []attempt           // from the database
	dials    map[string][]string // from the gateway's journal: references by number
	contacts [][]string          // from the report
	tries    [][]string          // from the report
}

type row struct {
	number string
	status campaign.Status
	tries  int
}

type attempt struct {
	row       int
	number    string
	reference string
	outcome   gateway.Outcome
	open      bool
}

// listed tells whether a phone rang for a, or may have.
func (a attempt) listed() bool {
	return a.open || a.outcome.Dialled() || a.outcome == gateway.OutcomeInterrupted
}

// state is where the newest campaign of a data folder stands.
func state(folder string) (string, error) {
	said := "none"
	err := query(context.Background(), filepath.Join(folder, "rollcall.db"), `SELECT state FROM campaigns ORDER BY id DESC LIMIT 1`, func(scan scanner) error {
		return scan(&said)
	})
	return said, err
}

// verify compares a data folder after the end with its report and tells what
// was found.
func verify(folder, report string) (string, error) {
	e, err := gather(folder, report)
	if err != nil {
		return "", err
	}
	err = errors.Join(e.everyRowIsFinal(), e.nobodyIsDialledTooOften(), e.reportAgrees())
	doubt, dials := 0, 0
	for _, r := range e.rows {
		if r.status == campaign.Doubt {
			doubt++
		}
	}
	for _, refs := range e.dials {
		dials += len(refs)
	}
	return fmt.Sprintf("%d rows, %d dials, %d in doubt", len(e.rows), dials, doubt), err
}

// everyRowIsFinal: 200 rows, each in exactly one final state, none of them
// cancelled, in the database and in the report.
func (e evidence) everyRowIsFinal() error {
	var bad []error
	if len(e.rows) != people || len(e.contacts) != people {
		bad = append(bad, fmt.Errorf("%d rows in the database, %d in the report, want %d", len(e.rows), len(e.contacts), people))
	}
	for n, r := range e.rows {
		if !r.status.Final() || r.status == campaign.Cancelled {
			bad = append(bad, fmt.Errorf("row %d ended %s", n, r.status))
		}
	}
	return errors.Join(bad...)
}

// nobodyIsDialledTooOften: the journal knows no dial that is not an attempt,
// none with the same reference twice, and, since a line that answers is never
// tried again, one at most for each number that is answered.
func (e evidence) nobodyIsDialledTooOften() error {
	var bad []error
	attempts, reached := map[string]int{}, map[string]int{}
	for _, a := range e.attempts {
		if a.listed() {
			attempts[a.number]++
		}
		if a.outcome == gateway.OutcomeReached || a.outcome == gateway.OutcomeMachine {
			reached[a.number]++
		}
	}
	for number, refs := range e.dials {
		if len(refs) > attempts[number] {
			bad = append(bad, fmt.Errorf("…%s was dialled %d times, its attempts say %d", number[8:], len(refs), attempts[number]))
		}
		if unique := slices.Compact(slices.Sorted(slices.Values(refs))); len(unique) < len(refs) {
			bad = append(bad, fmt.Errorf("…%s was dialled twice for one request", number[8:]))
		}
		if answers(number) && len(refs) > 1 {
			bad = append(bad, fmt.Errorf("…%s answers, and was dialled %d times", number[8:], len(refs)))
		}
	}
	for number, n := range reached {
		if n > 1 || len(e.dials[number]) == 0 {
			bad = append(bad, fmt.Errorf("…%s was reached %d times, dialled %d times", number[8:], n, len(e.dials[number])))
		}
	}
	return errors.Join(bad...)
}

// answers tells whether the practice line answers this number at the first
// call: people, machines, and people who hang up.
func answers(number string) bool {
	last := number[len(number)-2:]
	return last < "70" || last == "97" || last == "98"
}

// reportAgrees: the report says of each row and attempt what the database says.
func (e evidence) reportAgrees() error {
	var bad []error
	for i, line := range e.contacts {
		r := e.rows[i+2] // the list has no empty rows, its heading is row 1
		want := []string{words.Status(r.status), ending(r.number), fmt.Sprint(r.tries)}
		got := []string{cell(line, 6), ending(cell(line, 7)), cell(line, 9)}
		if !slices.Equal(want, got) {
			bad = append(bad, fmt.Errorf("row %d: report %q, database %q", i+2, got, want))
		}
		tried := 0
		for _, a := range e.attempts {
			if a.row == i+2 && a.outcome.Dialled() {
				tried++
			}
		}
		if tried != r.tries {
			bad = append(bad, fmt.Errorf("row %d: tried %d times, its attempts say %d", i+2, r.tries, tried))
		}
	}
	var want, got []string
	for _, a := range e.attempts {
		if a.listed() {
			want = append(want, fmt.Sprintf("row %d %s", a.row, ending(a.number)))
		}
	}
	for _, line := range e.tries {
		got = append(got, fmt.Sprintf("row %s %s", cell(line, 0), ending(cell(line, 2))))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		bad = append(bad, fmt.Errorf("the report lists %d attempts, the database %d:\n%s\n%s", len(got), len(want), got, want))
	}
	return errors.Join(bad...)
}

func gather(folder, report string) (evidence, error) {
	e := evidence{rows: map[int]row{}, dials: map[string][]string{}}
	err := errors.Join(e.readDatabase(folder), e.readJournal(folder), e.readReport(report))
	return e, err
}

func (e *evidence) readDatabase(folder string) error {
	err := query(context.Background(), filepath.Join(folder, "rollcall.db"), `SELECT row, number, status, tries FROM contacts`, func(scan scanner) error {
		var n int
		var r row
		if err := scan(&n, &r.number, &r.status, &r.tries); err != nil {
			return err
		}
		if _, twice := e.rows[n]; twice {
			return fmt.Errorf("row %d is there twice", n)
		}
		e.rows[n] = r
		return nil
	})
	if err != nil {
		return err
	}
	return query(context.Background(), filepath.Join(folder, "rollcall.db"), `SELECT row, number, reference, outcome, ended = 0 FROM attempts ORDER BY id`, func(scan scanner) error {
		var a attempt
		err := scan(&a.row, &a.number, &a.reference, &a.outcome, &a.open)
		e.attempts = append(e.attempts, a)
		return err
	})
}

func (e *evidence) readJournal(folder string) error {
	return query(context.Background(), filepath.Join(folder, "gateway.db"), `SELECT phone, reference FROM dials ORDER BY id`, func(scan scanner) error {
		var number, reference string
		err := scan(&number, &reference)
		e.dials[number] = append(e.dials[number], reference)
		return err
	})
}

func (e *evidence) readReport(report string) error {
	f, err := excelize.OpenFile(report)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for sheet, into := range map[string]*[][]string{"Contacts": &e.contacts, "Attempts": &e.tries} {
		lines, err := f.GetRows(sheet)
		if err != nil || len(lines) == 0 {
			return errors.Join(err, fmt.Errorf("sheet %s has %d lines", sheet, len(lines)))
		}
		*into = lines[1:]
	}
	return nil
}

// scanner reads the values of one line of an answer.
type scanner func(into ...any) error

// query calls each with every line of an answer.
func query(ctx context.Context, file, statement string, each func(scanner) error) error {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	lines, err := db.QueryContext(ctx, statement)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	defer func() { _ = lines.Close() }()
	for lines.Next() {
		if err := each(lines.Scan); err != nil {
			return err
		}
	}
	return lines.Err()
}

// cell is a cell of a line that ends with its last cell that is not empty.
func cell(line []string, i int) string {
	if i < len(line) {
		return strings.TrimSpace(line[i])
	}
	return ""
}

// ending is as much of a number as a message may tell.
func ending(number string) string {
	return number[max(0, len(number)-4):]
}
