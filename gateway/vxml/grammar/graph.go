package grammar

import (
	"slices"

	"rollcall/gateway/vxml/markup"
)

// This file turns linked rules into one graph. A rule is there once, however
// often it is referred to: references are calls.

type nodeKind int

const (
	fork     nodeKind = iota // goes on with any of its branches, in order
	key                      // takes a key of a set, or the word for a digit
	word                     // takes a word
	anything                 // takes any key or word
	tags                     // passes a tag
	call                     // enters a rule, to come back to next
	leave                    // the end of a rule
)

// node is a place in the graph.
type node struct {
	kind     nodeKind
	next     int
	branches []branch // of a fork; none is a dead end
	takes    takes    // of key and word
	ends     *part    // the token that is complete with this key or word
	tag      *meaning // of tags
	entry    int      // of a call
	ref      *part    // of a call
}

// branch is a way out of a fork.
type branch struct {
	to     int
	option bool // one more of something that has been there often enough
}

// leaveNode is the only node of its kind.
const leaveNode = 0

// maxNodes bounds a graph: a repeat within a repeat grows fast.
const maxNodes = 20_000

// compiler grows the graph from its ends: each part is built before what
// leads to it.
type compiler struct {
	nodes   []node
	entries map[*rule]int
	queue   []*rule
	problem error
}

// compile returns the graph of root and of all that it refers to.
func compile(root *rule) (*Grammar, error) {
	c := &compiler{nodes: []node{{kind: leave}}, entries: map[*rule]int{}}
	g := &Grammar{root: root, start: c.entry(root)}
	for len(c.queue) > 0 && c.problem == nil {
		r := c.queue[0]
		c.queue = c.queue[1:]
		body := c.part(r.body, leaveNode)
		c.nodes[c.entries[r]].branches = []branch{{to: body}}
	}
	if c.problem != nil {
		return nil, c.problem
	}
	g.nodes = c.nodes
	for _, n := range g.nodes {
		g.dtmf = g.dtmf || n.kind == key
	}
	g.dtmf = g.dtmf || root.doc.dtmf
	return g, nil
}

// entry returns the node at which a rule starts; what follows it comes later.
func (c *compiler) entry(r *rule) int {
	if at, ok := c.entries[r]; ok {
		return at
	}
	at := c.add(r.pos, node{kind: fork})
	c.entries[r] = at
	c.queue = append(c.queue, r)
	return at
}

func (c *compiler) add(pos markup.Pos, n node) int {
	if c.problem != nil {
		return leaveNode
	}
	if len(c.nodes) >= maxNodes {
		c.problem = pos.Errorf("the grammar needs more than %d steps here, expected fewer repetitions", maxNodes)
		return leaveNode
	}
	c.nodes = append(c.nodes, n)
	return len(c.nodes) - 1
}

// part builds p so that it leads to next, and returns where it starts.
func (c *compiler) part(p *part, next int) int {
	switch p.kind {
	case sequence:
		return c.sequence(p, next)
	case alternatives:
		return c.alternatives(p, next)
	case repeated:
		return c.repeat(p, next)
	case token:
		return c.token(p, next)
	case tagged:
		return c.add(p.pos, node{kind: tags, tag: p.tag, next: next})
	case reference:
		return c.add(p.pos, node{kind: call, entry: c.entry(p.target), ref: p, next: next})
	case garbage:
		return c.garbage(p, next)
	case phrase:
		return c.phrase(p, next)
	default:
		return c.add(p.pos, node{kind: fork})
	}
}

func (c *compiler) alternatives(p *part, next int) int {
	if p.isDigit() {
		anyDigit := &part{kind: token, pos: p.pos}
		return c.add(p.pos, node{kind: key, takes: takes{keys: digitKeys}, ends: anyDigit, next: next})
	}
	var ways []branch
	for _, alternative := range p.parts {
		ways = append(ways, branch{to: c.part(alternative, next)})
	}
	return c.add(p.pos, node{kind: fork, branches: ways})
}

// isDigit tells whether the alternatives are the ten digits and nothing else:
// one step for all of them.
func (p *part) isDigit() bool {
	var all keySet
	for _, alternative := range p.parts {
		if alternative.kind == sequence && len(alternative.parts) == 1 {
			alternative = alternative.parts[0]
		}
		if alternative.kind != token || len(alternative.takes) != 1 || alternative.takes[0].keys == 0 {
			return false
		}
		all |= alternative.takes[0].keys
	}
	return all == digitKeys
}

func (c *compiler) sequence(p *part, next int) int {
	for i := len(p.parts) - 1; i >= 0; i-- {
		next = c.part(p.parts[i], next)
	}
	return next
}

// repeat prefers one more over going on.
func (c *compiler) repeat(p *part, next int) int {
	at := next
	if p.high == unlimited {
		at = c.add(p.pos, node{kind: fork})
		body := c.sequence(p, at)
		c.nodes[at].branches = []branch{{to: body, option: true}, {to: next}}
	}
	for n := p.high; n > p.low && c.problem == nil; n-- {
		body := c.sequence(p, at)
		if body == at {
			break // there is nothing to repeat
		}
		at = c.add(p.pos, node{kind: fork, branches: []branch{{to: body, option: true}, {to: next}}})
	}
	for n := 0; n < p.low && c.problem == nil; n++ {
		body := c.sequence(p, at)
		if body == at {
			break
		}
		at = body
	}
	return at
}

func (c *compiler) token(p *part, next int) int {
	ends := p
	for i := len(p.takes) - 1; i >= 0; i-- {
		n := node{kind: word, takes: p.takes[i], ends: ends, next: next}
		if n.takes.keys != 0 {
			n.kind = key
		}
		next, ends = c.add(p.pos, n), nil
	}
	return next
}

// garbage prefers going on over one more: it takes what nothing else wants.
func (c *compiler) garbage(p *part, next int) int {
	at := c.add(p.pos, node{kind: fork})
	more := c.add(p.pos, node{kind: anything, ends: p, next: at})
	if c.problem == nil {
		c.nodes[at].branches = []branch{{to: next}, {to: more, option: true}}
	}
	return at
}

// phrase lets any run of its tokens through.
func (c *compiler) phrase(p *part, next int) int {
	var starts []branch
	after := next
	for i := len(p.parts) - 1; i >= 0; i-- {
		at := c.part(p.parts[i], after)
		starts = append(starts, branch{to: at, option: i > 0})
		after = c.add(p.pos, node{kind: fork, branches: []branch{{to: at}, {to: after, option: true}}})
	}
	slices.Reverse(starts)
	return c.add(p.pos, node{kind: fork, branches: starts})
}
