package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"

	"rollcall/gateway/faults"
	"rollcall/storage/query"
)

// readers is how many queries may run at the same time, beside the one writer.
const readers = 4

// file is a database file: one connection that writes, a few that only read,
// and a goroutine that reads the whole file once to find damage.
type file struct {
	path   string
	log    *slog.Logger
	write  *sql.DB
	read   *sql.DB
	known  compiled  // of the writer
	begins string    // synchronous, as it was last set; whoever has the writer uses it
	reads  *prepared // over read

	stop   context.CancelFunc
	check  sync.WaitGroup // the integrity check
	damage error          // its verdict, to be read when it has ended
}

// kind is what sort of file is opened.
type kind struct {
	schema      fs.FS // goose migrations
	application int   // PRAGMA application_id
	shrinks     bool  // pages that are free can be given back to the disk
}

// The application ids of our files.
const (
	campaigns = 0x526c4331 // "RlC1"
	journals  = 0x526c4731 // "RlG1"
)

// openFile opens or creates the file at path and brings its schema up to date.
// The context bounds the opening only. WAL needs memory shared between the
// processes that have the file open, which network drives do not give: the
// data folder belongs on a disk of this machine.
func openFile(ctx context.Context, path string, k kind, log *slog.Logger) (*file, error) {
	f := &file{path: path, log: log.With("file", filepath.Base(path))}
	err := f.open(ctx, k)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, explain(err)), f.closeHandles())
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	f.stop = stop
	f.check.Go(func() { f.checkIntegrity(background) })
	return f, nil
}

func (f *file) open(ctx context.Context, k kind) error {
	err := createPrivate(f.path)
	if err != nil {
		return err
	}
	if f.write, err = connect(f.path, 1, url.Values{"_txlock": {"immediate"}}); err != nil {
		return err
	}
	was, err := f.inspect(ctx, k.application)
	if err != nil {
		return err
	}
	schema, target, err := f.schema(k.schema)
	if err != nil {
		return err
	}
	if was.version > target {
		return fmt.Errorf("%w (its format is %d, this program knows %d)", ErrNewer, was.version, target)
	}
	if was.inUse {
		f.log.WarnContext(ctx, "the program did not end properly last time; checking the file")
		if err := f.checkQuickly(ctx); err != nil {
			return err
		}
	}
	if err := f.adopt(ctx, k); err != nil {
		return err
	}
	faults.At(faults.BeforeSchema)
	if was.version < target {
		if err := f.migrate(ctx, schema, was.version, target); err != nil {
			return err
		}
	}
	faults.At(faults.AfterSchema)
	if k.shrinks && !was.shrinks && was.version > 0 {
		f.letShrink(ctx)
	}
	if err := f.setInUse(ctx, true); err != nil {
		return err
	}
	f.read, err = connect(f.path, readers, url.Values{"mode": {"ro"}})
	f.reads = &prepared{db: f.read}
	return err
}

// createPrivate makes an empty file that only its owner may read, because it
// will hold people's numbers. One that exists is not even opened: closing it
// would drop the locks that this process may have on it.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w (%w)", ErrReadOnly, err)
	}
	return f.Close()
}

// connect makes a handle of up to n connections. FULL makes each commit
// survive a power cut; fullfsync does the same on macOS, where fsync alone
// does not, and means nothing elsewhere. The log is moved into the file every
// 16,000 pages, 64 MB: a long import waits for the disk less often then.
func connect(path string, n int, options url.Values) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	options["_pragma"] = []string{
		"busy_timeout(10000)", "synchronous(FULL)", "fullfsync(1)", "checkpoint_fullfsync(1)",
		"foreign_keys(1)", "cache_size(-32768)", "journal_size_limit(67108864)", "wal_autocheckpoint(16000)",
	}
	db, err := sql.Open("sqlite", dsn(full, options))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// dsn writes an absolute path as SQLite's file URI.
func dsn(path string, options url.Values) string {
	slashed := filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + options.Encode()
}

// found is how a file was found.
type found struct {
	inUse   bool  // it was left without Close
	shrinks bool  // see kind
	version int64 // of its schema, zero for a new file
}

// inspect reads how the file was left, before anything is changed in it, and
// refuses a file that is not ours. The user version, which goose leaves alone,
// is 1 while a file is in use.
func (f *file) inspect(ctx context.Context, application int) (found, error) {
	var was found
	var id, tables int
	err := f.write.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT auto_vacuum > 0 FROM pragma_auto_vacuum),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&id, &was.inUse, &was.shrinks, &tables)
	if err != nil {
		return was, err
	}
	if tables == 0 {
		return was, nil
	}
	if id != application {
		return was, ErrForeign
	}
	err = f.write.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&was.version)
	return was, err
}

// adopt makes a file ours, if it is not yet. SQLite keeps all in the file.
// Incremental vacuum is heeded only in a file that is empty yet.
func (f *file) adopt(ctx context.Context, k kind) error {
	text := fmt.Sprintf("PRAGMA journal_mode = WAL; PRAGMA application_id = %d", k.application)
	if k.shrinks {
		text = "PRAGMA auto_vacuum = INCREMENTAL; " + text
	}
	_, err := f.write.ExecContext(ctx, text)
	return err
}

// letShrink writes an older file anew so that it can become smaller later. One
// that cannot be now, because another process has it open or there is no room
// for it, is as good as before.
func (f *file) letShrink(ctx context.Context) {
	if _, err := f.write.ExecContext(ctx, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM"); err != nil {
		f.log.WarnContext(ctx, "the file cannot become smaller yet", "error", err)
	}
}

func (f *file) setInUse(ctx context.Context, yes bool) error {
	version := 0
	if yes {
		version = 1
	}
	_, err := f.write.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

// schema returns the migrations and the version to which they lead.
func (f *file) schema(files fs.FS) (*goose.Provider, int64, error) {
	provider, err := goose.NewProvider(goose.DialectSQLite3, f.write, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, 0, err
	}
	target := int64(0)
	for _, source := range provider.ListSources() {
		target = max(target, source.Version)
	}
	return provider, target, nil
}

// migrate applies what the file lacks of schema, after a copy of a file that
// holds something.
func (f *file) migrate(ctx context.Context, schema *goose.Provider, current, target int64) error {
	if current > 0 {
		if err := f.copyBefore(ctx, target); err != nil {
			return err
		}
	}
	if _, err := schema.Up(ctx); err != nil {
		return err
	}
	f.log.InfoContext(ctx, "schema is up to date", "from", current, "to", target)
	return nil
}

// copyBefore writes the file as it is now to PATH.before-vN. A copy of that
// name is from a migration to the same version that did not succeed, so that
// replacing it loses nothing.
func (f *file) copyBefore(ctx context.Context, version int64) error {
	name := fmt.Sprintf("%s.before-v%d", f.path, version)
	part := name + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := createPrivate(part); err != nil {
		return err
	}
	if err := vacuumInto(ctx, f.write, part); err != nil {
		return fmt.Errorf("copy to %s: %w", name, err)
	}
	if err := syncFile(part); err != nil {
		return err
	}
	f.log.InfoContext(ctx, "copied before the schema changes", "copy", filepath.Base(name))
	return os.Rename(part, name)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// close ends the check and closes both handles. A file found damaged is not
// marked as closed properly, so that it is checked when it is opened again.
func (f *file) close(ctx context.Context) error {
	f.stop()
	f.check.Wait()
	faults.At(faults.BeforeClose)
	var err error
	if f.damage == nil {
		err = f.setInUse(context.WithoutCancel(ctx), false)
	}
	if err := errors.Join(err, f.closeHandles()); err != nil {
		return fmt.Errorf("close %s: %w", f.path, explain(err))
	}
	return nil
}

// closeHandles closes the readers first: the last one to close empties the
// WAL, which only the writer may.
func (f *file) closeHandles() error {
	var errs []error
	for _, db := range []*sql.DB{f.read, f.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// queries is for reading.
func (f *file) queries() *query.Queries { return query.New(f.reads) }

// update runs do in one transaction. All writers stand in one line: a
// transaction never fails because of another one.
func (f *file) update(ctx context.Context, do func(q *query.Queries) error) error {
	return f.compiledly(ctx, durable, do)
}

// note is update without the wait for the disk: until sync or the next update a
// power cut may undo it, together with every note before; the end of the process
// does not.
func (f *file) note(ctx context.Context, do func(q *query.Queries) error) error {
	return f.compiledly(ctx, lazy, do)
}

func (f *file) compiledly(ctx context.Context, synchronous string, do func(q *query.Queries) error) error {
	var w within
	err := f.transact(ctx, synchronous, func(tx *sql.Tx) error {
		w = within{Tx: tx, known: &f.known}
		return do(query.New(&w))
	})
	f.known.learn(ctx, f.write, w.unknown)
	return err
}

// sync waits until all that was noted is on the disk. It writes what the file
// says already: SQLite waits for nothing where nothing was written.
func (f *file) sync(ctx context.Context) error {
	return f.transact(ctx, durable, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "PRAGMA user_version = 1")
		return err
	})
}

// The values of PRAGMA synchronous that transactions begin with.
const (
	durable = "FULL"
	lazy    = "NORMAL"
)

func (f *file) transact(ctx context.Context, synchronous string, do func(tx *sql.Tx) error) error {
	conn, err := f.write.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = conn.Close() }() // hands it back
	if synchronous != f.begins {
		if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = "+synchronous); err != nil {
			return explain(err)
		}
		f.begins = synchronous
	}
	faults.At(faults.BeforeBegin)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the first error tells more
		if ctx.Err() != nil {
			err = fmt.Errorf("%w (%w)", ctx.Err(), err) // which may speak of a statement that was closed only
		}
		return explain(err)
	}
	faults.At(faults.BeforeCommit)
	err = tx.Commit()
	faults.At(faults.AfterCommit)
	return explain(err)
}
