package gateway_test

import (
	"context"
	"math/rand/v2"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
)

// crowd is many calls at a plain gateway, each with the time of its end, and
// how late that was reported.
type crowd struct {
	*plain
	ends     map[gateway.ReqID]time.Time
	worst    time.Duration
	reported int
}

func newCrowd(delay func() time.Duration) *crowd {
	c := &crowd{plain: &plain{delay: delay}, ends: make(map[gateway.ReqID]time.Time)}
	c.answer = func(id gateway.ReqID) (gateway.Status, bool) {
		end, known := c.ends[id]
		switch left := time.Until(end); {
		case !known || left > 5*time.Minute:
			return gateway.Status{}, known
		case left > 0: // news, after which the call is asked about more often
			return gateway.Status{Attempts: []gateway.Attempt{retried()}}, true
		}
		return gateway.Status{Attempts: []gateway.Attempt{retried(), made()}}, true
	}
	return c
}

// add has a call accepted that ends after so long, and returns its id.
func (c *crowd) add(after time.Duration) gateway.ReqID {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := gateway.ReqID(len(c.ends) + 1)
	c.ends[id] = time.Now().Add(after)
	return id
}

// ended is a report; it tells whether it was of an end.
func (c *crowd) ended(id gateway.ReqID, s gateway.Status) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.Final() {
		c.reported++
		c.worst = max(c.worst, time.Since(c.ends[id]))
	}
	return s.Final()
}

// At a gateway without a feed no second sees more than fifty questions, and no
// end is reported later than 35 s after it, with 1,500 calls outstanding:
// whether all came at once and become fewer, or each that ends gives way to
// another one.
func TestFollowerKeepsUpWithACrowd(t *testing.T) {
	const calls, rate, latest, long = 1500, 50, 35 * time.Second, 30 * time.Minute
	for name, replaced := range map[string]bool{"fewer and fewer": false, "always as many": true} {
		t.Run(name, func(t *testing.T) {
			chance := rand.New(rand.NewPCG(17, 4))
			c := newCrowd(func() time.Duration {
				return 20*time.Millisecond + time.Duration(chance.Int64N(int64(200*time.Millisecond)))
			})
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				f := &gateway.Follower{Client: c.client(), Rate: rate}
				length := func() time.Duration { return time.Duration(chance.Int64N(int64(long))) }
				for range calls {
					f.Add(c.add(length()))
				}
				report := func(id gateway.ReqID, s gateway.Status, _ error) {
					left := long - time.Since(began)
					if c.ended(id, s) && replaced && left > 0 {
						f.Add(c.add(time.Duration(rand.Int64N(int64(left)))))
					}
				}
				following(t, f, report, func() { pass(long + latest) })
			})
			if c.reported != len(c.ends) {
				t.Errorf("%d of %d ends reported", c.reported, len(c.ends))
			}
			if n := densest(c.asked); n > rate {
				t.Errorf("%d questions in a second", n)
			}
			if c.worst > latest {
				t.Errorf("an end was reported after %v", c.worst)
			}
			t.Logf("%d ends, %d questions, at most %d in a second, the latest report after %v", c.reported, len(c.asked), densest(c.asked), c.worst)
		})
	}
}

// The distances between questions are at most half a minute whatever Every is,
// and no answer is older than it takes to ask about all: 3,000 calls at 50 a
// second is a minute.
func TestFollowerKeepsTheOldestAnswerYoung(t *testing.T) {
	for name, test := range map[string]struct {
		calls, rate int
		every       time.Duration
		oldest      time.Duration
	}{
		"a minute for all":       {3000, 50, 3 * time.Second, time.Minute},
		"a long Every":           {200, 50, 20 * time.Second, 30 * time.Second},
		"Every longer than that": {10, 50, time.Minute, time.Minute},
		"a short Every":          {200, 1000, 100 * time.Millisecond, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			last, oldest := make(map[gateway.ReqID]time.Time), time.Duration(0)
			p := &plain{}
			p.answer = func(id gateway.ReqID) (gateway.Status, bool) {
				if before, known := last[id]; known {
					oldest = max(oldest, time.Since(before))
				}
				last[id] = time.Now()
				return gateway.Status{}, true
			}
			synctest.Test(t, func(t *testing.T) {
				f := &gateway.Follower{Client: p.client(), Rate: test.rate, Every: test.every}
				for id := range gateway.ReqID(test.calls) {
					f.Add(id + 1)
				}
				following(t, f, (&diary{}).write, func() { pass(20 * test.oldest) })
			})
			if most := test.oldest * 102 / 100; oldest > most || oldest < test.oldest*8/10 {
				t.Errorf("the oldest answer was %v old, want about %v", oldest, test.oldest)
			}
			if n := densest(p.asked); n > test.rate {
				t.Errorf("%d questions in a second", n)
			}
		})
	}
}

// At a practice speed, Every is short and the calls are few: each end is
// reported within twice Every, from the first minute to the last.
func TestFollowerAtPracticeSpeed(t *testing.T) {
	const every = 50 * time.Millisecond
	for name, test := range map[string]struct{ calls, rate int }{
		"two calls, the usual rate": {2, 0},
		"eight calls, no hurry":     {8, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(nil)
			synctest.Test(t, func(t *testing.T) {
				f := &gateway.Follower{Client: c.client(), Every: every, Rate: test.rate}
				report := func(id gateway.ReqID, s gateway.Status, _ error) {
					if c.ended(id, s) && c.reported < 20*test.calls {
						f.Add(c.add(time.Duration(rand.Int64N(int64(20 * time.Second)))))
					}
				}
				for n := range test.calls {
					f.Add(c.add(time.Duration(n) * time.Second))
				}
				following(t, f, report, func() { pass(20 * time.Minute) })
			})
			if want := 21*test.calls - 1; c.reported != want {
				t.Errorf("%d of %d ends reported", c.reported, want)
			}
			if c.worst > 2*every {
				t.Errorf("an end was reported after %v", c.worst)
			}
		})
	}
}

// Over a network: each of 1,500 calls ends at the third question about it, and
// none is asked about once too often.
func TestFollowerOfAPlainCrowdOverHTTP(t *testing.T) {
	const calls, questions, rate = 1500, 3, 5000
	asked := make(map[gateway.ReqID]int)
	p := &plain{}
	p.answer = func(id gateway.ReqID) (gateway.Status, bool) {
		if asked[id]++; asked[id] < questions {
			return gateway.Status{}, true
		}
		return gateway.Status{Attempts: []gateway.Attempt{made()}}, true
	}
	server := httptest.NewServer(p)
	defer server.Close()
	f := &gateway.Follower{Client: &gateway.Client{URL: server.URL, Location: time.UTC}, Rate: rate, Every: 20 * time.Millisecond}
	for id := range gateway.ReqID(calls) {
		f.Add(id + 1)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ends := make(map[gateway.ReqID]int)
	began := time.Now()
	f.Run(ctx, func(id gateway.ReqID, s gateway.Status, err error) {
		if err != nil || !s.Final() {
			t.Errorf("reported of %d: %v, %v", id, s, err)
		}
		if ends[id]++; len(ends) == calls {
			cancel()
		}
	})
	total := 0
	p.do(func() {
		for id, n := range asked {
			total += n
			if n != questions || ends[id] != 1 {
				t.Errorf("call %d: %d questions, reported %d times", id, n, ends[id])
			}
		}
	})
	// Timers are coarse: a question may be 5 ms late and the next one not.
	if allowed := 1 + int(rate*(time.Since(began)+5*time.Millisecond).Seconds()); total > allowed {
		t.Errorf("%d questions, allowed %d", total, allowed)
	}
}
