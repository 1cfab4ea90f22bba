package gateway

import "strings"

// This file is the one table between verdicts and the protocol's words.

// Outcome is the verdict on one attempt, whatever line made it.
type Outcome string

// The outcomes. What a practice line, a SIP line and a foreign gateway report
// ends as one of these.
const (
	OutcomeUnknown     Outcome = ""
	OutcomeReached     Outcome = "reached"      // a person heard it, also if they hung up midway
	OutcomeMachine     Outcome = "machine"      // a message was left
	OutcomeNoMessage   Outcome = "no_message"   // a machine answered, nothing could be left
	OutcomeNoAnswer    Outcome = "no_answer"    // it rang, nobody came
	OutcomeBusy        Outcome = "busy"         //
	OutcomeCongestion  Outcome = "congestion"   // the network had no way there
	OutcomeBadNumber   Outcome = "bad_number"   // not in service
	OutcomeNoResponse  Outcome = "no_response"  // the network never said anything
	OutcomeNoTransfer  Outcome = "no_transfer"  // reached, but the transfer was not answered
	OutcomeFlowMissing Outcome = "flow_missing" // the document could not be had; nothing was dialled
	OutcomeFlowBroken  Outcome = "flow_broken"  // the document failed while the call ran
	OutcomeExpired     Outcome = "expired"      // too late to call; nothing was dialled
	OutcomeInterrupted Outcome = "interrupted"  // the gateway died while it was being dialled
	OutcomeEnded       Outcome = "ended"        // hung up by "End all calls now"
)

// Dialled tells whether a phone was tried, so that the attempt counts.
// An interrupted call may or may not have been: it is in doubt, not dialled.
func (o Outcome) Dialled() bool {
	switch o {
	case OutcomeUnknown, OutcomeFlowMissing, OutcomeExpired, OutcomeInterrupted:
		return false
	default:
		return true
	}
}

// Reason is the sixth field of a status record: the outcome in the vendor's
// words.
type Reason string

// The reasons of the vendor's reference page, and our one addition.
const (
	ReasonSucceeded    Reason = "Call succeeded"
	ReasonMachine      Reason = "Message left on answering machine"
	ReasonNoAnswer     Reason = "No Answer"
	ReasonBusy         Reason = "Line Busy"
	ReasonOccupied     Reason = "Line occupied"
	ReasonDisconnected Reason = "Line disconnected"
	ReasonNotThrough   Reason = "Call did not go through"
	ReasonForced       Reason = "Answering machine force disconnect"
	ReasonNoBeep       Reason = "Answering machine no beep detected"
	ReasonTransfer     Reason = "Transfer noanswer"
	ReasonNoService    Reason = "Service Not available"
	ReasonServiceError Reason = "Service Error"
	ReasonTooLate      Reason = "Too late to call"
	ReasonInterrupted  Reason = "Interrupted" // ours: see doc.go
	ReasonEnded        Reason = "Ended by operator"
)

// verdict is one line of the table.
type verdict struct {
	outcome Outcome
	reason  Reason
	state   AttemptState
}

// verdicts returns the table. The first line of an outcome is how it is
// written; every line is how its reason is read.
func verdicts() []verdict {
	return []verdict{
		{OutcomeReached, ReasonSucceeded, StateMade},
		{OutcomeMachine, ReasonMachine, StateMade},
		{OutcomeNoMessage, ReasonNoBeep, StateFailed},
		{OutcomeNoMessage, ReasonForced, StateFailed},
		{OutcomeNoAnswer, ReasonNoAnswer, StateFailed},
		{OutcomeBusy, ReasonBusy, StateFailed},
		{OutcomeCongestion, ReasonOccupied, StateFailed},
		{OutcomeBadNumber, ReasonDisconnected, StateFailed},
		{OutcomeNoResponse, ReasonNotThrough, StateFailed},
		{OutcomeNoTransfer, ReasonTransfer, StateFailed},
		{OutcomeFlowMissing, ReasonNoService, StateFailed},
		{OutcomeFlowBroken, ReasonServiceError, StateFailed},
		{OutcomeExpired, ReasonTooLate, StateFailed},
		{OutcomeInterrupted, ReasonInterrupted, StateFailed},
		{OutcomeEnded, ReasonEnded, StateFailed},
	}
}

// Words returns the status and the reason by which the protocol tells o.
func (o Outcome) Words() (AttemptState, Reason) {
	for _, v := range verdicts() {
		if v.outcome == o {
			return v.state, v.reason
		}
	}
	return StateFailed, ReasonServiceError
}

// Outcome reads the verdict from what a gateway reported. Real gateways vary
// case and append retry advice ("No answer. Try in 1 minute "), so the reason
// is compared by its beginning and without case. A "made" with words we do not
// know was reached and an "expired" was never made, whatever it says; anything
// else unknown is [OutcomeUnknown].
func (a Attempt) Outcome() Outcome {
	if a.State == StateExpired {
		return OutcomeExpired
	}
	said := strings.ToLower(strings.TrimSpace(string(a.Reason)))
	for _, v := range verdicts() {
		if strings.HasPrefix(said, strings.ToLower(string(v.reason))) {
			return v.outcome
		}
	}
	if a.State == StateMade {
		return OutcomeReached
	}
	return OutcomeUnknown
}
