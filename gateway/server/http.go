package server

import (
	"cmp"
	"errors"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway"
)

// ServeHTTP answers one request. Pages of the protocol always have status 200:
// Java clients drop the body of anything else. Double slashes, which old
// clients make, are forgiven without a redirect.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(gateway.HeaderGateway, s.cfg.Version)
	if s.cfg.Line.Practice() {
		w.Header().Set(gateway.HeaderLine, gateway.LinePractice)
	}
	page := path.Clean("/" + r.URL.Path)
	if err := cmp.Or(s.allowed(r), s.limited(r)); err != nil {
		s.turnAway(w, page, err)
		return
	}
	switch {
	case isProtocol(page):
		s.serveProtocol(w, r, page)
	case strings.HasPrefix(page, "/rollcall/"):
		s.serveExtension(w, r, page)
	case strings.HasPrefix(page, pathExports):
		s.serveExport(w, r, page)
	case page == pathHealth, page == pathMetrics:
		s.serveWatch(w, r, page)
	case s.authorized(r, nil) != nil: // a browser asks its user for the token
		w.Header().Set("WWW-Authenticate", `Basic realm="Rollcall gateway: the access token is the password"`)
		s.sendRefusal(w, http.StatusUnauthorized, errNoToken.Error())
	default:
		s.servePeople(w, r, page)
	}
}

// isProtocol tells whether a page is one that old clients ask for.
func isProtocol(page string) bool { return strings.HasPrefix(page+"/", "/ocall/") }

// turnAway refuses a request by who sent it, before anything of it is read.
func (s *Server) turnAway(w http.ResponseWriter, path string, why error) {
	w.Header().Set("Connection", "close")
	switch {
	case isProtocol(path):
		s.send(w, "text/plain; charset=utf-8", http.StatusOK, gateway.FormatError(why.Error()))
	case errors.Is(why, errTooMany):
		s.sendRefusal(w, http.StatusTooManyRequests, why.Error())
	default:
		s.sendRefusal(w, http.StatusForbidden, why.Error())
	}
}

// page is a reply of the protocol.
type page struct {
	html bool
	body []byte
}

func plain(body []byte) page { return page{body: body} }

func refusal(reason string) page { return plain(gateway.FormatError(reason)) }

func (s *Server) serveProtocol(w http.ResponseWriter, r *http.Request, path string) {
	defer s.metrics.asked(path, time.Now())
	if !wantsKeepAlive(r) {
		// A PHP client reads until the end of the connection.
		w.Header().Set("Connection", "close")
	}
	p := s.protocolPage(r, path)
	kind := "text/plain; charset=utf-8"
	if p.html {
		kind = "text/html; charset=utf-8"
	}
	s.send(w, kind, http.StatusOK, p.body)
}

func (s *Server) protocolPage(r *http.Request, path string) page {
	if err := fromBrowser(r, s.cfg.Hosts); err != nil {
		return refusal(err.Error())
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return refusal("only GET and POST are known here")
	}
	if path == pathCampaigns {
		return s.campaignPage(r)
	}
	v, err := readForm(r)
	if err == nil && len(v) > maxParameters {
		err = errTooManyParams
	}
	if err := cmp.Or(err, s.authorized(r, v)); err != nil {
		return refusal(err.Error())
	}
	switch path {
	case gateway.PathCall:
		return s.requestCall(r.Context(), v, from(r))
	case gateway.PathStatus:
		return s.callStatus(r.Context(), v)
	case gateway.PathRemove:
		return s.removeCall(r.Context(), v)
	}
	return refusal("this gateway has no such page")
}

// wantsKeepAlive tells whether the client asked to keep its connection.
func wantsKeepAlive(r *http.Request) bool {
	for _, value := range r.Header.Values("Connection") {
		for token := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(token), "keep-alive") {
				return true
			}
		}
	}
	return false
}

// send writes a whole reply, never in chunks. Names of people called stand in
// replies: no browser may take them for HTML or keep them.
func (s *Server) send(w http.ResponseWriter, kind string, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		s.cfg.Log.Debug("send reply", "error", err)
	}
}
