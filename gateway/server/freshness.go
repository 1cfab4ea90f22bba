package server

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// This file decides what a kept reply may still be used for, as pure functions
// (RFC 9111; VoiceXML 2.0, section 6.1.2, asks for the same).

// directives are those of Cache-Control, by their names in lower case.
type directives map[string]string

// cacheControl reads the directives of a request or a reply (section 5.2).
func cacheControl(h http.Header) directives {
	found := make(directives)
	text := strings.Join(h.Values("Cache-Control"), ",")
	for text != "" {
		var one string
		one, text = cutUnquoted(text)
		name, value, _ := strings.Cut(one, "=")
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			found[name] = strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return found
}

// cutUnquoted cuts text at its first comma outside of quotes.
func cutUnquoted(text string) (before, after string) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

func (d directives) has(name string) bool {
	_, there := d[name]
	return there
}

// seconds reads a directive that is a time. What cannot be read is zero, the
// careful reading of a lifetime (section 4.2.1).
func (d directives) seconds(name string) (time.Duration, bool) {
	value, there := d[name]
	if !there {
		return 0, false
	}
	return deltaSeconds(value), true
}

// deltaSeconds reads section 1.2.2's times: from 2^31 on all are the same.
func deltaSeconds(text string) time.Duration {
	const most = 1 << 31
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil && strings.Trim(text, "0123456789") != "" || text == "" {
		return 0
	}
	return time.Duration(min(n, most)) * time.Second
}

// lifetime is how long a reply is fresh by its own words (section 4.2.1). None
// is guessed: a reply that names none is asked for again, which costs little
// where it has not changed.
func lifetime(h http.Header) time.Duration {
	if age, there := cacheControl(h).seconds("max-age"); there {
		return age
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, expires.Sub(date))
}

// age is how old a reply is (section 4.2.3).
func (k kept) age(now time.Time) time.Duration {
	apparent := time.Duration(0)
	if date, err := http.ParseTime(k.header.Get("Date")); err == nil {
		apparent = max(0, k.received.Sub(date))
	}
	told := deltaSeconds(k.header.Get("Age")) + k.received.Sub(k.asked)
	return max(apparent, told) + now.Sub(k.received)
}

// serves tells whether a reply may be used for a request without asking
// (sections 4.2, 4.2.4, 5.2.1 and 5.2.2).
func (k kept) serves(request directives, now time.Time) bool {
	reply := cacheControl(k.header)
	if reply.has("no-cache") || request.has("no-cache") {
		return false
	}
	age := k.age(now)
	if most, there := request.seconds("max-age"); there && age > most {
		return false
	}
	stale := age - lifetime(k.header)
	if stale < 0 {
		return true
	}
	most, there := request.seconds("max-stale")
	return there && stale <= most && !reply.has("must-revalidate")
}

// keeps tells whether the reply to a request of method GET is worth keeping
// (section 3): it can be used again, or asked for again cheaply.
func keeps(request directives, r *http.Response) bool {
	reply := cacheControl(r.Header)
	switch {
	case r.StatusCode != http.StatusOK, request.has("no-store"), reply.has("no-store"):
		return false
	case strings.Contains(strings.Join(r.Header.Values("Vary"), ","), "*"):
		return false
	}
	return lifetime(r.Header) > 0 || r.Header.Get("ETag") != "" || r.Header.Get("Last-Modified") != ""
}

// chosenBy are the fields of a request that its reply depends on (section 4.1).
func chosenBy(request, reply http.Header) http.Header {
	fields := make(http.Header)
	for _, list := range reply.Values("Vary") {
		for name := range strings.SplitSeq(list, ",") {
			name = http.CanonicalHeaderKey(strings.TrimSpace(name))
			fields[name] = request.Values(name)
		}
	}
	return fields
}
