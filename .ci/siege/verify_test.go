package main

import (
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// TestWitnessesSpeak breaks a siege that went well, each time in another way,
// and looks whether somebody notices.
func TestWitnessesSpeak(t *testing.T) {
	tests := map[string]struct {
		spoil func(s *siege, e *evidence)
		says  string
	}{
		"nothing":           {func(*siege, *evidence) {}, ""},
		"a reference twice": {func(_ *siege, e *evidence) { e.dials[1].reference = "2-1" }, "one reference was dialled twice"},
		"unknown":           {func(_ *siege, e *evidence) { delete(e.attempts, "3-1") }, "the store knows of no attempt"},
		"another number":    {func(_ *siege, e *evidence) { e.dials[0].number = "+13122220199" }, "in place of"},
		"never made":        {func(_ *siege, e *evidence) { e.dials = e.dials[1:] }, "a call that nobody made"},
		"too often":         {func(_ *siege, e *evidence) { e.ring(2, "+13122220101", 3, 4, 5) }, "the law allows 3"},
		"too many tries":    {func(_ *siege, e *evidence) { e.ring(2, "+13122220101", 3, 4, 5, 6) }, "was dialled 5 times"},
		"at once":           {func(_ *siege, e *evidence) { e.attempts["3-1"].ended = time.Now().Add(time.Hour) }, "went on"},
		"asleep":            {func(s *siege, _ *evidence) { s.hours = hours{0, 0} }, "outside 0:00-0:00"},
		"forbidden":         {func(s *siege, _ *evidence) { s.people[0].forbidden["+13122220101"] = true }, "on the do-not-call list"},
		"opted out":         {func(_ *siege, e *evidence) { e.attempts["3-1"].optOut = true }, "after they asked not to be"},
		"pace":              {func(s *siege, _ *evidence) { s.phases[0].rate = 0.1 }, "began 3 calls in a second"},
		"no run":            {func(s *siege, _ *evidence) { s.phases = nil }, "while nothing ran"},
		"lost":              {func(_ *siege, e *evidence) { delete(e.stored, 2) }, "not in the store"},
		"not at its end":    {func(_ *siege, e *evidence) { e.stored[2].status = campaign.Ready }, "ended ready"},
		"no reason":         {func(_ *siege, e *evidence) { e.stored[2].why.Code = "" }, "without a reason"},
		"another end":       {func(_ *siege, e *evidence) { e.stored[2].status = campaign.Machine }, "by the rules reached"},
		"tries":             {func(_ *siege, e *evidence) { e.stored[2].tries = 2 }, "the store says 2"},
		"waits for nothing": {func(_ *siege, e *evidence) { e.stored[3].next = time.Now() }, "and the run has ended"},
		"doubt":             {func(_ *siege, e *evidence) { e.stored[2].status = campaign.Doubt }, "1 rows are in doubt"},
		"report":            {func(_ *siege, e *evidence) { e.report[2] = "Ready" }, `"Ready" in the report`},
		"counted":           {func(_ *siege, e *evidence) { e.summary[campaign.Reached] = 7 }, "counted are 7"},
		"said":              {func(s *siege, _ *evidence) { s.waiting = -1 }, "the run said -1"},
		"damaged":           {func(_ *siege, e *evidence) { e.faults = []string{"row 3 missing"} }, "damaged"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, e := peace()
			tt.spoil(s, &e)
			_, err := s.judge(e)
			switch {
			case tt.says == "" && err != nil:
				t.Errorf("a good siege was found bad: %v", err)
			case tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("found %v, want words of %q", err, tt.says)
			}
		})
	}
}

// peace is a siege of two rows at which nothing went wrong: one is reached, the
// other one called three times in vain.
func peace() (*siege, evidence) {
	began := time.Now().Add(-10 * time.Second).Truncate(time.Millisecond)
	s := &siege{
		rows: 2, hours: hours{0, day}, began: began, waiting: 1,
		people: []*person{
			{row: 2, numbers: []string{"+13122220101"}, zones: []string{"America/Chicago"}, forbidden: map[string]bool{}},
			{row: 3, numbers: []string{"+13122220180"}, zones: []string{"America/Chicago"}, forbidden: map[string]bool{}},
		},
		phases: []phase{{rate: 10, began: began, over: time.Now()}},
	}
	e := evidence{
		stored: map[int]*row{
			2: {status: campaign.Reached, why: campaign.Reason{Code: campaign.CodeOutcome}, tries: 1},
			3: {status: campaign.Waiting, why: campaign.Reason{Code: campaign.CodeLimit}, tries: 3, next: time.Now().Add(30 * 24 * time.Hour)},
		},
		attempts: map[gateway.Reference]*attempt{}, report: map[int]string{}, summary: map[campaign.Status]int{},
	}
	e.ring(2, "+13122220101", 1)
	e.ring(3, "+13122220180", 1, 2, 3)
	for n, r := range e.stored {
		e.report[n] = words.Status(r.status)
		e.summary[r.status]++
	}
	return s, e
}

// ring adds calls to a row, each at the next fifth of a second after the others.
func (e *evidence) ring(n int, number string, tries ...int) {
	for _, try := range tries {
		ref := gateway.Reference(string(rune('0'+n)) + "-" + string(rune('0'+try)))
		at := time.Now().Add(-9 * time.Second).Add(time.Duration(len(e.dials)) * 200 * time.Millisecond)
		outcome := outcomeOf(number, try)
		e.dials = append(e.dials, dial{gateway: "a", number: number, reference: ref, at: at})
		e.attempts[ref] = &attempt{row: n, number: number, gateway: "a", begun: at.Add(-time.Millisecond), ended: at.Add(100 * time.Millisecond), outcome: outcome}
	}
}

// TestHours: somebody is awake at any time, and somebody is asleep, for hours.
func TestHours(t *testing.T) {
	for minute := range day {
		now := time.Date(2026, 7, 1, 0, minute, 30, 0, time.UTC)
		h := someAsleep(now)
		if h.open(now, []string{"America/New_York"}) || h.open(now, []string{"Europe/London"}) || h.open(now, []string{"Asia/Kolkata"}) {
			t.Fatalf("at %v the east is awake at %v", now, h)
		}
		if !h.open(now, []string{"America/Chicago"}) || !h.open(now, []string{"America/Los_Angeles"}) {
			t.Fatalf("at %v the west sleeps at %v", now, h)
		}
		if later := now.Add(time.Hour); h.open(later, []string{"America/New_York"}) {
			t.Fatalf("at %v the east is awake an hour later at %v", now, h)
		}
	}
}
