-- The store of campaigns. Times are milliseconds since 1970 in UTC, 0 for
-- none. Columns named zones, cells, why, answers, columns and settings hold
-- JSON, '' for nothing.

-- +goose Up
CREATE TABLE campaigns (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    state    TEXT NOT NULL,
    file     TEXT NOT NULL,
    sheet    TEXT NOT NULL,
    hash     TEXT NOT NULL,
    columns  TEXT NOT NULL,
    flow     TEXT NOT NULL,
    settings TEXT NOT NULL,
    practice BOOLEAN NOT NULL,
    created  INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    why      TEXT NOT NULL
);
CREATE INDEX campaigns_found ON campaigns (hash, flow);

-- Rows are inserted in the order of the user's file, so that within a campaign
-- the order by id is the order by row.
CREATE TABLE contacts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign INTEGER NOT NULL REFERENCES campaigns (id),
    row      INTEGER NOT NULL,
    name     TEXT NOT NULL,
    number   TEXT NOT NULL,
    zones    TEXT NOT NULL,
    cells    TEXT NOT NULL,
    status   TEXT NOT NULL,
    why      TEXT NOT NULL,
    -- Set in waiting rows only, which lets one index find what is due and also
    -- give the ready rows in their order.
    next_at  INTEGER NOT NULL DEFAULT 0 CHECK (next_at = 0 OR status = 'waiting'),
    tries    INTEGER NOT NULL DEFAULT 0,
    misses   INTEGER NOT NULL DEFAULT 0,
    answers  TEXT NOT NULL DEFAULT '',
    reached  INTEGER NOT NULL DEFAULT 0,
    -- Grows with every change in the campaign: what changed last is greatest.
    changed  INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX contacts_due ON contacts (campaign, status, next_at);
CREATE INDEX contacts_name ON contacts (campaign, name COLLATE NOCASE);
CREATE INDEX contacts_changed ON contacts (campaign, changed);

-- How many rows of a campaign are in each state: kept by the triggers below,
-- and by the import for the rows it adds.
CREATE TABLE tallies (
    campaign INTEGER NOT NULL,
    status   TEXT NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (campaign, status)
) WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER contacts_move AFTER UPDATE OF status ON contacts WHEN new.status <> old.status
BEGIN
    UPDATE tallies SET n = n - 1 WHERE campaign = old.campaign AND status = old.status;
    INSERT INTO tallies (campaign, status, n) VALUES (new.campaign, new.status, 1)
        ON CONFLICT (campaign, status) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd

-- Every try, written before the gateway is asked; open until ended is set.
CREATE TABLE attempts (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign  INTEGER NOT NULL REFERENCES campaigns (id),
    contact   INTEGER NOT NULL REFERENCES contacts (id),
    row       INTEGER NOT NULL,
    name      TEXT NOT NULL,
    number    TEXT NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    gateway   TEXT NOT NULL,
    reqid     INTEGER NOT NULL,
    practice  BOOLEAN NOT NULL,
    begun     INTEGER NOT NULL,
    sent      INTEGER NOT NULL,
    ended     INTEGER NOT NULL,
    outcome   TEXT NOT NULL,
    why       TEXT NOT NULL,
    answers   TEXT NOT NULL
);
CREATE INDEX attempts_of ON attempts (contact);
CREATE INDEX attempts_in ON attempts (campaign);
CREATE INDEX attempts_open ON attempts (campaign) WHERE ended = 0;
CREATE INDEX attempts_busy ON attempts (number) WHERE ended = 0;

-- Numbers that must not be called; campaign 0 is everywhere.
CREATE TABLE do_not_call (
    number   TEXT NOT NULL,
    campaign INTEGER NOT NULL,
    source   TEXT NOT NULL,
    added    INTEGER NOT NULL,
    PRIMARY KEY (number, campaign)
) WITHOUT ROWID;
