package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file puts copies that BackupFolder made in the place of what a data
// folder holds. They are staged in a folder within it first, and looked at;
// once that folder has its ready file the swap is finished whatever happens:
// at once, or when the data folder is opened the next time.

const (
	stageFolder = "restore"
	readyFile   = "ready"
	asidePrefix = "before-restore-"
)

// dataFiles are the files of a data folder that copies stand for.
func dataFiles() []string { return []string{"rollcall.db", "gateway.db", headFile} }

// swap is what the ready file says.
type swap struct {
	Aside string   // folder for what is there now
	Files []string // that were staged
}

// StageRestore copies a back-up into the data folder dir, beside what is in
// use, looks whether it is whole, and returns what it holds. Nothing is
// replaced yet; what an earlier call has staged is dropped.
func StageRestore(ctx context.Context, dir, from string, log *slog.Logger) (campaign.Backup, error) {
	b, err := stageRestore(ctx, dir, from, log)
	if err != nil {
		return b, fmt.Errorf("read the back-up in %s: %w", from, errors.Join(err, DropRestore(dir)))
	}
	return b, nil
}

// ErrNoBackup is what a folder is without copies of campaigns.
var ErrNoBackup = errors.New("there is no back-up of Rollcall in this folder")

func stageRestore(ctx context.Context, dir, from string, log *slog.Logger) (campaign.Backup, error) {
	if _, err := os.Stat(filepath.Join(from, "rollcall.db")); errors.Is(err, fs.ErrNotExist) {
		return campaign.Backup{}, ErrNoBackup
	}
	if err := DropRestore(dir); err != nil {
		return campaign.Backup{}, err
	}
	if _, err := BackupFolder(ctx, from, filepath.Join(dir, stageFolder)); err != nil {
		return campaign.Backup{}, err
	}
	db, err := Open(ctx, staged(dir), log)
	if err != nil {
		return campaign.Backup{}, err
	}
	n, err := db.file.queries().OfficeCounts(ctx)
	b := campaign.Backup{Campaigns: int(n.Campaigns), People: int(n.People), Newest: unstamp(n.Newest)}
	return b, errors.Join(err, db.close(ctx))
}

func staged(dir string) string { return filepath.Join(dir, stageFolder, "rollcall.db") }

// DropRestore removes what was staged.
func DropRestore(dir string) error {
	if err := os.RemoveAll(filepath.Join(dir, stageFolder)); err != nil {
		return fmt.Errorf("remove what was copied from the back-up: %w", err)
	}
	return nil
}

// Restore puts what was staged in the place of what is there, which must be
// closed, and returns the folder into which that was moved. Numbers that must
// not be called anywhere go with it: nobody who asked not to be called again is
// called because an older list knows nothing of it.
func Restore(ctx context.Context, dir string, log *slog.Logger) (aside string, err error) {
	if err := carryBlocks(ctx, dir, log); err != nil {
		return "", fmt.Errorf("take the do-not-call list along: %w", err)
	}
	s := swap{Aside: asidePrefix + time.Now().Format("2006-01-02-150405")}
	for _, name := range dataFiles() {
		if _, err := os.Stat(filepath.Join(dir, stageFolder, name)); err == nil {
			s.Files = append(s.Files, name)
		}
	}
	text, err := json.Marshal(s)
	if err == nil {
		err = writeDurably(filepath.Join(dir, stageFolder, readyFile), text)
	}
	if err != nil {
		return "", fmt.Errorf("put the back-up in place: %w", err)
	}
	return filepath.Join(dir, s.Aside), FinishRestore(dir)
}

// carryBlocks adds the numbers of what is there to what was staged.
func carryBlocks(ctx context.Context, dir string, log *slog.Logger) (err error) {
	to, err := Open(ctx, staged(dir), log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.close(ctx)) }()
	n, err := copyBlocks(ctx, filepath.Join(dir, "rollcall.db"), to, log)
	if err != nil {
		return err
	}
	return to.Audit(ctx, campaign.AuditEntry{What: campaign.AuditRestored, Details: map[string]string{campaign.DetailNumbers: strconv.Itoa(n)}})
}

func copyBlocks(ctx context.Context, path string, to *DB, log *slog.Logger) (n int, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	from, err := Open(ctx, path, log)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, from.close(ctx)) }()
	const page = 1000
	for after, more := "", true; more; {
		rows, err := from.file.queries().BlockedEverywhere(ctx, query.BlockedEverywhereParams{After: after, N: page})
		if err != nil || len(rows) == 0 {
			return n, explain(err)
		}
		entries, err := convert(rows, toEntry)
		if err == nil {
			err = to.AddDoNotCall(ctx, entries)
		}
		if err != nil {
			return n, err
		}
		n, after, more = n+len(rows), rows[len(rows)-1].Number, len(rows) == page
	}
	return n, nil
}

// OpenFolder opens the store of a data folder, after it has finished a swap
// that was begun.
func OpenFolder(ctx context.Context, dir string, log *slog.Logger) (*DB, error) {
	if err := FinishRestore(dir); err != nil {
		return nil, err
	}
	return Open(ctx, filepath.Join(dir, "rollcall.db"), log)
}

// FinishRestore finishes a swap that was begun, and drops what was staged for
// one that was not. The data folder is held and nothing in it is open.
func FinishRestore(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, stageFolder, readyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return DropRestore(dir)
	}
	var s swap
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err == nil && filepath.Base(s.Aside) != s.Aside {
		err = fmt.Errorf("%q is no name of a folder", s.Aside)
	}
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, s.Aside), 0o700)
	}
	for _, name := range dataFiles() {
		if err == nil {
			err = s.move(dir, name)
		}
	}
	if err == nil {
		err = syncFolder(dir)
	}
	if err != nil {
		return fmt.Errorf("put the back-up in place: %w", err)
	}
	return DropRestore(dir)
}

// move puts one file in place. One that was staged and is no longer there has
// been put in place already.
func (s swap) move(dir, name string) error {
	fresh, now := filepath.Join(dir, stageFolder, name), filepath.Join(dir, name)
	_, err := os.Stat(fresh)
	waits, known := err == nil, slices.Contains(s.Files, name)
	if known && !waits {
		return nil
	}
	for _, part := range []string{"-wal", "-shm", ""} { // the file last: while it is there this goes on
		err := os.Rename(now+part, filepath.Join(dir, s.Aside, name+part))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if !known {
		return nil
	}
	return os.Rename(fresh, now)
}

func writeDurably(path string, text []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
