package practice

import (
	"context"
	"strings"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/audio"
	"rollcall/gateway/line"
)

// This file is what people say when they are recorded, and what becomes of
// them when they are connected with somebody else.

// How long people talk at real speed.
const (
	recordDelay   = 1 * time.Second // until a person speaks
	recordLength  = 3 * time.Second
	recordSilence = 2 * time.Second  // that ends a recording, where nothing else is said
	talkLength    = 20 * time.Second // of a conversation
)

// endsOne is how rarely a person ends a conversation by the keys on offer.
const endsOne = 4

// Record has a person speak for three seconds, a quitter for half of that. A
// machine keeps silent.
func (c *call) Record(ctx context.Context, r line.Record) (line.Recording, error) {
	if c.over != nil {
		return line.Recording{}, c.over
	}
	if c.far == machine || r.Timeout < recordDelay {
		return line.Recording{}, c.line.sleep(ctx, r.Timeout)
	}
	if c.far == quitter {
		err := c.quit(ctx, recordDelay+recordLength/2)
		return c.said(recordLength/2, line.EndedByHangup), err
	}
	still := r.Silence
	if still <= 0 {
		still = recordSilence
	}
	length, end := recordLength, line.EndedBySilence
	if r.Max > 0 && r.Max <= recordLength {
		length, still, end = r.Max, 0, line.EndedByMax
	}
	if err := c.line.sleep(ctx, recordDelay+length+still); err != nil {
		return line.Recording{}, err
	}
	return c.said(length, end), nil
}

// said is a voice: a soft tone whose height is the number's own.
func (c *call) said(length time.Duration, end line.RecordEnd) line.Recording {
	height := 200 + float64(chance(c.number, "voice")%200)
	return line.Recording{WAV: audio.WAV(audio.Tone(height, length)), Length: length, End: end}
}

// Transfer dials the other by the same table as any number. Who answers talks
// for twenty seconds, or hangs up after half of that.
func (c *call) Transfer(ctx context.Context, t line.Transfer) (line.Transferred, error) {
	if c.over != nil {
		return line.Transferred{}, c.over
	}
	if t.Manner == line.Blind {
		c.over = line.ErrHungUp
		return line.Transferred{}, nil
	}
	number := destination(t.Dest)
	f := fateOf(number, c.line.tries(number, 1))
	if t.ConnectTimeout > 0 && f.rings() && f.wait > t.ConnectTimeout {
		f.wait, f.outcome = t.ConnectTimeout, gateway.OutcomeNoAnswer
	}
	answered := f.outcome == gateway.OutcomeReached
	if c.far == quitter && !answered {
		return line.Transferred{}, c.quit(ctx, f.wait/2)
	}
	if err := c.line.sleep(ctx, f.wait); err != nil {
		return line.Transferred{}, err
	}
	if !answered {
		return unconnected(f.outcome)
	}
	c.line.answered(number)
	if t.Manner == line.Consultation {
		c.over = line.ErrHungUp
		return line.Transferred{}, nil
	}
	return c.converse(ctx, t, f.far)
}

// destination returns the digits of an address. Somebody answers at one that
// is a name.
func destination(address string) string {
	scheme, rest, _ := strings.Cut(address, ":")
	if end := strings.IndexAny(rest, "@;?"); end >= 0 {
		rest = rest[:end]
	}
	digits := gateway.Phone(rest).Digits()
	if scheme == "sip" && lastTwo(digits) < 0 {
		return "00"
	}
	return digits
}

// unconnected is what a transfer that nobody answered ends with.
func unconnected(o gateway.Outcome) (line.Transferred, error) {
	switch o {
	case gateway.OutcomeNoAnswer:
		return line.Transferred{End: line.TransferNoReply}, nil
	case gateway.OutcomeBusy:
		return line.Transferred{End: line.TransferBusy}, nil
	case gateway.OutcomeCongestion:
		return line.Transferred{End: line.NetworkBusy}, nil
	default:
		return line.Transferred{}, &line.UnansweredError{Outcome: o}
	}
}

// converse lets the two talk.
func (c *call) converse(ctx context.Context, t line.Transfer, other farEnd) (line.Transferred, error) {
	length, end := talkLength, line.FarEndLeft
	if other == quitter {
		length /= 2
	}
	if t.Max > 0 && t.Max < length {
		length, end = t.Max, line.MaxTimeReached
	}
	if c.far == quitter {
		return line.Transferred{Length: length / 2}, c.quit(ctx, length/2)
	}
	keyed, ended, err := c.keyThrough(ctx, t, length/2)
	if err != nil || ended {
		return line.Transferred{End: line.NearEndLeft, Length: keyed}, err
	}
	if err := c.line.sleep(ctx, length-keyed); err != nil {
		return line.Transferred{}, err
	}
	return line.Transferred{End: end, Length: length}, nil
}

// keyThrough has one person in four press the keys on offer, in the middle of
// a conversation. It returns how long that took, and whether it ended it.
func (c *call) keyThrough(ctx context.Context, t line.Transfer, half time.Duration) (time.Duration, bool, error) {
	if t.Heard == nil || len(t.Offers) == 0 || c.far != person || chance(c.number, "end")%endsOne != 0 {
		return 0, false, nil
	}
	if err := c.line.sleep(ctx, half); err != nil {
		return 0, false, err
	}
	for _, key := range []byte(t.Offers[0].Keys) {
		if t.Heard(line.Key(key)) {
			return half, true, nil
		}
	}
	return half, false, nil
}
