package campaign

// Table is a sheet as it was read: cells with their types, and no opinion
// about what they mean.
type Table struct {
	File   string // as the user named it
	Sheet  string // empty for a file without sheets
	Sheets []string
	Hash   string // SHA-256 of content and sheet, in hex: see List.Hash
	Header []Cell // empty where no heading row was found
	// HeaderRow is the row number of Header, zero without one.
	HeaderRow int
	Rows      []TableRow // below the header, rows without any content left out
	Problems  []CellProblem
}

// TableRow is one row.
type TableRow struct {
	Number int // as the user's spreadsheet numbers it
	Cells  []Cell
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
}
