package practice_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/line/linetest"
	"rollcall/gateway/line/practice"
)

func TestConformance(t *testing.T) {
	linetest.Run(t, linetest.Harness{
		Line:    &practice.Line{Speed: 200},
		Person:  "+16175550142",
		Machine: "+16175550160",
		Quitter: "+16175550198",
		Unanswered: map[gateway.Outcome]gateway.Phone{
			gateway.OutcomeNoAnswer:   "+16175550175",
			gateway.OutcomeBusy:       "+16175550180",
			gateway.OutcomeBadNumber:  "+16175550190",
			gateway.OutcomeCongestion: "+16175550194",
			gateway.OutcomeNoResponse: "+16175550199",
		},
		Ender: "+16175550100",
		Others: map[line.TransferEnd]string{
			line.FarEndLeft:      "tel:+16175550150",
			line.TransferNoReply: "tel:+16175550170",
			line.TransferBusy:    "tel:+16175550180",
			line.NetworkBusy:     "tel:+16175550194",
		},
		Nowhere: "tel:+16175550190",
	})
}

// dial places a call at real speed, in a bubble, and returns the verdict and
// how long it took.
func dial(t *testing.T, l *practice.Line, d line.Dial) (string, time.Duration) {
	t.Helper()
	began := time.Now()
	c, err := l.Place(t.Context(), d)
	took := time.Since(began)
	var verdict *line.UnansweredError
	switch {
	case errors.As(err, &verdict):
		return string(verdict.Outcome), took
	case err != nil:
		t.Fatalf("place %s: %v", d.Phone, err)
	}
	who, err := c.Answered(t.Context())
	if err != nil {
		t.Fatalf("answered: %v", err)
	}
	if who == line.Machine {
		if greeting := time.Since(began) - took; greeting != 6*time.Second {
			t.Errorf("greeting took %v, want 6s", greeting)
		}
		return "machine", took
	}
	if _, err := c.Play(t.Context(), line.Sound{Length: time.Minute}); errors.Is(err, line.ErrHungUp) {
		return "quitter", took
	}
	return "person", took
}

// TestTable holds every pair of last digits to the table of architecture.
func TestTable(t *testing.T) {
	for _, c := range []struct {
		from, to  int
		want      string
		low, high time.Duration
	}{
		{0, 59, "person", 3 * time.Second, 9 * time.Second},
		{60, 69, "machine", 3 * time.Second, 9 * time.Second},
		{70, 79, "no_answer", 25 * time.Second, 25 * time.Second},
		{80, 89, "busy", 2 * time.Second, 2 * time.Second},
		{90, 93, "bad_number", 4 * time.Second, 4 * time.Second},
		{94, 96, "congestion", 3 * time.Second, 3 * time.Second},
		{97, 98, "quitter", 3 * time.Second, 9 * time.Second},
		{99, 99, "no_response", 6 * time.Second, 6 * time.Second},
	} {
		t.Run(c.want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for n := c.from; n <= c.to; n++ {
					number := gateway.Phone(fmt.Sprintf("+1 212-555-01%02d", n))
					got, took := dial(t, new(practice.Line), line.Dial{Phone: number, Attempt: 1})
					if got != c.want || took < c.low || took > c.high {
						t.Errorf("%02d: %s after %v, want %s after %v to %v", n, got, took, c.want, c.low, c.high)
					}
				}
			})
		})
	}
}

func TestBusyTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(practice.Line)
		for i, want := range []string{"busy", "busy", "person", "busy"} {
			if got, _ := dial(t, l, line.Dial{Phone: "6175550185", Attempt: 1}); got != want {
				t.Errorf("dial %d of one line: %s, want %s", i+1, got, want)
			}
		}
		for attempt, want := range map[int]string{0: "busy", 1: "busy", 2: "busy", 3: "person", 4: "person"} {
			d := line.Dial{Phone: "6175550189", Attempt: attempt}
			if got, _ := dial(t, new(practice.Line), d); got != want {
				t.Errorf("attempt %d after a restart: %s, want %s", attempt, got, want)
			}
		}
	})
}

func TestNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for number, want := range map[gateway.Phone]string{
			"":                  "bad_number",
			"7":                 "bad_number",
			"call me":           "bad_number",
			"80":                "busy",
			"617 555 0180,,12#": "busy",
			"(617) 555.01-80":   "busy",
		} {
			if got, _ := dial(t, new(practice.Line), line.Dial{Phone: number, Attempt: 1}); got != want {
				t.Errorf("%q: %s, want %s", number, got, want)
			}
		}
	})
}

func TestSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := line.Dial{Phone: "6175550170", Attempt: 1}
		if _, took := dial(t, &practice.Line{Speed: 100}, d); took != 250*time.Millisecond {
			t.Errorf("nobody answered after %v, want 250ms", took)
		}
		if _, took := dial(t, &practice.Line{Speed: -1}, d); took != 25*time.Second {
			t.Errorf("nobody answered after %v, want 25s", took)
		}
	})
}

func TestRingTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for number, want := range map[gateway.Phone]string{
			"6175550142": "no_answer", "6175550170": "no_answer", "6175550190": "bad_number",
		} {
			d := line.Dial{Phone: number, Attempt: 1, RingTimeout: 2 * time.Second}
			if got, _ := dial(t, new(practice.Line), d); got != want {
				t.Errorf("%s: %s, want %s", number, got, want)
			}
		}
	})
}

func TestDetectionOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := line.Dial{Phone: "6175550160", Attempt: 1, Detection: gateway.DetectOff}
		if got, _ := dial(t, new(practice.Line), d); got != "person" {
			t.Errorf("a machine that is not told: %s, want person", got)
		}
	})
}

// press returns what the person at number keys when offered.
func press(t *testing.T, number string, offers []line.Offer) line.Key {
	t.Helper()
	c, err := new(practice.Line).Place(t.Context(), line.Dial{Phone: gateway.Phone(number), Attempt: 1})
	if err != nil {
		t.Fatalf("place: %v", err)
	}
	began := time.Now()
	key, err := c.Listen(t.Context(), line.Listen{Timeout: 5 * time.Second, Offers: offers})
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	if took := time.Since(began); key != 0 && (took < time.Second || took > 3*time.Second) {
		t.Errorf("reacted after %v, want 1s to 3s", took)
	}
	return key
}

// TestChoice asks many people the same question: each answers the same again,
// every offer is taken by some, and few ask not to be called again.
func TestChoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		offers := []line.Offer{{Keys: "9", OptOut: true}, {Keys: "1"}, {Keys: "2"}}
		const people = 600
		count := make(map[line.Key]int)
		for i := range people {
			number := fmt.Sprintf("%d5550142", 200+i)
			key := press(t, number, offers)
			if again := press(t, number, offers); again != key {
				t.Errorf("%s pressed %c, then %c", number, key, again)
			}
			count[key]++
		}
		if count['1'] < people/4 || count['2'] < people/4 || count['1']+count['2']+count['9'] != people {
			t.Errorf("keys pressed: %v", count)
		}
		if count['9'] < people/60 || count['9'] > people/10 {
			t.Errorf("%d of %d asked not to be called again, want about one in 20", count['9'], people)
		}
	})
}

func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if key := press(t, "6175550142", nil); key != 0 {
			t.Errorf("offered nothing, pressed %c", key)
		}
		if key := press(t, "6175550160", []line.Offer{{Keys: "1"}}); key != 0 {
			t.Errorf("a machine pressed %c", key)
		}
		c, err := new(practice.Line).Place(t.Context(), line.Dial{Phone: "6175550142", Attempt: 1})
		if err != nil {
			t.Fatalf("place: %v", err)
		}
		began := time.Now()
		l := line.Listen{Timeout: 900 * time.Millisecond, Offers: []line.Offer{{Keys: "1"}}}
		if key, err := c.Listen(t.Context(), l); key != 0 || err != nil {
			t.Errorf("pressed %c, error %v before anybody can react", key, err)
		}
		if took := time.Since(began); took != l.Timeout {
			t.Errorf("listened for %v, want %v", took, l.Timeout)
		}
	})
}

// TestNewQuestion leaves an answer half keyed and asks something else.
func TestNewQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := new(practice.Line).Place(t.Context(), line.Dial{Phone: "6175550142", Attempt: 1})
		if err != nil {
			t.Fatalf("place: %v", err)
		}
		for _, step := range []struct {
			offers []line.Offer
			want   line.Key
		}{
			{[]line.Offer{{Keys: "123"}}, '1'},
			{[]line.Offer{{Keys: "23"}}, '2'},
			{[]line.Offer{{Keys: "7#"}}, '7'},
			{nil, '#'},
			{nil, 0},
		} {
			key, err := c.Listen(t.Context(), line.Listen{Timeout: 5 * time.Second, Offers: step.offers})
			if err != nil || key != step.want {
				t.Fatalf("offered %v: pressed %q, error %v; want %q", step.offers, rune(key), err, rune(step.want))
			}
		}
	})
}

func TestQuitsHalfway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := new(practice.Line).Place(t.Context(), line.Dial{Phone: "6175550197", Attempt: 1})
		if err != nil {
			t.Fatalf("place: %v", err)
		}
		began := time.Now()
		played, err := c.Play(t.Context(), line.Sound{Length: 10 * time.Second})
		if !errors.Is(err, line.ErrHungUp) || played != 5*time.Second {
			t.Fatalf("played %v: %v, want %v", played, err, line.ErrHungUp)
		}
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("hung up after %v, want 5s", took)
		}
	})
}

func ExampleLine() {
	var rehearsal line.Line = &practice.Line{Speed: 1000}
	_, err := rehearsal.Place(context.Background(), line.Dial{Phone: "617 555 0180", Attempt: 1})
	fmt.Println(rehearsal.Practice(), err)
	// Output: true not answered: busy
}
