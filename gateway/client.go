package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// This file is the Client and the protocol's three pages; exchange.go is how a
// question is sent, extension.go the pages that only our gateway has.

// DefaultTimeout bounds one exchange with a gateway, and DefaultConcurrent how
// many run at the same time, unless the Client says otherwise.
const (
	DefaultTimeout    = 30 * time.Second
	DefaultConcurrent = 16
)

// resolveTimeout bounds how long a call in doubt is asked after.
const resolveTimeout = 10 * time.Second

// Client speaks the protocol to one gateway. The zero value but for URL is
// ready for use, by several goroutines; it must not be copied after that, nor
// its fields be changed.
//
// No method ever asks for a call twice. [Client.Call] tells three failures
// apart: [ErrUnreachable], nothing was sent; a [*RefusedError], the gateway
// said no; [ErrInDoubt], it may have been accepted. The other methods may be
// called again after any error. Those that only ask do so themselves, at most
// twice, where the way to the gateway broke down; not where time ran out.
type Client struct {
	// URL is the gateway's root, such as "http://127.0.0.1:8155".
	URL string
	// Token is the secret that a gateway of ours on another machine asks for.
	// It is sent with every request, and empty sends none.
	Token string
	// HTTP sends the requests; redirects are never followed. Nil means a client
	// of its own, which keeps idle connections and uses no proxy. Its own
	// Timeout, if any, must leave room for [MaxWait].
	HTTP *http.Client
	// Timeout bounds one exchange; zero means [DefaultTimeout].
	Timeout time.Duration
	// MaxConcurrent is how many exchanges run at the same time; further ones
	// wait for their turn or the end of their context. Zero means
	// [DefaultConcurrent]. Questions that the gateway may keep waiting
	// ([Client.Changes]) are counted by themselves, and as many may run.
	MaxConcurrent int
	// Location is the gateway's zone, in which it writes times; nil means
	// [time.Local].
	Location *time.Location

	once           sync.Once
	own            *http.Client
	traced         bool // own's transport tells when it has a connection
	slots, waiting slots
	ours           atomic.Bool // a reply had [HeaderGateway]
}

// LogValue is the gateway's address alone: logs never tell the token.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.URL) }

// Call asks for one call and returns its id. It sends the request once, never
// again. Where that leaves a doubt, the request has a Reference and an earlier
// reply has shown that the gateway is ours, the gateway is asked whether it
// knows the reference: it may answer that it does, and then so does Call.
func (c *Client) Call(ctx context.Context, r Request) (ReqID, error) {
	id, err := c.call(ctx, r)
	if errors.Is(err, ErrInDoubt) {
		if found := c.resolve(ctx, r.Reference); found != 0 {
			return found, nil
		}
	}
	if err != nil {
		return 0, fmt.Errorf("request a call: %w", err)
	}
	return id, nil
}

func (c *Client) call(ctx context.Context, r Request) (ReqID, error) {
	reply, err := c.ask(ctx, question{method: http.MethodPost, path: PathCall, values: r.Values(), repeat: never})
	switch {
	case errors.Is(err, ErrUnreachable):
		return 0, err
	case err != nil:
		return 0, fmt.Errorf("%w: %w", ErrInDoubt, err)
	}
	id, err := ParseAccepted(reply.body)
	var refused *RefusedError
	switch {
	case err == nil:
		return id, nil
	case errors.As(err, &refused):
		return 0, err
	case reply.status >= 400 && reply.status < 500 && reply.status != http.StatusRequestTimeout:
		return 0, &RefusedError{Reason: http.StatusText(reply.status)}
	}
	return 0, fmt.Errorf("%w: %w", ErrInDoubt, err)
}

// resolve returns the id that our gateway gave for ref, or zero. That the
// reference is not known settles nothing: the request may still be on its way.
func (c *Client) resolve(ctx context.Context, ref Reference) ReqID {
	if ref == "" || !c.ours.Load() || ctx.Err() != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, resolveTimeout)
	defer cancel()
	found, err := c.Lookup(ctx, ref)
	if err != nil || found.State == LookupVoided || found.State == LookupUnknown {
		return 0
	}
	return found.ReqID
}

// Status tells what came of a call. Our own gateway also tells of a try in
// progress.
func (c *Client) Status(ctx context.Context, id ReqID) (Status, error) {
	reply, err := c.ask(ctx, question{
		method: http.MethodGet, path: PathStatus, repeat: harmless,
		values: url.Values{"reqid": {formatID(id)}, "progress": {"1"}},
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
	s.Practice = reply.practice()
	return s, nil
}

// Remove removes a call's record. A foreign gateway ignores the extensions in
// how. With IfQueued a call that was dialled is left alone and the error is a
// [*RefusedError].
//
// It is asked again only where nothing was sent. A removal whose reply was lost
// may have been done, and its repetition would then answer [ErrUnknownCall], as
// if there never had been a record; so the caller gets the error that happened
// and knows whether the difference matters. It is a POST because Go's transport
// repeats a GET by itself when a connection it has kept turns out to be dead.
func (c *Client) Remove(ctx context.Context, id ReqID, how Removal) error {
	v := url.Values{"reqid": {formatID(id)}}
	if how.IfQueued {
		v.Set("ifqueued", "1")
	}
	if how.Hangup {
		v.Set("hangup", "1")
	}
	reply, err := c.ask(ctx, question{method: http.MethodPost, path: PathRemove, values: v, repeat: unsent})
	if err != nil {
		return fmt.Errorf("remove a call: %w", err)
	}
	if err := ParseRemoved(reply.body); err != nil {
		return fmt.Errorf("remove a call: %w", err)
	}
	return nil
}

func formatID(id ReqID) string { return strconv.FormatInt(int64(id), 10) }
