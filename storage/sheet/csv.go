package sheet

import (
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"rollcall/campaign"
)

const utf8BOM = "\xEF\xBB\xBF"

// textRows is a source: the records of a text.
type textRows struct {
	records *records
	number  int
	told    int // problems of records that were given
}

// text begins to read a file of separated values.
func (in *input) text(t *campaign.Table) (source, error) {
	if in.how.Sheet != "" {
		return nil, &campaign.FileError{Fault: campaign.FaultNoSheet, Wanted: in.how.Sheet}
	}
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(contextReader{in.ctx, in.file})
	if err != nil {
		return nil, err
	}
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	return &textRows{records: newRecords(text)}, nil
}

func (r *textRows) next() (campaign.TableRow, error) {
	fields, err := r.records.next()
	if err != nil {
		return campaign.TableRow{}, err
	}
	r.number++
	row := campaign.TableRow{Number: r.number, Cells: textCells(fields)}
	for ; r.told < len(r.records.problems); r.told++ {
		p := r.records.problems[r.told]
		p.Column = letters(r.records.columns[r.told] + 1)
		row.Problems = append(row.Problems, p)
	}
	for i, c := range row.Cells {
		if strings.ContainsRune(c.Text, utf8.RuneError) {
			row.Problems = append(row.Problems, campaign.CellProblem{
				Row: row.Number, Column: letters(i + 1), Kind: campaign.ProblemEncoding, Value: c.Text, Repair: c.Text,
			})
		}
	}
	return row, nil
}

func (r *textRows) problems() []campaign.CellProblem { return nil }
func (r *textRows) done() float64                    { return 0 }
func (r *textRows) padded() bool                     { return false }
func (r *textRows) Close() error                     { return nil }

func textCells(fields []string) []campaign.Cell {
	cells := make([]campaign.Cell, len(fields))
	for i, s := range fields {
		if s != "" {
			cells[i] = campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
		}
	}
	return cells
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
