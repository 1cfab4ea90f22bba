package sheet

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"golang.org/x/net/html"

	"rollcall/campaign"
)

// Limits on a page. Spans are those of the HTML standard (4.9.11); a token is
// a text or a tag with what stands in it, such as a picture.
const (
	maxTables  = 1000
	maxColspan = 1000
	maxRowspan = 65534
	maxToken   = 8 << 20
)

// page begins to read a table of a web page: the one that was asked for, else
// the widest that has two rows and does not merely arrange other tables.
func (in *input) page(t *campaign.Table) (source, error) {
	text, err := in.letters(charset)
	if err != nil {
		return nil, err
	}
	tables, err := outline(text)
	if err != nil {
		return nil, err
	}
	if len(tables) == 0 {
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a web page without a table"}
	}
	for i, table := range tables {
		t.Book.Sheets = append(t.Book.Sheets, campaign.SheetInfo{Name: tableName(i), Rows: table.rows, Columns: table.columns})
	}
	t.Book.Encoding, t.Sheet = text.encoding, in.how.Sheet
	if t.Sheet == "" {
		t.Sheet = tableName(widest(tables))
	}
	at, err := sheetAt(t.Book.Sheets, t.Sheet)
	if err != nil {
		return nil, err
	}
	in.how.Encoding = text.encoding // it is found once
	if text, err = in.letters(nil); err != nil {
		return nil, err
	}
	return in.part(&pageRows{z: tokens(text), table: at, read: text.measure})
}

func tableName(i int) string { return fmt.Sprintf("Table %d", i+1) }

// sheetAt returns which sheet has a name.
func sheetAt(sheets []campaign.SheetInfo, name string) (int, error) {
	var there []string
	for i, s := range sheets {
		if s.Name == name {
			return i, nil
		}
		there = append(there, s.Name)
	}
	return 0, &campaign.FileError{Fault: campaign.FaultNoSheet, Wanted: name, There: there}
}

var meta = regexp.MustCompile(`(?i)<meta[^>]*charset\s*=\s*["']?\s*([\w-]+)`)
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)`)

// charset is the encoding that a page declares.
func charset(head []byte) string {
	for _, r := range []*regexp.Regexp{meta, declaration} {
		if m := r.FindSubmatch(head); m != nil {
			return string(m[1])
		}
	}
	return ""
}

func tokens(r io.Reader) *html.Tokenizer {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxToken)
	return z
}

// pageError is what a tokenizer ended with.
func pageError(z *html.Tokenizer) error {
	if errors.Is(z.Err(), html.ErrBufferExceeded) {
		return &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return z.Err()
}

// pageTable is what a table of a page looks like from outside.
type pageTable struct {
	rows, columns int
	within        int  // the table it lies in, -1 if in none
	layout        bool // it merely arranges other tables
	width         int  // of the row that is being read
}

// outliner counts the rows and columns of the tables of a page.
type outliner struct {
	tables []pageTable
	open   []int // that have begun, the innermost last
}

func outline(r io.Reader) ([]pageTable, error) {
	z, o := tokens(r), outliner{}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := pageError(z); !errors.Is(err, io.EOF) {
				return nil, err
			}
			arrange(o.tables)
			return o.tables, nil
		}
		name, _ := z.TagName()
		switch {
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
			o.begin(string(name), z)
		case kind == html.EndTagToken && string(name) == "table" && len(o.open) > 0:
			o.open = o.open[:len(o.open)-1]
		}
	}
}

func (o *outliner) begin(name string, z *html.Tokenizer) {
	within := -1
	if len(o.open) > 0 {
		within = o.open[len(o.open)-1]
	}
	switch {
	case name == "table" && len(o.tables) < maxTables:
		o.open = append(o.open, len(o.tables))
		o.tables = append(o.tables, pageTable{within: within})
	case within >= 0:
		o.tables[within].begin(name, z)
	}
}

// arrange finds the tables that merely arrange others: what lies in them has
// as many rows.
func arrange(tables []pageTable) {
	for _, inner := range tables {
		for i := inner.within; i >= 0 && inner.columns > 1; i = tables[i].within {
			tables[i].layout = tables[i].layout || inner.rows >= tables[i].rows
		}
	}
}

func (p *pageTable) begin(name string, z *html.Tokenizer) {
	switch name {
	case "tr":
		p.width = 0
	case "td", "th":
		if p.width == 0 {
			p.rows++
		}
		p.width += attributes(z).colspan
		p.columns = min(max(p.columns, p.width), maxColumns)
	}
}

// widest returns which table is the list.
func widest(tables []pageTable) int {
	best, top := 0, -1
	for i, t := range tables {
		score := t.columns
		if t.rows < 2 {
			score = 0
		}
		if !t.layout {
			score += maxColumns + 1
		}
		if score > top {
			best, top = i, score
		}
	}
	return best
}

// tag is what attributes say about a row or a cell.
type tag struct {
	colspan, rowspan int
	hidden           bool
	class            string
	style            style
	// What Excel wrote: the value of a number, or of a text, that is not shown
	// in full, a formula.
	num, str, formula *string
	boolean, err      bool
}

// attributes reads those of the tag that z is at. Excel's have the prefix x,
// LibreOffice's begin with sd, SheetJS's with data-.
func attributes(z *html.Tokenizer) tag {
	t := tag{colspan: 1, rowspan: 1}
	var full *string
	counted := false
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch text := string(value); string(key) {
		case "colspan":
			t.colspan = span(text, maxColspan)
		case "rowspan":
			t.rowspan = span(text, maxRowspan)
		case "hidden":
			t.hidden = true
		case "class":
			t.class = text
		case "style":
			t.style = styleOf(text)
		case "x:num", "sdval":
			t.num = &text
		case "x:str":
			t.str = &text
		case "data-v":
			full = &text
		case "data-t":
			t.boolean, t.err, counted = text == "b", text == "e", text == "n"
		case "x:fmla":
			t.formula = &text
		case "x:bool":
			t.boolean = true
		case "x:err":
			t.err = true
		case "sdnum":
			t.style.format = pageFormatOf(afterLanguages(text))
		}
	}
	if counted {
		t.num = full
	}
	return t
}

// span reads a number of columns or rows; what is none is one.
func span(text string, limit int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, limit)
}
