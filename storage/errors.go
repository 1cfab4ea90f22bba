package storage

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with a file, in words that a page can show as they are.
var (
	ErrDamaged  = errors.New("the file is damaged")
	ErrForeign  = errors.New("the file does not belong to Rollcall")
	ErrNewer    = errors.New("the file was written by a newer version of Rollcall; update the program to open it")
	ErrReadOnly = errors.New("the file or its folder cannot be written to")
	ErrFull     = errors.New("the disk is full; nothing was stored")
	ErrBusy     = errors.New("another program is using the file")
)

// ErrStarted refuses to undo an import whose campaign has been started.
var ErrStarted = errors.New("the campaign has been started already")

// ErrNotOver refuses to delete the results of a campaign that can go on.
var ErrNotOver = errors.New("the campaign is not over yet")

// explain puts in front of what SQLite says what it means.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var meaning error
	switch e.Code() & 0xff { // the primary code, without its extension
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		meaning = ErrDamaged
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		meaning = ErrReadOnly
	case sqlite3.SQLITE_FULL:
		meaning = ErrFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		meaning = ErrBusy
	case sqlite3.SQLITE_INTERRUPT:
		meaning = context.Canceled
	default:
		return err
	}
	if errors.Is(err, meaning) {
		return err
	}
	return fmt.Errorf("%w (%w)", meaning, err)
}
