package view

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is about the data folder as a whole: how large it is, its copies,
// and what one of them is put in its place by.

// Restorer puts copies of a data folder in its place.
type Restorer struct {
	// Stage copies a back-up into the data folder dir, beside what is in use,
	// and looks at it.
	Stage func(ctx context.Context, dir, from string, log *slog.Logger) (campaign.Backup, error)
	// Drop removes what was staged.
	Drop func(dir string) error
	// Swap puts what was staged in the place of what is there, which must be
	// closed, and returns the folder into which that was moved.
	Swap func(ctx context.Context, dir string, log *slog.Logger) (aside string, err error)
}

// StageRestore copies a back-up beside what is in use and tells what it holds;
// Restore puts it in place, DropRestore removes it.
func (a *App) StageRestore(ctx context.Context, from string) (campaign.Backup, error) {
	return a.Restorer.Stage(ctx, a.DataDir, from, a.Log)
}

// DropRestore removes what was staged.
func (a *App) DropRestore() error { return a.Restorer.Drop(a.DataDir) }

// errBusy refuses to replace what calls are made from.
var errBusy = errors.New("calls are being made from this data folder; stop or pause them first")

// Restore closes the store, puts what was staged in its place and opens that.
// What was there is kept in the folder that is returned. Nothing else may use
// the office meanwhile, and the store is another one afterwards, also after an
// error.
func (o *Office) Restore(ctx context.Context) (aside string, err error) {
	o.mu.Lock()
	busy := o.gateway != nil && o.gateway.users > 0
	o.mu.Unlock()
	if busy {
		return "", errBusy
	}
	if err := errors.Join(o.stopGateway(), o.Store.Close()); err != nil {
		return "", err
	}
	aside, failed := o.app.Restorer.Swap(ctx, o.app.DataDir, o.app.Log)
	store, err := o.app.OpenStore(ctx)
	if err == nil {
		o.Store = store
	}
	return aside, errors.Join(failed, err)
}

// RestoreWords says what a back-up holds, and what putting it in place means.
func RestoreWords(b campaign.Backup, now time.Time) (holds, means string) {
	holds = words.Many(b.Campaigns, "It holds %s campaign with %s.", "It holds %s campaigns with %s.", PeopleCount(b.People))
	if !b.Newest.IsZero() {
		holds += " " + words.Say("The newest entry of its audit log is from %s.", words.When(b.Newest, now))
	}
	return holds, words.Say("Everything is as it was then. Calls made since are not known any more, so whoever was called since may be called again. The numbers on the do-not-call list stay on it; lists imported since have to be imported again.")
}

// BackupName is the name of a new folder for copies.
func BackupName(now time.Time) string {
	return "Rollcall " + now.Format("2006-01-02 15.04")
}

// DataSize is how many bytes the data folder holds.
func (a *App) DataSize() (int64, error) {
	var size int64
	err := filepath.WalkDir(a.DataDir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) { // gone meanwhile
				return nil
			}
			return err
		}
		about, err := entry.Info()
		if err == nil && about.Mode().IsRegular() {
			size += about.Size()
		}
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	})
	return size, err
}

// Bytes says a size: "3 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000*1000:
		return words.Say("%s kB", words.Number(int((n+999)/1000)))
	case n < 10*1000*1000*1000:
		return words.Say("%s MB", words.Number(int((n+500_000)/1_000_000)))
	default:
		return words.Say("%s GB", words.Number(int(n/1_000_000_000)))
	}
}
