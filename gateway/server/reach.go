package server

import (
	"fmt"
	"regexp"
	"strings"

	"rollcall/gateway/vxml"
)

// This file keeps documents from connecting callers with just anybody: a
// document is not always the operator's own, and somebody pays for the call.

// reach is whom callers may be connected with: the beginnings of numbers
// ("+1617555"), SIP addresses ("sip:desk@example.com") or everybody at one SIP
// host ("sip:example.com"), and "*" for anybody.
type reach []string

var (
	telForm   = regexp.MustCompile(`^(?i:tel):(\+?[0-9*#.()-]+)(;[0-9A-Za-z.+=%;-]*)?$`)                                      // RFC 3966
	sipForm   = regexp.MustCompile(`^(?i:sip):([^@:;?\s<>"]+@)?([0-9A-Za-z.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]+)?(;[^?\s<>"]*)?$`) // RFC 3261
	reachForm = regexp.MustCompile(`^(\*|\+?[0-9]+|sip:([^@:;?\s<>"]+@)?[0-9a-z.:\[\]-]+)$`)
)

// checkReach tells which entry of a list is none.
func checkReach(list []string) error {
	for _, entry := range list {
		if !reachForm.MatchString(entry) {
			return fmt.Errorf("transfer_to: %q is neither the beginning of a number, nor a SIP address, nor *", entry)
		}
	}
	return nil
}

// check returns the event that a transfer to dest is refused with, or nil.
func (r reach) check(dest string) error {
	scheme, _, _ := strings.Cut(dest, ":")
	scheme = strings.ToLower(scheme)
	if scheme != "tel" && scheme != "sip" {
		return &vxml.EventError{Event: eventScheme, Message: fmt.Sprintf("%q is neither a tel: nor a sip: address", dest)}
	}
	lets, ok := r.sip(dest)
	if scheme == "tel" {
		lets, ok = r.tel(dest)
	}
	switch {
	case !ok:
		return &vxml.EventError{Event: eventDestination, Message: fmt.Sprintf("%q cannot be called", dest)}
	case !lets:
		return &vxml.EventError{Event: eventRefused, Message: "this gateway connects nobody with that destination (setting: transfer_to)"}
	}
	return nil
}

// tel tells whether a number is let through, and whether it is one.
func (r reach) tel(dest string) (lets, ok bool) {
	parts := telForm.FindStringSubmatch(dest)
	if parts == nil {
		return false, false
	}
	number := strings.NewReplacer("-", "", ".", "", "(", "", ")", "").Replace(parts[1])
	for _, entry := range r {
		if entry == "*" || strings.HasPrefix(number, entry) {
			return true, true
		}
	}
	return false, strings.ContainsAny(number, "0123456789")
}

// sip tells whether an address is let through, and whether it is one. Its
// parameters are not looked at.
func (r reach) sip(dest string) (lets, ok bool) {
	parts := sipForm.FindStringSubmatch(dest)
	if parts == nil {
		return false, false
	}
	host := strings.ToLower(parts[2] + parts[3])
	for _, entry := range r {
		if entry == "*" || entry == "sip:"+host || entry == "sip:"+parts[1]+host {
			return true, true
		}
	}
	return false, true
}
