package campaign

// Filter chooses and sorts rows.
type Filter struct {
	Statuses []Status // empty: all
	Search   string   // in name, number or row; A to Z in any case, other letters as stored
	Found    Found
	Code     Code    // only rows that stand as they do because of it; empty: all
	Problem  Problem // likewise
	Sort     SortKey
	Down     bool // descending
}

// Found chooses rows by what an import found in them. The zero value keeps
// every row.
type Found struct {
	Kind  Problem // only rows with a problem of this kind; empty: of any
	Which Which
}

// Which is what became of what was found.
type Which string

// What it may be.
const (
	FoundAny       Which = ""
	FoundRepaired  Which = "repaired"  // and the row is called
	FoundProposed  Which = "proposed"  // a repair waits for a person
	FoundAside     Which = "aside"     // the row was set aside; duplicates are not
	FoundDuplicate Which = "duplicate" // of another row
	FoundLeftOut   Which = "left_out"  // by a person
)

// SortKey is what rows are sorted by.
type SortKey string

// The sort keys; ties are broken by row.
const (
	SortRow    SortKey = ""
	SortName   SortKey = "name"
	SortNumber SortKey = "number"
	SortStatus SortKey = "status"
	SortNext   SortKey = "next"
	SortNewest SortKey = "newest" // what changed last comes first
)
