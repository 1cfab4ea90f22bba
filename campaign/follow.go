package campaign

import (
	"errors"
	"slices"
	"sync"
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file follows calls to their end, and finds out what became of those
// about which something is not known. Nothing here ever sends a call again.

// followRoutes lets the follower of each gateway report to the loop, and
// returns what waits for their end.
func (x *run) followRoutes() (wait func()) {
	var all sync.WaitGroup
	for _, r := range x.routes {
		all.Go(func() {
			r.Follower.Run(x.ctx, func(id gateway.ReqID, s gateway.Status, err error) {
				select {
				case x.reports <- func() { x.reported(r, id, s, err) }:
				case <-x.ctx.Done(): // what it says is asked again by the next run
				}
			})
		})
	}
	return all.Wait
}

// watch lets the follower report of a call that the gateway has accepted.
func (x *run) watch(f *flight) {
	f.phase = following
	f.route.calls[f.attempt.ReqID] = f
	f.route.Follower.Add(f.attempt.ReqID)
}

// follow sends workers for the flights about which something is to be found
// out, oldest first, and for records that are to be removed.
func (x *run) follow(now time.Time) {
	for _, f := range x.flights {
		if x.working >= x.workers() {
			break
		}
		switch {
		case f.phase == following:
			x.lookPuzzled(f, now)
		case f.phase == asking && !f.busy && !f.next.After(now):
			f.busy = true
			x.start(x.question(*f, f))
		}
		if x.over {
			return
		}
	}
	for _, r := range x.routes {
		for len(r.remove) > 0 && x.working <= x.workers() {
			id := r.remove[0]
			r.remove = r.remove[1:]
			x.start(func() func() {
				err := r.Gateway.Remove(x.ctx, id, gateway.Removal{})
				return func() { x.removed(id, err) }
			})
		}
	}
}

// workers is how many requests may be under way at the same time.
func (x *run) workers() int { return max(x.lines, len(x.routes)) }

// removed notes an error and no more: a record left behind does no harm.
func (x *run) removed(id gateway.ReqID, err error) {
	if err != nil && x.Log != nil {
		x.Log.WarnContext(x.ctx, "remove a record", "reqid", id, "err", err)
	}
}

// reported is what a follower says of a call, or of its gateway.
func (x *run) reported(r *route, id gateway.ReqID, s gateway.Status, err error) {
	now := time.Now()
	if id == 0 {
		if err != nil {
			x.lost(r, now, err)
		} else {
			x.found(r, now)
		}
		return
	}
	f := r.calls[id]
	var refused *gateway.RefusedError
	switch {
	case f == nil || f.phase != following: // settled, or to be asked about
	case errors.Is(err, gateway.ErrUnknownCall) && r.about.Extended:
		f.gone = true
		f.ask(now)
	case errors.Is(err, gateway.ErrUnknownCall):
		x.doubt(f, Reason{Code: CodeVanished})
	case errors.Is(err, gateway.ErrUnreadable), errors.As(err, &refused):
		x.warn("read the status", f, err)
		f.puzzled = orNow(f.puzzled, now)
	case err != nil:
		x.warn("ask for the status", f, err)
	case s.Practice != x.c.Practice:
		x.refuseKind(r)
	default:
		x.told(f, s, now)
	}
}

// orNow is t, or now where t is not set.
func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}

// told goes by what a status says.
func (x *run) told(f *flight, s gateway.Status, now time.Time) {
	f.puzzled = time.Time{}
	v, ended := read(s)
	if len(v.answers) > 0 {
		f.answers = v.answers
	}
	switch {
	case !ended:
		x.goesOn(f, v)
	case v.outcome == gateway.OutcomeInterrupted:
		x.doubt(f, Reason{Code: CodeInterrupted})
	default:
		x.settle(f, x.settleOutcome(now, f, v))
	}
}

// puzzlement is how long a gateway may answer nonsense about one call.
const puzzlement = 90 * time.Second

// lookPuzzled gives up a call about which the gateway has answered nonsense for
// too long. Nobody can know what became of it, nor would they of the next one:
// the row is in doubt and the run ends.
func (x *run) lookPuzzled(f *flight, now time.Time) {
	if f.puzzled.IsZero() || now.Sub(f.puzzled) < puzzlement {
		return
	}
	why := Reason{Code: CodeUnclear}
	x.doubt(f, why)
	x.giveUp(now, why)
}

// goesOn notes that a call is on a line.
func (x *run) goesOn(f *flight, v verdict) {
	if !v.calling || f.calling && !f.silent {
		return
	}
	f.calling, f.silent = true, false
	x.fail(x.Store.Mark(x.ctx, f.contact.ID, Calling))
	x.touch(f.contact.ID)
}

// How long after a question without an answer the next one comes, at first and
// at most.
const (
	askSoon = 3 * time.Second
	askLate = 10 * time.Second
)

// putOff lets some time pass before a flight's next worker.
func (x *run) putOff(f *flight, now time.Time) {
	f.wait = max(x.c.scaled(askSoon), min(f.wait*3/2, x.c.scaled(askLate)))
	f.next = now.Add(f.wait)
}

// question asks our own gateway how it knows f's reference, takes the call
// back where that is wanted or where it never arrived, and hangs up where that
// is wanted. That it never arrived can only be told by the gateway it was sent
// to: another one does not know it either. f is a copy, as things stand when the worker is sent.
func (x *run) question(f flight, back *flight) func() func() {
	ref := f.attempt.Reference
	r := f.route
	absent := f.attempt.ReqID == 0 && f.attempt.Gateway == r.Name
	return func() func() {
		l, err := r.Gateway.Lookup(x.ctx, ref)
		if err == nil && (l.State == gateway.LookupUnknown && absent || l.State == gateway.LookupQueued && f.withdraw) {
			l, err = r.Gateway.Void(x.ctx, ref)
		}
		if err == nil && l.State == gateway.LookupCalling && f.hangup {
			err = r.Gateway.Remove(x.ctx, l.ReqID, gateway.Removal{Hangup: true})
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
		x.lost(f.route, now, err)
		x.putOff(f, now)
		return
	}
	x.found(f.route, now)
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
		x.wrote(f.contact.ID)
	}
	switch {
	case f.gone && l.State != gateway.LookupDone:
		x.putOff(f, now)
	case f.gone && f.hangup:
		x.settle(f, x.settleOutcome(now, f, verdict{outcome: gateway.OutcomeEnded}))
	case f.gone:
		x.doubt(f, Reason{Code: CodeVanished})
	default:
		x.goesOn(f, verdict{calling: l.State == gateway.LookupCalling})
		x.watch(f)
	}
}

// settle stores what became of a call, and lets go of it.
func (x *run) settle(f *flight, s Settlement) {
	if x.fail(x.Store.Settle(x.ctx, s)) {
		return
	}
	r := f.route
	if i := slices.Index(x.flights, f); i >= 0 { // into a new list: somebody may be going through the old one
		x.flights = append(x.flights[:i:i], x.flights[i+1:]...)
	}
	r.busy--
	if id := f.attempt.ReqID; r.calls[id] == f {
		delete(r.calls, id)
		r.Follower.Drop(id)
	}
	x.wrote(f.contact.ID)
	r.Pages.Withdraw(f.attempt)
	if f.attempt.ReqID != 0 && !s.KeepOpen {
		r.remove = append(r.remove, f.attempt.ReqID)
	}
	if s.OptOut {
		x.spare(f.contact.Numbers())
	}
}

// spare takes back what is on its way to numbers whose person has just asked not
// to be called again; another row may have one of them too.
func (x *run) spare(numbers []phone.Number) {
	for _, f := range x.flights {
		if slices.Contains(numbers, f.attempt.Number) {
			x.takeBack(f)
		}
	}
}

// doubt leaves the attempt open, for a person to decide.
func (x *run) doubt(f *flight, why Reason) { x.settle(f, x.inDoubt(f, why)) }

// inDoubt is what is stored of a call of which nobody knows what became.
func (x *run) inDoubt(f *flight, why Reason) Settlement {
	a := f.attempt
	a.Answers = f.answers
	return Settlement{Attempt: a, Status: Doubt, Why: why, KeepOpen: true}
}

// warn logs what went wrong with a call; the number is not told.
func (x *run) warn(what string, f *flight, err error) {
	if x.Log != nil {
		x.Log.WarnContext(x.ctx, what, "row", f.contact.Row, "attempt", f.attempt.ID, "err", err)
	}
}
