package sheet

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// odsCell reads a cell (ODF 1.2, part 1, 9.1.4): its value stands in an
// attribute, what the user sees in paragraphs.
type odsCell struct {
	kind    string // of value
	value   string
	formula string
	counted bool // has a formula
	times   int  // how many cells it stands for
	shown   bool // has a paragraph
	text    []byte
	raw     []byte
	begin   int  // of the paragraph in text
	space   bool // white space that follows says nothing
}

var (
	errNumber    = errors.New("a number cannot be read")
	errAttribute = errors.New("an attribute cannot be read")
)

// read reads the cell that has just begun, up to its end.
func (c *odsCell) read(l *lexer) error {
	*c = odsCell{times: 1, text: c.text[:0], raw: c.raw}
	if err := c.attributes(l.attrs); err != nil {
		return err
	}
	for depth := l.depth(); ; {
		kind, err := l.next()
		if err != nil {
			return err
		}
		if kind == tokenEnd && l.depth() < depth {
			return nil
		}
		if kind != tokenStart {
			continue
		}
		switch string(l.local()) {
		case "p", "h":
			err = c.paragraph(l)
		default:
			err = l.skip() // a comment, a drawing
		}
		if err != nil {
			return err
		}
	}
}

func (c *odsCell) attributes(attrs []byte) error {
	for {
		name, value, rest := nextAttribute(attrs)
		if name == nil {
			if len(rest) > 0 {
				return errAttribute
			}
			return nil
		}
		attrs = rest
		if bytes.HasPrefix(name, []byte("calcext:")) {
			continue // LibreOffice's own, beside those of the standard
		}
		if i := bytes.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		if err := c.attribute(name, value); err != nil {
			return err
		}
	}
}

func (c *odsCell) attribute(name, value []byte) error {
	to := &c.value
	switch string(name) {
	case "value-type":
		to = &c.kind
	case "value", "date-value", "time-value", "boolean-value", "string-value":
	case "formula":
		to, c.counted = &c.formula, true
	case "number-columns-repeated":
		c.times = repeated(string(value))
		return nil
	default:
		return nil
	}
	raw, err := unescape(c.raw[:0], value)
	c.raw, *to = raw, string(raw)
	return err
}

// paragraph reads one; the next begins on a new line.
func (c *odsCell) paragraph(l *lexer) error {
	if c.shown {
		c.text = append(c.text, '\n')
	}
	c.shown, c.space, c.begin = true, false, len(c.text)
	for depth := l.depth(); ; {
		kind, err := l.next()
		switch {
		case err != nil:
			return err
		case kind == tokenEnd && l.depth() < depth:
			return nil
		case kind == tokenText:
			err = c.letters(l)
		case kind == tokenStart:
			err = c.inline(l)
		}
		if err != nil {
			return err
		}
		if len(c.text) > maxMarkup {
			return errLongText
		}
	}
}

// letters adds text. By the standard any white space in it is one space (ODF
// 1.2, part 1, 6.1.2); LibreOffice writes and reads spaces as they are, so that
// only line ends and what indents the next line become one.
func (c *odsCell) letters(l *lexer) (err error) {
	if c.raw, err = l.appendText(c.raw[:0]); err != nil {
		return err
	}
	for _, b := range c.raw {
		line := b == '\t' || b == '\n' || b == '\r'
		switch {
		case c.space && (line || b == ' '):
		case line:
			if len(c.text) > c.begin {
				c.text = append(c.text, ' ')
			}
			c.space = true
		default:
			c.text, c.space = append(c.text, b), false
		}
	}
	return nil
}

// inline takes an element within a paragraph (ODF 1.2, part 1, 6).
func (c *odsCell) inline(l *lexer) error {
	switch string(l.local()) {
	case "s":
		n := min(repeated(l.attr("c")), maxMarkup)
		c.text = append(c.text, bytes.Repeat([]byte{' '}, n)...)
	case "tab":
		c.text = append(c.text, '\t')
	case "line-break":
		c.text = append(c.text, '\n')
	case "annotation", "note", "ruby-text", "frame":
		return l.skip()
	default:
		return nil // text is in it
	}
	c.space = false
	return nil
}

// made is the cell that was read.
func (c *odsCell) made() (campaign.Cell, error) {
	cell := campaign.Cell{Text: string(c.text)}
	switch c.kind {
	case "float", "percentage", "currency":
		v, err := strconv.ParseFloat(strings.TrimSpace(c.value), 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return cell, errNumber
		}
		cell.Type, cell.Raw = campaign.CellNumber, c.value
		if c.counted && exponent.MatchString(cell.Text) && !math.IsInf(v, 0) {
			cell.Text = plainNumber(v) // a formula has no other place for its digits
		}
	case "date", "time":
		cell.Type, cell.Raw = campaign.CellDate, c.value
	case "boolean":
		cell.Type, cell.Raw = campaign.CellBool, c.value
	default:
		if cell.Text == "" {
			cell.Text = c.value // a format may hide it
		}
		if cell.Text != "" {
			cell.Type, cell.Raw = campaign.CellText, cell.Text
		}
	}
	if cell.Text == "" {
		cell.Text = cell.Raw
	}
	if c.counted {
		_, formula, _ := strings.Cut(c.formula, "=") // of:=, oooc:=
		cell.Type, cell.Raw = campaign.CellFormula, "="+formula
	}
	return cell, nil
}
