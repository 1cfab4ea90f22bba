package contacts

import (
	"regexp"
	"strconv"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file reads what a spreadsheet, or a person's text, has as an amount:
// numbers with exponents, fractions, separators of thousands.

// Excel keeps 15 digits of a number and puts zeros for the rest.
const excelDigits = 15

// Numbers that end in so many zeros have been through an exponent form:
// 4.41E+11 in a file that was saved again.
const suspectZeros = 7

// readNumeric reads a cell that the spreadsheet holds as a number.
func readNumeric(c campaign.Cell, region phone.Region) reading {
	whole, valid := expand(c.Raw)
	if !valid || whole.fraction {
		return reading{problem: campaign.ProblemInvalid}
	}
	if len(whole.digits) > excelDigits || zerosOf(whole.digits) >= suspectZeros {
		return reading{problem: campaign.ProblemDigitsLost}
	}
	kind := whole.kind
	shown, exponent := expand(c.Text)
	exponent = exponent && shown.kind == campaign.ProblemExponent
	if exponent {
		kind = campaign.ProblemExponent
	}
	if exponent && shown.digits == whole.digits && shown.padded {
		return reading{problem: campaign.ProblemDigitsLost}
	}
	// A number format may show zeros or a country code that the number lacks:
	// then what the user sees is what the user means.
	if more := digitsOf(c.Text); !exponent && len(more) > len(whole.digits) && strings.HasSuffix(more, whole.digits) {
		if n, err := phone.Parse(c.Text, region); err == nil && written(c.Text, n) == plain {
			return reading{number: n, problem: kind}
		}
	}
	got := readLost(whole.digits, region, true)
	if kind != "" {
		got = as(kind, got)
	}
	return got
}

func zerosOf(digits string) int { return len(digits) - len(strings.TrimRight(digits, "0")) }

// expanded is a decimal number written out.
type expanded struct {
	digits   string
	kind     campaign.Problem // exponent, decimal, or none if it was plain
	padded   bool             // zeros had to be added to reach the exponent
	fraction bool
}

var decimal = regexp.MustCompile(`^\+?([0-9]+)(?:[.,]([0-9]*))?(?:[eE]\+?0*([0-9]{1,2}))?$`)

// expand writes out 6.175550142E9 and 6175550142.0.
func expand(raw string) (expanded, bool) {
	m := decimal.FindStringSubmatch(strings.TrimSpace(raw))
	if m == nil {
		return expanded{}, false
	}
	e := expanded{}
	exponent := 0
	if m[3] != "" {
		exponent, _ = strconv.Atoi(m[3]) // two digits at most
		e.kind = campaign.ProblemExponent
	} else if m[2] != "" {
		e.kind = campaign.ProblemDecimal
	}
	fraction := m[2]
	e.padded = exponent > len(fraction)
	if e.padded {
		fraction += strings.Repeat("0", exponent-len(fraction))
	}
	e.digits = m[1] + fraction[:exponent]
	e.fraction = strings.Trim(fraction[exponent:], "0") != ""
	return e, true
}

// Thousands apart, in one of the ways of writing amounts, and a fraction of
// zeros. Dots and blanks alone do not tell: numbers are written so in many
// countries.
var amounts = regexp.MustCompile(`^\+?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(\.0*)?|(?:\.[0-9]{3}){2,}(,0*)|(?: [0-9]{3}){2,}([.,]0*)|(?:['’][0-9]{3}){2,}([.,]0*)?)$`)

// amount returns the digits of 6,175,550,142.00, its plus kept.
func amount(text string) (string, bool) {
	m := amounts.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	fraction := strings.Join(m[1:], "") // one of them at most
	return plusOf(text) + digitsOf(strings.TrimSuffix(text, fraction)), true
}

func plusOf(text string) string {
	if strings.HasPrefix(text, "+") {
		return "+"
	}
	return ""
}
