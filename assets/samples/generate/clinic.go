package main

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// appointment is one row of clinic.xlsx.
type appointment struct {
	patient string
	phone   cell
	day     time.Time
	hour    string
	doctor  string
}

// cell is what stands in a phone cell: a text, or with number set a number in
// that number format, and with formula set the formula that yields it.
type cell struct {
	text    string
	number  float64
	format  string // of the number
	formula string
}

// Where the rows that are not plain stand, by index from 0.
const (
	rows        = 200
	damageFirst = 8  // the first damaged row
	damageStep  = 16 // and the distance to the next
	copyFirst   = 60 // the first row with a number that came before
	copyStep    = 29 // and the distance to the next
	copyBack    = 41 // how far above its number stands
	copies      = 5
)

// blocked are the people of the list who asked not to be called.
func blocked() []int { return []int{21, 79, 150} }

// appointments makes all rows.
func appointments() []appointment {
	start := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC) // a Tuesday
	broken := damages()
	list := make([]appointment, rows)
	for i := range list {
		a := appointment{
			patient: person(i),
			phone:   typed(clinicLine(i), i),
			day:     start.AddDate(0, 0, weekday(i/40)),
			hour:    slot(i % 40 / 2),
			doctor:  []string{"Dr. Pepperday", "Dr. Mothwing"}[i%2],
		}
		if n := (i - copyFirst) / copyStep; i >= copyFirst && (i-copyFirst)%copyStep == 0 && n < copies {
			a.phone = typed(clinicLine(i-copyBack), i+1)
		}
		if n := (i - damageFirst) / damageStep; i >= damageFirst && (i-damageFirst)%damageStep == 0 && n < len(broken) {
			a.phone = broken[n](clinicLine(i))
		}
		list[i] = a
	}
	return list
}

// weekday is the n-th working day from a Tuesday on, as days after it.
func weekday(n int) int {
	if n > 3 {
		return n + 2
	}
	return n
}

// slot is the n-th appointment of a day, every twenty minutes from 9 o'clock.
func slot(n int) string {
	return time.Date(2026, 1, 1, 9, 20*n, 0, 0, time.UTC).Format("3:04 PM")
}

// typed is a number as offices type them: mostly text, every sixth as a number.
func typed(l line, i int) cell {
	if i%6 == 5 {
		return cell{number: l.value(), format: "0"}
	}
	return cell{text: l.written(i)}
}

// damages returns what spreadsheets do to telephone numbers. Of the first six
// every digit is still there; of the others a digit would have to be guessed.
func damages() []func(line) cell {
	return []func(line) cell{
		// shown as 6.18E+09, stored whole
		func(l line) cell { return cell{number: l.value(), format: "0.00E+00"} },
		// written back by a program that takes every number for a fraction
		func(l line) cell { return cell{text: fmt.Sprintf("%d.0", l.digits())} },
		// "+1…" typed without an apostrophe
		func(l line) cell {
			return cell{formula: fmt.Sprintf("+1%d", l.digits()), number: 1e10 + l.value(), format: "0"}
		},
		// a note beside the number
		func(l line) cell { return cell{text: "cell: " + l.written(4) + " (after 5)"} },
		// dialled as from abroad
		func(l line) cell { return cell{text: "001 " + l.written(4)} },
		// exported in full precision
		func(l line) cell { return cell{text: strconv.FormatFloat(l.value(), 'E', 9, 64)} },

		// exported as it was shown: the digits are gone
		func(l line) cell { return cell{text: strconv.FormatFloat(l.value(), 'E', 2, 64)} },
		// a longer number, so exported, and typed back in
		func(line) cell { return cell{text: "4.41E+11"} },
		// two numbers in one cell
		func(l line) cell { return cell{text: l.written(4) + " / " + line{l.area, 99 - l.last}.written(4)} },
		// "5-12" taken for a day
		func(line) cell { return cell{number: 46154, format: "d-mmm"} },
		// two numbers run together and cut to 15 digits
		func(l line) cell { return cell{number: float64(l.digits()*1e8) * 100, format: "0"} },
		// copied from a column that was too narrow to show it
		func(line) cell { return cell{text: "##########"} },
	}
}

// workbook writes the list as an office would have it.
func workbook(list []appointment) ([]byte, error) {
	f := excelize.NewFile()
	w := writer{file: f, sheet: "Appointments", styles: map[string]int{}}
	w.do(f.SetSheetName("Sheet1", w.sheet))
	w.do(f.SetColWidth(w.sheet, "A", "A", 9))
	w.do(f.SetColWidth(w.sheet, "B", "D", 24))
	w.do(f.SetColWidth(w.sheet, "E", "E", 10))
	w.do(f.SetColWidth(w.sheet, "F", "F", 26))
	for i, heading := range []string{"Chart", "Patient", "Phone", "Appointment", "Time", "Doctor"} {
		w.set(i+1, 1, cell{text: heading})
	}
	for i, a := range list {
		row := i + 2
		w.set(1, row, cell{text: fmt.Sprintf("C-%d", 1401+i)})
		w.set(2, row, cell{text: a.patient})
		w.set(3, row, a.phone)
		w.set(4, row, cell{number: serial(a.day), format: "dddd, mmmm d"})
		w.set(5, row, cell{text: a.hour})
		w.set(6, row, cell{text: a.doctor})
	}
	w.do(f.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	var out bytes.Buffer
	if w.err == nil {
		w.err = f.Write(&out)
	}
	return out.Bytes(), w.err
}

// serial is a day as a spreadsheet counts it.
func serial(day time.Time) float64 {
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	return day.Sub(zero).Hours() / 24
}

// writer puts cells into a sheet and keeps the first error.
type writer struct {
	file   *excelize.File
	sheet  string
	styles map[string]int // by number format
	err    error
}

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) set(column, row int, c cell) {
	at, err := excelize.CoordinatesToCellName(column, row)
	w.do(err)
	if c.format == "" {
		w.do(w.file.SetCellStr(w.sheet, at, c.text))
		return
	}
	w.do(w.file.SetCellFloat(w.sheet, at, c.number, -1, 64))
	if c.formula != "" {
		w.do(w.file.SetCellFormula(w.sheet, at, c.formula))
	}
	w.do(w.file.SetCellStyle(w.sheet, at, at, w.style(c.format)))
}

// style returns the style of a number format.
func (w *writer) style(format string) int {
	if id, ok := w.styles[format]; ok {
		return id
	}
	id, err := w.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	w.do(err)
	w.styles[format] = id
	return id
}
