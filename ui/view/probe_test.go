package view_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/ui/view"
)

// askable is a gateway that remembers what it was asked for.
type askable struct {
	extended, refuses, keeps bool
	asked                    []gateway.Request
	removed, voided          int
	ifQueued                 bool
}

func (g *askable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.extended {
		w.Header().Set(gateway.HeaderGateway, "0.1.0")
	}
	_ = r.ParseForm()
	switch {
	case r.URL.Path == gateway.PathAbout && g.refuses:
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, `{"error":"192.0.2.77 may not ask"}`)
	case r.URL.Path == gateway.PathAbout && g.extended:
		_, _ = fmt.Fprint(w, `{"version":"0.1.0","practice":true,"lines":6}`)
	case r.URL.Path == gateway.PathStatus:
		_, _ = w.Write(gateway.FormatNoRecord(r.Form.Get("reqid")))
	case r.URL.Path == gateway.PathCall:
		request, err := gateway.ParseRequest(r.Form)
		if err != nil {
			_, _ = w.Write(gateway.FormatError(err.Error()))
			return
		}
		g.asked = append(g.asked, request)
		_, _ = w.Write(gateway.FormatAccepted(time.Now().Add(request.CallTime), 7))
	case r.URL.Path == gateway.PathRemove && !g.keeps:
		g.removed, g.ifQueued = g.removed+1, r.Form.Get("ifqueued") == "1"
		_, _ = fmt.Fprint(w, gateway.Removed)
	case r.URL.Path == gateway.PathRemove:
		_, _ = w.Write(gateway.FormatError("it cannot be removed"))
	case strings.HasPrefix(r.URL.Path, gateway.PathReferences) && r.Method == http.MethodDelete:
		g.voided++
		_, _ = fmt.Fprint(w, `{"state":"voided"}`)
	default:
		http.NotFound(w, r)
	}
}

func probe(t *testing.T, h http.Handler) view.Probe {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	office, err := testApp(&gatewayLog{}, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	p := office.ProbeGateway(t.Context(), view.OfficeGateway{URL: server.URL}, func(view.Probe) { steps++ })
	if _, failed := p.Failed(); !failed && steps != 3 {
		t.Errorf("told %d times how far it is", steps)
	}
	return p
}

func states(p view.Probe) [4]view.ProbeState {
	return [4]view.ProbeState{p.Steps[0].State, p.Steps[1].State, p.Steps[2].State, p.Steps[3].State}
}

const (
	untried = view.ProbeUntried
	passed  = view.ProbePassed
	failed  = view.ProbeFailed
	skipped = view.ProbeSkipped
)

func TestAGatewayOfOursTakesARequestForTomorrowAndRemovesIt(t *testing.T) {
	g := &askable{extended: true}
	p := probe(t, g)
	if states(p) != [4]view.ProbeState{passed, passed, passed, passed} || !p.Passed() || !strings.HasPrefix(p.Words(), "Ready, ") {
		t.Errorf("%v, %q", states(p), p.Words())
	}
	if p.Steps[2].More != "6 lines, version 0.1.0" {
		t.Errorf("said of it: %q", p.Steps[2].More)
	}
	if len(g.asked) != 1 || g.asked[0].CallTime < 12*time.Hour || g.asked[0].FirstOcc != 0 || g.asked[0].Reference == "" {
		t.Fatalf("asked for %+v", g.asked)
	}
	if n := g.asked[0].Phone.Digits(); !strings.Contains(n, "55501") {
		t.Errorf("a number that somebody may have: %s", n)
	}
	if g.removed != 1 || !g.ifQueued {
		t.Errorf("removed %d times, only if it was not dialled: %v", g.removed, g.ifQueued)
	}
}

func TestARequestThatStaysIsWithdrawn(t *testing.T) {
	g := &askable{extended: true, keeps: true}
	p := probe(t, g)
	if states(p) != [4]view.ProbeState{passed, passed, passed, failed} || g.voided != 1 || p.Words() != "Takes no request" {
		t.Errorf("%v, %q, withdrawn %d times", states(p), p.Words(), g.voided)
	}
}

func TestAForeignGatewayIsNotAskedForACall(t *testing.T) {
	g := &askable{}
	p := probe(t, g)
	if states(p) != [4]view.ProbeState{passed, passed, passed, skipped} || !p.Passed() || len(g.asked) != 0 {
		t.Errorf("%v, asked for %d calls", states(p), len(g.asked))
	}
	if !strings.HasPrefix(p.Steps[3].More, "Not tried") {
		t.Errorf("said: %q", p.Steps[3].More)
	}
}

func TestWhatIsWrongIsToldAtItsStep(t *testing.T) {
	p := probe(t, http.NotFoundHandler())
	if states(p) != [4]view.ProbeState{passed, passed, failed, untried} || p.Words() != "No gateway" {
		t.Errorf("a web server: %v, %q", states(p), p.Words())
	}
	p = probe(t, &askable{extended: true, refuses: true})
	if wrong, _ := p.Failed(); states(p) != [4]view.ProbeState{passed, passed, failed, untried} || !strings.Contains(wrong.More, "192.0.2.77 may not ask") {
		t.Errorf("one that lets nobody in: %v, %+v", states(p), wrong)
	}
	office, err := testApp(&gatewayLog{}, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, test := range []struct {
		url  string
		want [4]view.ProbeState
		says string
	}{
		{gone.URL, [4]view.ProbeState{passed, failed, untried, untried}, "Nothing listens on port"},
		{"http://no..computer:8155", [4]view.ProbeState{failed, untried, untried, untried}, "No computer is called no..computer"},
	} {
		p := office.ProbeGateway(t.Context(), view.OfficeGateway{URL: test.url}, func(view.Probe) { t.Error("told of a step that went well") })
		wrong, _ := p.Failed()
		if states(p) != test.want || !strings.Contains(wrong.Title, test.says) || p.Words() != "Does not answer" || p.Passed() {
			t.Errorf("%s: %v, %+v", test.url, states(p), wrong)
		}
		if details := p.Details(); !strings.Contains(details, test.url) || !strings.Contains(details, "FAILED "+wrong.Title) {
			t.Errorf("details: %s", details)
		}
	}
}

// mute accepts connections and says nothing.
func mute(t *testing.T) string {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	return "http://" + ln.Addr().String()
}

func TestAGatewayThatSaysNothingIsGivenUp(t *testing.T) {
	office, err := testApp(&gatewayLog{}, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p := office.ProbeGateway(ctx, view.OfficeGateway{URL: mute(t), Patience: 50 * time.Millisecond}, func(view.Probe) {})
	if states(p) != [4]view.ProbeState{passed, passed, failed, untried} || ctx.Err() != nil {
		t.Errorf("%v, %v", states(p), ctx.Err())
	}
}

func TestTheBuiltInGatewayIsStartedForItsTest(t *testing.T) {
	l := &gatewayLog{}
	office, err := testApp(l, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	p := office.ProbeGateway(t.Context(), view.OfficeGateway{Lines: 3}, func(view.Probe) {})
	if l.opened != 1 || p.URL != l.URL() {
		t.Errorf("%d were started, tested %s", l.opened, p.URL)
	}
	if err := office.Close(); err != nil || l.closed != 1 {
		t.Errorf("%v, %d were ended", err, l.closed)
	}
}
