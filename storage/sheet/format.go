package sheet

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// append appends a number as the user sees it, in no particular language. A
// format that hides it, or is not understood, shows the plain number.
func (f *format) append(dst []byte, v float64, date1904 bool) []byte {
	if f.general {
		return appendGeneral(dst, v)
	}
	s, unsigned := f.choose(v)
	if s == nil {
		return appendGeneral(dst, v)
	}
	from := len(dst)
	ok := true
	switch s.kind {
	case dateSection:
		dst, ok = s.appendDate(dst, v, date1904)
	case numberSection:
		dst = s.appendNumber(dst, v, unsigned)
	default:
		ok = false
	}
	shown := bytes.TrimSpace(dst[from:])
	if !ok || len(shown) == 0 {
		return appendPlain(dst[:from], v)
	}
	return append(dst[:from], shown...)
}

// choose returns the section for a number, nil if there is none, and whether
// the section says by itself that the number is below zero.
func (f *format) choose(v float64) (s *section, unsigned bool) {
	n := len(f.sections)
	for i := range f.sections {
		s := &f.sections[i]
		below := i == 1 && s.condition == 0 && v < 0
		switch {
		case s.condition != 0:
			if s.holds(v) {
				return s, v < 0 && s.limit <= 0 && (s.condition == '<' || s.condition == 'l')
			}
		case n == 1, i == n-1, i == 0 && (v > 0 || n == 2 && v == 0), below:
			return s, below
		}
	}
	return nil, false
}

func (s *section) holds(v float64) bool {
	switch s.condition {
	case '<':
		return v < s.limit
	case 'l':
		return v <= s.limit
	case '>':
		return v > s.limit
	case 'g':
		return v >= s.limit
	case '=':
		return v == s.limit
	default:
		return v != s.limit
	}
}

// appendText appends a text as the format's section for text has it.
func (f *format) appendText(dst []byte, text string) []byte {
	from := len(dst)
	for _, p := range f.text.parts {
		switch p.kind {
		case '@':
			dst = append(dst, text...)
		case 'l':
			dst = append(dst, p.text...)
		}
	}
	if len(dst) == from {
		return append(dst, text...) // hidden
	}
	return dst
}

// appendPlain appends all of a number's digits.
func appendPlain(dst []byte, v float64) []byte {
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// appendGeneral appends a number as Excel shows it in a wide cell without
// format: in at most 11 characters, and with an exponent if it has more than 11
// digits before the point or none within four places behind it.
func appendGeneral(dst []byte, v float64) []byte {
	const room = 11
	size := math.Abs(v)
	switch {
	case v == 0:
		return append(dst, '0')
	case size >= 1e11-0.5 || size < 1e-4:
		return appendScience(dst, v)
	}
	before := 1
	for limit := 10.0; size >= limit; limit *= 10 {
		before++
	}
	return appendTrimmed(dst, strconv.FormatFloat(v, 'f', max(0, room-1-before), 64))
}

// appendTrimmed leaves out zeros at the end, behind a point.
func appendTrimmed(dst []byte, s string) []byte {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return append(dst, s...)
}

func appendScience(dst []byte, v float64) []byte {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'E', 5, 64), "E")
	dst = appendTrimmed(dst, mantissa)
	return append(append(dst, 'E'), exponent...)
}

// decimal is a number by its digits, of which Excel has fifteen: 0.digits ×
// 10^point.
type decimal struct {
	negative bool
	digits   []byte // without zeros at either end
	point    int
}

func decimalOf(v float64) decimal {
	d := decimal{negative: v < 0}
	if v == 0 {
		return d
	}
	text := strconv.FormatFloat(math.Abs(v), 'e', 14, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	n, _ := strconv.Atoi(exponent) // FormatFloat has written it
	d.point = n + 1
	d.digits = []byte(strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0"))
	return d
}

// round leaves so many places behind the point, half away from zero.
func (d *decimal) round(places int) {
	keep := d.point + places
	if keep >= len(d.digits) {
		return
	}
	if keep < 0 {
		d.digits, d.point = nil, 0
		return
	}
	up := d.digits[keep] >= '5'
	d.digits = d.digits[:keep]
	for i := keep - 1; up && i >= 0; i-- {
		if d.digits[i] < '9' {
			d.digits[i]++
			up = false
		} else {
			d.digits = d.digits[:i]
		}
	}
	if up {
		d.digits = append(d.digits, '1')
		d.point++
	}
	d.digits = bytes.TrimRight(d.digits, "0")
}

// at returns the digit of 10^n.
func (d *decimal) at(n int) byte {
	if i := d.point - 1 - n; i >= 0 && i < len(d.digits) {
		return d.digits[i]
	}
	return '0'
}

// appendNumber appends a number by the digits of a section.
func (s *section) appendNumber(dst []byte, v float64, unsigned bool) []byte {
	d := decimalOf(v)
	if len(d.digits) > 0 {
		d.point += 2*s.percent - 3*s.scale
	}
	power := 0
	if s.exponent > 0 {
		power = s.normalize(&d)
	}
	d.round(s.places)
	if d.negative && !unsigned {
		dst = append(dst, '-')
	}
	w := writer{section: s, decimal: d, value: math.Abs(v), power: power}
	for i, p := range s.parts {
		dst = w.append(dst, p, i)
	}
	return dst
}

// normalize shifts a number so that its digits before the point fit, and
// returns its exponent, a multiple of their number.
func (s *section) normalize(d *decimal) int {
	step := max(s.whole, 1)
	for range 2 { // rounding may make one more digit
		if len(d.digits) == 0 {
			return 0
		}
		power := d.point - 1
		power -= ((power % step) + step) % step
		trial := decimal{digits: bytes.Clone(d.digits), point: d.point - power}
		trial.round(s.places)
		if trial.point <= step {
			d.point -= power
			return power
		}
		*d = decimal{negative: d.negative, digits: []byte("1"), point: d.point + 1}
	}
	return 0
}

// writer writes a number into the places of a section.
type writer struct {
	*section
	decimal decimal
	value   float64
	power   int
	whole   int // places before the point that were written
	places  int // and behind
	point   bool
}

func (w *writer) append(dst []byte, p part, _ int) []byte {
	switch p.kind {
	case 'l':
		return append(dst, p.text...)
	case 'G':
		return appendGeneral(dst, w.value)
	case '.':
		if w.section.whole == 0 && w.decimal.point > 0 {
			dst = w.appendWhole(dst, '#', 0)
		}
		w.point = true
		return append(dst, '.')
	case '0':
		if w.point {
			w.places++
			return w.appendPlace(dst, p.text[0])
		}
		w.whole++
		return w.appendWhole(dst, p.text[0], w.section.whole-w.whole)
	case 'E':
		return w.appendExponent(dst, p.text)
	}
	return dst
}

// appendWhole appends the digit of 10^n, and at the first place all those
// before it.
func (w *writer) appendWhole(dst []byte, kind byte, n int) []byte {
	from := n
	if w.whole <= 1 {
		from = max(n, w.decimal.point-1)
	}
	for i := from; i >= n; i-- {
		switch {
		case i < w.decimal.point || kind == '0':
			dst = append(dst, w.decimal.at(i))
		case kind == '?':
			dst = append(dst, ' ')
			continue
		default:
			continue
		}
		if w.thousands && i > 0 && i%3 == 0 {
			dst = append(dst, ',')
		}
	}
	return dst
}

func (w *writer) appendPlace(dst []byte, kind byte) []byte {
	if w.decimal.point+w.places <= len(w.decimal.digits) || kind == '0' {
		return append(dst, w.decimal.at(-w.places))
	}
	if w.decimal.point+w.places-1 < len(w.decimal.digits) {
		return append(dst, w.decimal.at(-w.places))
	}
	if kind == '?' {
		return append(dst, ' ')
	}
	return dst
}

func (w *writer) appendExponent(dst []byte, sign string) []byte {
	dst = append(dst, 'E')
	power := strconv.Itoa(max(w.power, -w.power))
	switch {
	case w.power < 0:
		dst = append(dst, '-')
	case sign[1] == '+':
		dst = append(dst, '+')
	}
	for range w.exponent - len(power) {
		dst = append(dst, '0')
	}
	return append(dst, power...)
}
