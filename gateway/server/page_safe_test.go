package server_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/server"
)

// These tests hold the page to what it must not show, do or become.

// secrets is what only a reader who is logged in on this machine sees.
func secrets() []string {
	return []string{"Isolde", "Wrenmoor", "(303) 555-0186", "Flu clinic", "flows.example.org", "agreed", "3125550123"}
}

func TestPageMasks(t *testing.T) {
	c := remote()
	job := done(t, c, isolde(), attempt(gateway.OutcomeReached, gateway.Answer{Name: "choice", Value: "agreed"}))
	queued(t, c, isolde())
	s := server.New(c)
	passed := func(r *reader, name, value string) *reader {
		r.header.Set(name, value)
		return r
	}
	with := func(from string, cookie *http.Cookie) *reader {
		r := readFrom(t, s, from)
		r.cookie = cookie
		return r
	}
	ticket := readFrom(t, s, here).login(s).cookie
	for name, test := range map[string]struct {
		reader *reader
		open   bool
	}{
		"here":                             {with(here, nil), false},
		"here, logged in":                  {with(here, ticket), true},
		"here by IPv6, logged in":          {with(here6, ticket), true},
		"here, IPv4 in IPv6, logged in":    {with("[::ffff:127.0.0.1]:5", ticket), true},
		"here with a made-up cookie":       {with(here, &http.Cookie{Name: ticket.Name, Value: "ABC"}), false},
		"away":                             {with(away, nil), false},
		"away, logged in":                  {with(away, ticket), false},
		"away, said to be here, logged in": {passed(with(away, ticket), "X-Forwarded-For", "127.0.0.1"), false},
		"away, Forwarded, logged in":       {passed(with(away, ticket), "Forwarded", "for=127.0.0.1"), false},
		"passed on by a proxy here":        {passed(with(here, ticket), "X-Forwarded-For", "192.0.2.7"), false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"/", "/calls/" + itoa(job.ID)} {
				page := test.reader.page(path)
				if test.open {
					has(t, page, "(303) 555-0186", "agreed", "Log out")
					continue
				}
				hasNot(t, page, append(secrets(), "hush", "Log out")...)
				has(t, page, gateway.Phone("(303) 555-0186").Masked())
			}
			detail := test.reader.page("/calls/" + itoa(job.ID))
			if test.open {
				has(t, detail, secrets()...)
			} else {
				has(t, detail, "I. W.", "Hidden", "Address, hidden", "1, hidden")
			}
			hasNot(t, detail, "hush")
		})
	}
}

func TestPagePlays(t *testing.T) {
	for want, q := range map[string]gateway.Request{
		"Plays Text: Dear Isolde":       {Text: "Dear Isolde"},
		"Plays File: /flows/flu.vxml":   {StartVXML: "/flows/flu.vxml", ExitVXML: "/flows/end.vxml"},
		"Plays Recording: /flows/a.wav": {AudioFile: "/flows/a.wav"},
		"Plays Address: cannot be read": {StartURL: "http://[hush"},
		"Plays Voice application: flu":  {StartApp: "flu"},
	} {
		c := config()
		job := queued(t, c, q)
		s := server.New(c)
		r := readFrom(t, s, here)
		_, what, _ := strings.Cut(want, ": ")
		hasNot(t, r.page("/calls/"+itoa(job.ID)), what)
		page := r.login(s).page("/calls/" + itoa(job.ID))
		has(t, words(page), want)
		hasNot(t, page, "hush")
	}
}

// No page is longer than its bounds, whatever clients send.
func TestPageBounds(t *testing.T) {
	c := config()
	long := strings.Repeat("W", 1<<20)
	answers := make([]gateway.Answer, 200)
	for i := range answers {
		answers[i] = gateway.Answer{Name: long, Value: long}
	}
	var last scheduler.Job
	for range 1234 {
		queued(t, c, gateway.Request{Phone: "6175550142", Attendee: long})
	}
	for range 60 {
		last = done(t, c, gateway.Request{Info: long, Attendee: long, Phone: gateway.Phone(long), StartURL: "http://h/" + long}, attempt(gateway.OutcomeReached, answers[:3]...))
	}
	many := done(t, c, gateway.Request{Info: long, Text: long}, append(make([]gateway.Attempt, 150), attempt(gateway.OutcomeReached, answers...))...)
	s := server.New(c)
	r := readFrom(t, s, here).login(s)
	overview := r.page("/")
	has(t, words(overview), "The next 50 of 1,234", "The newest 50 of 61", "Waiting 1,234")
	detail := r.page("/calls/" + itoa(many.ID))
	has(t, words(detail), "The newest 100; 51 older ones are not shown", "and 150 more")
	// An hour of two digits makes a row some bytes longer than one of one digit.
	for path, most := range map[string]int{"/": 400_000, "/calls/" + itoa(last.ID): 20_000, "/calls/" + itoa(many.ID): 60_000, "/?q=142": 61_000} {
		if n := len(r.page(path)); n > most {
			t.Errorf("%s has %d bytes, more than %d", path, n, most)
		}
	}
}

// What clients send is text, never markup.
func TestPageEscapes(t *testing.T) {
	c := config()
	evil := `"'><script>alert(1)</script><img src=x onerror=alert(1)>` + "\x00\x1b\u202e\xff"
	job := done(t, c, gateway.Request{Info: evil, Attendee: evil, Phone: gateway.Phone(evil + "617"), StartURL: "http://h/" + evil, CallerID: evil},
		attempt(gateway.OutcomeReached, gateway.Answer{Name: evil, Value: evil}))
	queued(t, c, gateway.Request{Info: evil, Attendee: evil, Phone: gateway.Phone(evil), StartURL: "javascript:alert(1)"})
	s := server.New(c)
	for _, r := range []*reader{readFrom(t, s, here), readFrom(t, s, here).login(s)} {
		for _, path := range []string{"/", "/calls/" + itoa(job.ID), "/?q=617", "/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"} {
			page := r.page(path)
			hasNot(t, page, "<script", "<img", "\x00", "\x1b", "\u202e", "\xff")
			wellFormed(t, page)
		}
	}
}

// wellFormed reads a page as strictly as XML is read: what is opened is
// closed, and every id is there once.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	ids := map[string]bool{}
	for d := xml.NewDecoder(strings.NewReader(page)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, page)
		}
		element, _ := token.(xml.StartElement)
		for _, a := range element.Attr {
			if a.Name.Local != "id" {
				continue
			}
			if ids[a.Value] {
				t.Errorf("the id %q is there twice", a.Value)
			}
			ids[a.Value] = true
		}
	}
}

func TestPageWellFormed(t *testing.T) {
	c := remote()
	done(t, c, isolde(), attempt(gateway.OutcomeReached))
	s := server.New(c)
	for _, r := range []*reader{readFrom(t, s, here), readFrom(t, s, away), readFrom(t, s, here).login(s)} {
		for _, path := range []string{"/", "/?q=", "/?q=186", "/?q=1", "/login", "/calls/1", "/nothing", "/logout"} {
			wellFormed(t, r.request(http.MethodGet, path, "").Body.String())
		}
	}
}

func TestPageHeaders(t *testing.T) {
	s := server.New(remote())
	for _, path := range []string{"/", "/nothing", "/style.css", "/favicon.ico", "/?q=17"} {
		h := readFrom(t, s, away).request(http.MethodGet, path, "").Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"Referrer-Policy":         "no-referrer",
			"X-Content-Type-Options":  "nosniff",
			"X-Frame-Options":         "DENY",
			"Cache-Control":           "no-store",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
	}
	// With no-referrer a browser would post "Origin: null" even to ourselves.
	if got := readFrom(t, s, here).request(http.MethodGet, "/login", "").Header().Get("Referrer-Policy"); got != "same-origin" {
		t.Errorf("/login: Referrer-Policy is %q", got)
	}
}

// A HEAD request over a real connection has the length and no body.
func TestPageHead(t *testing.T) {
	address := idle(t, config())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodHead, "http://"+address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, body := send(t, req)
	if resp.StatusCode != http.StatusOK || body != "" || resp.ContentLength < 1000 {
		t.Errorf("%d, %d bytes announced, %q", resp.StatusCode, resp.ContentLength, body)
	}
}

// A page whose name was made to resolve to this machine reads nothing.
func TestPageHost(t *testing.T) {
	c := config()
	c.Hosts = []string{"calls.example.org"}
	s := server.New(c)
	for host, status := range map[string]int{
		"localhost:8155": 200, "127.0.0.1:8155": 200, "[::1]:8155": 200, "calls.example.org": 200, "evil.example": 403, "192.0.2.1": 403,
	} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+"/", nil)
		req.RemoteAddr = here
		w := httptest.NewRecorder()
		s.ServeHTTP(w, req)
		if w.Code != status {
			t.Errorf("%s: %d", host, w.Code)
		}
	}
}
