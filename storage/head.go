package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file keeps the head of the audit log in a file of its own beside the
// database, audit.head: the number of the last entry and its hash, a line. It
// may be behind the log, never ahead of it. Whoever takes entries off the end
// of the log, or writes it anew, has to change this file too.

// headFile is its name.
const headFile = "audit.head"

// headEvery is how many entries it may be behind while the store is open.
const headEvery = 64

var (
	errHead     = errors.New("audit.head cannot be read")
	errHeadGone = errors.New("audit.head was not there")
	errAstray   = errors.New("the audit log is not the one that audit.head knows")
)

func (db *DB) headPath() string { return filepath.Join(filepath.Dir(db.file.path), headFile) }

// readHead returns what is kept, zero if nothing is.
func readHead(path string) (campaign.AuditHead, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return campaign.AuditHead{}, nil
	}
	if err != nil {
		return campaign.AuditHead{}, fmt.Errorf("%w: %w", errHead, err)
	}
	n, hash, _ := strings.Cut(strings.TrimSuffix(string(text), "\n"), " ")
	h := campaign.AuditHead{Hash: hash}
	h.N, err = strconv.ParseInt(n, 10, 64)
	if err != nil || h.N < 1 || formatHead(h) != string(text) {
		return campaign.AuditHead{}, errHead
	}
	return h, nil
}

func formatHead(h campaign.AuditHead) string { return fmt.Sprintf("%d %s\n", h.N, h.Hash) }

// writeHead replaces the file by a whole one.
func writeHead(path string, h campaign.AuditHead) error {
	part, err := os.CreateTemp(filepath.Dir(path), headFile+".*.part") // private
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // no longer there if all went well
	_, err = part.WriteString(formatHead(h))
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// keepHead brings the file up to the log, and says in the log of the program if
// that is not right.
func (db *DB) keepHead(ctx context.Context) {
	db.head.Lock()
	defer db.head.Unlock()
	if err := db.bringHead(ctx); err != nil && ctx.Err() == nil {
		db.file.log.WarnContext(ctx, "keep the head of the audit log", "error", err)
	}
}

// keepHeadLater does so in the background, once the transaction is over in which
// it is called.
func (db *DB) keepHeadLater() {
	if !db.headDue.CompareAndSwap(false, true) {
		return
	}
	db.removal.Go(func() {
		_ = db.file.note(db.life, func(*query.Queries) error { return nil }) // waits for its turn; keepHead meets the same error
		db.headDue.Store(false)
		db.keepHead(db.life)
	})
}

// bringHead leaves a file that does not agree with the log as it is, for that
// is the evidence. It goes on when a person has taken the file away.
func (db *DB) bringHead(ctx context.Context) error {
	kept, err := readHead(db.headPath())
	if err != nil {
		return err
	}
	q := db.file.queries()
	if err := agrees(ctx, q, kept); err != nil {
		return err
	}
	last, err := lastAudit(ctx, q)
	if err != nil || last.N == kept.N {
		return err
	}
	if err := writeHead(db.headPath(), last); err != nil {
		return err
	}
	if kept.N == 0 && last.N > headEvery {
		return errHeadGone
	}
	return nil
}

// agrees tells whether the log has the entry that is kept.
func agrees(ctx context.Context, q *query.Queries, kept campaign.AuditHead) error {
	if kept.N == 0 {
		return nil
	}
	hash, err := q.AuditHash(ctx, kept.N)
	if err == nil && hash == kept.Hash {
		return nil
	}
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		err = errAstray
	}
	return fmt.Errorf("entry %d: %w", kept.N, err)
}

// copyHead copies the file as it stands into another folder, and returns the
// copy if there is one.
func copyHead(from, to string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(from, headFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	name := filepath.Join(to, headFile)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	return []string{name}, errors.Join(err, f.Sync(), f.Close())
}
