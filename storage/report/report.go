// Package report writes the result workbook: what came of everybody on a list.
//
// Sheet Summary says what was called, how and with what result. Contacts holds
// every row of the user's file once, in its order: the user's own columns as
// they are, then Outcome, Number, Reached at, Attempts, Last reason, Next step,
// Line, and a column for each question that somebody answered. A heading of
// the user's that is called like one of ours stays; ours stand to the right of
// all of theirs. Attempts holds the calls that were made and those of which
// nobody knows whether they were; a request that came back undialled is no
// attempt and is not listed.
//
// Row 1 of Contacts and Attempts is the heading, nothing stands above it. A
// sheet has 1,048,576 rows; what is more goes on in Contacts 2. Texts are text
// cells, also numbers and what looks like a formula, so that nothing in the
// file is ever computed or rounded. Times are by this computer's clock.
//
// Everything is in the language in use. In English the names of sheets and the
// headings are a format that programs read.
//
// What a reader looks for stands in
//
//	report.go    the result workbook; summary.go, contacts.go, attempts.go its
//	             sheets, sheet.go how they are written, file.go how files are
//	own.go       a copy of the user's own file with results; own_book.go of a
//	             workbook
//	text.go      texts: the copy of one, the plain table
//	print.go     the report to print; print_draw.go its charts
//	donotcall.go who must not be called
//	rejects.go   what an import set aside
package report

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// Source is where a report reads from.
type Source interface {
	Campaign(ctx context.Context, id campaign.ID) (campaign.Campaign, error)
	// Order returns the ids of all rows that f keeps, in its order.
	Order(ctx context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error)
	// Contacts returns a few hundred rows in the order of ids.
	Contacts(ctx context.Context, ids []campaign.ContactID) ([]campaign.Contact, error)
	// Attempts returns the attempts of a campaign, oldest first; contact is zero.
	Attempts(ctx context.Context, id campaign.ID, contact campaign.ContactID) ([]campaign.Attempt, error)
}

// newBook is a report of what src has that is no workbook yet.
func newBook(src Source) *book {
	return &book{src: src, rows: maxRows, now: time.Now(), tally: campaign.Tally{}, unsure: map[campaign.ContactID]campaign.Status{}}
}

// maxRows is how many rows a sheet holds, the heading among them.
const maxRows = excelize.TotalRows

// Write writes the report of a campaign to path and returns where it is: an
// existing file is replaced, and if that cannot be done, because it is open
// elsewhere, the report gets a numbered name beside it. There is never half a
// report under the name returned. It is generic, as are its siblings, so that it
// can be handed on as a function of a source that has more.
func Write[S Source](ctx context.Context, path string, src S, id campaign.ID) (string, error) {
	return write(ctx, path, src, id, maxRows)
}

func write(ctx context.Context, path string, src Source, id campaign.ID, rows int) (string, error) {
	b := &book{
		src: src, file: excelize.NewFile(), rows: rows, now: time.Now(),
		tally: campaign.Tally{}, unsure: map[campaign.ContactID]campaign.Status{},
	}
	defer b.file.Close() // its temporary files; the report is whole or not there
	if err := b.fill(ctx, id); err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	path, err := replace(path, func(w io.Writer) error { return b.file.Write(w) })
	if err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	return path, nil
}

// book is a report being written.
type book struct {
	src      Source
	campaign campaign.Campaign
	file     *excelize.File
	rows     int // a sheet holds
	style    styles
	now      time.Time
	answers  []string // names of the questions, as first met
	tally    campaign.Tally
	// unsure holds the rows that are on a line or in doubt now: their open
	// attempts are listed with that state.
	unsure map[campaign.ContactID]campaign.Status
}

func (b *book) fill(ctx context.Context, id campaign.ID) error {
	var err error
	if b.campaign, err = b.src.Campaign(ctx, id); err != nil {
		return err
	}
	if b.style, err = newStyles(b.file); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", words.Say("Summary")); err != nil {
		return err
	}
	ids, err := b.src.Order(ctx, id, campaign.Filter{})
	if err != nil {
		return err
	}
	if err := b.contacts(ctx, ids); err != nil {
		return err
	}
	if err := b.attempts(ctx); err != nil {
		return err
	}
	return b.summary()
}

// each calls do with every row of ids, in order. do must not keep it.
func (b *book) each(ctx context.Context, ids []campaign.ContactID, do func(campaign.Contact) error) error {
	const batch = 200
	for len(ids) > 0 {
		n := min(batch, len(ids))
		rows, err := b.src.Contacts(ctx, ids[:n])
		if err != nil {
			return err
		}
		for _, c := range rows {
			if err := do(c); err != nil {
				return err
			}
		}
		ids = ids[n:]
	}
	return nil
}
