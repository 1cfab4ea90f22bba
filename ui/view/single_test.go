package view_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/ui/view"
)

// door opens a door whose visits arrive on a channel.
func door(t *testing.T, a *view.App) <-chan view.Visit {
	t.Helper()
	d, err := a.OpenDoor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	visits, done := make(chan view.Visit, 8), make(chan struct{})
	go func() {
		defer close(done)
		d.Serve(func(v view.Visit) { visits <- v })
	}()
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		<-done
	})
	return visits
}

// knockFolder is where TestASecondProcess finds what to do in another process.
const knockFolder = "ROLLCALL_TEST_KNOCK"

func TestASecondProcessHandsItsFilesToTheFirst(t *testing.T) {
	if dir := os.Getenv(knockFolder); dir != "" { // the second process
		fmt.Println("heard:", (&view.App{DataDir: dir}).Knock(t.Context(), view.Visit{Files: []string{"/lists/school.csv"}}))
		return
	}
	dir := t.TempDir()
	visits := door(t, &view.App{DataDir: dir})
	about, err := os.Stat(filepath.Join(dir, "window"))
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("who may read the token: %v, %v", about.Mode(), err)
	}
	second := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestASecondProcessHandsItsFilesToTheFirst$", "-test.v")
	second.Env = append(os.Environ(), knockFolder+"="+dir)
	said, err := second.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "heard: true") {
		t.Fatalf("%v: %s", err, said)
	}
	if diff := cmp.Diff(view.Visit{Files: []string{"/lists/school.csv"}}, <-visits); diff != "" {
		t.Error(diff)
	}
}

func TestNobodyIsHeardWhereNoWindowIsOpen(t *testing.T) {
	a := &view.App{DataDir: t.TempDir()}
	d, err := a.OpenDoor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadFile(filepath.Join(a.DataDir, "window"))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing": "", "another": "192.0.2.1:80\ntoken\n", "nonsense": "\x00\xff", "left by a crash": string(left),
	} {
		if text != "" {
			if err := os.WriteFile(filepath.Join(a.DataDir, "window"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if a.Knock(t.Context(), view.Visit{}) {
			t.Errorf("%s: heard", name)
		}
	}
}

func TestStrangersAreNotHeard(t *testing.T) {
	a := &view.App{DataDir: t.TempDir()}
	visits := door(t, a)
	text, err := os.ReadFile(filepath.Join(a.DataDir, "window"))
	if err != nil {
		t.Fatal(err)
	}
	address, token, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	for name, said := range map[string]string{
		"no token": "\n{}\n", "another token": strings.Repeat("0", len(token)) + "\n{}\n", "half of it": token[:10] + "\n{}\n",
		"the web": "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "no object": token + "\nopen it\n", "cut off": token + "\n{\"files\":[",
		"a path that leads anywhere": token + "\n{\"files\":[\"../secret.csv\"]}\n", "a zero": token + "\n{\"files\":[\"/a\\u0000b\"]}\n",
		"too much": token + "\n{\"files\":[\"/" + strings.Repeat("a", 1<<20) + "\"]}\n", "too many": token + "\n{\"files\":[" + strings.Repeat(`"/a",`, 1000) + "\"/a\"]}\n",
	} {
		if got := converse(t, address, said); got != "" {
			t.Errorf("%s: answered %q", name, got)
		}
	}
	if len(visits) > 0 {
		t.Errorf("one of them was let in: %v", <-visits)
	}
	if !a.Knock(t.Context(), view.Visit{}) {
		t.Error("nobody is heard after them")
	}
}

// converse says something and returns the answer.
func converse(t *testing.T, address, said string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, said)
	_ = conn.(*net.TCPConn).CloseWrite()
	answer, _ := io.ReadAll(conn)
	return string(answer)
}
