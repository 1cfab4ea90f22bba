package broadcast

import (
	"slices"
	"strings"
	"time"

	"rollcall/gateway"
)

// This file holds the rules as pure functions: whom a campaign calls, and what
// an ended call makes of a row.

// maxTries is how often a number is dialled that is busy, not answered or not
// to be got at.
const maxTries = 3

// maxPhone bounds a number, in bytes: more than that is something else.
const maxPhone = 80

// planner makes rows for a campaign, in order.
type planner struct {
	phones  []int           // columns
	name    int             // column of the person's name, or -1
	reached map[string]bool // digits of whom not to call again
	taken   map[string]bool // digits of the rows so far
}

// plan makes the n-th row from its cells. A number that stood in a row before
// is not called again; a row without a number left is never called.
func (p *planner) plan(n int, cells []string) Row {
	row := Row{N: n, Cells: cells, State: RowReady}
	if p.name >= 0 {
		row.Name = cells[p.name]
	}
	aside := AsideNoPhone
	for _, at := range p.phones {
		phone, ok := number(cells[at])
		digits := phone.Digits()
		switch {
		case !ok:
		case p.reached[digits]:
			row.State, row.Aside = RowSkipped, AsideReached
		case p.taken[digits]:
			aside = AsideDuplicate
		default:
			p.taken[digits] = true
			row.Phones = append(row.Phones, phone)
		}
	}
	if row.State == RowReady && len(row.Phones) == 0 {
		row.State, row.Aside = RowSkipped, aside
	}
	return row
}

// number reads a cell as a number to dial, and tells whether it is one.
func number(cell string) (gateway.Phone, bool) {
	phone := gateway.Phone(strings.TrimSpace(cell))
	control := strings.ContainsFunc(cell, func(r rune) bool { return r < ' ' || r == 0x7f })
	return phone, phone.Digits() != "" && len(phone) <= maxPhone && !control
}

// digitsOf returns the digits of phones as a set.
func digitsOf(phones []gateway.Phone) map[string]bool {
	set := make(map[string]bool, len(phones))
	for _, p := range phones {
		set[p.Digits()] = true
	}
	return set
}

// confirmField is the field in which a call's document keeps the code.
const confirmField = "confirm"

// confirms tells whether answers hold the code of c.
func (c Campaign) confirms(answers []gateway.Answer) bool {
	return c.ConfirmCode != "" && slices.Contains(answers, gateway.Answer{Name: confirmField, Value: c.ConfirmCode})
}

// after returns how row stands when its call has ended as a, at now.
func (c Campaign) after(row Row, a gateway.Attempt, now time.Time, retryAfter time.Duration) Row {
	o := a.Outcome()
	if o == gateway.OutcomeExpired { // no line was free: nobody was tried
		row.State, row.Next = RowReady, time.Time{}
		return row
	}
	row.State, row.Outcome, row.Called = RowDone, o, a.Made
	row.Answers = a.Answers
	row.OptOut = row.OptOut || optedOut(a.Answers)
	if o.Dialled() {
		row.Tries++
		row.Dials++
	}
	switch {
	case retried(o) && row.Tries < maxTries:
		row.State, row.Next = RowReady, now.Add(retryAfter)
	case c.nextNumber(o) && row.At+1 < len(row.Phones):
		row.State, row.Next = RowReady, time.Time{}
		row.At, row.Tries = row.At+1, 0
	}
	return row
}

// retried tells whether the same number is dialled again.
func retried(o gateway.Outcome) bool {
	switch o {
	case gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeCongestion:
		return true
	default:
		return false
	}
}

// nextNumber tells whether nobody was reached, so that the person's next
// number is dialled. A machine has the message, but keys no code. After a call
// that was interrupted, somebody may have been reached.
func (c Campaign) nextNumber(o gateway.Outcome) bool {
	switch o {
	case gateway.OutcomeBadNumber, gateway.OutcomeNoResponse, gateway.OutcomeNoMessage:
		return true
	case gateway.OutcomeMachine:
		return c.ConfirmCode != ""
	default:
		return retried(o)
	}
}

func optedOut(answers []gateway.Answer) bool {
	return slices.ContainsFunc(answers, func(a gateway.Answer) bool {
		return a.Name == "optout" && a.Value == "true"
	})
}
