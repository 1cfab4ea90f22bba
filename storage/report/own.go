package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/sheet"
)

// This file writes what came of everybody into a copy of the user's own file:
// their rows, columns and formats as they are, and to the right of all of them
// the columns that the result workbook has too. The file itself is never
// written to. It must be what was read: rows are found by their number, and
// every one is compared with what is known of it before anything is written
// beside it.

// OwnSource is where such a copy reads from.
type OwnSource interface {
	Source
	// ImportOf returns how the list was read.
	ImportOf(ctx context.Context, id campaign.ID) (contacts.Import, error)
}

// Why results cannot be written into a copy of a file.
var (
	errChanged = errors.New("it was changed since it was read, so that the rows may be those of other people")
	errMoved   = errors.New("its rows are not those of the campaign any more: a newer list was brought in")
	errItself  = errors.New("that is your own file itself: choose another name for the copy")
	errKind    = errors.New("results can be written into copies of Excel workbooks (.xlsx) and of texts only")
)

// WriteOwn writes the copy to path and returns where it is, as [Write] does. It
// tells which part is done. A workbook keeps its kind; a text is written in
// UTF-8, with a mark that says so and the delimiter that it has.
func WriteOwn[S OwnSource](ctx context.Context, path string, src S, id campaign.ID, tell func(part float64)) (string, error) {
	o := &own{book: newBook(src), tell: tell}
	written, err := o.write(ctx, path, src, id)
	if err != nil {
		return "", fmt.Errorf("copy %s: %w", filepath.Base(o.campaign.List.File), err)
	}
	return written, nil
}

// own is such a copy being written.
type own struct {
	*book
	tell    func(part float64)
	header  int // row of the headings, 0 for none
	how     campaign.Reading
	table   *campaign.Table
	people  people
	next    campaign.Contact // of people; meaningful if there is more
	more    bool
	columns []column
}

func (o *own) write(ctx context.Context, path string, src OwnSource, id campaign.ID) (_ string, err error) {
	if o.campaign, err = src.Campaign(ctx, id); err != nil {
		return "", err
	}
	im, err := src.ImportOf(ctx, id)
	if err != nil {
		return "", err
	}
	if err := o.open(ctx, path, im); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, o.table.Rows.Close()) }()
	ids, err := src.Order(ctx, id, campaign.Filter{})
	if err != nil {
		return "", err
	}
	if err := o.questions(ctx, ids); err != nil {
		return "", err
	}
	o.columns, o.people = o.resultHeading(), people{src: src, ids: ids, all: len(ids)}
	if o.table.Book.Format == campaign.FormatText {
		return replace(path, func(w io.Writer) error { return o.text(ctx, w) })
	}
	return o.workbook(ctx, path)
}

// open opens the user's file and makes sure that it is what was read. Its rows
// come from the first on, titles and headings among them.
func (o *own) open(ctx context.Context, path string, im contacts.Import) error {
	file := o.campaign.List.File
	if same(file, path) {
		return errItself
	}
	o.header = im.HeaderRow
	o.how = campaign.Reading{Sheet: o.campaign.List.Sheet, Header: campaign.NoHeader, Encoding: im.Book.Encoding, Delimiter: im.Book.Delimiter}
	t, err := o.reopen(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("it is not at %s any more: put it there again, as it was", file)
	}
	if err != nil {
		return err
	}
	o.table = t
	switch {
	case t.Book.Format != campaign.FormatText && t.Book.Format != campaign.FormatXLSX:
		return errors.Join(errKind, t.Rows.Close())
	case t.Hash != o.campaign.List.Hash:
		return errors.Join(errChanged, t.Rows.Close())
	}
	return nil
}

// reopen reads the user's file from its first row.
func (o *own) reopen(ctx context.Context) (*campaign.Table, error) {
	return sheet.Open(ctx, o.campaign.List.File, o.how)
}

// same tells whether two paths are one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	other, failed := os.Stat(b)
	return err == nil && failed == nil && os.SameFile(one, other)
}

// eachRow gives the rows of the user's file with what goes beside each.
func (o *own) eachRow(ctx context.Context, do func(row campaign.TableRow, beside []any) error) error {
	const often = 500
	if err := o.advance(ctx); err != nil {
		return err
	}
	for n := 0; ; n++ {
		row, err := o.table.Rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if n%often == 0 && o.tell != nil {
			o.tell(o.people.done())
		}
		beside, err := o.beside(ctx, row)
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if err := do(row, beside); err != nil {
			return err
		}
	}
	if o.more {
		return errMoved
	}
	return nil
}

// advance goes on to the next person.
func (o *own) advance(ctx context.Context) (err error) {
	o.next, o.more, err = o.people.next(ctx)
	return err
}

// beside is what goes beside a row: the headings, what came of its person, or
// nothing.
func (o *own) beside(ctx context.Context, row campaign.TableRow) ([]any, error) {
	switch {
	case row.Number == o.header:
		return o.headings(), nil
	case !o.more || row.Number < o.next.Row:
		return nil, nil
	case row.Number > o.next.Row || !fits(row, o.next):
		return nil, errMoved
	default:
		results := o.resultRow(o.next)
		return results, o.advance(ctx)
	}
}

func (o *own) headings() []any {
	titles := make([]any, len(o.columns))
	for i, c := range o.columns {
		titles[i] = c.heading
	}
	return titles
}

// fits tells whether a row is that of a person: all that is known of their
// cells stands in it.
func fits(row campaign.TableRow, c campaign.Contact) bool {
	for _, text := range c.Cells {
		if text != "" && !slices.ContainsFunc(row.Cells, func(cell campaign.Cell) bool { return cell.Text == text }) {
			return false
		}
	}
	return true
}

// people gives the rows of a campaign one after another.
type people struct {
	src  Source
	ids  []campaign.ContactID // still to be read
	all  int
	held []campaign.Contact
}

func (p *people) next(ctx context.Context) (c campaign.Contact, more bool, err error) {
	const batch = 200
	for len(p.held) == 0 {
		if len(p.ids) == 0 {
			return c, false, nil
		}
		n := min(batch, len(p.ids))
		if p.held, err = p.src.Contacts(ctx, p.ids[:n]); err != nil {
			return c, false, err
		}
		p.ids = p.ids[n:]
	}
	c, p.held = p.held[0], p.held[1:]
	return c, true, nil
}

// done is the part that was read, from 0 to 1.
func (p *people) done() float64 {
	if p.all == 0 {
		return 1
	}
	return 1 - float64(len(p.ids)+len(p.held))/float64(p.all)
}
