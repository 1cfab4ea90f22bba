package server

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// This file keeps requests from other machines from using this one as a way
// into its network: what they name is fetched from public addresses, from
// their own, and from configured networks, but from no other private one.

const (
	maxRedirects   = 5
	connectTimeout = 10 * time.Second
)

// fence is what one requester may have fetched.
type fence struct {
	requester netip.Addr
	networks  []netip.Prefix
}

// private are the networks that are nobody's on the internet (RFC 6890), and
// those that lead to IPv4 addresses by another name.
func private() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
		netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.168.0.0/16"),
		netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
		netip.MustParsePrefix("224.0.0.0/3"), // multicast, reserved, broadcast
		netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
		netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
		netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/9"), netip.MustParsePrefix("ff00::/8"),
	}
}

// lets tells whether address may be connected to.
func (f fence) lets(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	if address == f.requester || within(f.networks, address) {
		return true
	}
	return !within(private(), address)
}

func within(networks []netip.Prefix, address netip.Addr) bool {
	for _, n := range networks {
		if n.Contains(address) {
			return true
		}
	}
	return false
}

// client fetches inside the fence. The address is looked at when it is
// connected to, so that a name cannot point elsewhere by then; and no
// connection is kept, which another requester could be given.
func (f fence) client() *http.Client {
	dialer := net.Dialer{Timeout: connectTimeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !f.lets(to.Addr()) {
			return fmt.Errorf("%s is a private address, which another machine may not have fetched (setting: networks)", address)
		}
		return nil
	}}
	return &http.Client{
		Transport:     &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true},
		CheckRedirect: followFew,
	}
}

// openClient fetches for this machine.
func openClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     30 * time.Second,
		},
		CheckRedirect: followFew,
	}
}

// followFew bounds redirects, and keeps them to the web.
func followFew(next *http.Request, past []*http.Request) error {
	if len(past) > maxRedirects {
		return errors.New("redirected too often")
	}
	_, err := webURL(next.URL.String())
	return err
}
