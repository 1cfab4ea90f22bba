package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
)

// This file is the reject report: the rows of a list that were set aside, with
// what is wrong and what is proposed, in the user's own columns, so that they
// can be mended in a spreadsheet and brought in again.

// RejectSource is where a reject report reads from.
type RejectSource interface {
	Source
	// Problems returns what was found in those rows of the file, in their order.
	Problems(ctx context.Context, id campaign.ID, rows []int) ([]campaign.CellProblem, error)
}

// WriteRejects writes the rows of a campaign that an import set aside to path,
// and returns where it is, as [Write] does.
func WriteRejects[S RejectSource](ctx context.Context, path string, src S, id campaign.ID) (string, error) {
	b := &book{src: src, file: excelize.NewFile(), rows: maxRows}
	defer b.file.Close() // its temporary files; the report is whole or not there
	if err := b.rejects(ctx, src, id); err != nil {
		return "", fmt.Errorf("write what was set aside: %w", err)
	}
	path, err := replace(path, func(w io.Writer) error { return b.file.Write(w) })
	if err != nil {
		return "", fmt.Errorf("write what was set aside: %w", err)
	}
	return path, nil
}

func (b *book) rejects(ctx context.Context, src RejectSource, id campaign.ID) error {
	var err error
	if b.campaign, err = src.Campaign(ctx, id); err != nil {
		return err
	}
	if b.style, err = newStyles(b.file); err != nil {
		return err
	}
	ids, err := src.Order(ctx, id, campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside}})
	if err != nil {
		return err
	}
	sheet, err := b.newTable(words.Say("Set aside"), len(ids), b.rejectHeading())
	if err != nil {
		return err
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	err = b.each(ctx, ids, func(c campaign.Contact) error {
		found, err := src.Problems(ctx, id, []int{c.Row})
		if err != nil {
			return err
		}
		return sheet.add(b.rejectRow(c, found))
	})
	if err != nil {
		return err
	}
	return sheet.end()
}

func (b *book) rejectHeading() []column {
	own := b.rejectColumns()
	list := make([]column, 0, len(own)+3)
	for _, name := range own {
		list = append(list, column{name, 20})
	}
	for i, name := range contacts.RejectColumnsIn(string(words.InUse())) {
		list = append(list, column{name, []float64{14, 44, 20}[i]})
	}
	return list
}

// rejectColumns are the user's own, as many as a sheet has room for.
func (b *book) rejectColumns() []string {
	columns := b.campaign.List.Columns
	return columns[:min(len(columns), excelize.MaxColumns-len(contacts.RejectColumns()))]
}

func (b *book) rejectRow(c campaign.Contact, found []campaign.CellProblem) []any {
	own := b.rejectColumns()
	row := make([]any, len(own), len(own)+3)
	for i := range own {
		row[i] = ""
		if i < len(c.Cells) {
			row[i] = c.Cells[i]
		}
	}
	var what []string
	proposal := ""
	for _, p := range found {
		if p.Repair == "" {
			if at := slices.Index(own, p.Column); at >= 0 && p.Value != "" {
				row[at] = p.Value // what was shown may be rounded to digits that dial
			}
			what = append(what, foundWords(p))
		}
		if proposal == "" && p.Kind != campaign.ProblemHours { // those are no numbers
			proposal = p.Proposal
		}
	}
	if len(what) == 0 {
		what = append(what, words.Sentence(c.Why, b.now))
	}
	return append(row, c.Row, strings.Join(what, ". "), proposal)
}

// foundWords says what is wrong in a cell, with what it holds.
func foundWords(p campaign.CellProblem) string {
	if p.Value == "" {
		return words.Problem(p.Kind)
	}
	return words.Say("%s: %s", words.Problem(p.Kind), p.Value)
}
