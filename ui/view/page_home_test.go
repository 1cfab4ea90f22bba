package view_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestACardSaysHowItStandsAndWhatIsNext(t *testing.T) {
	now := morning()
	started := now.Add(-30 * time.Minute)
	tests := []struct {
		name                          string
		campaign                      campaign.Campaign
		tally                         campaign.Tally
		words, when, line, next, does string
		practice                      bool
	}{
		{"a draft nobody is skipped in", campaign.Campaign{State: campaign.Draft, Created: now}, campaign.Tally{campaign.Ready: 1},
			"Draft", "Today 10:42", "1 person ready", "Next: start calling", "Continue", true},
		{"a draft for real telephones", campaign.Campaign{State: campaign.Draft, Created: now, Settings: campaign.Settings{Gateway: "http://gate"}},
			campaign.Tally{campaign.Ready: 3, campaign.Skipped: 2}, "Draft", "Today 10:42", "3 people ready, 2 skipped", "Next: start calling", "Continue", false},
		{"running", campaign.Campaign{State: campaign.Running, Started: started}, campaign.Tally{campaign.Reached: 10, campaign.Ready: 2000, campaign.Skipped: 5},
			"Running", "Today 10:12", "10 of 2,010 done", "2,000 still to call", "Open", false},
		{"paused practice", campaign.Campaign{State: campaign.Paused, Started: started, Practice: true}, campaign.Tally{campaign.Waiting: 1},
			"Paused", "Today 10:12", "0 of 1 done", "1 still to call", "Open", true},
		{"finished", campaign.Campaign{State: campaign.Finished, Started: started, Ended: now}, campaign.Tally{campaign.Reached: 4, campaign.Machine: 1},
			"Finished", "Today 10:42", "4 reached, 1 machine", "Results are kept", "Results", false},
		{"finished with doubt", campaign.Campaign{State: campaign.Finished, Started: started, Ended: now}, campaign.Tally{campaign.Doubt: 3},
			"Finished", "Today 10:42", "3 in doubt", "3 people in doubt: you decide", "Results", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := view.NewHomeCard(tt.campaign, tt.tally, now)
			if c.Words != tt.words || c.When != tt.when || c.Line != tt.line || c.Next != tt.next || c.Action != tt.does || c.Practice != tt.practice {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestOnlyARunningCampaignIsPausedAtRest(t *testing.T) {
	for state, want := range map[campaign.State]campaign.State{
		campaign.Draft: campaign.Draft, campaign.Running: campaign.Paused, campaign.Paused: campaign.Paused,
		campaign.Finished: campaign.Finished, campaign.Stopped: campaign.Stopped,
	} {
		if got := view.AtRest(campaign.Campaign{State: state}).State; got != want {
			t.Errorf("%s rests as %s, want %s", state, got, want)
		}
	}
}
