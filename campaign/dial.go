package campaign

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file is the way of a row to the gateway: gate, intent, request.

// phase is what a flight waits for.
type phase int

const (
	sending   phase = iota // the request is on its way
	asking                 // whether the gateway has it is to be found out
	following              // it is accepted; the follower reports of it
)

// flight is a call under way.
type flight struct {
	attempt Attempt
	contact Contact // as it was at the gate
	facts   Facts   // likewise, without this attempt
	route   *route

	phase    phase
	busy     bool          // a worker is out for it
	next     time.Time     // when to send a worker again
	wait     time.Duration // what next was put off by
	calling  bool          // known to be on a line
	gone     bool          // the gateway had no record when asked for the status
	withdraw bool          // to be taken back if it was not dialled
	hangup   bool          // to be ended if it was
	silent   bool          // its row is in doubt because the gateway is silent
	answers  []gateway.Answer
	puzzled  time.Time // since when answers about it cannot be understood
}

// ask turns to finding out how the gateway knows the call, from now on.
func (f *flight) ask(now time.Time) { f.phase, f.next, f.wait = asking, now, 0 }

// manyRows is how many rows are decided about at once at most.
const manyRows = 1000

// fill offers as many due rows to the gate as calls may begin, and more of them
// while none of those offered may be called.
func (x *run) fill(now time.Time) (more bool) {
	free := x.free()
	if !x.dials() || free <= 0 || x.err != nil || x.paced().After(now) {
		return false
	}
	n := max(min(free, x.pace.room(now, x.c.Settings.Rate)), x.batch)
	rows, err := x.Store.Due(x.ctx, x.c.ID, now, n)
	if x.fail(err) {
		return false
	}
	x.hungry = len(rows) == n // there may be more, which the pace lets begin later
	dialled := x.gate(now, rows)
	if x.err != nil {
		return false
	}
	x.idle, x.batch = len(rows) == 0, 0
	if dialled == 0 {
		x.batch = min(2*n, manyRows)
	}
	if len(rows) < n {
		x.nextDue, err = x.Store.NextDue(x.ctx, x.c.ID)
		x.fail(err)
	}
	return len(rows) == n
}

// gate asks about rows, dials those that may be called as long as a gateway has
// room, and sets aside the others. It returns how many were dialled.
func (x *run) gate(now time.Time, rows []Contact) int {
	facts, err := x.facts(now, rows)
	if x.fail(err) {
		return 0
	}
	dialled := 0
	var aside []Contact
	for i, p := range rows {
		d := x.judge.Decide(now, x.c, p, facts[i])
		if d.Verdict != Dial {
			aside = append(aside, x.setAside(now, p, d))
			continue
		}
		if r := x.pick(now); r != nil && x.active() < x.lines {
			x.dial(now, r, p, facts[i], d.Number)
			dialled++
		} else {
			x.hungry = true
		}
		if x.err != nil {
			return dialled
		}
	}
	x.storeAside(aside)
	return dialled
}

// facts is what is known of rows.
func (x *run) facts(now time.Time, rows []Contact) ([]Facts, error) {
	return x.Store.Facts(x.ctx, x.c, rows, now.Add(-x.c.Settings.Memory()))
}

// lookAgain is how long a row waits for what ends nobody knows when: another
// call to the number, somebody who decides.
const lookAgain = time.Minute

// setAside is p as it stands when it is not dialled now.
func (x *run) setAside(now time.Time, p Contact, d Decision) Contact {
	p.Status, p.Why, p.NextAt = Skipped, d.Why, time.Time{}
	switch {
	case d.Verdict != Never && d.Until.IsZero():
		p.Status, p.NextAt = Waiting, now.Add(x.c.scaled(lookAgain))
	case d.Verdict != Never:
		p.Status, p.NextAt = Waiting, d.Until
	case d.Why.Code == CodeNoTries:
		p.Status = Unreached
	}
	return p
}

func (x *run) storeAside(rows []Contact) {
	if len(rows) == 0 || x.fail(x.Store.SetAside(x.ctx, rows)) {
		return
	}
	for _, p := range rows {
		x.touch(p.ID)
	}
}

// reconsider looks again at a row that the store refused to begin.
func (x *run) reconsider(now time.Time, id ContactID) {
	rows, err := x.Store.Contacts(x.ctx, []ContactID{id})
	if x.fail(err) || len(rows) == 0 || rows[0].Status != Ready && rows[0].Status != Waiting {
		return // somebody else has moved it
	}
	facts, err := x.facts(now, rows)
	if x.fail(err) {
		return
	}
	d := x.judge.Decide(now, x.c, rows[0], facts[0])
	if d.Verdict == Dial {
		d = Decision{Verdict: Wait, Why: Reason{Code: CodeUnderWay}}
	}
	x.storeAside([]Contact{x.setAside(now, rows[0], d)})
}

// dial writes the intent to call p and sends a worker with the request.
func (x *run) dial(now time.Time, r *route, p Contact, facts Facts, number phone.Number) {
	a, err := x.Store.Begin(x.ctx, Attempt{
		Campaign: x.c.ID, Contact: p.ID, Row: p.Row, Name: p.Name, Number: number,
		Reference: newReference(), Gateway: r.Name, Practice: x.c.Practice, Begun: now,
	})
	if errors.Is(err, ErrForbidden) {
		x.reconsider(now, p.ID)
		return
	}
	if x.fail(err) {
		return
	}
	x.wrote(p.ID)
	r.pace.took(now, r.Rate)
	x.pace.took(now, x.c.Settings.Rate)
	f := &flight{attempt: a, contact: p, facts: facts, route: r, phase: sending}
	x.begin(f)
	page, err := r.Pages.Publish(p, a)
	if err != nil {
		x.warn("publish the flow", f, err)
		x.settle(f, x.settleOutcome(now, f, verdict{outcome: gateway.OutcomeFlowMissing, words: err.Error()}))
		return
	}
	f.busy = true
	request := x.request(f, page)
	x.start(func() func() {
		id, err := r.Gateway.Call(x.ctx, request)
		return func() { x.sent(f, id, err) }
	})
}

// begin counts a flight.
func (x *run) begin(f *flight) {
	x.flights = append(x.flights, f)
	f.route.busy++
}

// active is how many calls are under way at gateways that are not silent.
func (x *run) active() int {
	n := 0
	for _, f := range x.flights {
		if !f.silent {
			n++
		}
	}
	return n
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
		x.lost(f.route, now, err)
		x.settle(f, settleUntried(now, x.c, f, Ready, Reason{Code: CodeGatewayAway}))
	case f.route.about.Extended:
		x.warn("request a call", f, err)
		x.lost(f.route, now, err)
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
	x.wrote(f.contact.ID)
	if f.withdraw {
		f.ask(now)
		return
	}
	x.watch(f)
}
