package storage

import (
	"context"
	"database/sql"
	"errors"
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

// statement belongs to p; it is closed by p.close.
func (p *prepared) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stmt, found := p.stmts[text]; found {
		return stmt, nil
	}
	stmt, err := p.db.PrepareContext(ctx, text) //nolint:sqlclosecheck // kept for the next time, and closed by close
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
	stmt, err := p.statement(ctx, text) //nolint:sqlclosecheck // it is p's
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext implements query.DBTX.
func (p *prepared) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
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
