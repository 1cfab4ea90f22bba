package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// Backup copies the database file at from, one of ours, to a new file at to,
// which only its owner may read. Whoever uses the file goes on: the copy is
// what was stored at one moment after the call, and what is stored later is not
// in it. It holds everything or is not there; a file that is there already is
// never replaced ([fs.ErrExist]).
func Backup(ctx context.Context, from, to string) error {
	if err := backup(ctx, from, to); err != nil {
		return fmt.Errorf("copy %s to %s: %w", from, to, explain(err))
	}
	return nil
}

func backup(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	part, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.part") // private
	if err != nil {
		return err
	}
	name := part.Name()
	defer func() { _ = os.Remove(name) }() // no longer there if all went well
	if err := part.Close(); err != nil {
		return err
	}
	if err := copyOurs(ctx, from, name); err != nil {
		return err
	}
	if err := finishCopy(ctx, name); err != nil {
		return err
	}
	return place(name, to)
}

// copyOurs writes what is stored at from into an empty file. It only reads, but
// a connection that may write takes away the log and its index when nobody else
// has the file open; one that may not would leave them lying.
func copyOurs(ctx context.Context, from, part string) error {
	db, err := connect(from, 1, url.Values{"mode": {"rw"}})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it has only read
	id := 0
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != campaigns && id != journals {
		return ErrForeign
	}
	return vacuumInto(ctx, db, part)
}

// vacuumInto writes a copy of a database into an empty file. An absolute path
// is never taken for a URI.
func vacuumInto(ctx context.Context, db *sql.DB, part string) error {
	full, err := filepath.Abs(part)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", full)
	return err
}

// finishCopy marks a copy as closed properly, looks whether it is whole, and
// has it reach the disk.
func finishCopy(ctx context.Context, part string) error {
	db, err := connect(part, 1, url.Values{})
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "PRAGMA user_version = 0")
	if err == nil {
		err = check(ctx, db, "quick_check")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(part)
}

// place gives a file its name unless that is taken. Where a file cannot have
// two names for a moment, one that appears just now would be replaced.
func place(part, to string) error {
	err := os.Link(part, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, syncFolder(filepath.Dir(to)))
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder has a new name in a folder reach the disk, where that is a thing
// to ask for.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = folder.Sync() // some systems refuse it for folders
	return folder.Close()
}

// BackupFolder copies the database files of a data folder into another, which
// is made where it is missing, and returns the copies. A file that is not there
// yet has no copy. The head of the audit log is copied before its log, so that
// it is not ahead of it.
func BackupFolder(ctx context.Context, from, to string) ([]string, error) {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for the copies: %w", err)
	}
	copies, err := copyHead(from, to)
	if err != nil {
		return nil, fmt.Errorf("copy %s: %w", headFile, err)
	}
	for _, name := range []string{"rollcall.db", "gateway.db"} {
		file := filepath.Join(from, name)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := Backup(ctx, file, filepath.Join(to, name)); err != nil {
			return copies, err
		}
		copies = append(copies, filepath.Join(to, name))
	}
	return copies, nil
}
