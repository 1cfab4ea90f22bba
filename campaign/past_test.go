package campaign_test

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
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
