package linetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rollcall/gateway/audio"
	"rollcall/gateway/line"
)

// This file holds lines to what they promise of recordings and transfers.

// wantSound checks that a recording is one, and as long as it says.
func wantSound(t *testing.T, r line.Recording, end line.RecordEnd) {
	t.Helper()
	length, err := audio.Length(r.WAV)
	if err != nil {
		t.Fatal(err)
	}
	if length != r.Length || r.Length <= 0 || r.End != end {
		t.Errorf("recorded %v, told as %v, ended by %v; want it ended by %v", length, r.Length, r.End, end)
	}
}

func recordsPerson(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	r, err := c.Record(bounded(t), line.Record{Timeout: long, Beep: true, Silence: 500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	wantSound(t, r, line.EndedBySilence)
	play(t, c, line.Sound{Length: 20 * time.Millisecond})
}

func recordsMax(t *testing.T, h Harness) {
	const most = 500 * time.Millisecond
	c := answered(t, h, h.Person, line.Person)
	r, err := c.Record(bounded(t), line.Record{Timeout: long, Max: most, Silence: long})
	if err != nil {
		t.Fatal(err)
	}
	wantSound(t, r, line.EndedByMax)
	if r.Length > most {
		t.Errorf("recorded %v, at most %v was asked for", r.Length, most)
	}
}

func recordsNothing(t *testing.T, h Harness) {
	c := answered(t, h, h.Machine, line.Machine)
	r, err := c.Record(bounded(t), line.Record{Timeout: 20 * time.Millisecond})
	if err != nil || r.WAV != nil || r.Length != 0 || r.End != line.EndedBySilence {
		t.Errorf("recorded %v of somebody silent, ended by %v, error %v", r.Length, r.End, err)
	}
}

func quitsRecording(t *testing.T, h Harness) {
	c := answered(t, h, h.Quitter, line.Person)
	r, err := c.Record(bounded(t), line.Record{Timeout: long, Silence: long})
	wantError(t, "record", err, line.ErrHungUp)
	wantSound(t, r, line.EndedByHangup)
	_, err = c.Record(bounded(t), line.Record{Timeout: long})
	wantError(t, "record again", err, line.ErrHungUp)
}

func cancelledRecording(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	_, err := c.Record(moment(t), line.Record{Timeout: long, Silence: long})
	wantError(t, "record", err, context.DeadlineExceeded)
}

func transfersEnd(t *testing.T, h Harness) {
	for want, dest := range h.Others {
		c := answered(t, h, h.Person, line.Person)
		got, err := c.Transfer(bounded(t), line.Transfer{Dest: dest, ConnectTimeout: 10 * time.Second})
		if err != nil || got.End != want {
			t.Errorf("a transfer to %s ends with %q, error %v; want %q", dest, got.End, err, want)
		}
		if talked := got.Length > 0; talked != (want == line.FarEndLeft) {
			t.Errorf("%s: talked for %v", want, got.Length)
		}
		play(t, c, line.Sound{Length: 20 * time.Millisecond})
		hangup(t, c)
	}
}

func transferMax(t *testing.T, h Harness) {
	const most = 500 * time.Millisecond
	c := answered(t, h, h.Person, line.Person)
	got, err := c.Transfer(bounded(t), line.Transfer{Dest: h.Others[line.FarEndLeft], Max: most})
	if want := (line.Transferred{End: line.MaxTimeReached, Length: most}); err != nil || got != want {
		t.Errorf("got %+v, error %v; want %+v", got, err, want)
	}
}

// keyed connects somebody who presses 1 and 2, and tells what was heard.
func keyed(t *testing.T, h Harness, end line.Key) (line.Transferred, []line.Key) {
	t.Helper()
	number := h.Ender
	if number == "" {
		number = h.Person
	}
	c := answered(t, h, number, line.Person)
	var heard []line.Key
	got, err := c.Transfer(bounded(t), line.Transfer{
		Dest: h.Others[line.FarEndLeft], Offers: []line.Offer{{Keys: "12"}},
		Heard: func(k line.Key) bool { heard = append(heard, k); return k == end },
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, heard
}

func transferKeyed(t *testing.T, h Harness) {
	got, heard := keyed(t, h, '2')
	if got.End != line.NearEndLeft || got.Length <= 0 || !slices.Equal(heard, []line.Key("12")) {
		t.Errorf("got %+v after the keys %q", got, heard)
	}
}

func transferHeard(t *testing.T, h Harness) {
	got, heard := keyed(t, h, 'D')
	if got.End != line.FarEndLeft || !slices.Equal(heard, []line.Key("12")) {
		t.Errorf("got %+v after the keys %q", got, heard)
	}
}

func quitsTransfer(t *testing.T, h Harness) {
	c := answered(t, h, h.Quitter, line.Person)
	got, err := c.Transfer(bounded(t), line.Transfer{Dest: h.Others[line.FarEndLeft]})
	wantError(t, "transfer", err, line.ErrHungUp)
	if got.Length <= 0 {
		t.Errorf("talked for %v before hanging up", got.Length)
	}
	wantError(t, "play", playError(t, c, line.Sound{Length: long}), line.ErrHungUp)
}

func cancelledTransfer(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	_, err := c.Transfer(moment(t), line.Transfer{Dest: h.Others[line.FarEndLeft]})
	wantError(t, "transfer", err, context.DeadlineExceeded)
}

func passedOn(t *testing.T, h Harness) {
	for _, manner := range []line.Manner{line.Blind, line.Consultation} {
		c := answered(t, h, h.Person, line.Person)
		got, err := c.Transfer(bounded(t), line.Transfer{Dest: h.Others[line.FarEndLeft], Manner: manner})
		if err != nil || got.End != line.PassedOn {
			t.Errorf("manner %v: %+v, error %v", manner, got, err)
		}
		wantError(t, "play", playError(t, c, line.Sound{Length: long}), line.ErrHungUp)
		hangup(t, c)
	}
}

func transferNowhere(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	_, err := c.Transfer(bounded(t), line.Transfer{Dest: h.Nowhere, Manner: line.Consultation})
	var verdict *line.UnansweredError
	if !errors.As(err, &verdict) {
		t.Fatalf("a transfer to nowhere: %v", err)
	}
	play(t, c, line.Sound{Length: 20 * time.Millisecond})
}
