package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// DefaultTimeout bounds one exchange with a gateway.
const DefaultTimeout = 30 * time.Second

// maxReply bounds what is read of a reply, in bytes. A status of a thousand
// attempts fits.
const maxReply = 1 << 20

// Client speaks the protocol to one gateway. The zero value but for URL is
// ready for use, by several goroutines; it must not be copied after that.
//
// No method ever asks for a call twice. [Client.Call] tells three failures
// apart: [ErrUnreachable], nothing was sent; a [*RefusedError], the gateway
// said no; [ErrInDoubt], it may have been accepted. The other methods may be
// called again after any error.
type Client struct {
	// URL is the gateway's root, such as "http://127.0.0.1:8155".
	URL string
	// HTTP sends the requests; redirects are never followed. Nil means a client
	// of its own, which keeps idle connections and uses no proxy.
	HTTP *http.Client
	// Timeout bounds one exchange; zero means [DefaultTimeout].
	Timeout time.Duration
	// Location is the gateway's zone, in which it writes times; nil means
	// [time.Local].
	Location *time.Location

	once sync.Once
	own  *http.Client
}

// Call asks for one call and returns its id.
func (c *Client) Call(ctx context.Context, r Request) (ReqID, error) {
	reply, err := c.do(ctx, http.MethodPost, PathCall, r.Values())
	switch {
	case errors.Is(err, ErrUnreachable):
		return 0, fmt.Errorf("request a call: %w", err)
	case err != nil:
		return 0, fmt.Errorf("request a call: %w: %w", ErrInDoubt, err)
	}
	id, err := ParseAccepted(reply.body)
	var refused *RefusedError
	switch {
	case err == nil:
		return id, nil
	case errors.As(err, &refused):
		return 0, fmt.Errorf("request a call: %w", err)
	case reply.status >= 400 && reply.status < 500 && reply.status != http.StatusRequestTimeout:
		return 0, fmt.Errorf("request a call: %w", &RefusedError{Reason: http.StatusText(reply.status)})
	}
	return 0, fmt.Errorf("request a call: %w: %w", ErrInDoubt, err)
}

// Status tells what came of a call. Our own gateway also tells of a try in
// progress.
func (c *Client) Status(ctx context.Context, id ReqID) (Status, error) {
	reply, err := c.do(ctx, http.MethodGet, PathStatus, url.Values{
		"reqid": {formatID(id)}, "progress": {"1"},
	})
	if err != nil {
		return Status{}, fmt.Errorf("ask for a call's status: %w", err)
	}
	loc := c.Location
	if loc == nil {
		loc = time.Local
	}
	s, err := ParseStatus(reply.body, loc)
	var refused *RefusedError
	switch {
	case err == nil:
	case errors.Is(err, ErrUnknownCall), errors.As(err, &refused):
		return Status{}, fmt.Errorf("ask for a call's status: %w", err)
	default:
		return Status{}, fmt.Errorf("ask for a call's status: %w: %w", ErrUnreadable, err)
	}
	s.Practice = reply.header.Get(HeaderLine) == LinePractice
	return s, nil
}

// Remove removes a call's record. A foreign gateway ignores the extensions in
// how. With IfQueued a call that was dialled is left alone and the error is a
// [*RefusedError].
func (c *Client) Remove(ctx context.Context, id ReqID, how Removal) error {
	v := url.Values{"reqid": {formatID(id)}}
	if how.IfQueued {
		v.Set("ifqueued", "1")
	}
	if how.Hangup {
		v.Set("hangup", "1")
	}
	reply, err := c.do(ctx, http.MethodPost, PathRemove, v)
	if err != nil {
		return fmt.Errorf("remove a call: %w", err)
	}
	if err := ParseRemoved(reply.body); err != nil {
		return fmt.Errorf("remove a call: %w", err)
	}
	return nil
}

// About asks the gateway for itself. One that is not ours yields Extended
// false and no error.
func (c *Client) About(ctx context.Context) (About, error) {
	var a About
	err := c.extended(ctx, http.MethodGet, PathAbout, &a)
	if errors.Is(err, ErrNotExtended) {
		return About{}, nil
	}
	if err != nil {
		return About{}, fmt.Errorf("ask the gateway about itself: %w", err)
	}
	a.Extended = true
	return a, nil
}

// Lookup tells what the gateway knows of ref, or [ErrNotExtended].
func (c *Client) Lookup(ctx context.Context, ref Reference) (Lookup, error) {
	var l Lookup
	if err := c.extended(ctx, http.MethodGet, PathReferences+url.PathEscape(string(ref)), &l); err != nil {
		return Lookup{}, fmt.Errorf("look up a reference: %w", err)
	}
	return l, nil
}

// Void withdraws ref unless it was dialled, and tells how it stands then. The
// error is [ErrNotExtended] where the gateway is not ours.
func (c *Client) Void(ctx context.Context, ref Reference) (Lookup, error) {
	var l Lookup
	if err := c.extended(ctx, http.MethodDelete, PathReferences+url.PathEscape(string(ref)), &l); err != nil {
		return Lookup{}, fmt.Errorf("void a reference: %w", err)
	}
	return l, nil
}

// extended asks an extension page and reads its JSON into answer.
func (c *Client) extended(ctx context.Context, method, path string, answer any) error {
	reply, err := c.do(ctx, method, path, nil)
	switch {
	case err != nil:
		return err
	case reply.header.Get(HeaderGateway) == "":
		return ErrNotExtended
	case reply.status != http.StatusOK:
		return &RefusedError{Reason: reply.refusal()}
	}
	if err := json.Unmarshal(reply.body, answer); err != nil {
		return fmt.Errorf("read the reply: %w", err)
	}
	return nil
}

// reply is what came back, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// refusal returns the words in which an extension page refused.
func (r reply) refusal() string {
	var said struct{ Error string }
	if err := json.Unmarshal(r.body, &said); err == nil && said.Error != "" {
		return said.Error
	}
	return http.StatusText(r.status)
}

// do exchanges one request for one reply. An error that is [ErrUnreachable]
// promises that nothing was sent.
func (c *Client) do(ctx context.Context, method, path string, v url.Values) (reply, error) {
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	var sent delivery
	req, err := c.request(sent.trace(ctx), method, path, v)
	if err != nil {
		return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	resp, err := c.client().Do(req)
	if err != nil {
		if sent.never(err) {
			return reply{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		return reply{}, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return reply{}, fmt.Errorf("read the reply: %w", err)
	}
	if len(body) > maxReply {
		return reply{}, fmt.Errorf("%w: it is longer than %d bytes", ErrUnreadable, maxReply)
	}
	return reply{status: resp.StatusCode, header: resp.Header, body: body}, nil
}

func (c *Client) request(ctx context.Context, method, path string, v url.Values) (*http.Request, error) {
	target, body := strings.TrimRight(c.URL, "/")+path, io.Reader(nil)
	switch {
	case method == http.MethodPost:
		body = strings.NewReader(v.Encode())
	case v != nil:
		target += "?" + v.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	// The gateway closes the connection of who does not say this.
	req.Header.Set("Connection", "keep-alive")
	return req, nil
}

// client returns the HTTP client to use. Its own drops an idle connection
// before our gateway would, so that a request seldom meets one that is being
// closed. None follows a redirect: that could ask for a call twice.
func (c *Client) client() *http.Client {
	c.once.Do(func() {
		c.own = &http.Client{Transport: &http.Transport{
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			MaxIdleConns:        32,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     30 * time.Second,
			DisableCompression:  true,
		}}
		if c.HTTP != nil {
			*c.own = *c.HTTP
		}
		c.own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	})
	return c.own
}

// delivery watches whether a request could have left this machine. The
// transport calls its hooks from goroutines of its own.
type delivery struct {
	asked, connected atomic.Bool
}

func (d *delivery) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.connected.Store(true) },
	})
}

// never tells whether a request that failed with err was certainly not sent:
// it asked for a connection and got none, or dialling failed.
func (d *delivery) never(err error) bool {
	if d.asked.Load() {
		return !d.connected.Load()
	}
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

func formatID(id ReqID) string { return strconv.FormatInt(int64(id), 10) }
