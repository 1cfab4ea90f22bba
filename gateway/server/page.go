package server

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file is the page for people at /: which of its addresses is asked for,
// and how it is written. It is plain HTML without a script.
//
//	page_overview.go  lines, calls, queue, results, search
//	page_call.go      the page of one call
//	page_sight.go     how much of a call its reader may see
//	page_words.go     the English
//	login.go          who may see all
//	page/             the templates and the style

//go:embed page
var pageFiles embed.FS

// callPath is followed by the id of a call.
const callPath = "/calls/"

// pageTemplates reads the templates, which are part of the program.
func pageTemplates() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"count": count}).ParseFS(pageFiles, "page/*.html"))
}

// reply is a page to be written, one of the files in page/, or an address to
// go on to.
type reply struct {
	status   int
	template string
	data     any // embeds a frame
	file     string
	to       string
	cookie   *http.Cookie
	wait     time.Duration // until asking again makes sense; zero is now
}

// frame is what every page shows around its content.
type frame struct {
	Title    string
	Home     bool // this is the overview
	Login    bool // this is the log-in
	Version  string
	Practice bool
	Stopping bool
	Zone     string // in which times are told
	Clock    stamp
	Local    bool   // asked from this machine, so that logging in is possible
	Open     bool   // logged in
	Live     bool   // asks for itself again
	Find     string // in the search box
	sight
}

func (s *Server) frame(r *http.Request, title string) frame {
	now := time.Now().In(s.cfg.Location)
	look := sight{now: now, all: s.loggedIn(r, now)}
	return frame{
		Title:    title,
		Version:  s.cfg.Version,
		Practice: s.cfg.Line.Practice(),
		Stopping: s.stopping.Load(),
		Zone:     zone(now),
		Clock:    look.time(now),
		Local:    isLocal(r),
		Open:     look.all,
		sight:    look,
	}
}

// servePeople answers for every address that is not a program's.
func (s *Server) servePeople(w http.ResponseWriter, r *http.Request, path string) {
	r.Body = http.MaxBytesReader(w, r.Body, 4096) // a code is short
	h := w.Header()
	s.pageHeaders(h, r, path)
	p := s.people(r, path)
	if p.cookie != nil {
		p.cookie.Name, p.cookie.Path, p.cookie.HttpOnly, p.cookie.SameSite = sessionCookie, "/", true, http.SameSiteStrictMode
		http.SetCookie(w, p.cookie)
	}
	if p.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.wait/time.Second)))
	}
	switch {
	case p.to != "":
		h.Set("Location", p.to)
		s.send(w, "text/plain; charset=utf-8", http.StatusSeeOther, nil)
	case p.file != "":
		s.sendFile(w, p.file)
	default:
		if p.status == http.StatusMethodNotAllowed {
			h.Set("Allow", methods(path))
		}
		s.sendPage(w, p)
	}
}

// pageHeaders allows a page our own style, picture and forms, and nothing
// else. Where its reader came from is told to nobody; only a page with a form
// that posts tells us, for else its browser would hide from us as well that
// the form is ours.
func (s *Server) pageHeaders(h http.Header, r *http.Request, path string) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	if path == "/login" || s.loggedIn(r, time.Now()) {
		h.Set("Referrer-Policy", "same-origin")
	}
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// methods is how an address may be asked for; empty where there is none.
func methods(path string) string {
	switch {
	case path == "/login":
		return "GET, HEAD, POST"
	case path == "/logout":
		return "POST"
	case path == "/", path == "/style.css", path == "/favicon.ico", strings.HasPrefix(path, callPath):
		return "GET, HEAD"
	}
	return ""
}

// people decides which page r gets.
func (s *Server) people(r *http.Request, path string) reply {
	allowed := methods(path)
	switch {
	case !ownHost(r, s.cfg.Hosts):
		return s.message(r, http.StatusForbidden, "Not known by this name",
			"This gateway is not known by the name in the address. Use localhost, or add the name to the gateway's settings.")
	case allowed == "":
		return s.message(r, http.StatusNotFound, "No such page", "This gateway has no page at this address.")
	case !slices.Contains(strings.Split(allowed, ", "), r.Method):
		return s.message(r, http.StatusMethodNotAllowed, "Not possible here", "This page cannot be asked for in this way.")
	}
	switch path {
	case "/":
		return s.overview(r)
	case "/login":
		return s.login(r)
	case "/logout":
		return s.logout(r)
	case "/style.css":
		return reply{file: "page/style.css"}
	case "/favicon.ico":
		return reply{file: "page/icon.svg"}
	}
	return s.callPage(r, strings.TrimPrefix(path, callPath))
}

// message is a page of a few words.
func (s *Server) message(r *http.Request, status int, title, said string) reply {
	return reply{status: status, template: "message", data: struct {
		frame
		Said string
	}{s.frame(r, title), said}}
}

// unreadable is the page shown while the journal fails.
func (s *Server) unreadable(r *http.Request, err error) reply {
	s.cfg.Log.ErrorContext(r.Context(), "read call journal", "error", err)
	return s.message(r, http.StatusInternalServerError, "The calls cannot be read now",
		"The gateway cannot read its journal at the moment. Its log says why. Load this page again in a while.")
}

func (s *Server) sendPage(w http.ResponseWriter, p reply) {
	var page bytes.Buffer
	if err := s.templates.ExecuteTemplate(&page, p.template, p.data); err != nil {
		s.cfg.Log.Error("write page", "error", err)
		s.send(w, "text/plain; charset=utf-8", http.StatusInternalServerError, []byte("The page could not be written.\n"))
		return
	}
	s.send(w, "text/html; charset=utf-8", p.status, page.Bytes())
}

func (s *Server) sendFile(w http.ResponseWriter, name string) {
	kind := "text/css; charset=utf-8"
	if strings.HasSuffix(name, ".svg") {
		kind = "image/svg+xml"
	}
	body, err := pageFiles.ReadFile(name)
	if err != nil {
		s.cfg.Log.Error("read page file", "error", err) // it is part of the program
	}
	s.send(w, kind, http.StatusOK, body)
}
