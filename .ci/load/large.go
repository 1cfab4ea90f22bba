package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// fillers is how many goroutines fill the journal; the more there are, the
// more of them wait for the disk together.
const fillers = 512

// large measures a gateway whose journal holds a great many calls that wait.
func (b *bench) large(ctx context.Context) error {
	data := filepath.Join(b.work, "large")
	ids, filled, err := b.fill(ctx, data)
	if err != nil {
		return err
	}
	b.title("A journal of %d calls that wait, filled in %s (%.0f/s)", len(ids), short(filled), float64(len(ids))/filled.Seconds())
	b.line("", "first answer after", "memory then", "most", "checks the file for")
	g, err := b.start(ctx, data)
	if err != nil {
		return err
	}
	b.began(ctx, g, "start")
	if err := g.kill(); err != nil {
		return err
	}
	if g, err = b.start(ctx, data); err != nil {
		return err
	}
	b.began(ctx, g, "start after a kill")
	return errors.Join(b.lookUp(ctx, g, ids), b.acceptMore(ctx, g), g.end())
}

// began tells of a start, and waits for what goes on behind it.
func (b *bench) began(ctx context.Context, g *process, what string) {
	now, _ := g.memory()
	busy := g.settle(ctx)
	_, most := g.memory()
	b.line(what, g.started, now, most, busy)
}

// lookUp measures questions for the status of calls at random.
func (b *bench) lookUp(ctx context.Context, g *process, ids []gateway.ReqID) error {
	r, err := hammer(ctx, g, 16, b.seconds, func(c *conn) error {
		body, err := c.status(ids[rand.IntN(len(ids))])
		if err == nil && string(body) != "[]" {
			err = fmt.Errorf("a call that waits has the status %q", body)
		}
		return err
	})
	if err != nil {
		return err
	}
	b.title("Status of calls at random, 16 clients")
	b.line("questions/s", "p50", "p99")
	b.line(fmt.Sprintf("%.0f", r.perSecond()), r.each.at(.5), r.each.at(.99))
	return nil
}

func (b *bench) acceptMore(ctx context.Context, g *process) error {
	b.title("Call requests at that size")
	b.line("clients", "requests/s", "of one client", "p50", "p99")
	return b.acceptFrom(ctx, g, 1, 16, 64)
}

// fill makes the journal as the gateway itself would, without HTTP, and stops
// when it has taken too long.
func (b *bench) fill(ctx context.Context, data string) ([]gateway.ReqID, time.Duration, error) {
	journal, err := openJournal(ctx, data)
	if err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	var made requests
	var all sync.WaitGroup
	kept, errs := make([][]gateway.ReqID, fillers), make([]error, fillers)
	for i := range fillers {
		all.Go(func() {
			for n := i; n < b.records && errs[i] == nil && time.Since(begun) < b.filling; n += fillers {
				var id gateway.ReqID
				id, errs[i] = keep(ctx, journal, made.next(), begun)
				kept[i] = append(kept[i], id)
			}
		})
	}
	all.Wait()
	took := time.Since(begun)
	return slices.Concat(kept...), took, errors.Join(errors.Join(errs...), journal.Close()) //nolint:contextcheck // it is closed whatever becomes of ctx
}

func keep(ctx context.Context, journal *storage.Journal, r gateway.Request, now time.Time) (gateway.ReqID, error) {
	due := now.Add(r.CallTime + rand.N(time.Hour))
	job, err := journal.Accept(ctx, scheduler.Job{
		Request: r, Accepted: now, Due: due, FirstDue: due, Expires: now.Add(r.FirstOcc), State: scheduler.JobQueued,
	})
	return job.ID, err
}
