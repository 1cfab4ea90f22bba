package campaign

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"rollcall/campaign/phone"
)

// This file is what starting a campaign would do, in numbers, before anybody is
// called.

// Preflight finds out what would be decided about each row of a campaign if it
// were started now. It remembers groups, not rows. One goroutine uses it.
type Preflight struct {
	now    time.Time
	c      Campaign
	judge  *Judge
	report PreflightReport
	waits  map[Reason]*PreflightGroup // by the hour of Until
	nevers map[Reason]*PreflightGroup
	zones  map[string]*PreflightZone // by their names
	crowd  crowd
}

// PreflightReport is what was found out.
type PreflightReport struct {
	At      time.Time // as of when
	Rows    int       // all of the list
	Dial    int       // may be called at once
	Waiting []PreflightGroup
	Never   []PreflightGroup // skipped, or out of tries; the most rows first
	// Standing counts the rows that are neither of these: those under way, and
	// those that have come to their end.
	Standing Tally
	Numbers  PreflightNumbers
	Zones    []PreflightZone // the most people first
}

// PreflightZone is people who are called now or later by the same clocks.
type PreflightZone struct {
	Zones []string // IANA names; none where nobody can tell, or there are too many
	Rows  int
	Dial  int // may be called at once
	// First is when the first of the others may be, zero if that is not known.
	First time.Time
	// Someone is a row of theirs.
	Someone int
}

// PreflightGroup is rows that stand for the same reason.
type PreflightGroup struct {
	// Why leaves out what differs from row to row: Row, Text and Until. It is
	// zero for the rows of all groups that are too many to be told.
	Why  Reason
	Rows int
	// First and Last are when the first and the last of the rows is decided
	// about again, zero where that is not known or never. Of a place, those
	// within the same hour are a group.
	First, Last time.Time
	// Some are a few of the rows of Never that were added, in their order.
	Some []ContactID
}

// PreflightNumbers counts the numbers of the rows that are called now or later.
type PreflightNumbers struct {
	All     int
	Foreign int // of another country than that of the settings
	Regions map[phone.Region]int
	Kinds   map[phone.Kind]int
}

// Standing counts rows of a campaign that are neither ready nor waiting, by
// why. Of Why, what differs from row to row is left out.
type Standing struct {
	Status Status
	Why    Reason
	Rows   int
}

// manyGroups is how many groups are told apart, of rows that wait and of
// others.
const manyGroups = 1000

// NewPreflight begins to count for c as if it were running at now, whatever its
// state. Practice must be as it will be.
func NewPreflight(now time.Time, c Campaign) *Preflight {
	c.State, c.Why, c.Settings = Running, Reason{}, c.Settings.Complete()
	judge := NewJudge(c.Settings)
	return &Preflight{
		now: now, c: c, judge: judge, waits: map[Reason]*PreflightGroup{}, nevers: map[Reason]*PreflightGroup{}, zones: map[string]*PreflightZone{},
		report: PreflightReport{At: now, Standing: Tally{}, Numbers: PreflightNumbers{
			Regions: map[phone.Region]int{}, Kinds: map[phone.Kind]int{},
		}},
		crowd: newCrowd(now, c, judge),
	}
}

// Add decides about rows that are ready or waiting, of which facts tells what
// is known of each.
func (p *Preflight) Add(rows []Contact, facts []Facts) {
	for i := range rows {
		p.add(rows[i], facts[i])
	}
}

// AddStanding counts rows that are not decided about any more.
func (p *Preflight) AddStanding(s Standing) {
	p.report.Rows += s.Rows
	if s.Status == Skipped {
		put(p.nevers, orElse(s.Why, CodeExcluded), s.Rows, time.Time{})
		return
	}
	p.report.Standing[s.Status] += s.Rows
}

func (p *Preflight) add(row Contact, f Facts) {
	row.Zones = p.c.Settings.zonesOf(&row)
	d := p.decide(row, f)
	p.report.Rows++
	switch d.Verdict {
	case Dial:
		p.report.Dial++
	case Wait:
		put(p.waits, d.Why, 1, d.Until)
	case Never:
		put(p.nevers, d.Why, 1, time.Time{}).show(row.ID)
		return
	}
	p.zone(row.Zones).add(row, d)
	p.report.Numbers.count(row, p.c.Settings.Region)
	p.crowd.add(row, f, d)
}

// decide is the first decision about a row. One that waits is decided about
// when its wait is over.
func (p *Preflight) decide(row Contact, f Facts) Decision {
	at := p.now
	if row.Status == Waiting && row.NextAt.After(at) {
		at = row.NextAt
	}
	d := p.judge.Decide(at, p.c, row, f)
	if d.Verdict == Dial && at.After(p.now) {
		return Decision{Verdict: Wait, Until: at, Why: row.Why}
	}
	return d
}

// manyShown is how many rows of a group are named.
const manyShown = 200

// show names one of the rows, if there is room.
func (g *PreflightGroup) show(id ContactID) {
	if len(g.Some) < manyShown {
		g.Some = append(g.Some, id)
	}
}

// zone is the count of people who may be in those zones; those of the zones
// that are too many to be told are one.
func (p *Preflight) zone(zones []string) *PreflightZone {
	key := ""
	if len(zones) == 1 {
		key = zones[0]
	} else {
		key = strings.Join(zones, " ")
	}
	z := p.zones[key]
	if z == nil && len(p.zones) >= manyGroups {
		key, zones = "", nil
		z = p.zones[key]
	}
	if z == nil {
		z = &PreflightZone{Zones: zones}
		p.zones[key] = z
	}
	return z
}

func (z *PreflightZone) add(row Contact, d Decision) {
	z.Rows++
	if z.Someone == 0 {
		z.Someone = row.Row
	}
	switch {
	case d.Verdict == Dial:
		z.Dial++
	case !d.Until.IsZero() && (z.First.IsZero() || d.Until.Before(z.First)):
		z.First = d.Until
	}
}

// put counts rows in their group.
func put(groups map[Reason]*PreflightGroup, why Reason, rows int, until time.Time) *PreflightGroup {
	why.Row, why.Text, why.Until = 0, "", time.Time{}
	key := why
	if !until.IsZero() {
		key.Until = until.UTC().Truncate(time.Hour)
	}
	g := groups[key]
	if g == nil && len(groups) >= manyGroups {
		key, why = Reason{}, Reason{}
		g = groups[key]
	}
	if g == nil {
		g = &PreflightGroup{Why: why, First: until, Last: until}
		groups[key] = g
	}
	g.Rows += rows
	if g.First.IsZero() || !until.IsZero() && until.Before(g.First) {
		g.First = until
	}
	g.Last = latest(g.Last, until)
	return g
}

func (n *PreflightNumbers) count(row Contact, home phone.Region) {
	n.countOne(row.Number, home)
	for _, other := range row.Others {
		n.countOne(other, home)
	}
}

func (n *PreflightNumbers) countOne(number phone.Number, home phone.Region) {
	if number == "" {
		return
	}
	region, kind := number.RegionAndKind()
	n.All++
	n.Regions[region]++
	n.Kinds[kind]++
	if region != home && number.Foreign(home) {
		n.Foreign++
	}
}

// Report is what was found out about the rows that were added: those that wait
// by when they are called, then by their place.
func (p *Preflight) Report() PreflightReport {
	r := p.report
	r.Waiting = sorted(p.waits, func(a, b PreflightGroup) int {
		return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Why.Zone, b.Why.Zone), cmp.Compare(b.Rows, a.Rows), byReason(a, b))
	})
	r.Never = sorted(p.nevers, func(a, b PreflightGroup) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), byReason(a, b)) })
	for _, name := range slices.Sorted(maps.Keys(p.zones)) {
		r.Zones = append(r.Zones, *p.zones[name])
	}
	slices.SortStableFunc(r.Zones, func(a, b PreflightZone) int { return cmp.Compare(b.Rows, a.Rows) })
	return r
}

func sorted(groups map[Reason]*PreflightGroup, order func(a, b PreflightGroup) int) []PreflightGroup {
	list := make([]PreflightGroup, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, order)
	return list
}

// byReason is any order that is always the same.
func byReason(a, b PreflightGroup) int {
	return cmp.Or(cmp.Compare(a.Why.Code, b.Why.Code), cmp.Compare(a.Why.Problem, b.Why.Problem),
		cmp.Compare(a.Why.Rule, b.Why.Rule), cmp.Compare(a.Why.Outcome, b.Why.Outcome), cmp.Compare(a.Why.Try, b.Why.Try))
}

// Missing is how many rows are not called at all.
func (r PreflightReport) Missing() int { return total(r.Never) }

// Later is how many wait.
func (r PreflightReport) Later() int { return total(r.Waiting) }

func total(groups []PreflightGroup) int {
	sum := 0
	for _, g := range groups {
		sum += g.Rows
	}
	return sum
}
