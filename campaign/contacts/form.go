package contacts

import (
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file compares a number with the digits it was read from: what was left
// out, and whether anything was put in.

// form is how a number was written: plain, invented, or the problem that its
// way of writing is.
type form campaign.Problem

const (
	plain    form = ""
	invented form = "invented" // it has digits that were not written
	mixed         = form(campaign.ProblemForm)
	prefixed      = form(campaign.ProblemPrefix)
	noted         = form(campaign.ProblemNote)
)

// longestTrunk is the length of the longest prefix of calls within a country
// that is ordinary: 01 (Mexico), 06 (Hungary), 80 (Belarus).
const longestTrunk = 2

// written tells how n was written in text.
func written(text string, n phone.Number) form {
	text = phone.Clean(text)
	plus := strings.HasPrefix(text, "+")
	how := compare([]byte(digitsOf(text)), plus, n)
	if how == plain || !strings.Contains(text, "(0)") {
		return how
	}
	// The trunk zero in brackets is how much of Europe writes for readers at
	// home and abroad: +44 (0)20 7946 0000.
	if bare := strings.Replace(text, "(0)", "", 1); compare([]byte(digitsOf(bare)), plus, n) == plain {
		return plain
	}
	return how
}

// compare tells what the digits that were written are to those of n.
func compare(was []byte, plus bool, n phone.Number) form {
	if len(n) < 2 {
		return invented
	}
	whole := string(n[1:])
	national := whole[codeLength(whole):]
	switch {
	case string(was) == whole:
		return plain
	case !endsIn(was, national):
		return inside(was, national, n)
	case endsIn(was, whole):
		if front := was[:len(was)-len(whole)]; !plus && abroad(front) {
			return prefixed
		}
		return mixed
	case !plus && len(was)-len(national) <= longestTrunk:
		return plain
	default:
		return mixed
	}
}

// doubled tells whether the digits that were written begin with the country
// code, and n has it once more before them.
func doubled(was []byte, n phone.Number) bool {
	code := codeLength(string(n[1:]))
	return len(n) == 1+code+len(was) && string(was[:min(code, len(was))]) == string(n[1:1+code])
}

func endsIn(s []byte, end string) bool {
	return len(s) >= len(end) && string(s[len(s)-len(end):]) == end
}

// abroad tells whether digits are what is dialled before a country code: 00,
// 011, 0011, 010, 810.
func abroad(front []byte) bool {
	return len(front) >= 2 && len(front) <= 4 && (front[0] == '0' || string(front) == "810")
}

// inside is compare where digits stand behind or between those of n.
func inside(was []byte, national string, n phone.Number) form {
	if strings.Contains(string(was), national) {
		return noted
	}
	// Argentine mobiles have a 9 behind the country code, where people at home
	// write a 15 behind the area.
	if strings.HasPrefix(string(n), "+549") {
		national = national[1:]
	}
	i := 0
	for _, b := range was {
		if i < len(national) && b == national[i] {
			i++
		}
	}
	if i == len(national) {
		return mixed
	}
	return invented
}

// codeLength is the number of digits of the country code that a number begins
// with (ITU-T E.164, list of assigned codes).
func codeLength(digits string) int {
	const two = " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58" +
		" 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "
	switch {
	case len(digits) < 3:
		return 0
	case digits[0] == '1' || digits[0] == '7':
		return 1
	case strings.Contains(two, digits[:2]):
		return 2
	default:
		return 3
	}
}

// digitsOf returns the digits of a text, those of other scripts too.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone.Clean(s))
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
