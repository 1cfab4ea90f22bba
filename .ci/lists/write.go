package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"
)

// writeLists writes the same list as a workbook and as a CSV.
func writeLists(book, text string, rows int) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetDimension("Sheet1", fmt.Sprintf("A1:F%d", rows+1)); err != nil { // by which some readers go
		return err
	}
	sheet, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	out, err := os.Create(text)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	for i := range rows + 1 {
		fields := person(i)
		cells := make([]any, len(fields))
		for j, s := range fields {
			cells[j] = s
		}
		if err := errors.Join(sheet.SetRow(fmt.Sprintf("A%d", i+1), cells), w.Write(fields)); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(sheet.Flush(), f.SaveAs(book), w.Error(), out.Close())
}

// person is a row of the list: the headings, then people whose numbers differ,
// a few of them found twice, damaged or missing.
func person(i int) []string {
	if i == 0 {
		return []string{"Name", "Phone", "E-mail", "City", "Appointment", "Account"}
	}
	areas := [...]string{"312", "617", "206", "303", "425", "773", "415", "212", "305", "512"}
	n := i
	if i%97 == 0 {
		n = i - 1 // as in the row before
	}
	number := fmt.Sprintf("(%s) %03d-%04d", areas[n%len(areas)], 200+n/10000%800, n%10000)
	switch {
	case i%251 == 0:
		number = fmt.Sprintf("%s%03d%04d.0", areas[n%len(areas)], 200+n/10000%800, n%10000)
	case i%499 == 0:
		number = "4.41E+14"
	case i%997 == 0:
		number = ""
	}
	return []string{
		fmt.Sprintf("Person %d Example", i), number, fmt.Sprintf("person.%d@example.com", i),
		"Quillhaven", fmt.Sprintf("2026-12-%02d %02d:%02d", i%28+1, 8+i%10, i%60), fmt.Sprintf("AC-%08d", i),
	}
}
