package grammar

import "strings"

// Offer is one way in which the input may go on to a match.
type Offer struct {
	Keys    string // to be pressed, empty if it is said
	Words   string // to be said
	Meaning any    // as [State.Match] would tell it
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
	w := walk{graph: s.grammar, limit: limit + 1, visits: maxVisits}
	w.all(s.threads)
	if len(w.found) > limit {
		w = walk{graph: s.grammar, limit: limit, visits: maxVisits, firstOnly: true}
		w.all(s.threads)
	}
	return w.found
}

// walk searches the graph depth first.
type walk struct {
	graph     *Grammar
	limit     int
	visits    int
	firstOnly bool // after the first token follow only the first way that leads on
	found     []Offer
}

// path is a way through the graph: the keys and words on it.
type path struct {
	thread
	keys   string
	words  []string
	tokens int
}

// all starts at every thread; what they reach freely is among them already.
func (w *walk) all(threads []thread) {
	for _, t := range threads {
		for _, e := range w.graph.nodes[t.node] {
			if !e.free() && !t.option {
				w.follow(path{thread: t}.along(e))
			}
		}
	}
}

func (w *walk) follow(p path) {
	if w.visits--; w.visits < 0 || len(w.found) >= w.limit || p.tokens > maxTokens {
		return
	}
	if p.node == endNode {
		w.found = append(w.found, Offer{Keys: p.keys, Words: strings.Join(p.words, " "), Meaning: p.tag})
		return
	}
	before := len(w.found)
	for _, e := range w.graph.nodes[p.node] {
		if e.option {
			continue
		}
		w.follow(p.along(e))
		if w.firstOnly && len(w.found) > before {
			return
		}
	}
}

func (p path) along(e edge) path {
	p.thread = p.over(e)
	switch {
	case e.keys != 0:
		p.keys += string(example(e.keys, p.tokens))
		p.tokens++
	case e.word != "":
		p.words = append(p.words[:len(p.words):len(p.words)], e.word)
		p.tokens++
	}
	return p
}

// example picks a key of a set, by its place in the input: 1, 2, 3.
func example(set keySet, place int) byte {
	if set&digitKeys == digitKeys {
		return allKeys[place%10]
	}
	for i := range len(allKeys) {
		if set&(1<<i) != 0 {
			return allKeys[i]
		}
	}
	return 0
}
