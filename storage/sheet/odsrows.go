package sheet

import (
	"errors"
	"io"
	"strconv"

	"rollcall/campaign"
)

// odsRows is a source: the rows of one sheet of an OpenDocument spreadsheet.
// A row and a cell may say that they stand for many (ODF 1.2, part 1, 19.675
// and 19.678).
type odsRows struct {
	io.Closer
	lexer  *lexer
	at     *countedAt
	before int64 // bytes of the file that were read for the survey
	size   int64
	depth  int // of the sheet's element
	number int // of the last row
	repeat int // how often the row is to be given again
	row    campaign.TableRow
	spare  int // cells that may yet be given more than once
	cell   odsCell
	ended  error
}

// maxRepeated is how many cells may be given that are not in the file, but
// repeat others.
const maxRepeated = 1 << 24

// rows begins to read a sheet.
func (d *document) rows(chosen sheetPart) (source, error) {
	before := d.at.n
	l, closer, err := d.open()
	if err != nil {
		return nil, err
	}
	s := &odsRows{
		lexer: l, Closer: closer, at: d.at, before: before, size: d.size,
		depth: d.within + 1, spare: maxRepeated,
	}
	number, _ := strconv.Atoi(chosen.id) // note has written it
	if err := s.seek(number); err != nil {
		return nil, errors.Join(damage("the sheet %q breaks: %w", chosen.info.Name, err), closer.Close())
	}
	return s, nil
}

// seek goes to the beginning of a sheet, counted from 0.
func (s *odsRows) seek(sheet int) error {
	inside := false
	for {
		kind, err := s.lexer.next()
		switch {
		case err != nil:
			return err
		case kind == tokenEOF:
			return io.ErrUnexpectedEOF
		case kind != tokenStart:
		case string(s.lexer.local()) == "spreadsheet" && s.lexer.depth() == s.depth-1:
			inside = true
		case inside && string(s.lexer.local()) == "table" && s.lexer.depth() == s.depth:
			if sheet == 0 {
				return nil
			}
			sheet--
		}
	}
}

func (s *odsRows) next() (campaign.TableRow, error) {
	for s.repeat == 0 && s.ended == nil {
		s.ended = s.advance()
	}
	if s.repeat == 0 {
		return campaign.TableRow{}, s.ended
	}
	s.repeat--
	s.number++
	s.row.Number = s.number
	return s.row, nil
}

// advance goes on to the next row that has cells.
func (s *odsRows) advance() error {
	kind, err := s.lexer.next()
	switch {
	case err != nil:
		return s.broken(err)
	case kind == tokenEOF:
		return io.EOF
	case kind == tokenEnd && s.lexer.depth() < s.depth:
		return s.finish()
	case kind != tokenStart:
		return nil
	}
	switch string(s.lexer.local()) {
	case "table-row":
		return s.readRow()
	case "table-header-rows", "table-row-group", "table-rows":
		return nil // rows are in it
	}
	return s.broken(s.lexer.skip())
}

func (s *odsRows) broken(err error) error {
	if err == nil || isFault(err) {
		return err
	}
	return damage("the sheet breaks after row %d: %w", s.number, err)
}

// finish reads what follows the sheet, so that damage there is found too.
func (s *odsRows) finish() error {
	for {
		kind, err := s.lexer.next()
		if err != nil {
			return damage("the document breaks after the sheet: %w", err)
		}
		if kind == tokenEOF {
			return io.EOF
		}
	}
}

// readRow reads a row, and for how many it stands.
func (s *odsRows) readRow() error {
	times := repeated(s.lexer.attr("number-rows-repeated"))
	hidden := s.lexer.attr("visibility")
	s.row.Hidden = hidden == "collapse" || hidden == "filter"
	s.row.Cells = s.row.Cells[:0]
	column := 0
	for depth := s.lexer.depth(); ; {
		kind, err := s.lexer.next()
		if err != nil {
			return s.broken(err)
		}
		if kind == tokenEnd && s.lexer.depth() < depth {
			return s.stands(times)
		}
		if kind != tokenStart {
			continue
		}
		if name := string(s.lexer.local()); name != "table-cell" && name != "covered-table-cell" {
			err = s.lexer.skip()
		} else {
			column, err = s.place(column)
		}
		if err != nil {
			return s.broken(err)
		}
	}
}

// stands takes a row for so many; one without cells is only counted.
func (s *odsRows) stands(times int) error {
	if len(s.row.Cells) == 0 {
		s.number = min(s.number+times, 2*maxRows)
		return nil
	}
	if times > maxRows-s.number {
		return damage("row %d is outside a sheet", maxRows+1)
	}
	if err := s.spend((times - 1) * len(s.row.Cells)); err != nil {
		return err
	}
	s.repeat = times
	return nil
}

func (s *odsRows) spend(cells int) error {
	if s.spare -= cells; s.spare < 0 {
		return &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return nil
}

// place reads a cell that stands after column, and returns the last column it
// stands for. Empty cells are added when one with content follows.
func (s *odsRows) place(column int) (int, error) {
	if err := s.cell.read(s.lexer); err != nil {
		return 0, err
	}
	cell, err := s.cell.made()
	if err != nil {
		return 0, err
	}
	times := s.cell.times
	if empty(cell) {
		return min(column+times, 2*maxColumns), nil
	}
	if times > maxColumns-column {
		return 0, errOutside
	}
	if err := s.spend(times - 1 + column - len(s.row.Cells)); err != nil {
		return 0, err
	}
	for len(s.row.Cells) < column {
		s.row.Cells = append(s.row.Cells, campaign.Cell{})
	}
	for range times {
		s.row.Cells = append(s.row.Cells, cell)
	}
	return column + times, nil
}

// repeated reads how many rows or cells one stands for, at least one.
func repeated(times string) int {
	if times == "" {
		return 1
	}
	n, err := strconv.Atoi(times)
	if err != nil {
		return 2 * maxRows // as many as nobody has
	}
	return min(max(n, 1), 2*maxRows)
}

func (s *odsRows) problems() []campaign.CellProblem { return nil }
func (s *odsRows) padded() bool                     { return true }

func (s *odsRows) done() float64 {
	return min(1, float64(s.at.n-s.before)/float64(max(s.size, 1)))
}
