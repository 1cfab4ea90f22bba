package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// longestCrash is when a round at a boundary is given up.
const longestCrash = 90 * time.Second

// crash is a round in which the program dies at boundaries.
type crash struct {
	program string
	folder  string // for the files of the round
	speed   int
	random  *rand.Rand
	url     string // of the gateway, if that is another process
	people  int
}

// deaths are the boundaries at which processes died.
type deaths []string

func (c crash) data() string   { return filepath.Join(c.folder, "data") }
func (c crash) report() string { return filepath.Join(c.folder, "report.xlsx") }

// rings is where the practice line writes which numbers it was asked for.
func (c crash) rings() string { return filepath.Join(c.folder, "rings") }

// calls is the folder of the gateway's journal.
func (c crash) calls() string {
	if c.url != "" {
		return filepath.Join(c.folder, "gateway")
	}
	return c.data()
}

// together plays a round in one process: it dies at its boundary number at,
// in every other round at another one of the next life, and lives at last.
// boundaries is how many one undisturbed life has.
func (c crash) together(ctx context.Context, at, boundaries int) (deaths, error) {
	fatal := []int{at}
	if c.random.IntN(2) == 0 {
		fatal = append(fatal, 1+c.random.IntN(max(60, boundaries-at)))
	}
	var all deaths
	for n, at := range append(fatal, 0) {
		d, err := c.life(ctx, "run", n, at, c.runs()...)
		if err != nil {
			return all, err
		}
		if d == "" {
			break
		}
		all = append(all, d)
		if err := c.instant(ctx, c.campaigns(true), c.journal(true)); err != nil {
			return all, fmt.Errorf("at death %d (%s): %w", n+1, d, err)
		}
	}
	return all, c.verify(ctx)
}

// verify compares the witnesses after the end.
func (c crash) verify(ctx context.Context) error {
	_, err := verify(ctx, witnesses{folder: c.data(), gateway: c.calls(), report: c.report(), people: c.people})
	return errors.Join(err, c.instant(ctx, c.campaigns(true), c.journal(true)))
}

// runs is the command that calls the list.
func (c crash) runs() []string {
	args := []string{
		"run", "--list", "list.csv", "--flow", "flow.vxml", "--hours", "0-24", "--region", "US", "--zone", "America/New_York",
		"--practice-speed", strconv.Itoa(c.speed), "--lines", "8", "--data", c.data(), "--report", c.report(),
	}
	if c.url != "" {
		args = append(args, "--gateway", c.url)
	}
	return args
}

// errNotBegun means that a process could not be started.
var errNotBegun = errors.New("not begun")

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// life is life n of a process, which dies at its boundary number at, or lives
// if that is zero. It returns the boundary at which it died, and none where it
// came to its own end, which must be a good one.
func (c crash) life(ctx context.Context, name string, n, at int, args ...string) (string, error) {
	var said bytes.Buffer
	trace := filepath.Join(c.folder, fmt.Sprintf("%s-%d", name, n))
	cmd := exec.CommandContext(ctx, c.program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.folder, &said, &said
	cmd.Env = append(os.Environ(), "ROLLCALL_DIE_AT="+strconv.Itoa(at), "ROLLCALL_DIE_COUNT="+trace, "ROLLCALL_RINGS="+c.rings())
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return "", fmt.Errorf("%w: %w", errNotBegun, err)
	}
	switch code := cmd.ProcessState.ExitCode(); {
	case code == 0:
		return "", nil
	case code < 0 && ctx.Err() != nil && !exists(trace):
		return "", nil // asked to end before it listened to that
	case code < 0 && at > 0:
		passed, err := boundariesIn(trace)
		if err == nil && len(passed) != at {
			err = fmt.Errorf("%s was to die at boundary %d and died at %d", name, at, len(passed))
		}
		return passed[max(0, len(passed)-1)], err
	default:
		return "", fmt.Errorf("%s ended by itself: %w: %s", name, cmp.Or(context.Cause(ctx), err), strings.TrimSpace(said.String()))
	}
}

// boundariesIn reads which boundaries a life has passed.
func boundariesIn(trace string) ([]string, error) {
	text, err := os.ReadFile(trace)
	if err == nil && len(text) == 0 {
		err = errors.New("no boundary was counted: was the program built with the tag faults?")
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n"), err
}
