package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// Duplicate makes a draft of another name with the list, the message and the
// settings of a campaign, of which nobody has been called: its rows are as they
// were read, and so is what is known of the reading; numbers that were blocked
// for that campaign alone, but by its practice calls, are for the draft too. It is there as a whole or not
// at all. told, which may be nil, hears how many rows are copied, on the
// goroutine of the caller.
func (db *DB) Duplicate(ctx context.Context, id campaign.ID, name string, told func(rows int)) (campaign.Campaign, error) {
	c, err := db.Campaign(ctx, id)
	if err != nil {
		return campaign.Campaign{}, err
	}
	c.Name, c.State, c.Practice, c.Rethink = name, campaign.Draft, false, false
	c.Created, c.Started, c.Ended, c.Why = time.Now(), time.Time{}, time.Time{}, campaign.Reason{}
	if c, err = db.duplicate(ctx, c, told); err != nil {
		return campaign.Campaign{}, fmt.Errorf("duplicate campaign %d: %w", id, explain(err))
	}
	return db.Campaign(ctx, c.ID)
}

// duplicate stores c as a campaign of its own, with the rows of the one that it
// was.
func (db *DB) duplicate(ctx context.Context, c campaign.Campaign, told func(rows int)) (campaign.Campaign, error) {
	of := c.ID
	im, err := db.ImportOf(ctx, of)
	if err != nil {
		return c, err
	}
	params, err := toInsert(c)
	if err != nil {
		return c, err
	}
	err = db.file.note(ctx, func(q *query.Queries) error {
		id, err := q.InsertCampaign(ctx, params)
		c.ID = campaign.ID(id)
		return err
	})
	if err != nil {
		return c, err
	}
	if err = db.copyRows(ctx, query.CopyContactsParams{Copy: int64(c.ID), Campaign: int64(of), Barred: bars(im)}, told); err == nil {
		err = db.showCopy(ctx, of, c, im)
	}
	if err != nil {
		db.removeLater(c.ID)
	}
	return c, err
}

// bars tells whether a list itself says of people that they must not be called.
func bars(im contacts.Import) bool {
	return slices.ContainsFunc(im.Summary.Columns, func(c contacts.Column) bool {
		return c.Role == contacts.DoNotCall || c.Role == contacts.Consent
	})
}

// copyRows copies all rows to a hidden campaign, some in each transaction.
func (db *DB) copyRows(ctx context.Context, rows query.CopyContactsParams, told func(rows int)) error {
	for copied := loadRows; ; copied += loadRows {
		err := db.file.note(ctx, func(q *query.Queries) (err error) {
			rows.Upto, err = q.RowsUpTo(ctx, query.RowsUpToParams{Campaign: rows.Campaign, After: rows.After, N: loadRows})
			if err != nil || rows.Upto == 0 {
				return err
			}
			return copyLoad(ctx, q, rows)
		})
		if err != nil || rows.Upto == 0 {
			return err
		}
		rows.After = rows.Upto
		if told != nil {
			told(copied)
		}
	}
}

func copyLoad(ctx context.Context, q *query.Queries, rows query.CopyContactsParams) error {
	if err := q.CopyContacts(ctx, rows); err != nil {
		return err
	}
	if err := q.CopyNames(ctx, query.CopyNamesParams{Copy: rows.Copy, After: rows.After, Upto: rows.Upto}); err != nil {
		return err
	}
	return q.CopyProblems(ctx, query.CopyProblemsParams{Copy: rows.Copy, Campaign: rows.Campaign, After: rows.After, Upto: rows.Upto})
}

// showCopy counts the rows of a copy and shows it.
func (db *DB) showCopy(ctx context.Context, of campaign.ID, c campaign.Campaign, im contacts.Import) error {
	tally, err := db.recount(ctx, c.ID, &im.Summary)
	if err == nil {
		err = db.countElsewhere(ctx, c.ID, 0, &im, tally)
	}
	if err != nil {
		return err
	}
	details := listDetails(c, 0, tally)
	details["copy_of"] = strconv.FormatInt(int64(of), 10)
	return db.file.update(ctx, func(q *query.Queries) error {
		id := int64(c.ID)
		return errors.Join(insertTally(ctx, q, c.ID, tally), putCopy(ctx, q, c, im),
			q.CopyBlocks(ctx, query.CopyBlocksParams{Copy: id, Campaign: int64(of)}),
			q.CopiedCampaign(ctx, id), q.ShowCampaign(ctx, id),
			db.recordAbout(ctx, q, c.ID, campaign.AuditDuplicated, details))
	})
}

// putCopy stores how the list was read, if that is known.
func putCopy(ctx context.Context, q *query.Queries, c campaign.Campaign, im contacts.Import) error {
	if im.Book.File == "" { // imported before that was kept
		return nil
	}
	return putList(ctx, q, c, im)
}

// recount counts the rows of a campaign, for its tally and in the words of an
// import.
func (db *DB) recount(ctx context.Context, id campaign.ID, s *contacts.Summary) (campaign.Tally, error) {
	rows, err := db.file.queries().CountByReason(ctx, int64(id))
	if err != nil {
		return nil, err
	}
	s.Ready, s.Quarantined, s.Duplicates, s.Excluded, s.DoNotCall, s.NoConsent, s.Elsewhere = 0, 0, 0, 0, 0, 0, 0
	tally := campaign.Tally{}
	for _, r := range rows {
		tally[campaign.Status(r.Status)] += int(r.N)
		s.Count(campaign.Reason{Code: campaign.Code(r.Code)}, int(r.N))
	}
	return tally, nil
}
