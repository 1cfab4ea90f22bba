package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/storage/query"
)

// Broadcasts keeps the gateway's lists and campaigns in the journal's file, as
// [broadcast.Store] has it. What is asked for in one look stands in columns,
// the rest in JSON. It ends with its journal.
type Broadcasts struct{ j *Journal }

// Campaigns returns the lists and campaigns in the journal's file.
func (j *Journal) Campaigns() broadcast.Store { return &Broadcasts{j} }

// List returns the list of this name, or [broadcast.ErrNoList].
func (b *Broadcasts) List(ctx context.Context, name string) (broadcast.List, error) {
	row, err := b.j.reader.GetList(ctx, name)
	if errors.Is(err, sql.ErrNoRows) {
		return broadcast.List{}, broadcast.ErrNoList
	}
	l := broadcast.List{ID: row.ID, Name: row.Name, Cleaned: unstamp(row.Cleaned)}
	if err == nil {
		err = json.Unmarshal([]byte(row.Content), &l.Table)
	}
	if err != nil {
		return broadcast.List{}, fmt.Errorf("read list: %w", explain(err))
	}
	return l, nil
}

// SaveList stores l in place of the list of its name.
func (b *Broadcasts) SaveList(ctx context.Context, l broadcast.List) (broadcast.List, error) {
	content, err := json.Marshal(l.Table)
	if err == nil {
		err = b.j.commit(ctx, func(ctx context.Context, q *query.Queries) (err error) {
			l.ID, err = q.PutList(ctx, query.PutListParams{Name: l.Name, Content: string(content), Cleaned: stamp(l.Cleaned)})
			return err
		})
	}
	if err != nil {
		return broadcast.List{}, fmt.Errorf("store list: %w", err)
	}
	return l, nil
}

// Latest returns the newest campaign on a list, or [broadcast.ErrNoCampaign].
func (b *Broadcasts) Latest(ctx context.Context, list int64) (broadcast.Campaign, error) {
	return toBroadcast(b.j.reader.LatestBroadcast(ctx, list))
}

// Reached returns the numbers at which campaigns on a list since then have
// reached somebody.
func (b *Broadcasts) Reached(ctx context.Context, name string, since time.Time) ([]gateway.Phone, error) {
	rows, err := b.j.reader.ReachedRows(ctx, query.ReachedRowsParams{Name: name, Since: stamp(since)})
	var numbers []gateway.Phone
	for _, content := range rows {
		var r broadcast.Row
		if err == nil {
			err = json.Unmarshal([]byte(content), &r)
		}
		numbers = append(numbers, r.Phone())
	}
	if err != nil {
		return nil, fmt.Errorf("read who was reached: %w", explain(err))
	}
	return numbers, nil
}

const (
	// rowBatch is how many new rows are written at once, so that calls that
	// begin meanwhile do not wait for long.
	rowBatch = 1000
	// unmadeFor is how old a campaign is that was never made when it is dropped:
	// before, somebody may still be writing it.
	unmadeFor = 24 * time.Hour
)

// Create stores a new campaign with its rows. Nobody sees it before it is
// whole.
func (b *Broadcasts) Create(ctx context.Context, c broadcast.Campaign, rows []broadcast.Row) (broadcast.Campaign, error) {
	err := b.j.commit(ctx, func(ctx context.Context, q *query.Queries) error { return issueBroadcast(ctx, q, &c) })
	for from := 0; from < len(rows) && err == nil; from += rowBatch {
		batch := rows[from:min(from+rowBatch, len(rows))]
		err = b.j.commit(ctx, func(ctx context.Context, q *query.Queries) error { return putRows(ctx, q, c.ID, batch) })
	}
	if err == nil {
		err = b.j.commit(ctx, func(ctx context.Context, q *query.Queries) error { return putBroadcast(ctx, q, c, true) })
	}
	if err != nil {
		return broadcast.Campaign{}, fmt.Errorf("store campaign: %w", err)
	}
	return c, nil
}

// issueBroadcast gives c its ID, and drops what a crash left of others.
func issueBroadcast(ctx context.Context, q *query.Queries, c *broadcast.Campaign) error {
	unmade, err := q.UnmadeBroadcasts(ctx, stamp(c.Started.Add(-unmadeFor)))
	for _, id := range unmade {
		err = errors.Join(err, q.DeleteBroadcastRows(ctx, id), q.DeleteBroadcast(ctx, id))
	}
	if err != nil {
		return err
	}
	newest, err := q.NewestBroadcast(ctx)
	if err != nil {
		return err
	}
	c.ID = max(broadcast.FirstID(c.Started), gateway.ReqID(newest)+1)
	return putBroadcast(ctx, q, *c, false)
}

// Update stores rows, and what change makes of the campaign, in one step.
func (b *Broadcasts) Update(ctx context.Context, id gateway.ReqID, change func(*broadcast.Campaign), rows ...broadcast.Row) (broadcast.Campaign, error) {
	var c broadcast.Campaign
	err := b.j.commit(ctx, func(ctx context.Context, q *query.Queries) (err error) {
		if c, err = toBroadcast(q.GetBroadcast(ctx, int64(id))); err != nil {
			return err
		}
		if err = putRows(ctx, q, id, rows); err != nil || change == nil {
			return err
		}
		change(&c)
		if err = putBroadcast(ctx, q, c, true); err != nil || c.State != broadcast.Finished {
			return err
		}
		return q.WithdrawBroadcastRows(ctx, int64(id))
	})
	if err != nil {
		return broadcast.Campaign{}, fmt.Errorf("store campaign %d: %w", id, err)
	}
	return c, nil
}

func putBroadcast(ctx context.Context, q *query.Queries, c broadcast.Campaign, made bool) error {
	content, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return q.PutBroadcast(ctx, query.PutBroadcastParams{
		ID: int64(c.ID), List: c.ListID, Name: c.List, Started: stamp(c.Started),
		Finished: c.State == broadcast.Finished, Made: made, Content: string(content),
	})
}

func putRows(ctx context.Context, q *query.Queries, id gateway.ReqID, rows []broadcast.Row) error {
	for _, r := range rows {
		content, err := json.Marshal(r)
		if err != nil {
			return err
		}
		err = q.PutBroadcastRow(ctx, query.PutBroadcastRowParams{
			Broadcast: int64(id), N: int64(r.N), State: string(r.State), Next: stamp(r.Next), Aside: string(r.Aside),
			Outcome: string(r.Outcome), OptOut: r.OptOut, Content: string(content),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Campaign returns a campaign, or [broadcast.ErrNoCampaign].
func (b *Broadcasts) Campaign(ctx context.Context, id gateway.ReqID) (broadcast.Campaign, error) {
	return toBroadcast(b.j.reader.GetBroadcast(ctx, int64(id)))
}

// Open returns the campaigns that are not finished, oldest first.
func (b *Broadcasts) Open(ctx context.Context) ([]broadcast.Campaign, error) {
	rows, err := b.j.reader.OpenBroadcasts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read campaigns: %w", explain(err))
	}
	return convert(rows, func(r query.Broadcast) (broadcast.Campaign, error) { return toBroadcast(r, nil) })
}

func toBroadcast(r query.Broadcast, err error) (broadcast.Campaign, error) {
	var c broadcast.Campaign
	if errors.Is(err, sql.ErrNoRows) {
		return c, broadcast.ErrNoCampaign
	}
	if err == nil {
		err = json.Unmarshal([]byte(r.Content), &c)
	}
	if err != nil {
		return c, fmt.Errorf("read campaign: %w", explain(err))
	}
	return c, nil
}

// Due returns up to n rows that are ready at now, and when the next one is.
func (b *Broadcasts) Due(ctx context.Context, id gateway.ReqID, now time.Time, n int) ([]broadcast.Row, time.Time, error) {
	found, err := b.j.reader.DueBroadcastRows(ctx, query.DueBroadcastRowsParams{Broadcast: int64(id), Now: stamp(now), Most: int64(n)})
	rows, err := toRows(found, err)
	if err != nil {
		return nil, time.Time{}, err
	}
	next, err := b.j.reader.NextBroadcastRow(ctx, query.NextBroadcastRowParams{Broadcast: int64(id), Now: stamp(now)})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, fmt.Errorf("read rows: %w", explain(err))
	}
	return rows, unstamp(next), nil
}

// Calling returns the rows that are calling, by N.
func (b *Broadcasts) Calling(ctx context.Context, id gateway.ReqID) ([]broadcast.Row, error) {
	return toRows(b.j.reader.CallingBroadcastRows(ctx, int64(id)))
}

// Page returns up to n rows from N on, by N.
func (b *Broadcasts) Page(ctx context.Context, id gateway.ReqID, from, n int) ([]broadcast.Row, error) {
	return toRows(b.j.reader.BroadcastRows(ctx, query.BroadcastRowsParams{Broadcast: int64(id), Start: int64(from), Most: int64(n)}))
}

func toRows(found []query.BroadcastRow, err error) ([]broadcast.Row, error) {
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", explain(err))
	}
	return convert(found, func(r query.BroadcastRow) (broadcast.Row, error) {
		var row broadcast.Row
		err := json.Unmarshal([]byte(r.Content), &row)
		row.State = broadcast.RowState(r.State) // withdrawn in one go, without its content
		return row, err
	})
}

// Tally counts the rows by what is alike.
func (b *Broadcasts) Tally(ctx context.Context, id gateway.ReqID) ([]broadcast.Count, error) {
	found, err := b.j.reader.TallyBroadcastRows(ctx, int64(id))
	if err != nil {
		return nil, fmt.Errorf("count rows: %w", explain(err))
	}
	counts := make([]broadcast.Count, len(found))
	for i, r := range found {
		counts[i] = broadcast.Count{State: broadcast.RowState(r.State), Aside: broadcast.Aside(r.Aside),
			Outcome: gateway.Outcome(r.Outcome), OptOut: r.OptOut, Rows: int(r.People)}
	}
	return counts, nil
}
