package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"rollcall/gateway"
)

// tomorrow is when calls are due that are not to be made while the gateway is
// measured.
const tomorrow = 24 * time.Hour

// requests makes call requests that differ, each with a reference, as our own
// client sends them.
type requests struct{ made atomic.Int64 }

func (r *requests) next() gateway.Request {
	n := r.made.Add(1)
	return gateway.Request{
		Info: "load", Text: "Hello.", Attendee: "Sam Sample",
		Phone:     gateway.Phone(fmt.Sprintf("+1212%07d", n)),
		Reference: gateway.Reference(fmt.Sprintf("load-%d", n)),
		CallTime:  tomorrow, FirstOcc: 2 * tomorrow,
	}
}

// accept measures how many calls a second are taken and kept.
func (b *bench) accept(ctx context.Context) error {
	b.title("Call requests, each answered when it is on the disk")
	b.line("clients", "requests/s", "of one client", "p50", "p99")
	g, err := b.start(ctx, filepath.Join(b.work, "accept"))
	if err != nil {
		return err
	}
	return errors.Join(b.acceptFrom(ctx, g, 1, 16, 64), g.end())
}

// acceptFrom asks g for calls, from so many clients at a time.
func (b *bench) acceptFrom(ctx context.Context, g *process, clients ...int) error {
	var made requests
	made.made.Store(time.Now().UnixMilli()) // other numbers than another run has
	alone := 0.0
	for _, n := range clients {
		r, err := hammer{clients: n, seconds: b.seconds}.run(ctx, g, func(c *conn) error {
			_, err := c.call(made.next())
			return err
		})
		if err != nil {
			return err
		}
		if alone == 0 {
			alone = r.perSecond()
		}
		b.line(n, fmt.Sprintf("%.0f", r.perSecond()), fmt.Sprintf("×%.1f", r.perSecond()/alone), r.each.at(.5), r.each.at(.99))
	}
	return nil
}
