package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file keeps what the office has set, and drops what it wants kept no
// longer.

// officePrefix begins the names of its settings in the audit log.
const officePrefix = "Office."

// OfficeSettings returns what was saved, the zero value if nothing was.
func (db *DB) OfficeSettings(ctx context.Context) (campaign.OfficeSettings, error) {
	s, err := officeSettings(ctx, db.file.queries())
	if err != nil {
		return s, fmt.Errorf("load the settings: %w", explain(err))
	}
	return s, nil
}

func officeSettings(ctx context.Context, q *query.Queries) (campaign.OfficeSettings, error) {
	var s campaign.OfficeSettings
	text, err := q.GetOffice(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err == nil {
		err = decode(text, &s)
	}
	return s, err
}

// SaveOfficeSettings stores s; the audit log tells of each setting that changes.
func (db *DB) SaveOfficeSettings(ctx context.Context, s campaign.OfficeSettings) error {
	text, err := json.Marshal(s)
	if err == nil {
		err = db.file.update(ctx, func(q *query.Queries) error {
			was, err := officeSettings(ctx, q)
			if err != nil {
				return err
			}
			return errors.Join(q.PutOffice(ctx, string(text)), db.record(ctx, q, officeEntries(was, s)...))
		})
	}
	if err != nil {
		return fmt.Errorf("save the settings: %w", err)
	}
	return nil
}

// officeEntries is an entry for each setting that is another.
func officeEntries(was, is campaign.OfficeSettings) []campaign.AuditEntry {
	before := appendSettings(nil, officePrefix, reflect.ValueOf(was))
	after := appendSettings(nil, officePrefix, reflect.ValueOf(is))
	var entries []campaign.AuditEntry
	for i := range before {
		if before[i] != after[i] {
			entries = append(entries, campaign.AuditEntry{What: campaign.AuditConfigured, Details: map[string]string{
				campaign.DetailSetting: before[i].name, campaign.DetailBefore: before[i].shown(), campaign.DetailAfter: after[i].shown(),
			}})
		}
	}
	return entries
}

// Expire deletes campaigns that ended before a day, with their rows, and
// returns how many these were. One of which calls are still known, also in
// doubt, stays: see Forget.
func (db *DB) Expire(ctx context.Context, before time.Time) (int, error) {
	ids, err := db.file.queries().ExpiredCampaigns(ctx, stamp(before))
	if err != nil {
		return 0, fmt.Errorf("find old campaigns: %w", explain(err))
	}
	for n, id := range ids {
		err := db.file.update(ctx, func(q *query.Queries) error {
			return errors.Join(db.recordExpired(ctx, q, campaign.ID(id)), q.HideCampaign(ctx, id))
		})
		if err != nil {
			return n, fmt.Errorf("delete campaign %d: %w", id, err)
		}
		db.removeLater(campaign.ID(id))
	}
	return len(ids), nil
}

func (db *DB) recordExpired(ctx context.Context, q *query.Queries, id campaign.ID) error {
	c, err := q.StoredCampaign(ctx, int64(id))
	if err != nil {
		return err
	}
	return db.record(ctx, q, campaign.AuditEntry{Who: campaign.AuditProgram, What: campaign.AuditExpired, Campaign: id, Text: c.Name})
}
