// Package linetest is the conformance suite that every driver of gateway/line
// passes. A driver's test brings a far end, played or scripted, in a [Harness]
// and calls [Run].
package linetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
)

// Harness is a line and what stands at its far end.
type Harness struct {
	Line line.Line

	// Person answers, and presses the keys 1 and then 2 when that is the one
	// offer made by Listen, the second a moment after the first; else nothing.
	Person gateway.Phone
	// Machine answers with a greeting and lets a message be left.
	Machine gateway.Phone
	// Quitter is a person who hangs up while something is played, or while
	// they are listened to.
	Quitter gateway.Phone
	// Unanswered are numbers that nobody answers, by their verdict. One with
	// OutcomeNoAnswer is required and must ring for at least 100 ms.
	Unanswered map[gateway.Outcome]gateway.Phone

	// Person says something for at least a second when recorded. Machine says
	// nothing, and the Quitter hangs up while speaking.

	// Ender is a person who presses 1 and then 2 while connected with somebody
	// else, where that is the one offer; empty is Person.
	Ender gateway.Phone
	// Others are destinations of a transfer, by what a bridge to them ends
	// with. One with line.FarEndLeft is required: it answers, talks for more
	// than a second and hangs up.
	Others map[line.TransferEnd]string
	// Nowhere is a destination that does not exist.
	Nowhere string
}

// long is far more than a suite's far end needs for anything, and how long a
// sound is that must not be played to its end.
const long = time.Hour

// patience is when a test gives up.
const patience = 20 * time.Second

// Run checks the contract of [line.Line] and [line.Call].
func Run(t *testing.T, h Harness) {
	t.Helper()
	for name, check := range map[string]func(*testing.T, Harness){
		"a person answers":                personAnswers,
		"a machine answers":               machineAnswers,
		"nobody answers":                  nobodyAnswers,
		"cancelled before it rings":       cancelledBefore,
		"cancelled while it rings":        cancelledRinging,
		"cancelled while playing":         cancelledPlaying,
		"cancelled while listening":       cancelledListening,
		"far end hangs up on a prompt":    quitsPlaying,
		"far end hangs up on a question":  quitsListening,
		"we hang up":                      weHangUp,
		"nothing is keyed":                listenTimeout,
		"keys arrive, and one barges in":  bargeIn,
		"a key does not end other sounds": noBargeIn,
		"many calls at once":              manyCalls,

		"a person is recorded":             recordsPerson,
		"a recording is as long as it may": recordsMax,
		"nobody says anything":             recordsNothing,
		"far end hangs up when recorded":   quitsRecording,
		"cancelled while recording":        cancelledRecording,
		"transfers end":                    transfersEnd,
		"a conversation is cut short":      transferMax,
		"a key ends a conversation":        transferKeyed,
		"a key means nothing":              transferHeard,
		"far end hangs up when connected":  quitsTransfer,
		"cancelled while connected":        cancelledTransfer,
		"passed on":                        passedOn,
		"transfer to nowhere":              transferNowhere,
	} {
		t.Run(name, func(t *testing.T) { check(t, h) })
	}
}

// answered places a call that is answered, and ends it with the test.
func answered(t *testing.T, h Harness, number gateway.Phone, want line.AnsweredBy) line.Call {
	t.Helper()
	c, err := h.Line.Place(bounded(t), line.Dial{Phone: number, Attempt: 1})
	if err != nil {
		t.Fatalf("place: %v", err)
	}
	t.Cleanup(func() { hangup(t, c) })
	who, err := c.Answered(bounded(t))
	if err != nil || who != want {
		t.Fatalf("answered by %v, error %v; want %v", who, err, want)
	}
	return c
}

func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// moment is a context that ends while something long goes on.
func moment(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func hangup(t *testing.T, c line.Call) {
	t.Helper()
	if err := c.Hangup(); err != nil {
		t.Errorf("hang up: %v", err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s: error %v, want %v", what, err, want)
	}
}

func wantKey(t *testing.T, c line.Call, l line.Listen, want line.Key) {
	t.Helper()
	key, err := c.Listen(bounded(t), l)
	if err != nil || key != want {
		t.Fatalf("heard key %q, error %v; want %q", rune(key), err, rune(want))
	}
}

func play(t *testing.T, c line.Call, s line.Sound) {
	t.Helper()
	played, err := c.Play(bounded(t), s)
	if err != nil || played > s.Length {
		t.Fatalf("played %v of %v: %v", played, s.Length, err)
	}
	if !s.BargeIn && played != s.Length {
		t.Fatalf("played %v of %v that no key may end", played, s.Length)
	}
}

func playError(t *testing.T, c line.Call, s line.Sound) error {
	t.Helper()
	_, err := c.Play(bounded(t), s)
	return err
}

func personAnswers(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	play(t, c, line.Sound{Text: "hello", Length: 20 * time.Millisecond})
	play(t, c, line.Sound{})
}

func machineAnswers(t *testing.T, h Harness) {
	c := answered(t, h, h.Machine, line.Machine)
	play(t, c, line.Sound{Text: "please call back", Length: 20 * time.Millisecond, BargeIn: true})
	wantKey(t, c, line.Listen{Timeout: 20 * time.Millisecond}, 0)
}

func nobodyAnswers(t *testing.T, h Harness) {
	for want, number := range h.Unanswered {
		c, err := h.Line.Place(bounded(t), line.Dial{Phone: number, Attempt: 1})
		var verdict *line.UnansweredError
		if c != nil || !errors.As(err, &verdict) {
			t.Fatalf("%s: call %v, error %v; want no call and a verdict", want, c, err)
		}
		if verdict.Outcome != want {
			t.Errorf("verdict %s, want %s", verdict.Outcome, want)
		}
	}
}

func cancelledBefore(t *testing.T, h Harness) {
	ctx, cancel := context.WithCancel(bounded(t))
	cancel()
	c, err := h.Line.Place(ctx, line.Dial{Phone: h.Person, Attempt: 1})
	wantError(t, "place", err, context.Canceled)
	if c != nil {
		t.Fatal("a cancelled dial returned a call")
	}
}

func cancelledRinging(t *testing.T, h Harness) {
	number := h.Unanswered[gateway.OutcomeNoAnswer]
	c, err := h.Line.Place(moment(t), line.Dial{Phone: number, Attempt: 1, RingTimeout: long})
	wantError(t, "place", err, context.DeadlineExceeded)
	if c != nil {
		t.Fatal("a cancelled dial returned a call")
	}
	answered(t, h, h.Person, line.Person)
}

func cancelledPlaying(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	_, err := c.Play(moment(t), line.Sound{Length: long})
	wantError(t, "play", err, context.DeadlineExceeded)
}

func cancelledListening(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	_, err := c.Listen(moment(t), line.Listen{Timeout: long})
	wantError(t, "listen", err, context.DeadlineExceeded)
}

func quitsPlaying(t *testing.T, h Harness) {
	c := answered(t, h, h.Quitter, line.Person)
	wantError(t, "play", playError(t, c, line.Sound{Length: 10 * time.Second}), line.ErrHungUp)
	wantError(t, "play again", playError(t, c, line.Sound{Length: long}), line.ErrHungUp)
	_, err := c.Listen(bounded(t), line.Listen{Timeout: long})
	wantError(t, "listen", err, line.ErrHungUp)
	hangup(t, c)
}

func quitsListening(t *testing.T, h Harness) {
	c := answered(t, h, h.Quitter, line.Person)
	_, err := c.Listen(bounded(t), line.Listen{Timeout: long})
	wantError(t, "listen", err, line.ErrHungUp)
}

func weHangUp(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	hangup(t, c)
	hangup(t, c)
	if playError(t, c, line.Sound{Length: long}) == nil {
		t.Error("a call that was ended plays")
	}
	if _, err := c.Listen(bounded(t), line.Listen{Timeout: long}); err == nil {
		t.Error("a call that was ended listens")
	}
	if _, err := c.Record(bounded(t), line.Record{Timeout: long}); err == nil {
		t.Error("a call that was ended records")
	}
	if _, err := c.Transfer(bounded(t), line.Transfer{Dest: h.Others[line.FarEndLeft]}); err == nil {
		t.Error("a call that was ended transfers")
	}
}

func listenTimeout(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	wantKey(t, c, line.Listen{Timeout: 20 * time.Millisecond}, 0)
	wantKey(t, c, line.Listen{}, 0)
}

func bargeIn(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	wantKey(t, c, line.Listen{Timeout: long, Offers: []line.Offer{{Keys: "12"}}}, '1')
	play(t, c, line.Sound{Length: long, BargeIn: true})
	wantKey(t, c, line.Listen{Timeout: long, Offers: []line.Offer{{Keys: "2"}}}, '2')
}

func noBargeIn(t *testing.T, h Harness) {
	c := answered(t, h, h.Person, line.Person)
	wantKey(t, c, line.Listen{Timeout: long, Offers: []line.Offer{{Keys: "12"}}}, '1')
	_, err := c.Play(moment(t), line.Sound{Length: long})
	wantError(t, "play", err, context.DeadlineExceeded)
	wantKey(t, c, line.Listen{Timeout: long, Offers: []line.Offer{{Keys: "2"}}}, '2')
}

func manyCalls(t *testing.T, h Harness) {
	var calls sync.WaitGroup
	for range 16 {
		calls.Go(func() {
			c, err := h.Line.Place(bounded(t), line.Dial{Phone: h.Person, Attempt: 1})
			if err != nil {
				t.Errorf("place: %v", err)
				return
			}
			defer hangup(t, c)
			if err := playError(t, c, line.Sound{Length: 10 * time.Millisecond}); err != nil {
				t.Errorf("play: %v", err)
			}
			key, err := c.Listen(bounded(t), line.Listen{Timeout: long, Offers: []line.Offer{{Keys: "12"}}})
			if err != nil || key != '1' {
				t.Errorf("heard %q, error %v", rune(key), err)
			}
		})
	}
	calls.Wait()
}
