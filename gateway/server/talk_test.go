package server_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/server"
	interpreter "rollcall/gateway/vxml"
)

// on is what a document can do with call, with these destinations open.
func on(call line.Call, transferTo ...string) interpreter.Platform {
	c := config()
	c.Line, c.TransferTo = answering(call), transferTo
	return server.New(c).On(call)
}

func wantEvent(t *testing.T, err error, want string) {
	t.Helper()
	var event *interpreter.EventError
	if want == "" && err == nil {
		return
	}
	if !errors.As(err, &event) || event.Event != want {
		t.Errorf("error %v, want the event %q", err, want)
	}
}

func TestRecord(t *testing.T) {
	sound := wave(2)
	tests := map[string]struct {
		ask  interpreter.Record
		line line.Recording
		want interpreter.Recording
	}{
		"silence ends it": {interpreter.Record{}, line.Recording{WAV: sound, Length: 2 * time.Second},
			interpreter.Recording{Sound: sound, Type: "audio/x-wav", Length: 2 * time.Second}},
		"a key ends it": {interpreter.Record{Type: "audio/wav", Keys: true}, line.Recording{WAV: sound, Length: 2 * time.Second, End: line.EndedByKey, Key: '#'},
			interpreter.Recording{Sound: sound, Type: "audio/wav", Length: 2 * time.Second, Key: '#'}},
		"too long": {interpreter.Record{Max: 2 * time.Second}, line.Recording{WAV: sound, Length: 2 * time.Second, End: line.EndedByMax},
			interpreter.Recording{Sound: sound, Type: "audio/x-wav", Length: 2 * time.Second, AtMax: true}},
		"nothing said":    {interpreter.Record{}, line.Recording{}, interpreter.Recording{}},
		"nothing but key": {interpreter.Record{Keys: true}, line.Recording{End: line.EndedByKey, Key: '1'}, interpreter.Recording{Key: '1'}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := on(&stubCall{recording: test.line}).Record(t.Context(), test.ask)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a document asks of a recording reaches the line, within bounds.
func TestRecordAsks(t *testing.T) {
	call := &stubCall{}
	p := on(call)
	for _, r := range []interpreter.Record{
		{Beep: true, Max: time.Minute, FinalSilence: 3 * time.Second, Timeout: 4 * time.Second, Keys: true},
		{Max: 9 * time.Hour},
	} {
		if _, err := p.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	want := []line.Record{
		{Beep: true, Max: time.Minute, Silence: 3 * time.Second, Timeout: 4 * time.Second, Keys: true},
		{Max: 10 * time.Minute},
	}
	if diff := cmp.Diff(want, call.records); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := p.Record(t.Context(), interpreter.Record{Type: "audio/mpeg"})
	wantEvent(t, err, "error.unsupported.format")
}

// Who hangs up while speaking has left what was said.
func TestRecordHungUp(t *testing.T) {
	call := &stubCall{recording: line.Recording{WAV: wave(1), Length: time.Second, End: line.EndedByHangup}, talks: line.ErrHungUp}
	got, err := on(call).Record(t.Context(), interpreter.Record{})
	if !errors.Is(err, interpreter.ErrHungUp) || got.Length != time.Second || len(got.Sound) == 0 {
		t.Errorf("recorded %v, error %v", got.Length, err)
	}
	gone := on(call)
	if err := gone.Disconnect(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = gone.Record(t.Context(), interpreter.Record{})
	_, transferring := gone.Transfer(t.Context(), interpreter.Transfer{Dest: "tel:1"})
	if !errors.Is(err, interpreter.ErrHungUp) || !errors.Is(transferring, interpreter.ErrHungUp) {
		t.Errorf("after hanging up: %v and %v", err, transferring)
	}
}

func TestTransferReach(t *testing.T) {
	const anybody, refused = "", "error.connection.noauthorization"
	const bad, scheme = "error.connection.baddestination", "error.unsupported.uri"
	open := []string{"+1617555", "0800", "sip:desk@example.com", "sip:pbx.example.com:5062"}
	tests := map[string]struct {
		lets []string
		dest string
		want string
	}{
		"a number":             {open, "tel:+16175550142", anybody},
		"written for people":   {open, "TEL:+1-(617)-555.0142;ext=7", anybody},
		"a local number":       {open, "tel:0800123;phone-context=+44", anybody},
		"another country":      {open, "tel:+449005550142", refused},
		"no plus":              {open, "tel:16175550142", refused},
		"an address":           {open, "sip:desk@Example.com;transport=tcp", anybody},
		"a host":               {open, "sip:anybody@pbx.example.com:5062", anybody},
		"another desk":         {open, "sip:door@example.com", refused},
		"a longer host":        {open, "sip:desk@example.com.evil.example", refused},
		"another port":         {open, "sip:desk@example.com:5099", refused},
		"headers":              {open, "sip:desk@example.com?Replaces=x", bad},
		"a line break":         {open, "sip:desk@example.com;a=b\r\nVia:x", bad},
		"no number":            {[]string{"*"}, "tel:", bad},
		"words":                {[]string{"*"}, "tel:call-me", bad},
		"no digit":             {nil, "tel:*#", bad},
		"no host":              {[]string{"*"}, "sip:desk@", bad},
		"nobody is open":       {nil, "tel:+16175550142", refused},
		"everybody is open":    {[]string{"*"}, "tel:+449005550142", anybody},
		"everybody at a host":  {[]string{"*"}, "sip:x@[2001:db8::1]:5060", anybody},
		"the web":              {[]string{"*"}, "http://example.com/", scheme},
		"a number alone":       {[]string{"*"}, "+16175550142", scheme},
		"encrypted signalling": {[]string{"*"}, "sips:desk@example.com", scheme},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			call := &stubCall{transferred: line.Transferred{End: line.FarEndLeft}}
			_, err := on(call, test.lets...).Transfer(t.Context(), interpreter.Transfer{Dest: test.dest, Manner: interpreter.Bridge})
			wantEvent(t, err, test.want)
			if dialled := len(call.transfers) > 0; dialled != (test.want == anybody) {
				t.Errorf("dialled: %t", dialled)
			}
		})
	}
}

// On the practice line no phone rings, so anybody may be called.
func TestTransferOnThePracticeLine(t *testing.T) {
	c := config()
	call, err := c.Line.Place(t.Context(), line.Dial{Phone: "6175550142"})
	if err != nil {
		t.Fatal(err)
	}
	p := server.New(c).On(call)
	for dest, want := range map[string]string{"tel:+449005550150": "far_end_disconnect", "tel:+449005550180": "busy"} {
		got, err := p.Transfer(t.Context(), interpreter.Transfer{Dest: dest, Manner: interpreter.Bridge})
		if err != nil || got.Outcome != want {
			t.Errorf("%s: %+v, %v", dest, got, err)
		}
	}
	_, err = p.Transfer(t.Context(), interpreter.Transfer{Dest: "tel:+449005550190", Manner: interpreter.Consultation})
	wantEvent(t, err, "error.connection.baddestination")
	if _, err := p.Transfer(t.Context(), interpreter.Transfer{Dest: "tel:+449005550150", Manner: interpreter.Blind}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Play(t.Context(), interpreter.Prompt{}); !errors.Is(err, interpreter.ErrHungUp) {
		t.Errorf("after a blind transfer: %v", err)
	}
}

// What a document asks of a transfer reaches the line, and the answer comes back.
func TestTransferAsks(t *testing.T) {
	flow := serve(t, map[string]string{"/wait.wav": string(wave(2))})
	call := &stubCall{transferred: line.Transferred{End: line.NearEndLeft, Length: 7 * time.Second}, keys: "5#"}
	var heard []byte
	got, err := on(call, "*").Transfer(t.Context(), interpreter.Transfer{
		Dest: "tel:+16175550142", Manner: interpreter.Bridge, ConnectTimeout: time.Second, Max: time.Minute,
		Audio: flow.url + "/wait.wav", Info: "room 5", Offers: []interpreter.Offer{{Keys: "#"}, {Words: "stop"}},
		Heard: func(in interpreter.Input) bool { heard = append(heard, in.Key); return in.Key == '#' },
	})
	if err != nil || got != (interpreter.Transferred{Outcome: "near_end_disconnect", Length: 7 * time.Second}) || !slices.Equal(heard, []byte("5#")) {
		t.Errorf("got %+v, %v, heard %q", got, err, heard)
	}
	want := []line.Transfer{{
		Dest: "tel:+16175550142", ConnectTimeout: time.Second, Max: time.Minute, Wait: line.Sound{Length: 2 * time.Second},
		Info: "room 5", Offers: []line.Offer{{Keys: "#"}},
	}}
	if diff := cmp.Diff(want, call.transfers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTransferFails(t *testing.T) {
	for name, test := range map[string]struct {
		manner interpreter.Manner
		fails  error
		want   string
	}{
		"no such number": {interpreter.Bridge, &line.UnansweredError{Outcome: gateway.OutcomeBadNumber}, "error.connection.baddestination"},
		"no way":         {interpreter.Blind, &line.UnansweredError{Outcome: gateway.OutcomeNoResponse}, "error.connection.noroute"},
		"no such manner": {"polite", nil, "error.unsupported.transfer"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := on(&stubCall{talks: test.fails}, "*").Transfer(t.Context(), interpreter.Transfer{Dest: "tel:1", Manner: test.manner})
			wantEvent(t, err, test.want)
		})
	}
	got, err := on(&stubCall{transferred: line.Transferred{Length: time.Second}, talks: line.ErrHungUp}, "*").
		Transfer(t.Context(), interpreter.Transfer{Dest: "tel:1", Manner: interpreter.Bridge})
	if !errors.Is(err, interpreter.ErrHungUp) || got.Length != time.Second {
		t.Errorf("the caller hung up: %+v, %v", got, err)
	}
}

// Marks tell how far a prompt was heard.
func TestMarks(t *testing.T) {
	sound := interpreter.Recording{Sound: wave(2), Type: "audio/x-wav", Length: 2 * time.Second}
	prompt := interpreter.Prompt{BargeIn: true, Segments: []interpreter.Segment{
		{Text: "one two three four five"}, // 2 s
		{Mark: "a"}, {Sound: &sound}, {Mark: "b"}, {Pause: time.Second}, {Mark: "c"},
	}}
	for name, test := range map[string]struct {
		played time.Duration
		fails  error
		want   interpreter.Played
	}{
		"to the end":    {5 * time.Second, nil, interpreter.Played{Mark: "c"}},
		"second":        {4500 * time.Millisecond, nil, interpreter.Played{Mark: "b", Since: 500 * time.Millisecond}},
		"first":         {3 * time.Second, nil, interpreter.Played{Mark: "a", Since: time.Second}},
		"before all":    {time.Second, nil, interpreter.Played{}},
		"and hung up":   {3 * time.Second, line.ErrHungUp, interpreter.Played{Mark: "a", Since: time.Second}},
		"nobody played": {0, line.ErrHungUp, interpreter.Played{}},
	} {
		t.Run(name, func(t *testing.T) {
			call := &bargedCall{played: test.played, fails: test.fails}
			got, err := on(call).Play(t.Context(), prompt)
			if got != test.want || (err != nil) != (test.fails != nil) {
				t.Errorf("got %+v, %v; want %+v", got, err, test.want)
			}
			if want := (line.Sound{Text: "one two three four five", Length: 5 * time.Second, BargeIn: true}); call.sounds[0] != want {
				t.Errorf("the line was given %+v", call.sounds[0])
			}
		})
	}
}
