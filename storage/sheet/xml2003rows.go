package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// xmlRows is a source: the rows of a sheet of an XML Spreadsheet 2003. It ends
// with the sheet's table: what comes after it is none of its rows.
type xmlRows struct {
	xml    *xml.Decoder
	read   *measure
	depth  int  // of the element that is being read
	empty  bool // the sheet has no table
	number int  // of the last row
	cells  []campaign.Cell
}

// token returns the next token, and keeps count of how deep it lies.
func (x *xmlRows) token() (xml.Token, error) {
	t, err := x.xml.Token()
	if err != nil {
		return nil, x.broken(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, damage("elements lie too deep in row %d", x.number)
		}
	case xml.EndElement:
		x.depth--
	case xml.Directive:
		if !strings.HasPrefix(string(t), "--") {
			return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an XML file with definitions of its own"}
		}
	}
	return t, nil
}

func (x *xmlRows) broken(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return damage("after row %d: %w", x.number, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return damage("it ends after row %d", x.number)
	default:
		return err
	}
}

// find goes to the table of a sheet.
func (x *xmlRows) find(sheet string) error {
	for here := false; ; {
		t, err := x.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			here = here || t.Name.Local == "Worksheet" && valueOf(t, "Name") == sheet
			if here && t.Name.Local == "Table" {
				return nil
			}
		case xml.EndElement:
			if here && t.Name.Local == "Worksheet" {
				x.empty = true
				return nil
			}
		}
	}
}

func (x *xmlRows) next() (campaign.TableRow, error) {
	for !x.empty {
		t, err := x.token()
		if err != nil {
			return campaign.TableRow{}, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			x.empty = t.Name.Local == "Table"
		case xml.StartElement:
			if t.Name.Local == "Row" {
				return x.row(t)
			}
		}
	}
	return campaign.TableRow{}, io.EOF
}

// index is where a row or a cell is: where it says, else after the last.
func (x *xmlRows) index(e xml.StartElement, last, limit int) (int, error) {
	at := last + 1
	if said := valueOf(e, "Index"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n <= last {
			return 0, damage("%s %q follows %d in row %d", strings.ToLower(e.Name.Local), said, last, x.number)
		}
		at = n
	}
	if at > limit {
		return 0, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return at, nil
}

// further is how many more rows or columns something takes.
func further(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(valueOf(e, name))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, maxRows)
}

func (x *xmlRows) row(start xml.StartElement) (campaign.TableRow, error) {
	number, err := x.index(start, x.number, maxRows)
	if err != nil {
		return campaign.TableRow{}, err
	}
	row := campaign.TableRow{Number: number, Hidden: valueOf(start, "Hidden") == "1"}
	x.cells = x.cells[:0]
	last := 0
	for {
		t, err := x.token()
		if err != nil {
			return row, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			x.number = number + further(start, "Span")
			row.Cells = x.cells
			row.Problems = unreadable(row)
			return row, nil
		case xml.StartElement:
			if t.Name.Local != "Cell" {
				err = x.skip()
			} else {
				last, err = x.cell(t, last)
			}
			if err != nil {
				return row, err
			}
		}
	}
}

// cell reads the cell after column last, and returns the last column it takes.
func (x *xmlRows) cell(start xml.StartElement, last int) (int, error) {
	column, err := x.index(start, last, maxColumns)
	if err != nil {
		return 0, err
	}
	for len(x.cells) < column {
		x.cells = append(x.cells, campaign.Cell{})
	}
	for {
		t, err := x.token()
		if err != nil {
			return 0, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return min(column+further(start, "MergeAcross"), maxColumns), nil
		case xml.StartElement:
			if err := x.content(t, valueOf(start, "Formula"), &x.cells[column-1]); err != nil {
				return 0, err
			}
		}
	}
}

// content reads what lies in a cell: its value, or a comment.
func (x *xmlRows) content(start xml.StartElement, formula string, c *campaign.Cell) (err error) {
	if start.Name.Local != "Data" {
		return x.skip()
	}
	if *c, err = x.data(start); formula != "" {
		c.Type, c.Raw = campaign.CellFormula, formula
	}
	return err
}

// data reads what a cell holds; letters that are formatted are in elements of
// their own.
func (x *xmlRows) data(start xml.StartElement) (campaign.Cell, error) {
	var text strings.Builder
	for depth := x.depth; x.depth >= depth; {
		t, err := x.token()
		if err != nil {
			return campaign.Cell{}, err
		}
		if letters, is := t.(xml.CharData); is {
			text.Write(letters)
		}
		if text.Len() > maxRecord {
			return campaign.Cell{}, &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
	}
	return x.typed(valueOf(start, "Type"), text.String())
}

func (x *xmlRows) typed(kind, value string) (campaign.Cell, error) {
	if value == "" {
		return campaign.Cell{}, nil
	}
	c := campaign.Cell{Type: campaign.CellText, Text: value, Raw: value}
	switch kind {
	case "Number":
		c.Type = campaign.CellNumber
		if !numeric(strings.TrimSpace(value)) {
			return c, damage("a number after row %d cannot be read", x.number)
		}
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
	return c, nil
}

// skip passes over the element that has begun.
func (x *xmlRows) skip() error {
	for depth := x.depth; x.depth >= depth; {
		if _, err := x.token(); err != nil {
			return err
		}
	}
	return nil
}

func (x *xmlRows) problems() []campaign.CellProblem { return nil }
func (x *xmlRows) done() float64                    { return x.read.done() }
func (x *xmlRows) padded() bool                     { return true }
func (x *xmlRows) Close() error                     { return nil }
