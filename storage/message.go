package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file keeps the messages that were put together in the window.

const (
	// builtFlow begins the flow of a campaign that plays one.
	builtFlow = "built:"
	// unusedKept is how long a message or a recording stays that no campaign
	// plays: somebody may be about to go back to it.
	unusedKept = 7 * 24 * time.Hour
)

// KeepMessage stores a message under its id and makes it the flow of a
// campaign that has not started; else [ErrStarted]. The log tells when a
// campaign begins to play a built message, not of every word that is typed.
func (db *DB) KeepMessage(ctx context.Context, c campaign.ID, id string, message []byte, at time.Time) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		if err := mayChange(ctx, q, c); err != nil {
			return err
		}
		if err := db.recordBuilt(ctx, q, c, builtFlow+id); err != nil {
			return err
		}
		_, err := q.SetFlow(ctx, query.SetFlowParams{ID: int64(c), Flow: builtFlow + id})
		before := stamp(at.Add(-unusedKept))
		return errors.Join(err, q.PutMessage(ctx, query.PutMessageParams{ID: id, Message: string(message), Kept: stamp(at)}),
			q.DropMessages(ctx, before), q.DropRecordings(ctx, before))
	})
	if err != nil {
		return fmt.Errorf("keep the message of campaign %d: %w", c, explain(err))
	}
	return nil
}

// recordBuilt tells that a campaign plays a built message from now on.
func (db *DB) recordBuilt(ctx context.Context, q *query.Queries, id campaign.ID, flow string) error {
	row, err := q.GetCampaign(ctx, int64(id))
	if err != nil || strings.HasPrefix(row.Flow, builtFlow) {
		return err
	}
	c, err := toCampaign(row)
	if err != nil {
		return err
	}
	c.Flow.Source = flow
	return db.recordSettings(ctx, q, c)
}

// Message returns the message of that id, as it was kept.
func (db *DB) Message(ctx context.Context, id string) ([]byte, error) {
	text, err := db.file.queries().GetMessage(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("there is no built message %q in this data folder", id)
	}
	if err != nil {
		return nil, fmt.Errorf("load the message %s: %w", id, explain(err))
	}
	return []byte(text), nil
}

// KeepRecording stores sound under its id.
func (db *DB) KeepRecording(ctx context.Context, id string, sound []byte, at time.Time) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		return q.PutRecording(ctx, query.PutRecordingParams{ID: id, Sound: sound, Kept: stamp(at)})
	})
	if err != nil {
		return fmt.Errorf("keep a recording: %w", explain(err))
	}
	return nil
}

// Recording returns the sound of that id.
func (db *DB) Recording(ctx context.Context, id string) ([]byte, error) {
	sound, err := db.file.queries().GetRecording(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("the recording %q is not in this data folder", id)
	}
	if err != nil {
		return nil, fmt.Errorf("load the recording %s: %w", id, explain(err))
	}
	return sound, nil
}
