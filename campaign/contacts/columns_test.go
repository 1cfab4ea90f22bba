package contacts_test

import (
	"strings"
	"testing"

	"rollcall/campaign/contacts"
)

// Headings that repeat thousands of times are numbered in one go.
func TestRepeatedHeadings(t *testing.T) {
	const columns = 16000
	list := read(t, table(strings.Repeat("x|", columns)+"Phone", strings.Repeat("y|", columns)+"(312) 555-0142"), contacts.Options{})
	if got := list.Columns[columns-1].Name; got != "x 16000" {
		t.Errorf("the last one is %q", got)
	}
}

// So are columns of a table without headings, and of rows that grow.
func TestManyColumnsWithoutHeadings(t *testing.T) {
	const columns = 16000
	lines := []string{""}
	for i := range 10 {
		lines = append(lines, strings.Repeat("y|", columns-10+i)+"(312) 555-0142")
	}
	list := read(t, headless(table(lines...)), contacts.Options{})
	if n := len(list.Columns); n != columns || list.Columns[n-1].Name != "Column 16000" {
		t.Errorf("%d columns, the last one is %q", n, list.Columns[n-1].Name)
	}
}
