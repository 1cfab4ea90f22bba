package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// book is a workbook's parts, by name.
type book struct {
	ctx   context.Context // of one Read; a book does not outlive it
	parts map[string]*zip.File
}

func openBook(ctx context.Context, f *os.File) (book, error) {
	info, err := f.Stat()
	if err != nil {
		return book{}, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return book{}, damage("%w", err)
	}
	b := book{ctx: ctx, parts: map[string]*zip.File{}}
	total := uint64(0)
	for _, part := range z.File {
		b.parts[partName(part.Name)] = part
		total += part.UncompressedSize64
	}
	if total > maxBytes {
		return book{}, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return b, nil
}

// open opens a part, nil if it is not there.
func (b book) open(name string) (io.ReadCloser, error) {
	part := b.parts[partName(name)]
	if part == nil {
		return nil, nil
	}
	r, err := part.Open()
	if err != nil {
		return nil, damage("%s: %w", part.Name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{&markupReader{r: contextReader{b.ctx, io.LimitReader(r, maxBytes)}}, r}, nil
}

// maxMarkup is how long a tag with the text behind it may be, in bytes. A cell
// has at most 32767 characters.
const maxMarkup = 1 << 20

// markupReader ends where a part of a workbook goes on and on without a tag: a
// text of a gigabyte would be held in memory several times.
type markupReader struct {
	r    io.Reader
	long int // bytes since the last tag began
}

func (m *markupReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.long += n
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		m.long = n - i
	}
	if m.long > maxMarkup {
		return 0, errLongText
	}
	return n, err
}

var errLongText = errors.New("a text is longer than a cell can hold")

// use reads a part from its beginning to its very end, where the checksum is
// verified. Without the part nothing is read.
func (b book) use(name string, read func(io.Reader) error) error {
	r, err := b.open(name)
	if r == nil || err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // the checksum was verified at the end
	if err := read(r); err != nil {
		return damage("%s: %w", name, err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return damage("%s: %w", name, err)
	}
	return nil
}

// sheetPart is a sheet of a workbook and the part it is in.
type sheetPart struct {
	name   string
	hidden bool
	part   string
}

const workbook = "xl/workbook.xml"

// sheets returns the sheets in their order (ECMA-376 18.2.20).
func (b book) sheets() ([]sheetPart, error) {
	if b.parts[workbook] == nil {
		return nil, damage("the list of its sheets is missing")
	}
	var wb struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	decode := func(v any) func(io.Reader) error {
		return func(r io.Reader) error { return xml.NewDecoder(r).Decode(v) }
	}
	if err := b.use(workbook, decode(&wb)); err != nil {
		return nil, err
	}
	var rels struct {
		Relationships []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.use("xl/_rels/workbook.xml.rels", decode(&rels)); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range rels.Relationships {
		target := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("xl", target)
		}
		targets[r.ID] = target
	}
	var list []sheetPart
	for _, s := range wb.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				list = append(list, sheetPart{name: s.Name, hidden: s.State != "" && s.State != "visible", part: targets[a.Value]})
			}
		}
	}
	return list, nil
}

// choose returns the sheet that was asked for, or the first to be seen.
func choose(list []sheetPart, wanted string) (sheetPart, error) {
	var names []string
	for _, s := range list {
		names = append(names, s.name)
		if wanted == "" && !s.hidden || wanted != "" && strings.EqualFold(s.name, wanted) {
			return s, nil
		}
	}
	if wanted == "" && len(list) > 0 {
		return list[0], nil
	}
	if wanted == "" {
		return sheetPart{}, damage("it has no sheets")
	}
	return sheetPart{}, &campaign.FileError{Fault: campaign.FaultNoSheet, Wanted: wanted, There: names}
}

// countStrings returns how many shared strings there are, none without the
// part.
func (b book) countStrings() (int, error) {
	n := 0
	err := b.use("xl/sharedStrings.xml", func(r io.Reader) error {
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			if start, is := token.(xml.StartElement); is && start.Name.Local == "si" {
				n++
			}
		}
	})
	return n, err
}

// workbook begins to read a sheet of a workbook. Its texts, and numbers as the user
// sees them, come from excelize; types, stored numbers and formulas from the
// scanner. The two go through the sheet in step.
func (in *input) workbook(t *campaign.Table) (source, error) {
	b, err := openBook(in.ctx, in.file)
	if err != nil {
		return nil, err
	}
	list, err := b.sheets()
	if err != nil {
		return nil, err
	}
	chosen, err := choose(list, in.how.Sheet)
	if err != nil {
		return nil, err
	}
	t.Sheet = chosen.name
	for _, s := range list {
		t.Book.Sheets = append(t.Book.Sheets, campaign.SheetInfo{Name: s.name, Hidden: s.hidden})
	}
	return in.sheet(b, chosen)
}

// sheetRows is a source: the rows of one sheet of a workbook.
type sheetRows struct {
	scanner *scanner
	part    io.Closer
	shown   *shownRows
	dates   dates
}

// sheet begins to read one sheet.
func (in *input) sheet(b book, chosen sheetPart) (source, error) {
	s := &sheetRows{scanner: &scanner{}}
	err := b.use("xl/styles.xml", func(part io.Reader) (err error) {
		s.dates, err = readDates(part)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.scanner.strings, err = b.countStrings(); err != nil {
		return nil, err
	}
	part, err := b.open(chosen.part)
	if err != nil {
		return nil, err
	}
	if part == nil {
		return nil, damage("the sheet %q is missing", chosen.name)
	}
	s.part, s.scanner.xml = part, xml.NewDecoder(part)
	s.shown, err = in.shown(chosen.name)
	return s, err
}

func (s *sheetRows) next() (campaign.TableRow, error) {
	number, raw, err := s.scanner.next()
	if err != nil {
		return campaign.TableRow{}, err
	}
	texts, err := s.shown.row(number)
	if err != nil {
		return campaign.TableRow{}, err
	}
	return campaign.TableRow{Number: number, Cells: join(raw, texts, s.dates)}, nil
}

func (s *sheetRows) problems() []campaign.CellProblem {
	if !s.scanner.cut() {
		return nil
	}
	return []campaign.CellProblem{{Kind: campaign.ProblemRowsMissing, Value: s.scanner.dimension}}
}

func (s *sheetRows) done() float64 { return 0 }
func (s *sheetRows) padded() bool  { return true }

func (s *sheetRows) Close() error {
	s.shown.close()
	return s.part.Close()
}

// join makes the cells of a row, without empty ones at its end.
func join(raw []rawCell, texts []string, shows dates) []campaign.Cell {
	var cells []campaign.Cell
	for _, c := range raw {
		text := ""
		if c.column <= len(texts) {
			text = texts[c.column-1]
		}
		cell := cellOf(c, text, shows)
		if empty(cell) {
			continue
		}
		for len(cells) < c.column-1 {
			cells = append(cells, campaign.Cell{})
		}
		cells = append(cells, cell)
	}
	return cells
}

// cellOf gives a cell its type (ECMA-376 18.18.11).
func cellOf(c rawCell, text string, shows dates) campaign.Cell {
	plain := c.kind == "" || c.kind == "n"
	if c.counted {
		if plain && exponent.MatchString(text) {
			text = c.value // a formula has no other place for its digits
		}
		return campaign.Cell{Type: campaign.CellFormula, Text: text, Raw: "=" + c.formula}
	}
	switch {
	case plain && c.value == "":
		return campaign.Cell{}
	case plain && shows.has(c.style), c.kind == "d":
		return campaign.Cell{Type: campaign.CellDate, Text: text, Raw: c.value}
	case plain:
		return campaign.Cell{Type: campaign.CellNumber, Text: text, Raw: c.value}
	case c.kind == "b":
		return campaign.Cell{Type: campaign.CellBool, Text: text, Raw: c.value}
	case c.kind == "e":
		return campaign.Cell{Type: campaign.CellError, Text: text, Raw: c.value}
	case strings.TrimSpace(text) == "":
		return campaign.Cell{}
	default:
		return campaign.Cell{Type: campaign.CellText, Text: text, Raw: text}
	}
}

// shownRows is a sheet's rows as the user sees them.
type shownRows struct {
	file *excelize.File
	rows *excelize.Rows
	at   int
}

func (in *input) shown(sheet string) (s *shownRows, err error) {
	defer recovered(&err)
	f, err := excelize.OpenFile(in.path, excelize.Options{UnzipSizeLimit: maxBytes, TmpDir: in.options.TmpDir})
	if err != nil {
		return nil, damage("%w", err)
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, errors.Join(damage("%w", err), f.Close())
	}
	return &shownRows{file: f, rows: rows}, nil
}

// row goes forward to a row and returns its texts.
func (s *shownRows) row(number int) (texts []string, err error) {
	defer recovered(&err)
	for s.at < number {
		if !s.rows.Next() {
			return nil, damage("row %d cannot be read", number)
		}
		s.at++
		if texts, err = s.rows.Columns(); err != nil {
			return nil, damage("row %d: %w", number, err)
		}
	}
	return texts, nil
}

// close removes what was unpacked. An error leaves a temporary file behind and
// nothing else.
func (s *shownRows) close() {
	_ = s.rows.Close()
	_ = s.file.Close()
}

// recovered turns a panic of the library over a broken file into damage.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = damage("%w", fmt.Errorf("%v", p))
	}
}
