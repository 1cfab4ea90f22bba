package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"rollcall/gateway"
)

// What must hold after a round of the gateway, told by its clients on one
// side and by its journal on the other.

// trial is the journal, and what it has of each call and each number.
type trial struct {
	journal
	deaths  []death
	byJob   map[gateway.ReqID][]dial
	dialled map[gateway.Phone][]dial
	known   map[gateway.Phone][]job
}

// verify compares them and tells what was found.
func (s *siege) verify(ctx context.Context) (string, error) {
	j, err := readJournal(ctx, s.folder)
	if err != nil {
		return "", err
	}
	return s.judge(j)
}

func (s *siege) judge(j journal) (string, error) {
	t := newTrial(j, s.deaths)
	var bad []error
	if t.fault != "ok" {
		bad = append(bad, fmt.Errorf("the journal is damaged: %s", t.fault))
	}
	bad = append(bad, t.nothingElse(s.orders), t.deadStayInterrupted())
	for _, o := range s.orders {
		bad = append(bad, o.wrong...)
		if err := t.order(o); err != nil {
			bad = append(bad, fmt.Errorf("…%s (%d): %w", ending(string(o.request.Phone)), o.id, err))
		}
	}
	return t.count(s.orders), errors.Join(bad...)
}

func newTrial(j journal, deaths []death) trial {
	t := trial{
		journal: j, deaths: deaths, byJob: map[gateway.ReqID][]dial{},
		dialled: map[gateway.Phone][]dial{}, known: map[gateway.Phone][]job{},
	}
	for _, d := range t.dials {
		t.byJob[d.id] = append(t.byJob[d.id], d)
		t.dialled[d.phone] = append(t.dialled[d.phone], d)
	}
	for _, j := range t.jobs {
		t.known[j.phone] = append(t.known[j.phone], j)
	}
	return t
}

// count puts the round in figures.
func (t trial) count(orders []*order) string {
	acknowledged, lost, interrupted, removed := 0, 0, 0, 0
	for _, o := range orders {
		if o.id != 0 {
			acknowledged++
		}
		if o.lost {
			lost++
		}
		if !o.gone.IsZero() {
			removed++
		}
	}
	for _, d := range t.deaths {
		interrupted += len(d.dialling)
	}
	return fmt.Sprintf("%d of %d acknowledged, %d never answered, %d removed or withdrawn, %d dials, %d under way at a kill",
		acknowledged, len(orders), lost, removed, len(t.dials), interrupted)
}

// nothingElse: the journal knows nobody who was not asked for, and each id
// belongs to one person.
func (t trial) nothingElse(orders []*order) error {
	var bad []error
	asked, whose := map[gateway.Phone]bool{}, map[gateway.ReqID]gateway.Phone{}
	for _, o := range orders {
		asked[o.request.Phone] = true
		if o.id == 0 {
			continue
		}
		if other, twice := whose[o.id]; twice {
			bad = append(bad, fmt.Errorf("the id %d was given to …%s and …%s", o.id, ending(string(other)), ending(string(o.request.Phone))))
		}
		whose[o.id] = o.request.Phone
	}
	for _, j := range t.jobs {
		if owner, given := whose[j.id]; !asked[j.phone] || given && owner != j.phone {
			bad = append(bad, fmt.Errorf("the record %d is of …%s, for whom it was not asked", j.id, ending(string(j.phone))))
		}
	}
	for _, d := range t.dials {
		if owner, given := whose[d.id]; !asked[d.phone] || given && owner != d.phone {
			bad = append(bad, fmt.Errorf("…%s was dialled as %d, for whom it was not asked", ending(string(d.phone)), d.id))
		}
	}
	return errors.Join(bad...)
}

// deadStayInterrupted: what was being dialled at a kill was told as
// interrupted, and not dialled again.
func (t trial) deadStayInterrupted() error {
	var bad []error
	for n, d := range t.deaths {
		for id := range d.dialling {
			if dials := len(t.byJob[id]); dials != d.dials[id] {
				bad = append(bad, fmt.Errorf("%d was being dialled at kill %d, and was dialled again: %d times in all", id, n+1, dials))
			}
			j, found := t.jobs[id]
			if last, _ := (gateway.Status{Attempts: j.attempts}).Last(); found && last.Reason != gateway.ReasonInterrupted {
				bad = append(bad, fmt.Errorf("%d was being dialled at kill %d, and ended as %s (%s)", id, n+1, last.State, last.Reason))
			}
		}
	}
	return errors.Join(bad...)
}

// order holds an order against the journal.
func (t trial) order(o *order) error {
	dials, jobs := t.dialled[o.request.Phone], t.known[o.request.Phone]
	bad := []error{o.dialledInVain(dials)}
	if len(dials) > o.mayDial() {
		bad = append(bad, fmt.Errorf("dialled %d times, where %d is the most", len(dials), o.mayDial()))
	}
	if len(jobs) > 1 {
		bad = append(bad, fmt.Errorf("stands in the journal %d times", len(jobs)))
	}
	for _, j := range jobs {
		bad = append(bad, j.ended(o.later()), j.dialledOncePerTry(t.byJob[j.id]))
		if o.id != 0 && j.id != o.id {
			bad = append(bad, fmt.Errorf("has the record %d", j.id))
		}
	}
	if o.id != 0 {
		bad = append(bad, t.kept(o))
	}
	return errors.Join(bad...)
}

// kept: an order that was acknowledged is there, unless the client had it
// removed, ended as the client was told, and its reference leads to it.
func (t trial) kept(o *order) error {
	var bad []error
	j, found := t.jobs[o.id]
	switch {
	case !found && !o.mayBeGone():
		bad = append(bad, errors.New("acknowledged, and not in the journal"))
	case found && !o.gone.IsZero():
		bad = append(bad, errors.New("removed, and still in the journal"))
	case found && !o.later():
		now := gateway.Status{Attempts: j.attempts}
		before := len(o.wrong)
		o.compare(now)
		bad = append(bad, o.wrong[before:]...)
	case !found && o.gone.IsZero() && !o.asked && len(t.byJob[o.id]) == 0:
		bad = append(bad, errors.New("acknowledged, not removed, gone, and never dialled"))
	}
	ref := o.request.Reference
	if id := t.refs[ref]; ref != "" && id != o.id {
		bad = append(bad, fmt.Errorf("its reference leads to %d", id))
	}
	return errors.Join(bad...)
}

// dialledInVain: nothing is dialled after the gateway has said that the record
// is gone, nor ever for a reference that it has said was withdrawn.
func (o *order) dialledInVain(dials []dial) error {
	var bad []error
	for _, d := range dials {
		if !o.gone.IsZero() && d.at.After(o.gone) {
			bad = append(bad, fmt.Errorf("dialled %v after it was removed", d.at.Sub(o.gone)))
		}
		if d.reference != "" && o.nobodyDials(d.reference) {
			bad = append(bad, errors.New("dialled, though its reference was withdrawn"))
		}
	}
	return errors.Join(bad...)
}

// ended: in exactly one final state, after retries of what may be repeated
// only. What is due later was not touched.
func (j job) ended(later bool) error {
	if later {
		if j.state != "queued" || len(j.attempts) > 0 {
			return fmt.Errorf("due in an hour, and %s after %d tries", j.state, len(j.attempts))
		}
		return nil
	}
	if j.state != "done" || len(j.attempts) == 0 || !final(gateway.Status{Attempts: j.attempts}) {
		return fmt.Errorf("ended %s after %d tries", j.state, len(j.attempts))
	}
	repeated := []gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeCongestion}
	for _, a := range j.attempts[:len(j.attempts)-1] {
		if a.State != gateway.StateRetry || !slices.Contains(repeated, a.Outcome()) {
			return fmt.Errorf("tried again after %s (%s)", a.State, a.Reason)
		}
	}
	return nil
}

// dialledOncePerTry: the record tells of every dial, once each.
func (j job) dialledOncePerTry(dials []dial) error {
	tries := 0
	for _, a := range j.attempts {
		if o := a.Outcome(); o.Dialled() || o == gateway.OutcomeInterrupted {
			tries++
		}
	}
	if tries != len(dials) {
		return fmt.Errorf("dialled %d times, its record tells of %d", len(dials), tries)
	}
	return nil
}
