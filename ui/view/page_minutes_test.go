package view_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func TestTimeline(t *testing.T) {
	now := morning()
	c := campaign.Campaign{Started: now.Add(-150 * time.Second)}
	times := campaign.CallTimes{From: now.Truncate(time.Minute).Add(-4 * time.Minute), Every: time.Minute, Slots: []campaign.CallSlot{
		{Idle: true},
		{Idle: true},
		{Ends: map[gateway.Outcome]int{gateway.OutcomeReached: 4, gateway.OutcomeNoTransfer: 1, gateway.OutcomeMachine: 1, gateway.OutcomeExpired: 9}},
		{Idle: true},
		{Ends: map[gateway.Outcome]int{gateway.OutcomeBusy: 2, gateway.OutcomeNoAnswer: 1, gateway.OutcomeBadNumber: 1, gateway.OutcomeUnknown: 7}},
	}}
	want := view.Timeline{
		{Label: "10:38", Counts: []int{0, 0, 0, 0}, Tip: "10:38: no calls"},
		{Counts: []int{0, 0, 0, 0}, Tip: "10:39: no calls"},
		{Label: "10:40", Counts: []int{5, 1, 0, 0}, Tip: "10:40: 5 reached, 1 machine"},
		{Counts: []int{0, 0, 0, 0}, Tip: "10:41: no calls", Gap: "paused"},
		{Label: "10:42", Counts: []int{0, 0, 3, 1}, Tip: "10:42: 3 not reached, 1 failed"},
	}
	if diff := cmp.Diff(want, view.TimelineOf(c, times, 2, now)); diff != "" {
		t.Error(diff)
	}
	c.Ended = now.Add(-2 * time.Minute)
	if got := view.TimelineOf(c, times, 2, now)[3].Gap; got != "" {
		t.Errorf("after its end a campaign is %s", got)
	}
}

// Half an hour ends with the minute that is not over.
func TestLiveMinutes(t *testing.T) {
	now := morning().Add(42 * time.Second)
	if got := now.Sub(view.MinutesFrom(now)); got != 30*time.Minute+42*time.Second || view.LiveMinutes != 31 {
		t.Errorf("%d minutes from %v ago", view.LiveMinutes, got)
	}
}
