package server

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is the page's English.

// said tells where a call stands: a shape of page/shapes.html, a word, and
// what the word means for the call.
type said struct{ Shape, Word, Reason string }

func outcomes() map[gateway.Outcome]said {
	return map[gateway.Outcome]said{
		gateway.OutcomeUnknown:     {"doubt", "Not known", "Nothing was noted"},
		gateway.OutcomeReached:     {"reached", "Reached", "A person answered"},
		gateway.OutcomeMachine:     {"machine", "Machine", "Message left"},
		gateway.OutcomeNoMessage:   {"machine", "Machine", "No message left"},
		gateway.OutcomeNoAnswer:    {"unreached", "No answer", "It rang, nobody came"},
		gateway.OutcomeBusy:        {"unreached", "Busy", "On another call"},
		gateway.OutcomeCongestion:  {"unreached", "Network busy", "No way to this number"},
		gateway.OutcomeBadNumber:   {"failed", "Not in service", "No such number"},
		gateway.OutcomeNoResponse:  {"failed", "No response", "Network said nothing"},
		gateway.OutcomeNoTransfer:  {"reached", "Reached", "Transfer not answered"},
		gateway.OutcomeFlowMissing: {"failed", "Not called", "Call flow not loaded"},
		gateway.OutcomeFlowBroken:  {"failed", "Failed", "Call flow failed midway"},
		gateway.OutcomeExpired:     {"skipped", "Too late", "Its time had passed"},
		gateway.OutcomeInterrupted: {"doubt", "In doubt", "It may have rung"},
		gateway.OutcomeEnded:       {"skipped", "Ended", "By an operator"},
	}
}

// standing tells where job stands.
func standing(job scheduler.Job) said {
	switch job.State {
	case scheduler.JobQueued:
		if len(job.Attempts) > 0 {
			return said{"waiting", "Waiting", "Another try follows"}
		}
		return said{"waiting", "Waiting", "Not tried yet"}
	case scheduler.JobClaimed:
		return said{"calling", "Preparing", "The call flow is being loaded"}
	case scheduler.JobDialling:
		return said{"calling", "Calling", "The call is in progress"}
	case scheduler.JobDone:
		if last, tried := (gateway.Status{Attempts: job.Attempts}).Last(); tried {
			return outcomes()[last.Outcome()]
		}
	}
	return outcomes()[gateway.OutcomeUnknown]
}

func priority(p gateway.Priority) string {
	switch {
	case p > gateway.PriorityNormal:
		return "High"
	case p < gateway.PriorityNormal:
		return "Low"
	}
	return "Normal"
}

// zone names the zone of now: by its place and its letters where it has them,
// and by its distance from UTC.
func zone(now time.Time) string {
	short, offset := now.Zone()
	var names []string
	if place := now.Location().String(); strings.Contains(place, "/") {
		names = append(names, place)
	}
	if short != "" && !strings.ContainsAny(short, "+-0123456789") {
		names = append(names, short)
	}
	if offset != 0 || len(names) == 0 {
		names = append(names, "UTC"+now.Format("-07:00"))
	}
	return strings.Join(names, ", ")
}

// count writes n with a comma between thousands.
func count(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// or is text, or a dash where there is none.
func or(text string) string { return cmp.Or(text, "–") }
