-- Who must not be called: single numbers with their reason and their end, and
-- lists of any length.

-- +goose Up
-- How an entry came to be: key (the person pressed it, for ever), hand, import.
ALTER TABLE do_not_call ADD COLUMN way TEXT NOT NULL DEFAULT 'import';
ALTER TABLE do_not_call ADD COLUMN reason TEXT NOT NULL DEFAULT '';
-- An entry counts until then; 0: for ever.
ALTER TABLE do_not_call ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;
UPDATE do_not_call SET way = 'key' WHERE source = 'opt-out';

-- Lists hold everywhere.
CREATE TABLE do_not_call_lists (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL,
    source  TEXT NOT NULL, -- a newer list of the same one may replace it
    file    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    areas   TEXT NOT NULL, -- codes that the list is about, as JSON; '' for all
    dated   INTEGER NOT NULL,
    added   INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    n       INTEGER NOT NULL, -- numbers
    hidden  BOOLEAN NOT NULL  -- being stored or removed
);

-- Their numbers, as integers without the +. The ranges of a list are disjoint
-- and do not touch, so that the last one that begins before a number tells.
CREATE TABLE do_not_call_ranges (
    list  INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    PRIMARY KEY (list, first)
) WITHOUT ROWID;
