package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway/server"
)

func TestPageCode(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		code := server.New(config()).PageCode()
		if !regexp.MustCompile(`^[ACDEFGHJKMNPQRTUVWXY2-7]{8}$`).MatchString(code) || seen[code] {
			t.Errorf("the code is %q", code)
		}
		seen[code] = true
	}
	c := config()
	c.Token = "a secret"
	if code := server.New(c).PageCode(); code != "" {
		t.Errorf("with a token the code is %q", code)
	}
}

func TestLogin(t *testing.T) {
	c := config()
	c.Token = "a Secret"
	own, token := server.New(config()), server.New(c)
	for name, test := range map[string]struct {
		site *server.Server
		code string
		want int
	}{
		"own code":             {own, own.PageCode(), 303},
		"own code, lower case": {own, " " + strings.ToLower(own.PageCode()) + " ", 303},
		"empty":                {own, "", 403},
		"too short":            {own, own.PageCode()[:7], 403},
		"token":                {token, "a Secret", 303},
		"token, upper case":    {token, "A SECRET", 403},
		"token, empty":         {token, "", 403},
		"endless":              {token, strings.Repeat("a", 1<<20), 403},
	} {
		r := readFrom(t, test.site, here)
		w := r.request(http.MethodPost, "/login", "code="+url.QueryEscape(test.code))
		if w.Code != test.want {
			t.Errorf("%s: %d %s", name, w.Code, words(w.Body.String()))
		}
		if test.want == http.StatusSeeOther && w.Header().Get("Location") != "/" {
			t.Errorf("%s: goes on to %q", name, w.Header().Get("Location"))
		}
		if test.want != http.StatusSeeOther && (r.cookie != nil || !strings.Contains(w.Body.String(), `role="alert"`)) {
			t.Errorf("%s: cookie %v, %s", name, r.cookie, words(w.Body.String()))
		}
	}
	for site, want := range map[*server.Server]string{own: "Every start makes a new one", token: "token in the gateway’s settings"} {
		has(t, readFrom(t, site, here).page("/login"), want)
	}
}

// A code in an address would stay in the browser's history: it opens nothing.
func TestLoginByAddress(t *testing.T) {
	s := server.New(config())
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		r := readFrom(t, s, here)
		if r.request(method, "/login?code="+s.PageCode(), ""); r.cookie != nil {
			t.Errorf("%s logs in", method)
		}
	}
}

func TestLoginCookie(t *testing.T) {
	s := server.New(config())
	first, second := readFrom(t, s, here).login(s).cookie, readFrom(t, s, here).login(s).cookie
	if first.Value == second.Value || len(first.Value) < 26 { // 5 bits each
		t.Errorf("cookies are %q and %q", first.Value, second.Value)
	}
	if !first.HttpOnly || first.SameSite != http.SameSiteStrictMode || first.Path != "/" || first.MaxAge != 8*3600 || first.Domain != "" {
		t.Errorf("the cookie is %v", first)
	}
}

func TestLoginFromElsewhere(t *testing.T) {
	s := server.New(remote())
	proxied := readFrom(t, s, here)
	proxied.header.Set("X-Forwarded-For", "127.0.0.1")
	for _, r := range []*reader{readFrom(t, s, away), proxied} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			w := r.request(method, "/login", "code="+s.PageCode())
			if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "would cross the network") || r.cookie != nil {
				t.Errorf("%s: %d %s", method, w.Code, words(w.Body.String()))
			}
		}
		has(t, r.page("/"), "only on the gateway’s own computer")
	}
}

// Only forms of ours log in and out.
func TestLoginForgery(t *testing.T) {
	s := server.New(config())
	for name, test := range map[string]struct {
		origin, site []string
		ok           bool
	}{
		"ours":                {[]string{"http://localhost:8155"}, []string{"same-origin"}, true},
		"ours, older":         {[]string{"http://localhost:8155"}, nil, true},
		"no origin":           {nil, []string{"same-origin"}, false},
		"nothing":             {nil, nil, false},
		"hidden":              {[]string{"null"}, []string{"same-origin"}, false},
		"another site":        {[]string{"http://evil.example"}, []string{"cross-site"}, false},
		"another port":        {[]string{"http://localhost:8080"}, []string{"same-site"}, false},
		"another scheme":      {[]string{"https://localhost:8155"}, nil, false},
		"cross-site, ours":    {[]string{"http://localhost:8155"}, []string{"cross-site"}, false},
		"two origins":         {[]string{"http://localhost:8155", "http://evil.example"}, nil, false},
		"typed into the line": {[]string{"http://localhost:8155"}, []string{"none"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := readFrom(t, s, here).login(s)
			ticket := r.cookie
			for path, form := range map[string]string{"/login": "code=" + s.PageCode(), "/logout": ""} {
				r.cookie = ticket
				r.header["Origin"], r.header["Sec-Fetch-Site"] = test.origin, test.site
				w := r.request(http.MethodPost, path, form)
				if passed := w.Code == http.StatusSeeOther; passed != test.ok || !passed && w.Code != http.StatusForbidden {
					t.Errorf("%s: %d %s", path, w.Code, words(w.Body.String()))
				}
				if !test.ok && r.cookie != ticket {
					t.Errorf("%s changed the cookie to %v", path, r.cookie)
				}
			}
		})
	}
}

// A page under a name of its own that leads here (DNS rebinding) is no page of
// ours, although its origin is its host.
func TestLoginRebinding(t *testing.T) {
	s := server.New(config())
	r := readFrom(t, s, here)
	r.header.Set("Origin", "http://evil.example")
	req := r.request(http.MethodPost, "http://evil.example/login", "code="+s.PageCode())
	if req.Code == http.StatusSeeOther || r.cookie != nil {
		t.Errorf("got %d", req.Code)
	}
}

func TestLogout(t *testing.T) {
	s := server.New(config())
	r := readFrom(t, s, here).login(s)
	ticket := r.cookie
	if w := r.request(http.MethodGet, "/login", ""); w.Code != http.StatusSeeOther {
		t.Errorf("the log-in of somebody who is logged in: %d", w.Code)
	}
	has(t, r.page("/"), "Log out")
	if w := r.request(http.MethodPost, "/logout", ""); w.Code != http.StatusSeeOther || r.cookie.MaxAge >= 0 || r.cookie.Value != "" {
		t.Errorf("log out: %d, cookie %v", w.Code, r.cookie)
	}
	r.cookie = ticket
	hasNot(t, r.page("/"), "Log out")
	r.cookie = nil
	if w := r.request(http.MethodPost, "/logout", ""); w.Code != http.StatusSeeOther {
		t.Errorf("log out twice: %d", w.Code)
	}
}

// Five wrong codes shut the door for a minute, to the right one too.
func TestLoginLocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := server.New(config())
		r := readFrom(t, s, here)
		try := func(code string, want int) {
			t.Helper()
			w := r.request(http.MethodPost, "/login", "code="+code)
			if w.Code != want {
				t.Fatalf("%d %s", w.Code, words(w.Body.String()))
			}
			if want == http.StatusTooManyRequests && (!strings.Contains(w.Body.String(), "Wait a minute") || w.Header().Get("Retry-After") != "60") {
				t.Errorf("Retry-After %q, %s", w.Header().Get("Retry-After"), words(w.Body.String()))
			}
		}
		try("WRONG", 403)
		time.Sleep(30 * time.Second)
		for range 4 {
			try("WRONG", 403)
		}
		try("WRONG", 429)
		try(s.PageCode(), 429)
		time.Sleep(30 * time.Second) // the first of the five is a minute old
		try(s.PageCode(), 303)
		try("WRONG", 403)
		try(s.PageCode(), 429)
		time.Sleep(time.Minute)
		try(s.PageCode(), 303)
	})
}

func TestLoginEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := server.New(config())
		r := readFrom(t, s, here).login(s)
		time.Sleep(8*time.Hour - time.Second)
		has(t, r.page("/"), "Log out")
		time.Sleep(time.Second)
		hasNot(t, r.page("/"), "Log out")
	})
}

// At most 64 are logged in: the oldest makes room.
func TestLoginCrowd(t *testing.T) {
	s := server.New(config())
	first, second := readFrom(t, s, here).login(s), readFrom(t, s, here).login(s)
	for range 63 {
		readFrom(t, s, here).login(s)
	}
	hasNot(t, first.page("/"), "Log out")
	has(t, second.page("/"), "Log out")
}
