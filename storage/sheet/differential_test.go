package sheet_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"rollcall/campaign"
)

// stored are the stored values of a sheet's rows that are not empty, by row,
// without empty cells at their ends.
type stored map[int][]string

// byExcelize reads a sheet as the library does.
func byExcelize(t testing.TB, path, sheet string) stored {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	list, err := f.Rows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	all := stored{}
	for n := 1; list.Next(); n++ {
		row, err := list.Columns()
		if err != nil {
			t.Fatal(err)
		}
		all.add(n, row)
	}
	if err := errors.Join(list.Error(), list.Close()); err != nil {
		t.Fatal(err)
	}
	return all
}

func (s stored) add(n int, row []string) {
	row = slices.Clone(row)
	for i, text := range row {
		row[i] = strings.TrimSpace(text)
	}
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	if len(row) > 0 {
		s[n] = row
	}
}

// byUs reads it as we do.
func byUs(t testing.TB, path, sheet string) stored {
	t.Helper()
	got, err := read(t, path, campaign.Reading{Sheet: sheet, Header: campaign.NoHeader})
	if err != nil {
		t.Fatal(err)
	}
	all := stored{}
	for _, row := range got.Rows {
		var texts []string
		for _, c := range row.Cells {
			text := c.Raw
			if c.Type == campaign.CellFormula {
				text = strings.NewReplacer("TRUE", "1", "FALSE", "0").Replace(c.Text)
			}
			texts = append(texts, text)
		}
		all.add(row.Number, texts)
	}
	return all
}

// Whatever is written is read as the library reads it.
func TestLikeExcelize(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zÀ-ž ]{0,20}`), rapid.SampledFrom([]string{
		"", " ", "a & b <c> \"d\" 'e'", "line\nbreak", "_x000D_", "_x005F_x0041_", "😀 名前", "0171 2345678", "]]>", "\ttab ",
	}))
	value := rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return nil
		case 1:
			return rapid.Int64Range(-1e15, 1e15).Draw(t, "whole")
		case 2:
			return rapid.Float64Range(-1e12, 1e12).Draw(t, "number")
		case 3:
			return rapid.Bool().Draw(t, "truth")
		default:
			return sane(text.Draw(t, "text"))
		}
	})
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(value, 0, 6), 0, 12).Draw(rt, "rows")
		stream := rapid.Bool().Draw(rt, "stream") // texts in cells instead of shared ones
		path := workbook(t, func(f *excelize.File) error { return fill(f, rows, stream) })
		if diff := cmp.Diff(byExcelize(t, path, "Sheet1"), byUs(t, path, "Sheet1")); diff != "" {
			rt.Fatalf("(-library +ours):\n%s", diff)
		}
	})
}

// sane is a text that a workbook can hold.
func sane(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

func fill(f *excelize.File, rows [][]any, stream bool) error {
	if !stream {
		var err error
		for i := range rows {
			err = errors.Join(err, f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &rows[i]))
		}
		return err
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i := range rows {
		err = errors.Join(err, w.SetRow("A"+strconv.Itoa(i+1), rows[i]))
	}
	return errors.Join(err, w.Flush())
}
