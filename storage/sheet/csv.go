package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"rollcall/campaign"
)

// textRows is a source: the records of a text.
type textRows struct {
	records *records
	read    *measure
	number  int
	cells   []campaign.Cell
}

// text begins to read a file of separated values.
func (in *input) text(t *campaign.Table) (source, error) {
	if in.how.Sheet != "" {
		return nil, &campaign.FileError{Fault: campaign.FaultNoSheet, Wanted: in.how.Sheet}
	}
	text, err := in.letters(nil)
	if err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(text, delimiterBytes))
	if err != nil {
		return nil, err
	}
	said, head := hint(head)
	delimiter, given := delimiterNamed(in.how.Delimiter)
	switch {
	case given:
	case said != "":
		delimiter = said
	default:
		delimiter = separation(head)
	}
	t.Book.Encoding, t.Book.Delimiter = text.encoding, delimiter
	return in.part(&textRows{records: separated(io.MultiReader(bytes.NewReader(head), text), delimiter, head), read: text.measure})
}

// part leaves of a source without named areas what was asked for.
func (in *input) part(src source) (source, error) {
	if in.how.Area == "" {
		return src, nil
	}
	a, _, err := find(nil, "", in.how.Area)
	return cut{src, a}, err
}

// separated reads the records of a text whose beginning is head.
func separated(text io.Reader, delimiter string, head []byte) *records {
	if delimiter != aligned {
		return newRecords(text, delimiter, window)
	}
	r := newRecords(text, "", window)
	r.plain, r.fixed = true, alignment(head)
	if r.fixed == nil {
		r.fixed = []int{0}
	}
	return r
}

func (r *textRows) next() (campaign.TableRow, error) {
	fields, err := r.records.next()
	if err != nil {
		return campaign.TableRow{}, r.where(err)
	}
	r.number++
	if r.number > maxRows {
		return campaign.TableRow{}, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	row := campaign.TableRow{Number: r.number}
	for _, s := range r.records.stray {
		row.Problems = append(row.Problems, r.problem(s.column, campaign.ProblemQuote, s.raw, s.value))
	}
	if r.records.seen&(classHigh|classZero) != 0 {
		row.Problems = r.clean(fields, row.Problems)
	}
	r.cells = r.cells[:0]
	for _, s := range fields {
		c := campaign.Cell{}
		if s != "" {
			c = campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
		}
		r.cells = append(r.cells, c)
	}
	row.Cells = r.cells
	return row, nil
}

// where says after which record damage is.
func (r *textRows) where(err error) error {
	var fault *campaign.FileError
	if errors.As(err, &fault) && fault.Fault == campaign.FaultDamaged {
		return damage("after record %d %w", r.number, fault.Err)
	}
	return err
}

// clean takes out of fields what is no text: bytes that are not in the
// encoding, which are shown as U+FFFD, and zeros.
func (r *textRows) clean(fields []string, problems []campaign.CellProblem) []campaign.CellProblem {
	for i, s := range fields {
		shown := strings.ToValidUTF8(s, string(utf8.RuneError))
		fields[i] = shown
		if strings.IndexByte(s, 0) >= 0 {
			fields[i] = strings.ReplaceAll(shown, "\x00", "")
			shown = strings.ReplaceAll(shown, "\x00", string(utf8.RuneError))
		}
		if strings.ContainsRune(shown, utf8.RuneError) {
			problems = append(problems, r.problem(i, campaign.ProblemEncoding, shown, fields[i]))
		}
	}
	return problems
}

func (r *textRows) problem(column int, kind campaign.Problem, value, repair string) campaign.CellProblem {
	tidy := func(s string) string {
		return strings.ReplaceAll(strings.ToValidUTF8(s, string(utf8.RuneError)), "\x00", string(utf8.RuneError))
	}
	return campaign.CellProblem{Row: r.number, Column: letters(column + 1), Kind: kind, Value: tidy(value), Repair: tidy(repair)}
}

func (r *textRows) problems() []campaign.CellProblem { return nil }
func (r *textRows) done() float64                    { return r.read.done() }
func (r *textRows) padded() bool                     { return r.records.fixed != nil }
func (r *textRows) Close() error                     { return nil }
