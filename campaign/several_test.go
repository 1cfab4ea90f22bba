package campaign_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// second adds another gateway to an office.
func (o *office) second(lines int) *campaigntest.Gateway {
	g := campaigntest.NewGateway(lines)
	g.Plays = o.gateway.Plays
	o.Routes = append(o.Routes, campaign.Route{
		Name: "http://second", Gateway: g, Follower: &campaigntest.Follower{Gateway: g}, Pages: o.pages,
	})
	return g
}

// TestRunEndsWithoutAGatewayThatIsGone leaves calls at a gateway that never
// answers again: the next run, which another gateway serves, puts them in doubt
// and ends.
func TestRunEndsWithoutAGatewayThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(4)
		for i := range 2 {
			a, err := o.store.Begin(t.Context(), campaign.Attempt{
				Campaign: 1, Contact: campaign.ContactID(i + 1), Number: number(i),
				Reference: gateway.Reference(fmt.Sprint("r", i)), Gateway: "http://second", Begun: time.Now(),
			})
			if err != nil {
				t.Fatal(err)
			}
			_ = o.store.Queued(t.Context(), a.ID, gateway.ReqID(70+i), time.Now())
		}
		gone := o.second(2)
		gone.Faults = func(string, int) campaigntest.Fault { return campaigntest.Unreachable }
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		c, err := o.Run(ctx, 1)
		if err != nil || ctx.Err() != nil {
			t.Fatalf("the run did not end by itself: %v, %v", err, ctx.Err())
		}
		wantState(t, c, campaign.Finished, "")
		want(t, o, campaign.Tally{campaign.Reached: 2, campaign.Doubt: 2})
		if why := o.store.Rows()[0].Why; why.Code != campaign.CodeSilent {
			t.Errorf("in doubt because %s", why.Code)
		}
	})
}
