package vxml

import (
	"context"
	"errors"
	"time"
)

// ErrHungUp is what a Platform returns once the far end has ended the call.
// The interpreter turns it into connection.disconnect.hangup.
var ErrHungUp = errors.New("vxml: the caller hung up")

// Platform is everything outside the document: the caller's ear and keys, the
// web, and the clock. Lines, the command "rollcall try" and tests each
// implement it; the interpreter calls it from one goroutine.
type Platform interface {
	// Play puts one prompt out. Where p.BargeIn is set an input ends it, and
	// that input is what the next Listen returns.
	Play(ctx context.Context, p Prompt) error
	// Listen waits for one input: one key, or one utterance. Nothing within
	// l.Timeout is an Input of zero value, without an error.
	Listen(ctx context.Context, l Listen) (Input, error)
	// Fetch reads a document, a script or a recording.
	Fetch(ctx context.Context, f Fetch) (Resource, error)
	// Disconnect hangs up on the caller (<disconnect>); the document goes on
	// without them (VoiceXML 2.0, section 1.5.4, final processing).
	Disconnect(ctx context.Context) error
	// Now is the platform's clock, virtual in tests and in "rollcall try".
	Now() time.Time
	// Log receives <log> and what an author should hear of.
	Log(label, text string)
}

// Prompt is a piece of output, ready to be played.
type Prompt struct {
	Segments []Segment
	BargeIn  bool
	Lang     string // BCP 47, empty for the platform's own
}

// Segment is one stretch of a prompt: exactly one of Text, Audio and Pause.
type Segment struct {
	Text  string        // to be spoken
	Audio string        // absolute URL of a recording
	Else  []Segment     // what to play where the recording cannot be had
	Pause time.Duration // silence
}

// Listen says what is being waited for.
type Listen struct {
	// Timeout is how long silence may last: the timeout property before the
	// first key, interdigittimeout or termtimeout between keys (appendix D).
	Timeout time.Duration
	// Typed is what was keyed of this input so far; empty while the first key
	// is awaited.
	Typed string
	// Offers is what may be keyed or said from here on, in document order,
	// at most [MaxOffers] of them.
	Offers []Offer
}

// MaxOffers bounds Listen.Offers: an open grammar has more.
const MaxOffers = 64

// Offer is one thing that the caller may do now.
type Offer struct {
	Keys   string // keys still to be pressed, in order; empty if it is said
	Words  string // what may be said instead
	Field  string // the form item or menu that it fills
	Value  string // what it would be filled with, as far as is known
	OptOut bool   // it fills the field "optout" with true
}

// Input is what came from the caller: one key or one utterance, or nothing.
type Input struct {
	Key   byte   // 0 to 9, *, #, A to D; zero for none
	Words string // an utterance, typed in tests and in "rollcall try"
}

// Fetch asks for a resource.
type Fetch struct {
	URL     string
	Method  string // GET or POST
	Body    []byte // of a POST
	Type    string // media type of Body
	Timeout time.Duration
}

// Resource is what was fetched.
type Resource struct {
	URL  string // after redirects; what relative references start from
	Type string // media type, as far as it is known
	Body []byte
}
