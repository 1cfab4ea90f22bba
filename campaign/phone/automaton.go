package phone

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
)

// An automaton matches all the patterns of one calling code in a single pass
// over the digits. It is the subset construction over the programs that
// package regexp/syntax compiles, with digits as its only letters, so it
// answers exactly what regexp would.
type automaton struct {
	next [][10]uint16 // by state; 0 is the state of no return
	ends []uint16     // by state: which of sets matches if the digits end here
	sets [][]uint16   // the numbers of the patterns that match, ascending
}

// start is the state before the first digit.
const start = 1

// mostStates bounds what a plan may need; the largest today needs a tenth.
const mostStates = 60_000

// run returns the number of the set of patterns that match all the digits.
func (a *automaton) run(digits []byte) int {
	state := uint16(start)
	for _, d := range digits {
		state = a.next[state][d-'0']
	}
	return int(a.ends[state])
}

// compile builds the automaton of patterns, each to match from first digit to
// last; nil if one of them is of a kind it does not know.
func compile(patterns []string) *automaton {
	b := builder{states: map[string]uint16{}, sets: map[string]uint16{}, a: &automaton{}}
	for _, pattern := range patterns {
		prog := program(pattern)
		if prog == nil {
			return nil
		}
		b.progs = append(b.progs, prog)
		b.offset = append(b.offset, b.total)
		b.total += len(prog.Inst)
	}
	return b.build()
}

func program(pattern string) *syntax.Prog {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil
	}
	return prog
}

// builder is the subset construction. A thread is an instruction of one of the
// programs, numbered through.
type builder struct {
	a      *automaton
	progs  []*syntax.Prog
	offset []int // the number of a program's first thread
	total  int
	states map[string]uint16
	sets   map[string]uint16
	queue  [][]thread // by state: what waits for a digit there

	seen    []bool
	waiting []thread
	matched []uint16
	failed  bool
}

type thread struct{ pattern, pc int }

func (b *builder) build() *automaton {
	b.seen = make([]bool, b.total)
	b.state() // of no return: nothing waits
	for i, prog := range b.progs {
		b.follow(thread{i, prog.Start})
	}
	b.state()
	for state := start; state < len(b.queue); state++ {
		for d := range rune(10) {
			for _, t := range b.queue[state] {
				inst := &b.progs[t.pattern].Inst[t.pc]
				if inst.MatchRune('0' + d) {
					b.follow(thread{t.pattern, int(inst.Out)})
				}
			}
			b.a.next[state][d] = b.state()
		}
		if b.failed || len(b.queue) > mostStates {
			return nil
		}
	}
	return b.a
}

// follow adds t, or what it leads to without a digit.
func (b *builder) follow(t thread) {
	number := b.offset[t.pattern] + t.pc
	if b.seen[number] {
		return
	}
	b.seen[number] = true
	inst := &b.progs[t.pattern].Inst[t.pc]
	switch inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		b.follow(thread{t.pattern, int(inst.Out)})
		b.follow(thread{t.pattern, int(inst.Arg)})
	case syntax.InstCapture, syntax.InstNop:
		b.follow(thread{t.pattern, int(inst.Out)})
	case syntax.InstMatch:
		b.matched = append(b.matched, uint16(t.pattern))
	case syntax.InstFail:
	case syntax.InstEmptyWidth:
		b.failed = true
	default:
		b.waiting = append(b.waiting, t)
	}
}

// state returns the state of what has been followed since the last one.
func (b *builder) state() uint16 {
	key := make([]byte, 0, 4*(len(b.waiting)+len(b.matched)+1))
	numbers := make([]int, 0, len(b.waiting))
	for _, t := range b.waiting {
		numbers = append(numbers, b.offset[t.pattern]+t.pc)
	}
	slices.Sort(numbers)
	slices.Sort(b.matched)
	for _, n := range numbers {
		key = binary.BigEndian.AppendUint32(key, uint32(n))
	}
	set := b.set()
	key = binary.BigEndian.AppendUint16(key, set)
	state, known := b.states[string(key)]
	if !known {
		state = uint16(len(b.queue))
		b.states[string(key)] = state
		b.queue = append(b.queue, slices.Clone(b.waiting))
		b.a.next = append(b.a.next, [10]uint16{})
		b.a.ends = append(b.a.ends, set)
	}
	clear(b.seen)
	b.waiting, b.matched = b.waiting[:0], b.matched[:0]
	return state
}

func (b *builder) set() uint16 {
	key := make([]byte, 0, 2*len(b.matched))
	for _, m := range b.matched {
		key = binary.BigEndian.AppendUint16(key, m)
	}
	set, known := b.sets[string(key)]
	if !known {
		set = uint16(len(b.a.sets))
		b.sets[string(key)] = set
		b.a.sets = append(b.a.sets, slices.Clone(b.matched))
	}
	return set
}
