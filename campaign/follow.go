package campaign

import (
	"errors"
	"time"

	"rollcall/gateway"
)

// This file follows calls to their end, and finds out what became of those
// about which something is not known. Nothing here ever sends a call again.

// follow sends workers for the flights that are due, oldest first, and for
// records that are to be removed.
func (x *run) follow(now time.Time) {
	for _, f := range x.flights {
		if x.working >= max(x.capacity(), 1) {
			break
		}
		if f.busy || f.next.After(now) {
			continue
		}
		f.busy = true
		if f.phase == asking {
			x.start(x.question(*f, f))
		} else {
			x.start(x.poll(f, f.attempt.ReqID))
		}
	}
	for len(x.remove) > 0 && x.working <= x.capacity() {
		id := x.remove[0]
		x.remove = x.remove[1:]
		x.start(func() func() {
			err := x.Gateway.Remove(x.ctx, id, gateway.Removal{})
			return func() { x.removed(id, err) }
		})
	}
}

// removed notes an error and no more: a record left behind does no harm.
func (x *run) removed(id gateway.ReqID, err error) {
	if err != nil && x.Log != nil {
		x.Log.WarnContext(x.ctx, "remove a record", "reqid", id, "err", err)
	}
}

// poll asks for the status of a call.
func (x *run) poll(f *flight, id gateway.ReqID) func() func() {
	return func() func() {
		s, err := x.Gateway.Status(x.ctx, id)
		return func() { x.reported(f, s, err) }
	}
}

// reported is what the gateway said of a call.
func (x *run) reported(f *flight, s gateway.Status, err error) {
	f.busy = false
	now := time.Now()
	var refused *gateway.RefusedError
	switch {
	case errors.Is(err, gateway.ErrUnknownCall) && x.about.Extended:
		f.gone = true
		f.ask(now)
		return
	case errors.Is(err, gateway.ErrUnknownCall):
		x.doubt(f, Reason{Code: CodeVanished})
		return
	case errors.Is(err, gateway.ErrUnreadable), errors.As(err, &refused):
		x.puzzled(f, err, now)
		return
	case err != nil:
		x.warn("ask for the status", f, err)
		x.lost(now, err)
		x.putOff(f, now)
		return
	case s.Practice != x.c.Practice:
		x.refuseKind()
		return
	}
	x.found(now)
	v, ended := read(s)
	switch {
	case !ended:
		x.goesOn(f, v, now)
	case v.outcome == gateway.OutcomeInterrupted:
		x.doubt(f, Reason{Code: CodeInterrupted})
	default:
		x.settle(f, settleOutcome(now, x.c, f, v))
	}
}

// puzzleLimit is how often a gateway may answer nonsense about one call.
const puzzleLimit = 10

// puzzled notes an answer about a call that says nothing. When there were too
// many of them nobody can know what became of the call, nor would they of the
// next one: the row is in doubt and the run ends.
func (x *run) puzzled(f *flight, err error, now time.Time) {
	x.warn("read the status", f, err)
	if f.puzzles++; f.puzzles < puzzleLimit {
		x.putOff(f, now)
		return
	}
	why := Reason{Code: CodeUnclear}
	x.doubt(f, why)
	x.giveUp(now, why)
}

// goesOn notes that a call is on a line, and asks again later.
func (x *run) goesOn(f *flight, v verdict, now time.Time) {
	if v.calling && !f.calling {
		f.calling, f.wait = true, 0
		x.fail(x.Store.Mark(x.ctx, f.contact.ID, Calling))
		x.touch(f.contact.ID)
	}
	if f.phase == following {
		x.putOff(f, now)
	}
}

// putOff lets some time pass before a flight's next worker: the poll interval
// first, then half as much again each time, up to the longest.
func (x *run) putOff(f *flight, now time.Time) {
	first, longest := x.pollEvery(x.c)
	f.wait = max(first, min(f.wait*3/2, longest))
	f.next = now.Add(f.wait)
}

// question asks our own gateway how it knows f's reference, takes the call
// back where that is wanted or where it never arrived, and hangs up where that
// is wanted. That it never arrived can only be told by the gateway it was sent
// to: another one does not know it either. f is a copy, as things stand when the worker is sent.
func (x *run) question(f flight, back *flight) func() func() {
	ref := f.attempt.Reference
	absent := f.attempt.ReqID == 0 && f.attempt.Gateway == x.Name
	return func() func() {
		l, err := x.Gateway.Lookup(x.ctx, ref)
		if err == nil && (l.State == gateway.LookupUnknown && absent || l.State == gateway.LookupQueued && f.withdraw) {
			l, err = x.Gateway.Void(x.ctx, ref)
		}
		if err == nil && l.State == gateway.LookupCalling && f.hangup {
			err = x.Gateway.Remove(x.ctx, l.ReqID, gateway.Removal{Hangup: true})
		}
		return func() { x.answered(back, l, err) }
	}
}

// answered is how our own gateway knows the reference of f.
func (x *run) answered(f *flight, l gateway.Lookup, err error) {
	f.busy = false
	now := time.Now()
	if errors.Is(err, gateway.ErrNotExtended) { // another one answers there now
		x.doubt(f, Reason{Code: CodeNoReply})
		return
	}
	if err != nil {
		x.warn("ask about a reference", f, err)
		x.lost(now, err)
		x.putOff(f, now)
		return
	}
	x.found(now)
	switch l.State {
	case gateway.LookupVoided:
		x.settle(f, settleUntried(now, x.c, f, Ready, Reason{}))
	case gateway.LookupQueued, gateway.LookupCalling, gateway.LookupDone:
		x.recognized(f, l, now)
	default:
		// A gateway that accepted a call knows its reference for 30 days. If it
		// does not, its journal is lost or another one answers.
		why := Reason{Code: CodeVanished}
		if f.attempt.ReqID == 0 {
			why.Code = CodeNoReply
		}
		x.doubt(f, why)
	}
}

// recognized goes on with a call whose reference the gateway knows.
func (x *run) recognized(f *flight, l gateway.Lookup, now time.Time) {
	if f.attempt.ReqID == 0 {
		f.attempt.ReqID, f.attempt.Sent = l.ReqID, now
		if x.fail(x.Store.Queued(x.ctx, f.attempt.ID, l.ReqID, now)) {
			return
		}
		x.touch(f.contact.ID)
	}
	switch {
	case f.gone && l.State != gateway.LookupDone:
		x.putOff(f, now)
	case f.gone && f.hangup:
		x.settle(f, settleOutcome(now, x.c, f, verdict{outcome: gateway.OutcomeEnded}))
	case f.gone:
		x.doubt(f, Reason{Code: CodeVanished})
	default:
		f.phase, f.next, f.wait = following, now, 0
		x.goesOn(f, verdict{calling: l.State == gateway.LookupCalling}, now)
		if l.State == gateway.LookupDone {
			f.next = now
		}
	}
}

// settle stores what became of a call, and lets go of it.
func (x *run) settle(f *flight, s Settlement) {
	if x.fail(x.Store.Settle(x.ctx, s)) {
		return
	}
	for i, other := range x.flights {
		if other == f {
			x.flights = append(x.flights[:i:i], x.flights[i+1:]...)
			break
		}
	}
	x.touch(f.contact.ID)
	x.Pages.Withdraw(f.attempt)
	if f.attempt.ReqID != 0 && !s.KeepOpen {
		x.remove = append(x.remove, f.attempt.ReqID)
	}
}

// doubt leaves the attempt open, for a person to decide.
func (x *run) doubt(f *flight, why Reason) {
	x.settle(f, Settlement{Attempt: f.attempt, Status: Doubt, Why: why, KeepOpen: true})
}

// warn logs what went wrong with a call; the number is not told.
func (x *run) warn(what string, f *flight, err error) {
	if x.Log != nil {
		x.Log.WarnContext(x.ctx, what, "row", f.contact.Row, "attempt", f.attempt.ID, "err", err)
	}
}
