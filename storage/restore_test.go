package storage_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/storage"
)

// office is a data folder with one campaign, its back-up, and what came after
// it: a second campaign, and somebody who asked not to be called again.
func office(t *testing.T) (dir, copies string) {
	t.Helper()
	dir, copies = t.TempDir(), filepath.Join(t.TempDir(), "copies")
	db := open(t, filepath.Join(dir, "rollcall.db"))
	create(t, db, people(3))
	_, err := storage.BackupFolder(t.Context(), dir, copies)
	must(t, err)
	create(t, db, people(2))
	must(t, db.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{{Number: number(1), Way: campaign.ByKey, Source: "opt-out", Added: noon}}))
	must(t, db.Close())
	must(t, os.WriteFile(filepath.Join(dir, "gateway.db"), []byte("of later"), 0o600))
	return dir, copies
}

func campaigns(t *testing.T, dir string) int {
	t.Helper()
	db := open(t, filepath.Join(dir, "rollcall.db"))
	all, err := db.List(t.Context())
	must(t, errors.Join(err, db.Close()))
	return len(all)
}

func TestARestoredFolderIsAsTheBackupAndKnowsWhoMustNotBeCalled(t *testing.T) {
	dir, copies := office(t)
	b, err := storage.StageRestore(t.Context(), dir, copies, slog.New(slog.DiscardHandler))
	must(t, err)
	if b.Campaigns != 1 || b.People != 3 || b.Newest.IsZero() {
		t.Errorf("the back-up holds %+v", b)
	}
	if n := campaigns(t, dir); n != 2 {
		t.Fatalf("staging changed what is there: %d campaigns", n)
	}
	aside, err := storage.Restore(t.Context(), dir, slog.New(slog.DiscardHandler))
	must(t, err)
	if n := campaigns(t, dir); n != 1 {
		t.Errorf("%d campaigns after it, want that of the back-up", n)
	}
	if n := campaigns(t, aside); n != 2 {
		t.Errorf("%d campaigns are kept aside, want both", n)
	}
	if _, err := os.Stat(filepath.Join(dir, "gateway.db")); err == nil {
		t.Error("calls of the gateway are there that the back-up knows nothing of")
	}
	db := open(t, filepath.Join(dir, "rollcall.db"))
	defer func() { must(t, db.Close()) }()
	entries, _, err := db.WhyDoNotCall(t.Context(), number(1))
	must(t, err)
	if len(entries) != 1 || entries[0].Way != campaign.ByKey || !entries[0].Added.Equal(noon) {
		t.Errorf("who asked not to be called: %+v", entries)
	}
	verdict, err := db.VerifyAudit(t.Context(), "")
	must(t, err)
	log, err := db.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	if last := log[len(log)-1]; verdict.Fault != "" || last.What != campaign.AuditRestored || last.Details[campaign.DetailNumbers] != "1" {
		t.Errorf("audit log: %+v, last %+v", verdict, last)
	}
}

func TestARestoreThatWasCutOffIsFinished(t *testing.T) {
	dir, copies := office(t)
	_, err := storage.StageRestore(t.Context(), dir, copies, slog.New(slog.DiscardHandler))
	must(t, err)
	// The end came after the present file was moved away and before the copy
	// was put in its place.
	must(t, os.WriteFile(filepath.Join(dir, "restore", "ready"), []byte(`{"Aside":"before","Files":["rollcall.db","audit.head"]}`), 0o600))
	must(t, os.MkdirAll(filepath.Join(dir, "before"), 0o700))
	must(t, os.Rename(filepath.Join(dir, "rollcall.db"), filepath.Join(dir, "before", "rollcall.db")))
	for range 2 { // the second time there is nothing to do
		must(t, storage.FinishRestore(dir))
		if n, kept := campaigns(t, dir), campaigns(t, filepath.Join(dir, "before")); n != 1 || kept != 2 {
			t.Errorf("%d campaigns, %d kept aside", n, kept)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "restore*")); len(found) > 0 {
		t.Errorf("left: %v", found)
	}
}

func TestWhatIsNoBackupIsNotRestored(t *testing.T) {
	dir, copies := office(t)
	damaged, other := t.TempDir(), t.TempDir()
	text, err := os.ReadFile(filepath.Join(copies, "rollcall.db"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(damaged, "rollcall.db"), append(text[:4096:4096], make([]byte, len(text)-4096)...), 0o600))
	must(t, os.WriteFile(filepath.Join(other, "rollcall.db"), []byte("Dear Sir or Madam"), 0o600))
	for name, from := range map[string]string{"empty": t.TempDir(), "absent": filepath.Join(dir, "none"), "damaged": damaged, "other": other} {
		if _, err := storage.StageRestore(t.Context(), dir, from, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), from) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "restore")); err == nil {
			t.Errorf("%s: something is left of it", name)
		}
	}
	must(t, os.MkdirAll(filepath.Join(dir, "restore"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "restore", "ready"), []byte(`{"Aside":"../elsewhere"}`), 0o600))
	if err := storage.FinishRestore(dir); err == nil {
		t.Error("files were moved out of the data folder")
	}
	must(t, storage.DropRestore(dir))
	if n := campaigns(t, dir); n != 2 {
		t.Errorf("%d campaigns are left", n)
	}
}
