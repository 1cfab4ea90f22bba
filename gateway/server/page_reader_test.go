package server_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/server"
)

// This file is how tests read the page, and the calls it shows.

// reader is somebody's browser.
type reader struct {
	t      *testing.T
	site   http.Handler
	from   string
	header http.Header
	cookie *http.Cookie // of the last log-in or log-out
}

func readFrom(t *testing.T, site http.Handler, from string) *reader {
	return &reader{t: t, site: site, from: from, header: http.Header{}}
}

func (r *reader) request(method, path, form string) *httptest.ResponseRecorder {
	r.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = "http://localhost:8155" + path
	}
	req := httptest.NewRequestWithContext(r.t.Context(), method, path, strings.NewReader(form))
	req.RemoteAddr = r.from
	req.SetBasicAuth("reader", token)
	if method == http.MethodPost {
		req.Header.Set("Origin", "http://localhost:8155")
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, values := range r.header {
		req.Header[name] = values
	}
	if r.cookie != nil {
		req.AddCookie(r.cookie)
	}
	w := httptest.NewRecorder()
	r.site.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		r.cookie = c
	}
	return w
}

// page returns an address's body, which must come with status 200.
func (r *reader) page(path string) string {
	r.t.Helper()
	w := r.request(http.MethodGet, path, "")
	if w.Code != http.StatusOK {
		r.t.Fatalf("GET %s: %d", path, w.Code)
	}
	return w.Body.String()
}

// login logs in with the gateway's own code.
func (r *reader) login(s *server.Server) *reader {
	r.t.Helper()
	if w := r.request(http.MethodPost, "/login", "code="+cmp.Or(s.PageCode(), token)); w.Code != http.StatusSeeOther {
		r.t.Fatalf("log in: %d %s", w.Code, words(w.Body.String()))
	}
	return r
}

// words is a page without its markup.
func words(page string) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")), " ")
}

// has and hasNot look for texts in a page.
func has(t *testing.T, page string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q: %s", want, words(page))
		}
	}
}

func hasNot(t *testing.T, page string, unwanted ...string) {
	t.Helper()
	for _, no := range unwanted {
		if strings.Contains(page, no) {
			t.Errorf("the page holds %q: %s", no, words(page))
		}
	}
}

// queued puts a job into the journal of c that is due in an hour.
func queued(t testing.TB, c server.Config, r gateway.Request) scheduler.Job {
	t.Helper()
	now := time.Now()
	job, err := c.Journal.Accept(t.Context(), scheduler.Job{
		Request: r, Accepted: now, Due: now.Add(time.Hour), FirstDue: now.Add(time.Hour), Expires: now.Add(2 * time.Hour), State: scheduler.JobQueued,
	})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// done puts a job into the journal of c that has ended with attempts.
func done(t testing.TB, c server.Config, r gateway.Request, attempts ...gateway.Attempt) scheduler.Job {
	t.Helper()
	now := time.Now()
	job, err := c.Journal.Accept(t.Context(), scheduler.Job{
		Request: r, Accepted: now, Due: now, FirstDue: now, Expires: now.Add(time.Hour), State: scheduler.JobQueued,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Journal.Claim(t.Context(), "gateway", now, now.Add(time.Hour), 1); err != nil {
		t.Fatal(err)
	}
	job.State, job.Attempts, job.Dialled = scheduler.JobDone, attempts, len(attempts)
	if err := c.Journal.Settle(t.Context(), job, "gateway"); err != nil {
		t.Fatal(err)
	}
	return job
}

// isolde is a call with all that must not be seen by everybody.
func isolde() gateway.Request {
	return gateway.Request{
		Info: "Flu clinic", Attendee: "Isolde Wrenmoor", Phone: "(303) 555-0186", CallerID: "3125550123",
		StartURL: "https://user:hush@flows.example.org/flu.vxml?patient=17&key=hush#hush",
	}
}

func attempt(o gateway.Outcome, answers ...gateway.Answer) gateway.Attempt {
	state, reason := o.Words()
	return gateway.Attempt{State: state, Reason: reason, Made: time.Now(), Answers: answers}
}
