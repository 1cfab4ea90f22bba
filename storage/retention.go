package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"rollcall/storage/query"
)

// This file is what the journal drops by itself, and how the file becomes
// smaller then.

// How long things are kept beyond their use.
const (
	keepDone       = 90 * 24 * time.Hour // records of calls nobody removed, by default
	keepReferences = 30 * 24 * time.Hour // after the record is gone
	keepDials      = 30 * 24 * time.Hour // after the dial
	keepChanges    = 1_000_000           // entries of the feed
)

const (
	cleanEvery = time.Hour
	// cleanBatch is how many records are dropped at once, so that nobody who
	// changes the journal meanwhile waits for long.
	cleanBatch = 200
	// sparePages are left in the file for what comes next.
	sparePages = 256
)

// keepClean drops what is too old, now and every hour, until ctx ends.
func (j *Journal) keepClean(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(cleanEvery)
	defer tick.Stop()
	for {
		if err := j.clean(ctx, time.Now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "drop what is too old", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// clean drops what is too old at now, batch after batch, and gives the room
// back to the disk.
func (j *Journal) clean(ctx context.Context, now time.Time) error {
	for _, drop := range []func(ctx context.Context, q *query.Queries, now time.Time) (int64, error){
		j.dropJobs, dropRefs, dropDials, dropChanges,
	} {
		for dropped := int64(cleanBatch); dropped >= cleanBatch; {
			err := j.commit(ctx, func(ctx context.Context, q *query.Queries) (err error) {
				dropped, err = drop(ctx, q, now)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return j.shrink(ctx)
}

// dropJobs deletes records as Remove does: their references live on for a
// while, and the feed tells that they are gone.
func (j *Journal) dropJobs(ctx context.Context, q *query.Queries, now time.Time) (int64, error) {
	old, err := q.OldJobs(ctx, query.OldJobsParams{Before: stamp(now.Add(-j.keep)), N: cleanBatch})
	for _, row := range old {
		if err == nil {
			err = forget(ctx, q, row, false, now)
		}
	}
	return int64(len(old)), err
}

func dropRefs(ctx context.Context, q *query.Queries, now time.Time) (int64, error) {
	return q.DeleteOldRefs(ctx, query.DeleteOldRefsParams{Now: stamp(now), N: cleanBatch})
}

func dropDials(ctx context.Context, q *query.Queries, now time.Time) (int64, error) {
	return q.DeleteOldDials(ctx, query.DeleteOldDialsParams{Before: stamp(now.Add(-keepDials)), N: cleanBatch})
}

func dropChanges(ctx context.Context, q *query.Queries, _ time.Time) (int64, error) {
	return q.DeleteOldChanges(ctx, query.DeleteOldChangesParams{Keep: keepChanges, N: cleanBatch})
}

// shrink gives the free pages of the file but a few back to the disk, then the
// room of the write-ahead log. A file without incremental vacuum stays as
// large as it is and uses its free pages again.
func (j *Journal) shrink(ctx context.Context) error {
	for free, before := sparePages+1, 0; free > sparePages && free != before; {
		before = free
		err := j.commit(ctx, func(ctx context.Context, _ *query.Queries) error {
			if err := j.writer.drain(ctx, "PRAGMA incremental_vacuum(64)"); err != nil {
				return err
			}
			return j.writer.stmts.QueryRowContext(ctx, "SELECT freelist_count FROM pragma_freelist_count").Scan(&free)
		})
		if err != nil {
			return err
		}
	}
	return j.writer.between(ctx, emptyLog)
}

// drain runs a statement that gives rows by which it goes on.
func (c *committer) drain(ctx context.Context, text string) error {
	rows, err := c.stmts.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // read to their end
	for rows.Next() {
	}
	return rows.Err()
}

// emptyLog moves the write-ahead log into the file and cuts it to nothing. It
// waits for no reader: what one still needs is left for the next time.
func emptyLog(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 0")
	if err != nil {
		return err
	}
	var busy, pages, moved int
	err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if errors.Is(explain(err), ErrBusy) {
		err = nil
	}
	_, restored := conn.ExecContext(ctx, "PRAGMA busy_timeout = 10000")
	return errors.Join(err, restored)
}
