package sheet

import (
	"io"
	"path"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// maxParts is how many sheets, tables and names a workbook may have.
const maxParts = 10_000

// book is a workbook's list of what is in it (ECMA-376 18.2).
type book struct {
	pack
	sheets  []sheetPart
	names   []definedName
	strings string // their part, empty without
	styles  styles
	// tables are made of ranges in sheets.
	tables []tablePart
}

// sheetPart is a sheet of a workbook and the part it is in.
type sheetPart struct {
	id   string
	info campaign.SheetInfo
	part string
}

type definedName struct {
	name, ref string
	hidden    bool
}

// tablePart is a table (18.5.1.2) and whether its first row is the heading.
type tablePart struct {
	area    campaign.Area
	heading bool
}

// openBook reads everything but the sheets and their texts.
func (in *input) openBook(p pack) (*book, error) {
	b := &book{pack: p}
	main, err := b.main()
	if err != nil {
		return nil, err
	}
	if err := b.read(main, b.readWorkbook); err != nil {
		return nil, err
	}
	relations, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.relate(relations); err != nil {
		return nil, err
	}
	for i := range b.sheets {
		// Tables that cannot be read are none of a list that is a whole sheet.
		if err := b.measure(&b.sheets[i]); err != nil && (in.how.Area != "" || tooLarge(err) != nil) {
			return nil, err
		}
	}
	return b, in.ctx.Err()
}

// main returns the part that lists the sheets.
func (b *book) main() (string, error) {
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind == "officeDocument" && b.has(r.target) {
			return r.target, nil
		}
	}
	const usual = "xl/workbook.xml"
	if b.has(usual) {
		return usual, nil
	}
	for name := range b.parts {
		if strings.HasPrefix(name, "xl/") {
			return "", damage("the list of its sheets is missing")
		}
	}
	return "", &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an archive, not a list"}
}

// readWorkbook reads the lists of sheets and of names.
func (b *book) readWorkbook(l *lexer) error {
	return l.each(func(depth int, name string) error {
		switch {
		case depth == 1 && name != "workbook":
			return errRoot
		case depth == 2 && name == "workbookPr":
			b.styles.date1904 = isTrue([]byte(l.attr("date1904")))
		case depth == 3 && name == "sheet":
			state := l.attr("state")
			b.sheets = append(b.sheets, sheetPart{
				id: l.attr("id"), info: campaign.SheetInfo{Name: l.attr("name"), Hidden: state != "" && state != "visible"},
			})
		case depth == 3 && name == "definedName":
			if err := b.readName(l); err != nil {
				return err
			}
		}
		if len(b.sheets) > maxParts || len(b.names) > maxParts {
			return &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		return nil
	})
}

func (b *book) readName(l *lexer) error {
	n := definedName{name: l.attr("name"), hidden: isTrue([]byte(l.attr("hidden")))}
	ref, err := l.content(nil)
	n.ref = string(ref)
	b.names = append(b.names, n)
	return err
}

// relate finds the parts of the sheets, the styles and the texts. Sheets of
// charts, dialogs and macros are no lists.
func (b *book) relate(relations []relation) error {
	sheets := map[string]relation{}
	for _, r := range relations {
		switch r.kind {
		case "styles":
			if err := b.read(r.target, b.styles.read); err != nil {
				return err
			}
		case "sharedStrings":
			b.strings = r.target
		default:
			sheets[r.id] = r
		}
	}
	kept := b.sheets[:0]
	for _, s := range b.sheets {
		r, found := sheets[s.id]
		if found && r.kind != "worksheet" {
			continue
		}
		s.part = r.target
		kept = append(kept, s)
	}
	b.sheets = kept
	return nil
}

// measure reads the beginning of a sheet, where its size stands, and its
// tables. A sheet that cannot be read has no size.
func (b *book) measure(s *sheetPart) error {
	if !b.has(s.part) {
		return nil
	}
	s.info.Rows, s.info.Columns = b.dimension(s.part)
	relations, err := b.relations(s.part)
	if err != nil {
		return err
	}
	for _, r := range relations {
		if r.kind != "table" || !b.has(r.target) {
			continue
		}
		if err := b.readTable(r.target, s.info.Name); err != nil {
			return err
		}
	}
	return nil
}

// dimension returns the rows and columns that a sheet says it has.
func (b *book) dimension(part string) (rows, columns int) {
	l, closer, err := b.open(part, 4<<10)
	if err != nil {
		return 0, 0
	}
	defer func() { _ = closer.Close() }() // it is opened again to be read
	for range 1000 {
		kind, err := l.next()
		if err != nil || kind == tokenEOF || kind == tokenStart && string(l.local()) == "sheetData" {
			return 0, 0
		}
		if kind != tokenStart || string(l.local()) != "dimension" {
			continue
		}
		a, ok := parseArea(l.attr("ref"))
		if !ok || a.lastRow*a.lastColumn == 1 { // some write A1 whatever there is
			return 0, 0
		}
		return a.lastRow, a.lastColumn
	}
	return 0, 0
}

// readTable reads what a table is called and where it is. A row of totals is
// not a part of the list.
func (b *book) readTable(part, sheet string) error {
	return b.read(part, func(l *lexer) error {
		return l.each(func(depth int, name string) error {
			if depth != 1 || name != "table" {
				return nil
			}
			a, ok := parseArea(l.attr("ref"))
			title := l.attr("displayName")
			if title == "" {
				title = l.attr("name")
			}
			if !ok || title == "" || len(b.tables) >= maxParts {
				return nil
			}
			if totals, err := strconv.Atoi(l.attr("totalsRowCount")); err == nil && totals > 0 {
				a.lastRow = max(a.firstRow, a.lastRow-min(totals, maxRows))
			}
			b.tables = append(b.tables, tablePart{
				area:    campaign.Area{Name: title, Sheet: sheet, Ref: a.ref(), Table: true},
				heading: l.attr("headerRowCount") != "0",
			})
			return nil
		})
	})
}

// areas returns the tables, and the names that are one rectangle on one sheet.
// The area that is printed is one only where there is nothing else.
func (b *book) areas() []campaign.Area {
	var list []campaign.Area
	for _, t := range b.tables {
		list = append(list, t.area)
	}
	var printed []campaign.Area
	for _, n := range b.names {
		a, ok := parseArea(n.ref)
		sheet := b.sheetNamed(a.sheet)
		if !ok || n.hidden || sheet == "" || a.firstRow == a.lastRow && a.firstColumn == a.lastColumn {
			continue
		}
		built, isBuilt := strings.CutPrefix(n.name, "_xlnm.")
		named := campaign.Area{Name: built, Sheet: sheet, Ref: a.ref()}
		switch {
		case !isBuilt:
			list = append(list, named)
		case strings.EqualFold(built, "Print_Area"):
			printed = append(printed, named)
		}
	}
	if len(list) == 0 {
		return printed
	}
	return list
}

// sheetNamed returns the name of a sheet as the workbook has it, empty if there
// is none.
func (b *book) sheetNamed(name string) string {
	for _, s := range b.sheets {
		if strings.EqualFold(s.info.Name, name) {
			return s.info.Name
		}
	}
	return ""
}

// choose returns the sheet that was asked for, or the first to be seen.
func choose(list []sheetPart, wanted string) (sheetPart, error) {
	var names []string
	for _, s := range list {
		names = append(names, s.info.Name)
		if wanted == "" && !s.info.Hidden || wanted != "" && strings.EqualFold(s.info.Name, wanted) {
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

// workbook begins to read a sheet of a workbook.
func (in *input) workbook(t *campaign.Table) (source, error) {
	content, size, err := in.unlocked()
	if err != nil {
		return nil, err
	}
	p, err := openPack(in.ctx, content, size)
	if err != nil {
		return nil, err
	}
	b, err := in.openBook(p)
	if err != nil {
		return nil, err
	}
	for _, s := range b.sheets {
		t.Book.Sheets = append(t.Book.Sheets, s.info)
	}
	t.Book.Areas = b.areas()
	wanted, part, err := in.area(b.tables, t.Book.Areas)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(b.sheets, wanted)
	if err != nil {
		return nil, err
	}
	t.Sheet = chosen.info.Name
	src, err := b.rows(chosen)
	if err != nil || part == nil {
		return src, err
	}
	return cut{src, *part}, nil
}

// area returns which sheet is to be read and which part of it, nil for all of
// it. The heading of a table is known.
func (in *input) area(tables []tablePart, areas []campaign.Area) (sheet string, part *area, err error) {
	if in.how.Area == "" {
		return in.how.Sheet, nil, nil
	}
	a, named, err := find(areas, in.how.Sheet, in.how.Area)
	if err != nil {
		return "", nil, err
	}
	for _, t := range tables {
		switch {
		case t.area != named || in.how.Header != 0:
		case t.heading:
			in.how.Header = a.firstRow
		default:
			in.how.Header = campaign.NoHeader
		}
	}
	if a.sheet == "" {
		return in.how.Sheet, &a, nil
	}
	return a.sheet, &a, nil
}

// rows begins to read the rows of a sheet. Texts that cannot be read to their
// end are a fault only of the rows that have them, and of the end.
func (b *book) rows(chosen sheetPart) (source, error) {
	shared := &sharedStrings{}
	before := b.at.n
	if b.strings == "" {
		b.strings = path.Join(path.Dir(path.Dir(chosen.part)), "sharedStrings.xml")
	}
	if b.has(b.strings) {
		shared.err = b.read(b.strings, shared.read)
	}
	if err := tooLarge(shared.err); err != nil {
		return nil, err
	}
	shared.seal()
	if !b.has(chosen.part) {
		return nil, damage("the sheet %q is missing", chosen.info.Name)
	}
	l, closer, err := b.open(chosen.part, 64<<10)
	if err != nil {
		return nil, err
	}
	return &sheetRows{
		scanner: &scanner{lex: l, shared: shared, styles: &b.styles},
		Closer:  closer, at: b.at, before: before, size: b.stored(b.strings) + b.stored(chosen.part),
	}, nil
}

// sheetRows is a source: the rows of one sheet of a workbook.
type sheetRows struct {
	*scanner
	io.Closer
	at           *countedAt
	before, size int64
}

func (s *sheetRows) problems() []campaign.CellProblem {
	if !s.cut() {
		return nil
	}
	return []campaign.CellProblem{{Kind: campaign.ProblemRowsMissing, Value: s.dimension}}
}

func (s *sheetRows) done() float64 {
	if s.size <= 0 {
		return 1
	}
	return min(1, float64(s.at.n-s.before)/float64(s.size))
}

func (s *sheetRows) padded() bool { return true }
