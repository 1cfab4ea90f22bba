package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// document is what is known of an OpenDocument spreadsheet (OASIS ODF 1.2, part
// 1) before its rows are read. All of it is in one part, the areas behind the
// sheets, so that it is gone through twice.
type document struct {
	open   func() (*lexer, io.Closer, error)
	at     *countedAt
	size   int64 // of the part in the file
	sheets []sheetPart
	count  int // of sheets, those left out too
	areas  []campaign.Area
	tables []tablePart
	styles map[string]bool // of sheets: whether they hide
	style  string          // that is being read
	within int             // depth of the element around the sheets, zero before it
}

const (
	contentPart  = "content.xml"
	manifestPart = "META-INF/manifest.xml"
)

// documentSheet begins to read a sheet of an OpenDocument file, which is a
// package of parts or one flat XML file.
func (in *input) documentSheet(t *campaign.Table) (source, error) {
	d := &document{styles: map[string]bool{}}
	if err := in.documentParts(d); err != nil {
		return nil, err
	}
	broken := d.survey()
	if broken != nil && (in.ctx.Err() != nil || len(d.sheets) == 0 || in.how.Area != "") {
		return nil, broken
	}
	for _, a := range d.tables {
		t.Book.Areas = append(t.Book.Areas, a.area)
	}
	t.Book.Areas = append(t.Book.Areas, d.areas...)
	for _, s := range d.sheets {
		t.Book.Sheets = append(t.Book.Sheets, s.info)
	}
	return in.listed(t, d.sheets, d.tables, d.rows)
}

// documentParts finds what there is to be read.
func (in *input) documentParts(d *document) error {
	info, err := in.file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, 4)
	if _, err := in.file.ReadAt(head, 0); err != nil {
		return err
	}
	if string(head) != "PK\x03\x04" {
		d.at, d.size = &countedAt{r: in.file, left: -1}, info.Size()
		d.open = func() (*lexer, io.Closer, error) {
			r := io.NewSectionReader(d.at, 0, d.size)
			return newLexer(contextReader{in.ctx, r}, 64<<10), io.NopCloser(r), nil
		}
		return nil
	}
	p, err := openPack(in.ctx, in.file, info.Size())
	if err != nil {
		return err
	}
	d.at, d.size = p.at, p.stored(contentPart)
	d.open = func() (*lexer, io.Closer, error) { return p.open(contentPart, 64<<10) }
	if !p.has(manifestPart) {
		return nil
	}
	if err := p.read(manifestPart, notEncrypted); err != nil && !errors.Is(err, errDTD) {
		return err
	}
	return nil
}

// notEncrypted reads a manifest, which tells what is encrypted (ODF 1.2, part
// 3, 4.4). Those of old programs have a document type, which is not read.
func notEncrypted(l *lexer) error {
	return l.each(func(_ int, name string) error {
		if name == "encryption-data" {
			return &campaign.FileError{Fault: campaign.FaultPassword}
		}
		return nil
	})
}

// survey goes through the document for its sheets and areas.
func (d *document) survey() error {
	l, closer, err := d.open()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }() // the reading of rows verifies the checksum
	err = l.each(func(depth int, name string) error {
		d.note(l, depth, name)
		return nil
	})
	if err != nil {
		return damage("the document breaks: %w", err)
	}
	return d.surveyed()
}

func (d *document) surveyed() error {
	if d.within == 0 {
		return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an OpenDocument file without sheets"}
	}
	return nil
}

// note takes what an element says about sheets and areas.
func (d *document) note(l *lexer, depth int, name string) {
	switch name {
	case "style":
		d.style = ""
		if l.attr("family") == "table" {
			d.style = l.attr("name")
		}
	case "table-properties":
		d.styles[d.style] = l.attr("display") == "false"
	case "spreadsheet":
		if d.within == 0 {
			d.within = depth
		}
	case "table":
		if d.within > 0 && depth == d.within+1 {
			d.sheet(l)
		}
	case "named-range":
		if a, ok := areaAt(l.attr("name"), l.attr("cell-range-address")); ok && len(d.areas) < maxNames {
			d.areas = append(d.areas, a)
		}
	case "database-range":
		if a, ok := areaAt(l.attr("name"), l.attr("target-range-address")); ok && len(d.tables) < maxNames {
			a.Table = true
			d.tables = append(d.tables, tablePart{area: a, heading: l.attr("contains-header") != "false"})
		}
	}
}

// sheet notes a sheet. LibreOffice keeps copies of other files' sheets, which
// formulas refer to, as 'file:///…'#Sheet.
func (d *document) sheet(l *lexer) {
	info := campaign.SheetInfo{Name: l.attr("name"), Hidden: d.styles[l.attr("style-name")]}
	copied := strings.HasPrefix(info.Name, "'") && strings.Contains(info.Name, "'#")
	if !copied && len(d.sheets) < maxSheets {
		d.sheets = append(d.sheets, sheetPart{id: strconv.Itoa(d.count), info: info})
	}
	d.count++
}

// areaAt is a named part of a sheet, unless it is one cell. Filters that nobody
// named have names of the program's own.
func areaAt(name, address string) (campaign.Area, bool) {
	sheet, ref := addressOf(address)
	a, ok := parseArea(ref)
	if !ok || name == "" || strings.HasPrefix(name, "__Anonymous_Sheet_DB__") || a.firstRow == a.lastRow && a.firstColumn == a.lastColumn {
		return campaign.Area{}, false
	}
	return campaign.Area{Name: name, Sheet: sheet, Ref: a.ref()}, true
}

// addressOf takes an address of cells apart (ODF 1.2, part 1, 18.3.6):
// $'My list'.$A$1:.$C$4 is sheet My list, A1:C4.
func addressOf(address string) (sheet, ref string) {
	rest := strings.TrimPrefix(address, "$")
	if strings.HasPrefix(rest, "'") {
		for rest = rest[1:]; ; {
			name, after, found := strings.Cut(rest, "'")
			if !found {
				return "", ""
			}
			sheet, rest = sheet+name, after
			if !strings.HasPrefix(rest, "'") {
				break
			}
			sheet, rest = sheet+"'", rest[1:]
		}
		rest = strings.TrimPrefix(rest, ".")
	} else {
		sheet, rest, _ = strings.Cut(rest, ".")
	}
	from, to, isRange := strings.Cut(rest, ":")
	if isRange {
		from += ":" + to[strings.LastIndexByte(to, '.')+1:]
	}
	return sheet, strings.ReplaceAll(from, "$", "")
}

// isDocument tells whether a package is an OpenDocument spreadsheet: its first
// part says so (ODF 1.2, part 3, 3.3), else it has a part of content.
func isDocument(f io.ReaderAt, size int64) bool {
	a, err := openArchive(f, size)
	if err != nil {
		return false
	}
	content := false
	for _, part := range a.files {
		switch partName(part.Name) {
		case "mimetype":
			return bytes.Contains(beginning(part.Open), []byte("opendocument.spreadsheet"))
		case contentPart:
			content = true
		}
	}
	return content
}

func beginning(open func() (io.ReadCloser, error)) []byte {
	r, err := open()
	if err != nil {
		return nil
	}
	defer func() { _ = r.Close() }()              // nothing depends on the rest
	head, _ := io.ReadAll(io.LimitReader(r, 100)) // nor on all of it
	return head
}

// isFlatDocument tells whether a file is one of XML alone.
func isFlatDocument(head []byte) bool {
	return bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("opendocument.spreadsheet"))
}
