package broadcast

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/gateway"
)

// This file reads a list from CSV as spreadsheets and old programs write it.

// Bounds of a list.
const (
	MaxFile    = 16 << 20 // bytes of a file
	MaxRows    = 100_000
	MaxColumns = 200
	MaxCell    = 32 << 10 // bytes of a cell
	MaxCells   = 4 << 20  // of all rows, once they are as wide as the widest
)

// Layout is how a file is written.
type Layout struct {
	Separator rune // between fields; zero is a comma
	// Header tells that the first row names the columns. Else the first column
	// is "Phone" and the others "Column 2" and so on.
	Header bool
}

// ReadTable reads a whole file. A byte order mark, CR, CRLF, quotes that do
// not match and rows of different lengths are tolerated; what is not UTF-8 is
// read as Latin-1. Rows without a word in them are left out.
func ReadTable(file []byte, l Layout) (Table, error) {
	if len(file) > MaxFile {
		return Table{}, fmt.Errorf("the list is longer than %d bytes", MaxFile)
	}
	in := csv.NewReader(bytes.NewReader(asText(file)))
	in.Comma = l.Separator
	if in.Comma == 0 {
		in.Comma = ','
	}
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	in.TrimLeadingSpace = in.Comma != '\t' // else empty first fields would go
	var t Table
	for {
		cells, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t.named(l.Header)
		case err != nil:
			return Table{}, fmt.Errorf("read the list: %w", err)
		case blank(cells):
			continue
		}
		if err := bounded(cells, len(t.Rows)); err != nil {
			line, _ := in.FieldPos(0)
			return Table{}, fmt.Errorf("line %d: %w", line, err)
		}
		t.Rows = append(t.Rows, cells)
	}
}

// asText returns the file in UTF-8, with line ends that a csv.Reader knows.
func asText(file []byte) []byte {
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(file) {
		runes := make([]rune, len(file))
		for i, b := range file {
			runes[i] = rune(b)
		}
		file = []byte(string(runes))
	}
	if !bytes.ContainsRune(file, '\n') {
		file = bytes.ReplaceAll(file, []byte("\r"), []byte("\n"))
	}
	return file
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// bounded trims the cells of a row that comes after so many others, and tells
// which bound it breaks. One row more than MaxRows may be the header.
func bounded(cells []string, rows int) error {
	if rows > MaxRows {
		return fmt.Errorf("more than %d rows", MaxRows)
	}
	if len(cells) > MaxColumns {
		return fmt.Errorf("more than %d columns", MaxColumns)
	}
	for i, cell := range cells {
		if len(cell) > MaxCell {
			return fmt.Errorf("column %d is longer than %d bytes", i+1, MaxCell)
		}
		cells[i] = strings.TrimSpace(cell)
	}
	return nil
}

// named takes the columns' names off the rows, or gives them some, and makes
// every row as wide as the widest.
func (t Table) named(header bool) (Table, error) {
	width := 0
	for _, row := range t.Rows {
		width = max(width, len(row))
	}
	names := make([]string, width)
	switch {
	case header && len(t.Rows) > 0:
		copy(names, t.Rows[0])
		t.Rows = t.Rows[1:]
	case width > 0:
		names[0] = "Phone"
	}
	if err := fits(len(t.Rows), width); err != nil {
		return Table{}, err
	}
	t.Columns = distinct(names)
	for i, row := range t.Rows {
		t.Rows[i] = widened(row, width)
	}
	return t, nil
}

// fits tells which bound a list of this size breaks.
func fits(rows, columns int) error {
	switch {
	case rows > MaxRows:
		return fmt.Errorf("the list has more than %d rows", MaxRows)
	case columns > MaxColumns:
		return fmt.Errorf("the list has more than %d columns", MaxColumns)
	case rows*columns > MaxCells:
		return fmt.Errorf("the list has more than %d cells", MaxCells)
	}
	return nil
}

// HasHeader tells whether the first row of a file names its columns: no word
// in it could be a phone number.
func HasHeader(file []byte, separator rune) bool {
	t, err := ReadTable(file[:min(len(file), MaxCell)], Layout{Separator: separator})
	if err != nil || len(t.Rows) == 0 {
		return true
	}
	return !slices.ContainsFunc(t.Rows[0], func(cell string) bool {
		return len(gateway.Phone(cell).Digits()) >= shortestNumber
	})
}

// shortestNumber is how many digits make a number where nothing else tells.
const shortestNumber = 5

// distinct names what has no name, and numbers names that come again.
func distinct(names []string) []string {
	seen := make(map[string]bool, len(names))
	for i, name := range names {
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		given := name
		for n := 2; seen[fold(name)]; n++ {
			name = fmt.Sprintf("%s %d", given, n)
		}
		seen[fold(name)] = true
		names[i] = name
	}
	return names
}

func widened(row []string, width int) []string {
	return append(row[:len(row):len(row)], make([]string, width-len(row))...)
}

// fold is how names of lists and columns are compared: by their words alone.
func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
