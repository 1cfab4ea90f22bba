package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite"

	"rollcall/campaign"
	"rollcall/gateway"
)

// The journals and the store are read as the databases they are, not by the
// code that wrote them.

// evidence is what the witnesses say in the end.
type evidence struct {
	dials    []dial
	stored   map[int]*row
	attempts map[gateway.Reference]*attempt
	report   map[int]string // outcome in words, by row of the file
	summary  map[campaign.Status]int
	faults   []string
}

// dial is one moment after which a phone may have rung.
type dial struct {
	gateway   string
	number    string
	reference gateway.Reference
	at        time.Time
}

type row struct {
	status campaign.Status
	why    campaign.Reason
	next   time.Time
	tries  int
}

type attempt struct {
	row             int
	number, gateway string
	begun, ended    time.Time // ended is zero while it is open
	outcome         gateway.Outcome
	optOut          bool
}

// Names of the databases in their folders.
const (
	journalFile = "gateway.db"
	storeFile   = "rollcall.db"
)

func (s *siege) gather(ctx context.Context) (evidence, error) {
	e := evidence{
		stored: map[int]*row{}, attempts: map[gateway.Reference]*attempt{},
		report: map[int]string{}, summary: map[campaign.Status]int{},
	}
	var errs []error
	for _, name := range []string{"a", "b"} {
		errs = append(errs, e.readJournal(ctx, name, filepath.Join(s.data(name), journalFile)))
	}
	errs = append(errs, e.readStore(ctx, filepath.Join(s.data("office"), storeFile)), e.readReport(s.data(reportFile)))
	return e, errors.Join(errs...)
}

func (e *evidence) readJournal(ctx context.Context, name, file string) error {
	return errors.Join(
		query(ctx, file, `SELECT phone, reference, at FROM dials ORDER BY id`, func(scan scanner) error {
			d := dial{gateway: name}
			var at int64
			err := scan(&d.number, &d.reference, &at)
			d.at = time.UnixMilli(at)
			e.dials = append(e.dials, d)
			return err
		}),
		query(ctx, file, `PRAGMA integrity_check(1)`, e.addFault))
}

func (e *evidence) addFault(scan scanner) error {
	said := ""
	err := scan(&said)
	if said != "ok" {
		e.faults = append(e.faults, said)
	}
	return err
}

func (e *evidence) readStore(ctx context.Context, file string) error {
	return errors.Join(
		query(ctx, file, `SELECT row, status, why, next_at, tries FROM contacts`, e.addRow),
		query(ctx, file, `SELECT row, number, reference, gateway, begun, ended, outcome, answers FROM attempts`, e.addAttempt),
		query(ctx, file, `SELECT status, n FROM tallies`, func(scan scanner) error {
			var status campaign.Status
			n := 0
			err := scan(&status, &n)
			e.summary[status] += n
			return err
		}),
		query(ctx, file, `PRAGMA integrity_check(1)`, e.addFault))
}

func (e *evidence) addRow(scan scanner) error {
	var r row
	var n int
	var why string
	var next int64
	if err := scan(&n, &r.status, &why, &next, &r.tries); err != nil {
		return err
	}
	if e.stored[n] != nil {
		return fmt.Errorf("row %d is stored twice", n)
	}
	if next != 0 {
		r.next = time.UnixMilli(next)
	}
	e.stored[n] = &r
	if why == "" {
		return nil
	}
	return json.Unmarshal([]byte(why), &r.why)
}

func (e *evidence) addAttempt(scan scanner) error {
	var a attempt
	var ref gateway.Reference
	var begun, ended int64
	var answers string
	if err := scan(&a.row, &a.number, &ref, &a.gateway, &begun, &ended, &a.outcome, &answers); err != nil {
		return err
	}
	a.begun = time.UnixMilli(begun)
	if ended != 0 {
		a.ended = time.UnixMilli(ended)
	}
	e.attempts[ref] = &a
	if answers == "" {
		return nil
	}
	var given []gateway.Answer
	err := json.Unmarshal([]byte(answers), &given)
	for _, g := range given {
		a.optOut = a.optOut || g.Name == "optout" && g.Value == "true"
	}
	return err
}

// readReport reads the column of outcomes. Line n of the sheet is row n of the
// list, whose lines have no gaps.
func (e *evidence) readReport(path string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines, err := f.Rows("Contacts")
	if err != nil {
		return err
	}
	defer func() { _ = lines.Close() }()
	outcome, name := -1, -1
	for lines.Next() {
		cells, err := lines.Columns()
		if err != nil {
			return err
		}
		if outcome < 0 {
			outcome, name = indexOf(cells, "Outcome"), indexOf(cells, "Patient")
			continue
		}
		n, err := strconv.Atoi(strings.TrimPrefix(cells[name], "Person "))
		if err != nil || e.report[n] != "" {
			return errors.Join(err, fmt.Errorf("the report has row %d twice, or not", n))
		}
		e.report[n] = cells[outcome]
	}
	return lines.Error()
}

func indexOf(cells []string, heading string) int {
	for i, c := range cells {
		if c == heading {
			return i
		}
	}
	return -1
}

// openCalls counts the calls that had not ended in the journal of a gateway
// that was killed. It reads a copy, so that the next life finds the journal as
// it was left.
func openCalls(ctx context.Context, folder, copied string) (int, error) {
	if err := os.MkdirAll(copied, 0o700); err != nil {
		return 0, err
	}
	for _, name := range []string{journalFile, journalFile + "-wal"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, err
		}
		if err := os.WriteFile(filepath.Join(copied, name), data, 0o600); err != nil {
			return 0, err
		}
	}
	n := 0
	err := query(ctx, filepath.Join(copied, journalFile), `SELECT count(*) FROM jobs WHERE state <> 'done'`, func(scan scanner) error { return scan(&n) })
	return n, errors.Join(err, os.RemoveAll(copied))
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
