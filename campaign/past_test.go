package campaign_test

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// TestUndialledCountsForNoLimit sends a call that never leaves: the limit of
// calls to the number is as far away as before.
func TestUndialledCountsForNoLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		c, err := o.store.Campaign(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		c.Settings.Limits = []campaign.Limit{{Calls: 1, Within: 30 * 24 * time.Hour}}
		o.store.Configure(c.Settings)
		o.gateway.Faults = func(kind string, n int) campaigntest.Fault {
			if kind == "call" && n == 1 {
				return campaigntest.Unreachable
			}
			return campaigntest.Fine
		}
		wantState(t, o.run(t), campaign.Finished, "")
		if row := o.store.Rows()[0]; row.Status != campaign.Reached {
			t.Errorf("row is %s because %s", row.Status, row.Why.Code)
		}
	})
}

// TestRehearsalWaitsForAnotherCallNoLonger has two rows with one number: the
// second is called after the first, and in a rehearsal soon after.
func TestRehearsalWaitsForAnotherCallNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := campaign.Campaign{Settings: campaign.Settings{Hours: campaign.AllHours(), Lines: 2, Speed: 60}}
		o := newOfficeWith(c, 2)
		rows := o.store.Rows()
		rows[1].Number = rows[0].Number
		o.store = campaigntest.NewStore(c, rows)
		o.restart()
		begun := time.Now()
		wantState(t, o.run(t), campaign.Finished, "")
		attempts, err := o.store.Attempts(t.Context(), 1, 0)
		if err != nil || len(attempts) != 2 {
			t.Fatalf("%d calls, %v", len(attempts), err)
		}
		if attempts[1].Begun.Before(attempts[0].Ended) {
			t.Error("the number rang twice at the same time")
		}
		if took := attempts[1].Begun.Sub(begun); took >= time.Minute {
			t.Errorf("the second call was begun after %v", took)
		}
	})
}

// TestOptOutTakesBackWhatIsOnItsWay has two rows with one number of which the
// second is sent for while the first is talked to at another of its numbers:
// who asks not to be called again is not called at that number either.
func TestOptOutTakesBackWhatIsOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := campaign.Campaign{Settings: campaign.Settings{Hours: campaign.AllHours(), Lines: 2}}
		rows := []campaign.Contact{
			{Number: number(0), Others: []phone.Number{number(1)}, Zones: []string{"America/New_York"}},
			{Number: number(1), Zones: []string{"America/New_York"}},
		}
		o := newOfficeWith(c, 0)
		o.store = campaigntest.NewStore(c, rows)
		o.gateway.Plays = func(p gateway.Phone, _ int) campaigntest.Play {
			if p == gateway.Phone(number(1)) { // no line is free for a while
				return campaigntest.Play{Outcome: gateway.OutcomeReached, Queue: 50 * time.Second}
			}
			return campaigntest.Play{Outcome: gateway.OutcomeReached, Answers: []gateway.Answer{{Name: "optout", Value: "true"}}}
		}
		o.restart()
		wantState(t, o.run(t), campaign.Finished, "")
		if n := o.gateway.Dials(gateway.Phone(number(1))); n != 0 {
			t.Errorf("dialled %d times", n)
		}
		want(t, o, campaign.Tally{campaign.Reached: 1, campaign.Skipped: 1})
	})
}
