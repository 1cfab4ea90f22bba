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

// slowDisk takes a second to make anything durable.
type slowDisk struct{ campaign.Store }

func (s slowDisk) Sync(ctx context.Context) error {
	time.Sleep(time.Second)
	return s.Store.Sync(ctx)
}

// suspicious is a gateway that pulls the plug at every request for a call, to see
// whether its attempt is still there.
type suspicious struct {
	campaign.Gateway
	store   *campaigntest.Store
	unknown int
}

func (s *suspicious) Call(ctx context.Context, r gateway.Request) (gateway.ReqID, error) {
	if !s.store.Kept(r.Reference) {
		s.unknown++
	}
	return s.Gateway.Call(ctx, r)
}

// TestNothingIsAskedThatIsNotWrittenDown has a disk that is slower than the
// gateway.
func TestNothingIsAskedThatIsNotWrittenDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(6)
		o.Store = slowDisk{o.store}
		s := &suspicious{Gateway: o.gateway, store: o.store}
		o.Routes[0].Gateway = s
		wantState(t, o.run(t), campaign.Finished, "")
		if s.unknown > 0 {
			t.Errorf("%d calls were asked for that a power cut would have made forgotten", s.unknown)
		}
	})
}
