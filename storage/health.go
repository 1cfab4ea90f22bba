package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
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

// quickLimit is how long an opening is held up by a check.
const quickLimit = time.Second / 2

// checkQuickly finds damage to the structure before the file is used, unless
// that takes too long, as with a million records: then the check in the
// background, which sees more, has to find it.
func (f *file) checkQuickly(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, quickLimit)
	defer cancel()
	err := check(limited, f.write, "quick_check")
	if limited.Err() != nil && ctx.Err() == nil && !errors.Is(err, ErrDamaged) {
		f.log.DebugContext(ctx, "the file is large; it is checked while it is in use")
		return nil
	}
	return err
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
