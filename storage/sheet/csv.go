package sheet

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"rollcall/campaign"
)

const utf8BOM = "\xEF\xBB\xBF"

// text reads a file of separated values.
func (r *reading) text(ctx context.Context, f *os.File) (campaign.Table, error) {
	if r.options.Sheet != "" {
		return campaign.Table{}, &FileError{Fault: NoSheet, Sheet: r.options.Sheet}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return campaign.Table{}, err
	}
	content, err := io.ReadAll(contextReader{ctx, f})
	if err != nil {
		return campaign.Table{}, err
	}
	text, err := decode(content)
	if err != nil {
		return campaign.Table{}, err
	}
	records := newRecords(text)
	var rows []campaign.TableRow
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return campaign.Table{}, err
		}
		fields, err := records.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err := r.count(len(fields)); err != nil {
			return campaign.Table{}, err
		}
		if cells := textCells(fields); filled(cells) > 0 {
			rows = append(rows, campaign.TableRow{Number: number, Cells: cells})
		}
	}
	t := build(rows, false)
	t.Problems = append(records.problems, badBytes(t)...)
	for i, p := range t.Problems {
		if p.Column == "" {
			t.Problems[i].Column = columnName(t, records.columns[i])
		}
	}
	return t, nil
}

func textCells(fields []string) []campaign.Cell {
	cells := make([]campaign.Cell, len(fields))
	for i, s := range fields {
		if s != "" {
			cells[i] = campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
		}
	}
	return cells
}

// columnName is a column's heading, or its letter where there is none.
func columnName(t campaign.Table, column int) string {
	if column < len(t.Header) && !empty(t.Header[column]) {
		return strings.TrimSpace(t.Header[column].Text)
	}
	return letters(column + 1)
}

// badBytes finds the cells that were not text in the file's encoding.
func badBytes(t campaign.Table) []campaign.CellProblem {
	var problems []campaign.CellProblem
	for _, row := range t.Rows {
		for i, c := range row.Cells {
			if strings.ContainsRune(c.Text, utf8.RuneError) {
				problems = append(problems, campaign.CellProblem{
					Row: row.Number, Column: columnName(t, i), Kind: campaign.ProblemEncoding, Value: c.Text, Repair: c.Text,
				})
			}
		}
	}
	return problems
}

// decode makes text of bytes: by byte order mark, then UTF-16 by its zeros,
// then UTF-8 if it is valid but for a few bytes, else Windows-1252, in which
// Excel saves CSV.
func decode(content []byte) (string, error) {
	if e := wide(content); e != nil {
		text, err := e.NewDecoder().Bytes(content)
		return string(text), err
	}
	if s, found := strings.CutPrefix(string(content), utf8BOM); found {
		return strings.ToValidUTF8(s, string(utf8.RuneError)), nil
	}
	good, bad := nonASCII(content)
	if bad == 0 {
		return string(content), nil
	}
	if good > 2*bad {
		return strings.ToValidUTF8(string(content), string(utf8.RuneError)), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(content)
	return string(text), err
}

// nonASCII counts the characters above ASCII and the bytes that are none.
func nonASCII(content []byte) (good, bad int) {
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		content = content[size:]
	}
	return good, bad
}

// wide recognises UTF-16, by its mark or by where its zeros are; nil if the
// content is something else.
func wide(content []byte) encoding.Encoding {
	if len(content) >= 2 && (content[0] == 0xFF && content[1] == 0xFE || content[0] == 0xFE && content[1] == 0xFF) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	var zeros [2]int
	sample := content[:min(len(content), 8<<10)]
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	enough := len(sample) / 5
	switch {
	case zeros[1] > enough && zeros[0] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > enough && zeros[1] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return nil
	}
}
