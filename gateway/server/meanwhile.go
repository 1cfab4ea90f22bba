package server

import (
	"context"
	"sync"
	"time"

	"rollcall/gateway/vxml"
)

// This file is what a caller hears while something is fetched.

// entertain fetches, and plays f.Meanwhile where that takes long (VoiceXML
// 2.0, sections 6.1.1 and 6.3.5).
func (p *platform) entertain(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	var r vxml.Resource
	var err error
	fetched := make(chan struct{})
	go func() {
		defer close(fetched)
		r, err = p.source.get(ctx, f)
	}()
	delay := time.NewTimer(f.Meanwhile.Delay)
	defer delay.Stop()
	select {
	case <-fetched:
	case <-delay.C:
		p.playUntil(ctx, fetched, f.Meanwhile)
		<-fetched
	}
	return r, err
}

// playUntil plays until done, and for the least time it is to be heard. Who
// hangs up meanwhile is missed by the next prompt.
func (p *platform) playUntil(ctx context.Context, done <-chan struct{}, m vxml.FetchAudio) {
	sound := p.wait(ctx, m.URL)
	playing, stop := context.WithCancel(ctx)
	least := time.NewTimer(m.Minimum)
	defer least.Stop()
	var ending sync.WaitGroup
	ending.Go(func() {
		defer stop()
		select {
		case <-done:
		case <-playing.Done():
		}
		select {
		case <-least.C:
		case <-playing.Done():
		}
	})
	if _, err := p.call.Play(playing, sound); err != nil && playing.Err() == nil {
		p.log.DebugContext(ctx, "play while fetching", "error", err)
	}
	stop()
	ending.Wait()
}
