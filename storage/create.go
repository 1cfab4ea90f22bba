package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// batch is how many rows one INSERT takes: beyond a hundred it gets no faster.
const batch = 100

// contactColumns are the columns that a new row sets.
const contactColumns = "campaign, row, name, number, zones, cells, status, why, next_at, external, alternates"

// Import stores a draft whose rows fill gives to the sink, one after another
// in the order of the file, and how its list was read. All of it is one
// transaction, so that a list is there with all its people or not at all; one
// wait for the disk however long it is, so an import gains nothing from a
// weaker setting of synchronous. What fill returns as an error is returned,
// and nothing is stored. The list of c needs file, sheet and hash only.
func (db *DB) Import(ctx context.Context, c campaign.Campaign, fill func(contacts.Sink) (contacts.Import, error)) (campaign.Campaign, error) {
	c.State = cmp.Or(c.State, campaign.Draft)
	err := db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		params, err := toInsert(c)
		if err != nil {
			return err
		}
		id, err := query.New(tx).InsertCampaign(ctx, params)
		if err != nil {
			return err
		}
		c.ID = campaign.ID(id)
		c.List, err = fillCampaign(ctx, tx, c, fill)
		return err
	})
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, err)
	}
	return c, nil
}

// Refill replaces the rows of a draft that has never started, as Import makes
// them; else [ErrStarted].
func (db *DB) Refill(ctx context.Context, c campaign.Campaign, fill func(contacts.Sink) (contacts.Import, error)) (campaign.Campaign, error) {
	err := db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		q := query.New(tx)
		if err := mayChange(ctx, q, c.ID); err != nil {
			return err
		}
		err := deleteRows(ctx, q, c.ID)
		if err == nil {
			c.List, err = fillCampaign(ctx, tx, c, fill)
		}
		return err
	})
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, err)
	}
	return c, nil
}

// ImportOf returns how a campaign's list was read, the zero Import of one that
// was stored before that was kept.
func (db *DB) ImportOf(ctx context.Context, id campaign.ID) (contacts.Import, error) {
	var im contacts.Import
	text, err := db.file.queries().GetImport(ctx, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return im, nil
	}
	if err == nil {
		err = decode(text, &im)
	}
	if err != nil {
		return im, fmt.Errorf("load the import of campaign %d: %w", id, explain(err))
	}
	return im, nil
}

// Problems returns what was found wrong in those rows of a campaign's file, in
// their order.
func (db *DB) Problems(ctx context.Context, id campaign.ID, rows []int) ([]campaign.CellProblem, error) {
	keys := make([]int64, len(rows))
	for i, row := range rows {
		keys[i] = int64(row)
	}
	found, err := db.file.queries().ProblemsOf(ctx, query.ProblemsOfParams{Campaign: int64(id), Rows: keys})
	if err != nil {
		return nil, fmt.Errorf("load the problems of rows: %w", explain(err))
	}
	return convert(found, func(p query.Problem) (campaign.CellProblem, error) {
		return campaign.CellProblem{Row: int(p.Row), Column: p.Heading, Kind: campaign.Problem(p.Kind), Value: p.Value, Repair: p.Repair, Proposal: p.Proposal}, nil
	})
}

// fillCampaign stores the rows that fill gives and what it returns.
func fillCampaign(ctx context.Context, tx *sql.Tx, c campaign.Campaign, fill func(contacts.Sink) (contacts.Import, error)) (campaign.List, error) {
	q := query.New(tx)
	s := &sink{ctx: ctx, tx: tx, q: q, campaign: c.ID, tally: campaign.Tally{}}
	im, err := fill(s)
	if err == nil {
		err = s.flush()
	}
	if err != nil {
		return c.List, err
	}
	for status, n := range s.tally {
		if err := q.InsertTally(ctx, query.InsertTallyParams{Campaign: int64(c.ID), Status: string(status), N: int64(n)}); err != nil {
			return c.List, err
		}
	}
	list := c.List
	list.Columns = im.Summary.Names()
	columns, err := encodeList(list.Columns)
	if err != nil {
		return list, err
	}
	text, err := json.Marshal(im)
	if err != nil {
		return list, err
	}
	return list, errors.Join(
		q.ListCampaign(ctx, query.ListCampaignParams{ID: int64(c.ID), File: list.File, Sheet: list.Sheet, Hash: list.Hash, Columns: columns}),
		q.PutImport(ctx, query.PutImportParams{Campaign: int64(c.ID), Import: string(text)}))
}

// sink stores what an import makes of rows.
type sink struct {
	ctx      context.Context // of one transaction; no sink outlives it
	tx       *sql.Tx
	q        *query.Queries
	campaign campaign.ID
	rows     []campaign.Contact // to be stored
	tally    campaign.Tally
}

// Add stores a row.
func (s *sink) Add(c campaign.Contact, problems []campaign.CellProblem) error {
	s.rows = append(s.rows, c)
	s.tally[c.Status]++
	for i, p := range problems {
		err := s.q.InsertProblem(s.ctx, query.InsertProblemParams{
			Campaign: int64(s.campaign), Row: int64(c.Row), N: int64(i), Heading: p.Column,
			Kind: string(p.Kind), Value: p.Value, Repair: p.Repair, Proposal: p.Proposal,
		})
		if err != nil {
			return err
		}
	}
	if len(s.rows) >= batch {
		return s.flush()
	}
	return nil
}

func (s *sink) flush() error {
	rows := s.rows
	s.rows = s.rows[:0]
	return insertContacts(s.ctx, s.tx, s.campaign, rows)
}

// Amend changes a row that was stored.
func (s *sink) Amend(a contacts.Amendment) error {
	if err := s.flush(); err != nil {
		return err
	}
	stored, err := s.q.ContactOfRow(s.ctx, query.ContactOfRowParams{Campaign: int64(s.campaign), Row: int64(a.Row)})
	if err != nil {
		return err
	}
	c, err := toContact(contactRow{Contact: stored})
	if err != nil {
		return err
	}
	s.tally[c.Status]--
	if a.Fill != nil {
		c = contacts.Merge(c, *a.Fill)
	}
	c.Status, c.Why = a.Status, a.Why
	s.tally[c.Status]++
	p := query.AmendContactParams{Campaign: int64(s.campaign), Row: int64(a.Row), Name: c.Name, External: c.External, Status: string(c.Status)}
	var errs [3]error
	p.Cells, errs[0] = encodeList(c.Cells)
	p.Alternates, errs[1] = encodeList(c.Others)
	p.Why, errs[2] = encodeReason(c.Why)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	return s.q.AmendContact(s.ctx, p)
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
	others, err := encodeList(c.Others)
	if err != nil {
		return nil, err
	}
	why, err := encodeReason(c.Why)
	return append(args, int64(id), int64(c.Row), c.Name, string(c.Number), zones, cells,
		string(c.Status), why, wakes(c.Status, c.NextAt), c.External, others), err
}
