package report

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"rollcall/campaign"
)

// This file writes texts of separated values: in UTF-8, with the mark by which
// spreadsheets know that, and the ends of lines of RFC 4180.

// mark is the byte order mark of UTF-8.
const mark = "\uFEFF"

// newText begins a text whose fields a delimiter separates.
func newText(w io.Writer, delimiter string) (*csv.Writer, error) {
	if _, err := io.WriteString(w, mark); err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if r, size := utf8.DecodeRuneInString(delimiter); size == len(delimiter) && size > 0 {
		out.Comma = r
	}
	return out, nil
}

// fields writes values as texts.
func fields(values []any) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case nil:
		case string:
			texts[i] = v
		case int:
			texts[i] = strconv.Itoa(v)
		case time.Time:
			if !v.IsZero() {
				texts[i] = v.Local().Format(time.DateTime)
			}
		default:
			texts[i] = fmt.Sprint(v)
		}
	}
	return texts
}

// text writes the copy of a text: lines that are empty stay so, and lines that
// are longer than others push nothing aside.
func (o *own) text(ctx context.Context, w io.Writer) error {
	width, err := o.width(ctx)
	if err != nil {
		return err
	}
	out, err := newText(w, o.table.Book.Delimiter)
	if err != nil {
		return err
	}
	all := width + len(o.columns)
	line := 1
	err = o.eachRow(ctx, func(row campaign.TableRow, beside []any) error {
		for ; line < row.Number; line++ {
			if err := out.Write(make([]string, all)); err != nil {
				return err
			}
		}
		line++
		record := make([]string, all)
		for i, c := range row.Cells {
			record[i] = c.Text
		}
		copy(record[width:], fields(beside))
		return out.Write(record)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// width is that of the widest line, for which the text is read once more.
func (o *own) width(ctx context.Context) (width int, err error) {
	again, err := o.reopen(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, again.Rows.Close()) }()
	for {
		row, err := again.Rows.Next()
		if errors.Is(err, io.EOF) {
			return width, nil
		}
		if err != nil {
			return 0, err
		}
		width = max(width, len(row.Cells))
	}
}

// WritePlain writes every row of a campaign with what came of it to a text for
// other programs, as the sheet Contacts has them, and returns where it is.
func WritePlain[S Source](ctx context.Context, path string, src S, id campaign.ID, tell func(part float64)) (string, error) {
	b := newBook(src)
	written, err := replace(path, func(w io.Writer) error { return b.plain(ctx, w, id, tell) })
	if err != nil {
		return "", fmt.Errorf("write the table: %w", err)
	}
	return written, nil
}

func (b *book) plain(ctx context.Context, w io.Writer, id campaign.ID, tell func(part float64)) error {
	var err error
	if b.campaign, err = b.src.Campaign(ctx, id); err != nil {
		return err
	}
	ids, err := b.src.Order(ctx, id, campaign.Filter{})
	if err != nil {
		return err
	}
	if err := b.questions(ctx, ids); err != nil {
		return err
	}
	out, err := newText(w, ",")
	if err != nil {
		return err
	}
	var titles []any
	for _, c := range b.contactHeading() {
		titles = append(titles, c.heading)
	}
	if err := out.Write(fields(titles)); err != nil {
		return err
	}
	const often = 500
	n := 0
	err = b.each(ctx, ids, func(c campaign.Contact) error {
		if n++; n%often == 0 && tell != nil {
			tell(float64(n) / float64(len(ids)))
		}
		return out.Write(fields(b.contactRow(c)))
	})
	out.Flush()
	return errors.Join(err, out.Error())
}
