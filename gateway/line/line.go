// Package line is the driver interface between the gateway and whatever
// carries its calls: a [Line] places a call, a [Call] plays, listens, records,
// transfers and hangs up; talk.go holds what recording and transferring take
// and give. Drivers live below it: line/practice rings no phone and plays the far
// end, line/sip speaks to a trunk. line/linetest holds the one conformance
// suite that both must pass.
//
// The interface knows nothing of VoiceXML: the gateway's server turns a
// document's prompts into a [Sound] and its grammars into the keys on offer.
// What a document may dial by a transfer is the server's to decide as well.
package line

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/gateway"
)

// ErrHungUp means that the far end has ended the call.
var ErrHungUp = errors.New("the far end hung up")

// Line places calls. It is safe for use by several goroutines; how many calls
// it carries at once is the scheduler's business.
type Line interface {
	// Place dials and returns when somebody or something has answered. If
	// nobody did, the error is an [*UnansweredError] with the verdict. Ending
	// ctx gives the call up; nothing rings after Place has returned.
	Place(ctx context.Context, d Dial) (Call, error)
	// Practice tells whether no phone rings here.
	Practice() bool
}

// Dial is what a line needs to know to place a call.
type Dial struct {
	Phone       gateway.Phone
	CallerID    string
	RingTimeout time.Duration // zero: the line's own default
	Attempt     int           // 1 for the first dial of this number by this request's owner
	Detection   gateway.Detection
}

// UnansweredError is the verdict on a call that nobody answered.
type UnansweredError struct {
	Outcome gateway.Outcome
}

func (e *UnansweredError) Error() string {
	return fmt.Sprintf("not answered: %s", e.Outcome)
}

// AnsweredBy tells who or what took the call.
type AnsweredBy int

// Who answered.
const (
	Person AnsweredBy = iota
	Machine
)

// Call is a call that was answered. One goroutine uses it; it must be ended
// with Hangup, also after [ErrHungUp]. Ending ctx ends what a method does; the
// call goes on.
type Call interface {
	// Answered tells who took the call; for a machine it returns after the
	// greeting, when a message can be left.
	Answered(ctx context.Context) (AnsweredBy, error)
	// Play puts sound out and returns at its end, or, where s.BargeIn is set,
	// as soon as a key arrives. That key stays for Listen. The duration is how
	// much of the sound was played, at most s.Length.
	Play(ctx context.Context, s Sound) (time.Duration, error)
	// Listen waits for one key until l.Timeout has passed. No key is zero,
	// without an error.
	Listen(ctx context.Context, l Listen) (Key, error)
	// Record takes down what is said at the far end. Nothing said within
	// r.Timeout is a Recording without sound. Where the far end hangs up, what
	// it had said so far is returned with [ErrHungUp].
	Record(ctx context.Context, r Record) (Recording, error)
	// Transfer connects the far end with somebody else and returns when that
	// has failed or is over. Once the far end has been passed on (by a blind
	// transfer, or a consultation that was answered) this call is over, as if
	// the far end had hung up. An [*UnansweredError] tells that there is no
	// such number ([gateway.OutcomeBadNumber]) or no way to it; [ErrHungUp],
	// together with the length of the conversation, that the far end hung up.
	Transfer(ctx context.Context, t Transfer) (Transferred, error)
	// Hangup ends the call and frees what it held. It may be called twice.
	Hangup() error
}

// Sound is one thing to put out.
type Sound struct {
	Text    string        // what is said, where it is speech
	Length  time.Duration // how long it takes
	BargeIn bool          // a key ends it
}

// Key is one telephone key: 0 to 9, *, # and A to D. Zero is none.
type Key byte

// Listen says what is being waited for.
type Listen struct {
	Timeout time.Duration
	Offers  []Offer // what the caller may key from here on; empty: anything
}

// Offer is one thing that the caller may key now. A practice line chooses
// among the offers; a real one ignores them.
type Offer struct {
	Keys   string // the keys still to be pressed, in order
	OptOut bool   // keying this asks not to be called again
}
