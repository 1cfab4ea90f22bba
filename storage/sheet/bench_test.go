package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// benchRows is how long the list is by which readers are compared; the
// environment may ask for another length.
func benchRows(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("SHEET_ROWS"))
	if err != nil {
		return 100_000
	}
	b.Logf("%d rows", n)
	return n
}

// longList is a list of six columns.
func longList(b *testing.B, rows int) string {
	return workbook(b, func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		err = w.SetRow("A1", []any{"Name", "Phone", "E-mail", "City", "Signup", "Account"})
		for i := range rows {
			err = errors.Join(err, w.SetRow("A"+strconv.Itoa(i+2), []any{
				fmt.Sprintf("Person %d Example", i), 2025550000 + i*7919%9_999_999, fmt.Sprintf("person%d@example.com", i),
				"Springfield", 44000 + i%2000, fmt.Sprintf("AC-%08d", i),
			}))
		}
		return errors.Join(err, w.Flush())
	})
}

func BenchmarkWorkbook(b *testing.B) {
	n := benchRows(b)
	path := longList(b, n)
	b.Run("rollcall", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := drain(b, path); got != n {
				b.Fatal(got)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := drainExcelize(b, path); got != n+1 {
				b.Fatal(got)
			}
		}
	})
}

// drain reads a list without keeping it.
func drain(b *testing.B, path string) (rows int) {
	table, err := sheet.Open(b.Context(), path, campaign.Reading{})
	if err != nil {
		b.Fatal(err)
	}
	for {
		if _, err = table.Rows.Next(); err != nil {
			break
		}
		rows++
	}
	if !errors.Is(err, io.EOF) || table.Rows.Close() != nil {
		b.Fatal(err)
	}
	return rows
}

func drainExcelize(b *testing.B, path string) (rows int) {
	f, err := excelize.OpenFile(filepath.Clean(path), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	list, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for list.Next() {
		if _, err := list.Columns(); err != nil {
			b.Fatal(err)
		}
		rows++
	}
	if err := errors.Join(list.Error(), list.Close(), f.Close()); err != nil {
		b.Fatal(err)
	}
	return rows
}
