package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/storage/query"
)

// This file is about single numbers that must not be called; lists of them
// stand in listed.go.

// Block adds numbers to the do-not-call list, for ever: everywhere, or for one
// campaign if id is not zero. What is blocked everywhere is blocked in practice
// campaigns too.
func (db *DB) Block(ctx context.Context, id campaign.ID, numbers []phone.Number, source string, at time.Time) error {
	entries := make([]campaign.DoNotCallEntry, len(numbers))
	for i, number := range numbers {
		entries[i] = campaign.DoNotCallEntry{Number: number, Campaign: id, Way: campaign.ByImport, Source: source, Added: at}
	}
	return db.AddDoNotCall(ctx, entries)
}

// AddDoNotCall adds single numbers to the do-not-call list. A number that is
// there already stays as it is, unless the new entry holds longer.
func (db *DB) AddDoNotCall(ctx context.Context, entries []campaign.DoNotCallEntry) error {
	err := db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		stmts := &prepared{db: tx}
		defer func() { _ = stmts.close() }() // with the transaction at the latest
		q := query.New(stmts)
		before, err := changesSoFar(ctx, tx)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Number == "" {
				continue
			}
			if err := q.Block(ctx, query.BlockParams{
				Number: string(e.Number), Campaign: int64(e.Campaign), Way: string(e.Way), Source: e.Source, Reason: e.Reason,
				Added: stamp(e.Added), Expires: stamp(e.Expires),
			}); err != nil {
				return err
			}
		}
		after, err := changesSoFar(ctx, tx)
		if err != nil || after == before {
			return err
		}
		return db.record(ctx, q, blockedEntry(entries, after-before))
	})
	if err != nil {
		return fmt.Errorf("add %d numbers to the do-not-call list: %w", len(entries), err)
	}
	return nil
}

// Unblock takes a number off the entries of every campaign, also one whose
// person asked for it: a person decides. Lists that hold it stay as they are.
func (db *DB) Unblock(ctx context.Context, number phone.Number) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		n, err := q.Unblock(ctx, string(number))
		if err != nil || n == 0 {
			return err
		}
		return db.record(ctx, q, unblockedEntry(number, 0))
	})
	if err != nil {
		return fmt.Errorf("take a number off the do-not-call list: %w", err)
	}
	return nil
}

// RemoveDoNotCall takes one entry off the list; one whose person asked for it
// stays, with [campaign.ErrForEver].
func (db *DB) RemoveDoNotCall(ctx context.Context, number phone.Number, id campaign.ID) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		n, err := q.Unlist(ctx, query.UnlistParams{Number: string(number), Campaign: int64(id)})
		if err != nil {
			return err
		}
		if n > 0 {
			return db.record(ctx, q, unblockedEntry(number, id))
		}
		there, err := q.Listed(ctx, query.ListedParams{Number: string(number), Campaign: int64(id)})
		if err == nil && there {
			err = campaign.ErrForEver
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("take a number off the do-not-call list: %w", err)
	}
	return nil
}

// DoNotCall returns up to n single entries, also those that do not count any
// more, by number: those after an entry, from the beginning if that is zero.
// A search finds a part of a number, of the source or of the reason.
func (db *DB) DoNotCall(ctx context.Context, search string, after campaign.DoNotCallEntry, n int) ([]campaign.DoNotCallEntry, error) {
	rows, err := db.file.queries().DoNotCallEntries(ctx, query.DoNotCallEntriesParams{
		After: string(after.Number), AfterCampaign: int64(after.Campaign), N: int64(max(n, 0)),
		Search: strings.TrimSpace(search), Digits: asDialled(strings.TrimSpace(search)),
	})
	if err != nil {
		return nil, fmt.Errorf("read the do-not-call list: %w", explain(err))
	}
	return convert(rows, toEntry)
}

// CountDoNotCall counts the single entries that a search finds.
func (db *DB) CountDoNotCall(ctx context.Context, search string) (int, error) {
	n, err := db.file.queries().CountDoNotCall(ctx, query.CountDoNotCallParams{
		Search: strings.TrimSpace(search), Digits: asDialled(strings.TrimSpace(search)),
	})
	if err != nil {
		return 0, fmt.Errorf("count the do-not-call list: %w", explain(err))
	}
	return int(n), nil
}

// WhyDoNotCall returns all entries and lists on which a number stands, also
// those that do not count any more.
func (db *DB) WhyDoNotCall(ctx context.Context, number phone.Number) ([]campaign.DoNotCallEntry, []campaign.DoNotCallList, error) {
	q := db.file.queries()
	entries, err := q.EntriesOf(ctx, string(number))
	value, _ := strconv.ParseInt(strings.TrimPrefix(string(number), "+"), 10, 64) // of none, zero: on no list
	lists, listed := q.ListsWith(ctx, value)
	if err := errors.Join(err, listed); err != nil {
		return nil, nil, fmt.Errorf("read the do-not-call list: %w", explain(err))
	}
	of, err := convert(entries, toEntry)
	with, failed := convert(lists, func(r query.ListsWithRow) (campaign.DoNotCallList, error) { return toDoNotCallList(r.DoNotCallList) })
	return of, with, errors.Join(err, failed)
}

func toEntry(r query.DoNotCall) (campaign.DoNotCallEntry, error) {
	return campaign.DoNotCallEntry{
		Number: phone.Number(r.Number), Campaign: campaign.ID(r.Campaign), Way: campaign.DoNotCallWay(r.Way),
		Source: r.Source, Reason: r.Reason, Added: unstamp(r.Added), Expires: unstamp(r.Expires),
	}, nil
}
