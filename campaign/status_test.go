package campaign_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// telling is a gateway whose status replies are made up, the last one repeated.
type telling struct {
	*campaigntest.Gateway
	replies []gateway.Attempt
}

func (g *telling) Status(context.Context, gateway.ReqID) (gateway.Status, error) {
	reply := g.replies[0]
	if len(g.replies) > 1 {
		g.replies = g.replies[1:]
	}
	return gateway.Status{Attempts: []gateway.Attempt{reply}, Practice: true}, nil
}

func TestRepliesOfOtherGateways(t *testing.T) {
	pending := gateway.Attempt{State: gateway.StatePending}
	retry := gateway.Attempt{State: gateway.StateRetry, Reason: "No answer. Try in 1 minute "}
	for _, test := range []struct {
		name    string
		replies []gateway.Attempt
		status  campaign.Status
		why     campaign.Reason
		tries   int
	}{
		{"not over yet", []gateway.Attempt{pending, retry, {State: "waitagent"}, {State: gateway.StateMade, Reason: gateway.ReasonSucceeded}},
			campaign.Reached, campaign.Reason{Code: campaign.CodeOutcome, Outcome: "reached"}, 1},
		{"made, in words nobody knows", []gateway.Attempt{{State: gateway.StateMade, Reason: "Listened to all of it"}},
			campaign.Reached, campaign.Reason{Code: campaign.CodeOutcome, Outcome: "reached"}, 1},
		{"failed, in words nobody knows", []gateway.Attempt{{State: gateway.StateFailed, Reason: "Fax tone"}},
			campaign.Failed, campaign.Reason{Code: campaign.CodeOutcome, Text: "Fax tone"}, 0},
		{"expired", []gateway.Attempt{{State: "expired"}, {State: gateway.StateMade, Reason: gateway.ReasonMachine}},
			campaign.Machine, campaign.Reason{Code: campaign.CodeOutcome, Outcome: "machine"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(1)
				o.Routes[0].Follower = &campaigntest.Follower{Gateway: &telling{o.gateway, test.replies}}
				o.run(t)
				row := o.store.Rows()[0]
				if row.Status != test.status || row.Why != test.why || row.Tries != test.tries {
					t.Errorf("row is %s, %+v after %d tries", row.Status, row.Why, row.Tries)
				}
			})
		})
	}
}

func TestFewerTriesThanBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := campaign.Campaign{State: campaign.Paused}
		c.Settings.Hours, c.Settings.Retry.Tries = campaign.AllHours(), 2
		c.Settings = c.Settings.Complete()
		o := newOffice(0)
		o.store = campaigntest.NewStore(c, []campaign.Contact{
			{Number: number(0), Zones: []string{newYork}, Status: campaign.Waiting, NextAt: time.Now(), Tries: 2},
		})
		o.Store = o.store
		o.run(t)
		if row := o.only(t, campaign.Unreached); row.Why.Code != campaign.CodeNoTries {
			t.Errorf("row: %+v", row)
		}
		if o.gateway.Count("call") != 0 {
			t.Error("it was called once more")
		}
	})
}

func TestOptOutAfterABusyLineIsSkipped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(1)
		o.gateway.Plays = func(gateway.Phone, int) campaigntest.Play {
			return campaigntest.Play{Outcome: gateway.OutcomeNoMessage, Answers: []gateway.Answer{{Name: "OptOut", Value: " yes "}}}
		}
		o.run(t)
		if row := o.only(t, campaign.Skipped); row.Why.Code != campaign.CodeDoNotCall || row.Tries != 1 {
			t.Errorf("row: %+v", row)
		}
	})
}

func TestLogsTellNoNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var written bytes.Buffer
		o := newOffice(3)
		o.Log = slog.New(slog.NewTextHandler(&written, nil))
		o.gateway.Faults = func(kind string, n int) campaigntest.Fault {
			if n == 2 && kind != "about" {
				return campaigntest.LostReply
			}
			return campaigntest.Fine
		}
		o.run(t)
		if written.Len() == 0 {
			t.Error("nothing was logged")
		}
		for i := range 3 {
			if strings.Contains(written.String(), string(number(i))[2:]) {
				t.Errorf("a number is in the log:\n%s", &written)
			}
		}
	})
}

func TestTally(t *testing.T) {
	tally := campaign.Tally{}
	for i, s := range campaign.Statuses() {
		tally[s] = 1 << i
	}
	if got := tally.Total(); got != 1<<12-1 {
		t.Errorf("total %d", got)
	}
	want := 0
	for _, s := range []campaign.Status{campaign.Ready, campaign.Waiting, campaign.Sending, campaign.Queued, campaign.Calling} {
		want += tally[s]
	}
	if got := tally.Left(); got != want {
		t.Errorf("left %d, want %d", got, want)
	}
}
