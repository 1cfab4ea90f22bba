package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// This file is the pages that only our own gateway has: see doc.go. Nothing
// else in this package needs them.

// About asks the gateway for itself. One that is not ours yields Extended
// false and no error.
func (c *Client) About(ctx context.Context) (About, error) {
	var a About
	_, err := c.extended(ctx, question{method: http.MethodGet, path: PathAbout, repeat: harmless}, &a)
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
	l, err := c.reference(ctx, http.MethodGet, ref, harmless)
	if err != nil {
		return Lookup{}, fmt.Errorf("look up a reference: %w", err)
	}
	return l, nil
}

// Void withdraws ref unless it was dialled, and tells how it stands then. The
// error is [ErrNotExtended] where the gateway is not ours. After an error other
// than that and [ErrUnreachable] it may have been withdrawn; asking again tells.
func (c *Client) Void(ctx context.Context, ref Reference) (Lookup, error) {
	l, err := c.reference(ctx, http.MethodDelete, ref, unsent)
	if err != nil {
		return Lookup{}, fmt.Errorf("void a reference: %w", err)
	}
	return l, nil
}

func (c *Client) reference(ctx context.Context, method string, ref Reference, again repetition) (Lookup, error) {
	var l Lookup
	q := question{method: method, path: PathReferences + url.PathEscape(string(ref)), repeat: again}
	if _, err := c.extended(ctx, q, &l); err != nil {
		return Lookup{}, err
	}
	return l, nil
}

// Changes tells which calls of this gateway have changed after cursor, those
// of other clients included, and the cursor to go on with. An empty cursor
// stands for now. Where nothing has changed the gateway keeps its answer until
// something does, for at most wait, in whole seconds up to [MaxWait]; so long
// an exchange may take on top of the Client's Timeout. The error is
// [ErrNotExtended] where the gateway is not ours, or older than the feed.
// Whoever follows calls uses a [Follower].
func (c *Client) Changes(ctx context.Context, cursor string, wait time.Duration) (Changes, error) {
	wait = min(max(wait, 0), MaxWait)
	seconds := (wait + time.Second - 1) / time.Second
	v := url.Values{"wait": {strconv.FormatInt(int64(seconds), 10)}}
	if cursor != "" {
		v.Set("after", cursor)
	}
	var changes Changes
	reply, err := c.extended(ctx, question{
		method: http.MethodGet, path: PathChanges, values: v, repeat: harmless,
		wait: seconds * time.Second, limit: maxChangesReply,
	}, &changes)
	if err != nil {
		return Changes{}, fmt.Errorf("ask for changes: %w", err)
	}
	changes.Practice = reply.practice()
	return changes, nil
}

// checked is an answer in JSON that can tell whether it makes sense.
type checked interface{ check() error }

// extended asks an extension page and reads its JSON into answer.
func (c *Client) extended(ctx context.Context, q question, answer checked) (reply, error) {
	r, err := c.ask(ctx, q)
	switch {
	case err != nil:
		return reply{}, err
	case r.header.Get(HeaderGateway) == "", r.status == http.StatusNotFound:
		return reply{}, ErrNotExtended
	case r.status != http.StatusOK:
		return reply{}, &RefusedError{Reason: r.refusal()}
	}
	err = json.Unmarshal(r.body, answer)
	if err == nil {
		err = answer.check()
	}
	if err != nil {
		return reply{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return r, nil
}

// practice tells whether the gateway said that no phone rings.
func (r reply) practice() bool { return r.header.Get(HeaderLine) == LinePractice }

// refusal returns the words in which an extension page refused.
func (r reply) refusal() string {
	var said struct{ Error string }
	if err := json.Unmarshal(r.body, &said); err == nil && said.Error != "" {
		return strings.TrimSpace(strings.Map(printable, said.Error))
	}
	return http.StatusText(r.status)
}

func (a *About) check() error {
	if a.Lines < 0 || a.Busy < 0 {
		return errors.New("a number of lines is below zero")
	}
	a.Version = strings.Map(printable, a.Version)
	return nil
}

func (l *Lookup) check() error {
	switch l.State {
	case LookupUnknown, LookupVoided, LookupQueued, LookupCalling, LookupDone:
	default:
		return fmt.Errorf("a reference cannot be %q", l.State)
	}
	if l.ReqID < 0 {
		return errors.New("an id is below zero")
	}
	return nil
}

// maxCursor is how long a cursor may be, in bytes: it is sent back in an
// address.
const maxCursor = 200

func (c *Changes) check() error {
	switch {
	case c.Cursor == "" || len(c.Cursor) > maxCursor:
		return errors.New("the changes have no usable cursor")
	case len(c.Changes) > MaxChanges:
		return fmt.Errorf("there are more than %d changes", MaxChanges)
	}
	seen := make(map[ReqID]bool, len(c.Changes))
	for _, change := range c.Changes {
		if change.ReqID <= 0 || seen[change.ReqID] {
			return errors.New("the changes do not name each call once")
		}
		seen[change.ReqID] = true
		switch change.State {
		case LookupQueued, LookupCalling, LookupDone, LookupUnknown:
		default:
			return fmt.Errorf("a call cannot be %q", change.State)
		}
	}
	return nil
}
