package sheet_test

import (
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

func TestHeading(t *testing.T) {
	type rows = [][]any
	tests := []struct {
		name string
		rows rows // nil: a row left empty
		want int  // row of the heading
		data int  // rows below it
	}{
		{"first row", rows{{"Name", "Phone"}, {"Ann", 3125550142}}, 1, 1},
		{"below empty rows", rows{nil, nil, {"Name", "Phone"}, {"Ann", 3125550142}}, 3, 1},
		{"below a title", rows{{"Patients"}, {"Name", "Phone"}, {"Ann", 3125550142}}, 2, 1},
		{"below a title and a date", rows{{"Patients", "March 2026"}, nil, {"Name", "Phone", "City", "Zip", "Fee"}, {"Ann", 3125550142, "Rome", 1, 2}}, 3, 1},
		{"with digits in it", rows{{"Name", "Phone 1", "Phone 2"}, {"Ann", 3125550142, 3125550143}}, 1, 1},
		{"with a number sign", rows{{"#", "Name", "Phone"}, {1, "Ann", 3125550142}}, 1, 1},
		{"with one column unnamed", rows{{"Name", nil, "Phone"}, {"Ann", "x", 3125550142}}, 1, 1},
		{"alone", rows{{"Name", "Phone"}}, 1, 0},
		{"one column", rows{{"Phone"}, {3125550142}, {3125550143}}, 1, 2},
		{"absent", rows{{"Ann", 3125550142}, {"Bob", 3125550143}}, 0, 2},
		{"absent, numbers as text", rows{{"Ann", "312 555 0142"}, {"Bob", "312 555 0143"}}, 0, 2},
		{"absent, short numbers", rows{{"Ann", 911}, {"Bob", 3125550143}}, 0, 2},
		{"absent, addresses of mail", rows{{"Ann", "ann@example.com"}, {"Bob", "bob@example.com"}}, 0, 2},
		{"absent, only numbers", rows{{3125550142}, {3125550143}}, 0, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := workbook(t, func(f *excelize.File) error {
				var err error
				for i, row := range tt.rows {
					cell, _ := excelize.CoordinatesToCellName(1, i+1)
					err = errors.Join(err, f.SetSheetRow("Sheet1", cell, &row))
				}
				return err
			})
			table, err := read(t, path, campaign.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			if table.HeaderRow != tt.want || len(table.Rows) != tt.data {
				t.Errorf("heading in row %d with %d rows below, want %d and %d", table.HeaderRow, len(table.Rows), tt.want, tt.data)
			}
			if (table.HeaderRow == 0) != (len(table.Header) == 0) {
				t.Errorf("heading %v in row %d", table.Header, table.HeaderRow)
			}
		})
	}
}

// Cells that are merged are stored as one and empty ones, in titles and in
// headings.
func TestMergedHeading(t *testing.T) {
	path := workbook(t, func(f *excelize.File) error {
		return errors.Join(
			f.SetSheetRow("Sheet1", "A1", &[]any{"Patients of March"}), f.MergeCell("Sheet1", "A1", "D2"),
			f.SetSheetRow("Sheet1", "A3", &[]any{"Name", nil, "Phone", "City"}), f.MergeCell("Sheet1", "A3", "B3"), f.MergeCell("Sheet1", "C3", "C4"),
			f.SetSheetRow("Sheet1", "A5", &[]any{"Ann", "Example", 3125550142, "Rome"}),
			f.SetSheetRow("Sheet1", "A6", &[]any{"Bob", "Example", 3125550143, "Oslo"}))
	})
	got, err := read(t, path, campaign.Reading{})
	if err != nil || got.HeaderRow != 3 || outline(got.Rows) != "5: Ann Example 3125550142 Rome; 6: Bob Example 3125550143 Oslo" {
		t.Errorf("heading in row %d, %s, %v", got.HeaderRow, outline(got.Rows), err)
	}
}
