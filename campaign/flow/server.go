package flow

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"rollcall/campaign"
)

// Server serves the document of each attempt to the gateway, at an address
// that nobody can guess:
//
//	http://HOST:PORT/TOKEN/reminder.vxml
//
// The token is 128 random bits and is good from Publish to Withdraw. With
// ?answeredby=machine the document is filled for an answering machine. What
// stands beside the document is there too, so that relative references work:
// files from the flow's own folder, and nothing outside of it; for a flow
// from the web a redirect to what stands beside it or below. Documents among
// those files are filled like the first one. Only GET and HEAD are answered.
//
// Set the fields, call Listen, then Run or Close; Publish and Withdraw may be
// called from any goroutine once Listen has returned. Server implements
// [campaign.Pages].
type Server struct {
	Flow    *Flow
	Columns []string // of the list, in the order of a contact's cells
	// Host is the name or address by which the gateway reaches this machine;
	// empty for the address that Listen was given.
	Host string
	Log  *slog.Logger // nil for none

	listener net.Listener
	root     *os.Root // the folder of a flow that is a file

	mu    sync.Mutex
	pages map[string]page // by token
}

var _ campaign.Pages = (*Server)(nil)

// page is one attempt's document.
type page struct {
	attempt campaign.AttemptID
	contact campaign.Contact
}

// Listen binds addr, "127.0.0.1:0" for any free port of loopback. An address
// without a host is loopback too.
func (s *Server) Listen(ctx context.Context, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("listen for the gateway: %w", err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if s.Flow.folder != "" {
		if s.root, err = os.OpenRoot(s.Flow.folder); err != nil {
			return fmt.Errorf("open the flow's folder: %w", err)
		}
	}
	var config net.ListenConfig
	s.listener, err = config.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return errors.Join(fmt.Errorf("listen for the gateway: %w", err), s.closeRoot())
	}
	s.pages = map[string]page{}
	return nil
}

// Close gives back what Listen took, where Run is not called. After Run, or
// without Listen, there is nothing left to do.
func (s *Server) Close() error {
	var err error
	if s.listener != nil {
		if err = s.listener.Close(); errors.Is(err, net.ErrClosed) {
			err = nil
		}
	}
	return errors.Join(err, s.closeRoot())
}

func (s *Server) closeRoot() error {
	if s.root == nil {
		return nil
	}
	return s.root.Close()
}

// URL is the server's own address as the gateway sees it.
func (s *Server) URL() string {
	host, port, err := net.SplitHostPort(s.listener.Addr().String())
	if err != nil {
		return "http://" + s.listener.Addr().String()
	}
	if s.Host != "" {
		host = s.Host
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Run serves until ctx ends; requests under way are answered first. It closes
// what Listen opened.
func (s *Server) Run(ctx context.Context) error {
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		// The calls have ended, so what is open still is a connection that
		// was made in advance and never used.
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			stopped <- server.Close()
			return
		}
		stopped <- nil
	})
	err := server.Serve(s.listener)
	if !stop() {
		err = errors.Join(onlyClosed(err), <-stopped)
	}
	return errors.Join(err, s.closeRoot())
}

func onlyClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Publish makes the flow, filled for c, available until Withdraw. A document
// that cannot be filled is an error.
func (s *Server) Publish(c campaign.Contact, a campaign.Attempt) (string, error) {
	if _, err := s.Flow.Fill(NewValues(s.Columns, c, false)); err != nil {
		return "", fmt.Errorf("fill in the flow for row %d: %w", c.Row, err)
	}
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails
	token := hex.EncodeToString(random[:])
	s.mu.Lock()
	s.pages[token] = page{attempt: a.ID, contact: c}
	s.mu.Unlock()
	return s.URL() + "/" + token + "/" + url.PathEscape(s.Flow.name), nil
}

// Withdraw ends what Publish began; an attempt not published is none of it.
func (s *Server) Withdraw(a campaign.Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token, p := range s.pages {
		if p.attempt == a.ID {
			delete(s.pages, token)
		}
	}
}

// ServeHTTP answers one request of a gateway.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	s.mu.Lock()
	p, known := s.pages[token]
	s.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
	case !known || !fs.ValidPath(name):
		http.NotFound(w, r)
	case name == s.Flow.name:
		s.document(w, r, s.Flow, p)
	case s.Flow.base != nil:
		s.redirect(w, r, name)
	default:
		s.beside(w, r, name, p)
	}
}

// document writes a document, filled for the row of p.
func (s *Server) document(w http.ResponseWriter, r *http.Request, f *Flow, p page) {
	machine := r.URL.Query().Get("answeredby") == "machine"
	text, err := f.Fill(NewValues(s.Columns, p.contact, machine))
	if err != nil {
		s.warn("fill in a document", err)
		http.Error(w, "the document cannot be filled in", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/voicexml+xml; charset=utf-8")
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
}

// redirect sends the gateway to what stands beside a flow from the web.
func (s *Server) redirect(w http.ResponseWriter, r *http.Request, name string) {
	target := s.Flow.base.ResolveReference(&url.URL{Path: "./" + name, RawQuery: r.URL.RawQuery})
	http.Redirect(w, r, target.String(), http.StatusTemporaryRedirect)
}

// beside serves a file from the flow's folder, or from among the samples.
func (s *Server) beside(w http.ResponseWriter, r *http.Request, name string, p page) {
	content, err := s.file(name)
	if err != nil {
		s.warn("serve a file beside the flow", err)
		http.NotFound(w, r)
		return
	}
	if isDocument(name) {
		text, err := decode(content)
		if err != nil {
			http.Error(w, "the document cannot be read", http.StatusInternalServerError)
			return
		}
		s.document(w, r, &Flow{text: text, name: name}, p)
		return
	}
	http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(content)))
}

// maxFile bounds a recording beside a flow: an hour of the largest kind.
const maxFile = 64 << 20

func (s *Server) file(name string) ([]byte, error) {
	fsys := s.Flow.fsys
	if s.root != nil {
		fsys = s.root.FS() // never leaves the folder, whatever links there are
	}
	if fsys == nil {
		return nil, errNotHere
	}
	return readFile(fsys, name)
}

func (s *Server) warn(what string, err error) {
	if s.Log != nil {
		s.Log.Warn(what, "error", err)
	}
}
