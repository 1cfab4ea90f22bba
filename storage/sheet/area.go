package sheet

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// area is a rectangle of a sheet, numbered from 1, its last row and column
// included. An empty name of a sheet: the one that is read.
type area struct {
	sheet                                      string
	firstRow, lastRow, firstColumn, lastColumn int
}

// parseArea reads a reference: B3:F200, $B$3:$F$200, 'My list'!B:F, 3:200.
func parseArea(ref string) (area, bool) {
	var a area
	if i := strings.LastIndexByte(ref, '!'); i >= 0 {
		a.sheet, ref = unquoted(ref[:i]), ref[i+1:]
		if a.sheet == "" || strings.ContainsAny(a.sheet, "[]:") {
			return area{}, false // of another file, or of several sheets
		}
	}
	from, to, isRange := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !isRange {
		to = from
	}
	c1, r1, ok1 := parseCell(from)
	c2, r2, ok2 := parseCell(to)
	if !ok1 || !ok2 || (c1 == 0) != (c2 == 0) || (r1 == 0) != (r2 == 0) || !isRange && (c1 == 0 || r1 == 0) {
		return area{}, false
	}
	a.firstColumn, a.lastColumn = ordered(c1, c2, maxColumns)
	a.firstRow, a.lastRow = ordered(r1, r2, maxRows)
	return a, true
}

func ordered(from, to, last int) (first, end int) {
	if from == 0 {
		return 1, last
	}
	return min(from, to), max(from, to)
}

// unquoted is the name of a sheet as a reference has it, in quotes or not.
func unquoted(name string) string {
	if len(name) >= 2 && name[0] == '\'' && name[len(name)-1] == '\'' {
		return strings.ReplaceAll(name[1:len(name)-1], "''", "'")
	}
	return name
}

// parseCell reads one end of a reference; without a column (3) or without a row
// (B) that is zero.
func parseCell(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && letter(ref[i]); i++ {
		if column = column*26 + int(ref[i]|0x20-'a') + 1; column > maxColumns {
			return 0, 0, false
		}
	}
	if i == len(ref) {
		return column, 0, i > 0
	}
	row, err := strconv.Atoi(ref[i:])
	ok = err == nil && row > 0 && row <= maxRows && ref[i] >= '1' && ref[i] <= '9'
	return column, row, ok
}

// letters names a column as spreadsheets do, 28 being AB.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// find returns what Reading.Area asks for among the areas of a book: by name
// first, else as a reference. Sheet is the one asked for, it may be empty.
func find(areas []campaign.Area, sheet, wanted string) (area, campaign.Area, error) {
	there := []string{}
	for _, named := range areas {
		if sheet != "" && !strings.EqualFold(named.Sheet, sheet) {
			continue
		}
		if strings.EqualFold(named.Name, wanted) {
			a, ok := parseArea(named.Ref)
			if !ok {
				break
			}
			a.sheet = named.Sheet
			return a, named, nil
		}
		there = append(there, named.Name)
	}
	a, ok := parseArea(wanted)
	if !ok || sheet != "" && a.sheet != "" && !strings.EqualFold(a.sheet, sheet) {
		return area{}, campaign.Area{}, &campaign.FileError{Fault: campaign.FaultNoArea, Wanted: wanted, There: there}
	}
	return a, campaign.Area{}, nil
}

// cut is a source that gives only an area of another, its columns counted from
// the area's first. What follows the area is read all the same: damage there
// may be damage of the file.
type cut struct {
	source
	area area
}

func (c cut) next() (campaign.TableRow, error) {
	for {
		row, err := c.source.next()
		if err != nil {
			return row, err
		}
		if row.Number < c.area.firstRow || row.Number > c.area.lastRow {
			continue
		}
		from, to := min(c.area.firstColumn-1, len(row.Cells)), min(c.area.lastColumn, len(row.Cells))
		row.Cells = slices.Clip(row.Cells[from:to])
		return row, nil
	}
}

// ref is the area as a reference without the sheet.
func (a area) ref() string {
	return letters(a.firstColumn) + strconv.Itoa(a.firstRow) + ":" + letters(a.lastColumn) + strconv.Itoa(a.lastRow)
}
