package gateway

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// This file is the vocabulary: what every other file and package here speaks
// of. The package comment, a tour, is in doc.go.

// ReqID is the number by which a gateway knows a call request. Zero means none.
type ReqID int64

// Phone is the number to dial, as it is given to the gateway. In logs all but
// the last two digits are masked.
type Phone string

// LogValue masks the number: logs never tell who was called.
func (p Phone) LogValue() slog.Value { return slog.StringValue(p.Masked()) }

// Masked returns the number with all but its last two digits replaced by dots.
func (p Phone) Masked() string {
	masked := []rune(p)
	left := 2
	for i := len(masked) - 1; i >= 0; i-- {
		if masked[i] < '0' || masked[i] > '9' {
			continue
		}
		if left > 0 {
			left--
			continue
		}
		masked[i] = '·'
	}
	return string(masked)
}

// Digits returns the digits of the number itself: what follows a pause (,) or
// a key (* or #) is pressed after the answer.
func (p Phone) Digits() string {
	number := string(p)
	if end := strings.IndexAny(number, ",*#"); end >= 0 {
		number = number[:end]
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// Reference is the client's own name for a request (extension parameter
// "reference"): 128 random bits in hex. A gateway that knows the extension
// accepts a reference once; asked again with it, it answers with the first
// ReqID and places no second call.
type Reference string

// Detection is how eagerly an answering machine is told from a person.
type Detection int

// The values of the parameter "detection".
const (
	DetectBalanced Detection = iota
	DetectMore
	DetectMost
	DetectOff
)

// Priority orders calls that are due at the same time.
type Priority int

// The values of the extension parameter "priority": low, normal (the default)
// and high.
const (
	PriorityLow    Priority = -1
	PriorityNormal Priority = 0
	PriorityHigh   Priority = 1
)

// Request asks for one call. Phone, Info and exactly one of StartVXML,
// StartURL, Text, AudioFile and StartApp are required.
type Request struct {
	Info     string // free text about the call
	Attendee string // name of the person called
	Phone    Phone
	// FirstOcc is the parameter "firstocc", whole minutes from acceptance:
	// neither a first try nor a retry happens after it. Zero means one attempt
	// as soon as a line is free, at most [SoonLimit] after acceptance.
	FirstOcc time.Duration
	// CallTime is when to call first, whole minutes from acceptance.
	CallTime time.Duration

	StartVXML string // path of a document on the gateway's machine
	StartURL  string // address of the first document
	Text      string // a text to speak
	AudioFile string // path of a recording on the gateway's machine
	StartApp  string // name of an application deployed on the gateway

	ExitVXML string // document run for its effects when the call has ended
	ExitURL  string

	SelfDelete bool // forget the record as soon as the call has been made
	Detection  Detection
	CallerID   string
	Reference  Reference // extension; empty for none
	// Attempt is an extension: which of the client's own tries of this number
	// it is, for a client that does its retries itself. Zero counts as 1.
	Attempt  int
	Priority Priority // extension
	// Campaign and Row are extensions: what the call is part of, and which row
	// of its list it is for. Documents read them; zero is unknown.
	Campaign string
	Row      int
	// ConfirmCode is an extension, with Text or AudioFile: after it the person
	// is asked to key this code, and who did has answered confirm=CODE.
	ConfirmCode string
	// SMS asks for Text to be sent as a text message instead of a call.
	SMS bool
}

// SoonLimit is how long after its acceptance a request with FirstOcc zero may
// still be dialled. After that it expires and no phone has rung.
const SoonLimit = 60 * time.Second

// AttemptState is the third field of a status record, "very stable" by the
// vendor's words.
type AttemptState string

// The states that the protocol knows and clients compare.
const (
	StateMade       AttemptState = "made"
	StateFailed     AttemptState = "failed"
	StateRetry      AttemptState = "retry"
	StatePending    AttemptState = "pending"
	StateInProgress AttemptState = "in_progress"
)

// The states that newer releases add. Nothing is documented of them but their
// names.
const (
	StateMixed        AttemptState = "mixed"
	StateWaitResponse AttemptState = "waitresponse"
	StateWaitAgent    AttemptState = "waitagent"
	StateExpired      AttemptState = "expired" // too late to call: it was never made
)

// Final tells whether a call whose last record has this state has ended. Made,
// failed and expired have. No other word says so for certain, mixed included,
// and a call is rather followed for too long than given up while a phone rings.
func (s AttemptState) Final() bool {
	return s == StateMade || s == StateFailed || s == StateExpired
}

// Answer is what the person keyed or said at one question of the document.
type Answer struct {
	Name  string `json:"name"` // empty where the gateway sent a bare value
	Value string `json:"value"`
}

// Attempt is one record of a status reply.
type Attempt struct {
	Attendee string       `json:"attendee,omitempty"`
	State    AttemptState `json:"state"`
	Made     time.Time    `json:"made"` // when this attempt was made; a status reply tells it to the minute
	Due      time.Time    `json:"due"`  // when the call was first due; likewise
	Reason   Reason       `json:"reason,omitempty"`
	Answers  []Answer     `json:"answers,omitempty"`
}

// Status is what a gateway tells of one request. No attempts means that
// nothing was tried yet or that the first try is in progress.
type Status struct {
	Attempts []Attempt
	// Practice is true if the gateway said that its line rings no phone
	// (header "Rollcall-Line: practice").
	Practice bool
}

// Last returns the newest attempt, and false if there is none.
func (s Status) Last() (Attempt, bool) {
	if len(s.Attempts) == 0 {
		return Attempt{}, false
	}
	return s.Attempts[len(s.Attempts)-1], true
}

// Final tells whether the call has ended: the state of its last record is one
// that [AttemptState.Final] knows.
func (s Status) Final() bool {
	last, tried := s.Last()
	return tried && last.State.Final()
}

// About is what a gateway says of itself. A gateway that is not ours has
// Extended false and nothing else.
type About struct {
	Extended bool   `json:"-"`       // knows the extensions of doc.go
	Version  string `json:"version"` // of the program
	Practice bool   `json:"practice"`
	Lines    int    `json:"lines"` // calls it can make at the same time
	Busy     int    `json:"busy"`  // lines in use now
}

// LookupState is what a gateway knows of a reference.
type LookupState string

// The states of a reference. Only Unknown and Voided promise that no phone
// rang and none will; Queued promises that none rang so far.
const (
	LookupUnknown LookupState = "unknown" // never accepted
	LookupVoided  LookupState = "voided"  // withdrawn: a late arrival is refused
	LookupQueued  LookupState = "queued"  // accepted, not dialled
	LookupCalling LookupState = "calling" // on a line now
	LookupDone    LookupState = "done"    // ended; Status tells how
)

// Lookup is the answer to a question about a reference.
type Lookup struct {
	State LookupState `json:"state"`
	ReqID ReqID       `json:"reqid,omitempty"`
}

// Change is how a call stands that has changed: an entry of the change feed.
type Change struct {
	ReqID     ReqID     `json:"reqid"`
	Reference Reference `json:"reference,omitempty"`
	// State is queued, calling, done, or unknown where the record is gone.
	State LookupState `json:"state"`
	// Attempts are the ended tries, oldest first.
	Attempts []Attempt `json:"attempts,omitempty"`
}

// Changes is one reply of the change feed.
type Changes struct {
	// Cursor is to be given with the next question; it tells nothing else.
	Cursor string `json:"cursor"`
	// Reset means that changes after the cursor asked with are not known any
	// more: whoever follows calls must ask for the status of each.
	Reset bool `json:"reset,omitempty"`
	// Changes holds each call once, as it stands now.
	Changes []Change `json:"changes"`
	// Practice is true if the gateway said that its line rings no phone
	// (header "Rollcall-Line: practice").
	Practice bool `json:"-"`
}

// Removal says what removing a record may do to its call. The zero value is
// the protocol's own: a call not made yet is never dialled, one in progress is
// left alone and its record goes when it has ended.
type Removal struct {
	IfQueued bool // extension: remove only if it was not dialled
	Hangup   bool // extension: end the call too
}

// Errors that callers branch on.
var (
	// ErrUnknownCall means that the gateway has no record of the request.
	ErrUnknownCall = errors.New("the gateway has no record of this call")
	// ErrUnreachable means that the request certainly never reached a gateway,
	// so that asking again cannot cause a second call.
	ErrUnreachable = errors.New("the gateway cannot be reached")
	// ErrUnreadable means that something answers whose words about a call are
	// not the protocol's.
	ErrUnreadable = errors.New("the gateway's answer cannot be understood")
	// ErrInDoubt means that the request may or may not have been accepted.
	ErrInDoubt = errors.New("it is not known whether the gateway accepted the call")
	// ErrNotExtended means that the gateway is not ours, or too old a release
	// of it for what was asked.
	ErrNotExtended = errors.New("the gateway does not have this extension")
)

// RefusedError is a gateway's answer that starts with "ERROR:".
type RefusedError struct {
	Reason string // the gateway's words, without "ERROR: "
}

func (e *RefusedError) Error() string { return fmt.Sprintf("the gateway refused: %s", e.Reason) }
