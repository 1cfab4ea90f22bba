package view

// MarkPage is how many rows stand between two marks.
const MarkPage = 400

// Marks stands between a store and a grid where rows have no ids that could be
// held, as [RowCache] does where they have: it holds every [MarkPage]th row's
// key, and of the rows the few pages that were looked at. It reads nothing
// itself: who owns it asks which page is [Marks.Missing], loads that elsewhere
// and brings it back with [Marks.Put].
type Marks[K, R any] struct {
	keys  []K
	n     int
	held  map[int][]R
	asked int
}

// maxPages bounds how many pages are kept.
const maxPages = 12

// Ask begins a new filter and returns its number.
func (m *Marks[K, R]) Ask() int {
	m.asked++
	return m.asked
}

// Replace takes the marks of n rows, unless others were asked for meanwhile.
func (m *Marks[K, R]) Replace(asked int, keys []K, n int) bool {
	if asked != m.asked {
		return false
	}
	m.keys, m.n, m.held = keys, n, nil
	return true
}

// Len is the number of rows.
func (m *Marks[K, R]) Len() int { return m.n }

// At returns row i if it is held.
func (m *Marks[K, R]) At(i int) (row R, held bool) {
	if i < 0 {
		return row, false
	}
	page := m.held[i/MarkPage]
	if i%MarkPage >= len(page) {
		return row, false
	}
	return page[i%MarkPage], true
}

// Missing returns the first page of those in which n rows from first stand
// that is not held: its number, the key from which it is to be loaded, and
// what it was asked as.
func (m *Marks[K, R]) Missing(first, n int) (page int, from K, asked int, missing bool) {
	last := min(first+n, m.n) - 1
	for page := max(0, first) / MarkPage; page*MarkPage <= last && page < len(m.keys); page++ {
		if _, held := m.held[page]; !held {
			return page, m.keys[page], m.asked, true
		}
	}
	return 0, from, m.asked, false
}

// Put brings a page that was loaded, unless another filter was asked for since.
func (m *Marks[K, R]) Put(asked, page int, rows []R) {
	if asked != m.asked {
		return
	}
	if m.held == nil || len(m.held) >= maxPages {
		m.held = map[int][]R{}
	}
	m.held[page] = rows
}

// Still tells whether nothing else was asked for since.
func (m *Marks[K, R]) Still(asked int) bool { return asked == m.asked }
