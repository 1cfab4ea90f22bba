// Package line is the driver interface between the gateway and whatever
// carries its calls: a [Line] places a call, a [Call] plays, listens and hangs
// up. Drivers live below it: line/practice rings no phone and plays the far
// end, line/sip speaks to a trunk. line/linetest holds the one conformance
// suite that both must pass.
//
// The interface knows nothing of VoiceXML: the gateway's server turns a
// document's prompts into a [Sound] and its grammars into the keys on offer.
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
// with Hangup, also after [ErrHungUp].
type Call interface {
	// Answered tells who took the call; for a machine it returns after the
	// greeting, when a message can be left.
	Answered(ctx context.Context) (AnsweredBy, error)
	// Play puts sound out and returns at its end, or, where s.BargeIn is set,
	// as soon as a key arrives. That key stays for Listen.
	Play(ctx context.Context, s Sound) error
	// Listen waits for one key until l.Timeout has passed. No key is zero,
	// without an error.
	Listen(ctx context.Context, l Listen) (Key, error)
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
