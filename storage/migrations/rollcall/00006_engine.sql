-- +goose Up
-- The person's own hours, as JSON; '' for none.
ALTER TABLE contacts ADD COLUMN hours TEXT NOT NULL DEFAULT '';
-- Greater is earlier, among the ready rows.
ALTER TABLE contacts ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
-- The list says that the person agrees to be called.
ALTER TABLE contacts ADD COLUMN consent BOOLEAN NOT NULL DEFAULT FALSE;

DROP INDEX contacts_due;
CREATE INDEX contacts_due ON contacts (campaign, status DESC, next_at, priority DESC);

-- How often a number was called, in all campaigns.
CREATE INDEX attempts_number ON attempts (number, begun) WHERE NOT practice;
DROP INDEX attempts_busy;

-- Who agreed to be called, or does not any more: the last word of each number.
CREATE TABLE consents (
    number   TEXT PRIMARY KEY,
    given    BOOLEAN NOT NULL,
    campaign INTEGER NOT NULL, -- where it was said
    contact  INTEGER NOT NULL,
    source   TEXT NOT NULL, -- the list's file, or 'opt-out'
    at       INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE consents;
CREATE INDEX attempts_busy ON attempts (number) WHERE ended = 0;
DROP INDEX attempts_number;
DROP INDEX contacts_due;
CREATE INDEX contacts_due ON contacts (campaign, status DESC, next_at);
ALTER TABLE contacts DROP COLUMN consent;
ALTER TABLE contacts DROP COLUMN priority;
ALTER TABLE contacts DROP COLUMN hours;
