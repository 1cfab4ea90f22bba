package gateway_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"rollcall/gateway"
)

// outcomes are all verdicts, and whether a phone was tried.
func outcomes() map[gateway.Outcome]bool {
	return map[gateway.Outcome]bool{
		gateway.OutcomeReached:     true,
		gateway.OutcomeMachine:     true,
		gateway.OutcomeNoMessage:   true,
		gateway.OutcomeNoAnswer:    true,
		gateway.OutcomeBusy:        true,
		gateway.OutcomeCongestion:  true,
		gateway.OutcomeBadNumber:   true,
		gateway.OutcomeNoResponse:  true,
		gateway.OutcomeNoTransfer:  true,
		gateway.OutcomeFlowBroken:  true,
		gateway.OutcomeEnded:       true,
		gateway.OutcomeFlowMissing: false,
		gateway.OutcomeExpired:     false,
		gateway.OutcomeInterrupted: false,
	}
}

// What the embedded gateway writes, the client reads as the same verdict.
func TestOutcomesSurviveTheProtocol(t *testing.T) {
	for o, dialled := range outcomes() {
		state, reason := o.Words()
		if got := (gateway.Attempt{State: state, Reason: reason}).Outcome(); got != o {
			t.Errorf("%s is written %q and read as %q", o, reason, got)
		}
		if o.Dialled() != dialled {
			t.Errorf("%s: dialled %v", o, o.Dialled())
		}
	}
	if gateway.OutcomeUnknown.Dialled() {
		t.Error("an outcome that is not known counts as a dial")
	}
}

func TestOutcomesOfOtherGateways(t *testing.T) {
	for _, test := range []struct {
		state  gateway.AttemptState
		reason gateway.Reason
		want   gateway.Outcome
	}{
		{gateway.StateRetry, "No answer. Try in 1 minute ", gateway.OutcomeNoAnswer},
		{gateway.StateFailed, " LINE BUSY", gateway.OutcomeBusy},
		{gateway.StateFailed, "Answering machine force disconnect", gateway.OutcomeNoMessage},
		{gateway.StateMade, "Call made", gateway.OutcomeReached},
		{gateway.StateMade, "", gateway.OutcomeReached},
		{gateway.StateFailed, "Fax tone", gateway.OutcomeUnknown},
		{gateway.StateFailed, "", gateway.OutcomeUnknown},
		{gateway.StateExpired, "", gateway.OutcomeExpired},
		{gateway.StateExpired, "Line Busy", gateway.OutcomeExpired},
		{gateway.StateMixed, "", gateway.OutcomeUnknown},
		{gateway.StateWaitAgent, "", gateway.OutcomeUnknown},
	} {
		if got := (gateway.Attempt{State: test.state, Reason: test.reason}).Outcome(); got != test.want {
			t.Errorf("%s %q is %q, want %q", test.state, test.reason, got, test.want)
		}
	}
}

func TestNumbersAreMaskedInLogs(t *testing.T) {
	for number, want := range map[gateway.Phone]string{
		"6175550142":      "········42",
		"+1 617-555-0142": "+· ···-···-··42",
		"12":              "12",
		"x7":              "x7",
		"":                "",
	} {
		if got := number.Masked(); got != want {
			t.Errorf("%q is masked %q, want %q", string(number), got, want)
		}
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("call", "phone", gateway.Phone("6175550142"))
	if strings.Contains(out.String(), "617") || !strings.Contains(out.String(), "42") {
		t.Errorf("logged %s", out.String())
	}
}
