package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file is how people let rows be called after all.

// revivedAtOnce is how many rows are changed in one transaction, so that calls
// that begin meanwhile do not wait for long.
const revivedAtOnce = 1000

// CallAgain lets those of the rows be called again that are done or
// cancelled, and may be called: none that was left out, and none whose numbers
// are all on the do-not-call list. Their calls so far are no tries of the campaign any more. It returns how
// many these were. A campaign that was over is paused then, until somebody
// starts it. Who asked is in the audit log.
func (db *DB) CallAgain(ctx context.Context, id campaign.ID, ids []campaign.ContactID, at time.Time) (int, error) {
	r := revival{db: db, campaign: id, what: campaign.AuditAgain, reopens: true, change: func(p *campaign.Contact, last campaign.AttemptID) bool {
		if !p.Revivable() {
			return false
		}
		p.Anew = campaign.Anew{Since: last, Tries: p.Tries, Now: last}
		p.Status, p.Why, p.NextAt, p.Misses = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, at, 0
		return true
	}}
	n, err := r.each(ctx, ids)
	if err != nil {
		return n, fmt.Errorf("let %d rows be called again: %w", len(ids), err)
	}
	return n, nil
}

// CallNow lets those of the rows that are ready or waiting be called before all
// others, without the delay after their last call; it returns how many these
// were. Whether they may be called is asked as always.
func (db *DB) CallNow(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (int, error) {
	r := revival{db: db, campaign: id, what: campaign.AuditHurried, change: func(p *campaign.Contact, last campaign.AttemptID) bool {
		if p.Status != campaign.Ready && p.Status != campaign.Waiting {
			return false
		}
		p.Anew.Now = last
		p.Status, p.Why, p.NextAt, p.Misses = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, campaign.InFront(), 0
		return true
	}}
	n, err := r.each(ctx, ids)
	if err != nil {
		return n, fmt.Errorf("let %d rows be called now: %w", len(ids), err)
	}
	return n, nil
}

// Include takes back that rows were left out, by hand or because of the
// do-not-call list on which their numbers do not stand any more: they are called
// as if nothing had been said. It returns how many these were.
func (db *DB) Include(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (int, error) {
	r := revival{db: db, campaign: id, what: campaign.AuditIncluded, reopens: true, change: func(p *campaign.Contact, _ campaign.AttemptID) bool {
		if !p.LeftOut() {
			return false
		}
		p.Status, p.Why, p.NextAt = campaign.Ready, campaign.Reason{}, time.Time{}
		return true
	}}
	n, err := r.each(ctx, ids)
	if err != nil {
		return n, fmt.Errorf("take %d rows back in: %w", len(ids), err)
	}
	return n, nil
}

// revival lets rows of a campaign be called.
type revival struct {
	db       *DB
	campaign campaign.ID
	what     campaign.AuditAction
	reopens  bool // a campaign that is over
	// change changes a row whose last attempt is given, or tells that it is none
	// of those that are meant.
	change func(p *campaign.Contact, last campaign.AttemptID) bool
}

// each goes through rows, some at a time.
func (r *revival) each(ctx context.Context, ids []campaign.ContactID) (int, error) {
	all := 0
	for some := range slices.Chunk(ids, revivedAtOnce) {
		var done []query.Contact
		err := r.db.file.update(ctx, func(q *query.Queries) (err error) {
			if done, err = r.some(ctx, q, some); err != nil || len(done) == 0 {
				return err
			}
			return errors.Join(r.record(ctx, q, done), r.reopen(ctx, q))
		})
		if err != nil {
			return all, err
		}
		all += len(done)
	}
	return all, nil
}

func (r *revival) some(ctx context.Context, q *query.Queries, ids []campaign.ContactID) ([]query.Contact, error) {
	next, err := q.NextChange(ctx, int64(r.campaign))
	if err != nil {
		return nil, err
	}
	var done []query.Contact
	for _, id := range ids {
		row, changed, err := r.one(ctx, q, id, next)
		if err != nil {
			return nil, err
		}
		if changed {
			done, next = append(done, row), next+1
		}
	}
	return done, nil
}

func (r *revival) one(ctx context.Context, q *query.Queries, id campaign.ContactID, next int64) (query.Contact, bool, error) {
	row, err := q.GetContact(ctx, int64(id))
	if err != nil || row.Campaign != int64(r.campaign) {
		return row, false, err
	}
	p, err := toContact(contactRow{Contact: row})
	if err != nil {
		return row, false, err
	}
	last, err := q.LastAttemptOf(ctx, row.ID)
	if err != nil || !r.change(&p, campaign.AttemptID(last)) {
		return row, false, err
	}
	if callable, err := anyCallable(ctx, q, p); err != nil || !callable {
		return row, false, err
	}
	why, err := encodeReason(p.Why)
	if err != nil {
		return row, false, err
	}
	return row, true, q.ReviveContact(ctx, query.ReviveContactParams{
		ID: row.ID, Status: string(p.Status), Why: why, NextAt: wakes(p.Status, p.NextAt), Misses: int64(p.Misses), Changed: next,
		AnewSince: int64(p.Anew.Since), AnewTries: int64(p.Anew.Tries), AnewNow: int64(p.Anew.Now),
	})
}

// anyCallable tells whether one of somebody's numbers is not on the do-not-call
// list.
func anyCallable(ctx context.Context, q *query.Queries, p campaign.Contact) (bool, error) {
	now := stamp(time.Now())
	for _, n := range p.Numbers() {
		blocked, err := q.Blocked(ctx, query.BlockedParams{Number: string(n), Campaign: int64(p.Campaign), Now: now})
		if err != nil || !blocked {
			return err == nil, err
		}
	}
	return false, nil
}

// record tells whom somebody let be called.
func (r *revival) record(ctx context.Context, q *query.Queries, done []query.Contact) error {
	if len(done) == 1 {
		return r.db.recordAbout(ctx, q, r.campaign, r.what, rowDetails(done[0]))
	}
	numbers := make([]int64, len(done))
	for i, row := range done {
		numbers[i] = row.Row
	}
	return r.db.recordAbout(ctx, q, r.campaign, r.what, map[string]string{
		campaign.DetailRows: strconv.Itoa(len(done)), campaign.DetailRow: rowSpans(numbers),
	})
}

// rowSpans writes row numbers as "2-61, 77".
func rowSpans(rows []int64) string {
	slices.Sort(rows)
	var said []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] <= rows[j]+1 {
			j++
		}
		text := strconv.FormatInt(rows[i], 10)
		if j > i {
			text += "-" + strconv.FormatInt(rows[j], 10)
		}
		said, i = append(said, text), j+1
	}
	return strings.Join(said, ", ")
}

// reopen pauses a campaign that is over.
func (r *revival) reopen(ctx context.Context, q *query.Queries) error {
	row, err := q.StoredCampaign(ctx, int64(r.campaign))
	if err != nil || !r.reopens || !campaign.State(row.State).Over() {
		return err
	}
	why, err := encodeReason(campaign.Reason{Code: campaign.CodeReopened})
	if err != nil {
		return err
	}
	_, err = q.SetCampaignState(ctx, query.SetCampaignStateParams{
		ID: row.ID, State: string(campaign.Paused), Why: why, Practice: row.Practice, Started: row.Started, Rethink: row.Rethink,
	})
	return errors.Join(err, r.db.recordAbout(ctx, q, r.campaign, campaign.AuditRevived, map[string]string{
		campaign.DetailBefore: row.State, campaign.DetailAfter: string(campaign.Paused),
	}))
}
