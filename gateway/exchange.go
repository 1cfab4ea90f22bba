package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"rollcall/gateway/faults"
)

// This file is how a Client sends one question and reads its reply: slots,
// time limits, repetition, and whether anything was sent at all.

const (
	// maxReply bounds what is read of a reply, in bytes. A status of a thousand
	// attempts fits.
	maxReply = 1 << 20
	// maxChangesReply is the same for the change feed: 16 kB for each of its
	// [MaxChanges] entries.
	maxChangesReply = 16 << 20
)

// repetition tells when a question may be asked again after an error that
// came from the way to the gateway.
type repetition int

const (
	never    repetition = iota // not even if nothing was sent: the caller decides
	unsent                     // only if nothing was sent
	harmless                   // always: it changes nothing, or nothing more
)

// A question is asked again at most maxRepeats times, the first time after
// repeatAfter.
const (
	maxRepeats  = 2
	repeatAfter = 100 * time.Millisecond
)

// question is what is asked of a gateway in one exchange.
type question struct {
	method, path string
	values       url.Values
	repeat       repetition
	wait         time.Duration // for how long the gateway may keep its answer to itself
	limit        int64         // bytes of the reply; zero means maxReply
}

// reply is what came back, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// ask exchanges a question for its reply, again where that is safe. An error
// that is [ErrUnreachable] promises that nothing was sent; of a harmless
// question it speaks for the last try alone.
func (c *Client) ask(ctx context.Context, q question) (reply, error) {
	for n := range maxRepeats {
		r, err := c.exchange(ctx, q)
		if err == nil || ctx.Err() != nil || !q.mayRepeat(err) {
			return r, err
		}
		if !sleep(ctx, repeatAfter*time.Duration(1+2*n)) {
			return r, err
		}
	}
	return c.exchange(ctx, q)
}

// mayRepeat tells whether asking again is safe and may help. It does not where
// time ran out: a gateway that is slow is not made quicker by more questions.
func (q question) mayRepeat(err error) bool {
	var late interface{ Timeout() bool }
	switch {
	case errors.Is(err, errUnsendable), errors.Is(err, ErrUnreadable):
		return false
	case errors.As(err, &late) && late.Timeout():
		return false
	case q.repeat == unsent:
		return errors.Is(err, ErrUnreachable)
	}
	return q.repeat == harmless
}

// sleep waits for d and tells whether ctx let it.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// exchange asks once, as soon as a slot is free. The time limit counts from
// then.
func (c *Client) exchange(ctx context.Context, q question) (reply, error) {
	c.once.Do(c.setUp)
	slots := c.slots
	if q.wait > 0 {
		slots = c.waiting
	}
	if err := slots.take(ctx); err != nil {
		return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer slots.free()
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout+q.wait)
	defer cancel()
	sent := delivery{traced: c.traced}
	req, err := c.request(sent.trace(ctx), q)
	if err != nil {
		return reply{}, fmt.Errorf("%w: %w: %w", ErrUnreachable, errUnsendable, err)
	}
	q.at(faults.BeforeRequest)
	resp, err := c.own.Do(req)
	if err != nil {
		if sent.never(err) {
			return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		return reply{}, err
	}
	if resp.Header.Get(HeaderGateway) != "" {
		c.ours.Store(true)
	}
	r, err := q.read(resp)
	q.at(faults.AfterReply)
	return r, err
}

// at marks a moment of a question that changes something.
func (q question) at(p faults.Point) {
	if q.method != http.MethodGet {
		faults.At(p)
	}
}

// errUnsendable means that the Client's own settings cannot make a request.
var errUnsendable = errors.New("the request cannot be made")

func (c *Client) request(ctx context.Context, q question) (*http.Request, error) {
	target, body := strings.TrimRight(c.URL, "/")+q.path, io.Reader(nil)
	switch {
	case q.method == http.MethodPost:
		body = strings.NewReader(q.values.Encode())
	case q.values != nil:
		target += "?" + q.values.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, q.method, target, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if strings.ContainsFunc(c.Token, isControl) {
		return nil, errors.New("the token has a control character")
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	// The gateway closes the connection of who does not say this.
	req.Header.Set("Connection", "keep-alive")
	return req, nil
}

// read reads a reply to its end and closes it.
func (q question) read(resp *http.Response) (reply, error) {
	limit := q.limit
	if limit == 0 {
		limit = maxReply
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return reply{}, fmt.Errorf("read the reply: %w", err)
	}
	if int64(len(body)) > limit {
		return reply{}, fmt.Errorf("%w: it is longer than %d bytes", ErrUnreadable, limit)
	}
	return reply{status: resp.StatusCode, header: resp.Header, body: body}, nil
}

// setUp makes what the first exchange needs.
func (c *Client) setUp() {
	n := c.MaxConcurrent
	if n <= 0 {
		n = DefaultConcurrent
	}
	c.slots, c.waiting = make(slots, n), make(slots, n)
	c.own = newHTTP(c.HTTP, 2*n)
	_, c.traced = c.own.Transport.(*http.Transport)
	c.traced = c.traced || c.own.Transport == nil
}

// newHTTP returns the client to send with: a copy of given, or one that drops
// an idle connection before our gateway would, so that a request seldom meets
// one that is being closed. None follows a redirect: that could ask for a call
// twice, and hand the token to somebody else.
func newHTTP(given *http.Client, connections int) *http.Client {
	own := &http.Client{Transport: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		MaxIdleConns:        connections,
		MaxIdleConnsPerHost: connections,
		IdleConnTimeout:     30 * time.Second,
		DisableCompression:  true,
	}}
	if given != nil {
		*own = *given
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return own
}

// slots bound how many exchanges run at the same time: each holds one.
type slots chan struct{}

// take waits for a slot until ctx ends.
func (s slots) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) free() { <-s }

// delivery watches whether a request could have left this machine. The
// transport calls its hooks from goroutines of its own.
type delivery struct {
	traced           bool // the transport certainly calls them
	asked, connected atomic.Bool
}

func (d *delivery) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.connected.Store(true) },
	})
}

// never tells whether a request that failed with err was certainly not sent:
// it got no connection, or dialling failed.
func (d *delivery) never(err error) bool {
	if d.traced || d.asked.Load() {
		return !d.connected.Load()
	}
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
