package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/server"
	interpreter "rollcall/gateway/vxml"
)

// origin is the web: a handler behind a [http.RoundTripper], without a network.
type origin struct {
	handle http.HandlerFunc
	asked  []http.Header
}

func (o *origin) RoundTrip(r *http.Request) (*http.Response, error) {
	o.asked = append(o.asked, r.Header.Clone())
	w := httptest.NewRecorder()
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	o.handle(w, r)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// answer serves a fixed reply, and 304 to who has it.
func answer(body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		if tag := w.Header().Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, body)
	}
}

// load sends a request with these header fields and returns the body.
func load(t *testing.T, to http.RoundTripper, method string, header ...string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://web.example/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	resp, err := to.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// How often the web is asked when the same is fetched twice, a while apart,
// by what the reply and the second request say.
func TestCache(t *testing.T) {
	const wait = 100 * time.Second
	past := func(ago time.Duration) string { return time.Now().Add(-ago).UTC().Format(http.TimeFormat) }
	tests := map[string]struct {
		reply, request []string
		want           int
	}{
		"nothing said":                   {nil, nil, 2},
		"fresh":                          {[]string{"Cache-Control", "max-age=200"}, nil, 1},
		"just not fresh":                 {[]string{"Cache-Control", "max-age=100"}, nil, 2},
		"private is for us":              {[]string{"Cache-Control", `private="a,b", MAX-AGE="200"`}, nil, 1},
		"shared caches' own limit":       {[]string{"Cache-Control", "max-age=200, s-maxage=1"}, nil, 1},
		"not to be kept":                 {[]string{"Cache-Control", "no-store, max-age=200"}, nil, 2},
		"to be asked for":                {[]string{"Cache-Control", "no-cache, max-age=200"}, nil, 2},
		"a lifetime that is none":        {[]string{"Cache-Control", "max-age=soon", "ETag", `"1"`}, nil, 2},
		"a lifetime without end":         {[]string{"Cache-Control", "max-age=99999999999999999999"}, nil, 1},
		"old when it came":               {[]string{"Cache-Control", "max-age=200", "Age", "150"}, nil, 2},
		"expires":                        {[]string{"Expires", "+150"}, nil, 1},
		"expired":                        {[]string{"Expires", "+50"}, nil, 2},
		"expires is less than max-age":   {[]string{"Expires", "+50", "Cache-Control", "max-age=200"}, nil, 1},
		"expires is no date":             {[]string{"Expires", "0"}, nil, 2},
		"changed long ago":               {[]string{"Last-Modified", past(1000 * time.Hour)}, nil, 2},
		"a younger one is wanted":        {[]string{"Cache-Control", "max-age=200"}, []string{"Cache-Control", "max-age=99"}, 2},
		"old enough":                     {[]string{"Cache-Control", "max-age=200"}, []string{"Cache-Control", "max-age=100"}, 1},
		"stale is taken":                 {[]string{"Cache-Control", "max-age=50"}, []string{"Cache-Control", "max-stale=50"}, 1},
		"stale is not taken":             {[]string{"Cache-Control", "max-age=50"}, []string{"Cache-Control", "max-stale=49"}, 2},
		"stale, but younger":             {[]string{"Cache-Control", "max-age=50"}, []string{"Cache-Control", "max-age=99", "Cache-Control", "max-stale=50"}, 2},
		"stale, in both limits":          {[]string{"Cache-Control", "max-age=50"}, []string{"Cache-Control", "max-age=100", "Cache-Control", "max-stale=50"}, 1},
		"never stale":                    {[]string{"Cache-Control", "max-age=50, must-revalidate"}, []string{"Cache-Control", "max-stale=50"}, 2},
		"asked for anew":                 {[]string{"Cache-Control", "max-age=200"}, []string{"Cache-Control", "no-cache"}, 2},
		"another choice":                 {[]string{"Cache-Control", "max-age=200", "Vary", "Accept"}, []string{"Accept", "text/plain"}, 2},
		"the same choice":                {[]string{"Cache-Control", "max-age=200", "Vary", "Accept"}, nil, 1},
		"chosen by what we do not know":  {[]string{"Cache-Control", "max-age=200", "Vary", "*"}, nil, 2},
		"a part":                         {[]string{"Cache-Control", "max-age=200"}, []string{"Range", "bytes=0-0"}, 2},
		"the first was not to be kept":   {[]string{"Cache-Control", "max-age=200"}, []string{"Cache-Control", "no-store"}, 1},
		"too large for its share":        {[]string{"Cache-Control", "max-age=200", "X-Large", "yes"}, nil, 2},
		"too large, of unknown length":   {[]string{"Cache-Control", "max-age=200", "X-Large", "unknown"}, nil, 2},
		"an error is not kept for later": {[]string{"Cache-Control", "max-age=200", "X-Status", "500"}, nil, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := &origin{handle: func(w http.ResponseWriter, r *http.Request) {
					body := "hello"
					for i := 0; i < len(test.reply); i += 2 {
						w.Header().Set(test.reply[i], test.reply[i+1])
					}
					if seconds, relative := strings.CutPrefix(w.Header().Get("Expires"), "+"); relative {
						after, _ := time.ParseDuration(seconds + "s")
						w.Header().Set("Expires", time.Now().Add(after).UTC().Format(http.TimeFormat))
					}
					if large := w.Header().Get("X-Large"); large != "" {
						body = strings.Repeat("x", 50_000)
						if large == "yes" {
							w.Header().Set("Content-Length", "50000")
						}
					}
					if w.Header().Get("X-Status") != "" {
						w.WriteHeader(http.StatusInternalServerError)
					}
					_, _ = io.WriteString(w, body)
				}}
				web := server.Caching(100_000, o)("")
				first := load(t, web, http.MethodGet)
				time.Sleep(wait)
				if second := load(t, web, http.MethodGet, test.request...); second != first || len(o.asked) != test.want {
					t.Errorf("asked %d times, want %d; read %d and %d bytes", len(o.asked), test.want, len(first), len(second))
				}
			})
		})
	}
}

// A reply that has not changed is not sent again, and is fresh again.
func TestCacheAsksWhetherItHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &origin{handle: answer("hello", "ETag", `"1"`, "Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT", "Cache-Control", "max-age=10")}
		web := server.Caching(100_000, o)("")
		for range 4 {
			if got := load(t, web, http.MethodGet); got != "hello" {
				t.Errorf("read %q", got)
			}
			time.Sleep(9 * time.Second)
		}
		if n := len(o.asked); n != 2 {
			t.Fatalf("asked %d times, want 2", n)
		}
		if h := o.asked[1]; h.Get("If-None-Match") != `"1"` || h.Get("If-Modified-Since") == "" {
			t.Errorf("asked again with %v", h)
		}
		o.handle = answer("changed", "ETag", `"2"`)
		time.Sleep(time.Minute)
		if got := load(t, web, http.MethodGet); got != "changed" {
			t.Errorf("after a change read %q", got)
		}
	})
}

// Who posts to an address has changed what is there.
func TestCacheForgetsWhatIsPostedTo(t *testing.T) {
	o := &origin{handle: answer("hello", "Cache-Control", "max-age=1000")}
	web := server.Caching(100_000, o)("")
	for _, method := range []string{http.MethodGet, http.MethodGet, http.MethodPost, http.MethodPost, http.MethodGet} {
		load(t, web, method)
	}
	if n := len(o.asked); n != 4 {
		t.Errorf("asked %d times, want 4", n)
	}
}

// Nobody is given what only another requester could have had fetched.
func TestCacheKeepsRequestersApart(t *testing.T) {
	o := &origin{handle: answer("secret", "Cache-Control", "max-age=1000")}
	web := server.Caching(100_000, o)
	for range 2 {
		for _, owner := range []string{"", "192.0.2.7", "192.0.2.8"} {
			load(t, web(owner), http.MethodGet)
		}
	}
	if n := len(o.asked); n != 3 {
		t.Errorf("asked %d times, want once for each", n)
	}
}

// What is kept is bounded; what was not used for longest goes first.
func TestCacheIsBounded(t *testing.T) {
	o := &origin{handle: answer(strings.Repeat("x", 10_000), "Cache-Control", "max-age=1000")}
	web := server.Caching(100_000, o)
	for n := range 30 {
		load(t, web("first"), http.MethodGet)
		load(t, web(fmt.Sprint(n)), http.MethodGet)
	}
	if n := len(o.asked); n != 31 {
		t.Errorf("asked %d times, want 31: what is in use was forgotten", n)
	}
	load(t, web("29"), http.MethodGet)
	load(t, web("0"), http.MethodGet)
	if n := len(o.asked); n != 32 {
		t.Errorf("asked %d times, want 32: the oldest is there still, or the newest is not", n)
	}
}

func TestCacheWithManyCalls(t *testing.T) {
	var mu sync.Mutex
	o := &origin{handle: answer(strings.Repeat("x", 5_000), "Cache-Control", "max-age=1000")}
	locked := roundTripper(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		return o.RoundTrip(r)
	})
	web := server.Caching(100_000, locked)
	var calls sync.WaitGroup
	for n := range 64 {
		calls.Go(func() {
			if got := load(t, web(fmt.Sprint(n%40)), http.MethodGet); len(got) != 5_000 {
				t.Errorf("read %d bytes", len(got))
			}
		})
	}
	calls.Wait()
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The calls of a gateway share what was fetched; a document's limits reach the
// cache, and a failed fetch is its status' own event.
func TestCallsShareTheCache(t *testing.T) {
	o := &origin{handle: answer("hello", "Cache-Control", "max-age=1000")}
	c := config()
	c.HTTP = &http.Client{Transport: o}
	p := server.New(c).On(&stubCall{})
	young, stale := time.Duration(0), 90*time.Second
	for _, f := range []interpreter.Fetch{
		{URL: "http://web.example/a"}, {URL: "http://web.example/a"},
		{URL: "http://web.example/a", MaxAge: &young, MaxStale: &stale},
		{URL: "http://web.example/a", Method: http.MethodPost, Body: []byte("a=1")},
	} {
		if _, err := p.Fetch(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(o.asked); n != 3 {
		t.Fatalf("asked %d times, want 3", n)
	}
	sent := strings.Join(o.asked[1].Values("Cache-Control"), ",")
	if !strings.Contains(sent, "max-age=0") || !strings.Contains(sent, "max-stale=90") {
		t.Errorf("sent Cache-Control: %s", sent)
	}
	o.handle = http.NotFound
	_, err := p.Fetch(t.Context(), interpreter.Fetch{URL: "http://web.example/b"})
	wantEvent(t, err, "error.badfetch.http.404")
}

// Another machine is not given from the cache what the fence keeps from it.
func TestCacheBehindTheFence(t *testing.T) {
	inner := httptest.NewServer(answer(say("secret"), "Cache-Control", "max-age=1000"))
	t.Cleanup(inner.Close)
	s := start(t, config())
	for from, want := range map[string]gateway.Outcome{"": gateway.OutcomeReached, "192.0.2.7": gateway.OutcomeFlowMissing} {
		for range 2 {
			job, err := s.server.Submit(t.Context(), gateway.Request{Info: "i", Phone: "6175550142", StartURL: inner.URL}, from)
			if err != nil {
				t.Fatal(err)
			}
			if last, _ := s.final(t, job.ID).Last(); last.Outcome() != want {
				t.Errorf("from %q: %+v, want %s", from, last, want)
			}
		}
	}
}

// waitingCall plays until it is told to stop.
type waitingCall struct {
	stubCall
	playing chan line.Sound
}

func (c *waitingCall) Play(ctx context.Context, s line.Sound) (time.Duration, error) {
	c.playing <- s
	<-ctx.Done()
	return 0, ctx.Err()
}

// Who waits for a fetch hears something; who does not wait hears nothing.
func TestFetchAudio(t *testing.T) {
	call := &waitingCall{playing: make(chan line.Sound, 1)}
	release := make(chan struct{})
	music := wave(30)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/music.wav":
			_, _ = io.Copy(w, bytes.NewReader(music))
		case "/slow":
			<-release
		}
		_, _ = io.WriteString(w, "done")
	}))
	t.Cleanup(web.Close)
	p := on(call)
	go func() {
		if s := <-call.playing; s.Length < 30*time.Second {
			t.Errorf("played %v", s.Length)
		}
		close(release)
	}()
	meanwhile := interpreter.FetchAudio{URL: web.URL + "/music.wav", Delay: time.Millisecond, Minimum: time.Millisecond}
	r, err := p.Fetch(t.Context(), interpreter.Fetch{URL: web.URL + "/slow", Meanwhile: meanwhile})
	if err != nil || string(r.Body) != "done" {
		t.Errorf("fetched %q, %v", r.Body, err)
	}
	meanwhile.Delay = time.Hour
	if _, err := p.Fetch(t.Context(), interpreter.Fetch{URL: web.URL + "/fast", Meanwhile: meanwhile}); err != nil {
		t.Error(err)
	}
	if len(call.playing) != 0 {
		t.Error("something was played during a short fetch")
	}
}
