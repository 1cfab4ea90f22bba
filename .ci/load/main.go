// Command load measures what the gateway carries, on the built program and
// over loopback.
//
//	go run ./.ci/load                 all of it, some minutes
//	go run ./.ci/load -records 20000 -outstanding 500 -lasting 5s -seconds 1
//	go run ./.ci/load accept follow   these parts alone
//
// It measures requests a second from 1, 16 and 64 clients, each answered when
// the call is on the disk (accept.go); start, memory and look-ups with a
// journal of a million calls (large.go, fill.go); and what it takes to follow ten
// thousand calls by the change feed and by asking for the status of each
// (watch.go, follow.go). Clients and gateway share the machine. process.go is the
// gateway that is measured, wire.go a client that costs little, clock.go the
// counting. What a figure was taken under is printed above it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// longest bounds the whole, whatever hangs.
const longest = 10 * time.Minute

// bench is what is to be measured, and with what.
type bench struct {
	records     int
	outstanding int
	seconds     float64
	lasting     time.Duration
	polled      time.Duration
	program     string
	work        string // folder of data folders
	table       *tabwriter.Writer
}

func main() {
	var b bench
	flag.IntVar(&b.records, "records", 1_000_000, "calls in the large journal")
	flag.IntVar(&b.outstanding, "outstanding", 10_000, "calls to follow")
	flag.Float64Var(&b.seconds, "seconds", 4, "to measure each rate for")
	flag.DurationVar(&b.lasting, "lasting", 40*time.Second, "the time in which the calls that are followed end")
	flag.DurationVar(&b.polled, "polled", 5*time.Second, "from one question for a call's status to the next")
	flag.StringVar(&b.program, "program", "", "the program, if it is built already")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.work, err = os.MkdirTemp("", "rollcall-load-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.work) }()
	if b.program == "" {
		b.program = filepath.Join(b.work, "rollcall")
		build := exec.CommandContext(ctx, "go", "build", "-tags", "headless", "-o", b.program, ".")
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	sync, err := diskSync(b.work)
	if err != nil {
		return err
	}
	fmt.Printf("%d cores, %s, %s/%s; clients and gateway share them, over loopback; a write that waits for the disk takes %s\n",
		runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, short(sync))
	begun := time.Now()
	b.table = tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{{"accept", b.accept}, {"large", b.large}, {"follow", b.follow}} {
		if flag.NArg() > 0 && !slices.Contains(flag.Args(), part.name) {
			continue
		}
		if err := part.do(ctx); err != nil {
			return err
		}
		if err := b.table.Flush(); err != nil {
			return err
		}
	}
	fmt.Printf("\nload: took %s\n", time.Since(begun).Round(time.Second))
	return nil
}

// title begins a table of its own.
func (b *bench) title(format string, args ...any) {
	_ = b.table.Flush() // fails no more than what follows
	fmt.Fprintf(b.table, "\n"+format+"\n", args...)
}

// line writes cells.
func (b *bench) line(cells ...any) {
	for _, c := range cells {
		if d, ok := c.(time.Duration); ok {
			c = short(d)
		}
		fmt.Fprintf(b.table, "%v\t", c)
	}
	fmt.Fprintln(b.table)
}

// diskSync is the median of small writes that wait for the disk, without a
// database around them.
func diskSync(folder string) (time.Duration, error) {
	f, err := os.Create(filepath.Join(folder, "sync"))
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	took := make([]time.Duration, 51)
	for i := range took {
		begun := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}
