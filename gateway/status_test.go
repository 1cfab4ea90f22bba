package gateway_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

func bst() *time.Location { return time.FixedZone("BST", 3600) }

func minute(day, hour, min int) time.Time {
	return time.Date(2008, time.April, day, hour, min, 0, 0, bst())
}

// captures are replies of a real gateway.
func captures() map[string]struct {
	body   string
	status gateway.Status
} {
	attempt := func(state gateway.AttemptState, made, due time.Time, reason gateway.Reason) gateway.Attempt {
		return gateway.Attempt{State: state, Made: made, Due: due, Reason: reason}
	}
	type capture = struct {
		body   string
		status gateway.Status
	}
	return map[string]capture{
		"nothing attempted": {"[]", gateway.Status{}},
		"succeeded": {
			"[0^null^made^2008 3 17 12 24^2008 3 17 12 24^Call succeeded^^^^^\n]",
			gateway.Status{Attempts: []gateway.Attempt{
				attempt("made", minute(17, 12, 24), minute(17, 12, 24), "Call succeeded"),
			}},
		},
		"machine": {
			"[0^null^made^2008 3 17 12 26^2008 3 17 12 25^Message left on answering machine^^^^^\n]",
			gateway.Status{Attempts: []gateway.Attempt{
				attempt("made", minute(17, 12, 26), minute(17, 12, 25), "Message left on answering machine"),
			}},
		},
		"retried, then made": {
			"[0^null^retry^2008 3 21 13 2^2008 3 21 13 2^No answer. Try in 1 minute ^^^^^" +
				"0^null^made^2008 3 21 13 3^2008 3 21 13 2^Call succeeded^^^^^\n]",
			gateway.Status{Attempts: []gateway.Attempt{
				attempt("retry", minute(21, 13, 2), minute(21, 13, 2), "No answer. Try in 1 minute "),
				attempt("made", minute(21, 13, 3), minute(21, 13, 2), "Call succeeded"),
			}},
		},
	}
}

func TestStatusCaptures(t *testing.T) {
	for name, c := range captures() {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.body, string(gateway.FormatStatus(c.status, bst()))); diff != "" {
				t.Errorf("written (-captured +ours):\n%s", diff)
			}
			read, err := gateway.ParseStatus([]byte(c.body), bst())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.status, read); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStatusAnswersAndAttendee(t *testing.T) {
	s := gateway.Status{Attempts: []gateway.Attempt{{
		Attendee: "Ana ^Lima\n", State: gateway.StateMade, Made: minute(1, 9, 5), Due: minute(1, 9, 5),
		Reason:  gateway.ReasonSucceeded,
		Answers: []gateway.Answer{{Name: "confirm", Value: "1"}, {Value: "a|b=c^d\te"}, {}, {Name: "zip", Value: ""}},
	}}}
	body := string(gateway.FormatStatus(s, bst()))
	want := "[0^Ana  Lima^made^2008 3 1 9 5^2008 3 1 9 5^Call succeeded^^^confirm=1|a b c d e|zip=^^\n]"
	if diff := cmp.Diff(want, body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	read, err := gateway.ParseStatus([]byte(body), bst())
	if err != nil {
		t.Fatal(err)
	}
	wantAnswers := []gateway.Answer{{Name: "confirm", Value: "1"}, {Value: "a b c d e"}, {Name: "zip"}}
	if diff := cmp.Diff(wantAnswers, read.Attempts[0].Answers); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// Clients look for ^made^, ^failed^ and ^retry^ anywhere in the body.
func TestStatusHasOneFinalWord(t *testing.T) {
	for _, a := range []gateway.Attempt{
		{Attendee: "made", State: "failed", Reason: "Line Busy"},
		{Attendee: "^made^", State: "failed", Reason: "Line Busy"},
		{State: "failed", Reason: "made"},
		{State: "failed", Reason: "Line Busy", Answers: []gateway.Answer{{Value: "made"}}},
	} {
		s := gateway.Status{Attempts: []gateway.Attempt{{State: "made", Reason: "Line Busy"}, a}}
		body := string(gateway.FormatStatus(s, bst()))
		if strings.Contains(body, "^made^") || strings.Count(body, "^failed^") != 1 {
			t.Errorf("%+v is told as made: %s", a, body)
		}
		read, err := gateway.ParseStatus([]byte(body), bst())
		if err != nil {
			t.Fatal(err)
		}
		if last, _ := read.Last(); last.State != "failed" {
			t.Errorf("%+v is read as %q", a, last.State)
		}
	}
}

// A call has ended when its last record says so, in words that mean it.
func TestStatusFinal(t *testing.T) {
	for state, want := range map[gateway.AttemptState]bool{
		gateway.StateMade:         true,
		gateway.StateFailed:       true,
		gateway.StateExpired:      true,
		gateway.StateRetry:        false,
		gateway.StatePending:      false,
		gateway.StateInProgress:   false,
		gateway.StateMixed:        false,
		gateway.StateWaitResponse: false,
		gateway.StateWaitAgent:    false,
		"ringing":                 false,
		"":                        false,
	} {
		s := gateway.Status{Attempts: []gateway.Attempt{{State: gateway.StateMade}, {State: state}}}
		if s.Final() != want {
			t.Errorf("%q is final: %v", state, s.Final())
		}
	}
	if (gateway.Status{}).Final() {
		t.Error("a call that was not tried has ended")
	}
}

func TestParseStatusTolerates(t *testing.T) {
	tests := map[string]struct {
		body string
		want gateway.Status
	}{
		"space around":      {"\r\n[]\r\n", gateway.Status{}},
		"space within":      {"[ \n]", gateway.Status{}},
		"unreadable times":  {"[0^Al^made^null^2008 12 1 1 1^Call succeeded^^^^^\n]", gateway.Status{Attempts: []gateway.Attempt{{Attendee: "Al", State: "made", Reason: "Call succeeded"}}}},
		"newer state":       {"[0^null^waitagent^^^^^^^^\n]", gateway.Status{Attempts: []gateway.Attempt{{State: "waitagent"}}}},
		"Latin-1":           {"[0^Jos\xe9^made^^^x^^^^^\n]", gateway.Status{Attempts: []gateway.Attempt{{Attendee: "José", State: "made", Reason: "x"}}}},
		"bracket in a name": {"[0^A]b^made^^^x^^^^^\n]", gateway.Status{Attempts: []gateway.Attempt{{Attendee: "A]b", State: "made", Reason: "x"}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := gateway.ParseStatus([]byte(test.body), bst())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseStatusRefuses(t *testing.T) {
	for _, body := range []string{"", "[", "]", "<html></html>", "[x]", "[0^null^made^]", "[0^null^made^^^^^^^^\nrest]"} {
		if s, err := gateway.ParseStatus([]byte(body), bst()); err == nil {
			t.Errorf("%q is read as %+v", body, s)
		}
	}
	_, err := gateway.ParseStatus([]byte("ERROR: no such call record: 12"), bst())
	if !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("no such call record is read as %v", err)
	}
	var refused *gateway.RefusedError
	_, err = gateway.ParseStatus([]byte("ERROR: out of order"), bst())
	if !errors.As(err, &refused) || refused.Reason != "out of order" {
		t.Errorf("a refusal is read as %v", err)
	}
}
