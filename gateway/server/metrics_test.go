package server_test

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/gateway"
)

func TestMetrics(t *testing.T) {
	r := start(t, config())
	r.result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"})
	r.result(t, gateway.Request{Info: "i", Phone: "6175550180", Text: "Hello"})
	resp, body := get(t, r.URL[len("http://"):], "/metrics")
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain") {
		t.Fatalf("got %d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	for _, want := range []string{
		"\nrollcall_lines 4\n", "\nrollcall_lines_busy 0\n", "\nrollcall_calls_waiting 0\n",
		"\nrollcall_tries_total{outcome=\"reached\"} 1\n", "\nrollcall_tries_total{outcome=\"busy\"} 1\n",
		"\nrollcall_requests_total{page=\"request\"} 2\n", "rollcall_request_seconds_bucket", "go_goroutines", "process_resident_memory_bytes",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in:\n%s", want, body)
		}
	}
}

func TestHealth(t *testing.T) {
	c := config()
	c.Journal = &broken{}
	for address, want := range map[string]struct {
		status int
		body   string
	}{
		idle(t, config()): {http.StatusOK, `{"status":"ok"}`},
		idle(t, c):        {http.StatusServiceUnavailable, `{"status":"the gateway cannot read its journal"}`},
	} {
		resp, body := get(t, address, "/healthz")
		if resp.StatusCode != want.status || strings.TrimSpace(body) != want.body {
			t.Errorf("got %d %s, want %d %s", resp.StatusCode, body, want.status, want.body)
		}
	}
	for _, path := range []string{"/healthz", "/metrics"} {
		reply := raw(t, idle(t, config()), "GET "+path+" HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
		if !strings.Contains(reply, " 403 Forbidden\r\n") {
			t.Errorf("%s by another name: %q", path, reply)
		}
		reply = raw(t, idle(t, config()), "POST "+path+" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		if !strings.Contains(reply, " 405 Method Not Allowed\r\n") {
			t.Errorf("%s by POST: %q", path, reply)
		}
	}
}
