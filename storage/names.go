package storage

import (
	"bytes"
	"container/heap"
	"slices"
)

// names sorts the names of a long list for the table of that name: runs of
// them while the rows come, which are merged when all are there. It holds
// every name once, as bytes.
type names struct {
	taken  int // rows that were taken into a run
	fold   []byte
	open   []namePlace // the run that is being filled
	runs   []nameRun
	pinned []string // of the open run, as they are
}

// namePlace is one name of the open run.
type namePlace struct {
	from, to int // in fold
	at       int // in pinned
}

// nameRun is a sorted run.
type nameRun struct {
	text []byte
	ends []uint32 // of each name, in text
	rows []uint32 // each one's place in the list
}

// runLength is how many names are sorted at once.
const runLength = 50_000

// add takes the name of the next row.
func (n *names) add(name string) {
	from := len(n.fold)
	for i := range len(name) {
		n.fold = append(n.fold, lower(name[i]))
	}
	n.open = append(n.open, namePlace{from, len(n.fold), len(n.open)})
	n.pinned = append(n.pinned, name)
	if len(n.open) == runLength {
		n.close()
	}
}

// lower is how SQLite's NOCASE compares bytes: those of A to Z only are folded.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// close sorts the open run.
func (n *names) close() {
	slices.SortFunc(n.open, func(a, b namePlace) int {
		if c := bytes.Compare(n.fold[a.from:a.to], n.fold[b.from:b.to]); c != 0 {
			return c
		}
		return a.at - b.at
	})
	run := nameRun{
		text: make([]byte, 0, len(n.fold)),
		ends: make([]uint32, len(n.open)), rows: make([]uint32, len(n.open)),
	}
	for i, p := range n.open {
		run.text = append(run.text, n.pinned[p.at]...)
		run.ends[i], run.rows[i] = uint32(len(run.text)), uint32(n.taken+p.at) //nolint:gosec // a list has no 4 billion rows
	}
	n.runs = append(n.runs, run)
	n.taken += len(n.open)
	n.fold, n.open = n.fold[:0], n.open[:0]
	clear(n.pinned)
	n.pinned = n.pinned[:0]
}

// merge gives every name and its row's place, in order, until give fails.
func (n *names) merge(give func(name string, row int) error) error {
	n.close()
	var heads nameHeads
	for i := range n.runs {
		if h := (nameHead{run: &n.runs[i]}); h.next() {
			heads = append(heads, h)
		}
	}
	heap.Init(&heads)
	for len(heads) > 0 {
		if err := give(string(heads[0].name), heads[0].row()); err != nil {
			return err
		}
		if heads[0].next() {
			heap.Fix(&heads, 0)
		} else {
			heap.Pop(&heads)
		}
	}
	return nil
}

// nameHead is where the merge stands in a run.
type nameHead struct {
	run  *nameRun
	name []byte
	fold []byte
	at   int // of the next one
}

func (h *nameHead) row() int { return int(h.run.rows[h.at-1]) }

func (h *nameHead) next() bool {
	if h.at == len(h.run.ends) {
		return false
	}
	from := uint32(0)
	if h.at > 0 {
		from = h.run.ends[h.at-1]
	}
	h.name = h.run.text[from:h.run.ends[h.at]]
	h.fold = h.fold[:0]
	for _, c := range h.name {
		h.fold = append(h.fold, lower(c))
	}
	h.at++
	return true
}

// nameHeads is a heap of them, the least name first.
type nameHeads []nameHead

// Len implements [heap.Interface].
func (h nameHeads) Len() int { return len(h) }

// Less implements [heap.Interface].
func (h nameHeads) Less(a, b int) bool {
	if c := bytes.Compare(h[a].fold, h[b].fold); c != 0 {
		return c < 0
	}
	return h[a].row() < h[b].row()
}

// Swap implements [heap.Interface].
func (h nameHeads) Swap(a, b int) { h[a], h[b] = h[b], h[a] }

// Push implements [heap.Interface].
func (h *nameHeads) Push(x any) { *h = append(*h, x.(nameHead)) } //nolint:forcetypeassert // never called

// Pop implements [heap.Interface].
func (h *nameHeads) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
