package server

import (
	"bytes"
	"container/list"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// This file keeps what was fetched from the web, for all calls of a gateway: a
// private HTTP cache (RFC 9111), since nobody else sees it. What is not to be
// kept, such as a document that is one person's own, says so by no-store.
//
// The libraries that could be had are not looked after any more, or heed no
// limits that a request sets.

const (
	// maxCached bounds what is kept, in bytes.
	maxCached = 64 << 20
	// cacheShare is the largest part of it that one reply may take.
	cacheShare = 8
	// keptOverhead is what a reply takes besides its body, roughly.
	keptOverhead = 1 << 10
)

// cache keeps replies by who had them fetched and from where, and forgets
// those that were not used for the longest time. It is safe for several
// goroutines.
type cache struct {
	limit int

	mu    sync.Mutex
	size  int
	order list.List // of kept, last used first
	byKey map[string]*list.Element
}

func newCache(limit int) *cache {
	return &cache{limit: limit, byKey: make(map[string]*list.Element)}
}

// kept is one reply. It is never changed.
type kept struct {
	key             string
	header          http.Header
	body            []byte
	chosen          http.Header // of the request: section 4.1
	asked, received time.Time
}

func (k kept) size() int { return len(k.body) + keptOverhead }

func (c *cache) find(key string) (kept, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, found := c.byKey[key]
	if !found {
		return kept{}, false
	}
	c.order.MoveToFront(at)
	return at.Value.(kept), true //nolint:forcetypeassert // order holds nothing else
}

func (c *cache) keep(k kept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(c.byKey[k.key])
	c.byKey[k.key] = c.order.PushFront(k)
	c.size += k.size()
	for c.size > c.limit {
		c.remove(c.order.Back())
	}
}

func (c *cache) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(c.byKey[key])
}

// remove is for who holds the lock.
func (c *cache) remove(at *list.Element) {
	if at == nil {
		return
	}
	k := c.order.Remove(at).(kept) //nolint:forcetypeassert // order holds nothing else
	delete(c.byKey, k.key)
	c.size -= k.size()
}

// cached is an [http.RoundTripper] that asks the web only where it must.
type cached struct {
	next  http.RoundTripper
	cache *cache
	// owner is who has things fetched: nobody is given what only another could
	// reach (fence.go).
	owner string
}

// caching is client with a cache in front.
func (c *cache) caching(client *http.Client, owner string) *http.Client {
	with := *client
	next := client.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	with.Transport = cached{next: next, cache: c, owner: owner}
	return &with
}

// RoundTrip answers from the cache or from the web.
func (t cached) RoundTrip(r *http.Request) (*http.Response, error) {
	key := t.owner + " " + r.URL.String()
	if r.Method != http.MethodGet || r.Header.Get("Range") != "" {
		resp, err := t.next.RoundTrip(r)
		if err == nil && r.Method != http.MethodHead && resp.StatusCode < http.StatusBadRequest {
			t.cache.forget(key) // section 4.4
		}
		return resp, err
	}
	old, found := t.cache.find(key)
	found = found && maps.EqualFunc(old.chosen, chosenBy(r.Header, old.header), slices.Equal)
	if !found {
		return t.fetch(key, r)
	}
	if old.serves(cacheControl(r.Header), time.Now()) {
		return old.response(r), nil
	}
	return t.ask(old, r)
}

// ask finds out whether a reply still holds (section 4.3).
func (t cached) ask(old kept, r *http.Request) (*http.Response, error) {
	conditional := r.Clone(r.Context())
	if tag := old.header.Get("ETag"); tag != "" {
		conditional.Header.Set("If-None-Match", tag)
	}
	if changed := old.header.Get("Last-Modified"); changed != "" {
		conditional.Header.Set("If-Modified-Since", changed)
	}
	asked := time.Now()
	resp, err := t.next.RoundTrip(conditional)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusNotModified {
		return t.take(resp, kept{key: old.key, asked: asked}, r)
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	fresh := old
	fresh.header = old.header.Clone()
	for name, values := range resp.Header { // section 3.2
		if name != "Content-Length" && name != "Content-Encoding" && name != "Content-Type" && name != "Content-Range" {
			fresh.header[name] = values
		}
	}
	if resp.Header.Get("Age") == "" {
		fresh.header.Del("Age")
	}
	fresh.asked, fresh.received = asked, time.Now()
	t.cache.keep(fresh)
	return fresh.response(r), nil
}

// fetch asks the web for what is not there.
func (t cached) fetch(key string, r *http.Request) (*http.Response, error) {
	asked := time.Now()
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	return t.take(resp, kept{key: key, asked: asked}, r)
}

// take keeps a reply as k, if it is to be kept, and hands it on.
func (t cached) take(resp *http.Response, k kept, r *http.Request) (*http.Response, error) {
	most := t.cache.limit/cacheShare - keptOverhead
	if !keeps(cacheControl(r.Header), resp) || resp.ContentLength > int64(most) {
		if resp.StatusCode < http.StatusInternalServerError {
			t.cache.forget(k.key) // whatever was there is not what is there now
		}
		return resp, nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, int64(most)+1))
	if err == nil && len(body) > most {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(body), resp.Body), resp.Body}
		return resp, nil
	}
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, err
	}
	k.header, k.body, k.received = resp.Header.Clone(), body, time.Now()
	k.chosen = chosenBy(r.Header, resp.Header)
	t.cache.keep(k)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// response is a reply made of what was kept.
func (k kept) response(r *http.Request) *http.Response {
	header := k.header.Clone()
	header.Set("Age", strconv.FormatInt(int64(k.age(time.Now())/time.Second), 10))
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(k.body)), ContentLength: int64(len(k.body)), Request: r,
	}
}
