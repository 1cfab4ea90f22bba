package campaigntest

import (
	"io"

	"rollcall/campaign"
)

// Table returns a table of text cells: the heading in row 1, then the rows.
// It is read from its beginning again once it was closed.
func Table(file string, header []string, rows ...[]string) *campaign.Table {
	r := &rowsInMemory{}
	for i, row := range rows {
		r.rows = append(r.rows, campaign.TableRow{Number: i + 2, Cells: Cells(row...)})
	}
	return &campaign.Table{
		Book:   campaign.Book{File: file, Format: campaign.FormatText, Encoding: "utf-8", Delimiter: ","},
		Hash:   file,
		Header: Cells(header...), HeaderRow: 1,
		Sample: r.rows[:min(len(r.rows), campaign.SampleRows)], Rows: r,
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

type rowsInMemory struct {
	rows []campaign.TableRow
	at   int
}

func (r *rowsInMemory) Next() (campaign.TableRow, error) {
	if r.at == len(r.rows) {
		return campaign.TableRow{}, io.EOF
	}
	r.at++
	return r.rows[r.at-1], nil
}

func (r *rowsInMemory) Problems() []campaign.CellProblem { return nil }

func (r *rowsInMemory) Done() float64 {
	if len(r.rows) == 0 {
		return 1
	}
	return float64(r.at) / float64(len(r.rows))
}

func (r *rowsInMemory) Close() error {
	r.at = 0
	return nil
}
