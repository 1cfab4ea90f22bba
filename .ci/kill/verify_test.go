package main

import (
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/gateway"
)

// TestEvidenceSpeaks breaks what is said of a campaign that went well, each
// time in another way, and looks whether that is noticed.
func TestEvidenceSpeaks(t *testing.T) {
	const busy, person = "+12125550185", "+12125550100"
	tests := map[string]struct {
		spoil func(e *evidence)
		says  string
	}{
		"nothing":             {func(*evidence) {}, ""},
		"dialled unwritten":   {func(e *evidence) { e.dials[busy] = append(e.dials[busy], "x") }, "its attempts say 2"},
		"dialled twice":       {func(e *evidence) { e.dials[busy][1] = "b1" }, "twice for one request"},
		"too often":           {func(e *evidence) { e.try(person, gateway.OutcomeReached); e.dials[person] = []string{"p", "q"} }, "where 1 is the most"},
		"doubt and again":     {func(e *evidence) { e.attempts[0].outcome = gateway.OutcomeInterrupted }, "again after a call in doubt"},
		"open and again":      {func(e *evidence) { e.attempts[0].open = true }, "again after a call in doubt"},
		"doubt not shown":     {func(e *evidence) { e.attempts[1].outcome = gateway.OutcomeInterrupted }, "its last attempt in doubt: true"},
		"doubt without cause": {func(e *evidence) { e.rows[2] = row{number: busy, status: campaign.Doubt} }, "its last attempt in doubt: false"},
		"not at its end":      {func(e *evidence) { e.rows[2] = row{number: busy, status: campaign.Queued} }, "ended queued"},
		"a row is lost":       {func(e *evidence) { delete(e.rows, 2) }, "1 rows in the database"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := evidence{
				people: 2, contacts: make([][]string, 2),
				rows:  map[int]row{2: {number: busy, status: campaign.Unreached}, 3: {number: person, status: campaign.Reached}},
				dials: map[string][]string{busy: {"b1", "b2"}, person: {"p"}},
			}
			e.try(busy, gateway.OutcomeBusy)
			e.try(busy, gateway.OutcomeBusy)
			e.try(person, gateway.OutcomeReached)
			tt.spoil(&e)
			said := ""
			for _, err := range []error{e.everyRowIsFinal(), e.nobodyIsDialledTooOften(), e.nothingFollowsDoubt()} {
				if err != nil {
					said += err.Error() + "\n"
				}
			}
			if !strings.Contains(said, tt.says) || tt.says == "" && said != "" {
				t.Errorf("found %q, want words of %q", said, tt.says)
			}
		})
	}
}

// try notes an attempt at the row of a number.
func (e *evidence) try(number string, o gateway.Outcome) {
	for n, r := range e.rows {
		if r.number == number {
			e.attempts = append(e.attempts, attempt{row: n, number: number, outcome: o})
		}
	}
}
