package view

import (
	"context"
	"strings"

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
	Past     []PeopleStep // what can be taken back, the newest last

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
		{Words: words.Say("Left out"), Found: campaign.Found{Which: campaign.FoundLeftOut}},
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
		return s.Quarantined - s.Excluded - s.DoNotCall - s.NoConsent
	case campaign.FoundLeftOut:
		return s.Excluded
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
	Note   string // what a person decided about its row
	Aside  bool   // its row will not be called
}

// Cell is what stands in a column of a row; nothing while the row is not
// loaded.
func (p *PeoplePage) Cell(row, column int) PeopleCell {
	c, held := p.Rows.At(row)
	if !held {
		return PeopleCell{}
	}
	return p.cellOf(c, p.found[c.Row], column)
}

// cellOf is what stands in a column of a contact in which that was found.
func (p *PeoplePage) cellOf(c campaign.Contact, found []campaign.CellProblem, column int) PeopleCell {
	cell := PeopleCell{Aside: c.Status == campaign.Skipped}
	if column < len(c.Cells) {
		cell.Text = oneLine(c.Cells[column])
	}
	col := p.Import.Summary.Columns[column]
	if col.Role == contacts.Phone && col.Order <= 1 && c.Number != "" {
		cell.Text = p.shown(c.Number)
	}
	switch first := col.Role == contacts.Phone && col.Order <= 1; {
	case first && c.Why.Code == campaign.CodeDuplicate:
		cell.Broken = words.Say("same as row %s", Count(c.Why.Row))
	case first && c.Why.Code == campaign.CodeExcluded:
		cell.Note = words.Say("left out")
	}
	for _, problem := range found {
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
		case c.Note != "":
			text = "        " + c.Text + "  " + c.Note
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

// shown is a number as it is written in the country of the list.
func (p *PeoplePage) shown(n phone.Number) string {
	return n.For(RegionOr(p.Import.Options.Region))
}

// Len is how many rows were loaded.
func (r PeopleRows) Len() int { return len(r.rows) }

// LastHeading is the last row that can be chosen for the headings.
const LastHeading = 99
