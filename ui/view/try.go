package view

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// Try is the person called: it hears a flow and answers it, with no telephone
// and no waiting. It is the [vxml.Platform] behind "rollcall try". The zero
// value needs Event and Reply set; Reply is called on the interpreter's
// goroutine.
type Try struct {
	// Event is told everything that happens, in order.
	Event func(TryEvent)
	// Reply returns what the person does now: "key 12#", "say WORDS",
	// "silence", "nomatch" or "hangup"; while being connected also "answered
	// SECONDS", "busy", "networkbusy" or "noanswer". [io.EOF] is silence, and
	// "answered 1".
	Reply func(ctx context.Context) (string, error)
	// More returns what is keyed within a time after a first key, like Reply,
	// or "silence". Nil is where people give all keys of an answer at once.
	More func(ctx context.Context, within time.Duration) (string, error)
	// Session is what documents read as session.NAME.
	Session map[string]any
	// Client fetches documents and recordings.
	Client *http.Client

	keys   string        // pressed in one go and not heard yet
	hungUp bool          // by the person
	clock  time.Duration // virtual time passed
	silent int           // silences since the person last did something
	place  vxml.Place
}

// maxTrySilence ends a try whose caller stays silent at an endless document.
const maxTrySilence = 50

// noMatch is an utterance that no grammar has.
const noMatch = "\uFFFD"

// recordedSrc stands for the caller's own recording.
const recordedSrc = "recording"

// Play tells what is heard.
func (t *Try) Play(_ context.Context, p vxml.Prompt) (vxml.Played, error) {
	for _, s := range p.Segments {
		switch {
		case s.Sound != nil:
			t.Event(TryEvent{Event: "audio", Src: recordedSrc, Text: plain(s.Else)})
			t.clock += s.Sound.Length
		case s.Audio != "":
			t.Event(TryEvent{Event: "audio", Src: s.Audio, Text: plain(s.Else)})
		case s.Text != "":
			t.Event(TryEvent{Event: "prompt", Text: s.Text})
		}
		t.clock += s.Pause
	}
	return heardOf(p.Segments), t.state()
}

// heardOf is how far a prompt was heard that was heard to its end.
func heardOf(segments []vxml.Segment) vxml.Played {
	var last vxml.Played
	for _, s := range segments {
		switch {
		case s.Mark != "":
			last = vxml.Played{Mark: s.Mark}
		case s.Sound != nil:
			last.Since += s.Sound.Length
		default:
			last.Since += s.Pause + tryWord*time.Duration(len(strings.Fields(s.Text)))
		}
	}
	if last.Mark == "" {
		return vxml.Played{}
	}
	return last
}

// Listen asks for a reply, unless keys of the last one are still to be heard.
func (t *Try) Listen(ctx context.Context, l vxml.Listen) (vxml.Input, error) {
	if err := t.state(); err != nil {
		return vxml.Input{}, err
	}
	if t.keys != "" {
		key := t.keys[0]
		t.keys = t.keys[1:]
		return vxml.Input{Key: key}, nil
	}
	if l.Typed != "" {
		return t.more(ctx, l)
	}
	t.Event(TryEvent{Event: "listen", Grammars: offered(l.Offers), offers: l.Offers, wait: l.Timeout})
	reply, err := t.reply(ctx, "silence")
	if err != nil {
		return vxml.Input{}, err
	}
	return t.act(reply, l)
}

// more is the next key of an answer. Where all were given at once the
// interdigit time passes.
func (t *Try) more(ctx context.Context, l vxml.Listen) (vxml.Input, error) {
	reply := "silence"
	if t.More != nil && l.Timeout > 0 {
		var err error
		if reply, err = t.More(ctx, l.Timeout); err != nil {
			return vxml.Input{}, err
		}
	}
	if reply == "silence" {
		t.clock += l.Timeout
		return vxml.Input{}, nil
	}
	return t.act(reply, l)
}

// act does what the reply says.
func (t *Try) act(reply string, l vxml.Listen) (vxml.Input, error) {
	verb, rest, _ := strings.Cut(strings.TrimSpace(reply), " ")
	rest = strings.TrimSpace(rest)
	if verb != "silence" && verb != "" {
		t.silent = 0
	}
	switch verb {
	case "key":
		keys := strings.ReplaceAll(rest, " ", "")
		if keys == "" || strings.Trim(keys, "0123456789*#ABCD") != "" {
			return vxml.Input{}, fmt.Errorf("%q is no key: use 0 to 9, *, # or A to D", rest)
		}
		t.keys = keys[1:]
		return vxml.Input{Key: keys[0]}, nil
	case "say":
		return vxml.Input{Words: rest, Confidence: 1}, nil
	case "nomatch":
		return vxml.Input{Words: noMatch}, nil
	case "hangup":
		t.hungUp = true
		return vxml.Input{}, vxml.ErrHungUp
	case "silence", "":
		t.clock += l.Timeout
		if t.silent++; t.silent > maxTrySilence {
			t.hungUp = true
			return vxml.Input{}, vxml.ErrHungUp
		}
		return vxml.Input{}, nil
	default:
		return vxml.Input{}, fmt.Errorf("%q is no reply: use key, say, silence, nomatch or hangup", verb)
	}
}

func (t *Try) state() error {
	if t.hungUp {
		return vxml.ErrHungUp
	}
	return nil
}

// Disconnect notes that the flow has hung up.
func (t *Try) Disconnect(context.Context) error {
	t.hungUp = true
	return nil
}

// Now is virtual: silence costs nothing.
func (t *Try) Now() time.Time { return time.Now().Add(t.clock) }

// Log passes on what the document says to its author.
func (t *Try) Log(label, text string) {
	if label != "" {
		text = label + ": " + text
	}
	t.Event(TryEvent{Event: "log", Text: text})
}

// Run fetches the document at url, runs it, and tells how it ended.
func (t *Try) Run(ctx context.Context, url string) error {
	resource, err := t.Fetch(ctx, vxml.Fetch{URL: url})
	if err != nil {
		return err
	}
	doc, err := vxml.Parse(resource.Body, resource.URL)
	if err != nil {
		return err
	}
	in := vxml.Interpreter{Platform: t, Session: t.Session, Trace: func(p vxml.Place) { t.place = p }}
	result, err := in.Run(ctx, doc)
	if err != nil {
		return err
	}
	switch result.Ending {
	case vxml.Exit:
		t.Event(TryEvent{Event: "exit", Value: &result.Value})
	case vxml.Failed:
		t.Event(TryEvent{Event: "error", Name: eventName(result.Err), Message: result.Err.Error()})
		empty := ""
		t.Event(TryEvent{Event: "exit", Value: &empty})
	default:
		t.Event(TryEvent{Event: "disconnect"})
	}
	return nil
}
