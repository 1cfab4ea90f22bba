package report

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// styles are the looks of cells, by their number in the workbook.
type styles struct {
	heading, text, moment int
}

func newStyles(f *excelize.File) (styles, error) {
	const textFormat = 49 // "@": stays text, also when somebody edits the cell
	momentFormat := "yyyy-mm-dd hh:mm:ss"
	var s styles
	var err error
	add := func(id *int, look excelize.Style) {
		if err == nil {
			*id, err = f.NewStyle(&look)
		}
	}
	add(&s.heading, excelize.Style{Font: &excelize.Font{Bold: true, Color: "1C2230"}, NumFmt: textFormat})
	add(&s.text, excelize.Style{NumFmt: textFormat})
	add(&s.moment, excelize.Style{CustomNumFmt: &momentFormat})
	return s, err
}

// cell returns v, a string, an int or a time, as it goes into a sheet. The
// zero time and the empty string are empty cells.
func (s styles) cell(v any) any {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: s.moment, Value: v.Local()}
	case string:
		if v == "" {
			return nil
		}
		return excelize.Cell{StyleID: s.text, Value: v}
	default:
		return v
	}
}

// table writes rows below a heading, onto as many sheets as they need.
type table struct {
	book    *book
	name    string
	heading []column
	left    int // rows still to come
	sheets  int
	out     *excelize.StreamWriter
	row     int // the last one written in out
}

// column is one column's heading and width in characters.
type column struct {
	heading string
	width   float64
}

// newTable begins a table of n rows.
func (b *book) newTable(name string, n int, heading []column) (*table, error) {
	t := &table{book: b, name: name, heading: heading, left: n}
	return t, t.begin()
}

// begin starts the next sheet. Extent and widths come before its first row:
// that is the order in the file, and rows are written as they come.
func (t *table) begin() error {
	t.sheets++
	sheet := t.name
	if t.sheets > 1 {
		sheet = fmt.Sprintf("%s %d", t.name, t.sheets)
	}
	f := t.book.file
	if _, err := f.NewSheet(sheet); err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(t.heading), min(t.left+1, t.book.rows))
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(sheet, "A1:"+end); err != nil {
		return err
	}
	if t.out, err = f.NewStreamWriter(sheet); err != nil {
		return err
	}
	if err := t.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := t.widths(); err != nil {
		return err
	}
	titles := make([]any, len(t.heading))
	for i, c := range t.heading {
		titles[i] = excelize.Cell{StyleID: t.book.style.heading, Value: c.heading}
	}
	t.row = 1
	return t.out.SetRow("A1", titles)
}

// widths sets the columns' widths, neighbours of the same width in one go.
func (t *table) widths() error {
	for from := 0; from < len(t.heading); {
		to := from + 1
		for to < len(t.heading) && t.heading[to].width == t.heading[from].width {
			to++
		}
		if err := t.out.SetColWidth(from+1, to, t.heading[from].width); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// add writes one row, onto the next sheet if this one is full.
func (t *table) add(values []any) error {
	if t.row == t.book.rows {
		if err := t.out.Flush(); err != nil {
			return err
		}
		if err := t.begin(); err != nil {
			return err
		}
	}
	for i, v := range values {
		values[i] = t.book.style.cell(v)
	}
	t.row++
	t.left--
	return t.out.SetRow(fmt.Sprintf("A%d", t.row), values)
}

func (t *table) end() error { return t.out.Flush() }
