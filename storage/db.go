// Package storage keeps everything that must survive in two SQLite files in
// the data folder: [DB] is rollcall.db, the campaigns with their rows and
// attempts (campaign.Store and more); [Journal] is gateway.db, what the
// embedded gateway has accepted (scheduler.Journal). Beside them stands
// audit.head, which tells whether the audit log of [DB] was shortened.
//
// Both are a file as file.go opens it: write-ahead log, one connection that
// writes, four that read; migrations embedded, a copy before each, a newer file
// refused; checked for damage after an unclean end, and once more thoroughly in
// the background, which is told in the log. A change is on the disk when its
// method returns, but for attempts, which [DB.Sync] waits for, and what is found
// out again: SetAside and Mark. What fails
// says what it means ([ErrFull] …).
//
//	db.go       DB: opening and closing
//	shelf.go    campaigns            create.go   a campaign with its rows
//	fill.go     its rows             names.go    their order by name
//	found.go    what was found       elsewhere.go  who is called elsewhere
//	archive.go  how all campaigns stand; put away, deleted
//	duplicate.go  a campaign of another one's list
//	update.go   a newer file         match.go    which row is which
//	layouts.go  how files were read  remove.go   what is left of what is gone
//	queue.go    what is due          ledger.go   attempts: begin, send, settle
//	facts.go    for the gate         ruling.go   what people decide; numbers
//	again.go    who is called again  calltimes.go  how many calls ended when
//	people.go   rows in an order     block.go    numbers not to be called
//	preflight.go what is asked before the start
//	listed.go   lists of them        ranges.go   their order
//	encode.go   JSON of rows         convert.go  rows of tables to values
//	journal.go  Journal: the queue   records.go  Journal: requests from outside
//	browse.go   Journal: the feed    commit.go   how many changes share a commit
//	broadcast.go  Journal: lists and campaigns of the gateway itself
//	retention.go  what is dropped    backup.go   a copy while the file is in use
//	audit.go    who changed what     audited.go  what an entry tells
//	head.go     audit.head: the hash of the last entry, outside the database
//	prepared.go  statements, compiled once
//	health.go   looking for damage   errors.go   what fails, in words
//	query/      the fixed queries, compiled by sqlc against migrations/
package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"

	"rollcall/storage/migrations"
)

//go:generate go tool -modfile=../.ci/tools/go.mod sqlc generate

// DB is the store of campaigns. It is safe for several goroutines; the data
// folder is to be held by one process.
type DB struct {
	*opened
	who string // changes it, as the audit log tells
}

// opened is what all share who use a store.
type opened struct {
	file *file
	// audit.head: held by whoever writes it; and whether that is to be done.
	head    sync.Mutex
	headDue atomic.Bool
	// Campaigns that are not shown any more are removed in the background, and
	// audit.head is written there.
	removal sync.WaitGroup
	life    context.Context //nolint:containedctx // of the goroutines that remove
	end     context.CancelFunc
}

// Open opens or creates the store at path. The context bounds the opening.
// Close must be called.
func Open(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	return openDB(ctx, path, migrations.Rollcall(), log)
}

func openDB(ctx context.Context, path string, schema fs.FS, log *slog.Logger) (*DB, error) {
	f, err := openFile(ctx, path, kind{schema: schema, application: campaigns}, log)
	if err != nil {
		return nil, err
	}
	db := &DB{opened: &opened{file: f}, who: account()}
	db.life, db.end = context.WithCancel(context.WithoutCancel(ctx))
	if err := db.removeHidden(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, explain(err)), db.close(ctx))
	}
	db.keepHead(ctx)
	return db, nil
}

// Close waits for what is being written, notes that the file was closed
// properly, and closes it.
func (db *DB) Close() error { return db.close(context.Background()) }

func (db *DB) close(ctx context.Context) error {
	db.end()
	db.removal.Wait()
	db.keepHead(ctx)
	return db.file.close(ctx)
}
