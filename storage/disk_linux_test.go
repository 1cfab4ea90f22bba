package storage_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rollcall/storage"
)

// smallDisk is the folder of a file system of a few megabytes.
func smallDisk(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a file system of its own")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m,mode=700"); err != nil {
		t.Skip("a file system cannot be mounted here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestFullDiskOfTheJournal(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "gateway.db")
	j := openJournal(t, path)
	closed := false
	defer func() {
		if !closed {
			_ = j.Close()
		}
	}()
	first := accept(t, j, call("")).ID
	filler := filepath.Join(dir, "something else")
	if err := os.WriteFile(filler, bytes.Repeat([]byte("x"), 3<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	ids, err := fillUp(t, j)
	if !errors.Is(err, storage.ErrFull) {
		t.Fatalf("refused with: %v", err)
	}
	ids = append(ids, first)
	holds(t, j, ids)
	must(t, os.Remove(filler))
	ids = append(ids, accept(t, j, call("")).ID)
	holds(t, j, ids)
	must(t, j.Close())
	closed = true

	j = openJournal(t, path)
	holds(t, j, ids)
	must(t, j.Integrity())
	must(t, j.Close())
}

func TestReadOnlyDiskOfTheJournal(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "gateway.db")
	j := openJournal(t, path)
	id := accept(t, j, call("")).ID
	must(t, j.Close())
	remount(t, dir, syscall.MS_RDONLY)
	if j, err := storage.OpenJournal(t.Context(), path, storage.JournalOptions{}); !errors.Is(err, storage.ErrReadOnly) {
		if err == nil {
			_ = j.Close()
		}
		t.Errorf("opened where nothing can be written: %v", err)
	}
	remount(t, dir, 0)
	j = openJournal(t, path)
	if _, err := j.Find(t.Context(), id); err != nil {
		t.Error(err)
	}
	must(t, j.Close())
}

func remount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, "size=4m,mode=700"); err != nil {
		t.Skip("the file system cannot be mounted anew here:", err)
	}
}
