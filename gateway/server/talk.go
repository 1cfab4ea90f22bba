package server

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/vxml"
)

// This file is what a running document does with its call besides playing and
// listening (VoiceXML 2.0, sections 2.3.6 and 2.3.7; 2.1, section 9).

// longestRecording bounds one recording: 10 MB.
const longestRecording = 10 * time.Minute

// Events of what cannot be done.
const (
	eventFormat      = "error.unsupported.format"
	eventScheme      = "error.unsupported.uri"
	eventManner      = "error.unsupported.transfer"
	eventDestination = "error.connection.baddestination"
	eventRefused     = "error.connection.noauthorization"
	eventNoRoute     = "error.connection.noroute"
)

// wavType is the media type of what lines record (appendix E).
const wavType = "audio/x-wav"

// Record takes down what the caller says. Where the caller hangs up meanwhile,
// what was said is returned with [vxml.ErrHungUp] (section 2.3.6).
func (p *platform) Record(ctx context.Context, r vxml.Record) (vxml.Recording, error) {
	if p.call == nil {
		return vxml.Recording{}, vxml.ErrHungUp
	}
	switch r.Type {
	case "":
		r.Type = wavType
	case wavType, "audio/wav", "audio/wave", "audio/vnd.wave":
	default:
		return vxml.Recording{}, &vxml.EventError{Event: eventFormat, Message: "nothing is recorded as " + r.Type}
	}
	most := longestRecording
	if r.Max > 0 {
		most = min(r.Max, most)
	}
	got, err := p.call.Record(ctx, line.Record{
		Beep: r.Beep, Timeout: r.Timeout, Max: most, Silence: r.FinalSilence, Keys: r.Keys,
	})
	if err == nil && got.WAV == nil {
		err = p.silent(ctx)
	}
	if got.WAV == nil {
		return vxml.Recording{Key: byte(got.Key)}, lineError(err)
	}
	return vxml.Recording{
		Sound: got.WAV, Type: r.Type, Length: got.Length, AtMax: got.End == line.EndedByMax, Key: byte(got.Key),
	}, lineError(err)
}

// Transfer connects the caller with somebody else, if the operator lets it.
func (p *platform) Transfer(ctx context.Context, t vxml.Transfer) (vxml.Transferred, error) {
	if p.call == nil {
		return vxml.Transferred{}, vxml.ErrHungUp
	}
	if err := p.reach.check(t.Dest); err != nil {
		p.log.WarnContext(ctx, "transfer refused", "error", err)
		return vxml.Transferred{}, err
	}
	manner, known := map[vxml.Manner]line.Manner{
		vxml.Bridge: line.Bridge, vxml.Blind: line.Blind, vxml.Consultation: line.Consultation,
	}[t.Manner]
	if !known {
		return vxml.Transferred{}, &vxml.EventError{Event: eventManner, Message: "no such transfer: " + string(t.Manner)}
	}
	want := line.Transfer{
		Dest: t.Dest, Manner: manner, ConnectTimeout: t.ConnectTimeout, Max: t.Max,
		Wait: p.wait(ctx, t.Audio), Info: t.Info, Offers: onKeys(t.Offers),
	}
	if t.Heard != nil {
		want.Heard = func(key line.Key) bool { return t.Heard(vxml.Input{Key: byte(key)}) }
	}
	got, err := p.call.Transfer(ctx, want)
	return vxml.Transferred{Outcome: string(got.End), Length: got.Length}, transferError(err)
}

// wait is what the caller hears until the other answers; without it, what the
// line has.
func (p *platform) wait(ctx context.Context, url string) line.Sound {
	var out output
	if url != "" {
		p.add(ctx, &out, vxml.Segment{Audio: url})
	}
	return out.sound()
}

// transferError is a line's error about a transfer, as an event.
func transferError(err error) error {
	var verdict *line.UnansweredError
	switch {
	case !errors.As(err, &verdict):
		return lineError(err)
	case verdict.Outcome == gateway.OutcomeBadNumber:
		return &vxml.EventError{Event: eventDestination, Message: "there is no such number"}
	}
	return &vxml.EventError{Event: eventNoRoute, Message: verdict.Error()}
}
