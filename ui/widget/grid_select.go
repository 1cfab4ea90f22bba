package widget

import (
	"iter"
	"slices"
)

// This file is which rows of a grid are selected.

// span is rows beside each other; to is the first behind them.
type span struct{ from, to int }

// ranges is a set of rows, as spans that do not touch, from the smallest: all
// of a million rows are one. It is never changed, only replaced.
type ranges []span

// at is the first span that ends behind a row.
func (r ranges) at(row int) int {
	i, _ := slices.BinarySearchFunc(r, row, func(s span, row int) int {
		if s.to <= row {
			return -1
		}
		return 1
	})
	return i
}

func (r ranges) has(row int) bool {
	i := r.at(row)
	return i < len(r) && r[i].from <= row
}

func (r ranges) count() int {
	n := 0
	for _, s := range r {
		n += s.to - s.from
	}
	return n
}

// without is the set without some rows.
func (r ranges) without(from, to int) ranges {
	var rest ranges
	for _, s := range r {
		if left := (span{s.from, min(s.to, from)}); left.from < left.to {
			rest = append(rest, left)
		}
		if right := (span{max(s.from, to), s.to}); right.from < right.to {
			rest = append(rest, right)
		}
	}
	return rest
}

// with is the set with more rows.
func (r ranges) with(from, to int) ranges {
	if from >= to {
		return r
	}
	for _, s := range r {
		if s.from <= to && s.to >= from { // touches
			from, to = min(from, s.from), max(to, s.to)
		}
	}
	rest := r.without(from, to)
	return slices.Insert(rest, rest.at(from), span{from, to})
}

// Selected is the selected rows from the first; without Multi, the chosen one.
func (g *Grid) Selected() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, s := range g.selection() {
			for row := s.from; row < s.to; row++ {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// SelectedCount is how many rows are selected.
func (g *Grid) SelectedCount() int { return g.selection().count() }

// IsSelected tells whether a row is selected.
func (g *Grid) IsSelected(row int) bool { return g.selection().has(row) }

// selection is the selected rows that there are.
func (g *Grid) selection() ranges {
	switch rows := g.Rows(); {
	case !g.Multi && g.chosen >= 0 && g.chosen < rows:
		return ranges{{g.chosen, g.chosen + 1}}
	case !g.Multi:
		return nil
	case len(g.selected) > 0 && g.selected[len(g.selected)-1].to > rows:
		return g.selected.without(rows, g.selected[len(g.selected)-1].to)
	default:
		return g.selected
	}
}

// SetSelection selects the rows that keep says, and tells nobody: the rows were
// sorted or filtered, and who knows them by something that lasts says which
// they are. It asks once for every row.
func (g *Grid) SetSelection(keep func(row int) bool) {
	var all ranges
	for row := range g.Rows() {
		switch n := len(all); {
		case !keep(row):
		case n > 0 && all[n-1].to == row:
			all[n-1].to++
		default:
			all = append(all, span{row, row + 1})
		}
	}
	g.selected = all
	g.Refresh()
}

// SelectAll selects every row.
func (g *Grid) SelectAll() {
	if g.Multi {
		g.setSelected(ranges{}.with(0, g.Rows()))
	}
}

// SelectNone lets go of all rows.
func (g *Grid) SelectNone() { g.setSelected(nil) }

func (g *Grid) selectOnly(row int) { g.setSelected(ranges{}.with(row, row+1)) }

// toggle selects a row, or lets go of it.
func (g *Grid) toggle(row int) {
	if !g.Multi || row < 0 || row >= g.Rows() {
		return
	}
	g.anchor = row
	if g.selected.has(row) {
		g.setSelected(g.selected.without(row, row+1))
		return
	}
	g.setSelected(g.selected.with(row, row+1))
}

// extend selects the rows from the anchor to a row, besides others or alone.
func (g *Grid) extend(row int, besides bool) {
	rows := ranges{}
	if besides {
		rows = g.selected
	}
	g.setSelected(rows.with(min(g.anchor, row), max(g.anchor, row)+1))
}

func (g *Grid) setSelected(r ranges) {
	if slices.Equal(g.selected, r) {
		return
	}
	g.selected = r
	g.Refresh()
	g.tellSelected()
}

func (g *Grid) tellSelected() { call0(g.OnSelected) }

// ticked is the mark in the box of the heading: for all, some or no rows.
func (g *Grid) ticked() tick {
	switch n := g.SelectedCount(); {
	case n == 0:
		return unticked
	case n == g.Rows():
		return tickedAll
	default:
		return tickedSome
	}
}
