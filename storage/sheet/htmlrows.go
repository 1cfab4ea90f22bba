package sheet

import (
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"rollcall/campaign"
)

// pageRows is a source: the rows of a table of a web page. As in any page, end
// tags of rows and cells may be missing; that of the table may not, for then
// the end of the file may be.
type pageRows struct {
	z      *html.Tokenizer
	table  int // which one, from 0
	read   *measure
	begun  int // tables that have begun
	depth  int // of tables within the one that is read, itself being 1
	styles map[string]style
	ended  bool
	number int
	spans  []int // per column, how many more rows a cell above takes

	// The row and the cell that are being read.
	inRow, inCell bool
	ready         bool // the row is whole
	waiting       bool // another has begun
	hidden        bool
	hideNext      bool // the other is hidden
	cells         []campaign.Cell
	cell          tag
	text          strings.Builder
	space         bool // was read and not written
}

func (p *pageRows) next() (campaign.TableRow, error) {
	if p.waiting {
		p.openRow(p.hideNext)
		p.waiting = false
	}
	for !p.ended {
		kind := p.z.Next()
		if kind == html.ErrorToken {
			if err := pageError(p.z); !errors.Is(err, io.EOF) {
				return campaign.TableRow{}, err
			}
			return campaign.TableRow{}, damage("the page ends within the table")
		}
		if err := p.token(kind); err != nil {
			return campaign.TableRow{}, err
		}
		if p.ready {
			p.ready = false
			row := campaign.TableRow{Number: p.number, Cells: p.cells, Hidden: p.hidden}
			row.Problems = unreadable(p.number, p.cells)
			return row, nil
		}
	}
	return campaign.TableRow{}, io.EOF
}

// token takes what comes next in the page.
func (p *pageRows) token(kind html.TokenType) error {
	name, _ := p.z.TagName()
	switch {
	case kind == html.TextToken && p.inCell:
		p.write(string(p.z.Text()))
	case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
		p.start(string(name), kind == html.SelfClosingTagToken)
	case kind == html.EndTagToken:
		p.end(string(name))
	}
	if p.text.Len() > maxRecord || len(p.cells) > maxColumns || p.number > maxRows {
		return &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return nil
}

func (p *pageRows) start(name string, closed bool) {
	switch {
	case (name == "script" || name == "style") && !closed:
		p.raw(name)
	case name == "table":
		p.begun++
		if p.depth > 0 || p.begun == p.table+1 {
			p.depth++
		}
	case p.depth == 1:
		p.startHere(name)
	case p.depth > 1 && (name == "tr" || name == "br"): // its text belongs to the cell
		p.line()
	case p.depth > 1 && (name == "td" || name == "th"):
		p.space = true
	}
}

// startHere begins what lies in the table itself.
func (p *pageRows) startHere(name string) {
	switch name {
	case "tr":
		p.beginRow()
	case "td", "th":
		p.beginCell()
	case "thead", "tbody", "tfoot":
		p.endRow()
	case "br":
		p.newline()
	case "p", "div", "li":
		p.line()
	}
}

func (p *pageRows) end(name string) {
	switch {
	case p.depth == 0:
	case name == "table":
		if p.depth--; p.depth == 0 {
			p.endRow()
			p.ended = true
		}
	case p.depth > 1:
	case name == "td" || name == "th":
		p.endCell()
	case name == "tr" || name == "thead" || name == "tbody" || name == "tfoot":
		p.endRow()
	case name == "p" || name == "div" || name == "li":
		p.line()
	}
}

// raw passes over a script, and reads a style sheet.
func (p *pageRows) raw(name string) {
	if p.z.Next() != html.TextToken || name != "style" {
		return
	}
	if p.styles == nil {
		p.styles = map[string]style{}
	}
	classes(string(p.z.Raw()), p.styles)
}

// tagged reads the attributes of a tag, and what its class adds to them.
func (p *pageRows) tagged() tag {
	t := attributes(p.z)
	for _, class := range strings.Fields(t.class) {
		s := p.styles[class]
		t.style.hidden = t.style.hidden || s.hidden
		if t.style.format == formatNone {
			t.style.format = s.format
		}
	}
	t.hidden = t.hidden || t.style.hidden
	return t
}

// beginRow begins a row. One whose end tag is missing is ended and given
// before.
func (p *pageRows) beginRow() {
	hidden := p.tagged().hidden
	if !p.inRow {
		p.openRow(hidden)
		return
	}
	p.endRow()
	p.waiting, p.hideNext = true, hidden
}

func (p *pageRows) openRow(hidden bool) {
	p.inRow, p.hidden = true, hidden
	p.cells = p.cells[:0]
	p.number++
}

func (p *pageRows) beginCell() {
	p.endCell()
	if !p.inRow {
		p.openRow(false)
	}
	p.covered()
	p.cell, p.inCell = p.tagged(), true
	p.text.Reset()
	p.space = false
}

// covered adds the cells that ones above take.
func (p *pageRows) covered() {
	for len(p.cells) < len(p.spans) && p.spans[len(p.cells)] > 0 {
		p.cells = append(p.cells, campaign.Cell{})
	}
}

func (p *pageRows) endCell() {
	if !p.inCell {
		return
	}
	p.inCell = false
	p.cells = append(p.cells, p.cell.cell(strings.TrimSpace(p.text.String())))
	at := len(p.cells) - 1
	for range p.cell.colspan - 1 {
		p.cells = append(p.cells, campaign.Cell{})
	}
	if p.cell.rowspan > 1 && len(p.cells) <= maxColumns {
		for len(p.spans) < len(p.cells) {
			p.spans = append(p.spans, 0)
		}
		for i := at; i < len(p.cells); i++ {
			p.spans[i] = p.cell.rowspan // this row among them
		}
	}
}

func (p *pageRows) endRow() {
	p.endCell()
	if !p.inRow {
		return
	}
	p.inRow, p.ready = false, true
	for i := range p.spans {
		p.spans[i] = max(0, p.spans[i]-1)
	}
}

// write adds text to the cell, with blanks as a page shows them.
func (p *pageRows) write(text string) {
	for _, r := range text {
		switch {
		case r == 0:
			r = utf8.RuneError
		case r == '\u00a0':
			r = ' '
			p.space = false
		case unicode.IsSpace(r):
			p.space = true
			continue
		case p.space && p.text.Len() > 0:
			p.text.WriteByte(' ')
		}
		p.space = false
		p.text.WriteRune(r)
	}
}

func (p *pageRows) newline() {
	if p.inCell {
		p.text.WriteByte('\n')
		p.space = false
	}
}

// line begins a new line unless it has begun.
func (p *pageRows) line() {
	if s := p.text.String(); s != "" && !strings.HasSuffix(s, "\n") {
		p.newline()
	}
}

// unreadable finds cells with bytes that are not in the encoding.
func unreadable(row int, cells []campaign.Cell) []campaign.CellProblem {
	var found []campaign.CellProblem
	for i, c := range cells {
		if strings.ContainsRune(c.Text, utf8.RuneError) {
			found = append(found, campaign.CellProblem{
				Row: row, Column: letters(i + 1), Kind: campaign.ProblemEncoding, Value: c.Text, Repair: c.Text,
			})
		}
	}
	return found
}

func (p *pageRows) problems() []campaign.CellProblem { return nil }
func (p *pageRows) done() float64                    { return p.read.done() }
func (p *pageRows) padded() bool                     { return true }
func (p *pageRows) Close() error                     { return nil }
