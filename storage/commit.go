package storage

import (
	"context"
	"database/sql"
	"errors"

	"rollcall/gateway/faults"
	"rollcall/storage/query"
)

// This file is how the journal's changes reach the disk. The wait for the disk
// is what a change costs, and it costs the same for many as for one: so all
// that has come up while the disk was busy goes into one transaction.

// batchSize bounds how many operations share a transaction, so that the first
// of them does not wait long for the last.
const batchSize = 256

// errClosed answers whoever changes a journal that was closed.
var errClosed = errors.New("the journal is closed")

// operation is a change that one caller waits for. do is called on the
// committer's goroutine, at most once, and must not keep q.
type operation struct {
	do   func(ctx context.Context, q *query.Queries) error
	err  error      // what do returned
	done chan error // buffered, so that nobody waits for a caller
}

// errand is what can only be done between two transactions.
type errand struct {
	do   func(ctx context.Context, conn *sql.Conn) error
	done chan error
}

// committer is the goroutine that alone writes to a journal's file. Operations
// are handed over to it: one that was taken is carried out whatever becomes of
// the caller's context, one that was not leaves no trace.
type committer struct {
	conn    *sql.Conn
	stmts   *prepared
	queries *query.Queries
	taken   chan *operation
	errands chan errand
	ended   chan struct{}
}

// newCommitter takes the connection that writes, until run ends. The log is
// moved into the file every 4,000 pages, 16 MB: pages that many transactions
// change are written to the file less often then.
func newCommitter(ctx context.Context, db *sql.DB) (*committer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA wal_autocheckpoint = 4000"); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	stmts := &prepared{db: conn}
	return &committer{
		conn:    conn,
		stmts:   stmts,
		queries: query.New(stmts),
		taken:   make(chan *operation),
		errands: make(chan errand),
		ended:   make(chan struct{}),
	}, nil
}

// run works until ctx ends; what it has taken until then is answered.
func (c *committer) run(ctx context.Context) {
	defer close(c.ended)
	defer func() { _ = c.conn.Close() }() // hands it back
	defer func() { _ = c.stmts.close() }()
	work := context.WithoutCancel(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-c.taken:
			c.commit(work, c.gather(first))
		case e := <-c.errands:
			e.done <- e.do(work, c.conn)
		}
	}
}

// gather takes whatever else is there to be taken.
func (c *committer) gather(first *operation) []*operation {
	batch := []*operation{first}
	for len(batch) < batchSize {
		select {
		case op := <-c.taken:
			batch = append(batch, op)
		default:
			return batch
		}
	}
	return batch
}

// commit carries out a batch and then answers everybody. If it cannot be
// stored, nothing of it was done, and what an operation found is void too.
func (c *committer) commit(ctx context.Context, batch []*operation) {
	err := c.transact(ctx, batch)
	for _, op := range batch {
		if err != nil {
			op.err = err
		}
		op.done <- op.err
	}
}

func (c *committer) transact(ctx context.Context, batch []*operation) error {
	faults.At(faults.BeforeBegin)
	err := c.exec(ctx, "BEGIN IMMEDIATE")
	for _, op := range batch {
		if err == nil {
			err = c.apply(ctx, op)
		}
	}
	if err == nil {
		faults.At(faults.BeforeCommit)
		err = c.exec(ctx, "COMMIT")
		faults.At(faults.AfterCommit)
	}
	if err != nil {
		_ = c.exec(ctx, "ROLLBACK") // an error if SQLite has done so already
	}
	return err
}

// apply carries out one operation. What it did is undone if it fails; an error
// is returned only if the others cannot go on.
func (c *committer) apply(ctx context.Context, op *operation) error {
	if err := c.exec(ctx, "SAVEPOINT operation"); err != nil {
		return err
	}
	op.err = op.do(ctx, c.queries)
	if op.err == nil {
		return c.exec(ctx, "RELEASE operation")
	}
	if c.exec(ctx, "ROLLBACK TO operation") != nil {
		return op.err // it has ended the whole transaction, as on a full disk
	}
	return c.exec(ctx, "RELEASE operation")
}

func (c *committer) exec(ctx context.Context, text string) error {
	_, err := c.stmts.ExecContext(ctx, text)
	return err
}

// submit hands do over and returns what came of it, once it is on the disk. If
// ctx ends before it was taken, it is not carried out.
func (c *committer) submit(ctx context.Context, do func(ctx context.Context, q *query.Queries) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	op := &operation{do: do, done: make(chan error, 1)}
	select {
	case c.taken <- op:
		return explain(<-op.done)
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ended:
		return errClosed
	}
}

// between has do called on the connection while no transaction is open.
func (c *committer) between(ctx context.Context, do func(ctx context.Context, conn *sql.Conn) error) error {
	e := errand{do: do, done: make(chan error, 1)}
	select {
	case c.errands <- e:
		return explain(<-e.done)
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ended:
		return errClosed
	}
}
