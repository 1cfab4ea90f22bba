package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"

	"rollcall/storage/query"
)

// prepared runs each statement prepared: it is compiled the first time only,
// which is most of the work of a small one. It stands between the compiled
// queries and a connection, and is as safe for several goroutines as that is.
type prepared struct {
	db    query.DBTX
	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

// varies tells of a statement about several rows at once that it is another one
// for each number of them, so that it is not worth keeping.
func varies(text string) bool { return strings.Contains(text, "?,?") }

// statement belongs to p; it is closed by p.close.
func (p *prepared) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stmt, found := p.stmts[text]; found {
		return stmt, nil
	}
	stmt, err := p.db.PrepareContext(ctx, text) //nolint:sqlclosecheck // kept for the next time, and closed by close or with the database
	if err != nil {
		return nil, err
	}
	if p.stmts == nil {
		p.stmts = make(map[string]*sql.Stmt)
	}
	p.stmts[text] = stmt
	return stmt, nil
}

// ExecContext implements query.DBTX.
func (p *prepared) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if varies(text) {
		return p.db.ExecContext(ctx, text, args...)
	}
	stmt, err := p.statement(ctx, text) //nolint:sqlclosecheck // it is p's
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext implements query.DBTX.
func (p *prepared) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if varies(text) {
		return p.db.QueryContext(ctx, text, args...)
	}
	stmt, err := p.statement(ctx, text) //nolint:sqlclosecheck // it is p's
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext implements query.DBTX.
func (p *prepared) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	stmt, err := p.statement(ctx, text) //nolint:sqlclosecheck // it is p's
	if err != nil {
		return p.db.QueryRowContext(ctx, text, args...) // meets the same error
	}
	return stmt.QueryRowContext(ctx, args...)
}

// PrepareContext implements query.DBTX; the statement is the caller's.
func (p *prepared) PrepareContext(ctx context.Context, text string) (*sql.Stmt, error) {
	return p.db.PrepareContext(ctx, text)
}

func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, stmt := range p.stmts {
		errs = append(errs, stmt.Close())
	}
	p.stmts = nil
	return errors.Join(errs...)
}

// compiled are the statements of a file's writer. They can only be prepared while
// no transaction holds its one connection, so a text that is new to a
// transaction is prepared after it, for the next one.
type compiled struct {
	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

func (c *compiled) find(text string) *sql.Stmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stmts[text]
}

// learn prepares texts. One that cannot be is met again by whoever uses it.
func (c *compiled) learn(ctx context.Context, db *sql.DB, texts []string) {
	for _, text := range texts {
		if c.find(text) != nil {
			continue
		}
		stmt, err := db.PrepareContext(ctx, text) //nolint:sqlclosecheck // kept, and closed with the database
		if err != nil {
			continue
		}
		c.mu.Lock()
		if c.stmts == nil {
			c.stmts = make(map[string]*sql.Stmt)
		}
		c.stmts[text] = stmt
		c.mu.Unlock()
	}
}

// within is a transaction that uses them. One goroutine uses it.
type within struct {
	*sql.Tx
	known   *compiled
	unknown []string
}

// statement belongs to the transaction; nil if there is none yet.
func (w *within) statement(ctx context.Context, text string) *sql.Stmt {
	stmt := w.known.find(text)
	if stmt == nil {
		if !varies(text) {
			w.unknown = append(w.unknown, text)
		}
		return nil
	}
	return w.StmtContext(ctx, stmt)
}

// ExecContext implements query.DBTX.
func (w *within) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if stmt := w.statement(ctx, text); stmt != nil { //nolint:sqlclosecheck // closed with the transaction
		return stmt.ExecContext(ctx, args...)
	}
	return w.Tx.ExecContext(ctx, text, args...)
}

// QueryContext implements query.DBTX.
func (w *within) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if stmt := w.statement(ctx, text); stmt != nil { //nolint:sqlclosecheck // closed with the transaction
		return stmt.QueryContext(ctx, args...)
	}
	return w.Tx.QueryContext(ctx, text, args...)
}

// QueryRowContext implements query.DBTX.
func (w *within) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if stmt := w.statement(ctx, text); stmt != nil { //nolint:sqlclosecheck // closed with the transaction
		return stmt.QueryRowContext(ctx, args...)
	}
	return w.Tx.QueryRowContext(ctx, text, args...)
}
