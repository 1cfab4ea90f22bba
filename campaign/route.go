package campaign

import (
	"time"

	"rollcall/gateway"
)

// This file knows the gateways as a whole: whether they answer, whether their
// lines are of the campaign's kind, what an earlier run left with them, and
// which of them is given the next call.

// route is a gateway in a run.
type route struct {
	Route
	calls  map[gateway.ReqID]*flight // that are followed there
	busy   int                       // calls under way
	pace   pace
	remove []gateway.ReqID

	about     gateway.About
	known     bool      // about is the gateway's own word, and of our kind
	left      []Attempt // under way there since an earlier run, until they are taken up
	givenUp   bool      // their rows are in doubt until the gateway answers
	away      error     // it does not answer
	since     time.Time // it has not answered, if it is away
	probing   bool
	probeAt   time.Time
	probeWait time.Duration
}

// pace spaces calls out.
type pace struct{ next time.Time }

// ready tells whether a call may begin.
func (p *pace) ready(now time.Time) bool { return !now.Before(p.next) }

// catchUp is how much of the time in which none began calls may make up for.
const catchUp = time.Second / 4

// took notes that one began.
func (p *pace) took(now time.Time, rate float64) {
	if rate > 0 {
		p.next = latest(p.next, now.Add(-catchUp)).Add(time.Duration(float64(time.Second) / rate))
	}
}

// room is how many calls may begin at now, if one may.
func (p *pace) room(now time.Time, rate float64) int {
	if rate <= 0 {
		return manyRows
	}
	return 1 + int(now.Sub(latest(p.next, now.Add(-catchUp))).Seconds()*rate)
}

// probeEvery is how long a gateway is left alone at most that does not answer,
// or has fewer lines than are wanted: it may get more.
const probeEvery = 30 * time.Second

// silence is how long a gateway may be away before the rows that it has are in
// doubt. They are still asked about when it answers again.
const silence = 10 * time.Minute

// up tells whether calls may be given to the gateway.
func (r *route) up() bool { return r.known && r.away == nil }

// lines is how many calls may be under way there, of which the campaign would
// like to have so many.
func (x *run) linesOf(r *route) int {
	wants := x.lines
	if r.Lines > 0 {
		wants = min(wants, r.Lines)
	}
	if !r.about.Extended || r.about.Lines == 0 {
		return wants
	}
	switch {
	case x.c.State != Running:
		wants = min(wants, r.busy)
	case x.idle:
		wants = min(wants, r.busy+1)
	}
	return min(wants, r.about.Lines, r.Pool.lineUp(x, r.about.Lines, x.c.Settings.Weight, wants))
}

// pick is the gateway for the next call: of those that answer and have room,
// the one that has fewest for its weight. Nil: none.
func (x *run) pick(now time.Time) *route {
	if !x.pace.ready(now) {
		return nil
	}
	var best *route
	for _, r := range x.routes {
		if !r.up() || r.busy >= x.linesOf(r) || !r.pace.ready(now) {
			continue
		}
		if best == nil || (r.busy+1)*max(best.Weight, 1) < (best.busy+1)*max(r.Weight, 1) {
			best = r
		}
	}
	return best
}

// free is how many calls could begin if their pace allowed it.
func (x *run) free() int {
	room := 0
	for _, r := range x.routes {
		if r.up() {
			room += max(x.linesOf(r)-r.busy, 0)
		}
	}
	return min(room, x.lines-x.active())
}

// paced is when the pace lets the next call begin.
func (x *run) paced() time.Time {
	var first time.Time
	for _, r := range x.routes {
		if r.up() && r.busy < x.linesOf(r) && (first.IsZero() || r.pace.next.Before(first)) {
			first = r.pace.next
		}
	}
	return latest(first, x.pace.next)
}

// away is why no gateway answers; nil if one does, or was not asked yet.
func (x *run) awayAll() error {
	for _, r := range x.routes {
		if r.away == nil {
			return nil
		}
	}
	return x.routes[0].away
}

// wantsProbe tells whether a gateway is to be asked about itself.
func (x *run) wantsProbe(r *route) bool {
	idle := x.c.State != Running && r.busy == 0 && len(r.left) == 0
	short := r.about.Lines < x.lines && r.about.Extended
	return (!r.known || r.away != nil || short) && !r.probing && !idle
}

// probe asks the gateways about themselves, where that is wanted and due.
func (x *run) probe(now time.Time) {
	for _, r := range x.routes {
		if !x.wantsProbe(r) || now.Before(r.probeAt) || x.leaving && !r.known {
			continue
		}
		r.probing = true
		x.start(func() func() {
			about, err := r.Gateway.About(x.ctx)
			return func() { x.introduced(r, about, err) }
		})
	}
}

// introduced is what a gateway said of itself.
func (x *run) introduced(r *route, about gateway.About, err error) {
	r.probing = false
	now := time.Now()
	if err != nil {
		x.lost(r, now, err)
		r.probeWait = min(2*r.probeWait, probeEvery)
		r.probeAt = now.Add(r.probeWait)
		return
	}
	r.about, r.known, r.away, r.since = about, true, nil, time.Time{}
	r.probeAt = now.Add(probeEvery)
	x.dirty = true
	switch {
	case x.c.Started.IsZero():
		x.c.Started, x.c.Practice = now, about.Practice
		x.setState(x.c.State, x.withoutAway())
	case about.Practice != x.c.Practice:
		x.refuseKind(r)
		return
	case x.c.Why.Code == CodeGatewayAway:
		x.setState(x.c.State, Reason{})
	}
	x.takeUpAll(r, now)
}

// withoutAway is why the campaign stands as it does, now that a gateway
// answers.
func (x *run) withoutAway() Reason {
	if x.c.Why.Code == CodeGatewayAway {
		return Reason{}
	}
	return x.c.Why
}

// lost notes that a gateway did not answer: it is given nothing until it has
// told about itself again.
func (x *run) lost(r *route, now time.Time, err error) {
	first := r.away == nil
	r.away = err
	x.dirty = true
	if !first {
		return
	}
	r.since, r.probeWait = now, time.Second
	r.probeAt = now.Add(r.probeWait)
	if soon := now.Add(awayGrace); x.leaving && x.awayAll() != nil && soon.Before(x.deadline) {
		x.deadline = soon
	}
	if x.Log != nil {
		x.Log.WarnContext(x.ctx, "a gateway does not answer", "gateway", r.Name, "err", err)
	}
	if x.c.State == Running && x.awayAll() != nil {
		x.setState(Running, Reason{Code: CodeGatewayAway})
	}
}

// found notes that a gateway answered something.
func (x *run) found(r *route, now time.Time) {
	if r.away != nil {
		r.probeAt = now
	}
}

// refuseKind ends the run: the line rings phones and the campaign is practice,
// or the reverse. Calls under way are left as they are written down.
func (x *run) refuseKind(r *route) {
	r.known = false
	if !x.c.State.Over() {
		x.setState(Paused, Reason{Code: CodeKind})
	}
	x.over = true
}

// takeUpAll takes up, once, what an earlier run left under way at a gateway.
func (x *run) takeUpAll(r *route, now time.Time) {
	left := r.left
	r.left, r.givenUp = nil, false
	for _, a := range left {
		f, err := x.takeUp(r, a)
		if x.fail(err) {
			return
		}
		x.begin(f)
		switch {
		case r.about.Extended:
			// What it has not dialled yet is taken back: the page it was to
			// fetch ended with the earlier run.
			f.withdraw = true
			f.ask(now)
		case a.ReqID != 0 && a.Gateway == r.Name:
			x.watch(f)
		default:
			x.doubt(f, Reason{Code: CodeNoReply})
		}
	}
}

// takeUp reads what belongs to an open attempt.
func (x *run) takeUp(r *route, a Attempt) (*flight, error) {
	f := &flight{attempt: a, route: r}
	rows, err := x.Store.Contacts(x.ctx, []ContactID{a.Contact})
	if err != nil || len(rows) == 0 {
		return f, err
	}
	f.contact = rows[0]
	f.calling = f.contact.Status == Calling
	facts, err := x.facts(time.Now(), rows)
	if err != nil {
		return f, err
	}
	f.facts = facts[0].without(a.ID)
	return f, nil
}

// without is f but for one attempt, which is under way.
func (f Facts) without(id AttemptID) Facts {
	var others []Attempt
	for _, a := range f.Attempts {
		if a.ID != id {
			others = append(others, a)
		}
	}
	f.Attempts = others
	return f
}

// silences puts in doubt the rows at gateways that are silent for too long:
// those of this run, and those that an earlier one has left there.
func (x *run) silences(now time.Time) {
	for _, r := range x.routes {
		if r.away == nil || now.Before(x.silentAt(r)) {
			continue
		}
		for _, f := range x.flights {
			if f.route == r && !f.silent && f.phase != sending {
				f.silent = true
				x.silence(x.inDoubt(f, Reason{Code: CodeSilent}))
			}
		}
		if !r.givenUp {
			r.givenUp = true
			for _, a := range r.left {
				x.silence(Settlement{Attempt: a, Status: Doubt, Why: Reason{Code: CodeSilent}, KeepOpen: true})
			}
		}
	}
}

func (x *run) silence(s Settlement) {
	x.fail(x.Store.Settle(x.ctx, s))
	x.wrote(s.Attempt.Contact)
}

// silentAt is when the rows at a gateway that is away are in doubt.
func (x *run) silentAt(r *route) time.Time { return r.since.Add(x.c.scaled(silence)) }
