package grammar

import "strings"

// Offer is one way in which the input may go on to a match.
type Offer struct {
	Keys    string // to be pressed, empty if it is said
	Words   string // to be said
	Meaning any    // as [Match.Literal] would tell it, nil if it cannot
}

// Bounds of the search for offers: tokens of one, and nodes that are visited,
// where a step of matching counts by the work that it makes.
const (
	maxTokens      = 40
	maxVisits      = 5000
	threadsPerStep = 16
)

// Offers returns ways to go on from s, in document order, at most limit of
// them. Where any of several keys will do it gives one example; what may be
// repeated or left out is left out. If there are more than limit ways, only
// the first token varies.
func (s State) Offers(limit int) []Offer {
	if s.grammar == nil || limit <= 0 {
		return nil
	}
	w := walk{grammar: s.grammar, limit: limit + 1, visits: maxVisits}
	w.all(s)
	if len(w.found) > limit {
		w = walk{grammar: s.grammar, limit: limit, visits: maxVisits, firstOnly: true}
		w.all(s)
	}
	return w.found
}

// walk searches the graph depth first.
type walk struct {
	grammar   *Grammar
	limit     int
	visits    int
	firstOnly bool // after the first token follow only the first way that leads on
	found     []Offer
}

// path is a way through the graph: the keys and words on it, and the state
// that they lead to, as the bounds of matching are narrower than the search.
type path struct {
	thread
	state State
	keys  string
	words []string
}

func (p path) tokens() int { return len(p.keys) + len(p.words) }

func (w *walk) all(s State) {
	for _, t := range s.reached {
		w.follow(path{thread: t, state: s})
	}
}

func (w *walk) follow(p path) {
	if w.visits--; w.visits < 0 || len(w.found) >= w.limit || p.tokens() > maxTokens {
		return
	}
	n := &w.grammar.nodes[p.node]
	switch n.kind {
	case fork:
		w.branch(p, n)
	case leave:
		w.leave(p, n)
	case call:
		if calls, ok := p.calls.enter(n.next); ok {
			p.calls, p.node, p.trace = calls, n.entry, &event{before: p.trace, node: n}
			w.follow(p)
		}
	case tags:
		p.trace, p.node = &event{before: p.trace, node: n}, n.next
		w.follow(p)
	case key, word:
		w.token(p, n)
	default: // anything is said by nobody who has a choice
	}
}

func (w *walk) branch(p path, n *node) {
	before := len(w.found)
	for _, b := range n.branches {
		if b.option {
			continue
		}
		p.node = b.to
		w.follow(p)
		if w.firstOnly && p.tokens() > 0 && len(w.found) > before {
			return
		}
	}
}

func (w *walk) leave(p path, n *node) {
	if p.calls != nil {
		p.node, p.calls, p.trace = p.calls.back, p.calls.caller, &event{before: p.trace, node: n}
		w.follow(p)
		return
	}
	o := Offer{Keys: p.keys, Words: strings.Join(p.words, " ")}
	if (p.keys == "") == (o.Words == "") || !p.state.done() {
		return // nothing is left to do, or it is both keyed and said
	}
	o.Meaning, _ = w.grammar.parsed(p.trace).Literal()
	w.found = append(w.found, o)
}

// token takes the path over a key or a word.
func (w *walk) token(p path, n *node) {
	e := &event{before: p.trace, node: n, input: n.takes.word}
	if n.kind == key {
		e.input = example(n.takes.keys, p.tokens())
		p.keys += e.input
		p.state = p.state.Key(e.input[0])
	} else {
		p.words = append(p.words[:len(p.words):len(p.words)], e.input)
		p.state = p.state.Word(e.input)
	}
	w.visits -= len(p.state.threads) / threadsPerStep
	if p.trace, p.node = e, n.next; !p.state.Dead() {
		w.follow(p)
	}
}

// example picks a key of a set, by its place in the input: 1, 2, 3.
func example(set keySet, place int) string {
	if set&digitKeys == digitKeys {
		place %= 10
		return allKeys[place : place+1]
	}
	return set.String()
}
