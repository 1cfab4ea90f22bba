package server

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/gateway"
)

// This file is how much of a call its reader may see. Whatever tells who was
// called, or what they were told or answered, passes here on its way to a
// page.

const (
	// maxShown bounds a text on a page, in characters: a request may hold a
	// megabyte.
	maxShown = 300
	// maxAnswers bounds the answers of one try on a page.
	maxAnswers = 50
	hidden     = "Hidden"
)

// sight is what a reader may see, and when they look.
type sight struct {
	all bool      // numbers, names, infos, documents and answers in full
	now time.Time // in the gateway's zone
}

func (v sight) number(p gateway.Phone) string {
	if !v.all {
		p = gateway.Phone(p.Masked())
	}
	return shown(string(p))
}

// name is the whole name, or its initials.
func (v sight) name(name string) string {
	if v.all {
		return shown(name)
	}
	var initials []string
	for word := range strings.FieldsFuncSeq(shown(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		first, _ := utf8.DecodeRuneInString(word)
		initials = append(initials, string(unicode.ToUpper(first))+".")
		if len(initials) == 3 {
			break
		}
	}
	return strings.Join(initials, " ")
}

// text is a text that a client sent, if it may be seen.
func (v sight) text(text string) string {
	if text != "" && !v.all {
		return hidden
	}
	return shown(text)
}

func (v sight) answers(given []gateway.Answer) string {
	switch {
	case len(given) == 0:
		return ""
	case !v.all && len(given) == 1:
		return "1, hidden"
	case !v.all:
		return count(len(given)) + ", hidden"
	}
	var parts []string
	for _, a := range given[:min(len(given), maxAnswers)] {
		part := shown(a.Value)
		if a.Name != "" {
			part = shown(a.Name) + ": " + part
		}
		parts = append(parts, part)
	}
	if more := len(given) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("and %s more", count(more)))
	}
	return strings.Join(parts, ", ")
}

// plays says what a call plays; only its kind to whoever may not see more.
func (v sight) plays(r gateway.Request) string {
	switch {
	case r.Text != "":
		return v.kind("Text", r.Text)
	case r.StartVXML != "":
		return v.kind("File", r.StartVXML)
	case r.StartURL != "":
		return v.kind("Address", withoutSecrets(r.StartURL))
	case r.AudioFile != "":
		return v.kind("Recording", r.AudioFile)
	case r.StartApp != "":
		return v.kind("Voice application", r.StartApp)
	}
	return ""
}

// afterwards says which document is run after the call.
func (v sight) afterwards(r gateway.Request) string {
	switch {
	case r.ExitVXML != "":
		return v.kind("File", r.ExitVXML)
	case r.ExitURL != "":
		return v.kind("Address", withoutSecrets(r.ExitURL))
	}
	return ""
}

func (v sight) kind(kind, content string) string {
	if !v.all {
		return kind + ", hidden"
	}
	return kind + ": " + shown(content)
}

// withoutSecrets leaves out of an address what may hold a password or tell
// about the person called: user, query and fragment.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "cannot be read"
	}
	left := u.RawQuery != ""
	u.User, u.RawQuery, u.Fragment, u.RawFragment = nil, "", "", ""
	if left {
		return u.String() + " (without its query)"
	}
	return u.String()
}

// shown makes a client's text fit for a page: one line of printable
// characters, not longer than maxShown.
func shown(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == maxShown {
			b.WriteRune('…')
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		b.WriteRune(r)
		n++
	}
	return strings.TrimSpace(b.String())
}

// stamp is a time as it is shown and as programs read it.
type stamp struct{ Words, Machine string }

// time tells a time of today to the second, any other with its date. The zero
// time is told by nothing.
func (v sight) time(t time.Time) stamp { return v.stamp(t, "15:04:05") }

// minute is time, to the minute.
func (v sight) minute(t time.Time) stamp { return v.stamp(t, "15:04") }

func (v sight) stamp(t time.Time, today string) stamp {
	if t.IsZero() {
		return stamp{}
	}
	t = t.In(v.now.Location())
	layout := "2 Jan 2006, 15:04"
	switch {
	case t.Year() == v.now.Year() && t.YearDay() == v.now.YearDay():
		layout = today
	case t.Year() == v.now.Year():
		layout = "2 Jan, 15:04"
	}
	return stamp{Words: t.Format(layout), Machine: t.Format(time.RFC3339)}
}
