package view

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
)

// This file is what a person decides about a list: each decision is another
// [Source].

// Source is how the list was read.
func (p *PeoplePage) Source() Source {
	src := Source{Path: p.Campaign.List.File, Reading: p.Import.Reading, Options: p.Import.Options}
	src.Reading.Password = p.Password
	src.Options.Map = maps.Clone(src.Options.Map)
	src.Options.Rules = maps.Clone(src.Options.Rules)
	src.Options.LeaveOut = maps.Clone(src.Options.LeaveOut)
	src.Options.Rows = maps.Clone(src.Options.Rows)
	return src
}

// Decide reads the rows of a kind as they stand (false), or as they are
// repaired (true).
func (p *PeoplePage) Decide(kind campaign.Problem, take bool) Source {
	src := p.Source()
	if src.Options.Rules == nil {
		src.Options.Rules = map[campaign.Problem]bool{}
	}
	if was, decided := src.Options.Rules[kind]; decided && was != take {
		delete(src.Options.Rules, kind) // as it is by itself
		return src
	}
	src.Options.Rules[kind] = take
	return src
}

// LeaveOut leaves out all rows that are set aside because of a kind (true), or
// takes them in again.
func (p *PeoplePage) LeaveOut(kind campaign.Problem, out bool) Source {
	src := p.Source()
	if !out {
		delete(src.Options.LeaveOut, kind)
		return src
	}
	if src.Options.LeaveOut == nil {
		src.Options.LeaveOut = map[campaign.Problem]bool{}
	}
	src.Options.LeaveOut[kind] = true
	return src
}

// DecideRow decides about one row of the file.
func (p *PeoplePage) DecideRow(row int, d contacts.Decision) Source {
	src := p.Source()
	if src.Options.Rows == nil {
		src.Options.Rows = map[int]contacts.Decision{}
	}
	src.Options.Rows[row] = d
	return src
}

// KeepPolicy chooses which of several duplicates is called.
func (p *PeoplePage) KeepPolicy(keep contacts.Keep) Source {
	src := p.Source()
	src.Options.Keep = keep
	return src
}

// Take takes a column for role, and every other one stays what it is: two
// columns are never the same, but for phone numbers, of which the new one
// comes first; and a name in full leaves none in parts.
func (p *PeoplePage) Take(column int, role contacts.Role) Source {
	src := p.Source()
	columns := p.Import.Summary.Columns
	roles := map[contacts.Role][]string{}
	for _, r := range contacts.Roles() {
		roles[r] = []string{} // nothing is guessed any more
	}
	for _, c := range p.inOrder() {
		if c.Name != columns[column].Name && c.Role != contacts.Own {
			roles[c.Role] = append(roles[c.Role], c.Name)
		}
	}
	switch role {
	case contacts.Own:
	case contacts.Phone:
		roles[role] = append([]string{columns[column].Name}, roles[role]...)
	default:
		roles[role] = []string{columns[column].Name}
	}
	if role == contacts.Name {
		roles[contacts.FirstName], roles[contacts.LastName] = []string{}, []string{}
	}
	if role == contacts.FirstName || role == contacts.LastName {
		roles[contacts.Name] = []string{}
	}
	src.Options.Map = roles
	return src
}

// inOrder returns the columns in the order in which their numbers are tried.
func (p *PeoplePage) inOrder() []contacts.Column {
	return slices.SortedStableFunc(slices.Values(p.Import.Summary.Columns), func(a, b contacts.Column) int { return cmp.Compare(a.Order, b.Order) })
}

// PeopleRow is one row, and what a person may decide about it.
type PeopleRow struct {
	Row     int // in the file
	Contact campaign.Contact
	Number  string   // as it is to be edited: the one that is called, else what stands in the cell
	Why     string   // it stands as it does
	Found   []string // in its cells, in words
	Choices []PeopleChoice
}

// PeopleChoice is one decision, in words.
type PeopleChoice struct {
	Words    string
	Decision contacts.Decision
}

// editable is the number of a row, or what stands in its place.
func (p *PeoplePage) editable(c campaign.Contact) string {
	if c.Number != "" {
		return p.shown(c.Number)
	}
	for i, col := range p.Columns() {
		if col.Role == contacts.Phone && col.Order <= 1 && i < len(c.Cells) {
			return oneLine(c.Cells[i])
		}
	}
	return ""
}

// RowOf returns a row of the page, and false while it is not loaded.
func (p *PeoplePage) RowOf(row int) (PeopleRow, bool) {
	c, held := p.Rows.At(row)
	if !held {
		return PeopleRow{}, false
	}
	r := PeopleRow{Row: c.Row, Contact: c, Number: p.editable(c), Why: words.Say("It will be called at %s.", p.shown(c.Number))}
	switch {
	case c.Status == campaign.Skipped && c.Why.Code == campaign.CodeQuarantine && len(p.found[c.Row]) > 0:
		r.Why = words.Say("It will not be called.") // what was found says why
	case c.Status == campaign.Skipped:
		r.Why = words.Say("It will not be called. %s.", words.Sentence(c.Why, time.Time{}))
	}
	yes, no := true, false
	for _, problem := range p.found[c.Row] {
		r.Found = append(r.Found, p.foundWords(problem))
		switch {
		case problem.Repair != "" && repairable(problem.Kind):
			r.Choices = []PeopleChoice{{Words: words.Say("Refuse the repair"), Decision: contacts.Decision{Take: &no}}}
		case problem.Proposal != "":
			r.Choices = []PeopleChoice{{Words: words.Say("Use %s", p.madeOf(problem.Kind, problem.Proposal)), Decision: contacts.Decision{Take: &yes}}}
		}
	}
	if c.Why.Code == campaign.CodeExcluded {
		r.Choices = []PeopleChoice{{Words: words.Say("Take in again"), Decision: p.takenIn(c.Row)}}
	}
	if c.Why.Code == campaign.CodeDuplicate || c.Why.Problem == campaign.ProblemDuplicate {
		r.Choices = []PeopleChoice{{Words: words.Say("Call this one"), Decision: contacts.Decision{Call: true}}}
	}
	return r, true
}
