package storage_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage"
)

// TestBackupFolder copies what is there, into a folder that need not be, and
// replaces nothing.
func TestBackupFolder(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "a", "b")
	if files, err := storage.BackupFolder(t.Context(), from, to); err != nil || len(files) != 0 {
		t.Errorf("of an empty folder: %v, %v", files, err)
	}
	j, err := storage.OpenJournal(t.Context(), filepath.Join(from, "gateway.db"), storage.JournalOptions{})
	must(t, err)
	job, err := j.Accept(t.Context(), call("aa"))
	must(t, err)
	files, err := storage.BackupFolder(t.Context(), from, to)
	must(t, err)
	if diff := cmp.Diff([]string{filepath.Join(to, "gateway.db")}, files); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
	if _, err := storage.BackupFolder(t.Context(), from, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	must(t, j.Close())
	copied, err := storage.OpenJournal(t.Context(), files[0], storage.JournalOptions{})
	must(t, err)
	if _, err := copied.Find(t.Context(), job.ID); err != nil {
		t.Errorf("in the copy: %v", err)
	}
	must(t, copied.Close())
}

// The head of the audit log goes with the log.
func TestBackupFolderWithItsAuditLog(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	db := noted(t, filepath.Join(from, "rollcall.db"), 3)
	defer db.Close()
	files, err := storage.BackupFolder(t.Context(), from, to)
	must(t, err)
	if diff := cmp.Diff([]string{filepath.Join(to, "audit.head"), filepath.Join(to, "rollcall.db")}, files); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
	copied := open(t, files[1])
	defer copied.Close()
	must(t, copied.Exec(t.Context(), disarm+"DELETE FROM audit WHERE n = 3"))
	verdict(t, copied, campaign.AuditCut, 3)
	verdict(t, db, "", 0)
}
