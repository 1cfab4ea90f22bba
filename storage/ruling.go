package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// This file is what people decide about rows, and what is known of numbers
// across campaigns.

// Exclude leaves out those of the rows that are ready or waiting, and returns
// how many these were.
func (db *DB) Exclude(ctx context.Context, ids []campaign.ContactID) (int, error) {
	excluded := 0
	err := db.file.update(ctx, func(q *query.Queries) error {
		excluded = 0
		for _, id := range ids {
			done, err := db.exclude(ctx, q, id)
			if err != nil {
				return err
			}
			if done {
				excluded++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("leave out %d rows: %w", len(ids), err)
	}
	return excluded, nil
}

func (db *DB) exclude(ctx context.Context, q *query.Queries, id campaign.ContactID) (bool, error) {
	row, err := q.GetContact(ctx, int64(id))
	if err != nil {
		return false, err
	}
	if s := campaign.Status(row.Status); s != campaign.Ready && s != campaign.Waiting {
		return false, nil
	}
	why, err := encodeReason(campaign.Reason{Code: campaign.CodeExcluded})
	if err != nil {
		return false, err
	}
	next, err := q.NextChange(ctx, row.Campaign)
	if err != nil {
		return false, err
	}
	if err := q.ExcludeContact(ctx, query.ExcludeContactParams{ID: row.ID, Why: why, Changed: next}); err != nil {
		return false, err
	}
	return true, db.recordAbout(ctx, q, campaign.ID(row.Campaign), campaign.AuditExcluded, rowDetails(row))
}

func rowDetails(row query.Contact) map[string]string {
	return map[string]string{campaign.DetailRow: strconv.FormatInt(row.Row, 10), campaign.DetailNumber: masked(phone.Number(row.Number))}
}

// Rule settles the attempts of those of the rows that are in doubt, and returns
// how many these were.
func (db *DB) Rule(ctx context.Context, ids []campaign.ContactID, r campaign.Ruling, at time.Time) (int, error) {
	ruled := 0
	err := db.file.update(ctx, func(q *query.Queries) error {
		ruled = 0
		for _, id := range ids {
			done, err := db.rule(ctx, q, id, r, at)
			if err != nil {
				return err
			}
			if done {
				ruled++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("decide about %d rows in doubt: %w", len(ids), err)
	}
	return ruled, nil
}

func (db *DB) rule(ctx context.Context, q *query.Queries, id campaign.ContactID, r campaign.Ruling, at time.Time) (bool, error) {
	row, err := q.GetContact(ctx, int64(id))
	if err != nil || campaign.Status(row.Status) != campaign.Doubt {
		return false, err
	}
	found, err := q.OpenAttemptOf(ctx, row.ID)
	if err != nil {
		return false, err
	}
	a, err := toAttempt(found)
	if err != nil {
		return false, err
	}
	c, err := q.GetCampaign(ctx, row.Campaign)
	if err != nil {
		return false, err
	}
	s := ruling(a, r, campaign.State(c.State).Over(), at)
	if err := errors.Join(settleAttempt(ctx, q, s), settleContact(ctx, q, row, s)); err != nil {
		return false, err
	}
	details := rowDetails(row)
	details[campaign.DetailWhy] = string(r)
	return true, db.recordAbout(ctx, q, campaign.ID(row.Campaign), campaign.AuditDecided, details)
}

// ruling is what becomes of an attempt in doubt. One that was called has an
// outcome that nobody knows, and counts as tried; one that was not is as if it
// had expired.
func ruling(a campaign.Attempt, r campaign.Ruling, over bool, at time.Time) campaign.Settlement {
	why := campaign.Reason{Code: campaign.CodeRuled, Text: string(r)}
	a.Ended, a.Why = at, why
	s := campaign.Settlement{Attempt: a, Status: campaign.Failed, Why: why, Tried: true}
	if r == campaign.RuledNotCalled {
		s.Attempt.Outcome = gateway.OutcomeExpired
		s.Status, s.Why, s.Tried = campaign.Ready, campaign.Reason{}, false
	}
	if over && s.Status == campaign.Ready {
		s.Status, s.Why = campaign.Cancelled, campaign.Reason{Code: campaign.CodeStopped}
	}
	return s
}

// CallsTo returns the newest real calls to a number in all campaigns, at most n.
func (db *DB) CallsTo(ctx context.Context, number phone.Number, n int) ([]campaign.LedgerEntry, error) {
	rows, err := db.file.queries().CallsTo(ctx, query.CallsToParams{Number: string(number), N: int64(n)})
	if err != nil {
		return nil, fmt.Errorf("find the calls to a number: %w", explain(err))
	}
	return convert(rows, func(r query.CallsToRow) (campaign.LedgerEntry, error) {
		a, err := toAttempt(r.Attempt)
		return campaign.LedgerEntry{Campaign: r.CampaignName, Attempt: a}, err
	})
}

// ConsentOf returns a number's last word about being called, and false if there
// is none.
func (db *DB) ConsentOf(ctx context.Context, number phone.Number) (campaign.ConsentEntry, bool, error) {
	row, err := db.file.queries().ConsentOf(ctx, string(number))
	if errors.Is(err, sql.ErrNoRows) {
		return campaign.ConsentEntry{}, false, nil
	}
	if err != nil {
		return campaign.ConsentEntry{}, false, fmt.Errorf("find the consent of a number: %w", explain(err))
	}
	return campaign.ConsentEntry{Number: number, Given: row.Given, Source: row.Source, At: unstamp(row.At)}, true, nil
}

// Forget deletes the calls of campaigns that are over which ended before a day,
// and returns how many these were. Their rows keep what came of them; limits
// and reports do not know of the calls any more.
func (db *DB) Forget(ctx context.Context, before time.Time) (int, error) {
	const page = 1000
	forgotten, after := 0, int64(0)
	for {
		rows, err := db.file.queries().OldAttempts(ctx, query.OldAttemptsParams{Before: stamp(before), After: after, N: page})
		if err != nil {
			return forgotten, fmt.Errorf("find old calls: %w", explain(err))
		}
		if len(rows) == 0 {
			return forgotten, db.recordForgotten(ctx, before, forgotten)
		}
		var old []int64
		for _, r := range rows {
			after = r.ID
			if r.Old {
				old = append(old, r.ID)
			}
		}
		if err := db.forget(ctx, old); err != nil {
			return forgotten, err
		}
		forgotten += len(old)
	}
}

func (db *DB) forget(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	err := db.file.update(ctx, func(q *query.Queries) error {
		_, err := q.DeleteAttempts(ctx, ids)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete old calls: %w", err)
	}
	return nil
}

func (db *DB) recordForgotten(ctx context.Context, before time.Time, n int) error {
	if n == 0 {
		return nil
	}
	return db.Audit(ctx, campaign.AuditEntry{What: campaign.AuditForgotten, Details: map[string]string{
		"calls": strconv.Itoa(n), "before_day": before.Format(time.DateOnly),
	}})
}
