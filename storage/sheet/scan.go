package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// rawCell is a cell as the sheet's XML has it (ECMA-376 18.3.1.4).
type rawCell struct {
	column  int    // from 1
	kind    string // attribute t
	style   int
	value   string
	formula string
	counted bool // has a formula
}

// scanner reads a sheet's XML row by row, to its very end, and refuses what is
// not whole: tags that do not match or are missing, rows or cells that repeat
// or go backwards, strings that are not there.
type scanner struct {
	xml       *xml.Decoder
	strings   int // how many shared strings there are
	row       int // number of the last row read
	dimension string
	begun     bool
}

// next returns the next row; io.EOF after the last, once the document has
// turned out to be complete.
func (s *scanner) next() (int, []rawCell, error) {
	for {
		token, err := s.xml.Token()
		if errors.Is(err, io.EOF) && !s.begun {
			return 0, nil, damage("the sheet is empty")
		}
		if errors.Is(err, io.EOF) {
			return 0, nil, io.EOF
		}
		if err != nil {
			return 0, nil, s.broken(err)
		}
		start, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		if !s.begun && start.Name.Local != "worksheet" {
			return 0, nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a sheet without cells"}
		}
		s.begun = true
		switch start.Name.Local {
		case "dimension":
			s.dimension = attribute(start, "ref")
		case "row":
			return s.readRow(start)
		}
	}
}

func (s *scanner) broken(err error) error {
	return damage("the sheet ends or breaks after row %d: %w", s.row, err)
}

func (s *scanner) readRow(start xml.StartElement) (int, []rawCell, error) {
	number := s.row + 1
	if r := attribute(start, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n <= s.row {
			return 0, nil, damage("row %q follows row %d", r, s.row)
		}
		number = n
	}
	if number > maxRows {
		return 0, nil, damage("row %d is outside a sheet", number)
	}
	s.row = number
	var cells []rawCell
	for {
		token, err := s.xml.Token()
		if err != nil {
			return 0, nil, s.broken(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return number, cells, nil
		case xml.StartElement:
			if cells, err = s.readChild(t, cells); err != nil {
				return 0, nil, err
			}
		}
	}
}

// readChild reads an element of a row, and appends it if it is a cell.
func (s *scanner) readChild(start xml.StartElement, cells []rawCell) ([]rawCell, error) {
	if start.Name.Local != "c" {
		if err := s.xml.Skip(); err != nil {
			return nil, s.broken(err)
		}
		return cells, nil
	}
	last := 0
	if len(cells) > 0 {
		last = cells[len(cells)-1].column
	}
	cell, err := s.readCell(start, last)
	return append(cells, cell), err
}

// readCell reads a cell that stands after column last.
func (s *scanner) readCell(start xml.StartElement, last int) (rawCell, error) {
	c := rawCell{column: last + 1, kind: attribute(start, "t")}
	if ref := attribute(start, "r"); ref != "" {
		c.column = columnOf(ref)
	}
	if c.column <= last || c.column > maxColumns {
		return c, damage("cell %q in row %d is out of order", attribute(start, "r"), s.row)
	}
	if style := attribute(start, "s"); style != "" {
		n, err := strconv.Atoi(style)
		if err != nil {
			return c, damage("a cell in row %d has the style %q", s.row, style)
		}
		c.style = n
	}
	for {
		token, err := s.xml.Token()
		if err != nil {
			return c, s.broken(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return c, s.check(c)
		case xml.StartElement:
			if err := s.readPart(&c, t); err != nil {
				return c, s.broken(err)
			}
		}
	}
}

func (s *scanner) readPart(c *rawCell, start xml.StartElement) error {
	switch start.Name.Local {
	case "v":
		return s.xml.DecodeElement(&c.value, &start)
	case "f":
		c.counted = true
		return s.xml.DecodeElement(&c.formula, &start)
	default:
		return s.xml.Skip()
	}
}

// check refuses a string that is not among the shared ones, and a number that
// is none.
func (s *scanner) check(c rawCell) error {
	switch {
	case c.kind == "s" && c.value != "":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || i < 0 || i >= s.strings {
			return damage("a text in row %d is missing", s.row)
		}
	case (c.kind == "" || c.kind == "n") && c.value != "":
		if _, err := strconv.ParseFloat(strings.TrimSpace(c.value), 64); err != nil && !errors.Is(err, strconv.ErrRange) {
			return damage("a number in row %d cannot be read", s.row)
		}
	}
	return nil
}

// cut tells whether the sheet promised more rows than it had.
func (s *scanner) cut() bool {
	_, last, found := strings.Cut(s.dimension, ":")
	if !found {
		return false
	}
	n, err := strconv.Atoi(strings.TrimLeft(last, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return err == nil && n > s.row
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnOf returns the column of a reference, AB12 being 28, 0 if it is none.
func columnOf(ref string) int {
	ref = strings.ToUpper(ref)
	column, i := 0, 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	if i == len(ref) || ref[i] < '1' || ref[i] > '9' {
		return 0
	}
	return column
}

// letters names a column as spreadsheets do, 28 being AB.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
