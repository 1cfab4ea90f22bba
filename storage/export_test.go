package storage

import (
	"context"
	"io/fs"
	"log/slog"
	"time"
)

// OpenWith opens a store with another schema than the program's own, as a
// version of the program that is older or newer would.
func OpenWith(ctx context.Context, path string, schema fs.FS, log *slog.Logger) (*DB, error) {
	return openDB(ctx, path, schema, log)
}

// Exec runs SQL behind the store's back.
func (db *DB) Exec(ctx context.Context, text string) error {
	_, err := db.file.write.ExecContext(ctx, text)
	return explain(err)
}

// Explain returns the steps by which SQLite answers a query.
func (db *DB) Explain(ctx context.Context, text string, args ...any) (string, error) {
	rows, err := db.file.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	plan := ""
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return "", err
		}
		plan += detail + "\n"
	}
	return plan, rows.Err()
}

// Clean drops what is too old at now.
func (j *Journal) Clean(ctx context.Context, now time.Time) error { return j.clean(ctx, now) }
