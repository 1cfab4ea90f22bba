package words

import (
	"rollcall/campaign"
	"rollcall/gateway"
)

// This file is the words of states, outcomes, reasons and problems.

func status(s campaign.Status) string {
	switch s {
	case campaign.Ready:
		return Say("Ready")
	case campaign.Sending:
		return Say("Sending")
	case campaign.Queued:
		return Say("Queued")
	case campaign.Calling:
		return Say("Calling")
	case campaign.Reached:
		return Say("Reached")
	case campaign.Machine:
		return Say("Machine")
	case campaign.Unreached:
		return Say("Not reached")
	case campaign.Failed:
		return Say("Failed")
	case campaign.Waiting:
		return Say("Waiting")
	case campaign.Skipped:
		return Say("Skipped")
	case campaign.Doubt:
		return Say("In doubt")
	case campaign.Cancelled:
		return Say("Cancelled")
	default:
		return ""
	}
}

func state(s campaign.State) string {
	switch s {
	case campaign.Draft:
		return Say("Draft")
	case campaign.Running:
		return Say("Running")
	case campaign.Paused:
		return Say("Paused")
	case campaign.Finished:
		return Say("Finished")
	case campaign.Stopped:
		return Say("Stopped")
	default:
		return ""
	}
}

func outcomeWords(o gateway.Outcome) string {
	switch o {
	case gateway.OutcomeUnknown:
		return Say("Not known")
	case gateway.OutcomeReached:
		return Say("Listened")
	case gateway.OutcomeMachine:
		return Say("Message left")
	case gateway.OutcomeNoMessage:
		return Say("Machine, no message left")
	case gateway.OutcomeNoAnswer:
		return Say("No answer")
	case gateway.OutcomeBusy:
		return Say("Busy")
	case gateway.OutcomeCongestion:
		return Say("Network busy")
	case gateway.OutcomeBadNumber:
		return Say("Not in service")
	case gateway.OutcomeNoResponse:
		return Say("No response from the network")
	case gateway.OutcomeNoTransfer:
		return Say("Listened, but the transfer was not answered")
	case gateway.OutcomeFlowMissing:
		return Say("The call flow could not be loaded, nothing was dialled")
	case gateway.OutcomeFlowBroken:
		return Say("The call flow failed during the call")
	case gateway.OutcomeExpired:
		return Say("No line became free, nothing was dialled")
	case gateway.OutcomeInterrupted:
		return Say("The gateway stopped during the call")
	case gateway.OutcomeEnded:
		return Say("Ended by you")
	default:
		return ""
	}
}

// code is the words of a reason that needs no more than a few; Text and Until
// are put behind them. Sentence builds the others.
//
//nolint:funlen,gocyclo // flat: a text each
func code(c campaign.Code) string {
	switch c {
	case campaign.CodeNoLine:
		return Say("No line became free three times")
	case campaign.CodeNoService:
		return Say("The call flow could not be loaded three times")
	case campaign.CodeOwnHours:
		return Say("Outside their own hours")
	case campaign.CodeHoliday:
		return Say("A day on which nobody is called there")
	case campaign.CodeLaw:
		return Say("Not allowed at this time at their place")
	case campaign.CodeSchedule:
		return Say("The campaign does not call at this time")
	case campaign.CodeRinging:
		return Say("Another campaign is calling this number")
	case campaign.CodeAsked:
		return Say("You asked for this call")
	case campaign.CodeTooLate:
		return Say("The campaign's time was over first")
	case campaign.CodeDoNotCall:
		return Say("On the do-not-call list")
	case campaign.CodeNoConsent:
		return Say("Does not agree to be called")
	case campaign.CodeZoneUnknown:
		return Say("Nobody can tell what time it is at their place")
	case campaign.CodeExcluded:
		return Say("Left out by you")
	case campaign.CodeStopped:
		return Say("The campaign was stopped first")
	case campaign.CodeNotStarted:
		return Say("The campaign has not been started")
	case campaign.CodeUnderWay:
		return Say("A call is on its way")
	case campaign.CodeInterrupted:
		return Say("The gateway stopped while this number was being dialled")
	case campaign.CodeNoReply:
		return Say("No reply after sending")
	case campaign.CodeVanished:
		return Say("The gateway lost its record of the call")
	case campaign.CodeSilent:
		return Say("The gateway has been silent since it took the call, and is asked when it answers")
	case campaign.CodeUnclear:
		return Say("The gateway's answers about the call cannot be understood")
	case campaign.CodeByUser:
		return Say("Paused by you")
	case campaign.CodeReopened:
		return Say("People are to be called again, as you asked")
	case campaign.CodeGatewayAway:
		return Say("The gateway does not answer, calls go on when it does")
	case campaign.CodeKind:
		return Say("This gateway's line is not of the campaign's kind, practice or real, so no call was made")
	case campaign.CodeWaiting:
		return Say("Nobody who is left may be called now")
	case campaign.CodeRefused:
		return Say("The gateway refused the call")
	default:
		return ""
	}
}

//nolint:funlen,gocyclo // flat: a text each
func problem(p campaign.Problem) string {
	switch p {
	case campaign.ProblemExponent:
		return Say("Shortened by the spreadsheet, like 3.13E+09")
	case campaign.ProblemDecimal:
		return Say("A “.0” at the end")
	case campaign.ProblemSeparators:
		return Say("Written with separators, like an amount")
	case campaign.ProblemFormulaPlus:
		return Say("Plus sign read as a formula")
	case campaign.ProblemApostrophe:
		return Say("Apostrophe or quotation marks around it")
	case campaign.ProblemInvisible:
		return Say("Invisible characters in it")
	case campaign.ProblemScript:
		return Say("Digits of another alphabet")
	case campaign.ProblemNote:
		return Say("Note beside the number")
	case campaign.ProblemPrefix:
		return Say("Dialling prefix in front")
	case campaign.ProblemForm:
		return Say("Written in an old or unusual way")
	case campaign.ProblemLetters:
		return Say("Letters in place of digits")
	case campaign.ProblemLeadingZero:
		return Say("Leading zero lost in Excel")
	case campaign.ProblemLostPlus:
		return Say("Plus sign lost")
	case campaign.ProblemTwoNumbers:
		return Say("Two numbers in one cell")
	case campaign.ProblemTyped:
		return Say("Typed in by you")
	case campaign.ProblemNoNumber:
		return Say("No number")
	case campaign.ProblemInvalid:
		return Say("Not a telephone number")
	case campaign.ProblemLocal:
		return Say("No area code")
	case campaign.ProblemDigitsLost:
		return Say("Digits lost in Excel")
	case campaign.ProblemForbidden:
		return Say("Emergency, premium or short number")
	case campaign.ProblemForeign:
		return Say("A number of another country")
	case campaign.ProblemDate:
		return Say("A date where the number should be")
	case campaign.ProblemZone:
		return Say("The time zone cannot be told")
	case campaign.ProblemZoneConflict:
		return Say("Column, place and number are in different time zones")
	case campaign.ProblemCountry:
		return Say("No country of that name is known")
	case campaign.ProblemHours:
		return Say("When they want to be called is not clear")
	case campaign.ProblemPriority:
		return Say("No priority of that name is known, so it counts as normal")
	case campaign.ProblemDuplicate:
		return Say("In the list more than once, choose one")
	case campaign.ProblemWidth:
		return Say("More or fewer cells than the headings")
	case campaign.ProblemEncoding:
		return Say("A character that cannot be read")
	case campaign.ProblemQuote:
		return Say("A stray quotation mark")
	case campaign.ProblemHeaderAbsent:
		return Say("No row of headings was found")
	case campaign.ProblemNameAbsent:
		return Say("No column of names was found")
	case campaign.ProblemPhoneAbsent:
		return Say("No column of numbers was found")
	case campaign.ProblemRowsMissing:
		return Say("The sheet says it has more rows than it holds, so some people may be missing")
	case campaign.ProblemHiddenRows:
		return Say("The list includes rows that are hidden or filtered away in the sheet")
	default:
		return ""
	}
}

// Counted is how many rows stand somewhere, within a sentence: "80 reached".
func Counted(s campaign.Status, n int) string {
	switch s {
	case campaign.Ready:
		return Many(n, "%s ready", "%s ready")
	case campaign.Sending:
		return Many(n, "%s sending", "%s sending")
	case campaign.Queued:
		return Many(n, "%s queued", "%s queued")
	case campaign.Calling:
		return Many(n, "%s calling", "%s calling")
	case campaign.Reached:
		return Many(n, "%s reached", "%s reached")
	case campaign.Machine:
		return Many(n, "%s machine", "%s machine")
	case campaign.Unreached:
		return Many(n, "%s not reached", "%s not reached")
	case campaign.Failed:
		return Many(n, "%s failed", "%s failed")
	case campaign.Waiting:
		return Many(n, "%s waiting", "%s waiting")
	case campaign.Skipped:
		return Many(n, "%s skipped", "%s skipped")
	case campaign.Doubt:
		return Many(n, "%s in doubt", "%s in doubt")
	case campaign.Cancelled:
		return Many(n, "%s cancelled", "%s cancelled")
	default:
		return Number(n) + " " + string(s)
	}
}
