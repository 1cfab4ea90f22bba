package phone

import "strings"

// Padded returns the number that results when the zeros that a spreadsheet took
// from the front of digits are put back, empty if there is none.
//
// Most countries need no such repair: there the zero is dialled before a
// number, but is no digit of it, and [Parse] reads the number without it. Where
// it is a digit of the number, as in Italy (06 1234 5678), the Ivory Coast or
// the Congo, the digits that are left are no number, or another one.
//
// It is certain, and may be applied without asking, if the region's lengths and
// patterns leave one reading only. It is a proposal if what is left is a number
// of another country that lost its plus, see [Unplussed]. If what is left is
// itself a number, there is nothing to repair, and Padded returns none.
func Padded(digits string, region Region) (n Number, certain bool) {
	if !allDigits(digits) {
		return "", false
	}
	b := plans()
	a := b.areas[region]
	if a == nil {
		return "", false
	}
	if plain := b.read(digits, region); plain.number != "" {
		return "", false
	}
	for _, zeros := range []string{"0", "00"} {
		r := b.read(zeros+digits, region)
		switch {
		case r.number == "" || r.kind.refusal() != "" || !b.in(r.number, a):
		case n == "":
			n = r.number
		case n != r.number:
			return "", false
		}
	}
	if n == "" {
		return "", false
	}
	return n, b.read("+"+digits, region).number == ""
}

// in tells whether n is a number of the plan of a.
func (b *book) in(n Number, a *area) bool {
	return strings.HasPrefix(string(n), "+"+string(appendCode(nil, a.code)))
}

// fewest is the number of digits from which a number with its country code is
// known from one without.
const fewest = 11

// Unplussed returns the number of another country whose plus (or 00) was lost,
// empty if there is none: 442079460000 in a list of the United States. Digits
// that are a number of region, or one with a zero lost, never are.
//
// It is certain if nothing else explains the digits: there are at least eleven,
// more than a number of the region has, and leaving out any one of them makes
// no number of the region. Else it is a proposal: 31255501422 is a number of
// the Netherlands, but also one of Chicago with a digit typed twice.
func Unplussed(digits string, region Region) (n Number, certain bool) {
	if !allDigits(digits) || len(digits) <= longestShort {
		return "", false
	}
	b := plans()
	a := b.areas[region]
	if a == nil || b.read(digits, region).number != "" {
		return "", false
	}
	if padded, _ := Padded(digits, region); padded != "" {
		return "", false
	}
	r := b.read("+"+digits, region)
	if r.number == "" || r.kind.refusal() != "" || b.in(r.number, a) {
		return "", false
	}
	return r.number, len(digits) >= fewest && a.length(len(digits)) == tooLong && !b.hides(digits, region)
}

// hides tells whether digits are a number of region with one digit too many.
func (b *book) hides(digits string, region Region) bool {
	for i := range digits {
		if b.read(digits[:i]+digits[i+1:], region).number != "" {
			return true
		}
	}
	return false
}

func allDigits(s string) bool {
	return s != "" && len(s) < most && strings.Trim(s, "0123456789") == ""
}
