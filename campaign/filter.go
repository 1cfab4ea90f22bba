package campaign

// Filter chooses and sorts rows.
type Filter struct {
	Statuses []Status // empty: all
	Search   string   // in name, number or row; A to Z in any case, other letters as stored
	Sort     SortKey
	Down     bool // descending
}

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
