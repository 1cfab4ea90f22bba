package storage

import (
	"context"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// This file is what is asked of a campaign before it is started.

// OpenRows gives each, up to n at a time and in the order of the file, the rows
// that may still be called, until it returns an error, which is returned.
func (db *DB) OpenRows(ctx context.Context, id campaign.ID, n int, each func([]campaign.Contact) error) error {
	newest, err := db.file.queries().LastOpen(ctx, int64(id))
	if err != nil {
		return fmt.Errorf("read rows: %w", explain(err))
	}
	for after := int64(0); after < newest; {
		found, err := db.file.queries().OpenAfter(ctx, query.OpenAfterParams{
			Campaign: int64(id), After: after, Newest: newest, N: int64(n), Now: stamp(time.Now()),
		})
		if err != nil {
			return fmt.Errorf("read rows: %w", explain(err))
		}
		rows, err := convert(found, func(r query.OpenAfterRow) (campaign.Contact, error) { return toContact(contactRow(r)) })
		if err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		after = int64(rows[len(rows)-1].ID)
		if err := each(rows); err != nil {
			return err
		}
	}
	return nil
}

// Standing counts the rows that are neither ready nor waiting; those that were
// skipped, by why.
func (db *DB) Standing(ctx context.Context, id campaign.ID) ([]campaign.Standing, error) {
	tally, err := db.Tally(ctx, id)
	if err != nil {
		return nil, err
	}
	skipped, err := db.file.queries().Standing(ctx, int64(id))
	if err != nil {
		return nil, fmt.Errorf("count rows by why: %w", explain(err))
	}
	var all []campaign.Standing
	for _, r := range skipped {
		all = append(all, campaign.Standing{Status: campaign.Skipped, Rows: int(r.N), Why: campaign.Reason{
			Code: campaign.Code(r.Code), Problem: campaign.Problem(r.Problem), Rule: campaign.RuleID(r.Rule), Outcome: r.Outcome,
		}})
	}
	for _, s := range campaign.Statuses() {
		if s != campaign.Ready && s != campaign.Waiting && s != campaign.Skipped && tally[s] > 0 {
			all = append(all, campaign.Standing{Status: s, Rows: tally[s]})
		}
	}
	return all, nil
}

// History is about so many of the newest calls.
const (
	historyCalls = 10_000
	enoughOwn    = 100 // of the campaign itself
)

// CallHistory tells how calls like those of c ended, the newest 10,000: its
// own, or of a real campaign with less than a hundred, all that rang phones.
func (db *DB) CallHistory(ctx context.Context, c campaign.Campaign) (campaign.CallHistory, error) {
	own, err := db.file.queries().HowCallsEnded(ctx, query.HowCallsEndedParams{Campaign: int64(c.ID), N: historyCalls})
	h := campaign.CallHistory{}
	for _, r := range own {
		h[gateway.Outcome(r.Outcome)] = pastCalls(r.Calls, r.Length)
	}
	if err == nil && !c.Practice && h.Calls() < enoughOwn {
		h, err = db.realHistory(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("read how calls ended: %w", explain(err))
	}
	return h, nil
}

func (db *DB) realHistory(ctx context.Context) (campaign.CallHistory, error) {
	all, err := db.file.queries().HowRealCallsEnded(ctx, historyCalls)
	h := campaign.CallHistory{}
	for _, r := range all {
		h[gateway.Outcome(r.Outcome)] = pastCalls(r.Calls, r.Length)
	}
	return h, err
}

func pastCalls(calls, length int64) campaign.PastCalls {
	return campaign.PastCalls{Calls: int(calls), Length: time.Duration(length) * time.Millisecond}
}
