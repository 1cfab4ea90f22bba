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
    made     BOOLEAN NOT NULL, -- all rows are there; before, nobody sees it
    content  TEXT NOT NULL -- JSON: the campaign
);
CREATE INDEX broadcasts_list ON broadcasts (list, id);
CREATE INDEX broadcasts_name ON broadcasts (name, started);
CREATE INDEX broadcasts_open ON broadcasts (id) WHERE NOT finished;
CREATE INDEX broadcasts_unmade ON broadcasts (started) WHERE NOT made;

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
); -- with a rowid: SQLite would read all that is done in the primary key's order

-- Who is due in the order of the list, when the next one is, and how many there
-- are of each sort, without reading a row that is not taken.
CREATE INDEX broadcast_rows_state ON broadcast_rows (broadcast, state, n, next);
CREATE INDEX broadcast_rows_next ON broadcast_rows (broadcast, next) WHERE state = 'ready';
CREATE INDEX broadcast_rows_sort ON broadcast_rows (broadcast, state, aside, outcome, opt_out);
