package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rollcall/gateway"
)

// large measures a gateway whose journal holds a great many calls that wait.
func (b *bench) large(ctx context.Context) error {
	data := filepath.Join(b.work, "large")
	first, filled, err := b.fill(ctx, data)
	if err != nil {
		return err
	}
	config := filepath.Join(b.work, "large.toml")
	if err := os.WriteFile(config, []byte("max_queue = 10000000\n"), 0o600); err != nil {
		return err
	}
	b.title("A journal of %d calls that wait, copied from one in %s", b.records, short(filled))
	b.line("", "first answer after", "memory then", "most", "busy after it for")
	g, err := b.start(ctx, data, "--config", config)
	if err != nil {
		return err
	}
	b.began(ctx, g, "start")
	if err := g.kill(); err != nil {
		return err
	}
	if g, err = b.start(ctx, data, "--config", config); err != nil {
		return err
	}
	b.began(ctx, g, "start after a kill")
	return errors.Join(b.lookUp(ctx, g, first), b.acceptMore(ctx, g), g.end())
}

// began tells of a start, and waits for what goes on behind it.
func (b *bench) began(ctx context.Context, g *process, what string) {
	now, _ := g.memory()
	busy := g.settle(ctx)
	_, most := g.memory()
	b.line(what, g.started, now, most, busy)
}

// lookUp measures questions for the status of calls at random: as fast as they
// are answered, and as many as the calls of a busy day make. Questions that
// name no call are answered without the journal: what those take is taken by
// the machine and by HTTP.
func (b *bench) lookUp(ctx context.Context, g *process, first gateway.ReqID) error {
	b.title("Status of calls at random, 16 clients")
	b.line("", "questions/s", "p50", "p99", "p99.9")
	for _, pause := range []time.Duration{0, 16 * time.Millisecond} {
		for _, question := range []struct {
			name string
			id   func() gateway.ReqID
			want string
		}{
			{"of a call", func() gateway.ReqID { return first + gateway.ReqID(rand.IntN(b.records)) }, "[]"},
			{"of none", func() gateway.ReqID { return 0 }, "ERROR"},
		} {
			r, err := hammer{clients: 16, pause: pause, seconds: b.seconds}.run(ctx, g, func(c *conn) error {
				body, err := c.status(question.id())
				if err == nil && !strings.HasPrefix(string(body), question.want) {
					err = fmt.Errorf("the status %s is %q", question.name, body)
				}
				return err
			})
			if err != nil {
				return err
			}
			b.line(fmt.Sprintf("%s, pauses of %v", question.name, pause), fmt.Sprintf("%.0f", r.perSecond()), r.each.at(.5), r.each.at(.99), r.each.at(.999))
		}
	}
	return nil
}

func (b *bench) acceptMore(ctx context.Context, g *process) error {
	b.title("Call requests at that size")
	b.line("clients", "requests/s", "of one client", "p50", "p99")
	return b.acceptFrom(ctx, g, 1, 16, 64)
}
