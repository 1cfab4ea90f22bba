package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// xmlRows is a source: the rows of a sheet of an XML Spreadsheet 2003. It ends
// with the sheet's table: what comes after it is none of its rows.
type xmlRows struct {
	xml    *lexer
	read   *measure
	ended  bool
	number int // of the last row
	cells  []campaign.Cell
	text   []byte
}

// find goes to the table of a sheet.
func (x *xmlRows) find(sheet string) error {
	for here := false; ; {
		kind, err := x.xml.next()
		switch {
		case err != nil:
			return xmlFault(err, 0)
		case kind == tokenEOF:
			return damage("the sheet is not there")
		case kind == tokenEnd && here && string(x.xml.local()) == "Worksheet":
			x.ended = true // without a table
			return nil
		case kind == tokenStart:
			name := string(x.xml.local())
			here = here || name == "Worksheet" && x.xml.attr("Name") == sheet
			if here && name == "Table" {
				return nil
			}
		}
	}
}

func (x *xmlRows) next() (campaign.TableRow, error) {
	for !x.ended {
		kind, err := x.xml.next()
		if err != nil {
			return campaign.TableRow{}, xmlFault(err, x.number)
		}
		switch {
		case kind == tokenEnd:
			x.ended = true // nothing else is open in the table
		case kind == tokenStart && string(x.xml.local()) == "Row":
			row, err := x.row()
			if err != nil {
				return row, xmlFault(err, x.number)
			}
			return row, nil
		case kind == tokenStart:
			if err := x.xml.skip(); err != nil {
				return campaign.TableRow{}, xmlFault(err, x.number)
			}
		}
	}
	return campaign.TableRow{}, io.EOF
}

// index is where a row or a cell is: where it says, else after the last.
func (x *xmlRows) index(last, limit int) (int, error) {
	at := last + 1
	if said := x.xml.attr("Index"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n <= last {
			return 0, damage("%s %q follows %d behind row %d", strings.ToLower(string(x.xml.local())), said, last, x.number)
		}
		at = n
	}
	if at > limit {
		return 0, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return at, nil
}

// further is how many more rows or columns something takes.
func (x *xmlRows) further(name string) int {
	n, err := strconv.Atoi(x.xml.attr(name))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, maxRows)
}

// row reads the row that has begun.
func (x *xmlRows) row() (campaign.TableRow, error) {
	number, err := x.index(x.number, maxRows)
	if err != nil {
		return campaign.TableRow{}, err
	}
	row := campaign.TableRow{Number: number, Hidden: x.xml.attr("Hidden") == "1"}
	more := x.further("Span")
	x.cells = x.cells[:0]
	for last := 0; ; {
		kind, err := x.xml.next()
		switch {
		case err != nil:
			return row, err
		case kind == tokenEnd:
			x.number = number + more
			row.Cells, row.Problems = x.cells, unreadable(number, x.cells)
			return row, nil
		case kind == tokenStart && string(x.xml.local()) == "Cell":
			last, err = x.cell(last)
		case kind == tokenStart:
			err = x.xml.skip()
		}
		if err != nil {
			return row, err
		}
	}
}

// cell reads the cell after column last, and returns the last column it takes.
func (x *xmlRows) cell(last int) (int, error) {
	column, err := x.index(last, maxColumns)
	if err != nil {
		return 0, err
	}
	for len(x.cells) < column {
		x.cells = append(x.cells, campaign.Cell{})
	}
	formula, end := x.xml.attr("Formula"), min(column+x.further("MergeAcross"), maxColumns)
	for {
		kind, err := x.xml.next()
		switch {
		case err != nil, kind == tokenEnd:
			return end, err
		case kind == tokenStart && string(x.xml.local()) == "Data":
			err = x.data(&x.cells[column-1], formula)
		case kind == tokenStart: // a comment, which has data of its own
			err = x.xml.skip()
		}
		if err != nil {
			return end, err
		}
	}
}

// data reads what a cell holds; letters that are formatted are in elements of
// their own.
func (x *xmlRows) data(c *campaign.Cell, formula string) error {
	kind := x.xml.attr("Type")
	x.text = x.text[:0]
	for depth := x.xml.depth(); x.xml.depth() >= depth; {
		token, err := x.xml.next()
		if err == nil && token == tokenText {
			x.text, err = x.xml.appendText(x.text)
		}
		if err == nil && len(x.text) > maxMarkup {
			err = errLongText
		}
		if err != nil {
			return err
		}
	}
	if len(x.text) == 0 {
		return nil
	}
	*c = xmlCell(kind, string(x.text))
	if c.Type == campaign.CellNumber && !isNumber(strings.TrimSpace(c.Raw)) {
		return errors.New("a number cannot be read")
	}
	if formula != "" {
		c.Type, c.Raw = campaign.CellFormula, formula
	}
	return nil
}

func xmlCell(kind, value string) campaign.Cell {
	c := campaign.Cell{Type: campaign.CellText, Text: value, Raw: value}
	switch kind {
	case "Number":
		c.Type = campaign.CellNumber
	case "DateTime": // 2026-03-01T00:00:00.000
		c.Type = campaign.CellDate
		date, time, _ := strings.Cut(value, "T")
		time, _, _ = strings.Cut(time, ".")
		c.Text = strings.TrimPrefix(strings.TrimSuffix(date+" "+time, " 00:00:00"), "1899-12-31 ") // a time alone
	case "Boolean":
		c.Type, c.Text = campaign.CellBool, "FALSE"
		if value == "1" {
			c.Text = "TRUE"
		}
	case "Error":
		c.Type = campaign.CellError
	}
	return c
}

func (x *xmlRows) problems() []campaign.CellProblem { return nil }
func (x *xmlRows) done() float64                    { return x.read.done() }
func (x *xmlRows) padded() bool                     { return true }
func (x *xmlRows) Close() error                     { return nil }
