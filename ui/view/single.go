package view

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// This file is how a second start of the window hands its files to the first
// and leaves. The first listens on loopback and writes where, with a random
// token, into a file of the data folder that only its owner can read. A message
// is the token, a line feed, and a JSON object on one line; the answer is "ok".
// Whoever does not know the token gets no answer.

const (
	doorFile    = "window"
	doorLimit   = 64 << 10 // bytes of a message
	doorTime    = 5 * time.Second
	doorVisits  = 8 // at a time
	doorAnswer  = "ok\n"
	doorAtFiles = 100
)

// Visit is what a second start asks the first one to do: to come to the front,
// and to open files.
type Visit struct {
	Files []string `json:"files"` // absolute paths
}

// Door is where second starts are heard.
type Door struct {
	listener net.Listener
	token    string
	path     string
	slots    chan struct{}
	heard    sync.WaitGroup
}

// OpenDoor begins to listen for second starts with the same data folder, which
// must be held. Serve hears them, Close ends it.
func (a *App) OpenDoor(ctx context.Context) (*Door, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for further starts: %w", err)
	}
	d := &Door{listener: ln, token: hex.EncodeToString(secret), path: filepath.Join(a.DataDir, doorFile), slots: make(chan struct{}, doorVisits)}
	if err := d.write(); err != nil {
		return nil, errors.Join(fmt.Errorf("tell further starts where to knock: %w", err), ln.Close())
	}
	return d, nil
}

// write puts the file in place at once: nobody reads half of it.
func (d *Door) write() error {
	part, err := os.CreateTemp(filepath.Dir(d.path), doorFile+".*.part") // private
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // no longer there if all went well
	_, err = fmt.Fprintf(part, "%s\n%s\n", d.listener.Addr(), d.token)
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), d.path)
}

// Serve calls visited for each second start, from several goroutines, until the
// door is closed and the last of them was heard.
func (d *Door) Serve(visited func(Visit)) {
	defer d.heard.Wait()
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		select {
		case d.slots <- struct{}{}:
			d.heard.Go(func() {
				d.hear(conn, visited)
				<-d.slots
			})
		default: // too many at a time: nobody who means well knocks so often
			_ = conn.Close()
		}
	}
}

func (d *Door) hear(conn net.Conn, visited func(Visit)) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(doorTime))
	from := bufio.NewReader(io.LimitReader(conn, doorLimit))
	token, err := from.ReadString('\n')
	if err != nil || subtle.ConstantTimeCompare([]byte(strings.TrimSuffix(token, "\n")), []byte(d.token)) != 1 {
		return
	}
	line, err := from.ReadBytes('\n')
	var v Visit
	if err != nil || json.Unmarshal(line, &v) != nil || !v.sound() {
		return
	}
	visited(v)
	_, _ = io.WriteString(conn, doorAnswer) // who has gone meanwhile does not need it
}

// sound tells whether a visit can be meant so.
func (v Visit) sound() bool {
	for _, f := range v.Files {
		if !filepath.IsAbs(f) || strings.ContainsRune(f, 0) {
			return false
		}
	}
	return len(v.Files) <= doorAtFiles
}

// Close ends it and takes the file away.
func (d *Door) Close() error {
	return errors.Join(d.listener.Close(), os.Remove(d.path))
}

// Knock hands v to the window that is open with the same data folder. It
// returns false if there is none, or one that does not answer.
func (a *App) Knock(ctx context.Context, v Visit) bool {
	text, err := os.ReadFile(filepath.Join(a.DataDir, doorFile))
	if err != nil {
		return false
	}
	address, token, _ := strings.Cut(strings.TrimSuffix(string(text), "\n"), "\n")
	if host, _, err := net.SplitHostPort(address); err != nil || host != "127.0.0.1" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, doorTime)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil { // it ended without closing
		return false
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(doorTime))
	message, err := json.Marshal(v)
	if err != nil {
		return false
	}
	if _, err := fmt.Fprintf(conn, "%s\n%s\n", token, message); err != nil {
		return false
	}
	answer, err := io.ReadAll(io.LimitReader(conn, int64(len(doorAnswer))))
	return err == nil && string(answer) == doorAnswer
}
