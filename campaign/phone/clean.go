package phone

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Clean returns text without what cannot be seen and does not belong to a
// number: invisible characters, a tel: in front. White space of all kinds
// becomes a space and dashes of all kinds a hyphen; full-width forms and the
// digits of all scripts become ASCII.
func Clean(raw string) string {
	text := strings.TrimSpace(strings.Map(plain, raw))
	for _, scheme := range []string{"tel:", "callto:", "sms:"} {
		if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return strings.TrimSpace(text[len(scheme):])
		}
	}
	return text
}

func plain(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Cc) && r != '\u0085':
		return -1
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Nd, r):
		return '0' + digitValue(r)
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return plain(r - 0xFF01 + '!')
	case unicode.Is(unicode.Pd, r) || r == '\u2212' || r == '\u2043': // minus sign, hyphen bullet
		return '-'
	}
	return r
}

// digitValue returns what a decimal digit stands for. Unicode keeps the digits
// of a script together and in order (The Unicode Standard, 4.6).
func digitValue(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	return 0
}

// Split sets the extension apart, the digits dialled after the call is
// answered: "312 555 0142 ext. 99", "tel:+13125550142;ext=99", "040 12345
// Durchwahl 9". The number is cleaned and otherwise left as it was written;
// [Parse] gives the same for it as for raw. Without an extension, or with two,
// the text stays whole.
func Split(raw string) (number, extension string) {
	text := Clean(raw)
	if _, ordinary := scan(text); ordinary || len(text) > longest || secondNumber.MatchString(text) {
		return text, ""
	}
	number, extension = split(text)
	if _, another := split(number); extension == "" || another != "" {
		return text, ""
	}
	return number, extension
}

func split(text string) (number, extension string) {
	if number, extension = named(text); extension != "" {
		return number, extension
	}
	if m := parameter.FindStringSubmatchIndex(text); m != nil && strings.ContainsAny(text[:m[0]], "0123456789") {
		return text[:m[0]] + text[m[1]:], text[m[2]:m[3]]
	}
	first := strings.IndexAny(text, "+0123456789")
	if first < 0 {
		return text, ""
	}
	number, extension = phonenumbers.MaybeSeparateExtensionFromPhone(text[first:])
	return text[:first] + number, extension
}

// secondNumber is where the library stops reading: "555 0142 x302/x303".
var secondNumber = regexp.MustCompile(`[\\/] *x`)

// parameter is the extension of a tel URI (RFC 3966, section 3).
var parameter = regexp.MustCompile(`;ext=([0-9]{1,20})`)

// extensionWords are words for an extension that the library does not know.
var extensionWords = regexp.MustCompile(
	`(?i)^(.*[0-9].*?)[\s,;:(-]+(?:durchwahl|dw|nebenstelle|nst|apparat|app|poste|interno)\.?\s*:?\s*([0-9]{1,8})\s*\)?$`)

// named sets an extension apart that is called by one of extensionWords.
func named(text string) (number, extension string) {
	m := extensionWords.FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	return m[1], m[2]
}
