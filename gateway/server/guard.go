package server

import (
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
)

// This file keeps web pages out. A page that is open in somebody's browser can
// send requests to this machine; old clients and ours send none of the headers
// that a browser adds.

var errWrongHost = errors.New("this gateway is not known by the name in Host")

// fromBrowser tells why a request is refused as made by a web page, or nil.
// hosts are names, besides loopback, by which this gateway may be addressed.
func fromBrowser(r *http.Request, hosts []string) error {
	if len(r.Header.Values("Origin")) > 0 {
		return errors.New("requests from web pages (Origin) are not accepted")
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "none" && site != "same-origin" {
			return errors.New("requests from web pages (Sec-Fetch-Site) are not accepted")
		}
	}
	if !ownHost(r, hosts) {
		return errWrongHost
	}
	return nil
}

// ownHost tells whether the Host header names this gateway. A page whose name
// was made to resolve to this machine (DNS rebinding) sends its own name there.
// An address at which the request truly arrived is no name, so it is accepted:
// whoever listens there meant to be addressed so. HTTP/1.0 may send no Host.
func ownHost(r *http.Request, hosts []string) bool {
	host := strings.TrimSuffix(strings.ToLower(hostOnly(r.Host)), ".")
	if host == "" {
		return !r.ProtoAtLeast(1, 1)
	}
	if host == "localhost" || slices.ContainsFunc(hosts, func(own string) bool {
		return strings.EqualFold(hostOnly(own), host)
	}) {
		return true
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ip.IsLoopback() || ok && local.IP.Equal(ip)
}

// hostOnly returns a host without its port and brackets.
func hostOnly(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return strings.Trim(hostport, "[]")
}
