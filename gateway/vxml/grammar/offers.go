package grammar

import "strings"

// Offer is one way in which the input may go on to a match.
type Offer struct {
	Keys    string // to be pressed, empty if it is said
	Words   string // to be said
	Meaning any    // as [Match.Literal] would tell it, nil if it cannot
}

// Bounds of the search for offers.
const (
	maxTokens = 40
	maxVisits = 5000
)

// Offers returns ways to go on from s, in document order, at most limit of
// them. Where any of several keys will do it gives one example; what may be
// repeated or left out is left out. If there are more than limit ways, only
// the first token varies.
func (s State) Offers(limit int) []Offer {
	if s.grammar == nil || limit <= 0 {
		return nil
	}
	w := walk{state: s, limit: limit + 1, visits: maxVisits}
	w.all()
	if len(w.found) > limit {
		w = walk{state: s, limit: limit, visits: maxVisits, firstOnly: true}
		w.all()
	}
	return w.found
}

// walk searches the graph depth first.
type walk struct {
	state     State
	limit     int
	visits    int
	firstOnly bool // after the first token follow only the first way that leads on
	found     []Offer
}

// path is a way through the graph: the keys and words on it.
type path struct {
	thread
	keys  string
	words []string
}

func (p path) tokens() int { return len(p.keys) + len(p.words) }

func (w *walk) all() {
	for _, t := range w.state.reached {
		w.follow(path{thread: t})
	}
}

func (w *walk) follow(p path) {
	if w.visits--; w.visits < 0 || len(w.found) >= w.limit || p.tokens() > maxTokens {
		return
	}
	n := &w.state.grammar.nodes[p.node]
	switch n.kind {
	case fork:
		w.branch(p, n)
	case leave:
		w.leave(p, n)
	case call:
		if calls, ok := p.calls.enter(n.next); ok {
			p.calls, p.node, p.trace = &calls, n.entry, &event{before: p.trace, node: n}
			w.follow(p)
		}
	case anything:
	default:
		w.follow(p.over(n))
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
	if (p.keys == "") == (o.Words == "") || !w.matches(p) {
		return // nothing is left to do, or it is both keyed and said
	}
	o.Meaning, _ = w.state.grammar.parsed(p.trace).Literal()
	w.found = append(w.found, o)
}

// matches makes sure: the bounds of matching may be narrower than the search.
func (w *walk) matches(p path) bool {
	s := w.state
	for i := range len(p.keys) {
		s = s.Key(p.keys[i])
	}
	for _, word := range p.words {
		s = s.Word(word)
	}
	_, ok := s.Match()
	return ok
}

// over takes the path over a tag, a key or a word.
func (p path) over(n *node) path {
	e := &event{before: p.trace, node: n}
	switch n.kind {
	case key:
		e.input = example(n.takes.keys, p.tokens())
		p.keys += e.input
	case word:
		e.input = n.takes.word
		p.words = append(p.words[:len(p.words):len(p.words)], e.input)
	}
	p.trace, p.node = e, n.next
	return p
}

// example picks a key of a set, by its place in the input: 1, 2, 3.
func example(set keySet, place int) string {
	if set&digitKeys == digitKeys {
		place %= 10
		return allKeys[place : place+1]
	}
	return set.String()
}
