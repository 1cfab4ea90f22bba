package view

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/gateway"
)

// Session calls the people of one campaign: it brings together the gateways,
// the servers of its documents and the Runner. Its methods other than Run may
// be called from any goroutine while Run runs.
type Session struct {
	office   *Office
	campaign campaign.Campaign
	options  SessionOptions
	runner   *campaign.Runner
	flow     *flow.Flow
	servers  map[string]*flow.Server // by the address they listen on
	borrowed *runningGateway         // nil without the embedded one
	lines    int                     // that were asked of it; the office's lock guards it
}

// SessionOptions is how this process takes part in a campaign.
type SessionOptions struct {
	FlowListen string        // address the documents are served on; empty: loopback, any port
	Patience   time.Duration // rows that wait longer end the run; zero: wait for them
	Notify     func(campaign.Update)
}

// Session prepares to call. It reads the flow, starts or finds the
// gateways, and opens the documents' servers; nothing is dialled before Run.
// Close ends it.
func (o *Office) Session(ctx context.Context, c campaign.Campaign, so SessionOptions) (*Session, error) {
	f, err := o.OpenFlow(ctx, c.Flow.Source)
	if err != nil {
		return nil, err
	}
	s := &Session{office: o, campaign: c, options: so, flow: f, servers: map[string]*flow.Server{}}
	s.runner = &campaign.Runner{Store: o.Store, Log: o.app.Log, Notify: so.Notify, Patience: so.Patience}
	for _, via := range c.Settings.Ways() {
		r, err := s.route(ctx, via)
		if err != nil {
			s.Close()
			return nil, err
		}
		s.runner.Routes = append(s.runner.Routes, r)
	}
	return s, nil
}

// route prepares one gateway.
func (s *Session) route(ctx context.Context, via campaign.Via) (campaign.Route, error) {
	base, name, settings := via.URL, via.URL, s.campaign.Settings
	if base == "" {
		if s.borrowed == nil {
			borrowed, err := s.office.borrowGateway(ctx, settings.Lines, settings.Speed)
			if err != nil {
				return campaign.Route{}, err
			}
			s.borrowed, s.lines = borrowed, settings.Lines
		}
		base, name = s.borrowed.URL(), campaign.BuiltIn
	}
	server, err := s.openServer(ctx, base)
	if err != nil {
		return campaign.Route{}, err
	}
	known, err := s.office.gatewayAt(ctx, via.URL)
	if err != nil {
		return campaign.Route{}, err
	}
	client := &gateway.Client{URL: base, Timeout: known.Patience}
	return campaign.Route{
		Name: name, Gateway: client, Follower: &gateway.Follower{Client: client, Every: followEvery(settings.Speed)}, Pages: server,
		Weight: via.Weight, Lines: cmp.Or(via.Lines, known.Lines), Rate: via.Rate, Pool: s.office.pool(name),
	}, nil
}

// followEvery is how far apart a gateway without a change feed is asked about a
// call. A practice line that is faster than life is asked oftener.
func followEvery(speed int) time.Duration {
	const fastest = 50 * time.Millisecond
	return max(gateway.DefaultEvery/time.Duration(max(speed, 1)), fastest)
}

// openServer binds a server of the documents where the gateway reaches it, or
// takes the one that is there. One that listens at every address is named by
// the one that it is reached at.
func (s *Session) openServer(ctx context.Context, gatewayURL string) (*flow.Server, error) {
	listen, local := s.options.FlowListen, localAddress(ctx, gatewayURL)
	if listen == "" {
		listen = net.JoinHostPort(local, "0")
	}
	if known, found := s.servers[listen]; found {
		return known, nil
	}
	server := &flow.Server{Flow: s.flow, Columns: s.campaign.List.Columns, Log: s.office.app.Log}
	if host, _, err := net.SplitHostPort(listen); err == nil && net.ParseIP(host).IsUnspecified() {
		server.Host = local
	}
	if err := server.Listen(ctx, listen); err != nil {
		return nil, err
	}
	s.servers[listen] = server
	return server, nil
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

// Gateways are the base URLs of the gateways that are asked, in words.
func (s *Session) Gateways() string {
	var names []string
	for _, r := range s.runner.Routes {
		if r.Name == campaign.BuiltIn {
			names = append(names, s.borrowed.URL())
		} else {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ", ")
}

// Campaign is the campaign as it was when the session was made.
func (s *Session) Campaign() campaign.Campaign { return s.campaign }

// Run calls until nothing is left to do, the campaign is stopped, or ctx ends;
// then calls in progress are followed to their end first. It returns the
// campaign as it stands.
func (s *Session) Run(ctx context.Context) (campaign.Campaign, error) {
	// The documents are served until the last call has ended, so the servers
	// outlive ctx.
	serve, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	g, serve := errgroup.WithContext(serve)
	for _, server := range s.servers {
		g.Go(func() error { return server.Run(serve) })
	}
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

// Look lets calls be made to rows that somebody has changed in the store. Nobody
// need run for it.
func (s *Session) Look(rows []campaign.ContactID) {
	if s != nil {
		s.runner.Look(rows)
	}
}

// Change stores other settings for the campaign and takes them up while it
// runs, but for its country, speed and gateways; rows that wait are decided
// about again. The embedded gateway gets as many lines as are wanted.
func (s *Session) Change(ctx context.Context, settings campaign.Settings) error {
	c, err := s.office.Store.Campaign(ctx, s.campaign.ID)
	if err != nil {
		return err
	}
	c.Settings = settings
	if err := s.office.Store.Configure(ctx, c); err != nil {
		return err
	}
	if s.borrowed != nil {
		s.office.resizeGateway(s.borrowed, &s.lines, settings.Complete().Lines)
	}
	s.runner.Reload()
	return nil
}

// Change stores other settings for a campaign: change is given those that it
// has. The session that calls it takes them up; nil if nobody does. It returns
// the campaign as it is then.
func (o *Office) Change(ctx context.Context, id campaign.ID, s *Session, change func(*campaign.Settings)) (campaign.Campaign, error) {
	c, err := o.Store.Campaign(ctx, id)
	if err != nil {
		return c, err
	}
	c.Settings = c.Settings.Complete()
	change(&c.Settings)
	if s != nil {
		return c, s.Change(ctx, c.Settings)
	}
	return c, o.Store.Configure(ctx, c)
}

// EndCalls hangs up every call in progress, and pauses. The audit log tells of
// it.
func (s *Session) EndCalls() {
	s.runner.EndCalls()
	// What was ordered is written down whatever becomes of the run.
	err := s.office.Store.Audit(context.Background(), campaign.AuditEntry{What: campaign.AuditEndedCalls, Campaign: s.campaign.ID, Text: s.campaign.Name})
	if err != nil {
		s.office.app.Log.Error("write down that all calls were ended", "error", err)
	}
}

// Close gives back what Run needed. Run must have returned, or was not called.
func (s *Session) Close() {
	for _, server := range s.servers {
		if err := server.Close(); err != nil {
			s.office.app.Log.Warn("close the server of the flow", "error", err)
		}
	}
	if s.borrowed != nil {
		s.office.returnGateway(s.borrowed, &s.lines)
	}
}
