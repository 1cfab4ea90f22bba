package broadcast

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/gateway"
)

// This file merges imports into lists, as pure functions, and finds columns.

// ListName returns the name under which a list is kept: in lower case, for old
// clients name files of Windows, and without space around it.
func ListName(name string) string { return fold(name) }

// Merge says what an import does to people who are on the list already.
type Merge int

// The values of the protocol's mergeopt.
const (
	MergeSkip  Merge = iota // leave them as they are
	MergeEmpty              // fill in what is blank
)

// Merged is what an import did, in rows.
type Merged struct {
	Added, Filled, Left int
	// Rows are the places on the list of those whom the import names, each
	// once, in the order of the import.
	Rows []int
}

// merge returns list with the people of t on it. Who has the same number as
// somebody who was on it, by its digits, is the same person; without a number,
// who has the same cells. Rows of t are not merged with each other: what they
// say of two people would be mixed.
func merge(list, t Table, how Merge) (Table, Merged, error) {
	list, places, err := list.with(t.Columns)
	if err != nil {
		return Table{}, Merged{}, err
	}
	phone := phoneColumn(list.Columns)
	known := make(map[string]int, len(list.Rows))
	for i, row := range slices.Backward(list.Rows) {
		known[identity(row, phone)] = i
	}
	var m Merged
	named := make(map[int]bool)
	for _, cells := range t.Rows {
		row := make([]string, len(list.Columns))
		for i, cell := range cells {
			row[places[i]] = cell
		}
		at, found := known[identity(row, phone)]
		switch {
		case !found:
			at = len(list.Rows)
			if err := fits(at+1, len(list.Columns)); err != nil {
				return Table{}, Merged{}, err
			}
			list.Rows = append(list.Rows, row)
			m.Added++
		case how == MergeEmpty && fillBlanks(list.Rows[at], row):
			m.Filled++
		default:
			m.Left++
		}
		if !named[at] {
			named[at] = true
			m.Rows = append(m.Rows, at)
		}
	}
	return list, m, nil
}

// with returns a copy of t that has these columns too, and where each stands.
func (t Table) with(columns []string) (Table, []int, error) {
	t.Columns = slices.Clone(t.Columns)
	places := make([]int, len(columns))
	for i, name := range columns {
		places[i] = column(t.Columns, name)
		if places[i] < 0 {
			places[i] = len(t.Columns)
			t.Columns = append(t.Columns, name)
		}
	}
	if err := fits(len(t.Rows), len(t.Columns)); err != nil {
		return Table{}, nil, err
	}
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = widened(row, len(t.Columns))
	}
	t.Rows = rows
	return t, places, nil
}

// identity is what makes two rows the same person.
func identity(row []string, phone int) string {
	if phone >= 0 {
		if digits := gateway.Phone(row[phone]).Digits(); digits != "" {
			return digits
		}
	}
	return "\x00" + strings.Join(row, "\x00")
}

// fillBlanks fills what is blank in row and tells whether anything was.
func fillBlanks(row, from []string) bool {
	filled := false
	for i, cell := range from {
		if row[i] == "" && cell != "" {
			row[i], filled = cell, true
		}
	}
	return filled
}

// column returns the place of the column of this name, or -1.
func column(columns []string, name string) int {
	return slices.IndexFunc(columns, func(c string) bool { return fold(c) == fold(name) })
}

// columnWith returns the place of the first column whose name holds word.
func columnWith(columns []string, word string) int {
	return slices.IndexFunc(columns, func(c string) bool { return strings.Contains(fold(c), word) })
}

// phoneColumn is where the number is expected: in the first column whose name
// holds "phone". It is -1 if there is none.
func phoneColumn(columns []string) int { return columnWith(columns, "phone") }

// phoneColumns finds the columns that names lists, separated by commas; an
// empty list is the column where the number is expected.
func phoneColumns(columns []string, names string) ([]int, error) {
	if strings.TrimSpace(names) == "" {
		if at := phoneColumn(columns); at >= 0 {
			return []int{at}, nil
		}
		return nil, errors.New("no column of the list is a phone number's: name it (phonecols)")
	}
	var places []int
	for name := range strings.SplitSeq(names, ",") {
		if strings.TrimSpace(name) == "" {
			continue
		}
		at := column(columns, name)
		if at < 0 {
			return nil, fmt.Errorf("the list has no column %q (phonecols)", strings.TrimSpace(name))
		}
		places = append(places, at)
	}
	return places, nil
}

// numbersTable is bare numbers as rows for list.
func numbersTable(list List, numbers []string) Table {
	name := "Phone"
	if at := phoneColumn(list.Columns); at >= 0 {
		name = list.Columns[at]
	}
	t := Table{Columns: []string{name}}
	for _, n := range numbers {
		t.Rows = append(t.Rows, []string{n})
	}
	return t
}
