package practice_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/line/practice"
)

// connected is a call to a number, answered by a person.
func connected(t *testing.T, l *practice.Line, number string) line.Call {
	t.Helper()
	c, err := l.Place(t.Context(), line.Dial{Phone: gateway.Phone(number), Attempt: 1})
	if err != nil {
		t.Fatalf("place: %v", err)
	}
	return c
}

func TestRecord(t *testing.T) {
	tests := map[string]struct {
		number string
		record line.Record
		length time.Duration
		end    line.RecordEnd
		took   time.Duration
	}{
		"to the end":    {"6175550142", line.Record{Timeout: 5 * time.Second}, 3 * time.Second, line.EndedBySilence, 6 * time.Second},
		"short silence": {"6175550142", line.Record{Timeout: 5 * time.Second, Silence: time.Second}, 3 * time.Second, line.EndedBySilence, 5 * time.Second},
		"longest":       {"6175550142", line.Record{Timeout: 5 * time.Second, Max: 2 * time.Second}, 2 * time.Second, line.EndedByMax, 3 * time.Second},
		"too late":      {"6175550142", line.Record{Timeout: time.Second / 2}, 0, line.EndedBySilence, time.Second / 2},
		"machine":       {"6175550160", line.Record{Timeout: 5 * time.Second}, 0, line.EndedBySilence, 5 * time.Second},
		"quitter":       {"6175550197", line.Record{Timeout: 5 * time.Second}, 1500 * time.Millisecond, line.EndedByHangup, 2500 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := connected(t, new(practice.Line), test.number)
				began := time.Now()
				r, err := c.Record(t.Context(), test.record)
				if hungUp := errors.Is(err, line.ErrHungUp); err != nil && !hungUp || hungUp != (test.end == line.EndedByHangup) {
					t.Fatal(err)
				}
				if took := time.Since(began); r.Length != test.length || r.End != test.end || took != test.took {
					t.Errorf("%v ended by %v after %v", r.Length, r.End, took)
				}
				again, _ := connected(t, new(practice.Line), test.number).Record(t.Context(), test.record)
				if !bytes.Equal(r.WAV, again.WAV) {
					t.Error("the second recording is another one")
				}
			})
		})
	}
}

// TestTransferTable holds destinations to the table of numbers.
func TestTransferTable(t *testing.T) {
	for _, c := range []struct {
		from, to int
		want     line.TransferEnd
		fails    gateway.Outcome
		length   time.Duration
	}{
		{0, 69, line.FarEndLeft, "", 20 * time.Second},
		{70, 79, line.TransferNoReply, "", 0},
		{80, 89, line.TransferBusy, "", 0},
		{90, 93, "", gateway.OutcomeBadNumber, 0},
		{94, 96, line.NetworkBusy, "", 0},
		{97, 98, line.FarEndLeft, "", 10 * time.Second},
		{99, 99, "", gateway.OutcomeNoResponse, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			for n := c.from; n <= c.to; n++ {
				call := connected(t, new(practice.Line), "6175550142")
				got, err := call.Transfer(t.Context(), line.Transfer{Dest: fmt.Sprintf("tel:+1-617-555-01%02d;ext=80", n)})
				var verdict *line.UnansweredError
				if errors.As(err, &verdict) && verdict.Outcome == c.fails {
					err = nil
				}
				if want := (line.Transferred{End: c.want, Length: c.length}); err != nil || got != want {
					t.Errorf("%02d: %+v, error %v; want %+v", n, got, err, want)
				}
			}
		})
	}
}

func TestTransferTimes(t *testing.T) {
	tests := map[string]struct {
		number   string
		transfer line.Transfer
		want     line.Transferred
		err      error
	}{
		"rings too long": {"6175550142", line.Transfer{Dest: "tel:6175550150", ConnectTimeout: time.Second}, line.Transferred{End: line.TransferNoReply}, nil},
		"cut short":      {"6175550142", line.Transfer{Dest: "tel:6175550150", Max: 5 * time.Second}, line.Transferred{End: line.MaxTimeReached, Length: 5 * time.Second}, nil},
		"a name":         {"6175550142", line.Transfer{Dest: "sip:desk@192.0.2.80"}, line.Transferred{End: line.FarEndLeft, Length: 20 * time.Second}, nil},
		"an extension":   {"6175550142", line.Transfer{Dest: "sip:80@example.com"}, line.Transferred{End: line.TransferBusy}, nil},
		"caller leaves":  {"6175550197", line.Transfer{Dest: "tel:6175550150"}, line.Transferred{Length: 10 * time.Second}, line.ErrHungUp},
		"caller is gone": {"6175550197", line.Transfer{Dest: "tel:6175550170"}, line.Transferred{}, line.ErrHungUp},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got, err := connected(t, new(practice.Line), test.number).Transfer(t.Context(), test.transfer)
				if got != test.want || !errors.Is(err, test.err) {
					t.Errorf("got %+v, error %v; want %+v", got, err, test.want)
				}
			})
		})
	}
}

// TestTransferBusyTwice tells that the table's memory holds for transfers.
func TestTransferBusyTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(practice.Line)
		for i, want := range []line.TransferEnd{line.TransferBusy, line.TransferBusy, line.FarEndLeft, line.TransferBusy} {
			got, err := connected(t, l, "6175550142").Transfer(t.Context(), line.Transfer{Dest: "tel:6175550185"})
			if err != nil || got.End != want {
				t.Errorf("transfer %d: %+v, %v; want %s", i+1, got, err, want)
			}
		}
	})
}

// TestEnders connects many people who may end the conversation by a key: some
// do, most do not.
func TestEnders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const people = 400
		enders := 0
		for i := range people {
			c := connected(t, new(practice.Line), fmt.Sprintf("%d5550142", 200+i))
			got, err := c.Transfer(t.Context(), line.Transfer{
				Dest: "tel:6175550150", Offers: []line.Offer{{Keys: "#"}}, Heard: func(k line.Key) bool { return k == '#' },
			})
			if err != nil {
				t.Fatal(err)
			}
			if got == (line.Transferred{End: line.NearEndLeft, Length: 10 * time.Second}) {
				enders++
			}
		}
		if enders < people/8 || enders > people/2 {
			t.Errorf("%d of %d ended the conversation, want about a quarter", enders, people)
		}
	})
}
