package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// watched is a store that notes what is decided first about each row.
type watched struct {
	*campaigntest.Store
	begun time.Time
	rows  int
	ended func() // when something was decided about every row

	mu    sync.Mutex
	first map[campaign.ContactID]campaign.Contact // with Queued for one that was dialled
}

func (w *watched) note(p campaign.Contact) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.first[p.ID]; !known {
		w.first[p.ID] = p
	}
	if len(w.first) == w.rows {
		w.ended()
	}
}

func (w *watched) SetAside(ctx context.Context, rows []campaign.Contact) error {
	for _, p := range rows {
		w.note(p)
	}
	return w.Store.SetAside(ctx, rows)
}

// Begin is a decision to dial. One that comes later is what a wait ended with.
func (w *watched) Begin(ctx context.Context, a campaign.Attempt) (campaign.Attempt, error) {
	rows, err := w.Contacts(ctx, []campaign.ContactID{a.Contact})
	if err != nil {
		return a, err
	}
	p := rows[0]
	p.Status = campaign.Queued
	if a.Begun.After(w.begun) {
		p.Status, p.NextAt = campaign.Waiting, a.Begun
	}
	w.note(p)
	return w.Store.Begin(ctx, a)
}

// chance draws the settings and the people of a campaign, and what was before.
type chance struct {
	hour     int
	settings campaign.Settings
	practice bool
	rows     []campaign.Contact
	past     []campaign.Past
	tried    map[int]gateway.Outcome // rows that were called before, by index
	barred   []phone.Number
}

func drawChance(t *rapid.T) chance {
	c := chance{hour: rapid.IntRange(0, 200).Draw(t, "hour"), practice: rapid.Bool().Draw(t, "practice"), tried: map[int]gateway.Outcome{}}
	c.settings = campaign.Settings{
		Lines: 200, Law: rapid.SampledFrom([]campaign.LawKey{"", "us", "us-states"}).Draw(t, "law"),
		Hours:  campaign.EveryDay(campaign.Clock(rapid.IntRange(6, 11).Draw(t, "from")*60), campaign.Clock(rapid.IntRange(12, 22).Draw(t, "till")*60)),
		Limits: rapid.SampledFrom([][]campaign.Limit{nil, {{Calls: 2, Within: 24 * time.Hour}}}).Draw(t, "limits"),
		Gaps:   rapid.SampledFrom([][]campaign.Gap{nil, {{For: 3 * time.Hour}}}).Draw(t, "gaps"),
	}.Complete()
	for i := range rapid.IntRange(1, 60).Draw(t, "people") {
		c.rows = append(c.rows, drawRow(t, i))
		n := c.rows[i].Number
		switch rapid.IntRange(0, 9).Draw(t, "before") {
		case 0:
			c.barred = append(c.barred, n)
		case 1:
			c.past = append(c.past, campaign.Past{Number: n, Campaign: 9, Contact: 900})
		case 2:
			for range 2 {
				c.past = append(c.past, campaign.Past{Number: n, Campaign: 9, Outcome: gateway.OutcomeBusy})
			}
		case 3, 4:
			c.tried[i] = rapid.SampledFrom([]gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeReached, gateway.OutcomeBadNumber}).Draw(t, "outcome")
		}
	}
	return c
}

func drawRow(t *rapid.T, i int) campaign.Contact {
	p := campaign.Contact{
		ID: campaign.ContactID(i + 1), Number: phone.Number(fmt.Sprintf("+1%s555%04d", rapid.SampledFrom([]string{"212", "305", "213"}).Draw(t, "area"), 100+i)),
		Zones:  rapid.SampledFrom([][]string{{newYork}, {angeles}, {denver}, {newYork, denver}, nil}).Draw(t, "zones"),
		Status: campaign.Ready, Tries: rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(t, "tries"), DoNotCall: rapid.IntRange(0, 9).Draw(t, "dnc") == 0,
	}
	if rapid.IntRange(0, 5).Draw(t, "waits") == 0 {
		p.Status = campaign.Waiting
		p.Why.Code = rapid.SampledFrom([]campaign.Code{campaign.CodeNoLine, campaign.CodeHours, campaign.CodeRefused}).Draw(t, "why")
	}
	if rapid.IntRange(0, 5).Draw(t, "own") == 0 {
		p.Hours = campaign.EveryDay(12*60, 15*60)
	}
	return p
}

// open puts all of it in a store, as of now.
func (c chance) open(t *testing.T) (*campaigntest.Store, campaign.Campaign) {
	t.Helper()
	now := time.Now()
	for i := range c.rows {
		if c.rows[i].Status == campaign.Waiting {
			c.rows[i].NextAt = now.Add(time.Duration(i-20) * 7 * time.Minute)
		}
	}
	s := campaigntest.NewStore(campaign.Campaign{Name: "Chance", State: campaign.Draft, Settings: c.settings}, c.rows)
	s.Forbid(c.barred...)
	for i, past := range c.past {
		past.Begun = now.Add(-5 * time.Hour)
		if past.Outcome != "" {
			past.Ended = past.Begun.Add(time.Duration(i) * time.Minute)
		}
		s.Elsewhere(past)
	}
	for i, o := range c.tried {
		p := s.Rows()[i]
		a, err := s.Begin(t.Context(), campaign.Attempt{Campaign: 1, Contact: p.ID, Number: p.Number, Begun: now.Add(-time.Hour), Practice: c.practice})
		if errors.Is(err, campaign.ErrForbidden) {
			continue
		}
		a.Ended, a.Outcome = now.Add(-time.Duration(i)*time.Minute), o
		if err := errors.Join(err, s.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: p.Status, NextAt: p.NextAt, Why: p.Why, Tried: true})); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := s.Campaign(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	stored.Practice = c.practice
	return s, stored
}

// group names what a row is counted as.
func group(verdict campaign.Verdict, why campaign.Reason, until time.Time) string {
	when := ""
	if !until.IsZero() {
		when = until.UTC().Truncate(time.Hour).Format(time.RFC3339)
	}
	return fmt.Sprint(verdict, " ", why.Code, " ", why.Problem, " ", why.Rule, " ", why.Outcome, " ", why.Zone, " ", when)
}

// told is a report by group.
func told(r campaign.PreflightReport) map[string]int {
	counts := map[string]int{}
	if r.Dial > 0 {
		counts[group(campaign.Dial, campaign.Reason{}, time.Time{})] = r.Dial
	}
	for _, g := range r.Waiting {
		counts[group(campaign.Wait, g.Why, g.First)] += g.Rows
	}
	for _, g := range r.Never {
		counts[group(campaign.Never, g.Why, g.First)] += g.Rows
	}
	return counts
}

// happened is what was decided, by group.
func (w *watched) happened() map[string]int {
	counts := map[string]int{}
	for _, p := range w.first {
		switch {
		case p.Status == campaign.Queued:
			counts[group(campaign.Dial, campaign.Reason{}, time.Time{})]++
		case p.Status == campaign.Waiting && (p.Why.Code == campaign.CodeRinging || p.Why.Code == campaign.CodeUnderWay):
			counts[group(campaign.Wait, p.Why, time.Time{})]++
		case p.Status == campaign.Waiting:
			counts[group(campaign.Wait, p.Why, p.NextAt)]++
		default:
			counts[group(campaign.Never, p.Why, time.Time{})]++
		}
	}
	return counts
}

// TestPreflightTellsWhatHappens runs campaigns, and compares what is decided
// first about each row with what was told before.
func TestPreflightTellsWhatHappens(t *testing.T) {
	seen := map[campaign.Code]bool{}
	for seed := range 150 {
		synctest.Test(t, func(t *testing.T) {
			c := rapid.Custom(drawChance).Example(seed)
			time.Sleep(time.Duration(c.hour) * time.Hour)
			store, stored := c.open(t)
			report := preflight(t, store, stored).Report()
			ctx, cancel := context.WithCancel(t.Context())
			w := &watched{Store: store, begun: time.Now(), rows: len(c.rows), ended: cancel, first: map[campaign.ContactID]campaign.Contact{}}
			g := campaigntest.NewGateway(200)
			g.Self.Practice = c.practice
			r := &campaign.Runner{Store: w, Routes: []campaign.Route{{
				Name: campaign.BuiltIn, Gateway: g, Follower: &campaigntest.Follower{Gateway: g}, Pages: &campaigntest.Pages{},
			}}}
			if _, err := r.Run(ctx, 1); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(told(report), w.happened()); diff != "" {
				t.Fatalf("seed %d (-told +happened):\n%s", seed, diff)
			}
			for _, p := range w.first {
				seen[p.Why.Code] = true
			}
		})
	}
	for _, code := range []campaign.Code{"", campaign.CodeHours, campaign.CodeOwnHours, campaign.CodeDoNotCall, campaign.CodeLimit, campaign.CodeGap,
		campaign.CodeRetry, campaign.CodeNoTries, campaign.CodeZoneUnknown, campaign.CodeRinging, campaign.CodeOutcome, campaign.CodeNoLine} {
		if !seen[code] {
			t.Errorf("nobody was decided about with the reason %q: the test tells too little", code)
		}
	}
}

// preflight decides about all rows of a store.
func preflight(t testing.TB, s *campaigntest.Store, c campaign.Campaign) *campaign.Preflight {
	t.Helper()
	now := time.Now()
	p := campaign.NewPreflight(now, c)
	rows := s.Rows()
	facts, err := s.Facts(t.Context(), c, rows, now.Add(-c.Settings.Memory()))
	if err != nil {
		t.Fatal(err)
	}
	p.Add(rows, facts)
	return p
}

func TestPreflightCountsWhatIsNotDecidedAnyMore(t *testing.T) {
	p := campaign.NewPreflight(eastern(t, "2026-11-24 12:00:00"), campaign.Campaign{State: campaign.Draft})
	first, row := ready(), ready()
	first.Row, row.Number = 7, "+442079460018"
	p.Add([]campaign.Contact{first, row}, make([]campaign.Facts, 2))
	p.AddStanding(campaign.Standing{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: 3}, Rows: 2})
	p.AddStanding(campaign.Standing{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate}, Rows: 3})
	p.AddStanding(campaign.Standing{Status: campaign.Skipped, Rows: 1})
	p.AddStanding(campaign.Standing{Status: campaign.Reached, Rows: 7})
	r := p.Report()
	want := campaign.PreflightReport{
		At: r.At, Rows: 15, Dial: 2, Waiting: []campaign.PreflightGroup{},
		Never: []campaign.PreflightGroup{
			{Why: campaign.Reason{Code: campaign.CodeDuplicate}, Rows: 5}, {Why: campaign.Reason{Code: campaign.CodeExcluded}, Rows: 1},
		},
		Standing: campaign.Tally{campaign.Reached: 7},
		Numbers: campaign.PreflightNumbers{
			All: 2, Foreign: 1, Regions: map[phone.Region]int{"US": 1, row.Number.Region(): 1},
			Kinds: map[phone.Kind]int{phone.FixedOrMobile: 1, row.Number.Kind(): 1},
		},
		Zones: []campaign.PreflightZone{{Zones: []string{newYork}, Rows: 2, Dial: 2, Someone: 7}},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r.Missing() != 6 || r.Later() != 0 {
		t.Errorf("%d missing, %d later", r.Missing(), r.Later())
	}
}

func TestPreflightTellsWhoseClockAndWho(t *testing.T) {
	p := campaign.NewPreflight(eastern(t, "2026-11-24 09:30:00"), running())
	var rows []campaign.Contact
	for i, zones := range [][]string{{newYork}, {angeles}, {denver, newYork}, {newYork}, {angeles}} {
		row := ready()
		row.ID, row.Row, row.Zones, row.DoNotCall = campaign.ContactID(i+1), i+2, zones, i == 4
		rows = append(rows, row)
	}
	p.Add(rows, make([]campaign.Facts, len(rows)))
	r := p.Report()
	want := []campaign.PreflightZone{
		{Zones: []string{newYork}, Rows: 2, Dial: 2, Someone: 2},
		{Zones: []string{denver, newYork}, Rows: 1, First: eastern(t, "2026-11-24 11:00:00"), Someone: 4},
		{Zones: []string{angeles}, Rows: 1, First: eastern(t, "2026-11-24 12:00:00"), Someone: 3},
	}
	same := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if diff := cmp.Diff(want, r.Zones, same); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Never) != 1 || !slices.Equal(r.Never[0].Some, []campaign.ContactID{5}) {
		t.Errorf("not called: %+v", r.Never)
	}
}

func TestPreflightRemembersGroupsOnly(t *testing.T) {
	noon := eastern(t, "2026-11-24 12:00:00")
	p := campaign.NewPreflight(noon, running())
	const rows = 3000
	for i := range rows {
		row := ready()
		row.Status, row.Why.Code, row.NextAt = campaign.Waiting, campaign.CodeNoLine, noon.Add(time.Duration(i)*24*time.Hour)
		p.Add([]campaign.Contact{row}, make([]campaign.Facts, 1))
	}
	r := p.Report()
	if len(r.Waiting) > 1001 || r.Later()+r.Dial != rows {
		t.Errorf("%d groups of %d rows, want 1001 at most of %d", len(r.Waiting), r.Later(), rows)
	}
	rest := slices.IndexFunc(r.Waiting, func(g campaign.PreflightGroup) bool { return g.Why.IsZero() })
	if rest < 0 || r.Waiting[rest].Rows < rows-1001 {
		t.Error("the rows of too many groups are not told together")
	}
}

// BenchmarkPreflight is what one row costs.
func BenchmarkPreflight(b *testing.B) {
	zones := [][]string{{newYork}, {angeles}, {denver}, {"America/Chicago"}}
	rows, facts := make([]campaign.Contact, 1000), make([]campaign.Facts, 1000)
	for i := range rows {
		rows[i] = ready()
		rows[i].Number, rows[i].Zones = number(i), zones[i%len(zones)]
	}
	for _, law := range []campaign.LawKey{"", "us-states"} {
		b.Run("law "+string(law), func(b *testing.B) {
			c := running()
			c.Settings.Law = law
			p := campaign.NewPreflight(eastern(b, "2026-11-24 10:30:00"), c)
			for i := range b.N {
				p.Add(rows[i%1000:i%1000+1], facts[:1])
			}
		})
	}
}
