package campaign_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// world is a row in random circumstances, driven by random events.
type world struct {
	clocks   *wallClocks
	start    time.Time
	now      time.Time
	campaign campaign.Campaign
	row      campaign.Contact
	facts    campaign.Facts
	oracle   *oracle
	judge    *campaign.Judge
	byNumber map[phone.Number][]campaign.LawRule
}

// lead is how long the world is known before anything happens in it, and
// future how long after.
const (
	lead   = 12 * 24 * time.Hour
	future = 68 * 24 * time.Hour
	far    = 60 * 24 * time.Hour
)

// seasons are times at which a clock somewhere is put forward or back soon, or
// a day is left out.
func seasons() []time.Time {
	at := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	return []time.Time{
		at(2026, 3, 5), at(2026, 10, 22), at(2027, 4, 1), at(2026, 9, 30), at(2026, 9, 3), at(2027, 3, 11), at(2026, 12, 27), at(2011, 12, 26),
	}
}

func worldZones() []string {
	return []string{
		newYork, angeles, "Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati",
		"Pacific/Honolulu", "America/Santiago", "America/Havana", "Pacific/Apia", "Africa/Cairo", "America/St_Johns", "Atlantic/Azores",
	}
}

func anyOf[T any](t *rapid.T, from ...T) T { return rapid.SampledFrom(from).Draw(t, "") }

// oneIn is true once in n times.
func oneIn(t *rapid.T, n int) bool { return rapid.IntRange(1, n).Draw(t, "") == n }

// TestNoEventsOpenTheGate: whatever happened before, Decide dials exactly when
// the oracle finds nothing against it, and names the first such moment.
func TestNoEventsOpenTheGate(t *testing.T) {
	clocks := &wallClocks{}
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, clocks)
		for range rapid.IntRange(3, 12).Draw(t, "events") {
			w.happen(t)
			w.check(t)
		}
	})
}

func newWorld(t *rapid.T, clocks *wallClocks) *world {
	w := &world{clocks: clocks, start: anyOf(t, seasons()...)}
	w.now = w.start.Add(lead + time.Duration(rapid.IntRange(0, 6*24*60*60).Draw(t, "seconds"))*time.Second - 10*24*time.Hour)
	w.campaign.State, w.campaign.Practice = campaign.Running, oneIn(t, 3)
	w.row = campaign.Contact{ID: 1, Number: number(0), Status: campaign.Ready}
	for i := range rapid.IntRange(0, 2).Draw(t, "others") {
		w.row.Others = append(w.row.Others, number(i+1))
	}
	if oneIn(t, 20) {
		w.row.Number = ""
	}
	if !oneIn(t, 30) {
		w.row.Zones = rapid.SliceOfNDistinct(rapid.SampledFrom(worldZones()), 1, anyOf(t, 1, 1, 1, 2, 3), rapid.ID).Draw(t, "zones")
	}
	w.oracle = &oracle{start: w.start.Unix(), grid: 15 * 60}
	if oneIn(t, 50) {
		w.oracle.grid = 60
	}
	w.oracle.slots = int((lead + future) / time.Second / time.Duration(w.oracle.grid))
	if oneIn(t, 4) {
		w.row.Hours = w.anyHours(t)
	}
	w.set(t)
	return w
}

// anyHours are hours whose edges lie on the oracle's grid.
func (w *world) anyHours(t *rapid.T) campaign.Hours {
	clock := func(from int) campaign.Clock {
		step := int(w.oracle.grid / 60)
		return campaign.Clock(rapid.IntRange(from, 1440/step).Draw(t, "clock") * step)
	}
	switch rapid.IntRange(0, 5).Draw(t, "hours") {
	case 0:
		return campaign.AllHours()
	case 1:
		return campaign.DefaultHours()
	case 2:
		return campaign.EveryDay(clock(0), clock(0))
	case 3:
		return campaign.EveryDay(anyOf(t, campaign.Clock(22*60), 23*60, 24*60, 0), anyOf(t, campaign.Clock(0), 60, 2*60, 3*60, 24*60))
	default:
		var h campaign.Hours
		for i := range h.Days {
			if h.Days[i] = (campaign.Window{From: clock(0), Till: clock(0)}); oneIn(t, 5) {
				h.Days[i] = campaign.Window{}
			}
		}
		return h
	}
}

func outcomes() []gateway.Outcome {
	return []gateway.Outcome{
		gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeCongestion, gateway.OutcomeNoMessage, gateway.OutcomeReached,
		gateway.OutcomeMachine, gateway.OutcomeBadNumber, gateway.OutcomeNoResponse, gateway.OutcomeNoTransfer, gateway.OutcomeFlowMissing,
		gateway.OutcomeFlowBroken, gateway.OutcomeExpired, gateway.OutcomeInterrupted, gateway.OutcomeEnded, gateway.OutcomeUnknown,
	}
}

// minutes is a random time.
func minutes(t *rapid.T, most int) time.Duration {
	return time.Duration(rapid.IntRange(0, most).Draw(t, "minutes")) * time.Minute
}

// set draws the settings anew.
func (w *world) set(t *rapid.T) {
	s := campaign.Settings{Hours: w.anyHours(t), Speed: anyOf(t, 1, 60)}
	s.Retry.Tries = rapid.IntRange(1, 6).Draw(t, "tries")
	if oneIn(t, 3) {
		s.Finished = "done"
	}
	w.setRetry(t, &s)
	if oneIn(t, 4) {
		s.Office, s.Zoned = w.anyHours(t), anyOf(t, worldZones()...)
	}
	if oneIn(t, 6) {
		s.NotBefore = w.now.Add(minutes(t, 8*24*60) - 2*24*time.Hour)
	}
	if oneIn(t, 6) {
		s.NotAfter = w.now.Add(minutes(t, 8*24*60) - 24*time.Hour)
	}
	for range rapid.IntRange(0, 2).Draw(t, "days off") {
		s.DaysOff = append(s.DaysOff, w.anyDay(t))
	}
	if oneIn(t, 2) {
		s.Limits = append(s.Limits, w.anyLimit(t))
	}
	if oneIn(t, 3) {
		s.Gaps = append(s.Gaps, w.anyGap(t))
	}
	if oneIn(t, 5) {
		s.Holidays = []string{"ours"}
	}
	w.setRules(t, &s)
	w.campaign.Settings, w.oracle.settings = s, s
	holiday := w.anyDay(t)
	w.oracle.holidays = func(key string, year int) ([]campaign.Day, bool) {
		if holiday.Year != year || key != "ours" {
			return nil, false
		}
		return []campaign.Day{holiday}, true
	}
	rules := w.byNumber
	w.oracle.rules = func(n phone.Number) []campaign.LawRule { return rules[n] }
	w.judge = campaign.JudgeBy(s, w.oracle.rules, w.oracle.holidays)
	w.oracle.opens = nil
}

func (w *world) setRetry(t *rapid.T, s *campaign.Settings) {
	s.Retry.After = map[gateway.Outcome]campaign.Again{}
	for _, o := range outcomes() {
		if oneIn(t, 2) || slices.Contains([]gateway.Outcome{gateway.OutcomeBusy, gateway.OutcomeNoAnswer}, o) {
			s.Retry.After[o] = campaign.Again{
				Tries: anyOf(t, 0, 0, 1, 2, 3), Delay: minutes(t, anyOf(t, 60, 60, 3*24*60)), OtherTime: oneIn(t, 4), NextNumber: oneIn(t, 3),
			}
		}
	}
}

// setRules draws rules of a preset, and for which numbers they are.
func (w *world) setRules(t *rapid.T, s *campaign.Settings) {
	w.byNumber = map[phone.Number][]campaign.LawRule{}
	for i := range rapid.IntRange(0, 4).Draw(t, "rules") {
		r := campaign.LawRule{ID: campaign.RuleID(fmt.Sprint("rule-", i)), UnlessConsent: oneIn(t, 3)}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			h := w.anyHours(t)
			r.Hours = &h
		case 1:
			l := w.anyLimit(t)
			r.Limit = &l
		case 2:
			g := w.anyGap(t)
			r.Gap = &g
		default:
			r.Holidays = "ours"
		}
		for _, n := range w.row.Numbers() {
			if !oneIn(t, 4) {
				w.byNumber[n] = append(w.byNumber[n], r)
			}
		}
		if oneIn(t, 6) {
			s.Exempt = append(s.Exempt, campaign.Exemption{Rule: r.ID})
		}
	}
}

func (w *world) anyDay(t *rapid.T) campaign.Day {
	y, m, d := w.start.Add(lead-10*24*time.Hour).AddDate(0, 0, rapid.IntRange(-1, 9).Draw(t, "day")).Date()
	return campaign.Day{Year: y, Month: m, Day: d}
}

func (w *world) anyLimit(t *rapid.T) campaign.Limit {
	return campaign.Limit{Calls: rapid.IntRange(1, 3).Draw(t, "calls"), Within: time.Hour + minutes(t, anyOf(t, 600, 5*24*60)), Answered: oneIn(t, 4)}
}

func (w *world) anyGap(t *rapid.T) campaign.Gap {
	g := campaign.Gap{For: minutes(t, anyOf(t, 100, 2*24*60))}
	if oneIn(t, 2) {
		g.After = []gateway.Outcome{anyOf(t, outcomes()...), anyOf(t, outcomes()...)}
	}
	return g
}

// happen lets something happen.
func (w *world) happen(t *rapid.T) {
	switch rapid.IntRange(0, 17).Draw(t, "event") {
	case 0, 1:
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 20*60*60).Draw(t, "later")) * time.Second)
	case 2:
		w.now = w.now.Add(-time.Duration(rapid.IntRange(1, 30*60*60).Draw(t, "put back")) * time.Second)
	case 3, 4, 5, 6:
		w.call(t, anyOf(t, append(w.row.Numbers(), number(9))...))
	case 7, 8:
		w.elsewhere(t)
	case 9:
		w.optOut(t)
	case 10:
		w.set(t)
	case 11:
		w.move(t)
	case 12:
		w.row.Consent, w.oracle.opens = !w.row.Consent, nil
	case 13:
		w.facts.Consent, w.oracle.opens = !w.facts.Consent, nil
	case 14, 15:
		w.again(oneIn(t, 3))
	default:
		w.ask(t)
	}
	if low, high := w.start.Add(24*time.Hour), w.start.Add(lead+6*24*time.Hour); w.now.Before(low) {
		w.now = low
	} else if w.now.After(high) {
		w.now = high
	}
}

// call is a call to a number of the row, with what came of it.
func (w *world) call(t *rapid.T, n phone.Number) {
	a := campaign.Attempt{ID: campaign.AttemptID(len(w.facts.Attempts) + 1), Number: n, Contact: w.row.ID, Begun: w.now, Ended: w.now.Add(minutes(t, 3)), Outcome: anyOf(t, outcomes()...)}
	if oneIn(t, 3) {
		a.Outcome = anyOf(t, gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeBadNumber)
	}
	if oneIn(t, 2) {
		a.Answers = []gateway.Answer{{Name: anyOf(t, "done", "Done", "color"), Value: anyOf(t, "", "1")}}
	}
	if oneIn(t, 40) {
		a.Ended, a.Outcome = time.Time{}, gateway.OutcomeUnknown
	} else {
		w.now = a.Ended
	}
	w.facts.Attempts = append(w.facts.Attempts, a)
	w.facts.Past = append(w.facts.Past, campaign.Past{Number: n, Contact: w.row.ID, Begun: a.Begun, Ended: a.Ended, Outcome: a.Outcome})
}

// elsewhere is a call of another campaign to one of the numbers; or the end of
// all that ring.
func (w *world) elsewhere(t *rapid.T) {
	if oneIn(t, 4) {
		for i := range w.facts.Past {
			if p := &w.facts.Past[i]; p.Ended.IsZero() && p.Contact != w.row.ID {
				p.Ended, p.Outcome = w.now, anyOf(t, outcomes()...)
			}
		}
		return
	}
	begun := w.now.Add(minutes(t, 4*24*60) - 3*24*time.Hour)
	p := campaign.Past{Number: anyOf(t, append(w.row.Numbers(), number(9))...), Contact: 2, Begun: begun, Ended: begun.Add(time.Minute), Outcome: anyOf(t, outcomes()...)}
	if oneIn(t, 6) {
		p.Ended, p.Outcome = time.Time{}, gateway.OutcomeUnknown
	}
	w.facts.Past = append(w.facts.Past, p)
}

// again is somebody's word to call the row again, or only to call it now.
func (w *world) again(now bool) {
	last := campaign.AttemptID(len(w.facts.Attempts))
	for _, a := range w.facts.Attempts {
		if a.Open() {
			return
		}
	}
	w.row.Anew.Now = last
	if !now {
		w.row.Anew.Since, w.row.Anew.Tries = last, w.row.Tries
	}
	w.row.Status, w.row.NextAt, w.row.Why = campaign.Waiting, campaign.InFront(), campaign.Reason{Code: campaign.CodeAsked}
}

func (w *world) optOut(t *rapid.T) {
	if oneIn(t, 2) {
		w.row.DoNotCall = !w.row.DoNotCall
		return
	}
	w.facts.Forbidden = append(w.facts.Forbidden, anyOf(t, append(w.row.Numbers(), number(9))...))
}

// move changes how the campaign or the row stands; most often back to where
// they may be called.
func (w *world) move(t *rapid.T) {
	w.campaign.State, w.row.Status, w.row.Why, w.row.NextAt = campaign.Running, campaign.Ready, campaign.Reason{}, time.Time{}
	switch rapid.IntRange(0, 5).Draw(t, "move") {
	case 0:
		w.campaign.State = anyOf(t, campaign.Draft, campaign.Paused, campaign.Stopped, campaign.Finished)
	case 1:
		w.row.Status = anyOf(t, campaign.Statuses()...)
	case 2:
		w.row.Tries = w.row.Anew.Tries + rapid.IntRange(0, 3).Draw(t, "tries")
	default:
		w.row.Status, w.row.NextAt = campaign.Waiting, w.now.Add(minutes(t, 100))
		w.row.Why.Code = anyOf(t, campaign.CodeHours, campaign.CodeNoLine, campaign.CodeRefused, campaign.CodeNoService, campaign.CodeRetry)
	}
}

// ask lets the time come that Decide named, and asks it about somebody else.
func (w *world) ask(t *rapid.T) {
	other := campaign.Contact{ID: 7, Number: number(7), Zones: []string{anyOf(t, worldZones()...)}, Status: campaign.Ready}
	w.judge.Decide(w.now, w.campaign, other, campaign.Facts{})
	if d := w.decide(w.now); d.Verdict == campaign.Wait && !d.Until.IsZero() {
		w.now = d.Until
	}
}

func (w *world) decide(now time.Time) campaign.Decision {
	return w.judge.Decide(now, w.campaign, w.row, w.facts)
}

// check compares what the gate says with what the oracle does.
func (w *world) check(t *rapid.T) {
	d := w.decide(w.now)
	w.checkForm(t, d)
	if barred := w.oracle.barred(w.campaign, w.row, w.facts); barred != "" {
		if d.Verdict == campaign.Dial {
			t.Fatalf("it dials, but %s", barred)
		}
		return
	}
	v := w.oracle.view(w.clocks, w.now, w.campaign, w.row, w.facts)
	n, dials := v.dial(w.now)
	switch {
	case v.unsure:
	case d.Verdict == campaign.Dial:
		if !dials || n != d.Number {
			t.Fatalf("at %v it dials %s, the oracle %q: %s", w.now, d.Number, n, w)
		}
	case d.Until.Sub(w.now) > far-5*24*time.Hour:
	case dials:
		t.Fatalf("at %v nothing forbids to dial %s, but %+v: %s", w.now, n, d, w)
	case d.Verdict == campaign.Wait && d.Until.IsZero():
		if !slices.Contains(v.ringing, true) {
			t.Fatalf("nothing rings, but %+v", d)
		}
	default:
		w.checkUntil(t, v, d)
	}
}

// checkForm is what is so of every decision.
func (w *world) checkForm(t *rapid.T, d campaign.Decision) {
	again := w.decide(w.now)
	if oneIn(t, 4) {
		again = campaign.JudgeBy(w.campaign.Settings, w.oracle.rules, w.oracle.holidays).Decide(w.now, w.campaign, w.row, w.facts)
	}
	plain := len(w.byNumber) == 0 && len(w.campaign.Settings.Holidays) == 0
	if plain && oneIn(t, 4) {
		again = campaign.Decide(w.now, w.campaign, w.row, w.facts)
	}
	if !reflect.DeepEqual(d, again) {
		t.Fatalf("first %+v, then %+v", d, again)
	}
	if (d.Verdict == campaign.Dial) != d.Why.IsZero() || d.Verdict != campaign.Dial && d.Why.Code == "" {
		t.Fatalf("the reason is %+v", d)
	}
	if (d.Verdict == campaign.Dial) != (d.Number != "") {
		t.Fatalf("the number is %+v", d)
	}
	if d.Verdict != campaign.Wait && !d.Until.IsZero() || !d.Until.IsZero() && !d.Until.After(w.now) || !d.Until.Equal(d.Why.Until) {
		t.Fatalf("at %v until %+v", w.now, d)
	}
}

// checkUntil: until is the oracle's first free moment, and then it dials.
func (w *world) checkUntil(t *rapid.T, v *view, d campaign.Decision) {
	first := v.first(w.now, far)
	switch {
	case v.unsure:
	case !first.Equal(d.Until):
		t.Fatalf("at %v %+v, but the oracle: %v: %s", w.now, d, first, w)
	case d.Verdict == campaign.Wait:
		if then := w.decide(d.Until); then.Verdict != campaign.Dial {
			t.Fatalf("it waited as told until %v, and then %+v", d.Until, then)
		}
	}
}

// String is all that a failure needs to be understood.
func (w *world) String() string {
	s := ""
	for n, rules := range w.byNumber {
		for _, r := range rules {
			s += fmt.Sprintf("\n%s: %s hours %v limit %+v gap %+v holidays %q unless consent %v", n, r.ID, r.Hours, r.Limit, r.Gap, r.Holidays, r.UnlessConsent)
		}
	}
	return fmt.Sprintf("\n%+v\n%+v\n%+v%s", w.campaign.Settings, w.row, w.facts, s)
}
