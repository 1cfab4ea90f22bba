package gateway

import (
	"context"
	"fmt"
)

// Wait follows one call until it has ended and returns its status then: its
// last record is made, failed or expired. Retry, pending, in progress and every
// other word are no end ([AttemptState.Final]). It works as a [Follower] does,
// which is the better choice for many calls: each Wait hears of all changes at
// the gateway.
//
// A gateway that is away is waited for. The error is [ErrUnknownCall] where the
// call has no record any more, a [*RefusedError] or [ErrUnreadable] where an
// answer about it says nothing, and that of ctx; beside each stands the status
// seen last.
func (c *Client) Wait(ctx context.Context, id ReqID) (Status, error) {
	following, stop := context.WithCancel(ctx)
	defer stop()
	var last Status
	var about, away error
	f := Follower{Client: c}
	f.Add(id)
	f.Run(following, func(told ReqID, s Status, err error) {
		switch {
		case told == 0:
			away = err
			return
		case err == nil:
			last = s
		}
		about = err
		if err != nil || s.Final() {
			stop()
		}
	})
	switch {
	case last.Final():
		return last, nil
	case about != nil:
		return last, fmt.Errorf("wait for a call: %w", about)
	case away != nil:
		return last, fmt.Errorf("wait for a call: %w: %w", ctx.Err(), away)
	}
	return last, fmt.Errorf("wait for a call: %w", ctx.Err())
}
