-- How lists were read, and what was found in their rows.

-- +goose Up
ALTER TABLE contacts ADD COLUMN external TEXT NOT NULL DEFAULT '';
-- Further numbers of the person, as JSON.
ALTER TABLE contacts ADD COLUMN alternates TEXT NOT NULL DEFAULT '';

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
    heading  TEXT NOT NULL, -- of the column
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,
    repair   TEXT NOT NULL,
    proposal TEXT NOT NULL,
    PRIMARY KEY (campaign, row, n)
) WITHOUT ROWID;
CREATE INDEX problems_of ON problems (campaign, kind, row);
