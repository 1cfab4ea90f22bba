package campaign

import (
	"maps"
	"slices"
	"sync"
)

// Pool shares the lines of one gateway among the campaigns that use it at the
// same time, by their weight: a campaign has at least its share while it wants
// it, and what others leave. The zero value bounds nothing until the gateway
// has told how many lines it has. It is safe for several goroutines.
type Pool struct {
	mu      sync.Mutex
	lines   int
	members map[*run]*member
	joined  int // how many there ever were
}

// member is a run that uses the gateway.
type member struct {
	weight, wants, share int
	order                int // of those that joined
}

// lineUp tells the pool how many lines the gateway has, and how many of them x
// could use; it returns how many x may use, those in use included.
func (p *Pool) lineUp(x *run, lines, weight, wants int) int {
	if p == nil {
		return wants
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.members == nil {
		p.members = map[*run]*member{}
	}
	m := p.members[x]
	if m == nil {
		p.joined++
		m = &member{order: p.joined}
		p.members[x] = m
	}
	if lines != p.lines || weight != m.weight || wants != m.wants {
		p.lines, m.weight, m.wants = lines, weight, wants
		p.divide(x)
	}
	return m.share
}

// leave gives back what x had.
func (p *Pool) leave(x *run) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.members, x)
	p.divide(x)
}

// divide shares the lines: whoever wants no more than its part gets what it
// wants, and the others part what is left in the same way. All but by hear of
// it if their share has grown.
func (p *Pool) divide(by *run) {
	shares, left := map[*run]int{}, p.lines
	open := map[*run]*member{}
	for x, m := range p.members {
		open[x] = m
	}
	for len(open) > 0 {
		x, share := modest(open, left)
		if x == nil {
			partOut(open, left, shares)
			break
		}
		shares[x], left = share, left-share
		delete(open, x)
	}
	for x, m := range p.members {
		grown := shares[x] > m.share
		m.share = shares[x]
		if p.lines == 0 {
			m.share = m.wants
		}
		if grown && x != by {
			x.wake()
		}
	}
}

// modest finds a member that wants no more than its part of the lines.
func modest(open map[*run]*member, lines int) (*run, int) {
	total := weights(open)
	for x, m := range open {
		if m.wants*total <= lines*max(m.weight, 1) {
			return x, m.wants
		}
	}
	return nil, 0
}

// partOut gives every member its part, rounded down but at least one line, as
// long as there are any; and what rounding leaves to whoever joined first, so
// that it does not change hands while somebody uses it.
func partOut(open map[*run]*member, lines int, shares map[*run]int) {
	total, left := weights(open), lines
	inOrder := slices.Collect(maps.Keys(open))
	if len(inOrder) <= lines { // else chance decides, so that nobody is left out for ever
		slices.SortFunc(inOrder, func(a, b *run) int { return open[a].order - open[b].order })
	}
	for _, x := range inOrder {
		m := open[x]
		shares[x] = min(max(lines*max(m.weight, 1)/total, 1), m.wants, left)
		left -= shares[x]
	}
	for _, x := range inOrder {
		more := min(left, open[x].wants-shares[x])
		shares[x] += more
		left -= more
	}
}

func weights(open map[*run]*member) int {
	total := 0
	for _, m := range open {
		total += max(m.weight, 1)
	}
	return total
}
