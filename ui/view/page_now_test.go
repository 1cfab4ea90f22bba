package view_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// sixLines is a campaign that runs with six lines.
func sixLines(change ...func(*view.LivePage)) view.LivePage {
	p := view.LivePage{Campaign: campaign.Campaign{State: campaign.Running, Settings: campaign.Settings{Lines: 6}}}
	for _, c := range change {
		c(&p)
	}
	return p
}

func tallied(t campaign.Tally) func(*view.LivePage) { return func(p *view.LivePage) { p.Tally = t } }

// closed is people for whom it is too early, until eleven of our clock.
func closed(n int, zone string, until time.Time) campaign.PreflightGroup {
	return campaign.PreflightGroup{Why: campaign.Reason{Code: campaign.CodeHours, Zone: zone}, Rows: n, First: until, Last: until}
}

func TestLiveSaysWhatHappensNow(t *testing.T) {
	now := morning()
	state := func(s campaign.State, why campaign.Code) func(*view.LivePage) {
		return func(p *view.LivePage) { p.Campaign.State, p.Campaign.Why.Code = s, why }
	}
	busy := func(n int) func(*view.LivePage) { return func(p *view.LivePage) { p.Busy = n } }
	next := func(d time.Duration) func(*view.LivePage) {
		return func(p *view.LivePage) { p.NextDue = now.Add(d) }
	}
	waits := func(all ...campaign.PreflightGroup) func(*view.LivePage) {
		return func(p *view.LivePage) { p.Waits = all }
	}
	eleven := time.Date(now.Year(), now.Month(), now.Day(), 11, 0, 0, 0, now.Location())
	tests := []struct {
		name       string
		page       view.LivePage
		head, rest string
	}{
		{"calling", sixLines(busy(4), tallied(campaign.Tally{campaign.Ready: 9})), "4 of 6 lines in use", ""},
		{"some are queued", sixLines(busy(6), tallied(campaign.Tally{campaign.Ready: 9, campaign.Calling: 4, campaign.Queued: 2})), "4 of 6 lines in use", "2 queued."},
		{"one line", sixLines(busy(1), func(p *view.LivePage) { p.Campaign.Settings.Lines = 1 }), "1 of 1 line in use", ""},
		{"calling while others wait", sixLines(busy(1), next(7*time.Minute), tallied(campaign.Tally{campaign.Waiting: 1198})),
			"1 of 6 lines in use", "1,198 people wait, the next until 10:49."},
		{"a place is closed", sixLines(busy(1), next(7*time.Minute), tallied(campaign.Tally{campaign.Waiting: 236}), waits(closed(198, "America/Los_Angeles", eleven))),
			"1 of 6 lines in use", "Next try due 10:49. 198 people wait until 11:00, 3:00 in Los Angeles."},
		{"everybody’s is", sixLines(tallied(campaign.Tally{campaign.Waiting: 198}), waits(closed(198, "America/Los_Angeles", eleven))),
			"Waiting", "198 people wait until 11:00, 3:00 in Los Angeles."},
		{"the next is known by the rows alone", sixLines(tallied(campaign.Tally{campaign.Waiting: 2}),
			waits(campaign.PreflightGroup{Why: campaign.Reason{Code: campaign.CodeRetry}, Rows: 2, First: now.Add(time.Minute), Last: now.Add(time.Hour)})),
			"Waiting", "2 people wait, the next until 10:43."},
		{"everybody waits", sixLines(next(time.Hour), tallied(campaign.Tally{campaign.Waiting: 1})), "Waiting", "1 person waits, the next until 11:42."},
		{"called first", sixLines(next(-time.Hour), tallied(campaign.Tally{campaign.Waiting: 1})), "Waiting", "1 person waits."},
		{"gateway away", sixLines(func(p *view.LivePage) { p.Away = errors.New("refused") }),
			"The gateway does not answer", "No new call begins until it does. Calls in progress go on. It is asked again every few seconds."},
		{"paused with a call", sixLines(state(campaign.Paused, campaign.CodeByUser), busy(1)), "Paused", "1 call is in progress, which may end by itself."},
		{"paused", sixLines(state(campaign.Paused, campaign.CodeByUser)), "Paused", "No new call begins."},
		{"opened again", sixLines(state(campaign.Paused, campaign.CodeReopened)), "Paused", "No new call begins. People are to be called again, as you asked."},
		{"after a crash", sixLines(state(campaign.Paused, ""), tallied(campaign.Tally{campaign.Calling: 3, campaign.Queued: 1})),
			"Paused", "4 calls were under way when the program ended. What became of them is asked when calling goes on."},
		{"finished", sixLines(state(campaign.Finished, ""), tallied(campaign.Tally{campaign.Reached: 2, campaign.Failed: 1})), "Finished", "2 reached, 1 failed."},
		{"stopped", sixLines(state(campaign.Stopped, "")), "Stopped", "Results so far are kept; people not called yet were cancelled."},
		{"draft", sixLines(state(campaign.Draft, "")), "Not started", "Nobody has been called."},
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

func TestWhyNotMore(t *testing.T) {
	now := morning()
	eleven := time.Date(now.Year(), now.Month(), now.Day(), 11, 0, 0, 0, now.Location())
	more := tallied(campaign.Tally{campaign.Ready: 50})
	on := func(busy, others int, routes ...campaign.RouteState) func(*view.LivePage) {
		return func(p *view.LivePage) { p.Busy, p.Others, p.Routes = busy, others, routes }
	}
	state := func(s campaign.State, why campaign.Code) func(*view.LivePage) {
		return func(p *view.LivePage) { p.Campaign.State, p.Campaign.Why.Code = s, why }
	}
	retry := func(first, last time.Duration) func(*view.LivePage) {
		return func(p *view.LivePage) {
			p.Waits = append(p.Waits, campaign.PreflightGroup{Why: campaign.Reason{Code: campaign.CodeRetry}, Rows: 36, First: now.Add(first), Last: now.Add(last)})
		}
	}
	built := campaign.RouteState{Name: campaign.BuiltIn, Lines: 6}
	reason := func(words string) view.LiveReason { return view.LiveReason{Words: words} }
	tests := []struct {
		name string
		page view.LivePage
		want []view.LiveReason
	}{
		{"draft", sixLines(state(campaign.Draft, "")), []view.LiveReason{reason("The campaign has not been started.")}},
		{"paused", sixLines(more, state(campaign.Paused, campaign.CodeByUser)), []view.LiveReason{reason("The campaign is paused. Resume lets calls begin again.")}},
		{"paused by what is wrong", sixLines(more, state(campaign.Paused, campaign.CodeRefused)),
			[]view.LiveReason{reason("The campaign is paused: The gateway refused the call.")}},
		{"finished", sixLines(state(campaign.Finished, "")), []view.LiveReason{reason("The campaign is finished: nobody is left to call.")}},
		{"stopped", sixLines(state(campaign.Stopped, "")), []view.LiveReason{reason("The campaign was stopped. Nobody else is called.")}},
		{"no gateway", sixLines(more, func(p *view.LivePage) { p.Away = errors.New("refused") }),
			[]view.LiveReason{reason("The gateway does not answer. It is asked again every few seconds, and calls go on when it answers.")}},
		{"one of two gateways", sixLines(more, on(3, 0, campaign.RouteState{Name: "http://one", Lines: 8, Away: errors.New("refused")}, built)),
			[]view.LiveReason{reason("http://one does not answer. Its calls are given to the other gateways.")}},
		{"all lines are in use", sixLines(more, on(6, 0, built)), []view.LiveReason{reason("All of the campaign’s 6 lines are in use. Give it more at Lines, above.")}},
		{"the gateway has fewer", sixLines(more, on(4, 0, campaign.RouteState{Name: campaign.BuiltIn, Lines: 4})),
			[]view.LiveReason{reason("The gateway has 4 lines, and all of them are in use.")}},
		{"others have them", sixLines(more, on(2, 4, built)), []view.LiveReason{reason("Other campaigns use 4 of the gateway’s 6 lines.")}},
		{"the pace", sixLines(more, on(2, 0, built), func(p *view.LivePage) { p.Campaign.Settings.Rate = 0.2 }),
			[]view.LiveReason{reason("At most 12 calls begin in a minute. Allow more at Per minute, above.")}},
		{"nothing", sixLines(more, on(2, 0, built)), []view.LiveReason{reason("Nothing is in the way: calls begin one after the other, and more lines are used in a moment.")}},
		{"the last calls", sixLines(on(2, 0, built)), []view.LiveReason{reason("Nobody else is to be called: the calls in progress are the last ones.")}},
		{"nobody", sixLines(on(0, 0, built)), []view.LiveReason{reason("Nobody is left to call.")}},
		{"hours and tries", sixLines(on(0, 0, built), tallied(campaign.Tally{campaign.Waiting: 234}), func(p *view.LivePage) {
			p.Waits = []campaign.PreflightGroup{closed(198, "America/Los_Angeles", eleven)}
		}, retry(time.Minute, 20*time.Minute)), []view.LiveReason{
			reason("Nobody who is left may be called at this moment."),
			{198, "Too early at their place, waiting until 11:00, 3:00 in Los Angeles"},
			{36, "Not reached yet, and called again from 10:43 on, the last at 11:02"},
		}},
		{"tries that are due", sixLines(on(0, 0, built), tallied(campaign.Tally{campaign.Waiting: 36}), retry(-time.Minute, 0)), []view.LiveReason{
			reason("Nobody who is left may be called at this moment."), {36, "Not reached yet, and called again on the next free line"},
		}},
		{"limits", sixLines(on(0, 0, built), tallied(campaign.Tally{campaign.Waiting: 2}), func(p *view.LivePage) {
			p.Waits = []campaign.PreflightGroup{{Why: campaign.Reason{Code: campaign.CodeLimit, Try: 3, Of: 3}, Rows: 2, First: eleven, Last: eleven}}
		}), []view.LiveReason{reason("Nobody who is left may be called at this moment."), {2, "Called 3 of 3 times already, waiting until 11:00"}}},
		{"doubts", sixLines(on(6, 0, built), tallied(campaign.Tally{campaign.Ready: 1, campaign.Doubt: 2})), []view.LiveReason{
			reason("All of the campaign’s 6 lines are in use. Give it more at Lines, above."),
			{2, "May or may not have been called. You decide; until then nobody calls them."},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.page.WhyNotMore(now)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Groups that are too many to be told are one.
func TestWhyNotMoreIsShort(t *testing.T) {
	p := sixLines(tallied(campaign.Tally{campaign.Waiting: 120}))
	for i := range 12 {
		p.Waits = append(p.Waits, campaign.PreflightGroup{Why: campaign.Reason{Code: campaign.CodeHours, Zone: "America/Denver"}, Rows: 10, First: morning().Add(time.Duration(i) * time.Hour)})
	}
	got := p.WhyNotMore(morning())
	if len(got) != 10 || got[9].Count != 40 || got[9].Words != "For other reasons" {
		t.Errorf("%d reasons, the last %+v", len(got), got[len(got)-1])
	}
}

func TestLiveSaysHowMuchIsLeft(t *testing.T) {
	now := morning()
	soon := campaign.Forecast{Days: 30, First: now.Add(93 * time.Minute), Done: now.Add(8 * time.Hour)}
	tests := []struct {
		name         string
		state        campaign.State
		tally        campaign.Tally
		ends         campaign.Forecast
		first, later string
	}{
		{"under way", campaign.Running, campaign.Tally{campaign.Ready: 1100, campaign.Waiting: 90, campaign.Calling: 3}, soon, "First calls until 12:15", "Later tries until about 18:42"},
		{"not known yet", campaign.Running, campaign.Tally{campaign.Ready: 1100, campaign.Waiting: 90, campaign.Calling: 3}, campaign.Forecast{}, "1,193 still to call", ""},
		{"everybody was called once", campaign.Running, campaign.Tally{campaign.Waiting: 9}, campaign.Forecast{Days: 30, First: now.Add(-time.Hour), Done: now.Add(time.Hour)}, "9 still to call", "until about 11:42"},
		{"not in a month", campaign.Running, campaign.Tally{campaign.Ready: 9}, campaign.Forecast{Days: 30, First: now.Add(time.Hour)}, "9 still to call", "not done within 30 days"},
		{"paused", campaign.Paused, campaign.Tally{campaign.Ready: 1}, soon, "1 still to call", ""},
		{"only doubt is left", campaign.Running, campaign.Tally{campaign.Doubt: 2, campaign.Skipped: 4}, soon, "Nobody left to call", ""},
		{"over", campaign.Finished, campaign.Tally{campaign.Reached: 9}, soon, "Finished", ""},
		{"stopped early", campaign.Stopped, campaign.Tally{campaign.Cancelled: 9}, soon, "Stopped", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := view.LivePage{Campaign: campaign.Campaign{State: tt.state}, Tally: tt.tally, Ends: tt.ends}
			if first, later := p.Remaining(now); first != tt.first || later != tt.later {
				t.Errorf("%q, %q; want %q, %q", first, later, tt.first, tt.later)
			}
		})
	}
}

func TestCallsAMinute(t *testing.T) {
	steps := view.Rates(7)
	if !slices.Contains(steps, 7) || steps[len(steps)-1] != 0 || !slices.IsSorted(steps[:len(steps)-1]) {
		t.Errorf("steps %v", steps)
	}
	if got := view.Rates(12); len(got) != len(steps)-1 {
		t.Errorf("12 is there twice: %v", got)
	}
	for _, minute := range steps[:len(steps)-1] {
		if got := view.PerMinute(view.PerSecond(minute)); got != minute {
			t.Errorf("%d a minute became %d", minute, got)
		}
	}
	if view.RateWords(0) != "any" || view.RateWords(1200) != "1,200" {
		t.Errorf("%q, %q", view.RateWords(0), view.RateWords(1200))
	}
}
