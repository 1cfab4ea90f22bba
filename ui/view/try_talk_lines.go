package view

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/gateway/vxml"
)

// Talk is how far a call is that somebody tries: what was said so far, and what
// the person called may do now.
type Talk struct {
	Lines  []TalkLine
	State  TalkState
	Offers []TalkOffer   // keys and words that mean something now
	Wait   time.Duration // how long silence may last now
	Length time.Duration // of the call, about

	Document  string // the file that is being run
	Line      int    // where in it; zero before it began
	Variables []vxml.Variable
}

// TalkState is what a call waits for.
type TalkState string

// The states.
const (
	TalkBusy     TalkState = ""          // nothing: it goes on by itself
	TalkListens  TalkState = "listens"   // a key, or a word
	TalkRecords  TalkState = "records"   // what the person says
	TalkConnects TalkState = "connects"  // somebody else who is called
	TalkOver     TalkState = "over"      // nothing any more
	TalkKeys     TalkState = "more-keys" // the next key of several
)

// Speaker is whose line it is.
type Speaker string

// The speakers.
const (
	Machine Speaker = "machine" // what is played
	Person  Speaker = "person"  // what the person called does
	Aside   Speaker = "aside"   // what happens beside it
	Wrong   Speaker = "wrong"   // what went wrong
)

// TalkLine is one thing that is said or happens.
type TalkLine struct {
	Who   Speaker
	At    time.Duration // since the call was answered, about
	Parts []TalkPart
	keys  string // that were pressed
}

// TalkPart is a stretch of what is said.
type TalkPart struct {
	Words   string
	Missing bool // the row has nothing here
}

// Words is the whole line.
func (l TalkLine) Words() string {
	var b strings.Builder
	for _, p := range l.Parts {
		b.WriteString(p.Words)
	}
	return b.String()
}

// TalkOffer is what the person called may press or say.
type TalkOffer struct {
	Keys, Words string
	Label       string // what it means; empty if that is not known
}

// Keys are the first keys that mean something now, each with what it means.
func (t Talk) Keys() map[string]string {
	keys := map[string]string{}
	for _, o := range t.Offers {
		if o.Keys == "" {
			continue
		}
		label := o.Label
		if len(o.Keys) > 1 {
			label = "" // only the beginning of it
		}
		if _, known := keys[o.Keys[:1]]; !known {
			keys[o.Keys[:1]] = label
		}
	}
	return keys
}

const (
	// mostLines bounds a talk: a document may say more than anybody reads.
	mostLines = 200
	// mostLetters bounds one line.
	mostLetters = 2000
	// nothing stands in a document where a row has nothing.
	nothing = "\uE000"
)

// talker writes down what happens as a talk.
type talker struct {
	talk Talk
	try  *Try
}

func (t *talker) add(who Speaker, parts ...TalkPart) {
	if len(t.talk.Lines) == mostLines {
		t.talk.Lines = slices.Delete(t.talk.Lines, 0, 1)
	}
	t.talk.Lines = append(t.talk.Lines, TalkLine{Who: who, At: t.talk.Length, Parts: parts})
}

func (t *talker) note(who Speaker, text string) { t.add(who, TalkPart{Words: shortened(text)}) }

// said makes parts of a text in which a row may have had nothing.
func said(text string) []TalkPart {
	var parts []TalkPart
	for i, piece := range strings.Split(shortened(text), nothing) {
		if i > 0 {
			parts = append(parts, TalkPart{Words: words.Say("(nothing)"), Missing: true})
		}
		if piece != "" {
			parts = append(parts, TalkPart{Words: piece})
		}
	}
	return parts
}

func shortened(text string) string {
	if utf8.RuneCountInString(text) <= mostLetters {
		return text
	}
	return string([]rune(text)[:mostLetters]) + "…"
}

// event takes what happens.
func (t *talker) event(e TryEvent) {
	t.talk.State, t.talk.Offers = TalkBusy, nil
	switch e.Event {
	case "prompt":
		t.add(Machine, said(e.Text)...)
		t.talk.Length += tryWord * time.Duration(len(strings.Fields(e.Text)))
	case "audio":
		t.note(Aside, words.Say("Plays %s", fileOf(e.Src)))
		if e.Text != "" {
			t.add(Machine, said(e.Text)...)
		}
		t.talk.Length += tryWord * time.Duration(len(strings.Fields(e.Text)))
	case "listen":
		t.talk.State, t.talk.Wait = TalkListens, e.wait
		t.talk.Offers = offersOf(e.offers)
	case "record":
		t.talk.State = TalkRecords
		t.note(Aside, words.Say("Records what is said now"))
	case "transfer":
		t.connects(e)
	default:
		t.ends(e)
	}
}

func (t *talker) connects(e TryEvent) {
	if e.Bridge == nil || *e.Bridge {
		t.talk.State = TalkConnects
		t.note(Aside, words.Say("Connects with %s", dialled(e.Dest)))
		return
	}
	t.note(Aside, words.Say("Passes the call on to %s", dialled(e.Dest)))
}

func (t *talker) ends(e TryEvent) {
	switch e.Event {
	case "log":
		t.note(Aside, words.Say("Note of the message: %s", e.Text))
	case "error":
		t.note(Wrong, words.Say("The message breaks off here: %s", e.Message))
	case "exit", "disconnect":
		t.talk.State = TalkOver
		t.note(Aside, words.Say("The call has ended"))
	}
}

// fileOf is the name of what is played.
func fileOf(src string) string {
	if src == recordedSrc {
		return words.Say("what was recorded")
	}
	if u, err := url.Parse(src); err == nil {
		return path.Base(u.Path)
	}
	return src
}

// dialled is a telephone number as people read it.
func dialled(dest string) string {
	number := strings.TrimPrefix(dest, "tel:")
	if n, err := phone.Parse(number, "US"); err == nil {
		return n.International()
	}
	return number
}

func offersOf(offers []vxml.Offer) []TalkOffer {
	list := make([]TalkOffer, 0, len(offers))
	for _, o := range offers {
		label := o.Value
		if label == o.Keys || label == o.Words {
			label = ""
		}
		list = append(list, TalkOffer{Keys: o.Keys, Words: o.Words, Label: label})
	}
	return list
}

// does writes down what the person called does.
func (t *talker) does(reply string) {
	verb, rest, _ := strings.Cut(reply, " ")
	last := len(t.talk.Lines) - 1
	if verb == "key" && t.talk.State == TalkKeys && last >= 0 && t.talk.Lines[last].keys != "" {
		keys := t.talk.Lines[last].keys + rest
		t.talk.Lines[last].keys, t.talk.Lines[last].Parts = keys, []TalkPart{{Words: words.Say("Presses %s", keys)}}
		return
	}
	if t.talk.State == TalkKeys && verb == "silence" {
		return
	}
	if verb == "silence" {
		t.talk.Length += t.talk.Wait
	}
	t.note(Person, doing(verb, rest))
	if verb == "key" {
		t.talk.Lines[len(t.talk.Lines)-1].keys = rest
	}
}

// doing says what somebody does.
func doing(verb, rest string) string {
	switch verb {
	case "key":
		return words.Say("Presses %s", rest)
	case "say":
		return words.Say("Says ‘%s’", rest)
	case "hangup":
		return words.Say("Hangs up")
	case "nomatch":
		return words.Say("Says something else")
	case "answered":
		return words.Say("Somebody answers there, and hangs up after a while")
	case "busy":
		return words.Say("It is busy there")
	case "noanswer":
		return words.Say("Nobody answers there")
	default:
		return words.Say("Stays silent")
	}
}

// look notes where the document is.
func (t *talker) look(ctx context.Context) {
	p := t.try.place
	t.talk.Line, t.talk.Variables = p.Line, p.Variables(ctx)
	t.talk.Document = ""
	if u, err := url.Parse(p.URL); err == nil && p.URL != "" {
		t.talk.Document = path.Base(u.Path)
	}
}

// shown is the talk as somebody else may keep it.
func (t *talker) shown() Talk {
	c := t.talk
	c.Lines, c.Offers, c.Variables = slices.Clone(c.Lines), slices.Clone(c.Offers), slices.Clone(c.Variables)
	return c
}
