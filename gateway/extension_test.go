package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

func TestClientAtAForeignGateway(t *testing.T) {
	for _, status := range []int{200, 404} {
		c := foreign(t, status, "<html>Voicent Gateway</html>")
		if about, err := c.About(t.Context()); err != nil || about != (gateway.About{}) {
			t.Errorf("About is %+v, %v", about, err)
		}
		if _, err := c.Lookup(t.Context(), "ab"); !errors.Is(err, gateway.ErrNotExtended) {
			t.Errorf("Lookup is %v", err)
		}
		if _, err := c.Changes(t.Context(), "", 0); !errors.Is(err, gateway.ErrNotExtended) {
			t.Errorf("Changes is %v", err)
		}
		if _, err := c.Void(t.Context(), "ab"); !errors.Is(err, gateway.ErrNotExtended) {
			t.Errorf("Void is %v", err)
		}
	}
	away := &gateway.Client{URL: "http://" + deafAddress(t)}
	if _, err := away.About(t.Context()); !errors.Is(err, gateway.ErrUnreachable) {
		t.Errorf("a gateway that is away says %v", err)
	}
}

// ours is a gateway that knows the extensions and gives one answer.
func ours(t *testing.T, status int, body string) *gateway.Client {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(gateway.HeaderGateway, "1.0")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the client hangs up on what is too long
	})
}

func TestClientAtOurGateway(t *testing.T) {
	about, err := ours(t, 200, `{"version":"1.0","practice":true,"lines":8,"busy":3}`).About(t.Context())
	want := gateway.About{Extended: true, Version: "1.0", Practice: true, Lines: 8, Busy: 3}
	if diff := cmp.Diff(want, about); diff != "" || err != nil {
		t.Errorf("about %v (-want +got):\n%s", err, diff)
	}
	c := ours(t, 200, `{"state":"queued","reqid":17}`)
	for name, ask := range map[string]func(context.Context, gateway.Reference) (gateway.Lookup, error){"look up": c.Lookup, "void": c.Void} {
		found, err := ask(t.Context(), "aa")
		if diff := cmp.Diff(gateway.Lookup{State: gateway.LookupQueued, ReqID: 17}, found); diff != "" || err != nil {
			t.Errorf("%s %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestClientExtensionsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   string // of the refusal; empty: the reply is not one
	}{
		"in words":       {400, `{"error":"this is not a reference"}`, "this is not a reference"},
		"without words":  {500, `{}`, "Internal Server Error"},
		"not in JSON":    {403, `<html>`, "Forbidden"},
		"broken success": {200, `{"state":`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := ours(t, test.status, test.body)
			_, lookupErr := c.Lookup(t.Context(), "aa")
			_, voidErr := c.Void(t.Context(), "aa")
			_, aboutErr := c.About(t.Context())
			_, changesErr := c.Changes(t.Context(), "", 0)
			for _, err := range []error{lookupErr, voidErr, aboutErr, changesErr} {
				var refused *gateway.RefusedError
				said := errors.As(err, &refused)
				if err == nil || said != (test.want != "") || said && refused.Reason != test.want {
					t.Errorf("error %v, want a refusal %q", err, test.want)
				}
			}
		})
	}
}

func TestClientChanges(t *testing.T) {
	var asked string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.URL.String()
		w.Header().Set(gateway.HeaderGateway, "1.0")
		w.Header().Set(gateway.HeaderLine, gateway.LinePractice)
		_, _ = io.WriteString(w, `{"cursor":"43","reset":true,"changes":[{"reqid":17,"reference":"aa","state":"done",
			"attempts":[{"state":"made","made":"2008-04-17T12:24:03+01:00","due":"2008-04-17T12:24:00+01:00",
			"reason":"Call succeeded","answers":[{"name":"confirm","value":"1"}]}]},{"reqid":18,"state":"unknown"}]}`)
	})
	got, err := c.Changes(t.Context(), "4 2", 1500*time.Millisecond)
	if err != nil || asked != "GET /rollcall/changes?after=4+2&wait=2" {
		t.Errorf("asked %s: %v", asked, err)
	}
	due := time.Date(2008, 4, 17, 12, 24, 0, 0, bst())
	want := gateway.Changes{Cursor: "43", Reset: true, Practice: true, Changes: []gateway.Change{
		{ReqID: 17, Reference: "aa", State: gateway.LookupDone, Attempts: []gateway.Attempt{{
			State: gateway.StateMade, Made: due.Add(3 * time.Second), Due: due, Reason: gateway.ReasonSucceeded,
			Answers: []gateway.Answer{{Name: "confirm", Value: "1"}},
		}}},
		{ReqID: 18, State: gateway.LookupUnknown},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for wait, want := range map[time.Duration]string{-1: "wait=0", 0: "wait=0", time.Hour: "wait=25"} {
		if _, err := c.Changes(t.Context(), "", wait); err != nil || !strings.HasSuffix(asked, "?"+want) {
			t.Errorf("to wait for %v is asked %s: %v", wait, asked, err)
		}
	}
}

// The time limit is that of an answer; waiting for a change comes on top.
func TestClientChangesMayWait(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(300 * time.Millisecond):
		}
		w.Header().Set(gateway.HeaderGateway, "1.0")
		_, _ = io.WriteString(w, `{"cursor":"1"}`)
	})
	c.Timeout = 50 * time.Millisecond
	if _, err := c.Changes(t.Context(), "1", 10*time.Second); err != nil {
		t.Errorf("an answer after 0.3 of 10 s comes too late: %v", err)
	}
	if _, err := c.Changes(t.Context(), "1", 0); err == nil {
		t.Error("an answer at once may take 0.3 s")
	}
}

func TestClientDoesNotTrustOurGateway(t *testing.T) {
	ask := func(body, page string) error {
		c := ours(t, 200, body)
		var err error
		switch page {
		case "about":
			_, err = c.About(t.Context())
		case "lookup":
			_, err = c.Lookup(t.Context(), "aa")
		case "changes":
			_, err = c.Changes(t.Context(), "", 0)
		}
		return err
	}
	many := strings.Builder{}
	for id := range gateway.MaxChanges {
		fmt.Fprintf(&many, `{"reqid":%d,"state":"done"},`, id+1)
	}
	const last = `{"reqid":5000,"state":"done"}`
	for _, test := range []struct{ page, body string }{
		{"about", `{"lines":-1}`},
		{"about", `{"lines":1e99}`},
		{"about", `[]`},
		{"lookup", `{"state":"queued","reqid":-1}`},
		{"lookup", `{}`},
		{"lookup", `null`},
		{"changes", `{"changes":[]}`},
		{"changes", `{"cursor":"` + strings.Repeat("1", 201) + `"}`},
		{"changes", `{"cursor":"1","changes":[{"reqid":0,"state":"done"}]}`},
		{"changes", `{"cursor":"1","changes":[{"reqid":1,"state":"voided"}]}`},
		{"changes", `{"cursor":"1","changes":[{"reqid":1,"state":"done"},{"reqid":1,"state":"done"}]}`},
		{"changes", `{"cursor":"1","changes":[{"reqid":1,"state":"done","attempts":[{"made":"today"}]}]}`},
		{"changes", `{"cursor":"1","changes":[` + many.String() + last + `]}`},
	} {
		if err := ask(test.body, test.page); !errors.Is(err, gateway.ErrUnreadable) {
			t.Errorf("%s %.80s: %v", test.page, test.body, err)
		}
	}
	full := `{"cursor":"1","changes":[` + strings.TrimSuffix(many.String(), ",") + `]}`
	if err := ask(full, "changes"); err != nil {
		t.Errorf("a full reply: %v", err)
	}
}

// A gateway of ours that is older than the feed has no such page.
func TestClientChangesAtAnOlderGateway(t *testing.T) {
	_, err := ours(t, 404, `{"error":"this gateway has no such page"}`).Changes(t.Context(), "", 0)
	if !errors.Is(err, gateway.ErrNotExtended) {
		t.Errorf("got %v", err)
	}
}
