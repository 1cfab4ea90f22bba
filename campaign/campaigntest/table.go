package campaigntest

import (
	"io"

	"rollcall/campaign"
)

// Table returns a table of text cells: the heading in row 1, then the rows.
// It is read from its beginning again once it was closed.
func Table(file string, header []string, rows ...[]string) *campaign.Table {
	r := &Rows{}
	for i, row := range rows {
		r.All = append(r.All, campaign.TableRow{Number: i + 2, Cells: Cells(row...)})
	}
	return &campaign.Table{
		Book:   campaign.Book{File: file, Format: campaign.FormatText, Encoding: "utf-8", Delimiter: ","},
		Hash:   file,
		Header: Cells(header...), HeaderRow: 1,
		Sample: r.All[:min(len(r.All), campaign.SampleRows)], Rows: r,
	}
}

// Cells are cells of a text.
func Cells(texts ...string) []campaign.Cell {
	cells := make([]campaign.Cell, len(texts))
	for i, s := range texts {
		if s != "" {
			cells[i] = campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
		}
	}
	return cells
}

// Rows is a RowReader over rows in memory. It is read from its beginning again
// once it was closed.
type Rows struct {
	All   []campaign.TableRow
	Found []campaign.CellProblem // in the whole file
	at    int
}

// Next returns the next row.
func (r *Rows) Next() (campaign.TableRow, error) {
	if r.at == len(r.All) {
		return campaign.TableRow{}, io.EOF
	}
	r.at++
	return r.All[r.at-1], nil
}

// Problems returns those that were found.
func (r *Rows) Problems() []campaign.CellProblem { return r.Found }

// Done is the part that was read.
func (r *Rows) Done() float64 {
	if len(r.All) == 0 {
		return 1
	}
	return float64(r.at) / float64(len(r.All))
}

// Close goes back to the beginning.
func (r *Rows) Close() error {
	r.at = 0
	return nil
}
