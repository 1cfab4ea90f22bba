package contacts

import (
	"slices"

	"rollcall/campaign"
)

// This file compares a newer file of a list with the list as it is stored. It
// asks the store for rows and decides; the store changes them.

// Change is what a newer file makes of a row.
type Change string

// The changes.
const (
	ChangeAdded   Change = "added"   // it is new
	ChangeUpdated Change = "updated" // it is stored, and something about it is new
	ChangeSame    Change = "same"    // it is stored as it is
	ChangeGone    Change = "gone"    // it is stored, and not in the newer file
)

// Changes counts them.
type Changes struct {
	Added   int `json:"added"`
	Updated int `json:"updated"`
	Same    int `json:"same"`
	Gone    int `json:"gone"`
}

// Keys are what a row is found by among stored rows, the best first: the
// user's own key, number and name, the number. Rows without key and number
// have none.
func Keys(c campaign.Contact) []string {
	var keys []string
	if c.External != "" {
		keys = append(keys, "key "+c.External)
	}
	if c.Number != "" {
		keys = append(keys, "person "+string(c.Number)+" "+fold(oneLine(c.Name)), "number "+string(c.Number))
	}
	return keys
}

// Stored is a list in a store.
type Stored interface {
	// Rows returns the rows that have a key, see [Keys], in their order.
	Rows(key string) ([]campaign.Contact, error)
}

// Update compares the rows of a newer file with a stored list, one by one. A
// stored row is matched once.
type Update struct {
	Stored Stored
	taken  map[int]bool // stored rows that were matched
	counts Changes
}

// Row returns the stored row that newer is about, as it is to be stored now,
// and whether it is changed by that; or newer itself, if it is to be added.
func (u *Update) Row(newer campaign.Contact) (campaign.Contact, Change, error) {
	old, found, err := u.match(newer)
	if err != nil {
		return campaign.Contact{}, "", err
	}
	if !found {
		u.counts.Added++
		return newer, ChangeAdded, nil
	}
	if u.taken == nil {
		u.taken = map[int]bool{}
	}
	u.taken[old.Row] = true
	updated, changed := Renew(old, newer)
	if changed {
		u.counts.Updated++
		return updated, ChangeUpdated, nil
	}
	u.counts.Same++
	return old, ChangeSame, nil
}

// Gone tells of a stored row, once all rows of the newer file were compared,
// whether it is not among them.
func (u *Update) Gone(row int) bool { return !u.taken[row] }

// Changes are the counts so far of a list of so many stored rows.
func (u *Update) Changes(stored int) Changes {
	c := u.counts
	c.Gone = stored - len(u.taken)
	return c
}

// match finds the stored row by the best key. Rows with different keys of the
// user's are different people, whatever their numbers are.
func (u *Update) match(newer campaign.Contact) (campaign.Contact, bool, error) {
	for _, key := range Keys(newer) {
		rows, err := u.Stored.Rows(key)
		if err != nil {
			return campaign.Contact{}, false, err
		}
		for _, old := range rows {
			other := old.External != "" && newer.External != "" && old.External != newer.External
			if !other && !u.taken[old.Row] {
				return old, true, nil
			}
		}
	}
	return campaign.Contact{}, false, nil
}

// Renew returns old with what a newer file says about the person, and whether
// that is anything new. What happened to the row stays: calls, answers, and a
// person's decision to leave it out. A row that was not called yet becomes what
// the newer file makes of it: ready with a number that was mended, set aside
// with one that is broken now. Row in its Why is a row of the newer file then.
func Renew(old, newer campaign.Contact) (campaign.Contact, bool) {
	c := old
	c.Name, c.Cells, c.Priority, c.Consent = newer.Name, newer.Cells, newer.Priority, newer.Consent
	if newer.Why.Problem != campaign.ProblemHours {
		c.Hours = newer.Hours // else nobody knows what they are now
	}
	if newer.External != "" {
		c.External = newer.External
	}
	if newer.Number != "" {
		c.Number, c.Zones, c.Others = newer.Number, newer.Zones, newer.Others
	}
	if uncalled(old) && (old.Status != campaign.Waiting || newer.Status != campaign.Ready || c.Number != old.Number || over(old, c)) {
		c.Status, c.Why, c.NextAt = newer.Status, newer.Why, newer.NextAt
	}
	return c, !alike(c, old)
}

// alike tells whether two rows say the same.
func alike(a, b campaign.Contact) bool {
	return a.Name == b.Name && a.External == b.External && a.Number == b.Number && a.Status == b.Status && a.Why == b.Why &&
		a.Hours == b.Hours && a.Priority == b.Priority && a.Consent == b.Consent &&
		slices.Equal(a.Cells, b.Cells) && slices.Equal(a.Zones, b.Zones) && slices.Equal(a.Others, b.Others)
}

// over tells whether what a row waits for is not so any more.
func over(old, c campaign.Contact) bool {
	return old.Why.Code == campaign.CodeOwnHours && c.Hours != old.Hours || old.Why.Code == campaign.CodeLaw && c.Consent != old.Consent
}

// uncalled tells whether a newer file may decide about a row.
func uncalled(c campaign.Contact) bool {
	switch c.Status {
	case campaign.Ready, campaign.Waiting:
		return true
	case campaign.Skipped:
		return c.Why.Code != campaign.CodeExcluded
	default:
		return false
	}
}
