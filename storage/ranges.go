package storage

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"slices"

	"rollcall/campaign"
)

// ranges puts the numbers of a list in order, whatever order they come in, and
// joins those that touch. As long as they come sorted, as those of registries
// do, none is kept: each goes on as soon as the next one is there. After that
// they are sorted in runs, which are kept as the distances between numbers, two
// or three bytes each.
type ranges struct {
	emit   func(campaign.NumberRange) error // while they are sorted
	last   campaign.NumberRange             // the one that may still grow
	any    bool
	sorted int // how many were emitted
	mixed  bool
	open   []campaign.NumberRange // the run that is being filled
	runs   [][]byte
}

// rangeRun is how many ranges are sorted at once.
const rangeRun = 1 << 20

// largest is the greatest number there can be: E.164 has 15 digits at most.
const largest = 999_999_999_999_999

var errNumber = errors.New("not a range of telephone numbers")

// add takes the numbers from first to last.
func (r *ranges) add(first, last uint64) error {
	if first == 0 || last < first || last > largest {
		return errNumber
	}
	next := campaign.NumberRange{First: first, Last: last}
	if !r.mixed {
		switch {
		case !r.any:
			r.last, r.any = next, true
			return nil
		case joins(r.last, next):
			r.last.Last = max(r.last.Last, next.Last)
			return nil
		case next.First > r.last.Last:
			was := r.last
			r.last = next
			r.sorted++
			return r.emit(was)
		}
		r.mixed = true
		r.open = append(make([]campaign.NumberRange, 0, 1024), r.last)
	}
	r.open = append(r.open, next)
	if len(r.open) == rangeRun {
		r.close()
	}
	return nil
}

// joins tells whether b begins within a or right behind it.
func joins(a, b campaign.NumberRange) bool { return b.First >= a.First && b.First <= a.Last+1 }

// close sorts the open run.
func (r *ranges) close() {
	slices.SortFunc(r.open, func(a, b campaign.NumberRange) int { return cmp.Compare(a.First, b.First) })
	var run []byte
	from := uint64(0)
	for i := 0; i < len(r.open); {
		one := r.open[i]
		for i++; i < len(r.open) && joins(one, r.open[i]); i++ {
			one.Last = max(one.Last, r.open[i].Last)
		}
		run = binary.AppendUvarint(run, one.First-from)
		run = binary.AppendUvarint(run, one.Last-one.First)
		from = one.Last
	}
	r.runs = append(r.runs, run)
	r.open = r.open[:0]
}

// finish ends a list that came sorted. For another it returns false: then
// merge gives all of it.
func (r *ranges) finish() (bool, error) {
	if r.mixed || !r.any {
		return !r.mixed, nil
	}
	r.sorted++
	return true, r.emit(r.last)
}

// merge gives the ranges of a list that was not sorted, disjoint and in order;
// emitted gives those again that went on before that was known.
func (r *ranges) merge(emitted rangeSource, give func(campaign.NumberRange) error) error {
	r.close()
	var heads rangeHeads
	sources := []rangeSource{emitted}
	for _, run := range r.runs {
		sources = append(sources, decoding(run))
	}
	for _, s := range sources {
		one, there, err := s()
		if err != nil {
			return err
		}
		if there {
			heads = append(heads, rangeHead{one, s})
		}
	}
	heap.Init(&heads)
	joined := joiner{give: give}
	for len(heads) > 0 {
		if err := joined.add(heads[0].NumberRange); err != nil {
			return err
		}
		one, there, err := heads[0].next()
		if err != nil {
			return err
		}
		if heads[0].NumberRange = one; there {
			heap.Fix(&heads, 0)
		} else {
			heap.Pop(&heads)
		}
	}
	return joined.end()
}

// joiner joins ranges that come in the order of their beginnings.
type joiner struct {
	give func(campaign.NumberRange) error
	last campaign.NumberRange
	any  bool
}

func (j *joiner) add(next campaign.NumberRange) error {
	if j.any && joins(j.last, next) {
		j.last.Last = max(j.last.Last, next.Last)
		return nil
	}
	err := j.end()
	j.last, j.any = next, true
	return err
}

func (j *joiner) end() error {
	if !j.any {
		return nil
	}
	j.any = false
	return j.give(j.last)
}

// rangeSource gives ranges in order, and false after the last.
type rangeSource func() (campaign.NumberRange, bool, error)

func decoding(run []byte) rangeSource {
	from := uint64(0)
	return func() (campaign.NumberRange, bool, error) {
		if len(run) == 0 {
			return campaign.NumberRange{}, false, nil
		}
		gap, n := binary.Uvarint(run)
		length, m := binary.Uvarint(run[n:])
		run = run[n+m:]
		one := campaign.NumberRange{First: from + gap, Last: from + gap + length}
		from = one.Last
		return one, true, nil
	}
}

// without gives what from gives but not what is in drop, which is disjoint and
// in order too.
func without(from rangeSource, drop []campaign.NumberRange) rangeSource {
	var rest campaign.NumberRange
	left := false
	return func() (campaign.NumberRange, bool, error) {
		for {
			if !left {
				var err error
				if rest, left, err = from(); err != nil || !left {
					return rest, false, err
				}
			}
			for len(drop) > 0 && drop[0].Last < rest.First {
				drop = drop[1:]
			}
			if len(drop) == 0 || drop[0].First > rest.Last {
				left = false
				return rest, true, nil
			}
			before := campaign.NumberRange{First: rest.First, Last: drop[0].First - 1}
			some := drop[0].First > rest.First
			left = drop[0].Last < rest.Last
			rest.First = drop[0].Last + 1
			if some {
				return before, true, nil
			}
		}
	}
}

// rangeHead is where the merge stands in a source.
type rangeHead struct {
	campaign.NumberRange
	next rangeSource
}

// rangeHeads is a heap of them, the least beginning first.
type rangeHeads []rangeHead

// Len implements [heap.Interface].
func (h rangeHeads) Len() int { return len(h) }

// Less implements [heap.Interface].
func (h rangeHeads) Less(a, b int) bool { return h[a].First < h[b].First }

// Swap implements [heap.Interface].
func (h rangeHeads) Swap(a, b int) { h[a], h[b] = h[b], h[a] }

// Push implements [heap.Interface].
func (h *rangeHeads) Push(x any) { *h = append(*h, x.(rangeHead)) } //nolint:forcetypeassert // never called

// Pop implements [heap.Interface].
func (h *rangeHeads) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
