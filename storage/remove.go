package storage

import (
	"context"
	"errors"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// removeRows is how many rows are removed in one transaction, so that a call
// that begins meanwhile does not wait for long.
const removeRows = 2000

// removeHidden removes what is left of imports and removals that the end of
// the process interrupted.
func (db *DB) removeHidden(ctx context.Context) error {
	ids, err := db.file.queries().HiddenCampaigns(ctx)
	for _, id := range ids {
		db.removeLater(campaign.ID(id))
	}
	lists, failed := db.file.queries().HiddenLists(ctx)
	for _, id := range lists {
		db.removeListLater(id)
	}
	return errors.Join(err, failed)
}

// removeLater removes a hidden campaign in the background. What is not done
// when the store is closed is done after it was opened again.
func (db *DB) removeLater(id campaign.ID) {
	db.removal.Go(func() {
		if err := db.remove(db.life, id); err != nil && db.life.Err() == nil {
			db.file.log.ErrorContext(db.life, "a campaign that is gone still takes room", "campaign", id, "error", err)
		}
	})
}

func (db *DB) remove(ctx context.Context, id campaign.ID) error {
	key := int64(id)
	kept, err := db.file.queries().IsForLedger(ctx, key)
	if err == nil && kept {
		kept, err = db.strip(ctx, key)
	}
	if err != nil {
		return err
	}
	steps := []func(q *query.Queries) (int64, error){
		func(q *query.Queries) (int64, error) {
			return q.DeleteProblems(ctx, query.DeleteProblemsParams{Campaign: key, N: removeRows})
		},
		func(q *query.Queries) (int64, error) {
			return q.DeleteNames(ctx, query.DeleteNamesParams{Campaign: key, N: removeRows})
		},
	}
	if !kept {
		steps = append(steps, func(q *query.Queries) (int64, error) {
			return q.DeleteContacts(ctx, query.DeleteContactsParams{Campaign: key, N: removeRows})
		})
	}
	for _, step := range steps {
		if err := db.repeat(ctx, step); err != nil {
			return err
		}
	}
	return db.file.note(ctx, func(q *query.Queries) error { return deleteCampaign(ctx, q, key, kept) })
}

// deleteCampaign deletes a campaign whose rows are gone; if some are kept, all
// but itself.
func deleteCampaign(ctx context.Context, q *query.Queries, id int64, kept bool) error {
	for _, step := range []func(context.Context, int64) error{q.DeleteTally, q.DeleteImport, q.DeleteBlocks} {
		if err := step(ctx, id); err != nil {
			return err
		}
	}
	if kept {
		return nil
	}
	return q.DeleteCampaign(ctx, id)
}

// removeListLater removes a hidden do-not-call list in the background.
func (db *DB) removeListLater(id int64) {
	db.removal.Go(func() {
		err := db.repeat(db.life, func(q *query.Queries) (int64, error) {
			return q.DeleteRanges(db.life, query.DeleteRangesParams{List: id, N: 4 * removeRows})
		})
		if err == nil {
			err = db.file.note(db.life, func(q *query.Queries) error { return q.DeleteList(db.life, id) })
		}
		if err != nil && db.life.Err() == nil {
			db.file.log.ErrorContext(db.life, "a do-not-call list that is gone still takes room", "list", id, "error", err)
		}
	})
}

// repeat runs step, which removes some rows and tells how many, in one
// transaction after another until there is nothing left for it.
func (db *DB) repeat(ctx context.Context, step func(q *query.Queries) (int64, error)) error {
	for removed := int64(1); removed > 0; {
		err := db.file.note(ctx, func(q *query.Queries) (err error) {
			removed, err = step(q)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
