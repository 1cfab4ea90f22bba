package report_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/storage/report"
)

// rejected writes the reject report of a list and returns its rows.
func rejected(t *testing.T, header []string, rows ...[]string) [][]string {
	t.Helper()
	shelf := &campaigntest.Shelf{}
	table := campaigntest.Table("list.csv", header, rows...)
	c, err := shelf.Import(t.Context(), campaign.Campaign{}, func(s contacts.Sink) (contacts.Import, error) {
		sum, err := contacts.Read(table, contacts.Options{}, s)
		return contacts.Import{Summary: sum}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	path, err := report.WriteRejects(t.Context(), filepath.Join(t.TempDir(), "aside.xlsx"), shelf, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if sheets := f.GetSheetList(); len(sheets) != 1 || sheets[0] != "Set aside" {
		t.Errorf("sheets %q", sheets)
	}
	got, err := f.GetRows("Set aside")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRejectsHoldWhatWasSetAsideAndWhy(t *testing.T) {
	got := rejected(t, []string{"Name", "Phone"},
		[]string{"Ann", "617 555 0142"},
		[]string{"Bob", "617 555 0109 / 617 555 0110"},
		[]string{"Cid", "617 555 0142"}, // a duplicate is not set aside
		[]string{"Dee", ""})
	want := [][]string{
		{"Name", "Phone", "Row in the file", "What is wrong", "Proposed number"},
		{"Bob", "617 555 0109 / 617 555 0110", "3", "Two numbers in one cell: 617 555 0109 / 617 555 0110", "+16175550109"},
		{"Dee", "", "5", "No number"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRejectsOfAListThatIsFineAreHeadingsOnly(t *testing.T) {
	if got := rejected(t, []string{"Name", "Phone"}, []string{"Ann", "617 555 0142"}); len(got) != 1 {
		t.Errorf("rows %q", got)
	}
}

func TestRejectsOfAListAsWideAsASheet(t *testing.T) {
	header := make([]string, excelize.MaxColumns)
	for i := range header {
		header[i] = fmt.Sprint("c", i)
	}
	header[0] = "Phone"
	got := rejected(t, header, []string{"none"})
	if len(got) != 2 || len(got[0]) != excelize.MaxColumns || got[0][excelize.MaxColumns-3] != contacts.RejectColumns()[0] {
		t.Errorf("%d rows, the first has %d cells", len(got), len(got[0]))
	}
}
