package server_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
	"rollcall/gateway/scheduler/journaltest"
	"rollcall/gateway/server"
)

// closing is a journal that tells whether it was closed.
type closing struct {
	journaltest.Memory
	campaigns      broadcasttest.Memory
	opened, closed int
}

// opening gives a gateway journal to work on.
func opening(journal *closing) func(context.Context, time.Duration) (server.Journal, error) {
	return func(context.Context, time.Duration) (server.Journal, error) {
		journal.opened++
		return journal, nil
	}
}

func (c *closing) Campaigns() broadcast.Store { return &c.campaigns }

func (c *closing) Close() error {
	c.closed++
	return nil
}

func TestOpen(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	journal := &closing{}
	g, err := server.Open(t.Context(), server.Settings{
		Listen: taken.Addr().String(), AnyPort: true, Line: "practice", Lines: 2, Speed: 10_000, Version: "1", OpenJournal: opening(journal),
	})
	if err != nil {
		t.Fatal(err)
	}
	if g.URL() == "http://"+taken.Addr().String() {
		t.Errorf("the port that is taken was given again: %s", g.URL())
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx) }()
	r := running{Client: &gateway.Client{URL: g.URL()}}
	if last, _ := r.result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"}).Last(); last.Outcome() != gateway.OutcomeReached {
		t.Errorf("got %+v", last)
	}
	cancel()
	if err := <-ended; err != nil || journal.closed != 1 {
		t.Errorf("Run: %v; the journal was closed %d times", err, journal.closed)
	}
}

func TestOpenFails(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for name, s := range map[string]server.Settings{
		"taken":   {Listen: taken.Addr().String(), Line: "practice"},
		"no port": {Listen: "127.0.0.1", Line: "practice"},
		"no line": {Listen: "127.0.0.1:0", Line: "carrier pigeon"},
		"any":     {Listen: ":0", Line: "practice"},
		"public":  {Listen: "0.0.0.0:0", Line: "practice"},
		"by name": {Listen: "calls.example:0", Line: "practice"},
	} {
		journal := &closing{}
		s.OpenJournal = opening(journal)
		if _, err := server.Open(t.Context(), s); err == nil || journal.opened != journal.closed {
			t.Errorf("%s: %v; the journal was opened %d times, closed %d times", name, err, journal.opened, journal.closed)
		}
	}
}

// A gateway that a program carries takes campaigns.
func TestOpenWithCampaigns(t *testing.T) {
	g, err := server.Open(t.Context(), server.Settings{
		Listen: "127.0.0.1:0", Line: "practice", Speed: 10_000, OpenJournal: opening(&closing{}), Exports: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx) }()
	address := strings.TrimPrefix(g.URL(), "http://")
	run := read(t, upload(t, address, "Phone\n6175550101\n", "action", "bbp", "row1", "1", "leadsrcname", "x", "msgtype", "tts", "msginfo", "Hi"))
	if stats := finish(t, address, run["camp_id"].(string)); stats["live"] != "1" {
		t.Errorf("stats: %v", stats)
	}
	exported(t, address, run["camp_id"].(string))
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
