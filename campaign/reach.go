package campaign

import (
	"time"

	"rollcall/gateway"
)

// This file knows the gateway as a whole: whether it answers, whether its
// line is of the campaign's kind, and what an earlier run left with it.

// probeEvery is how long a gateway is left alone at most that does not answer,
// or has fewer lines than are wanted: it may get more.
const probeEvery = 30 * time.Second

// wantsProbe tells whether the gateway is to be asked about itself.
func (x *run) wantsProbe() bool {
	idle := x.c.State != Running && len(x.flights) == 0 && len(x.left) == 0
	return (!x.known || x.away != nil || x.capacity() < x.lines) && !x.probing && !idle
}

// probe asks the gateway about itself, where that is wanted and due.
func (x *run) probe(now time.Time) {
	if !x.wantsProbe() || now.Before(x.probeAt) || x.leaving && !x.known {
		return
	}
	x.probing = true
	x.start(func() func() {
		about, err := x.Gateway.About(x.ctx)
		return func() { x.introduced(about, err) }
	})
}

// introduced is what the gateway said of itself.
func (x *run) introduced(about gateway.About, err error) {
	x.probing = false
	now := time.Now()
	if err != nil {
		x.lost(now, err)
		x.probeWait = min(2*x.probeWait, probeEvery)
		x.probeAt = now.Add(x.probeWait)
		return
	}
	x.about, x.known, x.away = about, true, nil
	x.probeAt = now.Add(probeEvery)
	switch {
	case x.c.Started.IsZero():
		x.c.Started, x.c.Practice = now, about.Practice
		x.setState(x.c.State, x.withoutAway())
	case about.Practice != x.c.Practice:
		x.refuseKind()
		return
	case x.c.Why.Code == CodeGatewayAway:
		x.setState(x.c.State, Reason{})
	}
	x.takeUpAll(now)
}

// withoutAway is why the campaign stands as it does, now that the gateway
// answers.
func (x *run) withoutAway() Reason {
	if x.c.Why.Code == CodeGatewayAway {
		return Reason{}
	}
	return x.c.Why
}

// lost notes that the gateway did not answer: nothing is dialled until it has
// told about itself again.
func (x *run) lost(now time.Time, err error) {
	first := x.away == nil
	x.away = err
	x.dirty = true
	if !first {
		return
	}
	x.probeWait = time.Second
	x.probeAt = now.Add(x.probeWait)
	if soon := now.Add(awayGrace); x.leaving && soon.Before(x.deadline) {
		x.deadline = soon
	}
	if x.Log != nil {
		x.Log.WarnContext(x.ctx, "the gateway does not answer", "err", err)
	}
	if x.c.State == Running {
		x.setState(Running, Reason{Code: CodeGatewayAway})
	}
}

// found notes that the gateway answered something.
func (x *run) found(now time.Time) {
	if x.away != nil {
		x.probeAt = now
	}
}

// refuseKind ends the run: the line rings phones and the campaign is practice,
// or the reverse. Calls under way are left as they are written down.
func (x *run) refuseKind() {
	x.known = false
	if !x.c.State.Over() {
		x.setState(Paused, Reason{Code: CodeKind})
	}
	x.over = true
}

// takeUpAll takes up, once, what an earlier run left under way.
func (x *run) takeUpAll(now time.Time) {
	left := x.left
	x.left = nil
	for _, a := range left {
		f, err := x.takeUp(a)
		if x.fail(err) {
			return
		}
		x.flights = append(x.flights, f)
		switch {
		case x.about.Extended:
			// What it has not dialled yet is taken back: the page it was to
			// fetch ended with the earlier run.
			f.withdraw = true
			f.ask(now)
		case a.ReqID != 0 && a.Gateway == x.Name:
			f.phase, f.next = following, now
		default:
			x.doubt(f, Reason{Code: CodeNoReply})
		}
	}
}

// takeUp reads what belongs to an open attempt.
func (x *run) takeUp(a Attempt) (*flight, error) {
	f := &flight{attempt: a}
	rows, err := x.Store.Contacts(x.ctx, []ContactID{a.Contact})
	if err != nil || len(rows) == 0 {
		return f, err
	}
	f.contact = rows[0]
	f.calling = f.contact.Status == Calling
	all, err := x.Store.Attempts(x.ctx, x.c.ID, a.Contact)
	for _, other := range all {
		if other.ID != a.ID {
			f.history = append(f.history, other)
		}
	}
	return f, err
}
