package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/server"
)

func TestFence(t *testing.T) {
	networks := []netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")}
	for address, want := range map[string]bool{
		"8.8.8.8":              true,
		"2606:4700::1111":      true,
		"127.0.0.1":            false,
		"127.8.9.1":            false,
		"::1":                  false,
		"::ffff:127.0.0.1":     false,
		"::ffff:10.1.2.3":      false,
		"::7f00:1":             false, // IPv4-compatible
		"64:ff9b::7f00:1":      false, // NAT64
		"2002:7f00:1::":        false, // 6to4
		"0.0.0.0":              false,
		"::":                   false,
		"10.1.2.3":             false,
		"10.9.1.2":             true, // configured
		"172.31.0.1":           false,
		"192.168.7.7":          true, // the requester
		"192.168.7.8":          false,
		"169.254.169.254":      false,
		"100.64.0.1":           false,
		"fe80::1":              false,
		"fd00::1":              false,
		"224.0.0.1":            false,
		"255.255.255.255":      false,
		"ff02::1":              false,
		"2001:0:7f00:1::":      false, // Teredo
		"198.18.0.1":           false,
		"::ffff:192.168.7.7":   true, // the requester by another name
		"64:ff9b:1::a00:1":     false,
		"fec0::1":              false, // site-local, as it once was
		"192.0.0.170":          false,
		"2001:4860:4860::8888": true,
	} {
		if got := server.FenceLets(netip.MustParseAddr("192.168.7.7"), networks, netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t, want %t", address, got, want)
		}
	}
}

// A request from another machine has nothing fetched from this one: neither
// its document, nor where that redirects to, nor what it refers to.
func TestFetchesForOthers(t *testing.T) {
	inner := serve(t, map[string]string{"/secret": say("secret"), "/a.vxml": say("Hello")})
	moved := httptest.NewServer(http.RedirectHandler(inner.url+"/secret", http.StatusFound))
	t.Cleanup(moved.Close)
	c := config()
	quiet := answering(&stubCall{})
	c.Line = quiet
	s := start(t, c)
	call := func(from, address string) gateway.Outcome {
		job, err := s.server.Submit(t.Context(), gateway.Request{Info: "i", Phone: "1", StartURL: address}, from)
		if err != nil {
			t.Fatal(err)
		}
		last, _ := s.final(t, job.ID).Last()
		return last.Outcome()
	}
	if got := call("", inner.url+"/a.vxml"); got != gateway.OutcomeReached {
		t.Errorf("for this machine: %s", got)
	}
	seen := len(inner.log())
	for _, address := range []string{inner.url + "/a.vxml", moved.URL, strings.Replace(inner.url, "127.0.0.1", "localhost", 1) + "/a.vxml"} {
		if got := call("192.0.2.7", address); got != gateway.OutcomeFlowMissing {
			t.Errorf("%s for another machine: %s", address, got)
		}
	}
	if n := len(inner.log()) - seen; n != 0 {
		t.Errorf("%d requests reached a private address", n)
	}
	if n := len(quiet.dialled()); n != 1 {
		t.Errorf("dialled %d times", n)
	}
}

// The requester's own address may be fetched from, configured networks too.
func TestFetchesFromAllowedAddresses(t *testing.T) {
	inner := serve(t, map[string]string{"/a.vxml": say("Hello")})
	for name, test := range map[string]struct {
		from     string
		networks []netip.Prefix
	}{
		"requester":  {"127.0.0.1", nil}, // only to have an address that answers here
		"configured": {"192.0.2.7", []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
	} {
		c := config()
		c.Networks = test.networks
		s := start(t, c)
		job, err := s.server.Submit(t.Context(), gateway.Request{Info: "i", Phone: "00", StartURL: inner.url + "/a.vxml"}, test.from)
		if err != nil {
			t.Fatal(err)
		}
		if last, _ := s.final(t, job.ID).Last(); last.Outcome() != gateway.OutcomeReached {
			t.Errorf("%s: %+v", name, last)
		}
	}
}

// Redirects are bounded, and lead to the web alone.
func TestRedirects(t *testing.T) {
	var loop *httptest.Server
	loop = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target := loop.URL + r.URL.Path + "x"
		if r.URL.Path == "/file" {
			target = "file:///etc/passwd"
		}
		http.Redirect(w, r, target, http.StatusFound)
	}))
	t.Cleanup(loop.Close)
	s := start(t, config())
	for _, path := range []string{"/", "/file"} {
		last, _ := s.result(t, gateway.Request{Info: "i", Phone: "00", StartURL: loop.URL + path}).Last()
		if last.Outcome() != gateway.OutcomeFlowMissing {
			t.Errorf("%s: %+v", path, last)
		}
	}
}

// Slow clients do not hold a connection for ever, and the end of the gateway
// ends questions that wait.
func TestWaitingQuestionsEnd(t *testing.T) {
	s := start(t, config())
	first, err := http.Get(s.URL + gateway.PathChanges)
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Body.Close()
	answered := make(chan error, 1)
	asked := make(chan struct{})
	go func() {
		ctx := context.WithoutCancel(t.Context())
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+gateway.PathChanges+"?after=0&wait=25", nil)
		if err == nil {
			close(asked)
			var resp *http.Response
			if resp, err = http.DefaultClient.Do(req); err == nil {
				err = resp.Body.Close()
			}
		}
		answered <- err
	}()
	<-asked
	for s.server.Waiting() == 0 {
		pause(t)
	}
	s.stop()
	if err := <-answered; err != nil {
		t.Errorf("the question ended with %v", err)
	}
}
