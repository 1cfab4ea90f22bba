package words

import (
	"fmt"

	"rollcall/campaign"
	"rollcall/gateway"
)

// This file is the English.

const (
	tooEarly     = "Too early at their place"
	tooLate      = "Too late at their place for today"
	neverOpen    = "The calling hours are never open at their place"
	stoppedAfter = ", then the campaign was stopped"
	noTriesLeft  = "No tries left"
	noMoreTries  = "No more tries"
	nextLine     = "Next free line"
	youDecide    = "You decide"
	never        = "Never"
	nothing      = "–"
	samePerson   = "Same person as another row"
	sameNumber   = "Same number as another row"
	elsewhere    = "Also called in another campaign"
	today        = "Today"
)

func statuses() map[campaign.Status]string {
	return map[campaign.Status]string{
		campaign.Ready:     "Ready",
		campaign.Sending:   "Sending",
		campaign.Queued:    "Queued",
		campaign.Calling:   "Calling",
		campaign.Reached:   "Reached",
		campaign.Machine:   "Machine",
		campaign.Unreached: "Not reached",
		campaign.Failed:    "Failed",
		campaign.Waiting:   "Waiting",
		campaign.Skipped:   "Skipped",
		campaign.Doubt:     "In doubt",
		campaign.Cancelled: "Cancelled",
	}
}

func states() map[campaign.State]string {
	return map[campaign.State]string{
		campaign.Draft:    "Draft",
		campaign.Running:  "Running",
		campaign.Paused:   "Paused",
		campaign.Finished: "Finished",
		campaign.Stopped:  "Stopped",
	}
}

func outcomes() map[gateway.Outcome]string {
	return map[gateway.Outcome]string{
		gateway.OutcomeUnknown:     "Not known",
		gateway.OutcomeReached:     "Listened",
		gateway.OutcomeMachine:     "Message left",
		gateway.OutcomeNoMessage:   "Machine, no message left",
		gateway.OutcomeNoAnswer:    "No answer",
		gateway.OutcomeBusy:        "Busy",
		gateway.OutcomeCongestion:  "Network busy",
		gateway.OutcomeBadNumber:   "Not in service",
		gateway.OutcomeNoResponse:  "No response from the network",
		gateway.OutcomeNoTransfer:  "Listened, but the transfer was not answered",
		gateway.OutcomeFlowMissing: "The call flow could not be loaded, nothing was dialled",
		gateway.OutcomeFlowBroken:  "The call flow failed during the call",
		gateway.OutcomeExpired:     "No line became free, nothing was dialled",
		gateway.OutcomeInterrupted: "The gateway stopped during the call",
		gateway.OutcomeEnded:       "Ended by you",
	}
}

// codes has the reasons that need no more than a few words; Text and Until are
// put behind them. Sentence builds the others.
func codes() map[campaign.Code]string {
	return map[campaign.Code]string{
		campaign.CodeNoLine:      "No line became free three times",
		campaign.CodeNoService:   "The call flow could not be loaded three times",
		campaign.CodeOwnHours:    "Outside their own hours",
		campaign.CodeHoliday:     "A day on which nobody is called there",
		campaign.CodeLaw:         "Not allowed at this time at their place",
		campaign.CodeSchedule:    "The campaign does not call at this time",
		campaign.CodeRinging:     "Another campaign is calling this number",
		campaign.CodeAsked:       "You asked for this call",
		campaign.CodeTooLate:     "The campaign's time was over first",
		campaign.CodeDoNotCall:   "On the do-not-call list",
		campaign.CodeNoConsent:   "Does not agree to be called",
		campaign.CodeZoneUnknown: "Nobody can tell what time it is at their place",
		campaign.CodeExcluded:    "Left out by you",
		campaign.CodeStopped:     "The campaign was stopped first",
		campaign.CodeNotStarted:  "The campaign has not been started",
		campaign.CodeUnderWay:    "A call is on its way",
		campaign.CodeInterrupted: "The gateway stopped while this number was being dialled",
		campaign.CodeNoReply:     "No reply after sending",
		campaign.CodeVanished:    "The gateway lost its record of the call",
		campaign.CodeSilent:      "The gateway has been silent since it took the call, and is asked when it answers",
		campaign.CodeUnclear:     "The gateway's answers about the call cannot be understood",
		campaign.CodeByUser:      "Paused by you",
		campaign.CodeReopened:    "People are to be called again, as you asked",
		campaign.CodeGatewayAway: "The gateway does not answer, calls go on when it does",
		campaign.CodeKind:        "This gateway's line is not of the campaign's kind, practice or real, so no call was made",
		campaign.CodeWaiting:     "Nobody who is left may be called now",
		campaign.CodeRefused:     "The gateway refused the call",
	}
}

func problems() map[campaign.Problem]string {
	return map[campaign.Problem]string{
		campaign.ProblemExponent:     "Shortened by the spreadsheet, like 3.13E+09",
		campaign.ProblemDecimal:      "A “.0” at the end",
		campaign.ProblemSeparators:   "Written with separators, like an amount",
		campaign.ProblemFormulaPlus:  "Plus sign read as a formula",
		campaign.ProblemApostrophe:   "Apostrophe or quotation marks around it",
		campaign.ProblemInvisible:    "Invisible characters in it",
		campaign.ProblemScript:       "Digits of another alphabet",
		campaign.ProblemNote:         "Note beside the number",
		campaign.ProblemPrefix:       "Dialling prefix in front",
		campaign.ProblemForm:         "Written in an old or unusual way",
		campaign.ProblemLetters:      "Letters in place of digits",
		campaign.ProblemLeadingZero:  "Leading zero lost in Excel",
		campaign.ProblemLostPlus:     "Plus sign lost",
		campaign.ProblemTwoNumbers:   "Two numbers in one cell",
		campaign.ProblemTyped:        "Typed in by you",
		campaign.ProblemNoNumber:     "No number",
		campaign.ProblemInvalid:      "Not a telephone number",
		campaign.ProblemLocal:        "No area code",
		campaign.ProblemDigitsLost:   "Digits lost in Excel",
		campaign.ProblemForbidden:    "Emergency, premium or short number",
		campaign.ProblemForeign:      "A number of another country",
		campaign.ProblemDate:         "A date where the number should be",
		campaign.ProblemZone:         "The time zone cannot be told",
		campaign.ProblemZoneConflict: "Column, place and number are in different time zones",
		campaign.ProblemCountry:      "No country of that name is known",
		campaign.ProblemHours:        "When they want to be called is not clear",
		campaign.ProblemPriority:     "No priority of that name is known, so it counts as normal",
		campaign.ProblemDuplicate:    "In the list more than once, choose one",
		campaign.ProblemWidth:        "More or fewer cells than the headings",
		campaign.ProblemEncoding:     "A character that cannot be read",
		campaign.ProblemQuote:        "A stray quotation mark",
		campaign.ProblemHeaderAbsent: "No row of headings was found",
		campaign.ProblemNameAbsent:   "No column of names was found",
		campaign.ProblemPhoneAbsent:  "No column of numbers was found",
		campaign.ProblemRowsMissing:  "The sheet says it has more rows than it holds, so some people may be missing",
		campaign.ProblemHiddenRows:   "The list includes rows that are hidden or filtered away in the sheet",
	}
}

// ordinal is 1st, 2nd, 3rd, 11th.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n, suffix)
}
