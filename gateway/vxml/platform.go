package vxml

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// ErrHungUp is what a Platform returns once the far end has ended the call.
// The interpreter turns it into connection.disconnect.hangup.
var ErrHungUp = errors.New("vxml: the caller hung up")

// Platform is everything outside the document: the caller's ear, keys and
// voice, the telephone network, the web, and the clock. Lines, the command
// "rollcall try" and tests each implement it; the interpreter calls it from
// one goroutine.
//
// Every method but Now and Log may fail. [ErrHungUp] tells that the caller has
// gone. An [*EventError] is thrown as that event at the element that asked, so
// that a platform can say error.noresource or error.connection.noroute. Every
// other error of Fetch is error.badfetch; of the others it ends the run.
type Platform interface {
	// Play puts one prompt out. Where p.BargeIn is set an input ends it, and
	// that input is what the next Listen returns.
	Play(ctx context.Context, p Prompt) (Played, error)
	// Listen waits for one input: one key, or one utterance. Nothing within
	// l.Timeout is an Input of zero value, without an error.
	Listen(ctx context.Context, l Listen) (Input, error)
	// Record takes down what the caller says. Nothing said within r.Timeout
	// is a Recording without sound.
	Record(ctx context.Context, r Record) (Recording, error)
	// Transfer connects the caller to somebody else, and returns when that
	// has failed or is over; a blind one when the caller has been passed on.
	Transfer(ctx context.Context, t Transfer) (Transferred, error)
	// Fetch reads a document, a script, a grammar or a recording.
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
	// Hotword means that only an input that matches should end the prompt
	// (bargeintype, section 4.1.5.1).
	Hotword bool
	Lang    string // BCP 47, empty for the platform's own
}

// Segment is one stretch of a prompt: exactly one of Text, Audio, Sound, Pause
// and Mark.
type Segment struct {
	Text  string        // to be spoken
	Audio string        // absolute URL of a recording
	Else  []Segment     // what to play where the recording cannot be had
	Sound *Recording    // what a caller has recorded
	Pause time.Duration // silence
	Mark  string        // nothing to hear: a place that Play tells of
	// MaxAge and MaxStale of the recording at Audio: see Fetch.
	MaxAge, MaxStale *time.Duration
}

// Played tells how far a prompt was heard.
type Played struct {
	Mark  string        // the last mark reached, empty for none
	Since time.Duration // played after it
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
	// Keys and Voice are the modes that the property inputmodes allows.
	Keys, Voice bool
	Speech      Speech
}

// Speech is what a recognizer of speech should know (VoiceXML 2.0, sections
// 6.3.2 and appendix D). Where there is none it means nothing.
type Speech struct {
	Max          time.Duration // maxspeechtimeout: longer is an Input with TooLong set
	Complete     time.Duration // completetimeout: silence after a match
	Incomplete   time.Duration // incompletetimeout: silence within one
	Confidence   float64       // confidencelevel, 0 to 1: less is no match
	Sensitivity  float64       // 0 to 1
	Accuracy     float64       // speedvsaccuracy, 0 to 1
	Alternatives int           // maxnbest
	Keep         bool          // recordutterance: set Input.Sound
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
	Key        byte   // 0 to 9, *, #, A to D; zero for none
	Words      string // an utterance, typed in tests and in "rollcall try"
	Confidence float64
	TooLong    bool       // an utterance longer than Speech.Max
	Sound      *Recording // of the utterance, if it was asked for
}

// silent tells whether nothing came.
func (in Input) silent() bool { return in.Key == 0 && in.Words == "" && !in.TooLong }

// Record says how to record (VoiceXML 2.0, section 2.3.6).
type Record struct {
	Beep         bool
	Max          time.Duration // longest recording
	FinalSilence time.Duration // silence that ends it, zero for the platform's own
	Timeout      time.Duration // silence before it begins
	Type         string        // media type, empty for the platform's own
	Keys         bool          // a key ends it; else keys are not heard
	Offers       []Offer       // keys that mean something
}

// Recording is sound that a caller left.
type Recording struct {
	Sound  []byte
	Type   string // media type
	Length time.Duration
	AtMax  bool // it was ended by Record.Max
	Key    byte // it was ended by this key, zero for none
}

// Manner is how a call is passed on.
type Manner string

// The manners of <transfer> (VoiceXML 2.1, section 9).
const (
	Bridge       Manner = "bridge"       // the document goes on when the other has hung up
	Blind        Manner = "blind"        // the caller is passed on, whatever becomes of it
	Consultation Manner = "consultation" // passed on once the other has answered
)

// Transfer says whom to connect the caller with (VoiceXML 2.0, section 2.3.7).
type Transfer struct {
	Dest           string // "tel:+16175550142", "sip:desk@example.com"
	Manner         Manner
	ConnectTimeout time.Duration // for the other to answer
	Max            time.Duration // of the conversation, zero for no limit
	Audio          string        // absolute URL, to be played until the other answers
	Info           string        // aai: passed on to the other
	Offers         []Offer       // what the caller may key or say to end the conversation
	// Heard takes what the caller keys or says meanwhile; true ends a bridge.
	Heard func(Input) bool
}

// Transferred tells what came of a transfer.
type Transferred struct {
	// Outcome is the value of the form item variable: busy, noanswer,
	// network_busy, far_end_disconnect, near_end_disconnect,
	// network_disconnect, maxtime_disconnect, unknown. After a blind transfer,
	// and a consultation that succeeded, it is empty.
	Outcome string
	Length  time.Duration // of the conversation
}

// Fetch asks for a resource.
type Fetch struct {
	URL     string
	Method  string // GET or POST
	Body    []byte // of a POST
	Type    string // media type of Body
	Timeout time.Duration
	// MaxAge and MaxStale are the limits of section 6.1.2 on what a cache may
	// answer with; nil where the document says nothing.
	MaxAge, MaxStale *time.Duration
	// Meanwhile is what the caller hears while this takes long.
	Meanwhile FetchAudio
}

// FetchAudio is played while something is fetched (sections 6.1.1 and 6.3.5).
type FetchAudio struct {
	URL     string        // empty for silence
	Delay   time.Duration // fetchaudiodelay: only if it takes longer than this
	Minimum time.Duration // fetchaudiominimum: once begun, play so much
}

// Resource is what was fetched.
type Resource struct {
	URL  string // after redirects; what relative references start from
	Type string // media type, as far as it is known
	Body []byte
}

// HTTPError is what a Platform returns from Fetch for an answer other than
// success: the event error.badfetch.http.NNN (VoiceXML 2.0, section 5.2.6).
func HTTPError(status int) error {
	return &EventError{Event: eventBadFetch + ".http." + strconv.Itoa(status), Message: http.StatusText(status)}
}
