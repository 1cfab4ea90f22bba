package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// model is what stands for a number in the call that is copied.
const model = "0000000"

// fill makes a journal of so many calls that wait. One is stored as the
// gateway stores it; the others are copies of its row with numbers of their
// own, because a million of them one by one take longer than all the rest. It
// returns the first one's id; the others follow it.
func (b *bench) fill(ctx context.Context, data string) (gateway.ReqID, time.Duration, error) {
	begun := time.Now()
	first, err := firstCall(ctx, data)
	if err != nil {
		return 0, 0, err
	}
	db, err := sql.Open("sqlite", filepath.Join(data, journalFile))
	if err != nil {
		return 0, 0, err
	}
	err = multiply(ctx, db, int64(first), b.records)
	return first, time.Since(begun), errors.Join(err, db.Close())
}

func firstCall(ctx context.Context, data string) (gateway.ReqID, error) {
	journal, err := openJournal(ctx, data)
	if err != nil {
		return 0, err
	}
	now := time.Now()
	job, err := journal.Accept(ctx, scheduler.Job{
		Request: gateway.Request{
			Info: "load", Text: "Hello.", Attendee: "Sam Sample", Phone: "+1212" + model, Reference: "large-" + model,
			CallTime: tomorrow, FirstOcc: 2 * tomorrow,
		},
		Accepted: now, Due: now.Add(tomorrow), FirstDue: now.Add(tomorrow), Expires: now.Add(2 * tomorrow), State: scheduler.JobQueued,
	})
	return job.ID, errors.Join(err, journal.Close()) //nolint:contextcheck // it is closed whatever becomes of ctx
}

// multiply copies the row of the first call, whatever columns it has. Numbers
// are mixed, so that indexes over them are not filled in order.
func multiply(ctx context.Context, db *sql.DB, first int64, n int) error {
	var columns string
	if err := db.QueryRowContext(ctx, `SELECT group_concat(name) FROM pragma_table_info('jobs')`).Scan(&columns); err != nil {
		return err
	}
	values := strings.Split(columns, ",")
	for i, name := range values {
		switch name {
		case "id", "due", "first_due":
			values[i] += " + i"
		case "request", "reference":
			values[i] = fmt.Sprintf("replace(%s, '%s', mixed)", name, model)
		case "tail":
			values[i] = "mixed || '2121'"
		}
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`
		BEGIN;
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %[1]d)
		INSERT INTO jobs (%[2]s) SELECT %[3]s FROM jobs, (SELECT i, printf('%%07d', i * 7919 %% 9999991) AS mixed FROM n) WHERE id = %[4]d;
		INSERT INTO refs (reference, reqid, voided, expires) SELECT reference, id, FALSE, 0 FROM jobs WHERE id > %[4]d;
		INSERT INTO changes (reqid) SELECT id FROM jobs WHERE id > %[4]d;
		UPDATE issued SET last = %[4]d + %[1]d;
		COMMIT`, n, columns, strings.Join(values, ", "), first))
	return err
}
