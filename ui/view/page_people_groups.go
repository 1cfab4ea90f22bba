package view

import (
	"cmp"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is what was found in a list, in groups, and what keeps it from
// being called.

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
			Kind: g.Kind, Words: words.Problem(g.Kind), Example: exampleOf(g.Example), Count: max(n, g.Proposed),
			Repaired: g.Repaired > 0 && !p.Refused(g.Kind), Proposed: g.Proposed > 0,
		})
	}
	slices.SortStableFunc(groups, func(a, b PeopleGroup) int { return cmp.Compare(b.Count, a.Count) })
	return groups
}

// exampleOf is a cell as an example, or its row where nothing stands in it.
func exampleOf(p campaign.CellProblem) string {
	if value := oneLine(p.Value); value != "" {
		return value
	}
	return words.Say("Row %s", Count(p.Row))
}

// CanLeaveOut tells whether the rows of a group can be left out as a whole. Of
// people who are found twice one is chosen instead.
func (g PeopleGroup) CanLeaveOut() bool {
	return !g.Repaired && g.Kind != campaign.ProblemDuplicate
}

// LeftOut are the kinds of rows that are left out as a whole, in words' order.
func (p *PeoplePage) LeftOut() []PeopleGroup {
	var groups []PeopleGroup
	for kind, out := range p.Import.Options.LeaveOut {
		if out {
			groups = append(groups, PeopleGroup{Kind: kind, Words: words.Problem(kind)})
		}
	}
	slices.SortFunc(groups, func(a, b PeopleGroup) int { return cmp.Compare(a.Words, b.Words) })
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

// Needing is how many rows wait for a person.
func (p *PeoplePage) Needing() int {
	return p.Number(PeopleFilter{Found: campaign.Found{Which: campaign.FoundAside}})
}

// Summary is the page in one line.
func (p *PeoplePage) Summary() string {
	s := p.Import.Summary
	parts := []string{words.Many(s.Ready, "%s person ready", "%s people ready")}
	if n := p.Needing(); n > 0 {
		parts = append(parts, words.Many(n, "%s set aside", "%s set aside"))
	}
	if s.Duplicates > 0 {
		parts = append(parts, words.Many(s.Duplicates, "%s found twice", "%s found twice"))
	}
	if s.Excluded > 0 {
		parts = append(parts, words.Many(s.Excluded, "%s left out", "%s left out"))
	}
	if n := s.DoNotCall + s.NoConsent; n > 0 {
		parts = append(parts, words.Many(n, "%s must not be called", "%s must not be called"))
	}
	return strings.Join(parts, ", ")
}

// NoRows tells whether the sheet has no rows at all.
func (p *PeoplePage) NoRows() bool { return p.Import.Summary.Rows() == 0 }

// NoPhone tells whether no column holds the numbers.
func (p *PeoplePage) NoPhone() bool {
	return slices.ContainsFunc(p.Import.Summary.Problems, func(c campaign.CellProblem) bool { return c.Kind == campaign.ProblemPhoneAbsent })
}

// PhoneColumn is a column that may hold the numbers.
type PhoneColumn struct {
	Column  int
	Name    string
	Example string // what stands in it
	numbers int    // of the rows looked at
}

// PhoneColumns are the columns that may hold the numbers, the likeliest first,
// by the first rows that are held.
func (p *PeoplePage) PhoneColumns() []PhoneColumn {
	columns := make([]PhoneColumn, len(p.Columns()))
	for i, c := range p.Columns() {
		columns[i] = PhoneColumn{Column: i, Name: c.Name}
		for row := range min(p.Rows.Len(), widestRows) {
			columns[i].look(p.Cell(row, i).Text, RegionOr(p.Import.Options.Region))
		}
	}
	slices.SortStableFunc(columns, func(a, b PhoneColumn) int { return cmp.Compare(b.numbers, a.numbers) })
	return columns
}

// exampleMost is how many letters of an example are shown in a menu.
const exampleMost = 20

// atMost cuts a text after so many letters.
func atMost(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// look takes a cell for an example, or better one that is a number.
func (c *PhoneColumn) look(text string, region Region) {
	_, err := phone.Parse(text, region)
	if text != "" && (c.Example == "" || err == nil && c.numbers == 0) {
		c.Example = atMost(text, exampleMost)
	}
	if err == nil {
		c.numbers++
	}
}

// Blocked says why nobody can be called, empty if somebody can.
func (p *PeoplePage) Blocked() string {
	s := p.Import.Summary
	switch {
	case p.NoRows():
		return words.Say("This sheet has no rows below its headings. Choose another sheet or file.")
	case p.NoPhone():
		return words.Say("No column is the phone number yet. Choose ‘Phone number’ above the column that holds it.")
	case s.Ready == 0 && s.Excluded > 0:
		return words.Say("Whoever could be called is left out. Take somebody in again, or undo it.")
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
