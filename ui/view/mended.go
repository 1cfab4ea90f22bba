package view

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// errNotMended means that a workbook is no reject report of ours.
func errNotMended() error {
	return errors.New(words.Say("This is not a file of rows that were set aside: it needs the list’s own columns and “%s”", contacts.RejectColumnsIn(string(words.InUse()))[0]))
}

// Mended reads a reject report in which somebody has mended numbers, and
// returns how the list is to be read with them: as if they were typed in by
// hand, each in its row. It also returns how many there are.
func (o *Office) Mended(ctx context.Context, p *PeoplePage, path string) (Source, int, error) {
	table, err := o.app.OpenSheet(ctx, path, campaign.Reading{})
	if err != nil {
		return Source{}, 0, err
	}
	numbers, err := mendedNumbers(table, p)
	if err = errors.Join(err, table.Rows.Close()); err != nil {
		return Source{}, 0, err
	}
	src := p.Source()
	if src.Options.Rows == nil {
		src.Options.Rows = map[int]contacts.Decision{}
	}
	for row, number := range numbers {
		src.Options.Rows[row] = contacts.Decision{Number: number}
	}
	return src, len(numbers), nil
}

// mendedNumbers reads the numbers that can be called now, by their row in the
// file they came from.
func mendedNumbers(table *campaign.Table, p *PeoplePage) (map[int]string, error) {
	headings := make([]string, len(table.Header))
	for i, c := range table.Header {
		headings[i] = oneLine(c.Text)
	}
	rowAt := slices.IndexFunc(headings, contacts.RejectRow)
	var numbersAt []int
	for _, c := range p.inOrder() {
		if at := slices.Index(headings, c.Name); c.Role == contacts.Phone && at >= 0 {
			numbersAt = append(numbersAt, at)
		}
	}
	if rowAt < 0 || len(numbersAt) == 0 {
		return nil, errNotMended()
	}
	region := RegionOr(p.Import.Options.Region)
	mended := map[int]string{}
	for {
		row, err := table.Rows.Next()
		if errors.Is(err, io.EOF) {
			return mended, nil
		}
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(strings.TrimSpace(textAt(row, rowAt)))
		if err != nil {
			return nil, errors.New(words.Say("Row %d does not say which row of the list it was", row.Number))
		}
		for _, at := range numbersAt {
			text := textAt(row, at)
			if _, err := phone.Parse(text, region); err == nil {
				mended[n] = text
				break
			}
		}
	}
}

func textAt(row campaign.TableRow, at int) string {
	if at >= len(row.Cells) {
		return ""
	}
	return row.Cells[at].Text
}
