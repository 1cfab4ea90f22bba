package campaign_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// numbered gives attempts their ids, from 1.
func numbered(f campaign.Facts) campaign.Facts {
	for i := range f.Attempts {
		f.Attempts[i].ID = campaign.AttemptID(i + 1)
	}
	return f
}

// anew says that a row of three tries be called again.
func anew(a campaign.Anew) func(*campaign.Contact) {
	return func(p *campaign.Contact) { p.Anew, p.Tries = a, 3 }
}

func TestCalledAgainAtTheGate(t *testing.T) {
	noon := noonThere(t)
	busy := func(outcomes ...gateway.Outcome) campaign.Facts {
		var f campaign.Facts
		for i, o := range outcomes {
			a := at(number(0), noon.Add(time.Duration(i-len(outcomes))*time.Minute), o)
			f.Attempts = append(f.Attempts, a)
		}
		return numbered(f)
	}
	all := campaign.Anew{Since: 3, Tries: 3, Now: 3}
	retry := func(until time.Time, try int) campaign.Decision {
		return waits(until, campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: try, Of: 3})
	}
	spent := campaign.Decision{Verdict: campaign.Never, Why: campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3}}
	three := busy(gateway.OutcomeBusy, gateway.OutcomeBusy, gateway.OutcomeBusy)
	limited := three
	for _, a := range limited.Attempts {
		past, _ := a.Past()
		limited.Past = append(limited.Past, past)
	}
	runCases(t, []gateCase{
		{name: "no tries are left", row: anew(campaign.Anew{}), facts: three, want: spent},
		{name: "all are forgiven", row: anew(all), facts: three, want: dials(number(0))},
		{name: "who was reached", row: anew(all), facts: busy(gateway.OutcomeBusy, gateway.OutcomeBusy, gateway.OutcomeReached), want: dials(number(0))},
		{name: "a number that was no good", row: anew(all), facts: busy(gateway.OutcomeBusy, gateway.OutcomeBusy, gateway.OutcomeBadNumber), want: dials(number(0))},
		{name: "what came after counts", row: anew(campaign.Anew{Since: 2, Tries: 2, Now: 2}), facts: three, want: retry(noon.Add(9*time.Minute), 2)},
		{name: "and ends it", row: anew(campaign.Anew{Since: 2, Tries: 2, Now: 2}), facts: busy(gateway.OutcomeBusy, gateway.OutcomeBusy, gateway.OutcomeReached),
			want: neverBecause(campaign.CodeOutcome, gateway.OutcomeReached)},
		{name: "tries whose calls were deleted", row: anew(campaign.Anew{Tries: 3}), want: dials(number(0))},
		{name: "only its delay", row: func(p *campaign.Contact) { p.Anew.Now = 2 }, facts: busy(gateway.OutcomeBusy, gateway.OutcomeBusy), want: dials(number(0))},
		{name: "but not its tries", row: anew(campaign.Anew{Now: 3}), facts: three, want: spent},
		{name: "not the limits", row: anew(all), facts: limited, settings: limits(campaign.Limit{Calls: 3, Within: time.Hour}),
			want: waits(noon.Add(56*time.Minute), campaign.Reason{Code: campaign.CodeLimit, Try: 3, Of: 3})},
		{name: "nor the hours", now: eastern(t, "2026-11-24 23:00:00"), row: anew(all), facts: three,
			want: waits(eastern(t, "2026-11-25 09:00:00"), campaign.Reason{Code: campaign.CodeHours, Zone: newYork})},
		{name: "nor the do-not-call list", row: func(p *campaign.Contact) { anew(all)(p); p.DoNotCall = true }, facts: three,
			want: neverBecause(campaign.CodeDoNotCall, "")},
	})
}

// again lets every row of an office that may be be called again.
func (o *office) again(t *testing.T) int {
	t.Helper()
	var ids []campaign.ContactID
	for _, row := range o.store.Rows() {
		ids = append(ids, row.ID)
	}
	n, err := o.store.CallAgain(t.Context(), 1, ids, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	o.Look(ids)
	return n
}

// TestCallAgainAfterTheEnd: a finished campaign is paused until it is started,
// and then has all its tries again.
func TestCallAgainAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(2)
		busy := gateway.OutcomeBusy
		o.gateway.Plays = plays([]gateway.Outcome{busy, busy, busy, busy, gateway.OutcomeReached}, []gateway.Outcome{busy})
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Unreached: 2})
		o.store.Block(2)
		if n := o.again(t); n != 1 {
			t.Errorf("%d rows are called again, want the one that is not on the do-not-call list", n)
		}
		c, err := o.store.Campaign(t.Context(), 1)
		if err != nil || !c.Ended.IsZero() {
			t.Errorf("%v, ended %v", err, c.Ended)
		}
		wantState(t, c, campaign.Paused, campaign.CodeReopened)
		o.restart()
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 1, campaign.Unreached: 1})
		if row := o.only(t, campaign.Reached); row.Tries != 5 || row.Anew.Tries != 3 {
			t.Errorf("%d tries, of which %d are forgiven; want 5 and 3", row.Tries, row.Anew.Tries)
		}
		if got := o.gateway.Dials(gateway.Phone(number(1))); got != 3 {
			t.Errorf("who is not to be called was dialled %d times, want the 3 before", got)
		}
	})
}

// TestCallAgainWhileItRuns: the run takes the row up at once; who waits is
// called when somebody says so, and not before its time otherwise.
func TestCallAgainWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(3)
		busy := []gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeReached}
		o.gateway.Plays = plays([]gateway.Outcome{gateway.OutcomeReached}, busy, busy)
		begun := time.Now()
		after(5*time.Minute, func() {
			want(t, o, campaign.Tally{campaign.Reached: 1, campaign.Waiting: 2})
			if n, err := o.store.CallNow(t.Context(), 1, []campaign.ContactID{1, 2}); n != 1 || err != nil {
				t.Errorf("%d rows are called now, %v; want the one that waits", n, err)
			}
			if n, err := o.store.CallAgain(t.Context(), 1, []campaign.ContactID{1, 3}, time.Now()); n != 1 || err != nil {
				t.Errorf("%d rows are called again, %v; want the one that was reached", n, err)
			}
			o.Look([]campaign.ContactID{1, 2})
		})
		wantState(t, o.run(t), campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 3})
		for i, calls := range []int{2, 2, 2} {
			if got := o.gateway.Dials(gateway.Phone(number(i))); got != calls {
				t.Errorf("row %d was dialled %d times, want %d", i, got, calls)
			}
		}
		asked, waited := o.store.Rows()[1].Reached.Sub(begun), o.store.Rows()[2].Reached.Sub(begun)
		if asked > 6*time.Minute || waited < 10*time.Minute {
			t.Errorf("called when asked after %v, and after its delay at %v", asked, waited)
		}
	})
}

// late is a store in which somebody asks to call a row again just when its
// campaign finishes.
type late struct {
	*campaigntest.Store
	before bool
	asked  bool
}

func (s *late) SetState(ctx context.Context, c campaign.Campaign) error {
	ask := func() {
		if !s.asked && c.State == campaign.Finished {
			s.asked = true
			_, _ = s.CallAgain(ctx, 1, []campaign.ContactID{1}, time.Now())
		}
	}
	if s.before {
		ask()
	}
	err := s.Store.SetState(ctx, c)
	ask()
	return err
}

func TestCallAgainAtTheLastMoment(t *testing.T) {
	for _, before := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			o := newOffice(1)
			o.Store = &late{Store: o.store, before: before}
			wantState(t, o.run(t), campaign.Finished, "")
			want(t, o, campaign.Tally{campaign.Reached: 1})
			if got := o.gateway.Dials(gateway.Phone(number(0))); got != 2 {
				t.Errorf("dialled %d times, want once more", got)
			}
		})
	}
}
