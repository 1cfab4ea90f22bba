package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"rollcall/gateway"
)

// separately plays a round in two processes: the campaign dies at its boundary
// number run, the gateway at its boundary number gate, neither if it is zero;
// both live after that.
func (c crash) separately(ctx context.Context, run, gate int) (deaths, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	c.url = "http://" + address
	kept, end := context.WithCancel(ctx)
	defer end()
	var fallen deaths
	ended := make(chan error, 1)
	go func() {
		var err error
		fallen, err = c.keep(kept, address, gate)
		ended <- err
	}()
	all, err := c.call(ctx, run)
	end()
	err = errors.Join(err, <-ended)
	all = append(all, fallen...)
	if err == nil {
		err = c.verify(ctx)
	}
	return all, err
}

// call runs the campaign until it comes to its end.
func (c crash) call(ctx context.Context, at int) (all deaths, err error) {
	for n := 0; ; n++ {
		if err := c.answers(ctx); err != nil {
			return all, err
		}
		d, err := c.life(ctx, "run", n, at, c.runs()...)
		if err != nil || d == "" {
			return all, err
		}
		all, at = append(all, d), 0
		if err := c.instant(ctx, c.campaigns(true), c.journal(false)); err != nil {
			return all, fmt.Errorf("when the campaign died (%s): %w", d, err)
		}
	}
}

// keep starts the gateway again when it has died, until ctx ends; it may die
// at its end too.
func (c crash) keep(ctx context.Context, address string, at int) (all deaths, err error) {
	for n := 0; ctx.Err() == nil; n++ {
		d, err := c.life(ctx, "gateway", n, at, "gateway", "--listen", address, "--data", c.calls(),
			"--lines", "8", "--practice-speed", strconv.Itoa(c.speed))
		switch {
		case errors.Is(err, errNotBegun) && ctx.Err() != nil, err == nil && d == "" && ctx.Err() != nil:
			return all, nil
		case err == nil && d == "":
			err = errors.New("the gateway ended, and nobody had asked it to")
		}
		if err != nil {
			return all, err
		}
		all, at = append(all, d), 0
		if err := c.instant(context.WithoutCancel(ctx), c.campaigns(false), c.journal(true)); err != nil {
			return all, fmt.Errorf("when the gateway died (%s): %w", d, err)
		}
	}
	return all, nil
}

// answers waits until the gateway does.
func (c crash) answers(ctx context.Context) error {
	for ctx.Err() == nil {
		if _, err := (&gateway.Client{URL: c.url}).About(ctx); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("the gateway did not answer: %w", context.Cause(ctx))
}

// freeAddress is one on which nobody listens.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
