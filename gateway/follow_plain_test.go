package gateway_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
)

// plain plays a gateway that knows the protocol and none of its extensions. It
// answers as it is told, and notes when it was asked.
type plain struct {
	mu     sync.Mutex
	delay  func() time.Duration // before each answer
	broken map[string]int       // how many more answers about a call do not arrive
	answer func(gateway.ReqID) (gateway.Status, bool)
	asked  []time.Time
}

func (p *plain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != gateway.PathStatus {
		http.NotFound(w, r)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	id, _ := strconv.ParseInt(r.FormValue("reqid"), 10, 64)
	s, known := p.answer(gateway.ReqID(id))
	if !known {
		_, _ = w.Write(gateway.FormatNoRecord(r.FormValue("reqid")))
		return
	}
	_, _ = w.Write(gateway.FormatStatus(s, time.UTC))
}

// RoundTrip implements [http.RoundTripper]. Half the delay is the way there.
func (p *plain) RoundTrip(r *http.Request) (*http.Response, error) {
	status := r.URL.Path == gateway.PathStatus
	p.mu.Lock()
	delay, broken := time.Duration(0), false
	if p.broken == nil {
		p.broken = make(map[string]int)
	}
	if status {
		p.asked = append(p.asked, time.Now())
		if p.delay != nil {
			delay = p.delay()
		}
		id := r.URL.Query().Get("reqid")
		broken = p.broken[id] > 0
		p.broken[id]--
	}
	p.mu.Unlock()
	time.Sleep(delay / 2)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	time.Sleep(delay / 2)
	if broken {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: errors.New("connection reset by peer")}
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

// client returns a client that reaches p without a network.
func (p *plain) client() *gateway.Client {
	return &gateway.Client{URL: "http://plain", HTTP: &http.Client{Transport: p}, Location: time.UTC}
}

// do changes the gateway or looks at it.
func (p *plain) do(what func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what()
}

// densest returns the largest number of times that lie within a second.
func densest(times []time.Time) int {
	most, from := 0, 0
	for i, t := range times {
		for t.Sub(times[from]) >= time.Second {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// following runs f in a bubble while test runs.
func following(t *testing.T, f *gateway.Follower, report func(gateway.ReqID, gateway.Status, error), test func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Run(ctx, report)
	}()
	test()
	cancel()
	<-ended
}

// record is one try.
func record(state gateway.AttemptState, minute int, answers ...gateway.Answer) gateway.Attempt {
	a := gateway.Attempt{State: state, Made: time.Date(2026, 3, 1, 10, minute, 0, 0, time.UTC), Answers: answers}
	if state.Final() {
		a.Reason = gateway.ReasonSucceeded
	}
	return a
}

func said(name, value string) gateway.Answer { return gateway.Answer{Name: name, Value: value} }

// told is a status in few words: "retry a=1, made".
func told(s gateway.Status) string {
	text := ""
	for i, a := range s.Attempts {
		if i > 0 {
			text += ", "
		}
		text += string(a.State)
		for _, answer := range a.Answers {
			text += " " + answer.Name + "=" + answer.Value
		}
	}
	return text
}

// What was seen once is in every later report, though the gateway tells less.
func TestFollowerForgetsNothing(t *testing.T) {
	const retry, making, done, waits = gateway.StateRetry, gateway.StateInProgress, gateway.StateMade, gateway.StateWaitResponse
	a, b := said("a", "1"), said("b", "2")
	type replies [][]gateway.Attempt
	for name, test := range map[string]struct {
		replies replies
		want    []string
	}{
		"nothing any more":           {replies{{record(retry, 1, a)}, {}, {record(retry, 1, a)}}, []string{"retry a=1"}},
		"the try, not its answers":   {replies{{record(retry, 1, a)}, {record(retry, 1)}, {record(retry, 1), record(done, 2)}}, []string{"retry a=1", "retry a=1, made"}},
		"only the end":               {replies{{record(retry, 1, a), record(retry, 2)}, {record(done, 3, b)}}, []string{"retry a=1, retry", "retry a=1, retry, made b=2"}},
		"only the end of the last":   {replies{{record(retry, 1, a), record(retry, 2, b)}, {record(done, 2)}}, []string{"retry a=1, retry b=2", "retry a=1, made b=2"}},
		"only what has become of it": {replies{{record(retry, 1), record(waits, 2, a)}, {record(done, 3)}}, []string{"retry, waitresponse a=1", "retry, made a=1"}},
		"only the try in progress":   {replies{{record(retry, 1, a)}, {record(making, 2)}, {record(done, 2)}}, []string{"retry a=1", "retry a=1, in_progress", "retry a=1, made"}},
		"a try that was not made":    {replies{{record(retry, 1), record(making, 2)}, {record(retry, 1)}}, []string{"retry, in_progress", "retry"}},
		"answers bit by bit":         {replies{{record(waits, 1)}, {record(waits, 1, a)}, {record(waits, 1, b)}, {record(done, 1)}}, []string{"waitresponse", "waitresponse a=1", "waitresponse b=2 a=1", "made b=2 a=1"}},
		"an answer that changes":     {replies{{record(waits, 1, a)}, {record(done, 1, said("a", "3"))}}, []string{"waitresponse a=1", "made a=3"}},
		"bare answers":               {replies{{record(waits, 1, said("", "4"))}, {record(done, 1, said("", "5"))}}, []string{"waitresponse =4", "made =5 =4"}},
		"answers with fewer records": {replies{{record(retry, 1), record(retry, 2), record(retry, 3)}, {record(retry, 1, a), record(retry, 3, b)}}, []string{"retry, retry, retry", "retry a=1, retry, retry b=2"}},
	} {
		t.Run(name, func(t *testing.T) {
			turn := 0
			p := &plain{answer: func(gateway.ReqID) (gateway.Status, bool) {
				turn++
				known := turn <= len(test.replies)
				if !known {
					return gateway.Status{}, false
				}
				return gateway.Status{Attempts: test.replies[turn-1]}, true
			}}
			want := test.want
			if last := test.replies[len(test.replies)-1]; !last[len(last)-1].State.Final() {
				want = append(slices.Clone(want), "gone")
			}
			synctest.Test(t, func(t *testing.T) {
				f := &gateway.Follower{Client: p.client()}
				f.Add(1)
				var got []string
				following(t, f, func(_ gateway.ReqID, s gateway.Status, err error) {
					if errors.Is(err, gateway.ErrUnknownCall) {
						got = append(got, "gone")
						return
					}
					got = append(got, told(s))
				}, func() { pass(time.Minute) })
				if !slices.Equal(got, want) {
					t.Errorf("reported %q, want %q", got, want)
				}
			})
		})
	}
}

// A report is its reader's own: what is done to it does not come back.
func TestFollowerReportsCopies(t *testing.T) {
	replies := [][]gateway.Attempt{
		{record(gateway.StateRetry, 1, said("a", "1"))}, {record(gateway.StateRetry, 1), record(gateway.StateMade, 2)},
	}
	turn := 0
	p := &plain{answer: func(gateway.ReqID) (gateway.Status, bool) {
		turn++
		return gateway.Status{Attempts: replies[turn-1]}, true
	}}
	synctest.Test(t, func(t *testing.T) {
		f := &gateway.Follower{Client: p.client()}
		f.Add(1)
		var last string
		following(t, f, func(_ gateway.ReqID, s gateway.Status, _ error) {
			last = told(s)
			clear(s.Attempts)
		}, func() { pass(time.Minute) })
		if want := "retry a=1, made"; last != want {
			t.Errorf("reported %q, want %q", last, want)
		}
	})
}

// Where the way breaks down the call is asked about again soon, whatever the
// distance had grown to. Its answers are reported before it is gone.
func TestFollowerAfterABrokenAnswer(t *testing.T) {
	const calls = 100 // so many that they are backed off from
	synctest.Test(t, func(t *testing.T) {
		p := &plain{}
		ended, gone := false, false
		p.answer = func(gateway.ReqID) (gateway.Status, bool) {
			if ended {
				return gateway.Status{Attempts: []gateway.Attempt{record(gateway.StateRetry, 1, said("a", "1"))}}, true
			}
			return gateway.Status{}, !gone
		}
		f := &gateway.Follower{Client: p.client()}
		for id := range gateway.ReqID(calls) {
			f.Add(id + 1)
		}
		answers, unknown := 0, 0
		report := func(id gateway.ReqID, s gateway.Status, err error) {
			switch {
			case id != 0 && err == nil:
				answers++
			case errors.Is(err, gateway.ErrUnknownCall):
				unknown++
			}
		}
		following(t, f, report, func() {
			pass(10 * time.Minute)
			p.do(func() {
				ended = true
				for _, id := range []string{"10", "20", "30", "40", "50", "60", "70", "80"} {
					p.broken[id] = 3 // the client asks twice more
				}
			})
			pass(45 * time.Second)
			if answers != calls {
				t.Errorf("%d of %d answers reported", answers, calls)
			}
			p.do(func() { ended, gone = false, true })
			pass(time.Minute)
			if answers != calls || unknown != calls {
				t.Errorf("%d answers, then %d unknown calls reported, of %d", answers, unknown, calls)
			}
		})
	})
}
