package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rollcall/campaign"
)

// A heading is looked for in this many rows that are not empty.
const headerWithin = 15

// build makes a table of rows: titles above the heading are left out, the
// heading is set apart. With pad, short rows are filled up to its width; a
// workbook does not store empty cells at the end of a row.
func build(rows []campaign.TableRow, pad bool) campaign.Table {
	at := headerAt(rows)
	if at < 0 {
		for i := range rows {
			rows[i].Cells = trim(rows[i].Cells, 0)
		}
		return campaign.Table{Rows: rows}
	}
	t := campaign.Table{Header: rows[at].Cells, HeaderRow: rows[at].Number, Rows: rows[at+1:]}
	width := len(trim(t.Header, 0))
	for _, row := range t.Rows {
		if w := len(trim(row.Cells, 0)); w > width {
			width = min(w, len(t.Header))
		}
	}
	t.Header = t.Header[:width:width]
	for i, row := range t.Rows {
		row.Cells = trim(row.Cells, width)
		for pad && len(row.Cells) < width {
			row.Cells = append(row.Cells, campaign.Cell{})
		}
		t.Rows[i].Cells = row.Cells
	}
	return t
}

// trim cuts empty cells off the end, down to a width.
func trim(cells []campaign.Cell, width int) []campaign.Cell {
	for len(cells) > width && empty(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func empty(c campaign.Cell) bool {
	return strings.TrimSpace(c.Text) == "" && strings.TrimSpace(c.Raw) == ""
}

func filled(cells []campaign.Cell) int {
	n := 0
	for _, c := range cells {
		if !empty(c) {
			n++
		}
	}
	return n
}

// headerAt finds the heading: the first of the first rows that is not much
// narrower than the table, as titles are, if it consists of words. If it does
// not, the data has begun and there is no heading: -1.
func headerAt(rows []campaign.TableRow) int {
	usual := usualWidth(rows)
	for i, row := range rows[:min(len(rows), headerWithin)] {
		n := filled(row.Cells)
		if n*2 < usual || n == 1 && usual > 1 {
			continue
		}
		words := 0
		for _, c := range row.Cells {
			switch {
			case empty(c):
			case digits(c.Text) >= 7:
				return -1
			case isWord(c):
				words++
			}
		}
		if words*5 < n*4 {
			return -1
		}
		return i
	}
	return -1
}

// usualWidth is the median number of filled cells in the first rows.
func usualWidth(rows []campaign.TableRow) int {
	var widths []int
	for _, row := range rows[:min(len(rows), 4*headerWithin)] {
		widths = append(widths, filled(row.Cells))
	}
	if len(widths) == 0 {
		return 0
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

var exponent = regexp.MustCompile(`^[-+]?[0-9]+([.,][0-9]+)?[eE][-+]?[0-9]+$`)

// isWord tells whether a cell could be a heading.
func isWord(c campaign.Cell) bool {
	if c.Type != campaign.CellText || len(c.Text) > 200 || strings.Contains(c.Text, "@") {
		return false
	}
	text := strings.TrimSpace(c.Text)
	return strings.IndexFunc(text, unicode.IsLetter) >= 0 && !exponent.MatchString(text) || text == "#" || text == "№"
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
