package storage

import (
	"context"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/storage/query"
)

// Block adds numbers to the do-not-call list: everywhere, or for one campaign
// if id is not zero. Numbers that are there already stay as they are. What is
// blocked everywhere is blocked in practice campaigns too.
func (db *DB) Block(ctx context.Context, id campaign.ID, numbers []phone.Number, source string, at time.Time) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		for _, number := range numbers {
			if number == "" {
				continue
			}
			p := query.BlockParams{Number: string(number), Campaign: int64(id), Source: source, Added: stamp(at)}
			if err := q.Block(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add %d numbers to the do-not-call list: %w", len(numbers), err)
	}
	return nil
}

// Unblock takes a number off every list.
func (db *DB) Unblock(ctx context.Context, number phone.Number) error {
	err := db.file.update(ctx, func(q *query.Queries) error { return q.Unblock(ctx, string(number)) })
	if err != nil {
		return fmt.Errorf("take a number off the do-not-call list: %w", err)
	}
	return nil
}
