package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// CallTimes counts the calls of a campaign that ended in each of n stretches of
// time, the first of which begins at from.
func (db *DB) CallTimes(ctx context.Context, id campaign.ID, from time.Time, every time.Duration, n int) (campaign.CallTimes, error) {
	t := campaign.CallTimes{From: from, Every: every, Slots: make([]campaign.CallSlot, n)}
	err := errors.Join(db.countEnded(ctx, id, t), db.findIdle(ctx, id, t))
	if err != nil {
		return campaign.CallTimes{}, fmt.Errorf("count calls by time: %w", explain(err))
	}
	return t, nil
}

func (db *DB) countEnded(ctx context.Context, id campaign.ID, t campaign.CallTimes) error {
	rows, err := db.file.queries().EndedBySlot(ctx, query.EndedBySlotParams{
		Campaign: int64(id), Since: stamp(t.From), Till: stamp(t.At(len(t.Slots))), Every: t.Every.Milliseconds(),
	})
	for _, r := range rows {
		slot := &t.Slots[r.Slot]
		if slot.Ends == nil {
			slot.Ends = map[gateway.Outcome]int{}
		}
		slot.Ends[gateway.Outcome(r.Outcome)] = int(r.Calls)
	}
	return err
}

// findIdle tells in which slots the campaign did not run: those that begin after
// a change to another state than running, and end before the next change.
func (db *DB) findIdle(ctx context.Context, id campaign.ID, t campaign.CallTimes) error {
	before, err := db.file.queries().StateBefore(ctx, query.StateBeforeParams{Campaign: int64(id), Since: stamp(t.From)})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	changes, err := db.file.queries().StatesSince(ctx, query.StatesSinceParams{Campaign: int64(id), Since: stamp(t.From)})
	runs := runsAfter(before)
	for i := range t.Slots {
		idle, end := !runs, stamp(t.At(i+1))
		for len(changes) > 0 && changes[0].At < end {
			runs = runsAfter(changes[0].Action)
			idle = idle && !runs
			changes = changes[1:]
		}
		t.Slots[i].Idle = idle
	}
	return err
}

// runsAfter tells whether a campaign runs after that was written down of it.
func runsAfter(action string) bool {
	a := campaign.AuditAction(action)
	return a == campaign.AuditStarted || a == campaign.AuditResumed
}

// Waits tells why the rows of a campaign that wait do so, the most rows first.
// Of the reasons, what differs from row to row is left out.
func (db *DB) Waits(ctx context.Context, id campaign.ID) ([]campaign.PreflightGroup, error) {
	rows, err := db.file.queries().WaitsOf(ctx, int64(id))
	if err != nil {
		return nil, fmt.Errorf("count rows that wait: %w", explain(err))
	}
	groups := make([]campaign.PreflightGroup, len(rows))
	for i, r := range rows {
		groups[i] = campaign.PreflightGroup{
			Why:  campaign.Reason{Code: campaign.Code(r.Code), Zone: r.Zone, Rule: campaign.RuleID(r.Rule)},
			Rows: int(r.N), First: unstamp(r.Earliest), Last: unstamp(r.Latest),
		}
	}
	slices.SortStableFunc(groups, func(a, b campaign.PreflightGroup) int { return cmp.Or(b.Rows-a.Rows, a.First.Compare(b.First)) })
	return groups, nil
}
