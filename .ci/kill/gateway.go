package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// calls is how many orders a round has.
	calls = 600
	// clients send them at the same time.
	clients = 16
	// longestRound is when a gateway round is given up, which has nothing to
	// wait for but seconds.
	longestRound = 50 * time.Second
)

// siege is a round against the gateway alone.
type siege struct {
	round
	at     desk
	orders []*order
	placed atomic.Int64
	sent   chan struct{} // closed when the clients have ended
	deaths []death
}

// serve plays a round: clients ask for calls while the gateway is killed, then
// it may finish, is asked once more how each call ended, and ends.
func (r round) serve() (string, error) {
	begun := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), longestRound)
	defer cancel()
	s := &siege{round: r, orders: newOrders(r.random, calls), sent: make(chan struct{})}
	moments := s.moments()
	var sending error
	go func() {
		defer close(s.sent)
		sending = s.send(ctx, client.work)
	}()
	err := s.play(ctx, moments)
	if err != nil {
		cancel()
	}
	<-s.sent
	if err := errors.Join(err, sending); err != nil {
		return "", err
	}
	found, err := s.verify(ctx)
	return fmt.Sprintf("killed %d times in %.1f s; %s", len(moments), time.Since(begun).Seconds(), found), err
}

// moment is when to kill: some time after so many orders were placed, or, with
// none, after the start of the process.
type moment struct {
	placed int64
	after  time.Duration
}

// moments are 2 and more of them, as they come. One in four falls into a
// start, and some of the others when all orders are placed and calls go on.
func (s *siege) moments() []moment {
	list := make([]moment, 2+s.random.IntN(max(1, s.kills-1)))
	for i := range list {
		list[i] = moment{placed: 1 + s.random.Int64N(calls*4/3), after: time.Duration(s.random.Int64N(int64(20 * time.Millisecond)))}
		if list[i].placed > calls {
			list[i] = moment{placed: calls, after: time.Duration(s.random.Int64N(int64(400 * time.Millisecond)))}
		}
	}
	slices.SortFunc(list, func(a, b moment) int { return int(a.placed - b.placed) })
	for i := range list {
		if s.random.IntN(4) == 0 {
			list[i] = moment{after: time.Duration(s.random.Int64N(int64(200 * time.Millisecond)))}
		}
	}
	return list
}

// play lives through the moments, and a last life that is not cut short.
func (s *siege) play(ctx context.Context, moments []moment) error {
	for _, m := range moments {
		if err := s.live(ctx, m); err != nil {
			return err
		}
	}
	p, err := s.begin(ctx, &s.at)
	if err != nil {
		return err
	}
	err = s.finish(ctx)
	return errors.Join(err, p.end(&s.at))
}

// live is one life of the gateway. What it was doing at its death is looked
// at before the next one.
func (s *siege) live(ctx context.Context, m moment) error {
	p, err := s.begin(ctx, &s.at)
	if err != nil {
		return err
	}
	for s.placed.Load() < m.placed && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(m.after)
	if err := p.kill(&s.at); err != nil {
		return err
	}
	d, err := examine(ctx, s.folder, filepath.Join(s.folder, fmt.Sprintf("death-%d", len(s.deaths)+1)))
	s.deaths = append(s.deaths, d)
	return err
}

// finish waits until everything is placed and nothing is left to dial, then
// has the clients ask how it ended.
func (s *siege) finish(ctx context.Context) error {
	select {
	case <-s.sent:
	case <-ctx.Done():
		return fmt.Errorf("%d of %d orders were placed: %w", s.placed.Load(), len(s.orders), ctx.Err())
	}
	for {
		open, err := unsettled(ctx, s.folder)
		if err != nil {
			return err
		}
		if open == 0 {
			return s.send(ctx, client.followAll)
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%d calls do not end: %w", open, ctx.Err())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// send has the clients do their work at the same time, each on orders of its
// own.
func (s *siege) send(ctx context.Context, work func(client, context.Context) error) error {
	var all sync.WaitGroup
	errs := make([]error, clients)
	for i := range errs {
		c := client{at: &s.at, done: func() { s.placed.Add(1) }}
		for n := i; n < len(s.orders); n += clients {
			c.orders = append(c.orders, s.orders[n])
		}
		all.Go(func() { errs[i] = work(c, ctx) })
	}
	all.Wait()
	return errors.Join(errs...)
}
