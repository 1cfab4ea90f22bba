package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/gateway"
)

// The tests here give the gateway a file system of its own, to fill it and to
// make it read-only.

// disk mounts one of a few megabytes.
func disk(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a file system")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m,mode=700"); err != nil {
		t.Skip("a file system cannot be mounted here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves no room in a file system, until the file returned is removed.
func fill(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "filler")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestGatewayOnAFullDisk fills the disk while calls are waiting and being made.
func TestGatewayOnAFullDisk(t *testing.T) {
	dir := disk(t)
	data := filepath.Join(dir, "data")
	s := startGateway(t, data, "--practice-speed", "100", "--lines", "3")
	soon, later := gateway.Request{FirstOcc: time.Hour}, gateway.Request{FirstOcc: 2 * time.Hour, CallTime: time.Hour}
	var calls, waiting []gateway.ReqID
	for n := range 20 { // the last are still waiting when there is no room any more
		id, err := s.ask(t.Context(), n, soon)
		if err != nil {
			t.Fatal(err)
		}
		calls = append(calls, id)
	}
	filler := fill(t, dir)
	// Where the journal's log has room by itself, some are still kept.
	for n, left := 100, 0; n < 2000 && left < 10; n++ {
		id, err := s.ask(t.Context(), n, later)
		switch {
		case err == nil:
			waiting = append(waiting, id)
		case unkept(err):
			left++
		default:
			t.Fatalf("a request on a full disk: %v", err)
		}
		if n == 1999 {
			t.Fatal("the disk does not get full")
		}
	}
	for _, id := range slices.Concat(calls, waiting) {
		if _, err := s.Status(t.Context(), id); err != nil {
			t.Errorf("the status of %d on a full disk: %v", id, err)
		}
	}
	if about, err := s.About(t.Context()); err != nil || !about.Extended {
		t.Errorf("on a full disk the gateway says of itself %v, %v", about, err)
	}
	if health := s.health(t); !strings.HasPrefix(health, "503 ") {
		t.Errorf("on a full disk, health is %s", health)
	}

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	id, err := s.ask(t.Context(), 3000, soon)
	if err != nil {
		t.Fatalf("a request with room again: %v", err)
	}
	if health := s.health(t); health != `200 {"status":"ok"}` {
		t.Errorf("with room again, health is %s", health)
	}
	for _, id := range append(calls, id) {
		s.made(t, id)
	}
	s.end(t)

	s = startGateway(t, data)
	for _, id := range slices.Concat(calls, waiting, []gateway.ReqID{id}) {
		if _, err := s.Status(t.Context(), id); err != nil {
			t.Errorf("acknowledged, and after a restart: %v", err)
		}
	}
	if found, err := s.Lookup(t.Context(), "ask-0"); err != nil || found.ReqID != calls[0] || found.State != gateway.LookupDone {
		t.Errorf("a reference after a restart: %v, %v", found, err)
	}
}

func TestGatewayCannotStartOnADisk(t *testing.T) {
	dir := disk(t)
	data := filepath.Join(dir, "data")
	s := startGateway(t, data)
	id, err := s.ask(t.Context(), 1, gateway.Request{FirstOcc: 2 * time.Hour, CallTime: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	s.end(t)

	mount(t, dir, syscall.MS_RDONLY)
	refuses(t, data, "read-only")
	refuses(t, filepath.Join(dir, "new"), "read-only")
	mount(t, dir, 0)
	filler := fill(t, dir)
	refuses(t, filepath.Join(dir, "new"), "full")
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	s = startGateway(t, data)
	if _, err := s.Status(t.Context(), id); err != nil {
		t.Errorf("acknowledged before: %v", err)
	}
}

// mount changes the flags of a file system.
func mount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, "size=3m,mode=700"); err != nil {
		t.Skip("a file system cannot be mounted anew here:", err)
	}
}
