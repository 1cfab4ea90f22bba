// Package grammar recognizes what a caller keys or says.
//
// A [Grammar] is one graph, whatever it was made from: SRGS markup (srgs.go),
// a builtin type or the text of a menu's choice (builtin.go). Its edges are
// tokens: a key, or a word. Matching is incremental: a [State] steps from
// token to token and tells whether the input is a match, may go on, or is at a
// dead end, which is what the timers of VoiceXML 2.0, appendix D, ask. From
// any state it can tell what may come next (offers.go).
//
// Grammars are immutable and may be shared; states are values.
package grammar

import "strings"

// Grammar is a graph of tokens. Node 0 is where it starts, node 1 where it
// ends.
type Grammar struct {
	nodes [][]edge
}

const (
	startNode = 0
	endNode   = 1
)

// edge leads to another node: over a token if keys or word is set, else freely.
type edge struct {
	to     int
	keys   keySet // any of these keys, or the words for these digits
	word   string // in lower case
	tag    any    // the meaning that passing here gives, nil for none
	option bool   // one more of something that has been there often enough
}

func (e edge) free() bool { return e.keys == 0 && e.word == "" }

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

// State is how far the input has come. The zero value is a dead end.
type State struct {
	grammar *Grammar
	threads []thread
	tokens  int
}

// thread is one way through the graph. The order of threads is that of the
// document: the first one that reaches the end gives the meaning.
type thread struct {
	node   int
	tag    any
	option bool // it got here by a repetition that may be left out
}

// Start returns the state before any input.
func (g *Grammar) Start() State {
	return State{grammar: g}.closed([]thread{{node: startNode}})
}

// Key returns the state after one more key.
func (s State) Key(key byte) State {
	set := keyOf(key)
	return s.step(func(e edge) bool { return e.keys&set != 0 })
}

// Word returns the state after one more word. A digit may be said as a word.
func (s State) Word(word string) State {
	word = strings.ToLower(word)
	set := digitWord(word)
	return s.step(func(e edge) bool { return e.word == word && word != "" || e.keys&set != 0 })
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

func (s State) step(takes func(edge) bool) State {
	if s.grammar == nil {
		return s
	}
	var next []thread
	for _, t := range s.threads {
		for _, e := range s.grammar.nodes[t.node] {
			if !e.free() && takes(e) {
				next = append(next, thread{node: t.node, tag: t.tag}.over(e))
			}
		}
	}
	s.tokens++
	return s.closed(next)
}

func (t thread) over(e edge) thread {
	t.node, t.option = e.to, t.option || e.option
	if e.tag != nil {
		t.tag = e.tag
	}
	return t
}

// closed follows free edges, depth first and in order; the first thread to
// reach a node keeps it.
func (s State) closed(from []thread) State {
	seen := make([]bool, len(s.grammar.nodes))
	s.threads = nil
	stack := make([]thread, 0, len(from))
	for i := len(from) - 1; i >= 0; i-- {
		stack = append(stack, from[i])
	}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[t.node] {
			continue
		}
		seen[t.node] = true
		s.threads = append(s.threads, t)
		edges := s.grammar.nodes[t.node]
		for i := len(edges) - 1; i >= 0; i-- {
			if edges[i].free() {
				stack = append(stack, t.over(edges[i]))
			}
		}
	}
	return s
}

// Dead tells whether no further input can make this a match.
func (s State) Dead() bool { return len(s.threads) == 0 }

// MayGoOn tells whether one more token could be taken.
func (s State) MayGoOn() bool {
	for _, t := range s.threads {
		for _, e := range s.grammar.nodes[t.node] {
			if !e.free() {
				return true
			}
		}
	}
	return false
}

// Match tells whether the input so far is a match. Its meaning is the last tag
// passed, a string, bool or float64, or nil where there was none: then the
// input stands for itself. Nothing keyed or said never matches.
func (s State) Match() (meaning any, ok bool) {
	if s.tokens == 0 {
		return nil, false
	}
	for _, t := range s.threads {
		if t.node == endNode {
			return t.tag, true
		}
	}
	return nil, false
}
