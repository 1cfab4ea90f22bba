package storage

import (
	"context"
	"database/sql"
	"fmt"
)

// check runs quick_check (structure) or integrity_check (also that every index
// agrees with its table).
func check(ctx context.Context, db *sql.DB, pragma string) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA "+pragma+"(1)").Scan(&verdict); err != nil {
		return explain(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}

// checkIntegrity reads the whole file, some seconds for a million rows, and
// leaves its verdict. Being stopped is no verdict.
func (f *file) checkIntegrity(ctx context.Context) {
	err := check(ctx, f.read, "integrity_check")
	switch {
	case ctx.Err() != nil:
		f.log.DebugContext(ctx, "integrity check was stopped")
	case err != nil:
		f.damage = err
		f.log.ErrorContext(ctx, "integrity check", "error", err)
	default:
		f.log.DebugContext(ctx, "integrity check found no damage")
	}
}
