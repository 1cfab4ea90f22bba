// Package built is a message that was put together in the window: a greeting,
// what each key does, what a machine hears. It is played as every flow is: it
// writes its own VoiceXML document.
//
//	built.go     the parts of a Message, and how it is stored
//	document.go  the document it writes
//	text.go      texts with ${Column} in them: their parts, how long they take
//	check.go     what is wrong with a Message, field by field
//	named.go     the keys that a text tells people to press
//	listed.go    the further keys of a sentence that lists them
//
// A text is taken for what it is: whatever stands in it is said, and nothing
// of it can become markup. Only ${Column} stands for the cell of a row.
package built

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/campaign/phone"
)

// version is that of what is stored. What has a greater one was made by a
// later program.
const version = 1

// prefix begins the source of a flow that is a built message.
const prefix = "built:"

// Message is what was put together. Fields that its kind has no use for are
// kept, so that nothing is lost by choosing another kind.
type Message struct {
	Kind     Kind   `json:"kind"`
	Language string `json:"language"` // of the voice: BCP 47, "en-US"
	Greeting string `json:"greeting"` // what is said first; beside a recording, in its place
	// Recording is played instead of the greeting.
	Recording Recording `json:"recording,omitzero"`
	Keys      []Key     `json:"keys,omitempty"` // in the order in which they are shown
	Otherwise Otherwise `json:"otherwise"`
	Machine   Machine   `json:"machine"`
}

// Kind is what a message is made of.
type Kind string

// The kinds.
const (
	Keyed    Kind = "keyed"     // a greeting, and keys
	Text     Kind = "text"      // a greeting alone
	Recorded Kind = "recording" // a recording, and keys
)

// Recording is sound that was taken into the data folder.
type Recording struct {
	ID     string        `json:"id"`   // empty for none
	Name   string        `json:"name"` // of the file it came from
	Length time.Duration `json:"length"`
}

// Key is a key of the telephone and what happens when it is pressed.
type Key struct {
	Key   string `json:"key"`   // one of [Keys]
	Label string `json:"label"` // what it means; the answer in reports
	Says  string `json:"says"`  // before it happens
	Does  Action `json:"does,omitempty"`
	// Number is who is connected, and Busy what is said if nobody answers there.
	Number phone.Number `json:"number,omitempty"`
	Busy   string       `json:"busy,omitempty"`
}

// Action is what a key does once its words were said.
type Action string

// The actions.
const (
	End     Action = ""        // the call
	Repeat  Action = "repeat"  // begins again with the greeting
	Connect Action = "connect" // with another number; the call ends when they have hung up
	OptOut  Action = "optout"  // the number goes on the do-not-call list, and the call ends
)

// Actions returns all of them, the one used most first.
func Actions() []Action { return []Action{End, Repeat, Connect, OptOut} }

// Keys returns the keys that may be used, in the order in which they are given
// to new ones. The pound key ends what is keyed, so it is none of them.
func Keys() []string { return strings.Fields("1 2 3 4 5 6 7 8 9 0 *") }

// Otherwise is what happens without a key, or after one that means nothing.
type Otherwise struct {
	Repeats int    `json:"repeats"` // of the greeting, before the call ends
	Says    string `json:"says"`    // then
}

// MaxRepeats bounds Otherwise.Repeats.
const MaxRepeats = 5

// Machine is what an answering machine hears.
type Machine struct {
	Does MachineAction `json:"does,omitempty"`
	Says string        `json:"says"` // instead of the greeting
}

// MachineAction is what happens when a machine answers.
type MachineAction string

// What may happen then.
const (
	Same   MachineAction = ""      // the greeting, and nothing is asked
	Other  MachineAction = "other" // words of its own
	HangUp MachineAction = "hangup"
)

// MachineActions returns all of them.
func MachineActions() []MachineAction { return []MachineAction{Other, Same, HangUp} }

// Languages returns the languages of a voice that are offered.
func Languages() []string {
	return strings.Fields("en-US en-GB de-DE es-ES es-US fr-FR fr-CA pl-PL")
}

// HasKeys tells whether keys mean something in a message of this kind.
func (m Message) HasKeys() bool { return m.Kind == Keyed || m.Kind == Recorded }

// OptsOut tells whether people can ask not to be called again.
func (m Message) OptsOut() bool {
	return m.HasKeys() && slices.ContainsFunc(m.Keys, func(k Key) bool { return k.Does == OptOut })
}

// FreeKey is the first key that is not used yet, empty if all are.
func (m Message) FreeKey() string {
	for _, k := range Keys() {
		if !slices.ContainsFunc(m.Keys, func(used Key) bool { return used.Key == k }) {
			return k
		}
	}
	return ""
}

// OptOutKey is the key to give to those who want no more calls: 9, as people
// are used to, or the first that is free.
func (m Message) OptOutKey() string {
	const usual = "9"
	if slices.ContainsFunc(m.Keys, func(k Key) bool { return k.Key == usual }) {
		return m.FreeKey()
	}
	return usual
}

// ReplaceColumn puts one column in the place of another, in all texts.
func (m *Message) ReplaceColumn(column, by string) {
	for _, text := range m.texts() {
		*text = Replace(*text, column, by)
	}
}

// texts are all texts in which columns may stand.
func (m *Message) texts() []*string {
	all := []*string{&m.Greeting, &m.Otherwise.Says, &m.Machine.Says}
	for i := range m.Keys {
		all = append(all, &m.Keys[i].Says, &m.Keys[i].Busy)
	}
	return all
}

// stored is a message as it is kept.
type stored struct {
	Version int `json:"version"`
	Message
}

// Encode returns a message as it is kept, the same for the same message.
func (m Message) Encode() ([]byte, error) { return json.Marshal(stored{version, m}) }

// Decode reads what Encode wrote.
func Decode(text []byte) (Message, error) {
	var s stored
	if err := json.Unmarshal(text, &s); err != nil {
		return Message{}, fmt.Errorf("read the built message: %w", err)
	}
	if s.Version > version {
		return Message{}, fmt.Errorf("the message was built by a later version of Rollcall (%d, this one reads %d)", s.Version, version)
	}
	return s.Message, nil
}

// IDOf names what Encode wrote, or a recording, by what is in it: the same
// content has the same name, and another one another.
func IDOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// Source is the source of the flow that plays the message of that id.
func Source(id string) string { return prefix + id }

// FromSource returns the id of a built message, and false of any other flow.
func FromSource(source string) (string, bool) { return strings.CutPrefix(source, prefix) }
