package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A format code has up to four sections between semicolons: for numbers above
// zero, below, zero itself, and text (ECMA-376 18.8.31). This file takes codes
// apart, format.go shows numbers by them.

// format is a code taken apart.
type format struct {
	general  bool // as Excel shows a number that has no format
	date     bool
	words    bool // a text is not shown as it is
	sections []section
	text     *section
}

type sectionKind byte

const (
	plainSection  sectionKind = iota // not understood: the number itself
	numberSection                    // digits and what stands between them
	dateSection
	textSection
)

// section is one of a format's.
type section struct {
	kind      sectionKind
	condition byte // '<', 'l' for <=, '=', '!' for <>, 'g' for >=, '>'; zero: none
	limit     float64
	parts     []part
	whole     int // digits before the point
	places    int // and after it
	thousands bool
	scale     int // how often to divide by 1000
	percent   int // how often to multiply by 100
	exponent  int // digits of the exponent, zero: none
	fraction  int // digits of a second
	halves    bool
}

// part is a piece of a section: 'l' literal, '0' a digit (text 0, # or ?), '.'
// the point, ',' a comma, 'E' the exponent with its sign, 'G' General, '@' the text, 'a'
// AM/PM, 'f' a fraction of a second, 'y' 'm' 'd' 'h' 's' parts of a date, 'n'
// minutes, 'H' 'N' 'S' elapsed time.
type part struct {
	kind  byte
	count int
	text  string
}

var general = &format{general: true} //nolint:gochecknoglobals // it is never changed

// maxCode is how long a code may be; Excel allows 255 characters.
const maxCode = 1 << 10

// compile takes a code apart.
func compile(code string) *format {
	if code == "" || strings.EqualFold(code, "general") || code == "@" || len(code) > maxCode {
		return general
	}
	f := &format{}
	for _, text := range splitCode(systemCode(code)) {
		s := parseSection(text)
		if s.kind == textSection {
			f.text = &s
			break
		}
		f.sections = append(f.sections, s)
	}
	if len(f.sections) > 3 {
		f.text = &f.sections[3]
		f.sections = f.sections[:3]
	}
	f.words = f.text != nil && (len(f.text.parts) != 1 || f.text.parts[0].kind != '@')
	f.general = len(f.sections) == 0
	f.date = len(f.sections) > 0 && f.sections[0].kind == dateSection
	return f
}

// systemCode replaces codes that stand for how the user's system shows dates:
// what follows in them is what that was on another.
func systemCode(code string) string {
	lower := strings.ToLower(code)
	switch {
	case strings.HasPrefix(lower, "[$-f800]"), strings.HasPrefix(lower, "[$-x-sysdate]"):
		return "yyyy-mm-dd"
	case strings.HasPrefix(lower, "[$-f400]"), strings.HasPrefix(lower, "[$-x-systime]"):
		return "h:mm:ss"
	default:
		return code
	}
}

// splitCode cuts a code into its sections.
func splitCode(code string) []string {
	var list []string
	from := 0
	for i := 0; i < len(code); {
		if code[i] == ';' {
			list = append(list, code[from:i])
			from = i + 1
		}
		i += unitLength(code[i:])
	}
	return append(list, code[from:])
}

// unitLength is how long the first thing in a code is: a text in quotes, a
// character with its escape, a bracket, or a letter.
func unitLength(code string) int {
	closing := byte(0)
	switch code[0] {
	case '"':
		closing = '"'
	case '[':
		closing = ']'
	case '\\', '_', '*':
		_, n := utf8.DecodeRuneInString(code[1:])
		return 1 + n
	default:
		_, n := utf8.DecodeRuneInString(code)
		return n
	}
	if end := strings.IndexByte(code[1:], closing); end >= 0 {
		return end + 2
	}
	return len(code)
}

// parseSection takes one section apart.
func parseSection(code string) section {
	s := section{kind: numberSection}
	for code != "" {
		n := s.take(code)
		if n == 0 {
			return section{kind: plainSection, condition: s.condition, limit: s.limit}
		}
		code = code[n:]
	}
	s.complete()
	return s
}

// take adds the first thing in a code, and returns its length, zero if it is
// not understood.
func (s *section) take(code string) int {
	n := unitLength(code)
	switch c := code[0]; c {
	case '"':
		s.literal(strings.Trim(code[:n], `"`))
	case '\\':
		s.literal(code[1:n])
	case '_', '*':
	case '[':
		return s.bracket(code[:n])
	case '0', '#', '?':
		s.parts = append(s.parts, part{kind: '0', text: code[:1]})
	case '.':
		s.parts = append(s.parts, part{kind: '.'})
	case ',':
		s.parts = append(s.parts, part{kind: ','})
	case '%':
		s.percent++
		s.literal("%")
	case '@':
		s.kind = textSection
		s.parts = append(s.parts, part{kind: '@'})
	default:
		if c < utf8.RuneSelf && letter(c) {
			return s.word(code)
		}
		s.literal(code[:n])
	}
	return n
}

func (s *section) literal(text string) {
	s.parts = append(s.parts, part{kind: 'l', text: text})
}

// word takes letters: of a date, of AM/PM, of an exponent.
func (s *section) word(code string) int {
	lower := strings.ToLower(code)
	for _, halves := range []string{"am/pm", "a/p"} {
		if strings.HasPrefix(lower, halves) {
			s.kind, s.halves = dateSection, true
			s.parts = append(s.parts, part{kind: 'a', count: len(halves), text: code[:len(halves)]})
			return len(halves)
		}
	}
	switch {
	case strings.HasPrefix(lower, "general"):
		s.parts = append(s.parts, part{kind: 'G'})
		return len("general")
	case strings.HasPrefix(lower, "e+"), strings.HasPrefix(lower, "e-"):
		n := 2 + len(lower[2:]) - len(strings.TrimLeft(lower[2:], "0#?"))
		s.exponent = n - 2
		s.parts = append(s.parts, part{kind: 'E', text: code[:2]})
		if s.exponent == 0 {
			return 0
		}
		return n
	case strings.ContainsRune("ymdhseg", rune(lower[0])):
		n := len(lower) - len(strings.TrimLeft(lower, lower[:1]))
		s.kind = dateSection
		switch lower[0] {
		case 'g': // the era of a calendar that is not ours
		case 'e':
			s.parts = append(s.parts, part{kind: 'y', count: 4})
		default:
			s.parts = append(s.parts, part{kind: lower[0], count: n})
		}
		return n
	default:
		return 0
	}
}

// bracket takes […]: a condition, a currency, elapsed time, or a colour and a
// language, which change no letter here.
func (s *section) bracket(code string) int {
	inside := strings.ToLower(strings.Trim(code, "[]"))
	switch {
	case inside == "":
	case strings.Trim(inside, "h") == "", strings.Trim(inside, "m") == "", strings.Trim(inside, "s") == "":
		s.kind = dateSection
		kind := map[byte]byte{'h': 'H', 'm': 'N', 's': 'S'}[inside[0]]
		s.parts = append(s.parts, part{kind: kind, count: len(inside)})
	case strings.ContainsRune("<>=", rune(inside[0])):
		return s.conditional(inside, len(code))
	case inside[0] == '$':
		symbol, _, _ := strings.Cut(strings.Trim(code, "[]")[1:], "-")
		s.literal(symbol)
	}
	return len(code)
}

func (s *section) conditional(inside string, n int) int {
	operators := []struct {
		text string
		mark byte
	}{{"<=", 'l'}, {">=", 'g'}, {"<>", '!'}, {"<", '<'}, {">", '>'}, {"=", '='}}
	for _, o := range operators {
		rest, found := strings.CutPrefix(inside, o.text)
		if !found {
			continue
		}
		limit, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
		if err != nil {
			return 0
		}
		s.condition, s.limit = o.mark, limit
		break
	}
	return n
}

// complete settles what can be told only at a section's end.
func (s *section) complete() {
	switch s.kind {
	case dateSection:
		s.completeDate()
	case numberSection:
		s.completeNumber()
	default:
	}
}

// completeDate tells minutes from months: an m after hours or before seconds.
func (s *section) completeDate() {
	kept, before := s.parts[:0], byte(0)
	for i, p := range s.parts {
		switch p.kind {
		case 'm':
			if before == 'h' || before == 'H' || following(s.parts[i+1:]) == 's' {
				p.kind = 'n'
			}
			before = p.kind
		case 'y', 'd', 'h', 's', 'H', 'N', 'S':
			before = p.kind
		case '.':
			p = part{kind: 'l', text: "."}
			if before == 's' || before == 'S' {
				p.kind = 'f'
			}
		case ',':
			p = part{kind: 'l', text: ","}
		case '0':
			if n := len(kept); n > 0 && kept[n-1].kind == 'f' {
				kept[n-1].count++
				s.fraction = max(s.fraction, kept[n-1].count)
				continue
			}
			p.kind = 'l'
		}
		kept = append(kept, p)
	}
	s.parts = kept
}

// following is the first part of a date among parts.
func following(parts []part) byte {
	for _, p := range parts {
		if p.kind != 'l' {
			return p.kind
		}
	}
	return 0
}

// completeNumber counts digits, and tells commas between them, which group
// thousands, from those behind, which divide.
func (s *section) completeNumber() {
	point := slices.IndexFunc(s.parts, func(p part) bool { return p.kind == '.' })
	if point < 0 {
		point = len(s.parts)
	}
	s.whole, s.places = placeholders(s.parts[:point]), placeholders(s.parts[point:])
	kept, seen, slash := s.parts[:0], 0, false
	for i, p := range s.parts {
		switch p.kind {
		case '0':
			seen++
		case '.':
			if i > point {
				p = part{kind: 'l', text: "."}
			}
		case ',':
			if seen > 0 {
				s.comma(seen)
				continue
			}
			p.kind, p.text = 'l', ","
		case 'l':
			slash = slash || p.text == "/" && seen > 0 && seen < s.whole+s.places
		}
		kept = append(kept, p)
	}
	s.parts = kept
	if slash || len(kept) == 0 {
		s.kind = plainSection // a fraction, or nothing to be seen
	}
}

// comma is one behind so many digits.
func (s *section) comma(seen int) {
	switch {
	case seen < s.whole:
		s.thousands = true
	case seen == s.whole, seen == s.whole+s.places:
		s.scale++
	}
}

func placeholders(parts []part) int {
	n := 0
	for _, p := range parts {
		if p.kind == '0' {
			n++
		}
	}
	return n
}
