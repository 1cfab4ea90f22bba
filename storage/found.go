package storage

import (
	"context"
	"fmt"

	"rollcall/campaign"
)

// This file is about what an import found in rows.

// What the reasons of such rows begin with, word for word as the partial
// indexes have it.
const (
	isDuplicate = `why > '' AND substr(why, 1, 19) = '{"code":"duplicate"'`
	isAside     = `why > '' AND substr(why, 1, 20) = '{"code":"quarantine"'`
	isLeftOut   = `why > '' AND substr(why, 1, 18) = '{"code":"excluded"'` // has no index: few ask
)

// foundRows is a query for the ids of the rows that f chooses, nothing for all
// of them.
func foundRows(id campaign.ID, f campaign.Found) (string, []any) {
	switch f.Which {
	case campaign.FoundRepaired:
		text, args := problemsOf(id, f.Kind, 0)
		return text + " AND (SELECT status FROM contacts c WHERE c.id = problems.contact) <> 'skipped'", args
	case campaign.FoundProposed:
		return problemsOf(id, f.Kind, 1)
	case campaign.FoundAside:
		aside := "SELECT id FROM contacts INDEXED BY contacts_aside WHERE campaign = ? AND " + isAside
		if f.Kind == "" {
			return aside, []any{int64(id)}
		}
		return aside + " AND json_extract(why, '$.problem') = ?", []any{int64(id), string(f.Kind)}
	case campaign.FoundDuplicate:
		return "SELECT id FROM contacts INDEXED BY contacts_duplicate WHERE campaign = ? AND " + isDuplicate, []any{int64(id)}
	case campaign.FoundLeftOut:
		return "SELECT id FROM contacts WHERE campaign = ? AND " + isLeftOut, []any{int64(id)}
	default:
		if f.Kind == "" {
			return "", nil
		}
		return problemsOf(id, f.Kind, 0, 1, 2)
	}
}

// problemsOf is a query for the rows with a problem of a kind, or of any, of
// which one of those became: see problems.which.
func problemsOf(id campaign.ID, kind campaign.Problem, which ...any) (string, []any) {
	text := "SELECT contact FROM problems WHERE campaign = ? AND which IN (" + marks(len(which)) + ")"
	args := append([]any{int64(id)}, which...)
	if kind != "" {
		text += " AND kind = ?"
		args = append(args, string(kind))
	}
	return text, args
}

// groupTold is how many rows of a group are given.
const groupTold = 500

// Duplicates returns the rows that are about the same person as that one, it
// among them, in the order of the file, the first 500 of them; nothing if there
// is no other.
func (db *DB) Duplicates(ctx context.Context, id campaign.ID, row int) ([]campaign.Contact, error) {
	// A row may be the duplicate of one that is a duplicate in turn: all that
	// are linked, in whatever direction, belong together.
	ids, err := db.contactIDs(ctx, `
		WITH RECURSIVE linked(row) AS (
			SELECT ?2
			UNION
			SELECT CAST(json_extract(c.why, '$.row') AS INTEGER) FROM linked CROSS JOIN contacts c INDEXED BY contacts_row
				ON c.campaign = ?1 AND c.row = linked.row AND `+isDuplicate+`
			UNION
			SELECT c.row FROM linked CROSS JOIN contacts c INDEXED BY contacts_duplicate
				ON c.campaign = ?1 AND CAST(json_extract(c.why, '$.row') AS INTEGER) = linked.row AND `+isDuplicate+`
		)
		SELECT c.id FROM linked CROSS JOIN contacts c INDEXED BY contacts_row ON c.campaign = ?1 AND c.row = linked.row ORDER BY c.row LIMIT ?3`,
		[]any{int64(id), int64(row), groupTold})
	if err != nil {
		return nil, fmt.Errorf("find duplicates of row %d: %w", row, explain(err))
	}
	if len(ids) < 2 {
		return nil, nil
	}
	return db.Contacts(ctx, ids)
}
