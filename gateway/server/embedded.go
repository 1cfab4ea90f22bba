package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"syscall"
	"time"

	"rollcall/gateway/line/practice"
	"rollcall/gateway/scheduler"
)

// This file is the gateway as the program carries it: by its user's settings,
// on a port and a journal of its own.

// Settings is how a program opens a gateway of its own.
type Settings struct {
	Listen  string // host:port
	AnyPort bool   // take a free port of that host where the port is taken
	Line    string // "practice"
	Lines   int    // calls at the same time
	Speed   int    // divides the practice line's durations; 0 is 1
	Config  string // path of a settings file (file.go), empty for none
	Version string // of the program
	// Journal is closed when Run has returned.
	Journal interface {
		scheduler.Journal
		io.Closer
	}
	Log *slog.Logger
}

// Embedded is a gateway with the address and the journal it works on.
type Embedded struct {
	*Server
	listener net.Listener
	journal  io.Closer
}

// Open binds the address, so that it is known before the first call, and
// closes the journal if that cannot be done. Nothing is answered before Run.
func Open(ctx context.Context, s Settings) (*Embedded, error) {
	if s.Line != "practice" {
		return nil, errors.Join(fmt.Errorf("the line %q is not part of this version: only the practice line is", s.Line), s.Journal.Close())
	}
	file, err := readSettings(s.Config)
	if err != nil {
		return nil, errors.Join(err, s.Journal.Close())
	}
	ln, err := listen(ctx, s.Listen, s.AnyPort)
	if err != nil {
		return nil, errors.Join(err, s.Journal.Close())
	}
	speed := max(s.Speed, 1)
	server := New(Config{
		Lines:      s.Lines,
		Version:    s.Version,
		Journal:    s.Journal,
		Line:       &practice.Line{Speed: speed},
		Log:        s.Log,
		Hosts:      append(names(s.Listen), file.Hosts...),
		VXMLFolder: file.Folder,
		RetryAfter: time.Minute / time.Duration(speed),
	})
	return &Embedded{Server: server, listener: ln, journal: s.Journal}, nil
}

func listen(ctx context.Context, address string, anyPort bool) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", address)
	if taken(err) && anyPort {
		host, _, splitErr := net.SplitHostPort(address)
		if splitErr != nil {
			return nil, splitErr
		}
		return lc.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	if taken(err) {
		return nil, fmt.Errorf("another program listens at %s, maybe a gateway: choose another address with --listen", address)
	}
	return ln, err
}

// names returns the name that address gives this machine, if it is one; an IP
// address needs no mention.
func names(address string) []string {
	host, _, err := net.SplitHostPort(address)
	if err != nil || host == "" || net.ParseIP(host) != nil {
		return nil
	}
	return []string{host}
}

// taken tells whether somebody else listens there. Windows has a number of its
// own for that (WSAEADDRINUSE).
func taken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, syscall.Errno(10048))
}

// URL is where the gateway is asked for calls, from this machine.
func (e *Embedded) URL() string {
	address, ok := e.listener.Addr().(*net.TCPAddr)
	if ok && address.IP.IsUnspecified() {
		return fmt.Sprintf("http://127.0.0.1:%d", address.Port)
	}
	return "http://" + e.listener.Addr().String()
}

// Run is [Server.Run] on the bound address; then it closes the journal.
func (e *Embedded) Run(ctx context.Context) error {
	return errors.Join(e.Server.Run(ctx, e.listener), e.journal.Close())
}
