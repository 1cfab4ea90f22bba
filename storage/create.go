package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// batch is how many rows one INSERT takes: beyond a hundred it gets no faster.
const batch = 100

// contactColumns are the columns that a new row sets.
const contactColumns = "campaign, row, name, number, zones, cells, status, why, next_at"

// Create stores a draft and its rows in one transaction, so that a list is
// there with all its people or not at all. It returns the campaign with its
// ID. One transaction is one wait for the disk however large it is, so an
// import gains nothing from a weaker setting of synchronous.
func (db *DB) Create(ctx context.Context, c campaign.Campaign, rows []campaign.Contact) (campaign.Campaign, error) {
	c.State = cmp.Or(c.State, campaign.Draft)
	err := db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		q := query.New(tx)
		params, err := toInsert(c)
		if err != nil {
			return err
		}
		id, err := q.InsertCampaign(ctx, params)
		if err != nil {
			return err
		}
		c.ID = campaign.ID(id)
		if err := insertContacts(ctx, tx, c.ID, inOrder(rows)); err != nil {
			return err
		}
		for status, n := range count(rows) {
			if err := q.InsertTally(ctx, query.InsertTallyParams{Campaign: id, Status: string(status), N: int64(n)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, err)
	}
	return c, nil
}

// inOrder returns rows as the file has them: ids follow from it.
func inOrder(rows []campaign.Contact) []campaign.Contact {
	byRow := func(a, b campaign.Contact) int { return cmp.Compare(a.Row, b.Row) }
	if slices.IsSortedFunc(rows, byRow) {
		return rows
	}
	return slices.SortedStableFunc(slices.Values(rows), byRow)
}

func count(rows []campaign.Contact) campaign.Tally {
	tally := campaign.Tally{}
	for i := range rows {
		tally[rows[i].Status]++
	}
	return tally
}

func toInsert(c campaign.Campaign) (query.InsertCampaignParams, error) {
	columns, err := encodeList(c.List.Columns)
	if err != nil {
		return query.InsertCampaignParams{}, err
	}
	settings, err := json.Marshal(c.Settings)
	if err != nil {
		return query.InsertCampaignParams{}, err
	}
	why, err := encodeReason(c.Why)
	return query.InsertCampaignParams{
		Name:     c.Name,
		State:    string(c.State),
		File:     c.List.File,
		Sheet:    c.List.Sheet,
		Hash:     c.List.Hash,
		Columns:  columns,
		Flow:     c.Flow.Source,
		Settings: string(settings),
		Practice: c.Practice,
		Created:  stamp(c.Created),
		Started:  stamp(c.Started),
		Ended:    stamp(c.Ended),
		Why:      why,
	}, err
}

func insertContacts(ctx context.Context, tx *sql.Tx, id campaign.ID, rows []campaign.Contact) error {
	full, err := tx.PrepareContext(ctx, insertStatement(batch))
	if err != nil {
		return err
	}
	defer full.Close()
	args := make([]any, 0, batch*strings.Count(contactColumns, ",")+batch)
	for part := range slices.Chunk(rows, batch) {
		args = args[:0]
		for i := range part {
			if args, err = appendContact(args, id, &part[i]); err != nil {
				return fmt.Errorf("row %d: %w", part[i].Row, err)
			}
		}
		if len(part) == batch {
			_, err = full.ExecContext(ctx, args...)
		} else {
			_, err = tx.ExecContext(ctx, insertStatement(len(part)), args...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func insertStatement(rows int) string {
	one := "(?" + strings.Repeat(", ?", strings.Count(contactColumns, ",")) + ")"
	return "INSERT INTO contacts (" + contactColumns + ") VALUES " + one + strings.Repeat(", "+one, rows-1)
}

// appendContact appends the values of contactColumns.
func appendContact(args []any, id campaign.ID, c *campaign.Contact) ([]any, error) {
	zones, err := encodeList(c.Zones)
	if err != nil {
		return nil, err
	}
	cells, err := encodeList(c.Cells)
	if err != nil {
		return nil, err
	}
	why, err := encodeReason(c.Why)
	return append(args, int64(id), int64(c.Row), c.Name, string(c.Number), zones, cells,
		string(c.Status), why, wakes(c.Status, c.NextAt)), err
}
