package server

import (
	"errors"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// This file keeps clients from taking more than their part.

const (
	// maxConnections may be open at the same time; more of them wait.
	maxConnections = 2_000
	// maxHeader bounds a request's line and headers, in bytes.
	maxHeader = 32 << 10
	// maxParameters bounds how many names a request may give.
	maxParameters = 200
	// perAddress is how many requests a second another machine may make, and
	// as many more in a burst.
	perAddress = 50
	// maxAddresses bounds how many other machines are counted.
	maxAddresses = 4_096
	// maxQueue is how many calls may wait where the configuration says nothing.
	maxQueue = 1_000_000
)

var (
	errTooMany       = errors.New("too many requests from your address: ask less often")
	errTooManyParams = errors.New("the request has too many parameters")
	errQueueFull     = errors.New("the queue is full")
)

// quotas counts the requests of other machines. The zero value is ready.
type quotas struct {
	mu   sync.Mutex
	seen map[netip.Addr]*quota
}

type quota struct {
	*rate.Limiter
	last time.Time
}

// take tells whether address may make one more request at now.
func (q *quotas) take(address netip.Addr, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	one, known := q.seen[address]
	if !known {
		q.forget(now)
		if len(q.seen) >= maxAddresses {
			return false
		}
		if q.seen == nil {
			q.seen = make(map[netip.Addr]*quota)
		}
		one = &quota{Limiter: rate.NewLimiter(perAddress, 2*perAddress)}
		q.seen[address] = one
	}
	one.last = now
	return one.AllowN(now, 1)
}

// forget drops who has been quiet for so long that its quota is whole again,
// once there are many.
func (q *quotas) forget(now time.Time) {
	if len(q.seen) < maxAddresses/2 {
		return
	}
	for address, one := range q.seen {
		if now.Sub(one.last) > time.Minute {
			delete(q.seen, address)
		}
	}
}

// limited refuses a request that is one too many.
func (s *Server) limited(r *http.Request) error {
	if isLocal(r) || s.quotas.take(requester(r), time.Now()) {
		return nil
	}
	return errTooMany
}
