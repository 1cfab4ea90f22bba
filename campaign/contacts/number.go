package contacts

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// reading is what one cell gave. With a number, problem is what was repaired
// to get it, if anything; without one it is why there is none.
type reading struct {
	number  phone.Number
	problem campaign.Problem
}

// A number of fewer digits than shortest is no telephone number of its own,
// but a room, an extension or an hour beside one.
const shortest = 7

// Excel keeps 15 digits of a number and puts zeros for the rest.
const excelDigits = 15

// Numbers that end in so many zeros have been through an exponent form:
// 4.41E+11 in a file that was saved again.
const suspectZeros = 7

// readNumber reads the number in a cell. No digit is guessed.
func readNumber(c campaign.Cell, region phone.Region) reading {
	switch c.Type {
	case campaign.CellDate:
		return reading{problem: campaign.ProblemDate}
	case campaign.CellNumber:
		return readNumeric(c, region)
	case campaign.CellFormula:
		if text, found := typedFormula(c.Raw); found {
			return as(campaign.ProblemFormulaPlus, readText(text, region))
		}
		return readText(c.Text, region)
	default:
		if text, found := typedFormula(c.Text); found {
			return as(campaign.ProblemFormulaPlus, readText(text, region))
		}
		return readText(c.Text, region)
	}
}

// as gives a reading that succeeded the problem that was overcome.
func as(kind campaign.Problem, r reading) reading {
	if r.number != "" {
		r.problem = kind
	}
	return r
}

var plusFormula = regexp.MustCompile(`^=\s*(\+?[0-9][-0-9 ().]*|\+?\([-0-9 ().]*)$`)
var textFormula = regexp.MustCompile(`^="([^"]*)"$`)

// typedFormula recognises numbers that became formulas because they begin with
// + or =, and the ="…" of programs that protect numbers from Excel.
func typedFormula(raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	for _, form := range []*regexp.Regexp{plusFormula, textFormula} {
		if m := form.FindStringSubmatch(raw); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// readNumeric reads a cell that the spreadsheet holds as a number.
func readNumeric(c campaign.Cell, region phone.Region) reading {
	whole, valid := expand(c.Raw)
	if !valid || whole.fraction {
		return reading{problem: campaign.ProblemInvalid}
	}
	zeros := len(whole.digits) - len(strings.TrimRight(whole.digits, "0"))
	if len(whole.digits) > excelDigits || zeros >= suspectZeros {
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
	if !exponent && strings.HasSuffix(digitsOf(c.Text), whole.digits) {
		if n, err := phone.Parse(c.Text, region); err == nil {
			return reading{number: n, problem: kind}
		}
	}
	n, err := phone.Parse(whole.digits, region)
	if err != nil {
		return reading{problem: problemOf(err)}
	}
	return reading{number: n, problem: kind}
}

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

// readText reads a number that is text, or was shown as text.
func readText(raw string, region phone.Region) reading {
	text := phone.Clean(raw)
	if digitsOf(text) == "" && phoneLetters(text) == "" {
		return reading{problem: campaign.ProblemNoNumber}
	}
	e, numeric := expand(text)
	switch {
	case numeric && e.kind == campaign.ProblemExponent && e.padded:
		return reading{problem: campaign.ProblemDigitsLost}
	case numeric && e.kind != "" && !e.fraction && len(e.digits) >= shortest:
		return as(e.kind, readPlain(plusOf(text)+e.digits, region))
	case twoNumbers(text, region):
		return reading{problem: campaign.ProblemTwoNumbers}
	}
	return readPlain(text, region)
}

func plusOf(text string) string {
	if strings.HasPrefix(text, "+") {
		return "+"
	}
	return ""
}

var run = regexp.MustCompile(`[+(]*[0-9][-0-9 ().\x{2010}-\x{2015}/]*[0-9]`)

// readPlain reads text that holds one number, perhaps with words beside it.
func readPlain(text string, region phone.Region) reading {
	kind, number := campaign.Problem(""), text
	var long []string
	if phoneLetters(text) != "" {
		for _, part := range run.FindAllString(text, -1) {
			if len(digitsOf(part)) >= shortest {
				long = append(long, part)
			}
		}
	}
	switch len(long) {
	case 0:
	case 1:
		kind, number = campaign.ProblemNote, long[0]
	default:
		return reading{problem: campaign.ProblemTwoNumbers}
	}
	n, err := phone.Parse(number, region)
	if err != nil && dateLike.MatchString(text) {
		return reading{problem: campaign.ProblemDate}
	}
	if err != nil {
		return reading{problem: problemOf(err)}
	}
	if kind == "" && prefixed(number, n) {
		kind = campaign.ProblemPrefix
	}
	return reading{number: n, problem: kind}
}

// prefixed tells whether a number was written with 00 or 011 in place of +.
func prefixed(text string, n phone.Number) bool {
	if strings.Contains(text, "+") {
		return false
	}
	for _, prefix := range []string{"011", "00"} {
		rest, found := strings.CutPrefix(digitsOf(text), prefix)
		if found && len(rest) > 3 && strings.HasPrefix(string(n), "+"+rest[:3]) {
			return true
		}
	}
	return false
}

var dateLike = regexp.MustCompile(`^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})([ T]\d{1,2}:\d{2}(:\d{2})?)?$`)

var between = regexp.MustCompile(`(?i)[,;|&\n\r/\\]|\s(?:or|and|oder|und|ou|et|o|e|y)\s`)

// twoNumbers tells whether a cell holds more than one number, or one and the
// last digits of another ("312 555 0142/43").
func twoNumbers(text string, region phone.Region) bool {
	numbers := 0
	for _, part := range between.Split(text, -1) {
		if len(digitsOf(part)) >= shortest {
			numbers++
		}
	}
	if numbers != 1 {
		return numbers > 1
	}
	slash := strings.LastIndexAny(text, `/\`)
	if slash < 0 || phoneLetters(text[slash:]) != "" {
		return false
	}
	tail := len(digitsOf(text[slash:]))
	if tail == 0 || tail >= shortest || len(digitsOf(text[:slash])) < shortest {
		return false
	}
	_, err := phone.Parse(text[:slash], region)
	return err == nil
}

func problemOf(err error) campaign.Problem {
	var e *phone.Error
	switch {
	case errors.As(err, &e) && e.Why.Forbidden():
		return campaign.ProblemForbidden
	case errors.As(err, &e) && e.Why == phone.Absent:
		return campaign.ProblemNoNumber
	default:
		return campaign.ProblemInvalid
	}
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone.Clean(s))
}

func phoneLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, s)
}
