// Command kill proves that nobody is called twice because the program died.
//
//	go run ./.ci/kill -rounds 20 -seed 1            the proof
//	go run ./.ci/kill -state DIR                    how the newest campaign in a data folder stands
//	go run ./.ci/kill -verify DIR -report FILE      the comparison alone, of a sample that has ended
//
// A round calls the sample list in a fresh data folder, kills the program with
// SIGKILL at random moments, starts it again each time, and lets it end at
// last. Then three witnesses are compared: the report, the database, and the
// journal in which the gateway notes every dial before a phone may ring. See
// verify.go for what must hold.
//
// The moments come from the seed, but what a process has done by then does
// not: a round that failed keeps its data folder and says where it is.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 20, "campaigns to call from beginning to end")
	kills := flag.Int("kills", 6, "times each may be killed")
	speed := flag.Int("speed", 60, "of the practice line")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the random moments")
	stateOf := flag.String("state", "", "data folder to tell the state of")
	folder := flag.String("verify", "", "data folder to verify")
	report := flag.String("report", "", "its report")
	flag.Parse()
	var err error
	var said string
	switch {
	case *stateOf != "":
		said, err = state(*stateOf)
	case *folder != "":
		said, err = verify(*folder, *report)
	default:
		said, err = "kill: ok", run(*rounds, *kills, *speed, *seed)
	}
	if err != nil {
		fmt.Println("kill: FAILED:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

func run(rounds, kills, speed int, seed uint64) error {
	work, err := os.MkdirTemp("", "rollcall-kill-")
	if err != nil {
		return err
	}
	program := filepath.Join(work, "rollcall")
	build := exec.CommandContext(context.Background(), "go", "build", "-tags", "headless", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	fmt.Printf("kill: %d rounds, speed %d, seed %d\n", rounds, speed, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for n := range rounds {
		r := round{program: program, folder: filepath.Join(work, fmt.Sprintf("round-%d", n+1)), random: random, speed: speed}
		said, err := r.play(kills)
		if err != nil {
			return fmt.Errorf("round %d, data in %s: %w", n+1, r.folder, err)
		}
		fmt.Printf("round %d: %s\n", n+1, said)
		if err := os.RemoveAll(r.folder); err != nil {
			return err
		}
	}
	return os.RemoveAll(work)
}

// round is one campaign.
type round struct {
	program string
	folder  string // data folder, and where the report goes
	random  *rand.Rand
	speed   int
}

// longest is how long a start may live before it is killed: a good part of
// what the sample takes in all, so that kills fall everywhere, also into the
// start and the end.
func (r round) longest() time.Duration {
	return 2*time.Second + 25*time.Second*60/time.Duration(r.speed)
}

// patience bounds the last start, which is not killed.
const patience = 10 * time.Minute

// play runs a round and tells what was found.
func (r round) play(kills int) (string, error) {
	if err := os.MkdirAll(r.folder, 0o755); err != nil {
		return "", err
	}
	killed := 0
	for range kills {
		share := r.random.Float64()
		over, err := r.start(time.Duration(share * share * float64(r.longest())))
		if err != nil {
			return "", err
		}
		if over {
			break
		}
		killed++
	}
	if over, err := r.start(patience); err != nil || !over {
		return "", errors.Join(err, fmt.Errorf("did not end within %v: %t", patience, !over))
	}
	found, err := verify(r.folder, filepath.Join(r.folder, "rollcall-sample-report.xlsx"))
	return fmt.Sprintf("killed %d times; %s", killed, found), err
}

// start runs the sample for at most so long, then kills it. It tells whether
// the program came to its own end, which must be a good one.
func (r round) start(life time.Duration) (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), life)
	defer cancel()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, r.program, "run", "--sample", "--data", r.folder, "--practice-speed", strconv.Itoa(r.speed)) // killed by SIGKILL
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.folder, &said, &said
	err := cmd.Run()
	if ctx.Err() != nil {
		return err == nil, nil
	}
	if err != nil {
		return true, fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return true, nil
}
