package storage

import (
	"context"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// Summaries returns how all campaigns stand, the newest first, archived ones
// among them. It counts no rows: however many there are, that costs the same.
func (db *DB) Summaries(ctx context.Context) ([]campaign.Summary, error) {
	rows, err := db.file.queries().Summaries(ctx)
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", explain(err))
	}
	counts, err := db.file.queries().Tallies(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the rows of campaigns: %w", explain(err))
	}
	tallies := map[int64]campaign.Tally{}
	for _, t := range counts {
		if tallies[t.Campaign] == nil {
			tallies[t.Campaign] = campaign.Tally{}
		}
		tallies[t.Campaign][campaign.Status(t.Status)] = int(t.N)
	}
	return convert(rows, func(r query.SummariesRow) (campaign.Summary, error) {
		c, err := toCampaign(r.Campaign)
		return campaign.Summary{
			Campaign: c, Tally: tallies[r.Campaign.ID], Due: unstamp(r.Due),
			Since: unstamp(r.Campaign.Since), Archived: unstamp(r.Campaign.Archived),
		}, err
	})
}

// Archive puts a campaign away at a time; the zero time brings it back. Nothing
// is done if it is there already.
func (db *DB) Archive(ctx context.Context, id campaign.ID, at time.Time) error {
	what := campaign.AuditArchived
	if at.IsZero() {
		what = campaign.AuditReturned
	}
	row, err := db.file.queries().GetCampaign(ctx, int64(id))
	if err != nil {
		return fmt.Errorf("archive campaign %d: %w", id, explain(err))
	}
	if (row.Archived == 0) == at.IsZero() {
		return nil
	}
	return db.changeCampaign(ctx, "archive", id, func(q *query.Queries) (int64, error) {
		if err := db.recordAbout(ctx, q, id, what, nil); err != nil {
			return 0, err
		}
		return q.ArchiveCampaign(ctx, query.ArchiveCampaignParams{ID: int64(id), Archived: stamp(at)})
	})
}

// Discard deletes a campaign that is over, with its rows and what came of them;
// else [ErrNotOver]. It is gone at once, the room of its rows a little later.
// The numbers that were really called, and when, stay for limits and for the
// ledger, and so do entries of the do-not-call list that hold everywhere.
func (db *DB) Discard(ctx context.Context, id campaign.ID) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		c, err := q.GetCampaign(ctx, int64(id))
		if err != nil {
			return err
		}
		if !campaign.State(c.State).Over() {
			return ErrNotOver
		}
		if err := db.recordAbout(ctx, q, id, campaign.AuditDiscarded, nil); err != nil {
			return err
		}
		return q.KeepForLedger(ctx, int64(id))
	})
	if err != nil {
		return fmt.Errorf("delete campaign %d: %w", id, err)
	}
	db.removeLater(id)
	return nil
}

// strip removes of a hidden campaign all that the ledger does not need, and
// tells whether anything is left. What was removed before is passed over.
func (db *DB) strip(ctx context.Context, id int64) (left bool, err error) {
	for after, more := int64(0), true; more; {
		err := db.file.note(ctx, func(q *query.Queries) error {
			upto, err := stripRows(ctx, q, id, after)
			after, more = upto, upto > 0
			return err
		})
		if err != nil {
			return true, err
		}
	}
	first, err := db.file.queries().RowsUpTo(ctx, query.RowsUpToParams{Campaign: id, N: 1})
	return first > 0, err
}

// stripRows does so for some rows after one, and returns the last of them.
func stripRows(ctx context.Context, q *query.Queries, id, after int64) (int64, error) {
	upto, err := q.RowsUpTo(ctx, query.RowsUpToParams{Campaign: id, After: after, N: removeRows})
	if err != nil || upto == 0 {
		return upto, err
	}
	if err := q.ForgetRehearsals(ctx, query.ForgetRehearsalsParams{Campaign: id, After: after, Upto: upto}); err != nil {
		return 0, err
	}
	if err := q.ForgetAnswers(ctx, query.ForgetAnswersParams{Campaign: id, After: after, Upto: upto}); err != nil {
		return 0, err
	}
	if err := q.ForgetContacts(ctx, query.ForgetContactsParams{Campaign: id, After: after, Upto: upto}); err != nil {
		return 0, err
	}
	return upto, q.ForgetCells(ctx, query.ForgetCellsParams{Campaign: id, After: after, Upto: upto})
}
