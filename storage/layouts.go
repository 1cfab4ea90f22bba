package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// layoutsKept is how many layouts are remembered; of more, those that were not
// used for longest are forgotten.
const layoutsKept = 200

// Layout returns how a file of that layout was read the last time, and false
// if there was none.
func (db *DB) Layout(ctx context.Context, fingerprint string) (contacts.Options, bool, error) {
	var o contacts.Options
	text, err := db.file.queries().GetLayout(ctx, fingerprint)
	if errors.Is(err, sql.ErrNoRows) {
		return o, false, nil
	}
	if err == nil {
		err = decode(text, &o)
	}
	if err != nil {
		return contacts.Options{}, false, fmt.Errorf("load a layout: %w", explain(err))
	}
	return o, true, nil
}

// RememberLayout stores how a file of that layout is read. What was decided
// about single rows, or to leave some out, is about that file only, and is not.
func (db *DB) RememberLayout(ctx context.Context, fingerprint string, o contacts.Options) error {
	o.Rows, o.LeaveOut = nil, nil
	text, err := json.Marshal(o)
	if err == nil {
		err = db.file.update(ctx, func(q *query.Queries) error {
			return errors.Join(
				q.PutLayout(ctx, query.PutLayoutParams{Fingerprint: fingerprint, Options: string(text)}),
				q.DropLayouts(ctx, layoutsKept))
		})
	}
	if err != nil {
		return fmt.Errorf("remember a layout: %w", err)
	}
	return nil
}
