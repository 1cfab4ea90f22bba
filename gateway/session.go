package gateway

import "strings"

// This file is what a document knows of its call; doc.go describes it for
// authors.

// The values of session.call.answeredBy.
const (
	AnsweredByPerson  = "person"
	AnsweredByMachine = "machine"
)

// The values of session.connection.protocol.name.
const (
	ProtocolSIP      = "sip"
	ProtocolPractice = LinePractice
)

// Session returns the session variables (VoiceXML 2.0, section 5.1.4) of a
// call for r that was answered: what documents read as session.connection and
// session.call.
func (r Request) Session(protocol, answeredBy string) map[string]any {
	local := map[string]any{"uri": tel(Phone(r.CallerID))}
	version := ""
	if protocol == ProtocolSIP {
		version = "2.0"
	}
	call := map[string]any{
		"campaign": r.Campaign, "attempt": max(1, r.Attempt), "attendee": r.Attendee,
		"number": string(r.Phone), "answeredBy": answeredBy,
	}
	if r.Row > 0 {
		call["row"] = r.Row
	}
	return map[string]any{
		"call": call,
		"connection": map[string]any{
			"local":      local,
			"remote":     map[string]any{"uri": tel(r.Phone)},
			"originator": local, // it is always the gateway that calls
			"protocol":   map[string]any{"name": protocol, "version": version},
			"redirect":   []any{},
			"aai":        "",
		},
	}
}

// tel is a number as an address (RFC 3966), empty for none.
func tel(number Phone) string {
	digits := number.Digits()
	switch {
	case digits == "":
		return ""
	case strings.HasPrefix(strings.TrimSpace(string(number)), "+"):
		return "tel:+" + digits
	default:
		return "tel:" + digits
	}
}
