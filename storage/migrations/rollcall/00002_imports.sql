-- How lists were read, and what was found in their rows.

-- +goose Up
-- Hidden while its rows are being stored or removed, which takes several
-- transactions: no list shows it, and what an end of the process leaves of it
-- is removed at the next start.
ALTER TABLE campaigns ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE contacts ADD COLUMN external TEXT NOT NULL DEFAULT '';
-- Further numbers of the person, as JSON.
ALTER TABLE contacts ADD COLUMN alternates TEXT NOT NULL DEFAULT '';

CREATE INDEX contacts_row ON contacts (campaign, row);
-- Reasons are written with their code first.
CREATE INDEX contacts_duplicate ON contacts (campaign, CAST(json_extract(why, '$.row') AS INTEGER))
    WHERE why > '' AND substr(why, 1, 19) = '{"code":"duplicate"';
CREATE INDEX contacts_aside ON contacts (campaign) WHERE why > '' AND substr(why, 1, 20) = '{"code":"quarantine"';
-- What changed; of a new list, that is nothing.
DROP INDEX contacts_changed;
CREATE INDEX contacts_changed ON contacts (campaign, changed) WHERE changed > 0;

-- The order by name. It is a table, because an index takes each name as it
-- comes, at a place of its own, which is most of the time of a long import;
-- this takes them all at once, sorted.
CREATE TABLE names (
    campaign INTEGER NOT NULL,
    name     TEXT NOT NULL COLLATE NOCASE,
    contact  INTEGER NOT NULL,
    PRIMARY KEY (campaign, name, contact)
) WITHOUT ROWID;
INSERT INTO names (campaign, name, contact)
SELECT campaign, name, id FROM contacts ORDER BY campaign, name COLLATE NOCASE, id;
DROP INDEX contacts_name;

-- +goose StatementBegin
CREATE TRIGGER contacts_rename AFTER UPDATE OF name ON contacts WHEN new.name <> old.name
BEGIN
    DELETE FROM names WHERE campaign = old.campaign AND name = old.name AND contact = old.id;
    INSERT INTO names (campaign, name, contact) VALUES (new.campaign, new.name, new.id) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- The rows of a hidden campaign are counted when it is shown.
DROP TRIGGER contacts_move;
-- +goose StatementBegin
CREATE TRIGGER contacts_move AFTER UPDATE OF status ON contacts
WHEN new.status <> old.status AND NOT (SELECT hidden FROM campaigns WHERE id = new.campaign)
BEGIN
    UPDATE tallies SET n = n - 1 WHERE campaign = old.campaign AND status = old.status;
    INSERT INTO tallies (campaign, status, n) VALUES (new.campaign, new.status, 1)
        ON CONFLICT (campaign, status) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd

-- contacts.Import, as JSON.
CREATE TABLE imports (
    campaign INTEGER PRIMARY KEY REFERENCES campaigns (id),
    import   TEXT NOT NULL
);

-- What was wrong in a row, and what was or could be done.
CREATE TABLE problems (
    campaign INTEGER NOT NULL,
    row      INTEGER NOT NULL,
    n        INTEGER NOT NULL, -- within the row
    contact  INTEGER NOT NULL, -- of the row
    which    INTEGER NOT NULL, -- 0: repaired, 1: a repair is proposed, 2: neither
    heading  TEXT NOT NULL, -- of the column
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,
    repair   TEXT NOT NULL,
    proposal TEXT NOT NULL,
    PRIMARY KEY (campaign, row, n)
) WITHOUT ROWID;
CREATE INDEX problems_of ON problems (campaign, which, kind, contact);

-- How files of a layout were read: contacts.Options, as JSON. Used grows: what
-- was used last is greatest.
CREATE TABLE layouts (
    fingerprint TEXT PRIMARY KEY,
    options     TEXT NOT NULL,
    used        INTEGER NOT NULL
) WITHOUT ROWID;
