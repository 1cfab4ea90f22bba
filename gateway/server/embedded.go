package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"syscall"
	"time"

	"rollcall/gateway/broadcast"
	"rollcall/gateway/line/practice"
	"rollcall/gateway/scheduler"
)

// This file is the gateway as the program carries it: by its user's settings,
// on a port and a journal of its own.

// standardListen is where a gateway listens if nothing else is said: the
// protocol's port, for this machine alone.
const (
	standardListen = "127.0.0.1:8155"
	standardLines  = 4
)

// Settings is how a program opens a gateway of its own.
type Settings struct {
	Listen  string // host:port; empty: as the settings file says, else 127.0.0.1:8155
	AnyPort bool   // take a free port of that host where the port is taken
	Line    string // "practice"
	Lines   int    // calls at the same time; zero: as the settings file says, else 4
	Speed   int    // divides the practice line's durations; 0 is 1
	Config  string // path of a settings file (file.go), empty for none
	Version string // of the program
	// OpenJournal opens the journal, which keeps records of ended calls for so
	// long, zero for its own time. It is closed when Run has returned.
	OpenJournal func(ctx context.Context, keep time.Duration) (Journal, error)
	Exports     string // folder for campaigns' results; empty for none
	Log         *slog.Logger
}

// Journal is what an embedded gateway keeps its calls in.
type Journal interface {
	scheduler.Journal
	io.Closer
	// Campaigns is the store of lists and campaigns that ends with it; nil: the
	// gateway has none.
	Campaigns() broadcast.Store
}

// Embedded is a gateway with the address and the journal it works on.
type Embedded struct {
	*Server
	listener net.Listener
	journal  io.Closer
}

// Open binds the address, so that it is known before the first call, and opens
// the journal. Nothing is answered before Run.
func Open(ctx context.Context, s Settings) (*Embedded, error) {
	if s.Line != "practice" {
		return nil, fmt.Errorf("the line %q is not part of this version: only the practice line is", s.Line)
	}
	file, err := readSettings(s.Config)
	if err != nil {
		return nil, err
	}
	address := cmp.Or(s.Listen, file.Listen, standardListen)
	if err := mayListen(address, file); err != nil {
		return nil, err
	}
	ln, err := listen(ctx, address, s.AnyPort)
	if err != nil {
		return nil, err
	}
	journal, err := s.OpenJournal(ctx, time.Duration(file.KeepDays)*24*time.Hour)
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	return &Embedded{Server: New(s.config(address, file, journal)), listener: ln, journal: journal}, nil //nolint:contextcheck // figures are counted when they are asked for, long after ctx
}

// config joins what the program and the settings file say.
func (s Settings) config(address string, file settingsFile, journal Journal) Config {
	speed := max(s.Speed, 1)
	return Config{
		Lines:      cmp.Or(s.Lines, file.Lines, standardLines),
		Rate:       file.Rate,
		Rules:      file.rules(),
		Speed:      speed,
		Version:    s.Version,
		Journal:    journal,
		Broadcasts: journal.Campaigns(),
		Exports:    s.Exports,
		Owner:      file.Owner,
		Line:       &practice.Line{Speed: speed},
		Log:        s.Log,
		Allow:      file.allow,
		Token:      file.Token,
		Hosts:      append(names(address), file.Hosts...),
		Networks:   file.networks,
		VXMLFolder: file.Folder,
		Apps:       file.Apps,
		SMS:        file.SMS.URL,
		TransferTo: file.Transfer,
		MaxQueue:   file.MaxQueue,
	}
}

// mayListen refuses an address that other machines reach unless it is said who
// of them may ask, and by which token.
func mayListen(address string, file settingsFile) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("listen at %s: %w", address, err)
	}
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	if len(file.allow) == 0 || file.Token == "" {
		return fmt.Errorf("other machines could reach the gateway at %s and place calls: say in the settings file (--config) who may (allow) "+
			"and with which token (token), or listen at %s", address, standardListen)
	}
	return nil
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
