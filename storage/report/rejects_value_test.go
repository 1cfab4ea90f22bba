package report_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/storage/report"
)

// aside is a source whose rows were all set aside.
type aside struct {
	shelf
	found map[int][]campaign.CellProblem // by row
}

func (a *aside) Order(ctx context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	f.Found = campaign.Found{}
	return a.shelf.Order(ctx, id, f)
}

func (a *aside) Problems(_ context.Context, _ campaign.ID, rows []int) ([]campaign.CellProblem, error) {
	var list []campaign.CellProblem
	for _, row := range rows {
		list = append(list, a.found[row]...)
	}
	return list, nil
}

// TestRejectsHoldWhatTheFileHas brings no number in again that only the format
// of a cell made.
func TestRejectsHoldWhatTheFileHas(t *testing.T) {
	invalid := campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemInvalid, Text: "6175550142.5"}
	unclear := campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemHours, Text: "9-5"}
	src := &aside{
		shelf: shelf{
			campaign: campaign.Campaign{ID: 1, List: campaign.List{Columns: []string{"Name", "Phone"}}},
			rows: []campaign.Contact{
				{ID: 1, Row: 2, Cells: []string{"Ann", "6175550143"}, Status: campaign.Skipped, Why: invalid},
				{ID: 2, Row: 3, Cells: []string{"Bob", "9-5"}, Status: campaign.Skipped, Why: unclear},
			},
		},
		found: map[int][]campaign.CellProblem{
			2: {{Row: 2, Column: "Phone", Kind: campaign.ProblemInvalid, Value: "6175550142.5"}},
			3: {{Row: 3, Kind: campaign.ProblemHours, Value: "9-5", Proposal: "Mo-Su 9-17"}},
		},
	}
	path, err := report.WriteRejects(t.Context(), filepath.Join(t.TempDir(), "aside.xlsx"), src, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Set aside")
	if err != nil || len(rows) != 3 {
		t.Fatalf("%q, %v", rows, err)
	}
	want := []string{"Ann", "6175550142.5", "2", "Not a telephone number: 6175550142.5"}
	if diff := cmp.Diff([]string{"Bob", "9-5", "3", "When they want to be called is not clear: 9-5"}, rows[2]); diff != "" {
		t.Errorf("hours are taken for a number (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
