package view

import (
	"context"
	"iter"
	"slices"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
)

// This file is what can be done with many rows at once, and how it is taken
// back.

// PeopleAct is what can be done with rows.
type PeopleAct int

// The acts.
const (
	PeopleLeaveOut PeopleAct = iota
	PeopleTakeIn             // what was left out
	PeopleRepair             // the repair that is proposed
	PeopleRefuse             // the repair that was made
)

// ActMost is how many rows can be decided about one by one: each decision is
// kept. More are decided about by their group.
const ActMost = 10_000

// loadAtOnce is how many rows a store is asked for at once.
const loadAtOnce = 400

// LoadMany loads any number of rows of a draft and what was found in them.
func (o *Office) LoadMany(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (PeopleRows, error) {
	var all PeopleRows
	for part := range slices.Chunk(ids, loadAtOnce) {
		rows, err := o.LoadPeople(ctx, id, part)
		if err != nil {
			return PeopleRows{}, err
		}
		all.rows, all.found = append(all.rows, rows.rows...), append(all.found, rows.found...)
	}
	return all, nil
}

// byRow is what was found, by the number of the row in the file.
func (r PeopleRows) byRow() map[int][]campaign.CellProblem {
	found := map[int][]campaign.CellProblem{}
	for _, problem := range r.found {
		found[problem.Row] = append(found[problem.Row], problem)
	}
	return found
}

// About is the rows that an act would change.
func (r PeopleRows) About(act PeopleAct) []int {
	var rows []int
	found := r.byRow()
	for _, c := range r.rows {
		if concerns(act, c, found[c.Row]) {
			rows = append(rows, c.Row)
		}
	}
	return rows
}

// concerns tells whether an act would change a row.
func concerns(act PeopleAct, c campaign.Contact, found []campaign.CellProblem) bool {
	out := c.Why.Code == campaign.CodeExcluded
	switch act {
	case PeopleLeaveOut:
		return !out
	case PeopleTakeIn:
		return out
	case PeopleRepair:
		return !out && slices.ContainsFunc(found, func(p campaign.CellProblem) bool { return p.Repair == "" && p.Proposal != "" })
	case PeopleRefuse:
		return !out && slices.ContainsFunc(found, func(p campaign.CellProblem) bool {
			return p.Repair != "" && repairable(p.Kind) && p.Kind != campaign.ProblemTyped
		})
	default:
		return false
	}
}

// Act does something with rows of the file.
func (p *PeoplePage) Act(act PeopleAct, rows []int) Source {
	src := p.Source()
	if src.Options.Rows == nil {
		src.Options.Rows = map[int]contacts.Decision{}
	}
	for _, row := range rows {
		d := src.Options.Rows[row]
		switch act {
		case PeopleLeaveOut:
			d.LeaveOut = true
		case PeopleTakeIn:
			d = p.takenIn(row)
		case PeopleRepair, PeopleRefuse:
			take := act == PeopleRepair
			d.Take, d.Number = &take, ""
		}
		if src.Options.Rows[row] = d; d == (contacts.Decision{}) {
			delete(src.Options.Rows, row)
		}
	}
	return src
}

// takenIn is the decision that takes a row in again. One that was left out with
// all of its kind needs a word of its own.
func (p *PeoplePage) takenIn(row int) contacts.Decision {
	d := p.Import.Options.Rows[row]
	d.LeaveOut, d.Keep = false, len(p.Import.Options.LeaveOut) > 0
	return d
}

// ActWords names an act with rows, as a line of a menu does.
func ActWords(act PeopleAct) string {
	switch act {
	case PeopleTakeIn:
		return words.Say("Take in again")
	case PeopleRepair:
		return words.Say("Use the proposed repair")
	case PeopleRefuse:
		return words.Say("Refuse the repair")
	default:
		return words.Say("Leave out")
	}
}

// ActManyWords names an act with n rows, as a button does.
func ActManyWords(act PeopleAct, n int) string {
	switch act {
	case PeopleTakeIn:
		return words.Many(n, "Take %s row in again", "Take %s rows in again")
	case PeopleRepair:
		return words.Many(n, "Use the proposed repair in %s row", "Use the proposed repair in %s rows")
	case PeopleRefuse:
		return words.Many(n, "Refuse the repair in %s row", "Refuse the repair in %s rows")
	default:
		return words.Many(n, "Leave out %s row", "Leave out %s rows")
	}
}

// Words say how many of the rows are called.
func (r PeopleRows) Words() string {
	ready := 0
	for _, c := range r.rows {
		if c.Status != campaign.Skipped {
			ready++
		}
	}
	switch {
	case ready == len(r.rows):
		return words.Say("All of them will be called.")
	case ready == 0:
		return words.Say("None of them will be called.")
	default:
		return words.Many(ready, "%s of them will be called.", "%s of them will be called.")
	}
}

// DoneWords says what was done with n rows.
func DoneWords(act PeopleAct, n int) string {
	switch act {
	case PeopleTakeIn:
		return words.Many(n, "%s row taken in again", "%s rows taken in again")
	case PeopleRepair:
		return words.Many(n, "Repair used in %s row", "Repair used in %s rows")
	case PeopleRefuse:
		return words.Many(n, "Repair refused in %s row", "Repair refused in %s rows")
	default:
		return words.Many(n, "%s row left out", "%s rows left out")
	}
}

// Lines are the cells of loaded rows as they are shown, in those columns; row
// numbers stand in column -1.
func (p *PeoplePage) Lines(r PeopleRows, columns []int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		found := r.byRow()
		for _, c := range r.rows {
			line := make([]string, len(columns))
			for i, column := range columns {
				if column < 0 {
					line[i] = Count(c.Row)
					continue
				}
				line[i] = p.cellOf(c, found[c.Row], column).Text
			}
			if !yield(line) {
				return
			}
		}
	}
}

// PeopleStep is one decision that can be taken back.
type PeopleStep struct {
	Words  string // what it did
	Before Source // how the list was read before
}

// stepsKept is how many decisions can be taken back.
const stepsKept = 100

// Then is the page after a decision, in words; empty words are for one that
// took the last decision back.
func (p *PeoplePage) Then(c campaign.Campaign, im contacts.Import, password, did string) *PeoplePage {
	next := NewPeoplePage(c, im)
	next.Password, next.Show, next.Past = password, p.Show, slices.Clone(p.Past)
	switch {
	case did != "":
		next.Past = append(next.Past, PeopleStep{did, p.Source()})
		next.Past = next.Past[max(0, len(next.Past)-stepsKept):]
	case len(next.Past) > 0:
		next.Past = next.Past[:len(next.Past)-1]
	}
	return next
}

// Last is the decision that is taken back next, and false if there is none.
func (p *PeoplePage) Last() (PeopleStep, bool) {
	if len(p.Past) == 0 {
		return PeopleStep{}, false
	}
	return p.Past[len(p.Past)-1], true
}
