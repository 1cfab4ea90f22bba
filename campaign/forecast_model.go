package campaign

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"rollcall/gateway"
)

// This file is the model by which a forecast is made:
//
//   - People are not followed one by one. Those of one place, with the same
//     hours of their own and the same rules of the preset, are a number; one of
//     them stands for all. Where there are more places than manyPlaces, the
//     others go by the first place of the same zone, or by the first of all.
//   - Time goes by in steps of five minutes, as short as everything else on a
//     practice line that is faster than life. In a step, as many calls are made
//     as fit on the lines and as the rate allows: each takes the mean length.
//     Who is called again comes first; else the places that are open get calls
//     by how many people they have left.
//   - Calls end as they did before, the same share of them each time; see
//     [Pace]. When somebody is called again is what the gate says of the one
//     who stands for the place, and of as many calls that ended so.
//   - Nobody else uses the lines, and further numbers of a person are not told
//     apart.

// crowd is the people of a campaign as the model sees them.
type crowd struct {
	now    time.Time
	c      Campaign
	judge  *Judge
	places map[placeKey]int
	reps   []Contact // who stands for each place
	names  map[ruleSet]string
	later  map[int64][]someone // by how many steps from now they may be called
}

// placeKey is what people have in common.
type placeKey struct {
	zones string
	own   Hours
	rules string
}

// ruleSet is rules of the preset as [Law.For] gives them, which shares them.
type ruleSet struct {
	first   *LawRule
	n       int
	consent bool
}

// someone is people of a place who were tried as often.
type someone struct {
	place, tries int
	n            float64
}

// manyPlaces is how many places are told apart.
const manyPlaces = 32

// stepLength is how coarse the model is.
const stepLength = 5 * time.Minute

func newCrowd(now time.Time, c Campaign, j *Judge) crowd {
	return crowd{now: now, c: c, judge: j, places: map[placeKey]int{}, names: map[ruleSet]string{}, later: map[int64][]someone{}}
}

// add takes in a row that may be called, or waits.
func (w *crowd) add(row Contact, f Facts, d Decision) {
	at := w.now
	switch {
	case d.Verdict == Wait && d.Until.IsZero():
		at = at.Add(time.Minute)
	case d.Verdict == Wait:
		at = d.Until
	}
	row, f = forgiven(row, f)
	put := someone{w.place(row, f), min(triesOf(&row, f.Attempts), w.c.Settings.Retry.Tries), 1}
	w.later[w.stepAt(at)] = merged(w.later[w.stepAt(at)], put)
}

// step is how long one lasts.
func (w *crowd) step() time.Duration { return max(w.c.scaled(stepLength), time.Millisecond) }

// stepAt is the first step not before t.
func (w *crowd) stepAt(t time.Time) int64 {
	step := w.step()
	return int64((max(t.Sub(w.now), 0) + step - 1) / step)
}

// merged is list with one more.
func merged(list []someone, s someone) []someone {
	for i := range list {
		if list[i].place == s.place && list[i].tries == s.tries {
			list[i].n += s.n
			return list
		}
	}
	return append(list, s)
}

// place is the number of a row's place.
func (w *crowd) place(row Contact, f Facts) int {
	consent := row.Consent || f.Consent
	key := placeKey{zones: strings.Join(row.Zones, ","), own: row.Hours, rules: w.rules(row, consent)}
	if known, found := w.places[key]; found {
		return known
	}
	if len(w.reps) == manyPlaces {
		return w.nearest(row)
	}
	w.places[key] = len(w.reps)
	w.reps = append(w.reps, Contact{ID: row.ID, Number: row.Numbers()[0], Zones: row.Zones, Hours: row.Hours, Consent: consent, Status: Ready})
	return len(w.reps) - 1
}

// rules are those of the preset that bind for a row, joined.
func (w *crowd) rules(row Contact, consent bool) string {
	all := w.judge.rulesFor(row.Numbers()[0])
	if len(all) == 0 {
		return ""
	}
	set := ruleSet{&all[0], len(all), consent}
	if known, found := w.names[set]; found {
		return known
	}
	var ids strings.Builder
	for i := range all {
		if w.c.Settings.binds(&all[i], consent) {
			ids.WriteString(string(all[i].ID) + " ")
		}
	}
	w.names[set] = ids.String()
	return ids.String()
}

// nearest is the first place with the zones of row, else the first of all.
func (w *crowd) nearest(row Contact) int {
	return max(slices.IndexFunc(w.reps, func(rep Contact) bool { return slices.Equal(rep.Zones, row.Zones) }), 0)
}

// model is a forecast in progress.
type model struct {
	*crowd
	pace  Pace
	due   []someone           // who may be called as soon as their place is open
	later map[int64][]someone // by step
	opens []time.Time         // of each place, when it is asked about again
	waits []Reason            // of each place, why it is not open
	late  float64             // people for whom the time was over first
	first time.Time           // when the first pass was through
	last  time.Time           // when the last call ended
}

// nearlyNobody is what is left of people when the shares of shares of them are
// not worth a call any more.
const nearlyNobody = 0.5

// run lets the time go by.
func (m *model) run() Forecast {
	m.last = m.now
	end := int64(time.Duration(m.pace.Days) * 24 * time.Hour / m.step())
	for i := int64(0); i < end; i = m.following(i) {
		for _, s := range m.later[i] {
			m.due = merged(m.due, s)
		}
		delete(m.later, i)
		m.call(i)
		if m.first.IsZero() && m.left(true) < nearlyNobody {
			m.first = m.last
		}
		if m.left(false) < nearlyNobody {
			return Forecast{First: m.first, Done: m.last, Days: m.pace.Days, TooLate: people(m.late)}
		}
	}
	return Forecast{First: m.first, Days: m.pace.Days, Left: people(m.left(m.first.IsZero())), TooLate: people(m.late), Waits: m.why()}
}

func people(n float64) int { return int(math.Ceil(n - nearlyNobody)) }

// left is how many people are still to be called; only those who never were,
// with untried.
func (m *model) left(untried bool) float64 {
	sum := 0.0
	count := func(list []someone) {
		for _, s := range list {
			if !untried || s.tries == 0 {
				sum += s.n
			}
		}
	}
	count(m.due)
	for _, list := range m.later {
		count(list)
	}
	return sum
}

// why is the reason for which most of those wait who may not be called.
func (m *model) why() Reason {
	most, why := 0.0, Reason{}
	for _, s := range m.due {
		if s.n > most {
			most, why = s.n, m.waits[s.place]
		}
	}
	return why
}

// following is the next step in which something can happen.
func (m *model) following(i int64) int64 {
	next := int64(math.MaxInt64)
	for at := range m.later {
		next = min(next, at)
	}
	for _, s := range m.due {
		next = min(next, max(m.stepAt(m.opens[s.place]), i+1))
	}
	return max(next, i+1)
}

// call makes the calls of step i.
func (m *model) call(i int64) {
	t := m.now.Add(time.Duration(i) * m.step())
	room := float64(m.pace.Lines) * float64(m.step()) / float64(m.pace.Length)
	if m.pace.Rate > 0 {
		room = min(room, m.pace.Rate*m.step().Seconds())
	}
	all := room
	open := m.open(t)
	for _, again := range []bool{true, false} {
		room -= m.share(t, room, open, again)
	}
	if used := all - room; used > 0 {
		m.last = t.Add(max(m.pace.Length, time.Duration(used/all*float64(m.step()))))
	}
	m.due = slices.DeleteFunc(m.due, func(s someone) bool { return s.n <= 0 })
}

// open tells of each place whether people there may be called at t. For whom
// it is too late is not called any more.
func (m *model) open(t time.Time) []bool {
	open := make([]bool, len(m.reps))
	asked := make([]bool, len(m.reps))
	for i := range m.due {
		s := &m.due[i]
		if !asked[s.place] && !m.opens[s.place].After(t) {
			asked[s.place] = true
			d := m.judge.Decide(t, m.c, m.reps[s.place], Facts{})
			open[s.place], m.waits[s.place] = d.Verdict == Dial, d.Why
			m.opens[s.place] = d.Until
			if d.Verdict == Never {
				m.opens[s.place] = t.AddDate(100, 0, 0)
			}
		}
		if m.waits[s.place].Code == CodeTooLate {
			m.late += s.n
			s.n = 0
		}
	}
	return open
}

// share gives room to the people of open places, and returns how much they
// took.
func (m *model) share(t time.Time, room float64, open []bool, again bool) float64 {
	wants := 0.0
	for _, s := range m.due {
		if open[s.place] && s.tries > 0 == again {
			wants += s.n
		}
	}
	if wants == 0 || room <= 0 {
		return 0
	}
	part := min(1, room/wants)
	for i := range m.due {
		s := &m.due[i]
		if open[s.place] && s.tries > 0 == again {
			m.again(t.Add(m.pace.Length), someone{s.place, s.tries + 1, s.n * part})
			s.n -= s.n * part
		}
	}
	return wants * part
}

// again puts people whose calls ended at t where they are called again.
func (m *model) again(t time.Time, s someone) {
	for _, o := range slices.Sorted(maps.Keys(m.pace.Ends)) {
		if _, retried := m.c.Settings.Retry.After[o]; !retried || s.tries >= m.c.Settings.Retry.Tries {
			continue
		}
		d := m.judge.Decide(t, m.c, m.reps[s.place], m.history(t, s, o))
		once := someone{s.place, s.tries, s.n * m.pace.Ends[o]}
		switch {
		case d.Verdict == Dial:
			m.put(t, once)
		case d.Verdict == Wait:
			m.put(latest(t, d.Until), once)
		case d.Why.Code == CodeTooLate:
			m.late += once.n
		}
	}
}

// put lets people be called from t on.
func (m *model) put(t time.Time, s someone) {
	at := m.stepAt(t)
	m.later[at] = merged(m.later[at], s)
}

// history is as many calls as somebody had, which ended so, the last at t.
func (m *model) history(t time.Time, s someone, o gateway.Outcome) Facts {
	var f Facts
	rep := m.reps[s.place]
	for range s.tries {
		f = f.with(Attempt{Campaign: m.c.ID, Contact: rep.ID, Number: rep.Number, Begun: t.Add(-m.pace.Length), Ended: t, Outcome: o})
	}
	return f
}
