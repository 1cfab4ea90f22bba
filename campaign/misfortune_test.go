package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// TestMisfortunes lets many things go wrong in one campaign: requests and
// replies get lost, the program dies or is left several times, people pause and
// resume, the number of lines changes. Then all goes well again. The seed of a
// failure is its name.
func TestMisfortunes(t *testing.T) {
	for seed := range uint64(150) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bad := &luck{random: rand.New(rand.NewPCG(seed, 1))}
				o := newOffice(5)
				script := plays(
					[]gateway.Outcome{gateway.OutcomeReached},
					[]gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeReached},
					[]gateway.Outcome{gateway.OutcomeNoAnswer},
					[]gateway.Outcome{gateway.OutcomeMachine},
					[]gateway.Outcome{gateway.OutcomeBadNumber},
				)
				o.gateway.Plays = func(p gateway.Phone, n int) campaigntest.Play {
					play := script(p, n)
					play.Queue = time.Duration(bad.n(4)) * time.Second
					return play
				}
				o.gateway.Faults = func(string, int) campaigntest.Fault {
					if bad.n(6) > 0 {
						return campaigntest.Fine
					}
					return []campaigntest.Fault{
						campaigntest.Unreachable, campaigntest.LostRequest, campaigntest.LostReply, campaigntest.Late,
					}[bad.n(4)]
				}
				for range 4 {
					unlucky(t, o, bad)
				}
				o.gateway.Faults = nil
				wantState(t, o.run(t), campaign.Finished, "")
				wantHonest(t, o, false)
				if o.gateway.Most() > 5 {
					t.Errorf("%d calls outstanding", o.gateway.Most())
				}
			})
		})
	}
}

// luck is a random source for several goroutines.
type luck struct {
	mu     sync.Mutex
	random *rand.Rand
}

func (l *luck) n(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.random.IntN(n)
}

// unlucky is one run that a crash or its context ends, and the restart.
func unlucky(t *testing.T, o *office, bad *luck) {
	t.Helper()
	crash := campaigntest.At(1 + bad.n(150))
	o.store.Crash(crash)
	o.gateway.Crash(crash)
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(bad.n(3600))*time.Second)
	defer cancel()
	o.Grace = time.Duration(1+bad.n(40)) * time.Second
	runner := o.Runner
	go func() {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(1+bad.n(120)) * time.Second)
			switch bad.n(4) {
			case 0:
				runner.Pause()
			case 1:
				runner.SetLines(1 + bad.n(5))
			default:
				runner.Resume()
			}
		}
	}()
	if _, err := o.Run(ctx, 1); err != nil && !errors.Is(err, campaigntest.ErrCrashed) {
		t.Fatal(err)
	}
	cancel()
	time.Sleep(3 * time.Minute)
	o.store.Crash(nil)
	o.gateway.Crash(nil)
	o.restart()
}
