-- Campaigns on the gateway: whom to call, and how far each has come.

-- +goose Up
CREATE TABLE lists (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL, -- JSON: columns and rows
    cleaned INTEGER NOT NULL
);

CREATE TABLE broadcasts (
    id       INTEGER PRIMARY KEY,
    list     INTEGER NOT NULL,
    name     TEXT NOT NULL, -- of the list
    started  INTEGER NOT NULL,
    finished BOOLEAN NOT NULL,
    content  TEXT NOT NULL -- JSON: the campaign
);
CREATE INDEX broadcasts_list ON broadcasts (list, id);
CREATE INDEX broadcasts_name ON broadcasts (name, started);
CREATE INDEX broadcasts_open ON broadcasts (id) WHERE NOT finished;

CREATE TABLE broadcast_rows (
    broadcast INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    state     TEXT NOT NULL,
    next      INTEGER NOT NULL,
    aside     TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    opt_out   BOOLEAN NOT NULL,
    content   TEXT NOT NULL, -- JSON: the row
    PRIMARY KEY (broadcast, n)
) WITHOUT ROWID;
CREATE INDEX broadcast_rows_state ON broadcast_rows (broadcast, state, next);
