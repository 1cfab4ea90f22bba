package view_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// stand is what a card says, in short.
type stand struct{ Words, When, Line, Next, Action string }

func standOf(c view.HomeCard) stand { return stand{c.Words, c.When, c.Line, c.Next, c.Action} }

func TestACardSaysHowItStandsAndWhatIsNext(t *testing.T) {
	now := morning()
	flow := campaign.Flow{Source: "/flows/own.vxml"}
	begun := now.Add(-30 * time.Minute)
	six := campaign.Settings{Lines: 6}
	tests := []struct {
		name string
		of   campaign.Summary
		k    view.Calling
		runs bool
		want stand
		need view.Need
	}{
		{"a draft nobody is set aside in", sum(campaign.Campaign{State: campaign.Draft, Created: now, Flow: flow}, campaign.Tally{campaign.Ready: 1}), view.Calling{}, false,
			stand{"Draft", "Today 10:42", "1 person ready", "Next: check and start", "Continue"}, view.NeedDraft},
		{"a draft without a message", sum(campaign.Campaign{State: campaign.Draft, Created: now}, campaign.Tally{campaign.Ready: 1318, campaign.Skipped: 4}), view.Calling{}, false,
			stand{"Draft", "Today 10:42", "1,318 people ready, 4 set aside", "Next: write the message", "Continue"}, view.NeedDraft},
		{"a draft of nobody", sum(campaign.Campaign{State: campaign.Draft, Created: now, Flow: flow}, campaign.Tally{campaign.Skipped: 4}), view.Calling{}, false,
			stand{"Draft", "Today 10:42", "0 people ready, 4 set aside", "To mend: nobody on this list can be called", "Continue"}, view.NeedDraft},
		{"a draft whose time is over", sum(campaign.Campaign{State: campaign.Draft, Created: now, Flow: flow, Settings: campaign.Settings{NotAfter: begun}}, campaign.Tally{campaign.Ready: 2}), view.Calling{}, false,
			stand{"Draft", "Today 10:42", "2 people ready", "To mend: its last day for calls is over", "Continue"}, view.NeedDraft},
		{"running", sum(campaign.Campaign{State: campaign.Running, Settings: six}, campaign.Tally{campaign.Reached: 10, campaign.Ready: 2000, campaign.Skipped: 5}), view.Calling{Busy: 4}, true,
			stand{"Running", "", "10 of 2,010 done", "4 of 6 lines in use", "Open"}, view.NeedRuns},
		{"running, between calls", sum(campaign.Campaign{State: campaign.Running, Settings: six}, campaign.Tally{campaign.Ready: 1}), view.Calling{}, true,
			stand{"Running", "", "0 of 1 done", "1 person still to call", "Open"}, view.NeedRuns},
		{"running, the gateway is away", sum(campaign.Campaign{State: campaign.Running}, campaign.Tally{campaign.Ready: 1}), view.Calling{Away: true}, true,
			stand{"Running", "", "0 of 1 done", "The gateway does not answer; calls go on when it does", "Open"}, view.NeedsYou},
		{"waiting for hours today", due(sum(campaign.Campaign{State: campaign.Running}, campaign.Tally{campaign.Waiting: 3, campaign.Reached: 1}), now.Add(198*time.Minute)), view.Calling{}, true,
			stand{"Waiting", "", "1 of 4 done", "Goes on today at 14:00", "Open"}, view.NeedWaits},
		{"waiting for another day", due(sum(campaign.Campaign{State: campaign.Running}, campaign.Tally{campaign.Waiting: 3}), now.Add(24*time.Hour)), view.Calling{}, true,
			stand{"Waiting", "", "0 of 3 done", "Goes on Wed 25 Nov 10:42", "Open"}, view.NeedWaits},
		{"begins later", due(sum(campaign.Campaign{State: campaign.Running, Settings: campaign.Settings{NotBefore: now.Add(24 * time.Hour)}}, campaign.Tally{campaign.Waiting: 3}), now.Add(24*time.Hour)), view.Calling{}, true,
			stand{"Starts Wed 25 Nov 10:42", "", "0 of 3 done", "Starts by itself", "Open"}, view.NeedWaits},
		{"paused by somebody today", since(sum(campaign.Campaign{State: campaign.Paused, Why: campaign.Reason{Code: campaign.CodeByUser}}, campaign.Tally{campaign.Waiting: 1}), begun), view.Calling{}, false,
			stand{"Paused at 10:12", "", "0 of 1 done", "1 person still to call", "Open"}, view.NeedPaused},
		{"paused on another day", since(sum(campaign.Campaign{State: campaign.Paused}, campaign.Tally{campaign.Waiting: 2}), now.AddDate(0, 0, -4)), view.Calling{}, false,
			stand{"Paused since Fri 20 Nov", "", "0 of 2 done", "2 people still to call", "Open"}, view.NeedPaused},
		{"paused because nobody may be called now", sum(campaign.Campaign{State: campaign.Paused, Why: campaign.Reason{Code: campaign.CodeWaiting, Until: now.Add(time.Hour)}}, campaign.Tally{campaign.Waiting: 2}), view.Calling{}, false,
			stand{"Paused", "", "0 of 2 done", "Can go on today at 11:42", "Open"}, view.NeedWaits},
		{"paused because something is in the way", sum(campaign.Campaign{State: campaign.Paused, Why: campaign.Reason{Code: campaign.CodeRefused, Text: "no credit"}}, campaign.Tally{campaign.Ready: 2}), view.Calling{}, false,
			stand{"Paused", "", "0 of 2 done", "The gateway refused the call: no credit", "Open"}, view.NeedsYou},
		{"interrupted", sum(campaign.Campaign{State: campaign.Running}, campaign.Tally{campaign.Ready: 2, campaign.Reached: 1}), view.Calling{}, false,
			stand{"Interrupted", "", "1 of 3 done", "Rollcall ended while it was being called", "Resume…"}, view.NeedsYou},
		{"finished", sum(campaign.Campaign{State: campaign.Finished, Ended: now}, campaign.Tally{campaign.Reached: 4, campaign.Machine: 1}), view.Calling{}, false,
			stand{"Finished", "Today 10:42", "4 reached, 1 machine", "Results are kept", "Results"}, view.NeedOver},
		{"finished, some not reached", sum(campaign.Campaign{State: campaign.Finished, Ended: now}, campaign.Tally{campaign.Unreached: 104}), view.Calling{}, false,
			stand{"Finished", "Today 10:42", "104 not reached", "104 people could be called again", "Results"}, view.NeedOver},
		{"finished with doubt", sum(campaign.Campaign{State: campaign.Finished, Ended: now}, campaign.Tally{campaign.Doubt: 1}), view.Calling{}, false,
			stand{"Finished", "Today 10:42", "1 in doubt", "1 person in doubt: call them again or not?", "Decide…"}, view.NeedsYou},
		{"stopped", sum(campaign.Campaign{State: campaign.Stopped, Ended: now}, campaign.Tally{campaign.Reached: 262, campaign.Cancelled: 249}), view.Calling{}, false,
			stand{"Stopped", "Today 10:42", "262 of 511 done, 249 not called any more", "Results so far are kept", "Results"}, view.NeedOver},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := view.NewHomeCard(tt.of, tt.k, tt.runs, now)
			if diff := cmp.Diff(tt.want, standOf(c)); diff != "" {
				t.Error(diff)
			}
			if c.Need != tt.need {
				t.Errorf("need %d, want %d", c.Need, tt.need)
			}
		})
	}
}

func sum(c campaign.Campaign, t campaign.Tally) campaign.Summary {
	return campaign.Summary{Campaign: c, Tally: t}
}

func due(s campaign.Summary, at time.Time) campaign.Summary { s.Due = at; return s }

func since(s campaign.Summary, at time.Time) campaign.Summary { s.Since = at; return s }

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

// oneOfEach is one of each kind, the oldest first.
func oneOfEach() *shelf {
	now := morning()
	s := &shelf{archived: map[campaign.ID]time.Time{6: now}, since: map[campaign.ID]time.Time{3: now}}
	for i, c := range []campaign.Campaign{
		{Name: "Doubted", State: campaign.Stopped}, {Name: "draft", State: campaign.Draft, Created: now}, {Name: "Paused", State: campaign.Paused},
		{Name: "Running", State: campaign.Running}, {Name: "Over", State: campaign.Finished, Ended: now}, {Name: "Old", State: campaign.Finished},
	} {
		c.ID = campaign.ID(i + 1)
		s.campaigns = append(s.campaigns, c)
		s.fill(c.ID, campaign.Ready, 2)
	}
	s.fill(1, campaign.Doubt, 1)
	return s
}

func home(t *testing.T, s *shelf, calling map[campaign.ID]view.Calling) view.HomePage {
	t.Helper()
	p, err := (&view.Office{Store: s}).Home(t.Context(), morning(), calling)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func names(p view.HomePage) []string {
	var all []string
	for _, c := range p.Cards() {
		all = append(all, c.Name)
	}
	return all
}

func TestHomePutsFirstWhatNeedsSomebody(t *testing.T) {
	p := home(t, oneOfEach(), map[campaign.ID]view.Calling{4: {Busy: 1}})
	for _, tt := range []struct {
		name string
		set  func()
		want []string
	}{
		{"by need", func() {}, []string{"Doubted", "Running", "Paused", "draft", "Over"}},
		{"by name", func() { p.Sort = view.SortByName }, []string{"Doubted", "draft", "Over", "Paused", "Running"}},
		{"by age", func() { p.Sort = view.SortByAge }, []string{"Over", "Running", "Paused", "draft", "Doubted"}},
		{"found", func() { p.Search = " OV" }, []string{"Over"}},
		{"not found", func() { p.Search = "nothing" }, nil},
		{"put away", func() { p.Search, p.Archive = "", true }, []string{"Old"}},
	} {
		tt.set()
		if diff := cmp.Diff(tt.want, names(p)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if current, archived := p.Counts(); current != 5 || archived != 1 {
		t.Errorf("%d current, %d archived", current, archived)
	}
	if said, list := p.Interrupted(); said != "" || list != nil {
		t.Errorf("%q is said of %v", said, list)
	}
	if len(view.HomeSorts()) != int(view.SortByAge)+1 {
		t.Error("an order has no words")
	}
}

func TestHomeTellsWhatWasInterrupted(t *testing.T) {
	s := oneOfEach()
	p := home(t, s, nil)
	if said, list := p.Interrupted(); len(list) != 1 || list[0].ID != 4 || said != "Rollcall ended while “Running” was being called. Nobody is called until you resume it, and nobody twice." {
		t.Errorf("%q of %d", said, len(list))
	}
	s.campaigns[2].State = campaign.Running
	p = home(t, s, nil)
	if said, list := p.Interrupted(); len(list) != 2 || said != "Rollcall ended while 2 campaigns were being called. Nobody is called until you resume them, and nobody twice." {
		t.Errorf("%q of %d", said, len(list))
	}
}

func TestACardFollowsItsCalls(t *testing.T) {
	s := oneOfEach()
	p := home(t, s, map[campaign.ID]view.Calling{4: {}})
	told := s.campaigns[3]
	told.Name = "As it was called at the start"
	c, found := p.Take(campaign.Update{Campaign: told, Tally: campaign.Tally{campaign.Reached: 1, campaign.Ready: 1}, Outstanding: 1}, morning())
	if !found || c.Name != "Running" || c.Line != "1 of 2 done" || !c.Runs {
		t.Errorf("%v %+v", found, c)
	}
	told.State, told.Why = campaign.Paused, campaign.Reason{Code: campaign.CodeByUser}
	if c, _ = p.Take(campaign.Update{Campaign: told}, morning()); c.Words != "Paused at 10:42" {
		t.Errorf("paused just now: %q", c.Words)
	}
	if _, found := p.Take(campaign.Update{Campaign: campaign.Campaign{ID: 99}}, morning()); found {
		t.Error("a campaign that is not there was found")
	}
}

func TestACopyGetsTheNextNumber(t *testing.T) {
	s := &shelf{campaigns: []campaign.Campaign{{ID: 1, Name: "Flu clinic"}, {ID: 2, Name: "Flu clinic (2)"}, {ID: 3, Name: "(2)"}}}
	p := home(t, s, nil)
	for name, want := range map[string]string{"Flu clinic": "Flu clinic (3)", "Flu clinic (2)": "Flu clinic (3)", "Snow": "Snow (2)", "(2)": "(2) (2)", "Term (1) a": "Term (1) a (2)"} {
		if got := p.CopyName(name); got != want {
			t.Errorf("a copy of %q is called %q, want %q", name, got, want)
		}
	}
	if newest, found := p.Newest(); !found || newest.ID != 3 {
		t.Errorf("the newest is %v", newest.ID)
	}
}

func TestAnEmptyHomeSaysWhatToDo(t *testing.T) {
	p := home(t, &shelf{}, nil)
	if _, found := p.Newest(); found || !p.Empty() {
		t.Error("there is something")
	}
	seen := map[string]bool{}
	for _, set := range []func(){func() {}, func() { p.Archive = true }, func() { p.Search = "x" }} {
		set()
		said, button := p.Nobody()
		if said == "" || button == "" || seen[said] {
			t.Errorf("%q, %q", said, button)
		}
		seen[said] = true
	}
	if _, err := (&view.Office{Store: &shelf{err: errors.New("gone")}}).Home(t.Context(), morning(), nil); err == nil {
		t.Error("a store that cannot be read is empty")
	}
}
