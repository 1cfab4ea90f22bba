// Package server is the gateway that Rollcall carries with it: HTTP in front,
// the making of calls behind.
//
// What a reader looks for stands in
//
//	server.go     settings, start and stop
//	embedded.go   the gateway as the program carries it: line, address, journal
//	file.go       its settings file
//	http.go       which page is asked for, and how replies are sent
//	guard.go      keeping web pages out
//	form.go       reading parameters as old clients send them
//	access.go     who may ask
//	limits.go     how much
//	ocall.go      the protocol's three pages
//	confirm.go    call till confirm, asked for like a call
//	campapi.go    the campaign interface; campstats.go counts, exports.go writes
//	              results and serves them, upload.go takes lists in, literal.go
//	              writes replies
//	rollcall.go   the pages of our extensions, feed.go the change feed;
//	              openapi.json describes all pages for programs
//	metrics.go    health and figures for whoever watches the gateway
//	page.go       the page for people, and where its parts are
//	login.go      who may see whole numbers and names on it
//	call.go       making one call: document, dial, person or machine, verdict
//	document.go   the document that a request's call runs
//	platform.go   what a running document can do with its call
//	talk.go       recording, and connecting the caller with somebody else
//	reach.go      with whom a caller may be connected
//	text.go       sending a text message instead
//	meanwhile.go  what a caller hears while something is fetched
//	source.go     where documents and recordings come from
//	cache.go      what was fetched, kept for all calls; freshness.go says for
//	              how long
//	fence.go      what other machines may have fetched
//
// What a document knows of its call (session.connection, session.call) stands
// in package gateway, doc.go, "Session variables".
//
// The protocol's words are in package gateway, queue and retries in
// gateway/scheduler, the far end in gateway/line, documents in gateway/vxml.
package server

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"rollcall/gateway/broadcast"
	"rollcall/gateway/line"
	"rollcall/gateway/scheduler"
)

// Config is how a gateway works. Journal and Line are required.
type Config struct {
	Lines   int     // calls at the same time; at least 1
	Rate    float64 // calls that may begin in a second; zero: no limit
	Rules   []scheduler.Rule
	Speed   int    // divides the pauses before retries, for a practice line; zero is 1
	Version string // of the program, told to clients
	Journal scheduler.Journal
	Line    line.Line
	Log     *slog.Logger // nil discards
	// Owner names the holder of claims in the journal: the same after a
	// restart, different for every gateway on one journal. Empty is
	// scheduler's own.
	Owner string
	// VXMLFolder is the only folder whose files startvxml, exitvxml and
	// audiofile may name. Empty: none may.
	VXMLFolder string
	// Allow are the addresses besides this machine's own that may ask; each
	// request from there must give the Token. Empty: nobody else may.
	Allow []netip.Prefix
	// Token is the secret of requests from other machines and of the page's
	// log-in: header "Authorization: Bearer TOKEN", or the parameter "password".
	Token string
	// Hosts are the names, besides loopback and the address a request arrived
	// at, by which clients may address this gateway.
	Hosts []string
	// Networks are private addresses that requests from other machines may have
	// fetched from, besides their own.
	Networks []netip.Prefix
	// Apps are the voice applications that startapp may name: by its name each
	// one's document, a file of VXMLFolder or an http or https address.
	Apps map[string]string
	// MaxQueue is how many calls may wait; zero is a million.
	MaxQueue int
	// SMS is the address to which text messages are posted for sending; empty:
	// they are refused.
	SMS string
	// TransferTo is whom documents may connect callers with: the beginnings of
	// numbers ("+1617555"), SIP addresses ("sip:desk@example.com"), SIP hosts
	// ("sip:example.com"), "*" for anybody. Empty: nobody. On a practice line
	// everybody, as no phone rings there.
	TransferTo []string
	// Broadcasts keeps lists and campaigns; nil: neither the campaign interface
	// nor call till confirm is offered.
	Broadcasts broadcast.Store
	// Exports is the folder for campaigns' results, made where it is missing;
	// empty: none are written.
	Exports string
	// Location is the zone of times in replies; nil means [time.Local].
	Location *time.Location
	// Grace is how long calls in progress may go on once Run is to end; zero
	// is the scheduler's own.
	Grace time.Duration
	// HTTP fetches documents and recordings; nil means a client of its own.
	HTTP *http.Client
}

// Server is a gateway. Its methods may be called from any goroutine.
type Server struct {
	cfg       Config
	sched     *scheduler.Scheduler
	campaigns *campaigns
	stopping  atomic.Bool
	closing   context.Context // ends when nothing is answered any more
	close     context.CancelFunc
	unkept    atomic.Int64 // when the last request could not be kept, in Unix seconds; zero if it was
	waiting   atomic.Int64 // questions that wait for a change
	quotas    quotas
	census    census
	metrics   *metrics
	door      *door
	templates *template.Template
}

// New returns a gateway that answers nothing and calls nobody until
// [Server.Run].
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Location == nil {
		cfg.Location = time.Local
	}
	if cfg.Version == "" {
		cfg.Version = "unknown" // the header's presence says that we are ours
	}
	if cfg.HTTP == nil {
		cfg.HTTP = openClient()
	}
	if cfg.MaxQueue <= 0 {
		cfg.MaxQueue = maxQueue
	}
	s := &Server{cfg: cfg, door: newDoor(cfg.Token), templates: pageTemplates()}
	s.closing, s.close = context.WithCancel(context.Background())
	s.metrics = newMetrics(s)
	s.sched = scheduler.New(scheduler.Config{
		Journal: cfg.Journal,
		Placer:  s.placer(),
		Owner:   cfg.Owner,
		Lines:   cfg.Lines,
		Rate:    cfg.Rate,
		Rules:   cfg.Rules,
		Speed:   cfg.Speed,
		Grace:   cfg.Grace,
		Log:     cfg.Log,
	})
	s.campaigns = s.newCampaigns()
	return s
}

func (s *Server) placer() *placer {
	transferTo := reach(s.cfg.TransferTo)
	if s.cfg.Line.Practice() {
		transferTo = reach{"*"}
	}
	kept := newCache(maxCached)
	return &placer{
		reach:  transferTo,
		line:   s.cfg.Line,
		source: source{client: kept.caching(s.cfg.HTTP, ""), cache: kept, folder: s.cfg.VXMLFolder, networks: s.cfg.Networks},
		apps:   s.cfg.Apps,
		sender: s.cfg.SMS,
		count:  s.metrics.ended,
		log:    s.cfg.Log,
	}
}

// SetRate changes how many calls may begin in a second; zero sets no limit.
func (s *Server) SetRate(perSecond float64) { s.sched.SetRate(perSecond) }

// Lines is how many calls may run at the same time.
func (s *Server) Lines() int { return s.sched.Lines() }

// SetLines changes how many calls may run at the same time. Calls in progress
// are left alone.
func (s *Server) SetLines(n int) { s.sched.SetLines(n) }

// Run serves ln and makes calls until ctx ends. Then no call begins any more
// and no request is accepted; calls in progress finish, at most for
// Config.Grace, and can be asked about meanwhile. Run closes ln and returns
// when every goroutine of its own is done. It is called once.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	calling, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(calling, func() { s.stopping.Store(true) })()
	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute, // longer than our client's
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() {
		defer stop() // a gateway that cannot be asked makes no calls
		served <- web.Serve(netutil.LimitListener(ln, maxConnections))
	}()
	campaignsEnd := s.campaigns.start(calling)
	err := errors.Join(s.sched.Run(calling), campaignsEnd())
	s.close()
	err = errors.Join(err, shutdown(context.WithoutCancel(ctx), web))
	if serving := <-served; !errors.Is(serving, http.ErrServerClosed) {
		err = errors.Join(err, serving)
	}
	if err != nil {
		return fmt.Errorf("run gateway: %w", err)
	}
	return nil
}

// shutdown lets requests that are being answered end, for a moment.
func shutdown(ctx context.Context, web *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := web.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
		return web.Close()
	} else if err != nil {
		return err
	}
	return nil
}
