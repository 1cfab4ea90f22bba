package view

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// PeoplePage shows what was understood of a list that is a draft: a role per
// column over the real rows, each repair as before and after, and what is
// wrong in groups. What a person decides makes another [Source], by which the
// list is read again.
type PeoplePage struct {
	Campaign campaign.Campaign
	Import   contacts.Import
	Password string // of the file, which is not stored
	Show     PeopleFilter
	Rows     RowCache

	found map[int][]campaign.CellProblem // of rows that are held, by their number in the file
}

// PeopleFilter is which rows are shown.
type PeopleFilter struct {
	Words string
	Found campaign.Found
}

// PeopleFilters returns the filters in their order.
func PeopleFilters() []PeopleFilter {
	return []PeopleFilter{
		{Words: words.Say("All")},
		{Words: words.Say("Repaired"), Found: campaign.Found{Which: campaign.FoundRepaired}},
		{Words: words.Say("Set aside"), Found: campaign.Found{Which: campaign.FoundAside}},
		{Words: words.Say("Found twice"), Found: campaign.Found{Which: campaign.FoundDuplicate}},
	}
}

// NewPeoplePage arranges a draft to be looked at.
func NewPeoplePage(c campaign.Campaign, im contacts.Import) *PeoplePage {
	return &PeoplePage{Campaign: c, Import: im, Show: PeopleFilters()[0], found: map[int][]campaign.CellProblem{}}
}

// PeopleRows are rows of the page as they were loaded.
type PeopleRows struct {
	rows  []campaign.Contact
	found []campaign.CellProblem
}

// LoadPeople loads rows of a draft and what was found in them.
func (o *Office) LoadPeople(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (PeopleRows, error) {
	rows, err := o.Store.Contacts(ctx, ids)
	if err != nil {
		return PeopleRows{}, err
	}
	numbers := make([]int, len(rows))
	for i, c := range rows {
		numbers[i] = c.Row
	}
	found, err := o.Store.Problems(ctx, id, numbers)
	return PeopleRows{rows, found}, err
}

// Put brings rows that were loaded.
func (p *PeoplePage) Put(loaded PeopleRows) {
	if len(p.found) > maxHeld {
		clear(p.found)
	}
	for _, c := range loaded.rows {
		delete(p.found, c.Row)
	}
	for _, problem := range loaded.found {
		p.found[problem.Row] = append(p.found[problem.Row], problem)
	}
	p.Rows.Put(loaded.rows)
}

// Columns are the user's own, in their order.
func (p *PeoplePage) Columns() []contacts.Column { return p.Import.Summary.Columns }

// Number is how many rows a filter keeps.
func (p *PeoplePage) Number(f PeopleFilter) int {
	s := p.Import.Summary
	switch f.Found.Which {
	case campaign.FoundRepaired:
		repaired := 0
		for _, g := range s.Groups {
			repaired += g.Repaired
		}
		return repaired
	case campaign.FoundAside:
		return s.Quarantined
	case campaign.FoundDuplicate:
		return s.Duplicates
	default:
		return s.Rows()
	}
}

// PeopleCell is one cell of the list as it is shown.
type PeopleCell struct {
	Text   string
	Before string // as the file has it, where that was repaired
	Broken string // what is wrong, where that was not repaired
	Aside  bool   // its row will not be called
}

// Cell is what stands in a column of a row; nothing while the row is not
// loaded.
func (p *PeoplePage) Cell(row, column int) PeopleCell {
	c, held := p.Rows.At(row)
	if !held {
		return PeopleCell{}
	}
	cell := PeopleCell{Aside: c.Status == campaign.Skipped}
	if column < len(c.Cells) {
		cell.Text = oneLine(c.Cells[column])
	}
	col := p.Import.Summary.Columns[column]
	if col.Role == contacts.Phone && col.Order <= 1 && c.Number != "" {
		cell.Text = p.shown(c.Number)
	}
	if col.Role == contacts.Phone && col.Order <= 1 && c.Why.Code == campaign.CodeDuplicate {
		cell.Broken = words.Say("same as row %s", Count(c.Why.Row))
	}
	for _, problem := range p.found[c.Row] {
		if problem.Column == col.Name {
			cell.show(problem)
		}
	}
	return cell
}

// show marks a cell by what was found in it.
func (c *PeopleCell) show(problem campaign.CellProblem) {
	if problem.Repair == "" {
		c.Text, c.Broken = oneLine(problem.Value), words.Problem(problem.Kind)
		return
	}
	c.Before = oneLine(problem.Value)
}

// widestRows is how many rows are looked at for the width of a column.
const widestRows = 200

// Widest returns the longest words of a column among the first rows that are
// held, with what stood there before.
func (p *PeoplePage) Widest(column int) string {
	longest := ""
	for row := range min(p.Rows.Len(), widestRows) {
		c := p.Cell(row, column)
		text := c.Text
		switch {
		case c.Broken != "":
			continue // it may be cut: the page has it in full beside the list
		case c.Before != "":
			text = c.Before + "   →   " + c.Text
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	return longest
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// PeopleGroup is one kind of thing found, and how often.
type PeopleGroup struct {
	Kind    campaign.Problem
	Words   string
	Example string
	Count   int
	// Repaired tells that the repair is made, so that it can be refused; else
	// Proposed tells that one is offered.
	Repaired, Proposed bool
}

// Filter keeps the rows of a group.
func (g PeopleGroup) Filter() PeopleFilter {
	which := campaign.FoundAside
	switch {
	case g.Repaired:
		which = campaign.FoundRepaired
	case g.Proposed:
		which = campaign.FoundProposed
	}
	return PeopleFilter{Words: g.Words, Found: campaign.Found{Kind: g.Kind, Which: which}}
}

// Repaired are the groups of repairs that were made, the commonest first, and
// those that were refused as a whole.
func (p *PeoplePage) Repaired() []PeopleGroup {
	return p.groups(func(g contacts.Group) (int, bool) { return g.Repaired, g.Repaired > 0 || p.Refused(g.Kind) })
}

// Aside are the groups of what keeps rows from being called.
func (p *PeoplePage) Aside() []PeopleGroup {
	return p.groups(func(g contacts.Group) (int, bool) {
		return g.Proposed + g.Aside, g.Proposed+g.Aside > 0 && !p.Refused(g.Kind)
	})
}

// Refused tells whether repairs of a kind are refused as a whole.
func (p *PeoplePage) Refused(kind campaign.Problem) bool {
	take, decided := p.Import.Options.Rules[kind]
	return decided && !take
}

func (p *PeoplePage) groups(count func(contacts.Group) (int, bool)) []PeopleGroup {
	var groups []PeopleGroup
	for _, g := range p.Import.Summary.Groups {
		n, keep := count(g)
		if !keep {
			continue
		}
		groups = append(groups, PeopleGroup{
			Kind: g.Kind, Words: words.Problem(g.Kind), Example: oneLine(g.Example.Value), Count: max(n, g.Proposed),
			Repaired: g.Repaired > 0 && !p.Refused(g.Kind), Proposed: g.Proposed > 0,
		})
	}
	slices.SortStableFunc(groups, func(a, b PeopleGroup) int { return cmp.Compare(b.Count, a.Count) })
	return groups
}

// WholeFile is what was found about the file itself, in words.
func (p *PeoplePage) WholeFile() []string {
	var all []string
	for _, problem := range p.Import.Summary.Problems {
		all = append(all, withValue(problem.Kind, problem.Value))
	}
	if until := p.Import.Reading.Until; until > 0 {
		all = append(all, words.Say("The file is damaged; it was read up to row %s", Count(until)))
	}
	return all
}

// Summary is the page in one line.
func (p *PeoplePage) Summary() string {
	s := p.Import.Summary
	parts := []string{words.Many(s.Ready, "%s person ready", "%s people ready")}
	if s.Quarantined > 0 {
		parts = append(parts, words.Many(s.Quarantined, "%s set aside", "%s set aside"))
	}
	if s.Duplicates > 0 {
		parts = append(parts, words.Many(s.Duplicates, "%s found twice", "%s found twice"))
	}
	return strings.Join(parts, ", ")
}

// Blocked says why nobody can be called, empty if somebody can.
func (p *PeoplePage) Blocked() string {
	s := p.Import.Summary
	switch {
	case s.Rows() == 0:
		return words.Say("This sheet has no rows below its headings. Choose another sheet or file.")
	case slices.ContainsFunc(s.Problems, func(c campaign.CellProblem) bool { return c.Kind == campaign.ProblemPhoneAbsent }):
		return words.Say("No column is the phone number yet. Choose ‘Phone number’ above the column that holds it.")
	case s.Ready == 0:
		return words.Say("None of the rows has a number that can be called. Choose ‘Phone number’ above another column, or another list.")
	default:
		return ""
	}
}

// ElsewhereWords asks of which country the numbers are, where hardly any can be
// called in the one they are taken for; empty otherwise.
func (p *PeoplePage) ElsewhereWords() string {
	s := p.Import.Summary
	for _, g := range s.Groups {
		if g.Kind == campaign.ProblemInvalid && 2*g.Aside > s.Rows() {
			return words.Say("Hardly any of these numbers exists in the country that is set, %s. Which country is the list from?", RegionWords(RegionOr(p.Import.Options.Region)))
		}
	}
	return ""
}

// Source is how the list was read.
func (p *PeoplePage) Source() Source {
	src := Source{Path: p.Campaign.List.File, Reading: p.Import.Reading, Options: p.Import.Options}
	src.Reading.Password = p.Password
	src.Options.Map = maps.Clone(src.Options.Map)
	src.Options.Rules = maps.Clone(src.Options.Rules)
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
	Why     string   // it stands as it does
	Found   []string // in its cells, in words
	Choices []PeopleChoice
}

// PeopleChoice is one decision, in words.
type PeopleChoice struct {
	Words    string
	Decision contacts.Decision
}

// RowOf returns a row of the page, and false while it is not loaded.
func (p *PeoplePage) RowOf(row int) (PeopleRow, bool) {
	c, held := p.Rows.At(row)
	if !held {
		return PeopleRow{}, false
	}
	r := PeopleRow{Row: c.Row, Contact: c, Why: words.Say("It will be called at %s.", p.shown(c.Number))}
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
	if c.Why.Code == campaign.CodeDuplicate || c.Why.Problem == campaign.ProblemDuplicate {
		r.Choices = []PeopleChoice{{Words: words.Say("Call this one"), Decision: contacts.Decision{Call: true}}}
	}
	return r, true
}

// shown is a number as it is written in the country of the list.
func (p *PeoplePage) shown(n phone.Number) string {
	return n.For(RegionOr(p.Import.Options.Region))
}

// Len is how many rows were loaded.
func (r PeopleRows) Len() int { return len(r.rows) }

// LastHeading is the last row that can be chosen for the headings.
const LastHeading = 99
