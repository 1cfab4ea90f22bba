package storage_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"rollcall/gateway"
	"rollcall/storage"
)

// A copy made while others write opens as the file does, and holds all that
// had been acknowledged before it was begun.
func TestBackupWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "gateway.db"), filepath.Join(dir, "a copy?.db")
	if runtime.GOOS == "windows" {
		to = strings.ReplaceAll(to, "?", "")
	}
	j := openJournal(t, from)
	defer j.Close()
	var before []gateway.ReqID
	for range 20 {
		before = append(before, accept(t, j, call("")).ID)
	}
	enough := make(chan struct{})
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for {
				select {
				case <-enough:
					return
				default:
				}
				if _, err := j.Accept(t.Context(), call("")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	err := storage.Backup(t.Context(), from, to)
	close(enough)
	writers.Wait()
	must(t, err)

	if info, err := os.Stat(to); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", info.Mode(), err)
	}
	parts, err := filepath.Glob(filepath.Join(dir, "*.part*"))
	must(t, err)
	if len(parts) != 0 {
		t.Errorf("left over: %v", parts)
	}
	copied := openJournal(t, to)
	defer copied.Close()
	must(t, copied.Integrity())
	for _, id := range before {
		if _, err := copied.Find(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	accept(t, copied, call("")) // it goes on as the file does
}

func TestBackupOfAStore(t *testing.T) {
	from := filled(t)
	to := filepath.Join(t.TempDir(), "copy.db")
	must(t, storage.Backup(t.Context(), from, to))
	names, err := os.ReadDir(filepath.Dir(from))
	must(t, err)
	if len(names) != 2 { // with audit.head
		t.Errorf("beside the file that was copied: %v", names)
	}
	if said := logged(t, to); strings.Contains(said, "did not end properly") {
		t.Errorf("the copy is taken for one that was left in use: %s", said)
	}
	db := open(t, to)
	defer db.Close()
	if n := tally(t, db, 1).Total(); n != 3 {
		t.Errorf("%d rows in the copy", n)
	}
}

func TestBackupsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	ours := filled(t)
	taken := filepath.Join(dir, "taken.db")
	must(t, os.WriteFile(taken, []byte("mine"), 0o600))
	text := filepath.Join(dir, "text.db")
	must(t, os.WriteFile(text, []byte(strings.Repeat("Dear diary. ", 1000)), 0o600))
	empty := filepath.Join(dir, "empty.db")
	must(t, os.WriteFile(empty, nil, 0o600))
	for name, test := range map[string]struct {
		from, to string
		want     error
	}{
		"a file that is there":       {ours, taken, fs.ErrExist},
		"nothing to copy":            {filepath.Join(dir, "none.db"), filepath.Join(dir, "a.db"), fs.ErrNotExist},
		"a folder that is not there": {ours, filepath.Join(dir, "none", "a.db"), fs.ErrNotExist},
		"not a database":             {text, filepath.Join(dir, "a.db"), storage.ErrDamaged},
		"not ours":                   {empty, filepath.Join(dir, "a.db"), storage.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			err := storage.Backup(t.Context(), test.from, test.to)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.from) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
		t.Errorf("the file that was there: %q, %v", text, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "a.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy was made: %v", err)
	}
	parts, err := filepath.Glob(filepath.Join(dir, "*.part*"))
	must(t, err)
	if len(parts) != 0 {
		t.Errorf("left over: %v", parts)
	}
}
