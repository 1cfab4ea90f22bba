package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// rate is what came of asking for a while.
type rate struct {
	asked int
	took  time.Duration
	each  durations
}

func (r rate) perSecond() float64 { return float64(r.asked) / r.took.Seconds() }

// durations are sorted.
type durations []time.Duration

// at is the duration that a share of them does not exceed.
func (d durations) at(share float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[min(len(d)-1, int(share*float64(len(d))))]
}

func (d durations) mean() time.Duration {
	var sum time.Duration
	for _, one := range d {
		sum += one
	}
	return sum / time.Duration(max(1, len(d)))
}

// hammer asks from so many clients at the same time, each on a connection of
// its own, for so many seconds after a moment that is not counted.
type hammer struct {
	clients int
	pause   time.Duration // of each client after an answer, in the mean
	seconds float64
}

func (h hammer) run(ctx context.Context, g *process, ask func(c *conn) error) (rate, error) {
	var all sync.WaitGroup
	took, errs := make([]durations, h.clients), make([]error, h.clients)
	counted := time.Now().Add(300 * time.Millisecond)
	until := counted.Add(time.Duration(h.seconds * float64(time.Second)))
	for i := range h.clients {
		all.Go(func() {
			c, err := g.connect(ctx, &traffic{})
			if err != nil {
				errs[i] = err
				return
			}
			defer c.close()
			took[i], errs[i] = h.askOn(ctx, c, until, ask)
		})
	}
	all.Wait()
	r := rate{took: until.Sub(counted)}
	r.each = slices.Concat(took...)
	slices.Sort(r.each)
	r.asked = len(r.each)
	return r, errors.Join(errs...)
}

// askOn asks on one connection, and returns how long each answer took that
// came in the time that is counted.
func (h hammer) askOn(ctx context.Context, c *conn, until time.Time, ask func(c *conn) error) (durations, error) {
	var took durations
	from := until.Add(-time.Duration(h.seconds * float64(time.Second)))
	for ctx.Err() == nil {
		begun := time.Now()
		if err := ask(c); err != nil {
			return nil, err
		}
		now := time.Now()
		if now.After(until) {
			return took, nil
		}
		if now.After(from) {
			took = append(took, now.Sub(begun))
		}
		time.Sleep(time.Duration(rand.ExpFloat64() * float64(h.pause))) // strangers do not ask in step
	}
	return nil, ctx.Err()
}

// short writes a duration in three digits.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	default:
		return fmt.Sprintf("%.2f ms", d.Seconds()*1e3)
	}
}
