package view_test

import (
	"testing"

	"rollcall/ui/view"
)

// numbered are n marks of rows that are called by their index.
func numbered(n int) []int {
	var keys []int
	for i := 0; i < n; i += view.MarkPage {
		keys = append(keys, i)
	}
	return keys
}

// fill loads whatever n rows from first need, and tells how many pages that
// were.
func fillMarks(m *view.Marks[int, int], first, n int) (pages int) {
	for {
		page, from, asked, missing := m.Missing(first, n)
		if !missing {
			return pages
		}
		rows := make([]int, min(view.MarkPage, m.Len()-from))
		for i := range rows {
			rows[i] = from + i
		}
		m.Put(asked, page, rows)
		pages++
	}
}

func TestMarksGiveEveryRowOfAMillion(t *testing.T) {
	const n = 1_000_003
	m := &view.Marks[int, int]{}
	if !m.Replace(m.Ask(), numbered(n), n) {
		t.Fatal("the marks are not taken")
	}
	for _, row := range []int{0, 1, view.MarkPage - 1, view.MarkPage, 777_777, n - 1} {
		if pages := fillMarks(m, row-30, 60); pages > 2 {
			t.Errorf("%d pages for one screen", pages)
		}
		if got, held := m.At(row); !held || got != row {
			t.Errorf("row %d is %d, %v", row, got, held)
		}
	}
	for _, row := range []int{-1, n, n + 5} {
		if got, held := m.At(row); held {
			t.Errorf("row %d is %d", row, got)
		}
	}
}

func TestMarksThatAreOldAreNotTaken(t *testing.T) {
	m := &view.Marks[int, int]{}
	old := m.Ask()
	asked := m.Ask()
	if m.Replace(old, numbered(10), 10) || !m.Replace(asked, numbered(5), 5) || m.Len() != 5 {
		t.Errorf("%d rows", m.Len())
	}
	page, _, asked, _ := m.Missing(0, 5)
	m.Ask()
	m.Put(asked, page, []int{1, 2, 3, 4, 5})
	if _, held := m.At(0); held {
		t.Error("a page of an older filter is shown")
	}
	if m.Still(asked) {
		t.Error("an older question still stands")
	}
}

func TestMarksKeepFewPages(t *testing.T) {
	const n = 100_000
	m := &view.Marks[int, int]{}
	m.Replace(m.Ask(), numbered(n), n)
	held := 0
	for row := 0; row < n; row += view.MarkPage {
		fillMarks(m, row, 1)
	}
	for row := 0; row < n; row += view.MarkPage {
		if _, is := m.At(row); is {
			held++
		}
	}
	if held == 0 || held > 20 {
		t.Errorf("%d pages are held", held)
	}
}
