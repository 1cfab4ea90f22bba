package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// phase is one run of the campaign, as it was asked for.
type phase struct {
	lines       int
	rate        float64
	began, over time.Time
	dials       int // by all gateways when it was over
}

// death is what a gateway was doing when it was killed.
type death struct {
	gateway string
	at      time.Time
	open    int // calls that were accepted and had not ended
}

// Shares of the dials at which something happens.
const (
	pauseAt = 0.2
	killAt  = 0.5
)

// stage is what is played on.
type stage struct {
	*siege
	a, b *gatewayAt
	run  *process
	all  int // dials to expect
}

// play lives through the siege, from the start of the gateways to their end.
func (s *siege) play(ctx context.Context) error {
	flow, err := os.ReadFile(filepath.Join("assets", "samples", "reminder.vxml"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.data("flow.vxml"), flow, 0o600); err != nil {
		return err
	}
	if s.exempt, err = clockRules(); err != nil {
		return err
	}
	on := stage{siege: s}
	for _, p := range s.people {
		on.all += len(p.expect(s.hours, s.began).dials)
	}
	defer on.clear()
	if on.a, err = s.newGateway(ctx, "a"); err != nil {
		return err
	}
	if on.b, err = s.newGateway(ctx, "b"); err != nil {
		return err
	}
	for _, act := range []func(context.Context) error{on.interrupted, on.killed, on.toTheEnd, on.onceMore, on.closed} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

// clear ends what is left of the programs.
func (on *stage) clear() {
	on.run.abandon()
	for _, g := range []*gatewayAt{on.a, on.b} {
		if g != nil && len(g.lives) > 0 {
			g.last().abandon()
		}
	}
}

// interrupted is a run that somebody ends by Ctrl-C.
func (on *stage) interrupted(ctx context.Context) error {
	if err := on.begin(ctx, phase{lines: on.lines, rate: on.rate}); err != nil {
		return err
	}
	if err := on.reach(ctx, pauseAt); err != nil {
		return err
	}
	if err := on.run.stop(syscall.SIGINT); err != nil {
		return err
	}
	return on.ended(ctx, 130)
}

// killed is that the second gateway dies while a run with more lines goes on,
// and mostly comes back.
func (on *stage) killed(ctx context.Context) error {
	if err := on.begin(ctx, phase{lines: 2 * on.lines, rate: 2 * on.rate}); err != nil {
		return err
	}
	if err := on.reach(ctx, killAt); err != nil {
		return err
	}
	if err := on.b.last().stop(syscall.SIGKILL); err != nil {
		return err
	}
	died := death{gateway: on.b.name, at: time.Now()}
	var err error
	if died.open, err = openCalls(ctx, on.data(on.b.name), on.data("death")); err != nil {
		return err
	}
	on.deaths = append(on.deaths, died)
	fmt.Printf("killed gateway b with %d calls under way\n", died.open)
	if on.gone {
		return nil
	}
	time.Sleep(3 * time.Second) // the run goes on meanwhile
	return on.live(ctx, on.b)
}

// toTheEnd is that the run ends by itself, because who is left waits too long.
func (on *stage) toTheEnd(ctx context.Context) error {
	select {
	case <-on.run.ended:
	case <-ctx.Done():
		return ctx.Err()
	}
	return on.ended(ctx, 0)
}

// onceMore is the same command again, when nobody is left who may be called.
func (on *stage) onceMore(ctx context.Context) error {
	before, err := on.dials(ctx)
	if err != nil {
		return err
	}
	if err := on.begin(ctx, phase{lines: on.lines, rate: on.rate}); err != nil {
		return err
	}
	if err := on.toTheEnd(ctx); err != nil {
		return err
	}
	after, err := on.dials(ctx)
	if err == nil && after != before {
		err = fmt.Errorf("the same command again dialled %d times, though nobody was left", after-before)
	}
	if err == nil {
		on.waiting, err = on.saidWaiting()
	}
	return err
}

// closed is the end of the gateways.
func (on *stage) closed(context.Context) error {
	for _, g := range []*gatewayAt{on.a, on.b} {
		if on.gone && g == on.b {
			continue
		}
		if err := g.last().stop(syscall.SIGINT); err != nil {
			return err
		}
		if err := g.last().err; err != nil {
			return fmt.Errorf("gateway %s did not end well: %w", g.name, err)
		}
	}
	for _, g := range []*gatewayAt{on.a, on.b} {
		for _, p := range g.lives {
			fmt.Printf("gateway %s: %.1f s of processor, %d MiB at most\n", g.name, p.cpu().Seconds(), p.memory())
		}
	}
	return nil
}

// begin starts the command.
func (on *stage) begin(ctx context.Context, ph phase) (err error) {
	ph.began = time.Now()
	on.phases = append(on.phases, ph)
	on.run, err = on.call(ctx, ph, on.a, on.b)
	return err
}

// ended looks at how a run has ended.
func (on *stage) ended(ctx context.Context, status int) error {
	ph := &on.phases[len(on.phases)-1]
	ph.over = time.Now()
	if got := on.run.cmd.ProcessState.ExitCode(); got != status {
		return fmt.Errorf("the run ended with status %d, want %d; see %s", got, status, on.run.log.Name())
	}
	var err error
	if ph.dials, err = on.dials(ctx); err != nil {
		return err
	}
	took, before := ph.over.Sub(ph.began), 0
	if len(on.phases) > 1 {
		before = on.phases[len(on.phases)-2].dials
	}
	fmt.Printf("run %d, %d lines, %.0f calls a second at most: %d dials in %.1f s (%.0f a second), %.1f s of processor, %d MiB at most, status %d\n",
		len(on.phases), ph.lines, ph.rate, ph.dials-before, took.Seconds(), float64(ph.dials-before)/took.Seconds(), on.run.cpu().Seconds(), on.run.memory(), status)
	return nil
}

// reach waits until a share of all dials was made.
func (on *stage) reach(ctx context.Context, share float64) error {
	for {
		n, err := on.dials(ctx)
		switch {
		case err != nil:
			return err
		case float64(n) >= share*float64(on.all):
			return nil
		case on.run.over():
			return fmt.Errorf("the run ended after %d of %d dials; see %s", n, on.all, on.run.log.Name())
		case ctx.Err() != nil:
			return ctx.Err()
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// dials is how often the gateways have dialled.
func (on *stage) dials(ctx context.Context) (int, error) {
	sum := 0
	var errs []error
	for _, g := range []*gatewayAt{on.a, on.b} {
		errs = append(errs, query(ctx, filepath.Join(on.data(g.name), journalFile), `SELECT coalesce(max(id), 0) FROM dials`, func(scan scanner) error {
			n := 0
			err := scan(&n)
			sum += n
			return err
		}))
	}
	return sum, errors.Join(errs...)
}
