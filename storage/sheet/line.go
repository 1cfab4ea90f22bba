package sheet

import (
	"bytes"
	"math"
	"strings"

	"rollcall/campaign"
)

// line is a row while it is read. What its cells hold is kept in one piece, of
// which one string is made at the end.
type line struct {
	value, formula []byte // of the cell that is being read
	shown          []byte // its number
	text           []byte
	list           []campaign.Cell
	cuts           []cutOut
}

// cutOut says where in the line's text a cell's texts stand.
type cutOut struct {
	cell          int
	text, textEnd int
	raw, rawEnd   int
}

func (l *line) reset() {
	l.text, l.list, l.cuts = l.text[:0], l.list[:0], l.cuts[:0]
}

// put adds a cell in its column; those before it are empty.
func (l *line) put(column int, c campaign.Cell) {
	for len(l.list) < column-1 {
		l.list = append(l.list, campaign.Cell{})
	}
	l.list = append(l.list, c)
}

// keep adds a text to the line's.
func (l *line) keep(text []byte) (from, end int) {
	from = len(l.text)
	l.text = append(l.text, text...)
	return from, len(l.text)
}

// cells returns the row's cells, valid until the next row.
func (l *line) cells(s *scanner) ([]campaign.Cell, error) {
	if len(l.text) == 0 {
		return l.list, nil
	}
	if err := readable(l.text); err != nil {
		return nil, damage("row %d: %w", s.row, err)
	}
	all := string(l.text)
	for _, c := range l.cuts {
		cell := &l.list[c.cell]
		cell.Text = all[c.text:c.textEnd]
		if cell.Raw == "" {
			cell.Raw = all[c.raw:c.rawEnd]
		}
	}
	return l.list, nil
}

// add gives the cell that was read its type, and adds it to the line. Empty
// ones are left out.
func (s *scanner) add(c storedCell) error {
	plain := c.kind == "" || c.kind == "n"
	switch {
	case c.counted:
		return s.addFormula(c)
	case plain:
		return s.addNumber(c)
	case c.kind == "s":
		return s.addShared(c)
	case c.kind == "d":
		return s.addDate(c)
	case c.kind == "b":
		s.cell(c.column, campaign.CellBool, boolean(s.line.value), s.line.value)
	case c.kind == "e":
		s.cell(c.column, campaign.CellError, s.line.value, s.line.value)
	default:
		s.addText(c)
	}
	return nil
}

// cell adds a cell unless it is empty.
func (s *scanner) cell(column int, kind campaign.CellType, text, raw []byte) {
	l := &s.line
	if len(bytes.TrimSpace(text)) == 0 && len(bytes.TrimSpace(raw)) == 0 {
		return
	}
	cut := cutOut{cell: column - 1}
	cut.text, cut.textEnd = l.keep(text)
	if cut.raw, cut.rawEnd = cut.text, cut.textEnd; !bytes.Equal(text, raw) {
		cut.raw, cut.rawEnd = l.keep(raw)
	}
	l.put(column, campaign.Cell{Type: kind})
	l.cuts = append(l.cuts, cut)
}

func boolean(v []byte) []byte {
	if isTrue(v) {
		return []byte("TRUE")
	}
	if len(v) == 0 {
		return nil
	}
	return []byte("FALSE")
}

func (s *scanner) addText(c storedCell) {
	text := s.line.value
	if f := s.styles.format(c.style); f.words {
		text = f.appendText(nil, string(text))
	}
	s.cell(c.column, campaign.CellText, text, s.line.value)
}

func (s *scanner) addShared(c storedCell) error {
	value := bytes.TrimSpace(s.line.value)
	if len(value) == 0 {
		return nil
	}
	text, err := s.sharedText(value)
	if err != nil || strings.TrimSpace(text) == "" {
		return err
	}
	cell := campaign.Cell{Type: campaign.CellText, Text: text, Raw: text}
	if f := s.styles.format(c.style); f.words {
		cell.Text = string(f.appendText(nil, text))
	}
	s.line.put(c.column, cell)
	return nil
}

func (s *scanner) sharedText(index []byte) (string, error) {
	i, ok := whole(index)
	text, found := "", false
	if ok {
		text, found = s.shared.text(i)
	}
	switch {
	case found:
		return text, nil
	case s.shared.err != nil:
		return "", damage("a text in row %d is missing: %w", s.row, s.shared.err)
	default:
		return "", damage("a text in row %d is missing", s.row)
	}
}

func (s *scanner) addNumber(c storedCell) error {
	raw := bytes.TrimSpace(s.line.value)
	if len(raw) == 0 {
		return nil
	}
	f := s.styles.format(c.style)
	text, err := s.shown(f, raw)
	if err != nil {
		return err
	}
	kind := campaign.CellNumber
	if f.date {
		kind = campaign.CellDate
	}
	s.cell(c.column, kind, text, raw)
	return nil
}

// shown returns a number as the user sees it, valid until the next cell.
func (s *scanner) shown(f *format, raw []byte) ([]byte, error) {
	if f.general && short(raw) {
		return raw, nil
	}
	v, ok := number(raw)
	if !ok {
		return nil, damage("a number in row %d cannot be read", s.row)
	}
	if math.IsInf(v, 0) {
		return raw, nil
	}
	s.line.shown = f.append(s.line.shown[:0], v, s.styles.date1904)
	return s.line.shown, nil
}

// short tells whether a number is shown as it is stored: whole, of at most 11
// digits.
func short(raw []byte) bool {
	_, ok := whole(raw)
	return ok && len(raw) <= 11 && (raw[0] != '0' || len(raw) == 1)
}

// addDate adds a date that is stored as ISO 8601 has it.
func (s *scanner) addDate(c storedCell) error {
	raw := bytes.TrimSpace(s.line.value)
	if len(raw) == 0 {
		return nil
	}
	text := raw
	if v, ok := isoDate(string(raw)); ok {
		f := s.styles.format(c.style)
		if !f.date {
			f = isoFormat(v)
		}
		text = f.append(nil, v, false)
	}
	s.cell(c.column, campaign.CellDate, text, raw)
	return nil
}

// addFormula adds a cell with a formula: what it came to, and how. Where other
// cells share a formula, only the first of them has its text (18.3.1.40).
func (s *scanner) addFormula(c storedCell) error {
	text, err := s.result(c)
	if err != nil {
		return err
	}
	raw := "="
	l := &s.line
	cut := cutOut{cell: c.column - 1}
	cut.text, cut.textEnd = l.keep(text)
	if len(l.formula) > 0 {
		raw = ""
		cut.raw, _ = l.keep([]byte("="))
		_, cut.rawEnd = l.keep(l.formula)
	}
	l.put(c.column, campaign.Cell{Type: campaign.CellFormula, Raw: raw})
	l.cuts = append(l.cuts, cut)
	return nil
}

// result is what a formula came to as the user sees it, but with all digits: it
// has no other place for them.
func (s *scanner) result(c storedCell) ([]byte, error) {
	value := s.line.value
	switch c.kind {
	case "b":
		return boolean(value), nil
	case "s":
		value = bytes.TrimSpace(value)
		if len(value) == 0 {
			return nil, nil
		}
		text, err := s.sharedText(value)
		return []byte(text), err
	case "", "n":
		value = bytes.TrimSpace(value)
		if len(value) == 0 {
			return nil, nil
		}
		text, err := s.shown(s.styles.format(c.style), value)
		if err != nil || !exponent.Match(text) {
			return text, err
		}
	}
	return value, nil
}
