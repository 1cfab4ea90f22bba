package campaign_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

func TestGatewayThatKnowsSettlesADoubt(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	a := campaign.Attempt{ID: 7, Contact: 3, Answers: []gateway.Answer{{Name: "reply", Value: "1"}}}
	status := func(state gateway.AttemptState, reason gateway.Reason, answers ...gateway.Answer) gateway.Status {
		return gateway.Status{Attempts: []gateway.Attempt{{State: state, Reason: reason, Answers: answers}}}
	}
	busy := status(gateway.StateFailed, gateway.ReasonBusy)
	tests := map[string]struct {
		state   campaign.State
		status  gateway.Status
		want    campaign.Status // empty: still in doubt
		optsOut bool
	}{
		"reached":               {campaign.Paused, status(gateway.StateMade, ""), campaign.Reached, false},
		"reached and opted out": {campaign.Paused, status(gateway.StateMade, "", gateway.Answer{Name: "optout", Value: "true"}), campaign.Reached, true},
		"busy, to be tried":     {campaign.Running, busy, campaign.Ready, false},
		"busy, and over":        {campaign.Finished, busy, campaign.Unreached, false},
		"never made":            {campaign.Paused, status("expired", ""), campaign.Ready, false},
		"never made, and over":  {campaign.Stopped, status("expired", ""), campaign.Cancelled, false},
		"interrupted":           {campaign.Paused, status(gateway.StateFailed, gateway.ReasonInterrupted), "", false},
		"under way":             {campaign.Paused, status(gateway.StateInProgress, ""), "", false},
		"nothing":               {campaign.Paused, gateway.Status{}, "", false},
		"of a practice line":    {campaign.Paused, gateway.Status{Practice: true, Attempts: status(gateway.StateMade, "").Attempts}, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, known := campaign.Asked(now, campaign.Campaign{State: tt.state}, a, tt.status)
			if known != (tt.want != "") || s.Status != tt.want || s.OptOut != tt.optsOut {
				t.Fatalf("%v, %+v", known, s)
			}
			if known && (!s.Attempt.Ended.Equal(now) || s.Attempt.ID != 7 || len(s.Attempt.Answers) == 0 || s.KeepOpen) {
				t.Errorf("%+v", s)
			}
			if known && s.Tried == s.Missed && s.Status != campaign.Cancelled {
				t.Errorf("tried %v, missed %v", s.Tried, s.Missed)
			}
		})
	}
}
