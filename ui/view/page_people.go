package view

import (
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
)

// PeoplePage shows what was understood of a list: a role per column over the
// real rows, each repair as before and after, and what is wrong in groups.
type PeoplePage struct {
	Import Import
	Show   PeopleFilter

	columns []contacts.Column
	at      map[int]int // index in Contacts, by row number of the file
	repairs map[cellAt]campaign.CellProblem
	filters map[PeopleFilter][]int // indexes in Contacts
}

type cellAt struct {
	row    int
	column string
}

// PeopleFilter is which rows are shown.
type PeopleFilter string

// The filters, in their order.
const (
	PeopleAll       PeopleFilter = "All"
	PeopleRepaired  PeopleFilter = "Repaired"
	PeopleAside     PeopleFilter = "Set aside"
	PeopleDuplicate PeopleFilter = "Same number"
)

// PeopleFilters returns them all.
func PeopleFilters() []PeopleFilter {
	return []PeopleFilter{PeopleAll, PeopleRepaired, PeopleAside, PeopleDuplicate}
}

// NewPeoplePage arranges an import to be looked at.
func NewPeoplePage(im Import) *PeoplePage {
	p := &PeoplePage{Import: im, Show: PeopleAll, columns: im.List.Columns, at: map[int]int{},
		repairs: map[cellAt]campaign.CellProblem{}, filters: map[PeopleFilter][]int{}}
	repaired := map[int]bool{}
	for _, problem := range im.List.Problems {
		if problem.Row == 0 || problem.Column == "" {
			continue
		}
		p.repairs[cellAt{problem.Row, problem.Column}] = problem
		if problem.Repair != "" {
			repaired[problem.Row] = true
		}
	}
	for i, c := range im.List.Contacts {
		p.at[c.Row] = i
		p.filters[PeopleAll] = append(p.filters[PeopleAll], i)
		switch {
		case c.Why.Code == campaign.CodeDuplicate:
			p.filters[PeopleDuplicate] = append(p.filters[PeopleDuplicate], i)
		case c.Status == campaign.Skipped:
			p.filters[PeopleAside] = append(p.filters[PeopleAside], i)
		case repaired[c.Row]:
			p.filters[PeopleRepaired] = append(p.filters[PeopleRepaired], i)
		}
	}
	return p
}

// PeopleColumn is a heading of the user's and what we take it for.
type PeopleColumn struct {
	Heading string
	Role    contacts.Role
}

// Columns are the user's own, in their order.
func (p *PeoplePage) Columns() []PeopleColumn {
	columns := make([]PeopleColumn, len(p.columns))
	for i, c := range p.columns {
		columns[i] = PeopleColumn{Heading: c.Name, Role: c.Role}
	}
	return columns
}

// PeopleRoles are what a column can be taken for, in the order in which they
// are offered.
func PeopleRoles() []contacts.Role {
	return append(contacts.Roles(), contacts.Own)
}

// RoleWords names a role.
func RoleWords(r contacts.Role) string {
	switch r {
	case contacts.Phone:
		return "Phone number"
	case contacts.Name:
		return "Name"
	case contacts.FirstName:
		return "First name"
	case contacts.LastName:
		return "Last name"
	case contacts.Zone:
		return "Time zone"
	default:
		return "Own column"
	}
}

// Take returns the map by which a column is taken for role and every other one
// stays what it is, apart from the one that was role before: two columns are
// never the same, and a name in full leaves none in parts.
func (p *PeoplePage) Take(column int, role contacts.Role) map[contacts.Role]string {
	roles := map[contacts.Role]string{}
	for _, r := range contacts.Roles() {
		roles[r] = "" // nothing is guessed any more
	}
	for i, c := range p.columns {
		if i != column && c.Role != contacts.Own {
			roles[c.Role] = c.Name
		}
	}
	if role == contacts.Own {
		return roles
	}
	if role == contacts.Name {
		roles[contacts.FirstName], roles[contacts.LastName] = "", ""
	}
	if role == contacts.FirstName || role == contacts.LastName {
		roles[contacts.Name] = ""
	}
	roles[role] = p.columns[column].Name
	return roles
}

// Number is how many rows a filter keeps.
func (p *PeoplePage) Number(f PeopleFilter) int { return len(p.filters[f]) }

// Len is how many rows are shown.
func (p *PeoplePage) Len() int { return len(p.filters[p.Show]) }

// Row is the contact at a row of the page.
func (p *PeoplePage) Row(i int) campaign.Contact {
	return p.Import.List.Contacts[p.filters[p.Show][i]]
}

// PeopleCell is one cell of the list as it is shown.
type PeopleCell struct {
	Text   string
	Before string // as the file has it, where that was repaired
	Broken string // what is wrong, where that cannot be repaired
	Aside  bool   // its row will not be called
}

// Cell is what stands in a column of a row.
func (p *PeoplePage) Cell(row, column int) PeopleCell {
	c := p.Row(row)
	cell := PeopleCell{Aside: c.Status == campaign.Skipped}
	if column < len(c.Cells) {
		cell.Text = oneLine(c.Cells[column])
	}
	col := p.columns[column]
	problem, found := p.repairs[cellAt{c.Row, col.Name}]
	isPhone := col.Role == contacts.Phone
	switch {
	case found && problem.Repair == "":
		cell.Text, cell.Broken = oneLine(problem.Value), words.Problem(problem.Kind)
	case found && isPhone:
		cell.Before, cell.Text = oneLine(problem.Value), c.Number.National()
	case isPhone && c.Why.Code == campaign.CodeDuplicate:
		cell.Text, cell.Broken = c.Number.National(), "same as row "+Count(c.Why.Row)
	case isPhone && c.Number != "":
		cell.Text = c.Number.National()
	}
	return cell
}

// widestRows is how many rows are looked at for the width of a column.
const widestRows = 200

// Widest returns the longest words of a column among the first rows, with what
// stood there before.
func (p *PeoplePage) Widest(column int) []string {
	longest := ""
	for row := range min(p.Len(), widestRows) {
		c := p.Cell(row, column)
		text := c.Text
		switch {
		case c.Before != "":
			text = c.Before + "   →   " + c.Text
		case c.Broken != "":
			continue // it may be cut: the page has it in full beside the list
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	return []string{longest}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// PeopleGroup is one kind of thing found, and how often.
type PeopleGroup struct {
	Words   string
	Example string
	Count   int
}

// Repaired are the groups of repairs, the commonest first.
func (p *PeoplePage) Repaired() []PeopleGroup {
	return p.groups(func(c campaign.CellProblem) bool { return c.Row > 0 && c.Repair != "" })
}

// Aside are the groups of what keeps rows from being called.
func (p *PeoplePage) Aside() []PeopleGroup {
	return p.groups(func(c campaign.CellProblem) bool { return c.Row > 0 && c.Repair == "" })
}

// WholeFile is what was found about the file itself, in words.
func (p *PeoplePage) WholeFile() []string {
	var all []string
	for _, problem := range p.Import.List.Problems {
		if problem.Row == 0 {
			all = append(all, words.Problem(problem.Kind))
		}
	}
	return all
}

func (p *PeoplePage) groups(keep func(campaign.CellProblem) bool) []PeopleGroup {
	var groups []PeopleGroup
	at := map[campaign.Problem]int{}
	for _, problem := range p.Import.List.Problems {
		if !keep(problem) {
			continue
		}
		i, found := at[problem.Kind]
		if !found {
			i = len(groups)
			at[problem.Kind] = i
			groups = append(groups, PeopleGroup{Words: words.Problem(problem.Kind), Example: oneLine(problem.Value)})
		}
		groups[i].Count++
	}
	slices.SortStableFunc(groups, func(a, b PeopleGroup) int { return b.Count - a.Count })
	return groups
}

// Summary is the page in one line.
func (p *PeoplePage) Summary() string {
	r := p.Import.List
	parts := []string{PeopleCount(r.Ready) + " ready"}
	if r.Quarantined > 0 {
		parts = append(parts, Count(r.Quarantined)+" set aside")
	}
	if r.Duplicates > 0 {
		parts = append(parts, Count(r.Duplicates)+" with the same number as another row")
	}
	return strings.Join(parts, ", ")
}

// Sheets are the sheets of the file, none where it has none.
func (p *PeoplePage) Sheets() []string { return p.Import.Table.Sheets }

// Blocked says why nobody can be called, empty if somebody can.
func (p *PeoplePage) Blocked() string {
	r := p.Import.List
	switch {
	case len(p.Import.List.Contacts) == 0:
		return "This sheet has no rows below its headings. Choose another sheet or file."
	case slices.ContainsFunc(r.Problems, func(c campaign.CellProblem) bool { return c.Kind == campaign.ProblemPhoneAbsent }):
		return "No column is the phone number yet. Choose ‘Phone number’ above the column that holds it."
	case r.Ready == 0:
		return "None of the rows has a number that can be called. Choose ‘Phone number’ above another column, or another list."
	default:
		return ""
	}
}
