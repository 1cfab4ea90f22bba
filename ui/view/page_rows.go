package view

import (
	"rollcall/campaign"
)

// RowCache stands between a store and a grid: the order of a campaign's rows,
// and of these only the few that were looked at. It reads nothing itself: who
// owns it asks what is [RowCache.Missing], loads that elsewhere and brings it
// back with [RowCache.Put].
//
// Filters and sorts may finish in another order than they were asked for, so
// each gets a number from [RowCache.Ask], and only the newest is taken.
type RowCache struct {
	order []campaign.ContactID
	held  map[campaign.ContactID]campaign.Contact
	stale map[campaign.ContactID]int // how often they changed since they were loaded
	sent  map[campaign.ContactID]int // how often they had when Missing told of them
	asked int
}

// maxHeld bounds how many rows are kept; a screen shows some forty.
const maxHeld = 2000

// Ask begins a new filter or sort and returns its number.
func (r *RowCache) Ask() int {
	r.asked++
	return r.asked
}

// Replace takes a new order, unless a newer one was asked for meanwhile.
func (r *RowCache) Replace(asked int, order []campaign.ContactID) bool {
	if asked != r.asked {
		return false
	}
	r.order = order
	return true
}

// Len is the number of rows.
func (r *RowCache) Len() int { return len(r.order) }

// ID is the contact at row i.
func (r *RowCache) ID(i int) (campaign.ContactID, bool) {
	if i < 0 || i >= len(r.order) {
		return 0, false
	}
	return r.order[i], true
}

// At returns row i if it is held, also if it changed since.
func (r *RowCache) At(i int) (campaign.Contact, bool) {
	id, ok := r.ID(i)
	if !ok {
		return campaign.Contact{}, false
	}
	c, ok := r.held[id]
	return c, ok
}

// Index is where a contact stands, or -1.
func (r *RowCache) Index(id campaign.ContactID) int {
	for i, other := range r.order {
		if other == id {
			return i
		}
	}
	return -1
}

// Touch notes that rows have changed. Those not held cost nothing.
func (r *RowCache) Touch(ids []campaign.ContactID) {
	for _, id := range ids {
		if _, held := r.held[id]; held {
			r.mark(id)
		}
	}
}

// TouchAll notes that any row may have changed.
func (r *RowCache) TouchAll() {
	for id := range r.held {
		r.mark(id)
	}
}

func (r *RowCache) mark(id campaign.ContactID) {
	if r.stale == nil {
		r.stale = map[campaign.ContactID]int{}
	}
	r.stale[id]++
}

// Missing returns the contacts among n rows from first that are not held, or
// changed since they were loaded. Who asks loads them before asking again: what
// changes meanwhile is missing then.
func (r *RowCache) Missing(first, n int) []campaign.ContactID {
	var ids []campaign.ContactID
	r.sent = map[campaign.ContactID]int{}
	for i := max(0, first); i < min(first+n, len(r.order)); i++ {
		id := r.order[i]
		if _, held := r.held[id]; !held || r.stale[id] > 0 {
			ids = append(ids, id)
			r.sent[id] = r.stale[id]
		}
	}
	return ids
}

// Put brings rows that were loaded.
func (r *RowCache) Put(rows []campaign.Contact) {
	if r.held == nil || len(r.held)+len(rows) > maxHeld {
		r.held = map[campaign.ContactID]campaign.Contact{}
		r.stale = nil
	}
	for _, c := range rows {
		r.held[c.ID] = c
		if r.stale[c.ID] == r.sent[c.ID] {
			delete(r.stale, c.ID)
		}
	}
}
