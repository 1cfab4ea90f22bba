package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"rollcall/gateway"
)

// order is one person to be called, as the client sees it who asks for it: the
// request, what the client does besides, and all it is told. One goroutine at
// a time has it.
type order struct {
	request gateway.Request // as it was sent last
	wish    wish
	doubts  remedy

	id        gateway.ReqID // acknowledged; zero if the gateway never said it
	lost      bool          // it never said it, and there is no reference to ask by
	refused   bool          // because the reference was withdrawn
	withdrawn []gateway.Reference
	asked     bool           // for removal or withdrawal: the record may be gone
	gone      time.Time      // when the gateway said that it is; nothing is dialled after
	told      gateway.Status // with a final record, once the gateway has told one
	wrong     []error        // answers that no gateway may give
}

// wish is what a client does besides asking for the call.
type wish int

const (
	nothing wish = iota
	remove
	removeUndialled
	withdraw
	withdrawAtOnce // while the request is under way
	askTwice       // at the same time, by the same reference
	wishes
)

// remedy is what a client does where the reply to a request never came.
type remedy int

const (
	sendAgain     remedy = iota // by the same reference
	lookUp                      // and send again what is not known
	withdrawFirst               // and send by another reference
	remedies
)

// newOrders returns n orders with different numbers, over all endings that the
// practice line has.
func newOrders(random *rand.Rand, n int) []*order {
	list := make([]*order, n)
	for i, digits := range random.Perm(n) {
		o := &order{doubts: remedy(random.IntN(int(remedies)))}
		o.request = gateway.Request{
			Info: "kill", Text: "Hello.", SelfDelete: random.IntN(10) == 0,
			Phone: gateway.Phone(fmt.Sprintf("+1212555%04d", digits)),
		}
		if random.IntN(5) < 2 {
			o.request.FirstOcc = 10 * time.Minute
		}
		if random.IntN(12) == 0 { // later than any round lasts
			o.request.CallTime = time.Hour
			o.request.FirstOcc *= 12
		}
		if random.IntN(7) > 0 {
			o.request.Reference = gateway.Reference(fmt.Sprintf("order-%d", i))
		}
		if random.IntN(3) == 0 {
			o.wish = wish(random.IntN(int(wishes)))
		}
		if o.request.Reference == "" && o.wish > removeUndialled {
			o.wish = nothing
		}
		list[i] = o
	}
	return list
}

// later tells whether nothing is dialled for o while the round lasts.
func (o *order) later() bool { return o.request.CallTime > 0 }

// mayDial is how often a phone may ring for o, in all.
func (o *order) mayDial() int {
	switch last := o.ending(); {
	case o.later() || o.refused:
		return 0
	case o.request.FirstOcc > 0 && (last >= 70 && last < 90 || last >= 94 && last < 97):
		return 1 + retries
	default:
		return 1
	}
}

// ending is what the practice line goes by.
func (o *order) ending() int {
	digits := o.request.Phone.Digits()
	return int(digits[len(digits)-2]-'0')*10 + int(digits[len(digits)-1]-'0')
}

// mayBeGone tells whether the journal need not have the record any more.
func (o *order) mayBeGone() bool { return o.asked || o.request.SelfDelete && !o.later() }

// nobodyDials tells whether the gateway has said that ref was withdrawn.
func (o *order) nobodyDials(ref gateway.Reference) bool { return slices.Contains(o.withdrawn, ref) }

// blame notes an answer that no gateway may give.
func (o *order) blame(format string, args ...any) {
	o.wrong = append(o.wrong, fmt.Errorf("…%s: "+format, append([]any{ending(string(o.request.Phone))}, args...)...))
}

// final tells whether a status is one that never changes again.
func final(s gateway.Status) bool {
	last, any := s.Last()
	return any && (last.State == gateway.StateMade || last.State == gateway.StateFailed)
}
