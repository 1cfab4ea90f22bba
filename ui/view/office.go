package view

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// Office is an opened data folder: its store, and the embedded gateway while a
// campaign needs one. Open it with [App.Open]; Close it when nothing runs.
type Office struct {
	Store Store
	app   *App

	release func() error
	mu      sync.Mutex
	gateway *runningGateway // nil until needed
}

// runningGateway is the embedded gateway and the goroutine that runs it.
type runningGateway struct {
	EmbeddedGateway
	cancel context.CancelFunc
	done   chan struct{} // closed when Run has returned
	err    error         // meaningful once done is closed
	users  int           // sessions that need it
	lines  int           // sum of what they asked for
	speed  int
}

// Open takes the lock on the data folder for what and opens its store.
func (a *App) Open(ctx context.Context, what string) (*Office, error) {
	release, err := a.Hold(what)
	if err != nil {
		return nil, err
	}
	store, err := a.OpenStore(ctx)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return &Office{Store: store, app: a, release: release}, nil
}

// Close stops the gateway, closes the store and gives the folder back.
func (o *Office) Close() error {
	return errors.Join(o.stopGateway(), o.Store.Close(), o.release())
}

// Log is where everything that runs here tells what it does.
func (o *Office) Log() *slog.Logger { return o.app.Log }

// Import stores the people of a list as a new draft.
func (o *Office) Import(ctx context.Context, src Source, d Draft, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	now := time.Now()
	c := campaign.Campaign{
		Name:     d.Name,
		State:    campaign.Draft,
		Flow:     campaign.Flow{Source: d.Flow},
		Settings: d.Settings.Complete(),
		Created:  now,
	}
	c, im, err := o.fill(ctx, c, src, told, o.Store.Import)
	if err != nil {
		return c, im, err
	}
	if len(d.DoNotCall) > 0 {
		if err := o.Store.Block(ctx, c.ID, d.DoNotCall, d.DoNotCallFile, now); err != nil {
			return c, im, fmt.Errorf("store the do-not-call list: %w", err)
		}
	}
	return c, im, nil
}

// OpenDraft goes on with the draft of a list that was opened before and has not
// changed since, or stores the people of a list as a new one.
func (o *Office) OpenDraft(ctx context.Context, src Source, d Draft, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	c, found, err := o.draftOf(ctx, src)
	if err != nil || !found {
		if err == nil {
			return o.Import(ctx, src, d, told)
		}
		return c, contacts.Import{}, err
	}
	im, err := o.Store.ImportOf(ctx, c.ID)
	return c, im, err
}

// draftOf finds the draft of a list that is opened without anything said about
// how it is to be read.
func (o *Office) draftOf(ctx context.Context, src Source) (campaign.Campaign, bool, error) {
	if src.Reading != (campaign.Reading{}) {
		return campaign.Campaign{}, false, nil
	}
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return campaign.Campaign{}, false, err
	}
	if err := table.Rows.Close(); err != nil {
		return campaign.Campaign{}, false, err
	}
	all, err := o.Store.List(ctx)
	if err != nil {
		return campaign.Campaign{}, false, err
	}
	for _, c := range all {
		if c.State == campaign.Draft && c.List.Hash == table.Hash && c.List.File == src.Path {
			return c, true, nil
		}
	}
	return campaign.Campaign{}, false, nil
}

// Called returns the newest campaign of a list and a flow, and false if there
// is none.
func (o *Office) Called(ctx context.Context, src Source, flow string) (campaign.Campaign, bool, error) {
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return campaign.Campaign{}, false, err
	}
	c, found, err := o.Store.Find(ctx, table.Hash, flow)
	return c, found, errors.Join(err, table.Rows.Close())
}

// Reread reads the list of a draft again, in another way or from another
// file, and replaces its people. The draft that it returns may have another id.
func (o *Office) Reread(ctx context.Context, c campaign.Campaign, src Source, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	if err := o.Store.Configure(ctx, c); err != nil {
		return c, contacts.Import{}, err
	}
	return o.fill(ctx, c, src, told, o.Store.Refill)
}

// Fill gives rows to a sink, and returns how they were read.
type Fill = func(contacts.Sink) (contacts.Import, error)

// fill has store take what a list holds.
func (o *Office) fill(ctx context.Context, c campaign.Campaign, src Source, told func(Told) error,
	store func(context.Context, campaign.Campaign, Fill) (campaign.Campaign, error),
) (campaign.Campaign, contacts.Import, error) {
	var im contacts.Import
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return c, im, err
	}
	c.List = im.Source(table)
	c, err = store(ctx, c, func(s contacts.Sink) (contacts.Import, error) {
		var err error
		im, err = understand(table, src, s, told)
		return im, err
	})
	return c, im, errors.Join(err, table.Rows.Close())
}

// borrowGateway starts the embedded gateway, or shares the one that runs.
func (o *Office) borrowGateway(ctx context.Context, lines, speed int) (*runningGateway, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if g := o.gateway; g != nil && (g.users > 0 || g.speed == speed) && !g.ended() {
		g.users++
		g.lines += lines
		g.SetLines(g.lines)
		return g, nil
	}
	if err := o.stopLocked(); err != nil {
		o.app.Log.WarnContext(ctx, "stop the gateway", "error", err)
	}
	g, err := o.app.startGateway(ctx, GatewayConfig{
		Listen: DefaultListen, AnyPort: true, Line: "practice", Lines: lines, Speed: speed,
	})
	if err != nil {
		return nil, err
	}
	g.users, g.lines, g.speed = 1, lines, speed
	o.gateway = g
	return g, nil
}

// DefaultListen is where Voicent's protocol is spoken.
const DefaultListen = "127.0.0.1:8155"

func (o *Office) returnGateway(g *runningGateway, lines int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	g.users--
	g.lines -= lines
	if g.users > 0 {
		g.SetLines(g.lines)
	}
}

func (o *Office) stopGateway() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.stopLocked()
}

func (o *Office) stopLocked() error {
	g := o.gateway
	o.gateway = nil
	if g == nil {
		return nil
	}
	return g.stop()
}

// startGateway opens the embedded gateway and runs it until stop is called.
func (a *App) startGateway(ctx context.Context, c GatewayConfig) (*runningGateway, error) {
	inner, err := a.OpenGateway(ctx, c)
	if err != nil {
		return nil, err
	}
	// The gateway outlives ctx: calls in progress end after their campaign was
	// told to stop. stop ends it.
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	g := &runningGateway{EmbeddedGateway: inner, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(g.done)
		if err := inner.Run(run); err != nil && !errors.Is(err, context.Canceled) {
			g.err = fmt.Errorf("run the gateway: %w", err)
			a.Log.Error("gateway ended", "error", err)
		}
	}()
	return g, nil
}

func (g *runningGateway) stop() error {
	g.cancel()
	<-g.done
	return g.err
}

func (g *runningGateway) ended() bool {
	select {
	case <-g.done:
		return true
	default:
		return false
	}
}
