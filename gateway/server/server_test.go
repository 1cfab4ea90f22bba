package server_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/line/practice"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
	"rollcall/gateway/server"
)

// bst is the zone of the captured replies.
func bst() *time.Location { return time.FixedZone("BST", 3600) }

// config is a gateway on a fast practice line and a journal in memory.
func config() server.Config {
	return server.Config{
		Lines:    4,
		Version:  "1.2.3",
		Journal:  &journaltest.Memory{},
		Line:     &practice.Line{Speed: 10_000},
		Location: bst(),
		Speed:    60_000,
	}
}

// idle serves c's pages without making calls, and returns its address.
func idle(t *testing.T, c server.Config) string {
	t.Helper()
	web := httptest.NewServer(server.New(c))
	t.Cleanup(web.Close)
	return web.Listener.Addr().String()
}

// running is a gateway at work.
type running struct {
	*gateway.Client
	server *server.Server
	stop   context.CancelFunc
	ended  chan error
}

// start runs a gateway until the test ends.
func start(t *testing.T, c server.Config) running {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := running{
		Client: &gateway.Client{URL: "http://" + ln.Addr().String(), Location: bst()},
		server: server.New(c),
		stop:   cancel,
		ended:  make(chan error, 1),
	}
	go func() { r.ended <- r.server.Run(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-r.ended; err != nil {
			t.Errorf("Run: %v", err)
		}
		r.ended <- nil
	})
	return r
}

// final polls a call until its last record is neither in progress nor a retry.
func (r running) final(t *testing.T, id gateway.ReqID) gateway.Status {
	t.Helper()
	for {
		s, err := r.Status(t.Context(), id)
		if err != nil {
			t.Fatalf("status of %d: %v", id, err)
		}
		last, tried := s.Last()
		if tried && last.State != gateway.StateInProgress && last.State != gateway.StateRetry {
			return s
		}
		pause(t)
	}
}

// pause keeps a poll from taking the whole processor.
func pause(t *testing.T) {
	t.Helper()
	select {
	case <-t.Context().Done():
		t.Fatal(t.Context().Err())
	case <-time.After(time.Millisecond):
	}
}

// result requests a call and returns its final status.
func (r running) result(t *testing.T, q gateway.Request) gateway.Status {
	t.Helper()
	id, err := r.Call(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r.final(t, id)
}

// settled puts a job with these attempts into the journal of c.
func settled(t *testing.T, c server.Config, attempts []gateway.Attempt) gateway.ReqID {
	t.Helper()
	job := dialling(t, c)
	job.State, job.Attempts = scheduler.JobDone, attempts
	if err := c.Journal.Settle(t.Context(), job, "gateway"); err != nil {
		t.Fatal(err)
	}
	return job.ID
}

// dialling puts a job into the journal of c that is being dialled.
func dialling(t *testing.T, c server.Config) scheduler.Job {
	t.Helper()
	now := time.Now()
	job, err := c.Journal.Accept(t.Context(), scheduler.Job{
		Request:  gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"},
		Accepted: now, Due: now, FirstDue: now, Expires: now.Add(time.Hour), State: scheduler.JobQueued,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Journal.Claim(t.Context(), "gateway", now, now.Add(time.Hour), 1); err != nil {
		t.Fatal(err)
	}
	if err := c.Journal.Dialling(t.Context(), job.ID, "gateway", now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	return job
}

func itoa(id gateway.ReqID) string { return strconv.FormatInt(int64(id), 10) }

// stubLine answers every call at once and lets a test look on.
type stubLine struct {
	mu    sync.Mutex
	dials []line.Dial
	place func(ctx context.Context) (line.Call, error)
}

func (l *stubLine) Practice() bool { return false }

func (l *stubLine) Place(ctx context.Context, d line.Dial) (line.Call, error) {
	l.mu.Lock()
	l.dials = append(l.dials, d)
	l.mu.Unlock()
	return l.place(ctx)
}

func (l *stubLine) dialled() []line.Dial {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]line.Dial(nil), l.dials...)
}

// stubCall is a call on which nobody keys anything.
type stubCall struct {
	who    line.AnsweredBy
	mu     sync.Mutex
	sounds []line.Sound
	hang   bool  // the far end hangs up at the first sound
	fails  error // of telling who answered

	recording   line.Recording
	transferred line.Transferred
	talks       error  // of recording and transferring
	keys        string // keyed while being connected
	records     []line.Record
	transfers   []line.Transfer
}

func (c *stubCall) Answered(context.Context) (line.AnsweredBy, error) { return c.who, c.fails }

func (c *stubCall) Play(_ context.Context, s line.Sound) (time.Duration, error) {
	if c.hang {
		return 0, line.ErrHungUp
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sounds = append(c.sounds, s)
	return s.Length, nil
}

func (c *stubCall) Record(_ context.Context, r line.Record) (line.Recording, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.records = append(c.records, r)
	return c.recording, c.talks
}

func (c *stubCall) Transfer(_ context.Context, t line.Transfer) (line.Transferred, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range c.keys {
		t.Heard(line.Key(key))
	}
	t.Heard = nil
	c.transfers = append(c.transfers, t)
	return c.transferred, c.talks
}

func (c *stubCall) Listen(context.Context, line.Listen) (line.Key, error) { return 0, nil }
func (c *stubCall) Hangup() error                                         { return nil }

func (c *stubCall) heard() []line.Sound {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]line.Sound(nil), c.sounds...)
}

// bargedCall is one whose prompts end after so much.
type bargedCall struct {
	stubCall
	played time.Duration
	fails  error
}

func (c *bargedCall) Play(ctx context.Context, s line.Sound) (time.Duration, error) {
	if _, err := c.stubCall.Play(ctx, s); err != nil {
		return 0, err
	}
	return c.played, c.fails
}

// answering is a line whose calls are all taken by call.
func answering(call line.Call) *stubLine {
	return &stubLine{place: func(context.Context) (line.Call, error) { return call, nil }}
}

func TestRunStopsWhenItCannotServe(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if err := server.New(config()).Run(t.Context(), ln); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Nobody is cut off: a call in progress ends by itself, and can be asked about,
// while no other begins any more.
func TestRunLetsCallsEnd(t *testing.T) {
	answered, release := make(chan struct{}), make(chan struct{})
	c := config()
	c.Lines = 1
	c.Line = &stubLine{place: func(ctx context.Context) (line.Call, error) {
		close(answered)
		select {
		case <-release:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return &stubCall{}, nil
	}}
	r := start(t, c)
	q := gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"}
	id, err := r.Call(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	<-answered
	if about, err := r.About(t.Context()); err != nil || about.Busy != 1 {
		t.Errorf("about a busy gateway: %+v, %v", about, err)
	}
	r.stop()
	var refused *gateway.RefusedError
	for !errors.As(err, &refused) { // until the stop has arrived
		pause(t)
		q.Reference += "a"
		_, err = r.Call(t.Context(), q)
	}
	s, err := r.Status(t.Context(), id)
	if last, _ := s.Last(); err != nil || last.State != gateway.StateInProgress {
		t.Errorf("while stopping the call is %q, %v", last.State, err)
	}
	close(release)
	err = <-r.ended
	r.ended <- err
	job, found := c.Journal.Find(t.Context(), id)
	if found != nil || job.State != scheduler.JobDone || job.Attempts[0].State != gateway.StateMade {
		t.Errorf("the call ended as %+v, %v", job, found)
	}
}

// What was being dialled when a gateway died is told as interrupted and never
// dialled again.
func TestInterrupted(t *testing.T) {
	c := config()
	quiet := answering(&stubCall{})
	c.Line = quiet
	job := dialling(t, c)
	s := start(t, c).final(t, job.ID)
	last, _ := s.Last()
	if len(s.Attempts) != 1 || last.State != gateway.StateFailed || last.Outcome() != gateway.OutcomeInterrupted {
		t.Errorf("got %+v", s)
	}
	if n := len(quiet.dialled()); n != 0 {
		t.Errorf("dialled %d times", n)
	}
}

func get(t *testing.T, address, path string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, req)
}

func send(t *testing.T, req *http.Request) (*http.Response, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}
