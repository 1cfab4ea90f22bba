package main

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// school makes a list as a European Excel saves it: Windows-1252, semicolons,
// lines that end as on Windows.
func school() ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = ';'
	w.UseCRLF = true
	pupils := []string{"Zoé", "Søren", "Björn", "Chloë", "Iñaki", "Anaïs", "Jürgen", "Françoise"}
	list := [][]string{{"Pupil", "Class", "Parent", "Telephone"}}
	for i := range 40 {
		number := line{[]int{212, 773, 213}[i%3], i * 13 % 100}
		list = append(list, []string{
			pupils[i%len(pupils)],
			fmt.Sprintf("%d%c", 3+i/20, 'a'+rune(i/10%2)),
			person(200 + i),
			number.written(i),
		})
	}
	if err := w.WriteAll(list); err != nil {
		return nil, err
	}
	return charmap.Windows1252.NewEncoder().Bytes(text.Bytes())
}

// doNotCall makes a list of numbers: those of the clinic's patients who asked
// not to be called, and two others.
func doNotCall() []byte {
	var out bytes.Buffer
	fmt.Fprintln(&out, "Number,Asked on,How")
	for i, of := range blocked() {
		fmt.Fprintf(&out, "%s,2026-0%d-14,asked at the desk\n", clinicLine(of).written(2), 3+i)
	}
	fmt.Fprintf(&out, "%s,2026-07-02,by letter\n", line{303, 7}.written(2))
	fmt.Fprintf(&out, "%s,2026-09-21,pressed 9\n", line{212, 58}.written(2))
	return out.Bytes()
}
