package sheet_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// A number is a date by the format in which it is shown, and by nothing else.
func TestNumberFormats(t *testing.T) {
	custom := func(code string) *excelize.Style { return &excelize.Style{CustomNumFmt: &code} }
	builtin := func(id int) *excelize.Style { return &excelize.Style{NumFmt: id} }
	tests := []struct {
		name  string
		style *excelize.Style
		value float64
		want  campaign.CellType
		text  string
	}{
		{"general", builtin(0), 6175550142, campaign.CellNumber, "6175550142"},
		{"whole", builtin(1), 6175550142, campaign.CellNumber, "6175550142"},
		{"two places", builtin(2), 1.5, campaign.CellNumber, "1.50"},
		{"science", builtin(11), 6175550142, campaign.CellNumber, "6.18E+09"},
		{"as text", builtin(49), 6175550142, campaign.CellNumber, "6175550142"},
		{"date", builtin(14), 46082, campaign.CellDate, "2026-03-01"},
		{"time", builtin(20), 0.5, campaign.CellDate, "12:00"},
		{"date and time", builtin(22), 46082.5, campaign.CellDate, "2026-03-01 12:00"},
		{"own date", custom("yyyy-mm-dd"), 46082, campaign.CellDate, "2026-03-01"},
		{"own date in words", custom(`"on" dddd`), 46082, campaign.CellDate, "on Sunday"},
		{"date of a language", custom("[$-409]d-mmm;@"), 46082, campaign.CellDate, "1-Mar"},
		{"elapsed hours", custom("[h]:mm"), 1.5, campaign.CellDate, "36:00"},
		{"leading zeros", custom("00000000000"), 1712345678, campaign.CellNumber, "01712345678"},
		{"words that look like a date", custom(`"day "0`), 7, campaign.CellNumber, "day 7"},
		{"escaped letters", custom(`\d0`), 7, campaign.CellNumber, "d7"},
		{"colour", custom("[Red]0"), 7, campaign.CellNumber, "7"},
		{"phone", custom("(000) 000-0000"), 6175550142, campaign.CellNumber, "(617) 555-0142"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := workbook(t, func(f *excelize.File) error {
				style, err := f.NewStyle(tt.style)
				return errors.Join(err,
					f.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Value"}),
					f.SetSheetRow("Sheet1", "A2", &[]any{"Ann", tt.value}),
					f.SetCellStyle("Sheet1", "B2", "B2", style))
			})
			table, err := read(t, path, campaign.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			got := table.Rows[0].Cells[1]
			if got.Type != tt.want || got.Text != tt.text {
				t.Errorf("%s %q, want %s %q", got.Type, got.Text, tt.want, tt.text)
			}
			if raw, err := strconv.ParseFloat(got.Raw, 64); err != nil || raw != tt.value {
				t.Errorf("stored as %q, want %v", got.Raw, tt.value)
			}
		})
	}
}
