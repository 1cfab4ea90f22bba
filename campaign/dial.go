package campaign

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"rollcall/gateway"
)

// This file is the way of a row to the gateway: gate, intent, request.

// phase is what a flight waits for.
type phase int

const (
	sending   phase = iota // the request is on its way
	asking                 // whether the gateway has it is to be found out
	following              // it is accepted; its status is polled
)

// flight is a call under way.
type flight struct {
	attempt Attempt
	contact Contact   // as it was at the gate
	history []Attempt // the earlier attempts at it

	phase    phase
	busy     bool          // a worker is out for it
	next     time.Time     // when to send a worker again
	wait     time.Duration // what next was put off by
	calling  bool          // known to be on a line
	gone     bool          // the gateway had no record when asked for the status
	withdraw bool          // to be taken back if it was not dialled
	hangup   bool          // to be ended if it was
	puzzles  int           // answers about it that could not be understood
}

// ask turns to finding out how the gateway knows the call, from now on.
func (f *flight) ask(now time.Time) { f.phase, f.next, f.wait = asking, now, 0 }

// fill offers as many due rows to the gate as calls may begin.
func (x *run) fill(now time.Time) (more bool) {
	free := x.capacity() - len(x.flights)
	if !x.dials() || free <= 0 || x.err != nil {
		return false
	}
	rows, err := x.Store.Due(x.ctx, x.c.ID, now, free)
	if x.fail(err) {
		return false
	}
	for _, p := range rows {
		if x.gate(now, p); x.err != nil {
			return false
		}
	}
	if len(rows) < free {
		x.nextDue, err = x.Store.NextDue(x.ctx, x.c.ID)
		x.fail(err)
	}
	return len(rows) == free && len(x.flights) < x.capacity()
}

// gate asks Decide about p and does as it says.
func (x *run) gate(now time.Time, p Contact) {
	history, err := x.Store.Attempts(x.ctx, x.c.ID, p.ID)
	if x.fail(err) {
		return
	}
	if d := Decide(now, x.c, p, history); d.Verdict == Dial {
		x.dial(now, p, history)
	} else {
		x.setAside(now, p, d)
	}
}

// setAside stores that p is not dialled now.
func (x *run) setAside(now time.Time, p Contact, d Decision) {
	p.Status, p.Why, p.NextAt = Skipped, d.Why, time.Time{}
	switch {
	case d.Verdict != Never && d.Until.IsZero():
		p.Status, p.NextAt = Waiting, now.Add(time.Minute)
	case d.Verdict != Never:
		p.Status, p.NextAt = Waiting, d.Until
	case d.Why.Code == CodeNoTries:
		p.Status = Unreached
	}
	x.fail(x.Store.SetAside(x.ctx, p))
	x.touch(p.ID)
}

// reconsider looks again at a row that the store refused to begin.
func (x *run) reconsider(now time.Time, id ContactID) {
	rows, err := x.Store.Contacts(x.ctx, []ContactID{id})
	if x.fail(err) || len(rows) == 0 || rows[0].Status != Ready && rows[0].Status != Waiting {
		return // somebody else has moved it
	}
	history, err := x.Store.Attempts(x.ctx, x.c.ID, id)
	if x.fail(err) {
		return
	}
	d := Decide(now, x.c, rows[0], history)
	if d.Verdict == Dial {
		d.Why = Reason{Code: CodeUnderWay}
	}
	x.setAside(now, rows[0], d)
}

// dial writes the intent to call p and sends a worker with the request.
func (x *run) dial(now time.Time, p Contact, history []Attempt) {
	a, err := x.Store.Begin(x.ctx, Attempt{
		Campaign: x.c.ID, Contact: p.ID, Row: p.Row, Name: p.Name, Number: p.Number,
		Reference: newReference(), Gateway: x.Name, Practice: x.c.Practice, Begun: now,
	})
	if errors.Is(err, ErrForbidden) {
		x.reconsider(now, p.ID)
		return
	}
	if x.fail(err) {
		return
	}
	x.touch(p.ID)
	f := &flight{attempt: a, contact: p, history: history, phase: sending}
	x.flights = append(x.flights, f)
	page, err := x.Pages.Publish(p, a)
	if err != nil {
		x.warn("publish the flow", f, err)
		x.settle(f, settleOutcome(now, x.c, f, verdict{outcome: gateway.OutcomeFlowMissing, words: err.Error()}))
		return
	}
	f.busy = true
	request := x.request(f, page)
	x.start(func() func() {
		id, err := x.Gateway.Call(x.ctx, request)
		return func() { x.sent(f, id, err) }
	})
}

// newReference is 128 random bits in hex.
func newReference() gateway.Reference {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return gateway.Reference(hex.EncodeToString(b[:]))
}

// sent is what came of a request.
func (x *run) sent(f *flight, id gateway.ReqID, err error) {
	f.busy = false
	now := time.Now()
	var refused *gateway.RefusedError
	switch {
	case err == nil:
		x.accepted(f, id, now)
	case errors.As(err, &refused):
		x.refuse(now, f, refused.Reason)
	case errors.Is(err, gateway.ErrUnreachable):
		x.lost(now, err)
		x.settle(f, settleUntried(now, x.c, f, Ready, Reason{Code: CodeGatewayAway}))
	case x.about.Extended:
		x.warn("request a call", f, err)
		x.lost(now, err)
		f.ask(now)
	default:
		x.warn("request a call", f, err)
		x.doubt(f, Reason{Code: CodeNoReply})
	}
}

// refuseLimit is how many different rows a gateway refuses, one after the
// other, until it is taken to refuse everything.
const refuseLimit = 3

// refuseDelay is how long a row waits that was refused.
const refuseDelay = time.Minute

// refuse settles a request that the gateway did not take: no phone was tried.
// Its row waits, others are offered, and it fails when it was refused missLimit
// times. A gateway that refuses everybody ends the run instead, so that not
// every row fails of what is wrong with the gateway.
func (x *run) refuse(now time.Time, f *flight, words string) {
	why := Reason{Code: CodeRefused, Text: words}
	s := settleUntried(now, x.c, f, Failed, why)
	s.Missed = true
	if f.contact.Misses+1 < missLimit {
		s.Status, s.NextAt = Waiting, now.Add(x.c.scaled(refuseDelay))
		s.Why.Until = s.NextAt
	}
	x.settle(f, unlessStopped(x.c, s))
	if !slices.Contains(x.refused, f.contact.ID) {
		x.refused = append(x.refused, f.contact.ID)
	}
	if len(x.refused) >= refuseLimit {
		x.giveUp(now, why)
	}
}

// accepted stores that the gateway has the request, under the id it gave.
func (x *run) accepted(f *flight, id gateway.ReqID, now time.Time) {
	x.refused = nil
	f.attempt.ReqID, f.attempt.Sent = id, now
	if x.fail(x.Store.Queued(x.ctx, f.attempt.ID, id, now)) {
		return
	}
	x.touch(f.contact.ID)
	f.phase, f.wait, f.next = following, 0, now
	if f.withdraw {
		f.ask(now)
		return
	}
	x.putOff(f, now)
}
