package grammar

import "strings"

// This file matches, token by token. A thread is one way through the graph,
// with the calls that it is in; all threads go on together, in document order.

// Bounds of matching, which a rule that refers to itself would pass without
// end: calls within each other, and places that are looked at for one token,
// apart from two for each node. What lies beyond is not matched.
const (
	maxCalls = 100
	maxSteps = 3000
)

// keySet is a set of telephone keys, a bit for each place in allKeys.
type keySet uint16

const allKeys = "1234567890*#ABCD"

// digitKeys are the ten digits.
const digitKeys keySet = 1<<10 - 1

func keyOf(key byte) keySet {
	if i := strings.IndexByte(allKeys, key); i >= 0 {
		return 1 << i
	}
	return 0
}

// State is how far the input has come. The zero value is a dead end. States
// are values: a step leaves the state before it as it was.
type State struct {
	grammar *Grammar
	reached []thread // right after the last token
	threads []thread // where the next token is awaited, or the grammar is done
	tokens  int
}

type thread struct {
	node  int
	calls *frame
	trace *event
}

// frame is a call that a thread will return from.
type frame struct {
	back   int // the node to go on with
	caller *frame
	depth  int
	id     uint64 // equal for equal frames: a hash of back and of the caller's
}

// event is what a thread has passed, the latest first.
type event struct {
	before *event
	node   *node  // a tag, a call, a return, or a token that is complete
	input  string // what was keyed or said for a key or word of a token
}

// Start returns the state before any input.
func (g *Grammar) Start() State {
	return State{grammar: g}.from([]thread{{node: g.start}})
}

// Key returns the state after one more key.
func (s State) Key(key byte) State {
	return s.step(input{keys: keyOf(key), text: string(rune(key))})
}

// Word returns the state after one more word. A digit may be said as a word.
func (s State) Word(word string) State {
	word = strings.ToLower(word)
	return s.step(input{keys: digitWord(word), word: word, text: word})
}

// input is one key, or one word and the key that it stands for.
type input struct {
	keys keySet
	word string
	text string
}

// taken returns the text of the input as n sees it.
func (in input) taken(n *node) (text string, ok bool) {
	switch n.kind {
	case key:
		if n.takes.keys&in.keys == 0 {
			return "", false
		}
		return in.keys.String(), true
	case word:
		return in.text, in.word != "" && n.takes.word == in.word
	case anything:
		return in.text, true
	default:
		return "", false
	}
}

// String is the first key of the set.
func (k keySet) String() string {
	for i := range len(allKeys) {
		if k&(1<<i) != 0 {
			return allKeys[i : i+1]
		}
	}
	return ""
}

func digitWord(word string) keySet {
	if len(word) == 1 {
		return keyOf(word[0]) & digitKeys
	}
	if word == "oh" {
		word = "zero"
	}
	for i, name := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero"} {
		if name == word {
			return 1 << i
		}
	}
	return 0
}

func (s State) step(in input) State {
	if s.grammar == nil {
		return s
	}
	var next []thread
	for _, t := range s.threads {
		n := &s.grammar.nodes[t.node]
		if text, ok := in.taken(n); ok {
			t.trace = &event{before: t.trace, node: n, input: text}
			t.node = n.next
			next = append(next, t)
		}
	}
	s.tokens++
	return s.from(next)
}

// from follows all that needs no input, depth first and in order; of threads
// that come to the same place the first one stays.
func (s State) from(reached []thread) State {
	c := closure{nodes: s.grammar.nodes, seen: map[place]bool{}}
	s.reached, s.threads = reached, nil
	for _, t := range reached {
		c.open = append(c.open[:0], t)
		for len(c.open) > 0 {
			last := len(c.open) - 1
			t := c.open[last]
			c.open = c.open[:last]
			if c.pass(t) {
				s.threads = append(s.threads, t)
			}
		}
	}
	return s
}

// place is where a thread is. Threads in one place have the same future.
type place struct {
	node  int
	calls uint64 // the frame
}

// closure is the work of one step.
type closure struct {
	nodes []node
	seen  map[place]bool
	open  []thread // to be followed, the next one last
}

// pass follows t through its node and tells whether it has to wait there.
func (c *closure) pass(t thread) bool {
	at := place{node: t.node}
	if t.calls != nil {
		at.calls = t.calls.id
	}
	if c.seen[at] || len(c.seen) >= maxSteps+2*len(c.nodes) {
		return false
	}
	c.seen[at] = true
	n := &c.nodes[t.node]
	switch n.kind {
	case fork:
		for i := len(n.branches) - 1; i >= 0; i-- {
			t.node = n.branches[i].to
			c.open = append(c.open, t)
		}
	case tags:
		t.trace, t.node = &event{before: t.trace, node: n}, n.next
		c.open = append(c.open, t)
	case call:
		if calls, ok := t.calls.enter(n.next); ok {
			c.open = append(c.open, thread{node: n.entry, calls: calls, trace: &event{before: t.trace, node: n}})
		}
	case leave:
		if t.calls == nil {
			return true
		}
		c.open = append(c.open, thread{node: t.calls.back, calls: t.calls.caller, trace: &event{before: t.trace, node: n}})
	default:
		return true
	}
	return false
}

// enter returns the frame of a call within f, if calls may be so deep.
func (f *frame) enter(back int) (*frame, bool) {
	inner := &frame{back: back, caller: f, depth: 1, id: hash(uint64(back))}
	if f != nil {
		inner.depth, inner.id = f.depth+1, hash(31*f.id+uint64(back))
	}
	return inner, inner.depth <= maxCalls
}

// hash mixes the bits of x (splitmix64).
func hash(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Dead tells whether no further input can make this a match.
func (s State) Dead() bool { return len(s.threads) == 0 }

// MayGoOn tells whether one more token could be taken.
func (s State) MayGoOn() bool {
	for _, t := range s.threads {
		if s.grammar.nodes[t.node].kind != leave {
			return true
		}
	}
	return false
}

// Match returns what the input so far matches: the first way in document
// order. Nothing keyed or said never matches.
func (s State) Match() (*Match, bool) {
	if t := s.complete(); t != nil {
		return s.grammar.parsed(t.trace), true
	}
	return nil, false
}

func (s State) done() bool { return s.complete() != nil }

// complete returns the first thread that has come to the end, or nil.
func (s State) complete() *thread {
	if s.tokens == 0 {
		return nil
	}
	for i := range s.threads {
		if s.grammar.nodes[s.threads[i].node].kind == leave {
			return &s.threads[i]
		}
	}
	return nil
}
