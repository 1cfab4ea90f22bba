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
