package server

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"rollcall/gateway/audio"
	"rollcall/gateway/line"
	"rollcall/gateway/vxml"
)

// This file is what a running document can do with its call.

// wordsPerMinute is how fast a prompt is taken to be spoken.
const wordsPerMinute = 150

// platform is a [vxml.Platform] over one call. One goroutine uses it.
type platform struct {
	call      line.Call // nil once it was hung up, and for exit documents
	source    source
	recording []byte // what recordingURL names
	log       *slog.Logger
	lengths   map[string]time.Duration // of recordings fetched for this call
	played    int                      // prompts put out to their end
	machine   bool                     // nobody listens but a recorder
	silences  int                      // times that nothing was keyed
}

// machinePatience is how many unanswered questions a machine is asked. Then
// the call ends: a document for people may ask for ever.
const machinePatience = 2

// Play puts a prompt out in one piece, so that a key ends all of it.
func (p *platform) Play(ctx context.Context, prompt vxml.Prompt) (vxml.Played, error) {
	if p.call == nil {
		return vxml.Played{}, vxml.ErrHungUp
	}
	sound := line.Sound{BargeIn: prompt.BargeIn}
	var words []string
	for _, segment := range prompt.Segments {
		said, length := p.measure(ctx, segment)
		sound.Length += length
		if said != "" {
			words = append(words, said)
		}
	}
	sound.Text = strings.Join(words, " ")
	if _, err := p.call.Play(ctx, sound); err != nil {
		return vxml.Played{}, lineError(err)
	}
	p.played++
	return vxml.Played{}, nil
}

// Record takes down what the caller says.
func (*platform) Record(context.Context, vxml.Record) (vxml.Recording, error) {
	return vxml.Recording{}, &vxml.EventError{Event: "error.noresource", Message: "nothing records here"}
}

// Transfer connects the caller to somebody else.
func (*platform) Transfer(context.Context, vxml.Transfer) (vxml.Transferred, error) {
	return vxml.Transferred{}, &vxml.EventError{Event: "error.unsupported.transfer", Message: "nothing transfers here"}
}

// measure returns what is said in a segment and how long it takes. Where a
// recording cannot be had, that is its alternative.
func (p *platform) measure(ctx context.Context, s vxml.Segment) (string, time.Duration) {
	if s.Audio == "" {
		return s.Text, s.Pause + spoken(s.Text)
	}
	length, err := p.recordingLength(ctx, s.Audio)
	if err == nil {
		return "", length
	}
	p.log.WarnContext(ctx, "recording cannot be had", "url", s.Audio, "error", err)
	var words []string
	var total time.Duration
	for _, other := range s.Else {
		said, length := p.measure(ctx, other)
		total += length
		if said != "" {
			words = append(words, said)
		}
	}
	return strings.Join(words, " "), total
}

// spoken is how long it takes to say text.
func spoken(text string) time.Duration {
	return time.Duration(len(strings.Fields(text))) * time.Minute / wordsPerMinute
}

func (p *platform) recordingLength(ctx context.Context, url string) (time.Duration, error) {
	if length, known := p.lengths[url]; known {
		return length, nil
	}
	sound := p.recording
	if url != recordingURL {
		r, err := p.source.get(ctx, vxml.Fetch{URL: url})
		if err != nil {
			return 0, err
		}
		sound = r.Body
	}
	length, err := audio.Length(sound)
	if err != nil {
		return 0, err
	}
	if p.lengths == nil {
		p.lengths = make(map[string]time.Duration)
	}
	p.lengths[url] = length
	return length, nil
}

// Listen waits for one key. The line hears which keys are on offer.
func (p *platform) Listen(ctx context.Context, l vxml.Listen) (vxml.Input, error) {
	if p.call == nil {
		return vxml.Input{}, vxml.ErrHungUp
	}
	want := line.Listen{Timeout: l.Timeout}
	for _, o := range l.Offers {
		if o.Keys != "" {
			want.Offers = append(want.Offers, line.Offer{Keys: o.Keys, OptOut: o.OptOut})
		}
	}
	key, err := p.call.Listen(ctx, want)
	if err != nil {
		return vxml.Input{}, lineError(err)
	}
	if key == 0 {
		p.silences++
	}
	if p.machine && p.silences >= machinePatience {
		return vxml.Input{}, errors.Join(vxml.ErrHungUp, p.Disconnect(ctx))
	}
	return vxml.Input{Key: byte(key)}, nil
}

// Fetch reads from the web; a document never names a file.
func (p *platform) Fetch(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	return p.source.get(ctx, f)
}

// Disconnect hangs up.
func (p *platform) Disconnect(context.Context) error {
	if p.call == nil {
		return nil
	}
	err := p.call.Hangup()
	p.call = nil
	return err
}

// Now is the time of day.
func (p *platform) Now() time.Time { return time.Now() }

// Log keeps what a document logs. It may hold what a caller keyed, so it is
// written at the lowest level only.
func (p *platform) Log(label, text string) {
	p.log.Debug("document", "label", label, "text", text)
}

// lineError translates a line's error for the interpreter.
func lineError(err error) error {
	if errors.Is(err, line.ErrHungUp) {
		return vxml.ErrHungUp
	}
	return err
}
