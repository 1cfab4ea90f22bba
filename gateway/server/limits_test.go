package server_test

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/gateway"
)

// Limits change while calls run, one of them or both.
func TestLimitsChange(t *testing.T) {
	r := start(t, config())
	put := func(body string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, r.URL+"/rollcall/limits", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp, reply := send(t, req)
		return resp.StatusCode, strings.TrimSpace(reply)
	}
	for _, step := range []struct {
		body   string
		status int
		reply  string
	}{
		{`{"rate": 2.5}`, 200, `{"lines":4,"rate":2.5}`},
		{`{"lines": 7}`, 200, `{"lines":7,"rate":2.5}`},
		{`{"lines": 2, "rate": 0}`, 200, `{"lines":2,"rate":0}`},
		{`{"lines": 0}`, 400, ""},
		{`{"lines": 10001}`, 400, ""},
		{`{"rate": -1}`, 400, ""},
		{`{"line": 3}`, 400, ""},
		{`lines=3`, 400, ""},
		{strings.Repeat(" ", 1<<20) + `{"lines": 3}`, 400, ""},
	} {
		status, reply := put(step.body)
		if status != step.status || step.reply != "" && reply != step.reply {
			t.Errorf("%.40s: %d %s, want %d %s", step.body, status, reply, step.status, step.reply)
		}
	}
	if about, err := r.About(t.Context()); err != nil || about.Lines != 2 {
		t.Errorf("about: %+v, %v", about, err)
	}
	if last, _ := r.result(t, gateway.Request{Info: "i", Phone: "00", Text: "x"}).Last(); last.Outcome() != gateway.OutcomeReached {
		t.Errorf("a call after that: %+v", last)
	}
}
