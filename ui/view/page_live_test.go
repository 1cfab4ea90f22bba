package view_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func TestLiveSaysWhatHappensNow(t *testing.T) {
	now := morning()
	lines := campaign.Settings{Lines: 6}
	tests := []struct {
		name       string
		page       view.LivePage
		head, rest string
	}{
		{"calling", view.LivePage{Campaign: campaign.Campaign{State: campaign.Running, Settings: lines}, Busy: 4, Tally: campaign.Tally{campaign.Ready: 9}},
			"4 of 6 lines in use", ""},
		{"calling while others wait", view.LivePage{Campaign: campaign.Campaign{State: campaign.Running, Settings: lines}, Busy: 1,
			Tally: campaign.Tally{campaign.Waiting: 1198}, NextDue: now.Add(7 * time.Minute)}, "1 of 6 lines in use", "1,198 people wait, the next until 10:49."},
		{"everybody waits", view.LivePage{Campaign: campaign.Campaign{State: campaign.Running, Settings: lines},
			Tally: campaign.Tally{campaign.Waiting: 1}, NextDue: now.Add(time.Hour)}, "Waiting", "1 person waits, the next until 11:42."},
		{"gateway away", view.LivePage{Campaign: campaign.Campaign{State: campaign.Running, Settings: lines}, Away: errors.New("refused")},
			"The gateway does not answer", "No new call begins until it does. Calls in progress go on. It is asked again every few seconds."},
		{"paused with a call", view.LivePage{Campaign: campaign.Campaign{State: campaign.Paused}, Busy: 1}, "Paused", "1 call is in progress, which may end by themselves."},
		{"paused", view.LivePage{Campaign: campaign.Campaign{State: campaign.Paused, Why: campaign.Reason{Code: campaign.CodeByUser}}}, "Paused", "No new call begins. "},
		{"after a crash", view.LivePage{Campaign: campaign.Campaign{State: campaign.Paused}, Tally: campaign.Tally{campaign.Calling: 3, campaign.Queued: 1}},
			"Paused", "4 calls were under way when the program ended. What became of them is asked when calling goes on."},
		{"finished", view.LivePage{Campaign: campaign.Campaign{State: campaign.Finished}, Tally: campaign.Tally{campaign.Reached: 2, campaign.Failed: 1}},
			"Finished", "2 reached, 1 failed."},
		{"draft", view.LivePage{Campaign: campaign.Campaign{State: campaign.Draft}}, "Not started", "Nobody has been called."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head, rest := tt.page.Now(now)
			if head != tt.head || rest != tt.rest {
				t.Errorf("got %q, %q; want %q, %q", head, rest, tt.head, tt.rest)
			}
		})
	}
}

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
	if got := p.Remaining(); got != "64 still to call" {
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

func TestLiveRowInWords(t *testing.T) {
	now := morning()
	answer := func(pairs ...string) []gateway.Answer {
		var all []gateway.Answer
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, gateway.Answer{Name: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	tests := []struct {
		name string
		row  campaign.Contact
		want view.LiveRow
	}{
		{"ready", campaign.Contact{Row: 1412, Name: "Odwin Farrowmere", Number: "+13125550123", Status: campaign.Ready},
			view.LiveRow{"1,412", "Odwin Farrowmere", "(312) 555-0123", "Ready", "Not called yet", "Next free line"}},
		{"one key", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("reply", "1")},
			view.LiveRow{"2", "", "(312) 555-0123", "Reached", "Pressed 1", "–"}},
		{"opted out", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("reply", "9", "optout", "true")},
			view.LiveRow{"2", "", "(312) 555-0123", "Reached", "Pressed 9, asked not to be called again", "–"}},
		{"did not opt out", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("optout", "false")},
			view.LiveRow{"2", "", "(312) 555-0123", "Reached", "Listened", "–"}},
		{"words", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("city", "Boston")},
			view.LiveRow{"2", "", "(312) 555-0123", "Reached", "Answered Boston", "–"}},
		{"survey", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("a", "1", "b", "5", "c", "3")},
			view.LiveRow{"2", "", "(312) 555-0123", "Reached", "a: 1, b: 5, c: 3", "–"}},
		{"no number", campaign.Contact{Row: 3, Name: "X", Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}},
			view.LiveRow{"3", "X", "–", "Skipped", "Same number as row 2", "Never"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p view.LivePage
			tt.row.ID = 9
			p.Rows.Replace(p.Rows.Ask(), []campaign.ContactID{9})
			if _, ok := p.Row(0, now); ok {
				t.Error("a row is shown that was not loaded")
			}
			p.Rows.Put([]campaign.Contact{tt.row})
			got, ok := p.Row(0, now)
			if diff := cmp.Diff(tt.want, got); diff != "" || !ok {
				t.Error(diff)
			}
		})
	}
}

func TestDetailsTellEveryCallTheNewestFirst(t *testing.T) {
	now := morning()
	row := campaign.Contact{Row: 17, Name: "Isolde Wrenmoor", Number: "+13035550186", Status: campaign.Waiting, Tries: 2,
		NextAt: now.Add(7 * time.Minute), Zones: []string{"America/Denver", "Nowhere/Land"}, Why: campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: now.Add(7 * time.Minute)}}
	attempts := []campaign.Attempt{
		{Begun: now.Add(-34 * time.Minute), Ended: now.Add(-34*time.Minute + 2*time.Second), Outcome: gateway.OutcomeBusy},
		{Begun: now.Add(-13 * time.Minute)},
	}
	d := view.DetailsOf(row, attempts, now)
	if d.Title != "Isolde Wrenmoor" || d.Under != "Row 17 · (303) 555-0186" || d.Head != "Waiting until 10:49" || d.Why == "" {
		t.Errorf("%+v", d)
	}
	want := []view.DetailsCall{
		{Words: "In progress", At: "10:29", Status: campaign.Calling},
		{Words: "Busy", At: "10:08", More: "2 s", Status: campaign.Unreached},
	}
	if diff := cmp.Diff(want, d.Calls); diff != "" {
		t.Error(diff)
	}
	if len(d.Checks) != 3 || d.Checks[0] != "Not on the do-not-call list" || d.Checks[1] != "2 tries so far" {
		t.Errorf("checks: %q", d.Checks)
	}
	row.DoNotCall = true
	if d := view.DetailsOf(row, nil, now); d.Checks[0] != "On the do-not-call list" || len(d.Calls) != 0 {
		t.Errorf("%+v", d)
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

func TestARowInDoubtIsForAPersonToDecide(t *testing.T) {
	tests := []struct {
		name string
		why  campaign.Reason
		want string
	}{
		{"no reason known", campaign.Reason{}, "May or may not have been called. You decide; until then Rollcall does not call again."},
		{"interrupted", campaign.Reason{Code: campaign.CodeInterrupted},
			"The gateway stopped while this number was being dialled. May or may not have been called. You decide; until then Rollcall does not call again."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			open := []campaign.Attempt{{Begun: morning()}}
			d := view.DetailsOf(campaign.Contact{Status: campaign.Doubt, Why: tt.why, Number: "+13125550123"}, open, morning())
			if d.Head != "In doubt" || d.Why != tt.want {
				t.Errorf("%s: %s", d.Head, d.Why)
			}
			call := view.DetailsCall{Words: "In doubt", At: "10:42", More: "Sent to the gateway; how it ended is not known", Status: campaign.Doubt}
			if diff := cmp.Diff([]view.DetailsCall{call}, d.Calls); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLiveSaysHowMuchIsLeft(t *testing.T) {
	tests := []struct {
		name  string
		state campaign.State
		tally campaign.Tally
		want  string
	}{
		{"under way", campaign.Running, campaign.Tally{campaign.Ready: 1100, campaign.Waiting: 90, campaign.Calling: 3}, "1,193 still to call"},
		{"paused", campaign.Paused, campaign.Tally{campaign.Ready: 1}, "1 still to call"},
		{"only doubt is left", campaign.Running, campaign.Tally{campaign.Doubt: 2, campaign.Skipped: 4}, "Nobody left to call"},
		{"over", campaign.Finished, campaign.Tally{campaign.Reached: 9}, "Finished"},
		{"stopped early", campaign.Stopped, campaign.Tally{campaign.Cancelled: 9}, "Stopped"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := view.LivePage{Campaign: campaign.Campaign{State: tt.state}, Tally: tt.tally}
			if got := p.Remaining(); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
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

func TestCallsAreToldByShapeAndLength(t *testing.T) {
	now := morning()
	begun := now.Add(-time.Hour)
	tests := []struct {
		outcome gateway.Outcome
		took    time.Duration
		answers []gateway.Answer
		status  campaign.Status
		more    string
	}{
		{gateway.OutcomeReached, 95 * time.Second, nil, campaign.Reached, "1 min 35 s"},
		{gateway.OutcomeReached, 9 * time.Second, []gateway.Answer{{Name: "reply", Value: "1"}}, campaign.Reached, "Pressed 1"},
		{gateway.OutcomeMachine, 20 * time.Second, nil, campaign.Machine, "20 s"},
		{gateway.OutcomeNoAnswer, 30 * time.Second, nil, campaign.Unreached, "30 s"},
		{gateway.OutcomeBusy, 0, nil, campaign.Unreached, ""},
		{gateway.OutcomeBadNumber, time.Second, nil, campaign.Failed, "1 s"},
		{gateway.OutcomeNoResponse, time.Second, nil, campaign.Failed, "1 s"},
		{gateway.OutcomeInterrupted, time.Second, nil, campaign.Doubt, "1 s"},
		{gateway.OutcomeExpired, time.Second, nil, campaign.Waiting, "1 s"},
	}
	for _, tt := range tests {
		t.Run(string(tt.outcome), func(t *testing.T) {
			a := campaign.Attempt{Begun: begun, Ended: begun.Add(tt.took), Outcome: tt.outcome, Answers: tt.answers}
			d := view.DetailsOf(campaign.Contact{Status: campaign.Reached, Number: "+13125550123"}, []campaign.Attempt{a}, now)
			call := d.Calls[0]
			if call.Status != tt.status || call.More != tt.more || call.Words == "" || call.At != "9:42" {
				t.Errorf("%+v", call)
			}
			if d.Title != "Nobody’s name" {
				t.Errorf("a row without a name is %q", d.Title)
			}
		})
	}
}
