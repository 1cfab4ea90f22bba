package gateway_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

// foreign is a gateway that is not ours: it answers every request with body.
func foreign(t *testing.T, status int, body string) *gateway.Client {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the client hangs up on what is too long
	})
}

func serve(t *testing.T, handler http.HandlerFunc) *gateway.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &gateway.Client{URL: server.URL, Location: bst()}
}

func request() gateway.Request {
	return gateway.Request{Info: "test", Phone: "6175550142", Text: "Hello"}
}

func TestClientCall(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.String() != gateway.PathCall {
			t.Errorf("asked %s %s", r.Method, r.URL)
		}
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(request().Values(), r.PostForm); diff != "" {
			t.Errorf("parameters (-want +got):\n%s", diff)
		}
		if _, err := w.Write(gateway.FormatAccepted(time.UnixMilli(0), 1208775078314)); err != nil {
			t.Error(err)
		}
	})
	if id, err := c.Call(t.Context(), request()); err != nil || id != 1208775078314 {
		t.Errorf("got %d, %v", id, err)
	}
}

// What a failure promises decides whether somebody may be called again.
func TestClientCallFailures(t *testing.T) {
	hangUp := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_ = conn.Close()
	}
	tests := map[string]struct {
		client *gateway.Client
		want   error
	}{
		"nobody listens":        {&gateway.Client{URL: "http://" + deafAddress(t)}, gateway.ErrUnreachable},
		"no such address":       {&gateway.Client{URL: "http://127.0.0.1:99999"}, gateway.ErrUnreachable},
		"no such protocol":      {&gateway.Client{URL: "gopher://127.0.0.1"}, gateway.ErrUnreachable},
		"a broken token":        {&gateway.Client{URL: "http://127.0.0.1:1", Token: "a\nb"}, gateway.ErrUnreachable},
		"not an address":        {&gateway.Client{URL: ":"}, gateway.ErrUnreachable},
		"connection lost":       {serve(t, hangUp), gateway.ErrInDoubt},
		"not a gateway's reply": {foreign(t, 200, "<html>It works</html>"), gateway.ErrInDoubt},
		"server error":          {foreign(t, 502, "Bad Gateway"), gateway.ErrInDoubt},
		"endless reply":         {foreign(t, 200, strings.Repeat("x", 2<<20)), gateway.ErrInDoubt},
		"redirect":              {foreign(t, 307, ""), gateway.ErrInDoubt},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.client.Call(t.Context(), request())
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			both := errors.Is(err, gateway.ErrUnreachable) && errors.Is(err, gateway.ErrInDoubt)
			if both {
				t.Errorf("%v promises both", err)
			}
		})
	}
}

// deafAddress is a loopback address at which nobody listens.
func deafAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	return ln.Addr().String()
}

func TestClientCallRefused(t *testing.T) {
	for name, c := range map[string]*gateway.Client{
		"ERROR: phoneno is missing": foreign(t, 200, "ERROR: phoneno is missing"),
		"Not Found":                 foreign(t, 404, "<html>no</html>"),
	} {
		_, err := c.Call(t.Context(), request())
		var refused *gateway.RefusedError
		if !errors.As(err, &refused) || !strings.HasSuffix(name, refused.Reason) {
			t.Errorf("%s is read as %v", name, err)
		}
	}
}

// A call in doubt that names a reference is asked after at a gateway of ours,
// and only there.
func TestClientCallResolvesItsDoubt(t *testing.T) {
	tests := map[string]struct {
		lookup string // what the gateway knows of the reference
		ours   bool   // it has shown that it is ours
		ref    gateway.Reference
		want   gateway.ReqID // zero: it stays in doubt
	}{
		"it was accepted":      {`{"state":"queued","reqid":17}`, true, "aa", 17},
		"it has ended already": {`{"state":"done","reqid":17}`, true, "aa", 17},
		"it is not known":      {`{"state":"unknown"}`, true, "aa", 0},
		"it was withdrawn":     {`{"state":"voided","reqid":17}`, true, "aa", 0},
		"nonsense":             {`{"state":"fine"}`, true, "aa", 0},
		"no reference":         {`{"state":"queued","reqid":17}`, true, "", 0},
		"a foreign gateway":    {`{"state":"queued","reqid":17}`, false, "aa", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var calls, lookups atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if test.ours {
					w.Header().Set(gateway.HeaderGateway, "1.0")
				}
				switch r.URL.Path {
				case gateway.PathCall:
					calls.Add(1)
					panic(http.ErrAbortHandler)
				case gateway.PathReferences + "aa":
					lookups.Add(1)
					_, _ = io.WriteString(w, test.lookup)
				}
			})
			if _, err := c.About(t.Context()); test.ours && err == nil {
				t.Error("an empty page is read as About")
			}
			q := request()
			q.Reference = test.ref
			id, err := c.Call(t.Context(), q)
			if id != test.want || errors.Is(err, gateway.ErrInDoubt) != (test.want == 0) {
				t.Errorf("got %d, %v", id, err)
			}
			if asked := lookups.Load() > 0; calls.Load() != 1 || asked != (test.ours && test.ref != "") {
				t.Errorf("sent %d times, looked up %d times", calls.Load(), lookups.Load())
			}
		})
	}
}

// A request that ends while it waits for its reply may have been accepted; one
// that had ended before was never sent.
func TestClientCallCancelled(t *testing.T) {
	arrived, ctx := make(chan struct{}), t.Context()
	ctx, cancel := context.WithCancel(ctx)
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		// The server notices that the client has gone once it has read all.
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		close(arrived)
		<-r.Context().Done()
	})
	go func() {
		<-arrived
		cancel()
	}()
	if _, err := c.Call(ctx, request()); !errors.Is(err, gateway.ErrInDoubt) || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled under way: %v", err)
	}
	if _, err := c.Call(ctx, request()); !errors.Is(err, gateway.ErrUnreachable) {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestClientTimeout(t *testing.T) {
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	c.Timeout = time.Millisecond
	_, err := c.Status(t.Context(), 1)
	if err == nil {
		t.Error("a gateway that does not answer is waited for")
	}
}

// A call request that failed is never sent again, whatever the transport does.
func TestClientNeverRepeatsACall(t *testing.T) {
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == gateway.PathStatus {
			_, _ = io.WriteString(w, "[]")
			return
		}
		calls.Add(1)
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		panic(http.ErrAbortHandler)
	})
	// The call goes out on a connection that has been used before.
	if _, err := c.Status(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Call(t.Context(), request()); !errors.Is(err, gateway.ErrInDoubt) {
		t.Errorf("got %v", err)
	}
	if n := calls.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestClientKeepsItsConnection(t *testing.T) {
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Connection") != "keep-alive" {
			t.Errorf("Connection is %q", r.Header.Get("Connection"))
		}
		_, _ = io.WriteString(w, "[]")
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c := &gateway.Client{URL: server.URL + "/"}
	for range 5 {
		if _, err := c.Status(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections were opened", n)
	}
}

func TestClientStatus(t *testing.T) {
	for name, capture := range captures() {
		t.Run(name, func(t *testing.T) {
			got, err := foreign(t, 200, capture.body).Status(t.Context(), 7)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(capture.status, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	_, err := foreign(t, 200, "ERROR: no such call record: 7").Status(t.Context(), 7)
	if !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("no such call record is read as %v", err)
	}
}

func TestClientRemove(t *testing.T) {
	var asked string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		asked = r.Form.Encode()
		_, _ = io.WriteString(w, gateway.Removed)
	})
	for want, how := range map[string]gateway.Removal{
		"reqid=12":            {},
		"ifqueued=1&reqid=12": {IfQueued: true},
		"hangup=1&reqid=12":   {Hangup: true},
	} {
		if err := c.Remove(t.Context(), 12, how); err != nil || asked != want {
			t.Errorf("asked %q, want %q: %v", asked, want, err)
		}
	}
	err := foreign(t, 200, "ERROR: no such call record: 12").Remove(t.Context(), 12, gateway.Removal{})
	if !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("no such call record is read as %v", err)
	}
}
