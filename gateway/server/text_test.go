package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/line"
)

// sender takes text messages.
type sender struct {
	url   string
	mu    sync.Mutex
	forms []url.Values
}

func (s *sender) sent() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values(nil), s.forms...)
}

func serveSender(t *testing.T, answer func(http.ResponseWriter)) *sender {
	t.Helper()
	s := &sender{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		s.forms = append(s.forms, r.PostForm)
		s.mu.Unlock()
		answer(w)
	}))
	t.Cleanup(web.Close)
	s.url = web.URL
	return s
}

func TestTextMessage(t *testing.T) {
	hangUp := func(w http.ResponseWriter) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.Close()
	}
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		want   gateway.Outcome
	}{
		"taken":      {func(w http.ResponseWriter) { w.WriteHeader(http.StatusAccepted) }, gateway.OutcomeReached},
		"refused":    {func(w http.ResponseWriter) { w.WriteHeader(http.StatusPaymentRequired) }, gateway.OutcomeFlowBroken},
		"broken off": {hangUp, gateway.OutcomeInterrupted}, // it may have been taken: never sent again
	} {
		t.Run(name, func(t *testing.T) {
			out := serveSender(t, test.answer)
			c := config()
			quiet := &stubLine{}
			c.Line, c.SMS = quiet, out.url
			r := start(t, c)
			id, err := r.Call(t.Context(), gateway.Request{Info: "i", Phone: "+16175550142", Text: "See you at 9", CallerID: "6175550100", SMS: true, FirstOcc: 60e9 * 60})
			if err != nil {
				t.Fatal(err)
			}
			if last, _ := r.final(t, id).Last(); last.Outcome() != test.want {
				t.Errorf("got %+v, want %s", last, test.want)
			}
			want := []url.Values{{"reqid": {itoa(id)}, "to": {"+16175550142"}, "from": {"6175550100"}, "text": {"See you at 9"}}}
			if diff := cmp.Diff(want, out.sent()); diff != "" || len(quiet.dialled()) != 0 {
				t.Errorf("%d calls; sent (-want +got):\n%s", len(quiet.dialled()), diff)
			}
		})
	}
}

// Where no phone rings no text arrives either.
func TestTextMessagePractice(t *testing.T) {
	out := serveSender(t, func(http.ResponseWriter) {})
	c := config()
	c.SMS = out.url
	last, _ := start(t, c).result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello", SMS: true}).Last()
	if last.Outcome() != gateway.OutcomeReached || len(out.sent()) != 0 {
		t.Errorf("got %+v, sent %v", last, out.sent())
	}
}

// An application is a document that the operator has put up.
func TestApplications(t *testing.T) {
	flow := serve(t, map[string]string{"/a.vxml": say("Hello from an address")})
	c := config()
	c.VXMLFolder = t.TempDir()
	if err := os.WriteFile(filepath.Join(c.VXMLFolder, "b.vxml"), []byte(say("Hello from a file")), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Apps = map[string]string{"address": flow.url + "/a.vxml", "file": "b.vxml"}
	heard := &stubCall{who: line.Person}
	c.Line = answering(heard)
	r := start(t, c)
	for _, app := range []string{"address", "file"} {
		// From another machine: the operator's own documents may be anywhere.
		job, err := r.server.Submit(t.Context(), gateway.Request{Info: "i", Phone: "1", StartApp: app}, "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		if last, _ := r.final(t, job.ID).Last(); last.Outcome() != gateway.OutcomeReached {
			t.Errorf("%s: %+v", app, last)
		}
	}
	var said []string
	for _, sound := range heard.heard() {
		said = append(said, sound.Text)
	}
	if diff := cmp.Diff([]string{"Hello from an address", "Hello from a file"}, said); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	if _, err := r.Call(t.Context(), gateway.Request{Info: "i", Phone: "1", StartApp: "other"}); err == nil {
		t.Error("an application that is not deployed was accepted")
	}
}
