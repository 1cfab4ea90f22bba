package campaigntest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
)

// Follower is a [campaign.Follower] that asks a Gateway for the status of one
// call after the other, in the way of [gateway.Follower] where there is no
// feed. Use it for one run only.
type Follower struct {
	Gateway interface {
		Status(ctx context.Context, id gateway.ReqID) (gateway.Status, error)
	}
	// Every is how long after an answer a call is asked about again; zero: 3 s.
	Every time.Duration

	mu    sync.Mutex
	calls map[gateway.ReqID]*gateway.Status // as last reported
}

// Add implements [campaign.Follower].
func (f *Follower) Add(ids ...gateway.ReqID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls == nil {
		f.calls = map[gateway.ReqID]*gateway.Status{}
	}
	for _, id := range ids {
		f.calls[id] = &gateway.Status{}
	}
}

// Drop implements [campaign.Follower].
func (f *Follower) Drop(ids ...gateway.ReqID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		delete(f.calls, id)
	}
}

// Run implements [campaign.Follower].
func (f *Follower) Run(ctx context.Context, report func(gateway.ReqID, gateway.Status, error)) {
	every := f.Every
	if every == 0 {
		every = 3 * time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	away := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for _, id := range f.followed() {
				away = f.ask(ctx, id, away, report)
			}
		}
	}
}

func (f *Follower) followed() []gateway.ReqID {
	f.mu.Lock()
	defer f.mu.Unlock()
	var ids []gateway.ReqID
	for id := range f.calls {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// ask asks about one call and tells whether the gateway is away.
func (f *Follower) ask(ctx context.Context, id gateway.ReqID, away bool, report func(gateway.ReqID, gateway.Status, error)) bool {
	s, err := f.Gateway.Status(ctx, id)
	var refused *gateway.RefusedError
	says := errors.Is(err, gateway.ErrUnreadable) || errors.As(err, &refused)
	unknown := errors.Is(err, gateway.ErrUnknownCall)
	if err != nil && !says && !unknown {
		if !away {
			report(0, gateway.Status{}, err)
		}
		return true
	}
	if away {
		report(0, gateway.Status{}, nil)
	}
	if unknown || s.Final() {
		f.Drop(id)
	}
	if err != nil || f.news(id, s) {
		report(id, s, err)
	}
	return false
}

// news tells whether the call does not stand as it was last reported.
func (f *Follower) news(id gateway.ReqID, s gateway.Status) bool {
	if s.Final() {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	last := f.calls[id]
	if last == nil || reflect.DeepEqual(last.Attempts, s.Attempts) {
		return false
	}
	*last = s
	return true
}
