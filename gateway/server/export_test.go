package server

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/vxml"
)

// FenceLets tells whether requester may have something fetched from address.
func FenceLets(requester netip.Addr, networks []netip.Prefix, address netip.Addr) bool {
	return fence{requester: requester, networks: networks}.lets(address)
}

// On is what a document can do with a call on a line of s.
func (s *Server) On(call line.Call) vxml.Platform {
	p := s.placer()
	return &platform{call: call, source: p.source, reach: p.reach, log: s.cfg.Log}
}

// Caching returns what keeps replies of next, for whoever has them fetched.
func Caching(limit int, next http.RoundTripper) func(owner string) http.RoundTripper {
	kept := newCache(limit)
	return func(owner string) http.RoundTripper {
		return kept.caching(&http.Client{Transport: next}, owner).Transport
	}
}

// Submit accepts a request as if it came from an address.
func (s *Server) Submit(ctx context.Context, r gateway.Request, from string) (scheduler.Job, error) {
	return s.sched.Submit(ctx, r, from)
}

// Waiting is how many questions wait for a change.
func (s *Server) Waiting() int64 { return s.waiting.Load() }

// Recount makes the next count a fresh one.
func (s *Server) Recount() {
	s.census.mu.Lock()
	defer s.census.mu.Unlock()
	s.census.taken = time.Time{}
}

// ReadSettings reads a settings file.
func ReadSettings(path string) (File, error) { return readSettings(path) }

// MayListen tells why a gateway with these settings may not listen there.
func MayListen(address string, f File) error { return mayListen(address, f) }

// File is what stands in a settings file.
type File = settingsFile
