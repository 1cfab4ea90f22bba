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
		"again, as asked":     {func(e *evidence) { e.again = map[string]bool{person: true}; e.twice(person) }, ""},
		"again, unasked":      {func(e *evidence) { e.twice(person) }, "was reached 2 times"},
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

// twice notes one more call that reached a person.
func (e *evidence) twice(number string) {
	e.try(number, gateway.OutcomeReached)
	e.dials[number] = append(e.dials[number], "once more")
}

// TestOwnCopySpeaks breaks a copy of a list, each time in another way.
func TestOwnCopySpeaks(t *testing.T) {
	list := func() [][]string { return [][]string{{"Name", "Phone"}, {"Alba", "1"}, {"Bram", "2"}} }
	tests := map[string]struct {
		spoil func(list, own *[][]string)
		says  string
	}{
		"nothing":          {func(_, _ *[][]string) {}, ""},
		"a row is lost":    {func(_, own *[][]string) { *own = (*own)[:2] }, "2 rows, the list has 3"},
		"a cell changed":   {func(_, own *[][]string) { (*own)[1][1] = "7" }, "row 2 is"},
		"another outcome":  {func(_, own *[][]string) { (*own)[2][2] = "Machine" }, `row 3 is "Machine"`},
		"no results":       {func(_, own *[][]string) { *own = list() }, "its headings are"},
		"the list written": {func(list, own *[][]string) { *list = *own }, "into the list itself"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := evidence{rows: map[int]row{2: {status: campaign.Reached}, 3: {status: campaign.Reached}}}
			was, is := list(), list()
			is[0], is[1], is[2] = append(is[0], "Outcome"), append(is[1], "Reached"), append(is[2], "Reached")
			tt.spoil(&was, &is)
			said := ""
			if err := e.compareOwn(was, is); err != nil {
				said = err.Error()
			}
			if !strings.Contains(said, tt.says) || tt.says == "" && said != "" {
				t.Errorf("found %q, want words of %q", said, tt.says)
			}
		})
	}
}
