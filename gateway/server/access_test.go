package server_test

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/server"
)

const token = "a-token-long-enough"

// remote is a gateway that one other network may ask.
func remote() server.Config {
	c := config()
	c.Allow = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	c.Token = token
	c.Hosts = []string{"calls.example"}
	return c
}

// ask sends a request to s as if from an address, and returns the reply.
func ask(t *testing.T, s *server.Server, from, method, target, body string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://calls.example"+target, strings.NewReader(body))
	r.RemoteAddr = from
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestAccess(t *testing.T) {
	status := gateway.PathStatus + "?reqid=5"
	unknown := "ERROR: no such call record: 5"
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("anybody:"+token))
	tests := map[string]struct {
		from, target, body, authorization string
		want                              string
	}{
		"this machine":             {"127.0.0.1:9", status, "", "", unknown},
		"this machine by IPv6":     {"[::1]:9", status, "", "", unknown},
		"mapped loopback":          {"[::ffff:127.0.0.1]:9", status, "", "", unknown},
		"another network":          {"198.51.100.7:9", status, "", "Bearer " + token, "ERROR: this gateway takes no requests from your address"},
		"no address":               {"@", status, "", "Bearer " + token, "ERROR: this gateway takes no requests from your address"},
		"no token":                 {"192.0.2.7:9", status, "", "", "ERROR: requests from other machines need the access token"},
		"wrong token":              {"192.0.2.7:9", status, "", "Bearer " + token + "x", "ERROR: requests from other machines need the access token"},
		"half a token":             {"192.0.2.7:9", status, "", "Bearer a-token", "ERROR: requests from other machines need the access token"},
		"bearer":                   {"192.0.2.7:9", status, "", "Bearer " + token, unknown},
		"mapped address":           {"[::ffff:192.0.2.7]:9", status, "", "Bearer " + token, unknown},
		"basic":                    {"192.0.2.7:9", status, "", basic, unknown},
		"parameter in the query":   {"192.0.2.7:9", status + "&password=" + token, "", "", unknown},
		"parameter in the body":    {"192.0.2.7:9", status, "password=" + token, "", unknown},
		"elsewhere behind a proxy": {"192.0.2.7:9", status, "", "", "ERROR: requests from other machines need the access token"},
		"behind a proxy":           {"127.0.0.1:9", status, "", "", "ERROR: requests from other machines need the access token"},
		"token behind a proxy":     {"127.0.0.1:9", status, "", "Bearer " + token, unknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			if strings.HasSuffix(name, "behind a proxy") {
				header.Set("X-Forwarded-For", "127.0.0.1")
			}
			if test.authorization != "" {
				header.Set("Authorization", test.authorization)
			}
			w := ask(t, server.New(remote()), test.from, http.MethodPost, test.target, test.body, header)
			if got := w.Body.String(); !strings.HasPrefix(got, test.want) || w.Code != http.StatusOK {
				t.Errorf("got %d %q, want %q", w.Code, got, test.want)
			}
		})
	}
}

// Pages for programs of today tell by their status.
func TestAccessToExtensions(t *testing.T) {
	for _, path := range []string{gateway.PathAbout, gateway.PathChanges, gateway.PathReferences + "ab", "/healthz", "/metrics", "/rollcall/openapi.json"} {
		for from, want := range map[string]int{"127.0.0.1:9": 200, "192.0.2.7:9": 401, "198.51.100.7:9": 403} {
			if w := ask(t, server.New(remote()), from, http.MethodGet, path, "", nil); w.Code != want {
				t.Errorf("%s from %s: %d, want %d", path, from, w.Code, want)
			}
		}
		w := ask(t, server.New(remote()), "192.0.2.7:9", http.MethodGet, path, "", http.Header{"Authorization": {"Bearer " + token}})
		if w.Code != http.StatusOK {
			t.Errorf("%s with the token: %d", path, w.Code)
		}
	}
}

// Nobody else is served where nothing was configured.
func TestClosedByDefault(t *testing.T) {
	w := ask(t, server.New(config()), "192.0.2.7:9", http.MethodGet, gateway.PathAbout, "", http.Header{"Authorization": {"Bearer "}})
	if w.Code != http.StatusForbidden {
		t.Errorf("got %d", w.Code)
	}
	c := remote()
	c.Token = ""
	w = ask(t, server.New(c), "192.0.2.7:9", http.MethodGet, gateway.PathAbout, "", http.Header{"Authorization": {"Bearer "}})
	if w.Code != http.StatusUnauthorized {
		t.Errorf("without a token: got %d", w.Code)
	}
}

// Another machine is slowed down, by itself alone; this one is not.
func TestRequestsPerAddress(t *testing.T) {
	s := server.New(remote())
	header := http.Header{"Authorization": {"Bearer " + token}}
	refused := func(from string, n int) int {
		count := 0
		for range n {
			w := ask(t, s, from, http.MethodGet, gateway.PathStatus+"?reqid=5", "", header)
			if strings.Contains(w.Body.String(), "too many requests") {
				count++
			}
		}
		return count
	}
	if n := refused("192.0.2.7:9", 2_000); n < 1_000 {
		t.Errorf("%d of 2,000 requests at once were refused", n)
	}
	slowed := false
	for range 2_000 { // some come when a little of the quota is back
		slowed = slowed || ask(t, s, "192.0.2.7:10", http.MethodGet, gateway.PathAbout, "", header).Code == http.StatusTooManyRequests
	}
	if !slowed {
		t.Error("other pages are not counted")
	}
	if n := refused("192.0.2.8:9", 50) + refused("127.0.0.1:9", 2_000); n != 0 {
		t.Errorf("%d requests of others were refused", n)
	}
}

// A request may not bring more than it can need.
func TestRequestLimits(t *testing.T) {
	s := server.New(config())
	many := ""
	for i := range 300 {
		many += "&p" + itoa(gateway.ReqID(i)) + "=1"
	}
	for name, body := range map[string]string{"too many parameters": many, "too long": strings.Repeat("x", 2<<20)} {
		w := ask(t, s, "127.0.0.1:9", http.MethodPost, gateway.PathCall, body, http.Header{"Host": {"localhost"}})
		if !strings.HasPrefix(w.Body.String(), "ERROR: ") {
			t.Errorf("%s: %.80q", name, w.Body.String())
		}
	}
}

// What waits has a bound.
func TestQueueIsFull(t *testing.T) {
	c := config()
	c.MaxQueue = 3
	s := start(t, c)
	var last error
	for range 5 {
		_, last = s.Call(t.Context(), gateway.Request{Info: "i", Phone: "1", Text: "x", CallTime: 60e9 * 60, FirstOcc: 60e9 * 120})
		s.server.Recount()
	}
	if last == nil || !strings.Contains(last.Error(), "the queue is full") {
		t.Errorf("the fifth call that waits: %v", last)
	}
}
