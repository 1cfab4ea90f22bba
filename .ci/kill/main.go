// Command kill proves that nobody is called twice because the program died.
//
//	go run ./.ci/kill -rounds 20 -seed 1            the proof, of campaigns
//	go run ./.ci/kill -gateway -rounds 100 -seed 1  the proof, of the gateway alone
//	go run ./.ci/kill -boundaries -rounds 60 -seed 1        the proof, at the boundaries of its writes
//	go run ./.ci/kill -boundaries -apart -stride 1          the same with a gateway that is a process of its own, at every boundary
//	go run ./.ci/kill -state DIR                    how the newest campaign in a data folder stands
//	go run ./.ci/kill -verify DIR -report FILE      the comparison alone, of a sample that has ended;
//	                                                -own FILE: also with the copy of its list
//	go run ./.ci/kill -ask SQL DIR                  what the database in a data folder answers
//
// A round kills the program with SIGKILL at random moments in a fresh data
// folder, starts it again each time, lets it end at last, and compares
// witnesses.
//
//	campaign.go  a round that calls the sample list
//	verify.go    its witnesses: the report, the database, and the journal in
//	             which the gateway notes every dial before a phone may ring
//	gateway.go   a round in which clients ask the gateway for calls
//	process.go   the gateway that is killed, and how clients find it again
//	order.go     what a client asks for and what it is told
//	client.go    how it asks, also where a reply never came
//	own.go       the copy of the user's own list, and the list itself
//	witness.go   its witnesses: the clients and the journal
//	journal.go   reading the journal
//	survey.go    counting the boundaries, and choosing where to kill
//	crash.go     a round in which the program dies at a boundary
//	apart.go     the same with two processes
//	instant.go   what must hold at the moment of death
//	list.go      whom it calls
//
// The moments come from the seed, but what a process has done by then does
// not: a round that failed keeps its data folder and says where it is.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	said, err := asked()
	if err != nil {
		fmt.Println("kill: FAILED:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

// asked does what the flags say.
func asked() (said string, err error) {
	var p proof
	flag.IntVar(&p.rounds, "rounds", 20, "rounds to play from beginning to end")
	flag.IntVar(&p.kills, "kills", 0, "times the program may be killed in each; 0: 6 in campaigns, 5 as gateway")
	flag.IntVar(&p.speed, "speed", 0, "of the practice line; 0: 60 in campaigns, 500 as gateway")
	flag.Uint64Var(&p.seed, "seed", uint64(time.Now().UnixNano()), "of the random moments")
	flag.StringVar(&p.program, "program", "", "the program, if it is built already")
	alone := flag.Bool("gateway", false, "prove the gateway alone")
	stateOf := flag.String("state", "", "data folder to tell the state of")
	folder := flag.String("verify", "", "data folder to verify")
	report := flag.String("report", "", "its report")
	own := flag.String("own", "", "the copy of its list with results")
	question := flag.String("ask", "", "SQL to ask the database of the data folder that is named after all flags")
	s := survey{}
	boundaries := flag.Bool("boundaries", false, "kill at the boundaries of writes, requests and dials, not at random moments; -rounds are spread over them")
	flag.IntVar(&s.stride, "stride", 0, "with -boundaries: kill at each nth, and heed no -rounds")
	flag.IntVar(&s.parallel, "parallel", 2, "with -boundaries: rounds at the same time")
	flag.BoolVar(&s.apart, "apart", false, "with -boundaries: the gateway is a process of its own")
	flag.Parse()
	switch {
	case *stateOf != "":
		return state(*stateOf)
	case *folder != "":
		w := ofSample(*folder, *report)
		w.own = *own
		return verify(context.Background(), w)
	case *question != "":
		return answered(flag.Arg(0), *question)
	case *boundaries:
		p.speed, p.tags = cmp.Or(p.speed, 10_000), "headless,faults"
		s.proof = p
		return s.run()
	case *alone:
		p.kills, p.speed = cmp.Or(p.kills, 5), cmp.Or(p.speed, 500)
		return "kill: ok", p.run(round.serve)
	default:
		p.kills, p.speed = cmp.Or(p.kills, 6), cmp.Or(p.speed, 60)
		return "kill: ok", p.run(round.campaign)
	}
}

// proof is so many rounds.
type proof struct {
	rounds, kills, speed int
	seed                 uint64
	program              string
	tags                 string // to build it with
}

// round is one of them.
type round struct {
	program string
	folder  string // data folder, and where the report goes
	random  *rand.Rand
	kills   int // at most
	speed   int
}

// patience bounds what a round waits for.
const patience = 10 * time.Minute

// run plays rounds until one fails, and says what was found in each.
func (p proof) run(play func(round) (string, error)) error {
	work, err := os.MkdirTemp("", "rollcall-kill-")
	if err != nil {
		return err
	}
	if p.program, err = p.built(work); err != nil {
		return err
	}
	fmt.Printf("kill: %d rounds, speed %d, seed %d\n", p.rounds, p.speed, p.seed)
	random := rand.New(rand.NewPCG(p.seed, 0))
	for n := 1; n <= p.rounds; n++ {
		r := round{program: p.program, folder: filepath.Join(work, fmt.Sprintf("round-%d", n)), random: random, kills: p.kills, speed: p.speed}
		if err := os.MkdirAll(r.folder, 0o755); err != nil {
			return err
		}
		said, err := play(r)
		if err != nil {
			return fmt.Errorf("round %d, data in %s: %w", n, r.folder, err)
		}
		fmt.Printf("round %d: %s\n", n, said)
		if err := os.RemoveAll(r.folder); err != nil {
			return err
		}
	}
	return os.RemoveAll(work)
}

// built returns the path of the program, after building it into folder if
// nobody has.
func (p proof) built(folder string) (string, error) {
	if p.program != "" {
		return filepath.Abs(p.program)
	}
	program := filepath.Join(folder, "rollcall")
	build := exec.CommandContext(context.Background(), "go", "build", "-tags", cmp.Or(p.tags, "headless"), "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return program, nil
}
