package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// survey is the proof at boundaries: it counts those of an undisturbed life,
// and plays a round for each that was chosen.
type survey struct {
	proof
	stride   int // zero: as many rounds as the proof has, spread over all
	parallel int
	apart    bool

	work      string
	campaign  int // boundaries of the process that runs the campaign
	gateway   int // of the gateway, if that is another one
	mu        sync.Mutex
	kills     map[string]int // by the boundary at which it was
	unreached int            // rounds that had ended before
	wrong     int            // rounds in which something was found
}

// run plays all rounds, also where some fail, and tells what was found.
func (s *survey) run() (string, error) {
	var err error
	if s.work, err = os.MkdirTemp("", "rollcall-kill-"); err != nil {
		return "", err
	}
	if s.program, err = s.built(s.work); err != nil {
		return "", err
	}
	s.kills = map[string]int{}
	if err := s.count(); err != nil {
		return "", fmt.Errorf("nobody was killed, and yet: %w", err)
	}
	chosen := s.choose()
	fmt.Printf("kill: %d rounds at %d boundaries of the campaign and %d of the gateway, speed %d, seed %d\n",
		len(chosen), s.campaign, s.gateway, s.speed, s.seed)
	s.play(chosen)
	said := s.tell()
	if s.wrong > 0 {
		return "", fmt.Errorf("%d rounds, as told above; %s", s.wrong, said)
	}
	return "kill: ok, " + said, os.RemoveAll(s.work)
}

// count lives once without a fault and reads how many boundaries there are.
func (s *survey) count() error {
	c, ctx, done, err := s.crash("count", 0)
	if err != nil {
		return err
	}
	defer done()
	if s.apart {
		_, err = c.separately(ctx, 0, 0)
	} else {
		_, err = c.together(ctx, 0, 0)
	}
	if err != nil {
		return err
	}
	passed, err := boundariesIn(filepath.Join(c.folder, "run-0"))
	s.campaign = len(passed)
	if s.apart && err == nil {
		passed, err = boundariesIn(filepath.Join(c.folder, "gateway-0"))
		s.gateway = len(passed)
	}
	return errors.Join(err, os.RemoveAll(c.folder))
}

// choose returns the numbers of boundaries, those of the gateway after those
// of the campaign: each one at a stride, or one at random of each of so many
// equal parts.
func (s *survey) choose() []int {
	var chosen []int
	all := s.campaign + s.gateway
	if s.stride > 0 {
		for at := 1; at <= all; at += s.stride {
			chosen = append(chosen, at)
		}
		return chosen
	}
	random := rand.New(rand.NewPCG(s.seed, 0))
	for n := range s.rounds {
		low, high := n*all/s.rounds, (n+1)*all/s.rounds
		chosen = append(chosen, 1+low+random.IntN(max(1, high-low)))
	}
	return chosen
}

// play plays a round for each of chosen, a few at the same time.
func (s *survey) play(chosen []int) {
	next := make(chan int)
	var players sync.WaitGroup
	for range max(1, s.parallel) {
		players.Go(func() {
			for at := range next {
				d, err := s.round(at)
				s.note(d, err)
			}
		})
	}
	for _, at := range chosen {
		next <- at
	}
	close(next)
	players.Wait()
}

// round is one with a death at a boundary. With two processes, the other one
// dies too in every other round, at any of its own.
func (s *survey) round(at int) (deaths, error) {
	c, ctx, done, err := s.crash(fmt.Sprintf("round-%d", at), at)
	if err != nil {
		return nil, err
	}
	defer done()
	var d deaths
	switch other := c.random.IntN(2); {
	case !s.apart:
		d, err = c.together(ctx, at, s.campaign)
	case at <= s.campaign:
		d, err = c.separately(ctx, at, other*(1+c.random.IntN(s.gateway)))
	default:
		d, err = c.separately(ctx, other*(1+c.random.IntN(s.campaign)), at-s.campaign)
	}
	if err != nil {
		return d, fmt.Errorf("boundary %d, data in %s: %w", at, c.folder, err)
	}
	return d, os.RemoveAll(c.folder)
}

// crash prepares a round, which is to be over when its context ends.
func (s *survey) crash(name string, at int) (crash, context.Context, context.CancelFunc, error) {
	c := crash{
		program: s.program, folder: filepath.Join(s.work, name), speed: s.speed,
		random: rand.New(rand.NewPCG(s.seed, uint64(at))),
	}
	err := os.MkdirAll(c.folder, 0o700)
	if err == nil {
		c.people, err = writeList(c.folder)
	}
	ctx, done := context.WithTimeout(context.Background(), longestCrash)
	return c, ctx, done, err
}

func (s *survey) note(d deaths, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, where := range d {
		s.kills[where]++
	}
	if len(d) == 0 && err == nil {
		s.unreached++
	}
	if err != nil {
		fmt.Println("round:", err)
		s.wrong++
	}
}

// tell puts all rounds in figures.
func (s *survey) tell() string {
	var parts []string
	total := 0
	for _, where := range slices.Sorted(maps.Keys(s.kills)) {
		parts = append(parts, fmt.Sprintf("%d %s", s.kills[where], where))
		total += s.kills[where]
	}
	return fmt.Sprintf("%d kills (%s); %d rounds ended before their boundary", total, strings.Join(parts, ", "), s.unreached)
}
