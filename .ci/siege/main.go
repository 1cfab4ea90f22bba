// Command siege plays a campaign from end to end with the built program, over
// HTTP and on the disk, while everything happens to it that may happen.
//
//	go run ./.ci/siege                  a list of 100,000 rows, some minutes
//	go run ./.ci/siege -rows 400        a small one, for the gate
//	go run ./.ci/siege -gone            the gateway that dies never comes back
//
// Two gateways share the calls of one run. The run is interrupted and goes on
// with other lines and another rate; the second gateway is killed half-way.
// Then the witnesses are compared: the journals, in which the gateways note
// every dial before a phone may ring, the store, and the report. What should
// have come of each row is worked out here, from the number's last two digits,
// the clock at its place and the rules given.
//
//	people.go    who is on the list, and the files that the program is given
//	places.go    where they live, and hours at which some of them sleep
//	model.go     what should come of each row
//	play.go      what happens during the run
//	process.go   the programs that take part in it
//	evidence.go  what the journals, the store and the report say
//	verify.go    what must hold between them
//
// The list comes from the seed; what has been done at a moment does not. A
// siege that failed keeps its folder and says where it is.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"
)

// siege is one campaign under siege.
type siege struct {
	rows    int
	speed   int
	lines   int // of each gateway, and half of what the campaign has
	rate    float64
	gone    bool
	seed    uint64
	program string
	folder  string

	hours   hours
	exempt  []string // rules of the preset
	people  []*person
	deaths  []death
	phases  []phase
	began   time.Time
	waiting int // rows, as the last run said
}

func main() {
	var s siege
	flag.IntVar(&s.rows, "rows", 100_000, "rows of the list")
	flag.IntVar(&s.speed, "speed", 300, "of the practice line")
	flag.IntVar(&s.lines, "lines", 0, "of each gateway; 0: 12 for a small list, 64 for a large one")
	flag.Float64Var(&s.rate, "rate", 0, "calls begun in a second at first, twice as many later; 0: 40 for a small list, 400 for a large one")
	flag.BoolVar(&s.gone, "gone", false, "the gateway that is killed never comes back")
	flag.Uint64Var(&s.seed, "seed", uint64(time.Now().UnixNano()), "of the list")
	flag.StringVar(&s.program, "program", "", "the program, if it is built already")
	longest := flag.Duration("longest", time.Hour, "when to give up")
	flag.Parse()
	s.complete()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, *longest)
	defer cancel()
	if err := s.run(ctx); err != nil {
		fmt.Printf("siege: FAILED, data in %s: %v\n", s.folder, err)
		os.Exit(1)
	}
	fmt.Println("siege: ok")
}

// large is from how many rows on a list is a large one.
const large = 5000

func (s *siege) complete() {
	lines, rate := 12, 40.0
	if s.rows >= large {
		lines, rate = 64, 400
	}
	if s.lines == 0 {
		s.lines = lines
	}
	if s.rate == 0 {
		s.rate = rate
	}
}

// run plays and verifies.
func (s *siege) run(ctx context.Context) (err error) {
	if s.folder, err = os.MkdirTemp("", "rollcall-siege-"); err != nil {
		return err
	}
	if err := s.build(ctx); err != nil {
		return err
	}
	s.began = time.Now()
	s.hours = someAsleep(s.began)
	s.people = invent(rand.New(rand.NewPCG(s.seed, 0)), s.rows)
	if err := s.write(); err != nil {
		return err
	}
	fmt.Printf("siege: %d rows, hours %s, speed %d, %d lines at each of two gateways, seed %d, %d cores\n",
		s.rows, s.hours, s.speed, s.lines, s.seed, runtime.NumCPU())
	if err := s.play(ctx); err != nil {
		return err
	}
	e, err := s.gather(ctx)
	if err != nil {
		return err
	}
	found, err := s.judge(e)
	fmt.Println(found)
	if err != nil {
		return err
	}
	return os.RemoveAll(s.folder)
}

// build makes the program, if nobody has.
func (s *siege) build(ctx context.Context) (err error) {
	if s.program != "" {
		s.program, err = filepath.Abs(s.program)
		return err
	}
	s.program = filepath.Join(s.folder, "rollcall")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "headless", "-o", s.program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return nil
}
