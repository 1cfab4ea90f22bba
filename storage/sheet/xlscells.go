package sheet

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// xlsKind is what the value of a cell is.
type xlsKind uint8

// The kinds of values; counted is added where a formula gave it.
const (
	xlsNumber xlsKind = iota
	xlsShared         // a text of the workbook's table, by its number
	xlsOwn            // a text of the sheet, by its number
	xlsBool
	xlsError
	xlsCounted xlsKind = 0x80
)

// xlsCell is a cell in the smallest form, since those of a whole sheet are
// held: old programs write them in any order.
type xlsCell struct {
	value  uint64
	row    uint16 // from 0
	style  uint16
	column uint8 // from 0
	kind   xlsKind
}

func (c xlsCell) place() uint32 { return uint32(c.row)<<8 | uint32(c.column) }

// xlsRows is a source: the rows of one sheet of an old workbook.
type xlsRows struct {
	book      *xlsBook
	b         *biff
	cells     []xlsCell
	at        int // the first cell not yet given
	own       texts
	formulas  map[uint32]string   // those known, by place
	hidden    map[uint16]struct{} // rows
	awaiting  bool                // the last cell's text stands in the next record
	unordered bool
	promised  [2]int // rows, columns
	seen      int    // the last row there is a record of
	broken    error
	whole     int // with broken: rows below this one, from 0, are complete
	row       []campaign.Cell
	shown     []byte
}

// read collects a sheet's cells. Damage is kept for later: the rows before it
// are given first.
func (w *xlsBook) read(s xlsSheet) (source, error) {
	r := &xlsRows{book: w, formulas: map[uint32]string{}, hidden: map[uint16]struct{}{}}
	if s.at < 0 || s.at >= w.stream.Size() {
		return nil, damage("the sheet %q is missing", s.name)
	}
	r.b = newBIFF(io.NewSectionReader(w.stream, s.at, w.stream.Size()-s.at), s.at, w.lock.again())
	if _, err := w.begin(r.b); err != nil {
		return nil, damage("the sheet %q is missing: %w", s.name, err)
	}
	err := r.collect()
	if err != nil && !broken(err) {
		return nil, err // of the file system, or the context's
	}
	r.sort(err)
	return r, nil
}

// breakOff notes where the sheet breaks: the row of its last cell may lack some.
func (s *xlsRows) breakOff(err error) {
	last := 0
	if len(s.cells) > 0 {
		last = int(s.cells[len(s.cells)-1].row)
	}
	s.whole = last
	if s.unordered {
		s.whole = 0
	}
	s.broken = damage("the sheet breaks in row %d: %w", last+1, err)
}

// collect reads records up to the end of the sheet. Charts in it have ends of
// their own.
func (s *xlsRows) collect() error {
	for depth := 1; depth > 0; {
		if err := s.b.next(); err != nil {
			return err
		}
		switch s.b.kind {
		case recBOF:
			depth++
		case recEOF:
			depth--
		default:
			if depth > 1 {
				continue
			}
			if err := s.record(); err != nil {
				return err
			}
		}
	}
	return nil
}

// record takes what a record says of cells.
func (s *xlsRows) record() error {
	b := s.b
	switch b.kind {
	case recDimensions:
		s.promised[0], s.promised[1] = s.book.dimensions(b)
	case recRow:
		return s.rowRecord()
	case recBlank, recMulBlank:
		s.seen = max(s.seen, b.u16(0)+1)
	case recNumber:
		return s.add(14, xlsNumber, b.u64(6))
	case recRK:
		return s.add(10, xlsNumber, unpackRK(b.u32(6)))
	case recMulRK:
		return s.mulRK()
	case recLabelSST:
		return s.add(10, xlsShared, uint64(b.u32(6)))
	case recBoolErr:
		return s.boolErr()
	case recLabel, recRString:
		return s.label()
	case recFormula5, recFormula3, recFormula4:
		return s.formula()
	case recString:
		return s.result()
	}
	return nil
}

// rowRecord notes a row that is hidden or filtered away (MS-XLS 2.4.221).
func (s *xlsRows) rowRecord() error {
	if len(s.b.data) < 14 {
		return errRecord
	}
	row := s.b.u16(0)
	s.seen = max(s.seen, row+1)
	if s.b.data[12]&0x20 != 0 {
		s.hidden[uint16(row)] = struct{}{} //nolint:gosec // two bytes
	}
	return nil
}

// add takes a cell whose record has at least size bytes.
func (s *xlsRows) add(size int, kind xlsKind, value uint64) error {
	if len(s.b.data) < size {
		return errRecord
	}
	return s.put(xlsCell{kind: kind, value: value, style: uint16(s.b.u16(4))}, s.b.u16(2)) //nolint:gosec // two bytes
}

// put adds a cell of the record's row.
func (s *xlsRows) put(c xlsCell, column int) error {
	if column > 255 || len(s.cells) >= maxXLSCells {
		return errOutside
	}
	c.row, c.column = uint16(s.b.u16(0)), uint8(column) //nolint:gosec // two bytes, one
	if n := len(s.cells); n > 0 && c.row < s.cells[n-1].row {
		s.unordered = true
	}
	s.seen = max(s.seen, int(c.row)+1)
	s.cells = append(s.cells, c)
	s.awaiting = false
	return nil
}

// mulRK takes the numbers of several cells side by side (MS-XLS 2.4.175).
func (s *xlsRows) mulRK() error {
	if len(s.b.data) < 12 || len(s.b.data)%6 != 0 {
		return errRecord
	}
	for i := range (len(s.b.data) - 6) / 6 {
		at := 4 + 6*i
		c := xlsCell{value: unpackRK(s.b.u32(at + 2)), style: uint16(s.b.u16(at))} //nolint:gosec // two bytes
		if err := s.put(c, s.b.u16(2)+i); err != nil {
			return err
		}
	}
	return nil
}

// unpackRK is a number in four bytes (MS-XLS 2.5.122): an integer or the upper
// half of a floating-point number, either of them perhaps a hundredfold.
func unpackRK(rk uint32) uint64 {
	v := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2) //nolint:gosec // the sign is meant
	}
	if rk&1 != 0 {
		v /= 100
	}
	return math.Float64bits(v)
}

func (s *xlsRows) boolErr() error {
	if len(s.b.data) < 8 {
		return errRecord
	}
	kind := xlsBool
	if s.b.data[7] != 0 {
		kind = xlsError
	}
	return s.add(8, kind, uint64(s.b.data[6]))
}

// label takes a text that stands in its cell.
func (s *xlsRows) label() error {
	if len(s.b.data) < 8 {
		return errRecord
	}
	if err := s.add(8, xlsOwn, uint64(len(s.own.ends))); err != nil {
		return err
	}
	text, err := s.book.spelling.text(&pieces{s.b, s.b.data[6:]}, 2)
	if err != nil {
		return err
	}
	s.own.add(text)
	return nil
}

// sort puts the cells in order, once it is known where the sheet breaks, if it
// does. Those that are there twice stay; next sees them.
func (s *xlsRows) sort(err error) {
	if err != nil {
		s.breakOff(err)
	}
	order := func(a, b xlsCell) int { return cmp.Compare(a.place(), b.place()) }
	if !slices.IsSortedFunc(s.cells, order) {
		slices.SortStableFunc(s.cells, order)
	}
}

func (s *xlsRows) next() (campaign.TableRow, error) {
	if s.at >= len(s.cells) || s.broken != nil && int(s.cells[s.at].row) >= s.whole {
		if s.broken != nil {
			return campaign.TableRow{}, s.broken
		}
		return campaign.TableRow{}, io.EOF
	}
	row := s.cells[s.at].row
	s.row = s.row[:0]
	for ; s.at < len(s.cells) && s.cells[s.at].row == row; s.at++ {
		c := s.cells[s.at]
		if s.at > 0 && s.cells[s.at-1].place() == c.place() {
			if s.cells[s.at-1] == c {
				continue
			}
			return campaign.TableRow{}, damage("cell %s%d is there twice", letters(int(c.column)+1), int(row)+1)
		}
		for len(s.row) < int(c.column) {
			s.row = append(s.row, campaign.Cell{})
		}
		cell, err := s.cell(c)
		if err != nil {
			return campaign.TableRow{}, err
		}
		s.row = append(s.row, cell)
	}
	_, hidden := s.hidden[row]
	return campaign.TableRow{Number: int(row) + 1, Cells: s.row, Hidden: hidden}, nil
}

// cell makes a cell as the user sees it.
func (s *xlsRows) cell(c xlsCell) (campaign.Cell, error) {
	cell := campaign.Cell{}
	f := s.book.styles.format(int(c.style))
	switch c.kind &^ xlsCounted {
	case xlsNumber:
		cell = s.number(math.Float64frombits(c.value), f, c.kind&xlsCounted != 0)
	case xlsBool:
		cell = campaign.Cell{Type: campaign.CellBool, Text: "FALSE", Raw: "0"}
		if c.value != 0 {
			cell.Text, cell.Raw = "TRUE", "1"
		}
	case xlsError:
		cell = campaign.Cell{Type: campaign.CellError, Text: errorText(c.value)}
		cell.Raw = cell.Text
	default:
		list := &s.own
		if c.kind&^xlsCounted == xlsShared {
			list = &s.book.shared
		}
		text, found := list.get(c.value)
		if !found {
			return cell, damage("the text of cell %s%d is missing", letters(int(c.column)+1), int(c.row)+1)
		}
		if strings.TrimSpace(text) != "" {
			cell = campaign.Cell{Type: campaign.CellText, Text: text, Raw: text}
		}
		if f.words && cell.Text != "" {
			cell.Text = string(f.appendText(nil, text))
		}
	}
	if c.kind&xlsCounted != 0 {
		cell.Type, cell.Raw = campaign.CellFormula, "="+s.formulas[c.place()]
	}
	return cell, nil
}

// number makes a cell of a number. What a formula came to is shown with all its
// digits: it has no other place for them.
func (s *xlsRows) number(v float64, f *format, counted bool) campaign.Cell {
	cell := campaign.Cell{Type: campaign.CellNumber, Raw: plainNumber(v)}
	if f.date {
		cell.Type = campaign.CellDate
	}
	s.shown = f.append(s.shown[:0], v, s.book.styles.date1904)
	cell.Text = string(s.shown)
	if counted && exponent.MatchString(cell.Text) {
		cell.Text = cell.Raw
	}
	return cell
}

// plainNumber is a number's shortest decimal form. An exponent has only what no
// list of people contains.
func plainNumber(v float64) string {
	if a := math.Abs(v); a != 0 && (a < 1e-9 || a >= 1e21) {
		return strconv.FormatFloat(v, 'G', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// errorText names an error of a cell (MS-XLS 2.5.10).
func errorText(code uint64) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	default:
		return "#N/A"
	}
}

func (s *xlsRows) problems() []campaign.CellProblem {
	if s.promised[0] <= max(s.seen, 1) { // an empty sheet may have the size of one cell
		return nil
	}
	promised := fmt.Sprintf("A1:%s%d", letters(max(s.promised[1], 1)), s.promised[0])
	return []campaign.CellProblem{{Kind: campaign.ProblemRowsMissing, Value: promised}}
}

func (s *xlsRows) done() float64 {
	if len(s.cells) == 0 {
		return 1
	}
	return float64(s.at) / float64(len(s.cells))
}

func (s *xlsRows) padded() bool { return true }
func (s *xlsRows) Close() error { return nil }
