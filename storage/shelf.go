package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// Campaign returns a campaign by its id.
func (db *DB) Campaign(ctx context.Context, id campaign.ID) (campaign.Campaign, error) {
	row, err := db.file.queries().GetCampaign(ctx, int64(id))
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("load campaign %d: %w", id, explain(err))
	}
	return toCampaign(row)
}

// Find returns the newest campaign of that list and flow, and false if there
// is none.
func (db *DB) Find(ctx context.Context, listHash, flowSource string) (campaign.Campaign, bool, error) {
	row, err := db.file.queries().FindCampaign(ctx, query.FindCampaignParams{Hash: listHash, Flow: flowSource})
	if errors.Is(err, sql.ErrNoRows) {
		return campaign.Campaign{}, false, nil
	}
	if err != nil {
		return campaign.Campaign{}, false, fmt.Errorf("find campaign: %w", explain(err))
	}
	c, err := toCampaign(row)
	return c, err == nil, err
}

// List returns all campaigns, the newest first.
func (db *DB) List(ctx context.Context) ([]campaign.Campaign, error) {
	rows, err := db.file.queries().ListCampaigns(ctx)
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", explain(err))
	}
	return convert(rows, toCampaign)
}

// Configure stores Name, Flow and Settings of c.
func (db *DB) Configure(ctx context.Context, c campaign.Campaign) error {
	settings, err := json.Marshal(c.Settings)
	if err != nil {
		return fmt.Errorf("configure campaign %d: %w", c.ID, err)
	}
	return db.changeCampaign(ctx, "configure", c.ID, func(q *query.Queries) (int64, error) {
		if err := db.recordSettings(ctx, q, c); err != nil {
			return 0, err
		}
		return q.ConfigureCampaign(ctx, query.ConfigureCampaignParams{ID: int64(c.ID), Name: c.Name, Flow: c.Flow.Source, Settings: string(settings)})
	})
}

// SetState stores State, Why, Practice, Started, Ended and Rethink of c.
func (db *DB) SetState(ctx context.Context, c campaign.Campaign) error {
	why, err := encodeReason(c.Why)
	if err != nil {
		return fmt.Errorf("set state of campaign %d: %w", c.ID, err)
	}
	return db.changeCampaign(ctx, "set state of", c.ID, func(q *query.Queries) (int64, error) {
		if err := db.recordState(ctx, q, c); err != nil {
			return 0, err
		}
		return q.SetCampaignState(ctx, query.SetCampaignStateParams{
			ID:       int64(c.ID),
			State:    string(c.State),
			Why:      why,
			Practice: c.Practice,
			Started:  stamp(c.Started),
			Ended:    stamp(c.Ended),
			Rethink:  c.Rethink,
			Now:      stamp(time.Now()),
		})
	})
}

// changeCampaign runs change, which tells how many campaigns it changed.
func (db *DB) changeCampaign(ctx context.Context, what string, id campaign.ID, change func(*query.Queries) (int64, error)) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		n, err := change(q)
		if err == nil && n == 0 {
			err = sql.ErrNoRows
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s campaign %d: %w", what, id, err)
	}
	return nil
}

// Undo deletes a campaign that has never started, with its rows and all that
// an import has left; else [ErrStarted]. It is gone at once; the room of its
// rows is free a little later.
func (db *DB) Undo(ctx context.Context, id campaign.ID) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		if err := mayChange(ctx, q, id); err != nil {
			return err
		}
		return errors.Join(q.HideCampaign(ctx, int64(id)), db.recordAbout(ctx, q, id, campaign.AuditUndone, nil))
	})
	if err != nil {
		return fmt.Errorf("undo campaign %d: %w", id, err)
	}
	db.removeLater(id)
	return nil
}

// mayChange refuses a campaign that has started.
func mayChange(ctx context.Context, q *query.Queries, id campaign.ID) error {
	c, err := q.GetCampaign(ctx, int64(id))
	if err != nil {
		return err
	}
	tried, err := q.HasAttempts(ctx, int64(id))
	if err != nil {
		return err
	}
	if tried || c.Started != 0 {
		return ErrStarted
	}
	return nil
}
