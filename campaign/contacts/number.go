package contacts

import (
	"errors"
	"regexp"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// reading is what one cell gave. With a number, problem is what was repaired
// to get it, if anything; without one it is why there is none.
type reading struct {
	number  phone.Number
	problem campaign.Problem
	also    []campaign.Problem // other repairs that were needed
	// proposal is what the cell may mean, where that cannot be told without a
	// guess, or where a person refused it as number.
	proposal phone.Number
	more     []phone.Number // that the cell holds beside it
}

// A number of fewer digits than shortest is no telephone number of its own,
// but a room, an extension or an hour beside one.
const shortest = 7

// longest is how many digits a number has at most (ITU-T E.164, 6.1).
const longest = 15

// readNumber reads the number in a cell. No digit is guessed.
func readNumber(c campaign.Cell, region phone.Region) reading {
	if n, certain := readOrdinary(c, region); certain {
		return reading{number: n}
	}
	switch c.Type {
	case campaign.CellDate:
		return readDate(c, region)
	case campaign.CellNumber:
		return readNumeric(c, region)
	case campaign.CellFormula:
		if text, found := typedFormula(c.Raw); found {
			return as(campaign.ProblemFormulaPlus, readText(text, region))
		}
		return readText(c.Text, region)
	default:
		return readText(c.Text, region)
	}
}

// readOrdinary reads cells that nothing was done to, which are nearly all of
// them, without a look at any rule of repair. It is certain only where none
// would apply.
func readOrdinary(c campaign.Cell, region phone.Region) (phone.Number, bool) {
	var own, shown digits
	text := c.Text
	switch c.Type {
	case campaign.CellText:
		if !own.of(text) {
			return "", false
		}
	case campaign.CellNumber:
		if text = c.Raw; !own.of(text) || own.n != len(text) || !shown.of(c.Text) || own != shown {
			return "", false
		}
	default:
		return "", false
	}
	if own.n < shortest || own.zeros() >= suspectZeros || own.n <= longestDate && own.n < len(text) {
		return "", false
	}
	n, err := phone.Parse(text, region)
	if err != nil {
		return "", false
	}
	was := own.text[:own.n]
	return n, compare(was, text[0] == '+', n) == plain && !doubled(was, n)
}

// longestDate is the number of digits that a date has at most.
const longestDate = 8

// digits are those of a text that holds little else.
type digits struct {
	text [longest]byte
	n    int
}

// of takes the digits of s, and tells whether the rest is ordinary: blanks,
// hyphens, brackets, a plus in front, dots unless it is a single one.
func (d *digits) of(s string) bool {
	dots := 0
	for i := range len(s) {
		switch b := s[i]; {
		case '0' <= b && b <= '9':
			if d.n == longest {
				return false
			}
			d.text[d.n] = b
			d.n++
		case b == ' ' || b == '-' || b == '(' || b == ')' || b == '+' && i == 0:
		case b == '.':
			dots++
		default:
			return false
		}
	}
	return dots != 1
}

func (d *digits) zeros() int {
	n := d.n
	for n > 0 && d.text[n-1] == '0' {
		n--
	}
	return d.n - n
}

// as gives a reading that succeeded the problem that was overcome, before
// those that were overcome on the way.
func as(kind campaign.Problem, r reading) reading {
	switch {
	case r.number == "":
	case r.problem == "":
		r.problem = kind
	default:
		r.also = append(r.also, r.problem)
		r.problem = kind
	}
	return r
}

// beside is as for what is not worth a word if there is more to tell.
func beside(kind campaign.Problem, r reading) reading {
	switch {
	case r.number == "" || kind == "":
	case r.problem == "":
		r.problem = kind
	default:
		r.also = append(r.also, kind)
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

// readDate proposes the number that was formatted as a date, where the days
// that the file counts are one: dates of people's calendars are not so long.
func readDate(c campaign.Cell, region phone.Region) reading {
	got := reading{problem: campaign.ProblemDate}
	if serial, whole := expand(c.Raw); whole && !serial.fraction {
		got.proposal, _ = phone.Parse(serial.digits, region)
	}
	return got
}

// readDigits reads text that should be a number and nothing else.
func readDigits(text string, region phone.Region) reading {
	n, err := phone.Parse(text, region)
	if err != nil {
		return reading{problem: problemOf(err)}
	}
	switch how := written(text, n); how {
	case plain:
		return readOwn(text, region, n)
	case invented:
		return reading{problem: campaign.ProblemForm, proposal: n}
	default:
		return reading{number: n, problem: campaign.Problem(how)}
	}
}

// readOwn looks whether digits that are a number of the region as they stand
// are another one if their first are the region's own code: 491712345678 is
// one of Leer without its zero, and a mobile one whose plus is lost.
func readOwn(text string, region phone.Region, n phone.Number) reading {
	was := digitsOf(text)
	if doubled([]byte(was), n) {
		if other, err := phone.Parse("+"+was, region); err == nil {
			return reading{problem: campaign.ProblemLostPlus, proposal: other}
		}
	}
	return reading{number: n}
}

// readLost is readDigits for what may have lost its leading zero or its plus,
// as Excel takes them off a number; certain tells that it was one in the file.
func readLost(text string, region phone.Region, certain bool) reading {
	got := readDigits(text, region)
	lost := got.problem == campaign.ProblemInvalid || got.problem == campaign.ProblemLocal
	if !lost || !allDigits(text) {
		return got
	}
	if n, sure := phone.Padded(text, region); n != "" {
		return repaired(campaign.ProblemLeadingZero, n, sure && certain)
	}
	if n, sure := phone.Unplussed(text, region); n != "" {
		return repaired(campaign.ProblemLostPlus, n, sure)
	}
	return got
}

// repaired is a number that is dialled if it is certain, else proposed.
func repaired(kind campaign.Problem, n phone.Number, certain bool) reading {
	if certain {
		return reading{number: n, problem: kind}
	}
	return reading{problem: kind, proposal: n}
}

func problemOf(err error) campaign.Problem {
	var e *phone.Error
	if !errors.As(err, &e) {
		return campaign.ProblemInvalid
	}
	switch {
	case e.Why.Forbidden():
		return campaign.ProblemForbidden
	case e.Why == phone.Absent:
		return campaign.ProblemNoNumber
	case e.Why == phone.Local:
		return campaign.ProblemLocal
	default:
		return campaign.ProblemInvalid
	}
}
