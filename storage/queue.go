package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// Due returns up to n rows that are ready, or waiting with NextAt not after
// now, retries that fell due first, then by row.
func (db *DB) Due(ctx context.Context, id campaign.ID, now time.Time, n int) ([]campaign.Contact, error) {
	due, err := db.due(ctx, id, now, n)
	if err != nil {
		return nil, fmt.Errorf("find due rows: %w", explain(err))
	}
	return due, nil
}

func (db *DB) due(ctx context.Context, id campaign.ID, now time.Time, n int) ([]campaign.Contact, error) {
	if n <= 0 {
		return nil, nil
	}
	q := db.file.queries()
	waiting, err := q.DueWaiting(ctx, query.DueWaitingParams{Campaign: int64(id), Now: stamp(now), N: int64(n)})
	if err != nil {
		return nil, err
	}
	due, err := convert(waiting, func(r query.DueWaitingRow) (campaign.Contact, error) { return toContact(contactRow(r)) })
	if err != nil || len(due) == n {
		return due, err
	}
	rows, err := q.DueReady(ctx, query.DueReadyParams{Campaign: int64(id), Now: stamp(now), N: int64(n - len(due))})
	if err != nil {
		return nil, err
	}
	ready, err := convert(rows, func(r query.DueReadyRow) (campaign.Contact, error) { return toContact(contactRow(r)) })
	return append(due, ready...), err
}

// NextDue returns when the earliest waiting row is to be looked at again, zero
// if none waits.
func (db *DB) NextDue(ctx context.Context, id campaign.ID) (time.Time, error) {
	next, err := db.file.queries().NextWaiting(ctx, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("find next due row: %w", explain(err))
	}
	return unstamp(next), nil
}

// SetAside stores decisions not to dial now: Waiting, Skipped or Unreached,
// with Why and NextAt as in rows. A row that is neither ready nor waiting any
// more is left as it is. Decisions that a power cut undoes are made again.
func (db *DB) SetAside(ctx context.Context, rows []campaign.Contact) error {
	err := db.file.transact(ctx, lazy, func(tx *sql.Tx) error {
		stmts := &prepared{db: tx}
		defer func() { _ = stmts.close() }() // with the transaction at the latest
		q := query.New(stmts)
		for _, c := range rows {
			why, err := encodeReason(c.Why)
			if err != nil {
				return err
			}
			if err := q.SetAside(ctx, query.SetAsideParams{ID: int64(c.ID), Status: string(c.Status), Why: why, NextAt: wakes(c.Status, c.NextAt)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set %d rows aside: %w", len(rows), err)
	}
	return nil
}

// Wake makes due the waiting rows after a row, at most n, but for those that
// wait in any case. It returns the last row it looked at, zero when there are
// no more.
func (db *DB) Wake(ctx context.Context, id campaign.ID, after campaign.ContactID, n int, now time.Time) (campaign.ContactID, error) {
	last, err := db.wake(ctx, query.WaitingAfterParams{Campaign: int64(id), After: int64(after), N: int64(n)}, now)
	if err != nil {
		return 0, fmt.Errorf("wake waiting rows: %w", explain(err))
	}
	return last, nil
}

func (db *DB) wake(ctx context.Context, p query.WaitingAfterParams, now time.Time) (campaign.ContactID, error) {
	rows, err := db.file.queries().WaitingAfter(ctx, p)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	var ids []int64
	for _, r := range rows {
		if !campaign.Code(r.Code).Holds() {
			ids = append(ids, r.ID)
		}
	}
	last := campaign.ContactID(rows[len(rows)-1].ID)
	if len(ids) == 0 {
		return last, nil
	}
	return last, db.file.note(ctx, func(q *query.Queries) error {
		return q.WakeContacts(ctx, query.WakeContactsParams{Now: stamp(now), Ids: ids})
	})
}

// Cancel turns every Ready and Waiting row to Cancelled.
func (db *DB) Cancel(ctx context.Context, id campaign.ID, why campaign.Reason) error {
	text, err := encodeReason(why)
	if err != nil {
		return fmt.Errorf("cancel rows: %w", err)
	}
	err = db.file.update(ctx, func(q *query.Queries) error {
		next, err := q.NextChange(ctx, int64(id))
		if err != nil {
			return err
		}
		return q.CancelContacts(ctx, query.CancelContactsParams{Campaign: int64(id), Why: text, Changed: next})
	})
	if err != nil {
		return fmt.Errorf("cancel rows: %w", err)
	}
	return nil
}

// Mark notes that a queued row is on a line now. A row without an attempt
// under way is left as it is. A power cut may undo it.
func (db *DB) Mark(ctx context.Context, id campaign.ContactID, s campaign.Status) error {
	err := db.file.note(ctx, func(q *query.Queries) error {
		return q.Mark(ctx, query.MarkParams{ID: int64(id), Status: string(s)})
	})
	if err != nil {
		return fmt.Errorf("mark row as %s: %w", s, err)
	}
	return nil
}

// Tally counts the rows by state, without reading them.
func (db *DB) Tally(ctx context.Context, id campaign.ID) (campaign.Tally, error) {
	rows, err := db.file.queries().Tally(ctx, int64(id))
	if err != nil {
		return nil, fmt.Errorf("count rows: %w", explain(err))
	}
	tally := campaign.Tally{}
	for _, r := range rows {
		tally[campaign.Status(r.Status)] = int(r.N)
	}
	return tally, nil
}
