package phone

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Why says what is wrong with something that is not a number to dial.
type Why string

// What can be wrong.
const (
	Absent    Why = "absent"     // nothing there that could be dialled
	Invalid   Why = "invalid"    // digits, but no number of that region
	Emergency Why = "emergency"  // 911, 112
	ShortCode Why = "short_code" // a service of the local network
	Premium   Why = "premium"    // the called party earns by it
	NoRegion  Why = "no_region"  // the region given to Parse does not exist
)

// Forbidden tells whether it is a number, but one that is never dialled.
func (w Why) Forbidden() bool { return w == Emergency || w == ShortCode || w == Premium }

// Error is returned by [Parse]. It never holds the digits, so that it may be
// logged.
type Error struct {
	Why    Why
	Region Region // the region Parse was given
}

// Error says it for a log; campaign/words has the words for people.
func (e *Error) Error() string {
	return "parse number for region " + string(e.Region) + ": " + string(e.Why)
}

// longestShort is the number of digits up to which something without a country
// code may be an emergency number or a short code.
const longestShort = 6

// longest is how much text is looked at: no number is longer, and the
// library's patterns are slow on long text.
const longest = 250

// Parse reads one number as a person or a program wrote it: with or without a
// country code, with punctuation of any kind, full-width digits, invisible
// characters, vanity letters, a tel: in front, an extension behind (which is
// left out), or 00 or 011 in place of +. A number without a country code is
// one of region.
//
// The NANP numbers NPA-555-0100 to 0199, kept for fiction, count as valid in
// every area code that exists.
//
// The error is always an [*Error].
func Parse(raw string, region Region) (Number, error) {
	if !KnownRegion(region) {
		return "", &Error{Why: NoRegion, Region: region}
	}
	text := Clean(raw)
	digits := phonenumbers.NormalizeDigitsOnly(text)
	if digits == "" || len(text) > longest {
		return "", &Error{Why: Absent, Region: region}
	}
	if why := shortWhy(text, digits, region); why != "" {
		return "", &Error{Why: why, Region: region}
	}
	why := Invalid
	for _, candidate := range candidates(text, digits) {
		n, err := phonenumbers.Parse(candidate, string(region))
		if err != nil || !dialable(n) {
			continue
		}
		if phonenumbers.GetNumberType(n) == phonenumbers.PREMIUM_RATE {
			why = Premium
			break
		}
		return Number(phonenumbers.Format(n, phonenumbers.E164)), nil
	}
	return "", &Error{Why: why, Region: region}
}

// candidates returns the readings of a number, the most likely first: as it
// stands, and with the international prefixes of most of the world and of
// North America taken for a plus, whatever the region dials itself.
func candidates(text, digits string) []string {
	list := []string{text}
	if strings.Contains(text, "+") {
		return list
	}
	for _, prefix := range []string{"011", "00"} {
		if rest, found := strings.CutPrefix(digits, prefix); found {
			list = append(list, "+"+rest)
		}
	}
	return list
}

// shortWhy tells whether something is a number only the local network knows.
func shortWhy(text, digits string, region Region) Why {
	if len(digits) > longestShort || strings.Contains(text, "+") {
		return ""
	}
	if phonenumbers.IsEmergencyNumber(digits, string(region)) {
		return Emergency
	}
	n, err := phonenumbers.Parse(digits, string(region))
	if err == nil && phonenumbers.IsValidShortNumberForRegion(n, string(region)) {
		return ShortCode
	}
	return ""
}

var fiction = regexp.MustCompile(`^\+1(\d{3})55501\d\d$`)

func dialable(n *phonenumbers.PhoneNumber) bool {
	if phonenumbers.IsValidNumber(n) {
		return true
	}
	area := fiction.FindStringSubmatch(phonenumbers.Format(n, phonenumbers.E164))
	return area != nil && areaExists(area[1])
}

// areaExists tells whether a NANP area code is in use: those that are not have
// no time zones of their own.
func areaExists(area string) bool {
	all, err := phonenumbers.GetTimezonesForPrefix("1")
	if err != nil {
		return false
	}
	own, err := phonenumbers.GetTimezonesForPrefix("1" + area)
	return err == nil && len(own) < len(all)
}

// Clean returns text without what cannot be seen and does not belong to a
// number: invisible characters, a tel: in front, white space of odd kinds.
// Full-width forms and the digits of other scripts become ASCII.
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
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return r - 0xFF01 + '!'
	}
	for _, zero := range []rune{0x0660, 0x06F0, 0x0966} { // Arabic-Indic, Persian, Devanagari
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return r
}
