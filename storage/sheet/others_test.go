package sheet_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
)

// whole writes all of a file: what is known of it, and the rows of every sheet.
func whole(t *testing.T, path string) string {
	t.Helper()
	first, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, first sheet %q\n", first.Book.Format, first.Sheet)
	for _, a := range first.Book.Areas {
		fmt.Fprintf(&b, "area %q: %q %s, table %v\n", a.Name, a.Sheet, a.Ref, a.Table)
	}
	for _, s := range first.Book.Sheets {
		fmt.Fprintf(&b, "\nsheet %q, hidden %v, %d × %d\n", s.Name, s.Hidden, s.Rows, s.Columns)
		all, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Sheet: s.Name})
		for _, row := range all.Rows {
			b.WriteString(rowText(row) + "\n")
		}
		fmt.Fprintf(&b, "problems %v, error %v\n", all.Problems, err)
	}
	return b.String()
}

func rowText(row campaign.TableRow) string {
	text := fmt.Sprint(row.Number)
	if row.Hidden {
		text += " hidden"
	}
	for _, c := range row.Cells {
		switch c.Raw {
		case c.Text:
			text += fmt.Sprintf(" | %s %q", c.Type, c.Text)
		default:
			text += fmt.Sprintf(" | %s %q %q", c.Type, c.Text, c.Raw)
		}
	}
	return text
}

// What other programs wrote is read cell by cell; README.txt in the folders
// says which. The golden files were compared with what LibreOffice makes of
// the same sheets.
func TestWrittenByOthers(t *testing.T) {
	for _, pattern := range []string{"testdata/xls/*.xls", "testdata/ods/*.*ods"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, path := range files {
			if strings.Contains(path, "many") {
				continue
			}
			t.Run(filepath.Base(path), func(t *testing.T) { golden(t, path, whole(t, path)) })
		}
	}
}
