package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rollcall/gateway"
)

// The gateway's journal is read as the database it is, not by the code that
// wrote it.

// journal is what it says in the end.
type journal struct {
	jobs  map[gateway.ReqID]job
	refs  map[gateway.Reference]gateway.ReqID
	dials []dial
	fault string // what an integrity check finds
}

type job struct {
	id        gateway.ReqID
	phone     gateway.Phone
	reference gateway.Reference
	state     string
	attempts  []gateway.Attempt
}

// dial is one moment after which a phone may have rung.
type dial struct {
	phone     gateway.Phone
	id        gateway.ReqID
	reference gateway.Reference
	at        time.Time
}

const journalFile = "gateway.db"

// readJournal reads a journal that nobody has open.
func readJournal(ctx context.Context, folder string) (journal, error) {
	j := journal{jobs: map[gateway.ReqID]job{}, refs: map[gateway.Reference]gateway.ReqID{}}
	file := filepath.Join(folder, journalFile)
	err := errors.Join(
		query(ctx, file, `SELECT id, reference, state, request, attempts FROM jobs`, j.addJob),
		query(ctx, file, `SELECT reference, reqid FROM refs`, func(scan scanner) error {
			var ref gateway.Reference
			var id gateway.ReqID
			err := scan(&ref, &id)
			j.refs[ref] = id
			return err
		}),
		query(ctx, file, `SELECT phone, reqid, reference, at FROM dials ORDER BY id`, func(scan scanner) error {
			var d dial
			var at int64
			err := scan(&d.phone, &d.id, &d.reference, &at)
			d.at = time.UnixMilli(at)
			j.dials = append(j.dials, d)
			return err
		}),
		query(ctx, file, `PRAGMA integrity_check(1)`, func(scan scanner) error { return scan(&j.fault) }))
	return j, err
}

func (j journal) addJob(scan scanner) error {
	var one job
	var request, attempts string
	if err := scan(&one.id, &one.reference, &one.state, &request, &attempts); err != nil {
		return err
	}
	var asked gateway.Request
	err := json.Unmarshal([]byte(request), &asked)
	if attempts != "" {
		err = errors.Join(err, json.Unmarshal([]byte(attempts), &one.attempts))
	}
	one.phone = asked.Phone
	j.jobs[one.id] = one
	return err
}

// unsettled counts the calls that are not at their end, but for those that
// are due later than any round lasts.
func unsettled(ctx context.Context, folder string) (int, error) {
	var n int
	soon := time.Now().Add(longestRound).UnixMilli()
	statement := fmt.Sprintf(`SELECT count(*) FROM jobs WHERE state <> 'done' AND (state <> 'queued' OR due < %d)`, soon)
	err := query(ctx, filepath.Join(folder, journalFile), statement, func(scan scanner) error { return scan(&n) })
	return n, err
}

// death is what the gateway was doing when it was killed.
type death struct {
	dialling map[gateway.ReqID]bool
	dials    map[gateway.ReqID]int // until then
}

// examine reads the journal of a gateway that was killed, from a copy, so that
// the next one finds it as it was left.
func examine(ctx context.Context, folder, copied string) (death, error) {
	d := death{dialling: map[gateway.ReqID]bool{}, dials: map[gateway.ReqID]int{}}
	if err := copyDatabase(folder, copied, journalFile); err != nil {
		return d, err
	}
	file := filepath.Join(copied, journalFile)
	known := 0
	err := query(ctx, file, `SELECT count(*) FROM sqlite_schema WHERE name IN ('jobs', 'dials')`, func(scan scanner) error { return scan(&known) })
	if err != nil || known < 2 { // it was killed before it had made them
		return d, errors.Join(err, os.RemoveAll(copied))
	}
	err = errors.Join(
		query(ctx, file, `SELECT id FROM jobs WHERE state = 'dialling'`, func(scan scanner) error {
			var id gateway.ReqID
			err := scan(&id)
			d.dialling[id] = true
			return err
		}),
		query(ctx, file, `SELECT reqid, count(*) FROM dials GROUP BY reqid`, func(scan scanner) error {
			var id gateway.ReqID
			var n int
			err := scan(&id, &n)
			d.dials[id] = n
			return err
		}))
	return d, errors.Join(err, os.RemoveAll(copied))
}

// copyDatabase copies a file and its log of what is not in it yet.
func copyDatabase(from, to, file string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, name := range []string{file, file + "-wal"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
