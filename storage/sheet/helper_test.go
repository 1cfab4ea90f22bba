package sheet_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// table is a table that was read to its end.
type table struct {
	campaign.Table
	Rows     []campaign.TableRow
	Problems []campaign.CellProblem
}

// read reads a whole file; what was read before an error is returned too.
func read(t testing.TB, path string, how campaign.Reading) (table, error) {
	t.Helper()
	return readIn(t.Context(), path, how)
}

func readIn(ctx context.Context, path string, how campaign.Reading) (all table, err error) {
	opened, err := sheet.Open(ctx, path, how)
	if err != nil {
		return table{}, err
	}
	defer func() { err = errors.Join(err, opened.Rows.Close()) }()
	all.Table = *opened
	all.Table.Rows = nil
	for {
		row, err := opened.Rows.Next()
		if errors.Is(err, io.EOF) {
			all.Problems = opened.Rows.Problems()
			return all, nil
		}
		if err != nil {
			return all, err
		}
		row.Cells = slices.Clone(row.Cells)
		all.Rows = append(all.Rows, row)
	}
}
