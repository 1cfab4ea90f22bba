package phone

// most is the number of digits that are looked at fast: those of the longest
// number after the longest prefix.
const most = 40

// spelled is a number as it was dialled or written, reduced to what counts.
type spelled struct {
	digits  [most]byte
	n       int
	plus    bool
	bracket bool // (0) was in it
}

// long tells whether it cannot be a number of the local network, or too short
// for any other.
func (s *spelled) long() bool { return s.n > longestShort || s.plus && s.n > digitsLeast }

// scan reduces ordinary text, digits with ordinary punctuation, to what counts
// in it. It refuses everything that the library may see more in.
func scan(text string) (s spelled, ordinary bool) {
	if len(text) > longest {
		return s, false
	}
	for i := range len(text) {
		switch c := text[i]; c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			if s.n == most {
				return s, false
			}
			s.digits[s.n] = c
			s.n++
		case '+':
			if s.plus || s.n > 0 {
				return s, false
			}
			s.plus = true
		case '(':
			s.bracket = s.bracket || len(text)-i > 2 && text[i+1:i+3] == "0)"
		case ' ', '-', '.', '/', ')', '[', ']':
		default:
			return s, false
		}
	}
	return s, true
}

// reading is what something dialled turned out to be.
type reading struct {
	number Number // empty: not a number to dial
	kind   Kind
	region Region // where it belongs
	local  bool   // lacks its area code
}

// look reads a number dialled in a, which may be nil for one with a plus. It is
// not sure if only the library can tell. It does what the library does, step
// by step; see there for the reasons.
func (b *book) look(digits []byte, plus bool, a *area) (r reading, sure bool) {
	var buffers [2][most + 8]byte
	p, national, found, sure := b.country(digits, plus, a, buffers[0][:0])
	if !sure {
		return r, false
	}
	if !found {
		return r, true
	}
	dialled := a
	if p == nil {
		p = b.plans[a.code]()
	} else if p.regions[0] != regionOf(a) {
		dialled = p.areas[0]
	}
	if p.automaton == nil || dialled.odd {
		return r, false
	}
	if len(national) < digitsLeast {
		return r, true
	}
	stripped, sure := p.strip(national, dialled, buffers[1][:0])
	if !sure {
		return r, false
	}
	if l := dialled.length(len(stripped)); l == possible || l == tooLong {
		national = stripped
	}
	if len(national) < digitsLeast || len(national) > digitsMost {
		return r, true
	}
	return judge(p, national, string(national) == string(digits)), true
}

func regionOf(a *area) Region {
	if a == nil {
		return ""
	}
	return a.region
}

// judge says what a national number is.
func judge(p *plan, national []byte, whole bool) reading {
	is := p.answers[p.run(national)][len(national)]
	r := reading{kind: is.kind, region: is.region}
	if is.kind == Unknown && p.code == 1 && fictional(national) {
		r.kind = FixedOrMobile
		if r.region == "" {
			r.region = plans().fiction[string(national[:3])]
		}
	}
	if r.kind == Unknown {
		r.local = whole && len(national) >= shortestLocal && p.areas[0].length(len(national)) == localOnly
		return r
	}
	var text [1 + 3 + digitsMost]byte
	e164 := append(appendCode(append(text[:0], '+'), p.code), national...)
	r.number = Number(e164)
	return r
}

func appendCode(b []byte, code int) []byte {
	if code >= 100 {
		b = append(b, byte('0'+code/100))
	}
	if code >= 10 {
		b = append(b, byte('0'+code/10%10))
	}
	return append(b, byte('0'+code%10))
}

// country finds the calling code that was dialled and what follows it, which
// may be put together in buffer. The plan is nil if no code was dialled; found
// is false if the number cannot be read.
func (b *book) country(digits []byte, plus bool, a *area, buffer []byte) (p *plan, rest []byte, found, sure bool) {
	if plus {
		if len(digits) <= digitsLeast {
			return nil, nil, false, true
		}
		if p, rest = b.code(digits); p != nil {
			return p, rest, true, true
		}
	}
	if a == nil {
		return nil, nil, false, true
	}
	if a.odd {
		return nil, nil, false, false
	}
	rest, international, sure := a.abroad(digits)
	switch {
	case !sure:
		return nil, nil, false, false
	case international && len(rest) <= digitsLeast:
		return nil, nil, false, true
	case international:
		p, rest = b.code(rest)
		return p, rest, p != nil, true
	case plus: // and a code that does not exist
		return nil, nil, false, true
	default:
		return b.ownCode(digits, a, buffer)
	}
}

// code takes a calling code from the front.
func (b *book) code(digits []byte) (*plan, []byte) {
	if digits[0] == '0' {
		return nil, nil
	}
	code := 0
	for i := 0; i < 3 && i < len(digits); i++ {
		code = code*10 + int(digits[i]-'0')
		if b.plans[code] != nil {
			return b.plans[code](), digits[i+1:]
		}
	}
	return nil, nil
}

// abroad takes away what a dials to reach other countries.
func (a *area) abroad(digits []byte) (rest []byte, international, sure bool) {
	if a.international == nil {
		return nil, false, true
	}
	m, found, sure := a.international.find(digits)
	if !sure || !found {
		return nil, false, sure
	}
	rest = digits[m[1]:]
	if len(rest) > 0 && rest[0] == '0' {
		return nil, false, true
	}
	return rest, true, true
}

// ownCode takes away the calling code of a, written without a plus, if the
// number is one only without it.
func (b *book) ownCode(digits []byte, a *area, buffer []byte) (p *plan, rest []byte, found, sure bool) {
	var text [3]byte
	code := appendCode(text[:0], a.code)
	if len(digits) < len(code) || string(digits[:len(code)]) != string(code) {
		return nil, digits, true, true
	}
	p = b.plans[a.code]()
	if p.automaton == nil {
		return nil, nil, false, false
	}
	national, sure := p.strip(digits[len(code):], a, buffer)
	if !sure {
		return nil, nil, false, false
	}
	full, short := p.general[p.run(digits)][a.number], p.general[p.run(national)][a.number]
	if !full && short || a.length(len(digits)) == tooLong {
		return p, national, true, true
	}
	return nil, digits, true, true
}

// strip takes away what is dialled before a number within a; buffer is where a
// number is put together that changes by it.
func (p *plan) strip(digits []byte, a *area, buffer []byte) (rest []byte, sure bool) {
	if a.national == nil || len(digits) == 0 {
		return digits, true
	}
	m, found, sure := a.national.find(digits)
	if !sure || !found {
		return digits, sure
	}
	rest = digits[m[1]:]
	if last := 2 * a.national.groups; a.national.group > 0 && m[last] >= 0 {
		rest = append(buffer, a.national.text...)
		if g := 2 * a.national.group; m[g] >= 0 {
			rest = append(rest, digits[m[g]:m[g+1]]...)
		}
		rest = append(rest, digits[m[1]:]...)
	}
	if p.general[p.run(digits)][a.number] && !p.general[p.run(rest)][a.number] {
		return digits, true
	}
	return rest, true
}
