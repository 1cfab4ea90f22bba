package server

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// This file is who may ask. This machine may; others only from configured
// addresses, and with the access token. Behind a proxy on this machine everybody
// needs the token, if the proxy says that it is one.

// passwordParameter is how a program that can set no header gives the token.
// Voicent's gateway has a "Remote Connect Password" for other machines, but how
// it is sent is not documented; the name is ours.
const passwordParameter = "password"

var (
	errNotAllowed = errors.New("this gateway takes no requests from your address (its setting: allow)")
	errNoToken    = errors.New("requests from other machines need the access token: send it as Authorization: Bearer TOKEN, or as the parameter " + passwordParameter)
)

// requester is the address that r came from, invalid if it cannot be told.
func requester(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return from.Addr().Unmap().WithZone("")
}

// isLocal tells whether this very machine sent r, over loopback. What a header
// says about that is never believed, but a request that a proxy passed on is
// from elsewhere, wherever the proxy is.
func isLocal(r *http.Request) bool {
	for _, passed := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(passed)) > 0 {
			return false
		}
	}
	return requester(r).IsLoopback()
}

// from is the requester as the journal keeps it: empty for this machine, an
// address that is nobody's for whoever stands behind a proxy on it.
func from(r *http.Request) string {
	switch {
	case isLocal(r):
		return ""
	case requester(r).IsLoopback():
		return netip.IPv4Unspecified().String()
	}
	return requester(r).String()
}

// allowed refuses addresses that may not ask at all.
func (s *Server) allowed(r *http.Request) error {
	address := requester(r)
	if address.IsLoopback() {
		return nil
	}
	for _, prefix := range s.cfg.Allow {
		if address.IsValid() && prefix.Contains(address) {
			return nil
		}
	}
	return errNotAllowed
}

// authorized refuses a request from another machine without the token, which
// may stand in a header or among the parameters v.
func (s *Server) authorized(r *http.Request, v url.Values) error {
	if isLocal(r) || s.isToken(v.Get(passwordParameter)) {
		return nil
	}
	if bearer, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found && s.isToken(strings.TrimSpace(bearer)) {
		return nil
	}
	if _, password, found := r.BasicAuth(); found && s.isToken(password) {
		return nil
	}
	return errNoToken
}

// isToken tells whether given is the token. The time it takes tells nothing of
// how much of it was right.
func (s *Server) isToken(given string) bool {
	return s.cfg.Token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.cfg.Token)) == 1
}
