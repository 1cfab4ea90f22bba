package view_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestANoticeIsAboutWhatNeedsSomebody(t *testing.T) {
	runs := view.StandingOf(campaign.Update{Campaign: campaign.Campaign{Name: "Flu", State: campaign.Running}})
	by := func(code campaign.Code) view.Standing {
		s := runs
		s.State, s.Why = campaign.Paused, campaign.Reason{Code: code}
		return s
	}
	doubts := view.StandingOf(campaign.Update{Campaign: campaign.Campaign{Name: "Flu", State: campaign.Running}, Tally: campaign.Tally{campaign.Doubt: 2}})
	away := view.StandingOf(campaign.Update{Campaign: campaign.Campaign{Name: "Flu", State: campaign.Running}, Away: errors.New("refused")})
	for _, tt := range []struct {
		name    string
		was, is view.Standing
		want    string
	}{
		{"nothing new", runs, runs, ""},
		{"paused by hand", runs, by(campaign.CodeByUser), ""},
		{"paused by itself", runs, by(campaign.CodeRefused), "“Flu” has paused: The gateway refused the call"},
		{"still paused", by(campaign.CodeRefused), by(campaign.CodeRefused), ""},
		{"doubts", runs, doubts, "“Flu” needs you: 2 people may or may not have been called. You decide."},
		{"no more doubts", doubts, runs, ""},
		{"away", runs, away, "“Flu” waits for its gateway: The gateway does not answer. No new call begins until it does."},
		{"still away", away, away, ""},
	} {
		n, told := view.NoticeOf(tt.was, tt.is, morning())
		if got := strings.TrimPrefix(n.Title+": "+n.Text, ": "); got != tt.want || told != (tt.want != "") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTheEndIsTold(t *testing.T) {
	for _, tt := range []struct {
		state campaign.State
		why   campaign.Code
		broke bool
		want  string
	}{
		{campaign.Finished, "", false, "“Flu” is finished"},
		{campaign.Stopped, campaign.CodeStopped, false, ""},
		{campaign.Paused, campaign.CodeByUser, false, ""},
		{campaign.Paused, campaign.CodeWaiting, false, "“Flu” has paused"},
		{campaign.Running, "", true, "“Flu” has ended early"},
	} {
		n, told := view.EndNotice(campaign.Campaign{Name: "Flu", State: tt.state, Why: campaign.Reason{Code: tt.why}}, tt.broke, morning())
		if n.Title != tt.want || told != (tt.want != "") {
			t.Errorf("%s: %q, want %q", tt.state, n.Title, tt.want)
		}
	}
}

func TestTheTraySaysHowManyAreBeingCalled(t *testing.T) {
	for campaigns, want := range []string{"Nobody is being called", "1 campaign is being called", "2 campaigns are being called"} {
		if got := view.Tray(campaigns); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTroubleTellsTheErrorsAndCoversNumbers(t *testing.T) {
	err := fmt.Errorf("call +1 (312) 555-0123 through 127.0.0.1:8155: %w", &fs.PathError{Op: "open", Path: "/lists/5550142777.csv", Err: fs.ErrNotExist})
	got := view.Trouble("0.1.0", "It broke on 2026-11-24", err, "goroutine 1", morning())
	for _, want := range []string{"rollcall 0.1.0", "2026-11-24T10:42:00", "It broke on 2026-11-24", "*fs.PathError", "127.0.0.1:8155", "…23", "…77", "goroutine 1"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	for _, secret := range []string{"555", "0142"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is in %s", secret, got)
		}
	}
}
