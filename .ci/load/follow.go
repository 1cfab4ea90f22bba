package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"rollcall/gateway"
)

// pollers is how many connections ask for the status of calls.
const pollers = 16

// fullReply is how many changes the gateway tells at once.
const fullReply = 1000

// follower learns of ends. It is given the calls that have not ended, and
// notes when it knew of each.
type follower interface {
	fmt.Stringer
	follow(ctx context.Context, g *process, t *traffic, ids []gateway.ReqID) (map[gateway.ReqID]time.Time, error)
}

// nobody follows: only the end of all of them is waited for.
type nobody struct{}

func (nobody) String() string { return "nobody" }

func (nobody) follow(ctx context.Context, g *process, _ *traffic, ids []gateway.ReqID) (map[gateway.ReqID]time.Time, error) {
	c, err := g.connect(ctx, &traffic{})
	if err != nil {
		return nil, err
	}
	defer c.close()
	for _, id := range ids {
		for ends := false; !ends; {
			body, err := c.status(id)
			if err != nil {
				return nil, err
			}
			if ends = string(body) != "[]"; !ends {
				time.Sleep(time.Second)
			}
		}
	}
	return nil, ctx.Err()
}

// byFeed follows by the change feed, on one connection. After each answer that
// is not full it pauses, so that more has changed by the next one.
type byFeed struct{ pause time.Duration }

func (b byFeed) String() string { return fmt.Sprintf("change feed, pauses of %v", b.pause) }

func (b byFeed) follow(ctx context.Context, g *process, t *traffic, ids []gateway.ReqID) (map[gateway.ReqID]time.Time, error) {
	c, err := g.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	known := make(map[gateway.ReqID]time.Time, len(ids))
	for cursor := "0"; len(known) < len(ids); {
		body, err := c.get(fmt.Sprintf("%s?after=%s&wait=25", gateway.PathChanges, cursor))
		if err != nil {
			return nil, err
		}
		var news gateway.Changes
		if err := json.Unmarshal(body, &news); err != nil {
			return nil, err
		}
		now := time.Now()
		for _, one := range news.Changes {
			if _, twice := known[one.ReqID]; one.State == gateway.LookupDone && !twice {
				known[one.ReqID] = now
			}
		}
		cursor = news.Cursor
		if n := len(news.Changes); n > 0 && n < fullReply {
			time.Sleep(b.pause)
		}
	}
	return known, nil
}

// byStatus asks for the status of every call that has not ended, each time
// after a pause, as clients of the protocol do.
type byStatus struct{ every time.Duration }

func (b byStatus) String() string { return fmt.Sprintf("status of each, every %v", b.every) }

func (b byStatus) follow(ctx context.Context, g *process, t *traffic, ids []gateway.ReqID) (map[gateway.ReqID]time.Time, error) {
	var all sync.WaitGroup
	shares, errs := make([]map[gateway.ReqID]time.Time, pollers), make([]error, pollers)
	for i := range pollers {
		var own []gateway.ReqID
		for n := i; n < len(ids); n += pollers {
			own = append(own, ids[n])
		}
		all.Go(func() { shares[i], errs[i] = b.poll(ctx, g, t, own) })
	}
	all.Wait()
	known := make(map[gateway.ReqID]time.Time, len(ids))
	for _, share := range shares {
		maps.Copy(known, share)
	}
	return known, errors.Join(errs...)
}

func (b byStatus) poll(ctx context.Context, g *process, t *traffic, open []gateway.ReqID) (map[gateway.ReqID]time.Time, error) {
	c, err := g.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	known := make(map[gateway.ReqID]time.Time, len(open))
	for ctx.Err() == nil {
		next := time.Now().Add(b.every)
		var left []gateway.ReqID
		for _, id := range open {
			body, err := c.status(id)
			if err != nil {
				return nil, err
			}
			if string(body) == "[]" {
				left = append(left, id)
			} else {
				known[id] = time.Now()
			}
		}
		if open = left; len(open) == 0 {
			break
		}
		time.Sleep(time.Until(next))
	}
	return known, ctx.Err()
}
