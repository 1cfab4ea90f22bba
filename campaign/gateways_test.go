package campaign_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// exchange is a campaign over three gateways: two of our own, of which the
// second dies for good, and one of somebody else.
type exchange struct {
	*office
	ours, dying, foreign *campaigntest.Gateway
	bad                  *luck
	lastCall             int // that the dying gateway takes before it answers nothing any more
	changes              []change
	rows                 []campaign.Contact
}

// change is settings that were put into force at a time.
type change struct {
	at       time.Time
	settings campaign.Settings
}

const exchangeRows = 12

func exchangeSettings() campaign.Settings {
	s := campaign.Settings{
		Hours: campaign.EveryDay(8*60, 21*60), Lines: 5, Rate: 2, Finished: "last",
		Limits: []campaign.Limit{{Calls: 2, Within: 5 * time.Hour}},
		Gaps:   []campaign.Gap{{For: 20 * time.Minute}},
	}.Complete()
	s.Retry.Tries = 4
	s.Retry.After[gateway.OutcomeBusy] = campaign.Again{Delay: 30 * time.Minute, NextNumber: true}
	s.Retry.After[gateway.OutcomeReached] = campaign.Again{Delay: time.Hour}
	return s
}

func newExchange(seed uint64) *exchange {
	e := &exchange{bad: &luck{random: rand.New(rand.NewPCG(seed, 2))}}
	zones := []string{newYork, angeles, "Asia/Kolkata", "Pacific/Chatham"}
	for i := range exchangeRows {
		p := campaign.Contact{Number: number(2 * i), Zones: []string{zones[i%len(zones)]}}
		if i%2 == 0 {
			p.Others = []phone.Number{number(2*i + 1)}
		}
		e.rows = append(e.rows, p)
	}
	c := campaign.Campaign{Name: "Survey", State: campaign.Draft, Settings: exchangeSettings()}
	e.changes = []change{{time.Now(), c.Settings}}
	e.office = &office{store: campaigntest.NewStore(c, e.rows), pages: &campaigntest.Pages{}}
	e.ours, e.dying, e.foreign = campaigntest.NewGateway(3), campaigntest.NewGateway(3), campaigntest.NewGateway(3)
	e.ours.Self.Practice, e.dying.Self.Practice, e.foreign.Self = false, false, gateway.About{}
	e.lastCall = 1 + e.bad.n(8)
	for _, g := range e.gateways() {
		g.Plays = e.play
	}
	e.misbehave(true)
	e.restart()
	return e
}

func (e *exchange) gateways() []*campaigntest.Gateway {
	return []*campaigntest.Gateway{e.ours, e.dying, e.foreign}
}

// play is a call at random: some end well, some ask not to be called again.
func (e *exchange) play(gateway.Phone, int) campaigntest.Play {
	outcomes := []gateway.Outcome{
		gateway.OutcomeReached, gateway.OutcomeReached, gateway.OutcomeBusy, gateway.OutcomeBusy, gateway.OutcomeNoAnswer,
		gateway.OutcomeBadNumber, gateway.OutcomeMachine, gateway.OutcomeExpired,
	}
	p := campaigntest.Play{Outcome: outcomes[e.bad.n(len(outcomes))], Queue: time.Duration(e.bad.n(4)) * time.Second}
	switch e.bad.n(6) {
	case 0:
		p.Answers = []gateway.Answer{{Name: "optout", Value: "true"}}
	case 1, 2:
		p.Answers = []gateway.Answer{{Name: "last", Value: "5"}}
	}
	return p
}

// misbehave lets requests go wrong, or all but those to the one that is dead
// go well.
func (e *exchange) misbehave(really bool) {
	faults := func(string, int) campaigntest.Fault {
		if !really || e.bad.n(10) > 0 {
			return campaigntest.Fine
		}
		return []campaigntest.Fault{campaigntest.Unreachable, campaigntest.LostRequest, campaigntest.LostReply, campaigntest.Late}[e.bad.n(4)]
	}
	e.ours.Faults, e.foreign.Faults = faults, faults
	calls := 0 // the gateway asks for one fault at a time
	if !really {
		calls = e.lastCall
	}
	e.dying.Faults = func(kind string, n int) campaigntest.Fault {
		if calls >= e.lastCall {
			return campaigntest.Unreachable
		}
		if kind == "call" {
			calls++
			return campaigntest.Fine
		}
		return faults(kind, n)
	}
}

// restart is the program starting anew on the same store and gateways.
func (e *exchange) restart() {
	e.Runner = &campaign.Runner{Store: e.store}
	for i, g := range e.gateways() {
		e.Routes = append(e.Routes, campaign.Route{
			Name: fmt.Sprint("gateway ", i), Gateway: g, Follower: &campaigntest.Follower{Gateway: g}, Pages: &campaigntest.Pages{},
			Weight: i + 1, Lines: []int{2, 3, 0}[i], Rate: []float64{1, 0, 0.5}[i],
		})
	}
}

// meddle lets people change things until ctx ends.
func (e *exchange) meddle(ctx context.Context, runner *campaign.Runner) {
	for ctx.Err() == nil {
		time.Sleep(time.Duration(1+e.bad.n(40)) * time.Minute)
		switch e.bad.n(5) {
		case 0:
			runner.Pause()
		case 1:
			s := exchangeSettings()
			s.Hours = campaign.EveryDay(campaign.Clock(8+e.bad.n(4))*60, campaign.Clock(18+e.bad.n(4))*60)
			s.Lines, s.Limits[0].Calls = 2+e.bad.n(4), 1+e.bad.n(2)
			e.store.Configure(s)
			e.changes = append(e.changes, change{time.Now(), s})
			runner.Reload()
		default:
			runner.Resume()
		}
	}
}

// spell is one run that a crash or its end ends, and the restart.
func (e *exchange) spell(t *testing.T) {
	t.Helper()
	crash := campaigntest.At(1 + e.bad.n(300))
	e.store.Crash(crash)
	for _, g := range e.gateways() {
		g.Crash(crash)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+e.bad.n(8*60))*time.Minute)
	e.Grace = time.Duration(1+e.bad.n(40)) * time.Second
	done := make(chan struct{})
	runner := e.Runner
	go func() { defer close(done); e.meddle(ctx, runner) }()
	if _, err := e.Run(ctx, 1); err != nil && !errors.Is(err, campaigntest.ErrCrashed) {
		t.Fatal(err)
	}
	cancel()
	<-done
	e.store.Crash(nil)
	for _, g := range e.gateways() {
		g.Crash(nil)
	}
	e.restart()
}

// TestSeveralGatewaysAndMisfortunes lets many things go wrong with several
// gateways, one of which dies for good, and asks the gateways' own records
// afterwards whether anybody was called who should not have been.
func TestSeveralGatewaysAndMisfortunes(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := newExchange(seed)
				for range 3 {
					e.spell(t)
				}
				e.misbehave(false)
				ctx, cancel := context.WithTimeout(t.Context(), 20*24*time.Hour)
				defer cancel()
				e.changes = append(e.changes, change{time.Now(), e.changes[len(e.changes)-1].settings})
				c, err := e.Run(ctx, 1)
				if err != nil || c.State != campaign.Finished {
					t.Fatalf("%s because %+v, %v: %v", c.State, c.Why, err, e.tally(t))
				}
				e.wantOneAtATime(t)
				e.wantRules(t)
				e.wantStates(t)
			})
		})
	}
}

// log is what all gateways dialled, each number's in order.
func (e *exchange) log() map[phone.Number][]campaigntest.Dialled {
	all := map[phone.Number][]campaigntest.Dialled{}
	for _, g := range e.gateways() {
		for _, d := range g.Log() {
			all[phone.Number(d.Phone)] = append(all[phone.Number(d.Phone)], d)
		}
	}
	for _, dials := range all {
		slices.SortFunc(dials, func(a, b campaigntest.Dialled) int { return a.At.Compare(b.At) })
	}
	return all
}

// wantOneAtATime: nobody is dialled while a call to them is, or may be, under
// way.
func (e *exchange) wantOneAtATime(t *testing.T) {
	t.Helper()
	log := e.log()
	for i, p := range e.store.Rows() {
		var dials []campaigntest.Dialled
		for _, n := range p.Numbers() {
			dials = append(dials, log[n]...)
		}
		slices.SortFunc(dials, func(a, b campaigntest.Dialled) int { return a.At.Compare(b.At) })
		for k := 1; k < len(dials); k++ {
			if dials[k].At.Before(dials[k-1].Ended) {
				t.Errorf("row %d is dialled at %v, and was until %v", i, dials[k].At, dials[k-1].Ended)
			}
		}
		attempts, _ := e.store.Attempts(t.Context(), 1, p.ID)
		slices.SortStableFunc(attempts, func(a, b campaign.Attempt) int { return cmp.Compare(a.ID, b.ID) })
		for k := 1; k < len(attempts); k++ {
			if before := attempts[k-1]; before.Open() || attempts[k].Begun.Before(before.Ended) {
				t.Errorf("row %d: attempt %d begins at %v, the one before ended %v", i, attempts[k].ID, attempts[k].Begun, before.Ended)
			}
		}
		if len(dials) > len(attempts) {
			t.Errorf("row %d was dialled %d times at %d attempts", i, len(dials), len(attempts))
		}
	}
}

// slack is how long after the gate a phone rings at most.
const slack = 20 * time.Second

// wantRules: no number rings outside its hours, beyond its limit, or after its
// person asked not to be called.
func (e *exchange) wantRules(t *testing.T) {
	t.Helper()
	for n, dials := range e.log() {
		row := slices.IndexFunc(e.rows, func(p campaign.Contact) bool { return slices.Contains(p.Numbers(), n) })
		for k, d := range dials {
			s := e.inForce(d.At)
			inTime := slices.ContainsFunc([]time.Time{d.At, d.At.Add(-slack)}, func(at time.Time) bool {
				return slices.ContainsFunc(s, func(s campaign.Settings) bool { return openAt(s.Hours, at, e.rows[row].Zones) })
			})
			if !inTime {
				t.Errorf("row %d rings at %v", row, d.At)
			}
			most := slices.MaxFunc(s, func(a, b campaign.Settings) int { return cmp.Compare(a.Limits[0].Calls, b.Limits[0].Calls) }).Limits[0]
			if k >= most.Calls && d.At.Sub(dials[k-most.Calls].At) < most.Within-slack {
				t.Errorf("row %d rings at %v, and did at %v", row, d.At, dials[k-most.Calls].At)
			}
		}
	}
	e.wantNoCallAfterOptOut(t)
}

// inForce are the settings by which a call at t may have been made: those of
// then, and those that were replaced a moment before.
func (e *exchange) inForce(t time.Time) []campaign.Settings {
	var found []campaign.Settings
	for i, c := range e.changes {
		replaced := i+1 < len(e.changes) && e.changes[i+1].at.Add(slack).Before(t)
		if !c.at.After(t) && !replaced {
			found = append(found, c.settings)
		}
	}
	return found
}

func (e *exchange) wantNoCallAfterOptOut(t *testing.T) {
	t.Helper()
	attempts, _ := e.store.Attempts(t.Context(), 1, 0)
	for _, a := range attempts {
		if a.Open() || !slices.ContainsFunc(a.Answers, func(g gateway.Answer) bool { return g.Name == "optout" }) {
			continue
		}
		for _, b := range attempts {
			if b.Contact == a.Contact && b.ID > a.ID {
				t.Errorf("row %d asked not to be called, and attempt %d follows", a.Contact, b.ID)
			}
		}
	}
}

// wantStates: every row is final, with a reason; one whose call may be under
// way is in doubt.
func (e *exchange) wantStates(t *testing.T) {
	t.Helper()
	for i, p := range e.store.Rows() {
		if !p.Status.Final() || p.Why.Code == "" {
			t.Errorf("row %d is %s because %+v", i, p.Status, p.Why)
		}
		attempts, _ := e.store.Attempts(t.Context(), 1, p.ID)
		open := slices.ContainsFunc(attempts, campaign.Attempt.Open)
		if open != (p.Status == campaign.Doubt) {
			t.Errorf("row %d is %s, an attempt is open: %v", i, p.Status, open)
		}
	}
}

// TestRowsLeftAtAGatewayThatStaysAway: what an earlier run left at a gateway
// that never answers again is put in doubt, and the run ends.
func TestRowsLeftAtAGatewayThatStaysAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(3)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Second, func() {
			o.gateway.Fail(func(string, int) campaigntest.Fault { return campaigntest.Unreachable })
			cancel()
		})
		if _, err := o.Run(ctx, 1); err != nil {
			t.Fatal(err)
		}
		want(t, o, campaign.Tally{campaign.Calling: 2, campaign.Ready: 1})
		o.restart()
		other := campaigntest.NewGateway(2)
		o.Routes = append(o.Routes, campaign.Route{
			Name: "other", Gateway: other, Follower: &campaigntest.Follower{Gateway: other}, Pages: o.pages,
		})
		ctx, cancel = context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		c, err := o.Run(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantState(t, c, campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Doubt: 2, campaign.Reached: 1})
		for _, p := range o.store.Rows()[:2] {
			if p.Why.Code != campaign.CodeSilent {
				t.Errorf("in doubt because %+v", p.Why)
			}
		}
	})
}
