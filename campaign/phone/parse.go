package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Why says what is wrong with something that is not a number to dial.
type Why string

// What can be wrong.
const (
	Absent     Why = "absent"      // nothing there that could be dialled
	Invalid    Why = "invalid"     // digits, but no number of that region
	Local      Why = "local"       // a number that lacks its area code
	Ambiguous  Why = "ambiguous"   // with the (0) in it one number, without it another
	Emergency  Why = "emergency"   // 911, 112
	ShortCode  Why = "short_code"  // a service of the local network
	Premium    Why = "premium"     // the called party earns by it
	SharedCost Why = "shared_cost" // the call costs more than others
	Unattended Why = "unattended"  // a pager or a voice mailbox: nobody answers
	NoRegion   Why = "no_region"   // the region given to Parse does not exist
)

// Forbidden tells whether it is a number, but one that is never dialled.
func (w Why) Forbidden() bool {
	switch w {
	case Emergency, ShortCode, Premium, SharedCost, Unattended:
		return true
	default:
		return false
	}
}

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

// shortestLocal is the number of digits from which something may be a number
// that lacks its area code.
const shortestLocal = 5

// longest is how much text is looked at: no number is longer, and the
// library's patterns are slow on long text.
const longest = 250

// Parse reads one number as a person or a program wrote it: with or without a
// country code, with punctuation of any kind, digits of any script, invisible
// characters, vanity letters, a tel: in front, an extension behind (which is
// left out, see [Split]), 00 or 011 in place of + or after it, a (0), or in one
// of the old forms of Mexico and Argentina. A number without a country code is
// one of region. No digit is guessed.
//
// A country code that is written twice is refused, except where the second one
// is also what is dialled before a number in the country: +1 1 312 555 0142.
//
// The NANP numbers NPA-555-0100 to 0199, kept for fiction, count as valid in
// every area code that exists.
//
// The error is always an [*Error].
func Parse(raw string, region Region) (Number, error) {
	n, why := parse(raw, region)
	if why != "" {
		return "", &Error{Why: why, Region: region}
	}
	return n, nil
}

func parse(raw string, region Region) (Number, Why) {
	b := plans()
	a := b.areas[region]
	if a == nil {
		return "", NoRegion
	}
	s, ordinary := scan(raw)
	if !ordinary {
		s, ordinary = scan(onePlus(Clean(raw)))
	}
	if !ordinary || s.bracket || !s.long() {
		return parseSlow(raw, region, b.read)
	}
	first, sure := b.look(s.digits[:s.n], s.plus, a)
	switch {
	case !sure:
		return parseSlow(raw, region, b.read)
	case first.number != "":
		return refuse(first)
	}
	return decide(first, string(s.digits[:s.n]), s.plus, region, b.read)
}

// A reader reads something dialled in region.
type reader func(text string, region Region) reading

// read is a reader that answers fast where it can.
func (b *book) read(text string, region Region) reading {
	if s, ordinary := scan(text); ordinary && s.long() {
		if r, sure := b.look(s.digits[:s.n], s.plus, b.areas[region]); sure {
			return r
		}
	}
	return ask(text, region)
}

// parseSlow is [Parse] for everything that is not ordinary.
func parseSlow(raw string, region Region, as reader) (Number, Why) {
	text, _ := Split(raw)
	text = onePlus(text)
	digits := phonenumbers.NormalizeDigitsOnly(text)
	if digits == "" || len(text) > longest {
		return "", Absent
	}
	short := shortWhy(text, digits, region)
	if short == Emergency {
		return "", short
	}
	first := as(text, region)
	if vanity := phonenumbers.VALID_ALPHA_PHONE_PATTERN.MatchString(text); short != "" && (first.number == "" || !vanity) {
		return "", short // 22000, but not 312 555 CALL
	}
	if before, after, found := strings.Cut(text, "(0)"); found {
		without := as(before+after, region)
		switch {
		case first.number != "" && without.number != "" && first.number != without.number:
			return "", Ambiguous
		case first.number == "" && abroad(before):
			first = without
		}
	}
	return decide(first, digits, strings.Contains(text, "+"), region, as)
}

// abroad tells whether what stands before a (0) is a country code.
func abroad(before string) bool {
	return strings.HasPrefix(before, "+") || strings.HasPrefix(before, "00") || strings.HasPrefix(before, "011")
}

// decide takes the first reading that is a number, that of the text as it
// stands or another one.
func decide(first reading, digits string, plus bool, region Region, as reader) (Number, Why) {
	if first.number != "" {
		return refuse(first)
	}
	for _, international := range others(digits, plus, region) {
		if r := as("+"+international, region); r.number != "" {
			return refuse(r)
		}
	}
	if first.local && !plus {
		return "", Local
	}
	return "", Invalid
}

func refuse(r reading) (Number, Why) {
	if why := r.kind.refusal(); why != "" {
		return "", why
	}
	return r.number, ""
}
