package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

// diary is what a Follower reported, in words.
type diary struct {
	mu      sync.Mutex
	entries []string
	ended   int // final statuses
}

// write is a report.
func (d *diary) write(id gateway.ReqID, s gateway.Status, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var refused *gateway.RefusedError
	last, _ := s.Last()
	entry := fmt.Sprintf("%d: %d %s", id, len(s.Attempts), last.State)
	switch {
	case id == 0 && err == nil:
		entry = "back"
	case id == 0:
		entry = "away"
	case errors.Is(err, gateway.ErrUnknownCall):
		entry = fmt.Sprintf("%d: gone", id)
	case errors.As(err, &refused):
		entry = fmt.Sprintf("%d: %s", id, refused.Reason)
	case err != nil:
		entry = fmt.Sprintf("%d: %v", id, err)
	}
	if s.Final() {
		d.ended++
	}
	d.entries = append(d.entries, entry)
}

// want compares what was reported since it was asked last.
func (d *diary) want(t *testing.T, want ...string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if diff := cmp.Diff(want, d.entries); diff != "" {
		t.Errorf("reported (-want +got):\n%s", diff)
	}
	d.entries = nil
}

func (d *diary) finals() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ended
}

// inBubble runs a test with a Follower of d in a bubble, where hours pass at
// once. The bubble also proves that Run leaves no goroutine behind.
func inBubble(t *testing.T, d *double, test func(*testing.T, *gateway.Follower, *diary)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f, reports := &gateway.Follower{Client: d.inBubble()}, &diary{}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			f.Run(ctx, reports.write)
		}()
		test(t, f, reports)
		cancel()
		<-ended
	})
}

// pass lets time pass and everything settle.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestFollowerOfAFeed(t *testing.T) {
	d := newDouble(true)
	d.set(1, gateway.LookupQueued)
	d.set(2, gateway.LookupDone, made())
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1, 2, 3, 1, 0, -1)
		pass(time.Second)
		reports.want(t, "2: 1 made", "3: gone") // it had ended; it never was
		d.set(1, gateway.LookupCalling)
		pass(time.Second)
		reports.want(t, "1: 1 in_progress")
		d.set(1, gateway.LookupQueued, retried())
		pass(time.Second)
		reports.want(t, "1: 1 retry")
		d.set(1, gateway.LookupCalling, retried())
		pass(time.Second)
		d.set(1, gateway.LookupDone, retried(), made())
		pass(time.Minute)
		reports.want(t, "1: 2 in_progress", "1: 2 made")
		d.set(1, gateway.LookupUnknown)
		pass(time.Minute)
		reports.want(t)
		if n := d.count(gateway.PathStatus); n != 3 {
			t.Errorf("asked %d times about 3 calls", n)
		}
		if d.most != 1 {
			t.Errorf("%d questions for changes at once", d.most)
		}
	})
}

// A call that changed before it was added, and one that changes while it is
// asked about for the first time, are reported once.
func TestFollowerOfLateComers(t *testing.T) {
	d := newDouble(true)
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		d.set(1, gateway.LookupQueued)
		f.Add(1)
		pass(time.Second)
		d.set(2, gateway.LookupQueued)
		d.set(2, gateway.LookupCalling)
		pass(10 * time.Second)
		f.Add(2)
		d.set(2, gateway.LookupDone, made())
		pass(10 * time.Second)
		d.set(1, gateway.LookupUnknown)
		pass(10 * time.Second)
		reports.want(t, "2: 1 made", "1: gone")
	})
}

// However much happens, ten thousand calls cost one question a second.
func TestFollowerAsksOnceASecond(t *testing.T) {
	const calls = 10_000
	d := newDouble(true)
	for id := range gateway.ReqID(calls) {
		d.set(id+1, gateway.LookupQueued)
	}
	synctest.Test(t, func(t *testing.T) {
		f := &gateway.Follower{Client: d.inBubble(), Rate: 1000}
		reports := &diary{}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for id := range gateway.ReqID(calls) {
			f.Add(id + 1)
		}
		go f.Run(ctx, reports.write)
		pass(15 * time.Second)
		if n := d.count(gateway.PathStatus); n != calls {
			t.Errorf("asked %d times about %d calls", n, calls)
		}
		before := d.count(gateway.PathChanges)
		for id := range gateway.ReqID(calls) {
			d.set(id+1, gateway.LookupDone, made())
			time.Sleep(10 * time.Millisecond)
		}
		pass(2 * time.Second)
		if n := d.count(gateway.PathChanges) - before; n < 90 || n > 105 {
			t.Errorf("asked %d times in 100 s", n)
		}
		if reports.finals() != calls || d.count(gateway.PathStatus) != calls {
			t.Errorf("%d of %d ends reported, %d statuses asked", reports.finals(), calls, d.count(gateway.PathStatus))
		}
	})
}

// A reply that is full is not the last: the next question waits for nothing.
func TestFollowerCatchesUp(t *testing.T) {
	const calls = 5 * gateway.MaxChanges
	d := newDouble(true)
	for id := range gateway.ReqID(calls) {
		d.set(id+1, gateway.LookupQueued)
	}
	synctest.Test(t, func(t *testing.T) {
		f, reports := &gateway.Follower{Client: d.inBubble(), Rate: 1000}, &diary{}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for id := range gateway.ReqID(calls) {
			f.Add(id + 1)
		}
		go f.Run(ctx, reports.write)
		pass(10 * time.Second)
		d.do(func() {
			for id := range gateway.ReqID(calls) {
				d.calls[id+1] = gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{made()}}
				d.feed = append(d.feed, id+1)
			}
		})
		d.set(calls+1, gateway.LookupQueued)
		pass(1500 * time.Millisecond)
		if n := reports.finals(); n != calls {
			t.Errorf("%d of %d ends reported", n, calls)
		}
	})
}

// Where the feed has lost its memory each call is asked about once more.
func TestFollowerAfterAReset(t *testing.T) {
	d := newDouble(true)
	for id := range gateway.ReqID(3) {
		d.set(id+1, gateway.LookupQueued)
	}
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1, 2, 3)
		pass(time.Second)
		d.do(func() {
			d.away = errAway
			d.calls[1] = gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{made()}}
			d.feed, d.forgotten = make([]gateway.ReqID, 50), 50
		})
		pass(time.Minute)
		reports.want(t, "away")
		d.do(func() { d.away = nil })
		pass(time.Minute)
		reports.want(t, "back", "1: 1 made")
		if n := d.count(gateway.PathStatus); n != 6 {
			t.Errorf("asked %d times about 3 calls, twice each", n)
		}
		d.set(2, gateway.LookupDone, made())
		pass(time.Second)
		reports.want(t, "2: 1 made")
	})
}

// A gateway that starts anew and remembers: the question under way breaks off,
// and what ended meanwhile is reported once, also of a call that is added only
// then. Nobody is asked about whom the feed tells of.
func TestFollowerOverARestart(t *testing.T) {
	d := newDouble(true)
	for id := range gateway.ReqID(3) {
		d.set(id+1, gateway.LookupQueued)
	}
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1, 2)
		pass(10 * time.Second)
		d.do(func() { d.away = errAway })
		pass(time.Minute)
		d.set(1, gateway.LookupDone, made())
		d.set(3, gateway.LookupDone, made())
		f.Add(3)
		pass(time.Minute)
		reports.want(t, "away")
		d.do(func() { d.away = nil })
		pass(time.Minute)
		reports.want(t, "back", "1: 1 made", "3: 1 made")
		d.set(2, gateway.LookupDone, made())
		pass(time.Second)
		reports.want(t, "2: 1 made")
		if n := d.count(gateway.PathStatus); n != 2 {
			t.Errorf("asked %d times about calls, want once for each added before", n)
		}
	})
}

// A call that is added at its end, or after it was in the feed, is reported
// once, however the feed goes on.
func TestFollowerOfCallsAddedAfterTheirEnd(t *testing.T) {
	const calls = 100
	d := newDouble(true)
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		d.set(calls+1, gateway.LookupQueued)
		f.Add(calls + 1)
		pass(time.Minute)
		for id := range gateway.ReqID(calls) {
			d.set(id+1, gateway.LookupDone, made())
			pass(time.Duration(id%3) * time.Second)
			f.Add(id+1, id+1)
		}
		pass(time.Minute)
		d.do(func() { d.feed, d.forgotten = make([]gateway.ReqID, 500), 500 })
		pass(time.Minute)
		if n := reports.finals(); n != calls {
			t.Errorf("%d ends of %d calls reported", n, calls)
		}
	})
}

func TestFollowerOfAForeignGateway(t *testing.T) {
	d := newDouble(false)
	d.set(1, gateway.LookupQueued)
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1, 2)
		pass(time.Second)
		reports.want(t, "2: gone")
		pass(10 * time.Minute)
		if n := d.count(gateway.PathStatus); n < 120 || n > 155 {
			t.Errorf("asked %d times in ten minutes about one call, which is not backed off from", n)
		}
		d.set(1, gateway.LookupDone, made())
		pass(time.Minute)
		asked := d.count(gateway.PathStatus)
		pass(time.Hour)
		reports.want(t, "1: 1 made")
		if n := d.count(gateway.PathStatus); n != asked {
			t.Errorf("asked %d times after the end", n-asked)
		}
	})
}

// At a foreign gateway the call that has waited longest comes first, and no
// more are asked about in a second than was allowed.
func TestFollowerTakesTurns(t *testing.T) {
	const calls = 300
	d := newDouble(false)
	for id := range gateway.ReqID(calls) {
		d.set(id+1, gateway.LookupQueued)
	}
	synctest.Test(t, func(t *testing.T) {
		f := &gateway.Follower{Client: d.inBubble(), Rate: 10}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for id := range gateway.ReqID(calls) {
			f.Add(id + 1)
		}
		go f.Run(ctx, (&diary{}).write)
		pass(90 * time.Second)
		if n := d.count(gateway.PathStatus); n < 895 || n > 905 {
			t.Errorf("asked %d times in 90 s", n)
		}
		turns := make(map[gateway.ReqID]int)
		for i, id := range d.askedFor[:2*calls] {
			if i < calls {
				turns[id]++
			} else if turns[id]++; turns[id] != 2 {
				t.Fatalf("call %d is asked about %d times in two rounds", id, turns[id])
			}
		}
	})
}

// A gateway of ours that gives way to a foreign one, which knows one of the
// calls; then ours comes back.
func TestFollowerFallsBack(t *testing.T) {
	d := newDouble(true)
	d.set(1, gateway.LookupQueued)
	d.set(2, gateway.LookupQueued)
	d.set(3, gateway.LookupQueued)
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1, 2, 3)
		pass(time.Second)
		d.do(func() { d.ours = false })
		d.set(1, gateway.LookupUnknown)
		pass(30 * time.Second)
		d.set(2, gateway.LookupDone, made())
		pass(30 * time.Second)
		reports.want(t, "1: gone", "2: 1 made")
		d.do(func() { d.away = errAway })
		pass(time.Minute)
		d.do(func() { d.away, d.ours = nil, true })
		pass(time.Minute)
		reports.want(t, "away", "back")
		before := d.count(gateway.PathStatus)
		pass(time.Hour)
		d.set(3, gateway.LookupDone, made())
		pass(time.Second)
		reports.want(t, "3: 1 made")
		if n := d.count(gateway.PathStatus); n != before {
			t.Errorf("with a feed asked %d times about calls", n-before)
		}
	})
}

// A gateway that is away, from the start and later, of both kinds: it is asked
// for seldom, and missed and welcomed once. Nothing is reported twice.
func TestFollowerOfAGatewayThatIsAway(t *testing.T) {
	for _, ours := range []bool{true, false} {
		d := newDouble(ours)
		d.away = errAway
		d.set(1, gateway.LookupQueued)
		inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
			pass(time.Hour)
			reports.want(t) // nobody is followed
			f.Add(1)
			pass(time.Hour)
			reports.want(t, "away")
			d.do(func() { d.away = nil })
			pass(time.Minute)
			reports.want(t, "back")
			d.set(1, gateway.LookupQueued, retried())
			pass(time.Minute)
			d.do(func() { d.away = errAway })
			pass(time.Hour)
			d.do(func() { d.away = nil })
			d.set(1, gateway.LookupDone, retried(), made())
			pass(time.Minute)
			reports.want(t, "1: 1 retry", "away", "back", "1: 2 made")
		})
	}
}

// An answer about a call that says nothing is reported once until one does.
func TestFollowerOfAPuzzlingGateway(t *testing.T) {
	d := newDouble(false)
	d.set(1, gateway.LookupQueued)
	d.status = errors.New("out of order")
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1)
		pass(10 * time.Minute)
		d.do(func() { d.status = nil })
		pass(time.Minute)
		reports.want(t, "1: out of order")
		d.do(func() { d.status = errors.New("again") })
		pass(time.Minute)
		reports.want(t, "1: again")
	})
}

// A feed that calls a call done without its end is not believed: the call is
// asked about until its end shows.
func TestFollowerOfAFeedWithoutAnEnd(t *testing.T) {
	d := newDouble(true)
	d.set(1, gateway.LookupQueued)
	inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
		f.Add(1)
		pass(time.Second)
		d.set(1, gateway.LookupDone)
		pass(time.Minute)
		reports.want(t)
		d.do(func() { d.calls[1] = gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{made()}} })
		pass(time.Minute)
		reports.want(t, "1: 1 made")
	})
}

func TestFollowerDrops(t *testing.T) {
	for _, ours := range []bool{true, false} {
		d := newDouble(ours)
		d.set(1, gateway.LookupQueued)
		d.set(2, gateway.LookupQueued)
		inBubble(t, d, func(t *testing.T, f *gateway.Follower, reports *diary) {
			f.Add(1, 2)
			pass(time.Second)
			f.Drop(1, 7)
			pass(time.Second)
			d.set(1, gateway.LookupDone, made())
			d.set(2, gateway.LookupDone, made())
			pass(time.Minute)
			reports.want(t, "2: 1 made")
			f.Add(1)
			pass(time.Minute)
			reports.want(t, "1: 1 made")
		})
	}
}

// An answer that has come is reported although the next question fails, and
// although the context has ended meanwhile.
func TestFollowerKeepsAnAnswer(t *testing.T) {
	d := newDouble(false)
	d.set(1, gateway.LookupDone, made())
	d.set(2, gateway.LookupDone, made())
	synctest.Test(t, func(t *testing.T) {
		f := &gateway.Follower{Client: d.inBubble(), Rate: 1000}
		f.Add(1, 2)
		reports := &diary{}
		ctx, cancel := context.WithCancel(t.Context())
		f.Run(ctx, func(id gateway.ReqID, s gateway.Status, err error) {
			reports.write(id, s, err)
			time.Sleep(time.Second) // meanwhile the other answer comes
			cancel()
		})
		if reports.finals() != 2 {
			reports.want(t, "two ends")
		}
	})
}

// slow is a transport that keeps answers about calls for a while.
type slow struct {
	*double
	delay time.Duration
}

func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.double.RoundTrip(r)
	if r.URL.Path == gateway.PathStatus {
		time.Sleep(s.delay)
	}
	return resp, err
}

// An answer that was overtaken by the feed is let be; one that is older than
// the feed's new beginning is asked for again.
func TestFollowerOfSlowAnswers(t *testing.T) {
	d := newDouble(true)
	d.set(1, gateway.LookupQueued, retried())
	d.set(2, gateway.LookupQueued)
	synctest.Test(t, func(t *testing.T) {
		client := d.inBubble()
		client.HTTP.Transport = slow{d, 10 * time.Second}
		f, reports := &gateway.Follower{Client: client}, &diary{}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			f.Run(ctx, reports.write)
		}()
		f.Add(1)
		pass(time.Second)
		d.set(1, gateway.LookupCalling, retried())
		pass(time.Minute)
		reports.want(t, "1: 2 in_progress")
		f.Add(2)
		pass(time.Second)
		d.do(func() { d.calls[2] = gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{made()}} })
		d.do(func() { d.forgotten = 100 })
		d.set(1, gateway.LookupCalling, retried())
		d.do(func() { d.feed, d.forgotten = make([]gateway.ReqID, 100), 100 })
		pass(time.Minute)
		reports.want(t, "2: 1 made")
		cancel()
		<-ended
	})
}

// A change is told as a status reply would tell it.
func TestChangeStatus(t *testing.T) {
	for name, test := range map[string]struct {
		change gateway.Change
		want   []gateway.AttemptState
	}{
		"queued":                {gateway.Change{State: gateway.LookupQueued}, nil},
		"queued again":          {gateway.Change{State: gateway.LookupQueued, Attempts: []gateway.Attempt{made()}}, []gateway.AttemptState{"retry"}},
		"calling":               {gateway.Change{State: gateway.LookupCalling}, []gateway.AttemptState{"in_progress"}},
		"calling again":         {gateway.Change{State: gateway.LookupCalling, Attempts: []gateway.Attempt{retried()}}, []gateway.AttemptState{"retry", "in_progress"}},
		"done":                  {gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{made()}}, []gateway.AttemptState{"made"}},
		"done after many tries": {gateway.Change{State: gateway.LookupDone, Attempts: []gateway.Attempt{retried(), made()}}, []gateway.AttemptState{"retry", "made"}},
	} {
		var got []gateway.AttemptState
		for _, a := range test.change.Status().Attempts {
			got = append(got, a.State)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Over a network, with both kinds of gateway.
func TestFollowerOverHTTP(t *testing.T) {
	const calls = 10_000
	d := newDouble(true)
	f := &gateway.Follower{Client: d.overHTTP(t), Rate: 1_000_000, Every: 300 * time.Millisecond}
	for id := range gateway.ReqID(calls) {
		d.set(id+1, gateway.LookupQueued)
		f.Add(id + 1)
	}
	began, all := time.Now(), make(chan struct{})
	reports := &diary{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Run(ctx, func(id gateway.ReqID, s gateway.Status, err error) {
			reports.write(id, s, err)
			if s.Final() && reports.finals() == calls {
				close(all)
			}
		})
	}()
	for id := range gateway.ReqID(calls) {
		d.set(id+1, gateway.LookupDone, made())
		if id%100 == 0 {
			time.Sleep(5 * time.Millisecond) // a busy gateway, not a burst
		}
	}
	<-all
	cancel()
	<-ended
	// One a gap, one for each full reply, and two at the ends.
	allowed := int(time.Since(began)/(300*time.Millisecond)) + calls/gateway.MaxChanges + 2
	if n := d.count(gateway.PathChanges); n > allowed {
		t.Errorf("asked %d times for changes, allowed %d", n, allowed)
	}
	if n := d.count(gateway.PathStatus); n > calls {
		t.Errorf("asked %d times about %d calls", n, calls)
	}
}

func TestFollowerOverHTTPWithoutAFeed(t *testing.T) {
	d := newDouble(false)
	f := &gateway.Follower{Client: d.overHTTP(t), Rate: 1000, Every: 10 * time.Millisecond}
	f.Add(1, 2)
	d.set(1, gateway.LookupQueued)
	steps := make(chan string, 10)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Run(ctx, func(id gateway.ReqID, s gateway.Status, err error) {
			var one diary
			one.write(id, s, err)
			steps <- one.entries[0]
		})
	}()
	for _, step := range []struct {
		want string
		then func()
	}{
		{"2: gone", func() { d.set(1, gateway.LookupQueued, retried()) }},
		{"1: 1 retry", func() { d.do(func() { d.away = errAway }) }},
		{"away", func() { d.do(func() { d.away = nil }) }},
		{"back", func() { d.set(1, gateway.LookupDone, made()) }},
		{"1: 1 made", cancel},
	} {
		if got := <-steps; got != step.want {
			t.Errorf("reported %q, want %q", got, step.want)
		}
		step.then()
	}
	<-ended
}
