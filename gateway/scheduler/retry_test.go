package scheduler_test

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// TestRules repeats tries by the number called.
func TestRules(t *testing.T) {
	rules := []scheduler.Rule{
		{Busy: scheduler.Retry{After: 2 * time.Minute, Times: 1}},
		{Prefix: "44", NoAnswer: scheduler.Retry{After: 5 * time.Minute, Times: 2}, Machine: scheduler.Retry{After: 30 * time.Minute, Times: 1}},
		{Prefix: "4420", Busy: scheduler.Retry{After: time.Minute, Times: -1}},
	}
	no, busy, machine, reached := gateway.OutcomeNoAnswer, gateway.OutcomeBusy, gateway.OutcomeMachine, gateway.OutcomeReached
	for _, c := range []struct {
		name     string
		phone    gateway.Phone
		outcomes []gateway.Outcome
		words    []string
		last     time.Duration // when the last try began
	}{
		{"no prefix, busy", "+16175550142", []gateway.Outcome{busy}, []string{"retry: Line Busy. Try in 2 minutes ", "failed: Line Busy"}, 2*time.Minute + talk},
		{"no prefix, no answer", "+16175550142", []gateway.Outcome{no}, []string{"failed: No Answer"}, 0},
		{"prefix, no answer twice", "+44 131 5550142", []gateway.Outcome{no, no, reached},
			[]string{"retry: No answer. Try in 5 minutes ", "retry: No answer. Try in 5 minutes ", "made: Call succeeded"}, 2 * (5*time.Minute + talk)},
		{"prefix, machine once", "441315550142", []gateway.Outcome{machine},
			[]string{"retry: Message left on answering machine. Try in 30 minutes ", "made: Message left on answering machine"}, 30*time.Minute + talk},
		{"each end is counted by itself", "441315550142", []gateway.Outcome{machine, no, reached},
			[]string{"retry: Message left on answering machine. Try in 30 minutes ", "retry: No answer. Try in 5 minutes ", "made: Call succeeded"}, 35*time.Minute + 2*talk},
		{"longest prefix", "+442071838750", []gateway.Outcome{busy, busy, reached},
			[]string{"retry: Line Busy. Try in 1 minute ", "retry: Line Busy. Try in 1 minute ", "made: Call succeeded"}, 2 * (time.Minute + talk)},
		{"keys are no part of the number", "1,,44", []gateway.Outcome{no}, []string{"failed: No Answer"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, scheduler.Config{Rules: rules, Placer: &placer{outcomes: map[gateway.Phone][]gateway.Outcome{c.phone: c.outcomes}}})
				began := time.Now()
				job := b.submit(gateway.Request{Phone: c.phone, FirstOcc: 3 * time.Hour})
				pass(4 * time.Hour)
				want(t, "attempts", words(b.find(job.ID)), c.words)
				rang := b.placer.rang[c.phone]
				want(t, "last try", rang[len(rang)-1].Sub(began), c.last)
			})
		})
	}
}

// TestPriority fills the one line: what is urgent comes first, then by time.
func TestPriority(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{})
		b.submit(gateway.Request{Phone: "now", FirstOcc: time.Hour})
		pass(time.Second)
		for _, r := range []gateway.Request{
			{Phone: "low", Priority: gateway.PriorityLow}, {Phone: "first"}, {Phone: "second"}, {Phone: "high", Priority: gateway.PriorityHigh},
		} {
			r.FirstOcc = time.Hour
			b.submit(r)
			pass(time.Millisecond)
		}
		pass(time.Hour)
		var order []gateway.Phone
		for len(order) < len(b.placer.rang) {
			var next gateway.Phone
			for phone, rang := range b.placer.rang {
				last := time.Time{}
				if len(order) > 0 {
					last = b.placer.rang[order[len(order)-1]][0]
				}
				if rang[0].After(last) && (next == "" || rang[0].Before(b.placer.rang[next][0])) {
					next = phone
				}
			}
			order = append(order, next)
		}
		want(t, "order", order, []gateway.Phone{"now", "high", "first", "second", "low"})
	})
}
