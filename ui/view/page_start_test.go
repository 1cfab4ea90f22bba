package view_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestStartQuestionSaysHowManyAndWhetherPhonesRing(t *testing.T) {
	s := &shelf{}
	s.fill(1, campaign.Ready, 1217)
	s.fill(1, campaign.Skipped, 23)
	s.fill(2, campaign.Reached, 3)
	foreign := httptest.NewServer(http.NotFoundHandler())
	defer foreign.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	tests := []struct {
		name     string
		campaign campaign.Campaign
		title    string
		gateway  string
		practice bool
		confirm  string
		blocked  string
	}{
		{"built in", campaign.Campaign{ID: 1, Settings: campaign.Settings{Lines: 6}}, "Call up to 1,217 people?", "Built-in gateway, 6 lines", true, "Start practice calls", ""},
		{"one line", campaign.Campaign{ID: 1, Settings: campaign.Settings{Lines: 1}}, "Call up to 1,217 people?", "Built-in gateway, 1 line", true, "Start practice calls", ""},
		{"a gateway that is not ours", campaign.Campaign{ID: 1, Settings: campaign.Settings{Gateway: foreign.URL}}, "Call up to 1,217 people?",
			"Gateway at " + strings.TrimPrefix(foreign.URL, "http://"), false, "Start calling", ""},
		{"no gateway there", campaign.Campaign{ID: 1, Settings: campaign.Settings{Gateway: gone.URL}}, "Call up to 1,217 people?",
			"Gateway at " + strings.TrimPrefix(gone.URL, "http://"), false, "Start calling", "Nothing answers at " + gone.URL},
		{"nobody left", campaign.Campaign{ID: 2, Settings: campaign.Settings{Lines: 4}}, "Call up to 0 people?", "Built-in gateway, 4 lines", true, "Start practice calls", "Nobody is left to call"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := (&view.Office{Store: s}).AskStart(t.Context(), tt.campaign)
			if err != nil {
				t.Fatal(err)
			}
			if q.Title != tt.title || q.Gateway != tt.gateway || q.Practice != tt.practice || q.Confirm != tt.confirm {
				t.Errorf("got %+v", q)
			}
			if !strings.HasPrefix(q.Blocked, tt.blocked) || (q.Blocked == "") != (tt.blocked == "") {
				t.Errorf("blocked: %q", q.Blocked)
			}
			if rings := strings.Contains(q.Phones, "Real telephones ring"); rings == tt.practice {
				t.Errorf("practice %v, and the question says %q", tt.practice, q.Phones)
			}
		})
	}
}

func TestStartQuestionTellsTheHours(t *testing.T) {
	s := &shelf{}
	s.fill(1, campaign.Ready, 1)
	for want, hours := range map[string]campaign.Hours{
		"9:00 to 20:00, at each person’s own place":         campaign.DefaultHours(),
		"At every hour: this campaign has no calling hours": campaign.AllHours(),
		"Mon 9–17, at each person’s own place": {
			Days: [7]campaign.Window{1: {From: 540, Till: 1020}}},
	} {
		q, err := (&view.Office{Store: s}).AskStart(t.Context(), campaign.Campaign{ID: 1, Settings: campaign.Settings{Hours: hours}})
		if err != nil || q.Hours != want {
			t.Errorf("got %q, %v; want %q", q.Hours, err, want)
		}
	}
}

func TestAWaitHasATimeAndAnEnd(t *testing.T) {
	tests := []struct {
		since, stage time.Duration
		part         float64
		want         string
	}{
		{3 * time.Second, 0, 0, "3 s so far."},
		{9 * time.Second, 5 * time.Second, 0.25, "25 %, " + view.About(15*time.Second) + " left."},
		{9 * time.Second, 5 * time.Second, 1, "Almost done."},
	}
	for _, tt := range tests {
		if got := view.Wait(tt.since, tt.stage, tt.part); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
