package view

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign/words"
	"rollcall/gateway/audio"
	"rollcall/gateway/vxml"
)

// This file is the person called being recorded, and being connected with
// somebody else, who is played by whoever tries the flow as well.

const (
	// tryWord is how long one word takes to say, and trySpeech the shortest
	// recording.
	tryWord   = 400 * time.Millisecond
	trySpeech = time.Second
	// tryAnswered is how long the far end talks where nothing is said of it.
	tryAnswered = "answered 1"
)

// Record takes one reply: "say WORDS" is a recording, as long as that takes;
// "key #" one that the key ended.
func (t *Try) Record(ctx context.Context, r vxml.Record) (vxml.Recording, error) {
	if err := t.state(); err != nil {
		return vxml.Recording{}, err
	}
	t.keys = "" // what was keyed before the beep
	t.Event(TryEvent{Event: "record"})
	reply, err := t.reply(ctx, "silence")
	if err != nil {
		return vxml.Recording{}, err
	}
	in, err := t.act(reply, vxml.Listen{Timeout: r.Timeout})
	if err != nil || in == (vxml.Input{}) {
		return vxml.Recording{}, err
	}
	length := max(trySpeech, tryWord*time.Duration(len(strings.Fields(in.Words))))
	sound := vxml.Recording{Type: r.Type, Length: length}
	switch {
	case r.Max > 0 && length >= r.Max:
		sound.Length, sound.AtMax = r.Max, true
	case r.Keys:
		sound.Key = in.Key
	}
	if sound.Type == "" {
		sound.Type = "audio/x-wav"
	}
	if !sound.AtMax && sound.Key == 0 {
		t.clock += r.FinalSilence
	}
	t.clock += sound.Length
	sound.Sound = audio.WAV(audio.Tone(220, sound.Length))
	return sound, nil
}

// Transfer takes replies until the conversation has ended. A blind transfer
// takes none.
func (t *Try) Transfer(ctx context.Context, x vxml.Transfer) (vxml.Transferred, error) {
	if err := t.state(); err != nil {
		return vxml.Transferred{}, err
	}
	if err := callable(x.Dest); err != nil {
		return vxml.Transferred{}, err
	}
	bridge := x.Manner == vxml.Bridge
	t.Event(TryEvent{Event: "transfer", Dest: x.Dest, Bridge: &bridge})
	if x.Manner == vxml.Blind {
		t.hungUp = true
		return vxml.Transferred{}, nil
	}
	for {
		reply, err := t.reply(ctx, tryAnswered)
		if err != nil {
			return vxml.Transferred{}, err
		}
		done, over, err := t.converse(reply, x)
		if over || err != nil {
			t.clock += done.Length
			return done, err
		}
	}
}

// callable refuses what a gateway would.
func callable(dest string) error {
	scheme, rest, _ := strings.Cut(dest, ":")
	switch scheme = strings.ToLower(scheme); {
	case scheme != "tel" && scheme != "sip":
		return &vxml.EventError{Event: "error.unsupported.uri", Message: words.Say("“%s” is neither a tel: nor a sip: address", dest)}
	case rest == "":
		return &vxml.EventError{Event: "error.connection.baddestination", Message: words.Say("“%s” cannot be called", dest)}
	}
	return nil
}

// converse does what a reply says while a transfer is under way, and tells
// whether it is over.
func (t *Try) converse(reply string, x vxml.Transfer) (vxml.Transferred, bool, error) {
	verb, rest, _ := strings.Cut(strings.TrimSpace(reply), " ")
	switch verb {
	case "answered", "silence", "":
		return t.answered(strings.TrimSpace(rest), x)
	case "busy":
		return vxml.Transferred{Outcome: "busy"}, true, nil
	case "networkbusy":
		return vxml.Transferred{Outcome: "network_busy"}, true, nil
	case "noanswer":
		t.clock += x.ConnectTimeout
		return vxml.Transferred{Outcome: "noanswer"}, true, nil
	case "key", "say", "nomatch", "hangup":
		ended, err := t.interrupt(reply, x)
		return vxml.Transferred{Outcome: "near_end_disconnect", Length: trySpeech}, ended, err
	default:
		return vxml.Transferred{}, false, fmt.Errorf("%q is no reply: use answered, busy, networkbusy, noanswer, key, say or hangup", verb)
	}
}

// answered has the far end talk for so many seconds, one if nothing is said.
func (t *Try) answered(seconds string, x vxml.Transfer) (vxml.Transferred, bool, error) {
	if seconds == "" {
		_, seconds, _ = strings.Cut(tryAnswered, " ")
	}
	const most = 24 * 60 * 60
	n, err := strconv.ParseFloat(strings.TrimSuffix(seconds, "s"), 64)
	if err != nil || !(n >= 0 && n <= most) {
		return vxml.Transferred{}, false, fmt.Errorf("%q is no number of seconds", seconds)
	}
	if x.Manner == vxml.Consultation {
		t.hungUp = true
		return vxml.Transferred{}, true, nil
	}
	length := time.Duration(n * float64(time.Second))
	if x.Max > 0 && length >= x.Max {
		return vxml.Transferred{Outcome: "maxtime_disconnect", Length: x.Max}, true, nil
	}
	return vxml.Transferred{Outcome: "far_end_disconnect", Length: length}, true, nil
}

// interrupt has the caller key or say something while connected, and tells
// whether that ended it.
func (t *Try) interrupt(reply string, x vxml.Transfer) (bool, error) {
	t.keys = ""
	in, err := t.act(reply, vxml.Listen{})
	if err != nil || x.Heard == nil {
		return false, err
	}
	for {
		if x.Heard(in) {
			return true, nil
		}
		if t.keys == "" {
			return false, nil
		}
		in, t.keys = vxml.Input{Key: t.keys[0]}, t.keys[1:]
	}
}

// reply asks for the next one; at the end of them it is the one given.
func (t *Try) reply(ctx context.Context, last string) (string, error) {
	reply, err := t.Reply(ctx)
	if errors.Is(err, io.EOF) {
		return last, nil
	}
	return reply, err
}
