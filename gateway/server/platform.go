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

// This file is what a running document can do with its call; talk.go is
// recording and being connected.

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
	silences  int                      // times that nothing was keyed or said
	reach     reach                    // whom the caller may be connected with
}

// machinePatience is how many unanswered questions a machine is asked. Then
// the call ends: a document for people may ask for ever.
const machinePatience = 2

// Play puts a prompt out in one piece, so that a key ends all of it.
func (p *platform) Play(ctx context.Context, prompt vxml.Prompt) (vxml.Played, error) {
	if p.call == nil {
		return vxml.Played{}, vxml.ErrHungUp
	}
	var out output
	for _, segment := range prompt.Segments {
		p.add(ctx, &out, segment)
	}
	sound := out.sound()
	sound.BargeIn = prompt.BargeIn
	played, err := p.call.Play(ctx, sound)
	if err != nil {
		return out.heard(played), lineError(err)
	}
	p.played++
	return out.heard(played), nil
}

// output is a prompt on its way to the line.
type output struct {
	words  []string
	length time.Duration
	marks  []mark
}

// mark is a place in a prompt.
type mark struct {
	name string
	at   time.Duration
}

func (o *output) sound() line.Sound {
	return line.Sound{Text: strings.Join(o.words, " "), Length: o.length}
}

// heard tells the last mark that was reached when so much was played.
func (o *output) heard(played time.Duration) vxml.Played {
	var last vxml.Played
	for _, m := range o.marks {
		if m.at <= played {
			last = vxml.Played{Mark: m.name, Since: played - m.at}
		}
	}
	return last
}

// add puts a segment at the end. Where a recording cannot be had, that is its
// alternative.
func (p *platform) add(ctx context.Context, o *output, s vxml.Segment) {
	var err error
	var length time.Duration
	switch {
	case s.Mark != "":
		o.marks = append(o.marks, mark{name: s.Mark, at: o.length})
	case s.Sound != nil:
		length, err = audio.Length(s.Sound.Sound)
	case s.Audio != "":
		length, err = p.recordingLength(ctx, s)
	default:
		length = s.Pause + spoken(s.Text)
		if s.Text != "" {
			o.words = append(o.words, s.Text)
		}
	}
	o.length += length
	if err == nil {
		return
	}
	p.log.WarnContext(ctx, "recording cannot be had", "url", s.Audio, "error", err)
	for _, other := range s.Else {
		p.add(ctx, o, other)
	}
}

// spoken is how long it takes to say text.
func spoken(text string) time.Duration {
	return time.Duration(len(strings.Fields(text))) * time.Minute / wordsPerMinute
}

// recordingLength is how long the recording of a segment takes. It is asked
// for again where the document says how old it may be.
func (p *platform) recordingLength(ctx context.Context, s vxml.Segment) (time.Duration, error) {
	url := s.Audio
	if length, known := p.lengths[url]; known && s.MaxAge == nil && s.MaxStale == nil {
		return length, nil
	}
	sound := p.recording
	if url != recordingURL {
		r, err := p.source.get(ctx, vxml.Fetch{URL: url, MaxAge: s.MaxAge, MaxStale: s.MaxStale})
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
	key, err := p.call.Listen(ctx, line.Listen{Timeout: l.Timeout, Offers: onKeys(l.Offers)})
	if err == nil && key == 0 {
		err = p.silent(ctx)
	}
	if err != nil {
		return vxml.Input{}, lineError(err)
	}
	return vxml.Input{Key: byte(key)}, nil
}

// silent notes that nothing came from the far end. After some of that a
// machine is hung up on.
func (p *platform) silent(ctx context.Context) error {
	p.silences++
	if !p.machine || p.silences < machinePatience {
		return nil
	}
	return errors.Join(vxml.ErrHungUp, p.Disconnect(ctx))
}

// onKeys returns the offers that can be keyed.
func onKeys(offers []vxml.Offer) []line.Offer {
	var keys []line.Offer
	for _, o := range offers {
		if o.Keys != "" {
			keys = append(keys, line.Offer{Keys: o.Keys, OptOut: o.OptOut})
		}
	}
	return keys
}

// Fetch reads from the web; a document never names a file.
func (p *platform) Fetch(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	if f.Meanwhile.URL != "" && p.call != nil {
		return p.entertain(ctx, f)
	}
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
