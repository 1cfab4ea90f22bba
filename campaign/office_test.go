package campaign_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

func TestANewCampaignBeginsAsTheOfficeHasSet(t *testing.T) {
	if diff := cmp.Diff(campaign.Settings{}.Complete(), campaign.OfficeSettings{}.Draft()); diff != "" {
		t.Errorf("an office that has set nothing (-want +got):\n%s", diff)
	}
	s := campaign.OfficeSettings{
		Region: "DE", Zone: "Europe/Berlin", Law: campaign.LawEurope, Hours: campaign.EveryDay(10*60, 18*60), Tries: 5, Lines: 12,
	}
	want := campaign.Settings{Region: "DE", Zoned: "Europe/Berlin", Law: campaign.LawEurope, Hours: campaign.EveryDay(10*60, 18*60), Lines: 12}
	want.Retry.Tries = 5
	if diff := cmp.Diff(want.Complete(), s.Draft()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestResultsAreKeptAtLeastAsLongAsCalls(t *testing.T) {
	for _, c := range []struct {
		keep campaign.Retention
		want bool
	}{
		{campaign.Retention{}, true},
		{campaign.Retention{Calls: 90}, true},
		{campaign.Retention{Results: 90, Calls: 90}, true},
		{campaign.Retention{Results: 365, Calls: 90}, true},
		{campaign.Retention{Results: 30, Calls: 90}, false},
		{campaign.Retention{Results: 30}, false},
	} {
		if got := c.keep.Consistent(); got != c.want {
			t.Errorf("%+v: %v", c.keep, got)
		}
	}
}

func TestAGatewayIsFoundByItsAddress(t *testing.T) {
	front := campaign.OfficeGateway{Name: "Front office", URL: "http://192.0.2.10:8155", Lines: 12, Patience: 5 * time.Second}
	s := campaign.OfficeSettings{Gateways: []campaign.OfficeGateway{{Name: "Other", URL: "http://192.0.2.24:8155"}, front}}
	if got, known := s.GatewayAt(front.URL); !known || got != front {
		t.Errorf("%v, %v", got, known)
	}
	if _, known := s.GatewayAt(""); known {
		t.Error("the built-in gateway is none of them")
	}
}
