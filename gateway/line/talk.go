package line

import "time"

// This file is what a call does besides playing and listening: recording what
// is said, and connecting with somebody else.

// Record says how to record.
type Record struct {
	Beep    bool
	Timeout time.Duration // silence before it begins
	// Max is the longest recording; zero is the line's own limit.
	Max time.Duration
	// Silence is how long nothing is said at the end; zero is the line's own.
	Silence time.Duration
	// Keys means that a key ends the recording. Else keys are not heard.
	Keys bool
}

// RecordEnd is what ended a recording.
type RecordEnd int

// What ends a recording.
const (
	EndedBySilence RecordEnd = iota // also where nothing was said at all
	EndedByKey
	EndedByMax
	EndedByHangup
)

// Recording is what was said. Without anything said WAV is nil.
type Recording struct {
	WAV    []byte // 8 kHz, one channel
	Length time.Duration
	End    RecordEnd
	Key    Key // that ended it
}

// Manner is how a call is passed on.
type Manner int

// The manners of a transfer.
const (
	Bridge       Manner = iota // we stay on the line and get the far end back
	Blind                      // the far end is passed on, whatever becomes of it
	Consultation               // passed on once the other has answered
)

// Transfer says whom to connect the far end with.
type Transfer struct {
	Dest           string // "tel:+16175550142", "sip:desk@example.com"
	Manner         Manner
	ConnectTimeout time.Duration // for the other to answer; zero is the line's own
	Max            time.Duration // of the conversation, zero for no limit
	Wait           Sound         // to be played until the other answers
	Info           string        // passed on to the other
	Offers         []Offer       // what may be keyed to end the conversation
	// Heard takes what the far end keys meanwhile, on the caller's goroutine;
	// true ends a bridge. Nil takes no keys.
	Heard func(Key) bool
}

// TransferEnd is what ended a transfer, in VoiceXML's words.
type TransferEnd string

// What ends a transfer (VoiceXML 2.0, section 2.3.7.3).
const (
	PassedOn        TransferEnd = ""     // and this call is over
	TransferBusy    TransferEnd = "busy" // the other's line
	TransferNoReply TransferEnd = "noanswer"
	NetworkBusy     TransferEnd = "network_busy"
	FarEndLeft      TransferEnd = "far_end_disconnect"  // the other hung up
	NearEndLeft     TransferEnd = "near_end_disconnect" // Heard ended it
	NetworkLeft     TransferEnd = "network_disconnect"
	MaxTimeReached  TransferEnd = "maxtime_disconnect"
	TransferUnknown TransferEnd = "unknown"
)

// Transferred tells what came of a transfer.
type Transferred struct {
	End    TransferEnd
	Length time.Duration // of the conversation
}
