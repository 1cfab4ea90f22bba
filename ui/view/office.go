package view

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"rollcall/campaign"
)

// Office is an opened data folder: its store, and the embedded gateway while a
// campaign needs one. Open it with [App.Open]; Close it when nothing runs.
type Office struct {
	Store Store
	app   *App

	release func() error
	mu      sync.Mutex
	gateway *runningGateway // nil until needed
	pools   map[string]*campaign.Pool
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
		Listen: DefaultListen, AnyPort: true, Line: "practice", Lines: lines, Speed: speed, Keep: o.keepRecords(ctx),
	})
	if err != nil {
		return nil, err
	}
	g.users, g.lines, g.speed = 1, lines, speed
	o.gateway = g
	return g, nil
}

// pool shares the lines of the gateway of that name among campaigns.
func (o *Office) pool(name string) *campaign.Pool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.pools == nil {
		o.pools = map[string]*campaign.Pool{}
	}
	if o.pools[name] == nil {
		o.pools[name] = &campaign.Pool{}
	}
	return o.pools[name]
}

// DefaultListen is where Voicent's protocol is spoken.
const DefaultListen = "127.0.0.1:8155"

// resizeGateway gives the gateway other lines for somebody who has asked for was
// so far.
func (o *Office) resizeGateway(g *runningGateway, was *int, now int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	g.lines += now - *was
	*was = now
	if g.lines > 0 {
		g.SetLines(g.lines)
	}
}

func (o *Office) returnGateway(g *runningGateway, lines *int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	g.users--
	g.lines -= *lines
	*lines = 0
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
