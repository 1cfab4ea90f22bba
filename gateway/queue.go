package gateway

import (
	"cmp"
	"container/heap"
	"time"
)

// outside is the place of a call that is in no queue.
const outside = -1

// queue is a heap of calls, the one first that is to be asked about first, or
// was requested first. Each call knows its place in it; for package heap.
type queue []*followed

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	return cmp.Or(q[i].next.Compare(q[j].next), cmp.Compare(q[i].id, q[j].id)) < 0
}

func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}

func (q *queue) Push(x any) {
	call := x.(*followed)
	call.place = len(*q)
	*q = append(*q, call)
}

func (q *queue) Pop() any {
	last := len(*q) - 1
	call := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	call.place = outside
	return call
}

// schedule puts a call into the queue, to be asked about at the given time.
func (x *following) schedule(call *followed, at time.Time) {
	x.unschedule(call)
	call.next = at
	heap.Push(&x.due, call)
}

// unschedule takes a call out of the queue, if it is there.
func (x *following) unschedule(call *followed) {
	if call.place != outside {
		heap.Remove(&x.due, call.place)
	}
}
