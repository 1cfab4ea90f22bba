package storage

import (
	"context"
	"database/sql"

	"rollcall/campaign"
)

// This file finds out which rows of a newer file are which of a campaign. It
// works in temporary tables of a connection that only reads, so that nobody
// waits for it: pair has those that belong together, target for each row of
// the newer file where it goes.

// match is such a connection.
type match struct {
	conn         *sql.Conn
	staged, live campaign.ID
}

// The ways in which two rows are about the same person, the surest first: the
// user's own key, if both have one; number and name; the number; and, where one
// of them has no number to be called at, the name. Of several with the same
// key the first belongs to the first.
func waysToMatch() []string {
	const free = "s.external = '' OR l.external = ''"
	return []string{
		wayToMatch("external", "external <> ''", "TRUE"),
		wayToMatch("number || char(0) || name", "number <> ''", free),
		wayToMatch("number", "number <> ''", free),
		wayToMatch("name", "name <> ''", "(s.number = '' OR l.number = '') AND ("+free+")"),
	}
}

// wayToMatch matches rows that meet a condition by a key, if both are such that
// it may count.
func wayToMatch(key, condition, both string) string {
	side := func(campaign, column string) string {
		return "(SELECT id, " + key + " AS k, external, number, row_number() OVER (PARTITION BY " + key + " ORDER BY id) AS n FROM contacts" +
			" WHERE campaign = " + campaign + " AND " + condition + " AND id NOT IN (SELECT " + column + " FROM temp.pair))"
	}
	return "INSERT INTO temp.pair (staged, live) SELECT s.id, l.id FROM " + side("?1", "staged") + " s JOIN " + side("?2", "live") +
		" l ON l.k = s.k AND l.n = s.n AND (" + both + ")"
}

// matchRows matches the rows of a hidden campaign with those of another one.
func (db *DB) matchRows(ctx context.Context, staged, live campaign.ID) (*match, error) {
	conn, err := db.file.read.Conn(ctx)
	if err != nil {
		return nil, err
	}
	m := &match{conn: conn, staged: staged, live: live}
	steps := append([]string{
		"CREATE TEMP TABLE pair (staged INTEGER PRIMARY KEY, live INTEGER NOT NULL UNIQUE)",
		"CREATE TEMP TABLE target (staged INTEGER PRIMARY KEY, contact INTEGER NOT NULL, row INTEGER NOT NULL)",
	}, waysToMatch()...)
	steps = append(steps,
		`INSERT INTO temp.target SELECT p.staged, l.id, l.row FROM temp.pair p JOIN contacts l ON l.id = p.live`,
		`INSERT INTO temp.target SELECT s.id, s.id, row_number() OVER (ORDER BY s.id) + (SELECT coalesce(max(row), 1) FROM contacts WHERE campaign = ?2)
			FROM contacts s WHERE s.campaign = ?1 AND s.id NOT IN (SELECT staged FROM temp.pair)`)
	for _, step := range steps {
		if _, err := conn.ExecContext(ctx, step, int64(staged), int64(live)); err != nil {
			m.close(ctx)
			return nil, err
		}
	}
	return m, nil
}

func (m *match) close(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for _, table := range []string{"pair", "target"} {
		_, _ = m.conn.ExecContext(ctx, "DROP TABLE IF EXISTS temp."+table) // else it lasts until the store is closed
	}
	_ = m.conn.Close() // hands it back
}

// differs tells whether a row l and the row s that is the newer one of it say
// different things.
const differs = `(s.name <> l.name OR s.number <> l.number OR s.zones <> l.zones OR s.cells <> l.cells
	OR s.external <> l.external OR s.alternates <> l.alternates OR s.priority <> l.priority OR s.consent <> l.consent
	OR ` + hoursOfStaged + ` <> l.hours OR ` + decidedAnew + `)`

// hoursOfStaged is the person's own hours of s; those of l where s says some
// that nobody understands.
const hoursOfStaged = `iif(json_extract(nullif(s.why, ''), '$.problem') = 'own_hours', l.hours, s.hours)`

// decidedAnew tells whether the newer file decides about a row again: its
// number is another one, or what an import had set it aside for is mended; the
// person does not agree any more, or wants to be called nobody knows when; or
// what the row waits for is not so any more.
const decidedAnew = `(l.status IN ('ready', 'waiting', 'skipped') AND (s.number <> l.number
	OR (l.status = 'skipped' AND s.status = 'ready' AND (json_extract(nullif(l.why, ''), '$.code') IN ('quarantine', 'duplicate', 'called_elsewhere')
		OR s.consent AND json_extract(nullif(l.why, ''), '$.code') = 'no_consent'))
	OR (l.status <> 'skipped' AND s.status = 'skipped' AND (json_extract(nullif(s.why, ''), '$.code') IN ('no_consent', 'do_not_call')
		OR json_extract(nullif(s.why, ''), '$.problem') = 'own_hours'))
	OR (l.status = 'waiting' AND s.status = 'ready' AND (s.hours <> l.hours AND json_extract(nullif(l.why, ''), '$.code') = 'own_hours'
		OR s.consent <> l.consent AND json_extract(nullif(l.why, ''), '$.code') = 'law'))))`

// whyOfStaged is the reason of s with the row that it names as it is named from now on.
const whyOfStaged = `CASE WHEN substr(s.why, 1, 19) = '{"code":"duplicate"' THEN json_set(nullif(s.why, ''), '$.row', (
		SELECT t.row FROM contacts d INDEXED BY contacts_row JOIN temp.target t ON t.staged = d.id
		WHERE d.campaign = s.campaign AND d.row = json_extract(nullif(s.why, ''), '$.row')
	)) ELSE s.why END`

// count tells what an update would do.
func (m *match) count(ctx context.Context) (u campaign.ListUpdate, err error) {
	err = m.conn.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM temp.pair p JOIN contacts s ON s.id = p.staged JOIN contacts l ON l.id = p.live WHERE `+differs+`),
		(SELECT count(*) FROM temp.pair),
		(SELECT count(*) FROM temp.target),
		(SELECT count(*) FROM contacts WHERE campaign = ?)`, int64(m.live)).Scan(&u.Updated, &u.Same, &u.Added, &u.Gone)
	pairs := u.Same
	u.Same, u.Added, u.Gone = pairs-u.Updated, u.Added-pairs, u.Gone-pairs
	return u, err
}

// each runs do for every row of an answer.
func (m *match) each(ctx context.Context, text string, args []any, into []any, do func() error) error {
	rows, err := m.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
	}
	return rows.Err()
}
