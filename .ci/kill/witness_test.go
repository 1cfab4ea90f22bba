package main

import (
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
)

// TestWitnessesSpeak breaks a round that went well, each time in another way,
// and looks whether somebody notices.
func TestWitnessesSpeak(t *testing.T) {
	const id, phone = 1001, "+12125550171" // nobody answers
	retried := gateway.Attempt{State: gateway.StateRetry, Reason: "No answer. Try in 1 minute "}
	missed := gateway.Attempt{State: gateway.StateFailed, Reason: gateway.ReasonNoAnswer}
	reached := gateway.Attempt{State: gateway.StateMade, Reason: gateway.ReasonSucceeded}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		spoil func(s *siege, j *journal)
		says  string
	}{
		"nothing":                   {func(*siege, *journal) {}, ""},
		"lost":                      {func(_ *siege, j *journal) { delete(j.jobs, id) }, "acknowledged, and not in the journal"},
		"not at its end":            {func(_ *siege, j *journal) { j.set(id, "queued", retried) }, "ended queued"},
		"dialled once too often":    {func(_ *siege, j *journal) { j.dials = append(j.dials, j.dials[0]) }, "dialled 3 times, its record tells of 2"},
		"dialled more than allowed": {func(s *siege, _ *journal) { s.orders[0].request.FirstOcc = 0 }, "where 1 is the most"},
		"tried again after success": {func(_ *siege, j *journal) { j.set(id, "done", reached, missed) }, "tried again after made"},
		"dialled after removal":     {func(s *siege, _ *journal) { s.orders[0].gone = noon.Add(-time.Second) }, "after it was removed"},
		"there after removal":       {func(s *siege, _ *journal) { s.orders[0].gone = noon.Add(time.Hour) }, "removed, and still in the journal"},
		"withdrawn":                 {func(s *siege, _ *journal) { s.orders[0].withdrawn = []gateway.Reference{"one"} }, "though its reference was withdrawn"},
		"another end was told": {func(s *siege, _ *journal) {
			s.orders[0].told = gateway.Status{Attempts: []gateway.Attempt{reached}}
		}, "told as made"},
		"interrupted and dialled again": {func(s *siege, _ *journal) {
			s.deaths = []death{{dialling: map[gateway.ReqID]bool{id: true}, dials: map[gateway.ReqID]int{id: 1}}}
		}, "was dialled again"},
		"interrupted and told otherwise": {func(s *siege, _ *journal) {
			s.deaths = []death{{dialling: map[gateway.ReqID]bool{id: true}, dials: map[gateway.ReqID]int{id: 2}}}
		}, "was being dialled at kill 1, and ended as failed (No Answer)"},
		"reference leads elsewhere": {func(_ *siege, j *journal) { j.refs["one"] = 7 }, "its reference leads to 7"},
		"an id twice": {func(s *siege, _ *journal) {
			s.orders = append(s.orders, &order{id: id, request: gateway.Request{Phone: "+12125550100"}})
		}, "the id 1001 was given to"},
		"nobody asked":  {func(_ *siege, j *journal) { j.dials = append(j.dials, dial{phone: "+12125550199", id: 3}) }, "was not asked"},
		"a wrong reply": {func(s *siege, _ *journal) { s.orders[0].blame("refused") }, "refused"},
		"damaged":       {func(_ *siege, j *journal) { j.fault = "row 3 missing" }, "damaged"},
		"due later, and dialled": {func(s *siege, j *journal) {
			s.orders[0].request.CallTime = time.Hour
		}, "due in an hour, and done"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := dial{phone: phone, id: id, reference: "one", at: noon}
			s := &siege{orders: []*order{{id: id, request: gateway.Request{Phone: phone, Reference: "one", FirstOcc: time.Minute}}}}
			j := journal{
				jobs: map[gateway.ReqID]job{}, refs: map[gateway.Reference]gateway.ReqID{"one": id},
				dials: []dial{d, d}, fault: "ok",
			}
			j.jobs[id] = job{id: id, phone: phone, reference: "one"}
			j.set(id, "done", retried, missed)
			tt.spoil(s, &j)
			_, err := s.judge(j)
			switch {
			case tt.says == "" && err != nil:
				t.Errorf("a good round was found bad: %v", err)
			case tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)):
				t.Errorf("found %v, want words of %q", err, tt.says)
			}
		})
	}
}

// set changes how a job stands.
func (j *journal) set(id gateway.ReqID, state string, attempts ...gateway.Attempt) {
	one := j.jobs[id]
	one.state, one.attempts = state, attempts
	j.jobs[id] = one
}
