package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// office is a store, a gateway and a Runner between them.
type office struct {
	store   *campaigntest.Store
	gateway *campaigntest.Gateway
	pages   *campaigntest.Pages
	updates []campaign.Update
	*campaign.Runner
}

// newOffice has n rows at all hours, two lines, and a practice gateway.
func newOffice(n int) *office {
	c := campaign.Campaign{Name: "Reminders", State: campaign.Draft}
	c.Settings.Hours = campaign.AllHours()
	c.Settings.Lines = 2
	return newOfficeWith(c, n)
}

func newOfficeWith(c campaign.Campaign, n int) *office {
	var rows []campaign.Contact
	for i := range n {
		rows = append(rows, campaign.Contact{
			Name: fmt.Sprint("Person ", i), Number: number(i), Zones: []string{"America/New_York"},
		})
	}
	c.Settings = c.Settings.Complete()
	o := &office{
		store: campaigntest.NewStore(c, rows), gateway: campaigntest.NewGateway(8),
		pages: &campaigntest.Pages{},
	}
	o.restart()
	return o
}

// restart is the program starting anew on the same store.
func (o *office) restart() {
	o.Runner = &campaign.Runner{
		Store: o.store,
		Routes: []campaign.Route{{
			Name: campaign.BuiltIn, Gateway: o.gateway, Follower: &campaigntest.Follower{Gateway: o.gateway}, Pages: o.pages,
		}},
		Notify: func(u campaign.Update) { o.updates = append(o.updates, u) },
	}
}

func number(i int) phone.Number { return phone.Number(fmt.Sprintf("+1212555%04d", 100+i)) }

// run is Run to its end.
func (o *office) run(t *testing.T) campaign.Campaign {
	t.Helper()
	c, err := o.Run(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (o *office) tally(t *testing.T) campaign.Tally {
	t.Helper()
	tally, err := o.store.Tally(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

// only is the one row in state s.
func (o *office) only(t *testing.T, s campaign.Status) campaign.Contact {
	t.Helper()
	var found []campaign.Contact
	for _, row := range o.store.Rows() {
		if row.Status == s {
			found = append(found, row)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d rows are %s, want 1", len(found), s)
	}
	return found[0]
}

// plays lets row i go as plays[i] says, dial by dial; the last one repeats.
func plays(rows ...[]gateway.Outcome) func(gateway.Phone, int) campaigntest.Play {
	return func(p gateway.Phone, n int) campaigntest.Play {
		for i, outcomes := range rows {
			if phone.Number(p) == number(i) {
				return campaigntest.Play{Outcome: outcomes[min(n, len(outcomes))-1]}
			}
		}
		return campaigntest.Play{}
	}
}

func want(t *testing.T, o *office, wanted campaign.Tally) {
	t.Helper()
	if diff := cmp.Diff(wanted, o.tally(t)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func wantState(t *testing.T, c campaign.Campaign, s campaign.State, code campaign.Code) {
	t.Helper()
	if c.State != s || c.Why.Code != code {
		t.Errorf("campaign is %s because %q, want %s because %q", c.State, c.Why.Code, s, code)
	}
}

func TestRunReachesEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(9)
		c := o.run(t)
		wantState(t, c, campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 9})
		if !c.Practice || c.Started.IsZero() || c.Ended.IsZero() {
			t.Errorf("practice %v, started %v, ended %v", c.Practice, c.Started, c.Ended)
		}
		if o.gateway.Most() != 2 {
			t.Errorf("%d calls outstanding at once, want 2", o.gateway.Most())
		}
		if o.gateway.Records() != 0 || o.pages.Open != 0 {
			t.Errorf("%d records and %d pages are left", o.gateway.Records(), o.pages.Open)
		}
		last := o.updates[len(o.updates)-1]
		if last.Campaign.State != campaign.Finished || last.Tally[campaign.Reached] != 9 || last.Outstanding != 0 {
			t.Errorf("last update: %+v", last)
		}
		seen := map[campaign.ContactID]bool{}
		for _, u := range o.updates {
			for _, id := range u.Changed {
				seen[id] = true
			}
		}
		if len(seen) != 9 {
			t.Errorf("updates told of %d rows, want 9", len(seen))
		}
	})
}

// Our own gateway is told what a document may want to know; another one only
// what it understands.
func TestRequestsTellOfTheirRow(t *testing.T) {
	for _, extended := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			o := newOffice(1)
			about, err := o.gateway.About(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			about.Extended = extended
			o.gateway.Become(about)
			o.run(t)
			got := o.gateway.Requests()[0]
			row, name := 0, ""
			if extended {
				row, name = o.store.Rows()[0].Row, "Reminders"
			}
			if got.Row != row || got.Campaign != name || got.Info != "Reminders" {
				t.Errorf("extended %t: campaign %q, row %d, info %q; want %q and %d", extended, got.Campaign, got.Row, got.Info, name, row)
			}
		})
	}
}

func TestOutcomesDecideRows(t *testing.T) {
	for _, test := range []struct {
		outcome gateway.Outcome
		status  campaign.Status
		code    campaign.Code
		dials   int
	}{
		{gateway.OutcomeReached, campaign.Reached, campaign.CodeOutcome, 1},
		{gateway.OutcomeNoTransfer, campaign.Reached, campaign.CodeOutcome, 1},
		{gateway.OutcomeMachine, campaign.Machine, campaign.CodeOutcome, 1},
		{gateway.OutcomeBusy, campaign.Unreached, campaign.CodeNoTries, 3},
		{gateway.OutcomeNoAnswer, campaign.Unreached, campaign.CodeNoTries, 3},
		{gateway.OutcomeNoMessage, campaign.Unreached, campaign.CodeNoTries, 3},
		{gateway.OutcomeCongestion, campaign.Unreached, campaign.CodeNoTries, 3},
		{gateway.OutcomeBadNumber, campaign.Failed, campaign.CodeOutcome, 1},
		{gateway.OutcomeNoResponse, campaign.Failed, campaign.CodeOutcome, 1},
		{gateway.OutcomeFlowBroken, campaign.Failed, campaign.CodeOutcome, 1},
		{gateway.OutcomeEnded, campaign.Failed, campaign.CodeOutcome, 1},
		{gateway.OutcomeInterrupted, campaign.Doubt, campaign.CodeInterrupted, 1},
	} {
		t.Run(string(test.outcome), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(1)
				o.gateway.Plays = plays([]gateway.Outcome{test.outcome})
				wantState(t, o.run(t), campaign.Finished, "")
				row := o.store.Rows()[0]
				if row.Status != test.status || row.Why.Code != test.code {
					t.Errorf("row is %s because %s, want %s because %s", row.Status, row.Why.Code, test.status, test.code)
				}
				if got := o.gateway.Dials(gateway.Phone(row.Number)); got != test.dials {
					t.Errorf("dialled %d times, want %d", got, test.dials)
				}
				if test.status != campaign.Doubt && row.Tries != test.dials {
					t.Errorf("%d tries counted, want %d", row.Tries, test.dials)
				}
			})
		})
	}
}

func TestRetriesKeepTheirDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		o.gateway.Plays = plays([]gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeCongestion, gateway.OutcomeReached})
		o.run(t)
		attempts, _ := o.store.Attempts(t.Context(), 1, 1)
		if len(attempts) != 3 {
			t.Fatalf("%d attempts, want 3", len(attempts))
		}
		for i, delay := range []time.Duration{10 * time.Minute, 5 * time.Minute} {
			if got := attempts[i+1].Begun.Sub(attempts[i].Ended); got < delay || got > delay+time.Second {
				t.Errorf("try %d began %v after the one before, want %v", i+2, got, delay)
			}
		}
	})
}

func TestPracticeSpeedDividesDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := campaign.Campaign{State: campaign.Draft}
		c.Settings.Hours = campaign.AllHours()
		c.Settings.Speed = 60
		o := newOfficeWith(c, 1)
		o.gateway.Plays = plays([]gateway.Outcome{gateway.OutcomeNoAnswer, gateway.OutcomeReached})
		o.run(t)
		attempts, _ := o.store.Attempts(t.Context(), 1, 1)
		if got := attempts[1].Begun.Sub(attempts[0].Ended); got < 30*time.Second || got > 31*time.Second {
			t.Errorf("tried again after %v, want 30 s", got)
		}
	})
}

func TestUndialledIsNotTried(t *testing.T) {
	for outcome, code := range map[gateway.Outcome]campaign.Code{
		gateway.OutcomeExpired:     campaign.CodeNoLine,
		gateway.OutcomeFlowMissing: campaign.CodeNoService,
	} {
		t.Run(string(outcome), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(1)
				o.Patience = time.Minute
				o.gateway.Plays = plays([]gateway.Outcome{outcome})
				wantState(t, o.run(t), campaign.Paused, campaign.CodeWaiting)
				row := o.store.Rows()[0]
				if row.Status != campaign.Waiting || row.Why.Code != code || row.Tries != 0 || row.Misses != 3 {
					t.Errorf("row: %+v", row)
				}
			})
		})
	}
}

func TestPublishFailureDialsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		o.Patience = time.Minute
		o.pages.Err = errors.New("the file is gone")
		o.run(t)
		want(t, o, campaign.Tally{campaign.Waiting: 2})
		if o.gateway.Count("call") != 0 {
			t.Error("a call without a page was requested")
		}
	})
}

// refusing lets the gateway refuse the first n requests.
func refusing(o *office, n int) {
	o.gateway.Faults = func(kind string, k int) campaigntest.Fault {
		if kind == "call" && k <= n {
			return campaigntest.Refused
		}
		return campaigntest.Fine
	}
}

func TestRowRefusedThriceFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		refusing(o, 3)
		o.run(t)
		want(t, o, campaign.Tally{campaign.Failed: 1})
		row := o.only(t, campaign.Failed)
		if row.Why.Code != campaign.CodeRefused || row.Why.Text != "not today" || row.Tries != 0 {
			t.Errorf("row: %+v", row)
		}
	})
}

func TestRowRefusedOnceIsOfferedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		refusing(o, 2)
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 2})
	})
}

func TestGatewayThatRefusesEverybodyEndsTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(50)
		refusing(o, 1000)
		c := o.run(t)
		if c.State != campaign.Paused || c.Why.Code != campaign.CodeRefused || c.Why.Text != "not today" {
			t.Errorf("campaign: %s because %+v", c.State, c.Why)
		}
		// Three are refused, and one more if it was on its way meanwhile.
		tally := o.tally(t)
		if n := tally[campaign.Waiting]; n < 3 || n > 4 || tally[campaign.Ready] != 50-n {
			t.Errorf("rows: %v", tally)
		}
		refusing(o, 0)
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 50})
	})
}

// garbling lets the gateway answer nonsense about the status of calls.
func garbling(o *office, n int) {
	o.gateway.Faults = func(kind string, k int) campaigntest.Fault {
		if kind == "status" && k <= n {
			return campaigntest.Garbled
		}
		return campaigntest.Fine
	}
}

func TestNonsenseNowAndThenIsOverlooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		garbling(o, 6)
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 2})
	})
}

func TestGatewayThatTalksNonsenseEndsTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(50)
		garbling(o, 1_000_000)
		c := o.run(t)
		if c.State != campaign.Paused || c.Why.Code != campaign.CodeUnclear {
			t.Errorf("campaign: %s because %+v", c.State, c.Why)
		}
		want(t, o, campaign.Tally{campaign.Doubt: 2, campaign.Ready: 48})
	})
}

func TestLeavingDoesNotWaitForAGatewayThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, func() {
			o.gateway.Fail(func(string, int) campaigntest.Fault { return campaigntest.Unreachable })
			cancel()
		})
		begun := time.Now()
		if _, err := o.Run(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("the run ended after %v", took)
		}
	})
}

func TestGatewayAwayAndBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(6)
		from, till := time.Now().Add(30*time.Second), time.Now().Add(10*time.Minute)
		o.gateway.Faults = func(string, int) campaigntest.Fault {
			if now := time.Now(); now.After(from) && now.Before(till) {
				return campaigntest.Unreachable
			}
			return campaigntest.Fine
		}
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 6})
		away := 0
		for _, u := range o.updates {
			if u.Away != nil {
				away++
				if u.Campaign.Why.Code != campaign.CodeGatewayAway {
					t.Errorf("away, but the campaign says %q", u.Campaign.Why.Code)
				}
			}
		}
		if away == 0 {
			t.Error("no update told that the gateway was away")
		}
		for i, row := range o.store.Rows() {
			if row.Tries != 1 || o.gateway.Dials(gateway.Phone(number(i))) != 1 {
				t.Errorf("row %d: %d tries, %d dials", i, row.Tries, o.gateway.Dials(gateway.Phone(number(i))))
			}
		}
	})
}

func TestGatewayAwayAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		o.gateway.Faults = func(_ string, n int) campaigntest.Fault {
			if n < 4 {
				return campaigntest.Unreachable
			}
			return campaigntest.Fine
		}
		wantState(t, o.run(t), campaign.Finished, "")
	})
}

// TestFaultsNeverCallTwice lets one request of each kind go wrong in each way.
func TestFaultsNeverCallTwice(t *testing.T) {
	for _, kind := range []string{"call", "status", "remove", "about", "lookup", "void"} {
		for _, fault := range []campaigntest.Fault{campaigntest.Unreachable, campaigntest.LostRequest, campaigntest.LostReply, campaigntest.Late} {
			for n := 1; n < 6; n++ {
				t.Run(fmt.Sprint(kind, fault, n), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						o := newOffice(4)
						o.gateway.Faults = func(k string, i int) campaigntest.Fault {
							if k == kind && i == n {
								return fault
							}
							if k == "call" && i == 2 { // makes it ask
								return campaigntest.LostRequest
							}
							return campaigntest.Fine
						}
						wantState(t, o.run(t), campaign.Finished, "")
						want(t, o, campaign.Tally{campaign.Reached: 4})
						for i := range 4 {
							if got := o.gateway.Dials(gateway.Phone(number(i))); got != 1 {
								t.Errorf("row %d was dialled %d times", i, got)
							}
						}
					})
				})
			}
		}
	}
}

func TestForeignGatewayCannotBeAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(3)
		o.gateway.Self = gateway.About{}
		o.gateway.Faults = func(kind string, n int) campaigntest.Fault {
			if kind == "call" && n == 1 {
				return campaigntest.LostReply
			}
			return campaigntest.Fine
		}
		c := o.run(t)
		wantState(t, c, campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 2, campaign.Doubt: 1})
		if c.Practice {
			t.Error("a foreign gateway was taken for practice")
		}
		if why := o.only(t, campaign.Doubt).Why; why.Code != campaign.CodeNoReply {
			t.Errorf("in doubt because %q", why.Code)
		}
		if o.gateway.Count("lookup")+o.gateway.Count("void") != 0 {
			t.Error("a foreign gateway was asked for references")
		}
	})
}

func TestRecordLostWhileCalling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		go func() {
			time.Sleep(5 * time.Second)
			_ = o.gateway.Remove(t.Context(), 1000, gateway.Removal{}) // somebody else's doing
		}()
		o.run(t)
		row := o.store.Rows()[0]
		if row.Status != campaign.Doubt || row.Why.Code != campaign.CodeVanished {
			t.Errorf("row is %s because %s", row.Status, row.Why.Code)
		}
	})
}

func TestKindsDoNotMix(t *testing.T) {
	for _, practice := range []bool{true, false} {
		t.Run(fmt.Sprint("line is practice ", practice), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOfficeWith(campaign.Campaign{
					State: campaign.Paused, Started: time.Now(), Practice: !practice,
					Settings: campaign.Settings{Hours: campaign.AllHours()},
				}, 2)
				o.gateway.Self.Practice = practice
				wantState(t, o.run(t), campaign.Paused, campaign.CodeKind)
				want(t, o, campaign.Tally{campaign.Ready: 2})
				if o.gateway.Count("call") != 0 {
					t.Error("a call was requested")
				}
			})
		})
	}
}

func TestResultsOfTheOtherKindAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		go func() {
			time.Sleep(time.Second)
			o.gateway.Become(gateway.About{Extended: true})
		}()
		wantState(t, o.run(t), campaign.Paused, campaign.CodeKind)
		want(t, o, campaign.Tally{campaign.Queued: 2})
	})
}

func TestPatience(t *testing.T) {
	closed := campaign.Campaign{State: campaign.Draft}
	closed.Settings.Hours = campaign.EveryDay(9*60, 20*60) // a bubble begins at 19:00 in New York
	t.Run("runs out", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(90 * time.Minute)
			o := newOfficeWith(closed, 3)
			o.Patience = time.Hour
			c := o.run(t)
			wantState(t, c, campaign.Paused, campaign.CodeWaiting)
			want(t, o, campaign.Tally{campaign.Waiting: 3})
			nine := time.Date(2000, 1, 1, 14, 0, 0, 0, time.UTC)
			row := o.store.Rows()[0]
			if !c.Why.Until.Equal(nine) || !row.NextAt.Equal(nine) || row.Why.Code != campaign.CodeHours || row.Why.Zone != "America/New_York" {
				t.Errorf("campaign until %v, row %+v", c.Why.Until, row)
			}
		})
	})
	t.Run("without end", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(90 * time.Minute)
			o := newOfficeWith(closed, 3)
			wantState(t, o.run(t), campaign.Finished, "")
			attempts, _ := o.store.Attempts(t.Context(), 1, 0)
			if first := attempts[0].Begun.UTC().Hour(); first != 14 {
				t.Errorf("first call at %v", attempts[0].Begun)
			}
		})
	})
	t.Run("hours end during the run", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(58 * time.Minute)
			o := newOfficeWith(closed, 300)
			o.run(t)
			want(t, o, campaign.Tally{campaign.Reached: 300})
			attempts, _ := o.store.Attempts(t.Context(), 1, 0)
			for _, a := range attempts {
				if h := a.Begun.Add(-5 * time.Hour).UTC().Hour(); h < 9 || h >= 20 {
					t.Errorf("row %d was called at %d o'clock there", a.Row, h)
				}
			}
		})
	})
}

func TestDoNotCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(4)
		o.gateway.Plays = func(p gateway.Phone, _ int) campaigntest.Play {
			if phone.Number(p) == number(1) {
				return campaigntest.Play{Outcome: gateway.OutcomeBusy}
			}
			return campaigntest.Play{Answers: []gateway.Answer{{Name: "optout", Value: "True"}}}
		}
		go func() {
			time.Sleep(time.Minute)
			o.store.Block(2) // busy, to be tried again
		}()
		time.Sleep(time.Millisecond)
		o.store.Block(4)
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 2, campaign.Skipped: 2})
		rows := o.store.Rows()
		if !rows[0].DoNotCall {
			t.Error("who opted out is not on the list")
		}
		if rows[1].Tries != 1 || rows[3].Tries != 0 || rows[3].Why.Code != campaign.CodeDoNotCall {
			t.Errorf("rows: %+v %+v", rows[1], rows[3])
		}
	})
}

func TestBlockedAtTheLastMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(3)
		o.Store = lateBlock{o.store}
		o.run(t)
		want(t, o, campaign.Tally{campaign.Reached: 2, campaign.Skipped: 1})
	})
}

// lateBlock puts row 2 on the do-not-call list between decision and dial.
type lateBlock struct{ *campaigntest.Store }

func (s lateBlock) Begin(ctx context.Context, a campaign.Attempt) (campaign.Attempt, error) {
	if a.Contact == 2 {
		s.Block(2)
	}
	return s.Store.Begin(ctx, a)
}
