package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// What must hold between the journals, the store, the report and the rules.

// trial is the evidence, and what it has of each row and number.
type trial struct {
	*siege
	evidence
	people   map[int]*person
	dialled  map[int][]dial    // by row, in the order of time
	ringing  map[string][]dial // by number, likewise
	optedOut map[string]time.Time
}

// complaints is how many of one sort are told.
const complaints = 5

// judge compares them and tells what was found.
func (s *siege) judge(e evidence) (string, error) {
	t := s.newTrial(e)
	var bad []error
	for _, f := range e.faults {
		bad = append(bad, fmt.Errorf("a database is damaged: %s", f))
	}
	for _, check := range []func() []error{
		t.dialsAreAttempts, t.nobodyTooOften, t.noTwoAtOnce, t.nobodyAsleep, t.nobodyForbidden, t.pace, t.ends, t.doubts, t.counts,
	} {
		found := check()
		if len(found) > complaints {
			found = append(found[:complaints], fmt.Errorf("… and %d more like these", len(found)-complaints))
		}
		bad = append(bad, found...)
	}
	return t.count(), errors.Join(bad...)
}

func (s *siege) newTrial(e evidence) trial {
	t := trial{
		siege: s, evidence: e, people: map[int]*person{}, dialled: map[int][]dial{},
		ringing: map[string][]dial{}, optedOut: map[string]time.Time{},
	}
	for _, p := range s.people {
		t.people[p.row] = p
	}
	slices.SortStableFunc(e.dials, func(a, b dial) int { return a.at.Compare(b.at) })
	for _, d := range e.dials {
		t.ringing[d.number] = append(t.ringing[d.number], d)
		if a := e.attempts[d.reference]; a != nil {
			t.dialled[a.row] = append(t.dialled[a.row], d)
		}
	}
	for _, a := range e.attempts {
		if !a.optOut || t.people[a.row] == nil {
			continue
		}
		for _, number := range t.people[a.row].numbers {
			if at, known := t.optedOut[number]; !known || a.ended.Before(at) {
				t.optedOut[number] = a.ended
			}
		}
	}
	return t
}

// count puts the siege in figures.
func (t trial) count() string {
	counts := map[campaign.Status]int{}
	for _, r := range t.stored {
		counts[r.status]++
	}
	said := fmt.Sprintf("%d rows, %d dials, %d numbers opted out:", len(t.stored), len(t.dials), len(t.optedOut))
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		said += fmt.Sprintf(" %s %d", status, counts[status])
	}
	return said
}

// dialsAreAttempts: each dial is of an attempt that the store knows, at its
// number and the gateway it was given to, and no attempt was dialled twice.
func (t trial) dialsAreAttempts() (bad []error) {
	seen := map[gateway.Reference]string{}
	for _, d := range t.dials {
		a := t.attempts[d.reference]
		if before, twice := seen[d.reference]; twice {
			bad = append(bad, fmt.Errorf("…%s: one reference was dialled twice, by %s and %s", ending(d.number), before, d.gateway))
		}
		seen[d.reference] = d.gateway
		switch {
		case a == nil:
			bad = append(bad, fmt.Errorf("…%s was dialled by %s, and the store knows of no attempt", ending(d.number), d.gateway))
		case a.number != d.number:
			bad = append(bad, fmt.Errorf("row %d: …%s was dialled in place of …%s", a.row, ending(d.number), ending(a.number)))
		case t.people[a.row] == nil || !slices.Contains(t.people[a.row].numbers, d.number):
			bad = append(bad, fmt.Errorf("row %d: …%s is no number of theirs", a.row, ending(d.number)))
		}
	}
	for ref, a := range t.attempts {
		if a.outcome.Dialled() && seen[ref] == "" {
			bad = append(bad, fmt.Errorf("row %d: %s is noted of a call that nobody made", a.row, a.outcome))
		}
	}
	return bad
}

// nobodyTooOften: no row has more dials than tries, and no American number
// more than the preset of the law allows.
func (t trial) nobodyTooOften() (bad []error) {
	for n, dials := range t.dialled {
		if len(dials) > mostTries {
			bad = append(bad, fmt.Errorf("row %d was dialled %d times", n, len(dials)))
		}
	}
	for number, dials := range t.ringing {
		if number[1] == '1' && len(dials) > lawCalls {
			bad = append(bad, fmt.Errorf("…%s was dialled %d times, the law allows %d", ending(number), len(dials), lawCalls))
		}
	}
	return bad
}

// noTwoAtOnce: a number is dialled again only after the store has noted the end
// of the call before, whoever made it; a call of a gateway that was killed
// ended then.
func (t trial) noTwoAtOnce() (bad []error) {
	for number, dials := range t.ringing {
		for i := 1; i < len(dials); i++ {
			before := t.attempts[dials[i-1].reference]
			if before == nil {
				continue
			}
			over := before.ended
			for _, d := range t.deaths {
				if over.IsZero() && d.gateway == dials[i-1].gateway {
					over = d.at
				}
			}
			if over.IsZero() || dials[i].at.Before(over) {
				bad = append(bad, fmt.Errorf("…%s was dialled by %s while the call by %s of row %d went on", ending(number), dials[i].gateway, dials[i-1].gateway, before.row))
			}
		}
	}
	return bad
}

// nobodyAsleep: whoever was dialled was so within the hours at every place where
// they may be.
func (t trial) nobodyAsleep() (bad []error) {
	for n, dials := range t.dialled {
		p := t.people[n]
		for _, d := range dials {
			if p != nil && !t.hours.open(d.at, p.zones) {
				bad = append(bad, fmt.Errorf("row %d was dialled at %s, outside %s in %v", n, d.at.UTC().Format(time.TimeOnly), t.hours, p.zones))
			}
		}
	}
	return bad
}

// underWay is how long after somebody has asked not to be called again a call may
// still be dialled that the gateway was asked for before, by another row.
const underWay = time.Second

// nobodyForbidden: no number of the do-not-call file was dialled, and none after
// its person has asked not to be called again.
func (t trial) nobodyForbidden() (bad []error) {
	forbidden := map[string]bool{}
	for _, p := range t.people {
		maps.Copy(forbidden, p.forbidden)
	}
	for number, dials := range t.ringing {
		if forbidden[number] {
			bad = append(bad, fmt.Errorf("…%s is on the do-not-call list and was dialled", ending(number)))
		}
		last := dials[len(dials)-1]
		at, asked := t.optedOut[number]
		begun := t.attempts[last.reference] == nil || t.attempts[last.reference].begun.After(at)
		if asked && last.at.After(at) && (begun || last.at.After(at.Add(underWay))) {
			bad = append(bad, fmt.Errorf("…%s was dialled %v after they asked not to be", ending(number), last.at.Sub(at)))
		}
	}
	return bad
}

// pace: no run began more calls in a second than its rate allows, but for those
// that it may catch up with, and none outside a run.
func (t trial) pace() (bad []error) {
	begun := make([]time.Time, 0, len(t.attempts))
	for _, a := range t.attempts {
		begun = append(begun, a.begun)
	}
	slices.SortFunc(begun, time.Time.Compare)
	from := 0
	for i, at := range begun {
		for at.Sub(begun[from]) >= time.Second {
			from++
		}
		ph := slices.IndexFunc(t.phases, func(ph phase) bool { return !at.Before(ph.began.Truncate(time.Millisecond)) && !at.After(ph.over) })
		if ph < 0 {
			bad = append(bad, errors.New("a call was begun while nothing ran"))
			continue
		}
		if most := t.phases[ph].rate*1.25 + 2; float64(i-from+1) > most && !begun[from].Before(t.phases[ph].began) {
			bad = append(bad, fmt.Errorf("run %d began %d calls in a second, at a rate of %.0f", ph+1, i-from+1, t.phases[ph].rate))
		}
	}
	return bad
}

// ends: each row is where the rules say, after the dials that they say, in their
// order. Who is in doubt, or shares a number with somebody, is where their own
// attempts have brought them.
func (t trial) ends() (bad []error) {
	for n, p := range t.people {
		r := t.stored[n]
		if r == nil {
			bad = append(bad, fmt.Errorf("row %d is not in the store", n))
			continue
		}
		var got []string
		for _, d := range t.dialled[n] {
			got = append(got, d.number)
		}
		if err := t.end(p, r, got); err != nil {
			bad = append(bad, fmt.Errorf("row %d (…%s): %w", n, ending(p.numbers[0]), err))
		}
	}
	return bad
}

func (t trial) end(p *person, r *row, got []string) error {
	want := p.expect(t.hours, t.began)
	waits := r.status == campaign.Waiting
	switch {
	case !r.status.Final() && !waits, r.status == campaign.Cancelled:
		return fmt.Errorf("ended %s", r.status)
	case r.why.Code == "":
		return fmt.Errorf("is %s without a reason", r.status)
	case waits && time.Until(r.next) < time.Hour/2:
		return fmt.Errorf("waits until %s, and the run has ended", r.next.Format(time.TimeOnly))
	case r.status == campaign.Doubt:
		return nil
	case r.tries != len(got):
		return fmt.Errorf("was dialled %d times, the store says %d", len(got), r.tries)
	case p.shares:
		return nil
	case !slices.Equal(got, want.dials):
		return fmt.Errorf("dialled %s, by the rules %s", endings(got), endings(want.dials))
	case r.status != want.status || r.why.Code != want.code:
		return fmt.Errorf("is %s (%s), by the rules %s (%s)", r.status, r.why.Code, want.status, want.code)
	}
	return nil
}

// doubts: as many rows as the gateway had when it died, at most.
func (t trial) doubts() []error {
	most, found := 0, 0
	for _, d := range t.deaths {
		most += d.open
	}
	for _, r := range t.stored {
		if r.status == campaign.Doubt {
			found++
		}
	}
	// A request under way when the gateway died may have been accepted or not.
	if t.gone {
		most += 16
	}
	if found > most {
		return []error{fmt.Errorf("%d rows are in doubt, the gateway had %d calls when it died", found, most)}
	}
	return nil
}

// counts: the report and the store agree, row by row and in all.
func (t trial) counts() (bad []error) {
	counts := map[campaign.Status]int{}
	for n, r := range t.stored {
		counts[r.status]++
		if said := words.Status(r.status); t.report[n] != said {
			bad = append(bad, fmt.Errorf("row %d is %q in the report, %q in the store", n, t.report[n], said))
		}
	}
	if counts[campaign.Waiting] != t.waiting {
		bad = append(bad, fmt.Errorf("%d rows wait, the run said %d", counts[campaign.Waiting], t.waiting))
	}
	for status, n := range t.summary {
		if counts[status] != n {
			bad = append(bad, fmt.Errorf("%d rows are %s, counted are %d", counts[status], status, n))
		}
	}
	if len(t.report) != len(t.people) || len(t.stored) != len(t.people) {
		bad = append(bad, fmt.Errorf("%d rows in the list, %d in the store, %d in the report", len(t.people), len(t.stored), len(t.report)))
	}
	return bad
}

// ending is as much of a number as a message may tell.
func ending(number string) string { return number[max(0, len(number)-4):] }

func endings(numbers []string) []string {
	var all []string
	for _, n := range numbers {
		all = append(all, "…"+ending(n))
	}
	return all
}
