package campaign_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/gateway"
)

// running is a campaign that may call at noon in New York, and ready a row of
// it that is to be called.
func running() campaign.Campaign {
	return campaign.Campaign{State: campaign.Running, Settings: campaign.Settings{}.Complete()}
}

func ready() campaign.Contact {
	return campaign.Contact{ID: 1, Number: number(0), Zones: []string{newYork}, Status: campaign.Ready}
}

// tried is an attempt that ended at a time with an outcome.
func tried(at time.Time, o gateway.Outcome) campaign.Attempt {
	return campaign.Attempt{Number: number(0), Begun: at.Add(-time.Minute), Ended: at, Outcome: o}
}

func TestDecide(t *testing.T) {
	noon := eastern(t, "2026-11-24 12:00:00")
	night := eastern(t, "2026-11-24 23:00:00")
	nine := eastern(t, "2026-11-25 09:00:00")
	type decision = campaign.Decision
	dial := decision{Verdict: campaign.Dial, Number: number(0)}
	wait := func(until time.Time, why campaign.Reason) decision {
		return decision{Verdict: campaign.Wait, Until: until, Why: why}
	}
	never := func(why campaign.Reason) decision { return decision{Verdict: campaign.Never, Why: why} }
	code := func(c campaign.Code) campaign.Reason { return campaign.Reason{Code: c} }
	for _, test := range []struct {
		name     string
		now      time.Time
		campaign func(*campaign.Campaign)
		row      func(*campaign.Contact)
		attempts []campaign.Attempt
		want     decision
	}{
		{name: "ready", now: noon, want: dial},
		{name: "draft", now: noon, campaign: func(c *campaign.Campaign) { c.State = campaign.Draft }, want: wait(time.Time{}, code(campaign.CodeNotStarted))},
		{name: "paused", now: noon, campaign: func(c *campaign.Campaign) { c.State = campaign.Paused }, want: wait(time.Time{}, code(campaign.CodeByUser))},
		{name: "paused because", now: noon, campaign: func(c *campaign.Campaign) {
			c.State, c.Why = campaign.Paused, code(campaign.CodeKind)
		}, want: wait(time.Time{}, code(campaign.CodeKind))},
		{name: "stopped", now: noon, campaign: func(c *campaign.Campaign) { c.State = campaign.Stopped }, want: never(code(campaign.CodeStopped))},
		{name: "finished", now: noon, campaign: func(c *campaign.Campaign) { c.State = campaign.Finished }, want: never(code(campaign.CodeStopped))},
		{name: "on its way", now: noon, row: func(p *campaign.Contact) { p.Status = campaign.Queued }, want: wait(time.Time{}, code(campaign.CodeUnderWay))},
		{name: "in doubt", now: noon, row: func(p *campaign.Contact) { p.Status, p.Why = campaign.Doubt, code(campaign.CodeInterrupted) }, want: never(code(campaign.CodeInterrupted))},
		{name: "skipped", now: noon, row: func(p *campaign.Contact) {
			p.Status, p.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 4}
		}, want: never(campaign.Reason{Code: campaign.CodeDuplicate, Row: 4})},
		{name: "reached before", now: noon, row: func(p *campaign.Contact) { p.Status = campaign.Reached }, want: never(code(campaign.CodeOutcome))},
		{name: "cancelled", now: noon, row: func(p *campaign.Contact) { p.Status = campaign.Cancelled }, want: never(code(campaign.CodeStopped))},
		{name: "a state nobody knows", now: noon, row: func(p *campaign.Contact) { p.Status = "" }, want: never(code(campaign.CodeOutcome))},
		{name: "do not call", now: night, row: func(p *campaign.Contact) { p.DoNotCall = true }, want: never(code(campaign.CodeDoNotCall))},
		{name: "no number", now: noon, row: func(p *campaign.Contact) { p.Number = "" },
			want: never(campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemNoNumber})},
		{name: "no zone", now: noon, row: func(p *campaign.Contact) { p.Zones = nil },
			want: never(campaign.Reason{Code: campaign.CodeZoneUnknown, Problem: campaign.ProblemZone})},
		{name: "no such zone", now: noon, row: func(p *campaign.Contact) { p.Zones = []string{newYork, "Nowhere"} },
			want: never(campaign.Reason{Code: campaign.CodeZoneUnknown, Problem: campaign.ProblemZone})},
		{name: "no zone, but at all hours", now: night, campaign: func(c *campaign.Campaign) { c.Settings.Hours = campaign.AllHours() },
			row: func(p *campaign.Contact) { p.Zones = nil }, want: dial},
		{name: "at night", now: night, want: wait(nine, campaign.Reason{Code: campaign.CodeHours, Until: nine, Zone: newYork})},
		{name: "at no hour", now: noon, campaign: func(c *campaign.Campaign) { c.Settings.Hours = campaign.EveryDay(540, 600) },
			row:  func(p *campaign.Contact) { p.Zones = []string{newYork, angeles} },
			want: never(campaign.Reason{Code: campaign.CodeHours, Zone: newYork})},
		{name: "an open attempt", now: noon, attempts: []campaign.Attempt{{Begun: noon}}, want: wait(time.Time{}, code(campaign.CodeUnderWay))},
		{name: "reached", now: noon, attempts: []campaign.Attempt{tried(noon.Add(-time.Hour), gateway.OutcomeReached)},
			want: never(campaign.Reason{Code: campaign.CodeOutcome, Outcome: "reached"})},
		{name: "not in service", now: noon, attempts: []campaign.Attempt{tried(noon.Add(-time.Hour), gateway.OutcomeBadNumber)},
			want: never(campaign.Reason{Code: campaign.CodeOutcome, Outcome: "bad_number"})},
		{name: "busy just now", now: noon, attempts: []campaign.Attempt{tried(noon.Add(-time.Minute), gateway.OutcomeBusy)},
			want: wait(noon.Add(9*time.Minute), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: noon.Add(9 * time.Minute), Try: 2, Of: 3})},
		{name: "busy just now, practice", now: noon, campaign: func(c *campaign.Campaign) { c.Practice, c.Settings.Speed = true, 60 },
			attempts: []campaign.Attempt{tried(noon.Add(-time.Minute), gateway.OutcomeBusy)}, want: dial},
		{name: "the speed of a real line is one", now: noon, campaign: func(c *campaign.Campaign) { c.Settings.Speed = 60 },
			attempts: []campaign.Attempt{tried(noon, gateway.OutcomeBusy)},
			want:     wait(noon.Add(10*time.Minute), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: noon.Add(10 * time.Minute), Try: 2, Of: 3})},
		{name: "busy long ago", now: noon, attempts: []campaign.Attempt{tried(noon.Add(-10*time.Minute), gateway.OutcomeBusy)}, want: dial},
		{name: "busy in the evening", now: eastern(t, "2026-11-24 19:55:00"), attempts: []campaign.Attempt{tried(eastern(t, "2026-11-24 19:55:00"), gateway.OutcomeBusy)},
			want: wait(nine, campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: nine, Zone: newYork, Try: 2, Of: 3})},
		{name: "no tries left", now: noon, attempts: []campaign.Attempt{
			tried(noon.Add(-3*time.Hour), gateway.OutcomeBusy), tried(noon.Add(-2*time.Hour), gateway.OutcomeNoAnswer), tried(noon.Add(-time.Hour), gateway.OutcomeBusy),
		}, want: never(campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3})},
		{name: "undialled does not count", now: noon, attempts: []campaign.Attempt{
			tried(noon, gateway.OutcomeExpired), tried(noon, gateway.OutcomeFlowMissing), tried(noon, gateway.OutcomeUnknown),
		}, want: dial},
		{name: "the row counts more", now: noon, row: func(p *campaign.Contact) { p.Tries = 3 }, want: never(campaign.Reason{Code: campaign.CodeNoTries, Try: 3})},
		{name: "no line", now: noon, row: func(p *campaign.Contact) {
			p.Status, p.NextAt, p.Why = campaign.Waiting, noon.Add(time.Minute), code(campaign.CodeNoLine)
		}, want: wait(noon.Add(time.Minute), campaign.Reason{Code: campaign.CodeNoLine, Until: noon.Add(time.Minute)})},
		{name: "waits for hours that were changed", now: noon, row: func(p *campaign.Contact) {
			p.Status, p.NextAt, p.Why = campaign.Waiting, noon.Add(time.Hour), code(campaign.CodeHours)
		}, want: dial},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, p := running(), ready()
			if test.campaign != nil {
				test.campaign(&c)
			}
			if test.row != nil {
				test.row(&p)
			}
			if diff := cmp.Diff(test.want, campaign.Decide(test.now, c, p, campaign.Facts{Attempts: test.attempts})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// gate is one row with its history, driven by random events, and what the
// rules say of it, kept apart from how Decide finds out.
type gate struct {
	now      time.Time
	campaign campaign.Campaign
	row      campaign.Contact
	attempts []campaign.Attempt
}

// TestNoEventsOpenTheGateWrongly: whatever happened before, Decide says Dial
// only where every rule allows it, says why where not, and says nothing else
// when asked again at once.
func TestWherePeopleAreTakenToBe(t *testing.T) {
	now := eastern(t, "2026-11-24 09:30:00") // 6:30 in Los Angeles
	moved := ready()
	moved.Zones = []string{angeles, newYork} // the list says one, the number the other
	nowhere := ready()
	nowhere.Zones = nil
	for _, test := range []struct {
		policy campaign.ZonePolicy
		zone   string
		row    campaign.Contact
		want   campaign.Verdict
	}{
		{campaign.ZoneCareful, "", ready(), campaign.Dial},
		{campaign.ZoneCareful, "", moved, campaign.Wait},
		{campaign.ZoneCareful, newYork, nowhere, campaign.Never},
		{campaign.ZoneNumber, "", moved, campaign.Dial},
		{campaign.ZoneNumber, "", nowhere, campaign.Dial},
		{campaign.ZoneOne, newYork, moved, campaign.Dial},
		{campaign.ZoneOne, angeles, ready(), campaign.Wait},
		{campaign.ZoneOne, newYork, nowhere, campaign.Dial},
		{campaign.ZoneOne, "", moved, campaign.Wait}, // no zone was chosen: careful
	} {
		c := running()
		c.Settings.Zones, c.Settings.Zone = test.policy, test.zone
		if d := campaign.Decide(now, c, test.row, campaign.Facts{}); d.Verdict != test.want {
			t.Errorf("%q %s, in %v: %s, want %s", test.policy, test.zone, test.row.Zones, d.Verdict, test.want)
		}
	}
}

func TestNoEventsOpenTheGateWrongly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := &gate{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), campaign: running(), row: ready()}
		g.row.Zones = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{newYork, angeles, denver}), 1, 3, rapid.ID).Draw(t, "zones")
		g.campaign.Practice = rapid.Bool().Draw(t, "practice")
		g.campaign.Settings.Speed = rapid.SampledFrom([]int{1, 60}).Draw(t, "speed")
		t.Repeat(map[string]func(*rapid.T){
			"time": func(t *rapid.T) {
				g.now = g.now.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "minutes")) * time.Minute)
			},
			"state": func(t *rapid.T) { g.campaign.State = rapid.SampledFrom(states()).Draw(t, "state") },
			"block": func(t *rapid.T) { g.row.DoNotCall = rapid.Bool().Draw(t, "block") },
			"dial":  func(t *rapid.T) { g.dial(t) },
			"until": func(t *rapid.T) { g.wait(t) },
			"":      func(t *rapid.T) { g.check(t) },
		})
	})
}

func states() []campaign.State {
	return []campaign.State{campaign.Running, campaign.Running, campaign.Running, campaign.Running, campaign.Paused, campaign.Draft, campaign.Stopped}
}

// dial dials if the gate allows, and lets something come of it: nothing yet,
// an outcome, or a row that is ready again without its phone having rung.
func (g *gate) dial(t *rapid.T) {
	if campaign.Decide(g.now, g.campaign, g.row, campaign.Facts{Attempts: g.attempts}).Verdict != campaign.Dial {
		return
	}
	o := rapid.SampledFrom([]gateway.Outcome{
		gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeCongestion, gateway.OutcomeNoMessage,
		gateway.OutcomeReached, gateway.OutcomeMachine, gateway.OutcomeExpired, "open",
	}).Draw(t, "outcome")
	a := campaign.Attempt{Number: number(0), Begun: g.now}
	if o != "open" {
		a.Ended, a.Outcome = g.now.Add(time.Minute), o
		g.now = a.Ended
	}
	g.attempts = append(g.attempts, a)
}

// wait lets pass the time that the gate names: then it either dials or has
// another reason than before.
func (g *gate) wait(t *rapid.T) {
	d := campaign.Decide(g.now, g.campaign, g.row, campaign.Facts{Attempts: g.attempts})
	if d.Verdict != campaign.Wait || d.Until.IsZero() {
		return
	}
	if !d.Until.After(g.now) {
		t.Fatalf("at %v it waits until %v", g.now, d.Until)
	}
	g.now = d.Until
	if again := campaign.Decide(g.now, g.campaign, g.row, campaign.Facts{Attempts: g.attempts}); again.Verdict != campaign.Dial {
		t.Fatalf("it waited as told, and then %+v", again)
	}
}

func (g *gate) check(t *rapid.T) {
	d := campaign.Decide(g.now, g.campaign, g.row, campaign.Facts{Attempts: g.attempts})
	if d.Verdict != campaign.Dial && d.Why.Code == "" {
		t.Fatalf("%s without a reason", d.Verdict)
	}
	if broken := g.broken(); d.Verdict == campaign.Dial && broken != "" {
		t.Fatalf("it dials, but %s", broken)
	} else if d.Verdict != campaign.Dial && broken == "" {
		t.Fatalf("nothing forbids it, but %+v", d)
	}
}

// broken names a rule that forbids to dial now.
func (g *gate) broken() string {
	switch {
	case g.campaign.State != campaign.Running:
		return "the campaign is " + string(g.campaign.State)
	case g.row.DoNotCall:
		return "it is on the do-not-call list"
	case !openAt(g.campaign.Settings.Hours, g.now, g.row.Zones):
		return "it is night there"
	}
	delays := map[gateway.Outcome]time.Duration{
		gateway.OutcomeBusy: 10 * time.Minute, gateway.OutcomeNoAnswer: 30 * time.Minute,
		gateway.OutcomeNoMessage: 30 * time.Minute, gateway.OutcomeCongestion: 5 * time.Minute,
	}
	dialled := 0
	var next time.Time
	for _, a := range g.attempts {
		delay, again := delays[a.Outcome]
		switch {
		case a.Ended.IsZero():
			return "a call is under way"
		case a.Outcome == gateway.OutcomeExpired:
			continue
		case !again:
			return "the person was reached"
		}
		dialled++
		if g.campaign.Practice {
			delay /= time.Duration(g.campaign.Settings.Speed)
		}
		next = a.Ended.Add(delay)
	}
	switch {
	case dialled >= 3:
		return "it was tried three times"
	case g.now.Before(next):
		return "it was tried a moment ago"
	}
	return ""
}
