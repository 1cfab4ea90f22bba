package campaign

// Reading is how a file is to be read. The zero value finds everything out.
type Reading struct {
	Sheet string `json:"sheet,omitempty"` // empty: the first that is not hidden
	// Area is the part of the sheet that is the list: the name of a table or of
	// a range, or a reference such as B3:F200. Empty: all of it.
	Area string `json:"area,omitempty"`
	// Header is the row of the headings; zero: found, [NoHeader]: there is none.
	Header int `json:"header,omitempty"`
	// Visible leaves out rows that are hidden or filtered away.
	Visible bool `json:"visible,omitempty"`
	// Encoding and Delimiter are of a text; empty: found.
	Encoding  Encoding `json:"encoding,omitempty"`
	Delimiter string   `json:"delimiter,omitempty"`
	Password  string   `json:"-"` // of a protected workbook
	// Until is the last row to be read, where damage after it is known and was
	// accepted; zero: all of them.
	Until int `json:"until,omitempty"`
}

// NoHeader as Reading.Header says that the first row is a person already.
const NoHeader = -1

// Format is what kind of file a list is in.
type Format string

// The formats that are read.
const (
	FormatXLSX Format = "xlsx" // Excel workbook, with or without macros
	FormatXLS  Format = "xls"  // Excel 97 to 2003
	FormatODS  Format = "ods"  // OpenDocument spreadsheet
	FormatText Format = "text" // separated values
	FormatHTML Format = "html" // a table of a web page, often named .xls
	FormatXML  Format = "xml"  // XML Spreadsheet 2003, often named .xls
)

// Encoding is how bytes are letters, by its IANA name in lower case.
type Encoding string

// Encodings returns those a text can be read in, the commonest first.
func Encodings() []Encoding {
	return []Encoding{
		"utf-8", "windows-1252", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1253", "windows-1254",
		"windows-1255", "windows-1256", "iso-8859-2", "iso-8859-15", "ibm850", "macintosh", "koi8-r",
		"shift_jis", "gb18030", "big5", "euc-kr",
	}
}

// Book is what was found out about a file.
type Book struct {
	File   string // as the user named it
	Format Format
	Sheets []SheetInfo // none in a text
	Areas  []Area      // tables and named ranges that could be the list
	// Encoding and Delimiter are those a text is read with.
	Encoding  Encoding
	Delimiter string
}

// SheetInfo is one sheet of a file.
type SheetInfo struct {
	Name   string
	Hidden bool
	// Rows and Columns are its size as the file states it, zero where it does
	// not.
	Rows, Columns int
}

// Area is a named part of a sheet.
type Area struct {
	Name  string
	Sheet string
	Ref   string // B3:F200
	Table bool   // made as a table, not only named
}

// Table is one sheet of a file while it is read: what is known of it at once,
// and its rows one after another. They are cells with their types, and no
// opinion about what they mean. Close ends it.
type Table struct {
	Book   Book
	Sheet  string // empty for a file without sheets
	Hash   string // SHA-256 of content and sheet, in hex: see List.Hash
	Header []Cell // empty where no heading row was found
	// HeaderRow is the row number of Header, zero without one.
	HeaderRow int
	// Sample holds the first rows below the header, at most [SampleRows]; Rows
	// gives them again.
	Sample []TableRow
	Rows   RowReader
}

// SampleRows is how many rows of a table are known before it is read.
const SampleRows = 300

// RowReader gives the rows of a sheet that have content. One goroutine uses it.
type RowReader interface {
	// Next returns the next row, io.EOF after the last. Its cells are valid
	// until the next call; their texts stay. Where the file is damaged, it
	// returns a [*FileError] after the last row that is whole.
	Next() (TableRow, error)
	// Problems returns what is wrong with the file as a whole, once Next has
	// returned io.EOF.
	Problems() []CellProblem
	// Done tells which part of the file was read, from 0 to 1.
	Done() float64
	Close() error
}

// TableRow is one row.
type TableRow struct {
	Number   int // as the user's spreadsheet numbers it
	Cells    []Cell
	Hidden   bool          // or filtered away
	Problems []CellProblem // of a line of text that is not quite right
}

// Cell is one cell.
type Cell struct {
	Type CellType
	Text string // as the user sees it
	Raw  string // as the file stores it; for text the same
}

// CellType is what the file says a cell is.
type CellType string

// The types of cells. A CSV has text only.
const (
	CellEmpty   CellType = ""
	CellText    CellType = "text"
	CellNumber  CellType = "number"
	CellDate    CellType = "date"
	CellBool    CellType = "bool"
	CellFormula CellType = "formula" // Raw is the formula with its =, Text its stored value
	CellError   CellType = "error"
)

// CellProblem is something found wrong, and what was or could be done.
type CellProblem struct {
	Row    int     `json:"row"`    // zero: the whole file
	Column string  `json:"column"` // its heading, or its letter where there is none
	Kind   Problem `json:"kind"`
	Value  string  `json:"value"`  // as the file has it
	Repair string  `json:"repair"` // what it was taken for; empty if the row was set aside
	// Proposal is what it would be taken for if a person agrees.
	Proposal string `json:"proposal,omitempty"`
}
