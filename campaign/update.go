package campaign

// ListUpdate is what a newer file makes of a campaign's list.
type ListUpdate struct {
	Updated int // rows that say something else now
	Added   int // rows of people who were not there
	Gone    int // rows of people who are not there any more
	Same    int
	// GoneRows are the first of the rows that are gone, by their number.
	GoneRows []int
}

// UpdateOptions is how a list is updated.
type UpdateOptions struct {
	Dry         bool // only tell what would be done
	ExcludeGone bool // rows that are gone are not called any more
}
