package view

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/gateway"
)

// Session calls the people of one campaign: it brings together the gateway,
// the server of its documents and the Runner. Its methods other than Run may
// be called from any goroutine while Run runs.
type Session struct {
	office   *Office
	campaign campaign.Campaign
	options  SessionOptions
	runner   *campaign.Runner
	flow     *flow.Flow
	server   *flow.Server
	gateway  string          // its base URL
	borrowed *runningGateway // nil for a gateway elsewhere
}

// SessionOptions is how this process takes part in a campaign.
type SessionOptions struct {
	FlowListen string        // address the documents are served on; empty: loopback, any port
	Patience   time.Duration // rows that wait longer end the run; zero: wait for them
	Notify     func(campaign.Update)
}

// Session prepares to call. It reads the flow, starts or finds the
// gateway, and opens the documents' server; nothing is dialled before Run.
// Close ends it.
func (o *Office) Session(ctx context.Context, c campaign.Campaign, so SessionOptions) (*Session, error) {
	f, err := o.app.OpenFlow(ctx, c.Flow.Source)
	if err != nil {
		return nil, err
	}
	s := &Session{office: o, campaign: c, options: so, flow: f}
	base, name := c.Settings.Gateway, c.Settings.Gateway
	if base == "" {
		name = campaign.BuiltIn
		s.borrowed, err = o.borrowGateway(ctx, c.Settings.Lines, c.Settings.Speed)
		if err != nil {
			return nil, err
		}
		base = s.borrowed.URL()
	}
	s.gateway = base
	if err := s.openServer(ctx, base); err != nil {
		s.Close()
		return nil, err
	}
	s.runner = &campaign.Runner{
		Store:    o.Store,
		Gateway:  &gateway.Client{URL: base},
		Pages:    s.server,
		Log:      o.app.Log,
		Name:     name,
		Notify:   so.Notify,
		Patience: so.Patience,
	}
	return s, nil
}

// openServer binds the server of the documents where the gateway reaches it.
// One that listens at every address is named by the one that it is reached at.
func (s *Session) openServer(ctx context.Context, gatewayURL string) error {
	s.server = &flow.Server{Flow: s.flow, Columns: s.campaign.List.Columns, Log: s.office.app.Log}
	listen, local := s.options.FlowListen, localAddress(ctx, gatewayURL)
	if listen == "" {
		listen = net.JoinHostPort(local, "0")
	}
	if host, _, err := net.SplitHostPort(listen); err == nil && net.ParseIP(host).IsUnspecified() {
		s.server.Host = local
	}
	return s.server.Listen(ctx, listen)
}

// localAddress is the address of the interface that reaches the gateway,
// loopback for one on this machine. No packet is sent to find out.
func localAddress(ctx context.Context, gatewayURL string) string {
	const loopback = "127.0.0.1"
	u, err := url.Parse(gatewayURL)
	if err != nil || u.Hostname() == "localhost" {
		return loopback
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsLoopback() {
		return ip.String()
	}
	probe, err := new(net.Dialer).DialContext(ctx, "udp", net.JoinHostPort(u.Hostname(), "9"))
	if err != nil {
		return loopback
	}
	defer func() { _ = probe.Close() }()
	if local, ok := probe.LocalAddr().(*net.UDPAddr); ok {
		return local.IP.String()
	}
	return loopback
}

// Gateway is the base URL of the gateway that is asked.
func (s *Session) Gateway() string { return s.gateway }

// Campaign is the campaign as it was when the session was made.
func (s *Session) Campaign() campaign.Campaign { return s.campaign }

// Run calls until nothing is left to do, the campaign is stopped, or ctx ends;
// then calls in progress are followed to their end first. It returns the
// campaign as it stands.
func (s *Session) Run(ctx context.Context) (campaign.Campaign, error) {
	// The documents are served until the last call has ended, so the server
	// outlives ctx.
	serve, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	g, serve := errgroup.WithContext(serve)
	g.Go(func() error { return s.server.Run(serve) })
	c, err := s.runner.Run(ctx, s.campaign.ID)
	done()
	if served := g.Wait(); err == nil && served != nil && ctx.Err() == nil {
		err = fmt.Errorf("serve the flow: %w", served)
	}
	return c, err
}

// Pause lets no new call begin; calls in progress end by themselves.
func (s *Session) Pause() { s.runner.Pause() }

// Resume goes on after Pause.
func (s *Session) Resume() { s.runner.Resume() }

// Stop ends the campaign early and keeps what was done.
func (s *Session) Stop() { s.runner.Stop() }

// EndCalls hangs up every call in progress, and pauses.
func (s *Session) EndCalls() { s.runner.EndCalls() }

// Close gives back what Run needed. Run must have returned, or was not called.
func (s *Session) Close() {
	if err := s.server.Close(); err != nil {
		s.office.app.Log.Warn("close the server of the flow", "error", err)
	}
	if s.borrowed != nil {
		s.office.returnGateway(s.borrowed, s.campaign.Settings.Lines)
	}
}

// OpenFlow reads a flow; CheckFlow tells whether it can be played.
func (a *App) OpenFlow(ctx context.Context, source string) (*flow.Flow, error) {
	return flow.Loader{Samples: a.Samples, Sound: a.Sound}.Open(ctx, source)
}
