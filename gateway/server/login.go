package server

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// This file is who may see whole numbers and names: whoever asks from this
// machine itself and has given the access code. The code never crosses a
// network that way, for this server speaks plain HTTP.

const (
	sessionCookie = "rollcall-session"
	sessionLength = 8 * time.Hour
	maxSessions   = 64 // the oldest makes room
	// maxWrong is how many wrong codes are taken within wrongSpan. After that
	// no code is, until the first of them is older.
	maxWrong  = 5
	wrongSpan = time.Minute
	// codeLength gives a code made for one start 37 bits: at the pace above,
	// trying half of them takes 20,000 years.
	codeLength = 8
)

var (
	errWrongCode = errors.New("this is not the access code")
	errLockedOut = errors.New("too many wrong access codes within a minute")
)

// door is the access code and who has passed by it. Sessions live in memory
// only, as hashes: they end with the program.
type door struct {
	code [sha256.Size]byte
	made string // the code, where it was made for this start; else empty

	mu       sync.Mutex
	wrong    []time.Time // of wrong codes within the last wrongSpan, oldest first
	sessions []session   // oldest first
}

type session struct {
	key   [sha256.Size]byte // of its cookie
	until time.Time
}

// newDoor returns a door that token opens, or a code made now where there is
// no token.
func newDoor(token string) *door {
	if token != "" {
		return &door{code: sha256.Sum256([]byte(token))}
	}
	made := newCode()
	return &door{code: sha256.Sum256([]byte(made)), made: made}
}

// newCode returns a code of letters and digits that are not taken for others.
func newCode() string {
	var code string
	for len(code) < codeLength {
		code += strings.Map(func(r rune) rune {
			if strings.ContainsRune("BILOSZ", r) {
				return -1
			}
			return r
		}, rand.Text())
	}
	return code[:codeLength]
}

// enter returns the cookie of a new session for the right code, [errWrongCode],
// or [errLockedOut], whatever the code was.
func (d *door) enter(code string, now time.Time) (string, error) {
	if d.made != "" {
		code = strings.ToUpper(code) // it was read off a screen
	}
	given := sha256.Sum256([]byte(code))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wrong = slices.DeleteFunc(d.wrong, func(t time.Time) bool { return now.Sub(t) >= wrongSpan })
	if len(d.wrong) >= maxWrong {
		return "", errLockedOut
	}
	if subtle.ConstantTimeCompare(given[:], d.code[:]) != 1 {
		d.wrong = append(d.wrong, now)
		return "", errWrongCode
	}
	d.forget(now)
	if len(d.sessions) == maxSessions {
		d.sessions = slices.Delete(d.sessions, 0, 1)
	}
	cookie := rand.Text() // 128 bits or more
	d.sessions = append(d.sessions, session{key: sha256.Sum256([]byte(cookie)), until: now.Add(sessionLength)})
	return cookie, nil
}

// knows tells whether cookie is that of a session that has not ended.
func (d *door) knows(cookie string, now time.Time) bool {
	key := sha256.Sum256([]byte(cookie))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget(now)
	return slices.ContainsFunc(d.sessions, func(s session) bool { return s.key == key })
}

// leave ends the session of cookie.
func (d *door) leave(cookie string) {
	key := sha256.Sum256([]byte(cookie))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions = slices.DeleteFunc(d.sessions, func(s session) bool { return s.key == key })
}

// forget drops sessions that have ended.
func (d *door) forget(now time.Time) {
	d.sessions = slices.DeleteFunc(d.sessions, func(s session) bool { return !now.Before(s.until) })
}

// PageCode is the access code of the page for people, made for this start of
// the gateway; empty where [Config.Token] is the code.
func (s *Server) PageCode() string { return s.door.made }

// loggedIn tells whether all may be shown: r comes from this machine and
// belongs to a session.
func (s *Server) loggedIn(r *http.Request, now time.Time) bool {
	if !isLocal(r) {
		return false
	}
	cookie, err := r.Cookie(sessionCookie)
	return err == nil && s.door.knows(cookie.Value, now)
}

// ownForm tells whether r was sent by a form of ours. Every browser names the
// page's origin when it posts; older ones do not send Sec-Fetch-Site.
func ownForm(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return slices.Equal(r.Header.Values("Origin"), []string{"http://" + r.Host}) && (site == "" || site == "same-origin")
}

// login is the page of the log-in, and what comes of its form.
func (s *Server) login(r *http.Request) reply {
	f := s.frame(r, "Log in")
	switch {
	case !f.Local:
		return s.message(r, http.StatusForbidden, "Log in on the gateway's own computer",
			"The code would cross the network unprotected from here, so it is not taken. Open this page in a browser on the computer that runs the gateway.")
	case r.Method != http.MethodPost && f.Open:
		return reply{to: "/"}
	case r.Method != http.MethodPost:
		return s.loginForm(f, http.StatusOK, "")
	case !ownForm(r):
		return s.notOurs(r)
	}
	cookie, err := s.door.enter(strings.TrimSpace(r.PostFormValue("code")), f.now)
	switch {
	case errors.Is(err, errLockedOut):
		return s.loginForm(f, http.StatusTooManyRequests, "Five wrong codes within a minute. Wait a minute, then try again.")
	case err != nil:
		s.cfg.Log.WarnContext(r.Context(), "page log-in refused", "error", err)
		return s.loginForm(f, http.StatusForbidden, "This is not the code. Look it up and type all of it.")
	}
	s.cfg.Log.InfoContext(r.Context(), "page log-in")
	return reply{to: "/", cookie: &http.Cookie{Value: cookie, MaxAge: int(sessionLength / time.Second)}}
}

func (s *Server) loginForm(f frame, status int, wrong string) reply {
	f.Login = true
	p := reply{status: status, template: "login", data: struct {
		frame
		Wrong string
		Made  bool // the code was made for this start
	}{f, wrong, s.door.made != ""}}
	if status == http.StatusTooManyRequests {
		p.wait = wrongSpan
	}
	return p
}

func (s *Server) logout(r *http.Request) reply {
	if !ownForm(r) {
		return s.notOurs(r)
	}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		s.door.leave(cookie.Value)
	}
	return reply{to: "/", cookie: &http.Cookie{MaxAge: -1}}
}

func (s *Server) notOurs(r *http.Request) reply {
	return s.message(r, http.StatusForbidden, "Not sent from this page",
		"Logging in and out works only with the forms of this gateway's own page.")
}
