package cli_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rollcall/ui/cli"
	"rollcall/ui/view"
)

// desk is a keypad at which strokes were typed already, and what it shows.
type desk struct {
	*cli.Keypad
	shown strings.Builder
	raw   int // how often the terminal is taken and not given back
}

func newDesk(strokes ...string) *desk {
	typed := make(chan []byte, len(strokes))
	for _, s := range strokes {
		typed <- []byte(s)
	}
	close(typed)
	d := &desk{}
	d.Keypad = cli.NewKeypad(&d.shown, typed, func() (func(), error) {
		d.raw++
		return func() { d.raw-- }, nil
	})
	return d
}

func TestKeypadReplies(t *testing.T) {
	tests := map[string]struct {
		doing   string
		strokes []string
		want    string // every reply until the person hangs up
		shows   string
	}{
		"a key":                {"listen", []string{"5"}, "key 5; hangup", "› 5"},
		"star and pound":       {"listen", []string{"*", "#", "A"}, "key *; key #; key A; hangup", "› * "},
		"pasted":               {"listen", []string{"12#"}, "key 1; key 2; key #; hangup", ""},
		"Enter":                {"listen", []string{"\r"}, "silence; hangup", "silence"},
		"space":                {"record", []string{" "}, "silence; hangup", "silence"},
		"no match":             {"listen", []string{"n"}, "nomatch; hangup", ""},
		"hang up":              {"listen", []string{"h"}, "hangup", "hang up"},
		"Ctrl-D":               {"listen", []string{"\x04", "1"}, "hangup", "hang up"},
		"words":                {"listen", []string{"/", "new york", "\r"}, "say new york; hangup", "say: new york"},
		"words by s":           {"record", []string{"syes\r"}, "say yes; hangup", ""},
		"words with a slip":    {"listen", []string{"/", "parí", "\x7f\b", "k\r"}, "say pak; hangup", "\b \b"},
		"words taken back":     {"listen", []string{"/", "paris", "\x1b", "1"}, "key 1; hangup", ""},
		"no words":             {"listen", []string{"/", "\x7f", "\r", "1"}, "key 1; hangup", ""},
		"half a word":          {"listen", []string{"/", "par"}, "hangup", ""},
		"an arrow":             {"listen", []string{"\x1b[A", "1"}, "key 1; hangup", ""},
		"what means nothing":   {"listen", []string{"x", "\x1b", "1"}, "key 1; hangup", ""},
		"help":                 {"listen", []string{"?", "1"}, "key 1; hangup", "press a key"},
		"help while connected": {"transfer", []string{"?", "b"}, "busy; hangup", "nobody answers"},
		"answered":             {"transfer", []string{"a"}, "answered 20; hangup", ""},
		"no answer":            {"transfer", []string{"n"}, "noanswer; hangup", ""},
		"network busy":         {"transfer", []string{"w"}, "networkbusy; hangup", ""},
		"keyed when connected": {"transfer", []string{"*"}, "key *; hangup", ""},
		"letters elsewhere":    {"listen", []string{"a", "b", "w", "1"}, "key 1; hangup", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk(test.strokes...)
			cli.Show(d.Keypad, view.TryEvent{Event: test.doing})
			var replies []string
			for len(replies) == 0 || replies[len(replies)-1] != "hangup" {
				reply, err := d.Reply(t.Context())
				if err != nil || d.raw != 0 {
					t.Fatalf("%v, with the terminal taken %d times", err, d.raw)
				}
				replies = append(replies, reply)
			}
			if got := strings.Join(replies, "; "); got != test.want {
				t.Errorf("replied %q, want %q", got, test.want)
			}
			if !strings.Contains(d.shown.String(), test.shows) || strings.Contains(d.shown.String(), "\x1b[") {
				t.Errorf("showed %q, want %q and no colours", d.shown.String(), test.shows)
			}
		})
	}
}

func TestKeypadInterrupted(t *testing.T) {
	for _, strokes := range [][]string{{"\x03"}, {"/", "ne\x03"}} {
		d := newDesk(strokes...)
		if _, err := d.Reply(t.Context()); !errors.Is(err, cli.ErrInterrupted) || d.raw != 0 {
			t.Errorf("Ctrl-C after %q: %v, with the terminal taken %d times", strokes, err, d.raw)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := &desk{}
	d.Keypad = cli.NewKeypad(&d.shown, nil, func() (func(), error) { return func() {}, nil })
	if _, err := d.Reply(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("at the end of the program: %v", err)
	}
	broken := errors.New("no terminal")
	d.Keypad = cli.NewKeypad(&d.shown, nil, func() (func(), error) { return nil, broken })
	if _, err := d.Reply(t.Context()); !errors.Is(err, broken) {
		t.Errorf("without a terminal: %v", err)
	}
}

// The keys of one answer stand on one line; it ends when no further key comes,
// or by Enter.
func TestKeypadMore(t *testing.T) {
	d := newDesk("1", "2", "\r")
	first, err := d.Reply(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.More(t.Context(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	end, err := d.More(t.Context(), time.Hour)
	if err != nil || first != "key 1" || second != "key 2" || end != "silence" {
		t.Errorf("replied %q, %q, %q, %v", first, second, end, err)
	}
	cli.Show(d.Keypad, view.TryEvent{Event: "prompt", Text: "Thank you."})
	if got, want := d.shown.String(), "› 1 2 \r\n“Thank you.”\n"; got != want {
		t.Errorf("showed %q, want %q", got, want)
	}
	d.Keypad = cli.NewKeypad(&d.shown, nil, func() (func(), error) { return func() {}, nil })
	if reply, err := d.More(t.Context(), time.Nanosecond); err != nil || reply != "silence" {
		t.Errorf("too late: %q, %v", reply, err)
	}
}

func TestKeypadShows(t *testing.T) {
	value, bridge := "5", false
	for want, e := range map[string]view.TryEvent{
		"“Hello.”\n":               {Event: "prompt", Text: " Hello. "},
		"▶ hello.wav Hello.\n":     {Event: "audio", Src: "http://h/a/hello.wav", Text: "Hello."},
		"  key 1 · ? for help\n":   {Event: "listen", Grammars: []string{"key 1"}},
		"you are passed on\n":      {Event: "transfer", Dest: "tel:1", Bridge: &bridge},
		"tel:1: a answered":        {Event: "transfer", Dest: "tel:1"},
		"recording":                {Event: "record"},
		"[error error.x] broken\n": {Event: "error", Name: "error.x", Message: "broken"},
		"  [the flow has ended]\n": {Event: "exit", Value: &value},
		"  [hung up]\n":            {Event: "disconnect"},
		"  [log] hi\n":             {Event: "log", Text: "hi"},
	} {
		d := newDesk()
		if cli.Show(d.Keypad, e); !strings.Contains(d.shown.String(), want) {
			t.Errorf("showed %q, want %q", d.shown.String(), want)
		}
	}
}
