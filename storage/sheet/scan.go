package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"rollcall/campaign"
)

// scanner reads a sheet's XML row by row, to its very end, and refuses what is
// not whole: tags that do not match or are missing, rows or cells that repeat
// or go backwards, strings that are not there (ECMA-376 18.3.1).
type scanner struct {
	lex    *lexer
	shared *sharedStrings
	styles *styles

	row       int // number of the last row that began
	dimension string
	prefix    []byte // of the sheet's own elements, with its colon
	state     scanState
	line      line
}

type scanState byte

const (
	scanBefore scanState = iota // of the rows
	scanRows
	scanAfter
)

var (
	errRoot = errors.New("it is another kind of part")
	errText = errors.New("bytes that are no text")
)

// readable refuses texts that are not UTF-8, and zeros, which no writer means.
// Other control characters are against XML 1.0, but harm nobody.
func readable(text []byte) error {
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return errText
	}
	return nil
}

// next returns the next row; io.EOF after the last, once the document has
// turned out to be complete.
func (s *scanner) next() (campaign.TableRow, error) {
	row, err := s.advance()
	switch {
	case err == nil || errors.Is(err, io.EOF) && s.state == scanAfter || isFault(err):
		return row, err
	case s.row == 0:
		return row, damage("the sheet cannot be read: %w", err)
	default:
		return row, damage("the sheet ends or breaks after row %d: %w", s.row, err)
	}
}

func (s *scanner) advance() (campaign.TableRow, error) {
	if s.state == scanBefore {
		if err := s.begin(); err != nil {
			return campaign.TableRow{}, err
		}
	}
	for s.state == scanRows {
		kind, err := s.lex.next()
		switch {
		case err != nil:
			return campaign.TableRow{}, unexpected(err)
		case kind == tokenEnd:
			s.state = scanAfter
		case kind == tokenStart && s.own("row"):
			return s.readRow()
		case kind == tokenStart:
			if err := s.foreign(); err != nil {
				return campaign.TableRow{}, err
			}
		}
	}
	return campaign.TableRow{}, s.rest()
}

func isFault(err error) bool {
	var fault *campaign.FileError
	return errors.As(err, &fault)
}

// unexpected keeps an end that comes too early from being taken for the end.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// own tells whether the element is the sheet's own one of that name.
func (s *scanner) own(name string) bool {
	full := s.lex.name
	return len(full) == len(s.prefix)+len(name) && bytes.HasPrefix(full, s.prefix) && string(full[len(s.prefix):]) == name
}

// foreign skips an element of an extension; others do not belong here and may
// have been rows or cells.
func (s *scanner) foreign() error {
	local := s.lex.local()
	if len(s.lex.name)-len(local) == len(s.prefix) && bytes.HasPrefix(s.lex.name, s.prefix) && string(local) != "extLst" {
		return damage("after row %d there is <%.40s> where a row or a cell should be", s.row, s.lex.name)
	}
	return s.lex.skip()
}

// begin reads up to the rows.
func (s *scanner) begin() error {
	for {
		kind, err := s.lex.next()
		switch {
		case err != nil:
			return unexpected(err)
		case kind == tokenEOF:
			return damage("the sheet has no rows, not even none")
		case kind != tokenStart:
		case s.lex.depth() == 1:
			if string(s.lex.local()) != "worksheet" {
				return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a sheet without cells"}
			}
			s.prefix = bytes.Clone(s.lex.name[:len(s.lex.name)-len("worksheet")])
		case s.lex.depth() == 2 && s.own("dimension"):
			s.dimension = s.lex.attr("ref")
		case s.lex.depth() == 2 && s.own("sheetData"):
			s.state = scanRows
			return nil
		case s.own("row"):
			return damage("a row stands outside of the rows")
		}
	}
}

// rest reads what follows the rows, to the end of the part.
func (s *scanner) rest() error {
	for {
		kind, err := s.lex.next()
		switch {
		case err != nil:
			return unexpected(err)
		case kind == tokenEOF && s.shared.err != nil:
			return damage("the texts of the workbook end or break: %w", s.shared.err)
		case kind == tokenEOF:
			return io.EOF
		case kind == tokenStart && (s.own("row") || s.own("sheetData")):
			return damage("after row %d there is <%.40s> where the rows have ended", s.row, s.lex.name)
		}
	}
}

func (s *scanner) readRow() (campaign.TableRow, error) {
	row := campaign.TableRow{Number: s.row + 1}
	for attrs := s.lex.attrs; ; {
		name, value, rest := nextAttribute(attrs)
		if name == nil {
			if len(rest) > 0 {
				return row, errTag
			}
			break
		}
		switch string(name) {
		case "r":
			n, ok := whole(value)
			if !ok || n <= s.row {
				return row, damage("row %.20q follows row %d", value, s.row)
			}
			row.Number = n
		case "hidden":
			row.Hidden = isTrue(value)
		}
		attrs = rest
	}
	if row.Number > maxRows {
		return row, damage("row %d is outside a sheet", row.Number)
	}
	before := s.row
	s.row = row.Number
	err := s.readCells()
	if err == nil {
		row.Cells, err = s.line.cells(s)
	}
	if err != nil && !isFault(err) {
		s.row = before
	}
	return row, err
}

// whole reads a number without sign or anything else.
func whole(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<40 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" || string(b) == "on" }

func (s *scanner) readCells() error {
	s.line.reset()
	for last := 0; ; {
		kind, err := s.lex.next()
		switch {
		case err != nil:
			return unexpected(err)
		case kind == tokenEnd:
			return nil
		case kind == tokenStart && s.own("c"):
			if last, err = s.readCell(last); err != nil {
				return err
			}
		case kind == tokenStart:
			if err := s.foreign(); err != nil {
				return err
			}
		}
	}
}

// storedCell is a cell as the sheet's XML has it (18.3.1.4).
type storedCell struct {
	column  int
	kind    string // attribute t, of those there are
	style   int
	counted bool // has a formula
}

// readCell reads a cell that stands after column last, and returns its own.
func (s *scanner) readCell(last int) (int, error) {
	c, err := s.readHead(last)
	if err != nil {
		return last, err
	}
	s.line.value, s.line.formula = s.line.value[:0], s.line.formula[:0]
	for {
		kind, err := s.lex.next()
		switch {
		case err != nil:
			return last, unexpected(err)
		case kind == tokenEnd:
			return c.column, s.add(c)
		case kind == tokenStart:
			if err := s.readPart(&c); err != nil {
				return last, err
			}
		}
	}
}

// readHead reads the attributes of a cell.
func (s *scanner) readHead(last int) (storedCell, error) {
	c := storedCell{column: last + 1}
	for attrs := s.lex.attrs; ; {
		name, value, rest := nextAttribute(attrs)
		if name == nil {
			if len(rest) > 0 {
				return c, errTag
			}
			break
		}
		ok := true
		switch string(name) {
		case "r":
			ok = s.place(&c, value)
		case "s":
			c.style, ok = whole(value)
		case "t":
			c.kind, ok = cellKind(value)
		}
		if !ok {
			return c, damage("a cell in row %d has %s=%.40q", s.row, name, value)
		}
		attrs = rest
	}
	if c.column <= last || c.column > maxColumns {
		return c, damage("cell %s%d follows column %s", letters(c.column), s.row, letters(last))
	}
	return c, nil
}

// place reads a cell's reference, which must be one of this row.
func (s *scanner) place(c *storedCell, ref []byte) bool {
	column, i := 0, 0
	for ; i < len(ref) && i < 4 && letter(ref[i]); i++ {
		column = column*26 + int(ref[i]|0x20-'a') + 1
	}
	row, ok := whole(ref[i:])
	c.column = column
	return ok && column > 0 && row == s.row
}

// cellKind knows the types of a cell (18.18.11).
func cellKind(t []byte) (string, bool) {
	for _, kind := range [...]string{"s", "n", "str", "inlineStr", "b", "e", "d"} {
		if string(t) == kind {
			return kind, true
		}
	}
	return "", len(t) == 0
}

func (s *scanner) readPart(c *storedCell) (err error) {
	l := &s.line
	switch {
	case s.own("v"):
		from := len(l.value)
		if l.value, err = s.lex.content(l.value); err == nil && c.kind == "str" {
			l.value = unescapeCells(l.value, from)
		}
	case s.own("f"):
		c.counted = true
		l.formula, err = s.lex.content(l.formula)
	case s.own("is"):
		l.value, err = s.lex.rich(l.value)
	default:
		err = s.foreign()
	}
	return err
}

// cut tells whether the sheet promised more rows than it had.
func (s *scanner) cut() bool {
	a, ok := parseArea(s.dimension)
	return ok && s.state == scanAfter && a.lastRow > s.row && a.lastRow < maxRows
}

// number reads a number as XML Schema has it (double), without the words.
func number(b []byte) (float64, bool) {
	if n, ok := whole(b); ok && len(b) <= 15 {
		return float64(n), true
	}
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, false
	}
	for _, c := range b {
		if letter(c) && c|0x20 != 'e' || c == '_' {
			return 0, false
		}
	}
	return v, true
}
