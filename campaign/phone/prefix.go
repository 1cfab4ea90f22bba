package phone

import (
	"regexp"
	"regexp/syntax"
	"strconv"
)

// A prefix matches a pattern at the start of a number: the digits dialled
// before it. Of several possible matches it takes the one that regexp takes,
// that of the leftmost alternative, and remembers its groups.
type prefix struct {
	prog   *syntax.Prog
	groups int
	// What replaces a match whose last group took part: text, then a group.
	text  string
	group int
}

// mostGroups is the number of groups a pattern may have; none has more than two.
const mostGroups = 3

// A match holds the ends of group i at 2i and 2i+1, of all of it at 0 and 1;
// -1 where it took no part.
type match [2 * (mostGroups + 1)]int

var transform = regexp.MustCompile(`^([0-9]*)\$([1-9])$`)

// newPrefix returns nil for the empty pattern, which matches nothing; known is
// false if the pattern or the rule is of a kind that prefix does not know.
func newPrefix(pattern, rule string) (p *prefix, known bool) {
	if pattern == "" {
		return nil, true
	}
	p = &prefix{prog: program(pattern)}
	if p.prog == nil || p.prog.NumCap > len(match{}) {
		return nil, false
	}
	p.groups = p.prog.NumCap/2 - 1
	if rule == "" {
		return p, true
	}
	m := transform.FindStringSubmatch(rule)
	if m == nil {
		return nil, false
	}
	p.text = m[1]
	p.group, _ = strconv.Atoi(m[2])
	return p, p.group <= p.groups
}

// mostSteps bounds the search: the metadata's patterns need some hundred.
const mostSteps = 5000

// find looks for the pattern at the start of digits. It is sure unless the
// search was given up.
func (p *prefix) find(digits []byte) (m match, found, sure bool) {
	for i := range m {
		m[i] = -1
	}
	s := search{prog: p.prog, digits: digits, groups: &m, left: mostSteps}
	m[0] = 0
	end, found := s.from(uint32(p.prog.Start), 0)
	m[1] = end
	return m, found, s.left > 0
}

type search struct {
	prog   *syntax.Prog
	digits []byte
	groups *match
	left   int
}

// from tries the instruction pc at a position, the first alternative first.
func (s *search) from(pc uint32, at int) (end int, found bool) {
	for s.left--; s.left > 0; s.left-- {
		inst := &s.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstMatch:
			return at, true
		case syntax.InstAlt, syntax.InstAltMatch:
			if end, found := s.from(inst.Out, at); found || s.left <= 0 {
				return end, found
			}
			pc = inst.Arg
		case syntax.InstNop:
			pc = inst.Out
		case syntax.InstCapture:
			return s.capture(inst, at)
		case syntax.InstEmptyWidth:
			if !s.holds(syntax.EmptyOp(inst.Arg), at) {
				return 0, false
			}
			pc = inst.Out
		case syntax.InstFail:
			return 0, false
		default:
			if at == len(s.digits) || !inst.MatchRune(rune(s.digits[at])) {
				return 0, false
			}
			pc, at = inst.Out, at+1
		}
	}
	return 0, false
}

func (s *search) capture(inst *syntax.Inst, at int) (end int, found bool) {
	if inst.Arg < 2 {
		return s.from(inst.Out, at)
	}
	before := s.groups[inst.Arg]
	s.groups[inst.Arg] = at
	end, found = s.from(inst.Out, at)
	if !found {
		s.groups[inst.Arg] = before
	}
	return end, found
}

// holds tells whether what needs no digit is so. The patterns have the end of
// the number only.
func (s *search) holds(op syntax.EmptyOp, at int) bool {
	if op == syntax.EmptyEndText || op == syntax.EmptyEndLine {
		return at == len(s.digits)
	}
	s.left = 0 // not sure
	return false
}
