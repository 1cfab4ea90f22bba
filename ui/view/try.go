package view

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// TryEvent is one thing that happens while a flow is tried, and one line of
// "rollcall try --json".
type TryEvent struct {
	Event    string   `json:"event"` // prompt, audio, listen, log, error, exit, disconnect
	Text     string   `json:"text,omitempty"`
	Src      string   `json:"src,omitempty"`
	Grammars []string `json:"grammars,omitempty"`
	Name     string   `json:"name,omitempty"`
	Message  string   `json:"message,omitempty"`
	Value    *string  `json:"value,omitempty"`
}

// Try is the person called: it hears a flow and answers it, with no telephone
// and no waiting. It is the [vxml.Platform] behind "rollcall try". The zero
// value needs Event and Reply set; Reply is called on the interpreter's
// goroutine.
type Try struct {
	// Event is told everything that happens, in order.
	Event func(TryEvent)
	// Reply returns what the person does now: "key 12#", "say WORDS",
	// "silence", "nomatch" or "hangup". [io.EOF] is silence.
	Reply func(ctx context.Context) (string, error)
	// Client fetches documents and recordings.
	Client *http.Client

	keys   string        // pressed in one go and not heard yet
	hungUp bool          // by the person
	clock  time.Duration // virtual time passed
	silent int           // silences since the person last did something
}

// maxTrySilence ends a try whose caller stays silent at an endless document.
const maxTrySilence = 50

// noMatch is an utterance that no grammar has.
const noMatch = "\uFFFD"

// Play tells what is heard.
func (t *Try) Play(_ context.Context, p vxml.Prompt) (vxml.Played, error) {
	for _, s := range p.Segments {
		switch {
		case s.Audio != "":
			t.Event(TryEvent{Event: "audio", Src: s.Audio, Text: plain(s.Else)})
		case s.Text != "":
			t.Event(TryEvent{Event: "prompt", Text: s.Text})
		}
		t.clock += s.Pause
	}
	return vxml.Played{}, t.state()
}

// Record takes down what the caller says.
func (*Try) Record(context.Context, vxml.Record) (vxml.Recording, error) {
	return vxml.Recording{}, &vxml.EventError{Event: "error.noresource", Message: "nothing records here"}
}

// Transfer connects the caller to somebody else.
func (*Try) Transfer(context.Context, vxml.Transfer) (vxml.Transferred, error) {
	return vxml.Transferred{}, &vxml.EventError{Event: "error.unsupported.transfer", Message: "nothing transfers here"}
}

// plain is what segments say, as one text.
func plain(segments []vxml.Segment) string {
	var texts []string
	for _, s := range segments {
		if s.Text != "" {
			texts = append(texts, s.Text)
		}
	}
	return strings.Join(texts, " ")
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
	if l.Typed != "" { // nothing more was keyed: the interdigit time passes
		t.clock += l.Timeout
		return vxml.Input{}, nil
	}
	t.Event(TryEvent{Event: "listen", Grammars: offered(l.Offers)})
	reply, err := t.Reply(ctx)
	switch {
	case errors.Is(err, io.EOF):
		reply = "silence"
	case err != nil:
		return vxml.Input{}, err
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
		return vxml.Input{Words: rest}, nil
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

// offered names what may be answered, as authors know it.
func offered(offers []vxml.Offer) []string {
	names := make([]string, 0, len(offers))
	for _, o := range offers {
		switch {
		case o.Keys != "" && o.Words != "":
			names = append(names, "key "+o.Keys+" or say "+o.Words)
		case o.Keys != "":
			names = append(names, "key "+o.Keys)
		default:
			names = append(names, "say "+o.Words)
		}
	}
	return names
}

func (t *Try) state() error {
	if t.hungUp {
		return vxml.ErrHungUp
	}
	return nil
}

// maxTryBytes bounds one fetched document or recording.
const maxTryBytes = 16 << 20

// Fetch reads over HTTP, as a gateway would.
func (t *Try) Fetch(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	if f.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.Timeout)
		defer cancel()
	}
	method := f.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, f.URL, strings.NewReader(string(f.Body)))
	if err != nil {
		return vxml.Resource{}, err
	}
	if f.Type != "" {
		req.Header.Set("Content-Type", f.Type)
	}
	resp, err := t.Client.Do(req)
	if err != nil {
		return vxml.Resource{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return vxml.Resource{}, fmt.Errorf("%s answered %s", f.URL, resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxTryBytes))
	if err != nil {
		return vxml.Resource{}, fmt.Errorf("read %s: %w", f.URL, err)
	}
	return vxml.Resource{URL: resp.Request.URL.String(), Type: resp.Header.Get("Content-Type"), Body: body}, nil
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

// Words is the event for a person at a terminal.
func (e TryEvent) Words() string {
	switch e.Event {
	case "prompt":
		return e.Text
	case "audio":
		return fmt.Sprintf("[recording %s] %s", e.Src, e.Text)
	case "listen":
		return "[" + strings.Join(e.Grammars, ", ") + "; Enter: silence; hangup]"
	case "log":
		return "[log] " + e.Text
	case "error":
		return "[error " + e.Name + "] " + e.Message
	case "exit":
		return "[the flow has ended]"
	default:
		return "[hung up]"
	}
}

// eventName is the W3C's name of what went wrong.
func eventName(err error) string {
	var event *vxml.EventError
	if errors.As(err, &event) {
		return event.Event
	}
	return "error"
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
	in := vxml.Interpreter{Platform: t}
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
