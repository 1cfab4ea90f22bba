package gateway

import (
	"cmp"
	"container/heap"
	"time"
)

// queue is a heap of calls, the one first that has the earliest key, or was
// due or requested first. Each call knows its place; for package heap.
type queue struct {
	calls []*followed
	key   func(*followed) time.Time
}

func (q *queue) Len() int { return len(q.calls) }

func (q *queue) Less(i, j int) bool {
	a, b := q.calls[i], q.calls[j]
	return cmp.Or(q.key(a).Compare(q.key(b)), a.next.Compare(b.next), cmp.Compare(a.id, b.id)) < 0
}

func (q *queue) Swap(i, j int) {
	q.calls[i], q.calls[j] = q.calls[j], q.calls[i]
	q.calls[i].place, q.calls[j].place = i, j
}

func (q *queue) Push(x any) {
	call := x.(*followed)
	call.in, call.place = q, len(q.calls)
	q.calls = append(q.calls, call)
}

func (q *queue) Pop() any {
	last := len(q.calls) - 1
	call := q.calls[last]
	q.calls[last] = nil
	q.calls = q.calls[:last]
	call.in = nil
	return call
}

// first returns the call at the front, or nil.
func (q *queue) first() *followed {
	if len(q.calls) == 0 {
		return nil
	}
	return q.calls[0]
}

// schedule puts a call into the queue, to be asked about at the given time.
func (x *following) schedule(call *followed, at time.Time) {
	x.unschedule(call)
	call.next = at
	heap.Push(&x.later, call)
}

// unschedule takes a call out of the queue it is in, if any.
func (x *following) unschedule(call *followed) {
	if call.in != nil {
		heap.Remove(call.in, call.place)
	}
}

// ripen moves the calls whose time has come to those that may be asked about.
func (x *following) ripen(now time.Time) {
	for call := x.later.first(); call != nil && !call.next.After(now); call = x.later.first() {
		x.unschedule(call)
		heap.Push(&x.ripe, call)
	}
}
