package contacts_test

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What lists hold in place of numbers, and what is made of it. Each line of
// the golden file has a region, a type, the cell as Go writes it, the number,
// the kind of problem, and what is proposed.
func TestCells(t *testing.T) {
	const file = "testdata/cells.golden"
	golden, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	cells := 0
	for line := range strings.Lines(string(golden)) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) < 3 {
			got.WriteString(line)
			continue
		}
		cells++
		got.WriteString(strings.TrimRight(strings.Join(append(fields[:3], readCell(t, fields)...), "\t"), "\t") + "\n")
	}
	if cells < 90 {
		t.Errorf("only %d cells", cells)
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(golden), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// readCell reads the cell of a line as the only one of a list.
func readCell(t *testing.T, fields []string) []string {
	t.Helper()
	value, err := strconv.Unquote(fields[2])
	if err != nil {
		t.Fatalf("%s: %v", fields[2], err)
	}
	c := typed(campaign.CellType(fields[1]), value)
	from := phones(c)
	if fields[1] == "csv" { // a file without types
		c.Type = campaign.CellText
		from = phones(c)
		from.Book.Format = campaign.FormatText
	}
	list := read(t, from, contacts.Options{Region: phone.Region(fields[0]), Map: map[contacts.Role][]string{contacts.Phone: {"Phone"}}})
	result := []string{string(list.Contacts[0].Number), "", ""}
	for _, p := range list.Found {
		if p.Kind != campaign.ProblemZone {
			result[1], result[2] = string(p.Kind), p.Proposal
		}
	}
	if (result[0] == "") != (list.Contacts[0].Why.Problem != "") {
		t.Errorf("%s: number %q, %+v", fields[2], result[0], list.Contacts[0].Why)
	}
	return result
}
