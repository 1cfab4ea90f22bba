package campaign

import "time"

// Code says why a row or a campaign stands where it stands. campaign/words has
// a sentence for each.
type Code string

// The codes, by what they explain.
const (
	// Why a row waits.
	CodeHours     Code = "hours"      // outside the hours at the recipient's place
	CodeRetry     Code = "retry"      // tried, to be tried again; Outcome tells what happened
	CodeNoLine    Code = "no_line"    // sent three times, no line became free
	CodeNoService Code = "no_service" // the gateway could not have the flow; nothing was dialled
	CodeOwnHours  Code = "own_hours"  // outside the person's own hours
	CodeHoliday   Code = "holiday"    // a day on which nobody is called there
	CodeLaw       Code = "law"        // outside the hours of the rule Rule
	CodeSchedule  Code = "schedule"   // the campaign does not call at this time
	CodeLimit     Code = "limit"      // called Try of Of times already; Rule names the preset's rule, if it is one
	CodeGap       Code = "gap"        // called a short while ago, with Outcome; Rule as above
	CodeRinging   Code = "ringing"    // another campaign is calling the number

	CodeAsked Code = "asked" // for a free line: somebody has asked for the call

	// Why a row is never called.
	CodeDoNotCall   Code = "do_not_call"
	CodeNoConsent   Code = "no_consent"       // the list says that the person does not agree
	CodeQuarantine  Code = "quarantine"       // Problem tells what is wrong with the row
	CodeDuplicate   Code = "duplicate"        // of row Row; with ProblemDuplicate by the user's key, not by number
	CodeElsewhere   Code = "called_elsewhere" // row Row of the campaign whose name is Text calls the number, or has
	CodeZoneUnknown Code = "zone_unknown"     // nobody can tell what time it is there
	CodeExcluded    Code = "excluded"         // left out by a person
	CodeStopped     Code = "stopped"          // the campaign was stopped first
	CodeTooLate     Code = "too_late"         // the campaign's time is over

	// Why a row is not called now although nothing is wrong with it.
	CodeNotStarted Code = "not_started" // the campaign was not started yet
	CodeUnderWay   Code = "under_way"   // a call to it is on its way

	// What came of it.
	CodeOutcome Code = "outcome"  // Outcome tells
	CodeNoTries Code = "no_tries" // the last Outcome, and no tries are left
	CodeRuled   Code = "ruled"    // a person decided that it was called, or was not: Text has the Ruling

	// Why nobody knows.
	CodeInterrupted Code = "interrupted" // the gateway died while it was being dialled
	CodeNoReply     Code = "no_reply"    // a gateway that cannot be asked did not confirm
	CodeVanished    Code = "vanished"    // the gateway lost its record
	CodeSilent      Code = "silent"      // the gateway does not answer since; if it does again it is asked
	CodeUnclear     Code = "unclear"     // what the gateway says of the call cannot be understood

	// Why a campaign is paused or does not get on.
	CodeByUser      Code = "by_user"
	CodeReopened    Code = "reopened" // it was over; somebody wants people called again
	CodeGatewayAway Code = "gateway_away"
	CodeKind        Code = "kind"    // a real campaign and a practice line, or the reverse
	CodeWaiting     Code = "waiting" // every row left waits until Until
	CodeRefused     Code = "refused" // the gateway refused a request; Text has its words
)

// Problem is what is wrong with a row or a cell of the user's file.
type Problem string

// The problems an import knows. Repairs are made where no digit is guessed, and
// proposed otherwise.
const (
	// What a telephone cell had to be repaired from.
	ProblemExponent    Problem = "exponent"     // 6.175550142E9
	ProblemDecimal     Problem = "decimal"      // 6175550142.0
	ProblemSeparators  Problem = "separators"   // 6,175,550,142.00
	ProblemFormulaPlus Problem = "formula_plus" // =+16175550142, ="6175550142"
	ProblemApostrophe  Problem = "apostrophe"   // '6175550142, "6175550142"
	ProblemInvisible   Problem = "invisible"    // characters that cannot be seen
	ProblemScript      Problem = "script"       // digits of another script, or full-width
	ProblemNote        Problem = "note"         // "cell: 617 555 0142", an extension
	ProblemPrefix      Problem = "prefix"       // 00 or 011 in front
	ProblemForm        Problem = "form"         // an old form, or two forms mixed
	ProblemLetters     Problem = "letters"      // 1-800-FLOWERS
	ProblemLeadingZero Problem = "leading_zero" // taken away by Excel
	ProblemLostPlus    Problem = "lost_plus"    // 442079460000 far from there
	ProblemTwoNumbers  Problem = "two_numbers"  // in one cell
	ProblemTyped       Problem = "typed"        // a person typed it in place of the cell

	// Why a telephone cell gives no number.
	ProblemNoNumber   Problem = "no_number"   // the cell is empty
	ProblemInvalid    Problem = "invalid"     // no number of that region
	ProblemLocal      Problem = "local"       // no area code
	ProblemDigitsLost Problem = "digits_lost" // Excel rounded them away
	ProblemForbidden  Problem = "forbidden"   // emergency, premium, shared cost or short code
	ProblemForeign    Problem = "foreign"     // of another country, where that is not wanted
	ProblemDate       Problem = "date"        // a date where a number should be

	// What is wrong with a row.
	ProblemZone         Problem = "zone"          // no time zone can be told
	ProblemZoneConflict Problem = "zone_conflict" // column, place and number say different ones
	ProblemCountry      Problem = "country"       // no such country
	ProblemHours        Problem = "own_hours"     // when to call the person cannot be told for sure
	ProblemPriority     Problem = "priority"      // no such priority
	ProblemDuplicate    Problem = "duplicate"     // a person is to choose one of several
	ProblemWidth        Problem = "width"         // row shorter or wider than the header
	ProblemEncoding     Problem = "encoding"      // a byte that is not text in this encoding
	ProblemQuote        Problem = "quote"         // a stray quote in a CSV line

	// What is wrong with the file.
	ProblemHeaderAbsent Problem = "header_absent"   // no heading row was found
	ProblemNameAbsent   Problem = "no_name_column"  // no column of names was found
	ProblemPhoneAbsent  Problem = "no_phone_column" // no column of numbers was found
	ProblemRowsMissing  Problem = "rows_missing"    // the sheet says it has more rows than it holds
	ProblemHiddenRows   Problem = "hidden_rows"     // how many rows of the list are hidden or filtered away
)

// Reason is why, as data. Which fields mean something depends on Code.
type Reason struct {
	Code    Code      `json:"code,omitempty"`
	Until   time.Time `json:"until,omitzero"`
	Zone    string    `json:"zone,omitempty"`    // whose clock Until is about
	Outcome string    `json:"outcome,omitempty"` // a gateway.Outcome
	Try     int       `json:"try,omitempty"`     // number of the try that is next or was last
	Of      int       `json:"of,omitempty"`      // how many tries there are in all
	Row     int       `json:"row,omitempty"`
	Problem Problem   `json:"problem,omitempty"`
	Rule    RuleID    `json:"rule,omitempty"`
	Text    string    `json:"text,omitempty"` // words from elsewhere: a raw cell, a gateway's refusal
}

// IsZero tells whether nothing needs saying.
func (r Reason) IsZero() bool { return r == Reason{} }
