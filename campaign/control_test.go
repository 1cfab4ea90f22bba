package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// after does something once the run has gone on for d.
func after(d time.Duration, do func()) {
	go func() {
		time.Sleep(d)
		do()
	}()
}

func TestPauseAndResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(6)
		after(5*time.Second, o.Pause)
		var paused campaign.Tally
		var calls int
		after(10*time.Minute, func() {
			paused, calls = o.tally(t), o.gateway.Count("call")
			o.Resume()
		})
		c := o.run(t)
		wantState(t, c, campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 6})
		if paused[campaign.Reached] != 2 || paused[campaign.Ready] != 4 || calls != 2 {
			t.Errorf("while paused: %v after %d calls; want the two in progress reached and no more", paused, calls)
		}
	})
}

func TestPauseWithdrawsWhatIsNotDialled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(4)
		o.gateway.Plays = func(gateway.Phone, int) campaigntest.Play { return campaigntest.Play{Queue: 30 * time.Second} }
		after(10*time.Second, o.Pause)
		after(time.Hour, func() {
			want(t, o, campaign.Tally{campaign.Ready: 4})
			o.Resume()
		})
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 4})
		for i := range 4 {
			if got := o.gateway.Dials(gateway.Phone(number(i))); got != 1 {
				t.Errorf("row %d was dialled %d times", i, got)
			}
		}
	})
}

func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(6)
		o.gateway.Plays = func(p gateway.Phone, _ int) campaigntest.Play {
			if string(p) == string(number(0)) {
				return campaigntest.Play{Outcome: gateway.OutcomeBusy}
			}
			return campaigntest.Play{}
		}
		after(5*time.Second, o.Stop)
		c := o.run(t)
		wantState(t, c, campaign.Stopped, campaign.CodeStopped)
		want(t, o, campaign.Tally{campaign.Reached: 1, campaign.Cancelled: 5})
		if c.Ended.IsZero() {
			t.Error("no time of end")
		}
		again := o.run(t)
		wantState(t, again, campaign.Stopped, campaign.CodeStopped)
		want(t, o, campaign.Tally{campaign.Reached: 1, campaign.Cancelled: 5})
	})
}

func TestOrdersBeforeTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(3)
		o.Stop()
		wantState(t, o.run(t), campaign.Stopped, campaign.CodeStopped)
		want(t, o, campaign.Tally{campaign.Cancelled: 3})
	})
}

func TestEndCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(4)
		o.gateway.Plays = func(p gateway.Phone, n int) campaigntest.Play {
			if string(p) == string(number(1)) && n == 1 {
				return campaigntest.Play{Queue: 40 * time.Second}
			}
			return campaigntest.Play{Ring: time.Hour}
		}
		ctx, cancel := context.WithCancel(t.Context())
		after(10*time.Second, o.EndCalls)
		after(time.Minute, cancel)
		c, err := o.Run(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantState(t, c, campaign.Paused, campaign.CodeByUser)
		want(t, o, campaign.Tally{campaign.Failed: 1, campaign.Ready: 3})
		row := o.only(t, campaign.Failed)
		if row.Why.Outcome != string(gateway.OutcomeEnded) || row.Tries != 1 {
			t.Errorf("row: %+v", row)
		}
	})
}

func TestContextEndsCleanly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(6)
		ctx, cancel := context.WithCancel(t.Context())
		after(5*time.Second, cancel)
		c, err := o.Run(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantState(t, c, campaign.Paused, campaign.CodeByUser)
		want(t, o, campaign.Tally{campaign.Reached: 2, campaign.Ready: 4})
		o.restart()
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 6})
	})
}

func TestGraceIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		o.Grace = time.Minute
		o.gateway.Plays = func(gateway.Phone, int) campaigntest.Play { return campaigntest.Play{Ring: time.Hour} }
		ctx, cancel := context.WithCancel(t.Context())
		after(5*time.Second, cancel)
		began := time.Now()
		c, err := o.Run(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 66*time.Second {
			t.Errorf("it left after %v", took)
		}
		wantState(t, c, campaign.Paused, campaign.CodeByUser)
		want(t, o, campaign.Tally{campaign.Calling: 2})
		o.restart()
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 2})
		for i := range 2 {
			if got := o.gateway.Dials(gateway.Phone(number(i))); got != 1 {
				t.Errorf("row %d was dialled %d times", i, got)
			}
		}
	})
}

func TestLeavingWhileTheGatewayIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		o.gateway.Faults = func(string, int) campaigntest.Fault { return campaigntest.Unreachable }
		ctx, cancel := context.WithCancel(t.Context())
		after(time.Hour, cancel)
		c, err := o.Run(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantState(t, c, campaign.Paused, campaign.CodeByUser)
		want(t, o, campaign.Tally{campaign.Ready: 2})
	})
}

func TestLines(t *testing.T) {
	for _, test := range []struct{ set, own, later, want int }{
		{set: 3, own: 8, want: 3},
		{set: 8, own: 2, want: 2},
		{set: 1, own: 8, later: 5, want: 5},
	} {
		t.Run(fmt.Sprint(test), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := campaign.Campaign{State: campaign.Draft}
				c.Settings.Hours, c.Settings.Lines = campaign.AllHours(), test.set
				o := newOfficeWith(c, 20)
				o.gateway.Self.Lines = test.own
				if test.later > 0 {
					after(time.Minute, func() { o.SetLines(test.later) })
				}
				o.run(t)
				want(t, o, campaign.Tally{campaign.Reached: 20})
				if o.gateway.Most() != test.want {
					t.Errorf("%d outstanding at once, want %d", o.gateway.Most(), test.want)
				}
			})
		})
	}
}

func TestGatewayGetsMoreLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(30)
		o.gateway.Self.Lines = 1
		after(time.Minute, func() {
			o.SetLines(5)
			o.gateway.Become(gateway.About{Extended: true, Practice: true, Lines: 5})
		})
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 30})
		if o.gateway.Most() != 5 {
			t.Errorf("%d outstanding at once, want 5", o.gateway.Most())
		}
	})
}

// TestNobodyIsToldAndSettingsAreEmpty: a Runner without extras, and a campaign
// whose settings were left at their zero values.
func TestNobodyIsToldAndSettingsAreEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(0)
		o.store = campaigntest.NewStore(campaign.Campaign{State: campaign.Draft},
			[]campaign.Contact{{Number: number(0), Zones: []string{newYork}}})
		o.Store, o.Notify = o.store, nil
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 1})
	})
}

func TestUpdatesAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(50)
		var last time.Time
		o.Notify = func(u campaign.Update) {
			if gap := time.Since(last); gap < 100*time.Millisecond && u.Campaign.State != campaign.Finished {
				t.Errorf("updates %v apart", gap)
			}
			last = time.Now()
		}
		o.run(t)
	})
}

func TestCallsOfAnotherGateway(t *testing.T) {
	for _, test := range []struct {
		name   string
		then   string
		reqID  gateway.ReqID
		own    bool
		status campaign.Status
		code   campaign.Code
	}{
		{"never arrived at ours", campaign.BuiltIn, 0, true, campaign.Reached, campaign.CodeOutcome},
		{"forgotten by ours", campaign.BuiltIn, 77, true, campaign.Doubt, campaign.CodeVanished},
		{"not known to ours, sent elsewhere", "http://10.0.0.5:8155", 0, true, campaign.Doubt, campaign.CodeNoReply},
		{"not known to ours, sent to another on this machine", "http://127.0.0.1:40001", 0, true, campaign.Doubt, campaign.CodeNoReply},
		{"foreign, no reply", campaign.BuiltIn, 0, false, campaign.Doubt, campaign.CodeNoReply},
		{"foreign, elsewhere", "http://10.0.0.5:8155", 77, false, campaign.Doubt, campaign.CodeNoReply},
		{"foreign, forgotten", campaign.BuiltIn, 77, false, campaign.Doubt, campaign.CodeVanished},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(1)
				o.gateway.Become(gateway.About{Extended: test.own})
				a, err := o.store.Begin(t.Context(), campaign.Attempt{
					Campaign: 1, Contact: 1, Number: number(0), Reference: "r", Gateway: test.then, Begun: time.Now(),
				})
				if err != nil {
					t.Fatal(err)
				}
				if test.reqID != 0 {
					_ = o.store.Queued(t.Context(), a.ID, test.reqID, time.Now())
				}
				o.run(t)
				row := o.store.Rows()[0]
				if row.Status != test.status || row.Why.Code != test.code {
					t.Errorf("row is %s because %s, want %s because %s", row.Status, row.Why.Code, test.status, test.code)
				}
			})
		})
	}
}

// TestCrashAnywhere lets the program die at every step at which something is
// written or asked, and start again on what was stored; with and without the
// gateway dying at the same moment, and with and without a power cut, which
// takes away what nobody has waited for.
func TestCrashAnywhere(t *testing.T) {
	script := plays(
		[]gateway.Outcome{gateway.OutcomeReached},
		[]gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeReached},
		[]gateway.Outcome{gateway.OutcomeNoAnswer},
		[]gateway.Outcome{gateway.OutcomeMachine},
		[]gateway.Outcome{gateway.OutcomeBadNumber},
	)
	queued := func(p gateway.Phone, n int) campaigntest.Play {
		play := script(p, n)
		play.Queue = 2 * time.Second
		return play
	}
	steps := 0
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(5)
		o.gateway.Plays = queued
		count := campaigntest.At(0)
		o.store.Crash(count)
		o.gateway.Crash(count)
		o.run(t)
		steps = count.Steps()
	})
	if steps < 100 {
		t.Fatalf("only %d steps", steps)
	}
	for _, both := range []bool{false, true} {
		for _, cut := range []bool{false, true} {
			for k := 1; k <= steps; k++ {
				t.Run(fmt.Sprintf("step %d, gateway dies %v, power cut %v", k, both, cut), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						o := newOffice(5)
						o.gateway.Plays = queued
						crashOnce(t, o, k, both, cut)
						wantState(t, o.run(t), campaign.Finished, "")
						wantHonest(t, o, both)
					})
				})
			}
		}
	}
}

// crashOnce runs until step k, and lets some time pass before the restart.
func crashOnce(t *testing.T, o *office, k int, both, cut bool) {
	t.Helper()
	crash := campaigntest.At(k)
	o.store.Crash(crash)
	o.gateway.Crash(crash)
	if _, err := o.Run(t.Context(), 1); err != nil && !errors.Is(err, campaigntest.ErrCrashed) {
		t.Fatal(err)
	}
	if both {
		o.gateway.Die()
	}
	if cut {
		o.store.PowerCut()
	}
	time.Sleep(time.Duration(k%4) * 10 * time.Second)
	o.store.Crash(nil)
	o.gateway.Crash(nil)
	o.restart()
}

// wantHonest checks that every row is final, that nobody was called twice for
// nothing, and that every ring of a phone is accounted for.
func wantHonest(t *testing.T, o *office, doubtAllowed bool) {
	t.Helper()
	final := []campaign.Status{campaign.Reached, campaign.Reached, campaign.Unreached, campaign.Machine, campaign.Failed}
	dials := []int{1, 2, 3, 1, 1}
	for i, row := range o.store.Rows() {
		rang := o.gateway.Dials(gateway.Phone(row.Number))
		if row.Status == campaign.Doubt {
			if !doubtAllowed {
				t.Errorf("row %d is in doubt because %s", i, row.Why.Code)
			}
			if rang != row.Tries+1 {
				t.Errorf("row %d in doubt: rang %d times, %d counted", i, rang, row.Tries)
			}
			continue
		}
		if row.Status != final[i] {
			t.Errorf("row %d is %s, want %s", i, row.Status, final[i])
		}
		if rang != dials[i] || row.Tries != dials[i] {
			t.Errorf("row %d: rang %d times, %d counted, want %d", i, rang, row.Tries, dials[i])
		}
	}
	attempts, _ := o.store.Attempts(t.Context(), 1, 0)
	for _, a := range attempts {
		row := o.store.Rows()[a.Contact-1]
		if a.Open() && row.Status != campaign.Doubt {
			t.Errorf("attempt %d is open, its row is %s", a.ID, row.Status)
		}
	}
}

// TestOtherSettingsAtTheNextStart: what was changed while nothing ran counts for
// rows that wait already.
func TestOtherSettingsAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := campaign.Campaign{State: campaign.Draft}
		from := campaign.Clock((time.Now().In(inNewYork(t)).Hour()*60 + 12*60) % (24 * 60))
		c.Settings.Hours, c.Settings.Lines = campaign.EveryDay(from, from+1), 2
		o := newOfficeWith(c, 5)
		o.Patience = time.Minute
		wantState(t, o.run(t), campaign.Paused, campaign.CodeWaiting)
		s := c.Settings.Complete()
		s.Hours = campaign.AllHours()
		o.store.Configure(s)
		o.restart()
		o.Patience = time.Minute
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 5})
	})
}

func inNewYork(t *testing.T) *time.Location {
	t.Helper()
	place, err := time.LoadLocation(newYork)
	if err != nil {
		t.Fatal(err)
	}
	return place
}
