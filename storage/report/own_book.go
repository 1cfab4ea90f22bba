package report

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// This file is the copy of a workbook.

// ownBook is the user's workbook with results beside its rows.
type ownBook struct {
	file  *excelize.File
	sheet string
	first int            // the first column that is ours
	last  int            // of theirs in the row of the headings
	like  map[int]styles // of ours, beside a cell of theirs, by its style
}

// workbook writes the copy of a workbook.
func (o *own) workbook(ctx context.Context, path string) (_ string, err error) {
	f, err := excelize.OpenFile(o.campaign.List.File)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &ownBook{file: f, sheet: o.table.Sheet, like: map[int]styles{}}
	if b.first, b.last, err = b.extent(o.header); err != nil {
		return "", err
	}
	if b.first+len(o.columns)-1 > excelize.MaxColumns {
		return "", errors.New("the sheet has no room for more columns")
	}
	if err := b.widths(o.columns); err != nil {
		return "", err
	}
	err = o.eachRow(ctx, func(row campaign.TableRow, beside []any) error {
		if row.Number == o.header {
			return b.headings(row.Number, beside)
		}
		return b.write(row.Number, beside)
	})
	if err != nil {
		return "", err
	}
	return replace(path, func(w io.Writer) error { return f.Write(w) })
}

// extent is the first column that is free in every row, and the last one of
// the headings.
func (b *ownBook) extent(header int) (first, last int, err error) {
	rows, err := b.file.Rows(b.sheet)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return 0, 0, err
		}
		first = max(first, len(cells)+1)
		if n == header {
			last = len(cells)
		}
	}
	return max(1, first), max(1, last), rows.Error()
}

func (b *ownBook) widths(columns []column) error {
	for i, c := range columns {
		name, err := excelize.ColumnNumberToName(b.first + i)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(b.sheet, name, name, c.width); err != nil {
			return err
		}
	}
	return nil
}

// headings writes our headings as the user's own last one looks.
func (b *ownBook) headings(row int, titles []any) error {
	theirs, err := excelize.CoordinatesToCellName(b.last, row)
	if err != nil {
		return err
	}
	look, err := b.file.GetCellStyle(b.sheet, theirs)
	if err != nil {
		return err
	}
	for i, title := range titles {
		if err := b.set(row, b.first+i, title, look); err != nil {
			return err
		}
	}
	return nil
}

// write writes what came of a person beside their row, in the look of the cell
// to the left, but in formats of our own.
func (b *ownBook) write(row int, values []any) error {
	if len(values) == 0 {
		return nil
	}
	theirs, err := excelize.CoordinatesToCellName(b.last, row)
	if err != nil {
		return err
	}
	look, err := b.file.GetCellStyle(b.sheet, theirs)
	if err != nil {
		return err
	}
	like, err := b.styles(look)
	if err != nil {
		return err
	}
	for i, v := range values {
		style := like.text
		switch t := v.(type) {
		case int:
			style = like.heading // the plain one
		case time.Time:
			style = like.moment
			if v = any(t.Local()); t.IsZero() {
				v = nil
			}
		case string:
			if t == "" {
				v = nil
			}
		}
		if err := b.set(row, b.first+i, v, style); err != nil {
			return err
		}
	}
	return nil
}

func (b *ownBook) set(row, column int, v any, style int) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	if v != nil {
		if err := b.file.SetCellValue(b.sheet, at, v); err != nil {
			return err
		}
	}
	return b.file.SetCellStyle(b.sheet, at, at, style)
}

// styles are those of ours that look like one of theirs: its ground, its edges
// and its letters, with formats for a text, a number and a time.
func (b *ownBook) styles(look int) (styles, error) {
	if known, found := b.like[look]; found {
		return known, nil
	}
	theirs, err := b.file.GetStyle(look)
	if err != nil {
		return styles{}, err
	}
	const text, whole = 49, 1
	moment := "yyyy-mm-dd hh:mm:ss"
	var made styles
	for _, kind := range []struct {
		id     *int
		format int
		custom *string
	}{{&made.text, text, nil}, {&made.heading, whole, nil}, {&made.moment, 0, &moment}} {
		one := *theirs
		one.NumFmt, one.CustomNumFmt, one.DecimalPlaces, one.NegRed = kind.format, kind.custom, nil, false
		if *kind.id, err = b.file.NewStyle(&one); err != nil {
			return styles{}, err
		}
	}
	b.like[look] = made
	return made, nil
}
