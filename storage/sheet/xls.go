package sheet

import (
	"errors"
	"io"
	"strconv"

	"rollcall/campaign"
)

// Limits on old workbooks. A sheet of theirs has 65,536 rows and 256 columns,
// so that no list of people comes near them.
const (
	maxXLS      = 256 << 20
	maxSheets   = 4096
	maxXLSCells = 1 << 24
)

// xlsBook is what stands at the beginning of an old workbook's stream (MS-XLS
// 2.1.7.20.3): what all its sheets share.
type xlsBook struct {
	stream   *io.SectionReader
	spelling spelling
	sheets   []xlsSheet
	bound    []string // names of all its sheets, in their order
	shared   texts
	codes    map[int]string
	used     []int // by style, the number of its code
	styles   styles
	lock     *lock
	names    xlsNames
}

// xlsSheet is where a sheet stands.
type xlsSheet struct {
	name   string
	hidden bool
	at     int64
}

// The kinds of substream that have cells (MS-XLS 2.4.28, 2.4.21): the others
// are charts and programs.
const (
	substreamSheet = 0x10
	boundSheet     = 0
	boundMacros    = 1
)

// oldWorkbook begins to read a sheet of a workbook of Excel 5 to 2003.
func (in *input) oldWorkbook(t *campaign.Table) (source, error) {
	stream, err := in.oldStream()
	if err != nil {
		return nil, err
	}
	book := &xlsBook{stream: stream, codes: map[int]string{}}
	if err := book.readGlobals(in.how.Password); err != nil {
		return nil, named(err)
	}
	list := make([]sheetPart, len(book.sheets))
	for i, s := range book.sheets {
		info := campaign.SheetInfo{Name: s.name, Hidden: s.hidden}
		info.Rows, info.Columns = book.sizeOf(s)
		list[i] = sheetPart{id: strconv.Itoa(i), info: info}
		t.Book.Sheets = append(t.Book.Sheets, info)
	}
	t.Book.Areas = book.areas()
	return in.listed(t, list, nil, func(chosen sheetPart) (source, error) {
		i, _ := strconv.Atoi(chosen.id) // written above
		return book.read(book.sheets[i])
	})
}

// listed opens the sheet, and the area of it, that was asked for.
func (in *input) listed(t *campaign.Table, list []sheetPart, tables []tablePart, open func(sheetPart) (source, error)) (source, error) {
	wanted, part, err := in.area(tables, t.Book.Areas)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(list, wanted)
	if err != nil {
		return nil, err
	}
	t.Sheet = chosen.info.Name
	src, err := open(chosen)
	if err != nil || part == nil {
		return src, err
	}
	return cut{src, *part}, nil
}

// oldStream opens the stream of the workbook, which some programs write without
// a container around it.
func (in *input) oldStream() (*io.SectionReader, error) {
	info, err := in.file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxXLS {
		return nil, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	head := make([]byte, 8)
	if _, err := in.file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r := guarded{in}
	if !inContainer(head) {
		return io.NewSectionReader(r, 0, info.Size()), nil
	}
	c, err := openContainer(r, info.Size())
	if err != nil {
		return nil, named(err)
	}
	for _, name := range []string{"Workbook", "Book"} {
		if s := c.open(name); s != nil {
			return s, nil
		}
	}
	return nil, damage("the workbook in it is missing")
}

// guarded reads the file until the context is done.
type guarded struct{ in *input }

func (g guarded) ReadAt(p []byte, at int64) (int, error) {
	if err := g.in.ctx.Err(); err != nil {
		return 0, err
	}
	return g.in.file.ReadAt(p, at)
}

// named makes damage of an error about what is in the file.
func named(err error) error {
	if broken(err) {
		return damage("%w", err)
	}
	return err
}

// broken tells whether an error is about what is in the file.
func broken(err error) bool {
	for _, known := range []error{errNoContainer, errChain, errCut, errRecord, errOutside} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// readGlobals reads up to the end of what the sheets share.
func (w *xlsBook) readGlobals(password string) error {
	b := newBIFF(w.stream, 0, nil)
	kind, err := w.begin(b)
	if err != nil {
		return err
	}
	if kind == substreamSheet {
		w.sheets = []xlsSheet{{name: "Sheet1"}}
		return nil
	}
	for {
		if err := b.next(); err != nil {
			return err
		}
		if b.kind == recEOF {
			w.compile()
			return nil
		}
		if b.kind == recFilePass {
			if w.lock, err = newLock(b.data, password); err != nil {
				return err
			}
			b.lock = w.lock
		}
		if err := w.global(b); err != nil {
			return err
		}
	}
}

// begin reads a substream's first record, and returns what kind it is of.
func (w *xlsBook) begin(b *biff) (int, error) {
	if err := b.next(); err != nil {
		return 0, err
	}
	if b.kind == recBOF2 || b.kind == recBOF3 || b.kind == recBOF4 {
		return 0, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a workbook of Excel 2, 3 or 4"}
	}
	if b.kind != recBOF || len(b.data) < 4 {
		return 0, errNoContainer
	}
	version := b.u16(0)
	// Programs that write records by hand, without a container, leave the
	// version out; they write the texts of Excel 5.
	if version == 0 {
		version = biff5
	}
	if version != biff5 && version != biff8 {
		return 0, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a workbook of an unknown version of Excel"}
	}
	w.spelling.version = version
	return b.u16(2), nil
}

// global reads a record that is about all sheets.
func (w *xlsBook) global(b *biff) error {
	switch b.kind {
	case recCodePage:
		w.spelling.page = codePage(b.u16(0))
	case recDate1904:
		w.styles.date1904 = b.u16(0) == 1
	case recXF:
		w.used = append(w.used, b.u16(2))
	case recFormat:
		return w.format(b)
	case recBoundSheet:
		return w.sheet(b)
	case recSST:
		return w.table(b)
	case recSupBook, recExternSheet, recName:
		w.names.record(b, &w.spelling)
	}
	return nil
}

// format reads a number format (MS-XLS 2.4.126).
func (w *xlsBook) format(b *biff) error {
	id, length := b.u16(0), 2
	if w.spelling.version < biff8 {
		length = 1
	}
	code, err := w.spelling.text(&pieces{b, b.data[min(2, len(b.data)):]}, length)
	if err == nil {
		w.codes[id] = string(code)
	}
	if errors.Is(err, errRecord) {
		return nil // numbers are there without it
	}
	return err
}

// compile makes the formats of the styles, once their codes are known.
func (w *xlsBook) compile() {
	made := map[int]*format{}
	for _, id := range w.used {
		if made[id] == nil {
			made[id] = formatOf(id, w.codes)
		}
		w.styles.formats = append(w.styles.formats, made[id])
	}
}

// sheet reads where a sheet is (MS-XLS 2.4.28).
func (w *xlsBook) sheet(b *biff) error {
	if len(b.data) < 7 || len(w.bound) >= maxSheets {
		return errRecord
	}
	at, state, kind := int64(b.u32(0)), b.data[4]&3, b.data[5]
	name, err := w.spelling.text(&pieces{b, b.data[6:]}, 1)
	if err != nil {
		return err
	}
	w.bound = append(w.bound, string(name))
	if kind == boundSheet || kind == boundMacros {
		w.sheets = append(w.sheets, xlsSheet{name: string(name), hidden: state != 0, at: at})
	}
	return nil
}

// table reads the shared texts (MS-XLS 2.4.265). Where it is broken off, those
// that came are kept: the cells of the others are damaged, not the rest.
func (w *xlsBook) table(b *biff) error {
	count := int(b.u32(4))
	p := &pieces{b, b.data[min(8, len(b.data)):]}
	for range count {
		text, err := w.spelling.text(p, 2)
		if errors.Is(err, errRecord) {
			return nil
		}
		if err != nil {
			return err
		}
		w.shared.add(text)
	}
	return nil
}

// maxPreamble is how far into a sheet its size is looked for.
const maxPreamble = 64 << 10

// sizeOf returns a sheet's size as it states it (MS-XLS 2.4.90).
func (w *xlsBook) sizeOf(s xlsSheet) (rows, columns int) {
	r := io.NewSectionReader(w.stream, s.at, maxPreamble)
	b := newBIFF(r, s.at, w.lock.again())
	for b.next() == nil && b.kind != recEOF {
		if b.kind == recDimensions {
			return w.dimensions(b)
		}
	}
	return 0, 0
}

func (w *xlsBook) dimensions(b *biff) (rows, columns int) {
	if w.spelling.version < biff8 {
		return b.u16(2), b.u16(6)
	}
	return int(b.u32(4)), b.u16(10)
}

// isOldWorkbook tells whether a container holds one, or is broken: then it is
// taken for one, unless its name says that it is a new one with a password.
func isOldWorkbook(r io.ReaderAt, size int64, named bool) bool {
	c, err := openContainer(r, size)
	if err != nil {
		return !named
	}
	return c.open("Workbook") != nil || c.open("Book") != nil
}

// isOldStream tells whether a file is the stream of a workbook alone, by its
// first record (MS-XLS 2.4.21), which in Excel 2 to 4 had other kinds.
func isOldStream(head []byte) bool {
	if len(head) < 4 || head[0] != 9 || head[3] != 0 {
		return false
	}
	switch head[1] {
	case 0, 2, 4, 8:
		return head[2] >= 4 && head[2] <= 16
	}
	return false
}
