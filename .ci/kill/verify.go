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

// witnesses are where those are that know of a campaign.
type witnesses struct {
	folder  string // has the database
	gateway string // has the journal
	report  string
	own     string // the copy of the list with results; empty for none
	people  int    // rows of the list
}

// ofSample are the witnesses of the sample, called by one process.
func ofSample(folder, report string) witnesses {
	return witnesses{folder: folder, gateway: folder, report: report, people: people}
}

// evidence is what the three witnesses say of a finished campaign.
type evidence struct {
	people   int
	rows     map[int]row         // by row number, from the database
	attempts []attempt           // from the database
	dials    map[string][]string // from the gateway's journal: references by number
	again    map[string]bool     // numbers that somebody had called once more
	contacts [][]string          // from the report, without the columns of the list
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

// verify compares the witnesses after the end and tells what was found.
func verify(ctx context.Context, w witnesses) (string, error) {
	e, err := gather(ctx, w)
	if err != nil {
		return "", err
	}
	err = errors.Join(e.everyRowIsFinal(), e.nobodyIsDialledTooOften(), e.nothingFollowsDoubt(), e.reportAgrees(), w.ownAgrees(ctx, e))
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

// everyRowIsFinal: all rows, each in exactly one final state, none of them
// cancelled, in the database and in the report.
func (e evidence) everyRowIsFinal() error {
	var bad []error
	if len(e.rows) != e.people || len(e.contacts) != e.people {
		bad = append(bad, fmt.Errorf("%d rows in the database, %d in the report, want %d", len(e.rows), len(e.contacts), e.people))
	}
	for n, r := range e.rows {
		if !r.status.Final() || r.status == campaign.Cancelled {
			bad = append(bad, fmt.Errorf("row %d ended %s", n, r.status))
		}
	}
	return errors.Join(bad...)
}

// nobodyIsDialledTooOften: the journal knows no dial that is not an attempt,
// none with the same reference twice, and none more than a number may be
// dialled.
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
		if most := e.mostDials(number); len(refs) > most {
			bad = append(bad, fmt.Errorf("…%s was dialled %d times, where %d is the most", number[8:], len(refs), most))
		}
	}
	for number, n := range reached {
		if n > 1 && !e.again[number] || n > len(e.dials[number]) {
			bad = append(bad, fmt.Errorf("…%s was reached %d times, dialled %d times", number[8:], n, len(e.dials[number])))
		}
	}
	return errors.Join(bad...)
}

// mostDials is how often a number may be dialled. Only what is busy, does not
// answer or is congested is tried again, and people who are busy twice are;
// whoever is called again because somebody says so, begins anew.
func (e evidence) mostDials(number string) int {
	most, last := 1, number[len(number)-2:]
	if last >= "70" && last < "90" || last >= "94" && last < "97" {
		most = 3
	}
	if e.again[number] {
		most *= 2
	}
	return most
}

// nothingFollowsDoubt: where a call may have been made, and nobody knows how
// it ended, no other one is tried.
func (e evidence) nothingFollowsDoubt() error {
	var bad []error
	doubtful := map[int]bool{}
	for _, a := range e.attempts {
		if doubtful[a.row] {
			bad = append(bad, fmt.Errorf("row %d was tried again after a call in doubt", a.row))
		}
		doubtful[a.row] = a.open || a.outcome == gateway.OutcomeInterrupted
	}
	for n, r := range e.rows {
		if doubtful[n] != (r.status == campaign.Doubt) {
			bad = append(bad, fmt.Errorf("row %d ended %s, its last attempt in doubt: %t", n, r.status, doubtful[n]))
		}
	}
	return errors.Join(bad...)
}

// reportAgrees: the report says of each row and attempt what the database says.
func (e evidence) reportAgrees() error {
	var bad []error
	for i, line := range e.contacts {
		r := e.rows[i+2] // the list has no empty rows, its heading is row 1
		want := []string{words.Status(r.status), ending(r.number), fmt.Sprint(r.tries)}
		got := []string{cell(line, 0), ending(cell(line, 1)), cell(line, 3)}
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

func gather(ctx context.Context, w witnesses) (evidence, error) {
	e := evidence{people: w.people, rows: map[int]row{}, dials: map[string][]string{}, again: map[string]bool{}}
	err := errors.Join(e.readDatabase(ctx, w.folder), e.readJournal(ctx, w.gateway), e.readReport(w.report))
	return e, err
}

func (e *evidence) readDatabase(ctx context.Context, folder string) error {
	err := query(ctx, filepath.Join(folder, "rollcall.db"), `SELECT row, number, status, tries, anew_since > 0 FROM contacts`, func(scan scanner) error {
		var n int
		var r row
		var again bool
		if err := scan(&n, &r.number, &r.status, &r.tries, &again); err != nil {
			return err
		}
		if again {
			e.again[r.number] = true
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
	return query(ctx, filepath.Join(folder, "rollcall.db"), `SELECT row, number, reference, outcome, ended = 0 FROM attempts ORDER BY id`, func(scan scanner) error {
		var a attempt
		err := scan(&a.row, &a.number, &a.reference, &a.outcome, &a.open)
		e.attempts = append(e.attempts, a)
		return err
	})
}

func (e *evidence) readJournal(ctx context.Context, folder string) error {
	return query(ctx, filepath.Join(folder, "gateway.db"), `SELECT phone, reference FROM dials ORDER BY id`, func(scan scanner) error {
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
	if e.contacts, err = readSheet(f, "Contacts", "Outcome"); err != nil {
		return err
	}
	e.tries, err = readSheet(f, "Attempts", "Row")
	return err
}

// readSheet returns the lines below the heading, from a column on.
func readSheet(f *excelize.File, sheet, from string) ([][]string, error) {
	lines, err := f.GetRows(sheet)
	if err != nil || len(lines) == 0 {
		return nil, errors.Join(err, fmt.Errorf("sheet %s has %d lines", sheet, len(lines)))
	}
	first := slices.Index(lines[0], from)
	if first < 0 {
		return nil, fmt.Errorf("sheet %s has no column %s", sheet, from)
	}
	for i, line := range lines {
		lines[i] = line[min(first, len(line)):]
	}
	return lines[1:], nil
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
