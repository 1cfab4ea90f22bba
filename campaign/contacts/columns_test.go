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
