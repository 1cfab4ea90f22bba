package storage

import (
	"context"
	"database/sql"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// called is a row whose number is called in another campaign.
type called struct {
	id   int64 // of the row
	name string
	row  int
}

// calledElsewhere finds the ready rows of a campaign whose numbers other
// campaigns call or have called: of several the oldest campaign. Numbers are
// put into an index that lasts as long as the query, on a connection that only
// reads: a million rows beside a million take seconds, and nobody waits.
const calledElsewhere = `
	WITH other (id) AS (
		SELECT o.id FROM campaigns o JOIN campaigns mine ON mine.id = ?1
		WHERE o.id NOT IN (?1, ?5) AND (NOT o.hidden OR o.ledger) AND (mine.practice OR NOT o.practice)
	),
	called (number, campaign, row) AS MATERIALIZED (
		SELECT c.number, c.campaign, c.row FROM campaigns o CROSS JOIN contacts c ON c.campaign = o.id
		WHERE ?2 AND o.id IN other AND o.state IN ('running', 'paused')
			AND c.status NOT IN ('skipped', 'cancelled') AND c.number <> ''
		UNION ALL
		SELECT a.number, a.campaign, a.row FROM attempts a
		WHERE ?3 AND a.ended >= ?4 AND a.campaign IN other AND (NOT a.practice OR (SELECT practice FROM campaigns WHERE id = ?1))
			AND a.outcome IN ('reached', 'machine', 'no_message', 'no_answer', 'no_transfer', 'flow_broken', 'ended')
	)
	SELECT c.id, o.name, called.row, min(called.campaign)
	FROM contacts c INDEXED BY contacts_due CROSS JOIN called ON called.number = c.number JOIN campaigns o ON o.id = called.campaign
	WHERE c.campaign = ?1 AND c.status = 'ready'
	GROUP BY c.id`

// setElsewhereAside makes duplicates of the rows of a hidden campaign whose
// numbers are called elsewhere, but in the one that they are for, and tells how
// many.
func (db *DB) setElsewhereAside(ctx context.Context, id, was campaign.ID, a contacts.Across, now time.Time) (int, error) {
	if a == (contacts.Across{}) {
		return 0, nil
	}
	since := stamp(now.AddDate(0, 0, -a.Days))
	rows, err := db.file.read.QueryContext(ctx, calledElsewhere, int64(id), a.Running, a.Days > 0, since, int64(was))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	var list []called
	for rows.Next() {
		var one called
		var oldest int64
		if err := rows.Scan(&one.id, &one.name, &one.row, &oldest); err != nil {
			return n, err
		}
		n++
		if list = append(list, one); len(list) < loadRows {
			continue
		}
		if err := db.setAsideAs(ctx, list); err != nil {
			return n, err
		}
		list = list[:0]
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	return n, db.setAsideAs(ctx, list)
}

func (db *DB) setAsideAs(ctx context.Context, list []called) error {
	return db.file.transact(ctx, lazy, func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(ctx)
		stmts := &prepared{db: tx}
		defer func() { _ = stmts.close() }() // with the transaction at the latest
		q := query.New(stmts)
		for _, one := range list {
			why, err := encodeReason(campaign.Reason{Code: campaign.CodeElsewhere, Text: one.name, Row: one.row})
			if err != nil {
				return err
			}
			if err := q.AmendStatus(ctx, query.AmendStatusParams{ID: one.id, Status: string(campaign.Skipped), Why: why}); err != nil {
				return err
			}
		}
		return nil
	})
}
