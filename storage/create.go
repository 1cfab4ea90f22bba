package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// Import stores a draft whose rows fill gives to the sink, one after another
// in the order of the file, and how its list was read. The list is there with
// all its people or not at all: until the last of them is stored the campaign
// is hidden, and what a failure, a cancelled ctx or the end of the process
// leaves of it is removed. What fill returns as an error is returned. The list
// of c needs file, sheet and hash only.
func (db *DB) Import(ctx context.Context, c campaign.Campaign, fill giveRows) (campaign.Campaign, error) {
	c.State = cmp.Or(c.State, campaign.Draft)
	stored, err := db.importHidden(ctx, c, fill, campaign.AuditImported, func(q *query.Queries, id campaign.ID) error {
		return q.ShowCampaign(ctx, int64(id))
	})
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, err)
	}
	return stored, nil
}

// Refill replaces the rows of a draft that has never started, as Import makes
// them; else [ErrStarted]. The draft is another campaign then, with an id of
// its own; all but its list is as it was stored last.
func (db *DB) Refill(ctx context.Context, c campaign.Campaign, fill giveRows) (campaign.Campaign, error) {
	if err := mayChange(ctx, db.file.queries(), c.ID); err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, explain(err))
	}
	stored, err := db.importHidden(ctx, c, fill, campaign.AuditReread, func(q *query.Queries, id campaign.ID) error {
		if err := mayChange(ctx, q, c.ID); err != nil {
			return err
		}
		was, err := q.GetCampaign(ctx, int64(c.ID))
		if err != nil {
			return err
		}
		_, err = q.ConfigureCampaign(ctx, query.ConfigureCampaignParams{ID: int64(id), Name: was.Name, Flow: was.Flow, Settings: was.Settings})
		return errors.Join(err,
			q.ShowCampaign(ctx, int64(id)),
			q.MoveBlocks(ctx, query.MoveBlocksParams{ID: int64(id), Was: int64(c.ID)}),
			q.HideCampaign(ctx, int64(c.ID)))
	})
	if err == nil {
		db.removeLater(c.ID)
		stored, err = db.Campaign(ctx, stored.ID)
	}
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("store list %s: %w", c.List.File, err)
	}
	return stored, nil
}

// importHidden stores a hidden campaign with its rows, and shows it by show in
// the transaction that completes it, in which what was done is written down.
func (db *DB) importHidden(ctx context.Context, c campaign.Campaign, fill giveRows, what campaign.AuditAction, show func(*query.Queries, campaign.ID) error) (campaign.Campaign, error) {
	was := c.ID
	c, im, tally, err := db.stage(ctx, c, fill)
	if err == nil {
		err = db.file.update(ctx, func(q *query.Queries) error {
			err := errors.Join(insertTally(ctx, q, c.ID, tally), putList(ctx, q, c, im), show(q, c.ID),
				db.recordAbout(ctx, q, c.ID, what, listDetails(c, was, tally)))
			if what == campaign.AuditImported { // whoever reads a draft's list again told of them before
				err = errors.Join(err, db.record(ctx, q, exempted(campaign.Campaign{Name: c.Name}, c)...))
			}
			return err
		})
	}
	if err != nil && c.ID != 0 {
		db.removeLater(c.ID)
	}
	return c, explain(err)
}

// giveRows gives the rows of a list to a sink.
type giveRows = func(contacts.Sink) (contacts.Import, error)

// stage stores a hidden campaign with its rows. What it leaves in case of an
// error, under the id that it returns, is to be removed.
func (db *DB) stage(ctx context.Context, c campaign.Campaign, fill giveRows) (campaign.Campaign, contacts.Import, campaign.Tally, error) {
	was := c.ID
	c.ID = 0
	params, err := toInsert(c)
	if err != nil {
		return c, contacts.Import{}, nil, err
	}
	err = db.file.note(ctx, func(q *query.Queries) error {
		id, err := q.InsertCampaign(ctx, params)
		c.ID = campaign.ID(id)
		return err
	})
	if err != nil {
		c.ID = 0
		return c, contacts.Import{}, nil, err
	}
	im, tally, err := db.fillRows(ctx, c.ID, fill)
	if err == nil {
		err = db.countElsewhere(ctx, c.ID, was, &im, tally)
	}
	c.List.Columns = im.Summary.Names()
	return c, im, tally, err
}

// countElsewhere looks for the numbers of a list in other campaigns than the
// one that it is for, as its options say, and corrects what was counted.
func (db *DB) countElsewhere(ctx context.Context, id, was campaign.ID, im *contacts.Import, tally campaign.Tally) error {
	n, err := db.setElsewhereAside(ctx, id, was, im.Options.Across, time.Now())
	im.Summary.Elsewhere = n
	im.Summary.Duplicates += n
	im.Summary.Ready -= n
	tally[campaign.Ready] -= n
	tally[campaign.Skipped] += n
	return err
}

func insertTally(ctx context.Context, q *query.Queries, id campaign.ID, tally campaign.Tally) error {
	for status, n := range tally {
		if err := q.InsertTally(ctx, query.InsertTallyParams{Campaign: int64(id), Status: string(status), N: int64(n)}); err != nil {
			return err
		}
	}
	return nil
}

// putList stores where the rows of a campaign came from, and how they were read.
func putList(ctx context.Context, q *query.Queries, c campaign.Campaign, im contacts.Import) error {
	columns, err := encodeList(c.List.Columns)
	if err != nil {
		return err
	}
	text, err := json.Marshal(im)
	if err != nil {
		return err
	}
	return errors.Join(
		q.ListCampaign(ctx, query.ListCampaignParams{ID: int64(c.ID), File: c.List.File, Sheet: c.List.Sheet, Hash: c.List.Hash, Columns: columns}),
		q.PutImport(ctx, query.PutImportParams{Campaign: int64(c.ID), Import: string(text)}))
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
