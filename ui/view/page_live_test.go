package view_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestLiveTakesUpdates(t *testing.T) {
	var p view.LivePage
	p.Rows.Replace(p.Rows.Ask(), ids(1, 5))
	p.Rows.Put(held(ids(1, 5)))
	p.Take(campaign.Update{Campaign: campaign.Campaign{ID: 3, State: campaign.Running}, Changed: []campaign.ContactID{2},
		Tally: campaign.Tally{campaign.Reached: 30, campaign.Skipped: 6, campaign.Ready: 60, campaign.Calling: 2, campaign.Queued: 2}, Outstanding: 4})
	if got := p.Rows.Missing(0, 4); !cmp.Equal(got, []campaign.ContactID{2}) {
		t.Errorf("to be loaded again: %v", got)
	}
	if got := p.Progress(); got.Done != 30 || got.Total != 94 {
		t.Errorf("progress %+v", got)
	}
	if got := p.Caption(campaign.Reached); got != "100 % of those done" {
		t.Error(got)
	}
	if got := p.Caption(campaign.Machine); got != "nobody yet" {
		t.Error(got)
	}
	if got, _ := p.Remaining(morning()); got != "64 still to call" {
		t.Error(got)
	}
	counts := map[string]int{}
	for _, f := range append(view.LiveFilters(), view.TileFilters()...) {
		counts[f.Words] = p.Number(f)
	}
	want := map[string]int{"All": 100, "Calling": 4, "Waiting": 0, "Ready": 60, "Skipped": 6, "In doubt": 0, "Reached": 30, "Machine": 0, "Not reached": 0, "Failed": 0}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}

// Every state is behind exactly one filter, so that nobody is lost to sight.
func TestLiveFiltersHoldEveryState(t *testing.T) {
	seen := map[campaign.Status]int{}
	for _, f := range append(view.LiveFilters(), view.TileFilters()...) {
		for _, s := range f.Statuses {
			seen[s]++
		}
	}
	for _, s := range campaign.Statuses() {
		if seen[s] != 1 {
			t.Errorf("%s is behind %d filters", s, seen[s])
		}
	}
}

func TestLivePracticeIsNeverHidden(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    campaign.Campaign
		want bool
	}{
		{"a draft for the built-in gateway", campaign.Campaign{State: campaign.Draft}, true},
		{"a draft for another gateway", campaign.Campaign{State: campaign.Draft, Settings: campaign.Settings{Gateway: "http://gate"}}, false},
		{"running as practice", campaign.Campaign{Practice: true, Started: morning()}, true},
		{"running for real", campaign.Campaign{Started: morning()}, false},
	} {
		p := view.LivePage{Campaign: tt.c}
		if p.Practice() != tt.want {
			t.Errorf("%s: %v", tt.name, p.Practice())
		}
	}
}

func TestLiveSaysWhyThereAreNoRows(t *testing.T) {
	all, calling := view.LiveFilters()[0], view.LiveFilters()[1]
	tests := []struct {
		filter view.LiveFilter
		search string
		want   string
	}{
		{all, "", "Nobody is on this list"},
		{calling, "", "Nobody is ‘Calling’ now"},
		{all, "zeno", "Nobody matches ‘zeno’"},
		{calling, "zeno", "Nobody who is ‘Calling’ matches ‘zeno’"},
	}
	for _, tt := range tests {
		p := view.LivePage{Filter: campaign.Filter{Search: tt.search}}
		if got := p.Nobody(tt.filter); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestLiveCaptionsAreSharesOfThoseDone(t *testing.T) {
	p := view.LivePage{Tally: campaign.Tally{campaign.Reached: 60, campaign.Machine: 30, campaign.Unreached: 9, campaign.Failed: 1,
		campaign.Ready: 500, campaign.Skipped: 40}}
	for status, want := range map[campaign.Status]string{
		campaign.Reached: "60 % of those done", campaign.Machine: "30 % of those done",
		campaign.Unreached: "no tries left", campaign.Failed: "1 % of those done", campaign.Doubt: "nobody yet",
	} {
		if got := p.Caption(status); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}

func TestEveryStateIsExplained(t *testing.T) {
	now := morning()
	for status, want := range map[campaign.Status]string{
		campaign.Ready: "Not called yet", campaign.Sending: "Next free line", campaign.Queued: "Next free line",
		campaign.Calling: "On a line now", campaign.Reached: "Listened", campaign.Machine: "Message left", campaign.Doubt: "–",
	} {
		if got := view.What(campaign.Contact{Status: status}, now); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
	because := campaign.Contact{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: 1204}}
	if got := view.What(because, now); got != "Same number as row 1204" && got != "Same number as row 1,204" {
		t.Errorf("a reason is lost: %q", got)
	}
}
